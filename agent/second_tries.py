"""What a reaction to a request (agent/reactions.py) shows of what was meant, as habits count it: a use, and how much it shows (0-1).

Pure: an attempt and what follows it. That something is asked for again, by name, is told here by its sort; learners ask a trained model.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from agent.reactions import AGAIN_WITHIN, AT_ONCE, ENDS, Did, Moved, done_instead, put_otherwise
from agent.records import Interpretation, Outcome, Turn

PUT_RIGHT = 1.0
TRIED_AGAIN = 0.6
"""What asking by name shows after a request that nobody took back: it may have been one more wish."""


@dataclass(frozen=True, slots=True)
class Use:
    """One use: `value` was meant by `intent`, as far as `strength` shows."""

    intent: str
    slot: str
    value: str
    wanted: str = ""
    strength: float = PUT_RIGHT


@dataclass(frozen=True, slots=True)
class Attempt:
    """A request (agent.reactions.Deed) and what it was counted as, for as long as the next thing may put it right."""

    at: datetime
    """When it was said or, later, put right in words."""
    area: str | None
    text: str
    reading: Interpretation
    outcome: Outcome
    did: tuple[Did, ...]
    who: str
    family: str
    wanted: str
    """The sort of thing asked for; "" where one was named."""
    situations: tuple[str, ...]
    targets: tuple[str, ...]
    uses: list[Use] = field(default_factory=list)
    open: bool = False
    """Nothing is done: it was asked about, declined or undone."""
    guessed: bool = False
    """A habit, or a learned pair, decided."""
    moves: tuple[Moved, ...] = ()
    """What was done by hand since."""
    counted_at: datetime | None = None
    """When its uses were counted, where that was later: by hand."""

    @property
    def intent(self) -> str:
        return self.reading.intent

    @property
    def succeeded(self) -> bool:
        return not self.open

    def leads_to(self, turn: Turn) -> bool:
        """The turn comes soon enough, and from the same room."""
        return turn.area == self.area and timedelta(0) <= turn.request.at - self.at <= AGAIN_WITHIN

    def is_answered_by(self, turn: Turn, reading: Interpretation) -> bool:
        """ "The kettle", to "which one?": the same reading is done now."""
        return self.open and (self.reading.intent, self.reading.slots) == (reading.intent, reading.slots) and turn.text != self.text

    def put_right(self, turn: Turn, play: str) -> Iterator[Use]:
        """What a repair did instead: another thing of that sort, or other music."""
        if self.wanted and len(turn.targets) == 1 and _domains(turn.targets) & _domains(self.targets):
            yield Use(self.reading.intent, "target", turn.targets[0], self.wanted)
        played = [r.command.data.get("media_content_id") for r in turn.results if r.command.service == play]
        if played and played[-1]:
            yield Use(self.reading.intent, "search_query", str(played[-1]))

    def by_hand(self, move: Moved, strength: float = PUT_RIGHT) -> "Attempt":
        """Of what was done all but one are put otherwise by hand, or another is done instead: that one was meant, as far as `strength`."""
        if not self.wanted or self.family != "start":
            return self
        moves = (*self.moves, move)
        changed = {m.entity_id for m in put_otherwise(self, moves)}
        left = [t for t in self.targets if t not in changed]
        meant = left[0] if changed and len(left) == 1 else self._instead(moves) if self.open or not left else ""
        uses = [Use(self.reading.intent, "target", meant, self.wanted, strength)] if meant else [] if changed else self.uses
        return replace(self, moves=moves, uses=uses, open=not uses)

    def _instead(self, moves: tuple[Moved, ...]) -> str:
        """Another thing of that sort that was started by hand; "" where none was."""
        other = done_instead(self, moves)
        starts = other is not None and other.state in ENDS["turn_on"] and bool(_domains((other.entity_id,)) & _domains(self.targets))
        return other.entity_id if other is not None and starts else ""


def shows(before: Attempt, now: Attempt, reading: Interpretation) -> float:
    """How much it shows that `now`, which was done, is what `before` meant; 0 where it shows nothing."""
    if now.family != before.family or not (reading.slots.get("name") or reading.slots.get("search_query")):
        return 0.0
    soon = now.at - before.at <= (AGAIN_WITHIN if before.open else AT_ONCE)
    vague = bool(before.wanted) or before.guessed
    if not soon or not vague or not _domains(now.targets) & _domains(before.targets) or _values(now) <= _values(before):
        return 0.0
    return PUT_RIGHT if before.open or before.guessed else TRIED_AGAIN


def _values(attempt: Attempt) -> set[tuple[str, str]]:
    return {(use.slot, use.value) for use in attempt.uses if use.slot in ("target", "search_query")}


def _domains(entity_ids: tuple[str, ...]) -> set[str]:
    return {e.partition(".")[0] for e in entity_ids}
