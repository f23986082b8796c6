"""HOME.json: a home whose areas, entities and states are given in a file. pydantic reads it; nothing of pydantic goes further."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from devices.home import Area, Entity, Floor, Hardware, Home, Location
from devices.kinds import KINDS, infer, plain_class

WRITTEN_BOOLEANS = {"True": "on", "False": "off"}
"""States that a YAML reader has taken for booleans on their way here."""


class HomeFileError(Exception):
    """The home file cannot be read. The message is one sentence that names the file and the key."""


def state_text(value: object) -> str:
    """A state as Home Assistant writes it: None -> "unknown", True -> "on", 21.0 -> "21.0"."""
    if value is None:
        return "unknown"
    return WRITTEN_BOOLEANS.get(str(value), str(value))


def _state(value: object) -> object:
    return state_text(value) if value is None or isinstance(value, str | bool | int | float) else value


def _zone(value: object) -> object:
    if isinstance(value, str):
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(f"there is no time zone {value!r}") from error
    return value


def _said(value: object) -> object:
    """Aliases: Home Assistant writes null for "the entity's own name"."""
    return [alias for alias in value if alias is not None] if isinstance(value, list) else [] if value is None else value


Name = Annotated[str, Field(min_length=1)]
Aliases = Annotated[tuple[str, ...], BeforeValidator(_said, json_schema_input_type=list[str])]
Id = Annotated[str, Field(pattern=r"^[a-z0-9_]+\..+$")]


class _Given(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class _Floor(_Given):
    floor_id: Name
    name: Name
    aliases: Aliases = ()


class _Area(_Given):
    area_id: Name
    name: Name
    aliases: Aliases = ()
    floor: str | None = None


class _Device(_Given):
    device_id: Name
    name: Name
    area: str | None = None
    screen: bool = False
    speaker: bool = False
    model: Any = None


class _Entity(_Given):
    entity_id: Id
    name: Name
    aliases: Aliases = ()
    area: str | None = None
    device_id: str | None = None
    domain: str | None = None
    kind: str | None = None
    state: Annotated[str, BeforeValidator(_state)]
    attributes: dict[str, Any] | None = None
    diagnostic: bool = False
    entity_category: str | None = None


class _Location(_Given):
    latitude: float = Field(Location().latitude, ge=-90, le=90)
    longitude: float = Field(Location().longitude, ge=-180, le=180)
    time_zone: Annotated[str, BeforeValidator(_zone)] = Location().time_zone


class _House(_Given):
    areas: list[_Area]
    entities: list[_Entity]
    floors: list[_Floor] | None = None
    devices: list[_Device] | None = None
    location: _Location | None = None


_READER = TypeAdapter(_House)


def load_home(path: Path | str) -> Home:
    """The home of a HOME.json (PROTOCOL.md). Raises HomeFileError, whose sentence names the file and the key."""
    path = Path(path)
    try:
        text = path.read_bytes()
    except OSError as error:
        raise HomeFileError(f"The home file {path} cannot be read: {error.strerror or error}.") from error
    try:
        return home_of(_READER.validate_json(text))
    except ValidationError as error:
        raise HomeFileError(_sentence(path, error)) from error


def _sentence(path: Path, error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    if first["type"] == "json_invalid":
        return f"The home file {path} is not JSON: {first['ctx']['error']}."
    more = f" ({error.error_count() - 1} more like it)" if error.error_count() > 1 else ""
    given = json.dumps(first["input"], default=str)
    shown = "" if first["type"] == "missing" or len(given) > 60 else f", not {given}"
    return f"The home file {path} is broken at {_key(first['loc'])}: {_wrong(first)}{shown}{more}."


def _key(location: tuple[int | str, ...]) -> str:
    """("entities", 3, "state") -> "entities[3].state"."""
    key = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)
    return key.lstrip(".") or "the top"


def _wrong(first: Mapping[str, Any]) -> str:
    if first["type"] == "missing":
        return "this key is missing"
    if first["type"] == "string_pattern_mismatch":
        return 'this must be an id such as "light.desk"'
    message = str(first["msg"]).removeprefix("Value error, ").removeprefix("Input ")
    return f"this {message}" if message.startswith("should ") else message


def home_of(house: _House) -> Home:
    """The home model of a house as read. Rooms and storeys that are only referred to are made, named after their ids."""
    devices = {d.device_id: Hardware(d.device_id, d.name, d.area, d.screen, d.speaker) for d in house.devices or ()}
    models = {d.device_id: d.model if isinstance(d.model, str) else "" for d in house.devices or ()}
    areas = {a.area_id: Area(a.area_id, a.name, a.aliases, a.floor) for a in house.areas}
    entities: dict[str, Entity] = {}
    for given in house.entities:
        read = _entity(given, devices.get(given.device_id or ""), models.get(given.device_id or "", ""))
        known = entities.get(given.entity_id)
        entities[given.entity_id] = read if known is None else _named_too(known, read)
    for area_id in (*(entity.area for entity in entities.values()), *(device.area for device in devices.values())):
        if area_id is not None and area_id not in areas:
            areas[area_id] = Area(area_id, area_id.replace("_", " "))
    floors = {f.floor_id: Floor(f.floor_id, f.name, f.aliases) for f in house.floors or ()}
    for area in areas.values():
        if area.floor is not None and area.floor not in floors:
            floors[area.floor] = Floor(area.floor, area.floor.replace("_", " "))
    location = Location(house.location.latitude, house.location.longitude, house.location.time_zone) if house.location else Location()
    return Home(areas, floors, entities, devices, location, version=1)


def _named_too(known: Entity, again: Entity) -> Entity:
    """An id that stands there twice is one thing with more names."""
    more = tuple(name for name in again.names if name not in known.names)
    return replace(known, aliases=(*known.aliases, *more))


def _entity(given: _Entity, hardware: Hardware | None, model: str) -> Entity:
    attributes = given.attributes or {}
    if "device_class" in attributes:
        attributes = {**attributes, "device_class": plain_class(attributes["device_class"]) or None}
    domain = given.domain or given.entity_id.split(".", 1)[0]
    kind = given.kind if given.kind in KINDS else infer(given.name, domain, attributes.get("device_class"), model, attributes)
    area = given.area if given.area is not None else hardware.area if hardware else None
    return Entity(given.entity_id, given.name, given.aliases, area, given.device_id, domain, kind, given.state, attributes, _is_diagnostic(given))


def _is_diagnostic(given: _Entity) -> bool:
    """As it says itself, or by Home Assistant's entity category, beside the entity or among its attributes."""
    told = (given.entity_category, str((given.attributes or {}).get("entity_category")))
    return given.diagnostic or "diagnostic" in told or "config" in told
