#!/usr/bin/env python3
"""Failure points and labels, measured in a scripted house whose truth the script knows: what was wanted, what was said, what was heard, what broke.

    .venv/bin/python -m benchmarks.failure_points --homes 6             # the wordings kept for measuring
    .venv/bin/python -m benchmarks.failure_points --wordings develop -v  # those it was developed on, with every miss

Each home is a few hundred episodes of its own people in tests/homes/house.json, through the pipe: `learn`, then `failures` and `labels`. The judge
knows nothing of agent.learn: of a turn that did not bring about what was wanted it asks, down the chain, what the world had broken or what
the answer shows: not meant for the agent; heard otherwise than said (and right where it is asked, dry, as it was said); another intent; other things;
else the result. What a question of its own put right that had offered it is correct, and so is what nobody can serve.
"""

import argparse
import asyncio
import json
import random
import statistics
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from agent import app
from agent.config import Config, LearningSettings
from agent.doors.pipe import Pipe
from devices.given import GivenDevices, load_home
from devices.home import LiveHome

HOME = Path(__file__).parents[1] / "tests" / "homes" / "house.json"
START = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
STAGES = ("false_wake", "asr", "nlu", "entity_resolution", "result", "correct")

Answer = Mapping[str, Any]


@dataclass(frozen=True)
class Thing:
    """Something of the house, as its people call it; `room` is said where the name alone is not enough."""

    entity_id: str
    name: str
    area: str
    deeds: tuple[str, ...] = ("on", "off")
    label: str = ""


THINGS = (
    Thing("light.floor_lamp", "floor lamp", "living_room"), Thing("light.counter", "counter light", "kitchen"), Thing("light.desk_lamp",
    "desk lamp", "study"),
    Thing("light.anna_lamp", "anna's lamp", "bedroom"), Thing("light.bob_lamp", "bob's lamp", "bedroom"), Thing("light.night_light", "night light",
    "kids_room"),
    Thing("light.mirror", "mirror light", "bathroom"), Thing("light.garden", "garden lights", "garden"), Thing("switch.coffee_maker",
    "coffee maker", "kitchen"),
    Thing("switch.kettle", "kettle", "kitchen"), Thing("switch.washing_machine", "washing machine", "utility"), Thing("switch.dryer",
    "tumble dryer", "utility"),
    Thing("fan.bedroom", "ceiling fan", "bedroom"), Thing("fan.hood", "extractor hood", "kitchen"), Thing("media_player.tv", "tv", "living_room"),
    Thing("light.living_ceiling", "living room ceiling light", "living_room", label="Ceiling Light"),
    Thing("light.kitchen_ceiling", "kitchen ceiling light", "kitchen", label="Ceiling Light"),
    Thing("light.bedroom_ceiling", "bedroom ceiling light", "bedroom", label="Ceiling Light"),
    Thing("cover.living_blinds", "living room blinds", "living_room", ("open", "close"), "Blinds"),
    Thing("cover.study_blinds", "study blinds", "study", ("open", "close"), "Blinds"),
    Thing("cover.bedroom_curtains", "curtains", "bedroom", ("open", "close")),
)  # fmt: skip
BY_ID = {t.entity_id: t for t in THINGS}
DIMMABLE = {t.entity_id for t in THINGS if t.entity_id.startswith("light.")} - {"light.garden"}
ROOMS = ("living_room", "kitchen", "bedroom", "study")
STATES = {"on": "on", "off": "off", "open": "open", "close": "closed"}
VERBS = {"on": "turn_on", "off": "turn_off", "open": "open_cover", "close": "close_cover", "dim": "turn_on"}
OTHER = {"on": "off", "off": "on", "open": "close", "close": "open"}
INTENTS = {
    "on": {"HassTurnOn", "ExtApplianceStart"}, "off": {"HassTurnOff", "ExtApplianceStop"}, "open": {"HassTurnOn", "HassSetPosition"},
    "close": {"HassTurnOff", "HassSetPosition"}, "dim": {"HassLightSet"}, "ask": {"HassClimateGetTemperature", "HassGetState"},
    "play": {"HassMediaSearchAndPlay"},
}  # fmt: skip


@dataclass(frozen=True)
class Wordings:
    """One of two disjoint sets: ordinary wordings, ones that are hard to read, names and phrases of their own, what is heard for a word..."""

    plain: Mapping[str, tuple[str, ...]]
    hard: Mapping[str, tuple[str, ...]]
    nicknames: tuple[str, ...]
    phrases: tuple[str, ...]
    heard: Mapping[str, str]
    chatter: tuple[str, ...]
    nobody: tuple[tuple[str, ...], ...]
    content: tuple[str, ...]
    vague: tuple[str, ...]


