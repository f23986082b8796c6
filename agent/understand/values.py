"""What stands at a place in a sentence, by slot type: names and rooms of this home, numbers, times, colours, states.

`View` is one sentence as seen in one home: it reads each type at each place once. Free text (text, message, words, word) is left to the grammar.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from agent.understand import numbers, times, words
from agent.understand.lexicon import GENERIC, SAID_OF_DOMAIN, Lexicon, Named, Term, kind_words, plain_words, stem
from agent.understand.normal import Tokens, listed

FREE = {"text": 40, "message": 80, "words": 3, "word": 1}
"""Types of free text, and how many words they hold at most."""
WHOLE, CLOSE, SHORT, COMMON, PRONOUN, TOLD, UNKNOWN = 1.06, 0.96, 0.95, 0.9, 1.1, 0.7, 0.45
"""How much a word counts in a name said whole, said but for its ending, said without its room, in one that is a common word ("Light"), in a pronoun,
in a room that only names of things tell ("the bar" of the Bar Light), in a name that the home does not have."""
KNOWN = 0.98
WITH_KIND, TWICE = 0.12, 0.14
"""How much less a word counts in a name with a word for its kind behind it, and with the one it ends with said twice."""
MOST_NAMES = 6
ARTICLES = frozenset(("the", "my", "our", "your", "a", "an", "this", "that", "these", "those"))
_JOINS = frozenset(("and", "or", "plus"))


@dataclass(frozen=True, slots=True)
class Span:
    """A value that fills words up to `end`. `weight` is what each of its words counts; `terms` are the home's things behind each name."""

    end: int
    value: Any
    weight: float = KNOWN
    terms: tuple[tuple[Term, ...], ...] = ()
    domain: str = ""
    """The sort of thing that was said behind a name which things of several sorts bear ("the driveway fan")."""


Spans = tuple[Span, ...]


class View:
    """One sentence in one home. `loose`: also names and rooms that the home does not have."""

    __slots__ = ("_memo", "breaks", "lexicon", "loose", "pieces", "tokens", "words")

    def __init__(self, tokens: Tokens, lexicon: Lexicon, loose: bool = False) -> None:
        self.tokens = tokens
        self.words = tokens.words
        self.breaks = tokens.breaks
        self.lexicon = lexicon
        self.loose = loose
        self._memo: dict[tuple[str, int], Spans] = {}
        self.pieces: dict[tuple[str, int], Any] = {}
        """What the grammar found of its shared pieces, by piece and place."""

    def at(self, kind: str, i: int) -> Spans:
        """All that a type may be from word i on."""
        key = (kind, i)
        found = self._memo.get(key)
        if found is None:
            found = self._memo[key] = tuple(READERS[kind](self, i)) if i < len(self.words) else ()
        return found


Reader = Callable[[View, int], "list[Span]"]


def _from(table: words.Table) -> Reader:
    def read(view: View, i: int) -> list[Span]:
        said = view.words
        return [Span(i + len(row), value) for row, value in table.get(said[i], ()) if said[i : i + len(row)] == row]

    return read


# --- numbers ---------------------------------------------------------------------------------------------------------------------------------

_PERCENT = frozenset(("%", "percent", "pct"))


def _number(view: View, i: int) -> list[Span]:
    found = numbers.number(view.words, i)
    return [Span(*found)] if found else []


_HEATED = frozenset(listed("preheat heat warm cool"))
_MOVED = frozenset(listed("dim brighten open close shut lower raise"))
"""Commands that are whole without a level."""


