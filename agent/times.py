"""Points in time: from a `when` mapping (agent.understand.times says what it may hold) to the moment it means in this home.

Moments are aware datetimes in the home's time zone. A wall time that a clock change skips is moved on by the gap; one that happens twice
is the first of the two. An hour that may be morning or evening (`half_day`) is the next such one; on a named day, hours from 7 to 11 are
in the morning and the others after noon, or before noon where it is a time to wake up.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from astral import LocationInfo
from astral.sun import sun as sun_of_day
from dateutil.rrule import rrulestr

from devices.home import Location

UTC = ZoneInfo("UTC")
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
PART_HOURS = {"morning": 8, "afternoon": 15, "evening": 19, "night": 21}
"""The hour a part of the day stands for when no hour was said."""
PARTS = ((5, "night"), (12, "morning"), (17, "afternoon"), (21, "evening"), (24, "night"))
"""(until this hour, part of the day)."""
DAY_HOUR = 9
"""The hour a day stands for when no time was said."""
MORNING_FROM = 7
SUN_EVENTS = ("sunrise", "sunset", "dawn", "dusk", "noon")
FREQUENCY = {"minute": "MINUTELY", "hour": "HOURLY", "day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY"}
WEEK_PARTS = {"weekday": (0, 1, 2, 3, 4), "weekend": (5, 6)}
RULE_SUN = re.compile(r";X-SUN=(\w+);X-OFFSET=(-?\d+)")
RULE_OUT = re.compile(r";X-OUT=([\d,-]+)")
"""Days on which a rule's moment was called off: ";X-OUT=2026-03-16,2026-03-23"."""
SECONDS_A_DAY = 86_400
LOOK_AHEAD = 40
"""How many moments of a rule are looked at for one that was described."""

When = Mapping[str, Any]


@lru_cache(maxsize=32)
def zone(name: str) -> tzinfo:
    """The time zone of an IANA name; UTC where there is no such zone."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def local(moment: datetime, location: Location) -> datetime:
    """The moment on this home's clocks."""
    return moment.astimezone(zone(location.time_zone))


def is_after(moment: datetime, other: datetime) -> bool:
    """Later in truth: Python compares moments of one zone by their wall time, which an hour that happens twice misleads."""
    return moment.timestamp() > other.timestamp()


def later(moment: datetime, seconds: float) -> datetime:
    """So many seconds on, in the moment's own zone; exact over clock changes."""
    return (moment.astimezone(UTC) + timedelta(seconds=seconds)).astimezone(moment.tzinfo)


def seconds_until(moment: datetime, now: datetime) -> float:
    """Exact over clock changes; below zero where it is over."""
    return moment.timestamp() - now.timestamp()


def has_time(when: When) -> bool:
    """A time of day or a span was said, not only a day."""
    return any(when.get(key) is not None for key in ("hour", "part", "in", "sun"))


def resolve_when(when: When, now: datetime, location: Location, waking: bool = False) -> tuple[datetime | None, str]:
    """The next moment that `when` means after `now`, and its recurrence rule ("" for once).

    None where it means no moment (an event), or one that is over ("today at 7 am" at nine). The rule is RFC 5545's, without DTSTART; for
    the sun's moments it carries X-SUN and X-OFFSET too, which `next_due` reads. `waking`: hours on a named day are in the morning.
    """
    here, rule = local(now, location), rule_of(when)
    moment = _moment(when, here, location, rule, waking)
    if moment is None or when.get("event"):
        return None, ""
    return moment, _pinned(rule, when, moment)


def next_due(rule: str, due: datetime, after: datetime, location: Location) -> datetime | None:
    """The first moment after `after` of a rule that began at `due`; None where it has ended. The wall time stays the same over clock changes."""
    out = RULE_OUT.search(rule)
    bare = RULE_OUT.sub("", rule)
    found = _next_due(bare, due, after, location)
    while out is not None and found is not None and local(found, location).date().isoformat() in out[1].split(","):
        found = _next_due(bare, due, found, location)
    return found


def without(rule: str, day: date) -> str:
    """The rule but for one day."""
    out = RULE_OUT.search(rule)
    days = (*(out[1].split(",") if out else ()), day.isoformat())
    return f"{RULE_OUT.sub('', rule)};X-OUT={','.join(sorted(set(days)))}"


def falls(when: When, due: datetime, rule: str, now: datetime, location: Location) -> datetime | None:
    """The first moment of something that is due, and recurs by its rule, that agrees with what was said; None where none of the next ones does."""
    moment: datetime | None = due
    for _ in range(LOOK_AHEAD if rule else 1):
        if moment is None or matches(when, moment, now, location):
            return moment
        moment = next_due(rule, due, moment, location) if rule else None
    return None


def is_one_day(when: When) -> bool:
    """A single day was said: "tomorrow", "on monday"; not "on weekdays", "this week"."""
    return not when.get("every") and not when.get("days") and any(when.get(key) is not None for key in ("day", "date", "weekday", "monthday"))


