"""Durations and points in time.

A duration is a mapping with any of hours, minutes, seconds (days are hours), as Home Assistant's timers take it:
"an hour and a half" -> {"hours": 1, "minutes": 30}.

A `when` is a mapping that JSON can hold. Once, or by rule:
  in          seconds from now                                  "in ten minutes" -> {"in": 600}
  hour, minute  of the clock, 0-23                              "at half past eight" -> {"hour": 8, "minute": 30, "half_day": true}
  half_day    true: morning or evening was not said, the next such time is meant; absent where it was ("8 pm", "20:30", "at noon")
  part        morning, afternoon, evening, night                "tomorrow morning" -> {"day": 1, "part": "morning"}
  day         days from today                                   "tomorrow" -> {"day": 1}; "tonight" -> {"day": 0, "part": "night"}
  weekday     0-6, Monday first, the next one                   "on friday"
  monthday    the next such day of a month                      "on the 15th"; with every: of each month
  date        [month, day] or [month, day, year]                "on the third of may", "december 5"
  sun         sunrise, sunset, noon, dawn, dusk                 "at sunset"
  offset      seconds after (below zero: before) the sun's      "half an hour before sunrise" -> {"sun": "sunrise", "offset": -1800}
  every       day, weekday, weekend, week, month, year, hour, minute   "every weekday at 7"; weekdays: [0, 3] goes with week
  interval    1 if absent                                       "every other sunday" -> {"every": "week", "interval": 2, "weekdays": [6]}
  event       what is waited for, as said                       "when I come home" -> {"event": "i come home"}
"""

from collections.abc import Callable
from typing import Any

from agent.understand.normal import listed
from agent.understand.numbers import ORDINALS, TENS, UNITS, Number, Words, digits, number, ordinal, tidy

Found = tuple[int, dict[str, Any]] | None
A_WHILE = "a while"
"""A length that has to be asked for."""

_UNIT_SECONDS = {
    **dict.fromkeys(("second", "seconds", "sec", "secs", "s"), 1),
    **dict.fromkeys(("minute", "minutes", "min", "mins", "m"), 60),
    **dict.fromkeys(("hour", "hours", "hr", "hrs", "h"), 3600),
    **dict.fromkeys(("day", "days"), 86400),
    **dict.fromkeys(("week", "weeks"), 604800),
}
WEEKDAYS = {w: n for n, w in enumerate(listed("monday tuesday wednesday thursday friday saturday sunday"))}
WEEKDAYS |= {w + "s": n for w, n in tuple(WEEKDAYS.items())} | {"mon": 0, "tues": 1, "wed": 2, "thurs": 3, "fri": 4, "sat": 5}
MONTHS = {w: n for n, w in enumerate(listed("january february march april may june july august september october november december"), 1)}
PARTS = {said: part for part in ("morning", "afternoon", "evening", "night") for said in (part, part + "s")}
SUN = {
    "sunrise": "sunrise",
    "sunset": "sunset",
    "dawn": "dawn",
    "dusk": "dusk",
    "sundown": "sunset",
    "sunup": "sunrise",
    "nightfall": "dusk",
    "daybreak": "dawn",
}
FIXED = {"noon": (12, 0), "midday": (12, 0), "midnight": (0, 0), "lunchtime": (12, 30)}
_PREPOSITIONS = frozenset(listed("at on by around about from for in this the next coming of during until till starting set oclock exactly and"))


def at(words: Words, i: int) -> str:
    return words[i] if i < len(words) else ""


# --- durations -----------------------------------------------------------------------------------------------------------------------------


def duration(words: Words, i: int) -> tuple[int, float] | None:
    """Seconds: "1 hour, 15 minutes and 30 seconds", "half an hour", "two and a half minutes", "an hour and a half", "a minute"."""
    found = _measures(words, i)
    return (found[0], sum(amount * unit for amount, unit in found[1])) if found else None


