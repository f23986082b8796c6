"""Written text as words for the voice: digits, units, times and signs spelled out."""

import re
from collections.abc import Callable

from num2words import num2words

from agent.words.moments import span
from agent.words.sentences import LANGUAGE

_UNIT = "|".join(re.escape(unit) for unit in sorted(LANGUAGE.UNITS, key=len, reverse=True))
_NUMBER = r"(?<![\w.,:/])[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:[.,]\d+)?"
_HALF_DAY = r"([ap])\.?m\b\.?"
_ENDS = r"(?!\w|[.,/:]\d)"
"""A number is over: no decimals of another, no address, no date goes on."""
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+(\.|$)")
_SYMBOLS = {"½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3"}
_PARTS = {2: "half", 4: "quarter"}
_TWELVE = {"a": "midnight", "p": "noon"}
FINEST = 100
"""A fraction of finer parts is two numbers."""


def spoken(text: str) -> str:
    """The text as it is said: "21.5 °C" -> "twenty one point five degrees", "7:30" -> "seven thirty", "40%" -> "forty percent"."""
    for pattern, say_it in _STEPS:
        text = pattern.sub(say_it, text)
    return text


def _cardinal(digits: str) -> str:
    """A number in words: "-3.5" -> "minus three point five", "1,000" -> "one thousand"; num2words loses the sign of -0.5."""
    sign, plain = ("minus ", digits[1:]) if digits[0] in "-−" else ("", digits)
    plain = plain.replace(",", "" if _THOUSANDS.match(plain) else ".")
    words = str(num2words(float(plain) if "." in plain else int(plain)))
    return sign + words.replace("-", " ").replace(",", "")


def _clock(hour: int, minute: int, half: str) -> str:
    """The time of day; `half` is a or p, "" where neither was written. The dots keep a voice from reading "a m" as "uh em"."""
    if (not half and not hour and not minute) or (half and hour == 12 and not minute):
        return _TWELVE[half or "a"]
    said = _cardinal(str((hour - 1) % 12 + 1 if half else hour))
    if minute:
        said += f" {'oh ' if minute < 10 else ''}{_cardinal(str(minute))}"
    elif not half:
        said += " o'clock" if 0 < hour <= 12 else " hundred"
    return f"{said} {half}.m." if half else said


def _time(found: re.Match[str]) -> str:
    hour, minute, half = int(found[1]), int(found[2]), (found[3] or "").casefold()
    return _clock(hour, minute, half) if hour < 24 and minute < 60 else found[0]


def _lasting(found: re.Match[str]) -> str:
    """0:04:30, as devices write a time that is left -> "4 minutes 30 seconds"."""
    return span(int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3]))


def _hour(found: re.Match[str]) -> str:
    return _clock(int(found[1]), 0, found[2].casefold()) if 0 < int(found[1]) <= 12 else found[0]


def _with_unit(found: re.Match[str]) -> str:
    said, unit = _cardinal(found[1]), found[3]
    if f"{found[2]}{unit}" == "K" and len(found[1]) == 1:
        return found[0]  # a screen's: "4K"
    one, several = LANGUAGE.UNITS[unit]
    return f"{said} {one if said.removeprefix('minus ') == 'one' else several}"


def _date(found: re.Match[str]) -> str:
    year = f" {_year(found[3])}" if found[3] else ""
    return f"{_ordinal(found[1])} of {found[2]}{year}"


def _iso_date(found: re.Match[str]) -> str:
    """2026-03-10"""
    month, day = int(found[2]), int(found[3])
    return f"{_ordinal(str(day))} of {LANGUAGE.MONTHS[month - 1]} {_year(found[1])}" if 0 < month <= 12 and 0 < day <= 31 else found[0]


def _year(digits: str) -> str:
    return str(num2words(int(digits), to="year")).replace("-", " ")


def _ordinal(digits: str) -> str:
    return str(num2words(int(digits), to="ordinal")).replace("-", " ")


def _symbol(found: re.Match[str]) -> str:
    return f"{found[1]} {_SYMBOLS[found[2]]}" if found[1] else _SYMBOLS[found[2]]


def _fraction(found: re.Match[str]) -> str:
    """1/2 -> "one half", 1 1/2 -> "one and a half", 2/3 -> "two thirds"; what is none ("24/7") is two numbers."""
    whole, count, of = found[1], int(found[2]), int(found[3])
    if not 0 < count < of <= FINEST:
        return f"{whole or ''} {_cardinal(found[2])} {_cardinal(found[3])}".strip()
    part = f"{_PARTS.get(of) or _ordinal(found[3])}{'s' if count > 1 else ''}"
    if whole is None:
        return f"{_cardinal(found[2])} {part}"
    return f"{_cardinal(whole)} and {'a' if count == 1 else _cardinal(found[2])} {part}"


def _range(found: re.Match[str]) -> str:
    """10-12 -> "10 to 12"; its unit comes after it."""
    return f"{found[1]} to {found[2]}" if int(found[1]) < int(found[2]) else found[0]


_MONTHS = "|".join(LANGUAGE.MONTHS)
_STEPS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(rf"(?<![\w.,:])(\d{{1,2}}):(\d{{2}})(?![\d:])(?: ?{_HALF_DAY})?", re.IGNORECASE), _time),
    (re.compile(r"(?<![\w.,:])(\d{1,2}):(\d{2}):(\d{2})(?![\w:])"), _lasting),
    (re.compile(r"(?<![\w.,:])(\d{1,3}):(\d{1,3})(?![\w:])"), lambda found: f"{found[1]} to {found[2]}"),
    (re.compile(rf"(?<![\w.,:])(\d{{1,2}}) ?{_HALF_DAY}", re.IGNORECASE), _hour),
    (re.compile(r"(?<![\w-])(\d{4})-(\d{2})-(\d{2})(?![\w-])"), _iso_date),
    (re.compile(rf"\b(\d{{1,2}}) ({_MONTHS})\b(?: (\d{{4}}))?"), _date),
    (re.compile(r"\b(?<=in |of )((?:1[89]|20)\d\d)(?!\s*[\w%°]|[.,:/-]\d)"), lambda found: _year(found[1])),
    (re.compile(r"\b(\d+)(?:st|nd|rd|th)\b"), lambda found: _ordinal(found[1])),
    (re.compile(rf"(?<![\w.,:/])(\d+)?({'|'.join(_SYMBOLS)})"), _symbol),
    (re.compile(rf"(?<![\w.,:/])(?:(\d+) )?(\d{{1,3}})[/⁄](\d{{1,3}}){_ENDS}"), _fraction),
    (re.compile(r"(?<![\w.,:/-])(\d{1,3})(?:-| ?– ?)(\d{1,3})(?![\d-]|[.,/:]\d)"), _range),
    (re.compile(rf"({_NUMBER})( ?)({_UNIT})(?![\w/])"), _with_unit),
    (re.compile(rf"({_NUMBER}){_ENDS}"), lambda found: _cardinal(found[1])),
    (re.compile(r"[“”\"]"), lambda found: ""),
)