DEVELOP = Wordings(
    {"on": ("turn on the {}", "switch the {} on", "{} on please"), "off": ("turn off the {}", "switch the {} off"), "open": ("open the {}",
     "open up the {}"),
     "close": ("close the {}", "shut the {}"), "dim": ("set the {} to {v} percent", "dim the {} to {v} percent")},
    {"on": ("get the {} running for me would you", "let the {} do its thing", "i could use the {}"), "off": ("kill the juice to the {}",
     "we are done with the {}"),
     "open": ("let some sun past the {}", "i want the {} out of the way"), "close": ("have the {} cover the window", "block the view with the {}"),
     "dim": ("{v} for the {}", "let us have the {} about {v}")},
    ("moon lamp", "old faithful", "glowy thing", "big bertha", "the beast", "sunny"),
    ("movie time", "i am off to bed", "cosy evening", "guests are coming", "breakfast club", "power hour"),
    {"lamp": "land", "floor": "four", "desk": "disc", "kettle": "cattle", "counter": "county", "curtains": "certain", "blinds": "lines",
     "light": "right",
     "lights": "rights", "coffee": "copy", "mirror": "miller", "night": "nice", "fan": "van", "hood": "good", "dryer": "drier", "tv": "tea",
     "anna's": "hannah's",
     "bob's": "pops", "washing": "watching", "on": "off", "garden": "gordon", "bedroom": "bathroom", "fifty": "fifteen", "study": "steady"},
    ("did you see the match last night", "i told her it was far too expensive", "and then he just walked out of the room",
     "we should call your mother on sunday",
     "the weather has been awful lately", "coming up next the news at ten", "put it on the table please", "no way he said that",
     "can you pass me the salt"),
    (("order me a pizza", "get a pizza delivered"), ("call my sister",), ("book a table for two", "reserve a table at the italian place"),
     ("turn on the toaster",),
     ("feed the cat", "give the cat her food"), ("what is the score of the game",)),
    ("jazz", "some rock music", "bach"),
    ("turn on the light", "turn on the lamp", "switch on the light"),
)  # fmt: skip
SECOND = Wordings(
    {"on": ("put the {} on", "start up the {}", "switch on the {}"), "off": ("put the {} off", "switch off the {}", "{} off"),
     "open": ("please open the {}", "open the {} now"),
     "close": ("close the {} please", "can you close the {}"), "dim": ("change the {} to {v} percent", "{} to {v} percent")},
    {"on": ("it is time for the {}", "may the {} be with us", "wake the {} from its sleep"), "off": ("give the {} a rest", "the {} may sleep now"),
     "open": ("no more {} in front of the window", "the {} should let the light in"), "close": ("nobody should look past the {}",
     "hide us behind the {}"),
     "dim": ("something like {v} would suit the {}", "the {} feels like {v} to me")},
    ("dragon eye", "grandpa", "little star", "the monster", "dotty", "lighthouse"),
    ("story hour", "i am heading out", "romantic mood", "the game is on", "rise and shine", "spa night"),
    {"lamp": "lamb", "floor": "flaw", "desk": "dusk", "kettle": "metal", "counter": "counting", "curtains": "curtain's", "blinds": "blinks",
     "light": "lied",
     "lights": "lies", "coffee": "coughing", "mirror": "mere", "night": "knight", "fan": "fun", "hood": "wood", "dryer": "dire", "tv": "t v v",
     "anna's": "anners",
     "bob's": "barbs", "washing": "wash in", "off": "of", "garden": "guarding", "bedroom": "bedrooms", "fifty": "fifteen", "study": "stud he"},
    ("have you done your homework yet", "she said they would be here by six", "this is the best cake i ever had", "what a goal from the midfielder",
     "now over to our reporter in london", "i cannot find my keys anywhere", "is it your turn to cook", "that song reminds me of school",
     "leave it by the door"),
    (("send a fax to the office", "fax this to the office"), ("write an email to tom",), ("find me a flight to rome", "look for flights to rome"),
     ("turn on the dishwasher",),
     ("walk the dog", "take the dog out"), ("who won the election",)),
    ("the beatles", "classical music", "blues"),
    ("put the light on", "light on", "turn a lamp on"),
)  # fmt: skip
MEASURE = Wordings(
    {"on": ("power on the {}", "get the {} on", "the {} on"), "off": ("power off the {}", "cut the {}", "the {} off"), "open": ("raise the {}",
     "open the {} for me"),
     "close": ("lower the {}", "close the {} for me"), "dim": ("brightness of the {} to {v} percent", "turn the {} to {v} percent")},
    {"on": ("bring the {} to life", "the {} has slept long enough", "we shall need the {}"), "off": ("let the {} go dark",
     "nobody needs the {} any more"),
     "open": ("may daylight come through the {}", "get the {} out of my view"), "close": ("the neighbours see us past the {}",
     "i want privacy from the {}"),
     "dim": ("i picture the {} near {v}", "{v} is how i like the {}")},
    ("pumpkin", "the wizard", "blue whale", "aunt sally", "rusty", "north star"),
    ("homework o clock", "popcorn please", "nap attack", "band practice", "sunday brunch", "yoga flow"),
    {"lamp": "ramp", "floor": "flour", "desk": "desks", "kettle": "cuttle", "counter": "encounter", "curtains": "curtail", "blinds": "blondes",
     "light": "late",
     "lights": "lates", "coffee": "cough he", "mirror": "mirrored", "night": "nine", "fan": "fam", "hood": "hooded", "dryer": "fryer",
     "tv": "tee wee",
     "anna's": "on his", "bob's": "bobs", "washing": "wishing", "off": "often", "garden": "garter", "bedroom": "bed rum", "fifty": "fifteen",
     "study": "sturdy"},
    ("could be worse i suppose", "my back hurts from all that digging", "he scored twice in the second half", "grandma is visiting next weekend",
     "stay tuned for more after the break", "whose shoes are these", "that soup smells wonderful", "it costs about ten pounds",
     "hand me that towel will you"),
    (("buy me a train ticket", "get train tickets"), ("print my letter",), ("wash the car", "clean the car for me"), ("turn on the jacuzzi",),
     ("mow my neighbour's lawn",), ("translate this into french",)),
    ("country music", "mozart", "some reggae"),
    ("get the light on", "lamp on", "light please"),
)  # fmt: skip
SETS = {"develop": DEVELOP, "second": SECOND, "measure": MEASURE}

