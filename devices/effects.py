"""What services do: one command made concrete for one entity, what to expect of it, and the entity as it would be after it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from devices.commands import Command
from devices.effect_table import EFFECTS
from devices.expected import Expected, alike, number
from devices.home import Entity
from devices.kinds import is_on
from devices.undo import restore

__all__ = ["SWITCHING", "Expected", "after", "alike", "concrete", "expected", "number", "undo"]

SWITCHING: dict[str, tuple[str, str]] = {
    "cover": ("open_cover", "close_cover"),
    "valve": ("open_valve", "close_valve"),
    "vacuum": ("start", "return_to_base"),
    "lawn_mower": ("start_mowing", "dock"),
}
"""Domain -> the services that "on" and "off" mean where it has no turn_on and turn_off."""

FLIPS: dict[str, tuple[str, str]] = {
    "toggle": ("turn_on", "turn_off"),
    "media_play_pause": ("media_play", "media_pause"),
    "start_pause": ("start", "pause"),
    "toggle_cover_tilt": ("open_cover_tilt", "close_cover_tilt"),
}
"""Service -> what it is while the entity is off, and while it is on."""


def concrete(entity: Entity, command: Command) -> Command | None:
    """The command as this entity takes it: no homeassistant.*, no toggle, its own id only. None where it cannot take it."""
    domain, _, service = command.service.partition(".")
    data = command.data
    if domain not in ("homeassistant", "group", entity.domain):
        return None
    if service in FLIPS:
        on = _flipped(entity, service)
        service, data = FLIPS[service][on], {} if on else data
    service = _switching(entity.domain, service)
    named = f"{entity.domain}.{service}"
    if f"homeassistant.{service}" in EFFECTS and named not in EFFECTS:
        named = f"homeassistant.{service}"
    return Command(named, (entity.entity_id,), data) if named in EFFECTS else None


def _flipped(entity: Entity, service: str) -> bool:
    if service == "toggle_cover_tilt":
        return (number(entity.attributes.get("current_tilt_position")) or 0) > 0
    return entity.state in ("playing", "buffering") if service == "media_play_pause" else is_on(entity)


def _switching(domain: str, service: str) -> str:
    on_off = SWITCHING.get(domain)
    if on_off is None or service not in ("turn_on", "turn_off"):
        return service
    return on_off[service == "turn_off"]


def expected(entity: Entity, command: Command) -> Expected | None:
    """What the command should make of this entity; None where the entity cannot take it."""
    doable = concrete(entity, command)
    return EFFECTS[doable.service](entity, doable.data) if doable else None


def after(entity: Entity, outcome: Expected) -> Entity:
    """The entity as it is when the outcome has come."""
    merged: Mapping[str, Any] = {key: value for key, value in {**entity.attributes, **outcome.changes}.items() if value is not None}
    return replace(entity, state=entity.state if outcome.state is None else outcome.state, attributes=merged)


def undo(before: Entity, command: Command) -> tuple[Command, ...]:
    """The commands that bring back what `command` touches of the entity as it was before; () where nothing can."""
    doable = concrete(before, command)
    if doable is None:
        return ()
    outcome = EFFECTS[doable.service](before, doable.data)
    if not outcome.visible:
        return ()
    domain, _, service = doable.service.partition(".")
    touched = frozenset((*outcome.changes, *outcome.moves, *(outcome.travels or ())[:1], *(("state",) if outcome.state is not None else ())))
    named = "homeassistant" if domain == "group" else domain
    return tuple(Command(f"{named}.{step}", (before.entity_id,), data) for step, data in restore(before, service, doable.data, touched))
