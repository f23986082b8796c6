"""What kind of thing an entity is, whether it is on, whether it plays, and which temperatures make sense for it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from devices.home import NOTHING, Entity
from devices.kind_table import CLASS_KIND, DOMAIN_KIND, KINDS, Kind, plural

__all__ = ["KINDS", "Kind", "has_screen", "infer", "is_on", "is_playing", "kind_of", "kinds_named", "plays", "plural", "temperature_range"]

VAGUE_CLASSES = frozenset({("switch", "outlet"), ("switch", "switch"), ("media_player", "speaker"), ("media_player", "receiver")})
"""(domain, device class) that the name of the thing outranks: an outlet called "Coffee maker" is one, a speaker "Nest Hub" has a screen."""
BY_NAME_ONLY = frozenset({"scene", "script", "automation", "button", "input_button", "person", "todo", "timer"})
"""Domains whose names say what they are about, not what they are."""
STATUS_CLASSES = frozenset({"", "enum"})
"""Device classes of sensors that tell how a thing fares ("Washing machine": washing); the others measure a quantity."""
UNIT_KIND = {
    "°C": "temperature_sensor",
    "°F": "temperature_sensor",
    "lx": "illuminance_sensor",
    "W": "power_sensor",
    "kWh": "energy_sensor",
    "V": "voltage_sensor",
}
"""Unit of measurement -> what a sensor without a telling class or name is."""
PLACES = frozenset({"garage", "pool", "swimming pool", "sauna", "spa", "security", "carport", "home theater", "home theatre", "home cinema"})
"""Words that name a place too: they tell a kind in the kind's own domain only. A switch "Garage" is not the garage door."""
OVEN_FROM = 120.0
"""A thing that can be set to this many degrees is an oven."""
PLAYING = frozenset({"playing", "buffering"})

_WORD = re.compile(r"[a-z0-9]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z][a-z])")
_LONGEST = 4


def _index() -> dict[tuple[str, ...], tuple[Kind, ...]]:
    found: dict[tuple[str, ...], list[Kind]] = {}
    for kind in KINDS.values():
        for words in dict.fromkeys((*kind.words, *kind.hints, *map(plural, kind.hints))):
            found.setdefault(tuple(_WORD.findall(words)), []).append(kind)
    return {words: tuple(kinds) for words, kinds in found.items()}


_INDEX = _index()


@dataclass(frozen=True, slots=True)
class _Match:
    """Words `start` to `end` of a text name a kind."""

    start: int
    end: int
    words: tuple[str, ...]
    kind: Kind

    def tells(self, domain: str) -> bool:
        """In this domain the words mean that kind."""
        return domain in self.kind.domains and (domain == self.kind.domains[0] or " ".join(self.words) not in PLACES)

    def weight(self, domain: str) -> tuple[bool, int, int, int]:
        """A telling word before a generic one, then the later (the head noun), then the longer, then the kind most at home here."""
        return not self.kind.generic, self.end, -self.start, -self.kind.domains.index(domain)


def _matches(text: str) -> Iterator[_Match]:
    """Every kind named in a text."""
    words = tuple(_WORD.findall(text.casefold().replace("'", "")))
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + _LONGEST) + 1):
            for kind in _INDEX.get(words[start:end], ()):
                yield _Match(start, end, words[start:end], kind)


def kinds_named(text: str) -> tuple[str, ...]:
    """The kinds whose words stand in a text, in order of appearance, each once: "Oven temperature" -> ("oven", "temperature_sensor")."""
    return tuple(dict.fromkeys(match.kind.name for match in sorted(_matches(text), key=lambda m: (m.start, -m.end))))


@lru_cache(maxsize=16384)
def _by_name(text: str, domain: str) -> Kind | None:
    """The kind that a name tells in a domain; "SmartThermostat" is read as it stands, then as two words."""
    for reading in dict.fromkeys((text, _CAMEL.sub(" ", text))):
        fitting = [match for match in _matches(reading) if match.tells(domain)]
        if fitting:
            return max(fitting, key=lambda match: match.weight(domain)).kind
    return None