RATES = {
    "plain": 0.6, "goes on": 0.04, "other right after": 0.05, "steps": 0.02, "refines": 0.015, "change of mind": 0.015, "hand near by": 0.03,
    "talked over": 0.02, "nobody": 0.03, "misheard": 0.08, "hard": 0.022, "phrase": 0.016, "nickname": 0.018, "vague": 0.035, "broken": 0.014,
    "fell back": 0.01, "content": 0.014,
    "chatter": 0.035,
}  # fmt: skip
"""Of episodes. Some of those that could fail come right all the same."""


@dataclass
class Said:
    """A turn with its truth. `intent` and `slots` None: the world does not say."""

    turn: str
    kind: str
    text: str
    stage: str
    answer: Answer
    intent: set[str] | None = None
    name: str = ""
    value: int | None = None
    room: str = ""


@dataclass
class Goal:
    thing: Thing
    deed: str
    value: int | None = None

    @property
    def service(self) -> str:
        return VERBS[self.deed]

    def said(self, wording: str, name: str = "") -> str:
        text = wording.format(name or self.thing.name, v=self.value)
        return text.replace("the anna", "anna").replace("the bob", "bob").replace("the the", "the").replace("the grandpa", "grandpa")


@dataclass
class World:
    """One home's people and days."""

    pipe: Pipe
    words: Wordings
    chance: random.Random
    now: datetime = START
    said: list[Said] = field(default_factory=list)
    dry: int = 0
    who: str = "Anna"
    room: str = "kitchen"
    state: dict[str, str] = field(default_factory=dict)
    private: dict[str, Goal] = field(default_factory=dict)
    asked: bool = True
    """Requests here come by a wake word whose score is told."""

    async def tell(self, **line: Any) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(json.dumps(await self.pipe.answer(json.dumps({"at": self.now.isoformat(), **line})), default=str))
        assert "error" not in answer, (line, answer)
        return answer

    async def say(self, heard: str, wake: float | None = None, others: tuple[str, ...] = ()) -> dict[str, Any]:
        line: dict[str, Any] = {"type": "say", "area": self.room, "device": f"sat_{self.room}", "speaker": self.who}
        score = wake if wake is not None else round(min(1.0, self.chance.betavariate(9, 1.2)), 3) if self.asked else None
        if score is not None:
            line["wake"] = score
        if others:
            first = round(self.chance.uniform(0.4, 0.85), 2)
            rest = [{"text": o, "confidence": round((1 - first) * 0.7, 2)} for o in others]
            return await self.tell(**line, hypotheses=[{"text": heard, "confidence": first}, *rest])
        return await self.tell(**line, text=heard)

    async def as_said(self, text: str) -> dict[str, Any]:
        """What the agent would have done, had it heard what was said."""
        self.dry += 1
        return await self.tell(type="say", text=text, area=self.room, speaker=self.who, conversation=f"dry-{self.dry}", dry=True)

    def later(self, low: float, high: float) -> None:
        self.now += timedelta(seconds=round(self.chance.uniform(low, high), 1))

    def right(self, goal: Goal, answer: Answer) -> bool:
        if answer["outcome"] != "act":
            return False
        own = [a for a in answer["actions"] if goal.thing.entity_id in a["entity_id"]]
        moved = {e for a in answer["actions"] for e in a["entity_id"]} - set(self.restored)
        good = bool(own) and own[-1]["service"].partition(".")[2] == goal.service and own[-1]["verified"] is not False
        if goal.value is not None:
            good = good and own[-1]["data"].get("brightness_pct") == goal.value
        return good and moved == {goal.thing.entity_id}

    restored: tuple[str, ...] = ()

    async def judged(self, goal: Goal, spoken: str, heard: str, answer: Answer, recovered: bool, broken: bool = False) -> str:
        """The first that failed, by what the world knows."""
        if recovered or (self.right(goal, answer) and not broken) or self.asks_well(goal, answer):
            return "correct"
        if heard != spoken:
            plain = await self.as_said(spoken)
            offered = plain["outcome"] in ("ask", "confirm") and goal.thing.entity_id in plain["targets"]
            if offered or self.right(goal, {**plain, "actions": [{**a, "verified": None} for a in plain["actions"]]}):
                return "asr"
        readings = answer["interpretations"]
        if not readings or readings[0]["intent"] not in INTENTS[goal.deed]:
            return "nlu"
        if goal.value is not None and readings[0]["slots"].get("brightness") != goal.value:
            return "nlu"
        if set(answer["targets"]) != {goal.thing.entity_id}:
            return "entity_resolution"
        return "result"

    def asks_well(self, goal: Goal, answer: Answer) -> bool:
        """Its question has what was wanted in it, answered or not."""
        if answer["outcome"] == "confirm":
            return self.right(goal, {**answer, "outcome": "act", "actions": [{**a, "verified": None} for a in answer["actions"]]})
        readings = answer["interpretations"]
        asks = answer["outcome"] == "ask" and bool(readings)
        return asks and goal.thing.entity_id in answer["targets"] and readings[0]["intent"] in INTENTS[goal.deed]

    def note(self, kind: str, text: str, stage: str, answer: Answer, goal: Goal | None = None) -> None:
        self.said.append(_said(answer, kind, text, stage, goal))

    def goal(self, thing: Thing | None = None) -> Goal:
        thing = thing or self.chance.choice(THINGS)
        if thing.entity_id in DIMMABLE and self.chance.random() < 0.15:
            return Goal(thing, "dim", self.chance.choice((20, 30, 40, 50, 60, 70)))
        wants = [d for d in thing.deeds if STATES[d] != self.state.get(thing.entity_id)]
        return Goal(thing, self.chance.choice(wants))

    def plain(self, goal: Goal) -> str:
        return goal.said(self.chance.choice(self.words.plain[goal.deed]))

    def came(self, goal: Goal) -> None:
        self.state[goal.thing.entity_id] = "on" if goal.deed == "dim" else STATES[goal.deed]

    async def ask(self, kind: str, goal: Goal, spoken: str, heard: str = "", tries: int = 3, others: tuple[str, ...] = ()) -> bool:
        """Say it, and react until it is as it was meant, or patience ends. Returns whether the first turn was right."""
        heard = heard or spoken
        self.restored, self.came_right = (), False
        answer = await self.say(heard, others=others)
        recovered = await self._question(goal, answer, kind) if answer["outcome"] in ("ask", "confirm") else False
        stage = await self.judged(goal, spoken, heard, answer, recovered)
        self.said.insert(len(self.said) - self._follow, _said(answer, kind, heard, stage, goal))
        self._follow = 0
        good = stage == "correct"
        if good:
            self.came(goal)
            return True
        if recovered or self._settled(goal):
            return False
        await self._react(goal, spoken, heard, answer, tries - 1, kind)
        return False

    _follow: int = 0
    came_right: bool = False
    """The last question's answer brought it about, though nothing of the kind had been offered."""

    def _settled(self, goal: Goal) -> bool:
        came, self.came_right = self.came_right, False
        if came:
            self.came(goal)
        return came

    async def _question(self, goal: Goal, answer: Answer, kind: str) -> bool:
        """Answer what it asks, where the answer is to be had; True where that brings it about."""
        if self.chance.random() < 0.1:
            return False
        confirms = answer["outcome"] == "confirm"
        if confirms:
            fine = self.asks_well(goal, answer)
            text = "yes" if fine else "no"
        elif goal.thing.entity_id in answer["targets"] or "know anything" in answer["say"]:
            fine, text = True, f"the {goal.thing.name}".replace("the anna", "anna").replace("the bob", "bob")
        else:
            return False
        self.later(2, 7)
        then = await self.say(text)
        came = self.right(goal, then)
        stage = "correct" if came or not fine else await self.judged(goal, text, text, then, False)
        self.said.append(_said(then, f"{kind}: answer", text, stage, goal if came else None))
        self._follow = 1
        self.came_right = came
        return came and (confirms or goal.thing.entity_id in answer["targets"])

    async def _react(self, goal: Goal, spoken: str, heard: str, answer: Answer, tries: int, kind: str) -> None:
        acted = answer["outcome"] == "act" and bool(answer["actions"])
        ways = {"again": 0.5, "same": 0.1, "hand": 0.1, "up": 0.08, "over": 0.08, **({"no": 0.13, "undo": 0.1, "mind": 0.02} if acted else {})}
        how = self.chance.choices(list(ways), list(ways.values()))[0]
        if tries <= 0 and how not in ("hand", "up"):
            how = "up"
        if how == "no" and goal.thing.entity_id in answer["targets"]:
            how = "again"
        self._mark(answer, how)
        if how == "up":
            return
        if how == "hand":
            self.later(6, 45)
            if goal.deed == "dim":
                return
            if acted:
                for action in answer["actions"]:
                    for entity in action["entity_id"]:
                        if entity != goal.thing.entity_id and entity in BY_ID and self.chance.random() < 0.6:
                            back = "off" if action["service"].endswith("turn_on") else "on" if action["service"].endswith("turn_off") else "closed"
                            await self.tell(type="state", entity_id=entity, state=back, by="person")
            await self.tell(type="state", entity_id=goal.thing.entity_id, state=STATES[goal.deed], by="person")
            self.came(goal)
            return
        moved = tuple(e for a in answer["actions"] for e in a["entity_id"]) if acted else ()
        if how == "over":
            self.now += timedelta(seconds=1.5)
            await self.tell(type="interrupt")
            self.later(1, 2)
        else:
            self.later(4, 20)
        if how == "no":
            self.restored = moved
            text = f"no, the {goal.thing.name}".replace("the anna", "anna").replace("the bob", "bob")
            await self._then(goal, text, text, tries, kind, moved)
            return
        if how == "undo":
            undone = await self.say("undo that")
            self.said.append(_said(undone, f"{kind}: undo", "undo that", "correct", None))
            self.later(3, 10)
        text = spoken if how == "same" else goal.said(self.chance.choice(self.words.plain[goal.deed]))
        wrong = text
        if how == "same" and heard != spoken and self.chance.random() < 0.4:
            wrong = heard
        await self._then(goal, text, wrong, tries, kind)

    def _mark(self, answer: Answer, how: str) -> None:
        """What was done about a turn, for those who read the misses."""
        told = next(s for s in reversed(self.said) if s.turn == answer["turn"])
        told.kind += f" ({how})"

    async def _then(self, goal: Goal, spoken: str, heard: str, tries: int, kind: str, restored: tuple[str, ...] = ()) -> None:
        self.came_right = False
        answer = await self.say(heard)
        self.restored = tuple(e for e in restored if e != goal.thing.entity_id)
        recovered = await self._question(goal, answer, kind) if answer["outcome"] in ("ask", "confirm") else False
        stage = await self.judged(goal, spoken, heard, answer, recovered)
        self.said.insert(len(self.said) - self._follow, _said(answer, f"{kind}: again", heard, stage, goal))
        self._follow = 0
        self.restored = ()
        if stage == "correct":
            self.came(goal)
        elif not recovered and not self._settled(goal):
            await self._react(goal, spoken, heard, answer, tries - 1, kind)

    def misheard(self, text: str) -> str:
        """One or two words heard as others; "" where none of them is in the table."""
        said = text.split()
        places = [i for i, w in enumerate(said) if w in self.words.heard]
        if not places:
            return ""
        weights = [0.15 if said[i] in ("on", "off") else 1.0 for i in places]
        for i in set(self.chance.choices(places, weights, k=1 if self.chance.random() < 0.8 else 2)):
            said[i] = self.words.heard[said[i]]
        return " ".join(said)


