"""What is taught escapes no confirmation and stands in nothing's way; names, versions, offers, the interview and the switches of learning."""

import json
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from agent import app, interview, people, teach
from agent.config import Config, LearningSettings
from agent.doors.pipe import Pipe
from agent.records import (
    ActionResult,
    Context,
    Hypothesis,
    Interpretation,
    Learned,
    Missed,
    Preference,
    Request,
    Resolution,
    Taught,
    Turn,
)
from agent.rewrite import Rewrites, rewrite
from devices.commands import Command, Report
from devices.given import GivenDevices, load_home
from devices.home import LiveHome
from tests.small_home import NOW, context, thing

HOME = Path(__file__).parent / "homes" / "house.json"
START = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
LAMP, CEILING = thing("light.floor", "Floor Lamp"), thing("light.ceiling", "Ceiling Light")
DOOR = thing("lock.front", "Front Door", "locked")


@asynccontextmanager
async def a_pipe(folder: Path, asks: bool = True) -> AsyncIterator[Pipe]:
    live = LiveHome(load_home(HOME))
    async with app.hearth(Config(learning=LearningSettings(hold_out=0.0, asks=asks)), live, GivenDevices(live), folder) as agent:
        yield Pipe(agent, START)


async def told(pipe: Pipe, kind: str, **line: object) -> dict[str, Any]:
    answer: dict[str, Any] = await pipe.answer(json.dumps({"type": kind, **line}))
    assert "error" not in answer, answer
    return answer


async def say(pipe: Pipe, text: str, **line: object) -> dict[str, Any]:
    return await told(pipe, "say", text=text, **{"area": "hallway", "conversation": "c", **line})


# --- no lesson escapes a confirmation ------------------------------------------------------------------------------------------------

GRAVE = (
    "unlock the front door", "unlock the back door", "open the garage door", "disarm the alarm", "turn on the oven", "set the oven to 200 degrees",
    "turn on the floor lamp and unlock the front door", "unlock the front door in ten minutes", "unlock all the doors",
)  # fmt: skip
SYLLABLES = "ba ri lo mu ten gar dis un lock open movie time night good bye home door on off the front lamp yes please and stop light up".split()
LEAD = ("when I say {p}, {s}", "whenever I say {p} please {s}", "{p} means {s}", "learn that {p} means {s}", "by {p} I mean {s}")
NAMES = ("call the front door {p}", "call the garage door {p}", "call the floor lamp {p}", "call the oven {p}", "call the house alarm {p}")
USES = ("{p}", "unlock {p}", "open {p}", "turn on {p}", "disarm {p}", "please {p}", "{p} now", "turn off {p}", "unlock the front door", "no, {p}")


def is_grave(action: dict[str, Any]) -> bool:
    """The test's own opinion of what needs a yes in that house."""
    service, things = action["service"], set(action["entity_id"])
    heating = service in ("climate.turn_on", "climate.set_temperature", "climate.set_hvac_mode") and action["data"].get("hvac_mode") != "off"
    heats = "climate.oven" in things and heating
    opens = "cover.garage_door" in things and service in ("cover.open_cover", "cover.set_cover_position", "cover.toggle")
    return service in ("lock.unlock", "lock.open", "alarm_control_panel.alarm_disarm") or heats or opens


@pytest.mark.parametrize("seed", range(3))
async def test_whatever_is_taught_nothing_grave_is_done_without_a_yes(seed: int, tmp_path: Path) -> None:
    chance, asked = random.Random(seed), 0
    async with a_pipe(tmp_path) as pipe:
        for _ in range(60):
            phrase = " ".join(chance.choices(SYLLABLES, k=chance.randint(1, 3)))
            lesson = chance.choice(LEAD).format(p=phrase, s=chance.choice(GRAVE)) if chance.random() < 0.6 else chance.choice(NAMES).format(p=phrase)
            for text in (lesson, *(use.format(p=phrase) for use in chance.sample(USES, 3))):
                answer = await say(pipe, text, speaker=chance.choice(("Anna", "Bob", "Zed")))
                grave = [a for a in answer["actions"] if is_grave(a)]
                assert not grave or answer["outcome"] == "confirm", (text, answer)
                asked += bool(grave)
    assert asked > 10  # it was tried


