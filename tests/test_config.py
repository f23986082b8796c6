"""Settings: the packaged file and the model agree both ways, and whatever is wrong is one sentence with its place and the way out."""

from datetime import time
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from agent.config import Config, ConfigError, load, settings

PACKAGED = resources.files("agent").joinpath("config.yaml")


def written(folder: Path, text: str) -> Path:
    file = folder / "config.yaml"
    file.write_text(text)
    return file


def refused(folder: Path, text: str, **environment: str) -> str:
    with pytest.raises(ConfigError) as caught:
        load(written(folder, text), environment)
    return str(caught.value)


def keys(values: Any, prefix: str = "") -> set[str]:
    if not isinstance(values, dict):
        return set()
    return {prefix + k for k in values} | {path for k, v in values.items() for path in keys(v, f"{prefix}{k}.")}


def test_the_packaged_file_holds_exactly_the_defaults(tmp_path: Path) -> None:
    assert load(written(tmp_path, PACKAGED.read_text())) == Config()


def test_the_packaged_file_and_the_model_have_the_same_settings() -> None:
    assert keys(yaml.safe_load(PACKAGED.read_text())) == set(settings(Config))


def test_every_setting_of_the_packaged_file_is_explained_or_plain() -> None:
    plain = {"mqtt.host"}
    bare = [line for line in PACKAGED.read_text().splitlines() if ": " in line and "#" not in line]
    assert [b.split(":")[0].strip() for b in bare] == [p.split(".")[1] for p in sorted(plain)]


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError):
        Config().mqtt.port = 1  # type: ignore[misc]


def test_a_file_needs_only_what_differs(tmp_path: Path) -> None:
    config = load(written(tmp_path, "mqtt: {port: 1884}\n"))
    assert config.mqtt.port == 1884
    assert config.mqtt.host == "127.0.0.1"


def test_an_empty_file_is_the_defaults(tmp_path: Path) -> None:
    assert load(written(tmp_path, "# nothing yet\n")) == Config()


def test_without_a_file_the_users_own_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert load() == Config()
    (tmp_path / "hearth").mkdir()
    written(tmp_path / "hearth", "home: {name: Casa}\n")
    assert load().home.name == "Casa"


def test_a_wrong_key_is_told_with_its_line_and_the_nearest_right_one(tmp_path: Path) -> None:
    said = refused(tmp_path, "home:\n  name: X\nmqtt:\n  prot: 1884\n")
    assert said == f"{tmp_path}/config.yaml, line 4: there is no setting `mqtt.prot`; did you mean `mqtt.port`?"


def test_a_key_in_the_wrong_section_is_told_with_its_right_place(tmp_path: Path) -> None:
    assert "`retention_days`; did you mean `store.retention_days`?" in refused(tmp_path, "retention_days: 30\n")


def test_a_key_like_no_other_is_told_with_those_that_there_are(tmp_path: Path) -> None:
    assert "no setting `learning.zzzzq`; here are enabled, hold_out, asks, reading, fleet." in refused(tmp_path, "learning: {zzzzq: 1}\n")


def test_a_wrong_key_in_a_list_is_told_by_its_number(tmp_path: Path) -> None:
    assert "line 2: there is no setting `people.0.nam`" in refused(tmp_path, "people:\n- nam: Ann\n")


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("mqtt:\n  port: abc\n", "line 2: `mqtt.port`", "it should be a valid integer"),
        ("mqtt: {port: 70000}\n", "`mqtt.port`", "it should be less than or equal to 65535"),
        ("home: {name: no}\n", "`home.name`", "it should be a valid string"),
        ("home: {location: {time_zone: Mars/Olympus}}\n", "`home.location.time_zone`", "such as Europe/Berlin"),
        ("voice: {snap: {accept: 0.9}}\n", "`voice.snap`", "`accept` should not be above `ask`"),
        ("risk: {overrides: {oven: R9}}\n", "`risk.overrides.oven`", "'R1', 'R2' or 'R3'"),
        ("voice: {microphone: [1]}\n", "`voice.microphone`", "it should be a valid string"),
        ("replies: {style: loud}\n", "`replies.style`", "'full', 'short' or 'sound'"),
        ("replies:\n  night_from: 24:00\n", "line 2: `replies.night_from`", "a time of day such as 22:00"),
        ("replies: {night_until: 7}\n", "`replies.night_until`", "a time of day such as 22:00"),
        ("home: 3\n", "`home`", "it should be a valid dictionary"),
    ],
)
def test_a_wrong_value_is_told_with_its_place_and_the_right_form(tmp_path: Path, text: str, place: str, reason: str) -> None:
    said = refused(tmp_path, text)
    assert place in said
    assert reason in said
    assert "\n" not in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("home: [\n", "line 2"),
        ("- a\n- b\n", "this is a list"),
        ("mqtt: {port: 1}\nmqtt: {port: 2}\n", "line 2: `mqtt` is there twice"),
        ("a: !python/object:os.system x\n", "could not determine a constructor"),
        ("a: 2026-13-45\n", "not YAML"),
        ("a: \x00\n", "not YAML"),
    ],
)
def test_what_is_no_yaml_is_told_in_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    sentence = refused(tmp_path, text)
    assert said in sentence
    assert "\n" not in sentence


def test_a_missing_file_a_folder_and_a_binary_file_are_told(tmp_path: Path) -> None:
    (tmp_path / "noise").write_bytes(b"\xff\xfe\x00")
    for name, reason in (("nothing.yaml", "There is no settings file"), (".", "cannot be read"), ("noise", "not UTF-8")):
        with pytest.raises(ConfigError, match=reason):
            load(tmp_path / name)


def test_a_secret_comes_from_the_environment_and_is_never_shown(tmp_path: Path) -> None:
    file = written(tmp_path, "mqtt: {username: ann, password: !env BROKER_WORD}\n")
    config = load(file, {"BROKER_WORD": "hush"})
    assert config.mqtt.password is not None
    assert config.mqtt.password.get_secret_value() == "hush"
    assert "hush" not in repr(config)
    assert "hush" not in str(config.model_dump())


def test_a_secret_in_the_wrong_place_is_not_shown_either(tmp_path: Path) -> None:
    assert "hush" not in refused(tmp_path, "mqtt: {port: !env BROKER_WORD}\n", BROKER_WORD="hush")


def test_a_secret_that_the_environment_lacks_is_named(tmp_path: Path) -> None:
    assert "line 1: the environment has no BROKER_WORD" in refused(tmp_path, "mqtt: {password: !env BROKER_WORD}\n")


def test_folders_may_begin_with_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    config = load(written(tmp_path, "store: {folder: ~/kept}\nvoice: {vosk_model: ~/vosk}\n"))
    assert config.store.path == tmp_path / "kept"
    assert config.voice.vosk_folder == tmp_path / "vosk"


@pytest.mark.parametrize(
    ("written_as", "meant"),
    [("22:30", time(22, 30)), ("07:05", time(7, 5)), ("7:05", time(7, 5)), ("'7:05'", time(7, 5)), ("'00:00'", time(0)), ("0:30", time(0, 30))],
)
def test_a_time_of_day_needs_no_quotes(tmp_path: Path, written_as: str, meant: time) -> None:
    """YAML takes 22:30 for a number."""
    assert load(written(tmp_path, f"replies: {{night_from: {written_as}}}\n")).replies.night_from == meant
