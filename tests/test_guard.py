"""What no rewrite may do: the table of rules, and that nothing gets around the gravest."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.guard import NOTHING, RULES, Meaning, refused


def acts(verb: str, *things: str, risk: str = "R1", proven: bool = False, guessed: bool = False) -> Meaning:
    return Meaning(frozenset({verb}), frozenset(things), risk, True, guessed, proven)  # type: ignore[arg-type]


ON, OFF = acts("turn_on", "light.floor"), acts("turn_off", "light.floor")
CASES = [
    ("turn on the funzel", NOTHING, "turn on the floor lamp", ON, ""),
    ("make it bright", NOTHING, "turn on the floor lamp", ON, ""),
    ("turn on the desk lamp", acts("turn_on", "light.desk"), "turn on the floor lamp", ON, ""),
    ("turn on the desk lamp", acts("turn_on", "light.desk", proven=True), "turn on the floor lamp", ON, "proven"),
    ("open sesame", NOTHING, "unlock the front door", acts("unlock", "lock.front", risk="R3"), "grave"),
    ("unlock the front door", acts("unlock", "lock.front", risk="R3"), "turn on the floor lamp", ON, "grave"),
    ("unlock the front door", NOTHING, "turn on the floor lamp", ON, "grave"),
    ("i am home", NOTHING, "clear the shopping list", Meaning(), "grave"),
    ("wipe the list", NOTHING, "clear the shopping list", Meaning(), ""),
    ("what shall we buy", NOTHING, "what is on the shopping list", Meaning(), ""),
    ("turn on the lamp", ON, "close the blinds", acts("close_cover", "cover.x", risk="R2"), "riskier"),
    ("turn off the funzel", NOTHING, "turn on the floor lamp", ON, "direction"),
    ("turn on the lamp", ON, "turn off the lamp", OFF, "direction"),
    ("enough sofa lamp", acts("turn_on", "light.floor", guessed=True), "turn off the floor lamp", OFF, ""),
    ("turn on the sofa lamp", acts("turn_on", "light.floor", guessed=True), "turn off the floor lamp", OFF, "direction"),
    ("party hard", acts("turn_on", "light.floor", guessed=True), "unlock the door", acts("unlock", "lock.x", risk="R3"), "grave"),
    ("turn on the funzel", NOTHING, "turn on the lights", acts("turn_on", "light.a", "light.b"), ""),
    ("turn on the lamp", ON, "turn on the lights", acts("turn_on", "light.a", "light.b"), "scope"),
    ("set the heeding to 20", NOTHING, "set the heating to 22", acts("set_temperature", "climate.a", risk="R2"), "numbers"),
    ("set the heeding to 22", NOTHING, "set the heating to 22", acts("set_temperature", "climate.a", risk="R2"), ""),
    ("set the heeding to twenty two", NOTHING, "set the heating to 22", acts("set_temperature", "climate.a", risk="R2"), ""),
    ("turn on heaven", NOTHING, "turn on seven", replace(ON, names=frozenset({"seven"})), ""),
    ("turn on heaven", NOTHING, "turn on seven", ON, "numbers"),
    ("set heaven to 40", NOTHING, "set seven to 70", replace(ON, names=frozenset({"seven"})), "numbers"),
    ("set heaven to 40", NOTHING, "set seven to 7", replace(ON, names=frozenset({"seven"})), "numbers"),
    ("set heaven to 40", NOTHING, "set seven to 40", replace(ON, names=frozenset({"seven"})), ""),
    ("turn on the funzel at 9", NOTHING, "turn on the floor lamp", ON, "time"),
    ("order a pizza", NOTHING, "turn on the tv", acts("turn_on", "media_player.tv"), "elsewhere"),
    ("please call my mother", NOTHING, "play some jazz", acts("play_media", "media_player.tv"), "elsewhere"),
    ("order the floor lump on", NOTHING, "turn on the floor lamp", ON, ""),
    ("call for lights", NOTHING, "turn on the lights", acts("turn_on", "light.a", "light.b"), ""),
    ("order some quiet", acts("media_pause", "media_player.tv"), "pause the tv", acts("media_pause", "media_player.tv"), ""),
    ("candle hour", NOTHING, "turn on the floor lamp", ON, ""),
    ("laundry day", NOTHING, "turn on the floor lamp", ON, ""),
    ("spa evening", NOTHING, "turn on the floor lamp", ON, ""),
    ("movie night please", NOTHING, "turn on the floor lamp", ON, ""),
    ("funzel tomorrow evening", NOTHING, "turn on the floor lamp", ON, "time"),
    ("candle half an hour", NOTHING, "turn on the floor lamp", ON, "time"),
    ("funzel all day", NOTHING, "turn on the floor lamp", ON, "time"),
    ("funzel 2 hour", NOTHING, "turn on the floor lamp 2", ON, "time"),
    ("off we go", NOTHING, "turn on the floor lamp", ON, ""),
    ("kick off my brew", NOTHING, "turn on the floor lamp", ON, ""),
    ("funzel off", NOTHING, "turn on the floor lamp", ON, "direction"),
    ("is the funzel on", NOTHING, "turn on the floor lamp", ON, "question"),
]


@pytest.mark.parametrize(("heard", "own", "target", "new", "rule"), CASES, ids=[f"{c[0]} -> {c[2]}" for c in CASES])
def test_a_pair_is_let_through_or_the_rule_is_named(heard: str, own: Meaning, target: str, new: Meaning, rule: str) -> None:
    assert refused(heard, own, target, new) == rule


def test_every_rule_has_a_case() -> None:
    assert {name for name, _ in RULES} == {rule for *_, rule in CASES if rule}


TEXT = st.text("abcdefghijklmnopqrstuvwxyz 0123456789", max_size=30)
MEANINGS = st.builds(
    Meaning,
    st.frozensets(st.sampled_from(["turn_on", "turn_off", "open_cover", "close_cover", "unlock", "set_temperature"]), max_size=2),
    st.frozensets(st.sampled_from(["light.a", "light.b", "lock.c", "cover.d"]), max_size=3),
    st.sampled_from(["R1", "R2", "R3"]),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


@given(TEXT, MEANINGS, TEXT, MEANINGS)
def test_whatever_is_said_and_meant_the_gravest_rules_hold(heard: str, own: Meaning, target: str, new: Meaning) -> None:
    if refused(heard, own, target, new):
        return
    assert "R3" not in (own.risk, new.risk)
    assert not own.proven
    assert own.guessed or not any(-d in new.directions for d in own.directions)
    assert own.guessed or not own.acts or new.risk <= own.risk


@pytest.mark.parametrize("heard", ["turn on the wuffel tomorrow", "funzel later", "wuffel off in the morning", "blimey the knorz on saturday"])
def test_a_time_without_a_figure_is_a_time(heard: str) -> None:
    assert refused(heard, NOTHING, "turn on the floor lamp", ON) in ("time", "direction")


def test_a_greeting_is_no_time() -> None:
    assert refused("good morning house", NOTHING, "turn on the floor lamp", ON) == ""
