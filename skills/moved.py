"""What was set for a time is moved to another one."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from agent import words
from agent.records import Context, Due
from agent.times import part_of, resolve_when, seconds_until
from skills.agenda import here


def moved_to(due: Due, when: Mapping[str, Any], context: Context) -> tuple[datetime | None, str]:
    """The new moment; a part of the day alone keeps the hour, a day alone keeps the time."""
    old = here(due.due, context) if due.due else context.now
    if "in" not in when and "sun" not in when and "hour" not in when:
        when = {**when, "hour": old.hour % 12 if "part" in when else old.hour, "minute": old.minute, **({"half_day": True} if "part" in when else {})}
    waking, place = due.kind == "alarm", context.home.location
    if "hour" in when and not {"day", "date", "weekday", "weekdays", "every"} & set(when) and due.due is not None:
        half = {"part": part_of(old.hour)} if when.get("half_day") and "part" not in when else {}
        same_day = {**when, **half, "date": [old.month, old.day, old.year]}
        found, rule = resolve_when(same_day, context.now, place, waking)
        if found is not None:
            return found, rule or due.rrule
    found, rule = resolve_when(when, context.now, place, waking)
    return found, rule or due.rrule


def moved(due: Due, at: datetime, rule: str, in_a_while: bool, context: Context) -> Due:
    """The same at another moment. `in_a_while`: a span was said, no time of the clock."""
    length = seconds_until(at, context.now) if due.kind == "timer" or in_a_while else 0.0
    say = due.say
    if due.kind == "alarm":
        say = words.say("alarm.rings_named" if due.name else "alarm.rings", clock=words.clock(here(at, context)), name=due.name)
    if due.kind == "timer" and not due.name:
        say = words.say("timer.done", name=f"{words.adjective(length)} timer")
    return replace(due, due=at, rrule=rule, length=length, say=say)
