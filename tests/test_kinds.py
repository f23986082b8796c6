"""What a name, a device class or a model betrays about a thing, and whether it is on."""

import pytest

from devices.home import Entity
from devices.kind_table import CLASS_KIND, DOMAIN_KIND
from devices.kinds import KINDS, has_screen, infer, is_on, is_playing, kinds_named, plays, plural, temperature_range


@pytest.mark.parametrize(
    ("name", "domain", "device_class", "kind"),
    [
        ("Coffee Machine", "switch", None, "coffee_maker"),
        ("Coffee Maker", "switch", "outlet", "coffee_maker"),
        ("Coffee machine plug", "switch", None, "coffee_maker"),
        ("Kitchen espresso maker", "switch", None, "coffee_maker"),
        ("Smart Plug", "switch", "outlet", "plug"),
        ("Outlet Switch", "switch", None, "switch"),
        ("Back Entry", "switch", None, "switch"),
        ("Attic Lights Switch", "switch", None, "light"),
        ("Oven light", "switch", None, "light"),
        ("TV Plug", "switch", None, "tv"),
        ("Disposal Switch", "switch", None, "garbage_disposal"),
        ("Garage", "switch", None, "switch"),
        ("Garage Door Opener Switch", "switch", None, "garage_door"),
        ("Oven", "climate", None, "oven"),
        ("Thermostat", "climate", None, "thermostat"),
        ("Bathroom A/C", "climate", None, "air_conditioner"),
        ("Bedroom radiator", "climate", None, "radiator"),
        ("SmartThermostat upstairs", "climate", None, "thermostat"),
        ("Boiler", "water_heater", None, "water_heater"),
        ("Motorcycle Garage", "cover", None, "garage_door"),
        ("Bike shed door", "cover", "garage", "garage_door"),
        ("Main", "cover", "garage", "garage_door"),
        ("Garage Blinds", "cover", None, "blind"),
        ("Den Window", "cover", "window", "window"),
        ("Left", "cover", "shutter", "shutter"),
        ("Left", "cover", None, "cover"),
        ("Sliding Door", "cover", None, "door"),
        ("Fire TV Stick", "media_player", None, "video_player"),
        ("Nest Hub", "media_player", "speaker", "smart_display"),
        ("Samsung", "media_player", "tv", "tv"),
        ("Living Room Telly", "media_player", None, "tv"),
        ("Kitchen Sonos", "media_player", None, "speaker"),
        ("Joe's PS5", "media_player", None, "game_console"),
        ("Range Hood", "fan", None, "fan"),
        ("Rover", "vacuum", None, "vacuum"),
        ("Clippy", "lawn_mower", None, "mower"),
        ("Sprinklers", "valve", None, "sprinkler"),
        ("Party mode with lights", "scene", None, "scene"),
        ("Start the coffee machine", "script", None, "script"),
        ("Oven temperature", "sensor", "temperature", "temperature_sensor"),
        ("Washing machine", "sensor", None, "washing_machine"),
        ("Washing machine", "sensor", "enum", "washing_machine"),
        ("Washing machine frequency", "sensor", "frequency", "sensor"),
        ("Dishwasher current program", "sensor", None, "dishwasher"),
        ("Dishwasher minutes left", "sensor", "duration", "sensor"),
        ("Kitchen humidity", "sensor", None, "humidity_sensor"),
        ("Back door", "binary_sensor", "door", "door"),
        ("Hall motion", "binary_sensor", "motion", "motion_sensor"),
        ("House", "alarm_control_panel", None, "alarm"),
        ("Anything", "galaxy", None, None),
    ],
)
def test_kind_from_name_domain_and_class(name: str, domain: str, device_class: str | None, kind: str | None) -> None:
    assert infer(name, domain, device_class) == kind


def test_a_class_may_be_written_as_python_writes_it() -> None:
    assert infer("X", "cover", "cover.CoverDeviceClass.GARAGE") == "garage_door"


def test_the_model_tells_where_the_name_does_not() -> None:
    assert infer("Living room", "media_player", None, "Nest Hub Max") == "smart_display"
    assert infer("Kitchen smart plug", "switch", "outlet", "Smart kettle 2") == "kettle"


def test_a_climate_thing_that_gets_very_hot_is_an_oven() -> None:
    assert infer("Bosch HBG", "climate", None, "", {"max_temp": 275}) == "oven"
    assert infer("Toshiba", "climate", None, "", {"hvac_modes": ["off", "cool", "fan_only"]}) == "air_conditioner"
    assert infer("Toshiba", "climate", None, "", {"hvac_modes": ["off", "cool", "heat"]}) == "thermostat"


