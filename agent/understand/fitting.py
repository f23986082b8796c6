"""Slots for a sentence that no phrase fits: what the phrases of an intent have slots for, found among the words of the sentence."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from agent.understand.grammar import Fill, Grammar, Rule, state_of
from agent.understand.lexicon import GENERIC, stem
from agent.understand.normal import listed, name_words
from agent.understand.templates import Choice, Node, Slot, Word
from agent.understand.templates import Sequence as Series
from agent.understand.values import FREE, Span, View

ORDER = listed(
    "name area floor duration seconds when kelvin temperature brightness volume position percent color media_class hvac_mode fan_mode state "
    "sensor_class binary_class cover_class domain_word kind ordinal"
)
"""Types in the order in which they claim words. Bare numbers, ordinals and free text are not searched for."""
_NEEDS_MARK = frozenset(("brightness", "volume", "position", "percent", "temperature"))
"""Types that a bare number fills only behind "to", "at", "by" or before a unit."""
_BEFORE_NUMBER = frozenset(("to", "at", "by", "level", "around", "about", "is", "be"))
MANY = 0.2
"""A word that more of the things implied go with than this share of them speaks for none of them."""
_OWN = 0.4
"""How much better the words of one way to imply slots must fit than those of the next."""


@dataclass(slots=True)
class Needs:
    """What an intent's phrases have slots for, what their names must be, and what they imply by which words."""

    slots: dict[str, str] = field(default_factory=dict)
    requires: set[str] = field(default_factory=set)
    any_name: bool = False
    implied: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    needed: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """What is implied -> the words that such phrases are not said without, other than by their like."""
    values: dict[str, Mapping[str, Any]] = field(default_factory=dict)


class Fitter:
    """Knows the slots of every intent of a grammar."""

    def __init__(self, grammar: Grammar) -> None:
        self._needs: dict[str, Needs] = defaultdict(Needs)
        for rule in grammar.rules:
            _learn(self._needs[rule.intent], rule)
        self._spread = Counter(w for needs in self._needs.values() for words in needs.implied.values() for w in words)

    def slots(self, intent: str, view: View, free: Mapping[str, str]) -> dict[str, Any]:
        """The slots of an intent that the sentence fills. `free` are texts found by the tags, by slot."""
        needs = self._needs.get(intent)
        if needs is None:
            return dict(free)
        fills = _fills(needs, view)
        slots: dict[str, Any] = dict(self._implied(needs, view, fills))
        for fill in fills:
            if fill.kind == "duration":
                prefix = "" if fill.slot == "duration" else f"{fill.slot}_"
                slots.update({f"{prefix}{unit}": amount for unit, amount in fill.span.value.items()})
            else:
                slots[fill.slot] = fill.span.value
        slots.update({slot: text for slot, text in free.items() if slot in needs.slots})
        if "state" in slots:
            slots["state"] = state_of(slots["state"], slots, fills, view.lexicon)
        return slots

    def free_slots(self, intent: str) -> frozenset[str]:
        """The slots of free text that an intent has."""
        needs = self._needs.get(intent)
        return frozenset(slot for slot, kind in needs.slots.items() if kind in FREE) if needs else frozenset()

    def _implied(self, needs: Needs, view: View, fills: tuple[Fill, ...]) -> Mapping[str, Any]:
        """What the words imply: of all that the phrases of the intent imply, that whose own words fit best."""
        said = {stem(w) for w in view.words}
        scored = []
        usual = {w for w in said if sum(w in words for words in needs.implied.values()) > MANY * len(needs.implied)}
        for key, words in needs.implied.items():
            if "kind" in needs.values[key] and not said & (needs.needed[key] - usual):
                continue  # "big" goes with coffee, and does not ask for one
            total = sum(words.values())
            scored.append((sum((1 + math.log(1 + words[w] / total)) / math.log(2 + self._spread[w]) for w in said if w in words), key))
        scored.sort(key=lambda pair: -pair[0])
        if not scored or scored[0][0] <= 0 or (len(scored) > 1 and scored[0][0] - scored[1][0] < _OWN * 0.1):
            return {}
        implied = needs.values[scored[0][1]]
        named = {f.slot for f in fills}
        return {slot: value for slot, value in implied.items() if not (slot == "domain" and "name" in named)}


