"""Engines are chosen by the settings and loaded when needed; what is missing is one sentence and costs only itself."""

import time
from collections.abc import AsyncIterator
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

from agent import sound
from agent import speech as module
from agent.config import VoiceSettings
from agent.speech import Speech, engine
from agent.stages import AudioError, RecognitionError, SpeechError
from tests import speaking


def settings(folder: Path, **values: Any) -> VoiceSettings:
    return VoiceSettings.model_validate({"vosk_model": str(folder / "vosk"), **values})


@pytest.fixture
async def speech(tmp_path: Path) -> AsyncIterator[Speech]:
    async with Speech(settings(tmp_path), time.perf_counter) as made:
        yield made


def test_auto_takes_the_recogniser_that_can_be_had(tmp_path: Path) -> None:
    assert engine("hearth.asr", settings(tmp_path)).name == "moonshine"


def test_a_recogniser_that_is_not_installed_is_told_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(RecognitionError, match=r"There is no recogniser 'whisper'; set voice\.asr to auto or one of moonshine, vosk"):
        engine("hearth.asr", settings(tmp_path), "whisper")


def test_a_recogniser_that_lacks_its_model_says_so_itself(tmp_path: Path) -> None:
    with pytest.raises(RecognitionError, match=f"{tmp_path}/vosk"):
        engine("hearth.asr", settings(tmp_path), "vosk")


def test_where_nothing_can_be_had_the_last_reason_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    only_vosk = [EntryPoint("vosk", "agent.engines.vosk:load", "hearth.asr")]
    monkeypatch.setattr(module, "entry_points", lambda group: only_vosk)
    with pytest.raises(RecognitionError, match="There is no Vosk model"):
        engine("hearth.asr", settings(tmp_path))
    monkeypatch.setattr(module, "entry_points", lambda group: [])
    with pytest.raises(SpeechError, match="There is no voice installed"):
        engine("hearth.tts", settings(tmp_path))


@speaking.needs_espeak
async def test_what_it_says_it_hears(speech: Speech, tmp_path: Path) -> None:
    await speech.speak("Turn on the kitchen light.", tmp_path / "said.wav")
    heard = await speech.hear(tmp_path / "said.wav")
    assert "kitchen" in heard.hypotheses[0].text.casefold()
    assert heard.wake is None
    assert set(heard.seconds) == {"wake", "endpoint", "asr"}


@speaking.needs_espeak
async def test_digits_are_spoken_as_words(speech: Speech, tmp_path: Path) -> None:
    await speech.speak("20 °C", tmp_path / "digits.wav")
    await speech.speak("twenty degrees", tmp_path / "words.wav")
    digits, words = (sound.seconds_of(sound.read_wav(tmp_path / f"{name}.wav")) for name in ("digits", "words"))
    assert digits == pytest.approx(words, rel=0.1)


async def test_a_recording_without_the_wake_word_says_so(speech: Speech, tmp_path: Path) -> None:
    sound.write_wav(tmp_path / "quiet.wav", sound.silence(1.0))
    heard = await speech.hear(tmp_path / "quiet.wav", has_wake=True)
    assert (heard.hypotheses, heard.why) == ((), f"No wake word was heard in {tmp_path}/quiet.wav.")


async def test_what_is_no_recording_is_told(speech: Speech, tmp_path: Path) -> None:
    with pytest.raises(AudioError):
        await speech.hear(tmp_path / "nothing.wav")


@speaking.needs_espeak
async def test_a_reply_that_cannot_be_written_is_told(speech: Speech, tmp_path: Path) -> None:
    with pytest.raises(AudioError, match="cannot be written"):
        await speech.speak("Yes.", tmp_path / "no" / "place.wav")


async def test_without_a_voice_nothing_is_spoken(tmp_path: Path) -> None:
    async with Speech(settings(tmp_path, tts="none"), time.perf_counter) as silent:
        assert await silent.voice() is None
        with pytest.raises(SpeechError, match=r"voice\.tts is none"):
            await silent.speak("Yes.", tmp_path / "x.wav")