def parts(words: Words, i: int) -> tuple[int, dict[str, Number]] | None:
    """The same as hours, minutes and seconds as they were said: "90 minutes" -> {"minutes": 90}; "an hour and a half" -> hours 1, minutes 30."""
    found = _measures(words, i)
    if found is None:
        return None
    told = dict.fromkeys(("hours", "minutes", "seconds"), 0.0)
    for amount, unit in found[1]:
        scale = max(1.0, unit / 3600)
        for name, length in (("hours", 3600), ("minutes", 60), ("seconds", 1)):
            if length <= unit:
                whole = amount * scale if length == 1 else float(int(amount * scale + 1e-9))
                told[name] += whole
                amount, scale = (amount * scale - whole) * 60, 1.0
    return found[0], {name: tidy(value) for name, value in told.items() if value > 1e-6}


def _measures(words: Words, i: int) -> tuple[int, list[tuple[float, int]]] | None:
    """(amount, seconds of its unit) of each part, the larger units first."""
    measures: list[tuple[float, int]] = []
    end, smallest = i, float("inf")
    while True:
        start = end + 1 if measures and at(words, end) == "and" else end
        part = _measure(words, start)
        if part is None or part[2] >= smallest:
            return (end, measures) if measures else None
        end, smallest = part[0], part[2]
        measures.append((part[1], part[2]))


def _measure(words: Words, i: int) -> tuple[int, float, int] | None:
    """One number with its unit -> end, amount, seconds of the unit. "quarter of an hour", "a couple of minutes", "an hour and a half"."""
    amount = _amount(words, i)
    if amount is None:
        return None
    end, value = amount
    unit = _UNIT_SECONDS.get(at(words, end))
    if unit is None:
        return None
    end += 1
    if at(words, end) == "and" and at(words, end + 1) == "a" and at(words, end + 2) in ("half", "quarter"):
        return end + 3, value + (0.5 if words[end + 2] == "half" else 0.25), unit
    return end, value, unit


def _amount(words: Words, i: int) -> tuple[int, Number] | None:
    """The number before a unit, and the small words between."""
    first = at(words, i)
    if first == "couple" or (first == "a" and at(words, i + 1) == "couple"):
        end = i + (1 if first == "couple" else 2)
        return (end + 1 if at(words, end) == "of" else end), 2
    if first in ("a", "an", "another") and at(words, i + 1) in _UNIT_SECONDS and len(words[i + 1]) > 1:
        return i + 1, 1
    found = number(words, i)
    if found is None:
        return None
    end, value = found
    for small in (("of", "a"), ("of", "an"), ("a",), ("an",), ("more",), ("full",)):
        if tuple(words[end : end + len(small)]) == small and at(words, end + len(small)) in _UNIT_SECONDS:
            return (end + len(small), value) if 0 < value < 1 or small in (("more",), ("full",)) else None
    return end, value


def split_seconds(seconds: float) -> dict[str, Number]:
    """Seconds as Home Assistant's slots."""
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    parts = {"hours": tidy(hours), "minutes": tidy(minutes), "seconds": tidy(left)}
    return {unit: value for unit, value in parts.items() if value}


# --- the clock -----------------------------------------------------------------------------------------------------------------------------


def clock(words: Words, i: int) -> Found:
    """ "half past eight", "8:30 pm", "nine o'clock", "six thirty am", "quarter to seven", "noon", "20 hundred"."""
    for reader in (_fixed, _past, _digital, _spelled_clock):
        found = reader(words, i)
        if found is not None:
            return _half(words, *found)
    return None


def _fixed(words: Words, i: int) -> tuple[int, int, int] | None:
    fixed = FIXED.get(at(words, i))
    return (i + 1, *fixed) if fixed else None


def _small(words: Words, i: int, below: int) -> tuple[int, int] | None:
    """A whole number of the clock: one or two words, or digits."""
    word = at(words, i)
    value = digits(word)
    if isinstance(value, int) and value < below and "/" not in word and "." not in word:
        return i + 1, value
    if word in TENS:
        unit = UNITS.get(at(words, i + 1), 0)
        end, value = (i + 2, TENS[word] + unit) if 0 < unit < 10 else (i + 1, TENS[word])
        return (end, value) if value < below else None
    return (i + 1, UNITS[word]) if word in UNITS and UNITS[word] < below else None


