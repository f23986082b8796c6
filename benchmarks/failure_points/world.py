"""One home's people and days: what they say, what is heard of it, and what they do until it is as they meant it."""

import json
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from agent.doors.pipe import Pipe
from benchmarks.failure_points.house import BY_ID, DIMMABLE, STATES, THINGS, Goal, Thing, spoken
from benchmarks.failure_points.verdicts import Answer, asks_well, first_failed, right
from benchmarks.failure_points.wordings import Wordings

START = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
REACTIONS = {"again": 0.5, "same": 0.1, "hand": 0.1, "up": 0.08, "over": 0.08}
ON_ACTION = {"no": 0.13, "undo": 0.1, "mind": 0.02}
"""Those to something that was done."""


@dataclass
class Said:
    """A turn with its truth. `goal` None: the world does not say what was wanted."""

    kind: str
    text: str
    stage: str
    answer: Answer
    goal: Goal | None = None

    @property
    def turn(self) -> str:
        return str(self.answer["turn"])


@dataclass
class World:
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

    async def by_hand(self, entity_id: str, state: str) -> None:
        await self.tell(type="state", entity_id=entity_id, state=state, by="person")

    async def by_itself(self, entity_id: str, state: str) -> None:
        await self.tell(type="state", entity_id=entity_id, state=state, by="device")

    def later(self, low: float, high: float) -> None:
        self.now += timedelta(seconds=round(self.chance.uniform(low, high), 1))

    def note(self, kind: str, text: str, stage: str, answer: Answer, goal: Goal | None = None) -> None:
        self.said.append(Said(kind, text, stage, answer, goal))

    def goal(self, thing: Thing | None = None) -> Goal:
        thing = thing or self.chance.choice(THINGS)
        if thing.entity_id in DIMMABLE and self.chance.random() < 0.15:
            return Goal(thing, "dim", self.chance.choice((20, 30, 40, 50, 60, 70)))
        wants = [d for d in thing.deeds if STATES[d] != self.state.get(thing.entity_id)]
        return Goal(thing, self.chance.choice(wants))

    def plain(self, goal: Goal) -> str:
        return goal.said(self.chance.choice(self.words.plain[goal.deed]))

    def came(self, goal: Goal) -> None:
        self.state[goal.thing.entity_id] = goal.ends_in

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

    async def judged(self, goal: Goal, said: str, heard: str, answer: Answer, restored: Iterable[str] = (), broken: bool = False) -> str:
        """The first stage that failed, by what the world knows."""
        if (right(goal, answer, restored) and not broken) or asks_well(goal, answer):
            return "correct"
        return first_failed(goal, answer, await self.as_said(said) if heard != said else None)

    async def ask(
        self, kind: str, goal: Goal, said: str, heard: str = "", tries: int = 3, others: tuple[str, ...] = (), restored: tuple[str, ...] = ()
    ) -> bool:
        """Say it, and react until it is as it was meant, or patience ends. Returns whether the first turn was right."""
        heard, at = heard or said, len(self.said)
        answer = await self.say(heard, others=others)
        restored = tuple(e for e in restored if e != goal.thing.entity_id)
        asks = answer["outcome"] in ("ask", "confirm")
        came, offered = await self._question(goal, answer, kind, restored) if asks else (False, False)
        stage = "correct" if came and offered else await self.judged(goal, said, heard, answer, restored)
        self.said.insert(at, Said(kind, heard, stage, answer, goal))
        if stage == "correct" or came:
            self.came(goal)
        else:
            await self._react(goal, said, heard, answer, tries - 1, kind.removesuffix(": again"))
        return stage == "correct"

    async def _question(self, goal: Goal, answer: Answer, kind: str, restored: tuple[str, ...]) -> tuple[bool, bool]:
        """Answer what it asks, where the answer is to be had: whether that brings it about, and whether it had been offered."""
        if self.chance.random() < 0.1:
            return False, False
        confirms = answer["outcome"] == "confirm"
        offered = confirms or goal.thing.entity_id in answer["targets"]
        if confirms:
            fine = asks_well(goal, answer)
            text = "yes" if fine else "no"
        elif offered or "know anything" in answer["say"]:
            fine, text = True, goal.name_alone()
        else:
            return False, False
        self.later(2, 7)
        then = await self.say(text)
        came = right(goal, then, restored)
        stage = "correct" if came or not fine else await self.judged(goal, text, text, then, restored)
        self.note(f"{kind}: answer", text, stage, then, goal if came else None)
        return came, offered

    async def _react(self, goal: Goal, said: str, heard: str, answer: Answer, tries: int, kind: str) -> None:
        acted = answer["outcome"] == "act" and bool(answer["actions"])
        ways = {**REACTIONS, **(ON_ACTION if acted else {})}
        how = self.chance.choices(list(ways), list(ways.values()))[0]
        if tries <= 0 and how not in ("hand", "up"):
            how = "up"
        if how == "no" and goal.thing.entity_id in answer["targets"]:
            how = "again"
        next(s for s in reversed(self.said) if s.turn == answer["turn"]).kind += f" ({how})"
        if how == "up":
            return
        if how == "hand":
            await self._by_hand(goal, answer if acted else None)
            return
        if how == "over":
            self.now += timedelta(seconds=1.5)
            await self.tell(type="interrupt")
            self.later(1, 2)
        else:
            self.later(4, 20)
        again = f"{kind}: again"
        if how == "no":
            moved = tuple(e for a in answer["actions"] for e in a["entity_id"])
            text = spoken(f"no, {goal.name_alone()}")
            await self.ask(again, goal, text, tries=tries, restored=moved)
            return
        if how == "undo":
            self.note(f"{kind}: undo", "undo that", "correct", await self.say("undo that"))
            self.later(3, 10)
        text = said if how == "same" else self.plain(goal)
        wrong = heard if how == "same" and heard != said and self.chance.random() < 0.4 else text
        await self.ask(again, goal, text, wrong, tries)

    async def _by_hand(self, goal: Goal, acted: Answer | None) -> None:
        """What was done to other things is mostly put back, then it is done oneself; nobody dims by hand."""
        self.later(6, 45)
        if goal.deed == "dim":
            return
        for action in acted["actions"] if acted else ():
            for entity in action["entity_id"]:
                if entity != goal.thing.entity_id and entity in BY_ID and self.chance.random() < 0.6:
                    back = "off" if action["service"].endswith("turn_on") else "on" if action["service"].endswith("turn_off") else "closed"
                    await self.by_hand(entity, back)
        await self.by_hand(goal.thing.entity_id, goal.ends_in)
        self.came(goal)
