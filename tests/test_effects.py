"""What services do to states, when that is seen to have happened, and the way back."""

import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.commands import Command
from devices.effect_table import EFFECTS
from devices.effects import after, alike, concrete, expected, undo
from devices.home import Entity
from devices.undo import BY_ATTRIBUTE, BY_STATE, BY_VALUE, OPPOSITES

SHARED = Path(os.environ.get("HEARTH_SHARED", Path(__file__).parents[1].parent / "shared"))


def thing(entity_id: str, state: str = "unknown", **attributes: Any) -> Entity:
    return Entity(entity_id, "x", domain=entity_id.split(".")[0], state=state, attributes=attributes)


def done(entity: Entity, service: str, **data: Any) -> Entity:
    outcome = expected(entity, Command(service, (entity.entity_id,), data))
    assert outcome is not None, service
    return after(entity, outcome)


@pytest.mark.parametrize(
    ("entity", "service", "data", "state", "attributes"),
    [
        (thing("light.a", "off"), "light.turn_on", {}, "on", {}),
        (thing("light.a", "off"), "light.turn_on", {"brightness_pct": 50}, "on", {"brightness": 128}),
        (thing("light.a", "on", brightness=100), "light.turn_on", {"brightness_step_pct": -20}, "on", {"brightness": 49}),
        (thing("light.a", "on", brightness=250), "light.turn_on", {"brightness_step_pct": 20}, "on", {"brightness": 255}),
        (thing("light.a", "on", brightness=20), "light.turn_on", {"brightness_step_pct": -20}, "off", {"brightness": 20}),
        (thing("light.a", "off"), "light.turn_on", {"color_name": "red"}, "on", {"hs_color": [0, 100], "rgb_color": [255, 0, 0]}),
        (
            thing("light.a", "on", hs_color=[0, 100]),
            "light.turn_on",
            {"color_temp_kelvin": 2700},
            "on",
            {"color_temp_kelvin": 2700, "hs_color": None},
        ),
        (thing("light.a", "on"), "light.toggle", {}, "off", {}),
        (thing("light.a", "off"), "homeassistant.toggle", {}, "on", {}),
        (thing("switch.a", "on"), "homeassistant.turn_off", {}, "off", {}),
        (thing("fan.a", "off"), "fan.turn_on", {}, "on", {"percentage": 100}),
        (thing("fan.a", "off"), "fan.set_percentage", {"percentage": 40}, "on", {"percentage": 40}),
        (thing("fan.a", "on", percentage=40), "fan.set_percentage", {"percentage": 0}, "off", {"percentage": 0}),
        (thing("fan.a", "on", percentage=33, percentage_step=33), "fan.increase_speed", {}, "on", {"percentage": 66}),
        (thing("climate.a", "off"), "climate.turn_on", {}, "heat", {}),
        (thing("climate.a", "off", hvac_modes=["off", "cool"]), "climate.turn_on", {}, "cool", {}),
        (thing("climate.a", "off"), "climate.set_temperature", {"temperature": 21}, "off", {"temperature": 21}),
        (thing("climate.a", "off"), "climate.set_temperature", {"temperature": 200, "hvac_mode": "heat"}, "heat", {"temperature": 200}),
        (thing("climate.a", "off"), "climate.set_hvac_mode", {"hvac_mode": "cool"}, "cool", {}),
        (thing("climate.a", "heat"), "climate.set_fan_mode", {"fan_mode": "low"}, "heat", {"fan_mode": "low"}),
        (thing("cover.a", "closed"), "cover.open_cover", {}, "open", {"current_position": 100}),
        (thing("cover.a", "open"), "cover.toggle", {}, "closed", {"current_position": 0}),
        (thing("cover.a", "open"), "cover.set_cover_position", {"position": 30}, "open", {"current_position": 30}),
        (thing("cover.a", "open"), "cover.set_cover_position", {"position": 0}, "closed", {"current_position": 0}),
        (thing("cover.a", "open"), "homeassistant.turn_off", {}, "closed", {}),
        (thing("cover.a", "opening", current_position=40), "cover.stop_cover", {}, "open", {"current_position": 40}),
        (thing("valve.a", "closed"), "valve.open_valve", {}, "open", {"current_position": 100}),
        (thing("valve.a", "open"), "valve.set_valve_position", {"position": 50}, "open", {"current_position": 50}),
        (thing("lock.a", "locked"), "lock.unlock", {}, "unlocked", {}),
        (thing("lock.a", "locked"), "lock.open", {}, "unlocked", {}),
        (
            thing("media_player.a", "idle"),
            "media_player.play_media",
            {"media_content_id": "Hunger Games"},
            "playing",
            {"media_title": "Hunger Games"},
        ),
        (thing("media_player.a", "playing"), "media_player.media_play_pause", {}, "paused", {}),
        (thing("media_player.a", "playing"), "media_player.media_next_track", {}, "playing", {"media_track": 1}),
        (thing("media_player.a", "playing", volume_level=0.95), "media_player.volume_up", {}, "playing", {"volume_level": 1.0}),
        (thing("media_player.a", "playing", volume_level=0.4), "media_player.volume_down", {}, "playing", {"volume_level": 0.3}),
        (thing("media_player.a", "on"), "media_player.select_source", {"source": "HDMI 1"}, "on", {"source": "HDMI 1"}),
        (thing("vacuum.a", "docked"), "vacuum.start", {}, "cleaning", {}),
        (thing("vacuum.a", "cleaning"), "homeassistant.turn_off", {}, "returning", {}),
        (thing("lawn_mower.a", "docked"), "lawn_mower.start_mowing", {}, "mowing", {}),
        (thing("alarm_control_panel.a", "disarmed"), "alarm_control_panel.alarm_arm_night", {}, "armed_night", {}),
        (thing("select.a", "eco", options=["eco", "hot"]), "select.select_next", {}, "hot", {}),
        (thing("select.a", "eco", options=["eco", "hot"]), "select.select_last", {}, "hot", {}),
        (thing("number.a", "3"), "number.set_value", {"value": 21.5}, "21.5", {}),
        (thing("input_number.a", "9.5", min=0, max=10, step=1), "input_number.increment", {}, "10", {}),
        (thing("todo.a", "1"), "todo.add_item", {"item": "milk"}, "2", {"items": [{"summary": "milk", "status": "needs_action"}]}),
        (thing("todo.a", "unknown"), "todo.add_item", {"item": "milk"}, "1", {}),
        (thing("todo.a", "1", items=[{"summary": "Milk", "status": "needs_action"}]), "todo.remove_item", {"item": "milk"}, "0", {"items": []}),
        (thing("todo.a", "2"), "todo.update_item", {"item": "milk", "status": "completed"}, "1", {}),
        (thing("todo.a", "1", todo_items=["milk"]), "todo.update_item", {"item": "milk", "rename": "oat milk"}, "1", {}),
        (thing("siren.a", "off"), "siren.turn_on", {}, "on", {}),
        (thing("humidifier.a", "on"), "humidifier.set_humidity", {"humidity": 45}, "on", {"humidity": 45}),
    ],
)
def test_effect(entity: Entity, service: str, data: dict[str, Any], state: str, attributes: dict[str, Any]) -> None:
    then = done(entity, service, **data)
    assert then.state == state
    for key, value in attributes.items():
        assert alike(key, value, then.attributes.get(key)), (key, then.attributes)


