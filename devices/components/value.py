"""Sensors, binary sensors, numbers, selects, texts and device trackers: things whose state is a value."""

from typing import Any

from devices.announced import Announced
from devices.components.wire import Component, Reading, as_state, mapped, on_off, picked, value

SENSOR = Component(
    "sensor",
    (Reading("state_topic", "value_template", as_state, ("state",)),),
    attributes=lambda announced: picked(announced, lists={"options": "options"}),
)

BINARY_SENSOR = Component("binary_sensor", (Reading("state_topic", "value_template", on_off(), ("state",)),))


def _range(announced: Announced) -> dict[str, Any]:
    return {"min": announced.number("min", 1), "max": announced.number("max", 100), "step": announced.number("step", 1)}


NUMBER = Component(
    "number",
    (Reading("state_topic", "value_template", as_state, ("state",)),),
    {"set_value": value("state", "command_topic", "command_template")},
    _range,
)

_CHOOSES = value("state", "command_topic", "command_template")
SELECT = Component(
    "select",
    (Reading("state_topic", "value_template", as_state, ("state",)),),
    {f"select_{which}": _CHOOSES for which in ("option", "next", "previous", "first", "last")},
    lambda announced: {"options": announced.listed("options")},
)

TEXT = Component(
    "text",
    (Reading("state_topic", "value_template", as_state, ("state",)),),
    {"set_value": value("state", "command_topic", "command_template")},
)

DEVICE_TRACKER = Component(
    "device_tracker",
    (
        Reading(
            "state_topic",
            "value_template",
            lambda announced, entity, payload: (
                mapped({"home": ("payload_home", "home"), "not_home": ("payload_not_home", "not_home")})(announced, entity, payload)
                or as_state(announced, entity, payload)
            ),
            ("state",),
        ),
    ),
)
