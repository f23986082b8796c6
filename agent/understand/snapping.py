"""The snap of the home as it is now: built in a thread when names, rooms or things change, used by every spoken turn.

Until the first one is ready, and for what was typed (`Request.heard` is empty), what was said stays as it is. Only an agent with ears makes
one: it costs about 40 MB.
"""

import asyncio
from collections.abc import Callable, Iterable

from agent.records import Context, Hypothesis, Request
from agent.understand.snap import ACCEPT, Snap
from devices.home import Home

AS_GOOD = 0.97
"""Hypotheses with this share of the best one's confidence stay beside it."""

Knows = Callable[[str, Context], bool]
Sentences = Callable[[Home], Iterable[str]]


class Snapping:
    """`sentences` are what people may say in a home (agent.understand.samples); it is called in a thread.

    `knows` tells that words are understood exactly as they stand ("turn it off" is no sentence with a name in it): those are left alone.
    """

    def __init__(self, sentences: Sentences, accept: float = ACCEPT, knows: Knows = lambda text, context: False) -> None:
        self._sentences, self._accept, self._knows = sentences, accept, knows
        self._snap: Snap | None = None
        self._version: int | None = None

    def __call__(self, request: Request, context: Context) -> tuple[Hypothesis, ...]:
        """The stage `snap` of a turn."""
        heard = request.hypotheses
        if self._snap is None or not request.heard or not heard:
            return heard
        if self._knows(heard[0].text, context):
            return tuple(h for h in heard if h.confidence >= AS_GOOD * heard[0].confidence)
        return self._snap.hypotheses(heard, self._accept)

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
