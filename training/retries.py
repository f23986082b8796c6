"""Made-up logs of homes in which people try again: who asked for what, what was heard, what came of it and what they said next.

Every request is a goal. It is heard right or wrong, carried out or not; where it was not, its user tries again (in the same words, in others, with a
word more or less), gives up, or asks for something else. What is said after a success is another request: of the same kind with another value, the
same again on purpose, a follow-up, or anything. The sentences are the skills' own phrases and those of openly licensed sets (training/card.py).
"""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from agent.learn.likeness import words
from agent.learn.rephrase import ASR_CORRECTION, COMMAND_CORRECTION, NEW, Pair, Said, candidates, paired
from agent.understand.grammar import Grammar
from agent.understand.samples import Sampler, said
from training.homes import home
from training.mishearing import Mishearing
from training.texts import TEXTS

SETS = ("slurp", "nlu_eval", "clinc150", "snips2017", "homellm_actions", "homellm_status")
"""Those of training/card.py whose sentences are said too."""
FAVOURITES = 40
"""Requests that a home makes again and again."""
SESSIONS = 70
ALONE = 0.3
"""The share of pairs of which nothing is told but the two turns."""
COMMON = 2000
"""Words that something may be heard as."""
LONGEST = 10
"""Words of a sentence."""

NOT_UNDERSTOOD = """Sorry, I didn't understand that.|Sorry, I don't understand.|I'm not sure what you mean.|I didn't catch that.|
Sorry, I didn't get that.|I heard "{heard}", but I don't know what to do with it.|Sorry, I don't know how to do that.|
I don't know what that means.|Sorry?|I can't do that yet.|I heard "{heard}". Is that right?|Sorry, I can't help with {heard}."""
NOT_FOUND = """I don't know anything called {some}. What do you mean?|I don't know a room called {some}. Which room do you mean?|
Sorry, I couldn't find {some}.|There is nothing here that could do that.|No {some} found.|Sorry, {some} is not something I know.|
Sorry, there is no {some}.|I can't find {some}."""
INCOMPLETE = """Which one do you mean?|What should I {verb}?|In which room?|Sorry, which {some}?|I didn't get the time. When?|
Sorry, I need to know more. What about {some}?|For how long?|Please say what I should {verb}."""
TROUBLE = """Sorry, something went wrong.|Sorry, that did not work.|{some} is not reachable.|I can't do that right now.|Sorry, {some} cannot do that.|
{some} did not answer."""
SUCCESS = """Done.|OK.|Okay, {heard}.|OK, {some}.|{some} is set.|Turned on {some}.|Turned off {some}.|Playing {some}.|Here is {some}.|
Added {some}.|{some} was set.|It is 21 degrees.|It's half past nine.|Your timer is set.|{some} is now on.|The first one is {some}.|
Today it will be cloudy with a high of 19.|Sure.|Created {some}.|Sent.|You have two of them: {some} and the other one.|It is {some}."""
EMPTY_HANDED = "There is nothing to stop.|There is nothing playing.|It is already on.|OK, I won't.|Nothing is set.|I'm not sure what you mean."
ASIDE = "stop|cancel|never mind|forget it|no|yes|okay|thanks|thank you|that's all|end|nothing|no thanks|quiet|wait"
MORE = "louder|next|brighter|quieter|warmer|skip|volume up|volume down|dimmer|a bit more|next song|turn it up|turn it down|skip this|darker|faster"
"""What is said again because more of it is wanted."""
ASIDE_KIND, MORE_KIND = "aside", "more"
MEANT = "no|i said|no i said|i meant|no i meant|not that|i want you to|please|hey|could you|can you|computer"


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace("\n", "").split("|"))


Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """A sentence with the stretches that fill its slots, and what others are wishes of its kind."""

    words: Words
    kind: str
    slots: tuple[tuple[str, Words], ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """A pair with its label; `log` is of which made-up home."""

    pair: Pair
    label: int
    log: int


@dataclass(slots=True)
class _Turn:
    said: Said
    goal: int
    misheard: bool
    satisfied: bool


def wishes(grammar: Grammar, sets: Mapping[str, Sequence[Mapping[str, str]]], seed: int) -> list[Wish]:
    """What may be asked for in one made-up home: each of the phrases once, and the sets' rows."""
    sampler = Sampler(grammar, home(seed), seed, TEXTS)
    found: list[Wish] = []
    for phrase in grammar.rules:
        pieces = sampler.drawn(phrase)
        kept = said(pieces) if pieces else []
        spoken = tuple(w for piece in kept for w in piece.words)
        if 0 < len(spoken) <= LONGEST:
            found.append(Wish(spoken, phrase.intent, tuple((p.slot, p.words) for p in kept if p.slot)))
    for name, rows in sets.items():
        for row in rows:
            spoken = words(str(row["text"]))
            if 0 < len(spoken) <= LONGEST:
                found.append(Wish(spoken, f"{name}.{row['label_raw']}"))
    return found


def logs(grammar: Grammar, sets: Mapping[str, Sequence[Mapping[str, str]]], homes: int, seed: int = 1) -> Iterator[Made]:
    """Pairs of `homes` made-up logs, each log's in order: every turn with the next few."""
    rng = random.Random(seed)
    for number in range(homes):
        everything = wishes(grammar, {name: rng.sample(list(rows), min(len(rows), 700)) for name, rows in sets.items()}, seed * 100 + number)
        turns = Household(everything, random.Random(seed * 1000 + number)).log()
        heard = [turn.said for turn in turns]
        places = {(i, j): j - i == 1 or rng.random() < 0.25 for i, j in candidates(heard)}
        places |= {(i, i + 1): rng.random() < 0.5 for i in range(len(heard) - 1) if (i, i + 1) not in places}
        for i, j in sorted(place for place, kept in places.items() if kept):
            pair = paired(heard, i, j)
            if rng.random() < ALONE:
                pair = replace(pair, before=None, after=None)
            yield Made(pair, _label(turns[i], turns[j]), number)


def _label(first: _Turn, second: _Turn) -> int:
    if first.goal != second.goal or first.satisfied:
        return NEW
    return ASR_CORRECTION if first.misheard else COMMAND_CORRECTION


class Household:
    """The people of one home and its agent. How patient they are, how well they are heard and how much is told of it differs from home to home."""

    def __init__(self, everything: Sequence[Wish], rng: random.Random) -> None:
        self.everything, self.rng = everything, rng
        self.turns: list[_Turn] = []
        self.now, self.goals = 0.0, 0
        self._kinds: dict[str, list[Wish]] = {
            kind: [Wish(tuple(aside.split()), kind) for aside in _listed(some)] for kind, some in ((ASIDE_KIND, ASIDE), (MORE_KIND, MORE))
        }
        for wish in everything:
            self._kinds.setdefault(wish.kind, []).append(wish)
        self._hears = Mishearing([w for w, n in Counter(w for wish in everything for w in wish.words).most_common(COMMON)], rng)
        self._favourites = rng.sample(list(everything), FAVOURITES)
        self._misheard, self._misunderstood = rng.uniform(0.05, 0.25), rng.uniform(0.2, 0.7)
        self._retries, self._sure = rng.uniform(0.55, 0.85), rng.random() < 0.5
        self._knows_things, self._pace = rng.random() < 0.5, rng.uniform(8.0, 16.0)

    def log(self) -> list[_Turn]:
        """All turns in the order of time."""
        for _ in range(SESSIONS):
            self.now += self.rng.lognormvariate(8.5, 1.2)
            self._session(self.rng.choice((1, 1, 2, 3, 4, 6, 9)))
        return self.turns

    def _session(self, requests: int) -> None:
        wish = self._any()
        for _ in range(requests):
            self._asked(wish)
            wish = self._next(wish)
            self.now += self.rng.lognormvariate(0.6, 1.3) * self._pace

    def _any(self) -> Wish:
        return self.rng.choice(self._favourites) if self.rng.random() < 0.6 else self.rng.choice(self.everything)

    def _next(self, last: Wish) -> Wish:
        """What is asked for after something is over: often of the same kind, with other values."""
        chance = self.rng.random()
        if last.kind == MORE_KIND and chance < 0.6:
            return last
        if chance < 0.28:
            return self._with_other_values(last)
        if chance < 0.36:
            return self.rng.choice(self._kin(last))
        if chance < 0.42:
            return last
        if chance < 0.55:
            return self.rng.choice(self._kinds[ASIDE_KIND])
        if chance < 0.6:
            return self.rng.choice(self._kinds[MORE_KIND])
        return self._any()

    def _kin(self, wish: Wish) -> list[Wish]:
        """The wishes of its kind; itself where there is no other."""
        return self._kinds.get(wish.kind) or [wish]

    def _some(self, wish: Wish, most: int) -> list[Wish]:
        kin = self._kin(wish)
        return self.rng.sample(kin, min(most, len(kin)))

    def _with_other_values(self, wish: Wish) -> Wish:
        """Another value in the same words: another room, another hour; a word that is no value in sentences that have none marked."""
        rng = self.rng
        if wish.slots:
            slot, old = rng.choice(wish.slots)
            others = [value for other in self._some(wish, 30) for name, value in other.slots
                      if name == slot and value != old]  # fmt: skip
            if others:
                new = rng.choice(others)
                slots = tuple((name, new if value == old else value) for name, value in wish.slots)
                return replace(wish, words=_replaced(wish.words, old, new), slots=slots)
        if len(wish.words) < 2:
            return self._any()
        at = rng.randrange(len(wish.words) // 2, len(wish.words))
        return replace(wish, words=(*wish.words[:at], rng.choice(rng.choice(self.everything).words), *wish.words[at + 1 :]), slots=())

    def _asked(self, wish: Wish) -> None:
        """One goal until it is reached or given up."""
        rng = self.rng
        goal, spoken = self._new_goal(), wish.words
        known = wish in self._favourites or wish.kind == MORE_KIND
        things = frozenset([f"thing.{rng.choice(wish.words)}"]) if self._knows_things and rng.random() < 0.7 else frozenset[str]()
        tries = 0
        while True:
            misheard = rng.random() < self._misheard * (1.4 if tries else 1.0)
            lost = misheard or rng.random() < (0.25 if wish.kind == ASIDE_KIND else 0.08 if known else self._misunderstood)
            if tries and not misheard and rng.random() < 0.25:
                lost = False
            self._turn(spoken, goal, misheard, lost, things, wish.kind)
            tries += 1
            if not lost or tries > 4 or rng.random() > self._retries:
                return
            if rng.random() < 0.06:
                self._pause()
                self._turn(rng.choice(self._kinds[ASIDE_KIND]).words, self._new_goal(), False, False, frozenset(), ASIDE_KIND)
            self._pause()
            spoken = self._again(wish, spoken, misheard)

    def _new_goal(self) -> int:
        self.goals += 1
        return self.goals

    def _pause(self) -> None:
        self.now += self.rng.lognormvariate(0.1, 0.65) * self._pace

    def _again(self, wish: Wish, spoken: Words, misheard: bool) -> Words:
        """How it is tried once more. Who was misheard mostly repeats what was meant; who was not understood looks for other words."""
        rng = self.rng
        if rng.random() < 0.05:
            return (*rng.choice(_listed(MEANT)).split(), *spoken)
        chance = rng.random() * (0.45 if misheard else 1.0)
        if chance < 0.36:
            return spoken
        if chance < 0.44:
            return wish.words
        if chance < 0.56:
            return self._longer(wish, spoken)
        if chance < 0.66:
            return _without(spoken, rng)
        if chance < 0.8:
            return self._one_word_else(wish, spoken)
        return self._in_other_words(wish)

    def _longer(self, wish: Wish, spoken: Words) -> Words:
        """A word more: the room, a please, what the thing is called in full."""
        rng = self.rng
        rooms = [value for other in rng.sample(list(self.everything), 40) for name, value in other.slots if name in ("area", "name")] or [("now",)]
        more = rng.choice((("in", "the", *rng.choice(rooms)), rng.choice(rooms), ("please",), ("now",), rng.choice(self._kin(wish)).words[-2:]))
        if rng.random() < 0.75:
            return (*spoken, *more)
        at = rng.randint(0, len(spoken))
        return (*spoken[:at], *more, *spoken[at:])

    def _one_word_else(self, wish: Wish, spoken: Words) -> Words:
        """One word replaced by one of another sentence of the kind, or by one that is like it."""
        at = self.rng.randrange(len(spoken)) if spoken else 0
        new = self.rng.choice(self.rng.choice(self._kin(wish)).words) if self.rng.random() < 0.7 else self._hears.like(spoken[at])
        return (*spoken[:at], new, *spoken[at + 1 :])

    def _in_other_words(self, wish: Wish) -> Words:
        """Another sentence of the same kind: with the same values where it has such, else one that shares a telling word if there is any."""
        others = self._some(wish, 40)
        mine = dict(wish.slots)
        if mine:
            fitting = [o for o in others if {name for name, _ in o.slots} == set(mine) and o.words != wish.words]
            for other in fitting[:1]:
                again = other.words
                for name, old in other.slots:
                    again = _replaced(again, old, mine[name])
                return again
        alike = [o for o in others if len(set(o.words) & set(wish.words)) >= 2 and o.words != wish.words] or others
        return self.rng.choice(alike).words

    def _turn(self, spoken: Words, goal: int, misheard: bool, lost: bool, things: frozenset[str], kind: str) -> None:
        rng = self.rng
        heard = self._hears(spoken) if misheard else spoken
        wrongly = lost and rng.random() < (0.7 if kind == ASIDE_KIND else 0.17)
        executed = not lost or wrongly
        confidence = 1.0 if not self._sure else min(1.0, max(0.0, rng.gauss(0.6, 0.2) if misheard else rng.gauss(0.85, 0.12)))
        self.turns.append(
            _Turn(
                Said(
                    " ".join(heard),
                    self.now,
                    None if rng.random() < 0.04 else executed,
                    self._reply(heard, executed, wrongly, kind),
                    rng.random() < (0.25 if wrongly else 0.08 if lost else 0.03),
                    confidence,
                    things if executed or rng.random() < 0.4 else frozenset(),
                ),
                goal,
                misheard,
                not lost,
            )
        )
        self.now += rng.uniform(1.5, 6.0)

    def _reply(self, heard: Words, executed: bool, wrongly: bool, kind: str) -> str:
        rng = self.rng
        if rng.random() < 0.05:
            return ""
        if executed:
            ways = EMPTY_HANDED if rng.random() < (0.5 if kind == ASIDE_KIND else 0.2 if wrongly else 0.03) else SUCCESS
        else:
            ways = rng.choices((NOT_UNDERSTOOD, NOT_FOUND, INCOMPLETE, TROUBLE), (5, 2, 2, 1))[0]
        start = rng.randrange(max(1, len(heard) - 1)) if heard else 0
        return rng.choice(_listed(ways)).format(heard=" ".join(heard), some=" ".join(heard[start:]) or "it", verb=heard[0] if heard else "do")


def _replaced(words: Words, old: Words, new: Words) -> Words:
    """The stretch `old` of the words replaced, where it is there."""
    for at in range(len(words) - len(old) + 1):
        if words[at : at + len(old)] == old:
            return (*words[:at], *new, *words[at + len(old) :])
    return words


def _without(spoken: Words, rng: random.Random) -> Words:
    """A word or two less; one word stays."""
    kept = list(spoken)
    for _ in range(rng.choice((1, 1, 2))):
        if len(kept) > 1:
            kept.pop(rng.choice((0, len(kept) - 1, rng.randrange(len(kept)))))
    return tuple(kept)
