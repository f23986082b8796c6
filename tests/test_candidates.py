"""In a home of very many things the few that are scored are those that can win; lists of the index hold what a walk over the home would find."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from agent.candidates import MOST, pool_of
from agent.intents import about
from agent.places import scope_of
from agent.records import Context, Habit, Interpretation, Resolution
from agent.resolve import resolve
from devices.home import Area, Entity, Floor, Hardware, Home
from devices.index import Index

MANY = 8 * MOST
NOW = datetime(2026, 3, 10, 18, 0, tzinfo=UTC)
ROOMS = {f"room_{i}": Area(f"room_{i}", f"Room {i}", floor="low" if i < 20 else "high") for i in range(MANY)}


def entity(domain: str, i: int, kind: str, state: str = "off", **attributes: object) -> Entity:
    return Entity(f"{domain}.{kind}_{i}", f"{kind} {i}", area=f"room_{i}", domain=domain, kind=kind, state=state, attributes=attributes)


def warm(i: int, kind: str, low: int, high: int) -> Entity:
    return entity("climate", i, kind, min_temp=low, max_temp=high)


THINGS = (
    *(entity("media_player", i, "speaker", "idle") for i in range(MANY)),
    *(warm(i, "thermostat", 5, 30) for i in range(MANY)),
    *(entity("light", i, "light") for i in range(MANY)),
    *(entity("switch", i, "coffee_maker") for i in range(MANY)),
)
HOME = Home(areas=ROOMS, floors={f: Floor(f, f) for f in ("low", "high")}, entities={t.entity_id: t for t in THINGS}, version=1)
CONTEXT = Context(NOW, HOME, area="room_3", index=Index.of(HOME))
FAR = MANY - 1


def changed(*things: Entity) -> Context:
    home = replace(HOME, entities={**HOME.entities, **{t.entity_id: t for t in things}})
    return replace(CONTEXT, home=home, index=Index.of(home))


def meant(intent: str, context: Context = CONTEXT, /, **slots: object) -> Resolution:
    found = resolve((Interpretation(intent, slots),), context)
    assert found is not None
    return found


def test_what_plays_far_away_is_paused() -> None:
    assert meant("HassMediaPause", changed(entity("media_player", FAR, "speaker", "playing"))).targets == (f"media_player.speaker_{FAR}",)


def test_the_one_oven_takes_two_hundred_degrees_wherever_it_is() -> None:
    assert meant("HassClimateSetTemperature", changed(warm(FAR, "oven", 50, 250)), temperature=200).targets == (f"climate.oven_{FAR}",)


def test_the_rooms_own_thing_is_meant() -> None:
    assert meant("HassClimateSetTemperature", temperature=21).targets == ("climate.thermostat_3",)
    assert meant("HassTurnOn", domain="light").targets == ("light.light_3",)


def test_a_habit_far_away_is_not_overlooked() -> None:
    habit = Habit("", "any", "ExtApplianceStart", "target", f"switch.coffee_maker_{FAR}", 9.0)
    nowhere = replace(CONTEXT, area=None, habits=(habit,))
    assert meant("ExtApplianceStart", nowhere, activity="brew").targets == (f"switch.coffee_maker_{FAR}",)


def test_what_was_spoken_of_is_not_overlooked() -> None:
    spoken_of = replace(CONTEXT, area=None, focus=(f"media_player.speaker_{FAR}",))
    assert meant("HassSetVolumeRelative", spoken_of, volume_step="up").targets == (f"media_player.speaker_{FAR}",)


@pytest.mark.parametrize(
    ("intent", "slots"),
    [
        ("HassTurnOn", {"domain": "light", "floor": "low"}),
        ("HassTurnOn", {"kind": "coffee_maker", "area": "Room 5"}),
        ("HassTurnOff", {"name": "all"}),
        ("HassClimateSetTemperature", {"temperature": 20}),
        ("HassGetState", {"domain": "media_player"}),
        ("HassMediaPause", {"area": "Room 7"}),
    ],
)
def test_the_index_gives_what_a_walk_over_the_home_would(intent: str, slots: dict[str, object]) -> None:
    reading, what = Interpretation(intent, slots), about(intent)
    scope = scope_of(slots, CONTEXT)
    found = pool_of(reading, what, scope, CONTEXT)
    walked = [
        e
        for e in THINGS
        if (not what.domains or e.domain in what.domains)
        and (not slots.get("domain") or e.domain == slots["domain"])
        and (not slots.get("kind") or e.kind == slots["kind"])
        and (not scope.areas or e.area in scope.areas)
        and (not scope.floors or ROOMS[str(e.area)].floor in scope.floors)
    ]
    assert found == walked
    assert found


def test_an_index_knows_names_ends_of_names_sorts_and_rooms_of_hardware() -> None:
    told = {"device_class": "garage"}
    door = Entity("cover.g", "Back Garage Door", ("Big Door",), device_id="motor", domain="cover", kind="garage_door", attributes=told)
    index = Index.of(Home(devices={"motor": Hardware("motor", "Motor", "yard")}, entities={"cover.g": door}))
    assert index.names == {"back garage door": ("cover.g",), "big door": ("cover.g",)}
    assert set(index.endings) == {"garage door", "door"}
    assert set(index.sorts) == {"garage_door", "garage"}
    assert index.areas == {"yard": ("cover.g",)}
    assert index.any_of(index.domains, ("light", "cover")) == ("cover.g",)
