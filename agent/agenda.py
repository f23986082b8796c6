"""What is due: Due records by time, and the next occurrence of those that recur. Pure of clocks: `now` is always given.

The store holds the truth (agent.store.Store.fired takes a due thing out and puts its next occurrence in, in one transaction), so each
fires once, also across a kill; what fell due while the agent was down fires late, at the next start.
"""

import heapq
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from agent.records import Due
from agent.times import next_due
from devices.home import Location


class Agenda:
    """Due records, by id and by time. Changing one is putting it again; stale heap entries are passed over."""

    def __init__(self, location: Location, dues: Iterable[Due] = ()) -> None:
        self._location = location
        self._by_id: dict[str, Due] = {}
        self._sorted: tuple[Due, ...] | None = None
        self._waiting: dict[str, Due] = {}
        self._heap: list[tuple[datetime, str]] = []
        self.load(dues)

    def load(self, dues: Iterable[Due]) -> None:
        for due in dues:
            self.put(due)

    def put(self, due: Due) -> None:
        """Add or replace; a Due without a time (a paused timer) is kept but never falls due."""
        self._by_id[due.id] = due
        self._sorted = None
        self._waiting.pop(due.id, None)
        if due.trigger is not None and due.due is None:
            self._waiting[due.id] = due
        if due.due is not None:
            heapq.heappush(self._heap, (due.due, due.id))

    def remove(self, due_id: str) -> None:
        self._by_id.pop(due_id, None)
        self._sorted = None
        self._waiting.pop(due_id, None)

    def all(self) -> tuple[Due, ...]:
        """Everything kept: by time, paused ones last."""
        if self._sorted is None:
            self._sorted = tuple(sorted(self._by_id.values(), key=lambda d: (d.due is None, d.due.timestamp() if d.due else 0.0, d.id)))
        return self._sorted

    def waiting(self) -> tuple[Due, ...]:
        """What waits for a change of the home."""
        return tuple(self._waiting.values())

    def next_at(self) -> datetime | None:
        """When the next thing falls due."""
        while self._heap and not self._current(*self._heap[0]):
            heapq.heappop(self._heap)
        return self._heap[0][0] if self._heap else None

    def pop(self, now: datetime) -> Due | None:
        """Take out the first thing due at `now` or before; None where nothing is."""
        at = self.next_at()
        if at is None or at > now:
            return None
        self._sorted = None
        return self._by_id.pop(heapq.heappop(self._heap)[1])

    def following(self, due: Due, now: datetime) -> Due | None:
        """The next occurrence of one that recurs, after it and not before `now`'s past: missed ones are not made up for."""
        if not due.rrule or due.due is None:
            return None
        moment = next_due(due.rrule, due.due, max(due.due, now), self._location)
        return replace(due, due=moment) if moment is not None else None

    def _current(self, at: datetime, due_id: str) -> bool:
        known = self._by_id.get(due_id)
        return known is not None and known.due == at
