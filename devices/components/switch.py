"""Switches, sirens, buttons, scenes and notifiers."""

import json
from typing import Any

from devices.announced import Announced, Publish
from devices.components.wire import Ask, Component, Reading, Told, filled, message, on_off, word
from devices.home import Entity

SWITCH = Component(
    "switch",
    (Reading("state_topic", "value_template", on_off(), ("state",)),),
    {"turn_on": word("payload_on", "ON"), "turn_off": word("payload_off", "OFF")},
)

BUTTON = Component("button", (), {"press": word("payload_press", "PRESS")})

SCENE = Component("scene", (), {"turn_on": word("payload_on", "ON")})


def _notify(announced: Announced, ask: Ask) -> list[Publish] | None:
    return message(announced, "command_topic", filled(announced, "command_template", str(ask.data.get("message", ""))))


NOTIFY = Component("notify", (), {"send_message": _notify})


def _siren_told(announced: Announced, entity: Entity, payload: str) -> Told | None:
    """A word, or JSON {"state", "tone", "volume_level", "duration"}."""
    try:
        told = json.loads(payload)
    except (ValueError, RecursionError):
        told = payload
    if not isinstance(told, dict):
        return _SIREN_WORDS(announced, entity, payload)
    state = _SIREN_WORDS(announced, entity, str(told.get("state")))
    attributes = {key: told[key] for key in ("tone", "volume_level", "duration") if told.get(key) is not None}
    return Told(state.state if state and "state" in told else None, attributes)


_SIREN_WORDS = on_off()


def _siren(on: bool) -> Any:
    """JSON unless a command template says otherwise."""

    def write(announced: Announced, ask: Ask) -> list[Publish] | None:
        state = announced.text("payload_on", "ON") if on else announced.text("payload_off", "OFF")
        more = {key: ask.data[key] for key in ("tone", "volume_level", "duration") if on and ask.data.get(key) is not None}
        template = "command_template" if on or not announced.has("command_off_template") else "command_off_template"
        if announced.has(template):
            return message(announced, "command_topic", filled(announced, template, state, **more))
        return message(announced, "command_topic", json.dumps({"state": state, **more}))

    return write


SIREN = Component(
    "siren",
    (Reading("state_topic", "state_value_template", _siren_told, ("state",)),),
    {"turn_on": _siren(True), "turn_off": _siren(False)},
    lambda announced: {"available_tones": announced.listed("available_tones")} if announced.has("available_tones") else {},
)
