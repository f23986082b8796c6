"""The chain of hearing: wake word -> endpointer -> recogniser, over sound as it comes from any source.

    waiting for the wake word -> waiting for speech -> speech -> recognised -> waiting ...

The detectors run on the event loop (a twentieth of real time on a PC's core); the recogniser runs in one thread of its own.
"""

import asyncio
import math
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from pathlib import Path

from agent import sound, utterance
from agent.records import Hypothesis, Wake
from agent.stages import SAMPLE_RATE, Endpoint, Endpointer, Recogniser, StageError, WakeWord
from agent.utterance import Utterance

PATIENCE = 6.0
"""Seconds after the wake word in which speech has to begin."""
BEFORE = 0.3
"""Seconds of sound before the first speech that the recogniser hears too: a soft beginning is not lost."""
NOTHING_FOLLOWED = "Nothing was said after the wake word."
NOT_UNDERSTOOD = "Somebody spoke, but no words could be made out; say it again, nearer to the microphone."

AFTER_WAKE = 0.2
"""Seconds by which the wake word may be noticed late: that much sound before is kept, for people who do not pause after it."""

_CHUNK = 1_024
"""Bytes looked at at once, 32 ms: a source may give any amounts."""

Hook = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Heard:
    """One request by sound, or why there is none: `hypotheses` is empty where the wake word was heard and nothing intelligible followed.

    `seconds`: wake (computing), endpoint (from the end of speech until it was sure), asr (from then until the text was there).
    `ended`: when the speech ended, in seconds of the source. `why` is one sentence where there are no hypotheses.
    """

    hypotheses: tuple[Hypothesis, ...]
    wake: Wake | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)
    ended: float = 0.0
    why: str = ""


class Ears:
    """The chain, for one stream of sound at a time. `phrases` gives the home's sentences that bias the recogniser; `tick` is a clock in seconds."""

    def __init__(
        self,
        *,
        endpointer: Endpointer,
        recogniser: Recogniser,
        tick: Callable[[], float],
        wake: WakeWord | None = None,
        phrases: Callable[[], tuple[str, ...]] = tuple,
        patience: float = PATIENCE,
    ) -> None:
        self.endpointer, self.recogniser, self.wake = endpointer, recogniser, wake
        self.tick, self.phrases, self.patience = tick, phrases, patience
        self._thread = ThreadPoolExecutor(1, "hearth-asr")
        self._attending = False

    async def hear(self, source: AsyncIterator[bytes], has_wake: bool = True, on_speech: Hook | None = None) -> AsyncGenerator[Heard, None]:
        """Every request in the sound. Without `has_wake` (or a detector) each utterance is one.

        `on_speech` is awaited at the wake word, and where none is needed as soon as somebody speaks: the place to silence the voice.
        """
        listening = _Listening(self, has_wake and self.wake is not None, on_speech)
        async with aclosing(_chunked(source)) as chunks:
            async for chunk in chunks:
                heard = await listening.feed(chunk)
                if heard is not None:
                    yield heard
        heard = await listening.end()
        if heard is not None:
            yield heard

    def attend(self) -> None:
        """The next utterance needs no wake word, if it begins within `patience` seconds: the agent has asked something."""
        self._attending = True

    def attended(self) -> bool:
        """Whether `attend` was called since the last time this was asked."""
        attending, self._attending = self._attending, False
        return attending

    def begin(self, pcm: bytes) -> Utterance:
        """An utterance of which `pcm` was heard already."""
        begun = utterance.begin(self.recogniser, self._thread, self.phrases())
        begun.feed(pcm)
        return begun

    def close(self) -> None:
        """End the recogniser's thread; what it was given is still worked off."""
        self._thread.shutdown(wait=True)


async def hear_wav(ears: Ears, path: Path, has_wake: bool = True, trail: float = 1.0) -> Heard:
    """The request in a WAV file, `trail` seconds of silence after it. Raises AudioError where it cannot be read."""
    pcm = await asyncio.to_thread(sound.read_wav, path) + sound.silence(trail)
    return await hear_chunks(ears, _whole(pcm), has_wake, str(path))


async def hear_chunks(ears: Ears, source: AsyncIterator[bytes], has_wake: bool = True, name: str = "the sound") -> Heard:
    """The one request in a sound; what follows a pause belongs to it. `why` says why there is none."""
    async with aclosing(ears.hear(source, has_wake)) as requests:
        heard = [one async for one in requests]
    said = [one for one in heard if one.hypotheses]
    if said:
        return _joined(said)
    if heard:
        return heard[0]
    needed = has_wake and ears.wake is not None
    return Heard((), why=f"No wake word was heard in {name}." if needed else f"Nobody speaks in {name}.")


def _chunks(seconds: float) -> int:
    return round(seconds * 2 * SAMPLE_RATE / _CHUNK)


