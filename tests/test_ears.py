"""The chain of hearing on real sound, and the microphone door with a WAV file as its device."""

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from threading import Thread

import numpy as np
import pytest

from agent import sound
from agent.doors import microphone
from agent.ears import Ears, Heard, hear_wav
from agent.records import Hypothesis, Wake
from agent.resample import Resampler
from agent.sounding import Sounding
from agent.stages import AudioError, Endpoint, Hearing, Recogniser, RecognitionError
from simulators import speech
from tests import speaking

pytestmark = speaking.needs_espeak

BEN = speech.Person(speech.voices()["ben"])
LAMP = "turn on the kitchen ceiling light"

Make = Callable[..., Ears]


@pytest.fixture
def make() -> Iterator[Make]:
    """Ears of the real engines; closed at the end."""
    made: list[Ears] = []

    def ears(recogniser: str | Recogniser = "moonshine", **more: object) -> Ears:
        speaking.wake_word().reset()
        chosen = speaking.recogniser(recogniser) if isinstance(recogniser, str) else recogniser
        parts = {"endpointer": speaking.endpointer(), "wake": speaking.wake_word(), "phrases": lambda: speaking.HOME, **more}
        made.append(Ears(recogniser=chosen, tick=speaking.TICK, **parts))  # type: ignore[arg-type]
        return made[-1]

    yield ears
    for one in made:
        one.close()


async def all_of(ears: Ears, pcm: bytes, has_wake: bool = True, size: int = speech.CHUNK) -> list[Heard]:
    return [heard async for heard in ears.hear(speech.stream(pcm, size), has_wake)]


def plain(heard: Heard) -> str:
    return heard.hypotheses[0].text.lower().rstrip(".") if heard.hypotheses else ""


@pytest.mark.parametrize("engine", ["moonshine", pytest.param("vosk", marks=speaking.needs_vosk_model)])
async def test_wake_word_and_request_become_text(make: Make, engine: str) -> None:
    pcm = BEN.speak(LAMP, wake=speech.WAKE_WORD)
    (heard,) = await all_of(make(engine), pcm)
    assert plain(heard) == LAMP
    assert heard.wake is not None
    assert heard.wake.word == "okay_nabu"
    assert heard.wake.score > 0.8
    assert heard.ended == pytest.approx(sound.seconds_of(pcm) - 1.2, abs=0.2)
    assert set(heard.seconds) == {"wake", "endpoint", "asr"}
    assert heard.seconds["endpoint"] == pytest.approx(0.64, abs=0.05)


async def test_speech_without_the_wake_word_is_not_for_us(make: Make) -> None:
    assert await all_of(make(), BEN.speak(LAMP)) == []


async def test_where_no_wake_word_is_needed_every_utterance_is_a_request(make: Make) -> None:
    heard = await all_of(make(), BEN.speak(LAMP) + BEN.speak("no"), has_wake=False)
    assert [plain(h) for h in heard] == [LAMP, "no"]
    assert [h.wake for h in heard] == [None, None]


@pytest.mark.parametrize("has_wake", [True, False])
async def test_silence_is_nothing(make: Make, has_wake: bool) -> None:
    assert await all_of(make(), sound.silence(4), has_wake) == []


async def test_a_wake_word_and_nothing_more_says_so(make: Make) -> None:
    (heard,) = await all_of(make(patience=2.0), BEN.speak("", wake=speech.WAKE_WORD, trail=3.0))
    assert heard.hypotheses == ()
    assert heard.wake is not None
    assert heard.why.endswith(".")


async def test_patience_ends_and_the_wake_word_is_needed_again(make: Make) -> None:
    late = BEN.speak("", wake=speech.WAKE_WORD, trail=3.0) + BEN.speak(LAMP)
    (heard,) = await all_of(make(patience=2.0), late)
    assert heard.hypotheses == ()


@pytest.mark.parametrize("size", [100, 1_024, 50_000])
async def test_any_size_of_chunk_is_heard_the_same(make: Make, size: int) -> None:
    (heard,) = await all_of(make(), BEN.speak(LAMP, wake=speech.WAKE_WORD), size=size)
    assert plain(heard) == LAMP


async def test_who_does_not_pause_after_the_wake_word_is_understood(make: Make) -> None:
    (heard,) = await all_of(make(), BEN.speak("unlock the front door", wake=speech.WAKE_WORD, pause=0.02))
    assert plain(heard) == "unlock the front door"


async def test_who_says_the_wake_word_again_begins_again(make: Make) -> None:
    pcm = BEN.speak("", wake=speech.WAKE_WORD, trail=0.4) + BEN.speak(LAMP, wake=speech.WAKE_WORD)
    (heard,) = await all_of(make(), pcm)
    assert plain(heard) == LAMP


async def test_sound_that_ends_in_the_middle_is_heard_to_its_end(make: Make) -> None:
    (heard,) = await all_of(make(), BEN.speak(LAMP, wake=speech.WAKE_WORD, trail=0.0))
    assert plain(heard) == LAMP


