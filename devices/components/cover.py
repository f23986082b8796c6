"""Covers and valves. A position is 0 closed to 100 open, whatever the device counts in."""

import json
from typing import Any

from devices.announced import Announced, Publish
from devices.components.wire import Ask, Component, Reading, Told, Writing, filled, message, word
from devices.expected import number
from devices.home import Entity

_MOVING = ("opening", "closing")


def _scaled(raw: float, closed: float, opened: float) -> int:
    """A device's own position as 0-100."""
    return round(max(0.0, min(100.0, 100 * (raw - closed) / (opened - closed)))) if opened != closed else 0


def _unscaled(position: float, closed: float, opened: float) -> int:
    return round(closed + (opened - closed) * position / 100)


def _ends(announced: Announced) -> tuple[float, float]:
    return announced.number("position_closed", 0), announced.number("position_open", 100)


def _word_of(announced: Announced, payload: str) -> str | None:
    """The state a payload names, "stopped" among them."""
    names = ("open", "opening", "closed", "closing", "stopped")
    return next((name for name in names if payload == announced.text(f"state_{name}", name)), None)


def _at_rest(entity: Entity) -> str:
    """What a stopped thing is: closed only where it is known to be."""
    at = number(entity.attributes.get("current_position"))
    if at is not None:
        return "open" if at > 0 else "closed"
    return {"opening": "open", "closing": "closed", "closed": "closed"}.get(entity.state, "open")


def _state_told(announced: Announced, entity: Entity, payload: str) -> Told | None:
    if payload == "None":
        return Told("unknown")
    named = _word_of(announced, payload)
    if named is None:
        return None
    return Told(_at_rest(entity) if named == "stopped" else named)


def _position_told(announced: Announced, entity: Entity, payload: str) -> Told | None:
    raw = _raw_position(payload)
    if raw is None:
        return None
    at = _scaled(raw, *_ends(announced))
    resting = not announced.has("state_topic") or entity.state not in _MOVING
    return Told(("open" if at > 0 else "closed") if resting else None, {"current_position": at})


def _raw_position(payload: str) -> float | None:
    """A number, or JSON {"position"}."""
    plain = number(payload)
    if plain is not None or not payload.startswith("{"):
        return plain
    try:
        told = json.loads(payload)
    except (ValueError, RecursionError):
        return None
    return number(told.get("position")) if isinstance(told, dict) else None


def _tilt_ends(announced: Announced) -> tuple[float, float]:
    return announced.number("tilt_min", 0), announced.number("tilt_max", 100)


def _tilt_told(announced: Announced, entity: Entity, payload: str) -> Told | None:
    raw = number(payload)
    return None if raw is None else Told(attributes={"current_tilt_position": _scaled(raw, *_tilt_ends(announced))})


def _to_position(announced: Announced, ask: Ask) -> list[Publish] | None:
    position = ask.changes.get("current_position")
    if position is None or not announced.has("set_position_topic"):
        return None
    closed, opened = _ends(announced)
    raw = _unscaled(position, closed, opened)
    payload = filled(announced, "set_position_template", raw, position=position, position_open=int(opened), position_closed=int(closed))
    return message(announced, "set_position_topic", payload)


def _or_position(writing: Writing) -> Writing:
    """Covers without a command topic are opened and closed by position."""
    return lambda announced, ask: writing(announced, ask) if announced.has("command_topic") else _to_position(announced, ask)


def _tilt(fixed: str | None = None, default: float = 0) -> Writing:
    def write(announced: Announced, ask: Ask) -> list[Publish] | None:
        asked = ask.changes.get("current_tilt_position")
        if asked is None:
            return None
        low, high = _tilt_ends(announced)
        raw = round(announced.number(fixed, default)) if fixed else _unscaled(asked, low, high)
        return message(announced, "tilt_command_topic", filled(announced, "tilt_command_template", raw, tilt_position=raw))

    return write


def _can_stop(announced: Announced, ask: Ask) -> list[Publish] | None:
    off = "payload_stop" in announced.values and announced.values["payload_stop"] is None
    return None if off else _STOP(announced, ask)


_STOP = word("payload_stop", "STOP", template="")

COVER = Component(
    "cover",
    (
        Reading("state_topic", "value_template", _state_told, ("state",)),
        Reading("position_topic", "position_template", _position_told, ("state", "current_position")),
        Reading("tilt_status_topic", "tilt_status_template", _tilt_told, ("current_tilt_position",)),
    ),
    {
        "open_cover": _or_position(word("payload_open", "OPEN", template="")),
        "close_cover": _or_position(word("payload_close", "CLOSE", template="")),
        "stop_cover": _can_stop,
        "set_cover_position": _to_position,
        "open_cover_tilt": _tilt("tilt_opened_value", 100),
        "close_cover_tilt": _tilt("tilt_closed_value", 0),
        "set_cover_tilt_position": _tilt(),
        "stop_cover_tilt": word("payload_stop_tilt", "STOP", "tilt_command_topic", ""),
    },
)


def _valve_told(announced: Announced, entity: Entity, payload: str) -> Told | None:
    """A word, a number, or JSON {"state", "position"}."""
    told: Any = payload
    if payload.startswith("{"):
        try:
            told = json.loads(payload)
        except (ValueError, RecursionError):
            return None
    if not isinstance(told, dict):
        named = _state_told(announced, entity, payload)
        return named or (_valve_at(announced, number(payload), None) if announced.flag("reports_position") else None)
    named = _state_told(announced, entity, str(told["state"])) if "state" in told else None
    return _valve_at(announced, number(told.get("position")), named) if announced.flag("reports_position") else named


def _valve_at(announced: Announced, raw: float | None, named: Told | None) -> Told | None:
    if raw is None:
        return named
    at = _scaled(raw, *_ends(announced))
    moving = named.state if named and named.state in _MOVING else None
    return Told(moving or ("open" if at > 0 else "closed"), {"current_position": at})


def _valve_to(announced: Announced, ask: Ask) -> list[Publish] | None:
    position = ask.changes.get("current_position")
    if position is None or not announced.flag("reports_position"):
        return None
    return message(announced, "command_topic", filled(announced, "command_template", _unscaled(position, *_ends(announced))))


def _valve_word(key: str, default: str) -> Writing:
    by_word = word(key, default)
    return lambda announced, ask: _valve_to(announced, ask) if announced.flag("reports_position") else by_word(announced, ask)


def _valve_shows(announced: Announced) -> tuple[str, ...]:
    return ("current_position",) if announced.flag("reports_position") else ()


VALVE = Component(
    "valve",
    (Reading("state_topic", "value_template", _valve_told, ("state",), _valve_shows),),
    {
        "open_valve": _valve_word("payload_open", "OPEN"),
        "close_valve": _valve_word("payload_close", "CLOSE"),
        "set_valve_position": _valve_to,
        "stop_valve": word("payload_stop", "STOP"),
    },
)
