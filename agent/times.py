"""Points in time: from what was said ("tomorrow at seven", "every weekday", "an hour after sunset") to the moment it means in this home.

A `when` mapping holds any of
    hour        0-23 as said; 1-12 without `part` is read as the next such time, or by the rule of the day where a day is named
    minute      0-59
    exact       True: the hour was said on a 24 hour clock ("0700")
    part        "am", "pm", "morning", "noon", "afternoon", "evening", "night", "midnight"
    day         "today", "tonight", "tomorrow", "day after tomorrow", or a number of days from today
    date        "2026-07-13", "07-13" (the next one), or {"year"?, "month"?, "day"}
    weekdays    days of the week: 0-6 (Monday is 0), names, or two-letter codes
    every       "hour", "day", "week", "weekday", "weekend", "month", "year", True (with weekdays), or {"days": 2}, {"minutes": 30}...
    in          seconds from now, or {"hours", "minutes", "seconds", "days", "weeks", "months", "years"}
    sun         "sunrise", "sunset", "dawn", "dusk", "noon", "midnight"
    offset      seconds after (negative: before) the sun's moment
Moments are aware datetimes in the home's time zone. A wall time that a clock change skips is moved on by the gap; one that happens twice
is the first of the two.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from astral import LocationInfo
from astral.sun import sun as sun_of_day
from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrulestr

from devices.home import Location

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAYS = {"today": 0, "tonight": 0, "tomorrow": 1, "day after tomorrow": 2, "the day after tomorrow": 2}
PART_HOURS = {"am": 8, "pm": 15, "morning": 8, "noon": 12, "afternoon": 15, "evening": 19, "night": 21, "midnight": 0}
"""The hour a part of the day stands for when no hour was said."""
DAY_HOUR = 9
"""The hour a day stands for when no time was said."""
SUN_EVENTS = ("sunrise", "sunset", "dawn", "dusk", "noon")
FREQUENCY = {"hour": "HOURLY", "day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY"}
INTERVALS = {"minutes": "MINUTELY", "hours": "HOURLY", "days": "DAILY", "weeks": "WEEKLY", "months": "MONTHLY", "years": "YEARLY"}
GROUPS = {"weekday": CODES[:5], "weekend": CODES[5:]}
RULE_SUN = re.compile(r";X-SUN=(\w+);X-OFFSET=(-?\d+)")
WAKING_UNTIL = 12
"""For a waking time, hours below this on a named day are in the morning."""
WORKING_FROM = 7
"""Without am or pm, hours from this one to eleven on a named day are in the morning, the others after noon."""

When = Mapping[str, Any]


@lru_cache(maxsize=32)
def zone(name: str) -> tzinfo:
    """The time zone of an IANA name; UTC where there is no such zone."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def local(moment: datetime, location: Location) -> datetime:
    """The moment on this home's clocks."""
    return moment.astimezone(zone(location.time_zone))


def has_time(when: When) -> bool:
    """A time of day or a span was said, not only a day."""
    return any(when.get(key) is not None for key in ("hour", "part", "in", "sun")) or when.get("day") == "tonight"


def resolve_when(when: When, now: datetime, location: Location, waking: bool = False) -> tuple[datetime | None, str]:
    """The next moment that `when` means after `now`, and its recurrence rule ("" for once).

    None where it means nothing, or lies in the past ("today at seven" at nine). The rule is RFC 5545's, without DTSTART; for the sun's
    moments it carries X-SUN and X-OFFSET, which `next_due` reads. `waking`: an hour without am or pm on a named day is in the morning.
    """
    here = local(now, location)
    rule = rule_of(when)
    moment = _moment(when, here, location, rule, waking)
    if moment is not None and rule:
        rule = _pinned(rule, when, moment)
    return moment, rule


def next_due(rule: str, due: datetime, after: datetime, location: Location) -> datetime | None:
    """The first moment after `after` of a rule that began at `due`; None where it has ended. The wall time stays the same over clock changes."""
    tz = zone(location.time_zone)
    start, floor = due.astimezone(tz).replace(tzinfo=None), after.astimezone(tz).replace(tzinfo=None)
    found = RULE_SUN.search(rule)
    if found:
        return _next_sun(RULE_SUN.sub("", rule), found[1], int(found[2]), start, after, location)
    steps = rrulestr(rule, dtstart=start)
    candidate = steps.after(floor - timedelta(hours=2))
    while candidate is not None and _settled(candidate, tz) <= after:
        candidate = steps.after(candidate)
    return _settled(candidate, tz) if candidate is not None else None


