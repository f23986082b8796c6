"""Talking with the agent, and teaching it."""

from dataclasses import replace
from typing import Any

import pytest

from agent.records import Change, Hypothesis, Preference, Request, Taught, Turn, Why
from devices.commands import Command
from skills import learned, talk, tastes, teaching
from tests.small_home import NOW, context, meant, one, thing

LAMP = thing("light.floor", "Floor Lamp", "on")
TV = thing("media_player.tv", "TV", "playing", device_class="tv")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hi home assistant", "Hello!"),
        ("good morning", "Good morning!"),
        ("good night", "Good night!"),
        ("thanks a lot", "You're welcome."),
        ("goodbye", "Goodbye!"),
        ("how are you", "All is well, thank you."),
    ],
)
def test_small_talk(text: str, said: str) -> None:
    assert talk.respond(meant("HassRespond"), context(text=text)).say == said


def test_undo_does_what_brings_back_the_state() -> None:
    back = (Command("light.turn_off", ("light.floor",)),)
    plan = talk.undo(meant("ExtUndo"), context(LAMP, undo=back))
    assert (plan.commands, plan.say) == (back, "The floor lamp is off.")
    nothing = talk.undo(meant("ExtUndo"), context(LAMP))
    assert (nothing.outcome, nothing.commands) == ("answer", ())


def test_stop_stops_each_thing_in_its_own_way_and_else_only_answers() -> None:
    assert one(talk.stop(replace(meant("ExtStop"), targets=("media_player.tv",)), context(TV))).service == "media_player.media_pause"
    blinds = thing("cover.b", "Blinds", "opening")
    assert one(talk.stop(replace(meant("ExtStop"), targets=("cover.b",)), context(blinds))).service == "cover.stop_cover"
    assert talk.stop(meant("ExtStop"), context(TV)).commands == ()


def test_why_what_was_heard_help_and_repair_answer_and_never_act() -> None:
    before = Turn("turn-1", Request("1", NOW, (Hypothesis("turn on the lamp"),)), text="turn on the lamp", say="The floor lamp is on.")
    before.targets, before.resolutions = ("light.floor",), (replace(meant("HassTurnOn", LAMP), why=(Why("room", 1.5, "light.floor"),)),)
    around = replace(context(LAMP), previous=before)
    told = "I heard “turn on the lamp”. I took it to be about the floor lamp. I went by this: it is in the room you asked from."
    assert talk.why(meant("ExtWhy"), around).say == told
    assert talk.why(meant("ExtWhy"), context()).say == "I haven't done anything yet."
    assert talk.heard(meant("ExtWhatHeard"), replace(around, text="what did you hear")).say == "I heard: turn on the lamp."
    assert talk.heard(meant("ExtWhatHeard"), replace(around, text="what did you say")).say == "The floor lamp is on."
    assert talk.heard(meant("ExtWhatHeard"), context()).say == "I haven't heard anything yet."
    assert talk.help_(meant("ExtHelp"), around).commands == ()
    assert talk.repair(meant("ExtRepair"), around).missing == "sentence"
    assert talk.never_mind(meant("HassNevermind"), around).say == "OK."


def test_a_phrase_is_taught_for_everybody() -> None:
    plan = teaching.teach(meant("ExtTeach", phrase="Movie time!", sentence="dim the lights"), context(speaker="Ann"))
    assert plan.changes == (Change("taught", "movie time", Taught("movie time", "dim the lights")),)
    assert plan.outcome == "answer"


@pytest.mark.parametrize(
    ("lesson", "phrase", "sentence"),
    [
        ("movie time dim the lights", "movie time", "dim the lights"),
        ("movie time, dim the lights", "movie time", "dim the lights"),
        ("movie time then dim the lights", "movie time", "dim the lights"),
        ("it is late you should turn off everything", "it is late", "turn off everything"),
        ("“open sesame”, open the garage door", "open sesame", "open the garage door"),
        ("movie time", "movie time", ""),
    ],
)
def test_a_lesson_falls_apart_into_what_is_said_and_what_it_means(lesson: str, phrase: str, sentence: str) -> None:
    assert teaching.apart(lesson) == (phrase, sentence)
    plan = teaching.teach(meant("ExtTeach", lesson=lesson), context())
    assert plan.changes == ((Change("taught", phrase, Taught(phrase, sentence)),) if sentence else ())


def test_a_phrase_that_means_itself_or_nothing_is_not_taught() -> None:
    assert teaching.teach(meant("ExtTeach", phrase="hello", sentence="Hello!"), context()).changes == ()
    assert teaching.teach(meant("ExtTeach", phrase="hello"), context()).missing == "sentence"


def test_a_name_is_taught_for_a_thing() -> None:
    plan = teaching.teach_name(meant("ExtTeachName", LAMP, alias="Sunshine"), context(LAMP))
    assert plan.changes == (Change("taught", "sunshine", Taught("sunshine", "Floor Lamp", "", "light.floor")),)
    assert plan.say == "OK, the floor lamp is also called Sunshine now."


TAUGHT = (Taught("movie time", "dim the lights"), Taught("bed time", "turn off the lights"))


@pytest.mark.parametrize(("slots", "gone"), [({"phrase": "Movie time"}, "movie time"), ({}, "bed time")])
def test_forgetting_a_phrase_the_last_where_none_is_named(slots: dict[str, Any], gone: str) -> None:
    was = next(lesson for lesson in TAUGHT if lesson.phrase == gone)
    assert learned.forget(meant("ExtForget", **slots), context(taught=TAUGHT)).changes == (Change("taught_gone", gone, was=was),)


def test_forgetting_what_was_liked_and_what_was_never_taught() -> None:
    likes = (Preference("Ann", "music", "jazz"),)
    assert learned.forget(meant("ExtForget", phrase="jazz"), context(speaker="Ann", preferences=likes)).changes == (
        Change("preference_gone", "ann/music/jazz", was=likes[0]),
    )
    assert learned.forget(meant("ExtForget", phrase="opera"), context(taught=TAUGHT)).changes == ()


def test_what_was_taught_and_told_is_listed() -> None:
    assert learned.taught(meant("ExtTaughtQuery"), context(taught=TAUGHT)).say.count("means") == 2
    assert learned.taught(meant("ExtTaughtQuery"), context()).say == "You haven't taught me anything yet."
    likes = (Preference("Ann", "music", "jazz"), Preference("Bob", "music", "metal"), Preference("Ann", "music", "blues", "implied"))
    assert tastes.preferences(meant("ExtPreferenceQuery"), context(speaker="Ann", preferences=likes)).say == "You told me: jazz."


@pytest.mark.parametrize(
    ("slots", "kept"),
    [
        ({"value": "jazz"}, ("music", "jazz", "ann/music/jazz")),
        ({"value": "classical music"}, ("music", "classical", "ann/music/classical")),
        ({"value": "Arsenal", "topic": "team"}, ("team", "Arsenal", "ann/team")),
        ({"value": "Italian", "topic": "food"}, ("food", "Italian", "ann/food/italian")),
        ({"value": "long walks"}, ("likes", "long walks", "ann/likes/long walks")),
    ],
)
def test_a_taste_is_kept_by_its_topic(slots: dict[str, Any], kept: tuple[str, str, str]) -> None:
    topic, value, key = kept
    plan = tastes.prefer(meant("ExtPreference", **slots), context(speaker="Ann"))
    assert plan.changes == (Change("preference", key, Preference("Ann", topic, value)),)
