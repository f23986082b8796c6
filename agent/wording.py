"""What the words of a request tell beyond the slots of a reading: the sort of thing, one or several, whose, seen or heard. Pure functions of text."""

import re
from collections.abc import Iterable
from functools import lru_cache

from devices.home import Area, Entity
from devices.kinds import KINDS

_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
EVERY = frozenset({"all", "every", "everything", "both", "each", "everywhere"})
MINE = frozenset({"my", "mine"})
SEEN = frozenset({"watch", "show", "see", "film", "movie", "video", "series", "episode"})
"""Words that ask for something to look at."""
HEARD = frozenset({"listen", "hear", "read", "music", "song", "songs", "tune", "tunes", "album", "audiobook", "book", "podcast", "radio", "track"})
"""Words that ask for something to listen to."""
ARTICLES = frozenset({"the", "a", "an", "my", "our"})
PLACES = frozenset({"here", "room", "inside", "indoors"})
FELT = frozenset(
    tuple(start.split())
    for start in ("i'm", "im", "i am", "we're", "we are", "it's", "its", "it is", "too", "this is", "that's", "feels", "it feels")
)
"""How a sentence begins that tells how it is."""
PLAYED = frozenset({"music", "film", "movie", "video", "series", "show", "audiobook", "book", "podcast", "radio"})
LONGEST = 3


@lru_cache(maxsize=512)
def words(text: str) -> tuple[str, ...]:
    """Lower-case words, apostrophes kept: "Turn Anna's lamp on!" -> ("turn", "anna's", "lamp", "on")."""
    return tuple(_WORD.findall(text.casefold().replace("’", "'")))


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Lower case, no punctuation, single spaces: "No, the kids' room!" -> "no the kids room"."""
    return " ".join(re.sub(r"[^\w\s]", "", text.casefold().replace("’", "'").replace("'", "")).split())


COURTESY = re.compile(
    r"^(?:(?:hey|hi|hello|ok|okay|so|um|uh|well|now|just|please|could you|can you|would you|will you|"
    r"i want you to|i would like you to|id like you to) )+"
)
THANKS = re.compile(r"(?: (?:please|thanks|thank you|now|for me|right now|will you|would you))+$")


@lru_cache(maxsize=4096)
def bare_request(text: str) -> str:
    """What was said, plain and without courtesy around it, as learned pairs know it: "Could you turn on the lamp, please?" -> "turn on the lamp"."""
    said = plain(text)
    return THANKS.sub("", COURTESY.sub("", said)) or said


def _by_words() -> tuple[dict[tuple[str, ...], frozenset[str]], frozenset[tuple[str, ...]]]:
    """What people say for things -> the kinds it may mean; and the plurals among it."""
    found: dict[tuple[str, ...], set[str]] = {}
    for kind in KINDS.values():
        for said in kind.words:
            found.setdefault(tuple(said.split()), set()).add(kind.name)
    several = {w for w in found if w[-1].endswith("s") and (*w[:-1], w[-1].removesuffix("s")) in found}
    several |= {w for w in found if w[-1].endswith("es") and (*w[:-1], w[-1].removesuffix("es")) in found}
    return {w: frozenset(k) for w, k in found.items()}, frozenset(several)


_KINDS, _SEVERAL = _by_words()


@lru_cache(maxsize=512)
def _things(text: str) -> tuple[tuple[str, ...], ...]:
    """The words for things that stand in a text, longest first at each place: "the tv and the floor lamp" -> (("tv",), ("lamp",))."""
    said, found, i = words(text), [], 0
    while i < len(said):
        span = next((said[i : i + n] for n in range(LONGEST, 0, -1) if said[i : i + n] in _KINDS), ())
        if span:
            found.append(span)
        i += len(span) or 1
    return tuple(found)


def kinds_said(text: str) -> frozenset[str]:
    """The kinds that the words of a text may mean: "turn the telly off" -> {tv}."""
    return frozenset(kind for span in _things(text) for kind in _KINDS[span])


def says_several(text: str) -> bool:
    """It speaks of several things: a plural, "all", "everything"; without any word for a thing it says nothing about their number."""
    things = _things(text)
    return not things or any(span in _SEVERAL for span in things) or bool(EVERY & set(words(text)))


def says_thing(text: str) -> bool:
    """A word for a sort of thing, or for what is played, was said ("the light", "the music"), not only what is to be done ("brighter")."""
    return bool(_things(text)) or bool(PLAYED & set(words(text)))


@lru_cache(maxsize=8192)
def is_kind_word(name: str) -> bool:
    """A name that says no more than what sort of thing it is: "The Light", "Lamp", "Blinds"."""
    return tuple(w for w in words(name) if w not in ARTICLES) in _KINDS


def leaves_out(text: str, name: str, rooms: Iterable[str]) -> bool:
    """The name was said without its room's: "the heating" for "Bedroom Heating"."""
    said = {_stem(w) for w in words(text)}
    unsaid = {_stem(w) for w in words(name)} - said
    return bool(unsaid) and unsaid < {_stem(w) for w in words(name)} and any(unsaid <= {_stem(w) for w in words(room)} for room in rooms)


def _stem(word: str) -> str:
    return word.removesuffix("'s").removesuffix("s")


def says_here(text: str) -> bool:
    """The room itself is asked about: "in here", "in this room", "inside"."""
    return bool(PLACES & set(words(text)))


def is_mood(text: str) -> bool:
    """It tells how it is, not what to do: "I'm cold", "it's too dark in here", "too warm"."""
    said = words(text)
    return said[:1] in FELT or said[:2] in FELT


def is_mine(text: str) -> bool:
    return bool(MINE & set(words(text)))


def is_seen(text: str) -> bool:
    return bool(SEEN & set(words(text)))


def is_heard(text: str) -> bool:
    return bool(HEARD & set(words(text)))


def belongs_to(entity: Entity, area: Area | None, who: str) -> bool:
    """Its name or its room's begins with the person's: "Anna's Lamp", "Anna reading light", "Anna's Room"."""
    first = who.casefold().split()[:1]
    names = [*entity.names, *([area.name, *area.aliases] if area else [])]
    return bool(first) and any(_owner(words(name)) == first[0] for name in names)


def _owner(name: tuple[str, ...]) -> str:
    """ "anna's lamp" -> anna"""
    return name[0].removesuffix("'s").removesuffix("'") if name else ""


def has_word(text: str, sought: Iterable[str]) -> bool:
    return bool(set(words(text)) & set(sought))
