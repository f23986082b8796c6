"""The snap stage: what was heard is first read as the nearest sentences of this home, by sound. Typed text is taken as it is.

The sentences of a home are made and sounded out in a thread, off the turn path, and made anew when its names change; until then what was
heard is read as it stands.
"""

import asyncio
from collections.abc import Callable

from agent.records import Context, Hypothesis, Request
from agent.understand.grammar import Grammar
from agent.understand.samples import sentences
from agent.understand.snap import Snap
from devices.home import Home


class BySound:
    """The snap of one home, current with its names."""

    def __init__(self, grammar: Grammar, home: Callable[[], Home], accept: float) -> None:
        self._grammar, self._home, self._accept = grammar, home, accept
        self._snap: Snap | None = None
        self._version = -1

    def __call__(self, request: Request, context: Context) -> tuple[Hypothesis, ...]:
        """The hypotheses that the understanding should read."""
        if not request.heard or self._snap is None:
            return request.hypotheses
        return self._snap.hypotheses(request.hypotheses, self._accept)

    async def refresh(self) -> None:
        """Sound out the home's sentences, where its names have changed since."""
        home = self._home()
        if home.version != self._version:
            self._snap = await asyncio.to_thread(_made, self._grammar, home)
            self._version = home.version

    @property
    def phrases(self) -> tuple[str, ...]:
        """The home's sentences, to bias a recogniser."""
        return self._snap.sentences if self._snap else ()


def _made(grammar: Grammar, home: Home) -> Snap:
    return Snap(sentences(grammar, home))
