"""The risk of a service call: a table, read on the final call and its direction.

R3 needs a spoken yes, always. R2 acts when it was said clearly. R1 is everything else. What a table row cannot tell (scripts, scenes) is
R2 here until it is known what they do (config may move any entity or kind to another class).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from agent.records import Risk
from devices.commands import Command
from devices.home import Entity, Home

ORDER: Mapping[Risk, int] = {"R1": 1, "R2": 2, "R3": 3}

OUTER = frozenset({"garage_door", "gate", "door", "garage"})
"""Kinds of openings through which a stranger could come in."""
HOT = frozenset({"oven", "hob", "heater", "iron", "stove", "sauna", "fireplace", "grill", "space_heater", "deep_fryer", "electric_blanket"})
"""Kinds that can set a house on fire when nobody is near."""
WATER = frozenset({"valve", "water_valve", "sprinkler", "irrigation"})

OPENING = frozenset({"open_cover", "set_cover_position", "toggle", "open_cover_tilt", "turn_on"})
TURNING_ON = frozenset(
    {
        "turn_on",
        "toggle",
        "set_temperature",
        "set_hvac_mode",
        "start",
        "set_operation_mode",
        "press",
        "open_valve",
        "set_valve_position",
        "select_option",
        "set_value",
    }
)

R3_SERVICES = frozenset(
    {
        "lock.unlock",
        "lock.open",
        "lock.toggle",
        "alarm_control_panel.alarm_disarm",
        "valve.open_valve",
        "valve.set_valve_position",
        "valve.toggle",
        "todo.remove_completed_items",
        "siren.turn_on",
    }
)
R2_DOMAINS = frozenset({"cover", "lock", "climate", "alarm_control_panel", "water_heater", "valve", "script", "automation", "siren"})
WHOLE_HOUSE_ROOMS = 3
"""A command that reaches this many rooms or more is a whole-house command."""
NOTHING_SEEN: Mapping[str, Risk] = {}
HARMLESS_OFF = frozenset({"turn_off", "close_valve", "stop"})


@dataclass(frozen=True, slots=True)
class RiskTable:
    """The home's own table: `moved` maps an entity_id or kind to a class, `excluded` entities are never acted on."""

    moved: Mapping[str, Risk] = field(default_factory=dict)
    excluded: frozenset[str] = frozenset()

    def of(self, commands: Iterable[Command], home: Home, followed: Mapping[str, Risk] = NOTHING_SEEN) -> Risk:
        """The highest risk among the commands; R2 at least where together they reach the whole house. `followed`: what was seen to follow scripts."""
        commands = tuple(commands)
        risks: list[Risk] = [self._one(c, e, home, followed) for c in commands for e in c.entity_ids]
        rooms = {home.area_of(home.entities[e]) for c in commands for e in c.entity_ids if e in home.entities}
        if len(rooms - {None}) >= WHOLE_HOUSE_ROOMS:
            risks.append("R2")
        return max(risks, key=ORDER.__getitem__, default="R1")

    def spared(self, commands: Iterable[Command], home: Home, followed: Mapping[str, Risk] = NOTHING_SEEN) -> tuple[Command, ...]:
        """Without what needs a yes of its own: "everything" never includes R3."""
        kept = (
            (c, tuple(e for e in c.entity_ids if self._one(c, e, home, followed) != "R3" and e not in self.excluded)) for c in commands
        )
        return tuple(replace(c, entity_ids=ids) for c, ids in kept if ids)

    def _one(self, command: Command, entity_id: str, home: Home, followed: Mapping[str, Risk]) -> Risk:
        entity = home.entities.get(entity_id)
        kind = (entity.kind if entity else None) or ""
        for key in (entity_id, kind):
            if key in self.moved:
                return self.moved[key]
        return max(_table(command, entity, kind), followed.get(entity_id, "R1"), _defined(entity, home), key=ORDER.__getitem__)


