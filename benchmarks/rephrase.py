"""How well second tries are told from new requests, on people's own words (../shared/eval/saif.jsonl).

    python -m benchmarks.rephrase                            # five folds by sitting
    python -m benchmarks.rephrase --folds 10 --data FILE
    python -m benchmarks.rephrase --train FILE --test FILE   # learn from one, try on the other

Every row is tried once by a model that saw nothing of its sitting (it learns from the features and the shipped weights' opinion); temperature and
decision are chosen by cross-validation inside of what is trained on. The features, the settings and the made-up logs were written with this half of
the set in view, so another half is the better judge. Beside it stand the shipped weights, which never saw such data, the same kind of model without
them and without what was said before and after or what else is in the log (`pair_alone`: the set leaves more new requests out than corrections, so
it tells a little about its neighbours that a home's log would not), and two floors: nothing is ever a second try; words in common, from a share on.
`between` is 90 % of 1,000 bootstrap samples of sittings. The last line is JSON.
"""

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from agent.learn.rephrase import COMMAND_CORRECTION, FEATURES, GROUPS, NEW, Detector, features
from agent.learn.trees import Floats
from training import boosting, corrections
from training.boosting import Labels
from training.corrections import Corrections
from training.data import SHARED
from training.rephrase import learned

SAMPLES, BAGGED = 1000, 6
SHARED_WORDS = FEATURES.index("telling_shared")
"""The column of the share of telling words in common."""
ALONE = [i for i, name in enumerate(FEATURES) if name not in {*GROUPS["beside"], *GROUPS["log"]}]

Fit = Callable[[Floats, Labels, Sequence[str]], Callable[[Floats], Sequence[int]]]
"""Rows, labels and groups to learn from -> what tells the kinds of other rows."""


def trained(rows: Floats, labels: Labels, groups: Sequence[str]) -> Callable[[Floats], Sequence[int]]:
    return learned(rows, labels, groups, Detector.open().model, bagged=BAGGED).kinds


def pair_alone(rows: Floats, labels: Labels, groups: Sequence[str]) -> Callable[[Floats], Sequence[int]]:
    found = learned(rows[:, ALONE], labels, groups, names=[FEATURES[i] for i in ALONE], bagged=BAGGED)
    return lambda others: found.kinds(others[:, ALONE])


def words_in_common(rows: Floats, labels: Labels, _: Sequence[str]) -> Callable[[Floats], Sequence[int]]:
    """The share from which on it is a command correction, as scores best where it is learned."""

    def kinds(others: Floats, share: float) -> list[int]:
        return [COMMAND_CORRECTION if row >= share else NEW for row in others[:, SHARED_WORDS]]

    best = max(np.linspace(0.05, 1.0, 20).tolist(), key=lambda share: corrections.figures(labels, kinds(rows, share))["correction_f1"])
    return lambda others: kinds(others, best)


def always_new(*_: object) -> Callable[[Floats], Sequence[int]]:
    return lambda others: [NEW] * len(others)


WAYS: dict[str, Fit] = {"always_new": always_new, "words_in_common": words_in_common, "pair_alone": pair_alone, "trained": trained}


def folded(fit: Fit, rows: Floats, known: Corrections, folds: int) -> Labels:
    """The kind of each row, by a model of the other folds."""
    found = np.zeros(len(rows), np.int64)
    for train, test in boosting.split(known.sittings, folds):
        groups = [sitting for sitting, is_in in zip(known.sittings, train, strict=True) if is_in]
        found[test] = fit(rows[train], known.labels[train], groups)(rows[test])
    return found


def scored(known: Corrections, kinds: Sequence[int] | Labels, seed: int = 1) -> dict[str, Any]:
    """Figures and, of each, what 90 % of bootstrap samples of sittings lie between."""
    found = np.array(kinds)
    rng = np.random.default_rng(seed)
    names = sorted(set(known.sittings))
    rows = {name: np.flatnonzero(np.array(known.sittings) == name) for name in names}
    drawn = []
    for _ in range(SAMPLES):
        some = np.concatenate([rows[names[i]] for i in rng.integers(len(names), size=len(names))])
        drawn.append(list(corrections.figures(known.labels[some], found[some]).values()))
    low, high = np.quantile(np.array(drawn), (0.05, 0.95), axis=0).round(3).tolist()
    figures = corrections.figures(known.labels, found)
    between = {name: [a, b] for name, a, b in zip(figures, low, high, strict=True)}
    return {**{name: round(value, 4) for name, value in figures.items()}, "between": between}


def main() -> None:
    parser = argparse.ArgumentParser(description="Scores what tells second tries.")
    parser.add_argument("--train", type=Path)
    parser.add_argument("--test", type=Path)
    parser.add_argument("--data", type=Path, default=SHARED / "saif.jsonl", help="what is cut into folds where no --test is given")
    parser.add_argument("--folds", type=int, default=5)
    options = parser.parse_args()
    if bool(options.train) != bool(options.test):
        parser.error("--train and --test go together")
    missing = [str(path) for path in ((options.train, options.test) if options.test else (options.data,)) if not path.exists()]
    if missing:
        print(json.dumps({"skipped": f"there is no {' and no '.join(missing)}"}))
        return
    known = corrections.read(options.test or options.data)
    rows = features(known.pairs)
    report: dict[str, Any] = {"shipped": scored(known, Detector.open().decision.kinds(Detector.open().model.probabilities(rows)))}
    if options.train:
        before = corrections.read(options.train)
        theirs = features(before.pairs)
        told = {name: fit(theirs, before.labels, before.sittings)(rows) for name, fit in WAYS.items()}
        how = {"trained_on": len(before.labels)}
    else:
        told = {name: folded(fit, rows, known, options.folds) for name, fit in WAYS.items()}
        how = {"folds": options.folds}
    report |= {name: scored(known, kinds) for name, kinds in told.items()}
    for name, figures in report.items():
        print(json.dumps({name: figures}), flush=True)
    brief = {name: {key: value for key, value in figures.items() if key != "between"} for name, figures in report.items() if name != "trained"}
    print(json.dumps({**report["trained"], "n": len(rows), "sittings": len(set(known.sittings)), **how, **brief}))


if __name__ == "__main__":
    main()
