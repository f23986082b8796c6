"""The doctor: what is missing is one sentence that tells what it costs and how to mend it, and costs nothing else."""

import sqlite3
import sys
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

from agent import doctor
from agent.config import Config
from agent.doctor import Finding, examine
from agent.model_list import models
from agent.store import Store
from devices.broker import Broker, free_port


def settings(folder: Path, **sections: Any) -> Config:
    return Config.model_validate({"store": {"folder": str(folder)}, "voice": {"vosk_model": str(folder / "vosk")}, **sections})


async def found(config: Config) -> dict[str, Finding]:
    return {finding.part: finding for finding in await examine(config)}


async def test_every_part_has_one_finding_of_one_sentence(tmp_path: Path) -> None:
    findings = await examine(settings(tmp_path))
    parts = [f.part for f in findings]
    assert parts[:6] == ["python", "store", "broker", "mosquitto", "microphone", "loudspeaker"]
    assert {"wake word microwakeword", "end of speech silero", "recogniser moonshine", "recogniser vosk", "voice pyttsx3"} == set(parts[6:])
    assert len(parts) == len(set(parts))
    for finding in findings:
        assert finding.says
        assert "\n" not in finding.says
        assert finding.ok or finding.says.endswith(".")


async def test_what_all_need_is_marked(tmp_path: Path) -> None:
    assert [f.part for f in await examine(settings(tmp_path)) if f.needed] == ["python", "store", "broker"]


async def test_a_store_is_looked_at_and_not_made(tmp_path: Path) -> None:
    assert (await found(settings(tmp_path / "new" / "store")))["store"].says == f"{tmp_path}/new/store, nothing in it yet"
    assert list(tmp_path.iterdir()) == []
    async with await Store.open(tmp_path / "kept"):
        assert (await found(settings(tmp_path / "kept")))["store"].says == f"{tmp_path}/kept, 0 turns so far"


async def test_a_store_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    async with await Store.open(tmp_path):
        pass
    db = sqlite3.connect(tmp_path / "hearth.db")
    db.execute("PRAGMA user_version = 99")
    db.close()
    finding = (await found(settings(tmp_path)))["store"]
    assert not finding.ok
    assert "newer Hearth" in finding.says
    (tmp_path / "file").write_text("")
    assert not (await found(settings(tmp_path / "file" / "store")))["store"].ok


async def test_the_embedded_brokers_port_is_looked_at(tmp_path: Path, broker: Broker) -> None:
    free, taken = settings(tmp_path, mqtt={"port": free_port()}), settings(tmp_path, mqtt={"port": broker.port})
    assert "is free for it" in (await found(free))["broker"].says
    assert "is in use" in (await found(taken))["broker"].says


async def test_ones_own_broker_is_connected_to(tmp_path: Path, broker: Broker) -> None:
    there = settings(tmp_path, mqtt={"embedded": False, "host": broker.host, "port": broker.port})
    assert (await found(there))["broker"] == Finding("broker", True, f"{broker.host} port {broker.port}", needed=True)
    gone = settings(tmp_path, mqtt={"embedded": False, "port": free_port()})
    finding = (await found(gone))["broker"]
    assert not finding.ok
    assert "so no device can be reached; check mqtt.host and mqtt.port." in finding.says


async def test_a_missing_recogniser_costs_only_that_recogniser(tmp_path: Path) -> None:
    parts = await found(settings(tmp_path))
    assert not parts["recogniser vosk"].ok
    assert str(tmp_path / "vosk") in parts["recogniser vosk"].says


async def test_a_machine_without_sound_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    monkeypatch.setenv("PATH", str(tmp_path))
    parts = await found(settings(tmp_path))
    assert parts["microphone"].says.startswith("sounddevice is not installed, so nothing is heard")
    assert parts["loudspeaker"].says.startswith("There is no player, so nothing is spoken aloud")


async def test_microphones_are_listed_with_their_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Sound:
        @staticmethod
        def query_devices() -> list[dict[str, Any]]:
            return [{"name": "HDMI", "max_input_channels": 0}, {"name": "USB mic", "max_input_channels": 1}]

    monkeypatch.setitem(sys.modules, "sounddevice", Sound)
    assert (await found(settings(tmp_path)))["microphone"].says == "1: USB mic; the system chooses"
    assert (await found(settings(tmp_path, voice={"microphone": 1})))["microphone"].says == "1: USB mic; chosen is 1"


async def test_a_plug_in_that_cannot_be_loaded_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = [EntryPoint("gone", "no_such_module:load", "hearth.asr"), EntryPoint("odd", "json:load", "hearth.asr")]
    monkeypatch.setattr(doctor, "entry_points", lambda group: broken if group == "hearth.asr" else [])
    parts = await found(settings(tmp_path))
    assert "no_such_module:load cannot be loaded" in parts["recogniser gone"].says
    assert "json:load cannot be loaded" in parts["recogniser odd"].says


def test_models_are_listed_with_their_place_and_size(tmp_path: Path) -> None:
    listed = {model.name: model for model in models(settings(tmp_path))}
    assert (listed["vosk"].size, listed["vosk"].where) == (0, str(tmp_path / "vosk"))
    assert listed["moonshine tiny-en"].size > 40_000_000
    (tmp_path / "vosk").mkdir()
    (tmp_path / "vosk" / "final.mdl").write_bytes(b"x" * 1000)
    assert {m.name: m.size for m in models(settings(tmp_path))}["vosk"] == 1000
