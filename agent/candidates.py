"""What a reading may be about: the things of the home of the sort, place and kind that were said, looked up rather than searched for."""

import heapq
from collections.abc import Callable, Iterable

from agent import wording
from agent.intents import About
from agent.places import ALL, Scope, floor_here, index_of, texts, things, things_here
from agent.records import Context, Interpretation
from devices.effects import number
from devices.home import Entity
from devices.index import sorts_of
from devices.kinds import is_on, is_playing, temperature_range

MOST = 24
"""So many candidates are scored."""
BREW = ("coffee_maker", "kettle", "tea_maker", "espresso_machine")
DOORS = frozenset({"garage_door", "gate"})
"""What "the door" is in a room that has no other."""


def domain_of(entity: Entity) -> str:
    return entity.domain or entity.entity_id.partition(".")[0]


def pool_of(reading: Interpretation, what: About, scope: Scope, context: Context) -> list[Entity]:
    """Everything that the reading may be about, in the home's order. Where what is here settles it, the rest of the home is not looked at."""
    fits = fitting(reading, what, scope, context)
    if _here_first(reading, what, scope, context):
        here = list(filter(fits, things_here(context)))
        here = here or [e for e in things_here(context) if e.kind in DOORS and "door" in texts(reading.slots.get("device_class"))]
        if here and not (all(domain_of(e) == "lock" for e in here) and wording.says_several(context.text)):
            return here
    return list(filter(fits, things(_lookup(reading, what, scope, context), context)))


def _here_first(reading: Interpretation, what: About, scope: Scope, context: Context) -> bool:
    """Several things of the room of asking are meant, unless a place, a person or something spoken of says otherwise."""
    if what.reach != "many" or scope.said or scope.everywhere or reading.slots.get("name") == ALL:
        return False
    spoken_of = bool(context.focus) and not wording.says_thing(context.text) and not wording.is_mood(context.text)
    return not spoken_of and not (context.who and wording.is_mine(context.text))


def _lookup(reading: Interpretation, what: About, scope: Scope, context: Context) -> Iterable[str]:
    """The shortest list of the home's index that holds everything that could fit."""
    index, slots = index_of(context), reading.slots
    domains = texts(slots.get("domain")) or what.domains
    if reading.intent == "HassClimateGetTemperature":
        return _also(index.any_of(index.sorts, ("temperature",)), index.any_of(index.domains, [d for d in domains if d != "sensor"]))
    tables = (
        (index.areas, scope.areas),
        (index.areas, _rooms_on(scope.floors, context)),
        (index.sorts, texts(slots.get("kind"))),
        (index.sorts, texts(slots.get("device_class"))),
    )
    asked = [(table, keys) for table, keys in (*tables, (index.domains, domains)) if keys]
    if not asked:
        return index.order
    return index.any_of(*min(asked, key=lambda row: sum(len(row[0].get(key, ())) for key in row[1])))


def _rooms_on(floors: frozenset[str], context: Context) -> list[str]:
    return [area.area_id for area in context.home.areas.values() if area.floor is not None and area.floor in floors]


def _also(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def shortlist(pool: list[Entity], reading: Interpretation, context: Context) -> list[Entity]:
    """Of very many things those that can win at all: spoken of, usual, in range, here, near or on; which of the others is asked does not matter."""
    if len(pool) <= MOST:
        return pool
    liked = {*context.focus, *(h.value for h in context.habits if h.slot == "target")}
    wanted = number(reading.slots.get("temperature"))
    floor = floor_here(context)

    def rank(entity: Entity) -> tuple[bool, bool, bool, bool, bool]:
        span = temperature_range(entity) if wanted is not None else None
        beyond = span is None or wanted is None or not span[0] <= wanted <= span[1]
        area = context.home.area_of(entity)
        room = context.home.areas.get(area or "")
        far = floor is None or room is None or room.floor != floor
        return entity.entity_id not in liked, beyond, area != context.area, not (is_playing(entity) or is_on(entity)), far

    return heapq.nsmallest(MOST, pool, key=rank)


def fitting(reading: Interpretation, what: About, scope: Scope, context: Context) -> Callable[[Entity], bool]:
    """Whether an entity is of the sort, in the place and of the kind that was said."""
    slots = reading.slots
    domains, wanted = frozenset(what.domains), frozenset(texts(slots.get("domain")))
    storey = frozenset(_rooms_on(scope.floors, context)) if scope.floors else scope.areas
    rooms = scope.areas & storey if scope.areas else storey
    placed, area_of = scope.said, context.home.area_of
    classes, kinds = frozenset(texts(slots.get("device_class"))), frozenset(texts(slots.get("kind")))
    brew = reading.intent == "ExtApplianceStart" and slots.get("activity") == "brew"
    warmth = reading.intent == "HassClimateGetTemperature"
    if reading.intent == "HassGetState" and not (wanted or classes or kinds):
        return lambda _: False

    def fits(entity: Entity) -> bool:
        domain = domain_of(entity)
        if (domains and domain not in domains) or (wanted and domain not in wanted) or (kinds and entity.kind not in kinds):
            return False
        if classes and not classes & sorts_of(entity):
            return False
        if placed and area_of(entity) not in rooms:
            return False
        if warmth:
            return domain != "sensor" or entity.device_class == "temperature"
        return not brew or entity.kind in BREW

    return fits


def of_the_kind_said(pool: list[Entity], what: About, context: Context) -> list[Entity]:
    """ "The speaker" is no television: of players, and of what is heated, those whose own word was said, where there is one."""
    said = wording.kinds_said(context.text)
    if what.reach == "ask" or not said or not {domain_of(e) for e in pool} <= {"media_player", "climate", "water_heater"}:
        return pool
    return [e for e in pool if e.kind in said] or pool
