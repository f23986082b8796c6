"""The snap of the home as it is now: built in a thread when names, rooms or things change, used by every spoken turn.

Until the first one is ready, and for what was typed, what was heard stays as it is. Only an agent with ears makes one: it costs about 40 MB.
"""

import asyncio
from collections.abc import Callable, Iterable

from agent.records import Context, Hypothesis, Request
from agent.understand.snap import ACCEPT, Snap
from devices.home import Home

Sentences = Callable[[Home], Iterable[str]]


class Snapping:
    """`sentences` are what people may say in a home (agent.understand.samples); it is called in a thread."""

    def __init__(self, sentences: Sentences, accept: float = ACCEPT, doors: frozenset[str] = frozenset({"text"})) -> None:
        """`doors` are those whose requests were typed."""
        self._sentences, self._accept, self._typed = sentences, accept, doors
        self._snap: Snap | None = None
        self._version: int | None = None

    def __call__(self, request: Request, context: Context) -> tuple[Hypothesis, ...]:
        """The stage `snap` of a turn."""
        if self._snap is None or request.door in self._typed:
            return request.hypotheses
        return self._snap.hypotheses(request.hypotheses, self._accept)

    @property
    def phrases(self) -> tuple[str, ...]:
        """The sentences, to bias a recogniser with; the same tuple until the home changes."""
        return self._snap.sentences if self._snap else ()

    async def refresh(self, home: Home) -> None:
        """Build it anew where the home is another one than the last time. Turns go on with the old one meanwhile."""
        if home.version == self._version:
            return
        self._version = home.version
        built = await asyncio.to_thread(lambda: Snap(self._sentences(home)))
        if home.version == self._version:
            self._snap = built
