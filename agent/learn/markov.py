"""The absorbing Markov chain over what people say until it is as they meant it (arXiv 1911.02557; DESIGN, "Learning").

Transient states are utterances, absorbing ones are "satisfied" and "not". Sources live in utterance space, destinations in interpretation
space: B[i, h] = sum over j of N[i, j] r[j, h], N = (I - Q)^-1, where r[j, h] is the share of j's occurrences that ended well, meaning h.
Every state has one imagined failure more than it had, so that what was seen once proves little, and every walk ends.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

IMAGINED = 1.0
"""Failures that every utterance is taken to have had beside those that were seen."""
SMALL = 200
"""Utterances: a component up to this is solved exactly."""
EXACT = 1e-12
NEGLIGIBLE = 2e-4
"""Of a larger component, walks less likely than this are not followed."""


@dataclass(slots=True)
class Chain:
    """What was counted: second tries from one utterance to another, ends in satisfaction by meaning, ends in none."""

    again: dict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))
    good: dict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))
    """(utterance, meaning) -> count"""
    bad: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def absorbed(self) -> Mapping[str, Mapping[str, float]]:
        """B: utterance -> meaning -> how likely whoever says it ends up satisfied with that. Rows sum to less than 1."""
        words = sorted({w for pair in self.again for w in pair} | {w for w, _ in self.good} | set(self.bad))
        meanings = sorted({h for _, h in self.good})
        if not words or not meanings:
            return {}
        place, column = {w: i for i, w in enumerate(words)}, {h: k for k, h in enumerate(meanings)}
        steps = _matrix({(place[a], place[b]): n for (a, b), n in self.again.items()}, (len(words), len(words)))
        ends = _matrix({(place[w], column[h]): n for (w, h), n in self.good.items()}, (len(words), len(meanings)))
        failed = np.array([self.bad.get(w, 0.0) for w in words])
        total = np.asarray(steps.sum(axis=1)).ravel() + np.asarray(ends.sum(axis=1)).ravel() + failed + IMAGINED
        share = sparse.diags(1.0 / total)
        solved = _solved((share @ steps).tocsr(), (share @ ends).tocsr())
        return {w: _row(solved, i, meanings) for i, w in enumerate(words)}


def _matrix(entries: Mapping[tuple[int, int], float], shape: tuple[int, int]) -> sparse.csr_matrix:
    rows, columns = [r for r, _ in entries], [c for _, c in entries]
    return sparse.csr_matrix((list(entries.values()), (rows, columns)), shape=shape, dtype=float)


def _solved(q: sparse.csr_matrix, r: sparse.csr_matrix) -> sparse.csr_matrix:
    """X of (I - Q) X = R: the components that are small all together and to the last digit, the large ones by what is not negligible."""
    count, component = connected_components(q, directed=False)
    large = np.bincount(component, minlength=count)[component] > SMALL
    parts = [np.flatnonzero(~large), np.flatnonzero(large)]
    found = [_stepwise(q[part][:, part], r[part], least) for part, least in zip(parts, (EXACT, NEGLIGIBLE), strict=True)]
    return sparse.vstack(found).tocsr()[np.argsort(np.concatenate(parts), kind="stable")]


def _stepwise(q: sparse.csr_matrix, r: sparse.csr_matrix, least: float) -> sparse.csr_matrix:
    """R + QR + QQR + ...: each step as sparse as the walks are; what is less than `least` is dropped. Q's rows sum to less than 1, so it ends."""
    total, step = r.copy(), r
    while step.nnz:
        step = (q @ step).tocsr()
        step.data[step.data < least] = 0.0
        step.eliminate_zeros()
        total = total + step
    return total.tocsr()


def _row(solved: sparse.csr_matrix, i: int, meanings: list[str]) -> Mapping[str, float]:
    begin, end = solved.indptr[i], solved.indptr[i + 1]
    return {meanings[k]: float(v) for k, v in zip(solved.indices[begin:end], solved.data[begin:end], strict=True) if v > 0}
