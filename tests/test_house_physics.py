"""The physics of the simulated home: pure, seeded, and valid whatever is done to it."""

import json
from datetime import UTC, datetime
from random import Random
from typing import TypeVar

import pytest

from simulators.house.climate import Fan, Humidifier, Oven
from simulators.house.lamps import Lamp
from simulators.house.library import find, tracks
from simulators.house.openings import Cover, Lock
from simulators.house.plan import Room, changed
from simulators.house.players import BUTTONS, Player
from simulators.house.plugs import Appliance, Phase, Plug
from simulators.house.sensors import AlarmPanel, Contact, Fridge, Motion, RoomSensor
from simulators.house.thing import Around, Effects, PayloadError, Thing
from simulators.house.vacuum import Vacuum
from simulators.house.world import outside_temperature

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LUCK = Random(1)
T = TypeVar("T", bound=Thing)


def lived(thing: T, seconds: float, around: Around | None = None, step: float = 1.0) -> T:
    """A thing after some seconds, second by second."""
    for _ in range(round(seconds / step)):
        thing = thing.step(step, around or Around())
    return thing


# -- lamps


def test_a_default_lamp_dims_and_its_brightness_outlives_being_off() -> None:
    lamp = Lamp(dims=True).obey("brightness", "100", LUCK)
    assert lamp.reports() == {"power": "ON", "brightness": "100"}
    assert lamp.obey("power", "OFF", LUCK).obey("power", "ON", LUCK).brightness == 100
    assert not lamp.obey("brightness", "0", LUCK).on


def test_a_json_lamp_takes_a_colour_then_a_white() -> None:
    lamp = Lamp(schema="json", dims=True, colors=True, kelvin=(2000, 6500))
    red = lamp.obey("light", '{"state": "ON", "brightness": 40, "color": {"r": 255, "g": 0, "b": 0}}', LUCK)
    assert json.loads(red.reports()["light"]) == {"state": "ON", "color_mode": "rgb", "brightness": 40, "color": {"r": 255, "g": 0, "b": 0}}
    warm = red.obey("light", '{"color_temp": 2200}', LUCK)
    assert json.loads(warm.reports()["light"]) == {"state": "ON", "color_mode": "color_temp", "brightness": 40, "color_temp": 2200}


@pytest.mark.parametrize(
    ("lamp", "command", "payload"),
    [
        (Lamp(), "brightness", "10"),
        (Lamp(dims=True), "brightness", "300"),
        (Lamp(dims=True), "brightness", "nan"),
        (Lamp(dims=True), "power", "maybe"),
        (Lamp(colors=True), "rgb", "1,2"),
        (Lamp(kelvin=(2000, 6500)), "white", "10000"),
        (Lamp(schema="json"), "power", "ON"),
        (Lamp(schema="json"), "light", "ON"),
        (Lamp(schema="json"), "light", "[]"),
        (Lamp(schema="json"), "light", '{"nothing": 1}'),
        (Lamp(schema="json", colors=True), "light", '{"color": {"x": 0.3, "y": 0.3}}'),
    ],
)
def test_a_lamp_refuses_what_it_does_not_know(lamp: Lamp, command: str, payload: str) -> None:
    with pytest.raises(PayloadError):
        lamp.obey(command, payload, LUCK)


# -- heat


def test_the_oven_warms_to_its_target_holds_it_and_cools() -> None:
    oven = Oven(current=20).obey("target", "200", LUCK).obey("mode", "heat", LUCK)
    assert oven.action == "heating"
    hot = lived(oven, 1200)
    assert (hot.current, hot.action) == (200, "idle")
    cool = lived(hot.obey("mode", "off", LUCK), 3600)
    assert (cool.action, 20 < cool.current < 40) == ("off", True)


def test_setting_the_ovens_target_does_not_switch_it_on() -> None:
    assert Oven().obey("target", "220", LUCK).mode == "off"


@pytest.mark.parametrize("payload", ["29", "251", "", "hot"])
def test_the_oven_refuses_a_temperature_it_cannot_reach(payload: str) -> None:
    with pytest.raises(PayloadError):
        Oven().obey("target", payload, LUCK)


def test_a_room_left_alone_goes_where_it_rests_however_time_is_cut() -> None:
    once = Room("x", temperature=25, rest=18).step(3600, 0, Effects())
    often = Room("x", temperature=25, rest=18)
    for _ in range(60):
        often = often.step(60, 0, Effects())
    assert once.temperature == pytest.approx(often.temperature)
    assert 18 < once.temperature < 25


def test_outside_is_coldest_at_three_and_warmest_at_fifteen() -> None:
    hours = [outside_temperature(NOON.replace(hour=hour)) for hour in range(24)]
    assert hours.index(min(hours)) == 3
    assert hours.index(max(hours)) == 15


