"""Second tries: which later turn says again what an earlier one failed to bring about. Pairs from the log for agent.learn.rephrase's detector."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from agent.learn.log import Log, Past, same_place, within
from agent.learn.signals import LOOK_AHEAD, SOON, following, overridden
from agent.reactions import AGAIN_WITHIN, REPAIRING, UNDOING, contradicts, refuses, says_no, undone
from agent.wording import plain

NEXT = 3
"""Of so many next turns of the conversation."""
LIKELY = 0.5
UNCONTRADICTED = 0.85
"""A turn that did something, and that nobody said a word against, was tried again only where it is this likely."""


@dataclass(frozen=True, slots=True)
class Two:
    """A turn and a later one that may be its second try. `doubted`: it failed, was but a guess, was interrupted, taken back or contradicted."""

    first: Past
    second: Past
    doubted: bool
    interrupted: bool
    failed: bool = False
    """The first did nothing that was meant, as far as is known: it failed, or was taken back before the second."""
    insisted: bool = False
    """The first one's words were said twice in a row: the first time did not bring about what was wanted."""
    ended: Past | None = None
    """The turn that did what the second asked for: itself, or the answer to its question; None where nothing did."""

    @property
    def gap(self) -> float:
        return (self.second.at - self.first.at).total_seconds()


class Judge(Protocol):
    """How likely each pair is a second try, 0-1, in order."""

    def __call__(self, pairs: Sequence[Two]) -> Sequence[float]: ...


def second_tries(log: Log, judge: Judge) -> Mapping[str, tuple[str, float]]:
    """A turn's id -> the likeliest second try at it and how likely it is one; turns without one are not in it."""
    pairs = tuple(pairs_of(log))
    best: dict[str, tuple[str, float]] = {}
    for pair, likely in zip(pairs, judge(pairs), strict=True):
        needed = LIKELY if pair.doubted else UNCONTRADICTED
        if likely >= needed and likely > best.get(pair.first.id, ("", 0.0))[1]:
            best[pair.first.id] = (pair.second.id, float(likely))
    return best


def pairs_of(log: Log) -> Iterator[Two]:
    """All pairs of turns, near in time and place, of which the later could be a second try at the earlier."""
    turns = log.turns
    for i, first in enumerate(turns):
        if not first.teaches or not _tries(first):
            continue
        doubted, seen = not first.succeeded or first.guessed or served(first) or overridden(first, log) is not None, 0
        taken_back, insisted = False, _is_again(turns, i)
        for j, second in enumerate(turns[i + 1 : i + 1 + LOOK_AHEAD], i + 1):
            if not within(first, second, AGAIN_WITHIN.total_seconds()) or seen >= NEXT:
                break
            if not same_place(first, second):
                continue
            seen += 1
            interrupted = log.interrupted(first.at, second.at)
            insisted = insisted or second.bare == first.bare
            if second.answers and first.outcome in ("ask", "confirm") and not refuses(second):
                break  # a question that was answered
            if contradicts(first, second) or (second.answers and refuses(second)):
                doubted = taken_back = True
                if not (first.guessed and undone(first, second)):
                    continue  # the contrary of what only a guess did may be what was meant
            if second.teaches and _tries(second):
                failed = taken_back or not first.succeeded
                ended = second if second.succeeded else answer_to(turns, j)
                yield Two(first, second, doubted or interrupted, interrupted, failed, insisted, ended)


def _is_again(turns: Sequence[Past], i: int) -> bool:
    """The turn before it in its place had the same words, a moment ago."""
    turn = turns[i]
    before = next((t for t in reversed(turns[max(0, i - LOOK_AHEAD) : i]) if same_place(t, turn)), None)
    return before is not None and before.bare == turn.bare and within(before, turn, AGAIN_WITHIN.total_seconds())


def answer_to(turns: Sequence[Past], i: int) -> Past | None:
    """The answer that did what this turn had asked about ("did you mean the floor lamp?"). None of R3: that is never learned."""
    asked, after = turns[i], following(turns, i) if turns[i].outcome in ("ask", "confirm") else None
    if after is None or not after.answers or not within(asked, after, SOON) or "R3" in (asked.risk, after.risk):
        return None
    return after if after.succeeded and after.did and not says_no(plain(after.text)) else None


def served(turn: Past) -> bool:
    """It was read as a learned pair: whoever says something like it at once may have meant something else."""
    return turn.rewrite is not None and turn.rewrite[2] != "taught" and not turn.held


def _tries(turn: Past) -> bool:
    """It asks for something of its own."""
    return not turn.answers and turn.intent not in UNDOING | REPAIRING and bool(turn.bare) and turn.clauses <= 2
