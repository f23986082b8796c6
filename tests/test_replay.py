"""A span of the log again: what is served now shows, and nothing of the log is touched."""

import json
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

from rich.console import Console

from agent import app
from agent.config import Config, LearningSettings
from agent.doors.pipe import Pipe
from agent.replay import replay, table
from agent.store import Store
from devices.given import GivenDevices, load_home
from devices.home import LiveHome

HOME = Path(__file__).parent / "homes" / "house.json"
START = datetime(2026, 3, 10, 18, tzinfo=UTC)
SETTINGS = Config(learning=LearningSettings(hold_out=0.0))


async def lived(folder: Path) -> None:
    """Three evenings with a word that the home does not know, then the learners."""
    live = LiveHome(load_home(HOME))
    async with app.hearth(SETTINGS, live, GivenDevices(live), folder) as agent:
        pipe = Pipe(agent, START)
        for day in range(3):
            for seconds, text in ((0, "turn on the funzel"), (9, "turn on the floor lamp"), (600, "turn off the floor lamp")):
                at = START + timedelta(days=day, seconds=seconds)
                line = {"type": "say", "at": at.isoformat(), "text": text, "speaker": "Anna", "area": "living_room"}
                assert "error" not in await pipe.answer(json.dumps(line))
        assert (await pipe.answer('{"type":"learn"}'))["ok"]


async def test_what_is_served_now_is_seen_beside_how_it_went(tmp_path: Path) -> None:
    await lived(tmp_path / "lived")
    async with await Store.open(tmp_path / "lived", reading=True) as log:
        turns, moves, (pairs, policy), home = await log.turns(), await log.changes(), await log.learned(), await log.home()
    assert home is not None
    for served, differ in ((pairs, 3), ((), 0)):
        live = LiveHome(home)
        async with app.hearth(SETTINGS, live, GivenDevices(live), tmp_path / f"again-{differ}") as agent:
            agent.rewrites.load(served, policy)
            compared = await replay(turns, moves, agent)
        other = [row for row in compared if not row.same]
        assert [row.text for row in other] == ["turn on the funzel"] * differ
        assert all(row.now == ("act", "light.turn_on light.floor_lamp") and row.rewrite == "turn on the floor lamp" for row in other)
        paper = StringIO()
        Console(width=200, file=paper).print(table(compared))
        told = paper.getvalue()
        assert told.count("taken as “turn on the floor lamp”") == differ
        assert f"{len(compared) - differ} of {len(compared)} turns go as they went." in told
