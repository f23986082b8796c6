"""What stands at a place in a sentence: names and rooms of this home, numbers, times, colours, states. One reader per slot type.

A reader takes (words, i, names) and yields (end, value): all that may stand there, longest first.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from agent.understand import numbers, times
from agent.understand.normal import name_words
from devices.colors import NAMED
from devices.home import Home
from devices.kinds import KINDS, plural

Words = tuple[str, ...]
Found = Iterator[tuple[int, Any]]


@dataclass(frozen=True, slots=True)
class Named:
    """What bears a name: the home's own name for it, and the domains and kinds behind it."""

    name: str
    sorts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one version of a home, by their words. Looking one up does not depend on how many there are."""

    version: int = -1
    entities: Mapping[Words, tuple[Named, ...]] = field(default_factory=dict)
    areas: Mapping[Words, str] = field(default_factory=dict)
    floors: Mapping[Words, str] = field(default_factory=dict)
    people: Mapping[Words, str] = field(default_factory=dict)

    @classmethod
    def of(cls, home: Home) -> "Names":
        entities: dict[Words, list[Named]] = {}
        people: dict[Words, str] = {}
        for entity in home.entities.values():
            domain = entity.domain or entity.entity_id.partition(".")[0]
            sorts = frozenset(s for s in (domain, entity.kind, entity.device_class) if s)
            for name in entity.names:
                words = name_words(name)
                if words:
                    entities.setdefault(words, []).append(Named(entity.name, sorts))
                    if domain == "person":
                        people[words] = entity.name
        return cls(
            home.version,
            {words: tuple(found) for words, found in entities.items()},
            {name_words(n): a.name for a in home.areas.values() for n in (a.name, *a.aliases) if name_words(n)},
            {name_words(n): f.name for f in home.floors.values() for n in (f.name, *f.aliases) if name_words(n)},
            people,
        )


def _table(rows: Mapping[str, Any]) -> dict[Words, Any]:
    return {tuple(key.split()): value for key, value in rows.items()}


def _inverted(rows: Mapping[str, str]) -> dict[Words, str]:
    return {tuple(said.split()): value for value, many in rows.items() for said in many.split("|")}


STATES = _inverted({
    "on": "on|turned on|switched on|running|active|activated", "off": "off|turned off|switched off|inactive|deactivated", "open": "open|opened|up",
    "closed": "closed|shut|down", "locked": "locked|secured|secure", "unlocked": "unlocked|unsecured", "home": "home|at home|in", "not_home": "away|out|not home|not at home",
    "playing": "playing", "paused": "paused", "idle": "idle", "cleaning": "cleaning|vacuuming", "docked": "docked|charging", "jammed": "jammed", "armed_away": "armed", "disarmed": "disarmed",
    "opening": "opening", "closing": "closing",
})  # fmt: skip
MEDIA = _inverted({
    "track": "song|songs|track|tune|tracks", "movie": "movie|film|movies|flick", "tv_show": "tv show|show|series|episode|tv series", "album": "album|record", "artist": "artist|band|singer",
    "playlist": "playlist|mix", "podcast": "podcast|podcasts", "channel": "channel|station|radio station", "audiobook": "audiobook|audio book|book", "game": "game", "music": "music",
})  # fmt: skip
COVERS = _inverted({
    "blind": "blind|blinds", "curtain": "curtain|curtains|drapes", "shade": "shade|shades|roller shades", "shutter": "shutter|shutters", "garage": "garage door|garage doors|garage",
    "gate": "gate|gates", "door": "door|doors", "window": "window|windows", "awning": "awning|awnings", "damper": "damper|dampers",
})  # fmt: skip
SENSORS = _inverted({
    "temperature": "temperature|temperatures", "humidity": "humidity|moisture level", "battery": "battery|battery level|battery levels|batteries", "power": "power|power consumption|power usage",
    "energy": "energy|energy usage", "carbon_dioxide": "carbon dioxide|co2", "illuminance": "illuminance|light level", "pressure": "pressure", "pm25": "air quality|pm25", "voltage": "voltage",
})  # fmt: skip
BINARY = _inverted({
    "motion": "motion|movement", "smoke": "smoke", "moisture": "moisture|water leak|leak|water", "gas": "gas", "connectivity": "connectivity|connection", "door": "door|doors",
    "window": "window|windows", "presence": "presence", "occupancy": "occupancy", "carbon_monoxide": "carbon monoxide", "problem": "problem", "vibration": "vibration", "sound": "sound|noise",
})  # fmt: skip
DOMAINS = _inverted({
    "light": "light|lights|lamp|lamps|lighting|bulbs", "lock": "lock|locks|door|doors|door lock", "switch": "switch|switches|plug|plugs|outlet|outlets|socket|sockets", "fan": "fan|fans",
    "person": "people|person|anyone|somebody|someone|anybody", "cover": "cover|covers", "media_player": "media player|media players|speaker|speakers", "vacuum": "vacuum|vacuums", "climate": "thermostat|thermostats",
})  # fmt: skip
HVAC = _inverted({
    "heat": "heat|heating|warm", "cool": "cool|cooling|cold|air conditioning", "auto": "auto|automatic", "heat_cool": "heat cool|heat and cool", "dry": "dry|dehumidify", "fan_only": "fan only|fan", "off": "off",
})  # fmt: skip
FANS = _inverted({"low": "low|lowest|slow", "medium": "medium|middle|mid", "high": "high|highest|fast", "auto": "auto|automatic", "on": "on", "off": "off", "quiet": "quiet|silent|sleep", "turbo": "turbo|boost"})
LEVELS = _table({
    "max": 100, "maximum": 100, "the maximum": 100, "full": 100, "the highest": 100, "highest": 100, "full brightness": 100, "maximum brightness": 100, "max brightness": 100, "full volume": 100, "max volume": 100,
    "min": 1, "minimum": 1, "the minimum": 1, "the lowest": 1, "lowest": 1, "minimum brightness": 1, "half": 50, "halfway": 50, "half brightness": 50, "half way": 50, "half open": 50, "a quarter": 25, "three quarters": 75,
})  # fmt: skip
KELVINS = _table({"warm white": 2700, "soft white": 2700, "candle light": 1900, "candlelight": 1900, "cold white": 6500, "cool white": 4000, "daylight": 6500, "neutral white": 4000, "warm": 2700, "cool": 4000})
COLORS = _table({**{n: n for n in NAMED}, "light blue": "lightblue", "dark blue": "darkblue", "light green": "lightgreen"})
KINDS_SAID = {tuple(w.split()): k.name for k in KINDS.values() for word in k.words for w in (word, plural(word))}
ALLS = _table(dict.fromkeys(("all", "every", "all the", "all of the", "every single", "each"), "all"))
PRONOUNS = _table({p: p for p in ("it", "them", "that", "this", "those", "these", "that one", "this one")})
HERE = _table(dict.fromkeys(("here", "in here", "this room", "the room", "my room"), "here") | dict.fromkeys(("everywhere", "the whole house", "the house", "the entire house", "whole house", "house"), "all"))
FOLLOWS = {("light",), ("lights",), ("lamp",), ("lamps",), ("list",), ("lock",), ("device",)}
LONGEST = 6


def _from(table: Mapping[Words, Any]) -> Callable[[Words, int, Names], Found]:
    longest = max(map(len, table), default=0)

    def read(words: Words, i: int, names: Names) -> Found:
        for end in range(min(len(words), i + longest), i, -1):
            value = table.get(words[i:end])
            if value is not None:
                yield end, value

    return read


def _number(words: Words, i: int, names: Names) -> Found:
    found = numbers.number(words, i)
    if found:
        yield found


def _percent(words: Words, i: int, names: Names) -> Found:
    for end, value in _number(words, i, names):
        value = value * 100 if isinstance(value, float) and 0 < value < 1 else value
        if words[end : end + 1] in (("%",), ("percent",)):
            yield end + 1, value
        elif 0 <= value <= 100:
            yield end, value


def _exact_percent(words: Words, i: int, names: Names) -> Found:
    for end, value in _number(words, i, names):
        if words[end : end + 1] in (("%",), ("percent",)):
            yield end + 1, value


def _minus(words: Words, i: int, names: Names) -> Found:
    yield from ((end, -value) for end, value in _percent(words, i, names))


def _level(words: Words, i: int, names: Names) -> Found:
    yield from _percent(words, i, names)
    yield from _from(LEVELS)(words, i, names)


DEGREES = (("degrees", "celsius"), ("degrees", "fahrenheit"), ("degrees", "c"), ("degrees", "f"), ("°", "c"), ("°", "f"), ("degrees",), ("degree",), ("°",), ("celsius",), ("fahrenheit",), ("c",), ("f",))


def _temperature(words: Words, i: int, names: Names) -> Found:
    for end, value in _number(words, i, names):
        unit = next((u for u in DEGREES if words[end : end + len(u)] == u), ())
        yield end + len(unit), value


def _kelvin(words: Words, i: int, names: Names) -> Found:
    for end, value in _number(words, i, names):
        if words[end : end + 1] in (("kelvin",), ("k",)):
            yield end + 1, value
    yield from _from(KELVINS)(words, i, names)


def _ordinal(words: Words, i: int, names: Names) -> Found:
    found = numbers.ordinal(words, i)
    if found:
        yield found


def _duration(words: Words, i: int, names: Names) -> Found:
    found = times.duration(words, i)
    if found:
        yield found


def _when(words: Words, i: int, names: Names) -> Found:
    found = times.when(words, i, bare=True)
    if found:
        yield found


def _run(most: int) -> Callable[[Words, int, Names], Found]:
    def read(words: Words, i: int, names: Names) -> Found:
        for end in range(i + 1, min(len(words), i + most) + 1):
            yield end, " ".join(words[i:end])

    return read


def _listed(one: Callable[[Words, int, Names], Found]) -> Callable[[Words, int, Names], Found]:
    """One, or several joined by "and", the article before each."""

    def read(words: Words, i: int, names: Names) -> Found:
        for end, value in one(words, i, names):
            yield end, value
            at = end + (words[end : end + 1] == ("and",))
            at += words[at : at + 1] in (("the",), ("my",))
            if at > end and at < len(words):
                for last, more in read(words, at, names):
                    yield last, (value, *(more if isinstance(more, tuple) else (more,)))

    return read


def _entity(words: Words, i: int, names: Names) -> Found:
    for end in range(min(len(words), i + LONGEST), i, -1):
        found = names.entities.get(words[i:end])
        if found:
            yield end, found
            if words[end : end + 1] in FOLLOWS:
                yield end + 1, found
    yield from ((end, (Named(said),)) for end, said in _from(PRONOUNS)(words, i, names))


def names_in(value: Any, requires: Iterable[str]) -> Any:
    """The home's names of a span: a name or a list; None where none is of a required sort."""
    wanted = set(requires)
    parts: list[str] = []
    many = value if value and isinstance(value[0], tuple) else (value,)
    for bearers in many:
        flat = bearers if isinstance(bearers, tuple) else (bearers,)
        fitting = [b.name for b in flat if not wanted or not b.sorts or b.sorts & wanted]
        if not fitting:
            return None
        parts.append(fitting[0])
    return parts[0] if len(parts) == 1 else parts


