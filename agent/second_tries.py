"""What a person does right after a request that did not do what they meant: undo it, "no, the floor lamp", ask again by name, do it by hand.

Pure: an attempt and what follows it -> how much that shows of what was meant (0-1).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from agent.records import Interpretation, Turn
from devices.home import Entity
from devices.kinds import is_on

REPAIRS = frozenset({"ExtUndo", "ExtRepair"})
MEMORY = timedelta(minutes=2)
"""So long after a request it may be undone, answered or put right by hand."""
AT_ONCE = timedelta(seconds=30)
"""So soon after a request that did something another of its sort, by name, is what was meant, not one more wish."""
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
    """A request and what it was counted as, for as long as the next thing may put it right."""

    at: datetime
    """When it was said or, later, put right."""
    area: str | None
    text: str
    reading: Interpretation
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
    off: frozenset[str] = frozenset()
    """Of its things those that were turned off by hand since."""

    def leads_to(self, turn: Turn) -> bool:
        """The turn comes soon enough, and from the same room."""
        return turn.area == self.area and timedelta(0) <= turn.request.at - self.at <= MEMORY

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

    def by_hand(self, entity: Entity, now: datetime) -> "Attempt | None":
        """Of what was done all but one are turned off by hand, or another is turned on instead: that one was meant."""
        if not self.wanted or self.family != "start" or (self.open and not self.off) or not timedelta(0) <= now - self.at <= MEMORY:
            return None
        if entity.entity_id in self.targets and not is_on(entity):
            off = self.off | {entity.entity_id}
            left = [t for t in self.targets if t not in off]
            meant = [Use(self.reading.intent, "target", left[0], self.wanted)] if len(left) == 1 else []
            return replace(self, at=now, off=off, uses=meant, open=not left)
        if self.open and is_on(entity) and entity.domain in _domains(self.targets):
            instead = Use(self.reading.intent, "target", entity.entity_id, self.wanted)
            return replace(self, at=now, uses=[instead], open=False, targets=(entity.entity_id,))
        return None


def shows(before: Attempt, now: Attempt, reading: Interpretation) -> float:
    """How much it shows that `now`, which was done, is what `before` meant; 0 where it shows nothing."""
    if now.family != before.family or not (reading.slots.get("name") or reading.slots.get("search_query")):
        return 0.0
    soon = now.at - before.at <= (MEMORY if before.open else AT_ONCE)
    vague = bool(before.wanted) or before.guessed
    if not soon or not vague or not _domains(now.targets) & _domains(before.targets) or _values(now) <= _values(before):
        return 0.0
    return PUT_RIGHT if before.open or before.guessed else TRIED_AGAIN


def _values(attempt: Attempt) -> set[tuple[str, str]]:
    return {(use.slot, use.value) for use in attempt.uses if use.slot in ("target", "search_query")}


def _domains(entity_ids: tuple[str, ...]) -> set[str]:
    return {e.partition(".")[0] for e in entity_ids}
