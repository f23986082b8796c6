"""The home model: what there is, where it is, and in what state.

`Home` is a value: a turn works on one snapshot from beginning to end. `LiveHome` is the one place that changes; it belongs to the
event loop and hands out snapshots. Ids, domains, states, attributes and device classes are Home Assistant's.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

NOTHING: Mapping[str, Any] = MappingProxyType({})
UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class Floor:
    """A storey."""

    floor_id: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """A room, or a place such as the garden."""

    area_id: str
    name: str
    aliases: tuple[str, ...] = ()
    floor: str | None = None


@dataclass(frozen=True, slots=True)
class Hardware:
    """A voice device that requests come from, or the hardware that entities belong to."""

    device_id: str
    name: str
    area: str | None = None
    screen: bool = False
    speaker: bool = False


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing that can be commanded or read. `area` is an area_id; `kind` is a key of devices.kinds.KINDS or None."""

    entity_id: str
    name: str
    aliases: tuple[str, ...] = ()
    area: str | None = None
    device_id: str | None = None
    domain: str = ""
    kind: str | None = None
    state: str = "unknown"
    attributes: Mapping[str, Any] = field(default_factory=dict)
    diagnostic: bool = False
    """Device health (signal, chip temperature...): never an answer to a question about a room."""

    @property
    def available(self) -> bool:
        return self.state != UNAVAILABLE

    @property
    def device_class(self) -> str | None:
        return self.attributes.get("device_class")

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Location:
    """Where the home stands. `time_zone` is an IANA name."""

    latitude: float = 52.37
    longitude: float = 4.90
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Home:
    """A snapshot. `version` changes when a name, alias, room or entity changes, not when a state does."""

    areas: Mapping[str, Area] = field(default_factory=dict)
    floors: Mapping[str, Floor] = field(default_factory=dict)
    entities: Mapping[str, Entity] = field(default_factory=dict)
    devices: Mapping[str, Hardware] = field(default_factory=dict)
    location: Location = Location()
    version: int = 0

    def area_of(self, entity: Entity) -> str | None:
        """The entity's room: its own, else its hardware's."""
        if entity.area is not None:
            return entity.area
        hardware = self.devices.get(entity.device_id or "")
        return hardware.area if hardware else None

    def floor_of(self, entity: Entity) -> str | None:
        area = self.areas.get(self.area_of(entity) or "")
        return area.floor if area else None


@dataclass(frozen=True, slots=True)
class Change:
    """One entity before and after. `by` is person, agent or device (who moved it, as far as it is known)."""

    before: Entity | None
    after: Entity | None
    by: str = "device"


Listener = Callable[[Change], None]


class LiveHome:
    """The home as it is now. Not thread-safe: the event loop owns it."""

    def __init__(self, home: Home | None = None) -> None:
        home = home or Home()
        self._areas = dict(home.areas)
        self._floors = dict(home.floors)
        self._entities = dict(home.entities)
        self._devices = dict(home.devices)
        self._location = home.location
        self._version = home.version
        self._listeners: list[Listener] = []
        self._last: Home | None = None
        """The last snapshot, while nothing has changed since."""

    def snapshot(self) -> Home:
        """A frozen copy, the last one where nothing changed since; else O(entities), about 20 us for 1,000."""
        if self._last is None or self._last.version != self._version:
            self._last = self._copy()
        return self._last

    def _copy(self) -> Home:
        return Home(
            areas=MappingProxyType(dict(self._areas)),
            floors=MappingProxyType(dict(self._floors)),
            entities=MappingProxyType(dict(self._entities)),
            devices=MappingProxyType(dict(self._devices)),
            location=self._location,
            version=self._version,
        )

    def entity(self, entity_id: str) -> Entity | None:
        return self._entities.get(entity_id)

    def put_area(self, area: Area) -> None:
        if self._areas.get(area.area_id) != area:
            self._areas[area.area_id] = area
            self._version += 1

    def put_floor(self, floor: Floor) -> None:
        if self._floors.get(floor.floor_id) != floor:
            self._floors[floor.floor_id] = floor
            self._version += 1

    def put_device(self, device: Hardware) -> None:
        if self._devices.get(device.device_id) != device:
            self._devices[device.device_id] = device
            self._version += 1

    def put(self, entity: Entity, by: str = "device") -> None:
        """Add an entity or replace it whole."""
        before = self._entities.get(entity.entity_id)
        self._entities[entity.entity_id] = entity
        self._last = None
        if before is None or _identity(before) != _identity(entity):
            self._version += 1
        self._tell(Change(before, entity, by))

    def update(self, entity_id: str, state: str | None = None, attributes: Mapping[str, Any] | None = None, by: str = "device") -> Entity | None:
        """Merge a state and attributes (None removes one) into an entity; returns it, or None where there is no such entity."""
        before = self._entities.get(entity_id)
        if before is None:
            return None
        merged = before.attributes
        if attributes:
            merged = {k: v for k, v in {**before.attributes, **attributes}.items() if v is not None}
        after = replace(before, state=before.state if state is None else state, attributes=merged)
        self._entities[entity_id] = after
        self._last = None
        if after.attributes.get("device_class") != before.attributes.get("device_class"):
            self._version += 1
        self._tell(Change(before, after, by))
        return after

    def remove(self, entity_ids: Iterable[str]) -> None:
        for entity_id in entity_ids:
            gone = self._entities.pop(entity_id, None)
            if gone is not None:
                self._version += 1
                self._tell(Change(gone, None))

    def on_change(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with every change; returns its own unsubscribe."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _tell(self, change: Change) -> None:
        for listener in tuple(self._listeners):
            listener(change)


def _identity(entity: Entity) -> tuple[object, ...]:
    return (entity.name, entity.aliases, entity.area, entity.device_id, entity.domain, entity.kind, entity.device_class)
