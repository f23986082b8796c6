"""Failure points from logs written by hand: for each class what is one, and what looks like it and is none."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from agent.learn.detected import Detected
from agent.learn.episodes import episodes
from agent.learn.failures import failures
from agent.learn.labels import labels
from agent.learn.log import Did, Log, Moved, Past
from agent.learn.signals import signals
from agent.learn.sounds import ALIKE, misheard, sounding
from agent.learn.tries import second_tries
from agent.learn.wrong import Doubts
from agent.records import Failure, Label, Outcome

AT = datetime(2026, 3, 10, 18, 0, tzinfo=UTC)
NAMES = {
    "light.floor_lamp": "Floor Lamp", "light.desk_lamp": "Desk Lamp", "light.ceiling": "Ceiling Light", "light.counter": "Counter Light",
    "switch.kettle": "Kettle", "media_player.tv": "TV",
}  # fmt: skip
FLOOR, DESK, CEILING, COUNTER, KETTLE, TV = NAMES
JUDGE = Detected()


def turn(text: str, at: float = 0, outcome: Outcome = "act", intent: str = "HassTurnOn", things: Sequence[str] = (), **other: object) -> Past:
    """A turn of Ann's in the kitchen, `at` seconds after the first; it turned `things` on unless it says otherwise."""
    verb = "turn_off" if intent == "HassTurnOff" else "turn_on"
    did = tuple(Did(f"{e.partition('.')[0]}.{verb}", (e,)) for e in things) if outcome in ("act", "confirm") else ()
    made = Past(
        number=0, id="", at=AT + timedelta(seconds=at), who="ann", area="kitchen", key="k", text=text, confidence=1.0, others=(), wake=None,
        outcome=outcome, intent=intent, slots={}, sure=1.0, by="exact", missing="", missing_text="", targets=tuple(things), did=did,
        verified=True if did and outcome == "act" else None, risk="R1", say="", deed="", error="", answers=False, clauses=1, teaches=True,
    )  # fmt: skip
    return replace(made, **other)  # type: ignore[arg-type]


def unread(text: str, at: float = 0, **other: object) -> Past:
    return turn(text, at, "decline", "", (), sure=0.0, by="", **other)


def undo(at: float, *things: str) -> Past:
    return turn("undo that", at, intent="ExtUndo", did=tuple(Did("light.turn_off", (e,)) for e in things))


def hand(at: float, entity_id: str, state: str = "on", by: str = "person") -> Moved:
    return Moved(AT + timedelta(seconds=at), entity_id, state, by)


def judged(*turns: Past, moves: Sequence[Moved] = (), interrupts: Sequence[float] = (), answer: str = "") -> tuple[list[Failure], list[Label]]:
    numbered = tuple(replace(t, number=n, id=f"t{n}") for n, t in enumerate(turns, 1))
    talked_over = tuple(AT + timedelta(seconds=s) for s in interrupts)
    log = Log(numbered, tuple(moves), talked_over, ((AT, "t1", answer),) if answer else (), NAMES)
    again = second_tries(log, JUDGE)
    told, felt = tuple(episodes(log, again)), tuple(signals(log, again))
    doubts = Doubts(log, tuple(told), tuple(felt))
    found = list(failures(log, doubts))
    return found, list(labels(log, told, doubts, found))


def first(*turns: Past, **log: object) -> str:
    """The stage of the first turn."""
    return judged(*turns, **log)[0][0].stage  # type: ignore[arg-type]


LAMP = turn("turn on the floor lamp", 8, things=[FLOOR])


def test_every_turn_has_one_with_a_sentence_and_a_confidence_oldest_first() -> None:
    found, _ = judged(unread("turn on the floor camp"), LAMP, turn("what time is it", 900, "answer", "HassGetCurrentTime"))
    assert [f.turn for f in found] == ["t1", "t2", "t3"]
    assert all(f.why.endswith(".") and 0.5 <= f.confidence <= 1 for f in found)
    assert found[0].why == 'You said it again as "turn on the floor lamp", which sounds like "turn on the floor camp".'


@pytest.mark.parametrize("outcome", ["ignore", "decline", "answer"])
def test_talk_behind_a_weak_wake_word_is_a_false_wake(outcome: Outcome) -> None:
    intent = "ExtMediaQuery" if outcome == "answer" else ""
    talk = turn("that song reminds me of school", outcome=outcome, intent=intent, by="model", sure=0.7, wake=0.35)
    assert first(talk) == "false_wake"
    assert first(talk, turn("never mind", 5, "answer", "ExtGiveUp")) == "false_wake"
    assert first(replace(talk, wake=None)) == first(replace(talk, wake=0.95)) == "correct"


