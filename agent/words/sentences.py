"""Sentences filled in: numbers as digits, lists joined, verbs for one or several."""

from collections.abc import Sequence

from agent.words import en

LANGUAGE = en
"""The language spoken: a module with the names that agent.words.en has."""


def say(key: str, **values: object) -> str:
    """The sentence of a key (LANGUAGE.REPLIES) with its values: numbers in digits, each value also with a capital ({What})."""
    return fill(LANGUAGE.REPLIES[key], values)


def fill(template: str, values: dict[str, object]) -> str:
    """The template with its values; a value `x` also stands for {X}, with a capital."""
    texts = {key: number(value) if isinstance(value, int | float) else str(value) for key, value in values.items()}
    return template.format_map({**texts, **{capital(key): capital(text) for key, text in texts.items()}})


def number(value: object) -> str:
    """A number in digits, without needless zeros: 21.0 -> "21", 21.54 -> "21.5". What is no number is given back as text."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    rounded = round(float(value), 1)
    return f"{rounded:.0f}" if rounded == int(rounded) else f"{rounded}"


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def join(items: Sequence[str], word: str = "") -> str:
    """ "a, b and c"; `word` stands before the last one."""
    last = f" {word or LANGUAGE.AND} "
    return items[0] if len(items) == 1 else last.join((", ".join(items[:-1]), items[-1])) if items else ""


def form(verb: str, several: bool) -> str:
    """A verb for one or for several: form("is", True) -> "are"."""
    return LANGUAGE.FORMS[verb][several]


def forms(several: bool) -> dict[str, object]:
    """All verbs, to fill a template with."""
    return {verb: both[several] for verb, both in LANGUAGE.FORMS.items()}
