"""Moonshine tiny (English): the two .ort files of the wheel moonshine-voice 0.0.73, run by plain onnxruntime on one thread.

Free text, so its hypotheses want the phonetic snap (agent.understand.snap). The package itself is never imported: its own runtime takes
every core, and its downloads are not ours. About 25 ms of encoder and 10 ms of decoder a second of sound on an x86 core; 200 MB.
"""

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from agent import sound
from agent.config import VoiceSettings
from agent.engines.beam import Beam, search
from agent.records import Hypothesis
from agent.stages import SAMPLE_RATE, RecognitionError

MISSING = "Moonshine's weights are not installed, so free speech is not recognised; install them with: pip install moonshine-voice==0.0.73."
NO_RUNTIME = "onnxruntime is not installed, so Moonshine cannot run; install it with: pip install 'hearth-agent[voice]'."
FILES = ("encoder_model.ort", "decoder_model_merged.ort", "tokenizer.bin")

_START, _STOP = 1, 2
_TOKENS_A_SECOND, _TOKENS_AT_LEAST = 6.5, 6
"""More tokens than that are the decoder going round in circles."""
_LONGEST, _LOOK_BACK = 15.0, 3.0
"""Longer sound is cut at the quietest place of the last seconds of each piece."""
_PAUSE = 7
"""Frames of 20 ms that the quietest place has."""
_SHORTEST = 0.5
"""Seconds to which shorter sound is padded."""
_FEWEST = SAMPLE_RATE // 10
_SILENT = 0.001
"""Fewer samples, or a lower root mean square, is nobody speaking: the model invents words for silence."""
_WIDTH = 8
"""Hypotheses kept while decoding; those that differ by more than punctuation are returned. With 4 the snap finds 3 % fewer requests."""

Samples = npt.NDArray[np.float32]


class Moonshine:
    """A loaded model in `folder`, which holds FILES."""

    name = "moonshine"

    def __init__(self, folder: Path, width: int = _WIDTH) -> None:
        encoder, decoder, tokenizer = (folder / name for name in FILES)
        self._encoder = _session(encoder)
        self._decoder = _Decoder(_session(decoder))
        self._tokens = _read_tokens(tokenizer.read_bytes())
        self._width = width

    def recognise(self, pcm: bytes, phrases: tuple[str, ...] = ()) -> tuple[Hypothesis, ...]:
        """Best first; a confidence is the geometric mean of the tokens' probabilities. `phrases` cannot steer this model."""
        pieces = [self._piece(piece) for piece in _pieces(sound.to_samples(pcm))]
        said = [hypotheses for hypotheses in pieces if hypotheses]
        if len(said) < 2:
            return said[0] if said else ()
        text = " ".join(hypotheses[0].text for hypotheses in said)
        return (Hypothesis(text, min(hypotheses[0].confidence for hypotheses in said)),)

    def _piece(self, samples: Samples) -> tuple[Hypothesis, ...]:
        if len(samples) < _FEWEST or sound.rms(samples) < _SILENT:
            return ()
        longest = int(len(samples) / SAMPLE_RATE * _TOKENS_A_SECOND) + _TOKENS_AT_LEAST
        heard = np.pad(samples, (0, max(0, int(_SHORTEST * SAMPLE_RATE) - len(samples))))[None]
        hidden = self._encoder.run(None, {"input_values": heard, "attention_mask": np.ones(heard.shape, np.int64)})[0]
        beams = search(self._decoder.begin(hidden, heard.shape[1]), _START, _STOP, self._width, longest)
        return tuple(self._hypotheses(beams))

    def _hypotheses(self, beams: tuple[Beam, ...]) -> Iterator[Hypothesis]:
        seen: set[str] = set()
        for beam in beams:
            text = self._text(beam.tokens)
            words = "".join(c for c in text.casefold() if c.isalnum())
            if words and words not in seen:
                seen.add(words)
                yield Hypothesis(text, round(float(np.exp(beam.score / (len(beam.tokens) + 1))), 4))

    def _text(self, tokens: tuple[int, ...]) -> str:
        return b"".join(self._tokens[t] for t in tokens).decode("utf-8", "replace").replace("\u2581", " ").strip()


