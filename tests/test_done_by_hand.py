"""What somebody does by hand after words that failed is learned as what they meant, but never what needs a yes."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from agent import app
from agent.config import Config, RiskSettings
from agent.doors.pipe import Pipe
from agent.learn.episodes import episodes
from agent.learn.log import Log
from agent.learn.rewrites import learned
from agent.records import Learned, Risk
from agent.risk import RiskTable
from devices.given import GivenDevices, load_home
from devices.home import Entity, Home, LiveHome
from tests.test_failures import AT, hand, unread

DAY = 86400.0
TABLE = RiskTable()
HOUSE = Path(__file__).parent / "homes" / "house.json"


def after_four_days(entity: Entity, words: str, table: RiskTable = TABLE) -> Learned:
    """The one pair that is made of four days on which somebody said this, and then turned the thing on."""
    turns = tuple(replace(unread(words, DAY * day), number=day, id=f"turn-{day}") for day in range(4))
    moves = tuple(hand(DAY * day + 20, entity.entity_id) for day in range(4))
    log = Log(turns, moves, names={entity.entity_id: entity.name}, home=Home(entities={entity.entity_id: entity}), risk=table)
    (pair,) = (p for p in learned(tuple(episodes(log, {})), AT + timedelta(days=5), names=log.names) if not p.part)
    return pair


@pytest.mark.parametrize(
    ("kind", "words", "risk", "state", "why"),
    [
        ("fan", "stuffy air", "R1", "serving", ""),
        ("sprinkler", "dry grass", "R3", "shadow", "guarded: grave"),
    ],
)
def test_a_switch_by_hand(kind: str, words: str, risk: str, state: str, why: str) -> None:
    pair = after_four_days(Entity(f"switch.{kind}", kind.title(), domain="switch", kind=kind), words)
    assert (pair.target, pair.risk, pair.state, pair.why) == (f"turn on the {kind}", risk, state, why)


MOVED: list[tuple[dict[str, Risk], str, str]] = [
    ({"fan": "R2"}, "R2", "serving"),
    ({"fan": "R3"}, "R3", "shadow"),
    ({"switch.fan": "R3"}, "R3", "shadow"),
]


@pytest.mark.parametrize(("moved", "risk", "state"), MOVED)
def test_the_settings_say_how_grave_a_thing_is(moved: dict[str, Risk], risk: str, state: str) -> None:
    pair = after_four_days(Entity("switch.fan", "Fan", domain="switch", kind="fan"), "stuffy air", RiskTable(moved))
    assert (pair.risk, pair.state) == (risk, state)


async def test_the_learners_process_knows_the_settings_of_today(tmp_path: Path) -> None:
    """Learned while it was harmless; then the settings make it grave, and the next run takes it back."""
    seen = {}
    for overrides in ({}, {"coffee_maker": "R3"}):
        live = LiveHome(load_home(HOUSE))
        async with app.hearth(Config(risk=RiskSettings(overrides=overrides)), live, GivenDevices(live), tmp_path) as agent:
            pipe = Pipe(agent, AT)
            for day in range(0 if overrides else 3):
                for seconds, text in ((0, "good vibes"), (8, "turn on the coffee maker")):
                    at = (AT + timedelta(days=day, seconds=seconds)).isoformat()
                    await pipe.answer(json.dumps({"type": "say", "at": at, "text": text, "speaker": "Anna", "area": "kitchen"}))
            await pipe.answer('{"type":"learn"}')
            pairs, _ = await agent.store.learned()
            seen[len(overrides)] = {(p.source, p.risk, p.state, p.why) for p in pairs}
    assert seen == {0: {("good vibes", "R1", "serving", "")}, 1: {("good vibes", "R3", "shadow", "guarded: grave")}}
