"""People living in a home: hidden goals, habits, wordings, private words, slips, and what they do when the agent gets it wrong.

The World of the evaluation of learning. `Household` draws a home and its people by one seed; `day` gives a day's episodes; `play` lives one of
them through `tell`, a function that takes a line of the pipe and returns the agent's answer. Every episode has generators of its own, so that
what happens in one arm of a comparison never shifts what is drawn in the other. Nothing here knows the agent, and no agent sees any of it but lines.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from simulators.household_home import Home, drawn
from simulators.household_words import CHATTER, DEEDS, NICKNAMES, PHRASES, UNUSUAL, Goal, drawn_goal, misheard, slipped

Line = dict[str, Any]
Answer = Mapping[str, Any]
Tell = Callable[[Line], Answer]
Felt = Literal["right", "asked", "wrong"]
Kind = Literal["plain", "cause", "slip", "guest", "broken", "chatter"]
CauseKind = Literal["nickname", "phrase", "misheard", "unusual", "confused"]

START = datetime(2026, 3, 2, tzinfo=UTC)
CAUSE_KINDS: Mapping[CauseKind, float] = {"nickname": 0.3, "phrase": 0.25, "misheard": 0.25, "unusual": 0.12, "confused": 0.08}
REACTIONS: Mapping[str, float] = {
    "rephrase": 0.44, "repeat": 0.14, "repair": 0.09, "undo": 0.07, "barge in": 0.07, "by hand": 0.09, "give up": 0.06, "change mind": 0.04,
}  # fmt: skip
"""What people do after a defect, by how common it is; each person's own measure is drawn around these."""
ON_ACTION = frozenset({"repair", "undo"})
"""Reactions to something that was done."""
TAUGHT = frozenset({"nickname", "phrase", "unusual"})
"""Causes that people know of themselves, and may teach."""
HEARD_WELL = 0.95
"""Of second tries, which are said slowly."""
HOURS = ((6, 9), (12, 14), (17, 23), (7, 23))


@dataclass(frozen=True, slots=True)
class Habit:
    """A goal somebody has again and again, in a part of the day, said in favourite wordings."""

    goal: Goal
    weight: float
    hours: tuple[int, int]
    wordings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cause:
    """A reason for defects that comes back: somebody's way to ask for a goal, which the agent cannot know.

    `heard` is what reaches the agent, `meant` what it should have been (its second hypothesis at times). From the day `changes_on` on `later` is
    wanted by it.
    """

    key: str
    kind: CauseKind
    goal: Goal
    heard: str
    meant: str
    other: str
    """The same in another wording, said now and then."""
    weight: float
    starts_on: int = 0
    changes_on: int | None = None
    later: Goal | None = None
    word: str = ""
    """A nickname, alone."""

    def wanted(self, day: int) -> Goal:
        changed = self.changes_on is not None and self.later is not None and day >= self.changes_on
        return self.later if changed and self.later is not None else self.goal


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who lives here. `patience` is how many second tries; the rest are chances."""

    name: str
    habits: tuple[Habit, ...]
    causes: tuple[Cause, ...]
    patience: int
    reactions: Mapping[str, float]
    teaches: float
    answers: float
    goes_on: float
    """Of another command about the same thing right after one that was right."""


@dataclass(frozen=True, slots=True)
class Episode:
    """One wish, from the first words on. `line` is the first line, `seed` that of what happens after it, `plain` the words an agent surely knows."""

    day: int
    number: int
    at: datetime
    kind: Kind
    person: Person
    goal: Goal
    line: Line
    spoken: str
    plain: str
    seed: str
    cause: Cause | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """One line that was said and its answer. `step` 0 is the episode's first; `wanted` what it was about; `spoken` what left the mouth."""

    step: int
    how: str
    line: Line
    answer: Answer
    wanted: Goal
    spoken: str


