"""What somebody does by hand after words that failed is learned as what they meant, but never what needs a yes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from agent.learn.episodes import episodes
from agent.learn.log import Log
from agent.learn.rewrites import learned
from agent.records import Learned
from devices.home import Entity, Home
from tests.test_failures import AT, hand, unread

DAY = 86400.0


def after_four_days(entity: Entity, words: str) -> Learned:
    """The one pair that is made of four days on which somebody said this, and then turned the thing on."""
    turns = tuple(replace(unread(words, DAY * day), number=day, id=f"turn-{day}") for day in range(4))
    moves = tuple(hand(DAY * day + 20, entity.entity_id) for day in range(4))
    log = Log(turns, moves, names={entity.entity_id: entity.name}, home=Home(entities={entity.entity_id: entity}))
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
