"""The voice: pyttsx3 in its worker renders sound, can be silenced, and its worker may die."""

import asyncio
import logging
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import numpy as np
import pytest

from agent import sound
from agent.config import VoiceSettings
from agent.engines import pyttsx3
from agent.stages import SpeechError
from tests import speaking

pytestmark = speaking.needs_espeak

PLAYER = """
import pathlib, sys, time
noted = pathlib.Path(sys.argv[1] + ".part")
noted.write_bytes(pathlib.Path(sys.argv[2]).read_bytes())
noted.rename(sys.argv[1])
time.sleep(60)
"""
"""A sound card of the test's: it notes what it was given and plays for a minute."""

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


async def until(true: Callable[[], bool]) -> None:
    """What another process or task does is waited for; the test's own time-out ends it."""
    while not true():  # noqa: ASYNC110
        await asyncio.sleep(0)


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
    await voice.say("")


async def test_a_rate_is_a_rate() -> None:
    slow, quick = pyttsx3.Pyttsx3(rate=90), pyttsx3.Pyttsx3(rate=300)
    text = "It is twenty one degrees in the living room."
    assert len(await slow.render(text)) > 1.5 * len(await quick.render(text))
    await slow.close()
    await quick.close()


async def test_without_a_sound_card_saying_returns_and_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    voice = pyttsx3.Pyttsx3(player=(sys.executable, "-c", "raise SystemExit(1)"))
    with caplog.at_level(logging.WARNING, "hearth.voice"):
        await voice.say("Hello.")
        await voice.say("Hello again.")
    await voice.close()
    assert len(caplog.records) == 1


async def test_without_any_player_saying_returns() -> None:
    voice = pyttsx3.Pyttsx3(player=())
    await voice.say("Hello.")
    await voice.close()


async def test_a_player_that_is_not_there_is_told(caplog: pytest.LogCaptureFixture) -> None:
    voice = pyttsx3.Pyttsx3(player=("no-such-player",))
    await voice.say("Hello.")
    await voice.close()
    assert "no-such-player" in caplog.text


async def test_silence_kills_what_is_played(tmp_path: Path) -> None:
    played = tmp_path / "played.wav"
    voice = pyttsx3.Pyttsx3(player=(sys.executable, "-c", PLAYER, str(played)))
    saying = asyncio.create_task(voice.say("A long story."))
    await until(played.exists)
    await voice.silence()
    await saying
    assert voice._playing is not None
    assert voice._playing.returncode == -9
    assert np.abs(sound.to_samples(sound.read_wav(played))).max() > 0.1
    await voice.close()


async def test_silence_before_it_is_played_is_silence(tmp_path: Path) -> None:
    played = tmp_path / "played.wav"
    voice = pyttsx3.Pyttsx3(player=(sys.executable, "-c", PLAYER, str(played)))
    saying = asyncio.create_task(voice.say("A long story."))
    await until(lambda: voice._worker is not None)
    await voice.silence()
    await saying
    assert not played.exists()
    await voice.close()


async def test_saying_that_is_cancelled_ends_the_player(tmp_path: Path) -> None:
    played = tmp_path / "played.wav"
    voice = pyttsx3.Pyttsx3(player=(sys.executable, "-c", PLAYER, str(played)))
    saying = asyncio.create_task(voice.say("A long story."))
    await until(played.exists)
    saying.cancel()
    await asyncio.gather(saying, return_exceptions=True)
    assert voice._playing is not None
    assert voice._playing.returncode == -9
    await voice.close()


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
