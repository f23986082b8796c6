"""The simulated house as a whole: air, scenes, hands, and that nothing can break it."""

import json
from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulators.house.climate import Oven, Thermostat
from simulators.house.home import demo_plan
from simulators.house.openings import Cover
from simulators.house.plan import PlanError, Room, changed
from simulators.house.players import BUTTONS
from simulators.house.thing import Around, PayloadError
from simulators.house.world import House, outside_temperature

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LUCK = Random(1)


def house(seed: int = 0) -> House:
    return House(demo_plan(), NOON, seed)


def test_a_room_is_warmed_by_its_thermostat_and_held() -> None:
    here = house()
    here.obey("living_room_thermostat", "target", "23")
    here.advance(4 * 3600)
    assert here.rooms["Living Room"].temperature == pytest.approx(23, abs=0.4)
    assert "22." in here.reports("living_room_thermostat")["current"] or "23." in here.reports("living_room_thermostat")["current"]


def test_the_bedroom_can_be_cooled() -> None:
    here = house()
    here.set_room("Bedroom", {"temperature": 27})
    here.obey("bedroom_thermostat", "mode", "cool")
    here.obey("bedroom_thermostat", "target", "20")
    here.advance(60)
    assert json.loads(here.reports("bedroom_thermostat")["state"])["action"] == "cooling"
    here.advance(4 * 3600)
    assert here.rooms["Bedroom"].temperature < 20.5


def test_the_fireplace_warms_the_living_room() -> None:
    cold, warm = house(), house()
    warm.obey("living_room_fireplace", "power", "ON")
    for each in (cold, warm):
        each.obey("living_room_thermostat", "mode", "off")
        each.advance(3600)
    assert warm.rooms["Living Room"].temperature > cold.rooms["Living Room"].temperature + 1


def test_the_garden_follows_the_outside_and_its_sensor_tells() -> None:
    here = house()
    here.advance(12 * 3600)
    assert here.rooms["Garden"].temperature == pytest.approx(outside_temperature(here.now), abs=0.5)
    assert json.loads(here.reports("outside")["state"])["temperature"] == pytest.approx(outside_temperature(here.now), abs=0.8)


def test_the_alarm_goes_off_when_a_door_opens_while_everybody_is_out() -> None:
    here = house()
    here.obey("hallway_alarm", "alarm", "ARM_AWAY")
    assert here.reports("hallway_alarm")["alarm"] == "arming"
    here.advance(40)
    assert here.reports("hallway_alarm")["alarm"] == "armed_away"
    here.by_hand("front_door_sensor", {"set": {"open": True}})
    here.advance(11)
    assert here.reports("hallway_alarm")["alarm"] == "pending"
    here.advance(40)
    assert here.reports("hallway_alarm")["alarm"] == "triggered"
    here.obey("hallway_alarm", "alarm", "DISARM")
    assert here.reports("hallway_alarm")["alarm"] == "disarmed"


def test_the_meter_counts_what_is_on() -> None:
    here = house()
    here.advance(1)
    before = json.loads(here.reports("garage_power_meter")["state"])["power"]
    here.obey("kitchen_kettle", "power", "ON")
    here.advance(2)
    assert json.loads(here.reports("garage_power_meter")["state"])["power"] == before + 2200


def test_a_scene_moves_what_it_names_and_those_answer() -> None:
    here = house()
    heard = here.obey("movie", "scene", "ON")
    assert set(heard) == {"movie", "living_room_ceiling_light", "living_room_floor_lamp", "living_room_blinds", "living_room_tv"}
    here.advance(30)
    assert here.reports("living_room_blinds")["movement"] == "closed"
    assert here.reports("living_room_tv")["state"] == "idle"


def test_an_unplugged_or_silent_device_hears_and_tells_nothing() -> None:
    for how in ({"plugged": False}, {"silent": True}):
        here = house()
        here.by_hand("office_desk_lamp", how)
        assert here.obey("office_desk_lamp", "light", '{"state": "ON"}') == ()
        assert here.reports("office_desk_lamp") == {}
        assert here.online("office_desk_lamp") is ("silent" in how)
        here.by_hand("office_desk_lamp", {key: not value for key, value in how.items()})
        assert json.loads(here.reports("office_desk_lamp")["light"])["state"] == "OFF"


NONSENSE = [{"plugged": 1}, {"eaten": True}, {"set": {"onn": True}}, {"set": {"brightness": 900}}, {"do": {"fly": "ON"}}, {"set": []}]


@pytest.mark.parametrize("what", NONSENSE)
def test_what_cannot_be_done_by_hand_changes_nothing(what: dict[str, object]) -> None:
    here = house()
    before = here.things["bedroom_reading_lamp"]
    with pytest.raises((PlanError, PayloadError)):
        here.by_hand("bedroom_reading_lamp", what)
    assert here.things["bedroom_reading_lamp"] is before


