"""Whether a turn was meant for the agent at all: the wake word's score, the words, what came of them, and whether anybody reacted."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from agent.learn.log import GUESSED, Past
from agent.learn.wrong import Doubt
from agent.wording import words

EVEN, STEEP = 0.58, 11.0
"""The wake word's score at which a turn is as likely overheard, and how fast that falls with the score."""
BY_OUTCOME: Mapping[str, float] = {"ignore": 2.5, "decline": 2.0, "ask": 0.6, "confirm": 0.6, "answer": -0.6, "schedule": -1.5, "act": -1.5}
ASKING = frozenset("what whats which who where when why how is are was will can could do does did tell give show".split())
"""First words of questions: the rest that only a guess takes for one is talk."""
EXACT = frozenset({"exact", "polite", "joined"})


@dataclass(frozen=True, slots=True)
class FalseWake:
    likely: float
    why: str


def false_wake(turn: Past, doubt: Doubt, known: Mapping[str, int]) -> FalseWake:
    """How likely nobody spoke to the agent. Without a wake word (somebody typed, or pressed a button) it was meant, unless nothing was said."""
    if not turn.bare:
        return FalseWake(0.9, "The wake word was heard and then nothing was said.")
    if turn.wake is None:
        return FalseWake(0.0, "")
    odds = STEEP * (EVEN - turn.wake) + BY_OUTCOME[turn.outcome]
    odds -= 4.0 * (doubt.kind in ("rephrase", "repair") or doubt.answered)
    odds -= 1.5 * (turn.by in EXACT and turn.sure >= 0.9) + 1.0 * (known.get(turn.bare, 0) > 1)
    odds += 1.5 * (turn.by in GUESSED and not turn.did and not set(words(turn.text)[:2]) & ASKING)
    asked = turn.outcome in ("ask", "confirm")
    odds += (0.3 if asked else 1.5) * (doubt.kind in ("undo", "no", "barge_in") and doubt.end is None)
    odds += 0.8 * (asked and not doubt.followed) - 1.5 * doubt.followed - 2.0 * bool(doubt.by_hand)
    odds -= 1.0 * (not doubt.reacted and turn.succeeded)
    return FalseWake(1 / (1 + math.exp(-odds)), f"The wake word was weak ({turn.wake:.2f}), and nobody came back to it.")