def _names(words: Words, i: int, names: Names) -> Found:
    for end, bearers in _entity(words, i, names):
        yield end, bearers
        at = end
        many = [bearers]
        while words[at : at + 1] == ("and",):
            start = at + 1 + (words[at + 1 : at + 2] in (("the",), ("my",)))
            more = next(_entity(words, start, names), None) if start < len(words) else None
            if more is None:
                break
            at, many = more[0], [*many, more[1]]
            yield at, tuple(many)


def _area(words: Words, i: int, names: Names) -> Found:
    yield from _from(HERE)(words, i, names)
    for end in range(min(len(words), i + LONGEST), i, -1):
        found = names.areas.get(words[i:end])
        if found:
            yield end, found


def _floor(words: Words, i: int, names: Names) -> Found:
    for end in range(min(len(words), i + LONGEST), i, -1):
        found = names.floors.get(words[i:end])
        if found:
            yield end + (words[end : end + 1] == ("floor",)), found


def _person(words: Words, i: int, names: Names) -> Found:
    for end in range(min(len(words), i + 3), i, -1):
        found = names.people.get(words[i:end])
        if found:
            yield end, found


READERS: dict[str, Callable[[Words, int, Names], Found]] = {
    "name": _names, "area": _listed(_area), "floor": _listed(_floor), "person": _person, "kind": _from(KINDS_SAID), "cover_class": _from(COVERS), "sensor_class": _from(SENSORS),
    "binary_class": _from(BINARY), "domain_word": _from(DOMAINS), "number": _number, "percent": _percent, "exact_percent": _exact_percent, "minus_percent": _minus, "brightness": _level,
    "volume": _level, "position": _level, "temperature": _temperature, "kelvin": _kelvin, "ordinal": _ordinal, "duration": _duration, "seconds": _duration, "when": _when, "color": _from(COLORS),
    "state": _from(STATES), "media_class": _from(MEDIA), "fan_mode": _from(FANS), "hvac_mode": _from(HVAC), "all": _from(ALLS), "word": _run(1), "words": _run(3), "text": _run(40), "message": _run(60),
}  # fmt: skip
"""Slot type (agent.understand.slot_types) -> its reader."""