async def test_an_answer_needs_no_wake_word(make: Make) -> None:
    ears = make()
    said = BEN.speak("unlock the front door", wake=speech.WAKE_WORD) + BEN.speak("yes") + BEN.speak(LAMP)
    heard = []
    async for one in ears.hear(speech.stream(said)):
        heard.append(plain(one))
        if len(heard) == 1:
            ears.attend()
    assert heard == ["unlock the front door", "yes"]


class Slow:
    """A recogniser that notes what it was given, and fails where it is told to."""

    name = "slow"

    def __init__(self, error: Exception | None = None) -> None:
        self.given: list[int] = []
        self.error = error

    def recognise(self, pcm: bytes, phrases: tuple[str, ...] = ()) -> tuple[Hypothesis, ...]:
        self.given.append(len(pcm))
        if self.error:
            raise self.error
        return (Hypothesis(f"heard {len(self.given)}"),)


class Script:
    """An endpointer that follows a script of silences, one for each 32 ms; "." ends the utterance."""

    def __init__(self, *quiet: float | str) -> None:
        self.script = quiet
        self.at = 0

    @property
    def speaking(self) -> bool:
        return self.at > 0

    @property
    def quiet(self) -> float:
        now = self.script[self.at - 1]
        return now if isinstance(now, float) else 0.64

    def feed(self, pcm: bytes) -> Endpoint | None:
        self.at += 1
        return Endpoint(0.0, 1.0) if self.script[self.at - 1] == "." else None

    def reset(self) -> None:
        self.at = 0


async def test_the_recogniser_begins_in_the_trailing_silence(make: Make) -> None:
    slow = Slow()
    (heard,) = await all_of(make(slow, endpointer=Script(0.0, 0.1, 0.35, 0.5, "."), wake=None), bytes(5 * 1_024), has_wake=False)
    assert slow.given == [3 * 1_024]
    assert heard.hypotheses[0].text == "heard 1"


async def test_who_goes_on_is_heard_to_the_end(make: Make) -> None:
    slow = Slow()
    (heard,) = await all_of(make(slow, endpointer=Script(0.0, 0.35, 0.0, 0.2, 0.35, "."), wake=None), bytes(6 * 1_024), has_wake=False)
    assert slow.given[-1] == 5 * 1_024
    assert heard.hypotheses[0].text == f"heard {len(slow.given)}"


async def test_a_recogniser_that_fails_is_one_sentence_and_hearing_goes_on(make: Make) -> None:
    slow = Slow(RecognitionError("broken", "The recogniser has lost its model; start Hearth anew."))
    script = Script(0.0, ".")
    ears = make(slow, endpointer=script, wake=None)
    heard = await all_of(ears, bytes(4 * 1_024), has_wake=False)
    assert [h.why for h in heard] == ["The recogniser has lost its model; start Hearth anew."] * 2


class Streams(Slow):
    """A recogniser that hears while it is spoken."""

    def __init__(self, error: Exception | None = None) -> None:
        super().__init__(error)
        self.fed: list[bytes] = []

    def listen(self, phrases: tuple[str, ...] = ()) -> Hearing:
        return self

    def feed(self, pcm: bytes) -> None:
        if self.error:
            raise self.error
        self.fed.append(pcm)

    def finish(self) -> tuple[Hypothesis, ...]:
        return (Hypothesis(f"{len(b''.join(self.fed))} bytes"),)


async def test_a_recogniser_that_streams_is_given_every_piece_once(make: Make) -> None:
    streams = Streams()
    (heard,) = await all_of(make(streams, endpointer=Script(0.0, 0.0, 0.4, "."), wake=None), bytes(range(256)) * 16, has_wake=False)
    assert heard.hypotheses[0].text == "4096 bytes"
    assert streams.given == []
    assert b"".join(streams.fed) == bytes(range(256)) * 16


async def test_a_stream_that_breaks_is_one_sentence(make: Make) -> None:
    streams = Streams(RecognitionError("broken", "It broke; say it again."))
    (heard,) = await all_of(make(streams, endpointer=Script(0.0, 0.0, "."), wake=None), bytes(3 * 1_024), has_wake=False)
    assert heard.why == "It broke; say it again."


async def test_a_wav_file_is_heard(make: Make, tmp_path: Path) -> None:
    path = tmp_path / "request.wav"
    sound.write_wav(path, BEN.speak(LAMP, wake=speech.WAKE_WORD, trail=0.1))
    heard = await hear_wav(make(), path)
    assert plain(heard) == LAMP
    assert heard.why == ""


async def test_a_wav_file_of_a_request_with_a_pause_is_one_request(make: Make, tmp_path: Path) -> None:
    path = tmp_path / "request.wav"
    sound.write_wav(path, BEN.speak(LAMP, trail=1.0) + BEN.speak("unlock the front door"))
    heard = await hear_wav(make(), path, has_wake=False)
    assert "ceiling light" in plain(heard)
    assert "front door" in plain(heard)


@pytest.mark.parametrize(("has_wake", "said", "why"), [(True, LAMP, "No wake word"), (False, "", "Nobody speaks")])
async def test_a_wav_file_without_a_request_says_why(make: Make, tmp_path: Path, has_wake: bool, said: str, why: str) -> None:
    path = tmp_path / "nothing.wav"
    sound.write_wav(path, BEN.speak(said))
    heard = await hear_wav(make(), path, has_wake)
    assert heard.hypotheses == ()
    assert heard.why.startswith(why)
    assert str(path) in heard.why


