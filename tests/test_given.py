"""Homes whose states are given: the file, and commands that come true at once."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from devices.commands import Command, Report
from devices.given import GivenDevices, HomeFileError, load_home, state_text
from devices.home import Change, Home, LiveHome

SHARED = Path(os.environ.get("HEARTH_SHARED", Path(__file__).parents[1].parent / "shared"))
HOUSES = SHARED / "eval" / "houses"

HOUSE: dict[str, Any] = {
    "areas": [{"area_id": "kitchen", "name": "Kitchen", "aliases": ["galley", None], "floor": "ground"}, {"area_id": "hall", "name": "Hall"}],
    "floors": [{"floor_id": "ground", "name": "Ground floor"}],
    "devices": [{"device_id": "hub", "name": "Kitchen hub", "area": "kitchen", "screen": True, "speaker": True, "model": "Nest Hub"}],
    "entities": [
        {"entity_id": "light.desk", "name": "Desk lamp", "area": "kitchen", "state": "off", "attributes": {}, "note": "ignored"},
        {"entity_id": "media_player.hub", "name": "Hub", "device_id": "hub", "state": "idle", "attributes": {}},
        {"entity_id": "climate.oven", "name": "Oven", "area": "kitchen", "state": "off", "attributes": {"temperature": 20}},
        {"entity_id": "lock.front", "name": "Front door", "area": "hall", "state": "unavailable", "attributes": {}},
        {"entity_id": "scene.party", "name": "Party", "state": None},
        {
            "entity_id": "switch.plug",
            "name": "Plug",
            "kind": "kettle",
            "state": True,
            "attributes": {"device_class": "switch.SwitchDeviceClass.OUTLET"},
        },
    ],
    "location": {"latitude": 48.1, "longitude": 11.6, "time_zone": "Europe/Berlin"},
    "extra": 1,
}


def written(tmp_path: Path, house: object) -> Path:
    path = tmp_path / "HOME.json"
    path.write_text(house if isinstance(house, str) else json.dumps(house))
    return path


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return load_home(written(tmp_path, HOUSE))


def test_a_home_is_read(home: Home) -> None:
    assert home.areas["kitchen"].aliases == ("galley",)
    assert home.floors["ground"].name == "Ground floor"
    assert home.location.time_zone == "Europe/Berlin"
    assert home.devices["hub"].screen
    desk = home.entities["light.desk"]
    assert (desk.domain, desk.kind, desk.aliases, desk.state) == ("light", "light", (), "off")
    assert home.floor_of(desk) == "ground"


def test_the_room_and_the_kind_of_a_thing_may_come_from_its_hardware(home: Home) -> None:
    hub = home.entities["media_player.hub"]
    assert hub.area == home.area_of(hub) == "kitchen"
    assert hub.kind == "smart_display"


def test_a_given_kind_holds_and_states_are_text(home: Home) -> None:
    plug = home.entities["switch.plug"]
    assert (plug.kind, plug.state, plug.device_class) == ("kettle", "on", "outlet")
    assert home.entities["scene.party"].state == "unknown"
    assert [state_text(v) for v in (None, True, 21.0, "False", "heat")] == ["unknown", "on", "21.0", "off", "heat"]


def test_rooms_and_storeys_only_referred_to_are_made(tmp_path: Path) -> None:
    house = {
        "areas": [{"area_id": "a", "name": "A", "floor": "first_floor"}],
        "entities": [{"entity_id": "light.x", "name": "X", "area": "wine_cellar", "state": "on", "attributes": {}}],
    }
    home = load_home(written(tmp_path, house))
    assert home.areas["wine_cellar"].name == "wine cellar"
    assert home.floors["first_floor"].name == "first floor"


def test_an_id_that_stands_twice_is_one_thing_with_more_names(tmp_path: Path) -> None:
    twice = [{"entity_id": "light.x", "name": name, "state": "on", "attributes": {}} for name in ("One", "Two", "One")]
    home = load_home(written(tmp_path, {"areas": [], "entities": twice}))
    assert home.entities["light.x"].names == ("One", "Two")


@pytest.mark.parametrize(
    ("house", "key"),
    [
        ("{", "JSON"),
        ("[]", "the top"),
        ({"areas": []}, "entities"),
        ({"entities": []}, "areas"),
        ({"areas": {}, "entities": []}, "areas"),
        ({"areas": [{"name": "x"}], "entities": []}, "areas[0].area_id"),
        ({"areas": [], "entities": [{"entity_id": "desk", "name": "y", "state": "on"}]}, "entities[0].entity_id"),
        ({"areas": [], "entities": [{"entity_id": "light.x", "state": "on"}]}, "entities[0].name"),
        ({"areas": [], "entities": [{"entity_id": "light.x", "name": "x", "attributes": {}}]}, "entities[0].state"),
        ({"areas": [], "entities": [{"entity_id": "light.x", "name": "x", "state": ["on"]}]}, "entities[0].state"),
        ({"areas": [], "entities": [{"entity_id": "light.x", "name": "x", "state": "on", "attributes": 3}]}, "entities[0].attributes"),
        ({"areas": [], "entities": [{"entity_id": "light.x", "name": "x", "state": "on", "aliases": "x"}]}, "entities[0].aliases"),
        ({"areas": [], "entities": [], "devices": [{"device_id": "x"}]}, "devices[0].name"),
        ({"areas": [], "entities": [], "location": {"time_zone": "Mars/Dome"}}, "location.time_zone"),
        ({"areas": [], "entities": [], "location": {"latitude": 300}}, "location.latitude"),
    ],
)
def test_a_broken_file_is_named_with_its_key_in_one_sentence(tmp_path: Path, house: object, key: str) -> None:
    path = written(tmp_path, house)
    with pytest.raises(HomeFileError) as raised:
        load_home(path)
    sentence = str(raised.value)
    assert str(path) in sentence
    assert key in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(HomeFileError, match=r"nothing\.json"):
        load_home(tmp_path / "nothing.json")


async def test_what_is_asked_comes_true_at_once(home: Home) -> None:
    live = LiveHome(home)
    seen: list[Change] = []
    live.on_change(seen.append)
    reports = await GivenDevices(live).send(Command("light.turn_on", ("light.desk",), {"brightness_pct": 40}), 1)
    assert reports == (Report("light.desk", True, "on"),)
    desk = live.entity("light.desk")
    assert desk is not None
    assert desk.attributes["brightness"] == 102
    assert [change.by for change in seen] == ["agent"]


async def test_one_report_an_entity_in_order_with_the_reason(home: Home) -> None:
    devices = GivenDevices(LiveHome(home))
    reports = await devices.send(Command("homeassistant.turn_off", ("lock.front", "switch.plug", "scene.party", "light.none")), 1)
    assert [(r.entity_id, r.verified, r.reason) for r in reports] == [
        ("lock.front", False, "unavailable"),
        ("switch.plug", True, ""),
        ("scene.party", False, "unsupported"),
        ("light.none", False, "unavailable"),
    ]


async def test_a_scene_can_report_nothing(home: Home) -> None:
    (report,) = await GivenDevices(LiveHome(home)).send(Command("scene.turn_on", ("scene.party",)), 1)
    assert (report.verified, report.reason) == (None, "")


async def test_an_attribute_that_goes_is_gone(tmp_path: Path) -> None:
    lamp = {"entity_id": "light.x", "name": "X", "state": "on", "attributes": {"hs_color": [10, 10], "rgb_color": [1, 2, 3]}}
    live = LiveHome(load_home(written(tmp_path, {"areas": [], "entities": [lamp]})))
    await GivenDevices(live).send(Command("light.turn_on", ("light.x",), {"color_temp_kelvin": 3000}), 1)
    entity = live.entity("light.x")
    assert entity is not None
    assert entity.attributes == {"color_temp_kelvin": 3000, "color_mode": "color_temp"}


@pytest.mark.skipif(not HOUSES.is_dir(), reason="../shared is not beside the project")
@pytest.mark.parametrize("name", ["ha2025", "ha2026", "hads", "homellm", "stress"])
def test_every_shared_house_is_read(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(SHARED / "eval"))
    score = __import__("score")
    houses = json.loads((HOUSES / f"{name}.json").read_text())
    houses = {houses["house"]: houses} if "entities" in houses else houses
    for key in houses:
        house = score.house_of(houses, key, ["Winter garden"])
        home = load_home(written(tmp_path, house))
        assert set(home.entities) == {e["entity_id"] for e in house["entities"]}
        assert all(entity.kind for entity in home.entities.values())
    sys.modules.pop("score", None)
