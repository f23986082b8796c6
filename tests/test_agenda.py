"""What is due happens in order, once, and again when it recurs; what fell due while nobody ran happens late."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.agenda import Agenda
from agent.bell import Bell
from agent.clock import ManualClock, SystemClock
from agent.records import Change, Due, Hypothesis, Request, Turn
from agent.store import Store
from devices.home import Location

BERLIN = Location(52.5, 13.4, "Europe/Berlin")
AT = datetime(2026, 3, 27, 6, 0, tzinfo=UTC)


def due(name: str, minutes: float | None, rrule: str = "") -> Due:
    return Due(name, "alarm", AT + timedelta(minutes=minutes) if minutes is not None else None, rrule=rrule)


def popped(agenda: Agenda, now: datetime) -> list[str]:
    found = []
    while (one := agenda.pop(now)) is not None:
        found.append(one.id)
    return found


def after(minutes: float) -> datetime:
    return AT + timedelta(minutes=minutes)


def test_what_is_due_comes_in_order_and_once() -> None:
    agenda = Agenda(BERLIN, [due("c", 3), due("a", 1), due("b", 2)])
    assert agenda.next_at() == after(1)
    assert popped(agenda, after(2)) == ["a", "b"]
    assert popped(agenda, after(2)) == []
    assert agenda.next_at() == after(3)


def test_a_moved_one_falls_due_at_its_new_time_only() -> None:
    agenda = Agenda(BERLIN, [due("a", 1), due("b", 5)])
    agenda.put(due("a", 7))
    assert popped(agenda, after(2)) == []
    assert popped(agenda, after(9)) == ["b", "a"]


def test_one_moved_there_and_back_falls_due_once() -> None:
    agenda = Agenda(BERLIN, [due("a", 1)])
    agenda.put(due("a", 7))
    agenda.put(due("a", 1))
    assert popped(agenda, after(9)) == ["a"]
    assert agenda.next_at() is None


def test_a_paused_one_never_falls_due_until_it_goes_on() -> None:
    agenda = Agenda(BERLIN, [due("a", 1)])
    agenda.put(due("a", None))
    assert (agenda.next_at(), popped(agenda, after(99))) == (None, [])
    assert [d.id for d in agenda.all()] == ["a"]
    agenda.put(due("a", 100))
    assert popped(agenda, after(100)) == ["a"]


def test_a_removed_one_is_gone() -> None:
    agenda = Agenda(BERLIN, [due("a", 1), due("b", 2)])
    agenda.remove("a")
    agenda.remove("nobody")
    assert [d.id for d in agenda.all()] == ["b"]
    assert popped(agenda, after(9)) == ["b"]


def test_all_are_listed_by_time_and_paused_ones_last() -> None:
    assert [d.id for d in Agenda(BERLIN, [due("p", None), due("b", 2), due("a", 1)]).all()] == ["a", "b", "p"]


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(st.lists(st.tuples(st.sampled_from("abcde"), st.one_of(st.none(), st.integers(0, 9), st.just("gone")))), st.integers(0, 9))
def test_it_agrees_with_a_plain_table(steps: list[tuple[str, int | str | None]], until: int) -> None:
    agenda, table = Agenda(BERLIN), dict[str, int | None]()
    for name, what in steps:
        if isinstance(what, str):
            agenda.remove(name)
            table.pop(name, None)
        else:
            agenda.put(due(name, what))
            table[name] = what
    expected = sorted(((minute, name) for name, minute in table.items() if minute is not None and minute <= until))
    assert popped(agenda, after(until)) == [name for _, name in expected]


def test_a_daily_alarm_keeps_its_hour_across_the_change_of_clocks() -> None:
    agenda = Agenda(BERLIN)
    alarm = replace(due("wake", 0, "FREQ=DAILY"), due=datetime.fromisoformat("2026-03-28T07:00:00+01:00"))
    assert alarm.due is not None
    following = agenda.following(alarm, alarm.due)
    assert following is not None
    assert following.due == datetime.fromisoformat("2026-03-29T07:00:00+02:00")


def test_missed_occurrences_are_not_made_up_for() -> None:
    following = Agenda(BERLIN).following(due("wake", 0, "FREQ=DAILY"), AT + timedelta(days=3, hours=1))
    assert following is not None
    assert following.due is not None
    assert AT + timedelta(days=3, hours=1) < following.due <= AT + timedelta(days=4, hours=1)


def test_one_that_does_not_recur_or_has_ended_has_no_next() -> None:
    agenda = Agenda(BERLIN)
    assert agenda.following(due("egg", 5), after(5)) is None
    assert agenda.following(due("course", 0, "FREQ=DAILY;COUNT=1"), AT) is None


async def test_each_fires_once_over_two_lives(tmp_path: Path) -> None:
    """The first life ends (no close) between a firing and the next; the second fires the rest, late."""
    waiting = [due("a", 1), due("b", 2), due("wake", 3, "FREQ=DAILY")]
    first = await Store.open(tmp_path)
    turn = Turn("turn-1", Request("r", AT, (Hypothesis("x"),)), changes=tuple(Change("due", d.id, d) for d in waiting))
    await first.commit(turn)
    agenda = Agenda(BERLIN, await first.agenda())
    one = agenda.pop(after(1))
    assert one is not None
    await first.fired(one, after(1), agenda.following(one, after(1)))
    await first.close()

    async with await Store.open(tmp_path) as second:
        agenda = Agenda(BERLIN, await second.agenda())
        while (late := agenda.pop(after(60))) is not None:
            await second.fired(late, after(60), agenda.following(late, after(60)))
        assert await second.fired_ids() == ("a", "b", "wake")
        (tomorrow,) = await second.agenda()
        assert tomorrow.id == "wake"
        assert tomorrow.due is not None
        assert tomorrow.due > after(60)


class Rung:
    """A bell on a manual clock and an agenda; `times(n)` waits until it has looked n times."""

    def __init__(self, *dues: Due) -> None:
        self.clock = ManualClock(AT)
        self.agenda = Agenda(BERLIN, dues)
        self.fired: list[str] = []
        self.looked: asyncio.Queue[datetime] = asyncio.Queue()
        self.bell = Bell(self.clock, self.agenda.next_at, self.ring)

    async def ring(self, now: datetime) -> None:
        self.fired += popped(self.agenda, now)
        self.looked.put_nowait(now)


async def test_the_bell_rings_when_the_time_has_come_and_late_ones_first() -> None:
    it = Rung(due("late", -60), due("egg", 5))
    running = asyncio.create_task(it.bell.run())
    assert await it.looked.get() == AT
    assert it.fired == ["late"]
    it.clock.advance(timedelta(minutes=5))
    assert await it.looked.get() == after(5)
    assert it.fired == ["late", "egg"]
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_the_bell_looks_again_when_something_sooner_is_set() -> None:
    it = Rung(due("later", 60))
    running = asyncio.create_task(it.bell.run())
    await it.looked.get()
    it.agenda.put(due("sooner", 1))
    it.bell.look_again()
    await it.looked.get()
    it.clock.advance(after(1))
    await it.looked.get()
    assert it.fired == ["sooner"]
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_a_manual_clock_never_runs_backwards() -> None:
    clock = ManualClock(AT)
    clock.advance(AT - timedelta(hours=1))
    assert clock.now() == AT
    await clock.sleep_until(AT)


async def test_the_system_clock_waits_for_nothing_past(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, slept = SystemClock(), list[float]()
    assert clock.now().tzinfo is UTC

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        moments[0] += timedelta(seconds=seconds)

    moments = [AT]
    monkeypatch.setattr(clock, "now", lambda: moments[0])
    monkeypatch.setattr(asyncio, "sleep", sleep)
    await clock.sleep_until(AT - timedelta(days=1))
    assert slept == []
    await clock.sleep_until(AT + timedelta(seconds=12))
    assert slept == [5.0, 5.0, 2.0]
