"""The time here and elsewhere, the date, and the weather from a service or from sensors."""

from typing import Any

import pytest

from agent.times import UTC, zone
from devices.home import Entity
from skills import clock, weather
from tests.small_home import context, meant, thing

FORECAST = [
    {"datetime": "2026-03-10T12:00:00+00:00", "condition": "rainy", "temperature": 9, "templow": 4},
    {"datetime": "2026-03-11T12:00:00+00:00", "condition": "sunny", "temperature": 14},
    {"datetime": "nonsense", "condition": "snowy"},
]
SERVICE = thing("weather.home", "Home", "rainy", area=None, temperature=8, forecast=FORECAST)
BARE = thing("weather.home", "Home", "partlycloudy", area=None)
SENSOR = thing("sensor.out", "Outdoor Temperature", "12.5", area=None, device_class="temperature")


@pytest.mark.parametrize(
    ("slots", "said"),
    [
        ({}, "It's 10:00 am."),
        ({"place": "London"}, "It's 9:00 am in London."),
        ({"place": "New York"}, "It's 5:00 am in New York."),
        ({"place": "california"}, "It's 2:00 am in california."),
        ({"place": "pacific time zone"}, "It's 2:00 am in pacific time zone."),
    ],
)
def test_the_time(slots: dict[str, Any], said: str) -> None:
    assert clock.tell_time(meant("HassGetCurrentTime", **slots), context()).say == said


def test_a_place_that_is_not_known_is_said_to_be() -> None:
    plan = clock.tell_time(meant("HassGetCurrentTime", place="Atlantis"), context())
    assert (plan.outcome, plan.say) == ("answer", "I don't know the time in Atlantis.")


def test_every_place_of_the_table_has_a_zone() -> None:
    """No typing mistake in the names of the zones."""
    assert {name for name in clock.PLACES if name != "UTC" and zone(name) is UTC} == set()


@pytest.mark.parametrize(
    ("slots", "said"),
    [
        ({}, "It's Tuesday 10 March 2026."),
        ({"when": {"day": 0}}, "It's Tuesday 10 March 2026."),
        ({"when": {"day": 1}}, "Tomorrow is Wednesday 11 March 2026."),
        ({"when": {"day": -1}}, "Yesterday is Monday 9 March 2026."),
        ({"when": {"weekday": 4}}, "Friday is Friday 13 March 2026."),
        ({"when": {"date": [5, 22]}}, "Friday 22 May is Friday 22 May 2026."),
    ],
)
def test_the_date(slots: dict[str, Any], said: str) -> None:
    assert clock.tell_date(meant("HassGetCurrentDate", **slots), context()).say == said


@pytest.mark.parametrize(
    ("things", "slots", "said"),
    [
        ((SERVICE,), {}, "It's rainy and 8 degrees outside."),
        ((BARE,), {}, "It's partly cloudy outside."),
        ((SERVICE,), {"when": {"day": 1}}, "Tomorrow: sunny, 14 degrees."),
        ((SERVICE,), {"when": {"day": 0, "part": "afternoon"}}, "Today: rainy, 4 to 9 degrees."),
        ((BARE,), {"when": {"day": 1}}, "I have no forecast, only now: It's partly cloudy outside."),
        ((SERVICE,), {"condition": "rain"}, "Yes: It's rainy and 8 degrees outside."),
        ((SERVICE,), {"condition": "snow"}, "No: It's rainy and 8 degrees outside."),
        ((SERVICE,), {"condition": "rain", "when": {"day": 1}}, "No: Tomorrow: sunny, 14 degrees."),
        ((SERVICE,), {"condition": "cold"}, "Yes: It's rainy and 8 degrees outside."),
        ((SERVICE,), {"condition": "warm"}, "No: It's rainy and 8 degrees outside."),
        ((SERVICE,), {"name": "Home"}, "It's rainy and 8 degrees outside."),
        ((SENSOR,), {}, "It's 12.5 degrees outside."),
        ((thing("sensor.g", "Temperature", "3", area="garden", device_class="temperature"),), {}, "It's 3 degrees outside."),
    ],
)
def test_the_weather(things: tuple[Entity, ...], slots: dict[str, Any], said: str) -> None:
    plan = weather.get_weather(meant("HassGetWeather", **slots), context(*things))
    assert (plan.outcome, plan.say) == ("answer", said)


@pytest.mark.parametrize("slots", [{"place": "Paris"}, {"name": "London"}, {"place": "the capital of france"}])
def test_the_weather_elsewhere_is_not_known(slots: dict[str, Any]) -> None:
    plan = weather.get_weather(meant("HassGetWeather", **slots), context(SERVICE))
    assert plan.outcome == "answer"
    assert plan.say.startswith("I only know the weather here, not in ")


@pytest.mark.parametrize("place", ["the week", "my area", "the forecast", "here today", "the rest of the week"])
def test_what_is_no_other_place_is_here(place: str) -> None:
    plan = weather.get_weather(meant("HassGetWeather", place=place), context(SERVICE))
    assert "only know" not in plan.say


@pytest.mark.parametrize("things", [(), (thing("sensor.in", "Bedroom Temperature", "20", device_class="temperature"),)])
def test_weather_that_cannot_be_known_is_declined(things: tuple[Entity, ...]) -> None:
    assert weather.get_weather(meant("HassGetWeather"), context(*things)).outcome == "decline"