def matches(when: When, due: datetime, location: Location) -> bool:
    """The moment agrees with everything that was said: for finding the alarm that is meant. An hour without am or pm fits either."""
    here = local(due, location)
    hour = when.get("hour")
    if hour is not None and here.hour != hour and (when.get("part") is not None or here.hour % 12 != hour % 12):
        if here.hour != _clock(when, waking=False, bare=False)[0]:
            return False
    if hour is not None and here.minute != (when.get("minute") or 0):
        return False
    if hour is None and when.get("part") is not None and _part_of(here.hour) not in _parts(str(when["part"])):
        return False
    days = weekdays_of(when)
    return not days or here.weekday() in days


def matches_day(when: When, due: datetime, now: datetime, location: Location) -> bool:
    """The moment lies on the day that was said, or no day was said."""
    day = _day(when, local(now, location).date())
    return day is None or local(due, location).date() == day


def weekdays_of(when: When) -> tuple[int, ...]:
    """The days of the week that were said, 0 is Monday."""
    told = when.get("weekdays") or ()
    return tuple(sorted({_weekday(day) for day in ([told] if isinstance(told, str | int) else told)}))


def rule_of(when: When) -> str:
    """The recurrence that was said, "" for once."""
    every, days = when.get("every"), tuple(CODES[day] for day in weekdays_of(when))
    if not every:
        return ""
    if isinstance(every, Mapping):
        unit, count = next(iter(every.items()))
        rule = f"FREQ={INTERVALS[str(unit)]};INTERVAL={int(count)}" if int(count) != 1 else f"FREQ={INTERVALS[str(unit)]}"
    elif every in GROUPS:
        rule, days = "FREQ=WEEKLY", GROUPS[str(every)]
    elif days and every in (True, "day", "week"):
        rule = "FREQ=WEEKLY"
    else:
        rule = f"FREQ={FREQUENCY.get(str(every), 'DAILY')}"
    return (f"{rule};BYDAY={','.join(days)}" if days else rule) + _sun_part(when)


def _sun_part(when: When) -> str:
    return f";X-SUN={when['sun']};X-OFFSET={int(when.get('offset') or 0)}" if when.get("sun") else ""


def _pinned(rule: str, when: When, moment: datetime) -> str:
    """A weekly rule without days repeats on the day it begins; a dated monthly or yearly one on its date."""
    if rule == "FREQ=WEEKLY":
        return f"{rule};BYDAY={CODES[moment.weekday()]}"
    if rule == "FREQ=MONTHLY" and when.get("date"):
        return f"{rule};BYMONTHDAY={moment.day}"
    return rule


def _moment(when: When, here: datetime, location: Location, rule: str, waking: bool) -> datetime | None:
    if when.get("in") is not None:
        return _in(when, here, waking)
    if when.get("sun"):
        return _sun_moment(when, here, location, rule)
    frequency = rule.partition("=")[2].partition(";")[0]
    if frequency in ("HOURLY", "MINUTELY") and not has_time(when):
        return next_due(rule, here, here, location)
    day = _day(when, here.date())
    if day is None and not (has_time(when) or when.get("weekdays") or rule):
        return None
    if day is None and not rule and not when.get("weekdays"):
        return _next_time(when, here)
    return _on_days(when, here, day, rule, waking)


