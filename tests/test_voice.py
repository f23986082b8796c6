"""The voice: pyttsx3 in its worker renders sound, and its worker may die."""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from agent import sound
from agent.config import VoiceSettings
from agent.engines import pyttsx3
from agent.stages import SpeechError
from tests import speaking

pytestmark = speaking.needs_espeak

DIES_ONCE = """
import pathlib, runpy, sys
mark = pathlib.Path(sys.argv[1])
if not mark.exists():
    mark.touch()
    sys.exit(3)
sys.argv = ["worker", "165"]
runpy.run_module("agent.engines.pyttsx3_worker", run_name="__main__")
"""


@pytest.fixture
async def voice() -> AsyncIterator[pyttsx3.Pyttsx3]:
    made = pyttsx3.load(VoiceSettings())
    yield made
    await made.close()


async def test_a_sentence_becomes_sound(voice: pyttsx3.Pyttsx3) -> None:
    pcm = sound.read_wav(await voice.render("The floor lamp is on."))
    assert 0.8 < sound.seconds_of(pcm) < 3
    assert sound.rms(sound.to_samples(pcm)) > 0.02


async def test_each_sentence_has_its_own_sound(voice: pyttsx3.Pyttsx3) -> None:
    short, long, again = [await voice.render(text) for text in ("Yes.", "It is twenty one degrees in the living room.", "Yes.")]
    assert len(long) > 2 * len(short)
    assert len(again) == pytest.approx(len(short), rel=0.2)


async def test_what_is_asked_at_once_is_rendered_one_after_the_other(voice: pyttsx3.Pyttsx3) -> None:
    texts = ("Yes.", "It is twenty one degrees in the living room.", "No.", "The oven is off.")
    together = await asyncio.gather(*(voice.render(text) for text in texts))
    assert [len(t) for t in together] == pytest.approx([len(await voice.render(text)) for text in texts], rel=0.2)


async def test_nothing_to_say_is_no_sound(voice: pyttsx3.Pyttsx3) -> None:
    assert await voice.render("  ") == b""


async def test_a_rate_is_a_rate() -> None:
    slow, quick = pyttsx3.Pyttsx3(rate=90), pyttsx3.Pyttsx3(rate=300)
    text = "It is twenty one degrees in the living room."
    assert len(await slow.render(text)) > 1.5 * len(await quick.render(text))
    await slow.close()
    await quick.close()


async def test_a_worker_that_dies_is_started_anew(tmp_path: Path) -> None:
    voice = pyttsx3.Pyttsx3(command=(sys.executable, "-c", DIES_ONCE, str(tmp_path / "died")))
    assert len(await voice.render("Hello.")) > 10_000
    assert (tmp_path / "died").exists()
    await voice.close()


async def test_a_worker_that_is_killed_between_sentences_is_started_anew(voice: pyttsx3.Pyttsx3) -> None:
    first = await voice.render("Hello.")
    assert voice._worker is not None
    voice._worker.kill()
    assert len(await voice.render("Hello.")) == pytest.approx(len(first), rel=0.2)


FAILING = {"dies": "raise SystemExit(1)", "babbles": "print('no json'); input()", "hangs": "import time; time.sleep(60)"}


@pytest.mark.parametrize("program", FAILING.values(), ids=FAILING)
async def test_a_worker_that_fails_twice_is_one_sentence(program: str) -> None:
    voice = pyttsx3.Pyttsx3(command=(sys.executable, "-c", program), patience=0.5)
    with pytest.raises(SpeechError) as caught:
        await voice.render("Hello.")
    assert caught.value.code == "voice_failed"
    assert "espeak-ng" in caught.value.say
    assert voice._worker is None
    await voice.close()


def test_it_is_available_here() -> None:
    assert pyttsx3.available(VoiceSettings()) is None
