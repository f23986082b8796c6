"""Questions about the home: never a command, and the answer in the things' own words."""

from typing import Any

import pytest

from devices.home import Entity
from skills.house import get_state
from skills.states import is_in, told
from tests.small_home import context, meant, thing

KITCHEN = thing("light.kitchen", "Kitchen Light", "on", area="kitchen", brightness=102)
FLOOR = thing("light.floor", "Floor Lamp")
DESK = thing("light.desk", "Desk Lamp", "on")
WINDOW = thing("binary_sensor.window", "Bedroom Window", "on", device_class="window")
BACK = thing("binary_sensor.back", "Back Window", "off", device_class="window")
FRONT = thing("lock.front", "Front Door", "locked")
JANE = thing("person.jane", "Jane", "home", area=None)
BOB = thing("person.bob", "Bob", "work", area=None)


def asked(text: str, *things: Entity, **slots: Any) -> str:
    plan = get_state(meant("HassGetState", *things, **slots), context(*things, text=text))
    assert (plan.outcome, plan.commands, plan.changes) == ("answer", (), ())
    return plan.say


@pytest.mark.parametrize(
    ("text", "things", "slots", "said"),
    [
        ("is the kitchen light on", (KITCHEN,), {"name": "Kitchen Light", "state": "on"}, "Yes, the kitchen light is on."),
        ("is the kitchen light off", (KITCHEN,), {"name": "Kitchen Light", "state": "off"}, "No, the kitchen light is on."),
        ("is the front door unlocked", (FRONT,), {"name": "Front Door", "state": "unlocked"}, "No, the front door is locked."),
        ("is the bedroom window open", (WINDOW,), {"name": "Bedroom Window", "state": "on"}, "Yes, the bedroom window is open."),
        ("are any lights on", (KITCHEN, FLOOR, DESK), {"domain": "light", "state": "on"}, "Yes, the kitchen light and the desk lamp are on."),
        ("are any lights on", (FLOOR,), {"domain": "light", "state": "on"}, "No, the floor lamp is off."),
        (
            "are any windows open",
            (BACK, thing("binary_sensor.b2", "Loft Window", "off", device_class="window")),
            {"state": "open"},
            "No, no windows are open.",
        ),
        ("are all the windows closed", (WINDOW, BACK), {"state": "closed"}, "No, the bedroom window is open."),
        (
            "are all windows closed",
            (BACK, thing("binary_sensor.b2", "Loft Window", "off", device_class="window")),
            {"state": "closed"},
            "Yes, all windows are closed.",
        ),
        ("which lights are on", (KITCHEN, FLOOR, DESK), {"state": "on"}, "The kitchen light and the desk lamp are on."),
        ("which lights are on", (FLOOR,), {"state": "on"}, "No lights are on."),
        ("how many lights are on", (KITCHEN, FLOOR, DESK), {"state": "on"}, "Two lights are on."),
        ("how many lights are on", (FLOOR, thing("light.x", "Lamp")), {"state": "on"}, "No lights are on."),
        ("who is home", (JANE, BOB), {"domain": "person", "state": "home"}, "Jane is at home."),
        ("is anyone home", (JANE, BOB), {"domain": "person", "state": "home"}, "Yes, Jane is at home."),
        ("is bob home", (BOB,), {"name": "Bob", "state": "home"}, "No, Bob is at work."),
        ("where is bob", (BOB,), {"name": "Bob"}, "Bob is at work."),
        ("where is jane", (JANE,), {"name": "Jane"}, "Jane is at home."),
    ],
)
def test_answers(text: str, things: tuple[Entity, ...], slots: dict[str, Any], said: str) -> None:
    assert asked(text, *things, **slots) == said


def test_the_answer_is_about_those_it_names() -> None:
    plan = get_state(meant("HassGetState", KITCHEN, FLOOR, DESK, state="on"), context(KITCHEN, FLOOR, DESK, text="which lights are on"))
    assert plan.targets == ("light.kitchen", "light.desk")


