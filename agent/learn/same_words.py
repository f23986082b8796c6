"""What the same words came to at other times: where a turn by itself shows nothing, others of its words may. A function of first verdicts."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from agent.learn.log import GUESSED, Past
from agent.learn.wrong import Doubts
from agent.records import FailureStage

Stage = tuple[FailureStage, float, str]
"""Which stage, how surely (0-1), one sentence of why."""
WRONG = 0.5
"""A turn that went wrong this likely has failed."""
BEFORE_RESULT: frozenset[FailureStage] = frozenset({"asr", "nlu", "entity_resolution"})
"""Stages that fail in the same way whenever the same is heard."""
Reading = tuple[str, str]
"""(words, intent)"""


@dataclass(frozen=True, slots=True)
class SameWords:
    doubts: Doubts
    first: Mapping[str, Stage]
    """Turn -> its verdict by itself."""
    often: Mapping[str, FailureStage]
    """Words -> the stage at which they failed, as what was said instead shows."""
    mostly: Mapping[Reading, FailureStage]
    """Guesses that failed more than once, and at least half of the times -> the stage at which they mostly did."""

    @classmethod
    def of(cls, turns: Sequence[Past], doubts: Doubts, first: Mapping[str, Stage]) -> "SameWords":
        said_instead = (t for t in turns if (end := doubts.of(t).end) is not None and end.succeeded)
        return cls(doubts, first, _often(said_instead, first), _mostly(filter(_misread, turns), first))

    def judged(self, turn: Past) -> Stage:
        """The verdict by itself, unless other turns of the same words know better. What people said was right is."""
        stage, sure, why = self.first[turn.id]
        if self.doubts.of(turn).settled or stage not in BEFORE_RESULT | {"correct"}:
            return stage, sure, why
        fails = self.mostly.get((turn.bare, turn.intent)) if _misread(turn) else None
        if fails is not None:
            return (stage, sure, why) if fails == stage else (fails, 0.6, "The same words failed here again and again.")
        if stage != "correct":
            return stage, sure, why
        repeated = self.doubts.repeated(turn)
        if repeated is not None and self.first[repeated.id][0] in BEFORE_RESULT:
            return self.first[repeated.id][0], 0.55, "The same words had failed a moment before, and did the same again."
        if turn.bare in self.often and not turn.succeeded:
            return self.often[turn.bare], 0.6, "The same words failed here before, and were then said otherwise."
        return stage, sure, why


def _often(turns: Iterable[Past], first: Mapping[str, Stage]) -> Mapping[str, FailureStage]:
    counted: dict[str, Counter[FailureStage]] = defaultdict(Counter)
    for turn in turns:
        stage, sure, _ = first[turn.id]
        if stage in BEFORE_RESULT and sure >= WRONG:
            counted[turn.bare][stage] += 1
    return {bare: stages.most_common(1)[0][0] for bare, stages in counted.items()}


def _mostly(turns: Iterable[Past], first: Mapping[str, Stage]) -> Mapping[Reading, FailureStage]:
    said: Counter[Reading] = Counter()
    counted: dict[Reading, Counter[FailureStage]] = defaultdict(Counter)
    for turn in turns:
        said[turn.bare, turn.intent] += 1
        stage = first[turn.id][0]
        if stage in BEFORE_RESULT:
            counted[turn.bare, turn.intent][stage] += 1
    return {key: c.most_common(1)[0][0] for key, c in counted.items() if c.total() > 1 and 2 * c.total() >= said[key]}


def _misread(turn: Past) -> bool:
    """It may be misread each time: a guess at words of its own, that no learned pair and no question stood behind."""
    return turn.by in GUESSED and turn.rewrite is None and not turn.answers and turn.outcome not in ("ask", "confirm")
