"""Rooms that a home tells in the names of its things alone: "the bar" of the Bar Light, "the basement" of the Basement Home Theater.

Many homes have no rooms, or not for all things. A room that nobody set up is then found in names, among things of the very sort that was asked
for; where no name tells it, it stays unknown. Pure functions.
"""

import re
from collections.abc import Iterable

from agent.understand.lexicon import kind_words, plain_words, stem
from agent.understand.normal import name_words
from devices.home import Entity
from devices.kinds import kind_of

_RUN_TOGETHER = re.compile(r"([^\W\d_]+)(\d+)")
CALLED, BARE, BEGINS = 3, 2, 1
"""How surely a name tells a room: it is the room's name, it is but for the word for its kind, it begins with it."""


def placed(room: str, entities: Iterable[Entity]) -> list[Entity]:
    """Those whose names tell the room best; [] where none does."""
    said = _stems(room)
    rows = [(max((_tells(said, name, entity) for name in entity.names), default=0), entity) for entity in entities] if said else []
    best = max((how for how, _ in rows), default=0)
    return [entity for how, entity in rows if how == best] if best else []


def _stems(text: str) -> tuple[str, ...]:
    """The stems of a name's words, "Bedroom1" as bedroom, 1."""
    return tuple(stem(piece) for word in name_words(text) for piece in _parts(word))


def _parts(word: str) -> tuple[str, ...]:
    parted = _RUN_TOGETHER.fullmatch(word)
    return parted.groups() if parted else (word,)


def _tells(said: tuple[str, ...], name: str, entity: Entity) -> int:
    words = _stems(name)
    if words[: len(said)] != said:
        return 0
    rest = words[len(said) :]
    kind = kind_of(entity)
    sort = (kind.name if kind else "", entity.domain)
    return CALLED if not rest else BARE if rest in kind_words(*sort) | plain_words(*sort) else BEGINS
