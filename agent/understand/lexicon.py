"""The names of a home as people say them: entities, areas and floors in one trie of word stems, kept up to date as the home changes.

A look-up walks the words of a sentence, never the entities of the home. Plural and possessive endings do not count ("kids' room", "the
overhead lights"); of two names that differ in them alone the one said exactly comes first.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from agent.understand.normal import listed, name_words
from agent.understand.numbers import TENS, UNITS
from devices.home import Area, Entity, Floor, Home
from devices.kinds import KINDS, kind_of

LONGEST = 12
"""Names are read to so many words."""
MOST_SAID = 4096
"""Ways to say names that are remembered."""
GENERIC = frozenset(
    listed(
        "light lamp fan switch plug socket outlet sensor door lock window blind curtain shade shutter cover device thing group list room home house"
    )
)
"""What a name shortened by its room must not consist of: "Kitchen Light" is not called "light"."""


def is_maker(name: str) -> bool:
    words = name_words(name)
    return bool(words) and words in MAKERS.get(words[0], ())


def by_first_word(text: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """First word -> the phrases of "a|a b|c" that begin with it, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in text.split("|"):
        words = tuple(phrase.split())
        found.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(many, key=lambda p: -len(p))) for first, many in found.items()}


@lru_cache(maxsize=32768)
def stem(word: str) -> str:
    """ "lights" -> light, "switches" -> switch, "two" -> 2."""
    if word in UNITS:
        return str(UNITS[word])
    if word in TENS:
        return str(TENS[word])
    if len(word) > 4 and word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


_DIGITS = re.compile(r"([^\W\d_]*)([1-9])")
ORDINALS = listed("zeroth first second third fourth fifth sixth seventh eighth ninth")
MAKERS = by_first_word(
    "amazon|aqara|arlo|bang olufsen|belkin|belkin wemo|blink|bosch|bose|broadlink|canary|caseta|cree|daikin|denon|dyson|ecobee|ecovacs|eero|eufy|eve|"
    "eve energy|ezviz|fibaro|ge|ge cync|gosund|govee|hive|homematic|honeywell|honeywell home|hue|ikea|ikea tradfri|innr|insteon|irobot|kasa|koogeek|"
    "legrand|legrand radiant|leviton|lg|lifx|logitech|lutron|lutron caseta|meross|miele|moes|moeshouse|nanoleaf|nest|netatmo|osram|osram lightify|"
    "philips|philips hue|qubino|reolink|ring|roborock|roku|samsung|samsung smartthings|schlage|sengled|shelly|siemens|smartthings|somfy|sonoff|"
    "sonos|sylvania|tado|tasmota|tp link|tp link kasa|tradfri|tuya|ubiquiti|vizio|wemo|wink|wink relay|withings|wiz|wyze|xiaomi|yale|yeelight|"
    "zigbee|zooz|zwave"
)
"""What makers and their lines are called: a thing named after its maker is called without it ("Broadlink Kitchenette")."""


@dataclass(frozen=True, slots=True)
class Term:
    """One way to call one thing. `partial`: the name without its room ("Overhead Light" of "Kitchen Overhead Light")."""

    what: str
    """name, area or floor; bare: a name that needs a word for the thing's kind behind it ("bobs" of "Bob's Lamp": "Bob's light"); maker: whose
    make it is ("the sonos")"""
    id: str
    canonical: str
    words: tuple[str, ...]
    domain: str = ""
    kind: str = ""
    device_class: str = ""
    partial: bool = False
    called: str = ""
    """The name or alias of the home that these words are made of."""


@dataclass(frozen=True, slots=True)
class Named:
    """The things of one sort that share a way to be called."""

    terms: tuple[Term, ...]
    value: str
    """Their name where they share it, else what they are called here."""
    exact: bool = True
    partial: bool = False


class _Node:
    __slots__ = ("groups", "next", "terms", "under")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.under = 0
        """Names that end here or further on: a name that is gone leaves its nodes behind."""
        self.terms: list[Term] = []
        self.groups: dict[str, tuple[Named, ...]] = {}


