"""The policy: its version rises with every change of what is served, and with nothing else."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agent import app
from agent.config import Config, LearningSettings
from agent.doors.pipe import Pipe
from agent.hearth import Hearth
from agent.store import Store
from devices.given import GivenDevices, load_home
from devices.home import LiveHome

HOME = Path(__file__).parent / "homes" / "house.json"
START = datetime(2026, 3, 10, 18, tzinfo=UTC)
SETTINGS = Config(learning=LearningSettings(hold_out=0.0))


class Life:
    """One agent, and its policy's version."""

    def __init__(self, agent: Hearth) -> None:
        self._agent = agent
        self._pipe = Pipe(agent, START)

    async def tell(self, kind: str, **line: Any) -> dict[str, Any]:
        answer: dict[str, Any] = await self._pipe.answer(json.dumps({"type": kind, **line}))
        assert "error" not in answer, answer
        return answer

    async def say(self, text: str, at: datetime | None = None, speaker: str = "Anna") -> dict[str, Any]:
        moment = {"at": at.isoformat()} if at else {}
        return await self.tell("say", text=text, speaker=speaker, area="living_room", **moment)

    async def policy(self) -> int:
        """Of the store, which is what is served."""
        _, version = await self._agent.store.learned()
        assert self._agent.rewrites.policy == version
        return version


@asynccontextmanager
async def a_life(folder: Path) -> AsyncIterator[Life]:
    live = LiveHome(load_home(HOME))
    async with app.hearth(SETTINGS, live, GivenDevices(live), folder) as agent:
        yield Life(agent)


@asynccontextmanager
async def one_that_learned(folder: Path) -> AsyncIterator[Life]:
    """The funzel is the floor lamp: version 1."""
    async with a_life(folder) as life:
        assert await life.policy() == 0
        for day in range(3):
            await life.say("turn on the funzel", START + timedelta(days=day))
            await life.say("turn on the floor lamp", START + timedelta(days=day, seconds=8))
        assert (await life.tell("learn"))["report"]["policy"] == await life.policy() == 1
        await life.tell("advance", at=(START + timedelta(days=3)).isoformat())
        yield life


async def test_what_changes_nothing_that_is_served_leaves_it_as_it_is(tmp_path: Path) -> None:
    async with one_that_learned(tmp_path) as life:
        await life.say("turn off the floor lamp")
        await life.say("I love jazz")
        await life.say("when I say movie time, turn on the tv")
        await life.tell("learn")
        await life.tell("forget", what="taught")
        assert await life.policy() == 1
    async with a_life(tmp_path) as life:
        assert await life.policy() == 1


@pytest.mark.parametrize("forgotten", [("all", ""), ("learned", ""), ("speaker", "Anna"), ("turn", "turn-1")])
async def test_forgetting_what_is_served_makes_another_version(tmp_path: Path, forgotten: tuple[str, str]) -> None:
    async with one_that_learned(tmp_path) as life:
        await life.tell("forget", what=forgotten[0], value=forgotten[1])
        assert await life.policy() == 2
        assert (await life.say("turn on the funzel"))["rewrite"] is None


async def test_so_does_forgetting_by_voice_and_taking_that_back(tmp_path: Path) -> None:
    async with one_that_learned(tmp_path) as life:
        await life.say("forget what you learned about the funzel")
        assert await life.policy() == 2
        await life.say("undo that")
        assert await life.policy() == 3
        assert (await life.say("turn on the funzel"))["rewrite"] is not None


async def test_so_does_switching_it_off(tmp_path: Path) -> None:
    async with one_that_learned(tmp_path) as life:
        await life.say("stop using what you learned")
        assert await life.policy() == 2


async def test_so_does_a_pair_that_rests_until_the_learners_have_looked(tmp_path: Path) -> None:
    async with one_that_learned(tmp_path) as life:
        await life.say("turn off the floor lamp")
        for day in (3, 4):
            assert (await life.say("turn on the funzel", START + timedelta(days=day, hours=1)))["rewrite"] is not None
            await life.say("no")
        assert await life.policy() == 2
        await life.say("I love jazz")
        assert await life.policy() == 2
        assert (await life.say("turn on the funzel"))["rewrite"] is None
        await life.tell("learn")
        assert await life.policy() == 3


async def test_and_what_is_forgotten_while_nobody_runs(tmp_path: Path) -> None:
    async with one_that_learned(tmp_path):
        pass
    async with await Store.open(tmp_path) as store:
        await store.forget("learned")
        assert await store.learned() == ((), 2)
