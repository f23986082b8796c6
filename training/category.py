"""Trains the two parts of agent.understand.category: multinomial logistic regression over n-grams, and over what the encoder makes of a sentence."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from concurrent.futures import Executor
from functools import cache

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from agent.understand.category import Category
from agent.understand.encoder import Encoder, Floats, Head, load
from agent.understand.model import ENCODER, FOLDER
from agent.understand.ngrams import Ngrams, weighed

LEAST = 3
"""An n-gram of fewer sentences is not kept."""
STRENGTH = 10.0
"""Inverse of the regularisation of the n-grams."""
STRENGTH_OF_MEANING = 0.1
"""Inverse of the regularisation on the encoder's numbers, each brought to the same spread."""
ROUNDS = 100

Sentences = Sequence[Sequence[str]]


def trained(sentences: Sentences, vectors: Floats, intents: Sequence[str], encoder: Encoder, beside: Executor) -> Category:
    """Both parts at the same time, that of the n-grams in another process; the same for the same sentences."""
    linear = beside.submit(trained_ngrams, sentences, intents)
    head = trained_head(vectors, intents)
    return Category(encoder, linear.result(), head)


@cache
def read_encoder() -> Encoder:
    """The shipped encoder, read once a process."""
    return load(FOLDER / ENCODER)


def vectors(sentences: Sentences) -> list[Floats]:
    """What the encoder makes of each, those of as many pieces worked out together."""
    encoder = read_encoder()
    rows = [encoder.rows(words) for words in sentences]
    by_length: dict[int, list[int]] = defaultdict(list)
    for i, found in enumerate(rows):
        by_length[len(found)].append(i)
    made: dict[int, Floats] = {}
    for alike in by_length.values():
        made |= dict(zip(alike, encoder.vectors([rows[i] for i in alike]), strict=True))
    return [made[i] for i in range(len(rows))]


def trained_ngrams(sentences: Sentences, intents: Sequence[str]) -> Ngrams:
    """The layer over n-grams, kept in one byte a weight."""
    read = [list(weighed(words)) for words in sentences]
    seen = Counter(key for sentence in read for key in {key for key, _ in sentence})
    rows = {key: row for row, key in enumerate(sorted(key for key, n in seen.items() if n >= LEAST))}
    model = LogisticRegression(C=STRENGTH, max_iter=ROUNDS, tol=1e-3).fit(_matrix(read, rows), np.array(intents))
    weights = model.coef_.T.astype(np.float32)
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-9) / 127
    table = np.rint(weights / scale).astype(np.int8)
    return Ngrams(tuple(str(label) for label in model.classes_), rows, table, scale, model.intercept_.astype(np.float32))


def trained_head(vectors: Floats, intents: Sequence[str]) -> Head:
    """The layer on the encoder's vector; (sentences, width) as it gives them."""
    mean, spread = vectors.mean(axis=0), vectors.std(axis=0) + 1e-6
    model = LogisticRegression(C=STRENGTH_OF_MEANING, max_iter=ROUNDS, tol=1e-3).fit((vectors - mean) / spread, np.array(intents))
    weight = (model.coef_ / spread).astype(np.float32)
    bias = (model.intercept_ - weight @ mean).astype(np.float32)
    return Head(tuple(str(label) for label in model.classes_), weight, bias)


def _matrix(read: Sequence[Sequence[tuple[int, float]]], rows: dict[int, int]) -> csr_matrix:
    starts, columns, values = [0], [], []
    for sentence in read:
        known = [(rows[key], value) for key, value in sentence if key in rows]
        columns += [row for row, _ in known]
        values += [value for _, value in known]
        starts.append(len(columns))
    return csr_matrix((np.array(values, dtype=np.float32), columns, starts), shape=(len(read), len(rows)))
