"""What people of a home may say: sentences made from the skills' phrases, with the home's names and sampled numbers.

For recognisers and the snap (agent.understand.snap), which want the likely sentences of this home, and for training, which wants variety.
Seeded: the same grammar, home and seed give the same sentences.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from agent.understand.grammar import Grammar, Rule
from agent.understand.lexicon import Lexicon, Term
from agent.understand.normal import name_words
from agent.understand.templates import Choice, Node, Slot, Word, rule
from agent.understand.templates import Sequence as Series
from agent.understand.values import FREE
from devices.home import Home

LIMIT = 12_000
SAID_OF = frozenset(
    [
        "light",
        "switch",
        "fan",
        "cover",
        "lock",
        "climate",
        "media_player",
        "vacuum",
        "valve",
        "humidifier",
        "lawn_mower",
        "siren",
        "input_boolean",
        "scene",
        "script",
        "water_heater",
        "group",
    ]
)
"""Domains of the things that a phrase for anything is said of."""
OPTION = 0.35
"""How often an optional piece is said, where sentences are drawn at random."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words said; `slot` and `kind` are of the slot that they fill, empty for the phrase's own words."""

    words: tuple[str, ...]
    slot: str = ""
    kind: str = ""


Draw = Callable[[random.Random], str]


def _one_of(*ways: str) -> Draw:
    return lambda rng: rng.choice(ways)


def _duration(rng: random.Random) -> str:
    n = rng.choice((1, 2, 3, 5, 10, 15, 20, 25, 30, 45, 60, 90))
    unit = rng.choice(("second", "minute", "minute", "minute", "hour"))
    plain = f"{n} {unit}{'s' if n != 1 else ''}"
    return rng.choice(
        (plain, plain, plain, "half an hour", "an hour and a half", "an hour", "a minute", f"{n} and a half minutes", f"1 hour {n} minutes")
    )


def _clock(rng: random.Random) -> str:
    hour = rng.randint(1, 12)
    return rng.choice(
        (
            f"{hour}",
            f"{hour} am",
            f"{hour} pm",
            f"{hour}:30",
            f"half past {hour}",
            f"quarter to {hour}",
            f"{hour} o'clock",
            f"{hour}:{rng.randint(10, 59)} {rng.choice(('am', 'pm'))}",
        )
    )


def _when(rng: random.Random) -> str:
    clock = _clock(rng)
    day = rng.choice(
        (
            "tomorrow",
            "tonight",
            "on friday",
            "every day",
            "every weekday",
            "on monday",
            "this evening",
            "in the morning",
            "tomorrow morning",
            "next tuesday",
        )
    )
    return rng.choice((f"at {clock}", f"{clock}", f"{day} at {clock}", day, f"at {clock} {day}", f"in {_duration(rng)}", "at sunset", "at noon"))


def _percent(rng: random.Random) -> str:
    return f"{rng.choice((5, 10, 15, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90, 100))}{rng.choice(('', ' percent', '%'))}"


DRAWS: Mapping[str, Draw] = {
    "number": lambda rng: str(rng.randint(1, 12)),
    "percent": _percent,
    "exact_percent": lambda rng: f"{rng.choice((10, 20, 25, 30, 50, 75))} percent",
    "minus_percent": _percent,
    "brightness": lambda rng: rng.choice((_percent(rng), _percent(rng), "maximum", "the lowest", "half")),
    "volume": lambda rng: rng.choice((_percent(rng), _percent(rng), "maximum", "half")),
    "position": lambda rng: rng.choice((_percent(rng), _percent(rng), "half", "halfway")),
    "temperature": lambda rng: f"{rng.randint(16, 25)}{rng.choice(('', ' degrees', ' degrees', '°'))}",
    "kelvin": lambda rng: rng.choice(("2700 kelvin", "4000 kelvin", "warm white", "cool white", "daylight")),
    "ordinal": _one_of("first", "second", "third", "last"),
    "duration": _duration,
    "seconds": _duration,
    "when": _when,
    "color": _one_of("red", "green", "blue", "white", "yellow", "orange", "purple", "pink", "turquoise", "warm white", "light blue", "violet"),
    "state": _one_of("on", "off", "open", "closed", "locked", "unlocked", "playing", "home", "turned on", "turned off"),
    "media_class": _one_of("song", "album", "artist", "playlist", "podcast", "movie", "tv show", "audiobook", "radio station", "track"),
    "fan_mode": _one_of("low", "medium", "high", "auto"),
    "hvac_mode": _one_of("heat", "cool", "auto", "dry", "heating", "cooling"),
    "all": _one_of("all", "every", "all the"),
    "kind": _one_of(
        "washing machine",
        "dishwasher",
        "dryer",
        "oven",
        "kettle",
        "coffee machine",
        "heater",
        "fan",
        "tv",
        "fireplace",
        "air conditioner",
        "humidifier",
        "lights",
        "vacuum",
    ),
    "cover_class": _one_of("blinds", "curtains", "shutters", "garage door", "shades", "windows", "blind", "curtain"),
    "sensor_class": _one_of("temperature", "humidity", "battery", "power", "energy", "air quality", "co2", "battery level", "power consumption"),
    "binary_class": _one_of("motion", "smoke", "gas", "water leak", "movement", "door", "window"),
    "domain_word": _one_of("lights", "doors", "switches", "fans", "windows", "lamps", "plugs", "locks"),
}
"""What may fill a slot of a type that is no name."""


