"""One home lived through, and what the learners say of it."""

import random
import tempfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from agent import app
from agent.config import Config, LearningSettings
from agent.doors.pipe import Pipe
from benchmarks.failure_points.episodes import EPISODES
from benchmarks.failure_points.house import HOME, ROOMS
from benchmarks.failure_points.wordings import Wordings
from benchmarks.failure_points.world import START, Said, World
from devices.given import GivenDevices, load_home
from devices.home import LiveHome


@dataclass
class Found:
    """The turns with their truth, and failures and labels by turn."""

    said: list[Said]
    failures: dict[str, dict[str, Any]]
    labels: dict[str, dict[str, Any]]


async def lived(seed: int, words: Wordings, episodes: int) -> Found:
    chance = random.Random(f"home {seed}")
    live = LiveHome(load_home(HOME))
    with tempfile.TemporaryDirectory() as folder:
        async with app.hearth(Config(learning=LearningSettings(hold_out=0.0)), live, GivenDevices(live), Path(folder)) as agent:
            world = World(Pipe(agent, START), words, chance, asked=seed % 3 != 2)
            for _ in range(episodes):
                world.now += timedelta(minutes=round(chance.uniform(4, 50), 1))
                world.who, world.room = chance.choice(("Anna", "Bob")), chance.choice(ROOMS)
                await chance.choices(list(EPISODES), list(EPISODES.values()))[0](world)
            await world.tell(type="learn")
            failures = {f["turn"]: f for f in (await world.tell(type="failures"))["failures"]}
            labels = {m["turn"]: m for m in (await world.tell(type="labels"))["labels"]}
    return Found(world.said, failures, labels)
