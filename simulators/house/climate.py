"""What warms, cools, moistens and moves the air: oven, thermostat, fan, humidifier."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Annotated, Any, Literal, Self

from pydantic import Field

from simulators.house.thing import ON_OFF, Around, Effects, Entity, Thing, approach, choose, number, switch_word, towards, unknown

Mode = Literal["off", "heat", "cool"]
Percent = Annotated[int, Field(ge=0, le=100)]
HYSTERESIS = 0.2


def _climate(told: bool, modes: tuple[str, ...], low: float, high: float, step: float) -> Entity:
    """A climate entity; `told`: its state is one JSON topic, read through templates, else a topic each."""
    config: dict[str, Any] = {
        "mode_command_topic": "~/mode/set",
        "temperature_command_topic": "~/target/set",
        "modes": list(modes),
        "min_temp": low,
        "max_temp": high,
        "temp_step": step,
        "temperature_unit": "C",
        "precision": 0.1,
    }
    for key, prefix in (("mode", "mode_state"), ("target", "temperature_state"), ("current", "current_temperature"), ("action", "action")):
        config[f"{prefix}_topic"] = "~/state" if told else f"~/{key}"
        if told:
            config[f"{prefix}_template"] = f"{{{{ value_json.{key} }}}}"
    return Entity("climate", "climate", config)


@dataclass(frozen=True, slots=True)
class Oven(Thing):
    """Warms by `rate` degrees a second to its target, cools towards the room in about 20 minutes. Setting a target does not switch it on."""

    low: float = 30.0
    high: float = 250.0
    rate: Annotated[float, Field(gt=0)] = 0.4
    watts: float = 2500.0
    mode: Literal["off", "heat"] = "off"
    target: Annotated[float, Field(ge=30, le=300)] = 180.0
    current: Annotated[float, Field(ge=-40, le=320)] = 20.0

    def entities(self) -> tuple[Entity, ...]:
        return (_climate(False, ("off", "heat"), self.low, self.high, 5.0),)

    def reports(self) -> Mapping[str, str]:
        return {"mode": self.mode, "target": f"{self.target:.0f}", "current": f"{self.current:.0f}", "action": self.action}

    @property
    def action(self) -> str:
        return "off" if self.mode == "off" else "heating" if self.current < self.target - 1 else "idle"

    def obey(self, command: str, payload: str, luck: Random) -> Self:
        if command == "mode":
            modes: Mapping[str, Literal["off", "heat"]] = {"off": "off", "heat": "heat"}
            return replace(self, mode=choose(payload, modes))
        if command == "target":
            return replace(self, target=number(payload, self.low, self.high))
        raise unknown(command)

    def step(self, seconds: float, around: Around) -> Self:
        if self.mode == "heat" and self.current <= self.target:
            return replace(self, current=towards(self.current, self.target, self.rate * seconds))
        floor = self.target if self.mode == "heat" else around.temperature
        return replace(self, current=approach(self.current, floor, seconds, 1200))

    def effects(self) -> Effects:
        return Effects(heat=max(0.0, self.current - 30) / 100, watts=self.watts if self.action == "heating" else 40.0 if self.mode == "heat" else 0.0)


@dataclass(frozen=True, slots=True)
class Thermostat(Thing):
    """Keeps its room at the target within a fifth of a degree. `gain`: how many degrees an hour it can add or take away.

    `json`: it tells its state in one JSON topic, as Zigbee gateways do.
    """

    modes: tuple[Mode, ...] = ("off", "heat")
    low: float = 5.0
    high: float = 30.0
    gain: float = 6.0
    watts: float = 0.0
    json: bool = False
    mode: Mode = "heat"
    target: Annotated[float, Field(ge=5, le=30)] = 20.0
    current: float = 20.0
    working: bool = False

    def entities(self) -> tuple[Entity, ...]:
        return (_climate(self.json, self.modes, self.low, self.high, 0.5),)

    def reports(self) -> Mapping[str, str]:
        told: dict[str, Any] = {"mode": self.mode, "target": round(self.target, 1), "current": round(self.current, 1), "action": self.action}
        return {"state": json.dumps(told)} if self.json else {key: str(value) for key, value in told.items()}

    @property
    def action(self) -> str:
        if self.mode == "off":
            return "off"
        return {"heat": "heating", "cool": "cooling"}[self.mode] if self.working else "idle"

    def obey(self, command: str, payload: str, luck: Random) -> Self:
        if command == "mode":
            return replace(self, mode=choose(payload, {mode: mode for mode in self.modes}))
        if command == "target":
            return replace(self, target=number(payload, self.low, self.high))
        raise unknown(command)

    def step(self, seconds: float, around: Around) -> Self:
        moved = abs(around.temperature - self.current) >= 0.1
        working = self._works(around.temperature)
        if not moved and working == self.working:
            return self
        return replace(self, current=around.temperature if moved else self.current, working=working)

    def effects(self) -> Effects:
        if not self.working or self.mode == "off":
            return Effects()
        return Effects(heat=self.gain if self.mode == "heat" else -self.gain, watts=self.watts)

    def _works(self, temperature: float) -> bool:
        if self.mode == "off":
            return False
        lacking = self.target - temperature if self.mode == "heat" else temperature - self.target
        return lacking > -HYSTERESIS if self.working else lacking > HYSTERESIS


@dataclass(frozen=True, slots=True)
class Fan(Thing):
    """A fan; with `speeds` any percentage can be asked for. Its speed outlives being off."""

    speeds: bool = True
    watts: float = 40.0
    on: bool = False
    speed: Annotated[int, Field(ge=1, le=100)] = 50

    def entities(self) -> tuple[Entity, ...]:
        config = {"command_topic": "~/power/set", "state_topic": "~/power"}
        if self.speeds:
            config |= {"percentage_command_topic": "~/percentage/set", "percentage_state_topic": "~/percentage"}
        return (Entity("fan", "fan", config),)

    def reports(self) -> Mapping[str, str]:
        told = {"power": switch_word(self.on)}
        return told | {"percentage": str(self.speed if self.on else 0)} if self.speeds else told

    def obey(self, command: str, payload: str, luck: Random) -> Self:
        if command == "power":
            return replace(self, on=choose(payload, ON_OFF))
        if command == "percentage" and self.speeds:
            speed = round(number(payload, 0, 100))
            return replace(self, on=True, speed=speed) if speed else replace(self, on=False)
        raise unknown(command)

    def effects(self) -> Effects:
        return Effects(watts=self.watts * (self.speed if self.speeds else 100) / 100) if self.on else Effects()


@dataclass(frozen=True, slots=True)
class Humidifier(Thing):
    """Moistens its room up to the target humidity (%). `gain`: % an hour."""

    low: Percent = 30
    high: Percent = 80
    gain: float = 20.0
    watts: float = 30.0
    on: bool = False
    target: Percent = 50
    current: Annotated[float, Field(ge=0, le=100)] = 45.0
    working: bool = False

    def entities(self) -> tuple[Entity, ...]:
        config = {
            "device_class": "humidifier",
            "command_topic": "~/power/set",
            "state_topic": "~/power",
            "target_humidity_command_topic": "~/target/set",
            "target_humidity_state_topic": "~/target",
            "current_humidity_topic": "~/current",
            "action_topic": "~/action",
            "min_humidity": self.low,
            "max_humidity": self.high,
        }
        return (Entity("humidifier", "humidifier", config),)

    def reports(self) -> Mapping[str, str]:
        action = "off" if not self.on else "humidifying" if self.working else "idle"
        return {"power": switch_word(self.on), "target": str(self.target), "current": f"{self.current:.0f}", "action": action}

    def obey(self, command: str, payload: str, luck: Random) -> Self:
        if command == "power":
            return replace(self, on=choose(payload, ON_OFF))
        if command == "target":
            return replace(self, target=round(number(payload, self.low, self.high)))
        raise unknown(command)

    def step(self, seconds: float, around: Around) -> Self:
        working = self.on and around.humidity < self.target + (1 if self.working else -1)
        moved = abs(around.humidity - self.current) >= 1
        if not moved and working == self.working:
            return self
        return replace(self, current=around.humidity if moved else self.current, working=working)

    def effects(self) -> Effects:
        return Effects(moisture=self.gain, watts=self.watts) if self.on and self.working else Effects()