def _in(when: When, here: datetime, waking: bool) -> datetime | None:
    """A span from now; with an hour said too, that hour on the day the span leads to ("in three days at eight")."""
    span = when["in"]
    if isinstance(span, Mapping):
        calendar = {key: int(span[key]) for key in ("days", "weeks", "months", "years") if span.get(key)}
        exact = timedelta(**{key: float(span[key]) for key in ("hours", "minutes", "seconds") if span.get(key)})
    else:
        calendar, exact = {}, timedelta(seconds=float(span))
    tz = here.tzinfo or ZoneInfo("UTC")
    if when.get("hour") is not None or when.get("part") is not None:
        day = ((here + exact).replace(tzinfo=None) + relativedelta(**calendar)).date()  # type: ignore[arg-type]
        return _at(day, *_clock(when, waking, bare=False), tz)
    wall = here.replace(tzinfo=None) + relativedelta(**calendar) if calendar else None  # type: ignore[arg-type]
    start = _settled(wall, tz) if wall is not None else here
    moved = (start.astimezone(ZoneInfo("UTC")) + exact).astimezone(tz)
    return moved if moved > here else None


def _next_time(when: When, here: datetime) -> datetime | None:
    """The next time the clock shows it; half a day on where neither am nor pm was said."""
    tz = here.tzinfo or ZoneInfo("UTC")
    hour, minute = _clock(when, waking=False, bare=True)
    loose = when.get("hour") is not None and when.get("part") is None and 1 <= int(when["hour"]) <= 12 and not when.get("exact")
    hours = sorted({hour % 12, hour % 12 + 12}) if loose else [hour]
    options = (_at(here.date() + timedelta(days=days), at, minute, tz) for days in (0, 1) for at in hours)
    return next((option for option in options if option > here), None)


def _on_days(when: When, here: datetime, day: date | None, rule: str, waking: bool) -> datetime | None:
    tz = here.tzinfo or ZoneInfo("UTC")
    if day is not None and not rule:
        return _on_day(when, here, day, waking)
    days = weekdays_of(when) or tuple(CODES.index(code) for code in GROUPS.get(str(when.get("every")), ()))
    hour, minute = _clock(when, waking, bare=False)
    start = day or here.date()
    candidates = (start + timedelta(days=ahead) for ahead in range(400))
    fitting = (_at(each, hour, minute, tz) for each in candidates if not days or each.weekday() in days)
    return next((moment for moment in fitting if moment > here), None)


def _on_day(when: When, here: datetime, day: date, waking: bool) -> datetime | None:
    """On one day. Today an hour without am or pm is the next one; tonight's small hours are tomorrow's."""
    tz = here.tzinfo or ZoneInfo("UTC")
    if when.get("day") == "tonight":
        when = {**when, "part": when.get("part") or "night"}
    hour, minute = _clock(when, waking, bare=False)
    if when.get("part") in ("night", "midnight") and hour < 5:
        day += timedelta(days=1)
    moments = [_at(day, hour, minute, tz)]
    if day == here.date() and when.get("part") is None and when.get("hour") is not None and int(when["hour"]) <= 12:
        moments = sorted(_at(day, at, minute, tz) for at in {int(when["hour"]) % 12, int(when["hour"]) % 12 + 12})
    return next((moment for moment in moments if moment > here), None)


def _day(when: When, today: date) -> date | None:
    """The date that was said, if one was."""
    told = when.get("day")
    if isinstance(told, int) and not isinstance(told, bool):
        return today + timedelta(days=told)
    if isinstance(told, str) and told in DAYS:
        return today + timedelta(days=DAYS[told])
    return _date(when.get("date"), today)


def _date(told: object, today: date) -> date | None:
    parts = _date_parts(told)
    if parts is None:
        return None
    year, month, day = parts
    first = date(year or today.year, month or today.month, 1)
    step = relativedelta(years=1) if month else relativedelta(months=1)
    for _ in range(49):  # a 29th of February comes again within eight years, a 31st within two months
        try:
            found = first.replace(day=day)
        except ValueError:
            found = None
        if found is not None and (year or found >= today):
            return found
        if year and month:
            return None
        first += step
    return None


def _date_parts(told: object) -> tuple[int | None, int | None, int] | None:
    if isinstance(told, Mapping):
        year, month, day = (told.get(key) for key in ("year", "month", "day"))
        return (int(year) if year else None, int(month) if month else None, int(day)) if day else None
    numbers = [int(part) for part in re.findall(r"\d+", told)] if isinstance(told, str) else []
    if len(numbers) == 3:
        return numbers[0], numbers[1], numbers[2]
    return (None, numbers[0], numbers[1]) if len(numbers) == 2 else None


