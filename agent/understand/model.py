"""The trained model: a small spaCy pipeline (text category and a tag for each word) that reads what no phrase fits.

It proposes an intent with a calibrated confidence and the words that fill free slots; everything else is found by agent.understand.fitting.
`make model` trains it (training/understand.py) and writes the folder that `load` reads.
"""

import json
import logging
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from agent.intents import LIGHT_SETTINGS
from agent.records import Interpretation
from agent.understand import encoder
from agent.understand.correction import Correction
from agent.understand.direction import directed
from agent.understand.encoder import Floats
from agent.understand.fitting import Fitter, texts
from agent.understand.grammar import Grammar
from agent.understand.lexicon import Lexicon
from agent.understand.normal import Tokens
from agent.understand.values import View

logger = logging.getLogger(__name__)

FOLDER = Path(__file__).parents[1] / "models" / "understand"
ENCODER = "encoder.npz"
OOD = "OOD"
SURELY = 0.6
"""A guess at least this likely is acted on (agent.decide.LIKELY)."""
AIMLESS = 0.3
"""The confidence of a guess that does not know up from down: it is asked about."""
NO_TAG = "O"
SLOT_OF: Mapping[str, tuple[str, ...]] = {
    "QUERY": ("search_query", "playlist"),
    "ITEM": ("item",),
    "TASK": ("task", "message"),
    "PLACE": ("place",),
    "GAME": ("game",),
    "LIST": ("list",),
    "WORDS": ("value", "phrase", "alias", "sentence"),
}
"""Tag -> slots that its words may fill, the first that the intent has."""
REMEMBERED = 256
"""Clauses of which the model's opinion is kept."""
MOST = 3
WEAKEST = 0.12
"""Readings less likely than this beside the first are not kept."""


Predict = Callable[[Sequence[str]], tuple[Mapping[str, float], Sequence[str]]]
"""Words -> probability of each intent, tag of each word."""
Meaning = Callable[[Sequence[str]], Floats]
"""Words -> what they mean, as the encoder has it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What training found: the temperature that makes probabilities true, and how likely it must be that the home is spoken to."""

    temperature: float = 1.0
    inside: float = 0.5
    agree: float = 0.15


class TrainedModel:
    """Model of agent.understand.reader."""

    def __init__(self, predict: Predict, settings: Settings, grammar: Grammar | Fitter, meaning: Meaning | None = None) -> None:
        self._predict = lru_cache(REMEMBERED)(predict)
        self._settings = settings
        self._fitter = grammar if isinstance(grammar, Fitter) else Fitter(grammar)
        self._meaning = meaning
        self._own: Correction | None = None

    def correct(self, own: Correction | None) -> None:
        """From now on guesses are what this home's people taught; None: as it was shipped. What the model agrees to stays as it was."""
        self._own = own

    @property
    def temperature(self) -> float:
        return self._settings.temperature

    def seen(self, words: Sequence[str]) -> tuple[dict[str, float], Floats]:
        """What the category makes of a sentence as it was shipped: the log of each intent's share, and what the encoder has it mean."""
        assert self._meaning is not None
        raw, _ = self._predict(tuple(words))
        return {intent: math.log(max(p, 1e-9)) for intent, p in raw.items()}, self._meaning(words)

    def read(self, said: Tokens, lexicon: Lexicon) -> tuple[Interpretation, ...]:
        """Ranked readings of one clause; () where it is likely not for the home."""
        raw, tags = self._predict(said.words)
        view = View(said, lexicon)
        shipped = self._ranked(raw, view, tags)
        if self._own is None or self._meaning is None:
            return shipped
        known = {r.intent: r.confidence for r in shipped}
        corrected = self._ranked(self._own.applied(raw, self._meaning(said.words)), view, tags)
        return tuple(replace(r, learned=True) if r.confidence >= SURELY > known.get(r.intent, 0.0) else r for r in corrected)

    def _ranked(self, raw: Mapping[str, float], view: View, tags: Sequence[str]) -> tuple[Interpretation, ...]:
        """The guesses that are likely enough beside the first; () where nobody is likely to speak to the home."""
        shares = calibrated(raw, self._settings.temperature)
        if 1.0 - shares.get(OOD, 0.0) < self._settings.inside:
            return ()
        ranked = sorted(((p, intent) for intent, p in shares.items() if intent != OOD), reverse=True)
        likely = [(p, i) for n, (p, i) in enumerate(ranked[:MOST]) if n == 0 or p >= WEAKEST]
        return one_deed([self._guess(intent, p, view, tags) for p, intent in likely])

    def _guess(self, intent: str, share: float, view: View, tags: Sequence[str]) -> Interpretation:
        slots, known = directed(intent, self._slots(intent, view, tags), view.words)
        return Interpretation(intent, slots, round(share if known else min(share, AIMLESS), 3), "model")

    def agrees(self, said: Tokens, intent: str) -> float:
        """The model's share of an intent, against that of talk that is not for the home."""
        shares, _ = self.shares(said.words)
        mine, against = shares.get(intent, 0.0), shares.get(OOD, 0.0)
        return mine / (mine + against) if mine > self._settings.agree * max(shares.values()) else 0.0

    def inside(self, said: Tokens) -> float:
        """The model's share of all that is for the home."""
        shares, _ = self.shares(said.words)
        return 1.0 - shares.get(OOD, 0.0)

    def shares(self, words: Sequence[str]) -> tuple[dict[str, float], Sequence[str]]:
        """Calibrated probabilities and tags."""
        raw, tags = self._predict(words)
        return calibrated(raw, self._settings.temperature), tags

    def _slots(self, intent: str, view: View, tags: Sequence[str]) -> dict[str, object]:
        known = self._fitter.free_slots(intent)
        wanted = {tag: next((s for s in slots if s in known), "") for tag, slots in SLOT_OF.items()}
        spans = texts(runs(tags), wanted)
        return self._fitter.slots(intent, view, {slot: view.tokens.said(*span) for slot, span in spans.items() if slot})


