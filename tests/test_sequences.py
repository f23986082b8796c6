"""Any sequence of say, advance, state and restart: what is due happens once, undo restores, and nothing is done where nothing should be."""

import asyncio
from collections import Counter
from functools import cache
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from agent import app
from agent.config import Config
from tests.life import Life, Step, lived, restored

SAID = tuple(
    (
        "set a timer for one minute|set a pizza timer for ten minutes|add two minutes to the timer|pause the timer|resume the timer|"
        "cancel the timer|cancel all timers|wake me at 7|set an alarm for every weekday at 8|cancel the alarm|snooze|stop|"
        "remind me to call mum in five minutes|every day at 9 remind me to take my pills|turn on the floor lamp in ten minutes|"
        "turn off the kitchen light at midnight|turn on the tv at sunset|turn on the floor lamp for two minutes|"
        "close the blinds every evening at 8|when the coffee maker is off turn off the floor lamp|unlock the front door in one minute|"
        "unlock the front door|open the garage door|lock the front door for a minute|should i unlock the front door|turn on the oven|"
        "turn on everything|dim the floor lamp to 30 percent|turn it off|the second one|both|turn on the reading lamp|again|undo that|yes|"
        "yes please|no|what timers are there|how long is left|never mind|make it red|gibberish wuzzle|no, i meant the tv|"
        "set the thermostat to 21 degrees|set the oven to 900 degrees|when i say movie time dim the floor lamp and unlock the front door|"
        "movie time"
    ).split("|")
)
STATES = (
    ("lock.front", "unlocked"), ("lock.front", "locked"), ("switch.coffee", "on"), ("switch.coffee", "off"), ("light.floor_lamp", "on"),
    ("cover.garage", "open"), ("light.kitchen", "unavailable"), ("light.kitchen", "off"),
)  # fmt: skip
ROOMS = ("living_room", "kitchen", "office")
SECONDS = (1, 19, 25, 61, 660, 3 * 3600, 30 * 3600)

says = st.tuples(st.just("say"), st.sampled_from(SAID), st.sampled_from(ROOMS[:2]), st.sampled_from(("Anna", "Bob", "")))
advances = st.tuples(st.just("advance"), st.sampled_from(SECONDS))
states = st.tuples(st.just("state"), st.sampled_from(STATES))
steps: st.SearchStrategy[list[Step]] = st.lists(st.one_of(says, says, says, advances, states, st.tuples(st.just("restart"))), max_size=12)
FEW = settings(max_examples=30, deadline=None, derandomize=True, database=None, phases=(Phase.explicit, Phase.generate, Phase.shrink))
REVERSIBLE = tuple(
    (
        "turn on the floor lamp|turn off the floor lamp|dim the floor lamp to 30 percent|set the floor lamp to 80 percent|"
        "turn on the lights|make it brighter|turn off everything|close the blinds|open the blinds|set the blinds to 40 percent|"
        "set the thermostat to 21 degrees|turn it up|lock the front door|turn on the kitchen light and the floor lamp|turn on the fan|"
        "set the fan to 50 percent|turn the speaker up|set the tv volume to 30 percent|turn off the tv|make the floor lamp red|"
        "turn on the coffee maker|turn off the heating|lock the front door and turn off the lights|mute the tv|close the garage door"
    ).split("|")
)


@cache
def understanding() -> app.Understanding:
    """One for all lives: it holds no state but the home's names."""
    loaded = app.reader(Config())
    loaded[0].wait(60)
    return loaded


@FEW
@given(many=steps)
def test_whatever_happens_each_due_thing_happens_once_and_nothing_unasked(many: list[Step]) -> None:
    async def story(life: Life) -> None:
        for step in many:
            await life.step(step)
        await life.fall(60 * 86400.0)
        assert await life.fired() == life.told

    asyncio.run(lived(story, understanding()))


async def taken_back(life: Life, text: str, room: str = "living_room") -> dict[str, Any]:
    """What is done at these words is undone by "undo that": all that it touched is as it was. The first answer."""
    was = life.entities()
    done = await life.say(text, room)
    if done["outcome"] != "act":
        return done
    touched = {e for action in done["actions"] if action["verified"] for e in action["entity_id"]}
    undone = await life.say("undo that", room)
    if undone["outcome"] == "confirm":
        undone = await life.say("yes", room)
    assert undone["outcome"] == "act", (text, done, undone)
    now = life.entities()
    assert [(was[e], now[e]) for e in touched if not restored(was[e], now[e])] == [], (text, done, undone)
    return done


@FEW
@given(before=steps, text=st.sampled_from(REVERSIBLE), room=st.sampled_from(ROOMS))
def test_undo_right_after_an_act_brings_back_what_it_touched(before: list[Step], text: str, room: str) -> None:
    async def story(life: Life) -> None:
        for step in before:
            await life.step(step)
        await life.say("never mind", room)
        await taken_back(life, text, room)

    asyncio.run(lived(story, understanding()))


@pytest.mark.parametrize("text", REVERSIBLE)
@pytest.mark.parametrize("first", ["turn on the floor lamp", "make the floor lamp blue", "turn off the lights"])
def test_what_is_undone_was_done_in_the_first_place(first: str, text: str) -> None:
    """Else the property above would hold of nothing; and each is taken back with a lamp that is white, coloured and off."""

    async def story(life: Life) -> None:
        await life.say(first)
        assert (await taken_back(life, text))["outcome"] == "act"

    asyncio.run(lived(story, understanding()))


def test_a_life_sees_things_fall_due_and_once_each() -> None:
    async def story(life: Life) -> None:
        await life.say("set a timer for one minute")
        await life.say("close the blinds every day at 9 pm")
        await life.restart()
        await life.fall(61)
        await life.fall(2 * 86400.0)
        assert life.told == Counter({"timer-1": 1, "schedule-1": 1})

    asyncio.run(lived(story, understanding()))
