"""Numbers, durations, points in time and levels, as people say them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.understand import numbers, times
from agent.understand.lexicon import Lexicon
from agent.understand.normal import MAX_TOKENS, tokens
from agent.understand.slot_types import TYPES
from agent.understand.values import READERS, View


def words(text: str) -> tuple[str, ...]:
    return tokens(text).words


def values(kind: str, text: str) -> list[Any]:
    """What a type reads from the whole text."""
    view = View(tokens(text), Lexicon())
    return [s.value for s in view.at(kind, 0) if s.end == len(view.words)]


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("Could you set the kids' room to 20.5°, please?", "could you set the kids room to 20.5 ° please"),
        ("what's Joe's PM2.5 at 7:30 p.m.?", "what is joes pm2.5 at 7:30 pm"),
        ("Café 10-minute 2700K 1,000 12,5", "cafe 10 minute 2700 k 1000 12.5"),
        ("don’t turn it off", "do not turn it off"),
        ("nevermind", "never mind"),
        ("", ""),
        ("\u202e\x00\u200b", ""),
        ("включи свет", "включи свет"),
    ],
)
def test_tokens(said: str, heard: str) -> None:
    """Case, accents, apostrophes, units and abbreviations come out as phrases have them."""
    assert " ".join(words(said)) == heard


@given(st.text(max_size=400))
def test_tokens_of_any_text(text: str) -> None:
    """Any text gives tokens that stand in it, in order."""
    found = tokens(text)
    assert len(found.words) == len(found.starts) == len(found.ends) <= MAX_TOKENS
    assert all(0 <= s < e <= len(text) for s, e in zip(found.starts, found.ends, strict=True))
    assert list(found.starts) == sorted(found.starts)


def test_ten_thousand_words() -> None:
    """Who says too much is read to a bound."""
    assert len(tokens("word " * 10_000)) == MAX_TOKENS


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("twenty five", 25),
        ("a hundred and five", 105),
        ("two thousand seven hundred", 2700),
        ("twenty point five", 20.5),
        ("one and a half", 1.5),
        ("half", 0.5),
        ("three quarters", 0.75),
        ("1/2", 0.5),
        ("minus five", -5),
        ("20.5", 20.5),
    ],
)
def test_number(said: str, value: float) -> None:
    """A number in words or digits, all of it."""
    assert numbers.number(words(said), 0) == (len(words(said)), value)


@pytest.mark.parametrize(
    ("said", "value"),
    [("second", 2), ("twenty third", 23), ("2nd", 2), ("last", -1)],
)
def test_ordinal(said: str, value: int) -> None:
    assert numbers.ordinal(words(said), 0) == (len(words(said)), value)


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("5 and a half minutes", {"minutes": 5, "seconds": 30}),
        ("1 hour, 15 minutes, and 30 seconds", {"hours": 1, "minutes": 15, "seconds": 30}),
        ("half an hour", {"minutes": 30}),
        ("an hour and a half", {"hours": 1, "minutes": 30}),
        ("1 and a half hours", {"hours": 1, "minutes": 30}),
        ("1/2 a minute", {"seconds": 30}),
        ("a couple of minutes", {"minutes": 2}),
        ("quarter of an hour", {"minutes": 15}),
        ("90 minutes", {"minutes": 90}),
        ("one and a half days", {"hours": 36}),
    ],
)
def test_duration(said: str, parts: dict[str, int]) -> None:
    """Durations as Home Assistant's timers take them."""
    assert times.parts(words(said), 0) == (len(words(said)), parts)


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ("at 9", {"hour": 9, "minute": 0, "half_day": True}),
        ("at half past eight tonight", {"hour": 20, "minute": 30, "day": 0}),
        ("tomorrow morning", {"day": 1, "part": "morning"}),
        ("every weekday at 7", {"every": "weekday", "hour": 7, "minute": 0, "half_day": True}),
        ("every other Sunday", {"every": "week", "interval": 2, "weekdays": [6]}),
        ("every monday and thursday at six thirty am", {"every": "week", "weekdays": [0, 3], "hour": 6, "minute": 30}),
        ("in ten minutes", {"in": 600}),
        ("at sunset", {"sun": "sunset"}),
        ("half an hour before sunrise", {"sun": "sunrise", "offset": -1800}),
        ("at quarter to seven in the evening", {"hour": 18, "minute": 45}),
        ("on december 5th at 3pm", {"date": [12, 5], "hour": 15, "minute": 0}),
        ("at five hundred and thirty am tomorrow", {"hour": 5, "minute": 30, "day": 1}),
        ("on friday at noon", {"weekday": 4, "hour": 12, "minute": 0}),
        ("every 2 hours", {"every": "hour", "interval": 2}),
        ("at 22:15", {"hour": 22, "minute": 15}),
    ],
)
def test_when(said: str, when: dict[str, Any]) -> None:
    """Points in time and rules, all words of them."""
    assert times.when(words(said), 0) == (len(words(said)), when)


@pytest.mark.parametrize("said", ["to 50", "twenty five percent", "five degrees", "for five minutes", "may", "second"])
def test_no_time(said: str) -> None:
    """What is a level, a length or a mere word is no point in time."""
    assert times.when(words(said), 0, bare=True) is None


@pytest.mark.parametrize(
    ("kind", "said", "value"),
    [
        ("percent", "fifty percent", 50),
        ("percent", "half", 50),
        ("percent", "seven out of ten", 70),
        ("minus_percent", "20%", -20),
        ("brightness", "the lowest", 1),
        ("brightness", "maximum", 100),
        ("volume", "level 7", 70),
        ("position", "halfway", 50),
        ("temperature", "20.5 degrees celsius", 20.5),
        ("kelvin", "2700 K", 2700),
        ("kelvin", "candle light", 1900),
        ("color", "light blue", "lightblue"),
        ("state", "at home", "home"),
        ("media_class", "tv show", "tv_show"),
        ("kind", "washing machine", "washing_machine"),
        ("cover_class", "garage door", "garage"),
        ("hvac_mode", "heating", "heat"),
        ("ordinal", "third", 3),
    ],
)
def test_value(kind: str, said: str, value: Any) -> None:
    """One value of each type."""
    assert value in values(kind, said)


@pytest.mark.parametrize("said", ["200", "50 degrees", "5 minutes"])
def test_no_percent(said: str) -> None:
    """A number with another unit, or beyond a hundred, is no percentage."""
    assert values("percent", said) == []


def test_every_type_has_a_reader() -> None:
    """What slot_types promises is read, and nothing else is."""
    assert set(READERS) == set(TYPES)
