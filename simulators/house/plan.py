"""The plan of a house: its rooms and devices as data, read from YAML."""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from random import Random
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import Field, TypeAdapter, ValidationError

from simulators.house.climate import Fan, Humidifier, Oven, Thermostat
from simulators.house.lamps import Lamp
from simulators.house.openings import Cover, Lock
from simulators.house.players import Player
from simulators.house.plugs import Appliance, Plug
from simulators.house.scenes import Scene
from simulators.house.sensors import AlarmPanel, Contact, Fridge, Meter, Motion, RoomSensor
from simulators.house.thing import Effects, PayloadError, Thing, approach
from simulators.house.vacuum import Vacuum

THINGS: Mapping[str, type[Thing]] = {
    "lamp": Lamp,
    "plug": Plug,
    "appliance": Appliance,
    "oven": Oven,
    "thermostat": Thermostat,
    "fan": Fan,
    "humidifier": Humidifier,
    "cover": Cover,
    "lock": Lock,
    "player": Player,
    "vacuum": Vacuum,
    "room_sensor": RoomSensor,
    "motion": Motion,
    "contact": Contact,
    "fridge": Fridge,
    "meter": Meter,
    "alarm": AlarmPanel,
    "scene": Scene,
}
"""What a plan may call a thing."""
T = TypeVar("T")
ID = re.compile(r"[a-zA-Z0-9_-]+")


class _Words(yaml.SafeLoader):
    """YAML in which on, off, yes and no are words, as a home needs them; only true and false are true and false."""


_Words.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Words.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"true|false"), list("tf"))


class PlanError(ValueError):
    """A plan that cannot be built; its text says where and what would be right."""


@dataclass(frozen=True, slots=True)
class Room:
    """Air in a room. It drifts to `rest` (None: to what it is outside) in about `leak_hours`; things in it warm and moisten it."""

    name: str
    temperature: Annotated[float, Field(ge=-40, le=60)] = 20.0
    humidity: Annotated[float, Field(ge=0, le=100)] = 45.0
    rest: float | None = 19.0
    leak_hours: Annotated[float, Field(gt=0)] = 5.0
    dry: Annotated[float, Field(ge=0, le=100)] = 42.0
    """The humidity it drifts to."""

    def step(self, seconds: float, outside: float, effects: Effects) -> "Room":
        rest = outside if self.rest is None else self.rest
        tau = self.leak_hours * 3600
        temperature = approach(self.temperature, rest + effects.heat * self.leak_hours, seconds, tau)
        humidity = approach(self.humidity, self.dry + effects.moisture * self.leak_hours, seconds, tau)
        return replace(self, temperature=min(60.0, max(-40.0, temperature)), humidity=min(100.0, max(0.0, humidity)))


@dataclass(frozen=True, slots=True)
class Device:
    """One device of the house: who it is, where it stands, what it is, and how it announces itself.

    `discovery`: "single" is one message for each entity, "bundle" one for the whole device. `area` None: it belongs to the whole house.
    """

    id: str
    name: str
    kind: str
    thing: Thing
    area: str | None = None
    model: str = ""
    maker: str = "Hearth Works"
    discovery: Literal["single", "bundle"] = "single"

    @property
    def entity_ids(self) -> tuple[str, ...]:
        """Home Assistant's ids of its entities, the main one first."""
        return tuple(f"{entity.component}.{self.id}" + (f"_{entity.key}" if entity.name else "") for entity in self.thing.entities())


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole house."""

    rooms: tuple[Room, ...]
    devices: tuple[Device, ...]

    def device(self, device_id: str) -> Device:
        """Raises KeyError where there is no such device."""
        for device in self.devices:
            if device.id == device_id:
                return device
        raise KeyError(device_id)


def load_plan(path: Path) -> Plan:
    """Read a plan; raises PlanError that names the file and the place."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise PlanError(f"{path}: cannot be read ({error.strerror}). Give --home a YAML file like simulators/house/demo_home.yaml.") from error
    return read_plan(text, str(path))


def read_plan(text: str, source: str) -> Plan:
    """Build a plan from YAML; `source` names it in errors."""
    try:
        data = yaml.load(text, _Words)  # noqa: S506
    except yaml.YAMLError as error:
        raise PlanError(f"{source}: is not YAML: {error}") from error
    if not isinstance(data, dict) or not isinstance(data.get("devices"), list):
        raise PlanError(f"{source}: needs a list called devices.")
    try:
        rooms = tuple(build(Room, row) for row in data.get("rooms") or ())
        devices = tuple(_device(row) for row in data["devices"])
        return _checked(Plan(rooms, _with_scenes(devices)))
    except PlanError as error:
        raise PlanError(f"{source}: {error}") from None


