"""Real engines and real (synthesised) voices for the tests of speech: each is made once in a process."""

import os
import shutil
import time
from functools import cache
from pathlib import Path

import pytest

from agent.config import VoiceSettings
from agent.engines import microwakeword, moonshine, silero, vosk
from agent.stages import Recogniser
from simulators import speech

SHARED = Path(os.environ.get("HEARTH_SHARED", Path(__file__).resolve().parents[2] / "shared"))
VOSK_TEST_MODEL = SHARED / "vosk-test-model"
SETTINGS = VoiceSettings(vosk_model=str(VOSK_TEST_MODEL))
TICK = time.perf_counter

needs_espeak = pytest.mark.skipif(not shutil.which("espeak-ng"), reason="espeak-ng is not installed: nobody can speak")
needs_vosk_model = pytest.mark.skipif(not VOSK_TEST_MODEL.is_dir(), reason="../shared/vosk-test-model is not there")

HOME = (
    "turn on the kitchen ceiling light",
    "turn off the bedroom lamp",
    "what is the temperature in the living room",
    "unlock the front door",
    "lock the front door",
    "set a timer for ten minutes",
    "set the oven to two hundred degrees",
    "is the garage door closed",
    "play hunger games",
    "turn it off",
    "start brewing",
    "yes",
    "no",
)


@cache
def recogniser(name: str) -> Recogniser:
    """moonshine or vosk, loaded."""
    loaders = {"moonshine": moonshine.load, "vosk": vosk.load}
    return loaders[name](SETTINGS)


@cache
def wake_word() -> microwakeword.MicroWakeWord:
    return microwakeword.load(SETTINGS)


@cache
def endpointer() -> silero.SileroEndpointer:
    return silero.load(SETTINGS)


def people(room: speech.Room = speech.STUDY) -> dict[str, speech.Person]:
    return {name: speech.Person(speaker, room) for name, speaker in speech.voices().items()}