def _said(answer: Answer, kind: str, text: str, stage: str, goal: Goal | None) -> Said:
    label = (goal.thing.label or goal.thing.name) if goal is not None else ""
    return Said(answer["turn"], kind, text, stage, answer, INTENTS[goal.deed] if goal else None, label, goal.value if goal else None, _room(goal))


def _room(goal: Goal | None) -> str:
    return goal.thing.area.replace("_", " ") if goal is not None else ""


async def plain(w: World) -> None:
    goal = w.goal()
    await w.ask("plain", goal, w.plain(goal))


async def goes_on(w: World) -> None:
    goal = w.goal()
    if goal.deed == "dim" or not await w.ask("goes on", goal, w.plain(goal)):
        return
    w.later(6, 58)
    back = Goal(goal.thing, OTHER[goal.deed])
    await w.ask("goes on", back, w.plain(back))


async def other_right_after(w: World) -> None:
    first, second = w.goal(), w.goal()
    if first.thing != second.thing and await w.ask("other right after", first, w.plain(first)):
        w.later(4, 30)
        await w.ask("other right after", second, w.plain(second))


async def steps(w: World) -> None:
    goal = Goal(w.chance.choice([t for t in THINGS if t.entity_id in DIMMABLE]), "on")
    if not await w.ask("steps", goal, w.plain(goal)):
        return
    text = goal.said(w.chance.choice(("make the {} brighter", "make the {} dimmer")))
    for _ in range(2):
        w.later(4, 12)
        answer = await w.say(text)
        w.note("steps", text, "correct" if answer["outcome"] == "act" and answer["targets"] == [goal.thing.entity_id] else "nlu", answer)


