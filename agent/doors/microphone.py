"""The microphone door: sound from a sound card (or a WAV file in its place) through the ears, and the answers through the voice.

`sounddevice` calls back in a thread of its own; the pieces cross to the event loop in a bounded queue. Where nobody takes them for seconds the
oldest are dropped: late sound is worth less than new sound.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from pathlib import Path
from typing import Any

import numpy as np

from agent import sound
from agent.ears import Ears, Heard
from agent.loudspeaker import Speaker
from agent.resample import Resampler
from agent.sounding import Sounding
from agent.stages import SAMPLE_RATE, AudioError

CHUNK = 2_560
"""Bytes of a piece, 80 ms: waking up for each costs more than looking at it (1.4 % of a core, against 2.7 % at 32 ms)."""
GONE_AFTER = 2.0
"""Seconds without sound after which a microphone is gone."""
_WAITING = 100
"""Pieces that wait at most, 8 s."""

NO_PORTAUDIO = "There is no microphone: the PortAudio library is not installed; install it with: apt install libportaudio2."
NO_PACKAGE = "There is no microphone: sounddevice is not installed; install it with: pip install 'hearth-agent[voice]'."

Source = AsyncIterator[bytes]
Take = Callable[[Heard], Awaitable[tuple[Sounding, bool]]]
"""What the agent does with a request: what it sounds, and whether it now waits for an answer."""


async def listen(source: Source, ears: Ears, take: Take, speaker: Speaker | None = None, has_wake: bool = True, patient: bool = False) -> None:
    """Serve requests until the source ends. The wake word, and an answer to a question, silence the speaker.

    `patient`: no more sound is taken before the answer was given. For a file, which would be over by then; a microphone goes on.
    """
    speaking: asyncio.Task[None] | None = None

    async def silence() -> None:
        if speaker is not None:
            await speaker.silence()

    async def answer(heard: Heard) -> None:
        reply, awaits = await take(heard)
        if speaker is not None and reply:
            await speaker.sound(reply)
        if awaits:
            ears.attend()

    try:
        async with aclosing(ears.hear(source, has_wake, silence)) as requests:
            async for heard in requests:
                if speaking is not None:
                    await speaking
                speaking = asyncio.create_task(answer(heard), name="microphone: answer")
                if patient:
                    await speaking
        if speaking is not None:
            await speaking
    finally:
        if speaking is not None and not speaking.done():
            speaking.cancel()
            await asyncio.gather(speaking, return_exceptions=True)


async def from_wav(path: Path, trail: float = 1.0) -> AsyncGenerator[bytes, None]:
    """A WAV file as a microphone that gives its pieces as fast as they are taken, and `trail` seconds of silence. Raises AudioError."""
    pcm = await asyncio.to_thread(sound.read_wav, path)
    for at in range(0, len(pcm), CHUNK):
        yield pcm[at : at + CHUNK]
    yield sound.silence(trail)


async def from_card(device: str | int | None = None) -> AsyncGenerator[bytes, None]:
    """The sound card's microphone, until the caller stops. Raises AudioError where there is none, or it goes away."""
    loop, pieces = asyncio.get_running_loop(), asyncio.Queue[bytes](_WAITING)

    def put(piece: bytes) -> None:
        if pieces.full():
            pieces.get_nowait()
        pieces.put_nowait(piece)

    card = _sounddevice()
    rate, channels = _chosen(card, device)
    resampler = Resampler(rate, SAMPLE_RATE)

    def called(data: Any, frames: int, time: Any, status: Any) -> None:
        first = np.frombuffer(bytes(data), "<i2").reshape(-1, channels)[:, 0]
        loop.call_soon_threadsafe(put, sound.to_pcm(resampler.feed(sound.to_samples(first.tobytes()))))

    form = {"samplerate": rate, "channels": channels, "dtype": "int16", "blocksize": rate * CHUNK // 2 // SAMPLE_RATE}
    try:
        stream = card.RawInputStream(device=device, callback=called, **form)
    except (card.PortAudioError, ValueError) as error:
        raise AudioError("no_microphone", _no_microphone(device, error)) from error
    with stream:
        while stream.active:
            try:
                async with asyncio.timeout(GONE_AFTER):
                    piece = await pieces.get()
            except TimeoutError:
                break
            yield piece
    raise AudioError("microphone_gone", "The microphone gives no more sound; plug it in again, then start Hearth anew.")


def available(device: str | int | None = None) -> str | None:
    """None where there is a microphone, else one sentence on what is missing."""
    try:
        _chosen(_sounddevice(), device)
    except AudioError as error:
        return error.say
    return None


def _chosen(card: Any, device: str | int | None) -> tuple[int, int]:
    """The rate and channels to open the device with: 16 kHz mono where it can, else its own."""
    try:
        card.check_input_settings(device=device, channels=1, dtype="int16", samplerate=SAMPLE_RATE)
    except (card.PortAudioError, ValueError):
        try:
            found = card.query_devices(device, "input")
            return int(found["default_samplerate"]), max(1, min(2, int(found["max_input_channels"])))
        except (card.PortAudioError, ValueError) as error:
            raise AudioError("no_microphone", _no_microphone(device, error)) from error
    return SAMPLE_RATE, 1


def _sounddevice() -> Any:
    try:
        import sounddevice
    except ImportError as error:
        raise AudioError("no_microphone", NO_PACKAGE) from error
    except OSError as error:
        raise AudioError("no_microphone", NO_PORTAUDIO) from error
    return sounddevice


def _no_microphone(device: str | int | None, error: Exception) -> str:
    which = "There is no microphone" if device is None else f"There is no microphone {device!r}"
    reason = str(error).splitlines()[0].strip().rstrip(".") if str(error) else type(error).__name__
    return f"{which} ({reason}); plug one in, or set voice.microphone to one that `hearth doctor` lists."