def build(kind: type[T], values: Any) -> T:
    """A frozen dataclass from plain values, checked against its annotations; raises PlanError."""
    if not isinstance(values, Mapping):
        raise PlanError(f"'{values}' should be a map of {kind.__name__}'s fields.")
    known = _fields(kind)
    for key in values:
        if key not in known:
            near = difflib.get_close_matches(str(key), known, n=1)
            raise PlanError(f"{kind.__name__} has no field '{key}'" + (f"; did you mean '{near[0]}'?" if near else f"; it has {', '.join(known)}."))
    try:
        return TypeAdapter(kind).validate_python(dict(values))
    except ValidationError as error:
        first = error.errors()[0]
        raise PlanError(f"{kind.__name__}.{'.'.join(map(str, first['loc']))}: {first['msg']}.") from None


def changed(thing: T, values: Mapping[str, Any]) -> T:
    """The same dataclass with some fields set anew, checked; raises PlanError."""
    now = {name: getattr(thing, name) for name in _fields(type(thing))}
    return build(type(thing), now | dict(values))


def _fields(kind: type) -> list[str]:
    return [field.name for field in fields(kind)]


def _device(row: Any) -> Device:
    if not isinstance(row, Mapping) or not row.get("name"):
        raise PlanError(f"the device {row!r} needs a name.")
    what = dict(row)
    kind = str(what.pop("kind", ""))
    if kind not in THINGS:
        raise PlanError(f"device {row['name']}: kind '{kind}' is none of {', '.join(THINGS)}.")
    what.setdefault("id", slug(what["name"], what.get("area")))
    thing = build(THINGS[kind], what.pop("thing", None) or {})
    unknown = set(what) - {"id", "name", "area", "model", "maker", "discovery"}
    if unknown:
        raise PlanError(f"device {row['name']}: unknown key '{min(unknown)}'; what the thing is belongs under 'thing'.")
    return Device(kind=kind, thing=thing, **what)


def slug(name: str, area: str | None) -> str:
    """An id from a name, led by its room unless the name already says it: ("Floor lamp", "Living Room") -> living_room_floor_lamp."""
    room, plain = (re.sub(r"[^a-z0-9]+", "_", text.casefold()).strip("_") for text in (area or "", name))
    return plain if not room or plain.startswith(room) else f"{room}_{plain}"


def _with_scenes(devices: tuple[Device, ...]) -> tuple[Device, ...]:
    """Scenes told which entities they touch."""
    by_id = {device.id: device for device in devices}
    return tuple(replace(device, thing=_touching(device, device.thing, by_id)) if isinstance(device.thing, Scene) else device for device in devices)


def _touching(device: Device, scene: Scene, by_id: Mapping[str, Device]) -> Scene:
    for action in scene.actions:
        if action.device not in by_id:
            near = difflib.get_close_matches(action.device, by_id, n=1)
            raise PlanError(f"scene {device.name}: there is no device '{action.device}'" + (f"; did you mean '{near[0]}'?" if near else "."))
        try:
            by_id[action.device].thing.obey(action.command, action.payload, Random(0))
        except PayloadError as error:
            raise PlanError(f"scene {device.name}: {action.device} cannot do that: {error}.") from None
    return replace(scene, touches=tuple(dict.fromkeys(by_id[action.device].entity_ids[0] for action in scene.actions)))


def _checked(plan: Plan) -> Plan:
    for device in plan.devices:
        if not ID.fullmatch(device.id):
            raise PlanError(f"device id '{device.id}' may hold only letters, digits, _ and -.")
        if device.discovery not in ("single", "bundle"):
            raise PlanError(f"device {device.name}: discovery is 'single' or 'bundle', not '{device.discovery}'.")
        if isinstance(device.thing, Player) and device.discovery == "bundle":
            raise PlanError(f"device {device.name}: a media player cannot be in a bundle; make its discovery 'single'.")
    twice = _first_twice(device.id for device in plan.devices) or _first_twice(room.name for room in plan.rooms)
    if twice:
        raise PlanError(f"'{twice}' is there twice; give each device an id of its own.")
    return _with_all_rooms(plan)


def _first_twice(names: Iterable[str]) -> str | None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return None


def _with_all_rooms(plan: Plan) -> Plan:
    """Every area that a device names is a room."""
    known = {room.name for room in plan.rooms}
    missing = dict.fromkeys(device.area for device in plan.devices if device.area and device.area not in known)
    return replace(plan, rooms=(*plan.rooms, *(Room(area) for area in missing if area)))
