"""Written text as words for the voice: digits, units, times and signs spelled out."""

import re
from collections.abc import Callable

from num2words import num2words

from agent.words.sentences import LANGUAGE

_UNIT = "|".join(re.escape(unit) for unit in sorted(LANGUAGE.UNITS, key=len, reverse=True))
_NUMBER = r"(?<![\w.,:])[-−]?\d+(?:[.,]\d+)?"


def spoken(text: str) -> str:
    """The text as it is said: "21.5 °C" -> "twenty one point five degrees", "7:30" -> "seven thirty", "40%" -> "forty percent"."""
    for pattern, say_it in _STEPS:
        text = pattern.sub(say_it, text)
    return text


def _cardinal(digits: str) -> str:
    """A number in words: "-3.5" -> "minus three point five"."""
    plain = digits.replace("−", "-").replace(",", ".")
    words = str(num2words(float(plain) if "." in plain else int(plain)))
    return words.replace("-", " ").replace(",", "").replace("negative", "minus")


def _time(found: re.Match[str]) -> str:
    hour, minute, half = int(found[1]), int(found[2]), (found[3] or "").casefold().replace(".", "")
    said = _cardinal(str((hour - 1) % 12 + 1 if half else hour))
    if minute:
        said += f" {'oh ' if minute < 10 else ''}{_cardinal(str(minute))}"
    elif not half:
        said += " o'clock" if 0 < hour <= 12 else " hundred"
    return f"{said} {' '.join(half)}" if half else said


def _with_unit(found: re.Match[str]) -> str:
    one, several = LANGUAGE.UNITS[found[2]]
    return f"{_cardinal(found[1])} {one if found[1] == '1' else several}"


def _date(found: re.Match[str]) -> str:
    year = f" {num2words(int(found[3]), to='year')}" if found[3] else ""
    return f"{num2words(int(found[1]), to='ordinal')} of {found[2]}{year}".replace("-", " ")


def _ordinal(found: re.Match[str]) -> str:
    return str(num2words(int(found[1]), to="ordinal")).replace("-", " ")


_STEPS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"\b(\d{1,2}):(\d{2})(?: ?([ap]\.?m\b\.?))?", re.IGNORECASE), _time),
    (re.compile(rf"\b(\d{{1,2}}) ({'|'.join(LANGUAGE.MONTHS)})\b(?: (\d{{4}}))?"), _date),
    (re.compile(r"\b(\d+)(?:st|nd|rd|th)\b"), _ordinal),
    (re.compile(rf"({_NUMBER}) ?({_UNIT})(?![\w/])"), _with_unit),
    (re.compile(rf"({_NUMBER})(?![\w])"), lambda found: _cardinal(found[1])),
    (re.compile(r"[“”\"]"), lambda found: ""),
)
