"""Brightness, colour and warmth of lamps, absolute and relative."""

from typing import Any

import pytest

from skills.lights import set_light
from tests.small_home import context, data, doable, meant, one, thing

LAMP = thing(
    "light.floor",
    "Floor Lamp",
    "on",
    brightness=128,
    supported_color_modes=["hs", "color_temp"],
    min_color_temp_kelvin=2200,
    max_color_temp_kelvin=6500,
)
HALL = thing("light.hall", "Hall Light", supported_color_modes=["onoff"])
WHITE = thing("light.white", "White Lamp", supported_color_modes=["brightness"])
PLAIN = thing("light.plain", "Plain Lamp")


@pytest.mark.parametrize(
    ("slots", "wanted"),
    [
        ({"brightness": 40}, {"brightness_pct": 40}),
        ({"brightness": "90"}, {"brightness_pct": 90}),
        ({"color": "red"}, {"color_name": "red"}),
        ({"color": "blue", "brightness": 40}, {"brightness_pct": 40, "color_name": "blue"}),
        ({"temperature": 2700}, {"color_temp_kelvin": 2700}),
        ({"temperature": 9000}, {"color_temp_kelvin": 6500}),
        ({"brightness_step": "up"}, {"brightness_step_pct": 20}),
        ({"brightness_step": "down"}, {"brightness_step_pct": -20}),
        ({"brightness_step": -30}, {"brightness_step_pct": -30}),
    ],
)
def test_slots_become_the_data_of_turn_on(slots: dict[str, Any], wanted: dict[str, Any]) -> None:
    around = context(LAMP)
    plan = set_light(meant("HassLightSet", LAMP, **slots), around)
    assert one(plan).service == "light.turn_on"
    assert data(plan) == wanted
    assert doable(plan, around.home)


def test_no_brightness_at_all_is_off() -> None:
    plan = set_light(meant("HassLightSet", LAMP, brightness=0), context(LAMP))
    assert (one(plan).service, plan.say) == ("light.turn_off", "The floor lamp is off.")


@pytest.mark.parametrize(
    ("slots", "said"),
    [
        ({"brightness": 40}, "The floor lamp is at 40%."),
        ({"color": "blue", "brightness": 40}, "The floor lamp is blue at 40%."),
        ({"temperature": 2700}, "The floor lamp is warm white."),
        ({"brightness_step": "down"}, "The floor lamp is dimmer."),
    ],
)
def test_what_is_said(slots: dict[str, Any], said: str) -> None:
    assert set_light(meant("HassLightSet", LAMP, **slots), context(LAMP)).say == said


def test_a_lamp_that_can_only_be_switched_says_so() -> None:
    plan = set_light(meant("HassLightSet", HALL, brightness=40), context(HALL))
    assert (plan.outcome, plan.say) == ("decline", "The hall light can only be switched on and off.")


def test_a_white_lamp_takes_no_colour_and_others_do_it_without_it() -> None:
    around = context(WHITE, LAMP)
    assert set_light(meant("HassLightSet", WHITE, color="red"), around).outcome == "decline"
    assert one(set_light(meant("HassLightSet", WHITE, LAMP, color="red"), around)).entity_ids == ("light.floor",)


def test_a_lamp_that_tells_nothing_of_itself_is_taken_at_its_word() -> None:
    assert data(set_light(meant("HassLightSet", PLAIN, color="red"), context(PLAIN))) == {"color_name": "red"}


def test_what_is_no_lamp_is_not_dimmed() -> None:
    fan = thing("switch.fan", "Fan")
    assert set_light(meant("HassLightSet", fan, brightness=10), context(fan)).outcome == "decline"
