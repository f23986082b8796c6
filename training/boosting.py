"""Fits boosted trees and writes them as tables (agent/learn/trees.py). Only here is scikit-learn needed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from agent.learn.trees import Floats, Trees

BAGGED = 2
"""Models whose scores are averaged; each is fitted with its own seed."""
INNER = 5
"""Parts of cross-validation inside of what is trained on."""
TEMPERATURES = tuple(np.exp(np.linspace(-0.7, 1.1, 37)).tolist())

Labels = np.ndarray[Any, np.dtype[np.int64]]


def fitted(rows: Floats, labels: Labels, names: Sequence[str], seed: int = 0, bagged: int = BAGGED) -> Trees:
    """Trees for the classes 0 to the highest label. `rows` (n, features), finite."""
    models = [model(seed * 100 + i).fit(rows, labels) for i in range(bagged)]
    return exported(models, names)


def model(seed: int) -> HistGradientBoostingClassifier:
    """One fit's settings: shallow trees, a third of the features at each split, nothing stops early."""
    return HistGradientBoostingClassifier(
        max_iter=100,
        learning_rate=0.05,
        max_leaf_nodes=8,
        max_depth=4,
        min_samples_leaf=40,
        l2_regularization=5.0,
        max_features=0.3,
        early_stopping=False,
        random_state=seed,
    )


def exported(models: Sequence[HistGradientBoostingClassifier], names: Sequence[str]) -> Trees:
    """The mean of the models' scores as one table. It reads fields that scikit-learn calls its own: a test compares the two."""
    nodes: list[tuple[int, float, int, int, float]] = []
    roots: list[int] = []
    columns: list[int] = []
    depth = 0
    for fit in models:
        for round_ in fit._predictors:  # noqa: SLF001
            for column, tree in enumerate(round_):
                first = len(nodes)
                roots.append(first)
                columns.append(column)
                depth = max(depth, int(tree.nodes["depth"].max()))
                for here, node in enumerate(tree.nodes):
                    if node["is_leaf"]:
                        nodes.append((0, np.inf, first + here, first + here, float(node["value"]) / len(models)))
                    else:
                        left, right = first + int(node["left"]), first + int(node["right"])
                        nodes.append((int(node["feature_idx"]), float(node["num_threshold"]), left, right, 0.0))
    start = np.mean([fit._baseline_prediction.reshape(-1) for fit in models], axis=0)  # noqa: SLF001
    feature, threshold, left, right, value = (np.array(column) for column in zip(*nodes, strict=True))
    return Trees(
        tuple(names),
        feature.astype(np.int32),
        threshold.astype(np.float64),
        left.astype(np.int32),
        right.astype(np.int32),
        value.astype(np.float64),
        np.array(roots, np.int32),
        np.array(columns, np.int32),
        np.asarray(start, np.float64),
        depth,
    )


def parts(groups: Sequence[str], count: int, seed: int = 0) -> Labels:
    """(n,): the part of each row, 0 to count - 1. A group is in one part; the parts are about as large as each other."""
    names, sizes = np.unique(np.array(groups), return_counts=True)
    tie = np.random.default_rng(seed).random(len(names))
    load = np.zeros(count)
    of: dict[str, int] = {}
    for i in np.lexsort((tie, -(sizes * (0.5 + tie)))):
        of[str(names[i])] = int(load.argmin())
        load[load.argmin()] += sizes[i]
    return np.array([of[group] for group in groups], np.int64)


def crossed(rows: Floats, labels: Labels, groups: Sequence[str], fit: Callable[[Floats, Labels], Trees], count: int = INNER, seed: int = 0) -> Floats:
    """(n, classes): raw scores of each row by a model that saw nothing of its group."""
    found = np.zeros((len(rows), int(labels.max()) + 1))
    for train, test in split(groups, count, seed):
        found[test] = fit(rows[train], labels[train]).scores(rows[test])
    return found


def split(groups: Sequence[str], count: int, seed: int = 0) -> Iterator[tuple[Any, Any]]:
    """(train, test) masks, each row tested once."""
    part = parts(groups, count, seed)
    for k in range(count):
        yield part != k, part == k


def softened(scores: Floats, temperature: float) -> Floats:
    """Raw scores as probabilities."""
    odds = np.exp((scores - scores.max(axis=1, keepdims=True)) / temperature)
    return np.asarray(odds / odds.sum(axis=1, keepdims=True), np.float64)


def tempered(trees: Trees, scores: Floats, labels: Labels) -> Trees:
    """The trees with the temperature under which the labels of held-out scores are likeliest."""

    def loss(temperature: float) -> float:
        return -float(np.log(np.maximum(1e-12, softened(scores, temperature)[np.arange(len(labels)), labels])).mean())

    return replace(trees, temperature=round(min(TEMPERATURES, key=loss), 3))
