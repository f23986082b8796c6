"""The terminal as a place where things sound: the loudspeaker where there is one, else the terminal's own bell."""

from collections.abc import Callable

from rich.console import Console

from agent.loudspeaker import Speaker
from agent.sounding import Sounding


class Aloud:
    """A Speaker. `hush` is called where it is silenced, for then somebody speaks."""

    def __init__(self, console: Console, loudspeaker: Speaker | None, hush: Callable[[], None]) -> None:
        self._console, self._loudspeaker, self._hush = console, loudspeaker, hush

    async def sound(self, what: Sounding) -> None:
        """As Speaker. The bell rings for chimes, on a real terminal only."""
        if self._loudspeaker is not None:
            await self._loudspeaker.sound(what)
        elif what.chime:
            self._console.bell()

    async def silence(self) -> None:
        """As Speaker."""
        self._hush()
        if self._loudspeaker is not None:
            await self._loudspeaker.silence()
