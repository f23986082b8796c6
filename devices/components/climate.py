"""Thermostats, ovens and air conditioners (climate), water heaters, and humidifiers."""

from typing import Any

from devices.announced import Announced, Publish
from devices.components.wire import Ask, Component, Reading, Told, Writing, as_number, as_text, filled, message, on_off, picked, value, word
from devices.home import Entity

MODES = ["auto", "off", "cool", "heat", "dry", "fan_only"]
"""What a climate device that names no modes has, by Home Assistant's documentation."""
HEATER_MODES = ["off", "eco", "electric", "gas", "heat_pump", "high_demand", "performance"]
DEGREES = {"C": (7.0, 35.0), "F": (44.6, 95.0)}
"""Unit -> the range of a device that names none."""


def _mode_told(announced: Announced, entity: Entity, payload: str) -> Told | None:
    return Told("unknown") if payload == "None" else Told(payload) if payload else None


def _power_told(announced: Announced, entity: Entity, payload: str) -> Told | None:
    """A power topic only ever says off; what a device does while it is on, its mode topic says."""
    off = payload in (announced.text("payload_off", "OFF"), "off", "false")
    return Told("off") if off else None


def _temperature(attribute: str, topic: str, template: str) -> Reading:
    return Reading(topic, template, as_number(attribute), (attribute,))


def _mode(announced: Announced, ask: Ask) -> list[Publish] | None:
    """Off by the power topic where there is one and "off" is no mode."""
    mode = ask.outcome.state
    if mode is None:
        return None
    if announced.has("power_command_topic") and (mode == "off" or not announced.has("mode_command_topic")):
        return _power(mode != "off")(announced, ask)
    sent = message(announced, "mode_command_topic", filled(announced, "mode_command_template", mode))
    wakes = announced.has("power_command_topic") and ask.entity.state == "off"
    return [*(_power(True)(announced, ask) or []), *sent] if sent and wakes else sent


def _power(on: bool) -> Writing:
    key, default = ("payload_on", "ON") if on else ("payload_off", "OFF")
    return word(key, default, "power_command_topic", "power_command_template")


_TARGETS = {
    "temperature": ("temperature_command_topic", "temperature_command_template"),
    "target_temp_high": ("temperature_high_command_topic", "temperature_high_command_template"),
    "target_temp_low": ("temperature_low_command_topic", "temperature_low_command_template"),
}


def _set_temperature(announced: Announced, ask: Ask) -> list[Publish] | None:
    """The mode first: many devices take on the mode's own temperature."""
    parts = [_mode(announced, ask)] if ask.outcome.state is not None else []
    parts += [value(key, *_TARGETS[key])(announced, ask) for key in ask.outcome.attributes]
    return None if None in parts or not parts else [publish for part in parts if part for publish in part]


def _climate_attributes(announced: Announced) -> dict[str, Any]:
    unit = announced.text("temperature_unit", "C").upper()[:1]
    low, high = DEGREES.get(unit, DEGREES["C"])
    return {
        "hvac_modes": announced.listed("modes") or (MODES if announced.has("mode_command_topic") else []),
        "min_temp": announced.number("min_temp", low),
        "max_temp": announced.number("max_temp", high),
        "target_temp_step": announced.number("temp_step", 1),
        **({"temperature_unit": f"°{unit}"} if announced.has("temperature_unit") else {}),
        **picked(announced, lists={"fan_modes": "fan_modes", "preset_modes": "preset_modes", "swing_modes": "swing_modes"}),
    }


def _chooses(what: str, template: str) -> tuple[Reading, Writing]:
    """A mode besides the main one: fan, preset, swing."""
    reading = Reading(f"{what}_state_topic", template, as_text(what), (what,))
    return reading, value(what, f"{what}_command_topic", f"{what}_command_template")


_FAN_TOLD, _SET_FAN = _chooses("fan_mode", "fan_mode_state_template")
_PRESET_TOLD, _SET_PRESET = _chooses("preset_mode", "preset_mode_value_template")
_SWING_TOLD, _SET_SWING = _chooses("swing_mode", "swing_mode_state_template")

_HUMIDITY_TOLD = Reading("target_humidity_state_topic", "target_humidity_state_template", as_number("humidity"), ("humidity",))
_SET_HUMIDITY = value("humidity", "target_humidity_command_topic", "target_humidity_command_template")
_HUMID_NOW = Reading("current_humidity_topic", "current_humidity_template", as_number("current_humidity"), ("current_humidity",))
_WARM_NOW = Reading("current_temperature_topic", "current_temperature_template", as_number("current_temperature"), ("current_temperature",))

CLIMATE = Component(
    "climate",
    (
        Reading("mode_state_topic", "mode_state_template", _mode_told, ("state",)),
        Reading("power_state_topic", "power_state_template", _power_told, ()),
        _temperature("temperature", "temperature_state_topic", "temperature_state_template"),
        _temperature("target_temp_high", "temperature_high_state_topic", "temperature_high_state_template"),
        _temperature("target_temp_low", "temperature_low_state_topic", "temperature_low_state_template"),
        _WARM_NOW,
        _HUMID_NOW,
        _HUMIDITY_TOLD,
        _FAN_TOLD,
        _PRESET_TOLD,
        _SWING_TOLD,
        Reading("action_topic", "action_template", as_text("hvac_action"), ("hvac_action",)),
    ),
    {
        "set_temperature": _set_temperature,
        "set_hvac_mode": _mode,
        "turn_on": _mode,
        "turn_off": _mode,
        "set_fan_mode": _SET_FAN,
        "set_preset_mode": _SET_PRESET,
        "set_swing_mode": _SET_SWING,
        "set_humidity": _SET_HUMIDITY,
    },
    _climate_attributes,
)


def _heater_attributes(announced: Announced) -> dict[str, Any]:
    fahrenheit = announced.text("temperature_unit", "C").upper().startswith("F")
    return {
        "operation_list": announced.listed("modes") or HEATER_MODES,
        "min_temp": announced.number("min_temp", 110 if fahrenheit else 43.3),
        "max_temp": announced.number("max_temp", 140 if fahrenheit else 60),
    }


WATER_HEATER = Component(
    "water_heater",
    (
        Reading("mode_state_topic", "mode_state_template", _mode_told, ("state",)),
        _temperature("temperature", "temperature_state_topic", "temperature_state_template"),
        _WARM_NOW,
    ),
    {"set_temperature": _set_temperature, "set_operation_mode": _mode, "turn_on": _mode, "turn_off": _mode},
    _heater_attributes,
)


def _humidifier_attributes(announced: Announced) -> dict[str, Any]:
    return {
        "min_humidity": announced.number("min_humidity", 0),
        "max_humidity": announced.number("max_humidity", 100),
        **({"available_modes": announced.listed("modes")} if announced.has("modes") else {}),
    }


HUMIDIFIER = Component(
    "humidifier",
    (
        Reading("state_topic", "state_value_template", on_off(), ("state",)),
        _HUMIDITY_TOLD,
        _HUMID_NOW,
        Reading("mode_state_topic", "mode_state_template", as_text("mode"), ("mode",)),
        Reading("action_topic", "action_template", as_text("action"), ("action",)),
    ),
    {
        "turn_on": word("payload_on", "ON"),
        "turn_off": word("payload_off", "OFF"),
        "set_humidity": _SET_HUMIDITY,
        "set_mode": value("mode", "mode_command_topic", "mode_command_template"),
    },
    _humidifier_attributes,
)
