"""Labels: what each turn meant, made from what people did about it: intent, slots, the goal it belongs to, whether that was reached.

A turn that went well is labelled as it was read; one that failed with what was said or done instead, as far as that is known. What was not
meant for the agent, or never became clear, has no label: a wrong one would teach worse than none.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from agent.learn.compared import about, all_named, only_name
from agent.learn.episodes import AROUND, Episode
from agent.learn.log import GUESSED, Log, Past
from agent.learn.signals import REPAIRING, UNDOING
from agent.learn.wrong import Doubt, Doubts
from agent.records import Failure, Label

TALK = REPAIRING | UNDOING | AROUND
"""Intents that mean nothing without the turn before."""
READ = 0.97
"""How far the reading of words that a phrase has is believed; of a guess as far as it was sure."""
CHOSEN, REPAIRED, BY_HAND = 0.92, 0.9, 0.75
"""How far a label is believed that was made of an answer, of a repair, of what somebody did themselves."""
PLACES = frozenset({"name", "area", "floor", "domain", "device_class", "kind"})
"""Slots that say which things are meant."""
BY_STATE: Mapping[str, str] = {"on": "HassTurnOn", "off": "HassTurnOff", "open": "HassTurnOn", "closed": "HassTurnOff", "playing": "HassMediaUnpause"}
STEPS = 4
"""Tries at one goal that are followed to the one that was understood."""


ANSWER = "answer"
"""The source of what an answer meant: its words ("yes", "the desk one") are no request of their own, and nothing is to be trained on them."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What a turn is found to have meant."""

    intent: str
    slots: Mapping[str, Any]
    sure: float
    source: str


def labels(log: Log, told: Iterable[Episode], doubts: Doubts, failed: Iterable[Failure]) -> Iterator[Label]:
    """The labels of a log's turns, in order; at most one a turn."""
    told = tuple(told)
    stages = {f.turn: f for f in failed}
    goals = _goals(log, told, doubts)
    for turn in log.turns:
        failure = stages.get(turn.id)
        if failure is None or failure.stage == "false_wake" or not turn.bare or turn.clauses > 1:
            continue
        meant = _meant(turn, failure, doubts, log, stages)
        if meant is not None and meant.intent and meant.intent not in TALK:
            reached = failure.stage == "correct" or _reached(doubts.of(turn))
            yield Label(turn.id, meant.intent, dict(meant.slots), goals[turn.id], reached, round(meant.sure, 3), meant.source, turn.text)


def _goals(log: Log, told: Iterable[Episode], doubts: Doubts) -> Mapping[str, str]:
    """Turn -> the first turn of its goal: an episode's first, or that of the turn which it says better."""
    goal = {t.id: e.first.id for e in told for t in e.turns}
    for turn in log.turns:
        first = goal.setdefault(turn.id, turn.id)
        end = doubts.of(turn).end
        if end is not None and doubts.of(turn).likely >= 0.5 and goal.get(end.id, end.id) == end.id:
            goal[end.id] = first
    return goal


def _reached(doubt: Doubt) -> bool:
    return (doubt.end is not None and doubt.end.succeeded) or bool(doubt.by_hand)


def _meant(turn: Past, failure: Failure, doubts: Doubts, log: Log, stages: Mapping[str, Failure], steps: int = STEPS) -> Meant | None:
    doubt = doubts.of(turn)
    if failure.stage == "correct":
        if doubt.answered and turn.outcome == "ask":
            return _answered(turn, doubts, log)
        return _own(turn, failure.confidence, log.names) if turn.succeeded or turn.outcome == "confirm" else None
    if failure.stage == "result":
        return _own(turn, failure.confidence, log.names)
    end = doubt.end
    if end is None:
        return _by_hand(turn, doubt, log)
    if end.intent in REPAIRING or end.answers:
        name = only_name(log.names, doubt.things)
        return Meant(turn.intent, _reading_of(turn, name), REPAIRED * failure.confidence, "repaired") if name and turn.intent else None
    if not end.succeeded or stages[end.id].stage != "correct":
        further = _meant(end, stages[end.id], doubts, log, stages, steps - 1) if steps and end is not turn else None
        return Meant(further.intent, further.slots, further.sure * failure.confidence, "rephrased") if further else None
    own = _own(end, failure.confidence, log.names)
    return Meant(own.intent, own.slots, own.sure, "rephrased") if own else None


def _own(turn: Past, sure: float, names: Mapping[str, str]) -> Meant | None:
    """As it was read."""
    if not turn.intent or turn.missing:
        return None
    if turn.answers and all_named(turn, names) and (name := only_name(names, frozenset(turn.targets))):
        return Meant(turn.intent, _reading_of(turn, name), CHOSEN * sure, ANSWER)
    read = min(READ, 0.4 + 0.6 * turn.sure) if turn.by in GUESSED and not turn.answers else READ
    return Meant(turn.intent, turn.slots, read * sure, ANSWER if turn.answers else "itself")


def _answered(turn: Past, doubts: Doubts, log: Log) -> Meant | None:
    """As it was read, of the thing that was chosen."""
    after = doubts.answer_of(turn)
    if after is None or not after.intent:
        return None
    name = only_name(log.names, about(after))
    return Meant(after.intent, _reading_of(after, name) if name else after.slots, CHOSEN, "answered") if after.succeeded else None


def _by_hand(turn: Past, doubt: Doubt, log: Log) -> Meant | None:
    """What somebody did themselves instead, as a request for it."""
    name = only_name(log.names, doubt.things)
    intent = turn.intent if turn.did else BY_STATE.get(doubt.hand_state, "")
    if not doubt.by_hand or not name or not intent:
        return None
    return Meant(intent, {"name": name}, BY_HAND * doubt.likely, "by_hand")


def _reading_of(turn: Past, name: str) -> Mapping[str, Any]:
    """A reading's slots, of that thing instead."""
    return {**{k: v for k, v in turn.slots.items() if k not in PLACES}, "name": name}