async def test_a_lesson_takes_no_command_away_that_keeps_the_home_safe(tmp_path: Path) -> None:
    async with a_pipe(tmp_path) as pipe:
        for command in ("lock the front door", "close the garage door", "arm the alarm", "disarm the alarm", "unlock the front door"):
            before = await say(pipe, command, dry=True)
            await say(pipe, "never mind")
            await say(pipe, f"when I say {command}, turn on the floor lamp")
            assert (await say(pipe, command, dry=True))["actions"] == before["actions"], command
        for word in sorted(teach.CONTROL):
            await say(pipe, f"when I say {word}, turn on the floor lamp")
        assert (await told(pipe, "rewrites"))["rewrites"] == []


# --- names ---------------------------------------------------------------------------------------------------------------------------

SUNSHINE = Taught("sunshine", "Floor Lamp", "", "light.floor")


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("turn on sunshine", "turn on Floor Lamp"),
        ("sunshine off, please", "Floor Lamp off please"),
        ("call the ceiling light sunshine", None),
        ("when i say sunshine turn on the tv", None),
        ("forget sunshine", None),
        ("play you are my sunshine", None),
        ("remind me of sunshine", None),
        ("turn on the lamp", None),
    ],
)
def test_a_taught_name_stands_for_the_thing_but_in_titles_and_lessons(said: str, read: str | None) -> None:
    found = rewrite(said, context(LAMP, text=said, taught=(SUNSHINE,)))
    assert (found.target if found else None) == read


def test_a_taught_name_follows_its_thing_and_goes_with_it() -> None:
    renamed = replace(LAMP, name="Tall Lamp")
    found = rewrite("turn on sunshine", context(renamed, taught=(SUNSHINE,)))
    assert found is not None
    assert found.target == "turn on Tall Lamp"
    assert rewrite("turn on sunshine", context(CEILING, taught=(SUNSHINE,))) is None


def test_a_name_within_a_longer_one_is_none() -> None:
    """However it came to be taught: "door" never turns "unlock the front door" into something else."""
    door = Taught("door", "Floor Lamp", "", "light.floor")
    assert rewrite("unlock the front door", context(LAMP, DOOR, taught=(door,))) is None


@pytest.mark.parametrize("alias", ["front door", "door", "stop", "turn off", "unlock it", "the", "12", "ceiling light", "living room", ""])
def test_names_that_mean_something_else_are_refused(alias: str) -> None:
    assert teach.misnames(alias, "light.floor", context(LAMP, CEILING, DOOR).home)


@pytest.mark.parametrize("alias", ["sunshine", "big bertha", "floor light", "lamp"])
def test_other_names_are_taken(alias: str) -> None:
    assert not teach.misnames(alias, "light.floor", context(LAMP, CEILING, DOOR).home)


def test_versions_go_up_and_back() -> None:
    first = teach.kept("movie time", "dim the lights", ())
    second = teach.kept("movie time", "turn on the tv", (first,))
    assert (second.version, second.was) == (2, ("dim the lights",))
    assert teach.kept("movie time", "turn on the tv", (second,)) == second
    assert teach.before(second, context().home) == first
    assert teach.before(first, context().home) is None


def test_what_one_person_taught_is_not_anothers() -> None:
    own = Taught("turn on the funzel", "turn on the floor lamp", "Ann")
    assert rewrite("turn on the funzel", context(LAMP, who="Ann", taught=(own,))) is not None
    assert rewrite("turn on the funzel", context(LAMP, who="Bob", taught=(own,))) is None


# --- offers --------------------------------------------------------------------------------------------------------------------------


def a_turn(text: str, by: str = "exact", sure: float = 1.0, *, verified: bool | None = True, service: str = "light.turn_on") -> Turn:
    reading = Interpretation("HassTurnOn", {"name": "Floor Lamp"}, sure, by)
    done = ActionResult(Command(service, ("light.floor",)), (Report("light.floor", verified),))
    return Turn(
        "turn-3", Request("3", NOW, (Hypothesis(text),)), text=text, clauses=((reading,),), resolutions=(Resolution(reading, ("light.floor",)),),
        outcome="act", results=(done,),
    )  # fmt: skip


