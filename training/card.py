"""The card that lies beside the weights: what they are, what they were made from, how well they do."""

import json
from collections.abc import Mapping
from typing import Any

LICENCES = {
    "phrases": "the project's own phrases (Apache-2.0)",
    "slurp": "SLURP, text (CC BY 4.0)",
    "nlu_eval": "NLU-Evaluation-Data (CC BY 4.0)",
    "clinc150": "CLINC150 (CC BY 3.0)",
    "snips2017": "Snips NLU benchmark 2017 (CC0 1.0)",
    "homellm_actions": "home-llm data (MIT)",
    "homellm_status": "home-llm data (MIT)",
}


def text(scores: Mapping[str, Any], sources: Mapping[str, int]) -> str:
    made = "\n".join(f"| {LICENCES.get(name, name)} | {count} |" for name, count in sources.items())
    rows = "\n".join(f"| {name} | {json.dumps(figures)} |" for name, figures in scores.items())
    return f"""# The understanding's model

A spaCy pipeline. A tagger (hashed word features, a small convolutional encoder) finds the words of free slots. The text category knows what
a sentence is about, by a linear layer over n-grams of words and of their pieces (a byte a weight) and by a linear layer on the mean of a
sentence encoder's last states; the opinions of both are one by their weighted geometric mean. It reads what no phrase of the skills fits,
and says how far it agrees with phrases that hold free text. Made by `make model`; nothing is downloaded.

`encoder.npz` is the first three layers of all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0) with the commoner pieces of its vocabulary,
in a byte a weight. It was cut once by `python -m training.encoder`, which names the published weights by their SHA-256; `make model` starts
from it and does not change it.

| trained on | sentences |
|---|---|
{made}

The development halves of the public sets are used: what people said, with their labels mapped to Home Assistant's intents. No text of theirs is in
the weights' folder: features are hashed.

Five-fold cross-validation in the whole reader, phrases and model together; no near twin of a test text was trained on:

| set | figures (%) |
|---|---|
{rows}
"""
