"""Whose temperature it is: the room's, a thing's, a chip's."""

import json
from pathlib import Path

import pytest

from devices.heat import UNUSUAL, is_health, named_for, owner_is_on, plausible
from devices.home import Area, Entity, Home
from devices.home_file import load_home

ROOMS = {a: Area(a, n) for a, n in (("kitchen", "Kitchen"), ("tv", "TV Room"), ("server", "Server Room"))}


def sensor(name: str, area: str = "kitchen", state: str = "20") -> Entity:
    kind = "temperature_sensor"
    return Entity(f"sensor.{name}", name, area=area, domain="sensor", kind=kind, state=state, attributes={"device_class": "temperature"})


def oven(state: str, area: str = "kitchen") -> Entity:
    return Entity("switch.oven", "Oven", area=area, domain="switch", kind="oven", state=state)


def home(*things: Entity) -> Home:
    return Home(areas=ROOMS, entities={t.entity_id: t for t in things})


@pytest.mark.parametrize(
    ("name", "area", "of"),
    [
        ("Oven Temperature", "kitchen", "oven"),
        ("Kitchen Fridge Temperature", "kitchen", "fridge"),
        ("Freezer", "kitchen", "freezer"),
        ("Pool Water Temperature", "kitchen", "pool"),
        ("Hot Water", "kitchen", "water_heater"),
        ("TV Room Temperature", "tv", ""),
        ("Kitchen Temperature", "kitchen", ""),
        ("Motion Sensor Temperature", "kitchen", ""),
    ],
)
def test_a_sensors_name_tells_whose_temperature_it_is(name: str, area: str, of: str) -> None:
    assert named_for(sensor(name, area), home()) == of


@pytest.mark.parametrize("name", ["CPU Temperature", "Plug Device Temperature", "NAS Disk Temperature", "Phone Battery Temperature", "Chip"])
def test_what_a_device_tells_of_itself_is_no_room(name: str) -> None:
    assert is_health(sensor(name), home())


@pytest.mark.parametrize(("name", "area"), [("Server Room Temperature", "server"), ("Kitchen Temperature", "kitchen"), ("Thermometer", "kitchen")])
def test_what_a_room_is_like_is_no_devices_health(name: str, area: str) -> None:
    assert not is_health(sensor(name, area), home())


def test_the_thing_behind_a_sensor_is_on_or_off_where_the_sensor_is() -> None:
    probe = sensor("Oven Temperature")
    assert owner_is_on(probe, "oven", home(probe, oven("on")))
    assert not owner_is_on(probe, "oven", home(probe, oven("off")))
    assert not owner_is_on(probe, "oven", home(probe, oven("on", "tv")))


def test_people_set_things_to_what_is_usual_in_their_unit() -> None:
    celsius = Entity("climate.t", "T", domain="climate", kind="thermostat")
    fahrenheit = Entity("climate.f", "F", domain="climate", kind="thermostat", attributes={"temperature_unit": "°F"})
    assert (plausible(celsius, 21), plausible(celsius, 5)) == (1.0, UNUSUAL)
    assert (plausible(fahrenheit, 70), plausible(fahrenheit, 21)) == (1.0, UNUSUAL)


@pytest.mark.parametrize("told", [{"diagnostic": True}, {"entity_category": "diagnostic"}, {"attributes": {"entity_category": "diagnostic"}}])
def test_a_home_file_tells_what_is_diagnostic_in_any_of_three_ways(tmp_path: Path, told: dict[str, object]) -> None:
    plain = {"entity_id": "sensor.a", "name": "A", "state": "20"}
    path = tmp_path / "home.json"
    path.write_text(json.dumps({"areas": [], "entities": [{**plain, **told}, {**plain, "entity_id": "sensor.b"}]}))
    entities = load_home(path).entities
    assert (entities["sensor.a"].diagnostic, entities["sensor.b"].diagnostic) == (True, False)