def _next_due(rule: str, due: datetime, after: datetime, location: Location) -> datetime | None:
    tz = zone(location.time_zone)
    start, floor = due.astimezone(tz).replace(tzinfo=None), after.astimezone(tz).replace(tzinfo=None)
    found = RULE_SUN.search(rule)
    if found:
        return _next_sun(RULE_SUN.sub("", rule), found[1], int(found[2]), start, after, location)
    steps = rrulestr(rule, dtstart=start)
    candidate = steps.after(floor - timedelta(hours=2))
    while candidate is not None and not is_after(_settled(candidate, tz), after):
        candidate = steps.after(candidate)
    return _settled(candidate, tz) if candidate is not None else None


def matches(when: When, due: datetime, now: datetime, location: Location) -> bool:
    """The moment agrees with everything that was said: for finding the alarm that is meant. An hour that may be am or pm fits either."""
    here, today = local(due, location), local(now, location).date()
    day, days = _day(when, today), weekdays_of(when)
    if day is not None and not day <= here.date() < day + timedelta(days=int(when.get("days") or 1)):
        return False
    if days and here.weekday() not in days:
        return False
    return _matches_clock(when, here)


def _matches_clock(when: When, here: datetime) -> bool:
    hour = when.get("hour")
    if hour is None:
        return when.get("part") is None or when.get("part") == part_of(here.hour)
    same = here.hour % 12 == int(hour) % 12 if when.get("half_day") else here.hour == int(hour)
    return same and here.minute == int(when.get("minute") or 0)


def part_of(hour: int) -> str:
    """morning, afternoon, evening or night."""
    return next(part for until, part in PARTS if hour < until)


def weekdays_of(when: When) -> tuple[int, ...]:
    """The days of the week that were said, 0 is Monday."""
    one = () if when.get("weekday") is None else (int(when["weekday"]),)
    span = int(when.get("days") or 1) if one else 1
    spread = tuple((day + ahead) % 7 for day in one for ahead in range(span))
    return tuple(sorted({*spread, *map(int, when.get("weekdays") or ()), *WEEK_PARTS.get(str(when.get("every")), ())}))


def rule_of(when: When) -> str:
    """The recurrence that was said, "" for once."""
    every = str(when.get("every") or "")
    if not every:
        return ""
    days = weekdays_of(when)
    frequency = "WEEKLY" if days and every in ("day", "week", "weekday", "weekend") else FREQUENCY.get(every, "DAILY")
    interval = int(when.get("interval") or 1)
    parts = [f"FREQ={frequency}", *([f"INTERVAL={interval}"] if interval > 1 else [])]
    parts += [f"BYDAY={','.join(CODES[day] for day in days)}"] if days else []
    return ";".join(parts) + (f";X-SUN={when['sun']};X-OFFSET={int(when.get('offset') or 0)}" if when.get("sun") else "")


def _pinned(rule: str, when: When, moment: datetime) -> str:
    """A weekly rule without days repeats on the day it begins; a monthly one of a date on that date."""
    if "FREQ=WEEKLY" in rule and "BYDAY" not in rule:
        return f"{rule};BYDAY={CODES[moment.weekday()]}"
    return f"{rule};BYMONTHDAY={moment.day}" if "FREQ=MONTHLY" in rule and (when.get("date") or when.get("monthday")) else rule


def _moment(when: When, here: datetime, location: Location, rule: str, waking: bool) -> datetime | None:
    if when.get("in") is not None:
        return _in(float(when["in"]), here)
    if when.get("sun"):
        return _sun_moment(when, here, location)
    if when.get("every") in ("hour", "minute") and not has_time(when):
        return next_due(rule, here, here, location)
    day = _day(when, here.date())
    if day is not None and not rule:
        return _on_day(when, here, day, waking)
    if rule or weekdays_of(when):
        return _on_days(when, here, day or here.date(), waking)
    return _next_time(when, here) if has_time(when) else None


def _in(seconds: float, here: datetime) -> datetime | None:
    """A span from now; whole days keep the time of the clock."""
    if seconds <= 0 or seconds > 100 * 366 * SECONDS_A_DAY:
        return None
    tz = here.tzinfo or UTC
    days, rest = divmod(seconds, SECONDS_A_DAY)
    if days and not rest:
        return _settled(here.replace(tzinfo=None) + timedelta(days=days), tz)
    return later(here, seconds)


def _next_time(when: When, here: datetime) -> datetime | None:
    """The next time the clock shows it."""
    hours = _hours(when)
    days = (here.date() + timedelta(days=ahead) for ahead in (0, 1))
    return _first_after(here, (_at(day, hour, when, here) for day in days for hour in hours))


