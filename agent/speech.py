"""The engines of hearing and speaking, chosen by the settings and loaded when they are first needed.

An engine is a module's `load(settings)`, named by an entry point of its stage's group; `available(settings)` beside it says why it cannot be had.
"""

import asyncio
import logging
import sys
from collections.abc import Callable
from functools import partial
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any

from agent.config import VoiceSettings
from agent.ears import Ears, Heard, hear_wav
from agent.loudspeaker import Loudspeaker
from agent.stages import AudioError, RecognitionError, SpeechError, StageError, Voice
from agent.words.spoken import spoken

log = logging.getLogger("hearth.voice")

PREFERRED = {"hearth.asr": ("vosk", "moonshine")}
"""What `auto` takes where it can be had, in this order; then any other, by name."""
STAGES: dict[str, tuple[str, str, type[StageError]]] = {
    "hearth.wake": ("wake word detector", "", AudioError),
    "hearth.vad": ("endpointer", "", AudioError),
    "hearth.asr": ("recogniser", "voice.asr", RecognitionError),
    "hearth.tts": ("voice", "voice.tts", SpeechError),
}
"""Of each group: what it is called, the setting that chooses among its engines, and how it fails."""


def engine(group: str, settings: VoiceSettings, wanted: str = "auto") -> Any:
    """The wanted engine, loaded (blocking). Raises the stage's error where it cannot be had, with the sentence of the engine itself."""
    what, setting, failure = STAGES[group]
    installed = {point.name: point for point in entry_points(group=group)}
    if wanted != "auto":
        if wanted not in installed:
            raise failure("no_engine", f"There is no {what} {wanted!r}; set {setting} to auto or one of {', '.join(sorted(installed))}.")
        return installed[wanted].load()(settings)
    order = [*PREFERRED.get(group, ()), *sorted(installed)]
    problems = []
    for point in (installed[name] for name in order if name in installed):
        problem = _problem(point, settings)
        if problem is None:
            return point.load()(settings)
        problems.append(problem)
    raise failure("no_engine", problems[-1] if problems else f"There is no {what} installed; install one with: pip install 'hearth-agent[voice]'.")


def _problem(point: EntryPoint, settings: VoiceSettings) -> str | None:
    point.load()
    available: Callable[[VoiceSettings], str | None] = sys.modules[point.module].available
    return available(settings)


class Speech:
    """Hearing and speaking for one set of settings. `phrases` are the home's sentences, `tick` is a clock in seconds."""

    def __init__(self, settings: VoiceSettings, tick: Callable[[], float], phrases: Callable[[], tuple[str, ...]] = tuple) -> None:
        self._settings, self._tick, self._phrases = settings, tick, phrases
        self._ears: Ears | None = None
        self._voice: Voice | None = None
        self._loading = asyncio.Lock()

    async def ears(self, has_wake: bool = True) -> Ears:
        """The chain of hearing, with its wake word where one is needed. Raises StageError where an engine is missing."""
        async with self._loading:
            if self._ears is None:
                endpointer = await _loaded("hearth.vad", self._settings)
                recogniser = await _loaded("hearth.asr", self._settings, self._settings.asr)
                self._ears = Ears(endpointer=endpointer, recogniser=recogniser, tick=self._tick, phrases=self._phrases)
            if has_wake and self._ears.wake is None:
                self._ears.wake = await _loaded("hearth.wake", self._settings)
            return self._ears

    async def voice(self) -> Voice | None:
        """The voice; None where the settings want none. Raises SpeechError where it is missing."""
        if self._settings.tts == "none":
            return None
        async with self._loading:
            self._voice = self._voice or await _loaded("hearth.tts", self._settings, self._settings.tts)
            return self._voice

    async def loudspeaker(self) -> Loudspeaker | None:
        """What chimes and speaks aloud here; None where the settings want no voice. A voice that cannot be had is told, and chimes are left."""
        try:
            voice = await self.voice()
        except StageError as error:
            log.warning("%s", error.say)
            return Loudspeaker(None)
        return Loudspeaker(voice) if voice is not None else None

    async def hear(self, path: Path, has_wake: bool = False) -> Heard:
        """The request in a WAV file. Raises StageError where it cannot be read or heard."""
        return await hear_wav(await self.ears(has_wake), path, has_wake)

    async def speak(self, text: str, path: Path) -> None:
        """A reply as a WAV file; written text is turned into words. Raises SpeechError or AudioError."""
        voice = await self.voice()
        if voice is None:
            raise SpeechError("no_voice", "voice.tts is none, so nothing is spoken; set it to auto.")
        sound = await voice.render(spoken(text))
        try:
            await asyncio.to_thread(path.write_bytes, sound)
        except OSError as error:
            raise AudioError("no_place", f"The reply cannot be written to {path} ({error.strerror}); name another place.") from None

    async def close(self) -> None:
        """End the threads and processes of what was loaded."""
        ears, self._ears = self._ears, None
        voice, self._voice = self._voice, None
        if voice is not None:
            await voice.close()
        if ears is not None:
            await asyncio.to_thread(ears.close)

    async def __aenter__(self) -> "Speech":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


async def _loaded(group: str, settings: VoiceSettings, wanted: str = "auto") -> Any:
    return await asyncio.to_thread(partial(engine, group, settings, wanted))
