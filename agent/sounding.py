"""What is to be sounded: a chime, words and how loud; and the chimes themselves, made of sine waves."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from agent import sound
from agent.stages import SAMPLE_RATE

ATTACK = 0.005
"""Seconds in which a tone comes up: without them it clicks."""
LOUDNESS = 0.4
CHIMES: Mapping[str, tuple[tuple[float, float], ...]] = {
    "ring": ((784.0, 0.16), (988.0, 0.16), (1175.0, 0.4)),
    "note": ((659.3, 0.14), (784.0, 0.3)),
    "done": ((880.0, 0.09), (1318.5, 0.22)),
}
"""Name -> (hertz, seconds) of each tone: an alarm or a timer, something that is told, a request that is done."""


@dataclass(frozen=True, slots=True)
class Sounding:
    """First the chime (a key of CHIMES), then the words as they are written, digits and all; "" is none. `volume` is 0-1."""

    words: str = ""
    chime: str = ""
    volume: float = 1.0

    def __bool__(self) -> bool:
        return bool(self.words or self.chime)


@cache
def chime(name: str) -> bytes:
    """A chime as mono 16 kHz PCM. A KeyError is a name that CHIMES does not have."""
    return sound.to_pcm(np.concatenate([_tone(hertz, seconds) for hertz, seconds in CHIMES[name]]))


def _tone(hertz: float, seconds: float) -> sound.Samples:
    """A bell's tone: up at once, then dying away to nothing; its octave rings softly with it."""
    at = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    wave = np.sin(2 * np.pi * hertz * at) + 0.25 * np.sin(4 * np.pi * hertz * at)
    shape = np.minimum(1.0, at / ATTACK) * np.exp(-4.0 * at / seconds) * np.minimum(1.0, (seconds - at) / ATTACK)
    return np.asarray(LOUDNESS * wave * shape, np.float32)
