"""The wake word: pymicro-wakeword with the models inside its wheel. A quarter of a percent of a core; nothing is downloaded."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from agent.config import VoiceSettings
from agent.records import Wake
from agent.stages import AudioError

MISSING = "pymicro-wakeword is not installed, so no wake word is heard; install it with: pip install 'hearth-agent[voice]'."


class MicroWakeWord:
    """Streaming detector of one bundled word. `threshold` 0-1; None is the word's own."""

    def __init__(self, word: str, threshold: float | None = None) -> None:
        from pymicro_wakeword import MicroWakeWord as Model
        from pymicro_wakeword import MicroWakeWordFeatures

        self.word = word
        self._model: Any = Model.from_config(_models()[word])
        self.threshold = self._model.probability_cutoff if threshold is None else threshold
        self._features: Any = MicroWakeWordFeatures()
        self._front_end = MicroWakeWordFeatures

    def feed(self, pcm: bytes) -> Wake | None:
        """The Wake as soon as the mean of the last scores is above the threshold; the rest of `pcm` is then not looked at."""
        for features in self._features.process_streaming(pcm):
            score = self._model.process_streaming_prob(features)
            if score is not None and score > self.threshold:
                return Wake(self.word, round(float(score), 3))
        return None

    def reset(self) -> None:
        """Forget what was heard (about 1 ms)."""
        self._model.reset()
        self._features = self._front_end()


def load(settings: VoiceSettings) -> MicroWakeWord:
    """The detector of the configured word. Raises AudioError where it cannot be had."""
    problem = available(settings)
    if problem:
        raise AudioError("no_wake_word", problem)
    return MicroWakeWord(settings.wake.word, settings.wake.threshold)


def available(settings: VoiceSettings) -> str | None:
    """None where the configured word can be heard here, else one sentence on what is missing and how to mend it."""
    if find_spec("pymicro_wakeword") is None:
        return MISSING
    words = _models()
    if settings.wake.word not in words:
        return f"There is no wake word {settings.wake.word!r}; set voice.wake.word to one of {', '.join(sorted(words))}."
    return None


def _models() -> dict[str, Path]:
    """The bundled words and their model files."""
    spec = find_spec("pymicro_wakeword")
    assert spec is not None
    assert spec.origin is not None
    return {path.stem: path for path in (Path(spec.origin).parent / "models").glob("*.json")}
