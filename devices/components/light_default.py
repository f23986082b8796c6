"""Lights of the default schema: a topic for each thing that can be set."""

from collections.abc import Callable
from typing import Any

from devices.announced import Announced, Publish
from devices.components.light_color import (
    COLORED,
    as_rgb,
    as_xy,
    brightness_raw,
    brightness_told,
    from_hs,
    from_rgb,
    from_temperature,
    from_xy,
    kelvin_range,
    numbers,
    temperature_raw,
)
from devices.components.wire import Ask, Component, Reading, Take, Told, as_text, filled, message, on_off, value, word
from devices.expected import number
from devices.home import Entity


def _brightness_told(announced: Announced, entity: Entity, payload: str) -> Told | None:
    return brightness_told(announced, payload)


def _color(count: int, read: Callable[..., dict[str, Any]]) -> Take:
    def take(announced: Announced, entity: Entity, payload: str) -> Told | None:
        told = numbers(payload, count)
        return Told(attributes=read(*told[:3])) if told else None

    return take


def _temperature_told(announced: Announced, entity: Entity, payload: str) -> Told | None:
    raw = number(payload)
    told = from_temperature(announced, raw) if raw is not None else None
    return Told(attributes=told) if told else None


def _brightness(announced: Announced, ask: Ask) -> list[Publish] | None:
    raw = brightness_raw(announced, ask.changes["brightness"])
    return message(announced, "brightness_command_topic", filled(announced, "brightness_command_template", raw))


def _temperature(announced: Announced, ask: Ask) -> list[Publish] | None:
    raw = temperature_raw(announced, ask.changes["color_temp_kelvin"])
    return message(announced, "color_temp_command_topic", filled(announced, "color_temp_command_template", raw))


def _colored(announced: Announced, ask: Ask) -> list[Publish] | None:
    """By the first of the colour topics the light has."""
    hue, saturation = ask.changes["hs_color"]
    red, green, blue = as_rgb(ask.changes)
    ways: dict[str, tuple[str, dict[str, Any]]] = {
        "hs": (f"{hue:g},{saturation:g}", {"hue": hue, "sat": saturation}),
        "rgb": (f"{red},{green},{blue}", {"red": red, "green": green, "blue": blue}),
        "rgbw": (f"{red},{green},{blue},0", {"red": red, "green": green, "blue": blue, "white": 0}),
        "rgbww": (f"{red},{green},{blue},0,0", {"red": red, "green": green, "blue": blue, "cold_white": 0, "warm_white": 0}),
        "xy": ("{:g},{:g}".format(*as_xy(ask.changes)), dict(zip("xy", as_xy(ask.changes), strict=True))),
    }
    for way, (payload, named) in ways.items():
        if announced.has(f"{way}_command_topic"):
            return message(announced, f"{way}_command_topic", filled(announced, f"{way}_command_template", payload, **named))
    return None


_STYLES = {
    "hs_color": _colored,
    "color_temp_kelvin": _temperature,
    "effect": value("effect", "effect_command_topic", "effect_command_template"),
    "brightness": _brightness,
}
"""What is asked -> how it is written, in this order."""
_ON = word("payload_on", "ON")
_OFF = word("payload_off", "OFF")


def _turn_on(announced: Announced, ask: Ask) -> list[Publish] | None:
    """`on_command_type`: last (styles, then ON), first (ON, then styles), brightness (only a brightness switches it on)."""
    styles = [writing(announced, ask) for key, writing in _STYLES.items() if key in ask.outcome.attributes]
    if None in styles:
        return None
    sent = [publish for style in styles if style for publish in style]
    order = announced.text("on_command_type", "last")
    if order == "brightness":
        return sent if "brightness" in ask.outcome.attributes else [*sent, *(_wake(announced, ask) or [])] or None
    on = _ON(announced, ask)
    return None if on is None else [*on, *sent] if order == "first" else [*sent, *on]


def _wake(announced: Announced, ask: Ask) -> list[Publish] | None:
    level = number(ask.entity.attributes.get("brightness")) or 255
    return message(announced, "brightness_command_topic", filled(announced, "brightness_command_template", brightness_raw(announced, level)))


def _turn_off(announced: Announced, ask: Ask) -> list[Publish] | None:
    return _OFF(announced, ask)


def _modes(announced: Announced) -> list[str]:
    modes = [way for way in ("hs", "rgb", "rgbw", "rgbww", "xy") if announced.has(f"{way}_command_topic")]
    modes += ["color_temp"] if announced.has("color_temp_command_topic") else []
    return modes or ["brightness" if announced.has("brightness_command_topic") else "onoff"]


LIGHT = Component(
    "light",
    (
        Reading("state_topic", "state_value_template", on_off(), ("state",)),
        Reading("brightness_state_topic", "brightness_value_template", _brightness_told, ("brightness",)),
        Reading("color_temp_state_topic", "color_temp_value_template", _temperature_told, COLORED),
        Reading("hs_state_topic", "hs_value_template", _color(2, from_hs), COLORED),
        Reading("rgb_state_topic", "rgb_value_template", _color(3, from_rgb), COLORED),
        Reading("rgbw_state_topic", "rgbw_value_template", _color(4, from_rgb), COLORED),
        Reading("rgbww_state_topic", "rgbww_value_template", _color(5, from_rgb), COLORED),
        Reading("xy_state_topic", "xy_value_template", _color(2, from_xy), COLORED),
        Reading("effect_state_topic", "effect_value_template", as_text("effect"), ("effect",)),
    ),
    {"turn_on": _turn_on, "turn_off": _turn_off},
    lambda announced: {"supported_color_modes": _modes(announced), **kelvin_range(announced)},
)