def _past(words: Words, i: int) -> tuple[int, int, int] | None:
    """ "half past eight", "ten to nine", "quarter past 6", "half eight"."""
    start = i + 1 if at(words, i) == "a" else i
    if at(words, start) == "half" and at(words, start + 1) == "past":
        minutes: int | None = 30
        end = start + 1
    elif at(words, start) == "quarter":
        minutes, end = 15, start + 1
    else:
        found = _small(words, start, 60)
        minutes, end = (found[1], found[0]) if found else (None, start)
        end += at(words, end) in ("minutes", "minute")
    word = at(words, end)
    if minutes is None or word not in ("past", "to", "before", "after", "till", "of"):
        return None
    hour = _small(words, end + 1, 24)
    if hour is None or at(words, hour[0]) in _UNIT_SECONDS or at(words, hour[0]) in ("%", "percent", "degrees", "°"):
        return None
    if word in ("past", "after"):
        return hour[0], hour[1], minutes
    return hour[0], (hour[1] - 1) % (24 if hour[1] > 12 else 12) or 12, 60 - minutes


def _digital(words: Words, i: int) -> tuple[int, int, int] | None:
    """ "7:30", "19:05", "7.30 pm"."""
    word = at(words, i)
    mark = ":" if ":" in word else "." if "." in word and at(words, i + 1) in ("am", "pm") else ""
    hour, _, minute = word.partition(mark) if mark else (word, "", "")
    if mark and hour.isdecimal() and minute.isdecimal() and int(hour) < 24 and int(minute) < 60 and len(minute) == 2:
        return i + 1, int(hour), int(minute)
    if word.isdecimal() and len(word) in (3, 4) and at(words, i + 1) in ("am", "pm", "hours") and int(word[:-2]) < 24 and int(word[-2:]) < 60:
        return i + 1, int(word[:-2]), int(word[-2:])
    return None


def _spelled_clock(words: Words, i: int) -> tuple[int, int, int] | None:
    """ "nine", "six thirty", "seven oh five", "five hundred and thirty" (as recognisers write 5:30)."""
    hour = _small(words, i, 25)
    if hour is None:
        return None
    end, value = hour
    if at(words, end) in ("hundred", "hundreds"):
        minute = _small(words, end + 2, 60) if at(words, end + 1) == "and" else None
        return (minute[0], value % 24, minute[1]) if minute else (end + 1, value % 24, 0)
    if at(words, end) in ("oh", "o", "zero") and at(words, end + 1) in UNITS and UNITS[words[end + 1]] < 10:
        return end + 2, value % 24, UNITS[words[end + 1]]
    minute = _small(words, end, 60)
    if minute and (minute[1] >= 10) and at(words, minute[0]) not in _UNIT_SECONDS:
        return minute[0], value % 24, minute[1]
    return end, value % 24, 0


def _half(words: Words, end: int, hour: int, minute: int) -> Found:
    """Adds "o'clock", "am", "pm", "in the evening" to a time of the clock."""
    when: dict[str, Any] = {"hour": hour, "minute": minute}
    if at(words, end) == "hours" and _of_24(words[end - 1]):
        return end + 1, when
    while at(words, end) in ("oclock", "o", "clock", "sharp"):
        end += 1
    if at(words, end) in ("am", "pm"):
        when["hour"] = hour % 12 + 12 * (words[end] == "pm") if hour <= 12 else hour
        return end + 1, when
    if at(words, end) in ("a", "p") and at(words, end + 1) == "m":
        when["hour"] = hour % 12 + 12 * (words[end] == "p") if hour <= 12 else hour
        return end + 2, when
    part_at = end + (2 if tuple(words[end : end + 2]) == ("in", "the") else 1 if at(words, end) in ("at", "this") else 0)
    part = PARTS.get(at(words, part_at))
    if part and (part_at > end or part != "night"):
        when["hour"] = with_part(hour, part)
        return part_at + 1, when
    if 0 < hour <= 12 and at(words, end - 1) not in FIXED:
        when["half_day"] = True
    return end, when


def _of_24(word: str) -> bool:
    """The last word of a time as "hours" follow it: "twenty hundred hours", "1900 hours"; "three hours" are a span."""
    return word.startswith("hundred") or ":" in word or (word.isdecimal() and len(word) > 2)


def with_part(hour: int, part: str) -> int:
    """8 in the evening is 20; 12 at night is 0; 1 at night stays 1."""
    if part == "morning" or hour > 12:
        return hour % 12 if hour == 12 else hour
    if part == "night":
        return 0 if hour == 12 else hour + 12 if hour >= 6 else hour
    return hour % 12 + 12


