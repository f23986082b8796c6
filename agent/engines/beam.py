"""A small beam search: the n best token sequences of a decoder that goes on a token at a time."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

_HOPELESS = 6.0
"""A beam that far (in log-probability) behind the best is dropped: a sure recogniser costs one beam."""


@dataclass(frozen=True, slots=True)
class Beam:
    """A sequence without its start and stop tokens, and the sum of its log-probabilities."""

    tokens: tuple[int, ...] = ()
    score: float = 0.0


class Decoding(Protocol):
    def step(self, parents: list[int], tokens: list[int]) -> npt.NDArray[np.float32]:
        """Log-probabilities [beams, vocabulary] after beam `parents[i]` of the step before went on with `tokens[i]`."""
        ...


def search(decoding: Decoding, start: int, stop: int, width: int, longest: int) -> tuple[Beam, ...]:
    """At most `width` sequences of at most `longest` tokens, the best by mean log-probability first."""
    beams, done = [Beam()], list[Beam]()
    chances = decoding.step([0], [start])
    for _ in range(longest):
        grown = _grown(beams, chances, width)
        done += [Beam(beams[i].tokens, score) for i, token, score in grown if token == stop]
        alive = [(i, token, score) for i, token, score in grown if token != stop]
        floor = max([score for _, _, score in alive] + [beam.score for beam in done], default=0.0) - _HOPELESS
        alive = [one for one in alive if one[2] > floor][: max(1, width - len(done))]
        if not alive or len(done) >= width:
            break
        chances = decoding.step([i for i, _, _ in alive], [token for _, token, _ in alive])
        beams = [Beam((*beams[i].tokens, token), score) for i, token, score in alive]
    return tuple(sorted(done or beams, key=lambda beam: beam.score / (len(beam.tokens) + 1), reverse=True)[:width])


def _grown(beams: list[Beam], chances: npt.NDArray[np.float32], width: int) -> list[tuple[int, int, float]]:
    """The `width` best continuations: (beam, token, score)."""
    best = np.argpartition(chances, -width, axis=1)[:, -width:]
    every = [(i, int(token), beams[i].score + float(chances[i, token])) for i, row in enumerate(best) for token in row]
    return sorted(every, key=lambda one: one[2], reverse=True)[:width]
