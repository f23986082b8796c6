"""The way back: the services that restore what a command touched, exactly where Home Assistant has a service for it.

Only what was touched is restored. What cannot be brought back (a scene's doings, an unknown title that was playing) is left out.
"""

from collections.abc import Callable, Mapping
from typing import Any

from devices.expected import number
from devices.home import Entity
from devices.lists import NEEDED, find

Step = tuple[str, Mapping[str, Any]]
"""A service of the entity's own domain ("turn_on") and its data."""
Touched = frozenset[str]
"""Names of attributes, and "state"."""

ON_OFF = ("light", "switch", "input_boolean", "siren", "humidifier", "automation", "remote", "camera", "fan", "group")

BY_STATE: dict[str, dict[str, str]] = {
    **{domain: {"on": "turn_on", "off": "turn_off"} for domain in ON_OFF},
    "lock": {"locked": "lock", "locking": "lock", "unlocked": "unlock", "unlocking": "unlock", "open": "unlock", "opening": "unlock"},
    "vacuum": {"cleaning": "start", "paused": "pause", "idle": "stop", "docked": "return_to_base", "returning": "return_to_base"},
    "lawn_mower": {"mowing": "start_mowing", "paused": "pause", "docked": "dock", "returning": "dock"},
    "alarm_control_panel": {
        "disarmed": "alarm_disarm",
        **{f"armed_{mode}": f"alarm_arm_{mode}" for mode in ("home", "away", "night", "vacation", "custom_bypass")},
    },
    "media_player": {
        "playing": "media_play",
        "paused": "media_pause",
        "idle": "media_stop",
        "on": "turn_on",
        "off": "turn_off",
        "standby": "turn_off",
    },
    "timer": {"active": "start", "paused": "pause", "idle": "cancel"},
}
"""Domain -> state before -> the service that brings it back."""

BY_VALUE: dict[str, tuple[str, str]] = {
    "climate": ("set_hvac_mode", "hvac_mode"),
    "water_heater": ("set_operation_mode", "operation_mode"),
    **dict.fromkeys(("select", "input_select"), ("select_option", "option")),
    **dict.fromkeys(("number", "input_number", "text", "input_text", "counter"), ("set_value", "value")),
    "date": ("set_value", "date"),
    "time": ("set_value", "time"),
    "datetime": ("set_value", "datetime"),
    "input_datetime": ("set_datetime", "datetime"),
}
"""Domain whose state is set as a value -> the service and its key."""

UNTOLD = {"is_volume_muted": False, "shuffle": False}
"""What an attribute is where a player does not tell it."""

BY_ATTRIBUTE: dict[str, dict[str, tuple[str, str]]] = {
    "fan": {
        "percentage": ("set_percentage", "percentage"),
        "preset_mode": ("set_preset_mode", "preset_mode"),
        "oscillating": ("oscillate", "oscillating"),
        "direction": ("set_direction", "direction"),
    },
    "climate": {
        **{key: ("set_temperature", key) for key in ("temperature", "target_temp_low", "target_temp_high")},
        **{key: (f"set_{key}", key) for key in ("fan_mode", "preset_mode", "swing_mode", "humidity")},
    },
    "water_heater": {"temperature": ("set_temperature", "temperature"), "away_mode": ("set_away_mode", "away_mode")},
    "humidifier": {"humidity": ("set_humidity", "humidity"), "mode": ("set_mode", "mode")},
    "media_player": {
        "volume_level": ("volume_set", "volume_level"),
        "is_volume_muted": ("volume_mute", "is_volume_muted"),
        "source": ("select_source", "source"),
        "sound_mode": ("select_sound_mode", "sound_mode"),
        "shuffle": ("shuffle_set", "shuffle"),
        "repeat": ("repeat_set", "repeat"),
        "media_position": ("media_seek", "seek_position"),
    },
    "cover": {"current_tilt_position": ("set_cover_tilt_position", "tilt_position")},
    "vacuum": {"fan_speed": ("set_fan_speed", "fan_speed")},
}
"""Domain -> attribute -> the service that sets it, and its key."""

OPPOSITES: dict[str, str] = {
    there: back
    for one, other in (
        ("turn_on", "turn_off"),
        ("open_cover", "close_cover"),
        ("open_valve", "close_valve"),
        ("lock", "unlock"),
        ("media_next_track", "media_previous_track"),
        ("volume_up", "volume_down"),
        ("increase_speed", "decrease_speed"),
        ("increment", "decrement"),
        ("alarm_arm_home", "alarm_disarm"),
    )
    for there, back in ((one, other), (other, one))
}
"""The way back where the state before is not known."""

OFF_KEEPS_QUIET = frozenset({"light", "fan", "media_player", "humidifier"})
"""Domains where setting an attribute would switch the thing on: while it was off, only its state is restored."""


def restore(before: Entity, service: str, data: Mapping[str, Any], touched: Touched) -> list[Step]:
    """The steps back from `service` (of the entity's own domain), in order."""
    special = SPECIAL.get(before.domain)
    if special is not None:
        return special(before, service, data, touched)
    return _plain(before, service, touched)