def test_a_clear_request_behind_a_weak_wake_word_was_meant() -> None:
    assert first(turn("turn on the floor lamp", things=[FLOOR], wake=0.5)) == "correct"
    assert first(unread("turn on the floor camp", wake=0.55), replace(LAMP, wake=0.9)) == "asr"


def test_the_wake_word_and_nothing_behind_it() -> None:
    assert first(turn("", outcome="ignore", intent="")) == "false_wake"


def test_misheard_where_the_second_try_sounds_the_same_or_was_the_second_guess() -> None:
    assert first(unread("turn on the floor camp"), LAMP) == "asr"
    assert first(unread("turn on the four land"), LAMP) == "asr"
    assert first(unread("churn awning flow", others=("turn on the floor lamp",)), LAMP) == "asr"


def test_misheard_though_it_was_done() -> None:
    """It did what it heard, to the thing that was heard."""
    wrong = turn("turn on the desk lamp", things=[DESK])
    assert first(wrong, turn("no, the floor lamp", 6, intent="ExtRepair", things=[FLOOR])) == "asr"
    assert first(wrong, undo(5, DESK), turn("turn on the floor lamp", 12, things=[FLOOR])) == "asr"


def test_misheard_where_the_device_did_what_was_heard_and_it_is_said_again() -> None:
    lamp = turn("turn on the floor lamp", things=[FLOOR])
    assert [f.stage for f in judged(lamp, LAMP)[0]] == ["asr", "asr"]
    assert first(lamp, replace(LAMP, who="bob")) == "correct"
    assert first(lamp, replace(LAMP, at=AT + timedelta(seconds=50))) == "correct"
    red = turn("make the desk lamp red", outcome="decline", intent="HassLightSet", slots={"name": "Desk Lamp"})
    assert first(red, turn("make the floor lamp red", 8, intent="HassLightSet", things=[FLOOR])) == "asr"
    assert first(red) == "correct"


def test_misheard_where_the_second_guess_is_what_was_then_said_in_other_words() -> None:
    guess = turn("set the desk lamp", things=[DESK], by="model", sure=0.87, others=("set the desk lamp to 60 percent",))
    sixty = (Did("light.turn_on", (DESK,), '{"brightness_pct": 60}'),)
    again = turn("desk lamp to 60 percent", 6, intent="HassLightSet", things=[DESK], did=sixty)
    assert first(guess, again) == first(replace(guess, others=()), again) == "asr"


def test_what_broke_off_was_not_heard_to_its_end() -> None:
    assert first(unread("turn on the"), LAMP) == "asr"
    assert first(unread("turn on the floor"), LAMP) == "asr"
    assert first(turn("turn on", things=[KETTLE], by="model", sure=0.8), LAMP) == "asr"
    jazz = (Did("media_player.play_media", (TV,), '{"media_content_id": "jazz on the"}'),)
    assert first(turn("play jazz on the", intent="HassMediaSearchAndPlay", things=[TV], did=jazz)) == "asr"


def test_not_understood_where_the_words_were_right() -> None:
    assert first(unread("it is getting rather gloomy"), turn("turn on the floor lamp", 8, things=[FLOOR])) == "nlu"
    clock = turn("movie time", outcome="answer", intent="HassGetCurrentTime", by="model", sure=0.6)
    assert first(clock, turn("turn on the tv", 8, things=[TV])) == "nlu"
    assert first(unread("lumos"), moves=[hand(20, FLOOR)]) == "nlu"


def test_a_guess_that_is_put_right_again_and_again_is_wrong_each_time() -> None:
    guess = turn("lights camera", things=[CEILING, COUNTER], intent="HassLightSet", by="model", sure=0.97)
    kettle = turn("turn on the kettle", 8, things=[KETTLE])
    once = judged(guess, kettle)[0]
    later = [replace(t, at=t.at + timedelta(days=1)) for t in (guess, kettle)]
    twice = judged(guess, kettle, *later)[0]
    assert [f.stage for f in once] == ["correct", "correct"]
    assert [f.stage for f in twice] == ["nlu", "correct", "nlu", "correct"]


def test_words_that_mostly_fail_fail_where_nobody_says_so_too() -> None:
    beast = turn("switch the beast on", things=[KETTLE], by="model", sure=0.88)
    failed = (beast, undo(5, KETTLE), replace(LAMP, at=AT + timedelta(seconds=12)))
    put_right = [replace(t, at=t.at + timedelta(days=day)) for day in (0, 1) for t in failed]
    silent = replace(beast, at=AT + timedelta(days=2))
    assert judged(*put_right, silent)[0][-1].stage == judged(*put_right)[0][0].stage == "entity_resolution"
    assert judged(*failed, silent)[0][-1].stage == "correct"
    assert judged(*put_right, replace(silent, by="exact"))[0][-1].stage == "correct"


