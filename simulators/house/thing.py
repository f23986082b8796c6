"""What every simulated thing is: a frozen state with a few pure functions.

Rules of this file and of the files of physics beside it: a thing is a frozen dataclass that holds what it is (watts, seconds of travel)
and how it stands (on, position). It never waits, never looks at a clock, and draws luck only from the generator it is handed, so the same
commands and the same seconds give the same states. Temperatures are in degrees Celsius, times in seconds, powers in watts.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any, Protocol, Self, TypeVar

T = TypeVar("T")

ON_OFF: Mapping[str, bool] = {"ON": True, "OFF": False}


class PayloadError(ValueError):
    """A command or its payload that the thing does not know; a thing that gets one stays as it is."""


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity as Home Assistant will know it.

    `key` is unique within the device; the first entity of a thing is its main one. `config` holds discovery keys written out, its topics
    relative to the device's ("~/power"). `name` None: the entity is called as its device is.
    """

    component: str
    key: str
    config: Mapping[str, Any] = field(default_factory=dict)
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Around:
    """What a thing feels of the house."""

    temperature: float = 20.0
    humidity: float = 45.0
    watts: float = 0.0
    """Of the whole house."""
    motion: bool = False
    """Somewhere in the house."""
    opening: bool = False
    """An outer door stands open."""
    luck: Random = field(default_factory=lambda: Random(0))


@dataclass(frozen=True, slots=True)
class Effects:
    """What a thing does to the house: degrees an hour and % humidity an hour to its room, watts, and what it has noticed."""

    heat: float = 0.0
    moisture: float = 0.0
    watts: float = 0.0
    motion: bool = False
    opening: bool = False

    def __add__(self, other: "Effects") -> "Effects":
        return Effects(
            self.heat + other.heat,
            self.moisture + other.moisture,
            self.watts + other.watts,
            self.motion or other.motion,
            self.opening or other.opening,
        )


NO_EFFECTS = Effects()


@dataclass(frozen=True, slots=True)
class Action:
    """A command that one thing gives to another device."""

    device: str
    command: str
    payload: str


class Thing(Protocol):
    """The contract of physics. Defaults: it knows no commands, nothing happens by itself, it affects nothing."""

    def entities(self) -> tuple[Entity, ...]:
        """The entities it shows, the main one first."""
        ...

    def reports(self) -> Mapping[str, str]:
        """What it tells: topic below the device's -> payload."""
        ...

    def obey(self, command: str, payload: str, luck: Random) -> Self:
        """The state after a command; raises PayloadError where it makes no sense."""
        raise unknown(command)

    def step(self, seconds: float, around: Around) -> Self:
        """The state `seconds` later; returns itself where nothing changed."""
        return self

    def effects(self) -> Effects:
        return NO_EFFECTS

    def triggers(self, command: str) -> tuple[Action, ...]:
        """What a command makes other devices do."""
        return ()


def unknown(command: str) -> PayloadError:
    return PayloadError(f"there is no command '{command}'")


def choose(payload: str, table: Mapping[str, T]) -> T:
    """The value of a payload in a table, upper and lower case alike."""
    for word, value in table.items():
        if word.casefold() == payload.strip().casefold():
            return value
    raise PayloadError(f"'{payload}' is none of {', '.join(table)}")


def number(payload: Any, low: float, high: float) -> float:
    """A number from `low` to `high`."""
    try:
        value = float(payload)
    except (TypeError, ValueError):
        raise PayloadError(f"'{payload}' is no number") from None
    if not math.isfinite(value) or not low <= value <= high:
        raise PayloadError(f"{payload} is not between {low:g} and {high:g}")
    return value


def approach(value: float, goal: float, seconds: float, tau: float) -> float:
    """First-order drift: after `tau` seconds 63 % of the way to `goal` is made, however the time is cut."""
    return goal + (value - goal) * math.exp(-seconds / tau)


def towards(value: float, goal: float, most: float) -> float:
    """`value` moved to `goal` by at most `most`."""
    return min(goal, value + most) if goal > value else max(goal, value - most)


def switch_word(on: bool) -> str:
    return "ON" if on else "OFF"


def battery_entity(key: str = "battery") -> Entity:
    """The battery of a device that tells it under `key` in the JSON topic `state`."""
    config = {
        "device_class": "battery",
        "unit_of_measurement": "%",
        "state_class": "measurement",
        "entity_category": "diagnostic",
        "state_topic": "~/state",
        "value_template": f"{{{{ value_json.{key} }}}}",
    }
    return Entity("sensor", "battery", config, "Battery")
