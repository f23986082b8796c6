"""Trains what tells second tries: `python -m training.rephrase` (a part of `make model`; about a minute). Writes agent/models/rephrase.

The shipped weights see made-up logs only (training/retries.py). ../shared/eval/saif.jsonl states no licence: it is tried on, never trained on.
`learned` trains on labelled pairs of real people, over the same features and the shipped model's opinion; benchmarks/rephrase.py measures it.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, product
from pathlib import Path

import numpy as np

from agent.app import skills
from agent.learn.rephrase import ASR_CORRECTION, COMMAND_CORRECTION, FEATURES, FOLDER, KINDS, NEW, Decision, Detector, features
from agent.learn.trees import Floats, Trees
from agent.understand.grammar import Grammar
from training import boosting, corrections, data, retries
from training.boosting import BAGGED, Labels
from training.card import LICENCES

HOMES = 32
THRESHOLDS = tuple(round(0.25 + 0.025 * i, 3) for i in range(15))
FAVOURS = (1.0, 1.25, 1.5, 1.75, 2.0, 2.5)
OPINION = tuple(f"shipped_{kind}" for kind in KINDS)
SCORES = "scores.json"


@dataclass(frozen=True, slots=True)
class Learned:
    """Trees over features and what the shipped weights say of them, and when they count. `held`: (n, 3), the probabilities of the rows that it
    learned from by models that had not seen their group."""

    trees: Trees
    decision: Decision
    shipped: Trees | None
    held: Floats

    def probabilities(self, rows: Floats) -> Floats:
        """(n, features) -> (n, 3)."""
        return self.trees.probabilities(_with_opinion(rows, self.shipped))

    def kinds(self, rows: Floats) -> list[int]:
        """A verdict on each row."""
        return self.decision.kinds(self.probabilities(rows))


def learned(
    rows: Floats, labels: Labels, groups: Sequence[str], shipped: Trees | None = None, names: Sequence[str] = FEATURES, bagged: int = BAGGED
) -> Learned:
    """A model of labelled rows, the mean of `bagged` fits. Temperature and decision come of cross-validation by group inside of them."""
    wide = _with_opinion(rows, shipped)
    known = (*names, *OPINION) if shipped else tuple(names)
    scores = boosting.crossed(wide, labels, groups, lambda some, theirs: boosting.fitted(some, theirs, known, bagged=1))
    trees = boosting.tempered(boosting.fitted(wide, labels, known, bagged=bagged), scores, labels)
    held = boosting.softened(scores, trees.temperature)
    return Learned(trees, decision(held, labels), shipped, held)


def _with_opinion(rows: Floats, shipped: Trees | None) -> Floats:
    return np.hstack([rows, shipped.scores(rows)]) if shipped else rows


def decision(probabilities: Floats, labels: Labels) -> Decision:
    """The decision under which held-out rows score best: F1 of corrections and the mean F1 of the kinds together."""

    def worth(tried: Decision) -> float:
        return sum(corrections.figures(labels, tried.kinds(probabilities)).values())

    return max((Decision(threshold, favour) for threshold, favour in product(THRESHOLDS, FAVOURS)), key=worth)


def main(folder: Path = FOLDER, homes: int = HOMES) -> int:
    """Trains and writes the weights that ship, with their card."""
    started = time.perf_counter()
    sets = {name: data.rows(name) for name in retries.SETS}
    made = list(retries.logs(Grammar(skills()), sets, homes))
    rows = np.vstack([features([m.pair for m in log]) for _, log in groupby(made, key=lambda m: m.log)])
    labels = np.array([m.label for m in made], np.int64)
    print(f"{len(made)} made-up pairs of {homes} homes, {dict(Counter(labels.tolist()))}: {time.perf_counter() - started:.0f} s", flush=True)
    found = learned(rows, labels, [str(m.log) for m in made])
    detector = Detector(found.trees, found.decision)
    detector.save(folder)
    scores = {"made_up": _scored(labels, found.decision.kinds(found.held))}
    people = data.SHARED / "saif.jsonl"
    if people.exists():
        known = corrections.read(people)
        scores["saif"] = _scored(known.labels, detector.kinds(known.pairs))
    (folder / SCORES).write_text(json.dumps({"pairs": len(made), "homes": homes, "scores": scores}, indent=1) + "\n")
    (folder / "CARD.md").write_text(card(scores, labels))
    print(json.dumps(scores), f"{time.perf_counter() - started:.0f} s", flush=True)
    return 0


def _scored(labels: Labels, kinds: Sequence[int]) -> dict[str, float]:
    return {"n": len(labels), **{name: round(value, 3) for name, value in corrections.figures(labels, kinds).items()}}


def card(scores: dict[str, dict[str, float]], labels: Labels) -> str:
    """What lies beside the weights."""
    sources = "\n".join(f"- {what}" for what in dict.fromkeys(LICENCES[name] for name in ("phrases", *retries.SETS)))
    rows = "\n".join(f"| {name} | {json.dumps(figures)} |" for name, figures in scores.items())
    counts = ", ".join(f"{int((labels == kind).sum())} {KINDS[kind]}" for kind in (NEW, COMMAND_CORRECTION, ASR_CORRECTION))
    return f"""# What tells second tries

Gradient-boosted trees over features of a pair of turns (agent/learn/rephrase.py), as tables that numpy reads. They tell whether a later turn is
another request or tries an earlier one again, because it did not do what was meant or because it was heard wrong. Made by `make model`.

Trained on made-up logs of homes (training/retries.py), {len(labels)} pairs: {counts}. Who fails, tries again or gives up there, and
how, is written by hand; the sentences are

{sources}

No text of theirs is in the weights. Nobody's real corrections were trained on: SAIF (people correcting an assistant) states no licence and was only
tried on. It was looked at while the made-up logs were written, so its row below is not a stranger's.

| tried on | figures |
|---|---|
{rows}

`made_up` is by cross-validation over homes, with the temperature and the decision that it chose. `python -m benchmarks.rephrase` gives intervals,
floors, and the figures of a model that was trained on SAIF.
"""


if __name__ == "__main__":
    sys.exit(main())
