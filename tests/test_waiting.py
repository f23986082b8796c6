"""States that are waited for: how they are read, and which change is the one."""

from dataclasses import replace

import pytest

from agent.records import Trigger
from agent.understand import conditions
from agent.understand.lexicon import Lexicon
from agent.understand.normal import tokens
from agent.understand.values import View
from agent.waiting import is_met, trigger
from devices.given import load_home
from devices.home import Entity
from tests.conversation import HERE

HOME = load_home(HERE / "homes" / "house.json")
LEXICON = Lexicon()
LEXICON.update(HOME)


def split(text: str) -> tuple[dict[str, object], str] | None:
    found = conditions.split(View(tokens(text), LEXICON))
    return (found[0], found[1].said(0, len(found[1]))) if found else None


@pytest.mark.parametrize(
    ("text", "meant", "rest"),
    [
        ("when the washing machine is done tell me", {"name": "Washing Machine", "change": "done"}, "tell me"),
        ("tell me when the dryer has finished", {"kind": "dryer", "change": "done"}, "tell me"),
        ("turn on seven once anna gets home", {"name": "Anna", "change": "home"}, "turn on seven"),
        ("let me know if the garage door opens", {"name": "Garage Door", "change": "open"}, "let me know"),
        ("turn on the fan when it gets above 25.5 degrees in the study", {"measure": "temperature", "above": 25.5}, "turn on the fan"),
        ("when I leave the house turn off seven", {"name": "me", "change": "away"}, "turn off seven"),
        ("whenever the front door is unlocked tell me", {"name": "Front Door", "change": "unlocked", "always": True}, "tell me"),
    ],
)
def test_conditions_are_read(text: str, meant: dict[str, object], rest: str) -> None:
    found = split(text)
    assert found is not None
    assert {**found[0], **meant} == found[0]
    assert found[1] == rest


NONE = ("tell me if the garage door is open", "when is sunset", "when I say movie time close the blinds", "turn on the light")


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_condition(text: str) -> None:
    assert split(text) is None


def test_the_thing_that_can_tell_is_the_one_waited_on() -> None:
    """The front door's contact opens, its lock unlocks."""
    opens, unlocks = trigger({"name": "Front Door", "change": "open"}, HOME), trigger({"name": "Front Door", "change": "unlocked"}, HOME)
    assert opens is not None
    assert unlocks is not None
    assert set(opens.entity_ids) == {"binary_sensor.front_door", "lock.front_door"}
    assert unlocks.entity_ids == ("lock.front_door",)


def test_who_i_am_has_to_be_known() -> None:
    assert trigger({"name": "me", "change": "home"}, HOME) is None
    found = trigger({"name": "me", "change": "home"}, HOME, "Anna")
    assert found is not None
    assert found.entity_ids == ("person.anna",)


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("on", "off", True),
        ("on", "idle", True),
        ("off", "on", False),
        ("off", "off", False),
        ("unavailable", "off", False),
        ("on", "unavailable", False),
    ],
)
def test_done_is_the_end_of_something(before: str, after: str, wanted: bool) -> None:
    machine = Entity("switch.washer", "Washer", domain="switch", state=before)
    assert is_met(Trigger(("switch.washer",), "done"), machine, replace(machine, state=after)) is wanted


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [("24", "26", True), ("26", "27", False), ("26", "24", False), ("unknown", "26", True), ("24", "x", False)],
)
def test_a_limit_is_met_when_it_is_passed(before: str, after: str, wanted: bool) -> None:
    sensor = Entity("sensor.t", "T", domain="sensor", state=before)
    assert is_met(Trigger(("sensor.t",), "above", above=25), sensor, replace(sensor, state=after)) is wanted