def _percent(view: View, i: int) -> list[Span]:
    found = numbers.number(view.words, i)
    if found is None:
        return []
    end, value = found
    if isinstance(value, float) and 0 < value < 1:
        value = numbers.tidy(value * 100)
    if times.at(view.words, end) in _PERCENT:
        return [Span(end + 1, value)]
    if times.at(view.words, end) == "out" and times.at(view.words, end + 1) == "of":
        whole = numbers.number(view.words, end + 2)
        return [Span(whole[0], numbers.tidy(100 * value / whole[1]))] if whole and whole[1] > 0 else []
    if i and view.words[i - 1] == "at":
        clock = times.when(view.words, i - 1)
        if clock is not None and clock[0] > end:
            return []  # "at 8 tomorrow" is a time
        again = "at" in view.words[: i - 1]  # "turn on the lamp at 9 and the fan at 10"
        if type(value) is int and 0 < value <= 12 and end == i + 1 and (again or _MOVED.intersection(view.words[:i])):
            return []  # "dim the lamp at 9" and "open the blinds at 7", too
    return [Span(end, value)] if 0 <= value <= 100 and times.at(view.words, end) not in _MEASURES else []


_MEASURES = frozenset(listed("degrees degree ° minutes minute hours hour seconds second kelvin k am pm oclock celsius fahrenheit days times"))


def _exact_percent(view: View, i: int) -> list[Span]:
    found = numbers.number(view.words, i)
    return [Span(found[0] + 1, found[1])] if found and times.at(view.words, found[0]) in _PERCENT else []


def _minus_percent(view: View, i: int) -> list[Span]:
    return [Span(s.end, -s.value) for s in view.at("percent", i)]


def _level(table: words.Table, beyond: bool = False) -> Reader:
    """A level in per cent or by its name; `beyond`: also what no level can be ("to 200"), so that it is told what can."""
    named = _from(table)

    def read(view: View, i: int) -> list[Span]:
        start = i + 1 if view.words[i] == "level" else i
        spans = list(view.at("percent", start)) if start < len(view.words) else []
        if start > i:
            spans = [Span(s.end, s.value * 10 if s.value <= 10 and view.words[s.end - 1] not in _PERCENT else s.value) for s in spans]
        return [*spans, *named(view, i), *(_beyond(view, i) if beyond and not spans else ())]

    return read


def _beyond(view: View, i: int) -> list[Span]:
    """A bare number above a hundred behind "to" or "at"; from a thousand on it is a colour's warmth."""
    found = numbers.number(view.words, i) if i and view.words[i - 1] in ("to", "at") else None
    return [Span(*found)] if found is not None and 100 < found[1] < 1000 and times.at(view.words, found[0]) not in _MEASURES else []


_DEGREES = (
    ("degrees", "celsius"),
    ("degrees", "fahrenheit"),
    ("degrees", "c"),
    ("degrees", "f"),
    ("°", "c"),
    ("°", "f"),
    ("degrees",),
    ("degree",),
    ("°",),
    ("celsius",),
    ("fahrenheit",),
    ("c",),
    ("f",),
)


def _temperature(view: View, i: int) -> list[Span]:
    found = numbers.number(view.words, i)
    if found is None or times.at(view.words, found[0]) in _PERCENT:
        return []
    if i and view.words[i - 1] == "at" and found[0] in (i + 1, len(view.words)) and 0 < found[1] <= 12 and _HEATED.intersection(view.words[:i]):
        return []  # "preheat the oven at 6"
    unit: tuple[str, ...] = next((u for u in _DEGREES if view.words[found[0] : found[0] + len(u)] == u), ())
    return [Span(found[0] + len(unit), found[1])]


_named_white = _from(words.KELVINS)


def _kelvin(view: View, i: int) -> list[Span]:
    found = numbers.number(view.words, i)
    if found is None:
        return _named_white(view, i)
    marked = times.at(view.words, found[0]) in ("kelvin", "k")
    return [Span(found[0] + marked, found[1])] if marked or 1000 <= found[1] <= 10000 else []


def _ordinal(view: View, i: int) -> list[Span]:
    found = numbers.ordinal(view.words, i)
    return [Span(*found)] if found else []


# --- time ------------------------------------------------------------------------------------------------------------------------------------


def _duration(view: View, i: int) -> list[Span]:
    found = times.parts(view.words, i)
    return [Span(*found)] if found and found[1] else []


def _seconds(view: View, i: int) -> list[Span]:
    found = times.duration(view.words, i)
    return [Span(found[0], numbers.tidy(found[1]))] if found and found[1] > 0 else []