# --- points in time and rules ----------------------------------------------------------------------------------------------------------------


def when(words: Words, i: int, bare: bool = False) -> Found:
    """The longest point in time at this place, prepositions included. `bare`: "seven" alone counts as a time ("wake me up at" was said before)."""
    found: dict[str, Any] = {}
    end = i
    while True:
        step = _step(words, end, found, bare) or _but(words, end, found)
        if step is None:
            break
        end, new = step
        found |= new
        bare = bare and "hour" not in found
    return _settled(end, found) if found else None


_BUT = (
    ("except", "for"), ("except", "on"), ("except",), ("apart", "from"), ("but", "not", "on"), ("but", "not"), ("excluding",), ("besides",), ("not",)
)  # fmt: skip
_ALL_DAYS = {"day": range(7), "weekday": range(5), "weekend": (5, 6)}


def _but(words: Words, i: int, known: dict[str, Any]) -> Found:
    """ "... except Friday", behind "every weekday": the days that are left."""
    mark = next((m for m in _BUT if tuple(words[i : i + len(m)]) == m), None)
    usual = _ALL_DAYS.get(str(known.get("every")), known.get("weekdays") or ())
    if mark is None or not usual or known.get("interval"):
        return None
    out: set[int] = set()
    end = i + len(mark)
    while at(words, end + (at(words, end) in ("and", "or"))) in WEEKDAYS:
        end += words[end] in ("and", "or")
        out.add(WEEKDAYS[words[end]])
        end += 1
    left = sorted(set(usual) - out)
    return (end, {"every": "week", "weekdays": left}) if left and len(left) < len(set(usual)) else None


def _settled(end: int, found: dict[str, Any]) -> Found:
    """Parts of the day make half-day hours whole; "every" without a clock keeps its part."""
    if "half_day" in found and "part" in found:
        found = {**found, "hour": with_part(found["hour"], found["part"])}
        del found["half_day"], found["part"]
    elif "part" in found and "hour" in found:
        found = {k: v for k, v in found.items() if k != "part"}
    return end, found


def _step(words: Words, i: int, known: dict[str, Any], bare: bool) -> Found:
    """One more piece of a point in time, after any prepositions."""
    start = i
    while at(words, start) in _PREPOSITIONS and start - i < 3:
        start += 1
    for place in range(i, start + 1):
        said = words[place - 1] if place > i else ""
        for reader in _READERS:
            found = reader(words, place)
            if found is not None and not set(found[1]) & set(known) and ("in" not in found[1] or not known):
                return found
        timely = said in ("at", "by", "around", "about", "exactly", "until", "till", "from", "for")
        found = clock(words, place) if "hour" not in known and "sun" not in known and "in" not in known else None
        if (
            found is not None
            and (timely or (bare and said != "in") or _marked(words, place, found[0], found[1]))
            and at(words, found[0]) not in _MEASURED
        ):
            return found
    return None


_MEASURED = frozenset(_UNIT_SECONDS) - {"m", "s", "h"} | {
    "%",
    "percent",
    "degrees",
    "degree",
    "°",
    "kelvin",
    "celsius",
    "fahrenheit",
    "point",
    "times",
    "lights",
    "volume",
}


def _marked(words: Words, start: int, end: int, found: dict[str, Any]) -> bool:
    """The words themselves say that this is a time: 7:30, "am", "o'clock", "noon", "half past"."""
    said = words[start:end]
    marks = ("am", "pm", "oclock", "clock", "past", "noon", "midday", "midnight", "lunchtime", "morning", "evening", "afternoon", "night")
    return any(w in marks or ":" in w for w in said) or ("quarter" in said and "to" in said) or ("half_day" not in found and len(said) > 2)


def _in(words: Words, i: int) -> Found:
    """ "in ten minutes", "ten minutes from now", "within an hour"."""
    if at(words, i) in ("in", "within", "after"):
        start = i + 1 + (at(words, i + 1) in ("about", "another", "the") and at(words, i + 2) not in _UNIT_SECONDS)
        found = duration(words, start)
        if found is not None and at(words, found[0]) not in ("before", "after", "timer"):
            ending = 2 if tuple(words[found[0] : found[0] + 2]) == ("from", "now") else 1 if at(words, found[0]) == "time" else 0
            return found[0] + ending, {"in": tidy(found[1])}
    found = duration(words, i)
    if found is not None and (tuple(words[found[0] : found[0] + 2]) == ("from", "now") or at(words, found[0]) == "later"):
        return found[0] + (2 if words[found[0]] == "from" else 1), {"in": tidy(found[1])}
    return None


