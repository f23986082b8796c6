"""The loudspeaker of one place: chimes and words, one after the other, as loud as they are meant to be, and silent at once."""

import asyncio
import logging
from typing import Protocol

from agent import sound
from agent.player import Player
from agent.sounding import Sounding, chime
from agent.stages import StageError, Voice
from agent.words.spoken import spoken

log = logging.getLogger("hearth.voice")


class Speaker(Protocol):
    """What a door sounds with."""

    async def sound(self, what: Sounding) -> None:
        """Returns when all is sounded or silenced. What sounds already is let finish first."""
        ...

    async def silence(self) -> None:
        """Nothing of what was asked for until now is heard any more, at once."""
        ...


class Loudspeaker:
    """A Speaker. `voice` is None where there is none: the chimes are heard all the same."""

    def __init__(self, voice: Voice | None, player: Player | None = None) -> None:
        self._voice = voice
        self._player = player or Player()
        self._one = asyncio.Lock()
        self._silenced = 0

    async def sound(self, what: Sounding) -> None:
        """As Speaker. Never raises: a voice that fails is told in the log."""
        asked = self._silenced
        async with self._one:
            for wav in (self._chime(what), await self._words(what)):
                if asked == self._silenced:
                    await self._player.play(wav)

    async def silence(self) -> None:
        """As Speaker."""
        self._silenced += 1
        await self._player.silence()

    def _chime(self, what: Sounding) -> bytes:
        return sound.scaled(sound.wav_bytes(chime(what.chime)), what.volume) if what.chime else b""

    async def _words(self, what: Sounding) -> bytes:
        if self._voice is None or not what.words:
            return b""
        try:
            return sound.scaled(await self._voice.render(spoken(what.words)), what.volume)
        except StageError as error:
            log.warning("%s", error.say)
            return b""
