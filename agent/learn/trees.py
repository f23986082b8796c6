"""Boosted trees as tables, read by numpy: what training/rephrase.py fits, without what it was fitted with.

All trees are one table of nodes: a node that is a leaf points to itself, so every row walks each tree for as many steps as the deepest one has.
Friedman, 2001 (gradient boosting); probabilities are tempered (Guo et al., 2017).
"""

import io
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int32]
AT_ONCE = 128
"""Rows that walk together: their places in every tree fit in a processor's cache."""


@dataclass(frozen=True, slots=True)
class Trees:
    """`feature`, `threshold`, `left`, `right`, `value`: one entry a node; left where the feature is at most the threshold. `roots`: (trees,), the
    first node of each; `column`: (trees,), the class that it speaks for. `start`: (classes,), what the scores begin with. `depth`: steps to walk."""

    names: tuple[str, ...]
    feature: Numbers
    threshold: Floats
    left: Numbers
    right: Numbers
    value: Floats
    roots: Numbers
    column: Numbers
    start: Floats
    depth: int
    temperature: float = 1.0

    def scores(self, rows: Floats) -> Floats:
        """(n, features) -> (n, classes), sums of leaves."""
        found = np.tile(self.start, (len(rows), 1))
        for first in range(0, len(rows), AT_ONCE):
            found[first : first + AT_ONCE] += self._walked(rows[first : first + AT_ONCE])
        return found

    def probabilities(self, rows: Floats) -> Floats:
        """(n, features) -> (n, classes), each row summing to 1."""
        scores = self.scores(rows) / self.temperature
        odds = np.exp(scores - scores.max(axis=1, keepdims=True)) if len(scores) else scores
        return np.asarray(odds / odds.sum(axis=1, keepdims=True), np.float64)

    def _walked(self, rows: Floats) -> Floats:
        at = np.tile(self.roots, (len(rows), 1))
        every = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            at = np.where(rows[every, self.feature[at]] <= self.threshold[at], self.left[at], self.right[at])
        return np.asarray(self.value[at] @ np.eye(len(self.start))[self.column], np.float64)


_TABLES = ("feature", "threshold", "left", "right", "value", "roots", "column", "start")


def save(trees: Trees, path: Path) -> None:
    """One file of numbers; the names of the features and what else is said of all trees as JSON in it. The same trees give the same bytes."""
    about = json.dumps({"names": trees.names, "depth": trees.depth, "temperature": trees.temperature})
    buffer = io.BytesIO()
    np.savez_compressed(buffer, about=np.array(about), **{name: getattr(trees, name) for name in _TABLES})
    path.write_bytes(buffer.getvalue())


def load(path: Path) -> Trees:
    """What `save` wrote. OSError, ValueError or KeyError where the file is not such a one."""
    with np.load(path, allow_pickle=False) as kept:
        about = json.loads(str(kept["about"]))
        tables = {name: kept[name] for name in _TABLES}
    return Trees(tuple(about["names"]), depth=int(about["depth"]), temperature=float(about["temperature"]), **tables)
