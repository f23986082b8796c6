"""The player: a program of the system's that plays a WAV file and can be killed at once."""

import asyncio
import logging
import shutil
import tempfile

PLAYERS = (("pw-play",), ("paplay",), ("aplay", "-q"))
"""Programs that play a file, the first one that is installed is used."""

log = logging.getLogger("hearth.voice")


class Player:
    """Plays one sound at a time. `command` is given the file's path; () where there is none, so that nothing is heard."""

    def __init__(self, command: tuple[str, ...] | None = None) -> None:
        self._command = installed() if command is None else command
        self._playing: asyncio.subprocess.Process | None = None
        self._mute = False

    async def play(self, wav: bytes) -> None:
        """Play a WAV file's bytes; returns when it is over or silenced, and at once where there is no sound card."""
        if not wav or not self._command:
            return
        with tempfile.NamedTemporaryFile(prefix="hearth-say-", suffix=".wav") as file:
            file.write(wav)
            file.flush()
            await self._play(file.name)

    async def silence(self) -> None:
        """Kill the program that plays."""
        if self._playing is not None and self._playing.returncode is None:
            self._playing.kill()
            await self._playing.wait()

    async def _play(self, path: str) -> None:
        pipe = asyncio.subprocess.DEVNULL
        try:
            self._playing = await asyncio.create_subprocess_exec(*self._command, path, stdin=pipe, stdout=pipe, stderr=pipe)
        except OSError as error:
            self._told(f"{self._command[0]} cannot be started ({error.strerror})")
            return
        try:
            status = await self._playing.wait()
        except asyncio.CancelledError:
            await self.silence()
            raise
        if status > 0:
            self._told(f"{self._command[0]} could not play it (status {status})")

    def _told(self, why: str) -> None:
        """No sound card is said once."""
        if not self._mute:
            self._mute = True
            log.warning("Nothing is heard of the voice: %s; see `aplay -l` for the sound cards of this machine.", why)


def installed() -> tuple[str, ...]:
    """The first of PLAYERS that this machine has; () where it has none."""
    return next((command for command in PLAYERS if shutil.which(command[0])), ())
