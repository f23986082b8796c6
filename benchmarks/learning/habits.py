"""Habits: what two people of one home mean by "play music" and five such requests, after ten uses each; and after one of them changed.

A use is the vague request (and what it takes to be understood) or, as often, the full one. The test is the vague request, dry, at the usual time;
it is right where exactly this person's thing is done. After the test the first person takes to other things: counted is how often the vague
request then goes wrong before it goes right again.
"""

import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from benchmarks.learning.bars import _median
from benchmarks.learning.figures import Figure, share
from benchmarks.learning.judge import reaches
from benchmarks.learning.world import Agent, Answer
from simulators.household import START

USES = 10
AFTERWARDS = 12
"""Uses after the change."""
Tell = Callable[[dict[str, Any]], Answer]


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that a vague request may mean. `said` is the request in full, `named` the answer to "which one?"."""

    said: str
    named: str
    entity_id: str
    service: str
    data: tuple[tuple[str, str], ...] = ()

    @property
    def goal(self) -> dict[str, Any]:
        return {"entity_id": self.entity_id, "service": self.service, "data": dict(self.data)}


@dataclass(frozen=True, slots=True)
class Vague:
    """A request that leaves to habit what is meant, the room it is asked in, and the hour."""

    text: str
    room: str
    hour: float
    choices: tuple[Choice, ...]


def _switch(name: str, verb: str = "turn on") -> Choice:
    return Choice(f"{verb} the {name}", f"the {name}", f"switch.{name.replace(' ', '_')}", "switch.turn_on")


def _light(name: str) -> Choice:
    return Choice(f"turn on the {name}", f"the {name}", f"light.{name.replace(' ', '_')}", "light.turn_on")


def _music(taste: str) -> Choice:
    data = (("media_content_id", taste.removesuffix(" music")),)  # of "classical music" a player is asked for "classical", as music
    return Choice(f"play {taste}", taste, "media_player.living_room", "media_player.play_media", data)


def _fan(name: str) -> Choice:
    return Choice(f"turn on the {name}", f"the {name}", f"fan.{name.replace(' ', '_')}", "fan.turn_on")


def requests(chance: random.Random) -> tuple[Vague, ...]:
    tastes = chance.sample(("jazz", "rock", "classical music", "techno", "folk", "mozart", "the beatles"), 3)
    return (
        Vague("play music", "living_room", 19.0, tuple(_music(t) for t in tastes)),
        Vague("start brewing", "kitchen", 7.2, (_switch("coffee maker"), _switch("kettle"), _switch("espresso machine"))),
        Vague("turn on the light", "living_room", 20.0, tuple(_light(n) for n in ("floor lamp", "reading lamp", "corner lamp"))),
        Vague("turn on the lamp", "study", 16.5, tuple(_light(n) for n in ("desk lamp", "globe lamp", "shelf lamp"))),
        Vague("turn on the fan", "bedroom", 22.0, (_fan("tower fan"), _fan("ceiling fan"), _fan("desk fan"))),
        Vague("start the machine", "kitchen", 10.0, (_switch("washing machine"), _switch("tumble dryer"), _switch("dishwasher"))),
    )


def home(vague: tuple[Vague, ...], people: tuple[str, ...]) -> dict[str, Any]:
    rooms = ("living_room", "kitchen", "study", "bedroom")
    found = [
        {"entity_id": c.entity_id, "name": c.named[4:].title(), "area": v.room, "state": "off", "attributes": _attributes(c.entity_id)}
        for v in vague
        for c in v.choices
        if not c.entity_id.startswith("media_player.")
    ]
    player = {"entity_id": "media_player.living_room", "name": "Living Room Speaker", "area": "living_room", "state": "idle"}
    found.append({**player, "attributes": {"device_class": "speaker", "volume_level": 0.4}})
    persons = [{"entity_id": f"person.{p.casefold()}", "name": p, "state": "home", "attributes": {}} for p in people]
    return {
        "areas": [{"area_id": r, "name": r.replace("_", " ").title()} for r in rooms],
        "floors": [],
        "devices": [{"device_id": f"sat_{r}", "name": f"{r} satellite", "area": r, "speaker": True} for r in rooms],
        "entities": [*found, *persons],
        "location": {"latitude": 52.37, "longitude": 4.9, "time_zone": "UTC"},
    }


def _attributes(entity_id: str) -> dict[str, Any]:
    return {"supported_color_modes": ["brightness"]} if entity_id.startswith("light.") else {"percentage": 0} if entity_id.startswith("fan.") else {}


class _Two:
    """Two people, an agent, and the days."""

    def __init__(self, seed: int, agent: Agent, vague: tuple[Vague, ...], people: tuple[str, ...]) -> None:
        self._chance = random.Random(f"habits:{seed}")
        self._agent = agent
        self._vague = vague
        self._people = people
        self._taste = {(p, v.text): index for index, p in enumerate(people) for v in vague}
        self._day = 0

    def means(self, person: str, vague: Vague) -> Choice:
        return vague.choices[self._taste[person, vague.text]]

    def change(self, person: str) -> None:
        """The third thing, that nobody took to so far."""
        self._taste |= {(person, v.text): 2 for v in self._vague}

    def day(self, always_vague: str = "") -> Iterator[tuple[str, Vague, bool]]:
        """Everybody's uses of a day, in order, and the night; gives who asked vaguely for what, and whether it was right at once."""
        uses = sorted(((v.hour + self._chance.uniform(-0.4, 0.4), p, v) for p in self._people for v in self._vague), key=lambda u: u[0])
        for hour, person, vague in uses:
            full = person != always_vague and self._chance.random() < 0.5
            answer = self._say(person, vague, self.means(person, vague).said if full else vague.text, hour)
            right = answer["outcome"] == "act" and reaches(self.means(person, vague).goal, answer["actions"])
            if not full:
                yield person, vague, right
                if not right:
                    self._put_right(person, vague, answer, hour)
        self._all_off()
        self._agent.tell({"type": "learn", "at": self._at(27.0)})
        self._day += 1

    def _all_off(self) -> None:
        """Machines are done by then, and what gave light and air is off in the morning: nobody leaves it on for three weeks."""
        for entity_id in sorted({c.entity_id for v in self._vague for c in v.choices}):
            state = "idle" if entity_id.startswith("media_player.") else "off"
            self._agent.tell({"type": "state", "at": self._at(26.0), "entity_id": entity_id, "state": state, "by": "device"})

    def _put_right(self, person: str, vague: Vague, answer: Answer, hour: float) -> None:
        meant = self.means(person, vague)
        if answer["outcome"] == "ask":
            answer = self._say(person, vague, meant.named, hour + 5 / 3600)
            if answer["outcome"] == "act" and reaches(meant.goal, answer["actions"][-1:]):
                return
        elif answer["outcome"] == "confirm":
            self._say(person, vague, "no", hour + 4 / 3600)
        self._say(person, vague, meant.said, hour + 12 / 3600)

    def test(self) -> Iterator[tuple[str, str, bool, bool]]:
        """(who, request, right, somebody else's thing) of every vague request, dry."""
        for vague in self._vague:
            for person in self._people:
                answer = self._say(person, vague, vague.text, vague.hour, dry=True, conversation=f"test {person} {vague.text}")
                done = answer["actions"] if answer["outcome"] == "act" else []
                others = (self.means(p, vague).goal for p in self._people if p != person)
                yield person, vague.text, reaches(self.means(person, vague).goal, done), any(reaches(o, done) for o in others)

    def _say(self, person: str, vague: Vague, text: str, hour: float, **more: Any) -> Answer:
        place = {"area": vague.room, "device": f"sat_{vague.room}"}
        return self._agent.tell({"type": "say", "at": self._at(hour), "text": text, **place, "speaker": person, **more})

    def _at(self, hour: float) -> str:
        return (START + timedelta(days=self._day, hours=hour)).isoformat()


