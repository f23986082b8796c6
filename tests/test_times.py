"""Points in time: `when` mappings to moments in the home's zone, over clock changes, and rules that recur."""

from datetime import datetime
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from agent.times import falls, has_time, later, local, matches, next_due, resolve_when, seconds_until, sun_at, without
from devices.home import Location

HOME = Location(52.37, 4.90, "Europe/Amsterdam")
NOW = datetime.fromisoformat("2026-03-10T10:00:00+01:00")
"""A Tuesday."""


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("when", "due"),
    [
        ({"hour": 19, "minute": 15}, "2026-03-10T19:15:00+01:00"),
        ({"hour": 9, "minute": 0}, "2026-03-11T09:00:00+01:00"),
        ({"hour": 9, "minute": 0, "half_day": True}, "2026-03-10T21:00:00+01:00"),
        ({"hour": 10, "minute": 0, "half_day": True}, "2026-03-10T22:00:00+01:00"),
        ({"hour": 11, "minute": 0, "half_day": True}, "2026-03-10T11:00:00+01:00"),
        ({"hour": 12, "minute": 0, "half_day": True}, "2026-03-10T12:00:00+01:00"),
        ({"hour": 12, "minute": 0}, "2026-03-10T12:00:00+01:00"),
        ({"hour": 0, "minute": 0}, "2026-03-11T00:00:00+01:00"),
        ({"hour": 7, "minute": 0, "half_day": True, "day": 1}, "2026-03-11T07:00:00+01:00"),
        ({"hour": 3, "minute": 0, "half_day": True, "day": 1}, "2026-03-11T15:00:00+01:00"),
        ({"hour": 9, "minute": 0, "half_day": True, "day": 0}, "2026-03-10T21:00:00+01:00"),
        ({"day": 1}, "2026-03-11T09:00:00+01:00"),
        ({"monthday": 10, "hour": 19, "minute": 0}, "2026-03-10T19:00:00+01:00"),
        ({"monthday": 2}, "2026-04-02T09:00:00+02:00"),
        ({"monthday": 31}, "2026-03-31T09:00:00+02:00"),
        ({"day": 1, "part": "morning"}, "2026-03-11T08:00:00+01:00"),
        ({"day": 0, "part": "night"}, "2026-03-10T21:00:00+01:00"),
        ({"day": 0, "part": "night", "hour": 8, "half_day": True}, "2026-03-10T20:00:00+01:00"),
        ({"day": 0, "part": "night", "hour": 1, "half_day": True}, "2026-03-11T01:00:00+01:00"),
        ({"weekday": 4, "hour": 8, "minute": 0}, "2026-03-13T08:00:00+01:00"),
        ({"weekday": 1, "hour": 8, "minute": 0}, "2026-03-17T08:00:00+01:00"),
        ({"weekday": 1, "hour": 18, "minute": 0}, "2026-03-10T18:00:00+01:00"),
        ({"date": [7, 13], "hour": 8, "minute": 0}, "2026-07-13T08:00:00+02:00"),
        ({"date": [3, 9]}, "2027-03-09T09:00:00+01:00"),
        ({"date": [5, 1, 2030]}, "2030-05-01T09:00:00+02:00"),
        ({"date": [2, 29]}, "2028-02-29T09:00:00+01:00"),
        ({"in": 600}, "2026-03-10T10:10:00+01:00"),
        ({"in": 604800}, "2026-03-17T10:00:00+01:00"),
    ],
)
def test_once(when: dict[str, Any], due: str) -> None:
    assert resolve_when(when, NOW, HOME) == (at(due), "")


@pytest.mark.parametrize(
    "when",
    [
        {},
        {"hour": 9, "minute": 0, "day": 0},
        {"day": -1},
        {"date": [2, 30]},
        {"date": [3, 1, 2026]},
        {"event": "i come home"},
        {"in": 0},
        {"in": 1e15},
    ],
)
def test_what_is_over_or_means_no_moment(when: dict[str, Any]) -> None:
    assert resolve_when(when, NOW, HOME)[0] is None


@pytest.mark.parametrize(("hour", "wanted"), [(5, 5), (7, 7), (11, 11), (12, 12)])
def test_a_time_to_wake_up_is_in_the_morning(hour: int, wanted: int) -> None:
    due, _ = resolve_when({"hour": hour, "minute": 0, "half_day": True, "day": 1}, NOW, HOME, waking=True)
    assert due is not None
    assert due.hour == wanted