class _Decoder:
    """The merged decoder: begun with the encoder's output, stepped with one token a beam."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self._outputs = [o.name for o in session.get_outputs()]
        self._pasts = {i.name: (i.shape[1], i.shape[3]) for i in session.get_inputs() if i.name.startswith("past_key_values")}

    def begin(self, hidden: npt.NDArray[np.float32], samples: int) -> "_Decoding":
        """`hidden` [1, frames, width]; the mask has the length of the sound in samples, as the model was exported."""
        pasts = {name: np.zeros((1, heads, 0, width), np.float32) for name, (heads, width) in self._pasts.items()}
        return _Decoding(self, hidden, np.ones((1, samples), np.int64), pasts)

    def run(self, feed: dict[str, Any]) -> tuple[npt.NDArray[np.float32], dict[str, Any]]:
        """Logits [beams, vocabulary] and the caches by the name of the input they become."""
        results = self._session.run(None, feed)
        caches = {name.replace("present", "past_key_values"): value for name, value in zip(self._outputs[1:], results[1:], strict=True)}
        return results[0][:, -1], caches


class _Decoding:
    """The state of one search: caches, one row a beam. Cross-attention caches are made by the first step and kept."""

    def __init__(self, decoder: _Decoder, hidden: Any, mask: Any, pasts: dict[str, Any]) -> None:
        self._decoder, self._hidden, self._mask, self._pasts = decoder, hidden, mask, pasts
        self._begun = False

    def step(self, parents: list[int], tokens: list[int]) -> npt.NDArray[np.float32]:
        """Log-probabilities [beams, vocabulary] after beam `parents[i]` went on with `tokens[i]`."""
        if parents != list(range(len(self._hidden))):
            self._hidden, self._mask = self._hidden[parents], self._mask[parents]
            self._pasts = {name: value[parents] for name, value in self._pasts.items()}
        feed = {"encoder_attention_mask": self._mask, "encoder_hidden_states": self._hidden, "input_ids": np.array(tokens, np.int64)[:, None]}
        logits, caches = self._decoder.run({**feed, "use_cache_branch": np.array([self._begun]), **self._pasts})
        kept = {name: value for name, value in caches.items() if not self._begun or ".decoder." in name}
        self._pasts |= kept
        self._begun = True
        top = logits.max(axis=1, keepdims=True)
        return np.asarray(logits - top - np.log(np.exp(logits - top).sum(axis=1, keepdims=True)), np.float32)


def load(settings: VoiceSettings) -> Moonshine:
    """The recogniser (about .4 s). Raises RecognitionError where it cannot be had."""
    problem = available(settings)
    if problem:
        raise RecognitionError("no_moonshine", problem)
    return Moonshine(_folder())


def available(settings: VoiceSettings) -> str | None:
    """None where it can be used here, else one sentence."""
    if find_spec("onnxruntime") is None:
        return NO_RUNTIME
    if find_spec("moonshine_voice") is None:
        return MISSING
    if not all((_folder() / name).exists() for name in FILES):
        return f"moonshine-voice {_installed()} has no weights, so free speech is not recognised; install: pip install moonshine-voice==0.0.73."
    return None


def _installed() -> str:
    try:
        return version("moonshine-voice")
    except PackageNotFoundError:
        return "here"


def _folder() -> Path:
    spec = find_spec("moonshine_voice")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "assets" / "tiny-en"


def _session(path: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _read_tokens(body: bytes) -> list[bytes]:
    """The tokens by number. Each is a length (one byte, or two where the first is 128 or more) and that many bytes; 0 is an empty one."""
    tokens, at = [], 0
    while at < len(body):
        length, at = body[at], at + 1
        if length >= 128:
            length, at = body[at] * 128 + length - 128, at + 1
        tokens.append(body[at : at + length])
        at += length
    return [b"" if token in (b"<s>", b"</s>", b"<unk>") else _byte(token) for token in tokens]


def _byte(token: bytes) -> bytes:
    """Tokens written <0x0A> are that byte."""
    return bytes([int(token[3:5], 16)]) if len(token) == 6 and token.startswith(b"<0x") else token


def _pieces(samples: Samples) -> Iterator[Samples]:
    longest, back, frame = (int(s * SAMPLE_RATE) for s in (_LONGEST, _LOOK_BACK, 0.02))
    while len(samples) > longest:
        energy = np.square(samples[longest - back : longest].reshape(-1, frame)).mean(axis=1)
        around = np.convolve(energy, np.ones(_PAUSE), "valid")
        cut = longest - back + (int(around.argmin()) + _PAUSE // 2) * frame
        yield samples[:cut]
        samples = samples[cut:]
    if len(samples):
        yield samples