def _clock(when: When, waking: bool, bare: bool) -> tuple[int, int]:
    """Hour and minute on a 24 hour clock. `bare`: leave an hour without am or pm as it was said."""
    part, hour, minute = when.get("part"), when.get("hour"), int(when.get("minute") or 0)
    if hour is None:
        return PART_HOURS.get(str(part), DAY_HOUR) if part is not None else DAY_HOUR, minute
    hour = int(hour)
    if part is None:
        return (hour, minute) if bare or not 1 <= hour <= 12 else (_of_named_day(hour, waking), minute)
    return _with_part(hour, str(part)), minute


def _of_named_day(hour: int, waking: bool) -> int:
    if waking:
        return hour if hour < WAKING_UNTIL else 12
    return hour if WORKING_FROM <= hour <= 12 else hour + 12


def _with_part(hour: int, part: str) -> int:
    if hour > 12 or hour == 0:
        return hour
    small = hour % 12
    if part in ("am", "morning", "midnight"):
        return small
    if part == "night":
        return small if small < 5 else small + 12
    return small + 12


def _part_of(hour: int) -> str:
    return "night" if hour < 5 or hour >= 21 else "morning" if hour < 12 else "afternoon" if hour < 17 else "evening"


def _parts(part: str) -> tuple[str, ...]:
    told = {"am": ("morning", "night"), "pm": ("afternoon", "evening", "night"), "noon": ("afternoon",), "midnight": ("night",)}
    return told.get(part, (part,))


def _weekday(day: object) -> int:
    return int(day) % 7 if isinstance(day, int) else CODES.index(str(day)[:2].upper())


def _at(day: date, hour: int, minute: int, tz: tzinfo) -> datetime:
    return _settled(datetime.combine(day, time(hour, minute)), tz)


def _settled(wall: datetime, tz: tzinfo) -> datetime:
    """A wall time as a moment; through UTC and back, so that a skipped time moves on by the gap."""
    return wall.replace(tzinfo=tz).astimezone(ZoneInfo("UTC")).astimezone(tz)


def _sun_moment(when: When, here: datetime, location: Location, rule: str) -> datetime | None:
    day = _day(when, here.date())
    offset = int(when.get("offset") or 0)
    if day is not None and not rule:
        moment = sun_at(str(when["sun"]), day, offset, location)
        return moment if moment is not None and moment > here else None
    days = weekdays_of(when) or tuple(CODES.index(code) for code in GROUPS.get(str(when.get("every")), ()))
    start = day or here.date()
    return _first_sun((start + timedelta(days=ahead) for ahead in range(-1, 370)), days, str(when["sun"]), offset, here, location)


def _first_sun(days: Iterable[date], weekdays: tuple[int, ...], event: str, offset: int, after: datetime, location: Location) -> datetime | None:
    fitting = (sun_at(event, day, offset, location) for day in days if not weekdays or day.weekday() in weekdays)
    return next((moment for moment in fitting if moment is not None and moment > after), None)


def _next_sun(rule: str, event: str, offset: int, start: datetime, after: datetime, location: Location) -> datetime | None:
    steps = rrulestr(rule, dtstart=start.replace(hour=0, minute=0, second=0, microsecond=0))
    floor = local(after, location).replace(tzinfo=None) - timedelta(days=2)
    days = (step.date() for _, step in zip(range(370), steps.xafter(floor), strict=False))
    return _first_sun(days, (), event, offset, after, location)


def sun_at(event: str, day: date, offset: int, location: Location) -> datetime | None:
    """The sun's moment on a day; None where the sun does not rise or set there then."""
    tz = zone(location.time_zone)
    if event == "midnight":
        return _settled(datetime.combine(day + timedelta(days=1), time()) + timedelta(seconds=offset), tz)
    place = LocationInfo(timezone=location.time_zone, latitude=location.latitude, longitude=location.longitude)
    try:
        found = sun_of_day(place.observer, date=day, tzinfo=tz)[event if event in SUN_EVENTS else "sunset"]
    except ValueError:
        return None
    moment: datetime = (found.astimezone(ZoneInfo("UTC")) + timedelta(seconds=offset)).astimezone(tz)
    return moment.replace(microsecond=0)
