"""Alarms and reminders."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from agent.records import Change, Context, Due, Event, Plan
from skills import alarms, reminders, schedule
from tests.small_home import NOW, context, meant


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def alarm(number: int, when: str, name: str = "", rrule: str = "") -> Due:
    return Due(f"alarm-{number}", "alarm", at(when), name, rrule)


def around(*dues: Due, **more: Any) -> Context:
    return context(agenda=dues, **more)


def put(plan: Plan) -> Due:
    assert len(plan.changes) == 1, plan
    value = plan.changes[0].value
    assert isinstance(value, Due)
    return value


SEVEN, EIGHT = alarm(1, "2026-03-11T07:00:00+01:00"), alarm(2, "2026-03-12T08:00:00+01:00", "swimming")


@pytest.mark.parametrize(
    ("when", "due", "rrule", "said"),
    [
        ({"hour": 7, "minute": 0, "half_day": True}, "2026-03-10T19:00:00+01:00", "", "7:00 pm"),
        ({"hour": 7, "minute": 0, "half_day": True, "day": 1}, "2026-03-11T07:00:00+01:00", "", "tomorrow at 7:00 am"),
        ({"hour": 5, "minute": 30, "half_day": True, "day": 1}, "2026-03-11T05:30:00+01:00", "", "tomorrow at 5:30 am"),
        (
            {"hour": 6, "minute": 0, "half_day": True, "every": "weekday"},
            "2026-03-11T06:00:00+01:00",
            "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
            "every weekday at 6:00 am",
        ),
        ({"in": 1800}, "2026-03-10T10:30:00+01:00", "", "10:30 am"),
    ],
)
def test_an_alarm_is_set(when: dict[str, Any], due: str, rrule: str, said: str) -> None:
    plan = alarms.set_alarm(meant("ExtAlarmSet", when=when), around(SEVEN))
    new = put(plan)
    assert (plan.outcome, new.id, new.kind, new.due, new.rrule) == ("schedule", "alarm-2", "alarm", at(due), rrule)
    assert plan.say == f"Your alarm is set for {said}."


def test_without_a_time_it_is_asked_for_and_a_past_one_is_told() -> None:
    assert alarms.set_alarm(meant("ExtAlarmSet", when={"day": 1}), around()).missing == "when"
    assert alarms.set_alarm(meant("ExtAlarmSet"), around()).missing == "when"
    past = alarms.set_alarm(meant("ExtAlarmSet", when={"hour": 9, "minute": 0, "day": 0}), around())
    assert (past.outcome, past.say, past.changes) == ("answer", "That time is already over.", ())


def test_an_event_cannot_be_waited_for() -> None:
    plan = reminders.set_reminder(meant("ExtReminderSet", task="x", when={"event": "i come home"}), around())
    assert (plan.changes, plan.say) == ((), "I can't wait for that: tell me a time.")


def test_which_alarms_there_are() -> None:
    assert alarms.query(meant("ExtAlarmQuery"), around()).say == "You have no alarms."
    assert alarms.query(meant("ExtAlarmQuery"), around(SEVEN)).say == "You have an alarm tomorrow at 7:00 am."
    both = alarms.query(meant("ExtAlarmQuery"), around(SEVEN, EIGHT))
    assert both.say == "You have two alarms: tomorrow at 7:00 am and on Thursday at 8:00 am (swimming)."
    assert alarms.query(meant("ExtAlarmQuery", when={"day": 1}), around(SEVEN, EIGHT)).say == "You have an alarm tomorrow at 7:00 am."


@pytest.mark.parametrize(
    ("slots", "gone"),
    [
        ({"when": {"hour": 7, "minute": 0, "half_day": True}}, ["alarm-1"]),
        ({"when": {"hour": 8, "minute": 0}}, ["alarm-2"]),
        ({"when": {"day": 1}}, ["alarm-1"]),
        ({"when": {"weekday": 3}}, ["alarm-2"]),
        ({"name": "swimming"}, ["alarm-2"]),
        ({"ordinal": 1}, ["alarm-1"]),
        ({"all": "all"}, ["alarm-1", "alarm-2"]),
        ({"when": {"hour": 9, "minute": 0}}, []),
    ],
)
def test_the_alarm_that_is_meant_goes(slots: dict[str, Any], gone: list[str]) -> None:
    plan = alarms.remove(meant("ExtAlarmRemove", **slots), around(SEVEN, EIGHT))
    assert plan.changes == tuple(Change("due_gone", each) for each in gone)


def test_several_are_asked_about() -> None:
    plan = alarms.remove(meant("ExtAlarmRemove"), around(SEVEN, EIGHT))
    assert (plan.outcome, plan.missing, plan.changes) == ("ask", "name", ())


def test_snoozing_needs_an_alarm_that_rang() -> None:
    rang = Event("alarm", NOW - timedelta(minutes=1), "alarm-1")
    plan = alarms.snooze(meant("ExtAlarmSnooze", minutes=5), around(events=(rang,)))
    assert (put(plan).due, plan.say) == (NOW + timedelta(minutes=5), "I'll wake you again in 5 minutes.")
    assert put(alarms.snooze(meant("ExtAlarmSnooze"), around(events=(rang,)))).due == NOW + timedelta(minutes=10)
    assert alarms.snooze(meant("ExtAlarmSnooze"), around()).changes == ()
    old = Event("alarm", NOW - timedelta(hours=2), "alarm-1")
    assert alarms.snooze(meant("ExtAlarmSnooze"), around(events=(old,))).changes == ()


def test_a_reminder_keeps_the_task_in_the_listeners_words() -> None:
    plan = reminders.set_reminder(meant("ExtReminderSet", task="to call my mum", when={"day": 1, "hour": 9, "minute": 0}), around())
    assert (put(plan).name, put(plan).say) == ("call your mum", "A reminder: call your mum.")
    assert plan.say == "I'll remind you tomorrow at 9:00 am: call your mum."


def test_a_reminder_lacks_a_task_or_a_time() -> None:
    assert reminders.set_reminder(meant("ExtReminderSet", when={"day": 1}), around()).missing == "task"
    assert reminders.set_reminder(meant("ExtReminderSet", task="x"), around()).missing == "when"


BINS = Due("reminder-1", "reminder", at("2026-03-11T09:00:00+01:00"), "take out the bins")
MUM = Due("reminder-2", "reminder", at("2026-03-12T18:00:00+01:00"), "call your mum")


def test_reminders_are_told_and_taken_away() -> None:
    assert reminders.query(meant("ExtReminderQuery"), around()).say == "You have no reminders."
    assert reminders.query(meant("ExtReminderQuery"), around(BINS)).say == "You have a reminder tomorrow at 9:00 am: take out the bins."
    assert reminders.query(meant("ExtReminderQuery"), around(BINS, MUM)).say.startswith(
        "You have two reminders: take out the bins tomorrow at 9:00 am and call"
    )
    assert reminders.remove(meant("ExtReminderRemove", task="call my mum"), around(BINS, MUM)).changes == (Change("due_gone", "reminder-2"),)
    assert reminders.remove(meant("ExtReminderRemove"), around(BINS, MUM)).missing == "task"
    assert len(reminders.remove(meant("ExtReminderRemove", all="all"), around(BINS, MUM)).changes) == 2


def test_what_is_planned_is_told_and_called_off() -> None:
    later = Due("schedule-1", "schedule", NOW + timedelta(hours=1), command="turn off the lights")
    assert schedule.scheduled(meant("ExtScheduleQuery"), around(later)).say == "Planned: turn off the lights at 11:00 am."
    assert schedule.unschedule(meant("ExtScheduleRemove"), around(later)).changes == (Change("due_gone", "schedule-1"),)
    assert schedule.scheduled(meant("ExtScheduleQuery"), around()).say == "Nothing is planned."
    kept = put(schedule.schedule(meant("ExtSchedule", conversation_command="turn on the fan", when={"hour": 21, "minute": 0}), around()))
    assert (kept.command, kept.due) == ("turn on the fan", at("2026-03-10T21:00:00+01:00"))
