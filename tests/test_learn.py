"""`learn` over the pipe: habits are counted anew from the log, per speaker, fading, and explained."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from agent import app
from agent.config import Config, LearningSettings
from agent.doors.pipe import Pipe
from devices.given import GivenDevices, load_home
from devices.home import LiveHome

HOME = Path(__file__).parent / "homes" / "house.json"
START = datetime(2026, 3, 10, 6, 0, tzinfo=UTC)
MORNINGS = ("2026-03-10T07:00:00+00:00", "2026-03-11T07:00:00+00:00", "2026-03-12T07:00:00+00:00")
BOTH = {"switch.coffee_maker", "switch.kettle"}


@asynccontextmanager
async def a_pipe(folder: Path) -> AsyncIterator[Pipe]:
    live = LiveHome(load_home(HOME))
    async with app.hearth(Config(), live, GivenDevices(live), folder) as agent:
        yield Pipe(agent, START)


async def told(pipe: Pipe, kind: str, **line: object) -> dict[str, Any]:
    answer: dict[str, Any] = await pipe.answer(json.dumps({"type": kind, **line}))
    assert "error" not in answer, answer
    return answer


async def say(pipe: Pipe, text: str, **line: object) -> dict[str, Any]:
    return await told(pipe, "say", text=text, area="kitchen", **line)


async def mornings(pipe: Pipe, speaker: str, text: str) -> None:
    for at in MORNINGS:
        assert (await say(pipe, text, at=at, speaker=speaker))["outcome"] == "act"


def signals(turn: dict[str, Any], candidate: str) -> set[str]:
    return {w["signal"] for w in turn["why"] if w["candidate"] == candidate}


async def test_learn_counts_each_speakers_turns_and_says_so(tmp_path: Path) -> None:
    async with a_pipe(tmp_path) as pipe:
        await mornings(pipe, "Anna", "make coffee")
        await say(pipe, "turn on the kettle", speaker="Bob")
        report = (await told(pipe, "learn", at="2026-03-12T08:00:00+00:00"))["report"]
    assert report["turns"] == 4
    assert {who: row["turns"] for who, row in report["habits"].items()} == {"Anna": 3, "Bob": 1}


async def test_what_was_learned_decides_for_that_speaker_alone_and_is_explained(tmp_path: Path) -> None:
    async with a_pipe(tmp_path) as pipe:
        await mornings(pipe, "Anna", "make coffee")
        await told(pipe, "learn")
        hers = await say(pipe, "start brewing", speaker="Anna", conversation="a", at="2026-03-13T07:05:00+00:00")
        his = await say(pipe, "start brewing", speaker="Bob", conversation="b")
    assert hers["actions"][0]["entity_id"] == ["switch.coffee_maker"]
    assert "habit" in signals(hers, "switch.coffee_maker")
    assert (his["outcome"], set(his["targets"])) == ("ask", BOTH)


async def test_learning_twice_is_learning_once(tmp_path: Path) -> None:
    async with a_pipe(tmp_path) as pipe:
        await mornings(pipe, "Anna", "make coffee")
        assert await told(pipe, "learn") == await told(pipe, "learn")


async def test_what_was_learned_is_there_after_a_restart(tmp_path: Path) -> None:
    async with a_pipe(tmp_path) as pipe:
        await mornings(pipe, "Anna", "turn on the kettle")
        first = await told(pipe, "learn", at="2026-03-12T09:00:00+00:00")
    async with a_pipe(tmp_path) as pipe:
        assert await told(pipe, "learn", at="2026-03-12T09:00:00+00:00") == first
        turn = await say(pipe, "start brewing", speaker="Anna", at="2026-03-13T07:05:00+00:00")
    assert turn["actions"][0]["entity_id"] == ["switch.kettle"]


async def test_a_changed_habit_shows_after_a_few_uses(tmp_path: Path) -> None:
    async with a_pipe(tmp_path) as pipe:
        await mornings(pipe, "Anna", "make coffee")
        for day in range(1, 6):
            await say(pipe, "turn on the kettle", speaker="Anna", at=f"2026-05-{day:02d}T07:00:00+00:00")
        turn = await say(pipe, "start brewing", speaker="Anna", at="2026-05-06T07:05:00+00:00")
    assert turn["actions"][0]["entity_id"] == ["switch.kettle"]


async def test_questions_dry_turns_and_false_wakes_teach_nothing(tmp_path: Path) -> None:
    async with a_pipe(tmp_path) as pipe:
        await say(pipe, "turn on the kettle", speaker="Anna", dry=True, conversation="another")
        await say(pipe, "start brewing", speaker="Anna")
        await say(pipe, "mumble mumble", speaker="Anna", wake=0.1)
        assert (await told(pipe, "learn"))["report"]["habits"] == {}


async def by_hand(pipe: Pipe, entity_id: str, who: str = "person") -> None:
    for at in MORNINGS:
        await told(pipe, "state", at=at, entity_id=entity_id, state="on", by=who)
        await told(pipe, "state", entity_id=entity_id, state="off", by="device")


async def test_what_somebody_starts_by_hand_is_the_households_habit(tmp_path: Path) -> None:
    async with a_pipe(tmp_path) as pipe:
        await by_hand(pipe, "switch.kettle")
        report = (await told(pipe, "learn"))["report"]
        turn = await say(pipe, "start brewing", at="2026-03-13T07:05:00+00:00")
    assert report["habits"]["household"]["habits"] > 0
    assert turn["actions"][0]["entity_id"] == ["switch.kettle"]
    assert "habit" in signals(turn, "switch.kettle")


async def test_what_devices_do_by_themselves_is_nobodys_habit(tmp_path: Path) -> None:
    async with a_pipe(tmp_path) as pipe:
        await by_hand(pipe, "switch.kettle", "device")
        turn = await say(pipe, "start brewing", at="2026-03-13T07:05:00+00:00")
    assert turn["outcome"] == "ask"


async def test_what_was_forgotten_is_not_counted_again_be_it_said_or_done_by_hand(tmp_path: Path) -> None:
    async with a_pipe(tmp_path) as pipe:
        await by_hand(pipe, "switch.kettle")
        await mornings(pipe, "Anna", "make coffee")
        await told(pipe, "forget", what="learned")
        assert (await told(pipe, "learn"))["report"]["habits"] == {}
    async with a_pipe(tmp_path) as pipe:
        turn = await say(pipe, "start brewing", speaker="Anna", at="2026-03-13T07:05:00+00:00")
    assert (turn["outcome"], set(turn["targets"])) == ("ask", BOTH)


async def test_a_silent_change_after_the_forgetting_counts(tmp_path: Path) -> None:
    async with a_pipe(tmp_path) as pipe:
        await by_hand(pipe, "switch.kettle")
        await told(pipe, "forget", what="learned")
        await told(pipe, "state", entity_id="switch.coffee_maker", state="on", by="person")
        assert (await told(pipe, "learn"))["report"]["habits"]["household"]["habits"] == 2


async def test_where_learning_is_switched_off_nothing_is_learned_and_nothing_learned_is_used(tmp_path: Path) -> None:
    live = LiveHome(load_home(HOME))
    async with app.hearth(Config(learning=LearningSettings(enabled=False)), live, GivenDevices(live), tmp_path) as agent:
        pipe = Pipe(agent, START)
        await mornings(pipe, "Anna", "turn on the kettle")
        report = (await told(pipe, "learn", at="2026-03-12T09:00:00+00:00"))["report"]
        assert report["habits"] == {}
        assert not any(turn.teaches for turn in await agent.store.turns())
        refused = await say(pipe, "when I say showtime turn on the kettle", speaker="Anna", at="2026-03-12T09:01:00+00:00")
        assert refused["say"] == "Learning is switched off in my settings, so I won't remember that."