def _sun(words: Words, i: int) -> Found:
    """ "sunset", "half an hour before sunrise", "the sun goes down"."""
    found = duration(words, i)
    if found is not None and at(words, found[0]) in ("before", "after"):
        sun = _sun_word(words, found[0] + 1)
        sign = -1 if words[found[0]] == "before" else 1
        return (sun[0], {"sun": sun[1], "offset": tidy(sign * found[1])}) if sun else None
    sun = _sun_word(words, i + (at(words, i) in ("when", "once", "after")))
    return (sun[0], {"sun": sun[1]}) if sun else None


def _sun_word(words: Words, i: int) -> tuple[int, str] | None:
    if at(words, i) in SUN:
        return i + 1, SUN[words[i]]
    for phrase, name in (
        (("the", "sun", "sets"), "sunset"),
        (("the", "sun", "goes", "down"), "sunset"),
        (("the", "sun", "rises"), "sunrise"),
        (("the", "sun", "comes", "up"), "sunrise"),
        (("when", "it", "gets", "dark"), "dusk"),
        (("it", "gets", "dark"), "dusk"),
    ):
        if tuple(words[i : i + len(phrase)]) == phrase:
            return i + len(phrase), name
    return None


_EVERY_UNITS = {
    "day": "day",
    "weekday": "weekday",
    "weekdays": "weekday",
    "workday": "weekday",
    "weekend": "weekend",
    "weekends": "weekend",
    "week": "week",
    "month": "month",
    "year": "year",
    "hour": "hour",
    "minute": "minute",
}
_ADVERBS = {"daily": "day", "hourly": "hour", "weekly": "week", "monthly": "month", "yearly": "year", "everyday": "day", "nightly": "day"}


def _every(words: Words, i: int) -> Found:
    """ "every day", "every other sunday", "every monday and thursday", "every 2 hours", "on weekdays", "mondays", "daily"."""
    word = at(words, i)
    if word in _ADVERBS:
        return i + 1, {"every": _ADVERBS[word]}
    if word in ("weekdays", "weekends") or (word in WEEKDAYS and word.endswith("s") and word[:-1] in WEEKDAYS):
        return _every_of(words, i, 1)
    if word not in ("every", "each"):
        return None
    if at(words, i + 1) in ("other", "second"):
        return _every_of(words, i + 2, 2)
    count = number(words, i + 1)
    if count is not None and at(words, count[0]).removesuffix("s") in _EVERY_UNITS:
        return count[0] + 1, {"every": _EVERY_UNITS[words[count[0]].removesuffix("s")], "interval": count[1]}
    return _every_of(words, i + 1, 1)


def _every_of(words: Words, i: int, interval: int) -> Found:
    more: dict[str, Any] = {"interval": interval} if interval > 1 else {}
    word = at(words, i)
    day = ordinal(words, i + 3) if word == "month" and at(words, i + 1) == "on" and at(words, i + 2) == "the" else None
    if day is not None and 0 < day[1] < 32:
        return day[0], {"every": "month", "monthday": day[1], **more}
    if word in _EVERY_UNITS:
        return i + 1, {"every": _EVERY_UNITS[word], **more}
    if word in PARTS:
        return i + 1, {"every": "day", "part": PARTS[word], **more}
    if word not in WEEKDAYS:
        return None
    days = [WEEKDAYS[word]]
    end = i + 1
    while at(words, end) in WEEKDAYS or (at(words, end) in ("and", "or") and at(words, end + 1) in WEEKDAYS):
        end += words[end] in ("and", "or")
        days.append(WEEKDAYS[words[end]])
        end += 1
    part = {"part": PARTS[words[end]]} if at(words, end) in PARTS else {}
    return end + len(part), {"every": "week", "weekdays": sorted(set(days)), **part, **more}


