"""Sound as the engines want it: 16 kHz mono signed 16-bit little-endian PCM, read from any WAV and written to one.

A file is read a second at a time, so a long or a lying one costs no memory; whatever is wrong with it is one AudioError sentence.
"""

import io
import struct
import wave
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from agent.resample import Resampler
from agent.stages import SAMPLE_RATE, AudioError

Samples = npt.NDArray[np.float32]
"""Mono samples, -1 to 1."""

LONGEST = 120.0
"""Seconds of sound that one file may hold."""

_RATES = range(4_000, 384_001)
_UNKNOWN_SIZE = 0x7FFF_0000
"""Programs that write to a pipe put a size from here up where the length is not known yet."""
_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE
_WIDTHS = {(_PCM, 8), (_PCM, 16), (_PCM, 24), (_PCM, 32), (_FLOAT, 32), (_FLOAT, 64)}


@dataclass(frozen=True, slots=True)
class _Format:
    """The `fmt ` chunk: coding 1 (integers) or 3 (floats), `bits` a sample."""

    coding: int
    channels: int
    rate: int
    bits: int

    @property
    def frame(self) -> int:
        """Bytes of one sample of every channel."""
        return self.channels * self.bits // 8


def read_wav(source: Path | bytes, longest: float = LONGEST) -> bytes:
    """The PCM of a WAV file (or of its bytes): 8, 16, 24, 32 bit or float, any channels, 4-384 kHz.

    Raises AudioError where there is no such file, it is no WAV, is empty, cut short, compressed, or lasts more than `longest` seconds.
    """
    if isinstance(source, bytes):
        return _read(io.BytesIO(source), len(source), "the sound", longest)
    try:
        with source.open("rb") as file:
            return _read(file, source.stat().st_size, str(source), longest)
    except OSError as error:
        raise AudioError("no_file", f"I cannot read {source}: {error.strerror or error}; check the path.") from error


def write_wav(path: Path, pcm: bytes, rate: int = SAMPLE_RATE) -> None:
    """Write mono 16-bit PCM as a WAV file. Raises AudioError where the place cannot be written."""
    try:
        path.write_bytes(wav_bytes(pcm, rate))
    except OSError as error:
        raise AudioError("no_file", f"I cannot write {path}: {error.strerror or error}; choose another place.") from error


def wav_bytes(pcm: bytes, rate: int = SAMPLE_RATE) -> bytes:
    """Mono 16-bit PCM as a WAV file's bytes."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(pcm)
    return buffer.getvalue()


def to_samples(pcm: bytes) -> Samples:
    """PCM bytes as floats -1 to 1; an odd last byte is dropped."""
    return np.asarray(np.frombuffer(pcm[: len(pcm) // 2 * 2], "<i2").astype(np.float32) / 32768, np.float32)


def to_pcm(samples: Samples) -> bytes:
    """Floats as PCM bytes; what is louder than full scale is clipped, what is no number is silent."""
    clean = np.nan_to_num(samples, nan=0.0, posinf=1.0, neginf=-1.0)
    return np.clip(np.rint(clean * 32768), -32768, 32767).astype("<i2").tobytes()


def scaled(wav: bytes, volume: float) -> bytes:
    """A 16-bit WAV file's bytes at `volume` (0-1) of its loudness, at its own rate. Raises AudioError where it is none."""
    if volume >= 1.0 or not wav:
        return wav
    try:
        with wave.open(io.BytesIO(wav)) as file:
            form, frames = file.getparams(), file.readframes(file.getnframes())
    except (wave.Error, EOFError) as error:
        raise AudioError("no_wav", f"The voice gave no WAV file ({str(error) or 'it is empty'}); choose another one with voice.tts.") from None
    if form.sampwidth != 2:
        raise AudioError("bad_format", f"The voice gave {8 * form.sampwidth} bit sound, which I cannot make quieter; choose another one.")
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setparams(form)
        file.writeframes(to_pcm(to_samples(frames) * np.float32(max(0.0, volume))))
    return buffer.getvalue()


def rms(samples: Samples) -> float:
    """Root mean square, 0 to 1; 0 for no samples."""
    return float(np.sqrt(np.mean(np.square(samples, dtype=np.float64)))) if samples.size else 0.0


def mix(speech: Samples, noise: Samples, snr: float) -> Samples:
    """The speech with noise (repeated to its length) `snr` dB below it. Silence in either leaves the speech alone."""
    loud, soft = rms(speech), rms(noise)
    if not loud or not soft:
        return speech
    fitted = np.resize(noise, speech.shape)
    return np.asarray(speech + fitted * (loud / soft / 10 ** (snr / 20)), np.float32)


