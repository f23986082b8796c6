"""Announcements over MQTT: what is read of them, what each component tells, and what is written to it."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.announced import Announced
from devices.commands import Command
from devices.components import COMPONENTS, component_for
from devices.components.wire import Ask
from devices.discovery import LARGEST, AnnouncementError, component_of, patterns, read_announcement
from devices.effects import concrete, expected
from devices.home import Entity
from devices.naming import hardware_of, name_of, object_id_of, slug, suggested_area
from devices.templates import NothingToSayError, TemplateFailedError, read
from devices.wired import Wired


def announce(component: str, **values: Any) -> Announced:
    (announced,) = read_announcement(component, f"homeassistant/{component}/thing/config", json.dumps(values).encode()).parts
    return announced


def bundle(message: object) -> tuple[Announced, ...]:
    return read_announcement("device", "homeassistant/device/thing/config", json.dumps(message).encode()).parts


def wired(component: str, **values: Any) -> Wired:
    announced = announce(component, **values)
    found = component_for(announced)
    assert found is not None
    return Wired(announced, found, f"{found.domain}.thing")


class Told:
    """An entity as it becomes by messages."""

    def __init__(self, thing: Wired) -> None:
        self.thing = thing
        self.complaints: list[str] = []
        self.entity = Entity(thing.entity_id, "thing", domain=thing.component.domain, attributes=thing.component.attributes(thing.announced))

    def hear(self, topic: str, payload: str) -> Entity:
        told = self.thing.receive(topic, payload, self.entity, lambda where, why: self.complaints.append(f"{where}: {why}"))
        merged = {**self.entity.attributes, **told.attributes}
        self.entity = Entity(
            self.entity.entity_id,
            "thing",
            domain=self.entity.domain,
            state=self.thing.shown_state,
            attributes={k: v for k, v in merged.items() if v is not None},
        )
        return self.entity


# Announcements


def test_topics_of_announcements() -> None:
    assert patterns("ha") == ("ha/+/+/config", "ha/+/+/+/config")
    assert component_of("homeassistant", "homeassistant/light/x/config") == "light"
    assert component_of("homeassistant", "homeassistant/light/node/x/config") == "light"
    assert component_of("homeassistant", "homeassistant/device/x/config") == "device"
    for other in (
        "homeassistant/status",
        "homeassistant/light/x/state",
        "homeassistant/light/x y/config",
        "zigbee2mqtt/light/x/config",
        "homeassistant/config",
    ):
        assert component_of("homeassistant", other) is None


def test_short_keys_and_the_tilde() -> None:
    lamp = announce("light", **{"~": "home/lamp", "cmd_t": "~/set", "stat_t": "~/state", "avty_t": "status/~", "bri_scl": 100, "uniq_id": "l1"})
    assert lamp.text("command_topic") == "home/lamp/set"
    assert lamp.text("state_topic") == "home/lamp/state"
    assert lamp.text("availability_topic") == "status/home/lamp"
    assert lamp.number("brightness_scale", 255) == 100


def test_the_tilde_within_availability_and_only_in_topics() -> None:
    lamp = announce("light", **{"~": "b", "name": "~x", "avty": [{"t": "~/there", "pl_avail": "yes"}, "junk"]})
    assert lamp.text("name") == "~x"
    assert lamp.values["availability"] == [{"topic": "b/there", "payload_available": "yes"}]


def test_a_bundle_shares_its_device_availability_and_base() -> None:
    parts = bundle(
        {
            "dev": {"ids": ["x"], "name": "Hall sensor", "sa": "Hall", "mf": "Acme", "mdl": "S1"},
            "o": {"name": "acme"},
            "cmps": {
                "t": {"p": "sensor", "dev_cla": "temperature", "stat_t": "~/t", "uniq_id": "xt"},
                "b": {"p": "button", "cmd_t": "~/b", "~": "other", "uniq_id": "xb", "avty_t": "own/status"},
            },
            "~": "acme/x",
            "avty_t": "~/status",
            "qos": 1,
        }
    )
    temperature, button = parts
    assert (temperature.component, temperature.part, temperature.text("state_topic")) == ("sensor", "t", "acme/x/t")
    assert temperature.text("availability_topic") == "acme/x/status"
    assert button.text("command_topic") == "other/b"
    assert button.text("availability_topic") == "own/status"
    assert name_of(temperature) == "Hall sensor Temperature"
    assert suggested_area(temperature) == "Hall"


def test_a_part_that_is_only_a_platform_is_gone_and_a_broken_one_is_left_out() -> None:
    message = {
        "dev": {"ids": "x"},
        "cmps": {"a": {"p": "sensor"}, "b": {"stat_t": "x"}, "c": 3, "d": {"p": "switch", "cmd_t": "x"}, "e": {"p": "tag", "t": "x"}},
    }
    announcement = read_announcement("device", "homeassistant/device/x/config", json.dumps(message).encode())
    assert [part.part for part in announcement.parts] == ["d"]
    assert announcement.ignored == ("component b has no platform (p)", "component c is a number")


def test_nothing_is_announced_by_nothing_and_by_what_nobody_speaks_of() -> None:
    assert read_announcement("light", "homeassistant/light/x/config", b"").parts == ()
    assert read_announcement("device_automation", "homeassistant/device_automation/x/config", b'{"topic":"x"}').parts == ()


@pytest.mark.parametrize(
    ("payload", "why"),
    [
        (b"{", "not JSON"),
        (b"\xff\xfe", "not UTF-8"),
        (b"[1]", "a list"),
        (b"null", "null"),
        (b"3", "a number"),
        (b"[" * 100_000, "not JSON"),
        (b" " * (LARGEST + 1), "more than"),
    ],
)
def test_a_broken_announcement_says_what_is_wrong(payload: bytes, why: str) -> None:
    with pytest.raises(AnnouncementError, match=why):
        read_announcement("light", "homeassistant/light/x/config", payload)


def test_a_bundle_without_components_says_so() -> None:
    with pytest.raises(AnnouncementError, match="components"):
        bundle({"dev": {"ids": "x"}})


# Names


@pytest.mark.parametrize(
    ("component", "values", "name", "object_id"),
    [
        ("light", {"name": None, "device": {"identifiers": "x", "name": "Desk lamp"}}, "Desk lamp", "desk_lamp"),
        ("light", {"device": {"identifiers": "x", "name": "Desk lamp"}}, "Desk lamp", "desk_lamp"),
        ("sensor", {"device_class": "signal_strength", "device": {"name": "Desk lamp"}}, "Desk lamp Signal strength", "desk_lamp_signal_strength"),
        ("switch", {"name": "Child lock", "device": {"name": "Oven"}}, "Oven Child lock", "oven_child_lock"),
        ("switch", {"name": "Oven child lock", "device": {"name": "Oven"}}, "Oven child lock", "oven_child_lock"),
        ("light", {"name": "Küche"}, "Küche", "kuche"),
        ("light", {"name": "Lamp", "object_id": "old_one"}, "Lamp", "old_one"),
        ("light", {"name": "Lamp", "object_id": "old_one", "default_entity_id": "light.new_one"}, "Lamp", "new_one"),
        ("light", {}, "thing", "thing"),
        ("light", {"name": "灯"}, "灯", "thing"),
    ],
)
def test_names_and_ids(component: str, values: dict[str, Any], name: str, object_id: str) -> None:
    announced = announce(component, **values)
    assert (name_of(announced), object_id_of(announced)) == (name, object_id)


@pytest.mark.parametrize(
    ("device", "device_id"),
    [
        ({"identifiers": ["a", "b"]}, "a"),
        ({"identifiers": "a"}, "a"),
        ({"ids": 7}, "7"),
        ({"connections": [["mac", "00:11"]]}, "mac_00:11"),
        ({"name": "no id"}, None),
        ({"identifiers": [{}]}, None),
        ("junk", None),
    ],
)
def test_hardware(device: object, device_id: str | None) -> None:
    hardware = hardware_of(announce("light", device=device))
    assert (hardware.device_id if hardware else None) == device_id


def test_slugs() -> None:
    assert [slug(text) for text in ("Living Room", "Café №2", "__", "A--B")] == ["living_room", "cafe_no2", "", "a_b"]


# Templates


@pytest.mark.parametrize(
    ("template", "payload", "text"),
    [
        ("", "21", "21"),
        ("{{ value_json.a.b }}", '{"a":{"b":3}}', "3"),
        ("{{ value_json['a b'][1] }}", '{"a b":[1,2]}', "2"),
        ("{{ value_json.missing.deeper }}", "{}", ""),
        ("{{ value_json.t }}", '{"t":null}', "None"),
        ("{{ value_json.t | round(1) }}", '{"t":21.46}', "21.5"),
        ("{{ value | float * 2 }}", "3", "6.0"),
        ("{{ value | int(7) }}", "x", "7"),
        ("{{ 'ON' if value_json.s else 'OFF' }}", '{"s":false}', "OFF"),
        ("{{ iif(value == '1', 'ON', 'OFF') }}", "1", "ON"),
        ("{{ value_json.x | default('none') | upper }}", "{}", "NONE"),
        ("{{ '%.1f' | format(value | float) }}", "3.14159", "3.1"),
        ("{{ value_json.StatusSNS.ENERGY.Power }}", '{"StatusSNS":{"ENERGY":{"Power":12}}}', "12"),
    ],
)
def test_templates(template: str, payload: str, text: str) -> None:
    assert read(template, payload) == text


@pytest.mark.parametrize(
    "template",
    [
        "{{ x",
        "{{ value | float }}",
        "{{ value.__class__.__mro__ | first }}" + "{{ value.deeper.still }}",
        "{{ 'a' * 10 ** 9 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{% for i in range(99999) %}{% for j in range(9999) %}xxxxxxxx{% endfor %}{% endfor %}",
        "{{ '{:>1000000000}'.format(1) }}",
        "{{ 'x'.ljust(1000000000) }}",
        "{{ '%1000000000d' % 3 }}",
        "{{ range(999999999) }}",
        "{{ 1 / 0 }}",
        "{{ " + "1+" * 9000 + "1 }}",
    ],
)
def test_a_bad_template_fails_in_its_sandbox(template: str) -> None:
    with pytest.raises(TemplateFailedError):
        read(template, "text")


def test_a_template_that_asks_for_what_is_not_there_has_nothing_to_say() -> None:
    with pytest.raises(NothingToSayError):
        read("{{ value_json.x | is_defined }}", "{}")


# What components tell


READINGS: list[tuple[str, dict[str, Any], list[tuple[str, str]], str, dict[str, Any]]] = [
    ("switch", {"stat_t": "s", "cmd_t": "c"}, [("s", "ON")], "on", {}),
    ("switch", {"stat_t": "s", "pl_on": 1, "pl_off": 0, "val_tpl": "{{ value_json.POWER }}"}, [("s", '{"POWER":1}')], "on", {}),
    ("switch", {"stat_t": "s", "stat_on": "up", "stat_off": "down"}, [("s", "up"), ("s", "junk")], "on", {}),
    ("switch", {"stat_t": "s", "avty_t": "a"}, [("s", "ON")], "unavailable", {}),
    ("switch", {"stat_t": "s", "avty_t": "a"}, [("s", "ON"), ("a", "online")], "on", {}),
    ("switch", {"stat_t": "s", "avty_t": "a"}, [("a", "online"), ("s", "ON"), ("a", "offline")], "unavailable", {}),
    ("switch", {"stat_t": "s", "avty": [{"t": "a"}, {"t": "b"}], "avty_mode": "all"}, [("a", "online"), ("s", "ON")], "unavailable", {}),
    ("switch", {"stat_t": "s", "avty": [{"t": "a"}, {"t": "b"}], "avty_mode": "any"}, [("a", "online"), ("s", "ON")], "on", {}),
    ("switch", {"stat_t": "s", "avty": [{"t": "a"}, {"t": "b"}]}, [("a", "online"), ("b", "offline"), ("s", "ON")], "unavailable", {}),
    ("switch", {"stat_t": "s", "avty": {"t": "a", "val_tpl": "{{ value_json.state }}"}}, [("s", "ON"), ("a", '{"state":"online"}')], "on", {}),
    ("switch", {"stat_t": "s", "json_attr_t": "j"}, [("j", '{"rssi":-60,"device_class":"no"}'), ("s", "None")], "unknown", {"rssi": -60}),
    ("sensor", {"stat_t": "s", "val_tpl": "{{ value_json.t }}"}, [("s", '{"t":21.5}'), ("s", "{}")], "21.5", {}),
    ("binary_sensor", {"stat_t": "s", "pl_on": "open", "pl_off": "closed"}, [("s", "open")], "on", {}),
    ("number", {"stat_t": "s", "min": 1, "max": 9}, [("s", "4")], "4", {"min": 1, "max": 9, "step": 1}),
    ("select", {"stat_t": "s", "ops": ["a", "b"]}, [("s", "b")], "b", {"options": ["a", "b"]}),
    ("device_tracker", {"stat_t": "s", "pl_home": "in"}, [("s", "in")], "home", {}),
    ("lock", {"stat_t": "s"}, [("s", "LOCKED")], "locked", {}),
    ("lock", {"stat_t": "s", "stat_jam": "stuck"}, [("s", "stuck")], "jammed", {}),
    ("alarm_control_panel", {"stat_t": "s"}, [("s", "armed_away"), ("s", "nonsense")], "armed_away", {}),
    ("cover", {"stat_t": "s", "pos_t": "p"}, [("p", "40"), ("s", "opening"), ("p", "60")], "opening", {"current_position": 60}),
    ("cover", {"stat_t": "s", "pos_t": "p"}, [("p", "40"), ("s", "stopped")], "open", {"current_position": 40}),
    ("cover", {"pos_t": "p", "pos_open": 0, "pos_clsd": 255}, [("p", "255")], "closed", {"current_position": 0}),
    ("cover", {"pos_t": "p", "pos_tpl": "{{ value_json.position }}"}, [("p", '{"position":75}')], "open", {"current_position": 75}),
    ("cover", {"tilt_status_t": "t", "tilt_max": 50}, [("t", "25")], "unknown", {"current_tilt_position": 50}),
    ("valve", {"stat_t": "s"}, [("s", "open")], "open", {}),
    ("valve", {"stat_t": "s", "pos": True}, [("s", '{"state":"opening","position":30}')], "opening", {"current_position": 30}),
    ("valve", {"stat_t": "s", "pos": True}, [("s", "0")], "closed", {"current_position": 0}),
    ("fan", {"stat_t": "s", "pct_stat_t": "p", "pct_cmd_t": "c", "spd_rng_max": 3}, [("s", "ON"), ("p", "2")], "on", {"percentage": 67}),
    (
        "fan", {"stat_t": "s", "osc_stat_t": "o", "pr_mode_stat_t": "m"}, [("o", "oscillate_on"), ("m", "sleep")],
        "unknown", {"oscillating": True, "preset_mode": "sleep"},
    ),
    (
        "climate",
        {"mode_stat_t": "m", "temp_stat_t": "t", "curr_temp_t": "c", "act_t": "a", "modes": ["off", "heat"], "max_temp": 250},
        [("m", "heat"), ("t", "180.0"), ("c", "21.5"), ("a", "heating")],
        "heat",
        {"temperature": 180, "current_temperature": 21.5, "hvac_action": "heating", "max_temp": 250, "hvac_modes": ["off", "heat"]},
    ),
    ("climate", {"mode_stat_t": "s", "mode_stat_tpl": "{{ value_json.mode }}"}, [("s", '{"mode":"cool"}')], "cool", {}),
    ("water_heater", {"mode_stat_t": "m", "temp_stat_t": "t"}, [("m", "eco"), ("t", "50")], "eco", {"temperature": 50}),
    ("humidifier", {"stat_t": "s", "hum_stat_t": "h"}, [("s", "ON"), ("h", "45")], "on", {"humidity": 45}),
    ("siren", {"stat_t": "s"}, [("s", '{"state":"ON","tone":"bell"}')], "on", {"tone": "bell"}),
    (
        "vacuum", {"stat_t": "s"}, [("s", '{"state":"docked","battery_level":90,"fan_speed":"low"}')],
        "docked", {"battery_level": 90, "fan_speed": "low"},
    ),
    ("lawn_mower", {"activity_state_topic": "s"}, [("s", "mowing")], "mowing", {}),
    ("light", {"stat_t": "s", "bri_stat_t": "b", "bri_scl": 100}, [("s", "ON"), ("b", "50")], "on", {"brightness": 128}),
    ("light", {"rgb_stat_t": "r", "rgb_cmd_t": "c"}, [("r", "0,255,0")], "unknown", {"hs_color": [120, 100], "rgb_color": [0, 255, 0]}),
    ("light", {"clr_temp_stat_t": "t"}, [("t", "370")], "unknown", {"color_temp_kelvin": 2703, "color_mode": "color_temp"}),
    ("light", {"hs_stat_t": "h"}, [("h", "240,100")], "unknown", {"rgb_color": [0, 0, 255]}),
    (
        "light",
        {"schema": "json", "stat_t": "s", "sup_clrm": ["rgb", "color_temp"]},
        [("s", '{"state":"ON","brightness":80,"color_mode":"rgb","color":{"r":255,"g":0,"b":0}}')],
        "on",
        {"brightness": 80, "hs_color": [0, 100]},
    ),
    ("light", {"schema": "json", "stat_t": "s", "clr_temp_k": True}, [("s", '{"state":"ON","color_temp":3000}')], "on", {"color_temp_kelvin": 3000}),
    ("light", {"schema": "json", "stat_t": "s"}, [("s", '{"state":"OFF","brightness":0}')], "off", {}),
    (
        "light",
        {"schema": "template", "stat_t": "s", "stat_tpl": "{{ value.split(',')[0] }}", "bri_tpl": "{{ value.split(',')[1] }}"},
        [("s", "on,200")],
        "on",
        {"brightness": 200},
    ),
    (
        "media_player", {"state_state_topic": "s", "state_volume_topic": "v", "state_title_topic": "t"},
        [("s", "playing"), ("v", "0.4"), ("t", "Dune")],
        "playing", {"volume_level": 0.4, "media_title": "Dune"},
    ),
    (
        "media_player", {"state_state_topic": "s", "state_mute_topic": "m", "device_class": "tv"}, [("s", "stopped"), ("m", "mute")],
        "idle", {"is_volume_muted": True, "device_class": "tv"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("component", "values", "messages", "state", "attributes"), READINGS)
def test_what_is_told(component: str, values: dict[str, Any], messages: list[tuple[str, str]], state: str, attributes: dict[str, Any]) -> None:
    told = Told(wired(component, **values))
    for topic, payload in messages:
        told.hear(topic, payload)
    assert told.entity.state == state
    for key, value in attributes.items():
        assert told.entity.attributes.get(key) == value, key
    assert "device_class" not in told.entity.attributes or component == "media_player"


def test_every_component_is_under_test() -> None:
    read_of = {component for component, *_ in READINGS}
    written_of = {component for component, *_ in WRITINGS}
    assert read_of | written_of == {*COMPONENTS, "light"}


# What is written to them


WRITINGS: list[tuple[str, dict[str, Any], dict[str, Any], str, dict[str, Any], list[tuple[str, str]] | None]] = [
    ("switch", {"cmd_t": "c"}, {}, "turn_on", {}, [("c", "ON")]),
    ("switch", {"cmd_t": "c", "pl_off": 0}, {"state": "on"}, "toggle", {}, [("c", "0")]),
    ("switch", {"stat_t": "s"}, {}, "turn_on", {}, None),
    ("sensor", {"stat_t": "s"}, {}, "turn_on", {}, None),
    ("button", {"cmd_t": "c"}, {}, "press", {}, [("c", "PRESS")]),
    ("scene", {"cmd_t": "c", "pl_on": "go"}, {}, "turn_on", {}, [("c", "go")]),
    ("notify", {"cmd_t": "c"}, {}, "send_message", {"message": "hi"}, [("c", "hi")]),
    ("number", {"cmd_t": "c", "cmd_tpl": '{"v":{{ value }}}'}, {}, "set_value", {"value": 3}, [("c", '{"v":3}')]),
    ("select", {"cmd_t": "c", "ops": ["a", "b"]}, {"state": "a"}, "select_next", {}, [("c", "b")]),
    ("text", {"cmd_t": "c"}, {}, "set_value", {"value": "hello"}, [("c", "hello")]),
    ("lock", {"cmd_t": "c"}, {}, "unlock", {}, [("c", "UNLOCK")]),
    ("lock", {"cmd_t": "c", "cmd_tpl": '{"a":"{{ value }}","c":"{{ code }}"}'}, {}, "lock", {"code": "12"}, [("c", '{"a":"LOCK","c":"12"}')]),
    ("lock", {"cmd_t": "c"}, {}, "open", {}, None),
    ("lock", {"cmd_t": "c", "pl_open": "OPEN"}, {}, "open", {}, [("c", "OPEN")]),
    ("alarm_control_panel", {"cmd_t": "c"}, {}, "alarm_arm_night", {}, [("c", "ARM_NIGHT")]),
    ("cover", {"cmd_t": "c"}, {}, "open_cover", {}, [("c", "OPEN")]),
    ("cover", {"cmd_t": "c"}, {}, "stop_cover", {}, [("c", "STOP")]),
    ("cover", {"cmd_t": "c", "pl_stop": None}, {}, "stop_cover", {}, None),
    ("cover", {"cmd_t": "c"}, {}, "set_cover_position", {"position": 30}, None),
    ("cover", {"set_pos_t": "p", "pos_open": 0, "pos_clsd": 100}, {}, "set_cover_position", {"position": 30}, [("p", "70")]),
    ("cover", {"set_pos_t": "p"}, {}, "close_cover", {}, [("p", "0")]),
    ("cover", {"tilt_cmd_t": "t", "tilt_max": 50}, {}, "set_cover_tilt_position", {"tilt_position": 50}, [("t", "25")]),
    ("valve", {"cmd_t": "c"}, {}, "close_valve", {}, [("c", "CLOSE")]),
    ("valve", {"cmd_t": "c", "pos": True}, {}, "open_valve", {}, [("c", "100")]),
    ("valve", {"cmd_t": "c"}, {}, "set_valve_position", {"position": 5}, None),
    ("fan", {"cmd_t": "c"}, {}, "turn_on", {}, [("c", "ON")]),
    ("fan", {"cmd_t": "c", "pct_cmd_t": "p", "spd_rng_max": 3}, {"state": "on"}, "set_percentage", {"percentage": 50}, [("p", "2")]),
    ("fan", {"cmd_t": "c", "pct_cmd_t": "p"}, {"state": "off"}, "set_percentage", {"percentage": 50}, [("c", "ON"), ("p", "50")]),
    ("fan", {"cmd_t": "c", "pct_cmd_t": "p"}, {"state": "on"}, "set_percentage", {"percentage": 0}, [("c", "OFF")]),
    ("fan", {"cmd_t": "c"}, {"state": "on"}, "set_percentage", {"percentage": 50}, None),
    ("fan", {"cmd_t": "c", "osc_cmd_t": "o"}, {}, "oscillate", {"oscillating": True}, [("o", "oscillate_on")]),
    ("climate", {"temp_cmd_t": "t"}, {}, "set_temperature", {"temperature": 21.5}, [("t", "21.5")]),
    (
        "climate", {"temp_cmd_t": "t", "mode_cmd_t": "m"}, {},
        "set_temperature", {"temperature": 200, "hvac_mode": "heat"}, [("m", "heat"), ("t", "200")],
    ),
    ("climate", {"temp_hi_cmd_t": "h"}, {}, "set_temperature", {"temperature": 20}, None),
    ("climate", {"mode_cmd_t": "m", "modes": ["off", "cool"]}, {"state": "off"}, "turn_on", {}, [("m", "cool")]),
    ("climate", {"mode_cmd_t": "m", "pow_cmd_t": "p"}, {"state": "heat"}, "turn_off", {}, [("p", "OFF")]),
    ("climate", {"mode_cmd_t": "m", "pow_cmd_t": "p"}, {"state": "off"}, "set_hvac_mode", {"hvac_mode": "heat"}, [("p", "ON"), ("m", "heat")]),
    ("climate", {"fan_mode_cmd_t": "f"}, {}, "set_fan_mode", {"fan_mode": "low"}, [("f", "low")]),
    ("water_heater", {"mode_cmd_t": "m"}, {}, "set_operation_mode", {"operation_mode": "eco"}, [("m", "eco")]),
    ("humidifier", {"cmd_t": "c", "hum_cmd_t": "h"}, {}, "set_humidity", {"humidity": 45}, [("h", "45")]),
    ("siren", {"cmd_t": "c"}, {}, "turn_on", {"tone": "bell"}, [("c", '{"state": "ON", "tone": "bell"}')]),
    ("siren", {"cmd_t": "c", "cmd_tpl": "{{ value }}"}, {}, "turn_off", {}, [("c", "OFF")]),
    ("vacuum", {"cmd_t": "c"}, {}, "start", {}, [("c", "start")]),
    ("vacuum", {"cmd_t": "c", "set_fan_spd_t": "f"}, {}, "set_fan_speed", {"fan_speed": "low"}, [("f", "low")]),
    ("lawn_mower", {"dock_cmd_t": "d"}, {}, "dock", {}, [("d", "dock")]),
    ("light", {"cmd_t": "c"}, {}, "turn_on", {}, [("c", "ON")]),
    ("light", {"cmd_t": "c"}, {}, "turn_on", {"brightness_pct": 50}, None),
    ("light", {"cmd_t": "c", "bri_cmd_t": "b"}, {}, "turn_on", {"brightness_pct": 40}, [("b", "102"), ("c", "ON")]),
    (
        "light", {"cmd_t": "c", "bri_cmd_t": "b", "on_cmd_type": "first", "bri_scl": 100}, {},
        "turn_on", {"brightness_pct": 40}, [("c", "ON"), ("b", "40")],
    ),
    ("light", {"cmd_t": "c", "bri_cmd_t": "b", "on_cmd_type": "brightness"}, {"brightness": 90}, "turn_on", {}, [("b", "90")]),
    ("light", {"cmd_t": "c", "rgb_cmd_t": "r"}, {}, "turn_on", {"color_name": "red"}, [("r", "255,0,0"), ("c", "ON")]),
    ("light", {"cmd_t": "c", "hs_cmd_t": "h"}, {}, "turn_on", {"color_name": "blue"}, [("h", "240,100"), ("c", "ON")]),
    ("light", {"cmd_t": "c", "clr_temp_cmd_t": "t"}, {}, "turn_on", {"color_temp_kelvin": 2700}, [("t", "370"), ("c", "ON")]),
    ("light", {"cmd_t": "c", "clr_temp_cmd_t": "t", "clr_temp_k": True}, {}, "turn_on", {"color_temp_kelvin": 2700}, [("t", "2700"), ("c", "ON")]),
    (
        "light", {"schema": "json", "cmd_t": "c", "brightness": True}, {},
        "turn_on", {"brightness_pct": 40}, [("c", '{"state": "ON", "brightness": 102}')],
    ),
    ("light", {"schema": "json", "cmd_t": "c"}, {}, "turn_on", {"brightness_pct": 50}, None),
    (
        "light", {"schema": "json", "cmd_t": "c", "sup_clrm": ["rgb"]}, {},
        "turn_on", {"color_name": "red"}, [("c", '{"state": "ON", "color": {"r": 255, "g": 0, "b": 0}}')],
    ),
    ("light", {"schema": "json", "cmd_t": "c", "sup_clrm": ["color_temp"]}, {}, "turn_on", {"color_name": "red"}, None),
    (
        "light", {"schema": "template", "cmd_t": "c", "cmd_on_tpl": "on,{{ brightness | default(255) }}", "bri_tpl": "x"}, {},
        "turn_on", {"brightness_pct": 40}, [("c", "on,102")],
    ),
    ("light", {"schema": "template", "cmd_t": "c", "cmd_off_tpl": "off"}, {"state": "on"}, "toggle", {}, [("c", "off")]),
    ("media_player", {"command_play_topic": "p"}, {}, "media_play", {}, [("p", "Play")]),
    ("media_player", {"command_playpause_topic": "p"}, {"state": "playing"}, "media_pause", {}, [("p", "PlayPause")]),
    ("media_player", {"command_volume_topic": "v"}, {"volume_level": 0.5}, "volume_up", {}, [("v", "0.6")]),
    ("media_player", {"command_mute_topic": "m"}, {}, "volume_mute", {"is_volume_muted": True}, [("m", "mute")]),
    (
        "media_player", {"command_playmedia_topic": "m"}, {}, "play_media", {"media_content_id": "Café", "media_content_type": "music"},
        [("m", '{"media_type": "music", "media_id": "Café"}')],
    ),
    ("media_player", {"command_play_topic": "p"}, {}, "media_next_track", {}, None),
    ("binary_sensor", {"stat_t": "s"}, {}, "turn_on", {}, None),
]  # fmt: skip


@pytest.mark.parametrize(("component", "values", "before", "service", "data", "messages"), WRITINGS)
def test_what_is_written(
    component: str, values: dict[str, Any], before: dict[str, Any], service: str, data: dict[str, Any], messages: object
) -> None:
    thing = wired(component, **values)
    domain = thing.component.domain
    fixed = thing.component.attributes(thing.announced)
    state = before.pop("state", "unknown") if "state" in before else "unknown"
    entity = Entity(thing.entity_id, "thing", domain=domain, state=state, attributes={**fixed, **before})
    command = Command(f"{domain}.{service}", (thing.entity_id,), data)
    doable, outcome = concrete(entity, command), expected(entity, command)
    writing = thing.component.writings.get(doable.service.split(".")[1]) if doable else None
    sent = writing(thing.announced, Ask(entity, service, doable.data, outcome)) if writing and doable and outcome else None
    assert ([(publish.topic, publish.payload) for publish in sent] if sent else None) == messages


def test_every_writing_is_of_a_service_that_has_an_effect() -> None:
    for component in [*COMPONENTS.values(), *(wired("light", schema=schema).component for schema in ("default", "json", "template"))]:
        for service in component.writings:
            entity = Entity(f"{component.domain}.x", "x", domain=component.domain)
            assert concrete(entity, Command(f"{component.domain}.{service}", (entity.entity_id,))) is not None, (component.domain, service)


# Whatever arrives

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=True)
    | st.text(max_size=9)
    | st.sampled_from(["ON", "online", "t", "{{ value_json.x }}"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["state", "position", "color", "x", "r", "g", "b", "t", "topic"]), inner, max_size=4)
    ),
    max_leaves=9,
)
KEYS = """
name device availability availability_mode state_topic command_topic position_topic value_template brightness_state_topic
brightness_scale speed_range_max percentage_state_topic options modes min max schema tilt_status_topic mode_state_topic
temperature_state_topic position_open state_state_topic state_volume_topic activity_state_topic rgb_state_topic
json_attributes_topic supported_color_modes reports_position unique_id default_entity_id device_class color_temp_state_topic
min_mireds max_kelvin temp_step effect_list optimistic
"""


@settings(deadline=None)
@given(
    st.sampled_from([*COMPONENTS, "light"]),
    st.dictionaries(st.sampled_from(KEYS.split()), JSON, max_size=8),
    st.lists(st.binary(max_size=40) | JSON.map(lambda v: json.dumps(v).encode()), max_size=3),
)
def test_no_announcement_and_no_message_can_break_a_component(component: str, values: dict[str, Any], payloads: list[bytes]) -> None:
    announced = announce(component, **values)
    name_of(announced), object_id_of(announced), hardware_of(announced), suggested_area(announced)
    found = component_for(announced)
    assert found is not None
    told = Told(Wired(announced, found, f"{found.domain}.thing"))
    for topic in sorted(told.thing.topics):
        for payload in payloads:
            told.hear(topic, payload.decode(errors="replace"))
    assert isinstance(told.entity.state, str)


@settings(deadline=None)
@given(st.binary(max_size=200) | JSON.map(lambda v: json.dumps(v).encode()))
def test_no_bytes_can_break_the_reading_of_announcements(payload: bytes) -> None:
    for component in ("device", "light"):
        with suppress(AnnouncementError):
            assert isinstance(read_announcement(component, f"homeassistant/{component}/x/config", payload).parts, tuple)
