"""Lights of the json schema: one state topic and one command topic that carry objects."""

import json
from typing import Any

from devices.announced import Announced, Publish
from devices.components.light_color import (
    COLOR_MODES,
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
    temperature_raw,
)
from devices.components.wire import Ask, Component, Reading, Told, message
from devices.expected import number
from devices.home import Entity

_LEGACY = {"brightness": "brightness", "color_temp": "color_temp", "hs": "hs", "rgb": "rgb", "xy": "xy"}


def _modes(announced: Announced) -> list[str]:
    """What the light supports; before there was supported_color_modes, each had a flag of its own."""
    told = announced.listed("supported_color_modes")
    if told:
        return told
    color = [mode for key, mode in _LEGACY.items() if key != "brightness" and announced.flag(key)]
    return color or ["brightness" if announced.flag("brightness") else "onoff"]


def _dims(announced: Announced) -> bool:
    return announced.flag("brightness") or any(mode not in ("onoff", "unknown") for mode in _modes(announced))


def _tints(announced: Announced) -> list[str]:
    return [mode for mode in _modes(announced) if mode in COLOR_MODES]


def _told(announced: Announced, entity: Entity, payload: str) -> Told | None:
    try:
        said = json.loads(payload)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict):
        return None
    states = {"ON": "on", "OFF": "off"}
    state = said.get("state", "")
    attributes: dict[str, Any] = {}
    level = brightness_told(announced, said.get("brightness"))
    if level is not None and number(said.get("brightness")):
        attributes |= level.attributes
    attributes |= _color_told(announced, said) or {}
    if isinstance(said.get("effect"), str):
        attributes["effect"] = said["effect"]
    return Told("unknown" if "state" in said and state is None else states.get(str(state)), attributes)


def _color_told(announced: Announced, said: dict[str, Any]) -> dict[str, Any] | None:
    color, mode = said.get("color"), said.get("color_mode")
    raw = number(said.get("color_temp"))
    if raw is not None and (mode == "color_temp" or (mode is None and not isinstance(color, dict))):
        return from_temperature(announced, raw)
    if not isinstance(color, dict) or mode in ("brightness", "onoff", "color_temp"):
        return None
    for keys, read in ((("h", "s"), from_hs), (("hue", "saturation"), from_hs), (("r", "g", "b"), from_rgb), (("x", "y"), from_xy)):
        values = [number(color.get(key)) for key in keys]
        known = [v for v in values if v is not None and 0 <= v <= 1000]
        if len(known) == len(values):
            told: dict[str, Any] = read(*known)
            return told
    return None


def _turn_on(announced: Announced, ask: Ask) -> list[Publish] | None:
    said: dict[str, Any] = {"state": "ON"}
    asked = ask.outcome.attributes
    if "hs_color" in asked:
        tints = _tints(announced)
        if not tints:
            return None
        said["color"] = _color(tints[0], ask)
    if "color_temp_kelvin" in asked:
        if "color_temp" not in _modes(announced):
            return None
        said["color_temp"] = temperature_raw(announced, asked["color_temp_kelvin"])
    if "brightness" in asked:
        if not _dims(announced):
            return None
        said["brightness"] = brightness_raw(announced, asked["brightness"])
    said |= {key: ask.data[key] for key in ("effect", "transition", "flash") if ask.data.get(key) is not None}
    return message(announced, "command_topic", json.dumps(said))


def _color(mode: str, ask: Ask) -> dict[str, Any]:
    if mode == "hs":
        hue, saturation = ask.changes["hs_color"]
        return {"h": hue, "s": saturation}
    if mode == "xy":
        x, y = as_xy(ask.changes)
        return {"x": x, "y": y}
    red, green, blue = as_rgb(ask.changes)
    return {"r": red, "g": green, "b": blue, **({"w": 0} if mode == "rgbw" else {"c": 0, "w": 0} if mode == "rgbww" else {})}


def _turn_off(announced: Announced, ask: Ask) -> list[Publish] | None:
    more = {"transition": ask.data["transition"]} if ask.data.get("transition") is not None else {}
    return message(announced, "command_topic", json.dumps({"state": "OFF", **more}))


def _shows(announced: Announced) -> tuple[str, ...]:
    tinted = COLORED if _tints(announced) or "color_temp" in _modes(announced) else ()
    return (*(("brightness",) if _dims(announced) else ()), *tinted, *(("effect",) if announced.flag("effect") else ()))


LIGHT = Component(
    "light",
    (Reading("state_topic", "", _told, ("state",), _shows),),
    {"turn_on": _turn_on, "turn_off": _turn_off},
    lambda announced: {"supported_color_modes": _modes(announced), **kelvin_range(announced)},
)
