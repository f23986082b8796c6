"""What the simulated home announces, held against Home Assistant's rules for MQTT discovery."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from devices.abbreviations import KEYS
from devices.discovery import component_of, read_announcement
from simulators.house import PlanError, demo_home, demo_plan
from simulators.house.discovery import ABBREVIATIONS, announcement, messages
from simulators.house.plan import THINGS, Device, load_plan, read_plan
from simulators.house.players import Player
from simulators.house.table import BEGIN, END, SETTABLE, table
from simulators.house.thing import Entity

DOCS = Path(__file__).parents[1] / "docs"
TOPIC = re.compile(r"homeassistant/(\w+)/(?:([a-zA-Z0-9_-]+)/)?([a-zA-Z0-9_-]+)/config")
DEVICE_KEYS = {"ids": "identifiers", "name": "name", "mf": "manufacturer", "mdl": "model", "sa": "suggested_area"}
REQUIRED: dict[str, set[str]] = {
    "alarm_control_panel": {"command_topic", "state_topic"},
    "binary_sensor": {"state_topic"},
    "climate": set(),
    "cover": set(),
    "fan": {"command_topic"},
    "humidifier": {"command_topic", "target_humidity_command_topic"},
    "light": {"command_topic"},
    "lock": {"command_topic"},
    "scene": {"command_topic"},
    "select": {"command_topic", "options"},
    "sensor": {"state_topic"},
    "switch": {"command_topic"},
    "vacuum": set(),
    "valve": set(),
}
"""Component -> the keys without which Home Assistant refuses it."""
HOME = demo_home()


def expanded(config: dict[str, Any]) -> dict[str, Any]:
    """Short keys written out."""
    return {KEYS.get(key, key): value for key, value in config.items()}


def entities() -> list[tuple[str, str, dict[str, Any]]]:
    """(discovery topic, component, configuration written out) of everything but players, bundles taken apart as Home Assistant does."""
    found: list[tuple[str, str, dict[str, Any]]] = []
    for device in HOME:
        for topic, payload in ([] if isinstance(device.thing, Player) else messages(device).items()):
            config = expanded(json.loads(payload))
            shared = {key: value for key, value in config.items() if key != "components"}
            for component in config.get("components", {"": {}}).values():
                one = {**shared, **expanded(component)}
                found.append((topic, one.get("platform") or one.get("p") or topic.split("/")[1], one))
    return found


ENTITIES = entities()
NAMES = [config["default_entity_id"] for _, _, config in ENTITIES]


def test_the_home_has_what_the_issue_asks_for() -> None:
    assert len(HOME) >= 30
    rooms = {device.area for device in HOME} - {None}
    assert rooms == {"Living Room", "Kitchen", "Bedroom", "Nursery", "Bathroom", "Hallway", "Office", "Garage", "Garden"}
    lamps = Counter(device.area for device in HOME if device.kind == "lamp")
    assert set(lamps) == rooms
    assert lamps["Living Room"] == 2
    assert {device.discovery for device in HOME} == {"single", "bundle"}
    assert {device.kind for device in HOME} == set(THINGS), "every kind of physics is in the demo home"


def test_ids_are_unique_and_topics_match_home_assistants_pattern() -> None:
    topics = list(announcement(HOME))
    assert all(TOPIC.fullmatch(topic) for topic in topics)
    assert len(set(topics)) == len(topics)
    unique = [config["unique_id"] for _, _, config in ENTITIES]
    assert len(set(unique)) == len(unique)
    assert len(set(NAMES)) == len(NAMES)
    assert sorted([*NAMES, *(name for device in HOME if isinstance(device.thing, Player) for name in device.entity_ids)]) == sorted(
        name for device in HOME for name in device.entity_ids
    )


@pytest.mark.parametrize(("topic", "component", "config"), ENTITIES, ids=NAMES)
def test_an_entity_is_valid(topic: str, component: str, config: dict[str, Any]) -> None:
    assert component in REQUIRED
    assert REQUIRED[component] <= set(config)
    hardware = {DEVICE_KEYS.get(key, key): value for key, value in config["device"].items()}
    assert hardware["identifiers"]
    assert set(hardware) <= {*DEVICE_KEYS.values()}
    assert config["origin"]["name"]
    assert config["availability_mode"] == "all"
    assert len(config["availability"]) == 2
    assert config["default_entity_id"].split(".")[0] == component
    if topic.startswith("homeassistant/device/"):
        assert config["~"] == f"hearth-sim/{topic.split('/')[2]}"
    else:
        assert "~" not in json.dumps(config)


@pytest.mark.parametrize(("topic", "component", "config"), [row for row in ENTITIES if row[1] == "sensor"], ids=lambda value: None)
def test_a_sensor_says_what_it_measures(topic: str, component: str, config: dict[str, Any]) -> None:
    if config["device_class"] == "enum":
        assert config["options"]
        assert not {"unit_of_measurement", "state_class"} & set(config)
    else:
        units = {"temperature": "°C", "humidity": "%", "battery": "%", "power": "W", "energy": "kWh", "duration": "min"}
        assert config["unit_of_measurement"] == units[config["device_class"]]


@pytest.mark.parametrize("device", HOME, ids=lambda device: device.id)
def test_topics_that_are_announced_are_told_and_heard(device: Device) -> None:
    """Every state topic is among the reports, and every command topic is one that the thing knows."""
    told = set(device.thing.reports())
    for entity in device.thing.entities():
        for topic in _topics(entity, command=False):
            assert topic.removeprefix("~/") in told
        for topic in _topics(entity, command=True):
            assert re.fullmatch(r"~/\w+/set", topic)
            assert _knows(device, topic.split("/")[1])


def _topics(entity: Entity, *, command: bool) -> list[str]:
    topics = [str(value) for key, value in entity.config.items() if key.endswith("_topic")]
    return [topic for topic in topics if topic.endswith("/set") == command]


def _knows(device: Device, command: str) -> bool:
    from random import Random

    from simulators.house.thing import PayloadError

    try:
        device.thing.obey(command, "?", Random(0))
    except PayloadError as error:
        return "there is no command" not in str(error)
    return True


@pytest.mark.parametrize("device", [device for device in HOME if isinstance(device.thing, Player)], ids=lambda device: device.id)
def test_a_player_announces_itself_as_the_docs_say(device: Device) -> None:
    ((topic, payload),) = messages(device).items()
    config = json.loads(payload)
    assert topic == f"homeassistant/media_player/{device.id}/config"
    documented = set(re.findall(r"`(\w+)`", (DOCS / "media-players-over-mqtt.md").read_text(encoding="utf-8")))
    assert set(config) <= documented
    assert {"name", "availability", "device", "state_state_topic", "command_playmedia_topic"} <= set(config)
    assert isinstance(config["availability"], dict)
    assert "~" not in payload
    assert config["device_class"] == ("tv" if device.thing == Player(screen=True, watts=90, state="off") else "speaker")


def test_short_keys_are_home_assistants() -> None:
    assert {short: KEYS.get(short) for short in ABBREVIATIONS.values()} == {short: key for key, short in ABBREVIATIONS.items()}


@pytest.mark.parametrize("device", HOME, ids=lambda device: device.id)
def test_hearth_reads_what_the_house_announces(device: Device) -> None:
    read = [read_announcement(component_of("homeassistant", topic) or "", topic, payload.encode()) for topic, payload in messages(device).items()]
    assert sum(len(announcement.parts) for announcement in read) == len(device.entity_ids)
    assert not any(announcement.ignored for announcement in read)


def test_scenes_tell_what_they_touch() -> None:
    told = json.loads(demo_plan().device("good_night").thing.reports()["attributes"])
    assert "lock.front_door" in told["entity_id"]
    assert set(told["entity_id"]) <= {name for device in HOME for name in device.entity_ids}


# -- plans

SCENE = "devices: [{{name: lamp, kind: lamp}}, {{name: s, kind: scene, thing: {{actions: [{{device: {}, command: {}, payload: on}}]}}}}]"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("rooms: []", "needs a list called devices"),
        ("devices: [", "is not YAML"),
        ("devices: [{kind: lamp}]", "needs a name"),
        ("devices: [{name: x, kind: lump}]", "kind 'lump' is none of lamp"),
        ("devices: [{name: x, kind: lamp, thing: {dim: true}}]", "did you mean 'dims'"),
        ("devices: [{name: x, kind: lamp, thing: {watts: many}}]", "Lamp.watts"),
        ("devices: [{name: x, kind: lamp, thing: [1]}]", "should be a map"),
        ("devices: [{name: x, kind: lamp, dims: true}]", "unknown key 'dims'"),
        ("devices: [{name: x, kind: lamp, id: a b}]", "may hold only letters"),
        ("devices: [{name: x, kind: lamp}, {name: x, kind: lamp}]", "is there twice"),
        ("devices: [{name: x, kind: lamp, discovery: both}]", "'single' or 'bundle'"),
        ("devices: [{name: x, kind: player, discovery: bundle}]", "cannot be in a bundle"),
        (SCENE.format("lam", "power"), "did you mean 'lamp'"),
        (SCENE.format("lamp", "fly"), "cannot do that"),
        ("{rooms: [{name: a, warmth: 3}], devices: []}", "Room has no field 'warmth'"),
    ],
)
def test_a_wrong_plan_says_where_it_is_wrong(text: str, says: str) -> None:
    with pytest.raises(PlanError, match=re.escape(says)):
        read_plan(text, "home.yaml")


def test_on_and_off_are_words_in_a_plan() -> None:
    plan = read_plan("devices: [{name: x, area: Den, kind: fan, thing: {on: true}}, {name: y, kind: player, thing: {state: off}}]", "home.yaml")
    assert plan.device("den_x").thing.reports()["power"] == "ON"
    assert plan.device("y").thing.reports()["state"] == "off"
    assert [room.name for room in plan.rooms] == ["Den"]


def test_a_plan_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="cannot be read"):
        load_plan(tmp_path / "no.yaml")


# -- docs


def test_the_table_in_the_docs_is_current() -> None:
    text = (DOCS / "simulated-home.md").read_text(encoding="utf-8")
    assert text[text.index(BEGIN) : text.index(END) + len(END)] == table(demo_plan()), "run: python -m simulators.house --table"


def test_what_the_table_says_can_be_set_is_a_field() -> None:
    from dataclasses import fields

    assert set(SETTABLE) == set(THINGS)
    for kind, names in SETTABLE.items():
        assert set(names) <= {field.name for field in fields(THINGS[kind])}  # type: ignore[arg-type]  # every thing is a dataclass
