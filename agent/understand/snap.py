"""The phonetic snap: the sentences of this home's own grammar that sound most like what was recognised.

Recognised text -> phones -> the nearest sentences by weighted phone edit distance, ignoring word boundaries, divided by the longer one's
length. It bridges hearing and understanding and never replaces free text: titles, list items and notes keep the recogniser's own words.
A `Snap` is built once for a grammar, off the turn path: about 50 ms for 1,000 sentences.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from agent.records import Hypothesis
from agent.understand.costs import CLASSES, DROP, SWAP
from agent.understand.phones import Pronouncer, pronouncer, words

ACCEPT, ASK = 0.2, 0.3
"""Up to the first cost a sentence is taken to be said; up to the second the agent asks; beyond, it was not for us."""

_SHORTLIST = 64
"""Sentences whose exact cost is worked out for each hypothesis."""
_RANK = 0.001
"""What a hypothesis costs more than the one before it. The recogniser's order only breaks ties: at .02 a third more requests were lost."""
_ALIKE = 0.01
"""Sentences that close to the best sound the same."""
_SOURCE = 0.2
"""How much of a sentence's confidence depends on that of the hypothesis which it was made of."""
_NUMBER_WORDS = (
    "zero three five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty "
    "fifty sixty seventy eighty ninety hundred half quarter"
)
_NUMBERS = frozenset(_NUMBER_WORDS.split())
"""Words that must not be changed unasked; one, two and four sound like other words."""


@dataclass(frozen=True, slots=True)
class Snapped:
    """A sentence of the grammar, what it costs to have said it (0 is the same sound, 1 nothing in common), and what was heard for it."""

    sentence: str
    cost: float
    heard: str = ""


class Snap:
    """The sentences of one home. Frozen once built, so any thread may ask it."""

    def __init__(self, sentences: Iterable[str], speak: Pronouncer | None = None) -> None:
        self._speak = speak or pronouncer()
        said = {sentence: self._speak.text(sentence) for sentence in dict.fromkeys(sentences)}
        self.sentences = tuple(sentence for sentence, phones in said.items() if phones)
        phones = [said[sentence] for sentence in self.sentences]
        self._lengths = np.array([len(p) for p in phones], np.int32)
        self._phones = _padded(phones)
        self._plain = _letters(phones)
        self._classed = _letters([p.translate(CLASSES) for p in phones])

    def nearest(self, text: str, k: int = 3) -> tuple[Snapped, ...]:
        """The `k` nearest sentences, the nearest first; of equal ones the earlier. () where the text or the grammar has no sound."""
        return self.nearest_of((Hypothesis(text),), k)

    def nearest_of(self, hypotheses: tuple[Hypothesis, ...], k: int = 3) -> tuple[Snapped, ...]:
        """The same for an n-best list: each sentence at the cost of the hypothesis that is nearest to it."""
        heard: dict[bytes, str] = {}
        for hypothesis in hypotheses:
            heard.setdefault(self._speak.text(hypothesis.text), hypothesis.text)
        heard.pop(b"", None)
        if not heard or not self.sentences:
            return ()
        sounds = list(heard)
        best: dict[int, tuple[float, str]] = {}
        for rank, (phones, chosen) in enumerate(zip(sounds, self._shortlists(sounds), strict=True)):
            costs = distances(phones, self._phones[chosen], self._lengths[chosen]) / np.maximum(self._lengths[chosen], len(phones)) + rank * _RANK
            for at in np.argsort(costs, kind="stable")[:k]:
                found = (float(costs[at]), heard[phones])
                best[int(chosen[at])] = min(found, best.get(int(chosen[at]), found), key=lambda one: one[0])
        ranked = sorted(best.items(), key=lambda one: (one[1][0], one[0]))
        return tuple(Snapped(self.sentences[i], round(cost, 4), text) for i, (cost, text) in ranked[:k])

    def hypotheses(self, heard: tuple[Hypothesis, ...], accept: float = ACCEPT) -> tuple[Hypothesis, ...]:
        """What the understanding should read: the nearest sentence (or several that sound the same) within `accept`, then what was heard.

        The confidence of a sentence is 1 less its cost, and less where another hypothesis than the surest made it ("off" heard once beside
        "on"). A sentence that says another number than was heard is not among them.
        """
        near = [s for s in self.nearest_of(heard) if s.cost <= accept and not _renumbered(s)]
        alike = [s for s in near if s.cost - near[0].cost <= _ALIKE]
        sure = {h.text: h.confidence for h in reversed(heard)}
        most = max((sure.get(s.heard, 0.0) for s in alike), default=0.0) or 1.0
        snapped = {s.sentence: Hypothesis(s.sentence, round((1 - s.cost) * (1 - _SOURCE * (1 - sure.get(s.heard, 0.0) / most)), 4)) for s in alike}
        return (*snapped.values(), *(h for h in heard if h.text not in snapped))

    def _shortlists(self, sounds: list[bytes]) -> list[npt.NDArray[np.intp]]:
        """For each of them the indices, ascending, of the sentences that are nearest by plain edit distance of phones and of their classes."""
        if len(self.sentences) <= _SHORTLIST:
            return [np.arange(len(self.sentences))] * len(sounds)
        rough = _rough(_letters(sounds), self._plain) + _rough(_letters([s.translate(CLASSES) for s in sounds]), self._classed)
        return [np.sort(np.argpartition(row, _SHORTLIST)[:_SHORTLIST]) for row in rough]


