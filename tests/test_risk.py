"""Risk is read on the final call and its direction."""

import pytest

from agent.risk import RiskTable
from devices.commands import Command
from devices.home import Area, Entity, Home


def home(*entities: Entity) -> Home:
    return Home(areas={a: Area(a, a) for a in "abcd"}, entities={e.entity_id: e for e in entities})


HOME = home(
    Entity("lock.front", "Front Door", domain="lock", kind="lock"),
    Entity("cover.garage", "Garage Door", domain="cover", kind="garage_door"),
    Entity("cover.blind", "Blind", domain="cover", kind="blind"),
    Entity("climate.oven", "Oven", domain="climate", kind="oven"),
    Entity("climate.room", "Thermostat", domain="climate", kind="thermostat"),
    Entity("switch.kettle", "Kettle", domain="switch", kind="kettle"),
    Entity("switch.iron", "Iron", domain="switch", kind="iron"),
    Entity("valve.main", "Water", domain="valve", kind="valve"),
    Entity("alarm_control_panel.home", "Alarm", domain="alarm_control_panel", kind="alarm"),
    *(Entity(f"light.{a}", a, area=a, domain="light", kind="light") for a in "abcd"),
)

CALLS = [
    ("lock.unlock", "lock.front", {}, "R3"),
    ("lock.lock", "lock.front", {}, "R2"),
    ("cover.open_cover", "cover.garage", {}, "R3"),
    ("cover.close_cover", "cover.garage", {}, "R2"),
    ("cover.set_cover_position", "cover.garage", {"position": 0}, "R2"),
    ("cover.set_cover_position", "cover.garage", {"position": 30}, "R3"),
    ("cover.open_cover", "cover.blind", {}, "R2"),
    ("climate.set_temperature", "climate.oven", {"temperature": 200}, "R3"),
    ("climate.turn_off", "climate.oven", {}, "R2"),
    ("climate.set_hvac_mode", "climate.oven", {"hvac_mode": "off"}, "R2"),
    ("climate.set_temperature", "climate.room", {"temperature": 21}, "R2"),
    ("switch.turn_on", "switch.kettle", {}, "R1"),
    ("switch.turn_on", "switch.iron", {}, "R3"),
    ("switch.turn_off", "switch.iron", {}, "R1"),
    ("valve.open_valve", "valve.main", {}, "R3"),
    ("valve.close_valve", "valve.main", {}, "R1"),
    ("alarm_control_panel.alarm_disarm", "alarm_control_panel.home", {}, "R3"),
    ("alarm_control_panel.alarm_arm_away", "alarm_control_panel.home", {}, "R2"),
    ("light.turn_on", "light.a", {}, "R1"),
]


@pytest.mark.parametrize(("service", "entity", "data", "risk"), CALLS, ids=lambda v: str(v))
def test_each_call_has_its_risk(service: str, entity: str, data: dict[str, object], risk: str) -> None:
    assert RiskTable().of([Command(service, (entity,), data)], HOME) == risk


def test_the_whole_house_is_r2() -> None:
    assert RiskTable().of([Command("light.turn_off", tuple(f"light.{a}" for a in "abc"))], HOME) == "R2"


def test_the_home_may_move_a_kind_or_an_entity() -> None:
    table = RiskTable({"kettle": "R3", "lock.front": "R2"})
    assert table.of([Command("switch.turn_on", ("switch.kettle",))], HOME) == "R3"
    assert table.of([Command("lock.unlock", ("lock.front",))], HOME) == "R2"


def test_the_highest_of_several_counts() -> None:
    commands = [Command("light.turn_on", ("light.a",)), Command("lock.unlock", ("lock.front",))]
    assert RiskTable().of(commands, HOME) == "R3"
