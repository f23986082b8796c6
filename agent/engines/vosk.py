"""Vosk with any model folder, always by its path: the package's own search for a model goes to the network and ends the process.

It hears while the person speaks. The home's sentences bias it (vosk makes a bigram of them, not a strict grammar) and "[unk]" stands for
what is in none of them; where that is heard the same sound is decoded once more, freely, for titles and notes.
"""

import json
import math
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from agent import sound
from agent.config import VoiceSettings
from agent.records import Hypothesis
from agent.stages import SAMPLE_RATE, RecognitionError

MISSING = "vosk is not installed, so models of it cannot be used; install it with: pip install 'hearth-agent[voice]'."
UNKNOWN = "[unk]"

_ALTERNATIVES = 5
_NEEDED = (("am/final.mdl", "conf/model.conf"), ("final.mdl", "mfcc.conf"))
"""The files of the two layouts of a model folder."""
_SILENT = 0.001
_PIECE = 8_000
"""Bytes fed at once: a quarter of a second."""


class Vosk:
    """A loaded model folder. Raises RecognitionError where it is none."""

    name = "vosk"

    def __init__(self, folder: Path, alternatives: int = _ALTERNATIVES) -> None:
        import vosk

        problem = _folder_problem(folder)
        if problem:
            raise RecognitionError("no_vosk_model", problem)
        vosk.SetLogLevel(-1)
        self._make: Any = vosk.KaldiRecognizer
        self._model: Any = vosk.Model(str(folder))
        self._alternatives = alternatives
        self._grammar: tuple[str, ...] = ()
        self._biased: Any = None
        self._free: Any = None

    def recognise(self, pcm: bytes, phrases: tuple[str, ...] = ()) -> tuple[Hypothesis, ...]:
        """N-best of a whole sound; see `listen`. Empty for silence, in which a small model hears short words."""
        if sound.rms(sound.to_samples(pcm)) < _SILENT:
            return ()
        hearing = self.listen(phrases)
        for at in range(0, len(pcm), _PIECE):
            hearing.feed(pcm[at : at + _PIECE])
        return hearing.finish()

    def listen(self, phrases: tuple[str, ...] = ()) -> "Hearing":
        """Begin to hear an utterance that is still being spoken; one at a time. The same `phrases` again cost nothing."""
        if not phrases:
            return Hearing(self._freely(), None)
        if phrases != self._grammar or self._biased is None:
            self._biased = self._recogniser(json.dumps([*self._known(phrases), UNKNOWN]))
            self._grammar = phrases
        return Hearing(self._biased, self._freely())

    def _known(self, phrases: tuple[str, ...]) -> list[str]:
        """Each phrase as the model can say it: words that it does not have are [unk]."""
        words = {word for phrase in phrases for word in phrase.lower().split()}
        missing = {word for word in words if self._model.vosk_model_find_word(word) < 0}
        known = (" ".join(UNKNOWN if word in missing else word for word in phrase.lower().split()) for phrase in phrases)
        return list(dict.fromkeys(known))

    def _freely(self) -> Any:
        self._free = self._free or self._recogniser()
        return self._free

    def _recogniser(self, *grammar: str) -> Any:
        made = self._make(self._model, SAMPLE_RATE, *grammar)
        made.SetMaxAlternatives(self._alternatives)
        return made


class Hearing:
    """One utterance on its way. `feed` and `finish` block: call them in a thread, one after the other."""

    def __init__(self, recogniser: Any, free: Any) -> None:
        self._recogniser, self._free = recogniser, free
        self._heard: list[list[Hypothesis]] = []
        self._pcm: list[bytes] = []
        recogniser.Reset()

    def feed(self, pcm: bytes) -> None:
        """More of the sound. What was decoded before a pause of the speaker is kept."""
        self._pcm.append(pcm)
        if self._recogniser.AcceptWaveform(pcm):
            self._heard.append(_alternatives(self._recogniser.Result()))

    def finish(self) -> tuple[Hypothesis, ...]:
        """The n-best of the whole utterance; empty where nothing was said, or nothing but what the model has no word for."""
        self._heard.append(_alternatives(self._recogniser.FinalResult()))
        best = _joined(self._heard)
        if self._free is not None and (not best or UNKNOWN in best[0].text):
            best = _merged(best, self._freely())
        return tuple(h for h in best if h.text.replace(UNKNOWN, "").strip())

    def _freely(self) -> tuple[Hypothesis, ...]:
        hearing = Hearing(self._free, None)
        for pcm in self._pcm:
            hearing.feed(pcm)
        return hearing.finish()


def load(settings: VoiceSettings) -> Vosk:
    """The recogniser with the configured or downloaded model. Raises RecognitionError where it cannot be had."""
    problem = available(settings)
    if problem:
        raise RecognitionError("no_vosk", problem)
    return Vosk(settings.vosk_folder)


def available(settings: VoiceSettings) -> str | None:
    """None where a model can be used here, else one sentence."""
    return MISSING if find_spec("vosk") is None else _folder_problem(settings.vosk_folder)


def _folder_problem(folder: Path) -> str | None:
    if not folder.is_dir():
        return f"There is no Vosk model at {folder}; put one there or set voice.vosk_model to its folder."
    if not any(all((folder / name).is_file() for name in names) for names in _NEEDED):
        return f"{folder} is not a Vosk model: it has no am/final.mdl with conf/model.conf; set voice.vosk_model to the folder that has."
    return None


def _alternatives(result: str) -> list[Hypothesis]:
    """The alternatives of one result, with posteriors among themselves for confidences: vosk gives log-likelihoods."""
    found = [(one["text"].strip(), float(one.get("confidence", 0.0))) for one in json.loads(result).get("alternatives", ())]
    said = [one for one in found if one[0]]
    if not said:
        return []
    top = max(score for _, score in said)
    weights = [math.exp(score - top) for _, score in said]
    return [Hypothesis(text, round(weight / sum(weights), 4)) for (text, _), weight in zip(said, weights, strict=True)]


def _joined(parts: list[list[Hypothesis]]) -> tuple[Hypothesis, ...]:
    """Utterances that a pause cut into parts: the parts' best, and the alternatives of one part at a time."""
    said = [part for part in parts if part]
    if len(said) < 2:
        return tuple(said[0]) if said else ()
    best = [part[0] for part in said]
    variants = [best, *([*best[:i], other, *best[i + 1 :]] for i, part in enumerate(said) for other in part[1:])]
    whole = [Hypothesis(" ".join(h.text for h in v), round(math.prod(h.confidence for h in v), 4)) for v in variants]
    return tuple(sorted(whole, key=lambda h: h.confidence, reverse=True)[:_ALTERNATIVES])


def _merged(biased: tuple[Hypothesis, ...], free: tuple[Hypothesis, ...]) -> tuple[Hypothesis, ...]:
    """Both, the biased first, each text once."""
    said = {h.text for h in biased}
    return (*biased, *(h for h in free if h.text not in said))
