"""What the schemas of lights share: colours as attributes and as payloads, brightness in the device's own scale."""

from collections.abc import Mapping
from typing import Any

from devices.announced import Announced
from devices.colors import hs_to_rgb, kelvin_to_mired, mired_to_kelvin, rgb_to_hs, rgb_to_xy, xy_to_rgb
from devices.components.wire import Told
from devices.expected import number

COLOR_MODES = ("hs", "rgb", "rgbw", "rgbww", "xy")
COLORED = ("hs_color", "rgb_color", "color_temp_kelvin", "color_mode")
"""Attributes that tell a colour."""


def colored(hs: tuple[float, float], rgb: tuple[int, int, int]) -> dict[str, Any]:
    """The attributes of a light that shows a colour."""
    return {"hs_color": list(hs), "rgb_color": list(rgb), "color_mode": "hs", "color_temp_kelvin": None}


def from_hs(hue: float, saturation: float) -> dict[str, Any]:
    return colored((hue, saturation), hs_to_rgb(hue, saturation))


def from_rgb(red: float, green: float, blue: float) -> dict[str, Any]:
    rgb = (round(red), round(green), round(blue))
    return colored(rgb_to_hs(rgb), rgb)


def from_xy(x: float, y: float) -> dict[str, Any]:
    return from_rgb(*xy_to_rgb(x, y))


def from_temperature(announced: Announced, raw: float) -> dict[str, Any] | None:
    """Mireds, or kelvin where the light says so."""
    if raw <= 0:
        return None
    kelvin = round(raw) if announced.flag("color_temp_kelvin") else mired_to_kelvin(raw)
    return {"color_temp_kelvin": kelvin, "color_mode": "color_temp", "hs_color": None, "rgb_color": None}


def temperature_raw(announced: Announced, kelvin: float) -> int:
    return round(kelvin) if announced.flag("color_temp_kelvin") else kelvin_to_mired(kelvin)


def numbers(text: str, count: int) -> tuple[float, ...] | None:
    """ "1,2,3" -> (1, 2, 3); None where they are not that many numbers in range."""
    parsed = [number(part.strip()) for part in text.split(",")]
    told = tuple(v for v in parsed if v is not None and 0 <= v <= 1000)
    return told if len(told) == len(parsed) == count else None


def brightness_told(announced: Announced, raw: object) -> Told | None:
    level = number(raw)
    if level is None:
        return None
    scale = max(1.0, announced.number("brightness_scale", 255))
    return Told(attributes={"brightness": round(max(0.0, min(255.0, level * 255 / scale)))})


def brightness_raw(announced: Announced, level: float) -> int:
    scale = max(1.0, announced.number("brightness_scale", 255))
    return max(1, round(level * scale / 255))


def as_rgb(changes: Mapping[str, Any]) -> tuple[int, int, int]:
    told = changes.get("rgb_color")
    return (told[0], told[1], told[2]) if told else hs_to_rgb(*changes["hs_color"])


def as_xy(changes: Mapping[str, Any]) -> tuple[float, float]:
    return rgb_to_xy(as_rgb(changes))


def kelvin_range(announced: Announced) -> dict[str, Any]:
    """The warmest and the coldest white, where the light tells them."""
    told: dict[str, Any] = {}
    for attribute, kelvin, mireds in (("min_color_temp_kelvin", "min_kelvin", "max_mireds"), ("max_color_temp_kelvin", "max_kelvin", "min_mireds")):
        if announced.has(kelvin):
            told[attribute] = round(announced.number(kelvin, 0))
        elif announced.has(mireds):
            told[attribute] = mired_to_kelvin(announced.number(mireds, 1))
    if announced.has("effect_list"):
        told["effect_list"] = announced.listed("effect_list")
    return told