def _plain(before: Entity, service: str, touched: Touched) -> list[Step]:
    state = _state(before) if "state" in touched else []
    quiet = before.domain in OFF_KEEPS_QUIET and before.state in ("off", "standby")
    steps = [*state, *([] if quiet else _attributes(before, touched))]
    return steps or ([(OPPOSITES[service], {})] if not quiet and service in OPPOSITES and _nothing_known(before, touched) else [])


def _nothing_known(before: Entity, touched: Touched) -> bool:
    if "state" in touched:
        return before.state in ("unknown", "unavailable")
    return all(before.attributes.get(name, UNTOLD.get(name)) is None for name in touched)


def _state(before: Entity) -> list[Step]:
    if before.state in ("unknown", "unavailable"):
        return []
    if before.domain in BY_VALUE:
        service, key = BY_VALUE[before.domain]
        return [(service, {key: _value(before)})]
    service = BY_STATE.get(before.domain, {}).get(before.state, "")
    return [(service, {})] if service else []


def _value(before: Entity) -> Any:
    parsed = number(before.state) if before.domain in ("number", "input_number", "counter") else None
    return before.state if parsed is None else parsed


def _attributes(before: Entity, touched: Touched) -> list[Step]:
    """One call a service: both ends of a temperature range go together."""
    calls: dict[str, dict[str, Any]] = {}
    for name, (service, key) in BY_ATTRIBUTE.get(before.domain, {}).items():
        was = before.attributes.get(name, UNTOLD.get(name))
        if name in touched and was is not None:
            calls.setdefault(service, {})[key] = was
    return list(calls.items())


def _light(before: Entity, service: str, data: Mapping[str, Any], touched: Touched) -> list[Step]:
    if before.state != "on":
        return _plain(before, service, touched)
    had = before.attributes
    keys = ["brightness"]
    colored = ("color_temp_kelvin",) if had.get("color_mode") == "color_temp" else ("hs_color", "rgb_color", "xy_color", "color_temp_kelvin")
    keys += [key for key in colored if had.get(key) is not None][:1]
    keys += ["effect"] if "effect" in touched else []
    return [("turn_on", {key: had[key] for key in keys if had.get(key) is not None})]


def _mover(kind: str) -> Callable[[Entity, str, Mapping[str, Any], Touched], list[Step]]:
    """Covers and valves."""

    def back(before: Entity, service: str, data: Mapping[str, Any], touched: Touched) -> list[Step]:
        at = number(before.attributes.get("current_position"))
        tilt = _attributes(before, touched)
        if "state" not in touched:
            return tilt
        if service.startswith("stop"):
            return [(f"open_{kind}", {})] if before.state == "opening" else [(f"close_{kind}", {})] if before.state == "closing" else []
        if at is not None and 0 < at < 100:
            return [(f"set_{kind}_position", {"position": round(at)})]
        if before.state in ("open", "opening") or at == 100:
            return [(f"open_{kind}", {})]
        return [(f"close_{kind}", {})] if before.state in ("closed", "closing") or at == 0 else _plain(before, service, touched)

    return back


def _player(before: Entity, service: str, data: Mapping[str, Any], touched: Touched) -> list[Step]:
    if service in ("media_next_track", "media_previous_track"):
        return [(OPPOSITES[service], {})]
    if "media_content_id" not in touched or before.state not in ("playing", "paused", "buffering"):
        return _plain(before, service, touched)
    title = before.attributes.get("media_content_id") or before.attributes.get("media_title")
    if title is None:
        return [("media_pause", {})] if before.state == "paused" else []
    kind = before.attributes.get("media_content_type") or "music"
    again: list[Step] = [("play_media", {"media_content_id": title, "media_content_type": kind})]
    return [*again, ("media_pause", {})] if before.state == "paused" else again


def _list(before: Entity, service: str, data: Mapping[str, Any], touched: Touched) -> list[Step]:
    names = data.get("item")
    if service == "add_item":
        return [("remove_item", {"item": names})]
    if service == "remove_item":
        return [step for name in (names if isinstance(names, list | tuple) else [names]) for step in _put_back(before, name)]
    old = find(before, names) or {"summary": names, "status": NEEDED}
    rename = {"rename": old["summary"]} if data.get("rename") else {}
    return [("update_item", {"item": data.get("rename") or names, **rename, "status": old.get("status", NEEDED)})]


def _put_back(before: Entity, name: Any) -> list[Step]:
    old = find(before, name) or {"summary": name}
    more = {key: old[key] for key in ("description",) if old.get(key) is not None}
    if old.get("due") is not None:
        more["due_datetime" if "T" in str(old["due"]) or ":" in str(old["due"]) else "due_date"] = old["due"]
    added: Step = ("add_item", {"item": old["summary"], **more})
    done = old.get("status", NEEDED) != NEEDED
    return [added, ("update_item", {"item": old["summary"], "status": old["status"]})] if done else [added]


SPECIAL: dict[str, Callable[[Entity, str, Mapping[str, Any], Touched], list[Step]]] = {
    "light": _light,
    "cover": _mover("cover"),
    "valve": _mover("valve"),
    "media_player": _player,
    "todo": _list,
}