def silence(seconds: float) -> bytes:
    """PCM of nothing."""
    return bytes(2 * round(seconds * SAMPLE_RATE))


def seconds_of(pcm: bytes) -> float:
    """How long PCM lasts."""
    return len(pcm) / 2 / SAMPLE_RATE


def _read(file: BinaryIO, size: int, name: str, longest: float) -> bytes:
    form, length = _header(file, size, name)
    lasts = length / form.frame / form.rate
    if lasts > longest:
        raise AudioError("too_long", f"{name} lasts {lasts:.0f} s; I listen to {longest:.0f} s at most, so cut it into shorter pieces.")
    if length < form.frame:
        raise AudioError("empty", f"{name} holds no sound; record it again.")
    resampler = Resampler(form.rate, SAMPLE_RATE)
    pieces = [resampler.feed(_mono(block, form)) for block in _blocks(file, length, form)]
    return to_pcm(np.concatenate([*pieces, resampler.flush()]))


def _header(file: BinaryIO, size: int, name: str) -> tuple[_Format, int]:
    """The format and the bytes of sound; the file is left at the first of them."""
    riff = file.read(12)
    if len(riff) < 12 or riff[:4] != b"RIFF" or riff[8:] != b"WAVE":
        raise AudioError("no_wav", f"{name} is not a WAV file; convert it to one (16-bit PCM).")
    form: _Format | None = None
    for tag, length in _chunks(file):
        if tag == b"fmt ":
            form = _format(file.read(min(length, 64)), name)
            file.seek(max(0, length - 64) + length % 2, io.SEEK_CUR)
        elif tag == b"data" and form:
            return form, _sound_length(file, size, length, form, name)
        else:
            file.seek(length + length % 2, io.SEEK_CUR)
    raise AudioError("truncated", f"{name} is cut short before its sound begins; record it again.")


def _chunks(file: BinaryIO) -> Iterator[tuple[bytes, int]]:
    while len(head := file.read(8)) == 8:
        yield head[:4], struct.unpack("<I", head[4:])[0]


def _format(body: bytes, name: str) -> _Format:
    if len(body) < 16:
        raise AudioError("truncated", f"{name} is cut short in its header; record it again.")
    coding, channels, rate, _, _, bits = struct.unpack("<HHIIHH", body[:16])
    if coding == _EXTENSIBLE and len(body) >= 26:
        coding = struct.unpack("<H", body[24:26])[0]
    if (coding, bits) not in _WIDTHS:
        raise AudioError("bad_format", f"{name} is coded in a way I cannot read (format {coding}, {bits} bit); convert it to 16-bit PCM.")
    if not channels or rate not in _RATES:
        raise AudioError("bad_format", f"{name} says {channels} channels at {rate} Hz, which cannot be; convert it to 16 kHz mono, 16-bit PCM.")
    return _Format(coding, channels, rate, bits)


def _sound_length(file: BinaryIO, size: int, length: int, form: _Format, name: str) -> int:
    there = size - file.tell()
    if length >= _UNKNOWN_SIZE or (length == 0 and there > 0):
        return there
    if length - there >= form.frame:
        said, kept = (n / form.frame / form.rate for n in (length, there))
        raise AudioError("truncated", f"{name} is cut short: it holds {kept:.1f} of {said:.1f} s; record or copy it again.")
    return length


def _blocks(file: BinaryIO, length: int, form: _Format) -> Iterator[bytes]:
    """About a second at a time, whole frames only."""
    left = length // form.frame * form.frame
    while left and (block := file.read(min(left, form.rate * form.frame))):
        left -= len(block)
        yield block[: len(block) // form.frame * form.frame]


def _mono(block: bytes, form: _Format) -> Samples:
    """One block as the mean of its channels."""
    return np.asarray(_decoded(block, form).reshape(-1, form.channels).mean(axis=1), np.float32)


def _decoded(block: bytes, form: _Format) -> npt.NDArray[np.float64]:
    if form.coding == _FLOAT:
        return np.nan_to_num(np.frombuffer(block, f"<f{form.bits // 8}").astype(np.float64)).clip(-1, 1)
    if form.bits == 8:
        return np.frombuffer(block, np.uint8) / 128.0 - 1
    if form.bits == 24:
        wide = np.zeros((len(block) // 3, 4), np.uint8)
        wide[:, 1:] = np.frombuffer(block, np.uint8).reshape(-1, 3)
        return np.asarray(wide.view("<i4").reshape(-1), np.float64) / 2.0**31
    return np.asarray(np.frombuffer(block, f"<i{form.bits // 8}"), np.float64) / 2.0 ** (form.bits - 1)