def _table(command: Command, entity: Entity | None, kind: str) -> Risk:
    domain, _, verb = command.service.partition(".")
    if command.service in R3_SERVICES:
        return "R3"
    if (
        domain in ("cover", "switch", "input_boolean", "button", "homeassistant")
        and kind in OUTER
        and verb in OPENING | TURNING_ON
        and not _closing(command)
    ):
        return "R3"
    if kind in HOT and verb in TURNING_ON and not _turning_off(command):
        return "R3"
    if kind in WATER and domain != "valve" and verb in TURNING_ON:
        return "R3"
    if kind == "lock" and domain in ("switch", "input_boolean", "button"):
        return "R3"
    if command.service == "todo.remove_item" and isinstance(command.data.get("item"), list | tuple):
        return "R3"  # a whole list
    if domain in R2_DOMAINS and not (domain == "valve" and verb in HARMLESS_OFF):
        return "R2"
    return "R1"


def of_change(entity: Entity, state: str) -> Risk:
    """The risk of a change that was seen: as if it had been commanded."""
    verb = OPENED.get((entity.domain, state)) or ("turn_on" if state not in ("off", "closed", "idle", "standby", "docked") else "turn_off")
    return _table(Command(f"{entity.domain}.{verb}", (entity.entity_id,)), entity, entity.kind or "")


OPENED = {
    ("lock", "unlocked"): "unlock", ("lock", "unlocking"): "unlock", ("lock", "open"): "open", ("lock", "locked"): "lock",
    ("alarm_control_panel", "disarmed"): "alarm_disarm", ("valve", "open"): "open_valve", ("valve", "opening"): "open_valve",
    ("cover", "open"): "open_cover", ("cover", "opening"): "open_cover", ("cover", "closed"): "close_cover",
}  # fmt: skip


def _defined(entity: Entity | None, home: Home) -> Risk:
    """What a scene or script is made of, where its definition can be read: the things in it (a scene's members), the calls in it (a sequence)."""
    if entity is None or entity.domain not in ("scene", "script", "automation", "group"):
        return "R1"
    risks: list[Risk] = [_part(step, home) for key in ("sequence", "actions", "action") for step in _steps(entity.attributes.get(key))]
    if entity.domain == "scene":
        states = entity.attributes.get("entities")
        told = states if isinstance(states, Mapping) else dict.fromkeys(_ids(entity.attributes.get("entity_id")), "")
        risks += [_as_scene(home.entities.get(str(i)), state) for i, state in told.items()]
    return max(risks, key=ORDER.__getitem__, default="R1")


def _as_scene(entity: Entity | None, state: object) -> Risk:
    """A member of a scene; one whose state is not told may come to any."""
    if entity is None:
        return "R1"
    told = state.get("state") if isinstance(state, Mapping) else state
    if told:
        return of_change(entity, "on" if told is True else "off" if told is False else str(told))
    wild = [of_change(entity, s) for s in ("unlocked", "open", "on", "disarmed")]
    return max(wild, key=ORDER.__getitem__)


def _part(step: Mapping[str, object], home: Home) -> Risk:
    """One call of a script's sequence."""
    service, target = step.get("action") or step.get("service"), step.get("target")
    ids = [*_ids(step.get("entity_id")), *_ids(target.get("entity_id") if isinstance(target, Mapping) else None)]
    data = step.get("data")
    if not isinstance(service, str):
        return "R1"
    command = Command(service, tuple(ids), data if isinstance(data, Mapping) else {})
    found: list[Risk] = [_table(command, home.entities.get(i), (home.entities[i].kind or "") if i in home.entities else "") for i in ids or [""]]
    return max(found, key=ORDER.__getitem__)


def _steps(told: object) -> Iterable[Mapping[str, object]]:
    return [step for step in told if isinstance(step, Mapping)] if isinstance(told, list | tuple) else []


def _ids(told: object) -> list[str]:
    return [str(i) for i in told] if isinstance(told, list | tuple) else [told] if isinstance(told, str) else []


def _closing(command: Command) -> bool:
    return command.data.get("position") == 0


def _turning_off(command: Command) -> bool:
    return command.data.get("hvac_mode") == "off"
