"""The exact matcher: what skills say people say, matched against sentences in one home.

`Grammar(skills)` reads all phrases once (TemplateError names the skill and the template that is wrong). `Grammar.ways` finds every phrase that
fits words from a place on, with the places where it ends; `match` the readings of a whole sentence, the most specific first.

Of two ways to read the same words the one is better that leaves less open: a word of the phrase counts 1, a word of a name that the home has a
little more, one of a number or colour a little less, a word of free text little.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from agent.records import Interpretation
from agent.stages import Phrase, Skill
from agent.understand.automaton import Automaton, State
from agent.understand.lexicon import Lexicon, Term
from agent.understand.normal import Tokens
from agent.understand.templates import Node, TemplateError, parse, rule
from agent.understand.values import FREE, UNKNOWN, Span, View
from agent.understand.words import AS_BINARY
from devices.kinds import KINDS, kinds_named

FREE_WEIGHT = {"text": 0.12, "message": 0.3, "words": 0.35, "word": 0.4}
"""What a word of free text counts."""
FREE_COST = 0.3
"""What using free text at all costs."""
SLOT_COST = 0.03
PARTICULAR = 0.02
"""What a phrase made for one sort of thing is ahead of one for any."""
VAGUE = 0.15
"""What a pronoun or unknown name is behind where one sort of thing is required: it may be of another."""
PATHS = 6
"""Ways to reach one state at one place that are kept."""
MOST_READINGS = 6
BEHIND = 0.35
"""By how much a reading's confidence falls for each word that it leaves more open than the best."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One phrase of one intent."""

    skill: str
    intent: str
    phrase: Phrase
    node: Node


@dataclass(frozen=True, slots=True)
class Fill:
    """A slot filled by words start to end."""

    slot: str
    kind: str
    start: int
    span: Span


@dataclass(frozen=True, slots=True)
class Way:
    """A phrase that fits words start to end. `free`: words of free text among them; `open`: words of names that the home does not have."""

    rule: Rule
    start: int
    end: int
    score: float
    fills: tuple[Fill, ...]

    @property
    def free(self) -> int:
        return sum(f.span.end - f.start for f in self.fills if f.kind in FREE)

    @property
    def vague(self) -> bool:
        """It is about a mere "it" where one sort of thing, or the name of one, was to be said."""
        particular = bool(self.rule.phrase.requires) or self.rule.intent == "HassGetState"
        return particular and any(f.kind == "name" and not f.span.terms and f.span.weight != UNKNOWN for f in self.fills)

    @property
    def pointed(self) -> bool:
        """It calls a thing of the home, of the very sort that its phrase is made for, by a name of several words: no chance hit."""
        return bool(self.rule.phrase.requires) and any(f.kind == "name" and f.span.terms and f.span.end - f.start > 1 for f in self.fills)

    @property
    def open(self) -> int:
        return sum(f.span.end - f.start for f in self.fills if f.span.weight == UNKNOWN)


@dataclass(frozen=True, slots=True)
class _Path:
    """One way to have come to a state."""

    score: float
    fills: tuple[Fill, ...] = ()


Column = dict[State, list[_Path]]
SHARED = ("named", "place", "in_area", "on_floor", "of_place", "lights", "fans", "switches", "locks", "covers")
"""Rules with slots that many phrases share: each is matched once a place."""


