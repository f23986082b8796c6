"""The engines on real sound: what they hear, what they do not, and what each says where it cannot be had."""

from pathlib import Path

import numpy as np
import pytest

from agent import sound
from agent.config import VoiceSettings, WakeSettings
from agent.engines import microwakeword, moonshine, silero, vosk
from agent.engines.beam import search
from agent.stages import SAMPLE_RATE, AudioError, Endpoint, Endpointer, RecognitionError, WakeWord
from agent.understand.snap import ACCEPT, Snap
from simulators import speech
from tests import speaking

pytestmark = speaking.needs_espeak

VOICES = tuple(speech.voices())


def woken(detector: WakeWord, pcm: bytes) -> list[float]:
    """The seconds at which it fired."""
    detector.reset()
    fired = []
    for at, chunk in enumerate(speech.chunks(pcm)):
        if detector.feed(chunk):
            fired.append(at * 0.032)
            detector.reset()
    return fired


def ends(endpointer: Endpointer, pcm: bytes, size: int = speech.CHUNK) -> list[Endpoint]:
    endpointer.reset()
    found = [endpointer.feed(chunk) for chunk in speech.chunks(pcm, size)]
    return [endpoint for endpoint in found if endpoint]


def noise(seconds: float, level: float = 0.02) -> bytes:
    samples = speech.kitchen_noise(round(seconds * SAMPLE_RATE), np.random.default_rng(5))
    return sound.to_pcm(np.asarray(samples / sound.rms(samples) * level, np.float32))


@pytest.mark.parametrize("voice", VOICES)
@pytest.mark.parametrize("room", [speech.STUDY, speech.LIVING_ROOM], ids=["study", "living room"])
def test_the_wake_word_fires_once_and_near_its_end(voice: str, room: speech.Room) -> None:
    person = speaking.people(room)[voice]
    pcm = person.speak("", wake=speech.WAKE_WORD, trail=1.0)
    fired = woken(speaking.wake_word(), pcm)
    assert len(fired) == 1
    assert abs(fired[0] - (sound.seconds_of(pcm) - 1.25)) < 0.35


@pytest.mark.parametrize("voice", VOICES)
def test_other_speech_does_not_wake(voice: str) -> None:
    person = speaking.people()[voice]
    talk = b"".join(person.speak(sentence, trail=0.2) for sentence in (*speaking.HOME[:8], "hey there robot", "what shall we cook tonight"))
    assert woken(speaking.wake_word(), talk) == []


def test_noise_and_silence_do_not_wake() -> None:
    assert woken(speaking.wake_word(), noise(5) + sound.silence(2)) == []


def test_a_threshold_of_one_never_fires() -> None:
    person = speaking.people()["ben"]
    deaf = microwakeword.MicroWakeWord("okay_nabu", 1.0)
    assert woken(deaf, person.speak("", wake=speech.WAKE_WORD)) == []


def test_another_wake_word_can_be_chosen() -> None:
    alexa = microwakeword.load(VoiceSettings(wake=WakeSettings(word="alexa")))
    assert woken(alexa, speaking.people()["ben"].speak("", wake="alexa"))
    assert not woken(alexa, speaking.people()["ben"].speak("", wake=speech.WAKE_WORD))


def test_an_unknown_wake_word_is_one_sentence_with_the_right_ones() -> None:
    settings = VoiceSettings(wake=WakeSettings(word="computer"))
    assert "okay_nabu" in str(microwakeword.available(settings))
    with pytest.raises(AudioError, match="computer"):
        microwakeword.load(settings)


@pytest.mark.parametrize("voice", VOICES)
@pytest.mark.parametrize("sentence", ["turn on the kitchen ceiling light", "no"])
def test_the_end_of_speech_is_found(voice: str, sentence: str) -> None:
    pcm = speaking.people()[voice].speak(sentence, lead=0.5, trail=1.2)
    (endpoint,) = ends(speaking.endpointer(), pcm)
    assert abs(endpoint.start - 0.5) < 0.15
    assert abs(endpoint.end - (sound.seconds_of(pcm) - 1.2)) < 0.2


def test_nobody_speaking_has_no_end() -> None:
    assert ends(speaking.endpointer(), sound.silence(3)) == []
    assert ends(speaking.endpointer(), noise(4)) == []


def test_two_utterances_are_two_and_a_short_pause_is_none() -> None:
    person = speaking.people()["ben"]
    apart = person.speak("turn on the lamp", trail=1.0) + person.speak("turn off the fan")
    together = person.speak("turn on the lamp", trail=0.2) + person.speak("and the fan", lead=0.1)
    assert len(ends(speaking.endpointer(), apart)) == 2
    assert len(ends(speaking.endpointer(), together)) == 1


def test_the_trailing_silence_is_configured() -> None:
    pcm = speaking.people()["ben"].speak("turn on the lamp", trail=0.8)
    assert ends(silero.load(VoiceSettings(trailing_silence=0.4)), pcm)
    assert not ends(silero.load(VoiceSettings(trailing_silence=1.4)), pcm)


def test_who_does_not_stop_is_stopped() -> None:
    talk = speaking.people()["ben"].speak(" and ".join(speaking.HOME[:6]))
    endpoints = ends(silero.load(VoiceSettings(longest=3.0)), talk)
    assert len(endpoints) >= 2
    assert endpoints[0].end - endpoints[0].start == pytest.approx(3.0, abs=0.1)


def test_any_size_of_chunk_gives_the_same_end() -> None:
    pcm = speaking.people()["ben"].speak("turn on the lamp")
    assert ends(speaking.endpointer(), pcm, 333) == ends(speaking.endpointer(), pcm, 8_192)


