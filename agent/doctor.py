"""What is there and what is missing on this machine: one finding for each part. What is missing costs only that part.

An engine answers for itself: its module's `available(settings)` is None where it can be used, else one sentence on what that costs and how to
mend it.
"""

import asyncio
import importlib
import os
import shutil
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from agent.config import Config
from agent.store import Store, StoreError
from devices.broker import HOST, mosquitto

STAGES = {"hearth.wake": "wake word", "hearth.vad": "end of speech", "hearth.asr": "recogniser", "hearth.tts": "voice"}
PLAYERS = ("pw-play", "paplay", "aplay")
CONNECTS_WITHIN = 3.0
"""Seconds for a broker to answer."""


@dataclass(frozen=True, slots=True)
class Finding:
    """`says` is one sentence: what is there, or what is missing, what that costs and how to mend it. Without a `needed` part nothing runs."""

    part: str
    ok: bool
    says: str
    needed: bool = False


async def examine(config: Config) -> tuple[Finding, ...]:
    """Every part, in the order of a request's way through them."""
    checks: tuple[Callable[[Config], Awaitable[Finding]], ...] = (_python, _store, _broker, _mosquitto, _microphone, _player)
    found = [await check(config) for check in checks]
    return (*found, *(_engine(config, stage, point) for stage in STAGES for point in sorted(entry_points(group=stage), key=lambda p: p.name)))


async def _python(_: Config) -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    if (3, 11) <= sys.version_info[:2] <= (3, 13):
        return Finding("python", True, version, needed=True)
    return Finding("python", False, f"{version} is none that Hearth is tested with; use 3.11, 3.12 or 3.13.", needed=True)


async def _store(config: Config) -> Finding:
    folder = config.store.path
    try:
        async with await Store.open(folder, reading=True) as store:
            turns = await store.last_turn_number()
    except StoreError as error:
        if await asyncio.to_thread(_can_begin, folder):
            return Finding("store", True, f"{folder}, nothing in it yet", needed=True)
        return Finding("store", False, str(error), needed=True)
    return Finding("store", True, f"{folder}, {turns} turns so far", needed=True)


def _can_begin(folder: Path) -> bool:
    """Is there no store yet, and may one be made?"""
    if (folder / "hearth.db").exists():
        return False
    above = next((f for f in (folder, *folder.parents) if f.exists()), folder)
    return above.is_dir() and os.access(above, os.W_OK | os.X_OK)


async def _broker(config: Config) -> Finding:
    mqtt = config.mqtt
    where = f"{HOST if mqtt.embedded else mqtt.host} port {mqtt.port}"
    listens = await _listens(HOST if mqtt.embedded else mqtt.host, mqtt.port)
    if mqtt.embedded:
        free = "is free for it" if not listens else "is in use: by a Hearth that runs, else end what uses it or set mqtt.port"
        return Finding("broker", True, f"embedded; {where} {free}", needed=True)
    if not listens:
        return Finding("broker", False, f"Nothing answers at {where}, so no device can be reached; check mqtt.host and mqtt.port.", needed=True)
    return await _signed_in(config)


async def _listens(host: str, port: int) -> bool:
    try:
        async with asyncio.timeout(CONNECTS_WITHIN):
            _, writer = await asyncio.open_connection(host, port)
    except OSError:  # TimeoutError is one of them
        return False
    writer.close()
    return True


async def _signed_in(config: Config) -> Finding:
    from aiomqtt import Client, MqttError

    mqtt = config.mqtt
    password = mqtt.password.get_secret_value() if mqtt.password else None
    try:
        async with Client(mqtt.host, mqtt.port, username=mqtt.username, password=password, timeout=CONNECTS_WITHIN):
            return Finding("broker", True, f"{mqtt.host} port {mqtt.port}", needed=True)
    except MqttError as error:
        says = f"The broker at {mqtt.host} port {mqtt.port} lets us not in ({error}); check mqtt.username and mqtt.password."
        return Finding("broker", False, says, needed=True)


async def _mosquitto(_: Config) -> Finding:
    path = mosquitto()
    if path is None:
        return Finding("mosquitto", False, "mosquitto is not installed, so the embedded broker is the slower amqtt; apt install mosquitto.")
    return Finding("mosquitto", True, path)


async def _microphone(config: Config) -> Finding:
    try:
        import sounddevice
    except ImportError:
        return Finding("microphone", False, "sounddevice is not installed, so nothing is heard from a microphone; pip install 'hearth-agent[voice]'.")
    except OSError:
        return Finding("microphone", False, "PortAudio is not installed, so nothing is heard from a microphone; apt install libportaudio2.")
    inputs = [f"{index}: {device['name']}" for index, device in enumerate(sounddevice.query_devices()) if device["max_input_channels"] > 0]
    if not inputs:
        return Finding("microphone", False, "There is no sound card that records, so nothing is heard from a microphone; plug one in.")
    chosen = config.voice.microphone
    return Finding("microphone", True, f"{', '.join(inputs)}; {'the system chooses' if chosen is None else f'chosen is {chosen}'}")


async def _player(_: Config) -> Finding:
    found = [player for player in PLAYERS if shutil.which(player)]
    if not found:
        return Finding("loudspeaker", False, "There is no player, so nothing is spoken aloud; apt install alsa-utils.")
    if not await asyncio.to_thread(_plays):
        return Finding("loudspeaker", False, "There is no sound card that plays, so nothing is spoken aloud; plug one in.")
    return Finding("loudspeaker", True, found[0])


def _plays() -> bool:
    """Does a sound card, or a sound server that may have one, play?"""
    return any(Path("/dev/snd").glob("pcm*p")) or any(map(shutil.which, PLAYERS[:2]))


def _engine(config: Config, stage: str, point: EntryPoint) -> Finding:
    part = f"{STAGES[stage]} {point.name}"
    try:
        problem = importlib.import_module(point.module).available(config.voice)
    except (ImportError, AttributeError) as error:
        return Finding(part, False, f"The plug-in {point.value} cannot be loaded ({error}); reinstall what brings it.")
    return Finding(part, problem is None, problem or "ready")
