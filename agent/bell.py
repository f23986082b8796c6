"""The bell: waits, in the live agent, for the next thing that falls due, and lets it happen."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

from agent.clock import Clock


class Bell:
    """`next_at` tells when the next thing falls due, None where nothing does; `ring` lets happen whatever is due at a moment."""

    def __init__(self, clock: Clock, next_at: Callable[[], datetime | None], ring: Callable[[datetime], Awaitable[object]]) -> None:
        self._clock = clock
        self._next_at = next_at
        self._ring = ring
        self._changed = asyncio.Event()

    def look_again(self) -> None:
        """Something was set, moved or cancelled: the wait is measured anew."""
        self._changed.set()

    async def run(self) -> None:
        """Until it is cancelled. What fell due while the agent was down happens first."""
        while True:
            self._changed.clear()
            await self._ring(self._clock.now())
            await self._until_due_or_changed()

    async def _until_due_or_changed(self) -> None:
        at = self._next_at()
        changed = asyncio.create_task(self._changed.wait(), name="bell: changed")
        due = asyncio.create_task(self._clock.sleep_until(at), name="bell: due") if at else None
        waits = {changed, due} if due else {changed}
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in waits:
                task.cancel()
            await asyncio.gather(*waits, return_exceptions=True)
