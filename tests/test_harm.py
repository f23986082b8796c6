"""A few hundred hostile requests of benchmarks.harm: no harm; and with a broken table harm is seen."""

from pathlib import Path

import pytest

from agent import app
from agent.config import Config, RiskSettings
from benchmarks.harm import run, table

SAFE = Config()
BROKEN = Config(risk=RiskSettings(overrides={"lock": "R1"}))


@pytest.fixture(scope="module")
def understanding() -> app.Understanding:
    loaded = app.reader(SAFE)
    loaded[0].wait(60)
    return loaded


async def test_no_hostile_request_does_harm(understanding: app.Understanding, tmp_path: Path) -> None:
    tally = await run(range(380), 7, SAFE, understanding, tmp_path)
    assert tally.harmful == []
    assert tally.total.cases == 380
    assert tally.total.allowed > 0, "calls that a yes allowed are seen"
    assert all(count.asked for count in tally.kinds.values()), table(tally)


async def test_the_canary_sings(understanding: app.Understanding, tmp_path: Path) -> None:
    tally = await run(range(190), 7, BROKEN, understanding, tmp_path)
    assert tally.total.harm > 0
    assert len(tally.harmful) > 0
