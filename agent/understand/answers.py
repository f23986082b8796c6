"""What a few words fill when they answer a question for one slot: "five minutes" is a length, "tomorrow at nine" a point in time."""

from collections.abc import Callable
from typing import Any

from agent.understand import times
from agent.understand.normal import tokens


def slots_of(missing: str, said: str) -> dict[str, Any]:
    """The slots that an answer fills; what cannot be read as the slot's kind is kept as it was said."""
    read = READ.get(missing)
    found = read(tokens(said).words) if read else None
    return {missing: said} if found is None else found


def _duration(words: tuple[str, ...]) -> dict[str, Any] | None:
    for start in range(len(words)):
        found = times.duration(words, start)
        if found is not None:
            return dict(times.split_seconds(found[1]))
    return None


def _when(words: tuple[str, ...]) -> dict[str, Any] | None:
    for start in range(len(words)):
        found = times.when(words, start, bare=True)
        if found is not None:
            return {"when": found[1]}
    length = _duration(words)
    return {"when": {"in": sum(length.get(unit, 0) * size for unit, size in UNITS.items())}} if length else None


def _for(words: tuple[str, ...]) -> dict[str, Any] | None:
    """ "Ten minutes", "until ten"."""
    end = times.when(words, 1, bare=True) if words[:1] in (("until",), ("till",)) else None
    if end is not None:
        return {"for": 0, "until": end[1]}
    length = _duration(words)
    return {"for": sum(length.get(unit, 0) * size for unit, size in UNITS.items())} if length else None


UNITS = {"hours": 3600, "minutes": 60, "seconds": 1}
READ: dict[str, Callable[[tuple[str, ...]], dict[str, Any] | None]] = {"duration": _duration, "when": _when, "for": _for}
"""Slot that was asked for -> how its answer is read."""
