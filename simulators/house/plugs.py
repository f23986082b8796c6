"""Switched things: plain ones (a heater, a fireplace, an outlet) and appliances that run a program to its end."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Annotated, Any, Self

from pydantic import Field

from simulators.house.thing import ON_OFF, Around, Effects, Entity, Thing, approach, choose, switch_word, unknown


def _switch(device_class: str | None = None) -> Entity:
    config: dict[str, Any] = {"command_topic": "~/power/set", "state_topic": "~/power"}
    return Entity("switch", "switch", config | ({"device_class": device_class} if device_class else {}))


@dataclass(frozen=True, slots=True)
class Plug(Thing):
    """On or off. `heat` is what it gives its room (degrees an hour); `meters` tells its watts, `chip` the temperature of its relay's chip."""

    watts: float = 0.0
    heat: float = 0.0
    outlet: bool = False
    meters: bool = False
    chip: Annotated[float, Field(ge=-40, le=125)] | None = None
    on: bool = False

    def entities(self) -> tuple[Entity, ...]:
        shown = [_switch("outlet" if self.outlet else None)]
        if self.meters:
            shown.append(_measured("power", "power", "W", "~/watts"))
        if self.chip is not None:
            shown.append(_measured("chip_temperature", "temperature", "°C", "~/chip", {"entity_category": "diagnostic"}))
        return tuple(shown)

    def reports(self) -> Mapping[str, str]:
        told = {"power": switch_word(self.on)}
        if self.meters:
            told["watts"] = f"{self.watts if self.on else 0.0:.1f}"
        if self.chip is not None:
            told["chip"] = f"{self.chip:.0f}"
        return told

    def obey(self, command: str, payload: str, luck: Random) -> Self:
        if command != "power":
            raise unknown(command)
        return replace(self, on=choose(payload, ON_OFF))

    def step(self, seconds: float, around: Around) -> Self:
        if self.chip is None:
            return self
        warmer = 30.0 if self.on else 24.0
        return replace(self, chip=approach(self.chip, min(max(around.temperature + warmer, -40.0), 125.0), seconds, 600))

    def effects(self) -> Effects:
        return Effects(heat=self.heat, watts=self.watts) if self.on else Effects()


def _measured(key: str, device_class: str, unit: str, topic: str, more: Mapping[str, Any] | None = None) -> Entity:
    config = {"device_class": device_class, "unit_of_measurement": unit, "state_class": "measurement", "state_topic": topic}
    return Entity("sensor", key, config | dict(more or {}), key.replace("_", " ").capitalize())


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of a program: its name as it is reported, seconds, watts."""

    name: str
    seconds: Annotated[float, Field(gt=0)]
    watts: float = 0.0


@dataclass(frozen=True, slots=True)
class Appliance(Thing):
    """Switched on it runs its phases and switches itself off. Switched off before the end it is idle again.

    `programs`: how much longer than the phases say each program takes. `tells`: it has sensors for its status and the minutes left.
    """

    phases: Annotated[tuple[Phase, ...], Field(min_length=1)]
    programs: Mapping[str, Annotated[float, Field(gt=0)]] | None = None
    tells: bool = True
    on: bool = False
    elapsed: Annotated[float, Field(ge=0)] = 0.0
    done: bool = False
    program: str = ""

    def entities(self) -> tuple[Entity, ...]:
        shown = [_switch()]
        if self.tells:
            options = ["idle", *dict.fromkeys(phase.name for phase in self.phases), "done"]
            shown.append(Entity("sensor", "status", {"device_class": "enum", "options": options, "state_topic": "~/phase"}, "Status"))
            left = {"device_class": "duration", "unit_of_measurement": "min", "state_topic": "~/minutes_left"}
            shown.append(Entity("sensor", "minutes_left", left, "Minutes left"))
        if self.programs:
            select = {"options": list(self.programs), "command_topic": "~/program/set", "state_topic": "~/program"}
            shown.append(Entity("select", "program", select, "Program"))
        return tuple(shown)

    def reports(self) -> Mapping[str, str]:
        told = {"power": switch_word(self.on)}
        if self.tells:
            told |= {"phase": self.status, "minutes_left": str(math.ceil((self._length() - self.elapsed) / 60) if self.on else 0)}
        if self.programs:
            told["program"] = self._program()
        return told

    @property
    def status(self) -> str:
        """The phase it is in, else done or idle."""
        phase = self._phase()
        return phase.name if phase else "done" if self.done else "idle"

    def obey(self, command: str, payload: str, luck: Random) -> Self:
        if command == "program" and self.programs:
            return replace(self, program=choose(payload, {name: name for name in self.programs}))
        if command != "power":
            raise unknown(command)
        if choose(payload, ON_OFF):
            return self if self.on else replace(self, on=True, elapsed=0.0, done=False)
        return replace(self, on=False, elapsed=0.0, done=self.done and not self.on)

    def step(self, seconds: float, around: Around) -> Self:
        if not self.on:
            return self
        elapsed = self.elapsed + seconds
        if elapsed >= self._length():
            return replace(self, on=False, elapsed=0.0, done=True)
        return replace(self, elapsed=elapsed)

    def effects(self) -> Effects:
        phase = self._phase()
        return Effects(watts=phase.watts) if phase else Effects()

    def _program(self) -> str:
        names = tuple(self.programs or ())
        return self.program if self.program in names else names[0] if names else ""

    def _factor(self) -> float:
        return (self.programs or {}).get(self._program(), 1.0)

    def _length(self) -> float:
        return sum(phase.seconds for phase in self.phases) * self._factor()

    def _phase(self) -> Phase | None:
        if not self.on:
            return None
        gone = self.elapsed / self._factor()
        for phase in self.phases:
            if gone < phase.seconds:
                return phase
            gone -= phase.seconds
        return self.phases[-1]
