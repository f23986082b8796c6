"""Moments and spans of time, as they are written: "7:30 am", "tomorrow at 7:00 am", "5 minutes 30 seconds"."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from agent.records import Trigger
from agent.words.sentences import LANGUAGE, join, number


def clock(moment: datetime) -> str:
    """The time of day in the moment's own zone: "7:30 am"."""
    return f"{(moment.hour - 1) % 12 + 1}:{moment.minute:02d} {LANGUAGE.HALF_DAYS[moment.hour >= 12]}"


def date_of(moment: datetime) -> str:
    """ "Tuesday 10 March 2026"."""
    return LANGUAGE.DATE.format(
        weekday=LANGUAGE.WEEKDAYS[moment.weekday()], day=moment.day, month=LANGUAGE.MONTHS[moment.month - 1], year=moment.year
    )


def moment(due: datetime, now: datetime, rule: str = "") -> str:
    """A moment as seen from now: "at 7:00 am", "tomorrow at...", "on Friday at...", "on Friday 3 July at...", "every weekday at..."."""
    now = now.astimezone(due.tzinfo)
    days = (due.date() - now.date()).days
    repeats = rule_words(rule)
    known = {
        "clock": clock(due),
        "weekday": LANGUAGE.WEEKDAYS[due.weekday()],
        "day": due.day,
        "month": LANGUAGE.MONTHS[due.month - 1],
        "rule": repeats,
    }
    if rule:
        return repeats if rule.startswith(("FREQ=HOURLY", "FREQ=MINUTELY")) else LANGUAGE.MOMENTS["every"].format_map(known)
    key = "today" if days == 0 else "tomorrow" if days == 1 else "this_week" if 0 < days < 7 else "date"
    return LANGUAGE.MOMENTS[key].format_map(known)


def since(at: datetime, now: datetime) -> str:
    """A moment that is over, as seen from now: "at 9:58 am", "yesterday at 9:58 am", "on Friday 3 July at 7:00 am"."""
    days = (at.date() - now.astimezone(at.tzinfo).date()).days
    known = {"clock": clock(at), "weekday": LANGUAGE.WEEKDAYS[at.weekday()], "day": at.day, "month": LANGUAGE.MONTHS[at.month - 1]}
    return LANGUAGE.MOMENTS["today" if days == 0 else "yesterday" if days == -1 else "date"].format_map(known)


def condition(waited: Trigger | None) -> str:
    """ "when the washing machine is done"."""
    return LANGUAGE.WAITS[waited.always].format(said=turned(waited.said)) if waited else ""


def turned(said: str) -> str:
    """The speaker's words as they are said back: "I get home" -> "you get home"."""
    return " ".join(LANGUAGE.TURNED.get(word.casefold(), word) for word in said.split())


def rule_words(rule: str) -> str:
    """A recurrence rule in words: "every weekday", "every Monday and Friday", "every 2 days"."""
    parts = dict(part.split("=", 1) for part in rule.split(";") if "=" in part)
    days = parts.get("BYDAY", "")
    if days in LANGUAGE.RULE_DAYS:
        return LANGUAGE.RULE_DAYS[days]
    if days:
        codes = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
        other = LANGUAGE.EVERY_OTHER if parts.get("INTERVAL") == "2" else LANGUAGE.EVERY
        return f"{other} " + join([LANGUAGE.WEEKDAYS[codes.index(code[-2:])] for code in days.split(",")])
    words = LANGUAGE.RULES.get(parts.get("FREQ", ""), "")
    every = int(parts.get("INTERVAL", "1"))
    return words if every == 1 else re.sub(r" (\w+)$", rf" {every} \1s", words)


def span(seconds: float) -> str:
    """A duration: 330 -> "5 minutes 30 seconds", 3600 -> "1 hour"; at most two units, whole seconds."""
    parts = [f"{number(amount)} {one if amount == 1 else several}" for amount, one, several in _units(seconds)]
    return " ".join(parts[:2]) or f"0 {LANGUAGE.SPAN_UNITS[-1][1]}"


def adjective(seconds: float) -> str:
    """A duration before a noun: 300 -> "5 minute"."""
    return " ".join(f"{number(amount)} {one}" for amount, one, _ in _units(seconds))


def _units(seconds: float) -> Iterator[tuple[int, str, str]]:
    """Whole seconds in the units there are any of, the largest first: (how many, one of it, several of it)."""
    left = round(max(0.0, seconds))
    for one, several, length in LANGUAGE.SPAN_UNITS:
        amount, left = divmod(left, length)
        if amount:
            yield amount, one, several


def day_name(day: datetime, now: datetime) -> str:
    """ "today", "tomorrow", "Friday", "Friday 3 July"."""
    days = (day.date() - now.astimezone(day.tzinfo).date()).days
    if days in LANGUAGE.DAY_NAMES:
        return LANGUAGE.DAY_NAMES[days]
    name = LANGUAGE.WEEKDAYS[day.weekday()]
    return name if timedelta(0) < timedelta(days=days) < timedelta(days=7) else f"{name} {day.day} {LANGUAGE.MONTHS[day.month - 1]}"
