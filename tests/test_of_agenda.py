"""What people say of what is set for later, found in the agenda."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from agent import of_agenda
from agent.records import Context, Due
from agent.understand.normal import tokens
from agent.understand.several import timers
from devices.commands import Command
from devices.given import load_home

HOME = load_home(Path(__file__).parent / "homes" / "flat.json")
NOW = datetime.fromisoformat("2026-03-10T10:00:00+01:00")


def _plan(number: int, command: str, clock: str, rule: str = "") -> Due:
    due = datetime.fromisoformat(f"2026-03-11T{clock}:00+01:00")
    long_ago = NOW - timedelta(days=1)
    return Due(f"schedule-{number}", "schedule", due, rrule=rule, command=command, actions=(Command("light.turn_on", ()),), set_at=long_ago)


BLINDS, LAMP, COFFEE = (
    _plan(1, "close the blinds", "21:00"),
    _plan(2, "turn on the lamp", "22:00"),
    _plan(3, "make coffee", "07:00", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
)
CONTEXT = Context(NOW, HOME, agenda=(COFFEE, BLINDS, LAMP))


@pytest.mark.parametrize(
    ("said", "ids"),
    [
        ("cancel that", [3, 1, 2]),
        ("please cancel it", [3, 1, 2]),
        ("cancel the blinds one", [1]),
        ("Cancel the lamp, please.", [2]),
        ("cancel the one at 9", [1]),
        ("cancel the last one", [2]),
        ("don't close the blinds", [1]),
        ("do not turn on the lamp", [2]),
        ("stop making coffee on weekdays", [3]),
        ("don't make coffee on monday", [3]),
    ],
)
def test_it_is_found(said: str, ids: list[int]) -> None:
    found = of_agenda.read(said, CONTEXT)
    assert found is not None
    assert found.slots["ids"] == [f"schedule-{number}" for number in ids]


@pytest.mark.parametrize(
    "said",
    ["cancel the timer", "turn on the lamp", "don't turn off the lamp", "don't open the blinds", "stop making coffee", "forget that", ""],
)
def test_other_words_are_not_of_the_agenda(said: str) -> None:
    assert of_agenda.read(said, CONTEXT) is None


def test_what_was_set_in_the_last_hour_is_meant_before_the_rest() -> None:
    fresh = replace(LAMP, set_at=NOW - timedelta(minutes=30))
    found = of_agenda.read("cancel that", replace(CONTEXT, agenda=(COFFEE, BLINDS, fresh)))
    assert found is not None
    assert found.slots["ids"] == ["schedule-2"]


@pytest.mark.parametrize(
    ("said", "lengths"),
    [
        ("set two timers, one for 5 and one for 12 minutes", [{"minutes": 5}, {"minutes": 12}]),
        ("start timers for 10, 20 and 30 seconds", [{"seconds": 10}, {"seconds": 20}, {"seconds": 30}]),
        ("set two timers for 5 minutes", [{"minutes": 5}, {"minutes": 5}]),
        ("set two timers, one for an hour and one for ten minutes", [{"hours": 1}, {"minutes": 10}]),
        ("set three timers for 5 and 10 minutes", []),
        ("set a timer for 5 minutes", []),
        ("set timers for pasta and eggs", []),
    ],
)
def test_several_timers(said: str, lengths: list[dict[str, int]]) -> None:
    assert [dict(clause[0].slots) for clause in timers(tokens(said))] == lengths