@dataclass(frozen=True, slots=True)
class Household:
    """A home and its people, drawn by one seed. `rate` is the share of first requests that have a reason to fail."""

    seed: int
    rate: float
    home: Home
    people: tuple[Person, ...]
    recurring: float
    """Of the reasons to fail, the share that comes back."""
    requests: int
    """A day."""
    chatter: float = 1.0
    guests: float = 0.03
    breaks: float = 0.005
    """Of a thing that cannot be reached when it is wanted."""
    memory: list[tuple[Felt, Goal]] = field(default_factory=list)
    """What was felt last, for the canary of shuffled reactions."""

    def day(self, day: int) -> tuple[Episode, ...]:
        """The day's episodes in time order; the same for every arm."""
        found = [self._episode(day, number) for number in range(self.requests)]
        chance = random.Random(f"{self.seed}:{day}:chatter")
        many = int(self.chatter) + (chance.random() < self.chatter % 1) if self.chatter else 0
        found += [self._chatter(day, self.requests + number) for number in range(many)]
        return tuple(sorted(found, key=lambda e: (e.at, e.number)))

    def _episode(self, day: int, number: int) -> Episode:
        seed = f"{self.seed}:{day}:{number}"
        chance = random.Random(seed)
        person = chance.choice(self.people)
        room = chance.choice(self.home.listening)
        fails, comes_back, guest = chance.random() < self.rate, chance.random() < self.recurring, chance.random() < self.guests
        causes = [(p, c) for p in self.people for c in p.causes if c.starts_on <= day]
        habit = chance.choices(person.habits, [h.weight for h in person.habits])[0]
        at = START + timedelta(days=day, hours=chance.uniform(*habit.hours))
        goal = habit.goal
        cause: Cause | None = None
        kind: Kind = "plain"
        wording = habit.wordings[0] if chance.random() < 0.7 else chance.choice(goal.wordings)
        plain = spoken = heard = goal.said(wording)
        if fails and comes_back and causes:
            person, cause = chance.choices(causes, [c.weight for _, c in causes])[0]
            goal, kind = cause.wanted(day), "cause"
            heard = cause.heard if chance.random() < 0.88 else cause.other
            spoken = cause.meant if cause.kind in ("misheard", "confused") else heard
            plain = goal.said(goal.wordings[0])
        elif fails and not comes_back:
            kind = "slip"
            others = tuple(t for t in self.home.of(goal.thing.sort) if t != goal.thing)
            heard = slipped(plain, goal, others, chance)
        elif guest:
            kind = "guest"
        elif chance.random() < self.breaks and goal.thing.sort in ("lamp", "machine", "fan"):
            kind = "broken"
        device = {"area": room, "device": f"sat_{room}"}
        line: Line = {"type": "say", **device, **({} if kind == "guest" else {"speaker": person.name}), **_channel(heard, spoken, chance)}
        return Episode(day, number, at, kind, person, goal, line, spoken, plain, f"{seed}:then", cause)

    def _chatter(self, day: int, number: int) -> Episode:
        seed = f"{self.seed}:{day}:{number}"
        chance = random.Random(seed)
        person, room, text = chance.choice(self.people), chance.choice(self.home.listening), chance.choice(CHATTER)
        at = START + timedelta(days=day, hours=chance.uniform(8, 23))
        line: Line = {"type": "say", "area": room, "device": f"sat_{room}", "wake": round(chance.uniform(0.15, 0.55), 3), "text": text}
        return Episode(day, number, at, "chatter", person, person.habits[0].goal, line, text, text, f"{seed}:then")

    def play(self, episode: Episode, tell: Tell, first: str | None = None, shuffled: bool = False) -> Iterator[Exchange]:
        """The episode as it goes with this agent. `first`: the first words, said instead. `shuffled`: reactions are those to the turn before."""
        now = episode.at
        line = {**episode.line, "at": now.isoformat()}
        if first is not None:
            line = {**{k: v for k, v in line.items() if k != "hypotheses"}, "text": first}
        lost = {"type": "state", "at": line["at"], "entity_id": episode.goal.thing.entity_id, "by": "device"}
        if episode.kind == "broken":
            tell({**lost, "state": "unavailable"})
        answer = tell(line)
        yield Exchange(0, "first", line, answer, episode.goal, episode.spoken)
        if episode.kind == "broken":
            tell({**lost, "at": (now + timedelta(seconds=90)).isoformat(), "state": "off"})
        if episode.kind in ("chatter", "broken"):
            return
        feels, goal = felt(episode.goal, answer), episode.goal
        if shuffled:
            self.memory.append((feels, goal))
            feels, goal = self.memory.pop(0) if len(self.memory) > 1 else ("right", goal)
        yield from _Reacting(self, episode, tell, goal, random.Random(episode.seed), now).after(feels, answer)


