"""Signals: what people did about a turn, and what that says of it. A pure function of the log; each signal with its weight and its evidence.

Implicit ones (barge-in, rephrase, repeat, "no", undo, silence, a thing put right by hand within a minute, a question left open), explicit
ones (yes or no to "did I get that right?"), and the system's own (it was not understood, a device failed). Rephrases are found elsewhere
(agent.learn.rephrase) and given.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from agent.learn.log import Log, Past, same_place, within
from agent.people import PERHAPS
from agent.reactions import BY_HAND, ENDS, REPAIRING, UNDOING, Moved, done_instead, put_otherwise, says_no, undone
from agent.records import Signal
from agent.wording import plain

SOON = 60.0
"""Seconds in which somebody reacts to what was done."""
TALKED_OVER = timedelta(seconds=20)
LOOK_AHEAD = 6
"""Turns of the whole home that are looked through for the next one of a conversation."""
WEIGHTS: Mapping[str, float] = {
    "barge_in": -0.4,
    "repeat": -0.5,
    "no": -0.9,
    "undo": -0.9,
    "yes": 1.0,
    "answered_no": -1.0,
    "silence": 0.3,
    "override": -0.8,
    "abandoned": -0.5,
    "snoozed": -0.2,
    "failed": -0.7,
}


def signals(log: Log, rephrased: Mapping[str, tuple[str, float]]) -> Iterator[Signal]:
    """Every signal of the log, by turn. `rephrased`: a turn -> the later one that said it again, and how likely it is that it did."""
    explicit = {turn: (value, at) for at, turn, value in log.answers}
    for i, turn in enumerate(log.turns):
        if not turn.teaches:
            continue
        yield from _of(turn, following(log.turns, i), log, rephrased.get(turn.id), explicit.get(turn.id))


def following(turns: Sequence[Past], i: int) -> Past | None:
    """The next turn of the same conversation or room."""
    return next((later for later in turns[i + 1 : i + 1 + LOOK_AHEAD] if same_place(turns[i], later)), None)


def _of(
    turn: Past, after: Past | None, log: Log, again: tuple[str, float] | None, explicit: tuple[str, object] | None
) -> Iterator[Signal]:
    found: list[Signal] = []
    soon = after if after is not None and within(turn, after, SOON) else None
    if explicit is not None:
        found.append(_signal(turn, "yes" if explicit[0] == "yes" else "answered_no", "an answer"))
    if not turn.succeeded and turn.outcome not in ("ask", "confirm"):
        found.append(_signal(turn, "failed", turn.error or turn.outcome))
    if again is not None:
        found.append(Signal(turn.id, "rephrase", -again[1], again[0]))
    until = min(after.at, turn.at + TALKED_OVER) if after is not None else turn.at + TALKED_OVER
    if log.interrupted(turn.at, until):
        found.append(_signal(turn, "barge_in", "talked over"))
    if soon is not None:
        found += _spoken(turn, soon)
    hand = overridden(turn, log)
    if hand is not None:
        theirs = PERHAPS if log.at_home.others(turn.who, hand.at) else 1.0
        found.append(Signal(turn.id, "override", WEIGHTS["override"] * theirs, f"{hand.entity_id} {hand.state}"))
    if turn.outcome in ("ask", "confirm") and (soon is None or not soon.answers) and again is None:
        found.append(_signal(turn, "abandoned", soon.id if soon else ""))
    if turn.intent == "ExtAlarmSnooze":
        found.append(_signal(turn, "snoozed", turn.id))
    if not found and turn.succeeded:
        found.append(_signal(turn, "silence", ""))
    yield from found


def _signal(turn: Past, kind: str, evidence: str) -> Signal:
    return Signal(turn.id, kind, WEIGHTS[kind], evidence)  # type: ignore[arg-type]


def _spoken(turn: Past, soon: Past) -> list[Signal]:
    """What the next words say of this turn."""
    said = plain(soon.text)
    if soon.intent in UNDOING or undone(turn, soon):
        return [_signal(turn, "undo", soon.id)]
    if turn.outcome not in ("ask", "confirm") and (soon.intent in REPAIRING or says_no(said)):
        return [_signal(turn, "no", soon.id)]
    if soon.bare == turn.bare and turn.did == soon.did and turn.outcome != "answer":
        return [_signal(turn, "repeat", soon.id)]
    return []


def overridden(turn: Past, log: Log) -> Moved | None:
    """The first thing that somebody put right by hand within a minute: a thing that was commanded is moved to another state than was asked for."""
    return next(iter(put_otherwise(turn, _soon(turn, log))), None)


def done_by_hand(turn: Past, log: Log) -> Moved | None:
    """What somebody did themselves instead, within a minute (agent.reactions.done_instead)."""
    return done_instead(turn, _soon(turn, log))


def _soon(turn: Past, log: Log) -> Sequence[Moved]:
    return log.moves_between(turn.at, turn.at + BY_HAND)


__all__ = [
    "BY_HAND", "ENDS", "LOOK_AHEAD", "REPAIRING", "SOON", "UNDOING", "done_by_hand", "following", "overridden", "says_no", "signals", "undone",
]  # fmt: skip