def _learn(needs: Needs, rule: Rule) -> None:
    slots, words = dict[str, str](), set[str]()
    _walk(rule.node, slots, words)
    for slot, kind in slots.items():
        needs.slots.setdefault(slot, kind)
        if kind == "name":
            needs.requires |= set(rule.phrase.requires)
            needs.any_name = needs.any_name or not rule.phrase.requires
    key = repr(sorted(rule.phrase.slots.items()))
    needs.values[key] = rule.phrase.slots
    needs.implied[key].update(words)
    _bound(rule.node, needs.needed[key])


def _walk(node: Node, slots: dict[str, str], words: set[str]) -> None:
    if isinstance(node, Slot):
        slots[node.name] = node.type
    elif isinstance(node, Word):
        words.update(stem(w) for w in name_words(node.word))
    elif isinstance(node, Series | Choice):
        for item in node.items:
            _walk(item, slots, words)


def _bound(node: Node, words: set[str]) -> None:
    """The words of a phrase that are not optional."""
    if isinstance(node, Word):
        words.update(stem(w) for w in name_words(node.word))
    elif isinstance(node, Series) or (isinstance(node, Choice) and node.items[-1] != Series(())):
        for item in node.items:
            _bound(item, words)


def _fills(needs: Needs, view: View) -> tuple[Fill, ...]:
    """Words claimed for the intent's slots, type by type, the longest span first; no word twice."""
    taken: set[int] = set()
    found: list[Fill] = []
    for kind in ORDER:
        slot = next((s for s, k in needs.slots.items() if k == kind), None)
        if slot is None:
            continue
        best = max(_candidates(kind, needs, view, taken), key=lambda f: (f.span.end - f.start) * f.span.weight, default=None)
        if best is not None:
            found.append(Fill(slot, best.kind, best.start, best.span))
            taken.update(range(best.start, best.span.end))
    return tuple(found)


def _candidates(kind: str, needs: Needs, view: View, taken: set[int]) -> Iterable[Fill]:
    for i in range(len(view.words)):
        for span in view.at(kind, i) if kind not in FREE else ():
            if taken.isdisjoint(range(i, span.end)) and _fit(kind, i, span, needs, view):
                yield Fill(kind, kind, i, span)


def _fit(kind: str, i: int, span: Span, needs: Needs, view: View) -> bool:
    if kind == "name":
        return _is_name(i, span, needs, view)
    if kind in _NEEDS_MARK and span.end == i + 1 and view.words[i][:1].isdigit():
        return i > 0 and view.words[i - 1] in _BEFORE_NUMBER
    return True


def _is_name(i: int, span: Span, needs: Needs, view: View) -> bool:
    """A name of a thing that the intent may be about; a common word ("light") names nothing."""
    if not span.terms or (span.end == i + 1 and stem(view.words[i]) in GENERIC):
        return False
    if needs.any_name:
        return True
    return all(any(t.domain in needs.requires or t.kind in needs.requires or t.device_class in needs.requires for t in terms) for terms in span.terms)


def texts(tagged: Sequence[tuple[str, int, int]], slots: Mapping[str, str]) -> dict[str, tuple[int, int]]:
    """Slot -> (start, end) of the words that the tags give it: from the first word of its tag to the last."""
    found: dict[str, tuple[int, int]] = {}
    for tag, start, end in tagged:
        slot = slots.get(tag)
        if slot is not None:
            first = found.get(slot)
            found[slot] = (first[0], end) if first and start - first[1] <= 2 else first or (start, end)
    return found
