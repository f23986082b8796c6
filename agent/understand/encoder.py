"""A small sentence encoder: words -> a vector that says what they mean, near for "it's too dark" and "I can't see a thing".

The first layers of a published BERT, kept in a byte a weight (training/encoder.py cuts it down; the card beside the weights names it) and run by
numpy: a few million multiplications a word. Devlin et al., 2019; WordPiece: Wu et al., 2016.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.int8]
FIRST, LAST, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
INSIDE = "##"
"""What a piece inside of a word begins with."""
HEADS = 12
MOST = 64
"""Pieces of a sentence that are read; the rest is left out."""


@dataclass(frozen=True, slots=True)
class Encoder:
    """`pieces`: piece of a word -> row of `table`, a byte a weight with a `scale` a row: few rows are used at a time, the rest stays small.
    `weights`: float32 by name; a linear layer is (out, in)."""

    pieces: Mapping[str, int]
    table: Bytes
    scale: Floats
    weights: Mapping[str, Floats]
    layers: int

    def vector(self, words: Sequence[str]) -> Floats:
        """The mean of the last layer's states."""
        return np.asarray(self.vectors([self.rows(words)])[0], dtype=np.float32)

    def vectors(self, rows: Sequence[Sequence[int]]) -> Floats:
        """The same for sentences of as many pieces each, given by their rows, at once: (sentences, width)."""
        w, count, length = self.weights, len(rows), len(rows[0])
        at = np.array(rows).ravel()
        x = self._normed(self.table[at] * self.scale[at][:, None] + np.tile(w["places"][:length], (count, 1)), "start")
        for layer in range(self.layers):
            x = self._normed(self._linear(self._attention(x, count, layer), f"{layer}.out") + x, f"{layer}.first")
            wide = self._linear(x, f"{layer}.up")
            wide *= 0.5 * (1.0 + np.tanh(0.7978846 * (wide + 0.044715 * wide * wide * wide)))
            x = self._normed(self._linear(wide, f"{layer}.down") + x, f"{layer}.second")
        return np.asarray(x.reshape(count, length, -1).mean(axis=1), dtype=np.float32)

    def rows(self, words: Sequence[str]) -> list[int]:
        """The rows of a sentence's pieces, its edges included."""
        inner = [self.pieces[piece] for word in words for piece in self.cut(word)]
        return [self.pieces[FIRST], *inner[: MOST - 2], self.pieces[LAST]]

    def cut(self, word: str) -> Iterator[str]:
        """The longest pieces that a word is made of, from its beginning."""
        start = 0
        while start < len(word):
            head = INSIDE if start else ""
            end = next((end for end in range(len(word), start, -1) if head + word[start:end] in self.pieces), 0)
            if not end:
                yield UNKNOWN
                return
            yield head + word[start:end]
            start = end

    def _attention(self, x: Floats, count: int, layer: int) -> Floats:
        width = x.shape[-1]
        query, key, value = self._linear(x, f"{layer}.all").reshape(count, -1, 3, HEADS, width // HEADS).transpose(2, 0, 3, 1, 4)
        scores = query @ key.transpose(0, 1, 3, 2) * np.float32((width / HEADS) ** -0.5)
        shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
        mixed = (shares / shares.sum(axis=-1, keepdims=True)) @ value
        return np.asarray(mixed.transpose(0, 2, 1, 3).reshape(-1, width), dtype=np.float32)

    def _linear(self, x: Floats, name: str) -> Floats:
        return np.asarray(x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"], dtype=np.float32)

    def _normed(self, x: Floats, name: str) -> Floats:
        centred = x - x.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + np.float32(1e-12))
        return np.asarray(centred / spread * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"], dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Head:
    """One linear layer on the encoder's vector: an intent a row."""

    labels: tuple[str, ...]
    weight: Floats
    bias: Floats

    def shares(self, vector: Floats) -> dict[str, float]:
        """The probability of each intent."""
        logits = self.weight @ vector + self.bias
        odds = np.exp(logits - logits.max())
        return dict(zip(self.labels, (odds / odds.sum()).tolist(), strict=True))


def load(path: Path) -> Encoder:
    """What `save` wrote. OSError, ValueError or KeyError where the file is not such a one."""
    with np.load(path, allow_pickle=False) as kept:
        pieces = {piece: row for row, piece in enumerate(str(kept["names"]).split(" "))}
        weights = {name: _whole(kept[name], kept.get(f"{name}.scale")) for name in kept.files if "." in name and not name.endswith(".scale")}
        weights["places"] = _whole(kept["places"], kept["places.scale"])
        return Encoder(pieces, kept["pieces"], kept["pieces.scale"], weights, int(kept["layers"]))


def _whole(found: npt.NDArray[np.generic], scale: Floats | None) -> Floats:
    return found.astype(np.float32) if scale is None else found.astype(np.float32) * scale[:, None]


def save(encoder: Encoder, path: Path) -> None:
    """Matrices in a byte a weight with a scale a row, the rest in two bytes."""
    kept: dict[str, npt.NDArray[np.generic]] = {"names": np.array(" ".join(encoder.pieces)), "layers": np.array(encoder.layers)}
    kept |= {"pieces": encoder.table, "pieces.scale": encoder.scale}
    for name, found in encoder.weights.items():
        if found.ndim < 2:
            kept[name] = found.astype(np.float16)
        else:
            kept[name], kept[f"{name}.scale"] = in_bytes(found)
    np.savez_compressed(path, **kept)  # type: ignore[arg-type]


def in_bytes(found: Floats) -> tuple[Bytes, Floats]:
    """A matrix in a byte a weight, and the scale of each row."""
    scale = np.maximum(np.abs(found).max(axis=1), 1e-9).astype(np.float32) / np.float32(127)
    return np.rint(found / scale[:, None]).astype(np.int8), scale


def load_head(path: Path) -> Head:
    """What `save_head` wrote. OSError, ValueError or KeyError where the file is not such a one."""
    with np.load(path, allow_pickle=False) as kept:
        return Head(tuple(kept["labels"].tolist()), kept["weight"].astype(np.float32), kept["bias"].astype(np.float32))


def save_head(head: Head, path: Path) -> None:
    """Two bytes a weight."""
    np.savez_compressed(path, labels=np.array(head.labels), weight=head.weight.astype(np.float16), bias=head.bias)
