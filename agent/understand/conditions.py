"""A state that is waited for: "when the washing machine is done", "once Anna gets home", "if the temperature drops below 18".

`at` reads one at a place of a sentence. What it finds is plain data for the slots of a reading: {"name" or "measure", "change", ...}; which
entities and states that means is settled in the home by agent.waiting.
"""

from collections.abc import Mapping
from typing import Any

from agent.understand import numbers, polite
from agent.understand.lexicon import by_first_word
from agent.understand.normal import Tokens, listed, tokens
from agent.understand.values import ARTICLES, View
from devices.kinds import KINDS

LEADS = (("as", "soon", "as"), ("the", "moment"), ("the", "minute"), ("every", "time"), ("each", "time"), ("in", "case"),
         ("whenever",), ("when",), ("once",), ("if",), ("after",))  # fmt: skip
"""Words that begin a condition."""
ALWAYS = frozenset({"every", "each", "whenever"})
TELL = by_first_word(
    "tell me|tell us|let me know|let us know|notify me|notify us|alert me|alert us|remind me|remind us|inform me|warn me|warn us|ping me|"
    "say so|say something|give me a shout|give me a heads up|shout|call me|message me|send me a message|announce it|"
    "i want to know|i would like to know"
)
"""How somebody asks to be told."""
_BE = ("", "is ", "are ", "gets ", "has ", "have ", "has been ", "goes ", "is being ", "comes ", "becomes ", "turns ", "was ", "had ", "starts ")
CHANGES: Mapping[str, str] = {
    "done": "done|finished|over|ready|complete|completed|finishes|ends|stops|through|finished running|stops running|is finished|stopped|done running"
    "|completes|finishes running|finishes its cycle",
    "open": "open|opened|opens|opening|unshut",
    "closed": "closed|closes|shut|shuts|closing",
    "on": "on|turned on|switched on|turns on|switches on|on again|starts|started|running|starts running|comes on",
    "off": "off|turned off|switched off|turns off|switches off|turned off again",
    "locked": "locked|locks",
    "unlocked": "unlocked|unlocks",
    "home": "home|home again|back|back home|at home|arrives|arrives home|arrived|returns|returns home|here|in",
    "away": "away|leaves|left|leaves home|leaves the house|out|goes out|not home|left the house|left home",
    "playing": "playing|plays",
    "ringing": "rings|ringing|rung|pressed",
    "motion": "motion|movement|occupied|triggered|detects motion|sees motion|detects movement",
}
"""Change -> how it is said behind the thing's name."""
_SAID = sorted(
    ((tuple(f"{be}{verb}".split()), change) for change, verbs in CHANGES.items() for verb in verbs.split("|") for be in _BE),
    key=lambda row: -len(row[0]),
)
GONE_OR_BACK: Mapping[tuple[str, ...], str] = {
    **{tuple(said.split()): "home" for said in ("get home", "come home", "arrive", "arrive home", "get back", "am home", "am back", "come back")},
    **{tuple(said.split()): "away" for said in ("leave", "leave home", "leave the house", "go out", "am out", "am away", "am gone", "go away")},
}
MEASURES: Mapping[str, str] = {"temperature": "temperature", "humidity": "humidity", "battery": "battery", "it": "temperature", "power": "power"}
BELOW = frozenset(listed("below under beneath")) | {"less than", "lower than", "colder than"}
ABOVE = frozenset(listed("above over past")) | {"more than", "higher than", "warmer than", "hotter than"}
STANDS = frozenset(listed("is are was were"))
ME = frozenset(listed("i we"))
MOVES = frozenset(listed("is gets goes drops falls rises climbs reaches sinks becomes hits"))

Found = tuple[int, dict[str, Any]]


def lead(words: tuple[str, ...], i: int) -> int:
    """How many words begin a condition at word i; 0 where none do. "When I say" begins a lesson."""
    if words[i + 1 : i + 3] == ("i", "say"):
        return 0
    return next((len(row) for row in LEADS if words[i : i + len(row)] == row), 0)


def tell(words: tuple[str, ...], i: int) -> int:
    """How many words ask to be told, at word i."""
    return next((len(row) for row in TELL.get(words[i], ()) if words[i : i + len(row)] == row), 0) if i < len(words) else 0


def at(view: View, i: int) -> Found | None:
    """The condition that begins at word i, and where it ends; None where none does that this home could tell."""
    words = view.words
    length = lead(words, i)
    if not length:
        return None
    always = words[i] in ALWAYS
    if words[i] in ("if", "in") and STANDS & set(words[i + length : i + length + 5]):
        return None  # "if the door is open" asks how it is, "if the door opens" waits
    found = _of_thing(view, i + length) or _of_measure(view, i + length) or _of_weather(words, i + length)
    if found is None:
        return None
    end, meant = found
    return end, {**meant, "said": view.tokens.said(i + length, end), **({"always": True} if always else {})}


