"""Sound in: any WAV becomes 16 kHz mono PCM, and each broken one becomes one sentence."""

import io
import struct
import wave
from pathlib import Path

import numpy as np
import pytest

from agent import sound
from agent.resample import Resampler
from agent.stages import SAMPLE_RATE, AudioError

TONE = 440.0


def tone(rate: int, seconds: float = 1.0) -> sound.Samples:
    return (0.5 * np.sin(2 * np.pi * TONE * np.arange(round(rate * seconds)) / rate)).astype(np.float32)


def wav(
    body: bytes, coding: int = 1, channels: int = 1, rate: int = SAMPLE_RATE, bits: int = 16, said: int | None = None, extra: bytes = b""
) -> bytes:
    """A WAV file by hand, so that it can lie. `said` is the size that the data chunk claims."""
    frame = channels * bits // 8
    form = struct.pack("<HHIIHH", coding, channels, rate, rate * frame, frame, bits) + extra
    chunks = b"fmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", len(body) if said is None else said) + body
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


def error_of(source: Path | bytes) -> AudioError:
    with pytest.raises(AudioError) as caught:
        sound.read_wav(source)
    return caught.value


def assert_tone(pcm: bytes, tolerance: float = 0.01) -> None:
    heard, meant = sound.to_samples(pcm), tone(SAMPLE_RATE)
    assert len(heard) == len(meant)
    assert np.abs(heard - meant)[200:-200].max() < tolerance


@pytest.mark.parametrize("rate", [8_000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000])
def test_any_rate_becomes_16_khz(rate: int) -> None:
    assert_tone(sound.read_wav(wav(sound.to_pcm(tone(rate)), rate=rate)))


@pytest.mark.parametrize(
    ("coding", "bits", "body"),
    [
        (1, 8, (tone(SAMPLE_RATE) * 128 + 128).astype(np.uint8).tobytes()),
        (1, 16, (tone(SAMPLE_RATE) * 2**15).astype("<i2").tobytes()),
        (1, 24, (tone(SAMPLE_RATE) * 2**31).astype("<i4").view(np.uint8).reshape(-1, 4)[:, 1:].tobytes()),
        (1, 32, (tone(SAMPLE_RATE) * 2**31).astype("<i4").tobytes()),
        (3, 32, tone(SAMPLE_RATE).astype("<f4").tobytes()),
        (3, 64, tone(SAMPLE_RATE).astype("<f8").tobytes()),
    ],
)
def test_any_width_is_read(coding: int, bits: int, body: bytes) -> None:
    assert_tone(sound.read_wav(wav(body, coding=coding, bits=bits)))


def test_8_bit_stereo_is_converted() -> None:
    left = (tone(22_050) * 128 + 128).astype(np.uint8)
    both = np.stack([left, left], axis=1).tobytes()
    assert_tone(sound.read_wav(wav(both, channels=2, rate=22_050, bits=8)), tolerance=0.02)


def test_an_extensible_header_and_strange_chunks_are_read() -> None:
    guid = struct.pack("<HHIH", 22, 16, 0, 1) + bytes(14)
    plain = wav(sound.to_pcm(tone(SAMPLE_RATE)), coding=0xFFFE, extra=guid)
    listed = plain[:12] + b"LIST" + struct.pack("<I", 3) + b"abc\0" + plain[12:]
    assert_tone(sound.read_wav(listed))


def test_a_streamed_wav_without_a_length_is_read() -> None:
    assert_tone(sound.read_wav(wav(sound.to_pcm(tone(SAMPLE_RATE)), said=0xFFFF_FFFF)))


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    pcm = sound.to_pcm(tone(SAMPLE_RATE))
    sound.write_wav(tmp_path / "a.wav", pcm)
    assert sound.read_wav(tmp_path / "a.wav") == pcm


