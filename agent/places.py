"""Where a request looks: the rooms and floors that were said, and the place of asking where no door told it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from agent.records import Context
from devices.home import Entity, Home
from devices.index import Index

ALL = "all"
HERE = frozenset({"here", "this room", "the room", "in here"})


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a reading looks: room and floor ids that were said, or the failure to find one."""

    areas: frozenset[str] = frozenset()
    floors: frozenset[str] = frozenset()
    everywhere: bool = False
    missing: str = ""
    missing_text: str = ""

    @property
    def said(self) -> bool:
        return bool(self.areas or self.floors)


def texts(said: Any) -> tuple[str, ...]:
    """A slot's values as texts."""
    return tuple(str(n) for n in (said if isinstance(said, list | tuple) else [said]) if n)


def scope_of(slots: Mapping[str, Any], context: Context) -> Scope:
    """The scope that was said; an unknown room or floor is a failure, never everywhere."""
    areas: set[str] = set()
    for said in texts(slots.get("area")):
        if said.casefold() in (ALL, "everywhere"):
            return Scope(everywhere=True)
        if said.casefold() in HERE:
            areas |= {context.area} if context.area else set()
            continue
        ids = areas_called([said], context.home)
        if not ids:
            return Scope(missing="area", missing_text=said)
        areas |= ids
    floors: set[str] = set()
    for said in texts(slots.get("floor")):
        ids = {f.floor_id for f in context.home.floors.values() if said.casefold() in _called(f.floor_id, f.name, f.aliases)}
        if not ids:
            return Scope(missing="floor", missing_text=said)
        floors |= ids
    return Scope(frozenset(areas), frozenset(floors))


def areas_called(names: Iterable[str], home: Home) -> set[str]:
    wanted = {name.casefold() for name in names}
    return {a.area_id for a in home.areas.values() if wanted & _called(a.area_id, a.name, a.aliases)}


def _called(identity: str, name: str, aliases: Iterable[str]) -> set[str]:
    return {identity.casefold(), name.casefold(), *(a.casefold() for a in aliases)}


def inside(entity: Entity, scope: Scope, context: Context) -> bool:
    if scope.areas and context.home.area_of(entity) not in scope.areas:
        return False
    return not scope.floors or context.home.floor_of(entity) in scope.floors


def is_here(entity: Entity, context: Context) -> bool:
    return context.area is not None and context.home.area_of(entity) == context.area


def floor_here(context: Context) -> str | None:
    area = context.home.areas.get(context.area or "")
    return area.floor if area else None


def is_near(entity: Entity, context: Context) -> bool:
    """On the floor of asking."""
    floor = floor_here(context)
    return floor is not None and context.home.floor_of(entity) == floor


def situated(context: Context) -> Context:
    """The context with the room where somebody is felt, where the door told none, and with the home's index."""
    area = context.felt if context.area is None else context.area
    index = context.index or Index.of(context.home)
    return context if area == context.area and index is context.index else replace(context, area=area, index=index)


def index_of(context: Context) -> Index:
    return context.index or Index.of(context.home)


def things(ids: Iterable[str], context: Context) -> list[Entity]:
    """The entities as they are now."""
    entities = context.home.entities
    return [entities[i] for i in ids if i in entities]


def things_here(context: Context) -> list[Entity]:
    """Everything in the room of asking."""
    return things(index_of(context).areas.get(context.area, ()), context) if context.area else []
