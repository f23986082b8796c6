"""What only looks: room sensors, motion, doors, the fridge, the meter; and the alarm panel that watches them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Annotated, Any, Literal, Self

from pydantic import Field

from simulators.house.thing import Around, Effects, Entity, Thing, approach, battery_entity, choose, switch_word, unknown

Battery = Annotated[float, Field(ge=0, le=100)]
DRAIN = 0.2 / 86400
"""% of a battery a second."""


def _measure(key: str, device_class: str, unit: str, state_class: str = "measurement") -> Entity:
    config = {
        "device_class": device_class,
        "unit_of_measurement": unit,
        "state_class": state_class,
        "state_topic": "~/state",
        "value_template": f"{{{{ value_json.{key} }}}}",
    }
    return Entity("sensor", key, config, key.capitalize())


def _drained(battery: float, seconds: float) -> float:
    return max(0.0, battery - DRAIN * seconds)


@dataclass(frozen=True, slots=True)
class RoomSensor(Thing):
    """Temperature and humidity where it hangs, told when they moved by .2 degrees or 1 %."""

    temperature: float = 20.0
    humidity: Annotated[float, Field(ge=0, le=100)] = 45.0
    battery: Battery = 90.0

    def entities(self) -> tuple[Entity, ...]:
        return _measure("temperature", "temperature", "°C"), _measure("humidity", "humidity", "%"), battery_entity()

    def reports(self) -> Mapping[str, str]:
        state = {"temperature": round(self.temperature, 1), "humidity": round(self.humidity), "battery": round(self.battery)}
        return {"state": json.dumps(state)}

    def step(self, seconds: float, around: Around) -> Self:
        warmer = abs(around.temperature - self.temperature) >= 0.2
        damper = abs(around.humidity - self.humidity) >= 1
        return replace(
            self,
            temperature=around.temperature if warmer else self.temperature,
            humidity=around.humidity if damper else self.humidity,
            battery=_drained(self.battery, seconds),
        )


@dataclass(frozen=True, slots=True)
class Motion(Thing):
    """Sees movement and forgets it after `clears` seconds. `per_hour`: how often somebody passes by chance."""

    clears: Annotated[float, Field(gt=0)] = 60.0
    per_hour: Annotated[float, Field(ge=0)] = 0.0
    moving: bool = False
    left: Annotated[float, Field(ge=0)] = 0.0
    next_in: float | None = None

    def entities(self) -> tuple[Entity, ...]:
        return (Entity("binary_sensor", "motion", {"device_class": "motion", "state_topic": "~/motion"}),)

    def reports(self) -> Mapping[str, str]:
        return {"motion": switch_word(self.moving)}

    def step(self, seconds: float, around: Around) -> Self:
        if self.moving:
            left = (self.left or self.clears) - seconds
            return replace(self, moving=left > 0, left=max(0.0, left))
        return self._awaited(seconds, around.luck) if self.per_hour else self

    def effects(self) -> Effects:
        return Effects(motion=self.moving)

    def _awaited(self, seconds: float, luck: Random) -> Self:
        due = (luck.expovariate(self.per_hour / 3600) if self.next_in is None else self.next_in) - seconds
        if due > 0:
            return replace(self, next_in=due)
        return replace(self, moving=True, left=self.clears, next_in=None)


@dataclass(frozen=True, slots=True)
class Contact(Thing):
    """A door or window that stands open or not. `outer`: the alarm panel minds it."""

    device_class: Literal["door", "window", "garage_door"] = "door"
    outer: bool = True
    open: bool = False
    battery: Battery = 75.0

    def entities(self) -> tuple[Entity, ...]:
        config = {"device_class": self.device_class, "state_topic": "~/state", "value_template": "{{ value_json.contact }}"}
        return Entity("binary_sensor", self.device_class, config), battery_entity()

    def reports(self) -> Mapping[str, str]:
        return {"state": json.dumps({"contact": switch_word(self.open), "battery": round(self.battery)})}

    def step(self, seconds: float, around: Around) -> Self:
        return replace(self, battery=_drained(self.battery, seconds))

    def effects(self) -> Effects:
        return Effects(opening=self.open and self.outer)


@dataclass(frozen=True, slots=True)
class Fridge(Thing):
    """Keeps 4 degrees; warms slowly while its door stands open."""

    temperature: float = 4.0
    shown: float = 4.0
    open: bool = False

    def entities(self) -> tuple[Entity, ...]:
        door: dict[str, Any] = {"device_class": "door", "state_topic": "~/door"}
        config = {"device_class": "temperature", "unit_of_measurement": "°C", "state_class": "measurement", "state_topic": "~/temperature"}
        return Entity("sensor", "temperature", config, "Temperature"), Entity("binary_sensor", "door", door, "Door")

    def reports(self) -> Mapping[str, str]:
        return {"temperature": f"{self.shown:.1f}", "door": switch_word(self.open)}

    def step(self, seconds: float, around: Around) -> Self:
        goal, tau = (around.temperature, 3600.0) if self.open else (4.0, 900.0)
        temperature = approach(self.temperature, goal, seconds, tau)
        return replace(self, temperature=temperature, shown=temperature if abs(temperature - self.shown) >= 0.3 else self.shown)

    def effects(self) -> Effects:
        return Effects(watts=120.0 if self.temperature > 4.5 else 60.0)


@dataclass(frozen=True, slots=True)
class Meter(Thing):
    """The electricity of the whole house: watts, told when they moved by 5, and kilowatt-hours."""

    watts: Annotated[float, Field(ge=0)] = 0.0
    energy: Annotated[float, Field(ge=0)] = 1234.0

    def entities(self) -> tuple[Entity, ...]:
        return _measure("power", "power", "W"), _measure("energy", "energy", "kWh", "total_increasing")

    def reports(self) -> Mapping[str, str]:
        return {"state": json.dumps({"power": round(self.watts), "energy": round(self.energy, 1)})}

    def step(self, seconds: float, around: Around) -> Self:
        energy = self.energy + around.watts * seconds / 3.6e6
        return replace(self, watts=around.watts if abs(around.watts - self.watts) >= 5 else self.watts, energy=energy)


Armed = Literal["armed_home", "armed_away", "armed_night"]
ARMING: Mapping[str, Armed | None] = {"DISARM": None, "ARM_HOME": "armed_home", "ARM_AWAY": "armed_away", "ARM_NIGHT": "armed_night"}


@dataclass(frozen=True, slots=True)
class AlarmPanel(Thing):
    """Arms after `delay` seconds when everybody leaves, at once otherwise. What it notices is pending for `delay`, then sounds for `sounds`.

    Away it minds movement and outer doors, else the doors only. It needs no code.
    """

    delay: Annotated[float, Field(ge=0)] = 30.0
    sounds: Annotated[float, Field(gt=0)] = 300.0
    armed: Armed | None = None
    state: Literal["disarmed", "arming", "armed_home", "armed_away", "armed_night", "pending", "triggered"] = "disarmed"
    left: Annotated[float, Field(ge=0)] = 0.0

    def entities(self) -> tuple[Entity, ...]:
        config = {
            "command_topic": "~/alarm/set",
            "state_topic": "~/alarm",
            "supported_features": ["arm_home", "arm_away", "arm_night"],
            "code_arm_required": False,
            "code_disarm_required": False,
        }
        return (Entity("alarm_control_panel", "alarm", config),)

    def reports(self) -> Mapping[str, str]:
        return {"alarm": self.state}

    def obey(self, command: str, payload: str, luck: Random) -> Self:
        if command != "alarm":
            raise unknown(command)
        armed = choose(payload, ARMING)
        if armed == "armed_away" and self.delay > 0 and self.state != "armed_away":
            return replace(self, armed=armed, state="arming", left=self.delay)
        return replace(self, armed=armed, state=armed or "disarmed", left=0.0)

    def step(self, seconds: float, around: Around) -> Self:
        if self.armed is None:
            return self
        if self.state == self.armed:
            noticed = around.opening or (around.motion and self.armed == "armed_away")
            return replace(self, state="pending", left=self.delay) if noticed else self
        if seconds < self.left:
            return replace(self, left=self.left - seconds)
        if self.state == "pending":
            return replace(self, state="triggered", left=self.sounds)
        return replace(self, state=self.armed, left=0.0)