def _channel(heard: str, spoken: str, chance: random.Random) -> Line:
    """What the recogniser hands on: mostly one text; where it was not sure, several with what was said among them."""
    if heard == spoken or chance.random() < 0.6:
        return {"text": heard}
    first = round(chance.uniform(0.4, 0.9), 3)
    return {"hypotheses": [{"text": heard, "confidence": first}, {"text": spoken, "confidence": round((1 - first) * 0.8, 3)}]}


def moved_by(answer: Answer) -> list[tuple[str, str]]:
    """(service, entity) of everything that was done."""
    return [(a["service"], e) for a in answer.get("actions", ()) for e in a["entity_id"]] if answer.get("outcome") == "act" else []


def felt(goal: Goal, answer: Answer, before: Answer | None = None) -> Felt:
    """How the goal's owner takes it: what moved in the home, or what was asked. Putting back what the answer before moved is no fault."""
    outcome = answer.get("outcome")
    if outcome in ("ask", "confirm"):
        return "asked"
    if goal.deed == "state":
        return "right" if outcome == "answer" and goal.thing.entity_id in answer.get("targets", ()) else "wrong"
    own, undone = goal.thing.entity_id, {e for _, e in moved_by(before or {})}
    moved = [m for m in moved_by(answer) if m[1] == own or m[1] not in undone]
    return "right" if moved[-1:] == [(DEEDS[goal.deed].service, own)] and {e for _, e in moved} == {own} and _seen(goal, answer) else "wrong"


def _seen(goal: Goal, answer: Answer) -> bool:
    """The value came true, as far as anybody can see it."""
    action = next(a for a in reversed(answer["actions"]) if goal.thing.entity_id in a["entity_id"])
    wanted = DEEDS[goal.deed].data(goal.value)
    return action.get("verified") is not False and all(_heard_as(action["data"].get(k)) == _heard_as(v) for k, v in wanted.items())


def _heard_as(value: object) -> str:
    """Nobody hears whether "classical" or "classical music" is played."""
    return str(value).casefold().removesuffix(" music")


