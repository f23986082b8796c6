"""Is a later turn the user's second try at an earlier one, and which kind of try?

NEW is another request; COMMAND_CORRECTION says it again because it did not do what was meant (in the same words or in others); ASR_CORRECTION says it
again because it was heard wrong. Judged from the gap, the sound, the words and the edit between them, whether the first was carried out, what was
answered, whether it was interrupted, how sure the recogniser was, what was said before and after, and what the whole log knows of the words.

A learner asks afterwards, so the turn after the second try counts too: one that is followed by another try did not do either. Nothing here knows a
home, a device or an intent; `Said.things` are compared, never read.

The weights that ship (agent/models/rephrase, card.json) are trained by training/rephrase.py on made-up conversations. SAIF (Azaria & Nivasch,
Sensors 20:5577, 2020) set the task; benchmarks/rephrase.py measures it.
"""

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from agent.learn import likeness, trees
from agent.learn.trees import Floats, Trees

NEW, COMMAND_CORRECTION, ASR_CORRECTION = 0, 1, 2
KINDS = ("new", "command_correction", "asr_correction")
"""The columns of the probabilities, in order."""
FOLDER = Path(__file__).parents[1] / "models" / "rephrase"
WEIGHTS, SETTINGS = "trees.npz", "settings.json"
WITHIN = 180.0
"""Seconds within which somebody tries again."""
FEW = 3
"""How many turns after a request are looked at."""


class NoWeightsError(Exception):
    """The shipped weights cannot be read; the sentence says where they were looked for."""


@dataclass(frozen=True, slots=True)
class Said:
    """A turn as it is compared: what was heard, when (seconds of any clock), whether it was carried out (None: not known), what was answered, whether
    the answer was talked over, how sure the recogniser was (0-1), and the ids of what it moved or asked about."""

    text: str
    at: float
    executed: bool | None = None
    response: str = ""
    interrupted: bool = False
    confidence: float = 1.0
    things: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Pair:
    """An earlier turn and a later one; the turns right before the first and right after the second where there are any; how many lie between."""

    first: Said
    second: Said
    before: Said | None = None
    after: Said | None = None
    between: int = 0

    @property
    def gap(self) -> float:
        """Seconds from the first to the second."""
        return self.second.at - self.first.at


@dataclass(frozen=True, slots=True)
class SecondTry:
    """Turn `second` is a try at turn `first` again (places in the sequence that was asked about); `kind` is COMMAND_CORRECTION or ASR_CORRECTION;
    `probability` is that it is a correction at all."""

    first: int
    second: int
    kind: int
    probability: float


def candidates(turns: Sequence[Said], within: float = WITHIN, few: int = FEW) -> Iterator[tuple[int, int]]:
    """(place of an earlier turn, place of a later one) of turns in the order of time: each with the next few, at most `within` seconds later."""
    for i, first in enumerate(turns):
        for j in range(i + 1, min(i + 1 + few, len(turns))):
            if turns[j].at - first.at <= within:
                yield i, j


def paired(turns: Sequence[Said], first: int, second: int) -> Pair:
    """The pair of two places of a sequence, with what was said right before and after, at most WITHIN seconds away."""
    before = turns[first - 1] if first and turns[first].at - turns[first - 1].at <= WITHIN else None
    after = turns[second + 1] if second + 1 < len(turns) and turns[second + 1].at - turns[second].at <= WITHIN else None
    return Pair(turns[first], turns[second], before, after, second - first - 1)


@dataclass(frozen=True, slots=True)
class Decision:
    """When a probability is a verdict: a correction where both kinds together reach `threshold`; of the two kinds the likelier, ASR_CORRECTION's
    probability taken `favour` times (it is the rarer one)."""

    threshold: float = 0.5
    favour: float = 1.0

    def kinds(self, probabilities: Floats) -> list[int]:
        """(n, 3) -> NEW, COMMAND_CORRECTION or ASR_CORRECTION of each row."""
        is_correction = 1.0 - probabilities[:, NEW] >= self.threshold
        is_asr = probabilities[:, ASR_CORRECTION] * self.favour > probabilities[:, COMMAND_CORRECTION]
        return [int(kind) for kind in np.where(is_correction, np.where(is_asr, ASR_CORRECTION, COMMAND_CORRECTION), NEW)]