@pytest.mark.parametrize(
    ("entity", "service"),
    [
        (thing("switch.a", "on"), "light.turn_off"),
        (thing("lock.a", "locked"), "homeassistant.turn_on"),
        (thing("sensor.a", "3"), "sensor.turn_on"),
        (thing("light.a", "on"), "light.dance"),
        (thing("light.a", "on"), "nonsense"),
        (thing("button.a"), "homeassistant.turn_on"),
    ],
)
def test_a_service_the_entity_cannot_take_has_no_effect(entity: Entity, service: str) -> None:
    command = Command(service, (entity.entity_id,))
    assert expected(entity, command) is None
    assert concrete(entity, command) is None
    assert undo(entity, command) == ()


@pytest.mark.parametrize("service", ["scene.turn_on", "script.turn_on", "button.press", "notify.send_message", "vacuum.locate"])
def test_what_nobody_can_see(service: str) -> None:
    outcome = expected(thing(f"{service.split('.')[0]}.a"), Command(service, ()))
    assert outcome is not None
    assert not outcome.visible


def met(before: Entity, now: Entity, service: str, **data: Any) -> bool:
    outcome = expected(before, Command(service, (before.entity_id,), data))
    assert outcome is not None
    return outcome.met(now, before)


def test_a_light_is_met_at_its_brightness_within_what_lamps_round() -> None:
    off = thing("light.a", "off")
    assert met(off, thing("light.a", "on", brightness=126), "light.turn_on", brightness_pct=50)
    assert not met(off, thing("light.a", "on", brightness=200), "light.turn_on", brightness_pct=50)
    assert met(off, thing("light.a", "on"), "light.turn_on", brightness_pct=50), "a lamp that tells no brightness"
    assert not met(off, off, "light.turn_on")
    assert not met(off, thing("light.a", "unavailable"), "light.turn_off")