class _Reacting:
    """What one person does after the first answer, until satisfied or out of patience."""

    def __init__(self, household: Household, episode: Episode, tell: Tell, goal: Goal, chance: random.Random, now: datetime) -> None:
        self._household = household
        self._episode = episode
        self._tell = tell
        self._goal = goal
        self._chance = chance
        self._now = now
        self._step = 0

    def after(self, feels: Felt, answer: Answer) -> Iterator[Exchange]:
        person, chance, failed = self._episode.person, self._chance, feels != "right"
        tries, how = person.patience, ""
        while feels != "right" and tries > 0:
            tries -= 1
            if feels == "asked" and chance.random() < person.answers:
                said, how = self._answered(answer), "answer"
            else:
                how = self._reaction(answer)
                if how in ("give up", "by hand"):
                    self._end(how, answer)
                    return
                if how == "change mind":
                    self._goal = chance.choice(person.habits).goal
                said = self._said(how)
            for exchange in said:
                yield exchange
                answer, before = exchange.answer, answer
                feels = felt(self._goal, answer, before)
            if feels == "right":
                self._confirmed(answer)
        cause = self._episode.cause
        can_teach = cause is not None and cause.kind in TAUGHT and self._goal == self._episode.goal
        if failed and feels == "right" and can_teach and cause is not None and chance.random() < person.teaches:
            yield self._taught(cause)
        elif not failed and chance.random() < person.goes_on:
            yield from self._goes_on()
        elif feels != "right":
            self._end("by hand" if chance.random() < 0.5 else "give up", answer)

    def _reaction(self, answer: Answer) -> str:
        acted = bool(answer.get("actions")) and answer.get("outcome") == "act"
        many = {k: w for k, w in self._episode.person.reactions.items() if acted or k not in ON_ACTION}
        if self._step:
            many = {k: w for k, w in many.items() if k != "repeat"}
        return self._chance.choices(list(many), list(many.values()))[0]

    def _say(self, how: str, text: str, seconds: float, spoken: str = "") -> Exchange:
        self._now += timedelta(seconds=seconds)
        self._step += 1
        line: Line = {k: v for k, v in self._episode.line.items() if k not in ("text", "hypotheses")}
        line |= {"at": self._now.isoformat(), "text": text}
        return Exchange(self._step, how, line, self._tell(line), self._goal, spoken or text)

    def _anew(self, how: str, seconds: float) -> Exchange:
        """In ordinary words; mostly heard well."""
        text = self._goal.said(self._chance.choice(self._goal.wordings))
        heard = text if self._chance.random() < HEARD_WELL else misheard(text, self._chance)
        return self._say(how, heard, seconds, text)

    def _said(self, how: str) -> Iterator[Exchange]:
        gap = self._chance.uniform(3, 20)
        if how == "repeat":
            heard = self._episode.line.get("text") or self._episode.line["hypotheses"][0]["text"]
            yield self._say(how, heard, gap, self._episode.spoken)
        elif how == "repair":
            yield self._say(how, f"no, the {self._goal.thing.name}", gap)
        elif how == "undo":
            yield self._say("undo", "undo that", gap)
            yield self._anew("rephrase", self._chance.uniform(3, 12))
        elif how == "barge in":
            self._now += timedelta(seconds=1.5)
            self._tell({"type": "interrupt", "at": self._now.isoformat()})
            yield self._anew(how, 1.0)
        else:
            yield self._anew(how, gap)

    def _answered(self, answer: Answer) -> Iterator[Exchange]:
        """The truth, to what was asked."""
        gap = self._chance.uniform(2, 8)
        if answer.get("outcome") == "confirm":
            if felt(self._goal, {**answer, "outcome": "act"}) == "right":
                yield self._say("yes", "yes", gap)
                return
            yield self._say("no", "no", gap)
            yield self._anew("rephrase", self._chance.uniform(2, 10))
        elif answer.get("targets") or "what do you mean" in str(answer.get("say")).casefold():
            yield self._say("answer", f"the {self._goal.thing.name}", gap)
        else:
            yield self._anew("rephrase", gap)

    def _confirmed(self, answer: Answer) -> None:
        """ "Did I get that right?" is answered."""
        if "did i get that right" in str(answer.get("say")).casefold():
            self._now += timedelta(seconds=3)
            self._tell({"type": "answer", "at": self._now.isoformat(), "turn": answer["turn"], "value": "yes"})

    def _taught(self, cause: Cause) -> Exchange:
        lesson = f"when i say {cause.heard} i mean {self._goal.said(self._goal.wordings[0])}"
        return self._say("teach", f"call the {self._goal.thing.name} {cause.word}" if cause.word else lesson, self._chance.uniform(8, 25))

    def _goes_on(self) -> Iterator[Exchange]:
        further = self._goal.opposite()
        if further is not None:
            self._goal = further
            yield self._say("further", further.said(self._chance.choice(further.wordings)), self._chance.uniform(8, 50))

    def _end(self, how: str, answer: Answer) -> None:
        """Done by hand, or not at all."""
        deed = DEEDS[self._goal.deed]
        if how == "by hand" and deed.state:
            self._now += timedelta(seconds=self._chance.uniform(5, 50))
            attributes = deed.attributes(self._goal.value)
            self._tell({
                "type": "state", "at": self._now.isoformat(), "entity_id": self._goal.thing.entity_id, "state": deed.state,
                **({"attributes": attributes} if attributes else {}), "by": "person",
            })  # fmt: skip


def household(seed: int, rate: float, days: int = 60, turns: int = 30, *, renamed: bool = False, clean: bool = False) -> Household:
    """The home of this seed. `rate`: reasons to fail, of first requests (0-1). `clean`: no slips, no private words, no chatter."""
    chance = random.Random(f"home:{seed}")
    home = drawn(chance, renamed)
    chance = random.Random(f"people:{seed}")
    requests = max(1, round(turns / (1 + 1.1 * rate)))
    recurring = chance.betavariate(9, 6)
    share = 0.0 if clean else rate * recurring
    words = _Words(random.Random(f"words:{seed}"))
    causes = _causes(random.Random(f"causes:{seed}"), home, share, days, words)
    people = tuple(_person(random.Random(f"person:{seed}:{name}"), name, home, causes[i :: len(home.people)]) for i, name in enumerate(home.people))
    talk, breaks = (0.0, 0.0) if clean else (chance.uniform(0.3, 2.0), 0.005)
    return Household(seed, 0.0 if clean else rate, home, people, recurring, requests, chatter=talk, breaks=breaks)