class Detector:
    """The trained model over `features`."""

    def __init__(self, model: Trees, decision: Decision | None = None) -> None:
        """Raises ValueError where the model knows other features."""
        if model.names != FEATURES:
            raise ValueError("they were trained on other features")
        self.model = model
        self.decision = decision or Decision()

    @classmethod
    def open(cls, folder: Path = FOLDER) -> "Detector":
        """The shipped weights. Raises NoWeightsError."""
        try:
            return cls(trees.load(folder / WEIGHTS), Decision(**json.loads((folder / SETTINGS).read_text())))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise NoWeightsError(f"I cannot read the weights that tell second tries in {folder}: {error}; make them anew with make model.") from error

    def save(self, folder: Path) -> None:
        """What `open` reads."""
        folder.mkdir(parents=True, exist_ok=True)
        trees.save(self.model, folder / WEIGHTS)
        (folder / SETTINGS).write_text(json.dumps(asdict(self.decision)) + "\n")

    def probabilities(self, pairs: Sequence[Pair]) -> Floats:
        """(n, 3) in the order of KINDS, each row summing to 1. The pairs are one home's log: the more of it, the more is known of its words."""
        return self.model.probabilities(features(pairs))

    def kinds(self, pairs: Sequence[Pair]) -> list[int]:
        """NEW, COMMAND_CORRECTION or ASR_CORRECTION of each pair."""
        return self.decision.kinds(self.probabilities(pairs))

    def second_tries(self, turns: Sequence[Said], within: float = WITHIN, few: int = FEW) -> list[SecondTry]:
        """The later turns that try an earlier one again, each with the likeliest one, in the order of time."""
        places = list(candidates(turns, within, few))
        chances = self.probabilities([paired(turns, i, j) for i, j in places])
        best: dict[int, SecondTry] = {}
        for (i, j), row, kind in zip(places, chances.tolist(), self.decision.kinds(chances), strict=True):
            found = SecondTry(i, j, kind, 1.0 - row[NEW])
            if kind != NEW and (j not in best or found.probability >= best[j].probability):
                best[j] = found
        return [best[j] for j in sorted(best)]


# --- features ----------------------------------------------------------------------------------------------------------------------------------

_LONGEST = 86_400.0
"""Seconds: whatever is longer is as long."""
_ANSWER = re.compile(
    r"(yes|yeah|yep|no|nope|ok|okay|sure|cancel|stop|end|never ?mind|thanks?|thank you|nothing|forget it|that's (it|all))\b", re.IGNORECASE
)
_DENIAL = re.compile(r"(no|not|i said|i meant|i mean|wrong|don't)\b", re.IGNORECASE)
_REPLIES: Mapping[str, re.Pattern[str]] = {
    "reply_fails": re.compile(
        r"\b(sorry|(do|did|could)(n't| not)|can('t|not| not)|unable|not sure|no such|not found|unknown|repeat|again|not familiar)\b",
        re.IGNORECASE,
    ),
    "reply_not_understood": re.compile(r"\b(understand|understood|i heard|not sure|know what|catch|get that)\b", re.IGNORECASE),
    "reply_not_found": re.compile(r"\b(not found|no\b.{0,30}\bfound|there (is|are) no|not familiar|has no|nothing|called)\b", re.IGNORECASE),
    "reply_asks": re.compile(r"\?"),
}
"""Feature -> what an assistant says then, ours or another."""

_OWN = ("gap", "executed", "first_answers", "second_answers", "second_denies", "first_one_word", "second_one_word")
_SESSION = ("same_things", "interrupted", "confidence", "between")
_REPLY = ("reply", *_REPLIES, "reply_length", "reply_has_first", "reply_has_second", "reply_has_new")
_BESIDE = (
    *(f"before_{to}_{how}" for to in ("first", "second") for how in likeness.NEAR),
    "before_gap",
    "before_executed",
    *(f"after_{to}_{how}" for to in ("second", "first") for how in likeness.NEAR),
    "after_gap",
    "second_executed",
)
_LOG = (
    *(f"{which}_{what}" for what in ("done", "known_words", "known_pairs", "rarest") for which in ("first", "second")),
    "rare_shared",
    "rare_telling_shared",
)
FEATURES: tuple[str, ...] = (*_OWN, *_SESSION, *likeness.LIKENESS, *_REPLY, *_BESIDE, *_LOG)
"""The columns of `features`."""
GROUPS: Mapping[str, tuple[str, ...]] = {
    "turns": (*_OWN, *_SESSION), "likeness": likeness.LIKENESS, "reply": _REPLY, "beside": _BESIDE, "log": _LOG
}  # fmt: skip
_PLACES = tuple(likeness.LIKENESS.index(how) for how in likeness.NEAR)
_NOBODY = 120.0
"""Seconds to a turn that there is not: an ordinary pause."""


def features(pairs: Sequence[Pair]) -> Floats:
    """(n, len(FEATURES)), finite. What is missing is as if it told nothing: no turn beside is an unlike one after a pause."""
    log = Log(pairs)
    rows = [(*_turns(p), *likeness.likeness(p.first.text, p.second.text), *_reply(p), *_beside(p), *log.of(p)) for p in pairs]
    return np.array(rows, np.float64).reshape(-1, len(FEATURES))