def _when(view: View, i: int) -> list[Span]:
    found = times.when(view.words, i, bare=True)
    return [Span(*found)] if found else []


# --- the home's names --------------------------------------------------------------------------------------------------------------------------


def _after_articles(view: View, i: int) -> int:
    return i + 1 if i + 1 < len(view.words) and view.words[i] in ARTICLES else i


def _one_name(view: View, i: int) -> list[Span]:
    """Names of entities that begin here, each also with a word for its kind behind it."""
    found: list[Span] = []
    with_kind: list[Span] = []
    for end, named in view.lexicon.find(view.words, i, "name"):
        if end == i + 1 and view.words[i] in _JOINS:
            continue
        weight = SHORT if named.partial else COMMON if end == i + 1 and stem(view.words[i]) in GENERIC else WHOLE if named.exact else CLOSE
        found.append(Span(end, named.value, weight, (named.terms,)))
        with_kind += _with_kind(view, end, named, weight)
    places = {end for end, _ in view.lexicon.find(view.words, i, "area")}
    for end, named in view.lexicon.find(view.words, i, "bare"):
        if end not in places:
            with_kind += _with_kind(view, end + (view.words[end : end + 1] == ("area",)), named, SHORT, plain_words)
    for end, named in view.lexicon.find(view.words, i, "maker"):
        found.append(Span(end, named.value, SHORT, (named.terms,)))
        with_kind += _with_kind(view, end, named, SHORT)
    whole = {span.end for span in found if span.weight == WHOLE}
    return found + [span for span in with_kind if span.end not in whole]


KindWords = Callable[[str, str], frozenset[tuple[str, ...]]]


def _with_kind(view: View, end: int, named: Named, weight: float, words_of: KindWords = kind_words) -> list[Span]:
    """ "play corner lights", "party mode scene": the name and what kind of thing it is."""
    found = []
    for length in (2, 1):
        said = tuple(stem(w) for w in view.words[end : end + length])
        terms = tuple(t for t in named.terms if said in words_of(t.kind, t.domain)) if len(said) == length else ()
        terms = tuple(t for t in terms if " ".join(said) in SAID_OF_DOMAIN.get(t.domain, ())) or terms
        value = view.lexicon.value(terms) if terms else ""
        if value:
            twice = said[-1] == stem(view.words[end - 1])
            sort = terms[0].domain if len(terms) < len(named.terms) else ""
            found.append(Span(end + length, value, weight - (TWICE if twice else WITH_KIND), (terms,), sort))
        if terms:
            break
    return found


_pronoun = _from(words.PRONOUNS)


def _name(view: View, i: int) -> list[Span]:
    """One name or several joined by "and"; pronouns."""
    found = _joined(view, i, _one_name)
    found += [Span(s.end, s.value, PRONOUN) for s in _pronoun(view, i) if not found]
    return found + (_unknown_name(view, i) if view.loose else [])


def _joined(view: View, i: int, one: Reader) -> list[Span]:
    """One of something, or a list of them: "the lamp, the fan and the tv"."""
    found = list(one(view, i))
    for start in (i, _after_articles(view, i)):
        found += one(view, start) if start > i else []
    return found + [more for first in found for more in _more(view, first, one, 1)]


def _more(view: View, first: Span, one: Reader, depth: int) -> list[Span]:
    end = first.end
    joined = end < len(view.words) and (view.words[end] in _JOINS or end in view.breaks)
    if not joined or depth >= MOST_NAMES:
        return []
    start = end + (view.words[end] in _JOINS)
    if start >= len(view.words):
        return []
    found = []
    for second in [s for place in {start, _after_articles(view, start)} for s in one(view, place)]:
        values = [*(first.value if isinstance(first.value, list) else [first.value]), second.value]
        both = Span(second.end, values, min(first.weight, second.weight), (*first.terms, *second.terms))
        found += [both, *_more(view, both, one, depth + 1)]
    return found


