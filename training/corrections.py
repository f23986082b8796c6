"""Rows of people correcting an assistant (../shared/eval/saif.jsonl): pairs of turns, their labels and sittings; and how verdicts are scored."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from agent.learn.rephrase import KINDS, NEW, WITHIN, Pair, Said
from training.boosting import Labels

APART = 1e6
"""Seconds between sittings, whose days are not told."""


@dataclass(frozen=True, slots=True)
class Corrections:
    """One entry a row: the pair, its label (a place in KINDS), its sitting."""

    pairs: Sequence[Pair]
    labels: Labels
    sittings: Sequence[str]


def read(path: Path) -> Corrections:
    """The rows of a file. OSError where there is none, ValueError or KeyError where it holds something else."""
    rows = [json.loads(line) for line in path.read_text().splitlines() if line.strip()]
    labels = np.array([KINDS.index(row["label"]) for row in rows], np.int64)
    return Corrections(pairs(rows), labels, [str(row["sitting"]) for row in rows])


def pairs(rows: Sequence[Mapping[str, Any]]) -> list[Pair]:
    """A pair a row. Where a row's second is the next one's first in its sitting, they are the same turn; so what was said before, what came after
    and whether the second was carried out are known. Where the set leaves turns out, they are not."""
    turns: list[list[Said]] = []
    now = 0.0
    for i, row in enumerate(rows):
        if i and row["sitting"] == rows[i - 1]["sitting"] and row["first"] == rows[i - 1]["second"]:
            now = turns[-1][1].at
            first = _first(row, now)
            turns[-1][1] = first
        else:
            now += APART
            first = _first(row, now)
        now += float(row["gap_s"])
        turns.append([first, Said(str(row["second"]), now)])
    return [_pair(turns, i) for i in range(len(turns))]


def _first(row: Mapping[str, Any], at: float) -> Said:
    return Said(str(row["first"]), at, bool(row["executed"]), str(row.get("response", "")))


def _pair(turns: Sequence[Sequence[Said]], i: int) -> Pair:
    first, second = turns[i]
    before = turns[i - 1][0] if i and turns[i - 1][1] is first and abs(first.at - turns[i - 1][0].at) <= WITHIN else None
    after = turns[i + 1][1] if i + 1 < len(turns) and turns[i + 1][0] is second and abs(turns[i + 1][1].at - second.at) <= WITHIN else None
    return Pair(first, second, before, after)


def figures(labels: Labels, kinds: Sequence[int]) -> dict[str, float]:
    """F1 of correction or not, and the mean of the three kinds' F1."""
    found = np.array(kinds)
    return {
        "correction_f1": f1(labels != NEW, found != NEW),
        "macro_f1": float(np.mean([f1(labels == kind, found == kind) for kind in range(len(KINDS))])),
    }


def f1(right: Any, found: Any) -> float:
    """Of two masks; 0 where nothing is right and nothing found."""
    both = int((right & found).sum())
    return 2 * both / max(1, int(right.sum()) + int(found.sum()))
