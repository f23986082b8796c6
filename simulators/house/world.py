"""The house as it stands: rooms and things together, advanced by seconds. No clock, no network."""

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from simulators.house.plan import Device, Plan, PlanError, Room, changed
from simulators.house.thing import Action, Around, Effects, Thing

LONGEST_STEP = 30.0
"""Seconds: longer times are cut into steps like this, so that a thermostat does not overshoot."""
MEAN_OUTSIDE, SWING_OUTSIDE = 12.0, 5.0


BY_HAND: Mapping[str, type] = {"plugged": bool, "silent": bool, "do": Mapping, "set": Mapping}
"""What a person can do to a device without asking it through the network.

plugged: false pulls its plug (it goes offline), true puts it back. silent: true lets it stop answering while it seems online.
do: commands as if its own buttons were pressed. set: fields of its state (docs/simulated-home.md names them).
"""


def outside_temperature(at: datetime) -> float:
    """Degrees outside at a time of day: coldest at 3, warmest at 15 o'clock."""
    hours = at.hour + at.minute / 60 + at.second / 3600
    return MEAN_OUTSIDE + SWING_OUTSIDE * math.sin(2 * math.pi * (hours - 9) / 24)


class House:
    """All states. Things are values; only this map of them changes. The same seed, commands and seconds give the same states."""

    def __init__(self, plan: Plan, now: datetime, seed: int = 0) -> None:
        self.plan = plan
        self.now = now
        self.devices: Mapping[str, Device] = {device.id: device for device in plan.devices}
        self.rooms: dict[str, Room] = {room.name: room for room in plan.rooms}
        self.things: dict[str, Thing] = {device.id: device.thing for device in plan.devices}
        self.unplugged: set[str] = set()
        self.silent: set[str] = set()
        self._luck = {device.id: Random(f"{seed}/{device.id}") for device in plan.devices}

    def advance(self, seconds: float) -> None:
        """Let time pass; nothing happens where `seconds` is not above 0."""
        while seconds > 0:
            step = min(seconds, LONGEST_STEP)
            self._step(step)
            seconds -= step

    def obey(self, device_id: str, command: str, payload: str) -> tuple[str, ...]:
        """Give a command over the network; returns the ids of the devices that heard it and answer.

        An unplugged or silent device hears nothing: (). Raises PayloadError where the command makes no sense to it, KeyError for no such device.
        """
        if self._deaf(device_id):
            return ()
        acting = [(device_id, Action(device_id, command, payload))]
        acting += [(action.device, action) for action in self.things[device_id].triggers(command)]
        for device, action in acting:
            if not self._deaf(device):
                self._press(device, action.command, action.payload)
        return tuple(dict.fromkeys(device for device, _ in acting if not self._deaf(device)))

    def by_hand(self, device_id: str, what: Mapping[str, Any]) -> None:
        """Do something to a device by hand, see BY_HAND; raises PlanError or PayloadError and changes nothing where that makes no sense."""
        for key, value in what.items():
            if not isinstance(value, BY_HAND.get(key, ())):
                raise PlanError(f"by hand '{key}': {value!r} makes no sense; plugged and silent are true or false, do and set are maps.")
        self.things[device_id] = self._handled(device_id, what)
        for key, members, belongs in (("plugged", self.unplugged, False), ("silent", self.silent, True)):
            if key in what:
                (members.add if what[key] is belongs else members.discard)(device_id)

    def set_room(self, name: str, values: Mapping[str, Any]) -> None:
        """Set a room's air (temperature, humidity) anew; raises KeyError or PlanError."""
        self.rooms[name] = changed(self.rooms[name], values)

    def online(self, device_id: str) -> bool:
        return device_id not in self.unplugged

    def reports(self, device_id: str) -> Mapping[str, str]:
        """What a device tells now; nothing where it is unplugged or silent."""
        return {} if self._deaf(device_id) else self.things[device_id].reports()

    def _deaf(self, device_id: str) -> bool:
        return device_id in self.unplugged or device_id in self.silent

    def _press(self, device_id: str, command: str, payload: str) -> None:
        self.things[device_id] = self.things[device_id].obey(command, payload, self._luck[device_id])

    def _handled(self, device_id: str, what: Mapping[str, Any]) -> Thing:
        thing = self.things[device_id]
        for command, payload in what.get("do", {}).items():
            thing = thing.obey(command, str(payload), self._luck[device_id])
        return changed(thing, what["set"]) if what.get("set") else thing

    def _step(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        outside = outside_temperature(self.now)
        here, house = self._effects()
        for name, room in self.rooms.items():
            self.rooms[name] = room.step(seconds, outside, here.get(name, Effects()))
        for device_id, thing in self.things.items():
            if device_id not in self.unplugged:
                self.things[device_id] = thing.step(seconds, self._around(device_id, house))

    def _effects(self) -> tuple[dict[str, Effects], Effects]:
        """What things do to each room, and to the whole house."""
        here: dict[str, Effects] = {}
        house = Effects()
        for device_id, thing in self.things.items():
            if device_id in self.unplugged:
                continue
            effects = thing.effects()
            house += effects
            area = self.devices[device_id].area
            if area is not None:
                here[area] = here.get(area, Effects()) + effects
        return here, house

    def _around(self, device_id: str, house: Effects) -> Around:
        area = self.devices[device_id].area
        luck = self._luck[device_id]
        around = Around(watts=house.watts, motion=house.motion, opening=house.opening, luck=luck)
        room = self.rooms.get(area or "")
        return replace(around, temperature=room.temperature, humidity=room.humidity) if room else around
