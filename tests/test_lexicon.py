"""The home's names as people say them, and how they follow the home."""

from dataclasses import replace

import pytest

from agent.understand.lexicon import Lexicon
from agent.understand.near import nearer
from agent.understand.normal import tokens
from devices.home import Area, Entity, Floor, Home

HOME = Home(
    areas={
        "kitchen": Area("kitchen", "Kitchen", ("cookhouse",), "ground"),
        "kids_room": Area("kids_room", "Kids' Room"),
        "bedroom_2": Area("bedroom_2", "Bedroom 2"),
    },
    floors={"ground": Floor("ground", "Ground Floor")},
    entities={
        "light.ceiling": Entity("light.ceiling", "Kitchen Ceiling Light", (), "kitchen", domain="light"),
        "light.floor": Entity("light.floor", "Floor Lamp", ("reading light",), "kids_room", domain="light"),
        "switch.fan": Entity("switch.fan", "Kitchen Fan", (), "kitchen", domain="switch"),
        "light.twin_1": Entity("light.twin_1", "Left", ("twin",), "kitchen", domain="light"),
        "light.twin_2": Entity("light.twin_2", "Right", ("twin",), "kitchen", domain="light"),
    },
    version=1,
)


def names(lexicon: Lexicon, said: str, what: str = "name") -> set[str]:
    """The names that all of the words are."""
    words = tokens(said).words
    return {named.value for end, named in lexicon.find(words, 0, what) if end == len(words)}


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("kitchen ceiling light", "Kitchen Ceiling Light"),
        ("ceiling light", "Kitchen Ceiling Light"),
        ("floor lamps", "Floor Lamp"),
        ("Reading Light", "Floor Lamp"),
    ],
)
def test_names(said: str, value: str) -> None:
    """A thing is called by its name, its alias, its name without its room, in the plural."""
    assert names(Lexicon(HOME), said) == {value}


def test_rooms() -> None:
    """Possessives and number words do not matter."""
    lexicon = Lexicon(HOME)
    assert names(lexicon, "the kids room".removeprefix("the "), "area") == {"Kids' Room"}
    assert names(lexicon, "bedroom two", "area") == {"Bedroom 2"}
    assert names(lexicon, "cookhouse", "area") == {"Kitchen"}
    assert names(lexicon, "ground floor", "floor") == {"Ground Floor"}


def test_generic_remainder_is_no_name() -> None:
    """ "Kitchen Fan" is not called "fan"."""
    assert names(Lexicon(HOME), "fan") == set()


def test_shared_alias_stays_as_said() -> None:
    """What two things are called is neither's name."""
    assert names(Lexicon(HOME), "twin") == {"twin"}


def test_renamed_thing_is_known_at_once() -> None:
    """The new name counts, the old one no longer."""
    lexicon = Lexicon(HOME)
    renamed = replace(HOME.entities["light.floor"], name="Moon Lamp", aliases=())
    lexicon.update(replace(HOME, entities={**HOME.entities, "light.floor": renamed}, version=2))
    assert names(lexicon, "moon lamp") == {"Moon Lamp"}
    assert names(lexicon, "floor lamp") == set()
    assert "moon" in lexicon.vocabulary
    lexicon.update(replace(HOME, version=3))
    assert names(lexicon, "moon lamp") == set()
    assert not lexicon.begins(("moon",))
    assert lexicon.begins(("floor",))


def test_removed_thing_is_forgotten() -> None:
    lexicon = Lexicon(HOME)
    lexicon.update(replace(HOME, entities={}, version=3))
    assert names(lexicon, "floor lamp") == set()
    assert names(lexicon, "kitchen", "area") == {"Kitchen"}


def test_moved_thing_loses_its_short_name() -> None:
    """The short name goes with the room."""
    lexicon = Lexicon(HOME)
    moved = replace(HOME.entities["light.ceiling"], area="kids_room")
    lexicon.update(replace(HOME, entities={**HOME.entities, "light.ceiling": moved}, version=4))
    assert names(lexicon, "ceiling light") == set()


def test_state_does_not_matter() -> None:
    """Another state is no other name."""
    lexicon = Lexicon(HOME)
    before = lexicon.version
    on = replace(HOME.entities["light.floor"], state="on")
    lexicon.update(replace(HOME, entities={**HOME.entities, "light.floor": on}))
    assert lexicon.version == before


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("turn on the kitchen sealing light", "turn on the kitchen ceiling light"),
        ("turn on the kichen fan", "turn on the kitchen fan"),
        ("turn on the light in the kids rume", "turn on the light in the kids room"),
    ],
)
def test_near_by_sound(said: str, meant: str) -> None:
    """Slips of the recogniser lead to the home's names."""
    assert any(" ".join(t.words).replace("kid ", "kids ") == meant for t in nearer(tokens(said), Lexicon(HOME)))


@pytest.mark.parametrize("said", ["turn on the moon lamp", "turn on the desk lamp", "turn on the hen house fan"])
def test_no_neighbour(said: str) -> None:
    """A name that the home does not have is not taken for one that it has."""
    heard = {" ".join(t.words) for t in nearer(tokens(said), Lexicon(HOME))}
    assert not heard & {"turn on the floor lamp", "turn on the kitchen fan"}
