"""The agent's side of learning: the learners' own process, asked and awaited; what it costs nobody waits for but who asked."""

import asyncio
import json
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from agent.risk import RiskTable
from agent.stages import StageError


class LearningError(StageError):
    """The learners failed."""


class Learners:
    """The learners' process, started when it is first asked. One request at a time.

    `without` are the skills that are disabled; `reading`: the reading is retrained too.
    """

    def __init__(self, without: Sequence[str] = (), *, reading: bool = True) -> None:
        self.reading = reading
        self._without = {"without": tuple(without)} if reading else {}
        self._process: asyncio.subprocess.Process | None = None
        self._one = asyncio.Lock()

    async def learn(self, store: Path, now: datetime, risk: RiskTable) -> dict[str, Any]:
        """Have every learned table made anew; the learners' report. `risk`: the home's own table. LearningError where they fail."""
        order = json.dumps({"store": str(store), "now": now.isoformat(), "moved": dict(risk.moved), **self._without})
        async with self._one:
            process = await self._started()
            assert process.stdin is not None
            assert process.stdout is not None
            try:
                process.stdin.write(f"{order}\n".encode())
                await process.stdin.drain()
                line = await process.stdout.readline()
                answer: dict[str, Any] = json.loads(line)
            except (ConnectionError, json.JSONDecodeError):
                await self._ended()
                raise LearningError("learners_died", "The learners' process ended before it was done: `hearth learn` shows why.") from None
        if "error" in answer:
            raise LearningError("learners_failed", str(answer["error"]))
        return answer

    async def _started(self) -> asyncio.subprocess.Process:
        if self._process is None or self._process.returncode is not None:
            pipe = asyncio.subprocess.PIPE
            self._process = await asyncio.create_subprocess_exec(sys.executable, "-m", "agent.learn", stdin=pipe, stdout=pipe, limit=2**24)
        return self._process

    async def close(self) -> None:
        """The process ends; started again when it is asked again."""
        async with self._one:
            await self._ended()

    async def _ended(self) -> None:
        process, self._process = self._process, None
        if process is None or process.stdin is None:
            return
        process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), 5.0)
        except TimeoutError:
            with suppress(ProcessLookupError):  # it may have ended just now
                process.kill()
            await process.wait()
