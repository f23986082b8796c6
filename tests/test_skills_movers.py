"""Covers, valves, fans, locks, the alarm, vacuums and mowers."""

from typing import Any

import pytest

from devices.home import Entity
from skills import covers, fans, vacuum
from skills.locks import SKILL as LOCKS
from skills.vacuum import SKILL as ROBOTS
from tests.small_home import context, data, doable, meant, one, thing

BLINDS = thing("cover.blinds", "Blinds", "open", device_class="blind", current_position=60)
SIMPLE = thing("cover.awning", "Awning", "closed", device_class="awning", supported_features=3)
VALVE = thing("valve.main", "Main Valve", "closed")
FAN = thing("fan.ceiling", "Ceiling Fan", "on", percentage=50)
ROVER = thing("vacuum.rover", "Rover", "docked")
OLD = thing("vacuum.old", "Dusty", "docked", supported_features=8)
CLIPPY = thing("lawn_mower.clippy", "Clippy", "docked", area="garden")


@pytest.mark.parametrize(
    ("entity", "slots", "service", "wanted"),
    [
        (BLINDS, {"position": 50}, "cover.set_cover_position", {"position": 50}),
        (BLINDS, {"position": "30"}, "cover.set_cover_position", {"position": 30}),
        (BLINDS, {"position_step": "up"}, "cover.set_cover_position", {"position": 80}),
        (BLINDS, {"position_step": "down"}, "cover.set_cover_position", {"position": 40}),
        (VALVE, {"position": 100}, "valve.set_valve_position", {"position": 100}),
        (SIMPLE, {"position": 100}, "cover.open_cover", {}),
        (SIMPLE, {"position": 0}, "cover.close_cover", {}),
    ],
)
def test_positions(entity: Entity, slots: dict[str, Any], service: str, wanted: dict[str, Any]) -> None:
    around = context(entity)
    plan = covers.set_position(meant("HassSetPosition", entity, **slots), around)
    assert (one(plan).service, dict(data(plan))) == (service, wanted)
    assert doable(plan, around.home)


def test_an_awning_without_positions_is_not_moved_half_way() -> None:
    assert covers.set_position(meant("HassSetPosition", SIMPLE, position=50), context(SIMPLE)).outcome == "decline"


def test_stopping() -> None:
    plan = covers.stop(meant("ExtStopCover", BLINDS, VALVE), context(BLINDS, VALVE))
    assert [c.service for c in plan.commands] == ["cover.stop_cover", "valve.stop_valve"]


@pytest.mark.parametrize(
    ("slots", "service", "wanted"),
    [
        ({"percentage": 50}, "fan.set_percentage", {"percentage": 50}),
        ({"direction": "up"}, "fan.increase_speed", {}),
        ({"direction": "down"}, "fan.decrease_speed", {}),
        ({"direction": "up", "percentage_step": 10}, "fan.increase_speed", {"percentage_step": 10}),
    ],
)
def test_fan_speeds(slots: dict[str, Any], service: str, wanted: dict[str, Any]) -> None:
    plan = fans.set_speed(meant("HassFanSetSpeed", FAN, **slots), context(FAN))
    assert (one(plan).service, dict(data(plan))) == (service, wanted)


def test_swinging() -> None:
    assert data(fans.swing(meant("ExtFanOscillate", FAN, oscillating="off"), context(FAN))) == {"oscillating": False}


@pytest.mark.parametrize(
    ("intent", "entity", "service"),
    [
        ("HassVacuumStart", ROVER, "vacuum.start"),
        ("HassVacuumReturnToBase", ROVER, "vacuum.return_to_base"),
        ("ExtVacuumPause", ROVER, "vacuum.pause"),
        ("ExtVacuumStop", ROVER, "vacuum.stop"),
        ("ExtVacuumLocate", ROVER, "vacuum.locate"),
        ("HassLawnMowerStartMowing", CLIPPY, "lawn_mower.start_mowing"),
        ("HassLawnMowerDock", CLIPPY, "lawn_mower.dock"),
        ("ExtLawnMowerPause", CLIPPY, "lawn_mower.pause"),
    ],
)
def test_robots(intent: str, entity: Entity, service: str) -> None:
    around = context(entity)
    plan = ROBOTS.handlers[intent](meant(intent, entity), around)
    assert one(plan).service == service
    assert doable(plan, around.home)


def test_a_room_is_cleaned_by_its_id_the_room_of_asking_where_none_was_said() -> None:
    around = context(ROVER)
    assert data(vacuum.clean_area(meant("HassVacuumCleanArea", ROVER, area="Kitchen"), around)) == {"cleaning_area_id": ["kitchen"]}
    plan = vacuum.clean_area(meant("HassVacuumCleanArea", ROVER), around)
    assert (data(plan), plan.say) == ({"cleaning_area_id": ["living"]}, "Rover is cleaning the living room.")


def test_a_vacuum_that_finds_no_rooms_starts_in_its_own_and_declines_others() -> None:
    around = context(OLD)
    assert one(vacuum.clean_area(meant("HassVacuumCleanArea", OLD, area="Living Room"), around)).service == "vacuum.start"
    assert vacuum.clean_area(meant("HassVacuumCleanArea", OLD, area="Kitchen"), around).outcome == "decline"


@pytest.mark.parametrize(
    ("intent", "slots", "service"),
    [
        ("ExtAlarmArm", {}, "alarm_arm_away"),
        ("ExtAlarmArm", {"mode": "night"}, "alarm_arm_night"),
        ("ExtAlarmArm", {"mode": "home"}, "alarm_arm_home"),
        ("ExtAlarmDisarm", {}, "alarm_disarm"),
    ],
)
def test_the_burglar_alarm(intent: str, slots: dict[str, Any], service: str) -> None:
    panel = thing("alarm_control_panel.home", "Alarm", "disarmed")
    plan = LOCKS.handlers[intent](meant(intent, panel, **slots), context(panel))
    assert one(plan).service == f"alarm_control_panel.{service}"
