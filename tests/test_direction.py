"""Which way a guess goes."""

import pytest

from agent.understand.direction import directed, told


@pytest.mark.parametrize(
    ("said", "way"),
    [
        ("knock the heating down a notch", "down"),
        ("could it be a little warmer", "up"),
        ("decrease twenty percent", "down"),
        ("up and down", ""),
        ("the heating please", ""),
    ],
)
def test_the_words_tell(said: str, way: str) -> None:
    assert told(said.split()) == way


def test_a_number_takes_the_sign_of_the_words() -> None:
    assert directed("HassSetVolumeRelative", {"volume_step": 20}, "decrease 20 percent".split()) == ({"volume_step": -20}, True)
    assert directed("HassSetVolumeRelative", {"volume_step": 20}, "increase 20 percent".split()) == ({"volume_step": 20}, True)


def test_a_step_without_a_direction_is_not_known() -> None:
    assert directed("ExtClimateRelative", {"name": "Thermostat"}, ["the", "heating"]) == ({"name": "Thermostat"}, False)
    assert directed("HassTurnOn", {}, ["the", "heating"]) == ({}, True)
