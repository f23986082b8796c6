"""One reading of reactions, whoever asks: a turn as habits keep it and the same turn as learners read it are answered alike."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from agent.codec import encode
from agent.habits import _attempt
from agent.learn.log import past
from agent.reactions import Deed, Did, Moved, contradicts, done_instead, put_otherwise
from agent.records import ActionResult, Hypothesis, Interpretation, Outcome, Request, Resolution, Turn
from devices.commands import Command, Report

AT = datetime(2026, 3, 10, 18, tzinfo=UTC)
FLOOR, DESK = "light.floor_lamp", "light.desk_lamp"


def turn(text: str, seconds: float = 0, service: str = "light.turn_on", things: tuple[str, ...] = (FLOOR,), intent: str = "HassTurnOn") -> Turn:
    request = Request("r", AT + timedelta(seconds=seconds), (Hypothesis(text),), area="study", speaker="Anna")
    reading = Interpretation(intent, {"domain": "light"}, 1.0, "exact")
    results = (ActionResult(Command(service, things), (Report(things[0], True),)),) if things else ()
    outcome: Outcome = "act" if things else "decline"
    found = (Resolution(reading, things),)
    return Turn("turn-1", request, "study", text, who="Anna", clauses=((reading,),), resolutions=found, outcome=outcome, results=results)


def both(said: Turn) -> tuple[Deed, Deed]:
    return past(1, json.loads(encode(said))), _attempt(said, "Anna", ("any",))


ON = turn("turn on the light")


@pytest.mark.parametrize(
    ("then", "contrary"),
    [
        (turn("undo that", 5, "light.turn_off", intent="ExtUndo"), True),
        (turn("turn off the light", 5, "light.turn_off", intent="HassTurnOff"), True),
        (turn("no", 5, things=(), intent=""), True),
        (turn("turn off the desk lamp", 5, "light.turn_off", (DESK,), "HassTurnOff"), False),
        (turn("turn on the desk lamp", 5, things=(DESK,)), False),
    ],
)
def test_what_takes_a_request_back(then: Turn, contrary: bool) -> None:
    past_on, attempt_on = both(ON)
    past_then, attempt_then = both(then)
    assert contradicts(past_on, past_then) is contradicts(attempt_on, attempt_then) is contrary


def hand(entity_id: str, state: str, seconds: float = 10, by: str = "person") -> Moved:
    return Moved(AT + timedelta(seconds=seconds), entity_id, state, by)


@pytest.mark.parametrize(
    ("moves", "otherwise", "instead"),
    [
        ([hand(FLOOR, "off"), hand(DESK, "on", 12)], [FLOOR], DESK),
        ([hand(FLOOR, "off", by="device")], [], ""),
        ([hand(FLOOR, "off", 61)], [], ""),
        ([hand(FLOOR, "on"), hand("person.anna", "home")], [], ""),
        ([hand(DESK, "off")], [], ""),
    ],
)
def test_what_a_hand_puts_otherwise_and_does_instead(moves: list[Moved], otherwise: list[str], instead: str) -> None:
    for deed in both(ON):
        assert [m.entity_id for m in put_otherwise(deed, moves)] == otherwise
        found = done_instead(deed, moves)
        assert (found.entity_id if found else "") == instead


def test_of_what_did_nothing_the_one_thing_that_is_moved_is_meant() -> None:
    for deed in both(turn("lumos", things=(), intent="")):
        assert deed.did == ()
        assert done_instead(deed, [hand(DESK, "on")]) == hand(DESK, "on")
        assert done_instead(deed, [hand(DESK, "on"), hand(FLOOR, "on")]) is None


def test_both_know_what_was_done() -> None:
    assert {deed.did for deed in both(ON)} == {(Did("light.turn_on", (FLOOR,)),)}
