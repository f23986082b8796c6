"""The spaCy pipeline: a small convolutional encoder of hashed word features with a tag per word upon it, and the text category."""

import random
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import fix_random_seed

from agent.understand.category import NAME, Category
from training.data import Sample

WIDTH = 64
DEPTH = 2
ROWS = {"NORM": 5000, "SUFFIX": 1000}
DROPOUT = 0.3
EPOCHS = 6
RATE = (0.006, 0.0003)
BATCH = (64, 512)
NO_TAG = "O"


def encoder() -> dict[str, Any]:
    return {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": WIDTH,
            "attrs": list(ROWS),
            "rows": list(ROWS.values()),
            "include_static_vectors": False,
        },
        "encode": {"@architectures": "spacy.MaxoutWindowEncoder.v2", "width": WIDTH, "window_size": 1, "maxout_pieces": 3, "depth": DEPTH},
    }


def built(tags: Iterable[str]) -> Language:
    """An untrained pipeline."""
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH, "upstream": "tok2vec"}
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": encoder()})
    tagger: Any = nlp.add_pipe(
        "tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listener, "normalize": False}, "label_smoothing": 0.0}
    )
    for tag in (NO_TAG, *sorted(tags)):
        tagger.add_label(tag)
    return nlp


def example(nlp: Language, sample: Sample) -> Example:
    doc = Doc(nlp.vocab, words=list(sample.words))
    told = {"tags": [tag or NO_TAG for tag in sample.tags], "words": list(sample.words)}
    return Example.from_dict(doc, told)


def trained(samples: Sequence[Sample], found: Category, seed: int = 1, epochs: int = EPOCHS, say: Callable[[str], None] = print) -> Language:
    """A pipeline whose tagger is trained on the samples with tags, with a category that was trained already."""
    fix_random_seed(seed)
    rng = random.Random(seed)
    nlp = built({tag for s in samples for tag in s.tags if tag})
    examples = [example(nlp, s) for s in samples if s.tags]
    optimizer = nlp.initialize(lambda: examples[:2000])
    started, step = time.perf_counter(), 0
    steps = epochs * len(examples) // ((BATCH[0] + BATCH[1]) // 2)
    for epoch in range(epochs):
        rng.shuffle(examples)
        losses: dict[str, float] = {}
        at = 0
        while at < len(examples):
            share = min(1.0, step / max(1, steps))
            optimizer.learn_rate = RATE[0] + (RATE[1] - RATE[0]) * share
            size = int(BATCH[0] + (BATCH[1] - BATCH[0]) * share)
            nlp.update(examples[at : at + size], drop=DROPOUT, sgd=optimizer, losses=losses)
            at += size
            step += 1
        say(f"  epoch {epoch + 1}/{epochs}: {time.perf_counter() - started:.0f} s, " + ", ".join(f"{k} {v:.1f}" for k, v in losses.items()))
    category: Any = nlp.add_pipe(NAME)
    category.encoder, category.ngrams, category.head = found.encoder, found.ngrams, found.head
    return nlp