async def _chunked(source: AsyncIterator[bytes]) -> AsyncGenerator[bytes, None]:
    """The sound in even chunks, the last one as it is."""
    rest = b""
    async for pcm in source:
        rest += pcm
        whole = len(rest) // _CHUNK * _CHUNK
        for at in range(0, whole, _CHUNK):
            yield rest[at : at + _CHUNK]
        rest = rest[whole:]
    if rest:
        yield rest


async def _whole(pcm: bytes) -> AsyncIterator[bytes]:
    yield pcm


def _joined(said: list[Heard]) -> Heard:
    """Several utterances as one: the best of each, at the product of their confidences."""
    first, last = said[0], said[-1]
    if first is last:
        return first
    text = " ".join(one.hypotheses[0].text for one in said)
    confidence = math.prod(one.hypotheses[0].confidence for one in said)
    seconds = {**last.seconds, "asr": sum(one.seconds.get("asr", 0.0) for one in said)}
    return replace(first, hypotheses=(Hypothesis(text, round(confidence, 4)),), seconds=seconds, ended=last.ended)


class _Listening:
    """Where one stream stands. `_open`: speech is listened to now; `_fed` and `_opened` are seconds of the source."""

    def __init__(self, ears: Ears, needs_wake: bool, on_speech: Hook | None) -> None:
        self._ears, self._needs_wake, self._on_speech = ears, needs_wake, on_speech
        self._woke: Wake | None = None
        self._open = not needs_wake
        self._fed = self._opened = 0.0
        self._wake_seconds = 0.0
        self._utterance: Utterance | None = None
        self._before: deque[bytes] = deque(maxlen=_chunks(BEFORE + 0.1))
        self._reset()

    async def feed(self, pcm: bytes) -> Heard | None:
        """One chunk; the request that it completes."""
        if self._ears.attended() and not self._open:
            self._listen(None, self._fed)
        self._fed += sound.seconds_of(pcm)
        self._before.append(pcm)
        if self._needs_wake:
            await self._wait(pcm)
        return await self._follow(pcm) if self._open else None

    async def end(self) -> Heard | None:
        """The source has ended: what was being said is all."""
        if not self._open:
            return None
        if self._utterance is None:
            return self._nothing() if self._woke else None
        return await self._recognised(Endpoint(0.0, self._fed - self._opened - self._ears.endpointer.quiet))

    async def _wait(self, pcm: bytes) -> None:
        """For the wake word, also while listening: who says it again begins again."""
        detector = self._ears.wake
        assert detector is not None
        begun = self._ears.tick()
        wake = detector.feed(pcm)
        self._wake_seconds += self._ears.tick() - begun
        if wake is not None:
            detector.reset()
            self._listen(wake, self._fed - sound.seconds_of(pcm))
            await self._tell()

    async def _follow(self, pcm: bytes) -> Heard | None:
        """Speech after the wake word."""
        endpointer = self._ears.endpointer
        endpoint = endpointer.feed(pcm)
        if self._utterance is not None:
            self._utterance.feed(pcm)
        elif endpointer.speaking:
            self._utterance = self._ears.begin(b"".join(self._before))
            if self._woke is None:
                await self._tell()
        if endpoint is not None:
            return await self._recognised(endpoint)
        if self._utterance is not None:
            self._utterance.quiet(endpointer.quiet)
        elif self._needs_wake and self._fed - self._opened > self._ears.patience:
            return self._nothing()
        return None

    async def _recognised(self, endpoint: Endpoint) -> Heard | None:
        said, woke = self._utterance, self._woke
        ended = self._opened + endpoint.end
        begun = self._ears.tick()
        try:
            hypotheses, why = await said.finish() if said else (), ""
        except StageError as error:
            hypotheses, why = (), error.say
        seconds = {"wake": self._wake_seconds, "endpoint": self._fed - ended, "asr": self._ears.tick() - begun}
        self._reset()
        if not hypotheses and not woke and not why:
            return None
        return Heard(hypotheses, woke, seconds, ended, "" if hypotheses else why or NOT_UNDERSTOOD)

    def _nothing(self) -> Heard | None:
        """Nobody spoke after the wake word (a false wake, perhaps), or answered."""
        woke, seconds, ended = self._woke, {"wake": self._wake_seconds}, self._fed
        self._reset()
        return Heard((), woke, seconds, ended, NOTHING_FOLLOWED) if woke else None

    def _listen(self, wake: Wake | None, since: float) -> None:
        self._woke, self._open, self._opened, self._utterance = wake, True, since, None
        self._before = deque(list(self._before)[-_chunks(AFTER_WAKE) :], self._before.maxlen)
        self._ears.endpointer.reset()

    def _reset(self) -> None:
        self._utterance, self._woke, self._open = None, None, not self._needs_wake
        self._wake_seconds = 0.0
        self._opened = self._fed
        self._before.clear()
        self._ears.endpointer.reset()
        if self._needs_wake and self._ears.wake is not None:
            self._ears.wake.reset()

    async def _tell(self) -> None:
        if self._on_speech is not None:
            await self._on_speech()