def _unknown_name(view: View, i: int) -> list[Span]:
    """A thing that the home does not have: one to four words, the last of which is a word for a thing ("the moon lamp")."""
    found = []
    for end in range(i + 2, min(len(view.words), i + 4) + 1):
        said = view.words[i:end]
        if stem(said[-1]) not in _THINGS or any(w in _JOINS or w in _GLUE or w in ARTICLES for w in said):
            continue
        if next((True for e, _ in view.lexicon.find(view.words, i, "area") if e == end - 1), False):
            continue
        found.append(Span(end, view.tokens.said(i, end), UNKNOWN))
    return found


_THINGS = frozenset(map(stem, words.THINGS))
_GLUE = frozenset(
    listed(
        "in on off at to of for with from all every everything it is are and then or no not please if when i you me we "
        "turn switch set open close up down"
    )
)


def _one_place(what: str) -> Reader:
    def read(view: View, i: int) -> list[Span]:
        return [Span(end, named.value, 1.0 if named.exact else 0.97, (named.terms,)) for end, named in view.lexicon.find(view.words, i, what)]

    return read


_one_area, _one_floor = _one_place("area"), _one_place("floor")
_here, _everywhere = _from(words.HERE), _from(words.EVERYWHERE)


def _area(view: View, i: int) -> list[Span]:
    start = _after_articles(view, i)
    found = _joined(view, i, _one_area)
    for place in {i, start}:
        found += [Span(s.end, s.value, 0.96) for s in (*_here(view, place), *_everywhere(view, place))]
    return found + (_unknown_place(view, i) if view.loose else [])


def _unknown_place(view: View, i: int) -> list[Span]:
    """A room that the home does not have: "the ballroom", "guest wing" at the end of what is said."""
    if i == 0 or view.words[i - 1] not in _BEFORE_PLACE:
        return []
    found = []
    for end in range(i + 1, min(len(view.words), i + 3) + 1):
        said = view.words[i:end]
        if any(w in _JOINS or w in _GLUE or w in ARTICLES for w in said):
            break
        told = view.lexicon.begins(said)
        if told or (not any(w.isdigit() for w in said) and (end == len(view.words) or said[-1] in words.ROOMS)):
            found.append(Span(end, view.tokens.said(i, end), TOLD if told else UNKNOWN))
    return found


_BEFORE_PLACE = frozenset(("in", "on", "of", "the", "my", "our", "at", "inside"))


def _floor(view: View, i: int) -> list[Span]:
    found = _joined(view, i, _one_floor)
    return found + [
        Span(s.end + 1, s.value, s.weight, s.terms) for s in found if times.at(view.words, s.end) in ("floor", "level", "storey", "story")
    ]


def _person(view: View, i: int) -> list[Span]:
    return [
        Span(s.end, s.value, s.weight, s.terms)
        for s in view.at("name", i)
        if s.terms and all(t.domain == "person" for terms in s.terms for t in terms)
    ]


def _free(view: View, i: int) -> list[Span]:
    raise AssertionError("free text is the grammar's")


READERS: dict[str, Reader] = {
    "name": _name,
    "area": _area,
    "floor": _floor,
    "person": _person,
    "kind": _from(words.KINDS_SAID),
    "cover_class": _from(words.COVERS),
    "sensor_class": _from(words.SENSORS),
    "binary_class": _from(words.BINARY),
    "domain_word": _from(words.DOMAINS),
    "number": _number,
    "percent": _percent,
    "exact_percent": _exact_percent,
    "minus_percent": _minus_percent,
    "brightness": _level(words.LEVELS, beyond=True),
    "volume": _level(words.LEVELS),
    "position": _level(words.POSITIONS, beyond=True),
    "temperature": _temperature,
    "kelvin": _kelvin,
    "ordinal": _ordinal,
    "duration": _duration,
    "seconds": _seconds,
    "when": _when,
    "color": _from(words.COLORS),
    "state": _from(words.STATES),
    "media_class": _from(words.MEDIA),
    "fan_mode": _from(words.FAN_MODES),
    "hvac_mode": _from(words.HVAC),
    "all": _from(words.ALLS),
    **dict.fromkeys(FREE, _free),
}
"""Slot type (agent.understand.slot_types) -> what reads it."""
