"""On, off and toggle: one table from domain to service."""

import pytest

from devices.home import Entity
from skills.switching import SERVICES, toggle, turn_off, turn_on
from tests.small_home import context, doable, meant, one, thing

LAMP = thing("light.floor", "Floor Lamp")
DESK = thing("light.desk", "Desk Lamp", "on")
DOOR = thing("lock.front", "Front Door", "locked")
BLINDS = thing("cover.blinds", "Blinds", "open", device_class="blind")
COFFEE = thing("switch.coffee", "Coffee Maker", area="kitchen")


@pytest.mark.parametrize(
    ("entity", "on", "off"),
    [
        (LAMP, "light.turn_on", "light.turn_off"),
        (COFFEE, "switch.turn_on", "switch.turn_off"),
        (BLINDS, "cover.open_cover", "cover.close_cover"),
        (DOOR, "lock.lock", "lock.unlock"),
        (thing("valve.main", "Main Valve"), "valve.open_valve", "valve.close_valve"),
        (thing("vacuum.rover", "Rover"), "vacuum.start", "vacuum.return_to_base"),
        (thing("lawn_mower.clippy", "Clippy"), "lawn_mower.start_mowing", "lawn_mower.dock"),
        (thing("script.stealth", "Stealth Mode"), "script.turn_on", "script.turn_off"),
        (thing("climate.hall", "Thermostat"), "climate.turn_on", "climate.turn_off"),
        (thing("media_player.tv", "TV"), "media_player.turn_on", "media_player.turn_off"),
        (thing("alarm_control_panel.home", "Alarm"), "alarm_control_panel.alarm_arm_away", "alarm_control_panel.alarm_disarm"),
        (thing("group.all", "All Lights"), "homeassistant.turn_on", "homeassistant.turn_off"),
    ],
)
def test_on_and_off_are_the_services_of_the_domain(entity: Entity, on: str, off: str) -> None:
    around = context(entity)
    assert one(turn_on(meant("HassTurnOn", entity), around)).service == on
    assert one(turn_off(meant("HassTurnOff", entity), around)).service == off


def test_every_service_of_the_table_can_be_carried_out() -> None:
    """The table and devices.effects agree."""
    for domain in SERVICES:
        entity = thing(f"{domain}.x", "Thing")
        around = context(entity)
        for plan in (turn_on(meant("HassTurnOn", entity), around), turn_off(meant("HassTurnOff", entity), around)):
            assert plan.outcome == "decline" or doable(plan, around.home), domain


def test_several_of_one_domain_are_one_command_and_are_counted() -> None:
    plan = turn_off(meant("HassTurnOff", LAMP, DESK), context(LAMP, DESK))
    assert one(plan).entity_ids == ("light.floor", "light.desk")
    assert plan.say == "Two lights are off."


def test_mixed_domains_are_one_command_each() -> None:
    plan = turn_off(meant("HassTurnOff", LAMP, DESK, COFFEE), context(LAMP, DESK, COFFEE))
    assert [c.service for c in plan.commands] == ["light.turn_off", "switch.turn_off"]


def test_what_cannot_be_turned_off_is_left_out_or_declined() -> None:
    scene = thing("scene.movie", "Movie Night")
    assert one(turn_off(meant("HassTurnOff", LAMP, scene), context(LAMP, scene))).entity_ids == ("light.floor",)
    alone = turn_off(meant("HassTurnOff", scene), context(scene))
    assert alone.outcome == "decline"
    assert not alone.commands


@pytest.mark.parametrize(
    ("entity", "service"),
    [
        (LAMP, "light.turn_on"),
        (DESK, "light.turn_off"),
        (BLINDS, "cover.close_cover"),
        (DOOR, "lock.unlock"),
        (thing("lock.back", "Back Door", "unlocked"), "lock.lock"),
    ],
)
def test_a_toggle_is_what_it_comes_to(entity: Entity, service: str) -> None:
    """So that unlocking by "toggle" is as risky as unlocking."""
    assert one(toggle(meant("ExtToggle", entity), context(entity))).service == service


@pytest.mark.parametrize(
    ("entity", "said"),
    [
        (LAMP, "The floor lamp is on."),
        (DOOR, "The front door is locked."),
        (thing("light.bob", "Bob's Lamp"), "Bob's lamp is on."),
        (thing("light.kitchen", "Kitchen Lights"), "The kitchen lights are on."),
        (thing("light.hue", "Philips Hue"), "Philips Hue is on."),
        (thing("media_player.tv", "TV"), "The TV is on."),
    ],
)
def test_what_is_said_names_what_was_done(entity: Entity, said: str) -> None:
    assert turn_on(meant("HassTurnOn", entity), context(entity)).say == said