def plain_class(device_class: object) -> str:
    """A device class as Home Assistant writes it: "cover.CoverDeviceClass.GARAGE" -> "garage"."""
    return str(device_class).rsplit(".", 1)[-1].casefold() if device_class else ""


def infer(name: str, domain: str, device_class: str | None = None, model: str = "", attributes: Mapping[str, Any] = NOTHING) -> str | None:
    """The kind of an entity as a key of KINDS, None for a domain nobody knows.

    A telling device class wins, then the name's last telling word, then the model's, then what its attributes show, then the domain.
    """
    plain = plain_class(device_class)
    known = CLASS_KIND.get((domain, plain))
    if known is not None and (domain, plain) not in VAGUE_CLASSES:
        return known
    named = _named(name, model, domain) if domain not in BY_NAME_ONLY else None
    if (
        named is not None
        and domain == "sensor"
        and not named.name.endswith("sensor")
        and (plain not in STATUS_CLASSES or "unit_of_measurement" in attributes)
    ):
        named = None  # it measures something of the thing, it is not the thing
    if named is not None and not (named.generic and (known and not KINDS[known].generic)):
        return named.name
    return known or _by_attributes(domain, attributes) or DOMAIN_KIND.get(domain)


def _named(name: str, model: str, domain: str) -> Kind | None:
    named = _by_name(name, domain)
    if model and (named is None or named.generic):
        return _by_name(model, domain) or named
    return named


def _by_attributes(domain: str, attributes: Mapping[str, Any]) -> str | None:
    if domain == "sensor":
        return UNIT_KIND.get(str(attributes.get("unit_of_measurement")))
    if domain != "climate":
        return None
    modes = attributes.get("hvac_modes")
    highest = attributes.get("max_temp")
    if isinstance(highest, int | float) and highest >= OVEN_FROM:
        return "oven"
    if isinstance(modes, list | tuple) and "cool" in modes and not {"heat", "heat_cool", "auto"} & set(map(str, modes)):
        return "air_conditioner"
    return None


def kind_of(entity: Entity) -> Kind | None:
    """The entity's row in KINDS."""
    return KINDS.get(entity.kind or "") or KINDS.get(DOMAIN_KIND.get(entity.domain, ""))


def is_on(entity: Entity) -> bool:
    """On, heating, open, playing, cleaning...: what "turn it off" can be said of. An open lock is "on", as in Home Assistant."""
    kind = kind_of(entity)
    return entity.state.casefold() in (kind.on_states if kind else frozenset({"on"}))


def is_playing(entity: Entity) -> bool:
    return entity.domain == "media_player" and entity.state in PLAYING


def plays(entity: Entity) -> bool:
    """It can play media itself; a television behind a plug cannot."""
    return entity.domain == "media_player"


def has_screen(entity: Entity) -> bool:
    """It plays and has a screen: the entity's own word, else its kind's."""
    kind = kind_of(entity)
    own = entity.attributes.get("screen")
    return plays(entity) and (own if isinstance(own, bool) else bool(kind and kind.screen))


def temperature_range(entity: Entity) -> tuple[float, float] | None:
    """The temperatures it may be set to, in the entity's own unit: its min_temp and max_temp, else its kind's plausible ones."""
    low, high = entity.attributes.get("min_temp"), entity.attributes.get("max_temp")
    if isinstance(low, int | float) and isinstance(high, int | float) and low < high:
        return float(low), float(high)
    kind = kind_of(entity)
    if kind is None or kind.temperature is None:
        return None
    unit = str(entity.attributes.get("temperature_unit") or entity.attributes.get("unit_of_measurement") or "")
    low, high = kind.temperature
    return (low * 1.8 + 32, high * 1.8 + 32) if unit.upper().endswith("F") else (low, high)