@speaking.needs_vosk_model
@pytest.mark.parametrize("voice", ["anna", "ben", "carl"])
def test_vosk_transcribes_sentences_of_the_home(voice: str) -> None:
    person, recogniser = speaking.people()[voice], speaking.recogniser("vosk")
    sentences = speaking.HOME[:6]
    heard = [recogniser.recognise(person.speak(s, lead=0.2, trail=0.4), speaking.HOME)[0].text for s in sentences]
    assert [h for h in heard if h in sentences] == list(sentences) or len(set(heard) & set(sentences)) >= 5


@speaking.needs_vosk_model
def test_vosk_gives_several_hypotheses_with_confidences_that_fall() -> None:
    heard = speaking.recogniser("vosk").recognise(speaking.people()["ben"].speak("turn off the bedroom lamp"), speaking.HOME)
    assert len(heard) > 1
    assert all(0 <= h.confidence <= 1 for h in heard)
    assert heard[0].confidence == max(h.confidence for h in heard)


@speaking.needs_vosk_model
def test_vosk_keeps_the_head_of_an_utterance_with_a_pause() -> None:
    person = speaking.people()["ben"]
    pcm = person.speak("turn on the kitchen ceiling light", trail=1.5) + person.speak("turn off the bedroom lamp", lead=0.1)
    text = speaking.recogniser("vosk").recognise(pcm, speaking.HOME)[0].text
    assert text == "turn on the kitchen ceiling light turn off the bedroom lamp"


@speaking.needs_vosk_model
def test_vosk_hears_freely_what_is_in_no_sentence() -> None:
    heard = speaking.recogniser("vosk").recognise(speaking.people()["ben"].speak("turn on the attic heater"), ("unlock the front door", "no"))
    assert any("attic heater" in h.text for h in heard)


@speaking.needs_vosk_model
def test_vosk_hears_nothing_in_silence() -> None:
    recogniser = speaking.recogniser("vosk")
    assert recogniser.recognise(b"") == recogniser.recognise(sound.silence(1)) == ()


@pytest.mark.parametrize("make", ["missing", "empty", "file"])
def test_a_folder_that_is_no_vosk_model_is_one_sentence(tmp_path: Path, make: str) -> None:
    folder = tmp_path / "model"
    if make == "empty":
        folder.mkdir()
    elif make == "file":
        folder.write_text("a model?")
    settings = VoiceSettings(vosk_model=str(folder))
    assert str(folder) in str(vosk.available(settings))
    with pytest.raises(RecognitionError) as caught:
        vosk.load(settings)
    assert "voice.vosk_model" in caught.value.say


@pytest.mark.parametrize("voice", VOICES)
def test_moonshine_and_the_snap_hear_sentences_of_the_home(voice: str) -> None:
    person, recogniser = speaking.people()[voice], speaking.recogniser("moonshine")
    snap = Snap(speaking.HOME)
    heard = {s: snap.nearest_of(recogniser.recognise(person.speak(s, lead=0.2, trail=0.4))) for s in speaking.HOME[:6]}
    right = [s for s, near in heard.items() if near and near[0].sentence == s and near[0].cost <= ACCEPT]
    assert len(right) >= 5


def test_moonshine_gives_several_hypotheses_by_probability() -> None:
    heard = speaking.recogniser("moonshine").recognise(speaking.people()["carl"].speak("start brewing"))
    assert len(heard) > 1
    assert all(0 < h.confidence <= 1 for h in heard)
    assert [h.confidence for h in heard] == sorted((h.confidence for h in heard), reverse=True)


def test_moonshine_hears_nothing_in_silence() -> None:
    recogniser = speaking.recogniser("moonshine")
    assert recogniser.recognise(b"") == recogniser.recognise(sound.silence(2)) == recogniser.recognise(b"\x10\x40" * 100) == ()


def test_moonshine_cuts_long_sound_at_pauses() -> None:
    person = speaking.people()["ben"]
    talk = b"".join(person.speak(s, trail=0.6) for s in speaking.HOME[:8])
    pieces = list(moonshine._pieces(sound.to_samples(talk)))
    assert len(pieces) > 1
    assert sum(map(len, pieces)) == len(talk) // 2
    assert all(sound.rms(piece[-320:]) < 0.01 for piece in pieces)
    (heard,) = speaking.recogniser("moonshine").recognise(talk)
    assert "bedroom" in heard.text.lower()
    assert "degrees" in heard.text.lower()


class Table:
    """A decoder whose next token depends on the last one alone."""

    def __init__(self, chances: list[list[float]]) -> None:
        self._log = np.log(np.array(chances, np.float32))

    def step(self, parents: list[int], tokens: list[int]) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        return self._log[tokens]


def test_the_beam_finds_what_the_greedy_way_misses() -> None:
    """0 begins, 1 ends. Greedy goes 2 (.6) then .4 at best; the beam finds 3 (.35) then .95."""
    chances = [[0.01, 0.04, 0.6, 0.35], [0.25] * 4, [0.2, 0.4, 0.2, 0.2], [0.02, 0.95, 0.02, 0.01]]
    assert search(Table(chances), 0, 1, 1, 8)[0].tokens == (2,)
    assert search(Table(chances), 0, 1, 3, 8)[0].tokens == (3,)


def test_a_beam_that_never_ends_is_cut() -> None:
    chances = [[0.0001, 0.0001, 0.9998]] * 3
    (found,) = search(Table(chances), 0, 1, 1, 5)
    assert found.tokens == (2,) * 5
