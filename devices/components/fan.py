"""Fans. A speed is a percentage, whatever the device counts in."""

import math
from typing import Any

from devices.announced import Announced, Publish
from devices.components.wire import Ask, Component, Reading, Told, as_text, filled, message, on_off, picked, value, word
from devices.expected import number
from devices.home import Entity


def _range(announced: Announced) -> tuple[float, float]:
    return announced.number("speed_range_min", 1), max(announced.number("speed_range_max", 100), announced.number("speed_range_min", 1))


def _speed_told(announced: Announced, entity: Entity, payload: str) -> Told | None:
    if payload in ("None", announced.text("payload_reset_percentage", "None")):
        return Told(attributes={"percentage": None})
    raw = number(payload)
    if raw is None:
        return None
    low, high = _range(announced)
    return Told(attributes={"percentage": round(max(0.0, min(100.0, 100 * (raw - low + 1) / (high - low + 1))))})


def _speed(announced: Announced, ask: Ask) -> list[Publish] | None:
    percentage = ask.outcome.attributes.get("percentage")
    if percentage is None:
        return None
    low, high = _range(announced)
    raw = math.ceil(low - 1 + percentage / 100 * (high - low + 1)) if percentage else 0
    return message(announced, "percentage_command_topic", filled(announced, "percentage_command_template", raw))


def _set_speed(announced: Announced, ask: Ask) -> list[Publish] | None:
    """Speed 0 is off; a speed alone does not start every fan."""
    if ask.outcome.state == "off":
        return _OFF(announced, ask)
    speed = _speed(announced, ask)
    started = _ON(announced, ask) or [] if ask.entity.state == "off" else []
    return None if speed is None else [*started, *speed]


def _turn_on(announced: Announced, ask: Ask) -> list[Publish] | None:
    parts = [_ON(announced, ask)]
    for asked, writing in (("percentage", _speed), ("preset_mode", _PRESET)):
        if asked in ask.outcome.attributes:
            parts.append(writing(announced, ask))
    return None if None in parts else [publish for part in parts if part for publish in part]


_ON = word("payload_on", "ON")
_OFF = word("payload_off", "OFF")
_PRESET = value("preset_mode", "preset_mode_command_topic", "preset_mode_command_template")


def _oscillating_told(announced: Announced, entity: Entity, payload: str) -> Told | None:
    words = {announced.text("payload_oscillation_on", "oscillate_on"): True, announced.text("payload_oscillation_off", "oscillate_off"): False}
    return Told(attributes={"oscillating": words[payload]}) if payload in words else None


def _oscillate(announced: Announced, ask: Ask) -> list[Publish] | None:
    on = bool(ask.changes.get("oscillating"))
    key, default = ("payload_oscillation_on", "oscillate_on") if on else ("payload_oscillation_off", "oscillate_off")
    return message(announced, "oscillation_command_topic", filled(announced, "oscillation_command_template", announced.text(key, default)))


def _attributes(announced: Announced) -> dict[str, Any]:
    told = picked(announced, lists={"preset_modes": "preset_modes"})
    if announced.has("percentage_command_topic"):
        low, high = _range(announced)
        told["percentage_step"] = round(100 / (high - low + 1), 3)
    return told


FAN = Component(
    "fan",
    (
        Reading("state_topic", "state_value_template", on_off(), ("state",)),
        Reading("percentage_state_topic", "percentage_value_template", _speed_told, ("percentage",)),
        Reading("preset_mode_state_topic", "preset_mode_value_template", as_text("preset_mode"), ("preset_mode",)),
        Reading("oscillation_state_topic", "oscillation_value_template", _oscillating_told, ("oscillating",)),
        Reading("direction_state_topic", "direction_value_template", as_text("direction"), ("direction",)),
    ),
    {
        "turn_on": _turn_on,
        "turn_off": _OFF,
        "set_percentage": _set_speed,
        "increase_speed": _set_speed,
        "decrease_speed": _set_speed,
        "set_preset_mode": _PRESET,
        "oscillate": _oscillate,
        "set_direction": value("direction", "direction_command_topic", "direction_command_template"),
    },
    _attributes,
)