def _turns(pair: Pair) -> tuple[float, ...]:
    one, other = likeness.words(pair.first.text), likeness.words(pair.second.text)
    said, again = " ".join(one), " ".join(other)
    things, others = pair.first.things, pair.second.things
    return (
        _seconds(pair.gap),
        _truth(pair.first.executed),
        float(bool(_ANSWER.match(said))),
        float(bool(_ANSWER.match(again))),
        float(bool(_DENIAL.match(again))),
        float(len(one) == 1),
        float(len(other) == 1),
        (1.0 if things & others else -1.0) if things and others else 0.0,
        float(pair.first.interrupted),
        min(1.0, max(0.0, pair.first.confidence)),
        float(min(pair.between, FEW)),
    )


def _reply(pair: Pair) -> tuple[float, ...]:
    reply = pair.first.response
    told = likeness.words(reply)
    heard, one, other = (likeness.telling(w) for w in (told, likeness.words(pair.first.text), likeness.words(pair.second.text)))
    return (
        float(bool(reply)),
        *(float(bool(pattern.search(reply))) for pattern in _REPLIES.values()),
        float(len(told)),
        _share(heard, one),
        _share(heard, other),
        _share(heard, other - one),
    )


def _beside(pair: Pair) -> tuple[float, ...]:
    before, after = pair.before, pair.after
    one, other = pair.first.text, pair.second.text
    return (
        *_near(before, one),
        *_near(before, other),
        _seconds(pair.first.at - before.at if before else _NOBODY),
        _truth(before.executed if before else None),
        *_near(after, other),
        *_near(after, one),
        _seconds(after.at - pair.second.at if after else _NOBODY),
        _truth(pair.second.executed),
    )


def _near(beside: Said | None, text: str) -> tuple[float, ...]:
    return likeness.near(beside.text, text) if beside else (0.0,) * len(likeness.NEAR)


def _seconds(gap: float) -> float:
    """On a scale of logarithms; a clock that was set back tells how far."""
    return math.log1p(min(abs(gap), _LONGEST)) if not math.isnan(gap) else math.log1p(_NOBODY)


def _truth(known: bool | None) -> float:
    return 0.0 if known is False else 1.0


def _share(known: frozenset[str], of: frozenset[str]) -> float:
    return len(known & of) / len(of) if of else 0.0


class Log:
    """What the turns of some pairs say of their words, without any label: how rare a word is, which stand together, whether a sentence was carried
    out at other times."""

    def __init__(self, pairs: Iterable[Pair]) -> None:
        turns = dict.fromkeys(turn for pair in pairs for turn in (pair.before, pair.first, pair.second, pair.after) if turn is not None)
        self._done: dict[tuple[str, ...], list[bool]] = defaultdict(list)
        counted: Counter[str] = Counter()
        texts: dict[tuple[str, ...], None] = {}
        for turn in turns:
            said = likeness.words(turn.text)
            texts[said] = None
            counted.update(set(said))
            if turn.executed is not None:
                self._done[said].append(turn.executed)
        most = math.log(len(turns) + 1)
        self._rare = {word: (most - math.log(n)) / most for word, n in counted.items()}
        self._words = Counter(word for said in texts for word in set(said))
        self._pairs = Counter(two for said in texts for two in set(_twos(said)))

    def of(self, pair: Pair) -> tuple[float, ...]:
        """The features `_LOG` of a pair of this log."""
        one, other = likeness.words(pair.first.text), likeness.words(pair.second.text)
        return (
            self._carried_out(one, pair.first.executed),
            self._carried_out(other, pair.second.executed),
            _known(self._words, one),
            _known(self._words, other),
            _known(self._pairs, _twos(one)),
            _known(self._pairs, _twos(other)),
            max((self._rare[word] for word in one), default=0.0),
            max((self._rare[word] for word in other), default=0.0),
            likeness.shared(frozenset(one), frozenset(other), self._rare),
            likeness.shared(likeness.telling(one), likeness.telling(other), self._rare),
        )

    def _carried_out(self, said: tuple[str, ...], own: bool | None) -> float:
        """The share of other times that it was carried out; half where it was said at no other time."""
        known = self._done.get(said, [])
        times, done = len(known) - (own is not None), sum(known) - (own is True)
        return (done + 0.5) / (times + 1.0)


def _twos(said: Sequence[str]) -> list[tuple[str, str]]:
    return list(pairwise(("<", *said, ">")))


def _known(counted: Mapping[Any, int], some: Sequence[Any]) -> float:
    """The share that is in other sentences too."""
    return sum([counted[one] > 1 for one in some]) / len(some) if some else 0.0
