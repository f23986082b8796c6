"""Trains the understanding's model from scratch: `python -m training.understand` (`make model`). Needs ../shared; two cores, about ten minutes.

First five categories are trained on four fifths of the groups each and tried, inside the whole reader, on the rows that they have not seen: those
are the scores printed first. Their predictions also give the temperature that calibrates confidence and how likely it must be that the home is
spoken to. Then the model that is shipped is trained on everything, with the same settings and seed.
"""

import json
import math
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from functools import cache
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language

from agent.app import skills
from agent.understand.category import Category, blended
from agent.understand.encoder import Floats
from agent.understand.grammar import Grammar
from agent.understand.model import FOLDER, Predict, Settings, TrainedModel, calibrated
from agent.understand.reader import Reader
from training import card, category, data, pipeline, stale
from training.data import OOD, Sample
from training.scoring import Judge

TEMPERATURES = [0.5 + 0.05 * i for i in range(60)]
INSIDE = [0.2 + 0.01 * i for i in range(80)]
MOST_FALSE = 0.02
"""The share of talk that is not for the home that readings of the model alone may let in."""


AT_ONCE = 500
"""Sentences that a process encodes at a time."""


class Meant:
    """The encoder's vectors of the samples, worked out once: every model that is tried starts from the same."""

    def __init__(self, samples: Sequence[Sample], beside: Executor) -> None:
        self.encoder = category.read_encoder()
        sentences = list(dict.fromkeys(s.words for s in samples))
        parts = [sentences[i : i + AT_ONCE] for i in range(0, len(sentences), AT_ONCE)]
        self._of = dict(zip(sentences, chain.from_iterable(beside.map(category.vectors, parts)), strict=True))

    def __call__(self, words: Sequence[str]) -> Floats:
        known = self._of.get(tuple(words))
        return self.encoder.vector(words) if known is None else known

    def trained(self, samples: Sequence[Sample], beside: Executor) -> Category:
        """A category trained on samples."""
        sentences, intents = [s.words for s in samples], [s.intent for s in samples]
        return category.trained(sentences, np.array([self(words) for words in sentences]), intents, self.encoder, beside)


def opinions(found: Category, meant: Meant) -> Predict:
    """What a category says of words; nothing is tagged."""
    by_words, by_meaning = found.ngrams, found.head
    assert by_words is not None
    assert by_meaning is not None

    @cache
    def predict(words: tuple[str, ...]) -> tuple[Mapping[str, float], Sequence[str]]:
        return blended(by_words.shares(words), by_meaning.shares(meant(words))), ("",) * len(words)

    return lambda words: predict(tuple(words))


def fit_temperature(rows: Sequence[tuple[Mapping[str, float], Sample]]) -> float:
    """The temperature under which the right intents are likeliest."""

    def loss(temperature: float) -> float:
        return -sum(math.log(max(1e-9, calibrated(raw, temperature).get(s.intent, 0.0))) for raw, s in rows)

    return min(TEMPERATURES, key=loss)


def fit_inside(rows: Sequence[tuple[Mapping[str, float], Sample]], temperature: float) -> float:
    """How likely it must be that a sentence is for the home, so that few others are taken for one."""
    outside = [1.0 - calibrated(raw, temperature).get(OOD, 0.0) for raw, s in rows if s.intent == OOD]
    return next((t for t in INSIDE if sum(p >= t for p in outside) <= MOST_FALSE * len(outside)), INSIDE[-1])


def crossed(
    samples: Sequence[Sample], grammar: Grammar, meant: Meant, beside: Executor, say: Callable[[str], None]
) -> tuple[Settings, dict[str, Any]]:
    """Settings and scores by cross-validation."""
    tried: list[tuple[Predict, list[Sample]]] = []
    for number, (train, test) in enumerate(data.folds(samples)):
        started = time.perf_counter()
        tried.append((opinions(meant.trained(train, beside), meant), test))
        say(f"fold {number + 1}: {len(train)} to learn from, {len(test)} to try, {time.perf_counter() - started:.0f} s")
    rows = [(predict(s.words)[0], s) for predict, test in tried for s in test]
    temperature = fit_temperature(rows)
    settings = Settings(round(temperature, 3), round(fit_inside(rows, temperature), 2))
    reader = Reader(grammar)
    judge = Judge()
    for predict, test in tried:
        reader.use(TrainedModel(predict, settings, grammar))
        for sample in test:
            judge.row(sample.source, sample.row or {}, reader)
    return settings, judge.report()


def main() -> int:
    started = time.perf_counter()
    grammar = Grammar(skills())
    samples = data.grouped(data.generated(grammar) + data.halves(grammar))
    sources = Counter(s.source for s in samples)
    print(f"{len(samples)} sentences of {len({s.intent for s in samples})} intents: {dict(sources)}", flush=True)
    with ProcessPoolExecutor(2, get_context("spawn")) as beside:
        meant = Meant(samples, beside)
        print(f"encoded after {time.perf_counter() - started:.0f} s", flush=True)
        settings, scores = crossed(samples, grammar, meant, beside, _printed)
        shown(settings, scores)
        found = meant.trained(samples, beside)
    nlp = pipeline.trained(samples, found, say=_printed)
    write(nlp, settings, scores, sources, FOLDER)
    stale.note(grammar.rules, FOLDER)
    print(f"Written to {FOLDER} after {time.perf_counter() - started:.0f} s", flush=True)
    return 0


def shown(settings: Settings, scores: Mapping[str, Any]) -> None:
    print("Cross-validated, in the whole reader (no near twin of a test text in training):", flush=True)
    for name, figures in scores.items():
        print(f"  {name}: {json.dumps(figures)}", flush=True)
    print(f"  temperature {settings.temperature}, for the home from {settings.inside}", flush=True)


def _printed(line: str) -> None:
    print(line, flush=True)


def write(nlp: Language, settings: Settings, scores: Mapping[str, Any], sources: Mapping[str, int], folder: Path) -> None:
    """The pipeline without the words it was trained on (features are hashed), its settings, scores and card."""
    folder.mkdir(parents=True, exist_ok=True)
    nlp.to_disk(folder, exclude=["vocab", "tokenizer"])
    (folder / "settings.json").write_text(
        json.dumps({"temperature": settings.temperature, "inside": settings.inside, "agree": settings.agree}) + "\n"
    )
    (folder / "scores.json").write_text(json.dumps({"cross_validated": scores, "trained_on": dict(sources)}, indent=1) + "\n")
    (folder / "CARD.md").write_text(card.text(scores, sources))


if __name__ == "__main__":
    sys.exit(main())
