"""The stages of a turn, each a Protocol with one method, and the one error a stage may raise.

Pure stages are sync functions of (input, Context). Stages that wait or burn CPU are async. "I can't" is an empty result or a StageError,
whose class is the failure point.
"""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from agent.records import Context, Hypothesis, Interpretation, Plan, Request, Resolution, Wake

SAMPLE_RATE = 16_000
"""Every engine hears 16 kHz mono signed 16-bit little-endian PCM."""


class StageError(Exception):
    """A stage could not go on. `code` is for machines, `say` for the person: one sentence that names the place and the way out."""

    def __init__(self, code: str, say: str) -> None:
        super().__init__(f"{code}: {say}")
        self.code = code
        self.say = say


class AudioError(StageError):
    """The sound could not be read or heard."""


class RecognitionError(StageError):
    """The recogniser failed."""


class UnderstandingError(StageError):
    """The understanding failed."""


class ActionError(StageError):
    """A skill or device failed."""


class SpeechError(StageError):
    """The voice failed."""


class WakeWord(Protocol):
    """Streaming wake word detector. One object per audio stream."""

    def feed(self, pcm: bytes) -> Wake | None:
        """Any number of 16 kHz PCM bytes; the Wake as soon as it is heard."""
        ...

    def reset(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Speech began and ended here, in seconds from the first sample fed."""

    start: float
    end: float


class Endpointer(Protocol):
    """Finds where speech begins and ends. One object per utterance stream."""

    def feed(self, pcm: bytes) -> Endpoint | None:
        """The endpoint once the trailing silence is long enough, else None."""
        ...

    @property
    def speaking(self) -> bool: ...

    @property
    def quiet(self) -> float:
        """Seconds of silence since the last speech of the utterance, 0 before one."""
        ...

    def reset(self) -> None: ...


class Recogniser(Protocol):
    """Speech to text. A loaded model; `recognise` may be called from one worker thread at a time."""

    name: str

    def recognise(self, pcm: bytes, phrases: tuple[str, ...] = ()) -> tuple[Hypothesis, ...]:
        """N-best, best first; empty where nothing was said. `phrases` bias it towards the home's grammar. Blocking: call in a thread."""
        ...


class Hearing(Protocol):
    """An utterance on its way through a streaming recogniser. Both block: call them in one thread, in order."""

    def feed(self, pcm: bytes) -> None: ...

    def finish(self) -> tuple[Hypothesis, ...]:
        """As Recogniser.recognise, for all that was fed."""
        ...


@runtime_checkable
class StreamingRecogniser(Protocol):
    """A Recogniser that also hears while the person still speaks."""

    def listen(self, phrases: tuple[str, ...] = ()) -> Hearing:
        """Begin an utterance; one at a time. Blocking."""
        ...


class Voice(Protocol):
    """Text to speech."""

    name: str

    async def render(self, text: str) -> bytes:
        """The spoken text as a WAV file's bytes."""
        ...

    async def close(self) -> None: ...


class Understander(Protocol):
    def understand(self, hypotheses: tuple[Hypothesis, ...], context: Context) -> tuple[tuple[Interpretation, ...], ...]:
        """Ranked readings for each clause of the request; () where it is not for us or not understood."""
        ...


class Resolver(Protocol):
    def resolve(self, readings: tuple[Interpretation, ...], context: Context) -> Resolution | None: ...


class Handler(Protocol):
    """A skill's way with one intent: a pure function."""

    def __call__(self, resolution: Resolution, context: Context) -> Plan: ...


@dataclass(frozen=True, slots=True)
class Phrase:
    """One sentence template of an intent.

    Syntax: lower-case words; `[x]` optional; `(a|b)` alternatives; `<rule>` a named piece of agent.understand.rules; `{slot}` or
    `{slot:type}` a slot filled by a value of a type: name, area, floor, number, percent, temperature, duration, when, color, state,
    media_class, text (any run of words, shortest first)... agent.understand.values lists them all.
    `slots` are what the template implies, e.g. {"domain": "light"}. `requires` are domains or kinds (devices.kinds) of which the named entity
    must be one, e.g. ("lock",).
    """

    template: str
    slots: Mapping[str, object] = field(default_factory=dict)
    requires: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skill:
    """What a skill module exports as SKILL: its sentences and its handlers, by intent."""

    name: str
    phrases: Mapping[str, tuple[Phrase, ...]]
    handlers: Mapping[str, Handler]


class Door(Protocol):
    """Where requests come from."""

    def requests(self) -> AsyncIterator[Request]: ...
