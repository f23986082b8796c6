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

A spaCy pipeline (hashed word features, a small convolutional encoder, a text category for the intent and a tag for each word of free slots). It reads
what no phrase of the skills fits, and says how far it agrees with phrases that hold free text. Made by `make model`; nothing is downloaded.

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
