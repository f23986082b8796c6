"""What the reading is retrained from, when it is time to, and the retraining itself: labels in, a correction out. Pure functions.

The trained model stays as it was shipped. What a home adds is a correction of its category (agent.understand.correction): the likeliest weights
over the home's sentences under a Gaussian prior around none (a Gaussian process seen from its weights; L-BFGS). Three sorts of sentences speak:
those that people had to say otherwise, as what was meant; the guesses that went well, as they were read, so that they stay so; and
what was never meant for the agent.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from scipy.optimize import minimize

from agent.learn.gate import ABOVE, good_turns
from agent.learn.labels import ANSWER
from agent.learn.log import Log, Past
from agent.records import Failure, Label
from agent.understand.correction import Correction, Floats, likeness
from agent.wording import bare_request

LEAST = 5
"""Sentences that have to be corrected anew before it is worth retraining; of fewer in all nothing is learned."""
MOST = 400
"""Sentences of each sort that are learned from, the newest."""
REPLAYED = 500
"""Different good sentences that the gate reads again; those of the last day whatever they are."""
TURNS = 5_000
"""Good turns that it counts, beside those of the last day."""
DAY = timedelta(days=1)
AT_ONCE = timedelta(minutes=10)
CONTRARY = 0.5
"""Words that may mean a second intent, at least this surely, teach neither."""
PRIOR = 16.0
"""The variance of the prior: how far a sentence alone may move the odds."""
ROUNDS = 100


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence as it was heard, and what it meant: an intent."""

    text: str
    intent: str

    def __str__(self) -> str:
        return f"{bare_request(self.text)} = {self.intent}"


@dataclass(frozen=True, slots=True)
class Examples:
    """What a log has to teach. `outside` was meant for nobody here; `good` turns are what the gate reads again."""

    corrected: tuple[Example, ...]
    guessed: tuple[Example, ...]
    outside: tuple[str, ...]
    good: tuple[Label, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """What was corrected, and to what: by these it is known what is new, and what is not there any more."""
        return tuple(sorted(map(str, self.corrected)))


def examples(log: Log, failed: Iterable[Failure], meant: Iterable[Label], unlearned: Iterable[str] = ()) -> Examples:
    """Of labels and failure points that are sure enough, by themselves or together. What somebody had the agent forget teaches nothing."""
    turns, forgotten = {t.id: t for t in log.turns}, frozenset(unlearned)
    failed, meant = tuple(failed), tuple(meant)
    misheard = {f.turn for f in failed if f.stage == "asr"}
    told: dict[str, list[tuple[Past, Label]]] = defaultdict(list)
    for label in meant:
        turn = turns[label.turn]
        if label.source != ANSWER and turn.teaches and turn.bare not in forgotten and label.turn not in misheard:
            told[turn.bare].append((turn, label))
    corrected: dict[str, Example] = {}
    guessed: dict[str, Example] = {}
    for words, rows in sorted(told.items(), key=lambda item: item[1][-1][0].number):
        intent, newest = _sure_of(rows), rows[-1][0]
        if any(label.source != "itself" and label.intent == intent != turn.intent for turn, label in rows):
            corrected[words] = Example(newest.text, intent)
        elif intent and newest.by == "model":
            guessed[words] = Example(newest.text, intent)
    unmeant = dict.fromkeys(t for f in failed if f.stage == "false_wake" and f.confidence >= ABOVE and (t := turns[f.turn].text))
    outside = [text for text in unmeant if bare_request(text) not in corrected and bare_request(text) not in guessed]
    return Examples(tuple(corrected.values())[-MOST:], tuple(guessed.values())[-MOST:], tuple(outside[-MOST:]), _replayed(log, meant))


def _sure_of(rows: Sequence[tuple[Past, Label]]) -> str:
    """The intent that the labels of the same words are together sure of; "" where they are not, or speak for two. At once is one occasion."""
    wrong: dict[str, float] = defaultdict(lambda: 1.0)
    last: dict[str, datetime] = {}
    for turn, label in rows:
        if label.intent not in last or turn.at - last[label.intent] > AT_ONCE:
            wrong[label.intent] *= 1 - label.confidence
        last[label.intent] = turn.at
    ranked = sorted(wrong, key=wrong.__getitem__)
    alone = len(ranked) == 1 or 1 - wrong[ranked[1]] < CONTRARY
    return ranked[0] if alone and round(1 - wrong[ranked[0]], 9) >= ABOVE else ""


def _replayed(log: Log, meant: Iterable[Label]) -> tuple[Label, ...]:
    """The good turns of the last day, and before it as many as make up REPLAYED different sentences; oldest first."""
    at = {t.id: t.at for t in log.turns}
    good, seen = good_turns(meant), set[str]()
    since = max(at[m.turn] for m in good) - DAY if good else None
    found: list[Label] = []
    for label in reversed(good):
        seen.add(label.transcript)
        if since is not None and at[label.turn] < since and (len(seen) > REPLAYED or len(found) >= TURNS):
            break
        found.append(label)
    return tuple(reversed(found))


def is_due(now: Sequence[str], tried: Sequence[str]) -> bool:
    """Enough was corrected since the last time, or something that was learned from is not there any more."""
    return len(now) >= LEAST and (len(set(now) - set(tried)) >= LEAST or bool(set(tried) - set(now)))


@dataclass(frozen=True, slots=True)
class Lesson:
    """A sentence as the category sees it: the encoder's `vector` and the log of each intent's share as shipped; and what it is."""

    vector: Floats
    odds: Mapping[str, float]
    intent: str


def fitted(lessons: Sequence[Lesson], centre: Floats, temperature: float = 1.0) -> Correction:
    """The correction under which the lessons' intents are likeliest; the same for the same lessons. ValueError where there is none."""
    if not lessons:
        raise ValueError("a correction needs a lesson")
    vectors = np.array([lesson.vector for lesson in lessons])
    labels = tuple(lessons[0].odds)
    odds = np.array([[lesson.odds[label] for label in labels] for lesson in lessons])
    intents = np.array([labels.index(lesson.intent) for lesson in lessons])
    alike = likeness(vectors, vectors, centre).astype(np.float64)
    rows, shape = np.arange(len(lessons)), odds.shape
    right = np.zeros(shape)
    right[rows, intents] = 1.0

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(shape)
        added = alike @ weights
        shares = _shares((odds + added) / temperature)
        cost = -np.log(np.maximum(shares[rows, intents], 1e-12)).sum() + (weights * added).sum() / (2 * PRIOR)
        return float(cost), (alike @ ((shares - right) / temperature + weights / PRIOR)).ravel()

    best = minimize(loss, np.zeros(odds.size), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS})
    return Correction(labels, centre, vectors, best.x.reshape(shape).astype(np.float32))


def _shares(odds: np.ndarray) -> np.ndarray:
    raised = np.exp(odds - odds.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))