@pytest.mark.parametrize(
    ("code", "source"),
    [
        ("no_wav", b""),
        ("no_wav", b"hello, I am a text file that only says that it is a sound"),
        ("no_wav", b"RIFF\x10\x00\x00\x00AVI LIST"),
        ("truncated", wav(b"")[:20]),
        ("truncated", wav(b"")[:30]),
        ("truncated", wav(bytes(8_000), said=64_000)),
        ("empty", wav(b"")),
        ("bad_format", wav(bytes(64), coding=7, bits=8)),
        ("bad_format", wav(bytes(64), bits=12)),
        ("bad_format", wav(bytes(64), channels=0)),
        ("bad_format", wav(bytes(64), rate=1)),
        ("too_long", wav(bytes(200 * 8_000), rate=8_000, bits=8)),
    ],
)
def test_each_broken_wav_is_one_sentence(code: str, source: bytes) -> None:
    error = error_of(source)
    assert error.code == code
    assert error.say.endswith(".")
    assert "\n" not in error.say


def test_a_50_megabyte_wav_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "evening.wav"
    with path.open("wb") as file:
        file.write(wav(b"", said=50_000_000))
        file.truncate(50_000_044)
    error = error_of(path)
    assert error.code == "too_long"
    assert str(path) in error.say


def test_a_large_wav_of_a_short_sound_is_read(tmp_path: Path) -> None:
    path = tmp_path / "studio.wav"
    with path.open("wb") as file:
        file.write(wav(b"", coding=3, channels=8, rate=192_000, bits=64, said=50_003_968))
        file.truncate(50_004_012)
    assert sound.seconds_of(sound.read_wav(path)) == pytest.approx(50_003_968 / 64 / 192_000, abs=0.001)


def test_a_missing_file_and_a_folder_are_sentences(tmp_path: Path) -> None:
    assert "no.wav" in error_of(tmp_path / "no.wav").say
    assert error_of(tmp_path).code == "no_file"


def test_writing_where_nothing_can_be_written_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(AudioError, match="cannot write"):
        sound.write_wav(tmp_path / "no" / "a.wav", b"")


def test_resampling_does_not_depend_on_the_chunks() -> None:
    samples = np.random.default_rng(1).normal(0, 0.1, 44_100).astype(np.float32)
    whole, pieces = Resampler(44_100, SAMPLE_RATE), Resampler(44_100, SAMPLE_RATE)
    once = np.concatenate([whole.feed(samples), whole.flush()])
    often = np.concatenate([*(pieces.feed(samples[i : i + 777]) for i in range(0, len(samples), 777)), pieces.flush()])
    assert np.array_equal(once, often)


def test_resampling_lets_nothing_through_above_half_the_rate() -> None:
    high = np.sin(2 * np.pi * 10_000 * np.arange(44_100) / 44_100).astype(np.float32)
    assert np.abs(Resampler(44_100, SAMPLE_RATE).feed(high)[200:]).max() < 0.001


@pytest.mark.parametrize("snr", [0.0, 6.0, 20.0])
def test_noise_is_mixed_at_its_ratio(snr: float) -> None:
    speech, noise = tone(SAMPLE_RATE), np.random.default_rng(2).normal(0, 1, 5_000).astype(np.float32)
    added = sound.mix(speech, noise, snr) - speech
    assert 20 * np.log10(sound.rms(speech) / sound.rms(added)) == pytest.approx(snr, abs=0.1)


def test_mixing_with_silence_leaves_the_speech() -> None:
    assert np.array_equal(sound.mix(tone(SAMPLE_RATE), np.zeros(10, np.float32), 6.0), tone(SAMPLE_RATE))


def test_loud_samples_are_clipped_and_no_numbers_are_silent() -> None:
    assert np.frombuffer(sound.to_pcm(np.array([2.0, -2.0, np.nan], np.float32)), "<i2").tolist() == [32767, -32768, 0]


def test_written_bytes_are_a_plain_wav() -> None:
    with wave.open(io.BytesIO(sound.wav_bytes(b"\0\0" * 100, 22_050))) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate(), file.getnframes()) == (1, 2, 22_050, 100)
