"""What a few words fill when they answer a question for one slot: "five minutes" is a length, "tomorrow at nine" a point in time."""

from collections.abc import Callable
from typing import Any

from agent.understand import numbers, times
from agent.understand.normal import tokens


def slots_of(missing: str, said: str) -> dict[str, Any]:
    """The slots that an answer fills; what cannot be read as the slot's kind is kept as it was said."""
    read = READ.get(missing)
    found = read(tokens(said).words) if read else None
    return {missing: said} if found is None else found


def fits(missing: str, said: str) -> bool:
    """The words can be an answer: where a time or a length is asked for, they say one."""
    read = READ.get(missing)
    return read is None or missing == "task" or read(tokens(said).words) is not None


def _duration(words: tuple[str, ...]) -> dict[str, Any] | None:
    for start in range(len(words)):
        found = times.duration(words, start)
        if found is not None:
            return dict(times.split_seconds(found[1]))
    bare = numbers.number(words, 0) if words else None
    return {"minutes": bare[1]} if bare is not None and bare[0] == len(words) and bare[1] > 0 else None


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


def _task(words: tuple[str, ...]) -> dict[str, Any] | None:
    """A time, where it says nothing else: "at six" tells when, not what."""
    found = times.when(words, 0) if words else None
    return {"when": found[1]} if found is not None and found[0] == len(words) else None


UNITS = {"hours": 3600, "minutes": 60, "seconds": 1}
READ: dict[str, Callable[[tuple[str, ...]], dict[str, Any] | None]] = {"duration": _duration, "when": _when, "for": _for, "task": _task}
"""Slot that was asked for -> how its answer is read."""
