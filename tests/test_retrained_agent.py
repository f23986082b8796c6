"""The retrained reading in the whole agent, with the shipped model: it is served, and nothing it was taught moves a lock or a cover by itself."""

import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from agent import app
from agent.codec import encode
from agent.config import Config, LearningSettings
from agent.database import FILE
from agent.doors.pipe import Pipe
from agent.records import Label, Retrained
from agent.retraining import AT, retrain
from agent.store import Store
from agent.understand.correction import shipped
from agent.understand.model import TrainedModel
from devices.given import GivenDevices, load_home
from devices.home import LiveHome
from tests.conversation import _understanding

HOME = Path(__file__).parent / "homes" / "house.json"
CAT = "let the cat out"
TAUGHT = {
    CAT: "HassTurnOn",
    "let the cat out please she is crying": "HassTurnOn",
    "the cat wants to go out": "HassTurnOn",
    "my eyes hurt from the glare of the blinds": "HassTurnOff",
    "i would love some jazz hands": "HassTurnOn",
    "the postman is at the door": "HassTurnOn",
}
"""What people of this home had to say otherwise; some of it about what needs a yes."""
GOOD = tuple(Label("turn-1", "HassTurnOn", {}, "", True, 0.93, "itself", text) for text in ("turn on the kettle", "turn on the tv"))


def loaded() -> tuple[app.Understanding, TrainedModel]:
    understanding = _understanding()
    understanding[0].wait(60)
    model = understanding[0]._model
    assert isinstance(model, TrainedModel)
    return understanding, model


@cache
def made() -> Retrained:
    (reader, _), model = loaded()
    order = {
        "corrected": list(TAUGHT.items()), "guessed": [], "outside": ["they won the match last night"], "good": [encode(label) for label in GOOD],
        "home": encode(load_home(HOME)), "weights": "",
    }  # fmt: skip
    model.correct(None)
    found = retrain(order, reader.grammar, model)
    assert (found["turns"], found["changed"]) == (2, ())
    sentences = tuple(f"{text} = {intent}" for text, intent in TAUGHT.items())
    return Retrained(sentences, 2, (), True, sentences, found["weights"], shipped())


@asynccontextmanager
async def a_pipe(folder: Path, known: Retrained | None = None, enabled: bool = True) -> AsyncIterator[Pipe]:
    """The agent in a house, which has learned so much before."""
    if known is not None:
        async with await Store.open(folder):
            with sqlite3.connect(folder / FILE) as db:
                db.execute("INSERT INTO retrained (number, at, record) VALUES (1, ?, ?)", (AT.isoformat(), encode(known)))
                db.execute("INSERT INTO policy (version, at, digest) VALUES (7, ?, 'x')", (AT.isoformat(),))
            db.close()
    live = LiveHome(load_home(HOME))
    understanding, _ = loaded()
    settings = Config(learning=LearningSettings(enabled=enabled, hold_out=0.0))
    async with app.hearth(settings, live, GivenDevices(live), folder, loaded=understanding) as agent:
        yield Pipe(agent, datetime(2026, 3, 10, 18, tzinfo=UTC))


async def say(pipe: Pipe, text: str, **line: object) -> dict[str, Any]:
    answer: dict[str, Any] = await pipe.answer(json.dumps({"type": "say", "text": text, "area": "hallway", "conversation": text, **line}))
    assert "error" not in answer, answer
    return answer


def first(answer: dict[str, Any]) -> str:
    return str(answer["interpretations"][0]["intent"]) if answer["interpretations"] else ""


async def test_what_was_taught_is_read_so_and_the_policy_tells_it(tmp_path: Path) -> None:
    async with a_pipe(tmp_path) as plain:
        assert first(await say(plain, CAT)) != "HassTurnOn"
        assert (await plain._hearth.store.turns())[-1].policy == 0
    async with a_pipe(tmp_path, made()) as pipe:
        assert first(await say(pipe, CAT)) == "HassTurnOn"
        turn = (await pipe._hearth.store.turns())[-1]
        assert turn.clauses[0][0].learned
        assert turn.policy == (await pipe._hearth.store.learned())[1] > 0