def one_deed(readings: Sequence[Interpretation]) -> tuple[Interpretation, ...]:
    """Light that is to be set to nothing is to be on: both guesses are of one deed, and as likely as they are together."""
    aimless = next((r for r in readings if r.intent == "HassLightSet" and not r.slots.keys() & LIGHT_SETTINGS), None)
    lit = next((r for r in readings if r.intent == "HassTurnOn"), None)
    if aimless is None or lit is None or lit.slots.get("domain") != "light":
        return tuple(readings)
    both = replace(lit, confidence=round(lit.confidence + aimless.confidence, 3))
    rest = [r for r in readings if r is not aimless and r is not lit]
    return tuple(sorted([both, *rest], key=lambda r: -r.confidence))


def calibrated(raw: Mapping[str, float], temperature: float) -> dict[str, float]:
    """Probabilities flattened (temperature above 1) or sharpened."""
    powered = {k: math.exp(math.log(max(p, 1e-9)) / temperature) for k, p in raw.items()}
    total = sum(powered.values())
    return {k: p / total for k, p in powered.items()}


def runs(tags: Sequence[str]) -> list[tuple[str, int, int]]:
    """Runs of the same tag as (tag, start, end)."""
    found: list[tuple[str, int, int]] = []
    for i, tag in enumerate(tags):
        if tag in ("", NO_TAG):
            continue
        if found and found[-1][0] == tag and found[-1][2] == i:
            found[-1] = (tag, found[-1][1], i + 1)
        else:
            found.append((tag, i, i + 1))
    return found


def load(grammar: Grammar, folder: Path = FOLDER) -> TrainedModel | None:
    """The shipped model; None, with a line in the log, where there is none or it cannot be read. Takes about a second: call it in a thread."""
    if not (folder / "settings.json").exists():
        logger.warning("No trained model in %s: only the skills' own phrases are understood. `make model` makes one.", folder)
        return None
    import spacy  # late: it costs seconds and 100 MB that nobody else needs

    from agent.understand.category import NAME

    try:
        settings = Settings(**json.loads((folder / "settings.json").read_text()))
        nlp = spacy.load(folder, exclude=["vocab", "tokenizer"])
        category: Any = nlp.get_pipe(NAME)
        category.encoder = encoder.load(folder / ENCODER)
    except (OSError, ValueError, TypeError, KeyError) as error:
        logger.warning(
            "The trained model in %s cannot be read (%s): only the skills' own phrases are understood. `make model` makes it anew.", folder, error
        )
        return None
    return TrainedModel(predictor(nlp), settings, grammar, category.meaning)


def predictor(nlp: "spacy.Language") -> Predict:  # type: ignore[name-defined]  # noqa: F821
    """A spaCy pipeline as a plain function."""
    from spacy.tokens import Doc

    for label in nlp.get_pipe("tagger").labels:
        nlp.vocab.strings.add(label)  # the shipped folder holds no vocabulary: words are hashed, only the tags need their names

    def predict(words: Sequence[str]) -> tuple[Mapping[str, float], Sequence[str]]:
        doc = nlp(Doc(nlp.vocab, words=list(words)))
        return doc.cats, [token.tag_ for token in doc]

    return predict
