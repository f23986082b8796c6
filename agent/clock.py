"""Time as a dependency: nothing else of the agent asks what time it is."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Where the agent's time comes from."""

    def now(self) -> datetime:
        """This moment, with an offset."""
        ...

    async def sleep_until(self, at: datetime) -> None:
        """Wait for a moment; return at once where it is past."""
        ...


class SystemClock:
    """The computer's own. It is looked at again every few seconds, since a Pi without a battery sets its clock long after it started."""

    LOOKS = 5.0

    def now(self) -> datetime:
        return datetime.now(UTC)

    async def sleep_until(self, at: datetime) -> None:
        while (left := (at - self.now()).total_seconds()) > 0:  # noqa: ASYNC110 - the moment moves when the clock is set
            await asyncio.sleep(min(left, self.LOOKS))


class ManualClock:
    """Moves only when told to; never backwards. Belongs to one event loop."""

    def __init__(self, start: datetime) -> None:
        self._now = start
        self._sleepers: list[tuple[datetime, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        return self._now

    async def sleep_until(self, at: datetime) -> None:
        if at > self._now:
            woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._sleepers.append((at, woken))
            await woken

    def advance(self, to: datetime | timedelta) -> None:
        """Move to a moment, or on by a time, and wake everybody whose time has come."""
        self._now = max(self._now, self._now + to if isinstance(to, timedelta) else to)
        early = [(at, woken) for at, woken in self._sleepers if at > self._now]
        for at, woken in self._sleepers:
            if at <= self._now and not woken.done():
                woken.set_result(None)
        self._sleepers = early