def test_a_cover_is_met_once_it_moves_the_right_way() -> None:
    half = thing("cover.a", "open", current_position=50)
    assert not met(half, half, "cover.open_cover")
    assert met(half, thing("cover.a", "opening", current_position=50), "cover.open_cover")
    assert met(half, thing("cover.a", "open", current_position=57), "cover.open_cover")
    assert not met(half, thing("cover.a", "closing", current_position=50), "cover.open_cover")
    assert not met(half, thing("cover.a", "open", current_position=43), "cover.open_cover")
    assert met(half, thing("cover.a", "closing", current_position=50), "cover.set_cover_position", position=20)


def test_a_lock_is_met_only_when_the_bolt_has_moved() -> None:
    locked = thing("lock.a", "locked")
    assert met(locked, thing("lock.a", "unlocked"), "lock.unlock")
    assert not met(locked, thing("lock.a", "unlocking"), "lock.unlock")
    assert not met(locked, thing("lock.a", "jammed"), "lock.unlock")


def test_the_next_title_must_be_another_one() -> None:
    playing = thing("media_player.a", "playing", media_title="One")
    assert not met(playing, playing, "media_player.media_next_track")
    assert met(playing, thing("media_player.a", "playing", media_title="Two"), "media_player.media_next_track")
    assert not met(playing, playing, "media_player.play_media", media_content_id="Three")
    assert met(playing, playing, "media_player.play_media", media_content_id="One")
    assert met(thing("media_player.a", "idle"), thing("media_player.a", "playing"), "media_player.play_media", media_content_id="Three")


def test_a_fan_of_three_speeds_may_round_to_its_own() -> None:
    fan = thing("fan.a", "off", percentage_step=33.3)
    assert met(fan, thing("fan.a", "on", percentage=66, percentage_step=33.3), "fan.set_percentage", percentage=50)
    assert not met(fan, thing("fan.a", "on", percentage=100, percentage_step=33.3), "fan.set_percentage", percentage=50)


def test_hues_meet_around_the_circle_and_grey_has_none() -> None:
    assert alike("hs_color", [358, 90], [3, 88])
    assert not alike("hs_color", [358, 90], [40, 88])
    assert alike("hs_color", [10, 3], [200, 5])


# The way back

