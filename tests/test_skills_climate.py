"""Set-points with their ranges, modes, and how warm it is."""

from typing import Any

import pytest

from devices.home import Entity
from skills import climate
from tests.small_home import context, data, doable, meant, one, thing

OVEN = thing(
    "climate.oven", "Oven", "off", area="kitchen", kind="oven", min_temp=50, max_temp=250, hvac_modes=["off", "heat"], current_temperature=24
)
HEATING = thing(
    "climate.living",
    "Thermostat",
    "heat",
    temperature=20,
    current_temperature=19.5,
    min_temp=5,
    max_temp=30,
    hvac_modes=["off", "heat"],
    fan_modes=["low", "high"],
)
BOILER = thing("water_heater.boiler", "Boiler", "eco", temperature=50)
DAMP = thing("humidifier.damp", "Humidifier", "on", min_humidity=30, max_humidity=80, available_modes=["eco", "sleep"])
SENSOR = thing("sensor.living", "Living Room Temperature", "21.0", device_class="temperature", unit_of_measurement="°C")
GARDEN = thing("sensor.garden", "Garden Temperature", "-3.5", area="garden", device_class="temperature")


def set_to(entity: Entity, **slots: Any) -> Any:
    return climate.set_temperature(meant("HassClimateSetTemperature", entity, **slots), context(entity))


@pytest.mark.parametrize(
    ("entity", "slots", "service", "wanted"),
    [
        (HEATING, {"temperature": 21.5}, "climate.set_temperature", {"temperature": 21.5}),
        (HEATING, {"temperature": "21"}, "climate.set_temperature", {"temperature": 21}),
        (OVEN, {"temperature": 180}, "climate.set_temperature", {"temperature": 180, "hvac_mode": "heat"}),
        (BOILER, {"temperature": 60}, "water_heater.set_temperature", {"temperature": 60}),
        (thing("number.oven", "Oven Target", "0", min=0, max=250), {"temperature": 200}, "number.set_value", {"value": 200}),
        (
            thing("climate.f", "Heat", "heat", temperature_unit="°C"),
            {"temperature": 70, "temperature_unit": "fahrenheit"},
            "climate.set_temperature",
            {"temperature": 21.1},
        ),
        (
            thing("climate.c", "Heat", "heat", temperature_unit="°F"),
            {"temperature": 20, "temperature_unit": "celsius"},
            "climate.set_temperature",
            {"temperature": 68},
        ),
    ],
)
def test_a_set_point(entity: Entity, slots: dict[str, Any], service: str, wanted: dict[str, Any]) -> None:
    plan = set_to(entity, **slots)
    assert (one(plan).service, data(plan)) == (service, wanted)
    assert doable(plan, context(entity).home)


@pytest.mark.parametrize(
    ("entity", "asked", "said"), [(OVEN, 300, "The oven takes 50 to 250 degrees."), (HEATING, 2, "The thermostat takes 5 to 30 degrees.")]
)
def test_a_set_point_out_of_range_is_refused_with_the_range(entity: Entity, asked: int, said: str) -> None:
    plan = set_to(entity, temperature=asked)
    assert (plan.outcome, plan.say, plan.commands) == ("decline", said, ())


def test_one_of_several_out_of_range_changes_none() -> None:
    plan = climate.set_temperature(meant("HassClimateSetTemperature", HEATING, OVEN, temperature=40), context(HEATING, OVEN))
    assert (plan.outcome, plan.commands) == ("decline", ())


@pytest.mark.parametrize(("step", "wanted"), [("up", 21), ("down", 19), (3, 23), (-2, 18), (50, 30)])
def test_warmer_and_cooler_move_the_set_point_within_its_range(step: str | int, wanted: int) -> None:
    plan = climate.relative_temperature(meant("ExtClimateRelative", HEATING, temperature_step=step), context(HEATING))
    assert data(plan) == {"temperature": wanted}


def test_without_a_set_point_warmer_is_not_guessed() -> None:
    blind = thing("climate.x", "Radiator", "heat")
    plan = climate.relative_temperature(meant("ExtClimateRelative", blind, temperature_step="up"), context(blind))
    assert (plan.outcome, plan.commands) == ("decline", ())


def test_modes_are_those_the_thing_has() -> None:
    around = context(HEATING)
    assert data(climate.set_hvac_mode(meant("ExtHvacMode", HEATING, hvac_mode="heat"), around)) == {"hvac_mode": "heat"}
    refused = climate.set_hvac_mode(meant("ExtHvacMode", HEATING, hvac_mode="cool"), around)
    assert (refused.outcome, refused.say) == ("decline", "The thermostat can be set to off or heat.")
    assert data(climate.set_fan_mode(meant("HassClimateSetFanMode", HEATING, fan_mode="low"), around)) == {"fan_mode": "low"}
    assert data(climate.set_humidifier_mode(meant("HassHumidifierMode", DAMP, mode="sleep"), context(DAMP))) == {"mode": "sleep"}


def test_humidity_and_its_range() -> None:
    plan = climate.set_humidity(meant("HassHumidifierSetpoint", DAMP, humidity="55"), context(DAMP))
    assert (one(plan).service, data(plan)) == ("humidifier.set_humidity", {"humidity": 55})
    assert climate.set_humidity(meant("HassHumidifierSetpoint", DAMP, humidity=90), context(DAMP)).say == "The humidifier takes 30 to 80 percent."


@pytest.mark.parametrize(
    ("entity", "slots", "said"),
    [
        (SENSOR, {}, "It's 21 degrees in the living room."),
        (HEATING, {}, "It's 19.5 degrees in the living room."),
        (GARDEN, {}, "It's -3.5 degrees in the garden."),
        (
            thing("climate.oven", "Oven", "heat", area="kitchen", kind="oven", current_temperature=180, temperature=180),
            {},
            "The oven is at 180 degrees.",
        ),
        (
            thing("climate.oven", "Oven", "heat", area="kitchen", kind="oven", current_temperature=120, temperature=180),
            {},
            "The oven is at 120 degrees and set to 180.",
        ),
        (HEATING, {"name": "Thermostat"}, "The thermostat is at 19.5 degrees and set to 20."),
        (
            thing("sensor.x", "Fridge Temperature", "unavailable", device_class="temperature"),
            {},
            "The fridge temperature is not reachable, so I can't tell.",
        ),
    ],
)
def test_the_answer_names_what_is_warm(entity: Entity, slots: dict[str, Any], said: str) -> None:
    plan = climate.get_temperature(meant("HassClimateGetTemperature", entity, **slots), context(entity))
    assert (plan.outcome, plan.say, plan.commands) == ("answer", said, ())


def test_several_rooms_in_one_sentence() -> None:
    plan = climate.get_temperature(meant("HassClimateGetTemperature", SENSOR, GARDEN), context(SENSOR, GARDEN))
    assert plan.say == "It's 21 degrees in the living room and -3.5 degrees in the garden."