async def refines(w: World) -> None:
    thing = w.chance.choice([t for t in THINGS if t.entity_id in DIMMABLE])
    values = w.chance.sample((20, 30, 40, 50, 60, 70), 2)
    for value in values:
        goal = Goal(thing, "dim", value)
        if not await w.ask("refines", goal, w.plain(goal)):
            return
        w.later(5, 30)


async def change_of_mind(w: World) -> None:
    first = Goal(w.chance.choice([t for t in THINGS if t.entity_id.startswith("light.")]), "on")
    if not await w.ask("change of mind", first, w.plain(first)):
        return
    w.later(4, 20)
    if w.chance.random() < 0.5:
        answer = await w.say("undo that")
        w.note("change of mind", "undo that", "correct", answer)
        w.later(4, 15)
    second = Goal(w.chance.choice([t for t in THINGS if t.entity_id.startswith("light.") and t != first.thing]), "on")
    await w.ask("change of mind", second, w.plain(second))


async def hand_near_by(w: World) -> None:
    goal, other = w.goal(), w.goal()
    good = await w.ask("hand near by", goal, w.plain(goal))
    if good and other.thing != goal.thing and other.deed != "dim":
        w.later(10, 55)
        await w.tell(type="state", entity_id=other.thing.entity_id, state=STATES[other.deed], by="person")
        w.came(other)


