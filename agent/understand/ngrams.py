"""The part of the trained model that knows words, pairs of words and pieces of words: one linear layer over n-grams.

Beside the pipeline's convolutional encoder, which knows what words mean, it knows what words say; together they are better than either.
Its file holds no words: n-grams are kept as hashes. training/ngrams.py makes it.
"""

import math
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

PIECES = (3, 4, 5)
"""Lengths of the pieces of a word, its edges counted."""
NUMBER = "0"
"""Every number is the same word: how many degrees does not tell what is meant."""

Rows = npt.NDArray[np.intp]
Weights = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Ngrams:
    """`labels`: the intents, a column each. `rows`: hash of an n-gram -> row of `table` (int8). `scale`, `bias`: one a column."""

    labels: tuple[str, ...]
    rows: dict[int, int]
    table: npt.NDArray[np.int8]
    scale: Weights
    bias: Weights

    def shares(self, words: Sequence[str]) -> dict[str, float]:
        """The probability of each intent."""
        known = [(self.rows[key], value) for key, value in weighed(words) if key in self.rows]
        rows = np.array([row for row, _ in known], dtype=np.intp)
        values = np.array([value for _, value in known], dtype=np.float32)
        logits = (values @ self.table[rows].astype(np.float32)) * self.scale + self.bias
        odds = np.exp(logits - logits.max())
        return dict(zip(self.labels, (odds / odds.sum()).tolist(), strict=True))


def weighed(words: Sequence[str]) -> Iterator[tuple[int, float]]:
    """(hash, value) of the n-grams of a sentence; those of words, and those of pieces, are of length 1 together."""
    plain = [NUMBER if word[:1].isdigit() else word for word in words]
    for family in (_words(plain), _pieces(plain)):
        counted = {key: 1.0 + math.log(n) for key, n in Counter(family).items()}
        length = math.sqrt(sum(value * value for value in counted.values())) or 1.0
        yield from ((zlib.crc32(key.encode()), value / length) for key, value in counted.items())


def _words(words: Sequence[str]) -> Iterable[str]:
    edged = ("<", *words, ">")
    return (*words, *(f"{one} {other}" for one, other in pairwise(edged)))


def _pieces(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        edged = f"<{word}>"
        for length in PIECES:
            yield from (f"#{edged[i : i + length]}" for i in range(len(edged) - length + 1))


def load(path: Path) -> Ngrams:
    """What `save` wrote. OSError, ValueError or KeyError where the file is not such a one."""
    with np.load(path, allow_pickle=False) as kept:
        rows = {key: row for row, key in enumerate(kept["keys"].tolist())}
        return Ngrams(tuple(kept["labels"].tolist()), rows, kept["table"], kept["scale"], kept["bias"])


def save(found: Ngrams, path: Path) -> None:
    """One file of numbers."""
    keys = np.array(list(found.rows), dtype=np.uint32)
    np.savez_compressed(path, keys=keys, labels=np.array(found.labels), table=found.table, scale=found.scale, bias=found.bias)