def _of_thing(view: View, i: int) -> Found | None:
    words = view.words
    start = i + 1 if i < len(words) and words[i] in ARTICLES else i
    if i < len(words) and words[i] in ME:
        own = next((row for row in sorted(GONE_OR_BACK, key=len, reverse=True) if words[i + 1 : i + 1 + len(row)] == row), None)
        if own is not None:
            return i + 1 + len(own), {"name": "me", "change": GONE_OR_BACK[own]}
    named = [(s.end, {"name": s.value[0] if isinstance(s.value, list) else s.value}) for s in sorted(view.at("name", start), key=lambda s: -s.end)]
    for found, thing in (*named, *_of_kind(words, start)):
        end, place = _placed(view, found)
        warmth = _limit(view, end + (end < len(words) and words[end] in MOVES)) if thing.get("name") and words[start] not in MEASURES else None
        if warmth is not None:
            return warmth[0], {**warmth[1], "measure": "temperature", "thing": thing["name"], **place}
        for row, change in _SAID:
            if words[end : end + len(row)] == row:
                return end + len(row), {**thing, "change": change, **place}
    return None


_KINDS = {tuple(said.split()): kind.name for kind in KINDS.values() for said in kind.words}


def _of_kind(words: tuple[str, ...], i: int) -> list[Found]:
    """ "The dryer", where nothing bears that name."""
    return [(i + n, {"kind": _KINDS[words[i : i + n]]}) for n in (3, 2, 1) if words[i : i + n] in _KINDS]


def _placed(view: View, i: int) -> tuple[int, dict[str, Any]]:
    """ "in the kitchen" behind a name."""
    words = view.words
    if i + 1 < len(words) and words[i] in ("in", "at", "of"):
        start = i + 2 if words[i + 1] in ARTICLES else i + 1
        spans = view.at("area", start) if start < len(words) else ()
        if spans:
            return spans[0].end, {"area": spans[0].value}
    return i, {}


def _of_measure(view: View, i: int) -> Found | None:
    """ "the temperature in the bedroom drops below 18 [degrees]", "it gets colder than 5"."""
    words = view.words
    start = i + 1 if i < len(words) and words[i] in ARTICLES else i
    place: dict[str, Any] = {}
    if start < len(words) and words[start] not in MEASURES:
        spans = view.at("area", start)
        if not spans:
            return None
        place, start = {"area": spans[0].value}, spans[0].end
    measure = MEASURES.get(words[start]) if start < len(words) else None
    if measure is None:
        return None
    end, more = _placed(view, start + 1)
    if end < len(words) and words[end] in MOVES:
        end += 1
    limit = _limit(view, end)
    if limit is None:
        return None
    later, late = _placed(view, limit[0])
    return later, {"measure": measure, **limit[1], **place, **more, **late}


def _limit(view: View, i: int) -> Found | None:
    """ "below 18 [degrees]", "warmer than 7"."""
    words = view.words
    way, end = _way(words, i)
    number = numbers.number(words, end) if way and end < len(words) else None
    if number is None:
        return None
    unit = number[0] < len(words) and words[number[0]] in ("degrees", "degree", "percent", "%", "watts")
    return number[0] + unit, {way: float(number[1]), "change": way}


WEATHER: Mapping[tuple[str, ...], str] = {
    tuple(said.split()): change
    for change, verb in (("rain", "rain"), ("snow", "snow"))
    for said in (f"it {verb}s", f"it starts {verb}ing", f"it starts to {verb}", f"it begins to {verb}", f"it is {verb}ing", f"the {verb} starts")
}


def _of_weather(words: tuple[str, ...], i: int) -> Found | None:
    row = next((row for row in WEATHER if words[i : i + len(row)] == row), None)
    return (i + len(row), {"kind": "weather", "change": WEATHER[row]}) if row else None


def _way(words: tuple[str, ...], i: int) -> tuple[str, int]:
    for length in (2, 1):
        said = " ".join(words[i : i + length])
        if said in BELOW or said in ABOVE:
            return ("below" if said in BELOW else "above"), i + length
    return "", i


def split(view: View) -> tuple[dict[str, Any], Tokens] | None:
    """The condition of a sentence, at its beginning or its end, and the rest of it; None where it has none."""
    words, n = view.words, len(view.words)
    first = at(view, 0)
    if first is not None and first[0] < n:
        start = polite.head(words, first[0] + 1 if words[first[0]] == "then" else first[0])
        return (first[1], view.tokens.part(start, n)) if start < n else None
    for i in range(1, n):
        found = at(view, i) if lead(words, i) else None
        if found is not None and found[0] < n and words[found[0]] in ("to", "that") and tell(words, polite.head(words, 0)):
            return found[1], tokens(" ".join((*words[:i], *words[found[0] :])))
        if found is not None and found[0] == n:
            return found[1], view.tokens.part(0, i)
    return None


def tells(view: View) -> str:
    """Who shall be told, where the words say nothing else: "tell Bob", "let Anna know"; "" where they do not."""
    words = view.words
    start = polite.head(words, 0)
    if start + 1 >= len(words) or words[start] not in _TELLS:
        return ""
    know = words[-1] == "know"
    return next((str(s.value) for s in view.at("person", start + 1) if s.end == len(words) - know and isinstance(s.value, str)), "")


_TELLS = frozenset(listed("tell let inform notify warn alert"))


def asks_to_be_told(said: Tokens) -> bool:
    """Nothing but "tell me", "let me know"."""
    start = polite.head(said.words, 0)
    length = tell(said.words, start)
    return bool(length) and start + length == len(said)
