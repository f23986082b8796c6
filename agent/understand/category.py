"""The pipeline's text category: what a sentence is about, by its words (n-grams) and by what they mean (the encoder).

A spaCy component: it sets `doc.cats`. Registered when this module is imported; agent.understand.model does that before it loads the pipeline.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from agent.understand import encoder, ngrams
from agent.understand.encoder import Encoder, Floats, Head
from agent.understand.ngrams import Ngrams

NAME = "hearth_category"
NGRAMS, HEAD = "ngrams.npz", "head.npz"
OF_NGRAMS, OF_MEANING = 0.6, 0.6
"""What the opinion of each part counts."""


@dataclass(slots=True)
class Category:
    """Both parts, once they are set or read from disk."""

    encoder: Encoder | None = None
    ngrams: Ngrams | None = None
    head: Head | None = None
    _last: tuple[tuple[str, ...], Floats] | None = None

    def __call__(self, doc: Doc) -> Doc:
        words = tuple(token.text for token in doc)
        if self.encoder is not None and self.ngrams is not None and self.head is not None:
            doc.cats = blended(self.ngrams.shares(words), self.head.shares(self.meaning(words)))
        return doc

    def meaning(self, words: Sequence[str]) -> Floats:
        """What the encoder makes of a sentence; of the last one it is known. There has to be an encoder."""
        assert self.encoder is not None
        if self._last is None or self._last[0] != tuple(words):
            self._last = tuple(words), self.encoder.vector(words)
        return self._last[1]

    def to_disk(self, path: Path, exclude: object = ()) -> None:
        """The trained parts; the encoder is an input and lies beside the pipeline."""
        path.mkdir(exist_ok=True)
        if self.ngrams is not None and self.head is not None:
            ngrams.save(self.ngrams, path / NGRAMS)
            encoder.save_head(self.head, path / HEAD)

    def from_disk(self, path: Path, exclude: object = ()) -> "Category":
        """The trained parts. OSError, ValueError or KeyError where they are not there."""
        self.ngrams, self.head = ngrams.load(path / NGRAMS), encoder.load_head(path / HEAD)
        return self


@Language.factory(NAME)
def made(nlp: Language, name: str) -> Category:
    """An empty one."""
    return Category()


def blended(one: Mapping[str, float], other: Mapping[str, float]) -> dict[str, float]:
    """The opinions of both parts as one: their weighted geometric mean."""
    logs = {k: OF_NGRAMS * math.log(max(p, 1e-6)) + OF_MEANING * math.log(max(other.get(k, 0.0), 1e-6)) for k, p in one.items()}
    most = max(logs.values())
    odds = {k: math.exp(v - most) for k, v in logs.items()}
    total = sum(odds.values())
    return {k: v / total for k, v in odds.items()}