async def talked_over(w: World) -> None:
    text = w.chance.choice(("what is the temperature", "what time is it", "what is the weather like", "is the front door locked"))
    answer = await w.say(text)
    w.note("talked over", text, "correct" if answer["outcome"] == "answer" else "nlu", answer)
    w.now += timedelta(seconds=2)
    await w.tell(type="interrupt")


async def nobody(w: World) -> None:
    for text in w.chance.choice(w.words.nobody):
        answer = await w.say(text)
        w.note("nobody", text, "correct" if answer["outcome"] != "act" else "nlu", answer)
        w.later(5, 15)
        if answer["outcome"] == "act":
            undone = await w.say("undo that")
            w.note("nobody", "undo that", "correct", undone)
            return
        if w.chance.random() < 0.5:
            return


async def misheard(w: World) -> None:
    while True:
        goal = w.goal()
        spoken = w.plain(goal)
        heard = w.misheard(spoken)
        if heard:
            break
    await w.ask("misheard", goal, spoken, heard, others=(spoken,) if w.chance.random() < 0.4 else ())


async def hard(w: World) -> None:
    goal = w.goal()
    await w.ask("hard", goal, goal.said(w.chance.choice(w.words.hard[goal.deed])))


async def phrase(w: World) -> None:
    said = w.chance.choice(w.words.phrases)
    goal = w.private.setdefault(said, w.goal())
    await w.ask("phrase", goal, said)


async def nickname(w: World) -> None:
    name = w.chance.choice(w.words.nicknames)
    thing = w.private.setdefault(name, w.goal()).thing
    goal = w.goal(thing)
    await w.ask("nickname", goal, goal.said(w.chance.choice(w.words.plain[goal.deed]), name))


async def vague(w: World) -> None:
    lights = [t for t in THINGS if t.entity_id.startswith("light.") and t.area == w.room] or [BY_ID["light.floor_lamp"]]
    await w.ask("vague", Goal(w.chance.choice(lights), "on"), w.chance.choice(w.words.vague))


async def broken(w: World) -> None:
    goal = w.goal()
    if goal.deed == "dim":
        return
    await w.tell(type="state", entity_id=goal.thing.entity_id, state="unavailable", by="device")
    answer = await w.say(text := w.plain(goal))
    w.said.append(_said(answer, "broken", text, await w.judged(goal, text, text, answer, False, True), goal))
    if w.chance.random() < 0.5:
        w.later(8, 25)
        answer = await w.say(text := w.plain(goal))
        w.said.append(_said(answer, "broken", text, await w.judged(goal, text, text, answer, False, True), goal))
    w.later(60, 120)
    await w.tell(type="state", entity_id=goal.thing.entity_id, state=STATES[OTHER[goal.deed]], by="device")
    w.state[goal.thing.entity_id] = STATES[OTHER[goal.deed]]