class _Words:
    """Private words, each given once a home."""

    def __init__(self, chance: random.Random) -> None:
        self._nicknames = chance.sample(NICKNAMES, len(NICKNAMES))
        self._phrases = chance.sample(PHRASES, len(PHRASES))

    def nickname(self) -> str:
        return self._nicknames.pop() if self._nicknames else "whatsit"

    def phrase(self) -> str:
        return self._phrases.pop() if self._phrases else "the usual thing"


TYPICAL = 0.006
"""The share of a home's requests that one cause typically has: eleven in sixty days of thirty turns."""


def _causes(chance: random.Random, home: Home, share: float, days: int, words: _Words) -> list[Cause]:
    """Causes until their shares of the requests sum up to `share`."""
    found: list[Cause] = []
    total = 0.0
    while total < share and len(found) < 60:
        kind: CauseKind = chance.choices(list(CAUSE_KINDS), list(CAUSE_KINDS.values()))[0]
        weight = TYPICAL * chance.lognormvariate(0, 0.7)
        cause = _cause(chance, home, kind, weight, days, words, len(found))
        if cause is not None:
            found.append(cause)
            total += weight
    return found


def _cause(chance: random.Random, home: Home, kind: CauseKind, weight: float, days: int, words: _Words, number: int) -> Cause | None:
    thing = chance.choice(home.of("lamp", "lamp", "blind", "player", "machine", "fan"))
    goal = drawn_goal(thing, chance)
    if goal.deed == "state":
        return None
    plain, again = (goal.said(w) for w in chance.choices(goal.wordings, k=2))
    heard, other, meant = plain, again, plain
    later, name = None, ""
    if kind == "nickname":
        name = words.nickname()
        heard, other = (goal.said(w, name).replace("the the", "the") for w in chance.choices(goal.wordings, k=2))
    elif kind == "phrase":
        heard = other = words.phrase()
        later = drawn_goal(chance.choice([t for t in home.of("lamp", "machine") if t != thing]), chance) if chance.random() < 0.3 else None
        later = later if later is not None and later.deed != "state" else None
    elif kind == "misheard":
        wrong = misheard(thing.name, chance)
        heard, other = (goal.said(w, wrong) for w in chance.choices(goal.wordings, k=2))
    elif kind == "unusual":
        forms = UNUSUAL["value" if goal.value is not None else "off" if DEEDS[goal.deed].state in ("off", "closed", "paused") else "on"]
        heard, other = (goal.said(w) for w in chance.choices(forms, k=2))
    else:
        near = [t for t in home.of(thing.sort) if t != thing]
        if not near:
            return None
        wrong = chance.choice(near).name
        heard, other = (goal.said(w, wrong) for w in chance.choices(goal.wordings, k=2))
    starts = 0 if chance.random() < 0.75 else chance.randrange(max(1, days * 2 // 3))
    changes = chance.randrange(days * 2 // 5, max(days * 2 // 5 + 1, days * 7 // 10)) if later else None
    return Cause(f"{kind}-{number}", kind, goal, heard, meant, other, weight, starts, changes, later, name)


def _person(chance: random.Random, name: str, home: Home, causes: list[Cause]) -> Person:
    sorts = home.of("lamp", "lamp", "blind", "heating", "player", "machine", "fan", "lock")
    habits = []
    for rank in range(chance.randint(12, 22)):
        goal = drawn_goal(chance.choice(sorts), chance)
        favourites = tuple(chance.sample(goal.wordings, min(2, len(goal.wordings))))
        habits.append(Habit(goal, 1 / (rank + 2), chance.choice(HOURS), favourites))
    reactions = {kind: weight * chance.lognormvariate(0, 0.4) for kind, weight in REACTIONS.items()}
    return Person(
        name,
        tuple(habits),
        tuple(causes),
        patience=chance.choice((1, 2, 2, 3, 3, 4)),
        reactions=reactions,
        teaches=chance.choice((0.0, 0.0, 0.03, 0.08)),
        answers=chance.uniform(0.75, 0.98),
        goes_on=chance.uniform(0.02, 0.1),
    )
