"""Whether one text may be a mishearing of another: the parts in which they differ sound alike.

Costs are those of the snap: 0 the same sound, 1 nothing in common.
"""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

import numpy as np

from agent.understand.phones import pronouncer
from agent.understand.snap import distances
from agent.wording import ARTICLES, bare_request, words

ALIKE = 0.48
"""Differing parts up to this cost sound alike."""
NOTHING = 1.0
FREELY = 1.35
"""What the sound of a name alone counts for, in a sentence that was said in other words."""
SHORTEST = 5
"""Letters of a name that is told by its sound alone."""
LITTLE = frozenset({*ARTICLES, "please", "to", "of", "at", "in", "and", "is"})
"""Words that are lost and heard easily, and tell nothing."""


@lru_cache(maxsize=20_000)
def sound_cost(one: str, other: str) -> float:
    """How far two texts are from one another by sound, 0-1."""
    a, b = pronouncer().text(one), pronouncer().text(other)
    if not a or not b:
        return NOTHING
    cost = distances(a, np.frombuffer(b, np.uint8)[None, :], np.array([len(b)], np.int32))[0]
    return min(NOTHING, float(cost) / max(len(a), len(b)))


@lru_cache(maxsize=20_000)
def misheard(heard: str, said: str, name: str = "") -> float:
    """The cost of hearing the one for the other: of the parts in which they differ.

    Where the sentence is another, of `name` and what sounds most like it. NOTHING where they are the same words, or differ in more than sound.
    """
    one, other = _told(heard), _told(said)
    if one == other:
        return NOTHING
    return min(_differing(one, other), _differing(words(heard), words(said)), _of_name(one, _told(name)))


def _differing(one: Sequence[str], other: Sequence[str]) -> float:
    """The cost of the parts in which they differ, the worst of them."""
    parts = [(one[a:b], other[c:d]) for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes() if tag != "equal"]
    return max((sound_cost(" ".join(a), " ".join(b)) if a and b else NOTHING for a, b in parts), default=NOTHING)


def sounding(heard: str, names: Iterable[str], least: float) -> str:
    """The name that some words of a text sound most like without being it, at a cost of `least` or less; "" where none does."""
    said = _told(heard)
    costs = {name: _of_name(said, _told(name)) for name in names}
    best = min(costs, key=lambda name: costs[name], default="")
    return best if best and costs[best] <= least else ""


def _of_name(said: Sequence[str], name: Sequence[str]) -> float:
    """A name whose other words were said is believed by its sound; one that is all sound, less."""
    return _by_name(said, name) * (1.0 if set(name) & set(said) else FREELY)


def _by_name(said: Sequence[str], name: Sequence[str]) -> float:
    """The cost of the words that sound most like a name, where the name itself is not among them."""
    if len("".join(name)) < SHORTEST or _within(name, said):
        return NOTHING
    known = set(name)
    found = NOTHING
    for many in {max(1, len(name) - 1), len(name), len(name) + 1}:
        for i in range(len(said) - many + 1):
            span = said[i : i + many]
            parts = [w for w in span if w not in known], [w for w in name if w not in span]
            if parts[0] and parts[1]:
                found = min(found, sound_cost(" ".join(parts[0]), " ".join(parts[1])))
    return found


def _within(few: Sequence[str], many: Sequence[str]) -> bool:
    return any(tuple(many[i : i + len(few)]) == tuple(few) for i in range(len(many) - len(few) + 1))


def _told(text: str) -> tuple[str, ...]:
    return tuple(w for w in words(bare_request(text.replace("'", "’"))) if w not in LITTLE)