class Grammar:
    """The phrases of all skills."""

    def __init__(self, skills: Iterable[Skill]) -> None:
        self.rules = tuple(_rule(skill, intent, phrase) for skill in skills for intent, phrases in skill.phrases.items() for phrase in phrases)
        pieces = {id(rule(name)): name for name in SHARED}
        self._automaton = Automaton([r.node for r in self.rules], pieces)
        self._shared = {name: Automaton([rule(name)], pieces) for name in SHARED}

    def match(self, tokens: Tokens, lexicon: Lexicon) -> tuple[Interpretation, ...]:
        """Readings of the whole sentence, the most specific first; () where no phrase fits it."""
        view = View(tokens, lexicon)
        return readings([way for way in self.ways(view, 0) if way.end == len(tokens)], view)

    def ways(self, view: View, start: int) -> list[Way]:
        """Every phrase that fits from word `start` on, wherever it ends."""
        found: list[Way] = []
        for end, state, paths in self._run(self._automaton, view, start):
            found += self._ended(state, paths, view, start, end)
        return found

    def _run(self, automaton: Automaton, view: View, start: int) -> Iterator[tuple[int, State, list[_Path]]]:
        """(end, state, ways there) wherever something may end."""
        n = len(view.words)
        columns: list[Column] = [{} for _ in range(n + 1)]
        columns[start][automaton.start] = [_Path(0.0)]
        for i in range(start, n + 1):
            for state, paths in columns[i].items():
                if state.ends and i > start:
                    yield i, state, paths
                if i < n:
                    self._advance(automaton, state, paths, view, i, columns)

    def _advance(self, automaton: Automaton, state: State, paths: list[_Path], view: View, i: int, columns: list[Column]) -> None:
        after = automaton.step(state, view.words[i])
        if after is not None:
            _keep(columns[i + 1], after, [_Path(p.score + 1.0, p.fills) for p in paths])
        if not state.fills:
            return
        for name, kind, following in automaton.slots(state):
            if not kind:
                for end, piece in self._piece(name, view, i):
                    _keep(columns[end], following, [_Path(p.score + piece.score, p.fills + piece.fills) for p in paths])
                continue
            for span in self._free(kind, following, view, i) if kind in FREE else view.at(kind, i):
                worth = span.weight * (span.end - i) - (FREE_COST if kind in FREE else SLOT_COST)
                fill = (Fill(name, kind, i, span),)
                _keep(columns[span.end], following, [_Path(p.score + worth, p.fills + fill) for p in paths])

    def _piece(self, name: str, view: View, i: int) -> list[tuple[int, _Path]]:
        """Every (end, way) of a shared piece at word i, worked out once a sentence."""
        known = view.pieces.get((name, i))
        if known is None:
            known = [(end, path) for end, _, paths in self._run(self._shared[name], view, i) for path in paths]
            view.pieces[name, i] = known
        return known

    def _free(self, kind: str, following: State, view: View, i: int) -> Iterator[Span]:
        """Runs of words, of which only those matter after which the phrase may go on."""
        words, n, weight = view.words, len(view.words), FREE_WEIGHT[kind]
        for end in range(i + 1, min(n, i + FREE[kind]) + 1):
            if following.ends or (end < n and (following.fills or words[end] in following.follows)):
                yield Span(end, view.tokens.said(i, end), weight)

    def _ended(self, state: State, paths: list[_Path], view: View, start: int, end: int) -> Iterator[Way]:
        for path in paths:
            fills = path.fills
            if view.loose and _empty(fills, start, end):
                continue
            for number in state.ends:
                phrase = self.rules[number]
                if not phrase.phrase.requires:
                    yield Way(phrase, start, end, path.score, fills)
                    continue
                fitting = tuple(_required(fill, phrase.phrase.requires) for fill in fills)
                if None not in fitting:
                    vague = any(f.kind == "name" and not f.span.terms for f in fills)
                    yield Way(phrase, start, end, path.score + (-VAGUE if vague else PARTICULAR), tuple(f for f in fitting if f is not None))


def _empty(fills: tuple[Fill, ...], start: int, end: int) -> bool:
    """Nothing but a name that the home does not have."""
    return any(f.span.weight == UNKNOWN for f in fills) and end - start == sum(f.span.end - f.start for f in fills)


def _keep(column: Column, state: State, paths: list[_Path]) -> None:
    known = column.get(state)
    if known is None:
        column[state] = paths
        return
    known += paths
    if len(known) > PATHS:
        known.sort(key=lambda p: -p.score)
        del known[PATHS:]


def _rule(skill: Skill, intent: str, phrase: Phrase) -> Rule:
    try:
        return Rule(skill.name, intent, phrase, parse(phrase.template))
    except TemplateError as error:
        raise TemplateError(f"Skill {skill.name}, {intent}: {error}") from None


