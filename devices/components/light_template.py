"""Lights of the template schema: templates make the command, and templates read the state."""

from typing import Any

from devices.announced import Announced, Publish
from devices.components.light_color import COLORED, as_rgb, brightness_told, from_rgb, from_temperature, kelvin_range, temperature_raw
from devices.components.wire import Ask, Component, Reading, Told, message
from devices.expected import number
from devices.home import Entity
from devices.templates import NothingToSayError, read, render

_CHANNELS = ("red_template", "green_template", "blue_template")


def _told(announced: Announced, entity: Entity, payload: str) -> Told | None:
    def part(key: str) -> str:
        try:
            return read(announced.text(key), payload) if announced.has(key) else ""
        except NothingToSayError:
            return ""

    state = {"on": "on", "off": "off", "None": "unknown"}.get(part("state_template"))
    attributes: dict[str, Any] = {}
    level = brightness_told(announced, part("brightness_template"))
    attributes |= level.attributes if level else {}
    raw = number(part("color_temp_template"))
    attributes |= (from_temperature(announced, raw) if raw is not None else None) or {}
    channels = [number(part(key)) for key in _CHANNELS]
    known = [v for v in channels if v is not None]
    if len(known) == len(_CHANNELS):
        attributes |= from_rgb(*known)
    if part("effect_template"):
        attributes["effect"] = part("effect_template")
    return Told(state, attributes) if state or attributes else None


def _turn_on(announced: Announced, ask: Ask) -> list[Publish] | None:
    asked = ask.outcome.attributes
    named: dict[str, Any] = {"state": "on"}
    for key, template in (("brightness", "brightness_template"), ("color_temp_kelvin", "color_temp_template"), ("hs_color", "red_template")):
        if key in asked and template not in announced.values and key not in announced.text("command_on_template"):
            return None
    if "brightness" in asked:
        named["brightness"] = asked["brightness"]
    if "color_temp_kelvin" in asked:
        named["color_temp"] = temperature_raw(announced, asked["color_temp_kelvin"])
    if "hs_color" in asked:
        named |= dict(zip(("red", "green", "blue"), as_rgb(ask.changes), strict=True))
        named["hue"], named["sat"] = asked["hs_color"]
    named |= {key: ask.data[key] for key in ("effect", "transition", "flash") if ask.data.get(key) is not None}
    return message(announced, "command_topic", render(announced.text("command_on_template"), named))


def _turn_off(announced: Announced, ask: Ask) -> list[Publish] | None:
    named = {"state": "off", **({"transition": ask.data["transition"]} if ask.data.get("transition") is not None else {})}
    return message(announced, "command_topic", render(announced.text("command_off_template"), named))


def _shows(announced: Announced) -> tuple[str, ...]:
    told = (
        *(("brightness",) if announced.has("brightness_template") else ()),
        *(COLORED if announced.has("red_template") or announced.has("color_temp_template") else ()),
        *(("effect",) if announced.has("effect_template") else ()),
    )
    return ("state", *told) if announced.has("state_template") else told


def _modes(announced: Announced) -> list[str]:
    modes = [*(["rgb"] if announced.has("red_template") else []), *(["color_temp"] if announced.has("color_temp_template") else [])]
    return modes or ["brightness" if announced.has("brightness_template") else "onoff"]


LIGHT = Component(
    "light",
    (Reading("state_topic", "", _told, (), _shows),),
    {"turn_on": _turn_on, "turn_off": _turn_off},
    lambda announced: {"supported_color_modes": _modes(announced), **kelvin_range(announced)},
)