TWICE = (Missed("turn on the funzel", 2),)


def offered(turn: Turn, **around: Any) -> bool:
    return teach.to_learn(turn, context(LAMP, **{"missed": TWICE, **around})) is not None


def test_an_offer_is_made_after_two_failures_and_a_success() -> None:
    assert offered(a_turn("turn on the floor lamp"))
    assert offered(a_turn("turn on the floor lamp"), missed=(Missed("turn on the light", 1, True, (Command("light.turn_on", ("light.ceiling",)),)),))


@pytest.mark.parametrize(
    "around",
    [
        {"missed": (Missed("turn on the funzel", 1),)},
        {"missed": (Missed("play some nonsense", 2),)},
        {"missed": (Missed("turn off the funzel", 2),)},
        {"missed": (Missed("unlock the funzel", 2),)},
        {"missed": (Missed("turn on the floor lamp", 2),)},
        {"teaches": False},
        {"offered": ("teach",)},
        {"unwanted": ("turn on the funzel",)},
        {"taught": (Taught("turn on the funzel", "turn on the ceiling light"),)},
    ],
)
def test_no_offer_is_made_where_it_is_not_wanted_or_would_not_be_right(around: dict[str, Any]) -> None:
    assert not offered(a_turn("turn on the floor lamp"), **around)


def test_no_offer_is_made_of_what_no_device_reported() -> None:
    assert not offered(a_turn("turn on the floor lamp", verified=None))
    assert not offered(replace_risk(a_turn("turn on the floor lamp")))


def replace_risk(turn: Turn) -> Turn:
    turn.risk = "R2"
    return turn


NIGHT = (time(22), time(7))


@pytest.mark.parametrize(
    ("turn", "served", "around", "asked"),
    [
        (a_turn("some light", "model", 0.7), None, {}, True),
        (a_turn("some light", "model", 0.97), None, {}, False),
        (a_turn("some light"), None, {}, False),
        (a_turn("some light"), 0, {}, True),
        (a_turn("some light"), 2, {}, False),
        (a_turn("some light", "model", 0.7), None, {"offered": ("right",)}, False),
        (a_turn("some light", "model", 0.7), None, {"teaches": False}, False),
        (a_turn("some light", "model", 0.7, verified=False), None, {}, False),
        (replace_risk(a_turn("some light", "model", 0.7)), None, {}, False),
    ],
)
def test_did_i_get_that_right_is_asked_where_the_answer_is_worth_most(turn: Turn, served: int | None, around: dict[str, Any], asked: bool) -> None:
    assert (teach.was_it_right(turn, served, context(LAMP, **around), NIGHT) is not None) is asked
    late = replace(context(LAMP, **around), now=NOW.replace(hour=23))
    assert teach.was_it_right(turn, served, late, NIGHT) is None


@pytest.mark.parametrize(("hour", "night"), [(21, False), (22, True), (3, True), (7, False)])
def test_the_night_is_from_evening_to_morning(hour: int, night: bool) -> None:
    assert teach.is_night(time(hour), NIGHT) is night
    assert not teach.is_night(time(hour), (time(9), time(9)))


async def test_the_answer_is_kept_for_the_learners_and_asking_can_be_switched_off(tmp_path: Path) -> None:
    guess = "i'd like some light over here by the sofa"
    async with a_pipe(tmp_path / "asks") as pipe:
        first = await say(pipe, guess, area="living_room", speaker="Anna")
        assert first["say"].endswith("Did I get that right?")
        assert (first["outcome"], first["listen"]) == ("act", True)
        await say(pipe, "yes", area="living_room", speaker="Anna")
        report = (await told(pipe, "learn"))["report"]
    assert report["signals"].get("yes") == 1
    async with a_pipe(tmp_path / "silent", asks=False) as pipe:
        first = await say(pipe, guess, area="living_room", speaker="Anna")
        assert (first["say"], first["listen"]) == ("Two lights are on.", False)


