"""The signals that settle what was meant: each scores one candidate in one context, with a weight from one table, so that "why" can be shown."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from agent import habits
from agent.intents import About, about
from agent.records import Context, Interpretation, Why
from devices.effects import number
from devices.home import Entity
from devices.kinds import has_screen, is_on, is_playing, kind_of, temperature_range

WEIGHTS: dict[str, float] = {
    "name": 2.0,
    "alias": 1.8,
    "room": 1.5,
    "same floor": 0.2,
    "kind": 1.0,
    "on": 1.2,
    "on elsewhere": 0.7,
    "off": 0.3,
    "playing": 1.6,
    "range": 1.5,
    "out of range": -3.0,
    "room temperature": 0.6,
    "thermostat": 0.4,
    "screen": 1.0,
    "speaker": 0.4,
    "last spoken of": 0.8,
    "habit": 1.5,
    "personal taste": 1.0,
    "outdoors": -0.8,
    "diagnostic": -6.0,
    "not reachable": -0.6,
    "voice device": 0.5,
}
"""One table, so that a learner may later re-estimate it."""

HEATING = frozenset({"oven", "hob", "stove", "grill", "kettle"})
"""Kinds whose own temperature is asked about while they are on."""
OUTSIDE = ("outside", "outdoor", "garden", "exterior", "freezer", "fridge", "water", "pool", "balcony", "cpu", "chip", "device")
MUSIC_CLASSES = frozenset({"music", "track", "song", "album", "artist", "playlist", "podcast", "audiobook", "channel", "radio"})
SCREEN_CLASSES = frozenset({"movie", "tvshow", "tv_show", "tv show", "show", "video", "episode", "film", "season", "game"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that one reading could mean."""

    entity: Entity
    reading: Interpretation
    about: About
    named: bool = False
    """It was called by its name."""
    placed: bool = False
    """Its room or floor was said."""


ELSEWHERE = 0.4
"""What a habit counts for a thing in another room than the one of asking."""

Signal = Callable[[Candidate, Context], Iterator[tuple[str, float]]]


def why(candidate: Candidate, context: Context) -> tuple[Why, ...]:
    """Every signal that speaks for or against a candidate; the factor scales the table's weight."""
    found = (pair for signal in SIGNALS for pair in signal(candidate, context))
    return tuple(Why(name, round(WEIGHTS[name] * factor, 3), candidate.entity.entity_id) for name, factor in found if factor)


def _name(c: Candidate, context: Context) -> Iterator[tuple[str, float]]:
    if c.named:
        said = c.reading.slots.get("name")
        exact = c.entity.name.casefold() in {str(s).casefold() for s in (said if isinstance(said, list | tuple) else [said])}
        yield ("name" if exact else "alias"), 1.0


def _room(c: Candidate, context: Context) -> Iterator[tuple[str, float]]:
    if c.placed or context.area is None:
        return
    area = context.home.area_of(c.entity)
    if area == context.area:
        yield "room", 1.0
    elif area and context.home.areas.get(context.area) and context.home.floor_of(c.entity) == context.home.areas[context.area].floor is not None:
        yield "same floor", 1.0


def _here(c: Candidate, context: Context) -> bool:
    return context.area is not None and context.home.area_of(c.entity) == context.area


def _state(c: Candidate, context: Context) -> Iterator[tuple[str, float]]:
    if is_playing(c.entity) and c.about.active is not False and c.entity.domain == "media_player":
        if c.about.active or _here(c, context):
            yield "playing", 1.0
    elif c.about.active is not None and is_on(c.entity) == c.about.active:
        yield ("on" if c.about.active else "off"), 1.0


def _asked_temperature(c: Candidate, context: Context) -> Iterator[tuple[str, float]]:
    if c.reading.intent != "HassClimateGetTemperature" or c.named:
        return
    kind = c.entity.kind or ""
    if kind in HEATING:
        if is_on(c.entity):
            near = context.area is None or context.home.area_of(c.entity) == context.area
            yield ("on", 1.6) if near else ("on elsewhere", 1.0)
        return
    words = f"{c.entity.name} {c.entity.entity_id}".casefold()
    if any(w in words for w in OUTSIDE) or c.entity.domain == "weather":
        yield "outdoors", 1.0
    elif c.entity.domain == "sensor":
        yield "room temperature", 1.0
    elif c.entity.domain == "climate":
        yield "thermostat", 1.0


def _range(c: Candidate, context: Context) -> Iterator[tuple[str, float]]:
    wanted = number(c.reading.slots.get("temperature"))
    if wanted is None or c.about.domains != ("climate", "water_heater"):
        return
    span = temperature_range(c.entity)
    if span:
        yield ("range" if span[0] <= wanted <= span[1] else "out of range"), 1.0


def _media(c: Candidate, context: Context) -> Iterator[tuple[str, float]]:
    if c.reading.intent != "HassMediaSearchAndPlay":
        return
    media = str(c.reading.slots.get("media_class") or "").casefold()
    if has_screen(c.entity):
        if media in SCREEN_CLASSES:
            yield "screen", 1.8
        elif media in MUSIC_CLASSES or not c.reading.slots.get("search_query"):
            yield "screen", -0.2
        else:
            yield "screen", 1.0
    elif media in MUSIC_CLASSES or not c.reading.slots.get("search_query"):
        yield "speaker", 1.0
    elif media in SCREEN_CLASSES:
        yield "screen", -1.5


def _device(c: Candidate, context: Context) -> Iterator[tuple[str, float]]:
    if context.device is not None and c.entity.device_id == context.device.device_id and c.entity.domain == "media_player":
        yield "voice device", 1.0


def _focus(c: Candidate, context: Context) -> Iterator[tuple[str, float]]:
    if c.entity.entity_id in context.focus and not c.named:
        yield "last spoken of", 1.0


def _habit(c: Candidate, context: Context) -> Iterator[tuple[str, float]]:
    if not c.named:
        rivals = f"{c.entity.entity_id.partition('.')[0]}."
        counted = habits.share(context.habits, c.reading.intent, "target", lambda value: value.startswith(rivals))
        share = counted.get(c.entity.entity_id, 0.0)
        yield "habit", share if context.area is None or _here(c, context) else share * ELSEWHERE


def _taste(c: Candidate, context: Context) -> Iterator[tuple[str, float]]:
    kind = kind_of(c.entity)
    words = {kind.name, *kind.words} if kind else set()
    if not c.named and any(p.value.casefold() in words for p in context.preferences if p.topic in ("drink", "device")):
        yield "personal taste", 1.0


def _health(c: Candidate, context: Context) -> Iterator[tuple[str, float]]:
    if c.entity.diagnostic and not c.named:
        yield "diagnostic", 1.0
    if not c.entity.available and not c.named:
        yield "not reachable", 1.0


SIGNALS: tuple[Signal, ...] = (_name, _room, _state, _asked_temperature, _range, _media, _device, _focus, _habit, _taste, _health)


def candidate(entity: Entity, reading: Interpretation, named: bool, placed: bool) -> Candidate:
    return Candidate(entity, reading, about(reading.intent), named, placed)


def total(reasons: tuple[Why, ...]) -> float:
    return sum(r.weight for r in reasons)


def explained(weights: Mapping[str, float]) -> str:
    """The weights as a table, for docs."""
    return "\n".join(f"| {name} | {weight:+.1f} |" for name, weight in weights.items())