class Lexicon:
    """Follows one home after another: `update` looks at what changed since the last one."""

    def __init__(self, home: Home | None = None) -> None:
        self._root = _Node()
        self._seen: dict[tuple[str, str], tuple[tuple[Any, ...], tuple[Term, ...]]] = {}
        self._home: Home | None = None
        self._vocabulary: dict[str, int] = {}
        self._classes: dict[tuple[str, str], int] = {}
        self._names_said: dict[tuple[str, tuple[str, ...]], tuple[Named, ...]] = {}
        self.version = 0
        """Counts the updates that changed something."""
        if home is not None:
            self.update(home)

    @property
    def classes(self) -> "frozenset[tuple[str, str]] | dict[tuple[str, str], int]":
        """The (domain, device class) pairs that the home has."""
        return self._classes

    @property
    def vocabulary(self) -> dict[str, int]:
        """The stems of all names, with how many names have them."""
        return self._vocabulary

    def update(self, home: Home) -> None:
        """Learn the names of a home; quick where its version is the one seen last (a version of 0 is never trusted)."""
        last = self._home
        if last is home:
            return
        self._home = home
        if last is not None and last.version == home.version != 0 and len(last.entities) == len(home.entities) and len(last.areas) == len(home.areas):
            return
        gone = dict(self._seen)
        changed = False
        for key, identity, thing in _things(home):
            known = gone.pop(key, None)
            if known is not None and known[0] == identity:
                continue
            changed = True
            if known is not None:
                self._remove(known[1])
            terms = tuple(_terms(thing, home))
            self._seen[key] = (identity, terms)
            self._add(terms)
        for key, (_, terms) in gone.items():
            changed = True
            self._remove(terms)
            del self._seen[key]
        self.version += changed
        if changed:
            self._names_said.clear()

    def _add(self, terms: Iterable[Term]) -> None:
        for term in terms:
            node = self._root
            for word in term.words[:LONGEST]:
                key = stem(word)
                self._vocabulary[key] = self._vocabulary.get(key, 0) + 1
                nearer = node.next.get(key)
                if nearer is None:
                    nearer = node.next[key] = _Node()
                node = nearer
                node.under += 1
            node.terms.append(term)
            node.groups = {}
            if term.device_class:
                pair = (term.domain, term.device_class)
                self._classes[pair] = self._classes.get(pair, 0) + 1

    def _remove(self, terms: Iterable[Term]) -> None:
        for term in terms:
            node = self._root
            for word in term.words[:LONGEST]:
                key = stem(word)
                _less(self._vocabulary, key)
                node = node.next[key]
                node.under -= 1
            node.terms.remove(term)
            node.groups = {}
            if term.device_class:
                _less(self._classes, (term.domain, term.device_class))

    def find(self, words: tuple[str, ...], i: int, what: str) -> Iterator[tuple[int, Named]]:
        """Every name of a sort (name, area, floor) that begins at word i, with where it ends; short ones first."""
        node = self._root
        for end in range(i, min(len(words), i + LONGEST)):
            nearer = node.next.get(stem(words[end]))
            if nearer is None:
                return
            node = nearer
            if node.terms:
                for named in self._called(node, what, words[i : end + 1]):
                    yield end + 1, named

    def _called(self, node: _Node, what: str, said: tuple[str, ...]) -> tuple[Named, ...]:
        """The things of a sort at a node as they were said; remembered until a name changes."""
        found = self._names_said.get((what, said))
        if found is None:
            if len(self._names_said) >= MOST_SAID:
                self._names_said.clear()
            found = self._names_said[what, said] = tuple(self._as_said(named, said) for named in self._named(node, what))
        return found

    def _as_said(self, named: Named, said: tuple[str, ...]) -> Named:
        """Among names that differ in endings alone those said exactly; names shared by different things become what was said."""
        exact = tuple(t for t in named.terms if t.words == said)
        terms = exact or named.terms
        return Named(terms, self.value(terms) or " ".join(said), bool(exact), named.partial)

    def value(self, terms: tuple[Term, ...]) -> str:
        """The name that things share and that nothing else bears, else the alias they share, else the name all the same; "" where they share none."""
        names = {t.canonical.casefold(): t.canonical for t in reversed(terms)}
        aliases = {t.called.casefold(): t.called for t in reversed(terms)}
        name = next(iter(names.values())) if len(names) == 1 else ""
        if len(aliases) > 1 or terms[0].what in ("area", "floor") or name.casefold() in aliases:
            return name
        alias = next(iter(aliases.values()))
        return alias if not name or self._others(name, {t.id for t in terms}) else name

    def _others(self, name: str, ids: set[str]) -> bool:
        """Things beside these bear the name too."""
        node: _Node | None = self._root
        for word in name_words(name):
            node = node.next.get(stem(word)) if node is not None else None
        return node is not None and any(t.what == "name" and not t.partial and t.id not in ids for t in node.terms)

    def _named(self, node: _Node, what: str) -> tuple[Named, ...]:
        groups = node.groups.get(what)
        if groups is None:
            groups = node.groups[what] = tuple(_grouped([t for t in node.terms if t.what == what]))
        return groups

    def begins(self, words: tuple[str, ...]) -> bool:
        """A name begins with these words."""
        node: _Node | None = self._root
        for word in words:
            node = node.next.get(stem(word)) if node is not None else None
        return node is not None and node.under > 0

    def terms(self, what: str) -> Iterator[Term]:
        """Every way to call everything of a sort."""
        for _, terms in self._seen.values():
            yield from (t for t in terms if t.what == what)


