"""Change of sampling rate, streaming: a polyphase windowed-sinc filter in numpy."""

from math import gcd

import numpy as np
import numpy.typing as npt

_LOBES = 16
"""Zero crossings of the sinc on each side, at the lower of the two rates."""
_BLOCK = 8_192
"""Output samples worked on at once: bounds the memory of the gathered windows."""
_PASS = 0.95
"""Share of the lower Nyquist frequency that is let through."""


class Resampler:
    """Turns mono float samples of one rate into another. Any chunking of the input gives the same output."""

    def __init__(self, rate: int, wanted: int) -> None:
        """Rates in Hz."""
        shared = gcd(rate, wanted)
        self._up, self._down = wanted // shared, rate // shared
        self._bank = _filters(self._up, self._down)
        taps = self._bank.shape[1]
        self._past = taps // 2
        self._kept: npt.NDArray[np.float32] = np.zeros(self._past, np.float32)
        self._first = -self._past
        """Input index of the first kept sample."""
        self._next = 0
        """Index of the next output sample."""
        self._fed = 0

    def feed(self, samples: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """The output that these samples complete."""
        if self._up == self._down:
            return samples
        self._fed += samples.size
        self._kept = np.concatenate([self._kept, samples])
        newest = self._first + self._kept.size - 1
        last = ((newest - (self._bank.shape[1] - 1 - self._past) + 1) * self._up - 1) // self._down
        return self._produce(last + 1)

    def flush(self) -> npt.NDArray[np.float32]:
        """The rest, as if silence followed."""
        if self._up == self._down:
            return np.zeros(0, np.float32)
        total = -(-self._fed * self._up // self._down)
        self._kept = np.concatenate([self._kept, np.zeros(self._bank.shape[1], np.float32)])
        return self._produce(total)

    def _produce(self, end: int) -> npt.NDArray[np.float32]:
        """Output samples up to index `end`; forgets the input no longer needed."""
        outputs = [self._block(start, min(start + _BLOCK, end)) for start in range(self._next, end, _BLOCK)]
        self._next = max(self._next, end)
        needed = self._next * self._down // self._up - self._past
        drop = max(0, needed - self._first)
        self._kept = self._kept[drop:]
        self._first += drop
        return np.concatenate(outputs) if outputs else np.zeros(0, np.float32)

    def _block(self, start: int, end: int) -> npt.NDArray[np.float32]:
        at = np.arange(start, end, dtype=np.int64) * self._down
        centre = at // self._up
        windows = np.lib.stride_tricks.sliding_window_view(self._kept, self._bank.shape[1])
        chosen = windows[centre - self._past - self._first]
        return np.asarray(np.einsum("ij,ij->i", chosen, self._bank[at % self._up]), np.float32)


def _filters(up: int, down: int) -> npt.NDArray[np.float32]:
    """One filter a phase: [up, taps], each with sum 1. Kaiser window, about 80 dB down."""
    cut = _PASS * min(1.0, up / down)
    half = int(np.ceil(_LOBES / cut))
    offsets = np.arange(2 * half + 1) - half
    phases = np.arange(up)[:, None] / up
    x = offsets[None, :] - phases
    window = np.i0(8.0 * np.sqrt(np.maximum(0.0, 1 - (x / (half + 1)) ** 2))) / np.i0(8.0)
    bank = np.sinc(cut * x) * window
    return np.asarray(bank / bank.sum(axis=1, keepdims=True), np.float32)
