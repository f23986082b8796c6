"""The command: what people can mend is one sentence and status 2, and nothing heavy is loaded before it is needed."""

import asyncio
import json
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from agent import sound
from agent.cli import app
from agent.codec import encode
from agent.config import VoiceSettings
from agent.database import FILE
from agent.records import ActionResult, Failure, Hypothesis, Interpretation, Label, Request, Resolution, Turn, Why
from agent.speech import Speech
from agent.store import Store
from devices.commands import Command, Report
from tests import speaking

AT = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)

ROOT = Path(__file__).parents[1]
HOME = ROOT / "tests" / "homes" / "flat.json"


def hearth(*args: object) -> tuple[int, str, str]:
    """(status, standard output, standard error)"""
    result = CliRunner().invoke(app, [str(a) for a in args], env={"COLUMNS": "200"})
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A store with two turns."""
    reading = Interpretation("HassTurnOn", {"name": "desk lamp"}, 0.97, "matcher")
    meant = Resolution(reading, ("light.desk",), 2.0, (Why("name", 1.0, "light.desk"), Why("room", 0.5, "light.desk")))
    done = ActionResult(Command("light.turn_on", ("light.desk",)), (Report("light.desk", True, "on"),))

    async def fill() -> None:
        async with await Store.open(tmp_path) as store:
            first = Request("r1", AT, (Hypothesis("turn on the desk lamp"),))
            seconds = {"understand": 0.0021, "act": 0.0304}
            lamp = Turn("turn-1", first, text=first.text, outcome="act", resolutions=(meant,), results=(done,), say="The desk lamp is on.")
            lamp.seconds = seconds
            await store.commit(lamp)
            second = Request("r2", AT, (Hypothesis("what is [/red] this"),))
            await store.commit(Turn("turn-2", second, text=second.text, outcome="decline", say="Sorry [bold]?"))

    asyncio.run(fill())
    return tmp_path


def test_turns_lists_the_last_ones_as_they_were_said(log: Path) -> None:
    status, out, _ = hearth("turns", "--store", log)
    assert status == 0
    assert "turn on the desk lamp" in out
    assert "what is [/red] this" in out
    assert out.index("turn-1") < out.index("turn-2")
    assert "turn-1" not in hearth("turns", "--store", log, "--limit", 1)[1]


def test_explain_tells_what_was_heard_meant_why_done_verified_and_the_times(log: Path) -> None:
    status, out, _ = hearth("explain", "turn-1", "--store", log)
    assert status == 0
    for told in ("turn on the desk lamp", "HassTurnOn", "light.desk", "name", "room", "light.turn_on", "verified", "The desk lamp is on."):
        assert told in out
    assert "understand 2.1 ms" in out
    assert "act 30.4 ms" in out


def test_explain_of_no_turn_is_told(log: Path) -> None:
    assert hearth("explain", "turn-9", "--store", log) == (2, "", "There is no turn 'turn-9' in the log; `hearth turns` lists the last ones.\n")


@pytest.mark.parametrize("command", [("turns",), ("explain", "turn-1"), ("doctor",), ("models",)])
def test_a_wrong_setting_ends_every_command_with_one_sentence(tmp_path: Path, command: tuple[str, ...]) -> None:
    file = tmp_path / "config.yaml"
    file.write_text("mqtt: {prot: 1}\n")
    said = f"{file}, line 1: there is no setting `mqtt.prot`; did you mean `mqtt.port`?\n"
    assert hearth(*command, "--config", file) == (2, "", said)


def test_no_log_and_no_settings_file_are_told(tmp_path: Path) -> None:
    status, _, said = hearth("turns", "--store", tmp_path)
    assert (status, said.count("\n")) == (2, 1)
    assert f"There is no log in {tmp_path} yet" in said
    assert hearth("doctor", "--config", tmp_path / "x.yaml") == (2, "", f"There is no settings file {tmp_path}/x.yaml.\n")


@pytest.mark.parametrize(
    ("args", "said"),
    [(("nothing",), "No such command 'nothing'"), (("turns", "--bogus"), "No such option: --bogus"), (("explain",), "Missing argument")],
)
def test_bad_usage_is_told(args: tuple[str, ...], said: str) -> None:
    status, _, error = hearth(*args)
    assert status == 2
    assert said in error


def test_ask_tells_what_was_done() -> None:
    status, out, _ = hearth("ask", "turn on the floor lamp", "--home", HOME)
    assert status == 0
    assert "light.turn_on light.floor_lamp" in out


@speaking.needs_espeak
def test_hear_tells_what_was_heard_and_meant_and_answers_aloud(tmp_path: Path) -> None:
    async def record() -> None:
        async with Speech(VoiceSettings(), time.perf_counter) as speech:
            await speech.speak("Turn on the floor lamp.", tmp_path / "said.wav")

    asyncio.run(record())
    status, out, _ = hearth("hear", tmp_path / "said.wav", "--home", HOME, "--speak", tmp_path / "reply.wav")
    assert status == 0
    assert "light.floor_lamp" in out
    assert "asr" in out
    assert sound.seconds_of(sound.read_wav(tmp_path / "reply.wav")) > 0.5


def test_hear_says_when_nothing_was_said_or_there_is_no_such_file(tmp_path: Path) -> None:
    sound.write_wav(tmp_path / "quiet.wav", sound.silence(1.0))
    assert hearth("hear", tmp_path / "quiet.wav", "--home", HOME) == (1, "", f"Nobody speaks in {tmp_path}/quiet.wav.\n")
    status, out, said = hearth("hear", tmp_path / "none.wav", "--home", HOME)
    assert (status, out, said.count("\n")) == (2, "", 1)


def test_pipe_answers_a_line_with_a_line_and_goes_on_after_a_bad_one(tmp_path: Path) -> None:
    say = {"type": "say", "at": "2026-03-10T10:00:00+00:00", "text": "turn on the floor lamp"}
    lines = "\n".join((json.dumps(say), "{", json.dumps({"type": "explain", "turn": "turn-1"})))
    command = [sys.executable, "-m", "agent", "pipe", "--home", str(HOME), "--store", str(tmp_path)]
    piped = subprocess.run(command, input=lines, capture_output=True, text=True, check=True, cwd=ROOT)
    turn, error, trace = map(json.loads, piped.stdout.splitlines())
    assert turn["outcome"] == "act"
    assert error["error"]["code"] == "bad_json"
    assert trace["turn"] == turn["turn"]


def test_pipe_survives_what_is_no_text() -> None:
    halves = ('{"type":"say","text":"turn on \\ud800 the floor lamp","speaker":"\\udc00"}', '{"type":"say","text":"lamp \\xff"}', "\\xfe")
    lines = "\n".join((*halves, '{"type":"explain","turn":"turn-1"}')).encode().replace(b"\\xff", b"\xff").replace(b"\\xfe", b"\xfe")
    command = [sys.executable, "-m", "agent", "pipe", "--home", str(HOME)]
    piped = subprocess.run(command, input=lines, capture_output=True, check=True, cwd=ROOT)
    first, second, third, trace = map(json.loads, piped.stdout.decode().splitlines())
    assert {first["turn"], second["turn"]} == {"turn-1", "turn-2"}
    assert third["error"]["code"] == "bad_json"
    assert trace["turn"] == "turn-1"


@pytest.mark.parametrize("command", [("ask", "hello"), ("pipe",)])
def test_a_broken_home_is_told(tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "home.json").write_text('{"areas": [{"area_id": 3}]}')
    status, out, said = hearth(*command, "--home", tmp_path / "home.json")
    assert (status, out, said.count("\n")) == (2, "", 1)
    assert "areas" in said


def test_doctor_prints_a_line_for_each_part_and_fails_where_nothing_would_run(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_text(f"store: {{folder: {tmp_path}/store}}\n")
    status, out, _ = hearth("doctor", "--config", file)
    assert status == 0
    assert [line.split()[0] for line in out.splitlines()].count("ok") >= 3
    file.write_text(f"store: {{folder: {file}/store}}\n")
    status, out, _ = hearth("doctor", "--config", file)
    assert status == 1
    assert "missing store" in out


def test_models_are_listed(tmp_path: Path) -> None:
    status, out, _ = hearth("models")
    assert status == 0
    assert "moonshine" in out


def test_nothing_heavy_is_loaded_for_the_command_itself() -> None:
    code = "import sys, agent.cli; print(*[m for m in ('numpy', 'spacy', 'pydantic', 'rich', 'yaml', 'sqlite3', 'asyncio') if m in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.split() == []


@pytest.fixture
def judged(log: Path) -> Path:
    """The store of two turns, of which the learners have found the second misheard."""
    found = [Failure("turn-1", "correct", 0.96, "Nobody said a word against it."), Failure("turn-2", "asr", 0.8, "It sounds like [something] else.")]
    label = Label("turn-1", "HassTurnOn", {"name": "Désk Lamp"}, "turn-1", True, 0.93, "itself", "turn on the desk lamp")
    with sqlite3.connect(log / FILE) as db:
        db.executemany("INSERT INTO failure (turn, record) VALUES (?, ?)", [(f.turn, encode(f)) for f in found])
        db.execute("INSERT INTO label (turn, record) VALUES (?, ?)", (label.turn, encode(label)))
    db.close()
    return log


def test_failures_counts_by_stage_and_week(judged: Path) -> None:
    status, out, _ = hearth("failures", "--store", judged)
    assert status == 0
    rows = {cells[0]: cells[1:] for line in out.splitlines() if len(cells := [c.strip() for c in line.strip("│").split("│")]) > 2}
    assert rows["misheard"][:2] == ["1", "50.0%"]
    assert rows["correct"][:2] == ["1", "50.0%"]
    assert "9 Mar" in out
    assert "████████ 1" in out


def test_failures_fit_a_narrow_terminal(judged: Path) -> None:
    result = CliRunner().invoke(app, ["failures", "--store", str(judged)], env={"COLUMNS": "80"})
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert "…" not in result.stdout


def test_misses_shows_the_requests_behind_it_as_they_were_said(judged: Path) -> None:
    status, out, _ = hearth("misses", "--store", judged)
    assert (status, "turn-1" in out) == (0, False)
    for told in ("turn-2", "misheard", "80% sure", "what is [/red] this", "It sounds like [something] else."):
        assert told in out
    assert "No turn has failed" in hearth("misses", "--store", judged, "--stage", "wrong thing")[1]
    assert hearth("misses", "--store", judged, "--stage", "bogus")[0] == 2


def test_explain_tells_where_a_turn_failed_how_surely_and_why(judged: Path) -> None:
    out = hearth("explain", "turn-2", "--store", judged)[1]
    for told in ("judged", "misheard, 80% sure", "It sounds like [something] else."):
        assert told in out
    assert "correct, 96% sure" in hearth("explain", "turn-1", "--store", judged)[1]


def test_explain_tells_no_verdict_before_the_learners_have_seen_the_turn(log: Path) -> None:
    assert "judged" not in hearth("explain", "turn-2", "--store", log)[1]


def test_labels_export_writes_json_lines_of_those_that_are_sure(judged: Path, tmp_path: Path) -> None:
    status, out, _ = hearth("labels", "export", "--store", judged)
    assert status == 0
    assert json.loads(out)["slots"] == {"name": "Désk Lamp"}
    assert hearth("labels", "export", "--store", judged, "--above", "0.95")[1] == ""
    assert hearth("labels", "export", "--store", judged, "--out", tmp_path / "labels.jsonl")[1].startswith("1 labels in")
    assert (tmp_path / "labels.jsonl").read_text().splitlines() == out.splitlines()


def test_before_the_learners_ran_nothing_is_known(log: Path) -> None:
    for command in ("failures", "misses"):
        assert "Nothing is known yet" in hearth(command, "--store", log)[1]
