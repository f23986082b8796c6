"""Trains the understanding's model from scratch: `python -m training.understand` (`make model`). Needs ../shared; one core, about ten minutes.

First five models are trained on four fifths of the groups each and tried, inside the whole reader, on the rows that they have not seen: those are
the scores printed first. Their predictions also give the temperature that calibrates confidence and the least confidence that counts. Then the
model that is shipped is trained on everything, with the same settings and seed.
"""

import json
import math
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language

from agent.app import skills
from agent.understand.grammar import Grammar
from agent.understand.model import FOLDER, Predict, Settings, TrainedModel, calibrated, predictor
from agent.understand.reader import Reader
from training import card, data, pipeline
from training.data import OOD, Sample
from training.scoring import Judge

TEMPERATURES = [0.5 + 0.05 * i for i in range(60)]
ACCEPTS = (0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8)
MOST_FALSE = 0.015
"""The share of talk that is not for the home that readings of the model alone may let in."""


class Remembered:
    """Predictions of each fold's model, kept so that settings can be tried without predicting again."""

    def __init__(self) -> None:
        self.of: dict[tuple[int, tuple[str, ...]], tuple[Mapping[str, float], Sequence[str]]] = {}

    def fold(self, number: int, predict: Predict) -> Predict:
        def remembered(words: Sequence[str]) -> tuple[Mapping[str, float], Sequence[str]]:
            key = (number, tuple(words))
            if key not in self.of:
                self.of[key] = predict(words)
            return self.of[key]

        return remembered


def fit_temperature(rows: Sequence[tuple[Mapping[str, float], Sample]]) -> float:
    """The temperature under which the right intents are likeliest."""

    def loss(temperature: float) -> float:
        return -sum(math.log(max(1e-9, calibrated(raw, temperature).get(s.intent, 0.0))) for raw, s in rows)

    return min(TEMPERATURES, key=loss)


def fit_accept(rows: Sequence[tuple[Mapping[str, float], Sample]], temperature: float) -> float:
    """The least confidence from which few sentences that are not for the home are taken for one."""
    outside = [calibrated(raw, temperature) for raw, s in rows if s.intent == OOD]

    def false(accept: float) -> float:
        return sum(max(p.items(), key=lambda kv: kv[1])[0] != OOD and max(p.values()) >= accept for p in outside) / max(1, len(outside))

    return next((a for a in ACCEPTS if false(a) <= MOST_FALSE), ACCEPTS[-1])


def crossed(samples: Sequence[Sample], grammar: Grammar, say: Callable[[str], None]) -> tuple[Settings, dict[str, Any]]:
    """Settings and scores by cross-validation."""
    memory = Remembered()
    tried: list[tuple[int, Predict, list[Sample]]] = []
    for number, (train, test) in enumerate(data.folds(samples)):
        say(f"fold {number + 1}: {len(train)} to learn from, {len(test)} to try")
        nlp = pipeline.trained(train, say=say)
        predict = memory.fold(number, predictor(nlp))
        for sample in test:
            predict(sample.words)
        tried.append((number, predict, test))
    rows = [(memory.of[number, s.words][0], s) for number, _, test in tried for s in test]
    temperature = fit_temperature(rows)
    settings = Settings(round(temperature, 3), fit_accept(rows, temperature))
    reader = Reader(grammar)
    judge = Judge()
    for _, predict, test in tried:
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
    say = _printed
    settings, scores = crossed(samples, grammar, say)
    print("Cross-validated, in the whole reader (no near twin of a test text in training):", flush=True)
    for name, figures in scores.items():
        print(f"  {name}: {json.dumps(figures)}", flush=True)
    print(f"  temperature {settings.temperature}, accepted from {settings.accept}", flush=True)
    nlp = pipeline.trained(samples, say=say)
    write(nlp, settings, scores, sources, FOLDER)
    print(f"Written to {FOLDER} after {time.perf_counter() - started:.0f} s", flush=True)
    return 0


def _printed(line: str) -> None:
    print(line, flush=True)


def write(nlp: Language, settings: Settings, scores: Mapping[str, Any], sources: Mapping[str, int], folder: Path) -> None:
    """The pipeline without the words it was trained on (features are hashed), its settings, scores and card."""
    folder.mkdir(parents=True, exist_ok=True)
    nlp.to_disk(folder, exclude=["vocab", "tokenizer"])
    (folder / "settings.json").write_text(
        json.dumps({"temperature": settings.temperature, "accept": settings.accept, "agree": settings.agree}) + "\n"
    )
    (folder / "scores.json").write_text(json.dumps({"cross_validated": scores, "trained_on": dict(sources)}, indent=1) + "\n")
    (folder / "CARD.md").write_text(card.text(scores, sources))


if __name__ == "__main__":
    sys.exit(main())
