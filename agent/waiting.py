"""States that are waited for once (or each time): from what was said to the entities and states, and whether a change is the one. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from agent.places import areas_called
from agent.records import Due, Trigger
from devices.effects import number
from devices.heat import is_health
from devices.home import Entity, Home

REST = tuple("off idle standby docked done complete completed finished end ended ready unused none paused stopped".split())
STATES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "done": {"": REST},
    "open": {"cover": ("open", "opening"), "binary_sensor": ("on", "open"), "valve": ("open", "opening"), "lock": ("open", "unlocked")},
    "closed": {"cover": ("closed",), "binary_sensor": ("off", "closed"), "valve": ("closed",), "lock": ("locked",)},
    "on": {
        "cover": ("open", "opening"), "climate": ("heat", "cool", "heat_cool", "auto", "dry", "fan_only"), "vacuum": ("cleaning",),
        "media_player": ("on", "playing", "idle"), "": ("on", "active", "running"),
    },
    "off": {"": ("off", "standby", "idle", "closed", "docked")},
    "locked": {"lock": ("locked",)},
    "unlocked": {"lock": ("unlocked", "open")},
    "home": {"person": ("home",), "device_tracker": ("home",), "vacuum": ("docked",)},
    "away": {"person": ("not_home", "away"), "device_tracker": ("not_home", "away")},
    "playing": {"media_player": ("playing",)},
    "ringing": {"binary_sensor": ("on",), "event": (), "sensor": ("ringing", "on"), "switch": ("on",), "button": ()},
    "rain": {"weather": ("rainy", "pouring", "lightning-rainy", "snowy-rainy", "hail")},
    "snow": {"weather": ("snowy", "snowy-rainy")},
    "motion": {"binary_sensor": ("on",)},
}  # fmt: skip
"""Change -> sort of thing -> the states it has come to then; "" is any other sort, where the change is told of any."""


def trigger(event: Mapping[str, Any], home: Home, who: str = "") -> Trigger | None:
    """What to wait for; None where the home has nothing that tells. `who` is "I"."""
    event = {**event, "name": who or "me"} if event.get("name") == "me" else event
    find = _of_name if event.get("name") else _of_kind if event.get("kind") else _of_measure
    things = tuple(find(event, home))
    if not things:
        return None
    ids = tuple(e.entity_id for e in things)
    limits = {key: float(event[key]) for key in ("above", "below") if event.get(key) is not None}
    return Trigger(ids, str(event.get("change", "")), always=bool(event.get("always")), said=str(event.get("said", "")), **limits)


def _of_name(event: Mapping[str, Any], home: Home) -> Iterable[Entity]:
    folded, change = str(event["name"]).casefold(), STATES.get(str(event.get("change")), {})
    rooms = areas_called((str(event["area"]),), home) if event.get("area") else set()
    bearing = [e for e in home.entities.values() if any(n.casefold() == folded for n in e.names)]
    bearing = bearing or [e for e in home.entities.values() if any(n.casefold().endswith(f" {folded}") for n in e.names)]
    able = [e for e in bearing if (not rooms or home.area_of(e) in rooms) and (e.domain in change or "" in change)]
    particular = [e for e in able if e.domain in change]
    return particular or able


def _of_kind(event: Mapping[str, Any], home: Home) -> Iterable[Entity]:
    change = STATES.get(str(event.get("change")), {})
    rooms = areas_called((str(event["area"]),), home) if event.get("area") else set()
    of_kind = (e for e in home.entities.values() if e.kind == event["kind"] and (e.domain in change or "" in change))
    return (e for e in of_kind if not rooms or home.area_of(e) in rooms)


def _of_measure(event: Mapping[str, Any], home: Home) -> Iterable[Entity]:
    rooms = areas_called((str(event["area"]),), home) if event.get("area") else set()
    measure = event.get("measure")
    called = str(event.get("thing", "")).casefold()
    there = [e for e in home.entities.values() if (not rooms or home.area_of(e) in rooms) and _is_of(e, called)]
    sensors = [e for e in there if e.domain == "sensor" and e.attributes.get("device_class") == measure and not is_health(e, home)]
    return sensors or [e for e in there if measure == "temperature" and e.domain == "climate" and "current_temperature" in e.attributes]


def _is_of(entity: Entity, called: str) -> bool:
    """The thing itself, or a sensor that bears its name: "Freezer Temperature" of the freezer."""
    return not called or any(n.casefold() == called or n.casefold().startswith(f"{called} ") for n in entity.names)


def _value(entity: Entity) -> float | None:
    return number(entity.attributes.get("current_temperature") if entity.domain == "climate" else entity.state)


def is_met(waited: Trigger, before: Entity | None, after: Entity) -> bool:
    """This very change is the one that is waited for."""
    if after.entity_id not in waited.entity_ids or before is None or after.state in ("unavailable", "unknown"):
        return False
    if waited.above is not None or waited.below is not None:
        was, value = _value(before), _value(after)
        return value is not None and _beyond(waited, value) and not (was is not None and _beyond(waited, was))
    if before.state == after.state:
        return False
    table = STATES.get(waited.change, {})
    states = table.get(after.domain, table.get("", ()))
    if not states:
        return True  # a button or an event: any news is the ring
    settled = after.state in states and before.state not in states
    return settled and not (waited.change == "done" and before.state in ("unavailable", "unknown"))


def _beyond(waited: Trigger, value: float) -> bool:
    return (waited.above is not None and value > waited.above) or (waited.below is not None and value < waited.below)


def met(agenda: Iterable[Due], before: Entity | None, after: Entity) -> tuple[Due, ...]:
    """What has waited for this change."""
    return tuple(due for due in agenda if due.trigger is not None and is_met(due.trigger, before, after))