class Sampler:
    """Sentences of one grammar in one home. `texts` gives free text by slot name; phrases whose free text it lacks are not said."""

    def __init__(self, grammar: Grammar, home: Home, seed: int = 1, texts: Mapping[str, Sequence[str]] | None = None) -> None:
        self.grammar = grammar
        self.rng = random.Random(seed)
        self._texts = texts or {}
        lexicon = Lexicon(home)
        self._places = {what: sorted({t.words for t in lexicon.terms(what)}) for what in ("area", "floor")}
        self._terms = sorted((t for t in lexicon.terms("name") if not t.partial), key=lambda t: t.words)
        self._the, self._at = rule("the"), rule("at")

    def plain(self, phrase: Rule) -> Iterator[str]:
        """The shortest wording of a phrase, once with each name or room of the home that may fill it."""
        filled = self._fixed(phrase.node, phrase, shortest=True)
        if filled is None:
            return
        at = next((i for i, piece in enumerate(filled) if piece.kind in ("name", "area", "floor")), None)
        if at is None:
            yield _text(filled)
            return
        for words in self._names(phrase) if filled[at].kind == "name" else self._places[filled[at].kind]:
            yield _text([*filled[:at], Piece(words), *filled[at + 1 :]])

    def drawn(self, phrase: Rule) -> list[Piece] | None:
        """One wording at random; None where nothing can fill one of its slots."""
        return self._fixed(phrase.node, phrase, shortest=False)

    def _names(self, phrase: Rule) -> list[tuple[str, ...]]:
        wanted = phrase.phrase.requires
        return [t.words for t in self._terms if (_fits(t, wanted) if wanted else t.domain in SAID_OF)]

    def _fixed(self, node: Node, phrase: Rule, shortest: bool) -> list[Piece] | None:
        if isinstance(node, Word):
            return [Piece(name_words(node.word) or (node.word,))]
        if isinstance(node, Slot):
            words = self._fill(node, phrase)
            return None if words is None else [Piece(words, node.name, node.type)]
        if isinstance(node, Choice):
            return self._fixed(self._chosen(node, shortest), phrase, shortest)
        pieces: list[Piece] = []
        for item in node.items:
            more = self._fixed(item, phrase, shortest)
            if more is None:
                return None
            pieces += more
        return pieces

    def _chosen(self, node: Choice, shortest: bool) -> Node:
        """One of the alternatives: the article is "the", options are left out in the shortest wording."""
        optional = node.items[-1] == Series(())
        inner = node.items[0]
        if node is self._the:
            return inner if shortest or self.rng.random() < 0.7 else self.rng.choice(node.items)
        if optional and inner in (self._the, self._at):
            return inner if shortest or self.rng.random() < 0.7 else node.items[-1]
        if optional:
            return self.rng.choice(node.items[:-1]) if not shortest and self.rng.random() < OPTION else node.items[-1]
        return inner if shortest else self.rng.choice(node.items)

    def _fill(self, slot: Slot, phrase: Rule) -> tuple[str, ...] | None:
        if slot.type in FREE:
            texts = self._texts.get(slot.name)
            return name_words(self.rng.choice(texts)) if texts else None
        if slot.type in ("area", "floor"):
            places = self._places[slot.type]
            return self.rng.choice(places) if places else None
        if slot.type in ("name", "person"):
            names = self._names(phrase) if slot.type == "name" else [t.words for t in self._terms if t.domain == "person"]
            return self.rng.choice(names) if names else None
        return name_words(DRAWS[slot.type](self.rng))


def sentences(grammar: Grammar, home: Home, limit: int = LIMIT) -> Iterator[str]:
    """At most `limit` different sentences that this home's people may say, the plain and common ones first; no free text."""
    sampler = Sampler(grammar, home)
    seen: set[str] = set()
    turns: list[Iterator[str]] = [sampler.plain(phrase) for phrase in grammar.rules]
    while turns and len(seen) < limit:
        still: list[Iterator[str]] = []
        for turn in turns:
            for sentence in _few(turn):
                if sentence not in seen and len(seen) < limit:
                    seen.add(sentence)
                    yield sentence
                still.append(turn) if not still or still[-1] is not turn else None
        turns = still


def _few(turn: Iterator[str], count: int = 8) -> Iterator[str]:
    for _, sentence in zip(range(count), turn, strict=False):
        yield sentence


def _fits(term: Term, requires: tuple[str, ...]) -> bool:
    return term.domain in requires or term.kind in requires or term.device_class in requires


_NO_ARTICLE = frozenset(["any", "many", "much", "a", "every", "each", "no", "my", "the", "which"])
"""After these nobody says "the"."""


def said(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces without articles where nobody says one, nor the same word twice."""
    kept: list[Piece] = []
    for piece in pieces:
        last = kept[-1].words[-1] if kept else ""
        if not piece.slot and (piece.words == (last,) or (piece.words == ("the",) and last in _NO_ARTICLE)):
            continue
        kept.append(piece)
    return kept


def _text(pieces: Sequence[Piece]) -> str:
    return " ".join(word for piece in said(pieces) for word in piece.words).replace(" %", " percent").replace(" °", " degrees")