@pytest.mark.parametrize(
    ("when", "due", "rrule"),
    [
        ({"every": "day", "hour": 7, "minute": 0}, "2026-03-11T07:00:00+01:00", "FREQ=DAILY"),
        ({"every": "weekday", "hour": 7, "minute": 0}, "2026-03-11T07:00:00+01:00", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ({"every": "weekend", "hour": 9, "minute": 0}, "2026-03-14T09:00:00+01:00", "FREQ=WEEKLY;BYDAY=SA,SU"),
        ({"every": "week", "weekdays": [0, 3], "hour": 18, "minute": 30}, "2026-03-12T18:30:00+01:00", "FREQ=WEEKLY;BYDAY=MO,TH"),
        ({"every": "week", "interval": 2, "weekdays": [6], "part": "evening"}, "2026-03-15T19:00:00+01:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU"),
        ({"every": "week", "hour": 20, "minute": 0}, "2026-03-10T20:00:00+01:00", "FREQ=WEEKLY;BYDAY=TU"),
        ({"every": "hour"}, "2026-03-10T11:00:00+01:00", "FREQ=HOURLY"),
        ({"every": "minute", "interval": 30}, "2026-03-10T10:30:00+01:00", "FREQ=MINUTELY;INTERVAL=30"),
        ({"every": "day", "interval": 2, "hour": 8, "minute": 0}, "2026-03-11T08:00:00+01:00", "FREQ=DAILY;INTERVAL=2"),
    ],
)
def test_by_rule(when: dict[str, Any], due: str, rrule: str) -> None:
    assert resolve_when(when, NOW, HOME) == (at(due), rrule)
    assert rrulestr(rrule, dtstart=at(due).replace(tzinfo=None)) is not None


def test_the_sun() -> None:
    assert resolve_when({"sun": "sunset"}, NOW, HOME)[0] == at("2026-03-10T18:35:29+01:00")
    half_an_hour_before = resolve_when({"sun": "sunset", "offset": -1800}, NOW, HOME)[0]
    assert half_an_hour_before == at("2026-03-10T18:05:29+01:00")
    tomorrow = resolve_when({"sun": "sunrise"}, NOW, HOME)[0]
    assert tomorrow is not None
    assert tomorrow.date() == at("2026-03-11T00:00:00+01:00").date()


def test_the_suns_rule_follows_the_sun() -> None:
    due, rule = resolve_when({"sun": "sunset", "every": "day"}, NOW, HOME)
    assert (rule, due) == ("FREQ=DAILY;X-SUN=sunset;X-OFFSET=0", at("2026-03-10T18:35:29+01:00"))
    assert due is not None
    assert next_due(rule, due, due, HOME) == at("2026-03-11T18:37:16+01:00")


def test_a_sun_that_does_not_set_has_no_moment() -> None:
    assert sun_at("sunset", at("2026-06-21T00:00:00+00:00").date(), 0, Location(78.2, 15.6, "Arctic/Longyearbyen")) is None


def test_a_skipped_time_moves_on_by_the_gap_and_a_doubled_one_is_the_first() -> None:
    skipped, _ = resolve_when({"hour": 2, "minute": 30, "date": [3, 29]}, NOW, HOME)
    doubled, _ = resolve_when({"hour": 2, "minute": 30, "date": [10, 25]}, NOW, HOME)
    assert [moment.isoformat() for moment in (skipped, doubled) if moment] == ["2026-03-29T03:30:00+02:00", "2026-10-25T02:30:00+02:00"]


def test_in_an_hour_that_happens_twice_the_next_moment_is_not_an_hour_ago() -> None:
    """At the second 2:45, 2:50 is over for today: the first 2:50 was the one."""
    second = at("2026-10-25T02:45:00+01:00")
    due, _ = resolve_when({"hour": 2, "minute": 50}, second, HOME)
    assert due is not None
    assert due.isoformat() == "2026-10-26T02:50:00+01:00"
    first = local(at("2026-10-25T02:45:00+02:00"), HOME)
    assert later(first, 1800).isoformat() == "2026-10-25T02:15:00+01:00"
    assert seconds_until(later(first, 1800), first) == 1800


def test_a_rule_keeps_the_time_of_the_clock_over_a_clock_change() -> None:
    saturday = at("2026-03-28T07:00:00+01:00")
    assert next_due("FREQ=DAILY", saturday, saturday, HOME) == at("2026-03-29T07:00:00+02:00")


def test_a_span_of_hours_is_exact_over_a_clock_change_and_days_keep_the_clock() -> None:
    night = at("2026-03-29T00:30:00+01:00")
    assert resolve_when({"in": 7200}, night, HOME)[0] == at("2026-03-29T03:30:00+02:00")
    assert resolve_when({"in": 86400}, at("2026-03-28T07:00:00+01:00"), HOME)[0] == at("2026-03-29T07:00:00+02:00")


def test_missed_ones_are_passed_over() -> None:
    due = at("2026-03-01T07:00:00+01:00")
    assert next_due("FREQ=DAILY", due, NOW, HOME) == at("2026-03-11T07:00:00+01:00")
    assert next_due("FREQ=DAILY;COUNT=2", due, NOW, HOME) is None


@pytest.mark.parametrize(
    ("when", "fits"),
    [
        ({}, True),
        ({"hour": 7, "minute": 0, "half_day": True}, True),
        ({"hour": 7, "minute": 0}, True),
        ({"hour": 19, "minute": 0}, False),
        ({"hour": 7, "minute": 30, "half_day": True}, False),
        ({"part": "morning"}, True),
        ({"part": "evening"}, False),
        ({"day": 1}, True),
        ({"day": 0}, False),
        ({"day": 0, "days": 7}, True),
        ({"weekday": 2}, True),
        ({"weekday": 5, "days": 2}, False),
        ({"date": [3, 11]}, True),
    ],
)
def test_an_alarm_is_found_by_what_was_said(when: dict[str, Any], fits: bool) -> None:
    assert matches(when, at("2026-03-11T07:00:00+01:00"), NOW, HOME) is fits


def test_has_time() -> None:
    assert [has_time(w) for w in ({"day": 1}, {"hour": 0}, {"part": "night"}, {"in": 5}, {"sun": "dusk"}, {"every": "day"})] == [
        False,
        True,
        True,
        True,
        True,
        False,
    ]


def test_an_unknown_zone_is_utc() -> None:
    assert local(NOW, Location(0, 0, "Nowhere/Land")).utcoffset() == at("2026-03-10T10:00:00+00:00").utcoffset()


@given(
    hour=st.integers(0, 23),
    minute=st.integers(0, 59),
    half_day=st.booleans(),
    day=st.none() | st.integers(0, 400),
    now=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)),  # noqa: DTZ001 - made aware below
    zone=st.sampled_from(["Europe/Amsterdam", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"]),
)
def test_a_moment_is_always_after_now_and_on_the_day_that_was_said(
    hour: int, minute: int, half_day: bool, day: int | None, now: datetime, zone: str
) -> None:
    place = Location(0.0, 0.0, zone)
    here = local(now.replace(tzinfo=NOW.tzinfo), place)
    when = {"hour": hour, "minute": minute, **({"half_day": True} if half_day and 0 < hour <= 12 else {}), **({} if day is None else {"day": day})}
    due, rule = resolve_when(when, here, place)
    assert rule == ""
    assert due is not None or day == 0
    if due is not None:
        assert due > here
        assert day is None or (due.date() - here.date()).days == day
        assert due.minute == minute or due.utcoffset() != here.utcoffset() or zone != "UTC"


def test_a_day_left_out_of_a_rule_is_passed_over_and_the_others_stay() -> None:
    rule, due = "FREQ=DAILY", at("2026-03-11T07:00:00+01:00")
    spared = without(without(rule, at("2026-03-13T07:00:00+01:00").date()), at("2026-03-12T07:00:00+01:00").date())
    assert spared == "FREQ=DAILY;X-OUT=2026-03-12,2026-03-13"
    assert next_due(spared, due, due, HOME) == at("2026-03-14T07:00:00+01:00")
    assert next_due(rule, due, due, HOME) == at("2026-03-12T07:00:00+01:00")


def test_what_recurs_is_found_by_any_of_its_next_days() -> None:
    due = at("2026-03-11T07:00:00+01:00")
    monday = {"weekday": 0}
    assert falls(monday, due, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", NOW, HOME) == at("2026-03-16T07:00:00+01:00")
    assert falls({"weekday": 6}, due, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", NOW, HOME) is None
    assert falls(monday, due, "", NOW, HOME) is None
