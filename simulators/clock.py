"""Time as a dependency: the wall's, faster than the wall's, or a test's own."""

import asyncio
import heapq
import itertools
import time
from datetime import datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Where simulated time comes from. It never runs backwards."""

    def now(self) -> datetime:
        """The simulated moment, with an offset."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait before looking again: real seconds on a wall clock, simulated ones on a manual clock."""
        ...


class WallClock:
    """Runs `speed` times as fast as the wall's clock, from `start` (default: now)."""

    def __init__(self, speed: float = 1.0, start: datetime | None = None) -> None:
        self.speed = speed
        self._start = start or datetime.now().astimezone()
        self._zero = time.monotonic()

    def now(self) -> datetime:
        return self._start + timedelta(seconds=(time.monotonic() - self._zero) * self.speed)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class ManualClock:
    """Moves only when told to. Belongs to one event loop."""

    def __init__(self, start: datetime) -> None:
        self._now = start
        self._sleepers: list[tuple[datetime, int, asyncio.Future[None]]] = []
        self._order = itertools.count()

    def now(self) -> datetime:
        return self._now

    async def sleep(self, seconds: float) -> None:
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._now + timedelta(seconds=seconds), next(self._order), woken))
        await woken

    def advance(self, seconds: float) -> None:
        """Move on and wake everybody whose time has come."""
        self._now += timedelta(seconds=seconds)
        while self._sleepers and self._sleepers[0][0] <= self._now:
            woken = heapq.heappop(self._sleepers)[2]
            if not woken.done():
                woken.set_result(None)