def _required(fill: Fill, requires: tuple[str, ...]) -> Fill | None:
    """The fill with those things alone that are of a required domain, kind or class; None where a name has none. Pronouns may be anything."""
    if fill.kind != "name" or (not fill.span.terms and fill.span.weight != UNKNOWN):
        return fill
    if not fill.span.terms:
        return fill if any(k in requires or KINDS[k].domains[0] in requires for k in kinds_named(str(fill.span.value))) else None
    kept: list[tuple[Term, ...]] = []
    for terms in fill.span.terms:
        mine = tuple(t for t in terms if t.domain in requires or t.kind in requires or t.device_class in requires)
        if not mine:
            return None
        kept.append(mine)
    span = fill.span
    if all(len(k) == len(t) for k, t in zip(kept, span.terms, strict=True)):
        return fill
    values = [
        k[0].canonical if len({t.canonical for t in k}) == 1 else v
        for k, v in zip(kept, span.value if isinstance(span.value, list) else [span.value], strict=True)
    ]
    return Fill(fill.slot, fill.kind, fill.start, Span(span.end, values if isinstance(span.value, list) else values[0], span.weight, tuple(kept)))


# --- from ways to readings ---------------------------------------------------------------------------------------------------------------------


def readings(ways: list[Way], view: View, by: str = "exact") -> tuple[Interpretation, ...]:
    """The readings that ways of the same words amount to, best first, each once."""
    ranked = sorted(ways, key=lambda way: -way.score)
    if ranked and not ranked[0].free:
        ranked = [way for way in ranked if not way.free]
    found: dict[tuple[str, str], Interpretation] = {}
    for way in ranked:
        slots = slots_of(way, view)
        key = (way.rule.intent, repr(sorted(slots.items(), key=lambda item: item[0])))
        if key not in found and not any(_less(slots, better.slots) for (intent, _), better in found.items() if intent == way.rule.intent):
            behind = ranked[0].score - way.score
            found[key] = Interpretation(way.rule.intent, slots, round(max(0.3, (1.0 if behind == 0 else 0.9) - BEHIND * behind), 3), by)
        if len(found) >= MOST_READINGS:
            break
    return tuple(found.values())


def _less(slots: Mapping[str, Any], better: Mapping[str, Any]) -> bool:
    """It tells nothing that the better reading does not tell."""
    return all(key in better and better[key] == value for key, value in slots.items())


def slots_of(way: Way, view: View) -> dict[str, Any]:
    """The slots of a way as Home Assistant has them."""
    slots: dict[str, Any] = dict(way.rule.phrase.slots)
    for fill in way.fills:
        if fill.kind == "duration":
            prefix = "" if fill.slot == "duration" else f"{fill.slot}_"
            slots.update({f"{prefix}{unit}": amount for unit, amount in fill.span.value.items()})
        else:
            slots[fill.slot] = fill.span.value
            if fill.span.domain:
                slots.setdefault("domain", fill.span.domain)
    if way.vague and way.rule.phrase.requires == ("lock",):
        slots.setdefault("domain", "lock")  # "open it" unlocks a lock that was spoken of, and is nothing of a lamp
    if "state" in slots:
        slots["state"] = state_of(slots["state"], slots, way.fills, view.lexicon)
    return slots


def state_of(state: Any, slots: Mapping[str, Any], fills: tuple[Fill, ...], lexicon: Lexicon) -> Any:
    """A state word as the things asked about would say it: a door sensor says on for open."""
    terms = [t for fill in fills if fill.kind == "name" for group in fill.span.terms for t in group]
    if terms:
        return AS_BINARY.get(state, state) if all(t.domain == "binary_sensor" for t in terms) else state
    asked = slots.get("device_class")
    if asked is None or slots.get("domain") not in (None, "binary_sensor", "cover"):
        return state
    told = {domain for domain, known in lexicon.classes if known == asked or (asked == "garage" and known == "garage_door")}
    return AS_BINARY.get(state, state) if "binary_sensor" in told and not told & {"cover", "lock"} else state