STARTS: list[Entity] = [
    thing("light.a", "off", brightness=7),
    thing("light.a", "on", brightness=90, hs_color=[120, 80], color_mode="hs"),
    thing("light.a", "on", brightness=255, color_temp_kelvin=3000, color_mode="color_temp"),
    thing("switch.a", "on"),
    thing("switch.a", "off"),
    thing("fan.a", "on", percentage=33, oscillating=False, preset_mode="sleep", direction="forward"),
    thing("fan.a", "off"),
    thing("climate.a", "heat", temperature=20.5, fan_mode="auto", preset_mode="home", hvac_modes=["off", "heat", "cool"]),
    thing("climate.a", "off", temperature=18, target_temp_low=17, target_temp_high=24),
    thing("water_heater.a", "eco", temperature=50),
    thing("cover.a", "open", current_position=100, current_tilt_position=40),
    thing("cover.a", "open", current_position=35),
    thing("cover.a", "closed", current_position=0),
    thing("valve.a", "open", current_position=60),
    thing("valve.a", "closed", current_position=0),
    thing("lock.a", "locked"),
    thing("lock.a", "unlocked"),
    thing(
        "media_player.a", "playing", media_content_id="Jazz", media_content_type="music", media_title="Jazz",
        volume_level=0.35, is_volume_muted=False,
        source="Radio", shuffle=False, media_track=3, media_position=12,
    ),
    thing("media_player.a", "paused", media_content_id="Dune", media_content_type="movie", media_title="Dune",
        volume_level=1.0, is_volume_muted=True),
    thing("media_player.a", "idle", volume_level=0.2),
    thing("media_player.a", "off"),
    thing("vacuum.a", "cleaning", fan_speed="low"),
    thing("vacuum.a", "docked"),
    thing("lawn_mower.a", "mowing"),
    thing("lawn_mower.a", "paused"),
    thing("humidifier.a", "on", humidity=50, mode="auto"),
    thing("siren.a", "off"),
    thing("alarm_control_panel.a", "armed_home"),
    thing("alarm_control_panel.a", "disarmed"),
    thing("select.a", "eco", options=["eco", "warm", "hot"]),
    thing("number.a", "21.5"),
    thing("input_number.a", "4", min=0, max=10),
    thing("counter.a", "4"),
    thing("input_boolean.a", "on"),
    thing("text.a", "hello"),
    thing("todo.a", "1", items=[{"summary": "milk", "status": "needs_action", "due": "2026-03-01"}, {"summary": "eggs", "status": "completed"}]),
]  # fmt: skip
DATA: dict[str, st.SearchStrategy[Any]] = {
    "brightness_pct": st.integers(1, 100),
    "brightness_step_pct": st.integers(-100, 100),
    "color_name": st.sampled_from(["red", "light blue", "white"]),
    "color_temp_kelvin": st.integers(2000, 6500),
    "percentage": st.integers(0, 100),
    "position": st.integers(0, 100),
    "tilt_position": st.integers(0, 100),
    "temperature": st.integers(5, 35),
    "target_temp_high": st.integers(20, 35),
    "hvac_mode": st.sampled_from(["off", "heat", "cool"]),
    "operation_mode": st.sampled_from(["eco", "performance"]),
    "fan_mode": st.just("low"),
    "preset_mode": st.just("away"),
    "media_content_id": st.text(min_size=1, max_size=9),
    "media_content_type": st.sampled_from(["music", "movie"]),
    "volume_level": st.floats(0, 1),
    "is_volume_muted": st.booleans(),
    "seek_position": st.integers(0, 900),
    "source": st.just("HDMI 1"),
    "shuffle": st.booleans(),
    "oscillating": st.booleans(),
    "direction": st.just("reverse"),
    "fan_speed": st.just("high"),
    "humidity": st.integers(20, 80),
    "mode": st.just("night"),
    "option": st.sampled_from(["eco", "warm", "hot"]),
    "value": st.integers(0, 10),
    "item": st.sampled_from(["milk", "eggs"]),
    "status": st.sampled_from(["completed", "needs_action"]),
    "rename": st.just("oat milk"),
}
WAYS_HOME = {"docked": {"docked", "returning"}}
"""What a given home is on its way to counts as there."""


def sendable() -> st.SearchStrategy[tuple[Entity, Command]]:
    def commands(entity: Entity) -> st.SearchStrategy[tuple[Entity, Command]]:
        services = sorted(s for s in EFFECTS if s.startswith(entity.domain + ".") and s not in ("counter.reset", "timer.start"))
        data = st.fixed_dictionaries({}, optional=DATA)
        return st.builds(lambda service, values: (entity, Command(service, (entity.entity_id,), values)), st.sampled_from(services), data)

    return st.sampled_from(STARTS).flatmap(commands)


@settings(deadline=None)
@given(sendable())
def test_undo_brings_back_what_the_command_touched(asked: tuple[Entity, Command]) -> None:
    before, command = asked
    if before.domain == "todo":  # add what is not there yet, change what is still to do
        named = "bread" if command.service == "todo.add_item" else "milk"
        command = Command(command.service, command.entity_ids, {**command.data, "item": named})
    outcome = expected(before, command)
    assert outcome is not None
    now = after(before, outcome)
    for step in undo(before, command):
        back = expected(now, step)
        assert back is not None, step
        now = after(now, back)
    if outcome.state is not None:
        assert now.state in WAYS_HOME.get(before.state, {before.state}), (command, now.state)
    if before.state == "off":
        return  # what a thing keeps while it is off is the thing's own
    for key in outcome.attributes:
        assert before.attributes.get(key) is None or alike(key, before.attributes[key], now.attributes.get(key)), (command, key)


def test_undo_of_what_was_not_known_is_the_opposite() -> None:
    assert undo(thing("light.a"), Command("light.turn_on", ("light.a",))) == (Command("light.turn_off", ("light.a",), {}),)
    assert undo(thing("lock.a"), Command("lock.unlock", ("lock.a",))) == (Command("lock.lock", ("lock.a",), {}),)
    assert undo(thing("cover.a"), Command("cover.toggle", ("cover.a",))) == (Command("cover.close_cover", ("cover.a",), {}),)
    assert undo(thing("media_player.a", "playing"), Command("media_player.volume_up", ("media_player.a",)))[0].service == "media_player.volume_down"


