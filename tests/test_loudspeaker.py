"""The loudspeaker: one thing after the other, as loud as it is meant to be, and silent at once; a player that may not be there."""

import asyncio
import logging
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from agent import sound
from agent.loudspeaker import Loudspeaker
from agent.player import Player
from agent.sounding import CHIMES, Sounding, chime
from agent.stages import AudioError, SpeechError

PLAYER = """
import pathlib, sys, time
noted = pathlib.Path(sys.argv[1] + ".part")
noted.write_bytes(pathlib.Path(sys.argv[2]).read_bytes())
noted.rename(sys.argv[1])
time.sleep(60)
"""
"""A sound card of the test's: it notes what it was given and plays for a minute."""

SPOKEN = sound.wav_bytes(sound.to_pcm(np.full(8_000, 0.5, np.float32)), 22_050)
"""What the voice of these tests says, whatever it is asked to."""


class Speaking:
    """A voice that renders at once; `asked` are the words it was given. It fails for "fail", and waits for `goes_on` at "slow"."""

    name = "test"

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.goes_on = asyncio.Event()

    async def render(self, text: str) -> bytes:
        self.asked.append(text)
        if text == "fail":
            raise SpeechError("voice_failed", "The voice is hoarse.")
        if text == "slow":
            await self.goes_on.wait()
        return SPOKEN

    async def close(self) -> None:
        pass


class Noted(Player):
    """A player that notes what it is given."""

    def __init__(self) -> None:
        super().__init__(())
        self.played: list[bytes] = []

    async def play(self, wav: bytes) -> None:
        if wav:
            self.played.append(wav)


def playing(path: Path) -> Player:
    return Player((sys.executable, "-c", PLAYER, str(path)))


async def until(true: Callable[[], bool]) -> None:
    """What another process or task does is waited for; the test's own time-out ends it."""
    while not true():  # noqa: ASYNC110
        await asyncio.sleep(0)


def loudness(wav: bytes) -> float:
    return float(np.abs(sound.to_samples(sound.read_wav(wav))).max())


@pytest.mark.parametrize("name", CHIMES)
def test_a_chime_is_short_begins_and_ends_in_silence_and_is_not_clipped(name: str) -> None:
    samples = sound.to_samples(chime(name))
    assert 0.2 < sound.seconds_of(chime(name)) < 1.0
    assert abs(samples[0]) < 0.001
    assert abs(samples[-1]) < 0.01
    assert 0.2 < np.abs(samples).max() < 0.6


@pytest.mark.parametrize("name", CHIMES)
def test_a_chime_is_of_its_tones(name: str) -> None:
    (hertz, seconds), *_ = CHIMES[name]
    first = sound.to_samples(chime(name))[: round(seconds * 16_000)]
    strongest = np.argmax(np.abs(np.fft.rfft(first, 16_000)))
    assert strongest == pytest.approx(hertz, abs=10)


async def test_the_chime_comes_before_the_words_and_words_are_spoken_right() -> None:
    voice, player = Speaking(), Noted()
    await Loudspeaker(voice, player).sound(Sounding("It's 20 °C.", "note"))
    assert voice.asked == ["It's twenty degrees."]
    assert player.played == [sound.wav_bytes(chime("note")), SPOKEN]


async def test_quieter_is_quieter_for_both() -> None:
    player = Noted()
    await Loudspeaker(Speaking(), player).sound(Sounding("Yes.", "done", 0.4))
    assert [loudness(wav) for wav in player.played] == pytest.approx([0.4 * loudness(sound.wav_bytes(chime("done"))), 0.2], abs=0.02)


def test_a_scaled_wav_keeps_its_rate_and_length() -> None:
    quiet = sound.scaled(SPOKEN, 0.5)
    assert len(quiet) == len(SPOKEN)
    assert quiet[:44] == SPOKEN[:44]
    assert sound.scaled(SPOKEN, 1.0) is SPOKEN
    assert sound.scaled(b"", 0.5) == b""
    assert loudness(sound.scaled(SPOKEN, 0.0)) == 0.0


def test_what_is_no_wav_cannot_be_scaled() -> None:
    with pytest.raises(AudioError, match="no WAV"):
        sound.scaled(b"no sound at all", 0.5)


async def test_without_a_voice_chimes_are_heard() -> None:
    player = Noted()
    await Loudspeaker(None, player).sound(Sounding("Yes.", "note"))
    assert len(player.played) == 1


async def test_a_voice_that_fails_is_told_and_the_chime_is_heard(caplog: pytest.LogCaptureFixture) -> None:
    player = Noted()
    await Loudspeaker(Speaking(), player).sound(Sounding("fail", "note"))
    assert len(player.played) == 1
    assert "hoarse" in caplog.text


async def test_one_thing_sounds_after_the_other() -> None:
    voice, player = Speaking(), Noted()
    speaker = Loudspeaker(voice, player)
    both = asyncio.gather(speaker.sound(Sounding("slow")), speaker.sound(Sounding(chime="note")))
    await until(lambda: voice.asked == ["slow"])
    assert player.played == []
    voice.goes_on.set()
    await both
    assert player.played == [SPOKEN, sound.wav_bytes(chime("note"))]


async def test_silence_silences_also_what_is_not_yet_played_and_no_more() -> None:
    voice, player = Speaking(), Noted()
    speaker = Loudspeaker(voice, player)
    both = asyncio.gather(speaker.sound(Sounding("slow")), speaker.sound(Sounding(chime="note")))
    await until(lambda: voice.asked == ["slow"])
    await speaker.silence()
    voice.goes_on.set()
    await both
    assert player.played == []
    await speaker.sound(Sounding("Yes."))
    assert player.played == [SPOKEN]


async def test_without_a_sound_card_playing_returns_and_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    player = Player((sys.executable, "-c", "raise SystemExit(1)"))
    with caplog.at_level(logging.WARNING, "hearth.voice"):
        await player.play(SPOKEN)
        await player.play(SPOKEN)
    assert len(caplog.records) == 1


async def test_without_any_player_playing_returns() -> None:
    await Player(()).play(SPOKEN)


async def test_a_player_that_is_not_there_is_told(caplog: pytest.LogCaptureFixture) -> None:
    await Player(("no-such-player",)).play(SPOKEN)
    assert "no-such-player" in caplog.text


async def test_silence_kills_what_is_played(tmp_path: Path) -> None:
    played = tmp_path / "played.wav"
    player = playing(played)
    task = asyncio.create_task(player.play(SPOKEN))
    await until(played.exists)
    await player.silence()
    await task
    assert player._playing is not None
    assert player._playing.returncode == -9
    assert played.read_bytes() == SPOKEN


async def test_playing_that_is_cancelled_ends_the_player(tmp_path: Path) -> None:
    played = tmp_path / "played.wav"
    player = playing(played)
    task = asyncio.create_task(player.play(SPOKEN))
    await until(played.exists)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert player._playing is not None
    assert player._playing.returncode == -9
