"""The figures: truth against verdict, labels against what was wanted, and every one that was told wrongly."""

import statistics
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.failure_points.home import Found
from benchmarks.failure_points.house import Goal
from benchmarks.failure_points.verdicts import STAGES, reading

Pairs = Counter[tuple[str, str]]
"""(truth, verdict) -> turns."""


@dataclass(frozen=True, slots=True)
class Score:
    precision: float
    recall: float
    f1: float
    n: int
    """In truth."""


def pairs_of(found: Sequence[Found]) -> Pairs:
    return Counter((s.stage, f.failures[s.turn]["stage"]) for f in found for s in f.said)


def scores(pairs: Pairs) -> Mapping[str, Score]:
    return {stage: _score(pairs, stage) for stage in STAGES}


def _score(pairs: Pairs, stage: str) -> Score:
    hit = pairs[stage, stage]
    true, told = sum(n for (t, _), n in pairs.items() if t == stage), sum(n for (_, p), n in pairs.items() if p == stage)
    return Score(hit / told if told else 0.0, hit / true if true else 0.0, 2 * hit / (true + told) if true + told else 0.0, true)


def macro(pairs: Pairs) -> float:
    return statistics.fmean(score.f1 for score in scores(pairs).values())


def table(pairs: Pairs) -> str:
    head = " " * 19 + "".join(f"{s[:10]:>11}" for s in STAGES) + "   <- said"
    rows = (f"{stage:19}" + "".join(f"{pairs[stage, other]:11}" for other in STAGES) for stage in STAGES)
    return "\n".join((head, *rows))


def reads(goal: Goal, intent: str, slots: Mapping[str, Any]) -> bool:
    """The intent is one of the goal's, and the thing and the value are the goal's."""
    name, room = (goal.thing.label or goal.thing.name).casefold(), goal.thing.area.replace("_", " ")
    named = str(slots.get("name", "")).casefold() == name
    sort = {"blinds": "blind", "curtains": "curtain"}.get(name)
    placed = sort is not None and slots.get("device_class") == sort and (sort == "curtain" or slots.get("area", "").casefold() == room)
    return intent in goal.intents and (named or placed) and (goal.value is None or slots.get("brightness") == goal.value)


@dataclass(frozen=True, slots=True)
class Labelled:
    """Turns whose truth is known: all, labelled, those of the labelled that are right, those of the labelled whose own reading was."""

    every: int
    covered: int
    right: int
    own: int


def labelled(found: Sequence[Found], above: float) -> Labelled:
    known = [
        (goal, f.labels.get(s.turn), reading(s.answer))
        for f in found
        for s in f.said
        if (goal := s.goal) is not None and not (s.kind == "vague" and s.stage == "correct" and s.answer["outcome"] == "act")
    ]
    sure = [(goal, label, read) for goal, label, read in known if label is not None and label["confidence"] >= above]
    right = sum(reads(goal, label["intent"], label["slots"]) for goal, label, _ in sure)
    return Labelled(len(known), len(sure), right, sum(reads(goal, read["intent"], read["slots"]) for goal, _, read in sure))


def mislabelled(found: Sequence[Found]) -> Iterator[str]:
    for f in found:
        for said in f.said:
            label, goal = f.labels.get(said.turn), said.goal
            if goal is not None and label and not reads(goal, label["intent"], label["slots"]):
                truth = f"{min(goal.intents)} {goal.thing.label or goal.thing.name} {goal.value or ''}"
                yield f"LABEL {said.kind:24} {said.text!r} truly {truth}: {label['intent']} {label['slots']} {label['confidence']} {label['source']}"


def misses(found: Sequence[Found]) -> Iterator[str]:
    for f in found:
        for at, said in enumerate(f.said):
            failure = f.failures[said.turn]
            if failure["stage"] != said.stage:
                told = f"{said.text!r} [{said.answer['outcome']}] {reading(said.answer)['intent']} {said.answer['targets'][:2]}"
                stages = f"{said.stage:17} said {failure['stage']:17} {failure['confidence']:.2f}"
                then = [later.text for later in f.said[at + 1 : at + 3]]
                yield f"{said.kind:24} {stages} {said.turn:9} {told} | {failure['why']}  >> {then}"
