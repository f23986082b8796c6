"""Who moved what, and what scripts are seen to bring about."""

from datetime import UTC, datetime, timedelta

import pytest

from agent.device_log import DeviceLog
from agent.records import ActionResult, Hypothesis, Request, Turn
from agent.risk import RiskTable
from devices.commands import Command, Report
from devices.home import Entity, LiveHome

NOW = datetime(2026, 3, 10, 10, tzinfo=UTC)


def home(**states: str) -> LiveHome:
    live = LiveHome()
    things = (("front", "lock", "lock"), ("welcome", "script", "script"), ("seven", "light", "light"), ("garage", "cover", "garage_door"))
    for name, domain, kind in things:
        live.put(Entity(f"{domain}.{name}", name.title(), domain=domain, kind=kind, state=states.get(name, "off")))
    return live


def ran(script: str = "script.welcome", at: datetime = NOW) -> Turn:
    request = Request("say-1", at, (Hypothesis("welcome"),), speaker="Anna")
    return Turn("turn-1", request, text="welcome", results=(ActionResult(Command("script.turn_on", (script,)), (Report(script, True, "on"),)),))


@pytest.mark.parametrize(
    ("entity_id", "state", "after", "wanted"),
    [
        ("lock.front", "unlocked", 5, "R3"),
        ("lock.front", "locked", 5, None),
        ("lock.front", "unlocked", 300, None),
        ("cover.garage", "opening", 5, "R3"),
        ("light.seven", "on", 5, None),
    ],
)
def test_a_script_has_the_risk_of_what_follows_it(entity_id: str, state: str, after: int, wanted: str | None) -> None:
    log, live = DeviceLog(), home()
    log.turn(ran())
    log.changed(entity_id, state, "device", NOW + timedelta(seconds=after), live.snapshot())
    told = log.followed.get("script.welcome", "R1")
    assert told == (wanted or told)
    risk = RiskTable().of([Command("script.turn_on", ("script.welcome",))], live.snapshot(), log.followed)
    assert risk == ("R3" if wanted == "R3" else "R2")


def test_a_hand_is_no_scripts_doing() -> None:
    log = DeviceLog()
    log.turn(ran())
    log.changed("lock.front", "unlocked", "person", NOW + timedelta(seconds=5), home().snapshot())
    assert log.followed == {}
    assert [t.by for t in log.recent] == ["request", "hand"]


def test_the_settings_have_the_last_word() -> None:
    table = RiskTable(moved={"script.welcome": "R1"})
    assert table.of([Command("script.turn_on", ("script.welcome",))], home().snapshot(), {"script.welcome": "R3"}) == "R1"


def test_it_comes_back_from_the_log() -> None:
    """The same moves in the order of time, whatever order the tables are in."""
    log, live = DeviceLog(), home()
    log.recount([ran()], [], [(NOW + timedelta(seconds=4), "lock.front", "unlocked", "device")], live.snapshot())
    assert log.followed == {"script.welcome": "R3"}
    assert [(t.entity_id, t.by) for t in log.recent] == [("script.welcome", "request"), ("lock.front", "itself")]


def test_a_commands_own_change_is_not_noted_twice() -> None:
    log, live = DeviceLog(), home()
    turn = ran("light.seven")
    log.turn(turn)
    log.changed("light.seven", "on", "device", NOW + timedelta(seconds=1), live.snapshot())
    assert [t.by for t in log.recent] == ["request"]
