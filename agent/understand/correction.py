"""A home's own correction of the trained category: what its people had to say otherwise is read as it was meant, and so is what means nearly the
same; all else stays as it is.

It adds to the category's log odds, by how near a sentence is in meaning to each one that was learned from (agent.learn.retrain makes it).
"""

import base64
import io
import math
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
SHIPPED = Path(__file__).parents[1] / "models" / "understand" / "hearth_category"
SHARPNESS = 4
"""How fast what was learned fades with the distance: the power of the cosine."""


@dataclass(frozen=True, slots=True, eq=False)
class Correction:
    """`labels`: the intents. `centre`: the middle of all sentences (width). `vectors`: what was learned from (n, width). `weights`: (n, labels)."""

    labels: tuple[str, ...]
    centre: Floats
    vectors: Floats
    weights: Floats

    def added(self, vector: Floats) -> dict[str, float]:
        """What a sentence's log odds gain, by intent."""
        near = likeness(vector[None, :], self.vectors, self.centre)[0]
        return dict(zip(self.labels, (near @ self.weights).tolist(), strict=True))

    def applied(self, shares: Mapping[str, float], vector: Floats) -> dict[str, float]:
        """The category's shares, corrected; intents that it does not know stay as likely as they were beside each other."""
        added = self.added(vector)
        odds = {intent: math.log(max(p, 1e-9)) + added.get(intent, 0.0) for intent, p in shares.items()}
        most = max(odds.values())
        raised = {intent: math.exp(v - most) for intent, v in odds.items()}
        total = sum(raised.values())
        return {intent: v / total for intent, v in raised.items()}


def likeness(one: Floats, other: Floats, centre: Floats) -> Floats:
    """How near sentences are in meaning, 0-1: (n, width), (m, width) -> (n, m)."""
    return np.asarray(np.maximum(_unit(one - centre) @ _unit(other - centre).T, 0.0) ** SHARPNESS, dtype=np.float32)


def _unit(vectors: Floats) -> Floats:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), dtype=np.float32)


def as_text(found: Correction) -> str:
    """A correction as the store keeps it: numbers of two bytes."""
    kept = io.BytesIO()
    np.savez_compressed(
        kept,
        labels=np.array(found.labels),
        centre=found.centre.astype(np.float16),
        vectors=found.vectors.astype(np.float16),
        weights=found.weights.astype(np.float16),
    )
    return base64.b64encode(kept.getvalue()).decode()


def from_text(text: str) -> Correction:
    """What `as_text` wrote. ValueError where it is none."""
    try:
        with np.load(io.BytesIO(base64.b64decode(text, validate=True)), allow_pickle=False) as kept:
            labels = tuple(str(label) for label in kept["labels"])
            centre, vectors, weights = (kept[name].astype(np.float32) for name in ("centre", "vectors", "weights"))
    except (EOFError, KeyError, OSError, BadZipFile) as error:
        raise ValueError(f"they are no weights: {error}") from None
    if weights.shape != (len(vectors), len(labels)) or centre.shape != vectors.shape[1:]:
        raise ValueError("the numbers of a correction do not fit together")
    return Correction(labels, centre, vectors, weights)


@cache
def shipped() -> str:
    """Which weights the shipped category has; "" where there are none. A correction of others is none of these."""
    return f"{zlib.crc32(b''.join(path.read_bytes() for path in sorted(SHIPPED.glob('*.npz')))):08x}" if SHIPPED.exists() else ""
