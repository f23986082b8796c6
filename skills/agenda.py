"""What is yet to happen: finding and making timers, alarms and reminders in the context's agenda."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

from agent.records import Change, Context, Due, Resolution
from agent.times import falls, is_one_day, local, next_due, without
from skills.plans import slot_text

Kind = Literal["timer", "alarm", "reminder", "schedule"]


def of_kind(context: Context, kind: Kind) -> tuple[Due, ...]:
    """All of a kind, the soonest first; paused ones last."""
    return tuple(sorted((due for due in context.agenda if due.kind == kind), key=lambda due: (due.due is None, due.due or context.now, due.id)))


def next_id(kind: Kind, context: Context) -> str:
    """A free id like "timer-3": one more than the highest there is."""
    taken = [int(due.id.rpartition("-")[2]) for due in context.agenda if due.kind == kind and due.id.rpartition("-")[2].isdigit()]
    return f"{kind}-{max(taken, default=0) + 1}"


def made(kind: Kind, due: datetime | None, context: Context, **more: Any) -> Due:
    """A new one, set here and now by the speaker."""
    return Due(
        next_id(kind, context),
        kind,
        due,
        area=context.area,
        device=context.device.device_id if context.device else None,
        speaker=context.speaker,
        conversation=context.conversation,
        set_at=context.now,
        **more,
    )


def put(due: Due) -> Change:
    return Change("due", due.id, due)


def gone(due: Due) -> Change:
    return Change("due_gone", due.id)


def when_of(resolution: Resolution) -> Mapping[str, Any]:
    """The point in time that was said; empty where none was."""
    told = resolution.slots.get("when")
    return told if isinstance(told, Mapping) else {}


def by_name(found: tuple[Due, ...], name: str) -> tuple[Due, ...]:
    """Those of that name; its words in another one's name count where none bears it exactly."""
    wanted = name.casefold().removesuffix(" timer").removesuffix(" alarm").strip()
    exact = tuple(due for due in found if due.name.casefold() == wanted)
    return exact or tuple(due for due in found if wanted and set(wanted.split()) <= set(due.name.casefold().split()))


def by_when(found: tuple[Due, ...], when: Mapping[str, Any], context: Context) -> tuple[Due, ...]:
    """Those at that time or on that day."""
    place = context.home.location
    if not when:
        return found
    return tuple(due for due in found if due.due and falls(when, due.due, due.rrule, context.now, place))


def struck(due: Due, when: Mapping[str, Any], context: Context) -> tuple[Change, datetime | None]:
    """Called off; of what recurs the one day that was said alone, and then its moment too. "My saturday alarm" is all of its Saturdays."""
    place = context.home.location
    if due.due is None or not due.rrule or not is_one_day(when) or (when.get("weekday") is not None and ONE_DAY.search(due.rrule)):
        return gone(due), None
    moment = falls(when, due.due, due.rrule, context.now, place)
    if moment is None:
        return gone(due), None
    rule = without(due.rrule, local(moment, place).date())
    following = next_due(rule, due.due, moment, place) if moment == due.due else due.due
    return (put(replace(due, due=following, rrule=rule)) if following else gone(due)), moment


ONE_DAY = re.compile(r"BYDAY=\w\w(?:;|$)")


def by_ordinal(found: tuple[Due, ...], resolution: Resolution) -> tuple[Due, ...]:
    """The first, second, last; all of them where no number was said."""
    told = slot_text(resolution, "ordinal")
    if not told.lstrip("-").isdigit():
        return found
    at = int(told)
    at = at - 1 if at > 0 else at
    return found[at : at + 1 or None] if -len(found) <= at < len(found) else ()


def here(moment: datetime, context: Context) -> datetime:
    """On this home's clocks."""
    return local(moment, context.home.location)