def sounds_like(text: str, names: Iterable[str]) -> tuple[tuple[str, float], ...]:
    """Every name with its cost, the one that sounds most like `text` first."""
    given = tuple(dict.fromkeys(names))
    return tuple((near.sentence, near.cost) for near in Snap(given).nearest(text, len(given)))


def distances(heard: bytes, sentences: npt.NDArray[np.uint8], lengths: npt.NDArray[np.int32]) -> npt.NDArray[np.float32]:
    """Weighted edit distance of `heard` to each row of `sentences` [n, longest], padded with 0: a Viterbi over all rows at once.

    Dropping phones of a sentence is a running minimum along the row: D[j] = min(T[j], D[j-1] + drop[j]) = C[j] + min over i<=j of (T[i] - C[i]).
    """
    dropped = np.concatenate([np.zeros((len(sentences), 1), np.float32), np.cumsum(DROP[sentences], axis=1, dtype=np.float32)], axis=1)
    row = dropped
    for phone in heard:
        step = row + DROP[phone]
        np.minimum(step[:, 1:], row[:, :-1] + SWAP[phone][sentences], out=step[:, 1:])
        row = np.minimum.accumulate(step - dropped, axis=1) + dropped
    return np.asarray(row[np.arange(len(sentences)), lengths], np.float32)


def _rough(heard: list[str], sentences: list[str]) -> npt.NDArray[np.uint16]:
    return np.asarray(process.cdist(heard, sentences, scorer=Levenshtein.distance, dtype=np.uint16), np.uint16)


def _letters(phones: list[bytes]) -> list[str]:
    """One letter a phone, as rapidfuzz takes them."""
    return [p.decode("latin-1") for p in phones]


def _padded(phones: list[bytes]) -> npt.NDArray[np.uint8]:
    table = np.zeros((len(phones), max(map(len, phones), default=0)), np.uint8)
    for row, sounds in zip(table, phones, strict=True):
        row[: len(sounds)] = np.frombuffer(sounds, np.uint8)
    return table


def _renumbered(near: Snapped) -> bool:
    """Whether a number that was heard became another one. One that was lost or made of other words is a matter of sound."""
    heard, meant = (_NUMBERS.intersection(words(text)) for text in (near.heard, near.sentence))
    return bool(heard - meant) and bool(meant - heard)
