"""The robot vacuum: cleans, returns, docks, charges."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Annotated, Literal, Self, TypeVar

from pydantic import Field

from simulators.house.thing import Around, Effects, Entity, Thing, battery_entity, choose, unknown

State = Literal["docked", "cleaning", "returning", "paused", "idle", "error"]
SPEEDS = ("quiet", "standard", "turbo")
FEATURES = ("start", "pause", "stop", "return_home", "locate", "clean_spot", "fan_speed")
COMMANDS: Mapping[str, State | None] = {
    "start": "cleaning",
    "clean_spot": "cleaning",
    "pause": "paused",
    "stop": "idle",
    "return_to_base": "returning",
    "locate": None,
}


@dataclass(frozen=True, slots=True)
class Vacuum(Thing):
    """Cleans for `cleaning` seconds, then takes `returning` seconds home. Near an empty battery it returns earlier; stuck it is in error."""

    cleaning: Annotated[float, Field(gt=0)] = 1800.0
    returning: Annotated[float, Field(gt=0)] = 60.0
    state: State = "docked"
    left: Annotated[float, Field(ge=0)] = 0.0
    battery: Annotated[float, Field(ge=0, le=100)] = 100.0
    fan_speed: Literal["quiet", "standard", "turbo"] = "standard"
    stuck: bool = False

    def entities(self) -> tuple[Entity, ...]:
        config = {
            "command_topic": "~/vacuum/set",
            "state_topic": "~/state",
            "set_fan_speed_topic": "~/fan_speed/set",
            "fan_speed_list": list(SPEEDS),
            "supported_features": list(FEATURES),
        }
        return Entity("vacuum", "vacuum", config), battery_entity("battery_level")

    def reports(self) -> Mapping[str, str]:
        return {"state": json.dumps({"state": self.state, "battery_level": round(self.battery), "fan_speed": self.fan_speed})}

    def obey(self, command: str, payload: str, luck: Random) -> Self:
        if command == "fan_speed":
            speeds: Mapping[str, Literal["quiet", "standard", "turbo"]] = {"quiet": "quiet", "standard": "standard", "turbo": "turbo"}
            return replace(self, fan_speed=choose(payload, speeds))
        if command != "vacuum":
            raise unknown(command)
        asked = choose(payload, COMMANDS)
        if asked is None or (self.state == "docked" and asked != "cleaning"):
            return self
        return self._sent(asked, spot=payload == "clean_spot")

    def step(self, seconds: float, around: Around) -> Self:
        if self.state == "docked":
            return self if self.battery >= 100 else replace(self, battery=min(100.0, self.battery + seconds / 60))
        if self.state not in ("cleaning", "returning"):
            return self
        if self.stuck:
            return replace(self, state="error")
        return _arrived(replace(self, left=max(0.0, self.left - seconds), battery=max(0.0, self.battery - seconds / 60)))

    def effects(self) -> Effects:
        return Effects(watts=25.0 if self.state == "docked" and self.battery < 100 else 0.0)

    def _sent(self, state: State, *, spot: bool) -> Self:
        if state == "cleaning":
            resumed = self.left if self.state == "paused" and self.left > 0 and not spot else self.cleaning / (10 if spot else 1)
            return replace(self, state=state, left=self.left if self.state == "cleaning" and not spot else resumed)
        if state == "returning":
            return replace(self, state=state, left=self.returning)
        return replace(self, state=state, left=self.left if state == "paused" and self.state == "cleaning" else 0.0)


V = TypeVar("V", bound=Vacuum)


def _arrived(vacuum: V) -> V:
    """What follows when the time of a journey is over."""
    if vacuum.state == "cleaning" and (vacuum.left == 0 or vacuum.battery < 15):
        return replace(vacuum, state="returning", left=vacuum.returning)
    if vacuum.state == "returning" and vacuum.left == 0:
        return replace(vacuum, state="docked")
    return vacuum
