"""Whose temperature a thing has: a room's, an oven's, a chip's; whether the thing behind a sensor is on; which degrees people ask of what."""

import re
from functools import lru_cache

from devices.home import Entity, Home
from devices.kinds import is_on, kinds_named

HOT = frozenset({"oven", "hob", "grill", "air_fryer", "slow_cooker", "kettle", "sauna", "hot_tub", "microwave", "toaster"})
"""Kinds whose own temperature is asked about while they are on."""
OF_ITS_OWN = HOT | {
    "coffee_maker", "washing_machine", "dishwasher", "dryer", "fridge", "freezer", "iron", "computer", "printer", "router", "charger", "aquarium",
    "pool", "water_heater", "heat_pump", "pump", "valve", "vacuum", "tv", "light", "plug", "outlet", "switch", "electric_blanket", "hair_dryer",
}  # fmt: skip
"""Kinds whose temperature is no room's."""
HEALTH = re.compile(
    r"\b(cpu|gpu|soc|chip|core|processor|board|motherboard|ssd|disk|drive|nvme|internal|device|module|relay|dimmer|battery|server|nas"
    r"|raspberry|coordinator|signal|rssi|lqi|linkquality|wi-?fi)\b"
)
"""Words in the name of a sensor that tell of the device itself."""
TYPICAL: dict[str, tuple[float, float]] = {
    "thermostat": (14, 26),
    "radiator": (14, 26),
    "heater": (14, 28),
    "air_conditioner": (16, 28),
    "heat_pump": (14, 28),
    "fireplace": (14, 28),
    "fridge": (1, 9),
    "freezer": (-30, -10),
    "oven": (60, 300),
    "grill": (80, 300),
    "air_fryer": (60, 220),
    "kettle": (60, 100),
    "water_heater": (40, 70),
    "hot_tub": (30, 42),
    "pool": (20, 34),
    "sauna": (50, 110),
}
"""Kind -> the degrees Celsius that people mostly set it to; its range may be wider."""
UNUSUAL = 0.5
"""What a number counts that the thing takes and nobody sets it to."""


def named_for(entity: Entity, home: Home) -> str:
    """The kind of thing whose own temperature the entity tells: "Oven Temperature" -> oven; "" for a room's, be it the TV room."""
    if entity.domain in ("climate", "water_heater"):
        return (entity.kind or "") if entity.kind in OF_ITS_OWN else ""
    if entity.domain != "sensor":
        return ""
    return _owner(without_room(entity, home))


@lru_cache(maxsize=8192)
def _owner(name: str) -> str:
    named = [k for k in kinds_named(name) if k in OF_ITS_OWN]
    return named[-1] if named else "pool" if "water" in name.split() else ""


def without_room(entity: Entity, home: Home) -> str:
    """Its name in lower case, without its room's."""
    name, area = entity.name.casefold(), home.areas.get(home.area_of(entity) or "")
    for room in (area.name, *area.aliases) if area else ():
        name = name.replace(room.casefold(), " ")
    return name.strip()


def owner_is_on(entity: Entity, kind: str, home: Home) -> bool:
    """The hot thing that the entity is, or whose temperature it tells, is on: of the same hardware, else of that kind in the same room."""
    if kind not in HOT:
        return False
    if entity.domain != "sensor":
        return is_on(entity)
    rest = [e for e in home.entities.values() if e.entity_id != entity.entity_id and e.domain != "light"]
    same = [e for e in rest if entity.device_id is not None and e.device_id == entity.device_id]
    there = [e for e in rest if e.kind == kind and home.area_of(e) == home.area_of(entity)]
    return any(is_on(e) for e in (*same, *there))


def is_health(entity: Entity, home: Home) -> bool:
    """It tells of a device's own state, not of its surroundings."""
    if entity.diagnostic or entity.domain != "sensor" or entity.device_class != "temperature":
        return entity.diagnostic
    return bool(HEALTH.search(without_room(entity, home)))


def plausible(entity: Entity, degrees: float) -> float:
    """1 where people set such a thing to so many degrees, less where it only takes them."""
    span = TYPICAL.get(entity.kind or "")
    if span is None:
        return 1.0
    unit = str(entity.attributes.get("temperature_unit") or entity.attributes.get("unit_of_measurement") or "")
    low, high = (span[0] * 1.8 + 32, span[1] * 1.8 + 32) if unit.upper().endswith("F") else span
    return 1.0 if low <= degrees <= high else UNUSUAL
