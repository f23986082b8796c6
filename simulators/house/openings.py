"""What opens and closes: blinds, curtains, gates, garage doors, valves, locks."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Annotated, Any, Literal, Self

from pydantic import Field

from simulators.house.thing import Around, Effects, Entity, PayloadError, Thing, battery_entity, choose, number, towards, unknown

Position = Annotated[float, Field(ge=0, le=100)]
GOALS: Mapping[str, float | None] = {"OPEN": 100.0, "CLOSE": 0.0, "STOP": None}


@dataclass(frozen=True, slots=True)
class Cover(Thing):
    """Travels between 0 (closed) and 100 (open) in `seconds`. `positions`: it can stop anywhere and tells where it is.

    Jammed it stays where it is, whatever it is told. `closes_after`: it closes by itself that long after it was opened (a sprinkler).
    """

    component: Literal["cover", "valve"] = "cover"
    device_class: str | None = None
    seconds: Annotated[float, Field(gt=0)] = 20.0
    positions: bool = True
    closes_after: float | None = None
    position: Position = 0.0
    goal: Position | None = None
    jammed: bool = False
    open_for: float = 0.0

    def entities(self) -> tuple[Entity, ...]:
        config: dict[str, Any] = {"command_topic": "~/move/set", "state_topic": "~/movement"}
        if self.device_class:
            config["device_class"] = self.device_class
        if self.component == "valve":
            config |= {"reports_position": False, "payload_stop": "STOP"}
        elif self.positions:
            config |= {"position_topic": "~/position", "set_position_topic": "~/position/set", "position_open": 100, "position_closed": 0}
        return (Entity(self.component, self.component, config),)

    def reports(self) -> Mapping[str, str]:
        told = {"movement": self.state}
        if self.positions and self.component == "cover":
            told["position"] = str(self._shown())
        return told

    @property
    def state(self) -> str:
        """opening, closing, open or closed."""
        if self._moving():
            return "opening" if (self.goal or 0.0) > self.position else "closing"
        return "closed" if round(self.position) == 0 else "open"

    def obey(self, command: str, payload: str, luck: Random) -> Self:
        if command == "move":
            return replace(self, goal=choose(payload, GOALS))
        if command == "position" and self.positions and self.component == "cover":
            return replace(self, goal=number(payload, 0, 100))
        raise unknown(command)

    def step(self, seconds: float, around: Around) -> Self:
        if self._moving():
            return self._travelled(seconds)
        if self.closes_after is None or self.position == 0:
            return self
        if self.open_for + seconds >= self.closes_after:
            return replace(self, goal=0.0, open_for=0.0)
        return replace(self, open_for=self.open_for + seconds)

    def effects(self) -> Effects:
        return Effects(watts=150.0 if self._moving() else 0.0)

    def _moving(self) -> bool:
        return self.goal is not None and self.goal != self.position and not self.jammed

    def _travelled(self, seconds: float) -> Self:
        goal = self.goal or 0.0
        position = towards(self.position, goal, 100 * seconds / self.seconds)
        return replace(self, position=position, goal=None if position == goal else goal, open_for=0.0)

    def _shown(self) -> int:
        """Fives on the way, so that a journey is some twenty reports."""
        return 5 * round(self.position / 5) if self._moving() else round(self.position)


@dataclass(frozen=True, slots=True)
class Lock(Thing):
    """Turns in `seconds`. It jams with `jam_chance`, and always while `stuck` (somebody leans on the door); another try may free it."""

    seconds: Annotated[float, Field(gt=0)] = 1.5
    jam_chance: Annotated[float, Field(ge=0, le=1)] = 0.0
    locked: bool = True
    goal: bool | None = None
    left: Annotated[float, Field(ge=0)] = 0.0
    jams: bool = False
    """This turn will end in a jam."""
    jammed: bool = False
    stuck: bool = False
    battery: Annotated[float, Field(ge=0, le=100)] = 82.0

    def entities(self) -> tuple[Entity, ...]:
        config = {"command_topic": "~/lock/set", "state_topic": "~/state", "value_template": "{{ value_json.lock }}"}
        return Entity("lock", "lock", config), battery_entity()

    def reports(self) -> Mapping[str, str]:
        return {"state": json.dumps({"lock": self.state, "battery": round(self.battery)})}

    @property
    def state(self) -> str:
        if self.goal is not None:
            return "LOCKING" if self.goal else "UNLOCKING"
        return "JAMMED" if self.jammed else "LOCKED" if self.locked else "UNLOCKED"

    def obey(self, command: str, payload: str, luck: Random) -> Self:
        if command != "lock":
            raise unknown(command)
        goal = choose(payload, {"LOCK": True, "UNLOCK": False})
        if self.goal is None and goal == self.locked and not self.jammed:
            return self
        if self.battery <= 0:
            raise PayloadError("the battery is empty")
        return replace(self, goal=goal, left=self.seconds, jams=self.stuck or luck.random() < self.jam_chance, battery=max(0.0, self.battery - 0.01))

    def step(self, seconds: float, around: Around) -> Self:
        if self.goal is None:
            return self
        if seconds < self.left:
            return replace(self, left=self.left - seconds)
        jammed = self.jams or self.stuck
        return replace(self, goal=None, left=0.0, jams=False, jammed=jammed, locked=self.locked if jammed else self.goal)