def test_an_answer_that_is_asked_for_again() -> None:
    which = turn("lights camera", outcome="ask", intent="HassMediaNext", things=[TV], missing="which", by="model", sure=0.2)
    again = replace(which, text="the floor lamp", at=AT + timedelta(seconds=5), answers=True)
    assert [f.stage for f in judged(which, again)[0]][1] == "nlu"


def test_a_number_that_was_said_and_not_set() -> None:
    sixty = (Did("light.turn_on", (DESK,), '{"brightness_pct": 60}'),)
    guess = turn("something like 60 would suit the desk lamp", intent="HassLightSet", things=[DESK], by="model", sure=0.95)
    again = turn("set the desk lamp to 60 percent", 9, intent="HassLightSet", things=[DESK], did=sixty)
    assert first(guess, again) == "nlu"
    assert first(replace(guess, text="dim the desk lamp", by="exact"), again) == "correct"


def test_the_wrong_thing_where_nobody_had_named_it() -> None:
    light = turn("turn on the light", things=[CEILING])
    assert first(light, turn("no, the counter light", 6, intent="ExtRepair", things=[COUNTER])) == "entity_resolution"
    assert first(light, turn("turn on the counter light", 8, things=[COUNTER])) == "entity_resolution"
    assert first(light, undo(5, CEILING)) == "entity_resolution"
    assert first(light, moves=[hand(10, CEILING, "off"), hand(12, COUNTER)]) == "entity_resolution"
    assert first(light, turn("turn on the kettle", 8, things=[KETTLE])) == "correct"
    assert first(light, turn("turn on the counter light", 300, things=[COUNTER])) == "correct"


def test_a_name_that_the_home_has_and_that_was_passed_over() -> None:
    assert first(turn("turn on the desk lamp", things=[FLOOR])) == "entity_resolution"


def test_a_name_that_nobody_knows_here() -> None:
    glow = turn("turn on the glow", outcome="ask", missing="name", missing_text="glow", by="loose", sure=0.8)
    assert first(glow, turn("the floor lamp", 5, things=[FLOOR], answers=True)) == "entity_resolution"
    assert first(glow, LAMP) == "entity_resolution"
    camp = replace(glow, text="turn on the floor camp", missing_text="floor camp")
    assert first(camp, LAMP) == "asr"


def test_a_question_that_had_the_answer_is_no_failure() -> None:
    which = turn("turn on the lamp", outcome="ask", things=[FLOOR, DESK], missing="which")
    assert first(which, turn("the floor lamp", 5, things=[FLOOR], answers=True)) == "correct"
    assert first(which, LAMP) == "correct"
    assert first(which, turn("the counter light", 5, things=[COUNTER], answers=True)) == "entity_resolution"
    sure = turn("turn on the floor lump", outcome="confirm", things=[FLOOR], by="near", sure=0.7)
    assert first(sure, turn("yes", 4, things=[FLOOR], answers=True)) == "correct"


def test_no_result_where_all_was_right_and_the_device_failed() -> None:
    lamp = turn("turn on the floor lamp", things=[FLOOR])
    assert first(replace(lamp, verified=False)) == "result"
    assert first(replace(lamp, verified=False), replace(LAMP, verified=False)) == "result"
    assert first(lamp, moves=[hand(4, FLOOR, "off", by="device")]) == "result"
    assert first(replace(lamp, verified=None), replace(LAMP, verified=None)) == "result"
    assert first(lamp, LAMP, moves=[hand(4, FLOOR, "off", by="device")]) == "result"
    assert first(lamp, moves=[hand(400, FLOOR, "off", by="device")]) == "correct"


def test_asking_for_a_step_again_is_no_failure() -> None:
    step = turn("make it brighter", things=[FLOOR], did=(Did("light.turn_on", (FLOOR,), '{"brightness_step_pct": 20}'),))
    assert first(step, replace(step, at=AT + timedelta(seconds=6))) == "correct"


def test_no_result_where_the_content_was_wrong() -> None:
    played = (Did("media_player.play_media", (TV,), '{"media_content_id": "jazz"}'),)
    jazz = turn("play jazz", intent="HassMediaSearchAndPlay", things=[TV], did=played)
    assert first(jazz, undo(9, TV)) == "result"
    assert first(jazz, answer="no") == "result"
    assert first(jazz, answer="yes") == first(jazz) == "correct"


def test_an_answer_that_was_talked_over_is_not_yet_a_failure() -> None:
    assert first(turn("what time is it", outcome="answer", intent="HassGetCurrentTime"), interrupts=[2]) == "correct"


def test_what_nobody_can_serve_is_correct() -> None:
    assert first(unread("order me a sandwich")) == "correct"
    assert first(unread("order me a sandwich"), unread("get a sandwich delivered", 9)) == "correct"
    assert first(turn("turn on the toaster", outcome="answer", missing="nothing")) == "correct"


