"""What the words of a turn tell of how they were heard: not to their end, or as one of several things. Pure functions of text."""

from collections.abc import Iterable

from agent.learn.log import Past
from agent.wording import ARTICLES, plain, words

PAUSES = (" no wait ", " hang on ")
OPEN = frozenset("the a an my to at of in and for with turn set put play switch dim".split())
"""Words that no request ends with."""
HANGING = frozenset("the a an my and".split())
"""Words that nothing ends with, a title neither."""
COMMANDING = frozenset(
    "turn switch put set make get start stop open close shut pull on off up down the a my please can could you would it to in".split()
)
"""Words that say what to do, not to what."""
UNITS = frozenset({"percent", "degrees"})
WAYS = frozenset("start stop open close shut on off up down".split())
"""Those that say which way."""


def unarticled(text: str) -> str:
    return " ".join(w for w in words(text) if w not in ARTICLES)


def core(text: str) -> frozenset[str]:
    """The words that say what, which way and how much: "turn the desk lamp to 60 percent" -> {desk, lamp, 60, percent}."""
    return frozenset(words(text)) - (COMMANDING - WAYS)


def paused(text: str) -> bool:
    return any(pause in f" {plain(text)} " for pause in PAUSES)


def breaks_off(text: str) -> bool:
    """It surely goes on: it pauses, or ends in a word that nothing ends with."""
    said = words(text)
    return len(said) > 1 and (said[-1] in HANGING or paused(text))


def commands_nothing(text: str) -> bool:
    """ "turn on the": what to do was heard, and not to what."""
    said = words(text)
    return len(said) > 1 and set(said) <= COMMANDING


def cut_short(turn: Past, whole: str) -> bool:
    """Of `whole` all was heard but the way, or how much: "the desk lamp" of "desk lamp to 60 percent"."""
    lacks = core(whole) - core(turn.text)
    return core(turn.text) < core(whole) and all(w in WAYS or w in UNITS or w.isdigit() for w in lacks)


def other_guess(turn: Past, texts: Iterable[str]) -> str:
    """Of what else may have been heard: what says the same as one of these texts, in other words for the deed perhaps; "" where none does."""
    own, meant = core(turn.text), {core(t) for t in texts} - {frozenset()}
    return next((o for o in turn.others if core(o) in meant and core(o) != own), "")
