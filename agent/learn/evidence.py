"""Signs that a turn went wrong which things give: a device that failed, a hand that put it right, a name that was passed over."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from agent.learn.compared import about, all_named, named_elsewhere, wanted_states
from agent.learn.log import GUESSED, Log, Past
from agent.learn.signals import BY_HAND, REPAIRING, UNDOING, done_by_hand, overridden
from agent.learn.sounds import sounding

AT_ONCE = timedelta(seconds=25)
"""In which a device that does not hold goes back."""
NEARLY = 0.25
"""How near by sound a name has to be that nobody spoke of afterwards."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sign: how likely it makes that the turn went wrong."""

    kind: str
    likely: float
    end: Past | None = None
    things: frozenset[str] = frozenset()



def of_things(turn: Past, log: Log) -> Iterator[Evidence]:
    """What was moved by hand, and what devices did."""
    if turn.verified is False or turn.error:
        yield Evidence("device", 0.97)
    if turn.intent in UNDOING:
        return
    changed = _changed_by_hand(turn, log)
    if changed:
        yield Evidence("override", 0.6, None, about(turn) - changed)
    heard = _heard_for(turn, log)
    if heard:
        yield Evidence("heard_for", 0.6, None, heard)
    elsewhere = named_elsewhere(turn, log.names)
    if elsewhere:
        yield Evidence("named_elsewhere", 0.7, None, elsewhere)
    hand = done_by_hand(turn, log)
    if hand is not None and turn.did:
        named = all_named(turn, log.names) and turn.by not in GUESSED
        yield Evidence("elsewhere", 0.25 if named else 0.6, None, frozenset({hand.entity_id}))
    elif hand is not None and not turn.succeeded:
        yield Evidence("by_hand", 0.8, None, frozenset({hand.entity_id}))
    if turn.outcome == "act" and _fell_back(turn, log):
        yield Evidence("fell_back", 0.8)


def _heard_for(turn: Past, log: Log) -> frozenset[str]:
    """Things whose name was nearly said, of a guess that did something to others."""
    if turn.by != "model" or turn.others or turn.rewrite is not None or not turn.did or all_named(turn, log.names) or turn.intent in REPAIRING:
        return frozenset()
    name = sounding(turn.text, tuple({*log.names.values()}), NEARLY)
    found = frozenset(e for e, called in log.names.items() if called == name) if " " in name else frozenset()
    return frozenset() if found & about(turn) and len(about(turn)) == 1 else found


def _changed_by_hand(turn: Past, log: Log) -> frozenset[str]:
    """Of what it did: what somebody then put otherwise."""
    if overridden(turn, log) is None:
        return frozenset()
    wanted = wanted_states(turn)
    moves = log.moves_between(turn.at, turn.at + BY_HAND)
    return frozenset(m.entity_id for m in moves if m.by == "person" and m.entity_id in wanted and m.state not in wanted[m.entity_id])


def _fell_back(turn: Past, log: Log) -> bool:
    wanted, moves = wanted_states(turn), log.moves_between(turn.at, turn.at + AT_ONCE)
    return any(m.by == "device" and m.entity_id in wanted and m.state not in (*wanted[m.entity_id], "unavailable", "unknown") for m in moves)
