"""The judge of second tries that is a trained model: pairs of past turns as agent.learn.rephrase compares them."""

from collections.abc import Sequence

from agent.guard import is_elsewhere
from agent.learn.log import Past, same_place
from agent.learn.rephrase import FEW, NEW, WITHIN, Detector, Pair, Said
from agent.learn.tries import Two, served
from agent.reactions import AT_ONCE

PROMPT = 15.0
"""Seconds: who does the same to another thing so soon after a learned pair was served most likely meant that one."""
FAILED, PUT_RIGHT = 0.6, 0.85
"""How likely the same is wanted by what works at once after what failed; and where that was taken back, and this does the same with another thing."""


class Detected:
    """A tries.Judge. What did the very same again wants more of it, and is no second try. Raises NoWeightsError where the weights are not there."""

    def __init__(self, detector: Detector | None = None) -> None:
        """`detector`: the shipped one unless given."""
        self._detector = detector or Detector.open()

    def __call__(self, pairs: Sequence[Two]) -> Sequence[float]:
        found = 1.0 - self._detector.probabilities(compared(pairs))[:, NEW]
        return [_likely(two, float(likely)) for two, likely in zip(pairs, found, strict=True)]


def _likely(two: Two, likely: float) -> float:
    """The model knows words and times; that something worked at once after what had failed, whatever its words, is known here."""
    ended = two.ended
    if two.first.did and two.first.did == (ended or two.second).did:
        return 0.0
    if not two.failed and served(two.first) and ended is not None and _speaks_against(two, ended):
        return max(likely, FAILED)
    if not (two.failed and ended is not None and two.gap <= AT_ONCE.total_seconds()):
        return likely
    if is_elsewhere(two.first.bare, two.second.bare):
        return likely
    same = bool(two.first.did) and {d.service for d in two.first.did} == {d.service for d in ended.did}
    return max(likely, PUT_RIGHT if same else FAILED)


def _speaks_against(two: Two, ended: Past) -> bool:
    """Behind a learned pair: talked over or said twice in vain, then something else; or the same done to another thing, promptly."""
    if two.interrupted or two.insisted:
        return two.gap <= AT_ONCE.total_seconds()
    return two.gap <= PROMPT and (_sorts(two.first) == _sorts(ended) or _verbs(two.first) == _verbs(ended))


def _verbs(turn: Past) -> set[str]:
    """What it did to them."""
    return {d.service.partition(".")[2] for d in turn.did}


def _sorts(turn: Past) -> set[str]:
    """The domains of what it did something to."""
    return {d.service.partition(".")[0] for d in turn.did}


def compared(pairs: Sequence[Two]) -> list[Pair]:
    """The pairs as the detector knows them, with the turns of the same place that came right before and after, of those that are in any pair."""
    talked_over = {two.first.number for two in pairs if two.interrupted}
    turns = sorted({turn.number: turn for two in pairs for turn in (two.first, two.second)}.values(), key=lambda turn: turn.number)
    place = {turn.number: i for i, turn in enumerate(turns)}
    answered = {two.second.number for two in pairs if two.ended is not None}
    said = {turn.number: _said(turn, turn.number in talked_over, turn.number in answered) for turn in turns}

    def beside(turn: Past, step: int) -> Said | None:
        i = place[turn.number] + step
        while 0 <= i < len(turns) and abs((turns[i].at - turn.at).total_seconds()) <= WITHIN:
            if same_place(turn, turns[i]):
                return said[turns[i].number]
            i += step
        return None

    def pair(two: Two) -> Pair:
        between = min(FEW, place[two.second.number] - place[two.first.number] - 1)
        return Pair(said[two.first.number], said[two.second.number], beside(two.first, -1), beside(two.second, 1), between)

    return [pair(two) for two in pairs]


def _said(turn: Past, interrupted: bool, answered: bool) -> Said:
    return Said(turn.text, turn.at.timestamp(), turn.succeeded or answered, turn.say, interrupted, turn.confidence, frozenset(turn.targets))