def test_a_room_sensor_is_quiet_until_something_moved() -> None:
    sensor = RoomSensor(temperature=20.0)
    assert sensor.step(1, Around(temperature=20.1)).reports() == sensor.reports()
    assert sensor.step(1, Around(temperature=20.3)).reports() != sensor.reports()


def test_a_relays_chip_is_near_45_degrees_in_a_room_of_21() -> None:
    assert lived(Plug(chip=45), 3600, Around(temperature=21), 10).chip == pytest.approx(45, abs=0.1)


def test_the_humidifier_works_until_the_air_is_moist_enough() -> None:
    damp = Humidifier().obey("power", "ON", LUCK).obey("target", "55", LUCK).step(1, Around(humidity=40))
    assert (damp.reports()["action"], damp.effects().moisture > 0) == ("humidifying", True)
    assert damp.step(1, Around(humidity=57)).reports()["action"] == "idle"


def test_a_fan_of_no_percent_is_off_and_remembers_its_speed() -> None:
    fan = Fan().obey("percentage", "30", LUCK)
    assert fan.reports() == {"power": "ON", "percentage": "30"}
    assert fan.obey("percentage", "0", LUCK).obey("power", "ON", LUCK).reports() == {"power": "ON", "percentage": "30"}


# -- what moves


def test_a_cover_travels_tells_where_it_is_and_stops() -> None:
    door = Cover(seconds=10).obey("move", "OPEN", LUCK)
    assert door.state == "opening"
    half = lived(door, 5)
    assert (half.state, half.reports()["position"]) == ("opening", "50")
    assert half.obey("move", "STOP", LUCK).state == "open"
    assert lived(half, 5).reports() == {"movement": "open", "position": "100"}
    assert lived(half.obey("position", "20", LUCK), 10).reports() == {"movement": "open", "position": "20"}


def test_a_jammed_cover_stays_and_goes_on_when_freed() -> None:
    jammed = changed(Cover(seconds=10, position=40), {"jammed": True}).obey("move", "CLOSE", LUCK)
    assert lived(jammed, 20).position == 40
    assert lived(changed(jammed, {"jammed": False}), 20).state == "closed"


def test_a_gate_without_positions_refuses_one() -> None:
    with pytest.raises(PayloadError):
        Cover(positions=False).obey("position", "30", LUCK)


def test_a_sprinkler_closes_by_itself() -> None:
    sprinkler = Cover(component="valve", seconds=1, closes_after=60).obey("move", "OPEN", LUCK)
    assert lived(sprinkler, 10).state == "open"
    assert lived(sprinkler, 70).state == "closed"


def test_a_lock_turns() -> None:
    turning = Lock(seconds=1.5).obey("lock", "UNLOCK", LUCK)
    assert turning.state == "UNLOCKING"
    assert lived(turning, 2).state == "UNLOCKED"


def test_a_stuck_lock_jams_and_works_once_it_is_freed() -> None:
    jammed = lived(changed(Lock(locked=False), {"stuck": True}).obey("lock", "LOCK", LUCK), 3)
    assert (jammed.state, jammed.locked) == ("JAMMED", False)
    assert lived(changed(jammed, {"stuck": False}).obey("lock", "LOCK", LUCK), 3).state == "LOCKED"


def test_a_lock_jams_as_often_as_its_chance_says() -> None:
    luck = Random(7)
    jams = sum(lived(Lock(jam_chance=0.25).obey("lock", "UNLOCK", luck), 2).jammed for _ in range(400))
    assert 70 < jams < 130


def test_the_vacuum_cleans_returns_docks_and_charges() -> None:
    robot = Vacuum(cleaning=600, returning=60).obey("vacuum", "start", LUCK)
    assert robot.state == "cleaning"
    assert lived(robot, 605).state == "returning"
    docked = lived(robot, 670)
    assert docked.state == "docked"
    assert docked.battery < 95
    assert lived(docked, 3600).battery == 100


def test_the_vacuum_pauses_resumes_and_errs_when_stuck() -> None:
    robot = lived(Vacuum(cleaning=600).obey("vacuum", "start", LUCK), 100).obey("vacuum", "pause", LUCK)
    assert lived(robot, 100).left == 500
    assert robot.obey("vacuum", "start", LUCK).left == 500
    assert lived(changed(robot, {"stuck": True}).obey("vacuum", "start", LUCK), 1).state == "error"


def test_a_docked_vacuum_stays_docked_when_sent_home() -> None:
    assert Vacuum().obey("vacuum", "return_to_base", LUCK).state == "docked"


# -- programs


def test_a_program_runs_its_phases_and_ends() -> None:
    maker = Appliance(phases=(Phase("heating", 60, 1000), Phase("brewing", 120, 500))).obey("power", "ON", LUCK)
    assert (maker.status, maker.effects().watts, maker.reports()["minutes_left"]) == ("heating", 1000, "3")
    assert lived(maker, 61).status == "brewing"
    done = lived(maker, 180)
    assert (done.status, done.on, done.effects().watts) == ("done", False, 0)
    assert done.obey("power", "ON", LUCK).status == "heating"