def _less(counts: dict[Any, int], key: Any) -> None:
    counts[key] -= 1
    if not counts[key]:
        del counts[key]


def _things(home: Home) -> Iterator[tuple[tuple[str, str], tuple[Any, ...], Entity | Area | Floor]]:
    """Everything with a name: its key, what its ways to be called depend on, itself."""
    for area in home.areas.values():
        yield ("area", area.area_id), (area.name, area.aliases), area
    for floor in home.floors.values():
        yield ("floor", floor.floor_id), (floor.name, floor.aliases), floor
    areas, devices = home.areas, home.devices
    for entity in home.entities.values():
        place = entity.area
        if place is None and entity.device_id is not None and entity.device_id in devices:
            place = devices[entity.device_id].area
        room = areas.get(place) if place else None
        yield (
            ("name", entity.entity_id),
            (entity.name, entity.aliases, room.name if room else "", entity.kind, entity.attributes.get("device_class")),
            entity,
        )


def _terms(thing: Entity | Area | Floor, home: Home) -> Iterator[Term]:
    if isinstance(thing, Area):
        yield from (Term("area", thing.area_id, thing.name, words) for words, _ in _ways((thing.name, *thing.aliases)))
    elif isinstance(thing, Floor):
        yield from (Term("floor", thing.floor_id, thing.name, words) for words, _ in _ways((thing.name, *thing.aliases)))
    else:
        kind = kind_of(thing)
        rest = (thing.domain, kind.name if kind else "", str(thing.device_class or "").rsplit(".", 1)[-1].lower())
        called = dict(_ways(thing.names))
        ways = list(called)
        yield from (Term("name", thing.entity_id, thing.name, words, *rest, called=name) for words, name in called.items())
        room = home.areas.get(home.area_of(thing) or "")
        short = _without_room(ways, room) if room else None
        if short is not None and short not in ways:
            yield Term("name", thing.entity_id, thing.name, short, *rest, partial=True, called=thing.name)
        alone = frozenset((*kind_words(rest[1], thing.domain), *PLAIN_WORDS))
        for what, words, way in _otherwise(ways, alone):
            yield Term(what, thing.entity_id, thing.name, words, *rest, partial=True, called=called[way])


def _ways(names: Iterable[str]) -> Iterator[tuple[tuple[str, ...], str]]:
    """The words of each name, and the name."""
    seen = set()
    for name in names:
        words = name_words(name)
        if words and words not in seen:
            seen.add(words)
            yield words, name


