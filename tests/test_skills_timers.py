"""Timers live in the agenda: what a request changes there, and what it says."""

from datetime import timedelta
from typing import Any

import pytest

from agent.records import Change, Context, Due, Plan
from skills import timers
from tests.small_home import NOW, context, data, doable, meant, one, thing


def timer(number: int, minutes: float, name: str = "", area: str | None = "living", paused: bool = False) -> Due:
    """A timer that was set just now for so long."""
    seconds = minutes * 60
    return Due(
        f"timer-{number}",
        "timer",
        None if paused else NOW + timedelta(seconds=seconds),
        name,
        area=area,
        length=seconds,
        left=seconds if paused else 0.0,
    )


PIZZA, FIVE, KITCHEN = timer(1, 12, "pizza"), timer(2, 5), timer(3, 20, "kitchen", "kitchen")


def around(*dues: Due) -> Context:
    return context(agenda=dues)


def changed(plan: Plan) -> Due:
    assert len(plan.changes) == 1, plan
    value = plan.changes[0].value
    assert isinstance(value, Due)
    return value


def test_a_timer_is_a_due_thing_with_the_next_free_id() -> None:
    plan = timers.start(meant("HassStartTimer", minutes=5, seconds=30, name="Pizza"), around(FIVE, timer(7, 1)))
    new = changed(plan)
    assert (plan.outcome, new.id, new.kind, new.name, new.length) == ("schedule", "timer-8", "timer", "pizza", 330)
    assert (new.due, new.set_at, new.area) == (NOW + timedelta(seconds=330), NOW, "living")
    assert (plan.say, new.say) == ("Your 5 minute 30 second pizza timer is set.", "Your pizza timer is done.")


@pytest.mark.parametrize(
    ("slots", "seconds"), [({"hours": 1, "minutes": 15}, 4500), ({"hours": "1.5"}, 5400), ({"duration": 90}, 90), ({"seconds": 45}, 45)]
)
def test_lengths(slots: dict[str, Any], seconds: int) -> None:
    assert changed(timers.start(meant("HassStartTimer", **slots), around())).length == seconds


@pytest.mark.parametrize("slots", [{}, {"minutes": 0}, {"hours": 99999}])
def test_without_a_sensible_length_it_is_asked_for(slots: dict[str, Any]) -> None:
    plan = timers.start(meant("HassStartTimer", **slots), around())
    assert (plan.outcome, plan.missing, plan.changes) == ("ask", "duration", ())


def test_a_command_in_a_while_is_a_schedule_not_a_timer() -> None:
    later = changed(timers.start(meant("HassStartTimer", minutes=10, conversation_command="turn off the lights"), around()))
    assert (later.kind, later.id, later.command, later.due) == ("schedule", "schedule-1", "turn off the lights", NOW + timedelta(minutes=10))


@pytest.mark.parametrize(
    ("slots", "wanted"),
    [
        ({"name": "pizza"}, "timer-1"),
        ({"name": "the pizza timer"}, "timer-1"),
        ({"name": "the five minute one"}, "timer-2"),
        ({"name": "the lasagne timer"}, None),
        ({"start_minutes": 5}, "timer-2"),
        ({"area": "Kitchen"}, "timer-3"),
        ({"name": "kitchen"}, "timer-3"),
        ({"ordinal": 1}, "timer-2"),
        ({"ordinal": -1}, "timer-3"),
    ],
)
def test_which_timer_is_meant(slots: dict[str, Any], wanted: str | None) -> None:
    plan = timers.cancel(meant("HassCancelTimer", **slots), around(PIZZA, FIVE, KITCHEN))
    assert plan.changes == (() if wanted is None else (Change("due_gone", wanted),))


def test_a_timer_of_this_room_is_meant_before_others() -> None:
    assert timers.cancel(meant("HassCancelTimer"), around(FIVE, KITCHEN)).changes == (Change("due_gone", "timer-2"),)


def test_several_that_fit_are_asked_about_and_the_answer_is_understood() -> None:
    plan = timers.cancel(meant("HassCancelTimer"), around(PIZZA, FIVE))
    assert (plan.outcome, plan.missing, plan.say) == ("ask", "name", "Which timer: 5 minute timer or pizza timer?")
    assert timers.cancel(meant("HassCancelTimer", name="the 5 minute one"), around(PIZZA, FIVE)).changes == (Change("due_gone", "timer-2"),)


def test_there_is_no_such_timer() -> None:
    assert timers.cancel(meant("HassCancelTimer"), around()).say == "There is no timer running."
    assert timers.cancel(meant("HassCancelTimer", name="egg"), around(PIZZA)).say == "There is no egg timer."
    assert timers.cancel(meant("HassCancelTimer", name="egg"), around(PIZZA)).changes == ()


def test_more_time_and_less() -> None:
    more = timers.increase(meant("HassIncreaseTimer", minutes=5), around(FIVE))
    assert (changed(more).due, changed(more).length, more.say) == (NOW + timedelta(minutes=10), 600, "Your 5 minute timer has 10 minutes left now.")
    less = timers.decrease(meant("HassDecreaseTimer", minutes=2), around(FIVE))
    assert changed(less).due == NOW + timedelta(minutes=3)


def test_a_timer_that_has_nothing_left_is_over_at_once() -> None:
    plan = timers.decrease(meant("HassDecreaseTimer", hours=1), around(FIVE))
    assert (changed(plan).due, plan.say) == (NOW, "Your 5 minute timer is over.")


def test_pausing_keeps_what_is_left_and_resuming_goes_on_from_there() -> None:
    paused = changed(timers.pause(meant("HassPauseTimer"), around(FIVE)))
    assert (paused.due, paused.left) == (None, 300)
    plan = timers.unpause(meant("HassUnpauseTimer"), around(paused, PIZZA))
    assert (changed(plan).due, changed(plan).left) == (NOW + timedelta(minutes=5), 0)
    assert timers.unpause(meant("HassUnpauseTimer"), around(PIZZA)).say == "No timer is paused."


def test_how_long_is_left() -> None:
    assert timers.status(meant("HassTimerStatus"), around(FIVE)).say == "5 minutes left on your 5 minute timer."
    both = timers.status(meant("HassTimerStatus"), around(FIVE, timer(4, 1, "tea", paused=True)))
    assert both.say == "5 minutes left on your 5 minute timer. Your tea timer is paused with 1 minute left."
    assert timers.status(meant("HassTimerStatus"), around()).say == "There is no timer running."


def test_all_or_all_of_a_room() -> None:
    plan = timers.cancel_all(meant("HassCancelAllTimers"), around(PIZZA, FIVE, KITCHEN))
    assert (len(plan.changes), plan.say) == (3, "Three timers cancelled.")
    assert timers.cancel_all(meant("HassCancelAllTimers", area="Kitchen"), around(PIZZA, KITCHEN)).changes == (Change("due_gone", "timer-3"),)
    assert timers.cancel_all(meant("HassCancelAllTimers"), around()).changes == ()


def test_a_timer_that_home_assistant_keeps_is_commanded_there() -> None:
    nap = thing("timer.nap", "Baby nap timer", "idle")
    home = context(nap)
    plan = timers.start(meant("HassStartTimer", minutes=15, name="Baby nap"), home)
    assert (one(plan).service, data(plan), doable(plan, home.home)) == ("timer.start", {"duration": "00:15:00"}, True)
    for handler, service in ((timers.cancel, "cancel"), (timers.pause, "pause"), (timers.unpause, "start")):
        assert one(handler(meant("x", name="baby nap timer"), home)).service == f"timer.{service}"