def test_a_program_stopped_early_is_idle() -> None:
    maker = lived(Appliance(phases=(Phase("heating", 60),)).obey("power", "ON", LUCK), 10)
    assert maker.obey("power", "OFF", LUCK).status == "idle"


def test_a_quick_program_is_quicker() -> None:
    washer = Appliance(phases=(Phase("washing", 1000),), programs={"cotton": 1.0, "quick": 0.4})
    quick = washer.obey("program", "quick", LUCK).obey("power", "ON", LUCK)
    assert (lived(quick, 399).on, lived(quick, 400).on) == (True, False)


# -- players


def test_a_screen_plays_the_movie_and_a_speaker_the_book() -> None:
    asked = json.dumps({"media_type": "", "media_id": "hunger games"})
    assert Player(screen=True).obey("playmedia", asked, LUCK).reports()["mediatype"] == "movie"
    heard = Player().obey("playmedia", asked, LUCK).reports()
    assert (heard["mediatype"], heard["title"], heard["artist"]) == ("audiobook", "The Hunger Games", "Suzanne Collins")


@pytest.mark.parametrize(
    ("asked", "kind", "title", "artist"),
    [
        ("hello by adele", "music", "Hello", "Adele"),
        ("queen", "artist", "Bohemian Rhapsody", "Queen"),
        ("kind of blue", "album", "So What", "Miles Davis"),
        ("the lion king", "movie", "The Lion King", "Roger Allers"),
        ("jurassic park", "audiobook", "Jurassic Park", "Michael Crichton"),
        ("A Song Nobody Wrote", "music", "A Song Nobody Wrote", ""),
        ("http://radio.example/some%20song.mp3", "music", "some song.mp3", ""),
    ],
)
def test_the_library_finds(asked: str, kind: str, title: str, artist: str) -> None:
    first = find(asked, kind, screen=True, luck=Random(0))[0]
    assert (first.title, first.artist) == (title, artist)


def test_a_genre_is_a_shuffled_queue_of_it() -> None:
    queue = find("some jazz", "music", screen=False, luck=Random(0))
    assert len(queue) >= 4
    assert all("jazz" in track.genres for track in queue)
    assert queue == find("some jazz", "music", screen=False, luck=Random(0))


def test_music_is_any_music() -> None:
    assert {track.kind for track in find("some music", "music", screen=False, luck=Random(0))} == {"music"}


def test_a_speaker_never_plays_what_needs_a_screen() -> None:
    for track in tracks():
        assert find(track.title, "", screen=False, luck=Random(0))[0].kind not in ("movie", "tvshow")


def test_a_player_goes_through_its_queue() -> None:
    player = Player().obey("playmedia", json.dumps({"media_type": "artist", "media_id": "adele"}), LUCK)
    first, second = player.reports()["title"], player.obey("next", "Next", LUCK).reports()["title"]
    assert first != second
    assert lived(player, 301).reports()["title"] == second
    assert lived(player, 700).reports()["state"] == "idle"
    paused = player.obey("pause", "Pause", LUCK)
    assert (paused.state, lived(paused, 100).position) == ("paused", 0)
    assert paused.obey("turn_off", "off", LUCK).reports()["title"] == ""


def test_a_button_wants_its_own_payload() -> None:
    for button in BUTTONS:
        with pytest.raises(PayloadError):
            Player().obey(button, "nonsense", LUCK)


@pytest.mark.parametrize("payload", ["", "[]", "{}", '"x"', '{"media_type": "music"}'])
def test_a_player_refuses_what_names_nothing_to_play(payload: str) -> None:
    with pytest.raises(PayloadError):
        Player().obey("playmedia", payload, LUCK)


# -- what watches


def test_motion_is_forgotten() -> None:
    seen = changed(Motion(clears=60), {"moving": True})
    assert lived(seen, 59).moving
    assert not lived(seen, 61).moving


def test_passers_by_come_as_often_as_asked_for() -> None:
    sensor, around, seen = Motion(per_hour=4, clears=10), Around(luck=Random(3)), 0
    for _ in range(100 * 360):
        before, sensor = sensor.moving, sensor.step(10, around)
        seen += sensor.moving and not before
    assert 300 < seen < 500


def test_the_fridge_warms_while_it_stands_open() -> None:
    open_fridge = lived(changed(Fridge(), {"open": True}), 1800)
    assert 5 < open_fridge.temperature < 20
    assert lived(changed(open_fridge, {"open": False}), 3600).temperature < 5


def test_at_night_movement_inside_is_no_alarm() -> None:
    panel = AlarmPanel().obey("alarm", "ARM_NIGHT", LUCK)
    assert panel.step(1, Around(motion=True)).state == "armed_night"
    assert panel.step(1, Around(opening=True)).state == "pending"


def test_a_contact_tells_the_house() -> None:
    assert Contact(open=True).effects().opening
    assert not Contact(open=True, outer=False).effects().opening