def test_people_go_on_and_change_their_minds() -> None:
    on = turn("turn on the floor lamp", things=[FLOOR])
    assert first(on, turn("turn off the floor lamp", 30, intent="HassTurnOff", things=[FLOOR])) == "correct"
    assert first(on, undo(20, FLOOR)) == "correct"
    assert first(on, moves=[hand(30, KETTLE)]) == "correct"
    assert first(on, turn("turn off the kettle", 8, intent="HassTurnOff", things=[KETTLE])) == "correct"


def test_a_second_try_that_fails_has_a_failure_of_its_own() -> None:
    found, _ = judged(unread("turn on the floor camp"), unread("turn on the four lamb", 7), replace(LAMP, at=AT + timedelta(seconds=15)))
    assert [f.stage for f in found] == ["asr", "asr", "correct"]


def test_the_same_words_fail_where_they_failed_before() -> None:
    before = [unread("lights camera"), turn("turn on the floor lamp", 8, things=[FLOOR])]
    assert judged(*before, unread("lights camera", 4000))[0][2].stage == "nlu"


ALIKE_TEXTS = [("floor camp", "floor lamp"), ("turn on the cattle", "turn on the kettle"), ("the bathroom", "the bedroom")]


@pytest.mark.parametrize(("heard", "said"), ALIKE_TEXTS)
def test_what_sounds_alike(heard: str, said: str) -> None:
    assert misheard(heard, said) <= ALIKE


@pytest.mark.parametrize(("heard", "said"), [("desk lamp", "floor lamp"), ("movie time", "turn on the tv"), ("turn on the lamp", "turn on the lamp")])
def test_what_does_not(heard: str, said: str) -> None:
    assert misheard(heard, said) > ALIKE


def test_a_name_is_found_by_its_sound_alone() -> None:
    assert sounding("switch the floor land on", NAMES.values(), 0.4) == "Floor Lamp"
    assert sounding("switch the floor lamp on", ["Floor Lamp"], 0.4) == ""


def label_of(turn_id: str, *turns: Past, **log: object) -> Label | None:
    return next((m for m in judged(*turns, **log)[1] if m.turn == turn_id), None)  # type: ignore[arg-type]


NAMED = replace(LAMP, slots={"name": "Floor Lamp"})


def test_what_went_well_is_labelled_as_it_was_read() -> None:
    label = label_of("t1", NAMED)
    assert label is not None
    assert (label.intent, label.slots, label.goal, label.goal_success, label.source) == ("HassTurnOn", {"name": "Floor Lamp"}, "t1", True, "itself")
    assert label.confidence >= 0.8


def test_what_failed_is_labelled_with_what_was_said_instead() -> None:
    label = label_of("t1", unread("turn on the floor camp"), NAMED)
    assert label is not None
    assert (label.intent, label.slots, label.source) == ("HassTurnOn", {"name": "Floor Lamp"}, "rephrased")
    assert label.transcript == "turn on the floor camp"
    again = label_of("t2", unread("turn on the floor camp"), NAMED)
    assert again is not None
    assert again.goal == "t1"


def test_an_answer_a_repair_and_a_hand_make_labels_too() -> None:
    which = turn("turn on the lamp", outcome="ask", things=[FLOOR, DESK], missing="which", slots={"domain": "light"})
    answered = label_of("t1", which, turn("the desk lamp", 5, things=[DESK], answers=True, slots={"domain": "light"}))
    repaired = label_of("t1", turn("turn on the light", things=[CEILING]), turn("no, the counter light", 6, intent="ExtRepair", things=[COUNTER]))
    by_hand = label_of("t1", unread("lumos"), moves=[hand(20, FLOOR)])
    assert [(m.intent, m.slots, m.source) for m in (answered, repaired, by_hand) if m] == [
        ("HassTurnOn", {"name": "Desk Lamp"}, "answered"),
        ("HassTurnOn", {"name": "Counter Light"}, "repaired"),
        ("HassTurnOn", {"name": "Floor Lamp"}, "by_hand"),
    ]


def test_a_lesson_is_no_second_try() -> None:
    lesson = turn("call the floor lamp funzel", 30, "answer", "ExtTeachName", (FLOOR,))
    found, meant = judged(unread("turn on the funzel"), NAMED, lesson)
    assert [f.stage for f in found] == ["nlu", "correct", "correct"]
    assert next(m for m in meant if m.turn == "t1").intent == "HassTurnOn"


def test_what_was_not_meant_or_never_became_clear_has_no_label() -> None:
    assert label_of("t1", turn("that song again", outcome="ignore", wake=0.2)) is None
    assert label_of("t1", unread("order me a sandwich")) is None


def test_a_goal_that_the_device_failed_is_labelled_as_not_reached() -> None:
    label = label_of("t1", replace(NAMED, verified=False))
    assert label is not None
    assert not label.goal_success