def _otherwise(ways: list[tuple[str, ...]], kind: frozenset[tuple[str, ...]]) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Further ways to call a thing, each with the way it is made of: without its maker, by its maker alone, with its number in front ("second
    bedroom"), and bare of the plain word for its kind."""
    known = set(ways)
    for words in ways:
        unbranded = _unbranded(words, kind)
        bare = _bare(unbranded)
        found = [("name", counted) for counted in _counted(words)]
        if unbranded != words:
            found.append(("maker", words[: -len(unbranded)]))
            found += [("bare", way) for way in (unbranded, *_counted(unbranded))] if bare == unbranded else [("name", unbranded)]
        if bare and bare != unbranded and not all(stem(w) in GENERIC or w.isdigit() for w in bare):
            found.append(("bare", bare))
        for what, way in found:
            if way not in known:
                known.add(way)
                yield what, way, words


def _unbranded(words: tuple[str, ...], kind: frozenset[tuple[str, ...]]) -> tuple[str, ...]:
    """The name without its maker: "Eve Energy Balcony" -> balcony; the name itself where nothing but its kind is left."""
    start = 0
    while start < len(words) - 1:
        maker = next((m for m in MAKERS.get(words[start], ()) if words[start : start + len(m)] == m), ())
        if not maker or start + len(maker) >= len(words):
            break
        start += len(maker)
    rest = words[start:]
    return words if tuple(map(stem, rest)) in kind or all(stem(w) in GENERIC or w.isdigit() for w in rest) else rest


def _bare(words: tuple[str, ...]) -> tuple[str, ...]:
    """The name without the plain word for its kind at its end ("lamp", never "chandelier"); the name itself where it has none."""
    return words[:-1] if len(words) > 1 and (stem(words[-1]),) in PLAIN_WORDS else words


def _counted(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """ "Bedroom 2", "Bedroom2" -> bedroom 2, second bedroom."""
    parted = _DIGITS.fullmatch(words[-1])
    if parted is None:
        return
    before = (*words[:-1], parted[1]) if parted[1] else words[:-1]
    if before and int(parted[2]) < len(ORDINALS):
        yield (*before, parted[2])
        yield (ORDINALS[int(parted[2])], *before)


def _without_room(ways: list[tuple[str, ...]], room: Area) -> tuple[str, ...] | None:
    """The first name that begins with its room's, without it; None where too little is left."""
    for place, _ in _ways((room.name, *room.aliases)):
        for words in ways:
            rest = words[len(place) :]
            if words[: len(place)] == place and rest and not all(stem(w) in GENERIC or w.isdigit() for w in rest):
                return rest
    return None


def _grouped(terms: list[Term]) -> Iterator[Named]:
    """Whole names before shortened ones; things of the same name together."""
    for partial in (False, True):
        mine = tuple(t for t in terms if t.partial == partial)
        if mine:
            canonical = {t.canonical.casefold() for t in mine}
            yield Named(mine, mine[0].canonical if len(canonical) == 1 else "", partial=partial)


@lru_cache(maxsize=1024)
def kind_words(kind: str, domain: str) -> frozenset[tuple[str, ...]]:
    """The stems of what things of a kind are called, to be said after a name: "play corner lights", "party mode scene".

    A plain switch may be whatever a switch can turn on: the switch "Walk In Closet" is "the walk in closet lights" too.
    """
    said = [domain.replace("_", " "), *SAID_OF_DOMAIN.get(domain, ())]
    row = KINDS.get(kind)
    if row is not None:
        said += row.words
        if row.generic and domain in ("switch", "input_boolean"):
            said += [w for other in KINDS.values() if domain in other.domains for w in other.words]
    return frozenset(tuple(stem(w) for w in words.split()) for words in said if words)


SAID_OF_DOMAIN = {
    "light": ("light", "lamp", "lighting", "spotlight", "spot"),
    "lock": ("lock", "door"),
    "fan": ("fan", "ventilator"),
    "switch": ("switch", "plug", "socket", "outlet"),
    "todo": ("list", "to do list", "todo list", "checklist", "task list"),
    "media_player": ("player", "media player", "speaker", "tv", "system", "media system", "sound system"),
    "person": ("person",),
}
"""Further words for things of a domain."""
PLAIN_WORDS = frozenset((word,) for words in ("light", "switch", "fan", "lock", "media_player") for word in SAID_OF_DOMAIN[words] if " " not in word)
"""Words of which one stands for another: a lamp is a light."""


@lru_cache(maxsize=1024)
def plain_words(kind: str, domain: str) -> frozenset[tuple[str, ...]]:
    """The stems of what may be said instead of the word for its kind that a name ends with: a switch may be whatever lamp it turns on."""
    said = SAID_OF_DOMAIN.get(domain, ()) + (SAID_OF_DOMAIN["light"] if domain in ("switch", "input_boolean") else ())
    row = KINDS.get(kind)
    own = row.words if row is not None and not row.generic else ()
    return frozenset(tuple(stem(w) for w in words.split()) for words in (*said, *own))
