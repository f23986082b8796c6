"""Retraining of the reading, as a process of its own: an order in (agent.learn.reading.Order, JSON), a correction and the gate's replay out.

It has the phrases and the model in memory while it works, and ends. It reads no store and writes none.
"""

import json
import random
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

import numpy as np

from agent.app import skills
from agent.codec import decode
from agent.decide import doubtful
from agent.learn.gate import Read, Reading, replayed
from agent.learn.reading import NOTHING
from agent.learn.retrain import Lesson, fitted
from agent.records import Context, Hypothesis, Label
from agent.understand import model as trained
from agent.understand.correction import Correction, Floats, as_text, from_text
from agent.understand.grammar import Grammar
from agent.understand.model import OOD, TrainedModel
from agent.understand.normal import tokens
from agent.understand.polite import stripped
from agent.understand.reader import Reader
from agent.understand.samples import Sampler, said
from devices.home import Home

AT = datetime(2026, 1, 1, 12, tzinfo=UTC)
"""Any moment: sentences are read the same at all."""
DRAWN = 120
"""Sentences of which the middle is taken."""


def retrain(order: Mapping[str, Any], grammar: Grammar, model: TrainedModel) -> dict[str, Any]:
    """{"weights", "turns", "changed"}. Where the model knows none of the intents there are no weights and no turns: nothing to take on."""
    told = [*order["corrected"], *order["guessed"], *((text, OOD) for text in order["outside"])]
    seen = [(model.seen(stripped(tokens(text)).words), intent) for text, intent in told]
    lessons = [Lesson(vector, odds, intent) for (odds, vector), intent in seen if intent in odds]
    if not lessons:
        return dict(NOTHING)
    home = decode(Home, order["home"])
    weights = as_text(fitted(lessons, middle(grammar, home, model), model.temperature))
    reader = Reader(grammar)
    reader.use(model)
    before = reads(reader, home, from_text(order["weights"]) if order["weights"] else None)
    after = reads(reader, home, from_text(weights))
    found = replayed([decode(Label, label) for label in order["good"]], before, after)
    return {"weights": weights, "turns": found.turns, "changed": found.changed}


def middle(grammar: Grammar, home: Home, model: TrainedModel, seed: int = 1) -> Floats:
    """The mean of what sentences mean, over requests drawn from the phrases: what all have in common says nothing of one."""
    sampler = Sampler(grammar, home, seed)
    phrases = random.Random(seed).sample(sorted(grammar.rules, key=lambda r: r.intent), min(DRAWN, len(grammar.rules)))
    drawn = (sampler.drawn(phrase) for phrase in phrases)
    sentences = [tuple(w for piece in said(pieces) for w in piece.words) for pieces in drawn if pieces]
    return np.asarray(np.mean([model.seen(words)[1] for words in sentences if words], axis=0), dtype=np.float32)


def reads(reader: Reader, home: Home, own: Correction | None) -> Read:
    """A reading of whole sentences: what they are surely enough taken for, each worked out once."""

    @cache
    def read(text: str) -> Reading | None:
        reader.correct(own)
        clauses = reader.understand((Hypothesis(text),), Context(AT, home))
        if len(clauses) != 1 or doubtful(clauses[0][0]):
            return None
        return clauses[0][0].intent, clauses[0][0].slots

    return read


def main() -> None:
    order = json.load(sys.stdin)
    grammar = Grammar(skills(tuple(order["without"])))
    model = trained.load(grammar)
    if model is None:
        sys.stdout.write(json.dumps(NOTHING))
    else:
        sys.stdout.write(json.dumps(retrain(order, grammar, model)))


if __name__ == "__main__":
    main()