# --- the interview -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("missing", "said", "taken"),
    [
        ("taste_music", "I mostly listen to jazz music", "jazz"),
        ("taste_music", "well, I like hard rock", "hard rock"),
        ("taste_music", "jazz", ""),
        ("taste_temperature", "about 21 degrees", "21"),
        ("taste_brightness", "quite dim", ""),
        ("taste_brightness", "Dim", "30"),
        ("taste_team", "I'm a Warriors fan", "warriors"),
        ("taste_team", "the Warriors", "Warriors"),
        ("taste_drink", "skip", interview.SKIP),
        ("taste_drink", "I don't know", interview.SKIP),
        ("taste_drink", "No.", interview.SKIP),
        ("taste_drink", "that's enough", interview.END),
        ("taste_drink", "stop", interview.END),
        ("taste_drink", "turn on the lights", ""),
    ],
)
def test_how_answers_are_taken(missing: str, said: str, taken: str) -> None:
    assert interview.told(said, missing).casefold() == taken.casefold()


def test_there_are_five_questions_at_most() -> None:
    assert len(interview.QUESTIONS) == 5


# --- who is speaking -----------------------------------------------------------------------------------------------------------------

ANNA, BEN = thing("person.anna", "Anna Smith", "home"), thing("person.ben", "Ben", "home")


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("this is Anna", "Anna Smith"),
        ("Hello, it's me, Ben!", "Ben"),
        ("Anna here", "Anna Smith"),
        ("I'm Anna Smith", "Anna Smith"),
        ("my name is Cleo", "Cleo"),
        ("I'm a guest", people.GUEST),
        ("I'm cold", None),
        ("this is wrong", None),
        ("is Anna here", None),
        ("turn on Anna's lamp", None),
        ("where is Ben now", None),
    ],
)
def test_who_says_who_they_are(said: str, name: str | None) -> None:
    found = people.introduced(said, context(ANNA, BEN, people=("Cleo", "Ben")))
    assert (found.slots["person"] if found else None) == name


# --- what was learned, shown and switched off ----------------------------------------------------------------------------------------

PAIR = Learned("turn on the funzel", "turn on the floor lamp", "Ann", state="serving")


def proposing() -> Rewrites:
    rewrites = Rewrites()
    rewrites.load((PAIR,), 1)
    return rewrites


def read_as(around: Context) -> str | None:
    found = proposing().propose("turn on the funzel", around, "turn-1")
    return found.rewrite.target if found else None


def test_pairs_are_shown_to_whom_they_are_served() -> None:
    assert proposing().shown("Ann", ()) == (PAIR,)
    assert proposing().shown("Bob", ()) == ()
    assert read_as(context(LAMP, who="Ann")) == PAIR.target


@pytest.mark.parametrize("switch", [Preference("", "serving", "off"), Preference("Ann", "unlearned", "turn on the funzel")])
def test_what_is_switched_off_is_neither_shown_nor_served(switch: Preference) -> None:
    assert proposing().shown("Ann", (switch,)) == ()
    assert read_as(context(LAMP, who="Ann", preferences=(switch,))) is None
    assert read_as(context(LAMP, who="Ann", preferences=(replace(switch, value="on"),))) == PAIR.target


async def test_forgetting_what_was_taught_leaves_learning_switched_off(tmp_path: Path) -> None:
    async with a_pipe(tmp_path) as pipe:
        await say(pipe, "I love jazz", speaker="Anna")
        await say(pipe, "stop learning from me", speaker="Anna")
        await told(pipe, "forget", what="taught")
        assert [p["topic"] for p in (await told(pipe, "preferences"))["preferences"]] == ["learning"]
        assert (await say(pipe, "I love jazz", speaker="Anna"))["say"].startswith("I'm not learning from you")


async def test_a_name_given_in_one_conversation_is_not_known_in_the_next(tmp_path: Path) -> None:
    async with a_pipe(tmp_path) as pipe:
        await say(pipe, "this is Anna")
        assert (await say(pipe, "who am I"))["say"] == "You're Anna."
        assert (await say(pipe, "who am I", conversation="other"))["say"].startswith("I don't know who is speaking")
        later = (START + timedelta(minutes=10)).isoformat()
        assert (await say(pipe, "who am I", at=later))["say"].startswith("I don't know who is speaking")