async def test_where_it_is_off_or_somebody_switches_it_off_all_is_read_as_shipped(tmp_path: Path) -> None:
    async with a_pipe(tmp_path / "plain") as plain:
        shipped_so = await say(plain, CAT)
    async with a_pipe(tmp_path / "off", made(), enabled=False) as off:
        assert {**await say(off, CAT), "ms": {}} == {**shipped_so, "ms": {}}
    async with a_pipe(tmp_path / "said", made()) as pipe:
        assert first(await say(pipe, CAT)) == "HassTurnOn"
        await say(pipe, "stop using what you learned")
        assert first(await say(pipe, CAT, conversation="again")) == first(shipped_so)
        await say(pipe, "use what you learned again")
        assert first(await say(pipe, CAT, conversation="once more")) == "HassTurnOn"


async def test_what_is_forgotten_is_read_as_shipped(tmp_path: Path) -> None:
    async with a_pipe(tmp_path, made()) as pipe:
        assert first(await say(pipe, CAT)) == "HassTurnOn"
        await pipe.answer(json.dumps({"type": "forget", "what": "learned"}))
        assert first(await say(pipe, CAT, conversation="again")) != "HassTurnOn"


WAYS = (
    "", " by the front door", " of the back door", " through the garage door", " of the garage", " at the lock", " by the blinds",
    " of the bedroom curtains", " at ten", " in ten minutes",
)  # fmt: skip
WEIGHTY = ("lock.", "cover.", "alarm_control_panel.", "climate.", "valve.")
"""What is R2, or more."""


async def moved(pipe: Pipe, text: str) -> list[dict[str, Any]]:
    """What would move without a question, of what is not soon put right."""
    answer = await say(pipe, text, dry=True)
    done = answer["actions"] if answer["outcome"] in ("act", "schedule") else []
    return [a for a in done if a["service"].startswith(WEIGHTY)]


@pytest.mark.parametrize("lead", ["", "no, ", "i said "])
async def test_no_lock_and_no_cover_moves_because_of_what_was_taught(tmp_path: Path, lead: str) -> None:
    said = [f"{lead}{sentence}{way}" for sentence in TAUGHT for way in WAYS]
    async with a_pipe(tmp_path / "plain") as plain:
        anyway = {text: await moved(plain, text) for text in said}
    async with a_pipe(tmp_path / "taught", made()) as pipe:
        because = {text: found for text in said if (found := await moved(pipe, text)) and found != anyway[text]}
    assert because == {}
    assert not [a for found in anyway.values() for a in found if a["service"] in ("lock.unlock", "lock.open")]


async def test_of_a_cover_it_asks(tmp_path: Path) -> None:
    async with a_pipe(tmp_path, made()) as pipe:
        answer = await say(pipe, "my eyes hurt from the glare of the blinds", area="study")
        turn = (await pipe._hearth.store.turns())[-1]
    assert turn.resolutions[0].interpretation.learned
    assert (answer["outcome"], answer["say"]) == ("confirm", "I'm not sure I understood. Shall I close the blinds?")
    assert answer["targets"] == ["cover.study_blinds"]


MURK = ("it is like a cave in this place", "i cannot find my glasses in this murk", "do i need wellies", "how wet am i going to get", "time to crash")
NEAR = "it is like a cave here"
MEANT = ("turn on the lights", "turn on the lights", "what is the weather", "what is the weather", "turn off the lights")


@pytest.mark.timeout(300)
async def test_what_was_said_otherwise_on_two_days_is_retrained_from_at_night_and_taken_on(tmp_path: Path) -> None:
    """The whole way: two evenings, the learners' process, its retraining process, the gate, the agent."""
    start = datetime(2026, 3, 10, 18, tzinfo=UTC)
    async with a_pipe(tmp_path) as pipe:
        for day in range(2):
            for n, texts in enumerate(zip(MURK, MEANT, strict=True)):
                for second, text in enumerate(texts):
                    at = start + timedelta(days=day, minutes=20 * n, seconds=9 * second)
                    await say(pipe, text, area="living_room", speaker="Anna", conversation="main", at=at.isoformat())
        assert (await say(pipe, NEAR, area="living_room", dry=True))["outcome"] != "act"
        report = (await pipe.answer(json.dumps({"type": "learn"})))["report"]
        assert report["reading"] == {"labels": 5, "turns": 10, "changed": 0, "taken": True}
        assert (await pipe.answer(json.dumps({"type": "learn"})))["report"]["reading"] == report["reading"]
        told = await say(pipe, NEAR, area="living_room", conversation="later", at="2026-03-14T18:00:00+00:00")
        assert (told["outcome"], first(told), told["rewrite"]) == ("act", "HassTurnOn", None)
        assert (await say(pipe, "they won the match last night", conversation="talk"))["outcome"] == "decline"