_DAYS: dict[tuple[str, ...], dict[str, Any]] = {
    ("today",): {"day": 0},
    ("tonight",): {"day": 0, "part": "night"},
    ("tomorrow",): {"day": 1},
    ("tomorrows",): {"day": 1},
    ("todays",): {"day": 0},
    ("yesterday",): {"day": -1},
    ("day", "after", "tomorrow"): {"day": 2},
    ("the", "day", "after", "tomorrow"): {"day": 2},
    ("this", "morning"): {"day": 0, "part": "morning"},
    ("this", "afternoon"): {"day": 0, "part": "afternoon"},
    ("this", "evening"): {"day": 0, "part": "evening"},
    ("this", "week"): {"day": 0, "days": 7},
    ("next", "week"): {"day": 7, "days": 7},
    ("this", "weekend"): {"weekday": 5, "days": 2},
    ("the", "weekend"): {"weekday": 5, "days": 2},
    ("weekend",): {"weekday": 5, "days": 2},
    ("next", "month"): {"day": 30, "days": 30},
    ("morning",): {"part": "morning"},
    ("in", "the", "morning"): {"part": "morning"},
    ("in", "the", "afternoon"): {"part": "afternoon"},
    ("in", "the", "evening"): {"part": "evening"},
    ("in", "evening"): {"part": "evening"},
    ("in", "morning"): {"part": "morning"},
    ("afternoon",): {"part": "afternoon"},
    ("evening",): {"part": "evening"},
    ("at", "night"): {"part": "night"},
    ("during", "the", "night"): {"part": "night"},
}


def _day(words: Words, i: int) -> Found:
    """ "tomorrow", "this evening", "on friday", "friday night"."""
    for length in (4, 3, 2, 1):
        named = _DAYS.get(tuple(words[i : i + length]))
        if named is not None and i + length <= len(words):
            return i + length, dict(named)
    word = at(words, i)
    if (word in WEEKDAYS and word not in ("sat", "wed", "fri", "mon")) or (
        word in ("sat", "wed", "fri", "mon") and i and words[i - 1] in ("on", "next", "this")
    ):
        part = PARTS.get(at(words, i + 1))
        return (i + 2, {"weekday": WEEKDAYS[word], "part": part}) if part else (i + 1, {"weekday": WEEKDAYS[word]})
    return None


def _date(words: Words, i: int) -> Found:
    """ "the third of may", "december 5", "may 1st 2027", "the 12th"."""
    start = i + (at(words, i) == "the")
    day = ordinal(words, start) or _small(words, start, 32)
    if day is not None and day[1] > 0:
        end = day[0] + (at(words, day[0]) == "of")
        if at(words, end) in MONTHS and (end > day[0] or words[end] != "may" or start > i):
            return _year(words, end + 1, [MONTHS[words[end]], day[1]])
    if at(words, i) == "the" and day is not None and 0 < day[1] < 32 and _is_date(words, i, day[0]):
        return day[0], {"monthday": day[1]}
    if at(words, i) in MONTHS:
        after = i + 1 + (at(words, i + 1) == "the")
        day = ordinal(words, after) or _small(words, after, 32)
        return _year(words, day[0], [MONTHS[words[i]], day[1]]) if day is not None and day[1] > 0 else None
    return None


_BEHIND_DATE = frozenset(listed("to at that of in about for and please remind"))
_NO_DATE_AFTER = frozenset(listed("turn switch put go keep leave play"))


def _is_date(words: Words, i: int, end: int) -> bool:
    """ "on the 15th [at eight] [to ...]" is a day of the month, "turn on the second" is none."""
    by = at(words, i - 1) in ("on", "by", "until", "till", "from") if i else False
    return by and (i < 2 or words[i - 2] not in _NO_DATE_AFTER) and (end == len(words) or words[end] in _BEHIND_DATE)


def _year(words: Words, i: int, date: list[int]) -> Found:
    word = at(words, i)
    return (i + 1, {"date": [*date, int(word)]}) if word.isdecimal() and len(word) == 4 else (i, {"date": date})


_READERS: tuple[Callable[[Words, int], Found], ...] = (_in, _sun, _every, _date, _day)

TIME_WORDS = frozenset(ORDINALS) | frozenset(WEEKDAYS) | frozenset(SUN) | frozenset(FIXED)