@pytest.mark.parametrize(
    ("entity", "said"),
    [
        (KITCHEN, "The kitchen light is on at 40%."),
        (FLOOR, "The floor lamp is off."),
        (
            thing("climate.t", "Thermostat", "heat", temperature=21, current_temperature=19),
            "The thermostat is heating: set to 21 degrees, 19 degrees now.",
        ),
        (thing("climate.t", "Thermostat", "off", temperature=21, current_temperature=19), "The thermostat is off, 19 degrees now."),
        (thing("media_player.tv", "TV", "playing", media_title="Dune", volume_level=0.3), "The TV is playing Dune at 30% volume."),
        (thing("fan.c", "Ceiling Fan", "on", percentage=50), "The ceiling fan is on at 50%."),
        (thing("cover.b", "Blinds", "open", current_position=40), "The blinds are open at 40%."),
        (thing("cover.b", "Blinds", "open", current_position=100), "The blinds are open."),
        (thing("vacuum.r", "Rover", "docked", battery_level=80), "Rover is at its dock, with its battery at 80%."),
        (thing("sensor.out", "Outside Temperature", "42", unit_of_measurement="°F"), "The outside temperature is 42 °F."),
        (thing("binary_sensor.m", "Motion Sensor", "off", device_class="motion"), "The motion sensor is quiet."),
        (thing("binary_sensor.w", "Leak Sensor", "on", device_class="moisture"), "The leak sensor is wet."),
        (thing("todo.c", "Chores", "2"), "The chores list has two things."),
        (thing("light.x", "Lamp", "unavailable"), "The lamp is not reachable, so I can't tell."),
        (thing("light.x", "Lamp", "unknown"), "I don't know about the lamp."),
    ],
)
def test_what_is_told_of_a_thing(entity: Entity, said: str) -> None:
    assert told(entity) == said


def test_a_battery_is_the_things_own_or_its_hardwares_sensor() -> None:
    lock = Entity("lock.front", "Front Door", device_id="hw", domain="lock", kind="lock", state="locked")
    battery = Entity(
        "sensor.battery",
        "Lock Battery",
        device_id="hw",
        domain="sensor",
        state="64",
        attributes={"device_class": "battery", "unit_of_measurement": "%"},
    )
    plan = get_state(meant("HassGetState", lock, device_class="battery"), context(lock, battery, text="what is the battery of the front door"))
    assert plan.say == "The lock battery is 64%."
    assert asked("battery of rover", thing("vacuum.r", "Rover", "docked", battery_level=80), device_class="battery") == "Rover is at 80%."
    assert asked("battery of the lamp", FLOOR, device_class="battery") == "The floor lamp reports no battery level."


@pytest.mark.parametrize(
    ("entity", "true", "false"),
    [
        (thing("cover.g", "Garage Door", "opening"), ("open", "on", "opening"), ("closed", "off")),
        (thing("lock.f", "Front", "unlocked"), ("unlocked", "open"), ("locked",)),
        (thing("media_player.tv", "TV", "paused"), ("paused", "on"), ("playing", "off")),
        (thing("vacuum.r", "Rover", "cleaning"), ("cleaning", "on", "running"), ("docked", "off")),
        (thing("person.b", "Bob", "work"), ("away", "not home", "work"), ("home",)),
        (thing("binary_sensor.d", "Door", "on", device_class="door"), ("open", "on"), ("closed", "off")),
        (thing("binary_sensor.p", "Plug", "off", device_class="plug"), ("unplugged", "off"), ("plugged in",)),
        (thing("binary_sensor.x", "Phone Battery", "off", device_class="battery"), ("ok", "normal", "off"), ("low",)),
        (thing("climate.t", "Heat", "heat", hvac_action="idle"), ("heat", "heating", "on", "idle"), ("off", "cool")),
    ],
)
def test_which_words_are_true_of_a_state(entity: Entity, true: tuple[str, ...], false: tuple[str, ...]) -> None:
    assert [word for word in true if not is_in(entity, word)] == []
    assert [word for word in false if is_in(entity, word)] == []