def test_a_wrong_field_is_answered_with_the_nearest_right_one() -> None:
    with pytest.raises(PlanError, match="did you mean 'brightness'"):
        house().by_hand("bedroom_reading_lamp", {"set": {"brightnes": 10}})


# -- whatever happens

DEVICES = st.sampled_from(sorted(device.id for device in demo_plan().devices))
COMMANDS = st.sampled_from(
    [
        *["power", "brightness", "light", "white", "rgb", "mode", "target", "percentage", "move", "position", "lock", "vacuum", "alarm", "scene"],
        *["program", "volume", "mute", "seek", "playmedia", *BUTTONS],
    ]
)
WORDS = [
    "ON",
    "OFF",
    "OPEN",
    "CLOSE",
    "STOP",
    "LOCK",
    "UNLOCK",
    "heat",
    "cool",
    "off",
    "start",
    "pause",
    "return_to_base",
    "ARM_AWAY",
    "Play",
    "quick",
]
OBJECTS = ['{"state":"ON","brightness":9}', '{"color_temp":3000}', '{"media_type":"music","media_id":"jazz"}']
HANDS = [{"plugged": False}, {"plugged": True}, {"silent": True}, {"set": {"stuck": True}}, {"set": {"jammed": True}}]
PAYLOADS = st.one_of(
    st.sampled_from([*WORDS, *OBJECTS, "0,0,255", "nan", "1e999", ""]),
    st.floats(-10, 300).map(str),
    st.text(max_size=8),
)
EVENTS = st.one_of(
    st.tuples(st.just("obey"), DEVICES, COMMANDS, PAYLOADS),
    st.tuples(st.just("wait"), st.floats(0, 600)),
    st.tuples(st.just("hand"), DEVICES, st.sampled_from(HANDS)),
)


def happen(here: House, events: list[tuple[object, ...]]) -> None:
    for event in events:
        try:
            match event:
                case ("obey", str(device), str(command), str(payload)):
                    here.obey(device, command, payload)
                case ("wait", float(seconds)):
                    here.advance(seconds)
                case ("hand", str(device), dict(what)):
                    here.by_hand(device, what)
        except (PayloadError, PlanError):
            continue


@settings(max_examples=60, deadline=None)
@given(st.lists(EVENTS, max_size=30))
def test_any_commands_leave_a_valid_house(events: list[tuple[object, ...]]) -> None:
    here = house()
    happen(here, events)
    for room in here.rooms.values():
        assert -40 <= room.temperature <= 60
        assert 0 <= room.humidity <= 100
    for device_id, thing in here.things.items():
        assert changed(thing, {}) == thing, "its fields break their own limits"
        assert all("nan" not in told for told in here.reports(device_id).values())


@settings(max_examples=30, deadline=None)
@given(st.lists(EVENTS, max_size=30), st.integers(0, 3))
def test_the_same_seed_and_commands_give_the_same_states(events: list[tuple[object, ...]], seed: int) -> None:
    one, two = house(seed), house(seed)
    happen(one, events)
    happen(two, events)
    assert one.things == two.things
    assert one.rooms == two.rooms


@settings(max_examples=60, deadline=None)
@given(st.floats(30, 250), st.booleans(), st.floats(-30, 50), st.lists(st.floats(0.1, 3000), max_size=20))
def test_the_oven_stays_between_the_room_and_its_target(target: float, on: bool, room: float, steps: list[float]) -> None:
    oven = Oven(current=20, target=target, mode="heat" if on else "off")
    for seconds in steps:
        oven = oven.step(seconds, Around(temperature=room))
        assert min(20, room) - 1e-6 <= oven.current <= max(20, room, target) + 1e-6


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["OPEN", "CLOSE", "STOP"]), st.floats(0, 30)), max_size=20))
def test_a_cover_is_always_somewhere_from_0_to_100(moves: list[tuple[str, float]]) -> None:
    cover = Cover(seconds=17)
    for payload, seconds in moves:
        cover = cover.obey("move", payload, LUCK).step(seconds, Around())
        assert 0 <= cover.position <= 100
        assert 0 <= int(cover.reports()["position"]) <= 100


@settings(max_examples=40, deadline=None)
@given(st.floats(5, 30), st.floats(-10, 35))
def test_a_thermostat_never_overshoots_by_more_than_its_hysteresis(target: float, start: float) -> None:
    thermostat, room = Thermostat(target=target, current=start), Room("x", temperature=start, rest=0)
    for _ in range(1200):
        thermostat = thermostat.step(10, Around(temperature=room.temperature))
        room = room.step(10, 0, thermostat.effects())
        assert room.temperature <= max(target + 0.3, start)