def _on_day(when: When, here: datetime, day: date, waking: bool) -> datetime | None:
    """On one day. Today an hour that may be am or pm is the next one; the small hours of a night are the next day's."""
    hours = _hours(when) if day == here.date() else (_hour(when, waking),)
    night = when.get("part") == "night"
    return _first_after(here, (_at(day + timedelta(days=night and hour < 5), hour, when, here) for hour in hours))


def _on_days(when: When, here: datetime, start: date, waking: bool) -> datetime | None:
    """The first fitting day of the coming year; without days of the week every day fits."""
    days, hour = weekdays_of(when), _hour(when, waking)
    candidates = (start + timedelta(days=ahead) for ahead in range(400))
    fits = (day for day in candidates if (not days or day.weekday() in days) and when.get("monthday") in (None, day.day))
    return _first_after(here, (_at(day, hour, when, here) for day in fits))


def _first_after(here: datetime, moments: Iterable[datetime]) -> datetime | None:
    return next((moment for moment in moments if is_after(moment, here)), None)


def _hours(when: When) -> tuple[int, ...]:
    """The hours of the day that may be meant, in order."""
    hour = when.get("hour")
    if hour is None or not when.get("half_day") or when.get("part"):
        return (_hour(when, waking=False),)
    return int(hour) % 12, int(hour) % 12 + 12


def _hour(when: When, waking: bool) -> int:
    """The one hour of the day that is meant on a named day."""
    hour, part = when.get("hour"), when.get("part")
    if hour is None:
        return PART_HOURS.get(str(part), DAY_HOUR)
    hour = int(hour)
    if not when.get("half_day"):
        return hour
    if part:
        return _in_part(hour % 12, str(part))
    return hour if hour == 12 or waking or hour >= MORNING_FROM else hour + 12


def _in_part(hour: int, part: str) -> int:
    """An hour of the clock's twelve in a part of the day: 1 at night is 1, 8 at night is 20."""
    return hour if part == "morning" or (part == "night" and hour < 5) else hour + 12


def _day(when: When, today: date) -> date | None:
    """The date that was said, if one was."""
    if when.get("day") is not None:
        return today + timedelta(days=int(when["day"]))
    if when.get("monthday") is not None and not when.get("every"):
        return _monthday(today, int(when["monthday"]))
    told = tuple(map(int, when.get("date") or ()))
    return _date(today, *told) if len(told) in (2, 3) else None


def _monthday(today: date, day: int) -> date | None:
    """The next such day of a month, today included."""
    coming = (today + timedelta(days=ahead) for ahead in range(70))
    return next((each for each in coming if each.day == day), None)


def _date(today: date, month: int, day: int, year: int = 0) -> date | None:
    """The date, or without a year its next occurrence (a 29th of February may be years away)."""
    for candidate in (year,) if year else range(today.year, today.year + 9):
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if year or found >= today:
            return found
    return None


def _at(day: date, hour: int, when: When, here: datetime) -> datetime:
    return _settled(datetime.combine(day, time(hour, int(when.get("minute") or 0))), here.tzinfo or UTC)


def _settled(wall: datetime, tz: tzinfo) -> datetime:
    """A wall time as a moment; through UTC and back, so that a skipped time moves on by the gap."""
    return wall.replace(tzinfo=tz).astimezone(UTC).astimezone(tz)


def _sun_moment(when: When, here: datetime, location: Location) -> datetime | None:
    day, offset, event = _day(when, here.date()), int(when.get("offset") or 0), str(when["sun"])
    if day is not None and not when.get("every"):
        return _first_sun((day,), (), event, offset, here, location)
    days = ((day or here.date()) + timedelta(days=ahead) for ahead in range(-1, 370))
    return _first_sun(days, weekdays_of(when), event, offset, here, location)


def _first_sun(days: Iterable[date], weekdays: tuple[int, ...], event: str, offset: int, after: datetime, location: Location) -> datetime | None:
    fitting = (sun_at(event, day, offset, location) for day in days if not weekdays or day.weekday() in weekdays)
    return next((moment for moment in fitting if moment is not None and is_after(moment, after)), None)


def _next_sun(rule: str, event: str, offset: int, start: datetime, after: datetime, location: Location) -> datetime | None:
    steps = rrulestr(rule, dtstart=start.replace(hour=0, minute=0, second=0, microsecond=0))
    floor = local(after, location).replace(tzinfo=None) - timedelta(days=2)
    days = (step.date() for _, step in zip(range(370), steps.xafter(floor), strict=False))
    return _first_sun(days, (), event, offset, after, location)


def sun_at(event: str, day: date, offset: int, location: Location) -> datetime | None:
    """The sun's moment on a day; None where the sun does not rise or set there then."""
    tz = zone(location.time_zone)
    place = LocationInfo(timezone=location.time_zone, latitude=location.latitude, longitude=location.longitude)
    try:
        found: datetime = sun_of_day(place.observer, date=day, tzinfo=tz)[event if event in SUN_EVENTS else "sunset"]
    except ValueError:
        return None
    return later(found.replace(microsecond=0), offset)
