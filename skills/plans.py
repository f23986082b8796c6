"""How handlers make plans: the targets of a resolution, commands grouped by service, and the plans that are made of them."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from agent import words
from agent.records import Change, Context, Plan, Resolution
from agent.words import domain_of
from devices.commands import Command
from devices.effects import number
from devices.home import Entity

Step = tuple[str, str, Mapping[str, Any]]
"""(entity_id, service, data)."""


def targets(resolution: Resolution, context: Context, *domains: str) -> tuple[Entity, ...]:
    """The entities meant, in order, as they are now; only those of `domains` where any are given."""
    found = (context.home.entities[each] for each in resolution.targets if each in context.home.entities)
    return tuple(entity for entity in found if not domains or domain_of(entity) in domains)


def together(steps: Iterable[Step]) -> tuple[Command, ...]:
    """One command for all entities that are told the same, in the order they first come."""
    found: dict[tuple[str, str], tuple[Mapping[str, Any], list[str]]] = {}
    for entity_id, service, data in steps:
        told = json.dumps(data, sort_keys=True, default=str) if data else ""
        found.setdefault((service, told), (data, []))[1].append(entity_id)
    return tuple(Command(service, tuple(ids), data) for (service, _), (data, ids) in found.items())


def act(steps: Iterable[Step], context: Context) -> Plan:
    """Do all steps; what is said is true when every one was verified."""
    commands = together(steps)
    return Plan("act", words.done(commands, context.home), commands) if commands else decline(words.say("nothing"))


def act_each(resolution: Resolution, context: Context, domains: tuple[str, ...], step: Callable[[Entity], Step | None]) -> Plan:
    """One step for each target of these domains; targets that cannot (None, or another domain) are left out while others can."""
    steps = [made for made in map(step, targets(resolution, context, *domains)) if made is not None]
    return act(steps, context) if steps else cannot(resolution, context)


def cannot(resolution: Resolution, context: Context, key: str = "cannot") -> Plan:
    """None of the targets can do it."""
    who = targets(resolution, context)
    return decline(words.say(key, what=words.listed(who), **words.forms(words.are_several(who)))) if who else decline(words.say("nothing"))


def beyond(asked: float | None, resolution: Resolution, context: Context, domains: tuple[str, ...], key: str = "range.percent") -> Plan | None:
    """The refusal of what is not between 0 and 100 per cent, with the range; None where it is, or where nothing meant could be set so."""
    if asked is None or 0 <= asked <= 100:
        return None
    who = targets(resolution, context, *domains)
    return decline(words.say(key, what=words.listed(who), low=0, high=100, **words.forms(words.are_several(who)))) if who else None


def answer(text: str, changes: tuple[Change, ...] = (), about: Iterable[Entity] = ()) -> Plan:
    return Plan("answer", text, changes=changes, targets=tuple(entity.entity_id for entity in about))


def decline(text: str) -> Plan:
    return Plan("decline", text)


def ask(missing: str, text: str) -> Plan:
    """Ask for a slot that is missing."""
    return Plan("ask", text, missing=missing)


def slot_number(resolution: Resolution, key: str) -> float | None:
    """A slot as a number, None where it holds none."""
    value = resolution.slots.get(key)
    return number(value.strip("%° ") if isinstance(value, str) else value)


def slot_text(resolution: Resolution, key: str) -> str:
    """A slot as text, "" where it is not there; the first of a list."""
    value = resolution.slots.get(key)
    if isinstance(value, list | tuple):
        value = value[0] if value else None
    return "" if value is None else str(value).strip()


def rounded(value: float) -> int | float:
    """A whole number as int, so that data read 21 and not 21.0."""
    return int(value) if value == int(value) else round(value, 2)


def features(entity: Entity) -> int | None:
    """Home Assistant's supported_features as bits; None where they are not told."""
    told = entity.attributes.get("supported_features")
    return told if isinstance(told, int) and not isinstance(told, bool) else None


def options(entity: Entity, key: str) -> tuple[str, ...]:
    """A list attribute (hvac_modes, fan_modes...) as texts."""
    told = entity.attributes.get(key)
    return tuple(map(str, told)) if isinstance(told, list | tuple) else ()
