"""What was forgotten stays forgotten: no rebuild from the log, and no new start, brings it back."""

import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agent import app
from agent.codec import encode
from agent.config import Config
from agent.database import FILE
from agent.doors.pipe import Pipe
from agent.hearth import Hearth
from agent.records import Learned
from devices.given import GivenDevices, load_home
from devices.home import LiveHome

AT = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
HOME = Path(__file__).parent / "homes" / "flat.json"


@asynccontextmanager
async def a_life(folder: Path) -> AsyncIterator[Hearth]:
    live = LiveHome(load_home(HOME))
    async with app.hearth(Config(), live, GivenDevices(live), folder) as agent:
        yield agent


async def told(agent: Hearth, minute: int, **line: object) -> dict[str, object]:
    at = AT + timedelta(minutes=minute)
    answer: dict[str, object] = await Pipe(agent, AT).answer(json.dumps({"at": at.isoformat(), **line}))
    assert "error" not in answer, answer
    return answer


async def say(agent: Hearth, minute: int, text: str) -> None:
    assert (await told(agent, minute, type="say", text=text, speaker="ann"))["outcome"] == "act"


def habits(agent: Hearth) -> set[str]:
    return {habit.value for habit in agent.around.habits.about("ann", AT + timedelta(minutes=30), ())}


async def test_habits_come_back_from_the_log_at_the_next_start(tmp_path: Path) -> None:
    async with a_life(tmp_path) as first:
        await say(first, 1, "turn on the floor lamp")
        counted = habits(first)
    async with a_life(tmp_path) as second:
        assert habits(second) == counted
        assert "light.floor_lamp" in counted


@pytest.mark.parametrize("what", ["learned", "all"])
async def test_forgotten_habits_do_not_come_back(tmp_path: Path, what: str) -> None:
    async with a_life(tmp_path) as first:
        await say(first, 1, "turn on the floor lamp")
        await told(first, 2, type="forget", what=what)
        assert habits(first) == set()
        await say(first, 3, "turn off the floor lamp")
    async with a_life(tmp_path) as second:
        assert habits(second) == {"light.floor_lamp"}
        assert [h.weight for h in second.around.habits.about("ann", AT + timedelta(minutes=3), ()) if h.situation == "any"] == [pytest.approx(1.0)]
        await told(second, 4, type="forget", what=what)
    async with a_life(tmp_path) as third:
        assert habits(third) == set()


async def test_a_forgotten_turn_teaches_nothing_and_its_number_stays_its_own(tmp_path: Path) -> None:
    async with a_life(tmp_path) as first:
        await say(first, 1, "turn on the floor lamp")
        assert (await told(first, 2, type="forget", what="turn", value="turn-1"))["removed"] == 1
        assert habits(first) == set()
        answer = await told(first, 3, type="say", text="turn on the floor lamp")
        assert answer["turn"] == "turn-2"
    async with a_life(tmp_path) as second:
        assert (await told(second, 4, type="say", text="turn on the floor lamp"))["turn"] == "turn-3"


async def test_what_is_older_than_the_home_keeps_leaves_the_log_once_a_day(tmp_path: Path) -> None:
    async with a_life(tmp_path) as agent:
        await say(agent, 1, "turn on the floor lamp")
        await told(agent, 179 * 24 * 60, type="advance")
        assert await agent.store.turn("turn-1") is not None
        await told(agent, 181 * 24 * 60, type="advance")
        assert await agent.store.turn("turn-1") is None


async def failing(agent: Hearth) -> None:
    """Ann is understood at the second try, Bob at the first; the learners have seen it."""
    said = [(1, "ann", "turn on the floor camp"), (1, "ann", "turn on the floor lamp"), (9, "bob", "turn off the floor lamp")]
    for second, (minute, who, text) in enumerate(said):
        at = AT + timedelta(minutes=minute, seconds=9 * second)
        await told(agent, minute, type="say", text=text, speaker=who, conversation=who, at=at.isoformat())
    await told(agent, 20, type="learn")


async def learned(agent: Hearth) -> dict[str, set[str]]:
    """Table -> the turns that it tells of."""
    store = agent.store
    again = {turn for turn in ("turn-1", "turn-2", "turn-3") if await store.rephrase_of(turn)}
    return {"failure": {f.turn for f in await store.failures()}, "label": {m.turn for m in await store.labels()}, "rephrase": again}


@pytest.mark.parametrize(
    ("what", "value", "left", "again"),
    [
        ("learned", "", set(), set()),
        ("all", "", set(), set()),
        ("speaker", "ann", {"turn-3"}, set()),
        ("speaker", "bob", {"turn-1", "turn-2"}, {"turn-2"}),
        ("turn", "turn-1", {"turn-2", "turn-3"}, set()),
        ("turn", "turn-3", {"turn-1", "turn-2"}, {"turn-2"}),
        ("taught", "", {"turn-1", "turn-2", "turn-3"}, {"turn-2"}),
    ],
)
async def test_what_learners_said_of_forgotten_turns_is_forgotten_with_them(
    tmp_path: Path, what: str, value: str, left: set[str], again: set[str]
) -> None:
    async with a_life(tmp_path) as agent:
        await failing(agent)
        every = {"turn-1", "turn-2", "turn-3"}
        assert await learned(agent) == {"failure": every, "label": every, "rephrase": {"turn-2"}}
        await told(agent, 30, type="forget", what=what, value=value)
        assert await learned(agent) == {"failure": left, "label": left, "rephrase": again}


PAIR = Learned(
    "turn on the glow", "turn on the floor lamp", "ann", service="light.turn_on", entities=("light.floor_lamp",), score=0.99, episodes=5,
    state="serving", turns=("turn-7", "turn-9"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("what", "value", "stays"),
    [("learned", "", False), ("speaker", "ann", False), ("speaker", "bob", True), ("turn", "turn-9", False), ("turn", "turn-8", True)],
)
async def test_a_pair_goes_with_whose_it_was_and_with_what_it_was_learned_from(tmp_path: Path, what: str, value: str, stays: bool) -> None:
    async with a_life(tmp_path) as agent:
        with sqlite3.connect(tmp_path / FILE) as db:
            db.execute("INSERT INTO rewrite (speaker, source, target, record) VALUES (?, ?, ?, ?)", ("ann", PAIR.source, PAIR.target, encode(PAIR)))
            db.execute("INSERT INTO policy (version, at, digest) VALUES (1, ?, '')", (AT.isoformat(),))
        db.close()
        await agent.serve()
        assert (await told(agent, 1, type="say", text=PAIR.source, speaker="ann"))["rewrite"]
        await told(agent, 2, type="forget", what=what, value=value)
        assert (await agent.store.learned())[0] == ((PAIR,) if stays else ())
        assert bool((await told(agent, 3, type="say", text=PAIR.source, speaker="ann", conversation="new"))["rewrite"]) == stays