async def test_a_broken_wav_file_is_one_sentence(make: Make, tmp_path: Path) -> None:
    path = tmp_path / "broken.wav"
    path.write_bytes(b"RIFF....WAVEfmt ")
    with pytest.raises(AudioError, match="cut short"):
        await hear_wav(make(), path)


class Said:
    """A speaker that notes what it is asked."""

    def __init__(self) -> None:
        self.done: list[str] = []

    async def sound(self, what: Sounding) -> None:
        self.done.append(what.words)

    async def silence(self) -> None:
        self.done.append("-")


async def test_the_microphone_serves_requests_and_answers(make: Make, tmp_path: Path) -> None:
    """A WAV file is its device; the wake word silences the speaker, and so does the answer to a question."""
    path = tmp_path / "evening.wav"
    pause = sound.silence(0.5)
    sound.write_wav(path, BEN.speak("unlock the front door", wake=speech.WAKE_WORD) + pause + BEN.speak("yes") + pause + BEN.speak(LAMP))
    speaker, taken = Said(), list[str]()

    async def take(heard: Heard) -> tuple[Sounding, bool]:
        taken.append(plain(heard))
        return Sounding(f"answer {len(taken)}"), len(taken) == 1

    await microphone.listen(microphone.from_wav(path), make(), take, speaker, patient=True)
    assert taken == ["unlock the front door", "yes"]
    assert speaker.done == ["-", "answer 1", "-", "answer 2"]


async def test_a_wav_device_that_is_broken_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(AudioError, match="cannot read"):
        await anext(microphone.from_wav(tmp_path / "no.wav"))


async def test_a_microphone_that_is_not_there_is_one_sentence() -> None:
    with pytest.raises(AudioError) as caught:
        await anext(microphone.from_card("no such microphone"))
    assert caught.value.code == "no_microphone"
    assert "no such microphone" in caught.value.say or "PortAudio" in caught.value.say
    assert microphone.available("no such microphone") == caught.value.say


async def test_where_there_is_no_detector_every_utterance_is_a_request(make: Make) -> None:
    (heard,) = await all_of(make(wake=None), BEN.speak(LAMP))
    assert plain(heard) == LAMP
    assert heard.wake is None


async def test_requests_one_after_the_other_each_need_the_wake_word(make: Make) -> None:
    pcm = BEN.speak(LAMP, wake=speech.WAKE_WORD) + BEN.speak("no") + BEN.speak("unlock the front door", wake=speech.WAKE_WORD)
    heard = await all_of(make(), pcm)
    assert [plain(h) for h in heard] == [LAMP, "unlock the front door"]
    assert all(isinstance(h.wake, Wake) for h in heard)


async def test_the_source_may_stop_at_any_time(make: Make) -> None:
    async def source() -> AsyncIterator[bytes]:
        yield BEN.speak(LAMP, wake=speech.WAKE_WORD)[:60_000]

    heard = [one async for one in make().hear(source())]
    assert len(heard) <= 1


class Card:
    """A sound card with a microphone of 48 kHz stereo that can nothing else; it gives `pcm` (mono) and goes away."""

    class PortAudioError(Exception):
        pass

    def __init__(self, pcm: bytes) -> None:
        self._pcm = pcm
        self.active = True

    def check_input_settings(self, **form: object) -> None:
        raise self.PortAudioError("Invalid sample rate")

    def query_devices(self, device: object, kind: str) -> dict[str, object]:
        return {"default_samplerate": 48_000.0, "max_input_channels": 2}

    def RawInputStream(self, *, callback: Callable[..., None], blocksize: int, **form: object) -> "Card":  # noqa: N802
        mono = np.frombuffer(self._pcm, "<i2")
        stereo = np.stack([mono, np.zeros_like(mono)], axis=1)
        blocks = [stereo[at : at + blocksize].tobytes() for at in range(0, len(mono), blocksize)]
        self._play = Thread(target=lambda: [callback(block, blocksize, None, None) for block in blocks])
        return self

    def __enter__(self) -> None:
        self._play.start()

    def __exit__(self, *error: object) -> None:
        self._play.join()


async def test_a_sound_card_of_another_rate_is_heard(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    spoken = sound.to_samples(BEN.speak(LAMP, wake=speech.WAKE_WORD))
    card = Card(sound.to_pcm(Resampler(16_000, 48_000).feed(spoken)))
    monkeypatch.setattr(microphone, "_sounddevice", lambda: card)
    source = microphone.from_card()
    heard = await anext(make().hear(source))
    assert plain(heard) == LAMP
    await source.aclose()


async def test_a_microphone_that_goes_away_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    card = Card(bytes(3_072))
    monkeypatch.setattr(microphone, "_sounddevice", lambda: card)
    monkeypatch.setattr(microphone, "GONE_AFTER", 0.01)
    with pytest.raises(AudioError, match="no more sound"):
        async for _ in microphone.from_card():
            pass
