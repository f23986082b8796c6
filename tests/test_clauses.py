"""Sentences taken apart: several commands, times, exceptions, corrections, refusals."""

from datetime import UTC, datetime
from typing import Any

import pytest

from agent.app import skills
from agent.records import Context, Hypothesis
from agent.understand.grammar import Grammar
from agent.understand.reader import Reader
from devices.home import Area, Entity, Home

HOME = Home(
    areas={"living": Area("living", "Living Room"), "kitchen": Area("kitchen", "Kitchen"), "kids": Area("kids", "Kids Room")},
    entities={
        "light.ceiling": Entity("light.ceiling", "Ceiling Light", (), "living", domain="light"),
        "light.floor": Entity("light.floor", "Floor Lamp", (), "living", domain="light"),
        "cover.blinds": Entity("cover.blinds", "Window Blinds", (), "living", domain="cover", kind="blind", attributes={"device_class": "blind"}),
        "media_player.tv": Entity("media_player.tv", "TV", (), "living", domain="media_player", kind="tv"),
        "lock.door": Entity("lock.door", "Front Door", (), None, domain="lock"),
        "fan.fan": Entity("fan.fan", "Tower Fan", (), "living", domain="fan"),
    },
    version=1,
)
CONTEXT = Context(datetime(2026, 3, 10, 10, tzinfo=UTC), HOME, "living")


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Grammar(skills()))


def clauses(reader: Reader, said: str) -> list[tuple[str, dict[str, Any]]]:
    """The best reading of each clause."""
    return [(c[0].intent, dict(c[0].slots)) for c in reader.understand((Hypothesis(said),), CONTEXT)]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("turn on the floor lamp and the ceiling light", [("HassTurnOn", {"name": ["Floor Lamp", "Ceiling Light"]})]),
        (
            "turn on the floor lamp and close the window blinds",
            [("HassTurnOn", {"name": "Floor Lamp"}), ("HassTurnOff", {"name": "Window Blinds"})],
        ),
        (
            "turn off the tv close the window blinds and lock the front door",
            [("HassTurnOff", {"name": "TV"}), ("HassTurnOff", {"name": "Window Blinds"}), ("HassTurnOn", {"name": "Front Door"})],
        ),
        (
            "turn on the floor lamp and off the ceiling light",
            [("HassTurnOn", {"name": "Floor Lamp"}), ("HassTurnOff", {"name": "Ceiling Light"})],
        ),
        (
            "turn on the lights in the kitchen and the kids room",
            [("HassTurnOn", {"domain": "light", "area": ["Kitchen", "Kids Room"]})],
        ),
        ("could you please turn on the floor lamp for me, thanks", [("HassTurnOn", {"name": "Floor Lamp"})]),
        ("hey, um, turn on the floor lamp please", [("HassTurnOn", {"name": "Floor Lamp"})]),
    ],
)
def test_several(reader: Reader, said: str, meant: list[tuple[str, dict[str, Any]]]) -> None:
    """Commands one by one, shared words, politeness."""
    assert clauses(reader, said) == meant


def test_media_and_light(reader: Reader) -> None:
    """A title ends where a command begins."""
    first, second = clauses(reader, "play jazz and turn off the floor lamp")
    assert first[0] == "HassMediaSearchAndPlay"
    assert first[1]["search_query"] == "jazz"
    assert second == ("HassTurnOff", {"name": "Floor Lamp"})


@pytest.mark.parametrize(
    ("said", "slots"),
    [
        ("turn off the lights in 5 minutes", {"minutes": 5, "conversation_command": "turn off the lights"}),
        ("in 1 hour 30 seconds turn off the lights", {"hours": 1, "seconds": 30, "conversation_command": "turn off the lights"}),
        ("in 5 minutes, open the window blinds", {"minutes": 5, "conversation_command": "open the window blinds"}),
    ],
)
def test_delayed(reader: Reader, said: str, slots: dict[str, Any]) -> None:
    """ "X in five minutes" is Home Assistant's delayed command."""
    assert clauses(reader, said) == [("HassStartTimer", slots)]


@pytest.mark.parametrize(
    ("said", "command", "when"),
    [
        ("turn on the floor lamp at 9", "turn on the floor lamp", {"hour": 9, "minute": 0, "half_day": True}),
        ("every weekday at 7 am open the window blinds", "open the window blinds", {"every": "weekday", "hour": 7, "minute": 0}),
        ("close the window blinds at sunset", "close the window blinds", {"sun": "sunset"}),
    ],
)
def test_scheduled(reader: Reader, said: str, command: str, when: dict[str, Any]) -> None:
    """A point in time puts the command off, never does it now."""
    assert clauses(reader, said) == [("ExtSchedule", {"conversation_command": command, "when": when})]


def test_for_a_while(reader: Reader) -> None:
    """A length of time acts now and says when it ends."""
    assert clauses(reader, "turn on the tower fan for ten minutes") == [("HassTurnOn", {"name": "Tower Fan", "for": 600})]


def test_timers_keep_their_time(reader: Reader) -> None:
    """A timer's length is no time to set it at."""
    assert clauses(reader, "set a timer for 10 minutes") == [("HassStartTimer", {"minutes": 10})]


def test_except(reader: Reader) -> None:
    assert clauses(reader, "turn off all the lights except the floor lamp") == [("HassTurnOff", {"domain": "light", "except": ["Floor Lamp"]})]


@pytest.mark.parametrize(
    "said",
    [
        "turn on the floor lamp, no wait, the ceiling light",
        "turn on the floor lamp sorry I mean the ceiling light",
        "turn off the tv no turn on the ceiling light",
    ],
)
def test_corrected(reader: Reader, said: str) -> None:
    """What was taken back does not count."""
    assert clauses(reader, said) == [("HassTurnOn", {"name": "Ceiling Light"})]


@pytest.mark.parametrize("said", ["don't turn on the floor lamp", "please do not open the window blinds", "never lock the front door"])
def test_refused(reader: Reader, said: str) -> None:
    """Who says don't gets nothing done."""
    assert clauses(reader, said) == [("HassNevermind", {})]
