"""What people call the things of a home beside their names: without the maker, by another word for the kind, by a room that only names tell."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from agent.app import skills
from agent.records import Context, Hypothesis, Resolution
from agent.resolve import resolve
from agent.understand.grammar import Grammar
from agent.understand.reader import Reader
from devices.home import Entity, Home


def _home(*things: Entity) -> Home:
    return Home(entities={t.entity_id: replace(t, domain=t.entity_id.partition(".")[0]) for t in things}, version=1)


HOME = _home(
    Entity("light.bob", "Bobs Lamp"),
    Entity("light.bar", "Bar Light"),
    Entity("light.pool_bar", "Pool Bar Light"),
    Entity("switch.kitchenette", "Broadlink Kitchenette"),
    Entity("switch.entry", "Entry Chandelier"),
    Entity("switch.bedroom_2", "Hue Bedroom 2"),
    Entity("fan.pool", "Pool"),
    Entity("light.pool", "Pool Light", ("Pool",)),
    Entity("light.twin_1", "Office Light", ("Office 1",)),
    Entity("light.twin_2", "Office Light"),
    Entity("lock.gym", "Home Gym"),
    Entity("lock.side", "Side Door Lock"),
    Entity("switch.terrace", "Rear Terrace"),
    Entity("cover.blinds", "Study Blinds", kind="blind", attributes={"device_class": "blind"}),
    Entity("media_player.cellar", "Cellar Jukebox", kind="speaker"),
    Entity("vacuum.workshop", "Workshop2", kind="vacuum"),
    Entity("media_player.sonos_1", "Sonos Den", kind="speaker"),
    Entity("media_player.sonos_2", "Sonos Loft", kind="speaker"),
    Entity("todo.trip", "Vacation planning assistant", kind="todo"),
)
CONTEXT = Context(datetime(2026, 3, 10, 10, tzinfo=UTC), HOME)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Grammar(skills()))


def meant(reader: Reader, said: str) -> list[Resolution]:
    """Each clause, resolved."""
    found = [resolve(clause, replace(CONTEXT, text=said)) for clause in reader.understand((Hypothesis(said),), CONTEXT)]
    return [r for r in found if r is not None]


def targets(reader: Reader, said: str) -> list[tuple[str, ...]]:
    return [() if r.missing else r.targets for r in meant(reader, said)]


@pytest.mark.parametrize(
    ("said", "target"),
    [
        ("turn off Bob's light", "light.bob"),
        ("turn on the kitchenette lights", "switch.kitchenette"),
        ("turn on the broadlink", "switch.kitchenette"),
        ("turn on the second bedroom lights", "switch.bedroom_2"),
        ("flip the pool fan", "fan.pool"),
        ("turn on office 1", "light.twin_1"),
        ("lock the home gym door", "lock.gym"),
        ("the side door lock needs locking", "lock.side"),
        ("engage the side door lock lock", "lock.side"),
        ("turn on the bar area lighting", "light.bar"),
        ("turn on the bar light bar light", "light.bar"),
        ("play the jukebox in the cellar", "media_player.cellar"),
        ("increase the jukebox volume in the cellar", "media_player.cellar"),
        ("the second workshop is pretty dirty", "vacuum.workshop"),
        ("illuminate the bar", "light.bar"),
        ("skip to the next track in the cellar", "media_player.cellar"),
        ("I need walking boots and a map added to the vacation planning assistant", "todo.trip"),
    ],
)
def test_meant(reader: Reader, said: str, target: str) -> None:
    """The one thing that is called so, whatever is said around its name."""
    assert targets(reader, said) == [(target,)]


@pytest.mark.parametrize(
    "said", ["turn on the entry lamp", "turn on the moon light", "illuminate the ballroom", "turn off the kitchen lights", "lock the shed"]
)
def test_never_a_neighbour(reader: Reader, said: str) -> None:
    """A thing or room that no name tells is not taken for one that it is like."""
    assert all(found == () for found in targets(reader, said))


def test_several_of_a_maker_are_asked_about(reader: Reader) -> None:
    (found,) = meant(reader, "pause the sonos")
    assert (found.missing, found.targets) == ("which", ("media_player.sonos_1", "media_player.sonos_2"))


def test_particle_begins_no_command(reader: Reader) -> None:
    """ "On the terrace" is a place, not a second command."""
    assert ("switch.terrace",) not in targets(reader, "dim the lights on the rear terrace")


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("turn on the Bar Light and Bobs Lamp", ["Bar Light", "Bobs Lamp"]),
        ("toggle both Bar Light and Pool Bar Light", ["Bar Light", "Pool Bar Light"]),
        ("turn on the bar light and the bobs lamp", [["Bar Light", "Bobs Lamp"]]),
    ],
)
def test_proper_names(reader: Reader, said: str, names: list[Any]) -> None:
    """Proper names in a row are a command each; with an article each they are one command."""
    assert [r.slots["name"] for r in meant(reader, said)] == names


def test_it_in_a_second_command(reader: Reader) -> None:
    """ "It" is what the first command was about."""
    assert [c[0].slots.get("name") for c in reader.understand((Hypothesis("turn on the bar light and brighten it"),), CONTEXT)] == ["Bar Light", "it"]
