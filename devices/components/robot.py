"""Vacuum cleaners and lawn mowers."""

import json
from typing import Any

from devices.announced import Announced, Publish
from devices.components.wire import Ask, Component, Reading, Told, Writing, as_state, filled, message, word
from devices.home import Entity


def _vacuum_told(announced: Announced, entity: Entity, payload: str) -> Told | None:
    """JSON {"state", "battery_level", "fan_speed"}."""
    try:
        told = json.loads(payload)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict):
        return None
    state = told.get("state")
    attributes = {key: told[key] for key in ("battery_level", "fan_speed") if isinstance(told.get(key), str | int | float)}
    return Told(state if isinstance(state, str) and state else None, attributes)


def _does(key: str, default: str) -> Writing:
    return word(key, default, template="")


def _speed(announced: Announced, ask: Ask) -> list[Publish] | None:
    return message(announced, "set_fan_speed_topic", str(ask.changes.get("fan_speed", "")))


def _send(announced: Announced, ask: Ask) -> list[Publish] | None:
    params = ask.data.get("params")
    name = str(ask.data.get("command", ""))
    return message(announced, "send_command_topic", json.dumps({"command": name, **params}) if isinstance(params, dict) else name)


def _vacuum_attributes(announced: Announced) -> dict[str, Any]:
    return {"fan_speed_list": announced.listed("fan_speed_list")} if announced.has("fan_speed_list") else {}


VACUUM = Component(
    "vacuum",
    (Reading("state_topic", "value_template", _vacuum_told, ("state",), lambda a: ("fan_speed",) if a.has("set_fan_speed_topic") else ()),),
    {
        "start": _does("payload_start", "start"),
        "pause": _does("payload_pause", "pause"),
        "stop": _does("payload_stop", "stop"),
        "return_to_base": _does("payload_return_to_base", "return_to_base"),
        "clean_spot": _does("payload_clean_spot", "clean_spot"),
        "locate": _does("payload_locate", "locate"),
        "set_fan_speed": _speed,
        "send_command": _send,
    },
    _vacuum_attributes,
)


def _mower(what: str, key: str) -> Writing:
    def write(announced: Announced, ask: Ask) -> list[Publish] | None:
        return message(announced, f"{key}_command_topic", filled(announced, f"{key}_command_template", what))

    return write


LAWN_MOWER = Component(
    "lawn_mower",
    (Reading("activity_state_topic", "activity_value_template", as_state, ("state",)),),
    {"start_mowing": _mower("start_mowing", "start_mowing"), "pause": _mower("pause", "pause"), "dock": _mower("dock", "dock")},
)