def test_undo_of_a_scene_or_of_an_unknown_title_is_nothing() -> None:
    assert undo(thing("scene.a"), Command("scene.turn_on", ("scene.a",))) == ()
    assert undo(thing("media_player.a", "playing"), Command("media_player.play_media", ("media_player.a",), {"media_content_id": "x"})) == ()


def test_undo_of_a_removed_item_keeps_its_due_day() -> None:
    milk = {"summary": "milk", "status": "needs_action", "due": "2026-03-01"}
    back = undo(thing("todo.a", "1", items=[milk]), Command("todo.remove_item", ("todo.a",), {"item": "milk"}))
    assert back == (Command("todo.add_item", ("todo.a",), {"item": "milk", "due_date": "2026-03-01"}),)


def test_undo_speaks_only_of_services_that_have_effects() -> None:
    named = {f"{domain}.{service}" for domain, states in BY_STATE.items() for service in states.values()}
    named |= {f"{domain}.{service}" for domain, (service, _) in BY_VALUE.items()}
    named |= {f"{domain}.{service}" for domain, attributes in BY_ATTRIBUTE.items() for service, _ in attributes.values()}
    assert named <= set(EFFECTS)
    ends = {service.split(".")[1] for service in EFFECTS}
    assert set(OPPOSITES) | set(OPPOSITES.values()) <= ends


@settings(deadline=None)
@given(
    st.sampled_from(STARTS),
    st.sampled_from(sorted(EFFECTS)),
    st.dictionaries(st.sampled_from(sorted(DATA)), st.none() | st.text() | st.integers() | st.lists(st.integers())),
)
def test_no_data_can_break_an_effect(entity: Entity, service: str, data: dict[str, Any]) -> None:
    verb = service.partition(".")[2]
    outcome = expected(entity, Command(f"{entity.domain}.{verb}", (entity.entity_id,), data))
    if outcome is not None:
        assert isinstance(outcome.met(after(entity, outcome), entity), bool)
        assert isinstance(undo(entity, Command(f"{entity.domain}.{verb}", (entity.entity_id,), data)), tuple)


@pytest.mark.skipif(not (SHARED / "eval" / "score.py").is_file(), reason="../shared is not beside the project")
def test_the_scorer_expects_the_same_of_what_its_sets_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(SHARED / "eval"))
    score = __import__("score")
    asked: list[tuple[Entity, str, dict[str, Any]]] = [
        (thing("light.a", "off"), "light.turn_on", {"brightness_pct": 37}),
        (thing("light.a", "on", brightness=100), "light.turn_on", {"brightness_step_pct": 10}),
        (thing("light.a", "on", brightness=100), "light.turn_off", {}),
        (thing("climate.a", "off"), "climate.turn_on", {}),
        (thing("climate.a", "heat"), "climate.set_temperature", {"temperature": 19}),
        (thing("climate.a", "heat"), "climate.set_hvac_mode", {"hvac_mode": "cool"}),
        (thing("fan.a", "off"), "fan.turn_on", {}),
        (thing("fan.a", "off"), "fan.set_percentage", {"percentage": 60}),
        (thing("cover.a", "closed"), "cover.open_cover", {}),
        (thing("cover.a", "open"), "cover.set_cover_position", {"position": 20}),
        (thing("valve.a", "open"), "valve.close_valve", {}),
        (thing("lock.a", "locked"), "lock.open", {}),
        (thing("vacuum.a", "docked"), "vacuum.start", {}),
        (thing("vacuum.a", "cleaning"), "vacuum.return_to_base", {}),
        (thing("lawn_mower.a", "mowing"), "lawn_mower.dock", {}),
        (thing("media_player.a", "playing"), "media_player.media_pause", {}),
        (thing("media_player.a", "playing", media_track=4), "media_player.media_next_track", {}),
        (thing("media_player.a", "playing", volume_level=0.5), "media_player.volume_down", {}),
        (thing("todo.a", "2"), "todo.add_item", {"item": "x"}),
        (thing("todo.a", "2"), "todo.remove_item", {"item": "x"}),
        (thing("switch.a", "on"), "switch.toggle", {}),
    ]
    for entity, service, data in asked:
        states = {entity.entity_id: {"state": entity.state, "attributes": dict(entity.attributes)}}
        theirs = score.effects([{"service": service, "entity_id": [entity.entity_id], "data": data}], states)[entity.entity_id]
        ours = done(entity, service, **data)
        assert ours.state == theirs["state"], service
        for key, value in theirs["attributes"].items():
            assert value == pytest.approx(ours.attributes.get(key)), (service, key)
    sys.modules.pop("score", None)