async def fell_back(w: World) -> None:
    """The device reports it done and does not stay so."""
    goal = w.goal()
    if goal.deed == "dim":
        return
    answer = await w.say(text := w.plain(goal))
    if not w.right(goal, answer):
        await _went_otherwise(w, goal, text, answer)
        return
    w.said.append(_said(answer, "fell back", text, "result", goal))
    w.later(2, 6)
    await w.tell(type="state", entity_id=goal.thing.entity_id, state=STATES[OTHER[goal.deed]], by="device")
    if w.chance.random() < 0.75:
        w.later(3, 15)
        await w.ask("fell back", goal, text if w.chance.random() < 0.6 else w.plain(goal))
    else:
        w.later(5, 20)
        await w.tell(type="state", entity_id=goal.thing.entity_id, state=STATES[goal.deed], by="person")
    w.came(goal)


async def _went_otherwise(w: World, goal: Goal, text: str, answer: Answer) -> None:
    w.said.append(_said(answer, "fell back", text, await w.judged(goal, text, text, answer, False), goal))
    w.later(3, 10)
    await w.ask("fell back", goal, w.plain(goal))


async def content(w: World) -> None:
    """Understood, and played on the right player, and it is not what was meant by it."""
    what = w.chance.choice(w.words.content)
    text = f"play {what}"
    answer = await w.say(text)
    played = answer["outcome"] == "act" and "HassMediaSearchAndPlay" in [i["intent"] for i in answer["interpretations"][:1]]
    w.note("content", text, "result" if played else "nlu", answer)
    if not played:
        return
    w.later(5, 20)
    how = w.chance.choice(("no", "undo", "stop it and again", "answer"))
    if how == "answer":
        await w.tell(type="answer", turn=answer["turn"], value="no")
        return
    if how != "no":
        w.now += timedelta(seconds=1)
        await w.tell(type="interrupt")
    said = {"no": f"no, the live version of {what}", "undo": "undo that", "stop it and again": f"play {what} again but the real one"}[how]
    then = await w.say(said)
    w.note("content: then", said, "correct", then)


async def chatter(w: World) -> None:
    text = w.chance.choice(w.words.chatter)
    wake = round(w.chance.choice((w.chance.uniform(0.15, 0.5), w.chance.uniform(0.5, 0.75))), 3)
    answer = await w.say(text, wake)
    w.note("chatter", text, "false_wake", answer)
    if answer["outcome"] != "ignore" and w.chance.random() < 0.3:
        w.later(3, 8)
        said = w.chance.choice(("stop", "never mind", "no"))
        then = await w.say(said)
        w.note("chatter: then", said, "correct", then)


EPISODES = {
    "plain": plain, "goes on": goes_on, "other right after": other_right_after, "steps": steps, "refines": refines, "change of mind": change_of_mind,
    "hand near by": hand_near_by, "talked over": talked_over, "nobody": nobody, "misheard": misheard, "hard": hard,
    "phrase": phrase, "nickname": nickname,
    "vague": vague, "broken": broken, "fell back": fell_back, "content": content, "chatter": chatter,
}  # fmt: skip


@dataclass
class Found:
    said: list[Said]
    failures: dict[str, dict[str, Any]]
    labels: dict[str, dict[str, Any]]


async def home(seed: int, words: Wordings, episodes: int) -> Found:
    """One home lived through, and what the learners say of it."""
    chance = random.Random(f"home {seed}")
    live = LiveHome(load_home(HOME))
    with tempfile.TemporaryDirectory() as folder:
        async with app.hearth(Config(learning=LearningSettings(hold_out=0.0)), live, GivenDevices(live), Path(folder)) as agent:
            world = World(Pipe(agent, START), words, chance, asked=seed % 3 != 2)
            for _ in range(episodes):
                world.now += timedelta(minutes=round(chance.uniform(4, 50), 1))
                world.who, world.room = chance.choice(("Anna", "Bob")), chance.choice(ROOMS)
                await EPISODES[chance.choices(list(RATES), list(RATES.values()))[0]](world)
            await world.tell(type="learn")
            failures = {f["turn"]: f for f in (await world.tell(type="failures"))["failures"]}
            labels = {m["turn"]: m for m in (await world.tell(type="labels"))["labels"]}
    return Found(world.said, failures, labels)


def scores(pairs: Counter[tuple[str, str]]) -> dict[str, tuple[float, float, float, int]]:
    """stage -> precision, recall, F1, how many there are in truth."""
    found = {}
    for stage in STAGES:
        hit = pairs[stage, stage]
        true, told = sum(n for (t, _), n in pairs.items() if t == stage), sum(n for (_, p), n in pairs.items() if p == stage)
        found[stage] = (hit / told if told else 0.0, hit / true if true else 0.0, 2 * hit / (true + told) if true + told else 0.0, true)
    return found