def test_a_sensor_with_a_unit_measures_and_is_not_the_thing() -> None:
    assert infer("Dishwasher minutes left", "sensor", None, "", {"unit_of_measurement": "min"}) == "sensor"
    assert infer("Outside", "sensor", None, "", {"unit_of_measurement": "°C"}) == "temperature_sensor"
    assert infer("Kitchen humidity", "sensor", None, "", {"unit_of_measurement": "%"}) == "humidity_sensor"


def test_kinds_named_in_order() -> None:
    assert kinds_named("Oven temperature") == ("oven", "temperature_sensor")
    assert kinds_named("the washing machine in the hall") == ("washing_machine",)
    assert kinds_named("") == ()


def test_every_kind_the_tables_speak_of_exists_and_fits() -> None:
    assert set(DOMAIN_KIND.values()) | set(CLASS_KIND.values()) <= set(KINDS)
    for domain, name in DOMAIN_KIND.items():
        assert domain in KINDS[name].domains, domain
    for (domain, _), name in CLASS_KIND.items():
        assert domain in KINDS[name].domains, name
    for name, kind in KINDS.items():
        assert kind.name == name
        assert kind.domains
        assert all(word == word.casefold() for word in (*kind.words, *kind.hints))
        assert kind.temperature is None or kind.temperature[0] < kind.temperature[1]


def test_the_kinds_the_home_speaks_of_are_all_there() -> None:
    wanted = """light switch plug outlet oven hob thermostat radiator air_conditioner heater coffee_maker kettle washing_machine dishwasher dryer
    fridge iron tv speaker blind curtain shutter shade awning garage_door gate door window lock fan vacuum mower humidifier valve sprinkler
    scene script camera siren alarm temperature_sensor humidity_sensor motion_sensor battery_sensor"""
    assert set(wanted.split()) <= set(KINDS)


@pytest.mark.parametrize(("one", "many"), [("switch", "switches"), ("battery", "batteries"), ("smart tv", "smart tvs"), ("toy", "toys")])
def test_plurals(one: str, many: str) -> None:
    assert plural(one) == many


def entity(entity_id: str, state: str, kind: str | None = None, **attributes: object) -> Entity:
    return Entity(entity_id, "x", domain=entity_id.split(".")[0], kind=kind, state=state, attributes=attributes)


@pytest.mark.parametrize(
    ("entity_id", "kind", "state", "on"),
    [
        ("light.a", "light", "on", True),
        ("light.a", None, "off", False),
        ("climate.a", "oven", "heat", True),
        ("climate.a", "thermostat", "off", False),
        ("cover.a", "blind", "opening", True),
        ("cover.a", None, "closed", False),
        ("lock.a", "lock", "unlocked", True),
        ("lock.a", "lock", "locked", False),
        ("media_player.a", "tv", "idle", True),
        ("media_player.a", "speaker", "idle", False),
        ("media_player.a", "speaker", "playing", True),
        ("vacuum.a", "vacuum", "returning", True),
        ("sensor.a", "washing_machine", "Rinsing", True),
        ("alarm_control_panel.a", "alarm", "armed_away", True),
        ("light.a", "light", "unavailable", False),
        ("galaxy.a", None, "on", True),
    ],
)
def test_on(entity_id: str, kind: str | None, state: str, on: bool) -> None:
    assert is_on(entity(entity_id, state, kind)) is on


def test_playing_and_screens() -> None:
    assert is_playing(entity("media_player.a", "playing"))
    assert not is_playing(entity("media_player.a", "paused"))
    assert not is_playing(entity("sensor.a", "playing"))
    assert has_screen(entity("media_player.a", "idle", "tv"))
    assert not has_screen(entity("media_player.a", "idle", "tv", screen=False))
    assert not has_screen(entity("media_player.a", "idle", "speaker"))
    assert not has_screen(entity("switch.a", "on", "tv"))
    assert not plays(entity("switch.a", "on", "tv"))


def test_temperatures_that_make_sense() -> None:
    assert temperature_range(entity("climate.a", "heat", "oven")) == (30, 300)
    assert temperature_range(entity("climate.a", "heat", "oven", min_temp=50, max_temp=275)) == (50, 275)
    assert temperature_range(entity("climate.a", "heat")) == (5, 35)
    assert temperature_range(entity("climate.a", "heat", "thermostat", temperature_unit="°F")) == (41, 95)
    assert temperature_range(entity("light.a", "on", "light")) is None
