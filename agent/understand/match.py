"""The exact matcher: every skill's phrases as trees, matched against a whole sentence with one memo a sentence, so that shared pieces cost once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from agent.records import Interpretation
from agent.stages import Phrase, Skill
from agent.understand.normal import Tokens
from agent.understand.spans import READERS, Names, names_in
from agent.understand.templates import Choice, Node, Sequence, Slot, TemplateError, Word, first_words, parse
from agent.understand.times import split_seconds

Filled = tuple[tuple[str, Any], ...]
Memo = dict[tuple[int, int], tuple[tuple[int, Filled], ...]]
MOST = 64
"""Ways to match one piece at one place that are kept."""
FREE = {"text": 3, "message": 3, "words": 2, "word": 1}
"""What a free-text slot costs beside one that is filled by something known."""
MORE_SLOTS = 0.1
"""A reading that needs fewer pieces is the more likely."""
PREFER_NAME = 0.15
"""A thing called by its whole name is meant by it."""


@dataclass(frozen=True, slots=True)
class _Compiled:
    intent: str
    phrase: Phrase
    node: Node
    types: Mapping[str, str]
    first: frozenset[str] | None
    cost: int


class Matcher:
    """Compiled once from all skills."""

    def __init__(self, skills: Iterable[Skill]) -> None:
        self._phrases = tuple(_compiled(skill, intent, phrase) for skill in skills for intent, phrases in skill.phrases.items() for phrase in phrases)
        self._by_first: dict[str, list[_Compiled]] = {}
        self._open: list[_Compiled] = []
        for compiled in self._phrases:
            if compiled.first is None:
                self._open.append(compiled)
                continue
            for word in compiled.first:
                self._by_first.setdefault(word, []).append(compiled)

    def match(self, tokens: Tokens, names: Names) -> tuple[Interpretation, ...]:
        """All readings of the whole sentence, the most specific first, one for each intent."""
        words = tokens.words
        if not words:
            return ()
        memo: Memo = {}
        found: dict[str, tuple[float, Interpretation]] = {}
        for compiled in (*self._by_first.get(words[0], ()), *self._open):
            for end, filled in _match(compiled.node, words, 0, names, memo):
                if end != len(words):
                    continue
                reading = _reading(compiled, filled)
                if reading is None:
                    continue
                free = sum(len(str(v).split()) for k, v in filled if compiled.types.get(k) in FREE)
                cost = compiled.cost + free + MORE_SLOTS * len(filled) - (PREFER_NAME if "name" in reading.slots else 0.0)
                known = found.get(reading.intent)
                if known is None or cost < known[0]:
                    found[reading.intent] = (cost, reading)
        ranked = sorted(found.values(), key=lambda pair: pair[0])
        return tuple(_confident(reading, cost - ranked[0][0]) for cost, reading in ranked)


def _confident(reading: Interpretation, behind: float) -> Interpretation:
    """A reading that is less specific than the first is less likely by as much."""
    return Interpretation(reading.intent, reading.slots, round(max(0.4, 0.8 - 0.1 * behind), 3) if behind > 0 else 1.0, "exact")


def _compiled(skill: Skill, intent: str, phrase: Phrase) -> _Compiled:
    try:
        node = parse(phrase.template)
    except TemplateError as error:
        raise TemplateError(f"Skill {skill.name}, {intent}: {error}") from None
    types = dict(_slot_types(node))
    cost = sum(FREE.get(kind, 0) for kind in types.values())
    return _Compiled(intent, phrase, node, types, first_words(node), cost)


def _slot_types(node: Node) -> Iterator[tuple[str, str]]:
    match node:
        case Slot(name, kind):
            yield name, kind
        case Sequence(items) | Choice(items):
            for item in items:
                yield from _slot_types(item)
        case Word():
            return


def _match(node: Node, words: tuple[str, ...], i: int, names: Names, memo: Memo) -> tuple[tuple[int, Filled], ...]:
    """Every (end, slots) of a node at a place."""
    if type(node) is Word:
        return ((i + 1, ()),) if i < len(words) and words[i] == node.word else ()
    key = (id(node), i)
    known = memo.get(key)
    if known is None:
        known = memo[key] = tuple(_fresh(node, words, i, names, memo))[:MOST]
    return known


def _fresh(node: Node, words: tuple[str, ...], i: int, names: Names, memo: Memo) -> Iterator[tuple[int, Filled]]:
    match node:
        case Slot(name, kind):
            if i < len(words):
                for end, value in READERS[kind](words, i, names):
                    yield end, ((name, value),)
        case Sequence(items):
            states: list[tuple[int, Filled]] = [(i, ())]
            for item in items:
                states = [(end, (*filled, *more)) for at, filled in states for end, more in _match(item, words, at, names, memo)][:MOST]
                if not states:
                    return
            yield from states
        case Choice(items):
            seen: set[int] = set()
            for item in items:
                for end, filled in _match(item, words, i, names, memo):
                    if filled or end not in seen:
                        if not filled:
                            seen.add(end)
                        yield end, filled
        case Word():
            return


def _reading(compiled: _Compiled, filled: Filled) -> Interpretation | None:
    """Slots as Home Assistant has them; None where a name is not of the required sort."""
    slots: dict[str, Any] = dict(compiled.phrase.slots)
    for name, value in filled:
        kind = compiled.types[name]
        if kind == "name":
            value = names_in(value, compiled.phrase.requires)
            if value is None:
                return None
        if kind == "duration":
            prefix = "" if name == "duration" else f"{name}_"
            slots.update({f"{prefix}{unit}": amount for unit, amount in split_seconds(value).items()})
            continue
        slots[name] = list(value) if isinstance(value, tuple) else value
    return Interpretation(compiled.intent, slots, 1.0, "exact")
