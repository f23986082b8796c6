"""What is being said, on its way through a recogniser that works in a thread of its own, in order.

A recogniser that streams hears every piece at once. Any other begins early, in the middle of the trailing silence, so that its text is there
when the end is sure; if the person goes on, it begins again.
"""

import asyncio
from concurrent.futures import Executor, Future
from typing import Protocol

from agent.records import Hypothesis
from agent.stages import Hearing, Recogniser, StreamingRecogniser

EARLY = 0.32
"""Seconds of silence after which a recogniser that does not stream begins."""

Hypotheses = tuple[Hypothesis, ...]


class Utterance(Protocol):
    def feed(self, pcm: bytes) -> None: ...

    def quiet(self, seconds: float) -> None:
        """How long nobody has spoken now; 0 while somebody does."""
        ...

    async def finish(self) -> Hypotheses:
        """What was said. Raises what the recogniser raised."""
        ...


def begin(recogniser: Recogniser, thread: Executor, phrases: tuple[str, ...]) -> Utterance:
    """`thread` must do one thing after the other."""
    if isinstance(recogniser, StreamingRecogniser):
        return Streamed(recogniser, thread, phrases)
    return Whole(recogniser, thread, phrases)


class Streamed:
    """Heard piece by piece."""

    def __init__(self, recogniser: StreamingRecogniser, thread: Executor, phrases: tuple[str, ...]) -> None:
        self._thread = thread
        self._hearing: Future[Hearing] = thread.submit(recogniser.listen, phrases)
        self._fed: list[Future[None]] = []

    def feed(self, pcm: bytes) -> None:
        self._fed.append(self._thread.submit(lambda: self._hearing.result().feed(pcm)))

    def quiet(self, seconds: float) -> None:
        """Nothing to do: it has heard all there is."""

    async def finish(self) -> Hypotheses:
        return await asyncio.wrap_future(self._thread.submit(self._finish))

    def _finish(self) -> Hypotheses:
        for fed in self._fed:
            fed.result()
        return self._hearing.result().finish()


class Whole:
    """Heard at its end."""

    def __init__(self, recogniser: Recogniser, thread: Executor, phrases: tuple[str, ...]) -> None:
        self._recogniser, self._thread, self._phrases = recogniser, thread, phrases
        self._pcm: list[bytes] = []
        self._early: Future[Hypotheses] | None = None

    def feed(self, pcm: bytes) -> None:
        self._pcm.append(pcm)

    def quiet(self, seconds: float) -> None:
        if seconds >= EARLY:
            self._early = self._early or self._begin()
        elif self._early is not None:
            self._early.cancel()
            self._early = None

    async def finish(self) -> Hypotheses:
        return await asyncio.wrap_future(self._early or self._begin())

    def _begin(self) -> Future[Hypotheses]:
        return self._thread.submit(self._recogniser.recognise, b"".join(self._pcm), self._phrases)