def live(seed: int) -> dict[str, Any]:
    """One home: {"tests": [[request, right, other's]...], "changes": [defects until right again...]}."""
    chance = random.Random(f"habits home:{seed}")
    vague, people = requests(chance), tuple(chance.sample(("Anna", "Bob", "Clara", "David", "Eva", "Frank"), 2))
    with Agent(home(vague, people)) as agent:
        two = _Two(seed, agent, vague, people)
        for _ in range(USES):
            list(two.day())
        tests = [[text, right, other] for _, text, right, other in two.test()]
        learned = [text for who, text, right, _ in two.test() if right and who == people[0]]
        two.change(people[0])
        wrong: dict[str, list[bool]] = {text: [] for text in learned}
        for _ in range(AFTERWARDS):
            for person, asked, right in two.day(always_vague=people[0]):
                if person == people[0] and asked.text in wrong:
                    wrong[asked.text].append(right)
    return {"home": seed, "tests": tests, "changes": [_until_right(seen) for seen in wrong.values()]}


NEVER = 99.0


def _until_right(seen: list[bool]) -> float:
    """How often it went wrong before it went right twice in a row, or at the end."""
    return float(next((sum(not s for s in seen[:i]) for i, s in enumerate(seen) if s and all(seen[i : i + 2])), NEVER))


def figures(homes: list[dict[str, Any]]) -> Iterator[Figure]:
    if not homes:
        return
    n = sum(len(h["tests"]) for h in homes)
    right = share([(sum(t[1] for t in h["tests"]), len(h["tests"])) for h in homes])
    other = share([(sum(t[2] for t in h["tests"]), len(h["tests"])) for h in homes])
    words = sorted({t[0] for h in homes for t in h["tests"]})
    each = {w: [t[1] for h in homes for t in h["tests"] if t[0] == w] for w in words}
    note = ", ".join(f"{w} {sum(r) / len(r):.0%}" for w, r in each.items())
    yield Figure("habits: right after 10 uses", right[0], n, "requests", right[1], right[2], ">= 90%", right[0] >= 0.9, note)
    yield Figure("habits: the other's taste", other[0], n, "requests", other[1], other[2], "<= 2%", other[0] <= 0.02)
    changes = [[math.inf if c >= NEVER else c for c in h["changes"]] for h in homes]
    yield _median("habit changed: defects until right again", changes, 4, of="changes")


