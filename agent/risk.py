"""The risk of a service call: a table, read on the final call and its direction.

R3 needs a spoken yes, always. R2 acts when it was said clearly. R1 is everything else. What a table row cannot tell (scripts, scenes) is
R2 here until it is known what they do (config may move any entity or kind to another class).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

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
HARMLESS_OFF = frozenset({"turn_off", "close_valve", "stop"})


@dataclass(frozen=True, slots=True)
class RiskTable:
    """The home's own table: `moved` maps an entity_id or kind to a class, `excluded` entities are never acted on."""

    moved: Mapping[str, Risk] = field(default_factory=dict)
    excluded: frozenset[str] = frozenset()

    def of(self, commands: Iterable[Command], home: Home) -> Risk:
        """The highest risk among the commands; R2 at least where together they reach the whole house."""
        commands = tuple(commands)
        risks: list[Risk] = [self._one(c, e, home) for c in commands for e in c.entity_ids]
        rooms = {home.area_of(home.entities[e]) for c in commands for e in c.entity_ids if e in home.entities}
        if len(rooms - {None}) >= WHOLE_HOUSE_ROOMS:
            risks.append("R2")
        return max(risks, key=ORDER.__getitem__, default="R1")

    def _one(self, command: Command, entity_id: str, home: Home) -> Risk:
        entity = home.entities.get(entity_id)
        kind = (entity.kind if entity else None) or ""
        for key in (entity_id, kind):
            if key in self.moved:
                return self.moved[key]
        return _table(command, entity, kind)


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
    if domain in R2_DOMAINS and not (domain == "valve" and verb in HARMLESS_OFF):
        return "R2"
    return "R1"


def _closing(command: Command) -> bool:
    return command.data.get("position") == 0


def _turning_off(command: Command) -> bool:
    return command.data.get("hvac_mode") == "off"