def table(pairs: Counter[tuple[str, str]]) -> str:
    short = [s[:10] for s in STAGES]
    head = " " * 19 + "".join(f"{s:>11}" for s in short) + "   <- said"
    rows = (f"{stage:19}" + "".join(f"{pairs[stage, other]:11}" for other in STAGES) for stage in STAGES)
    return "\n".join((head, *rows))


def reads(said: Said, intent: str, slots: Mapping[str, Any]) -> bool:
    """The intent is one of the goal's, and the thing and the value are the goal's."""
    named = str(slots.get("name", "")).casefold() == said.name.casefold()
    sort = {"blinds": "blind", "curtains": "curtain"}.get(said.name.casefold())
    placed = sort is not None and slots.get("device_class") == sort and (sort == "curtain" or slots.get("area", "").casefold() == said.room)
    return (
        said.intent is not None
        and intent in said.intent
        and (named or placed)
        and (said.value is None or slots.get("brightness") == said.value)
    )


def labelled(found: list[Found], above: float) -> tuple[int, int, int, int]:
    """Of turns whose truth is known: all, labelled, those of the labelled that are right, those of the labelled whose own reading was."""
    every = covered = right = own = 0
    for f in found:
        for said in f.said:
            if said.intent is None or (said.kind == "vague" and said.stage == "correct" and said.answer["outcome"] == "act"):
                continue
            every += 1
            label = f.labels.get(said.turn)
            if label is None or label["confidence"] < above:
                continue
            covered += 1
            right += reads(said, label["intent"], label["slots"])
            first = (said.answer["interpretations"] or [{"intent": "", "slots": {}}])[0]
            own += reads(said, first["intent"], first["slots"])
    return every, covered, right, own


def mislabelled(found: list[Found]) -> Iterator[str]:
    for f in found:
        for said in f.said:
            label = f.labels.get(said.turn)
            if said.intent is not None and label and not reads(said, label["intent"], label["slots"]):
                truth = f"{min(said.intent)} {said.name} {said.value or ''}"
                yield f"LABEL {said.kind:24} {said.text!r} truly {truth}: {label['intent']} {label['slots']} {label['confidence']} {label['source']}"


def misses(found: list[Found]) -> Iterator[str]:
    for f in found:
        for said in f.said:
            failure = f.failures[said.turn]
            if failure["stage"] != said.stage:
                reading, at = (said.answer["interpretations"] or [{}])[0], f.said.index(said)
                told = f"{said.text!r} [{said.answer['outcome']}] {reading.get('intent')} {said.answer['targets'][:2]}"
                then = [later.text for later in f.said[at + 1 : at + 3]]
                stages = f"{said.stage:17} said {failure['stage']:17} {failure['confidence']:.2f}"
                yield f"{said.kind:24} {stages} {said.turn:9} {told} | {failure['why']}  >> {then}"


async def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--homes", type=int, default=3)
    arguments.add_argument("--episodes", type=int, default=400)
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("--wordings", choices=sorted(SETS), default="measure")
    arguments.add_argument("-v", "--verbose", action="store_true", help="every turn that was told wrongly")
    given = arguments.parse_args()
    found = [await home(given.seed + i, SETS[given.wordings], given.episodes) for i in range(given.homes)]
    pairs: Counter[tuple[str, str]] = Counter((s.stage, f.failures[s.turn]["stage"]) for f in found for s in f.said)
    if given.verbose:
        print("\n".join((*misses(found), *mislabelled(found))))
    total = scores(pairs)
    turns = sum(pairs.values())
    print(f"{given.homes} homes, {turns} turns, wordings: {given.wordings}\n\n{table(pairs)}\n")
    for stage, (precision, recall, f1, n) in total.items():
        print(f"{stage:19} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}  n {n} ({n / turns:.1%})")
    macro = statistics.fmean(f1 for _, _, f1, _ in total.values())
    homes = [Counter((s.stage, f.failures[s.turn]["stage"]) for s in f.said) for f in found]
    by_home = [statistics.fmean(f1 for _, _, f1, _ in scores(home_pairs).values()) for home_pairs in homes]
    floor = 2 * total["correct"][3] / (total["correct"][3] + turns) / len(STAGES)
    print(f'macro-F1 {macro:.3f} (by home {min(by_home):.3f} to {max(by_home):.3f}); with every turn "correct": {floor:.3f}')
    for above in (0.0, 0.5, 0.7, 0.8, 0.9):
        every, covered, right, own = labelled(found, above)
        share, exact, read = covered / every, right / max(covered, 1), own / max(covered, 1)
        print(f"labels above {above:.1f}: {share:.1%} of {every} turns, exact {exact:.1%}; their own reading {read:.1%}")


if __name__ == "__main__":
    asyncio.run(main())
