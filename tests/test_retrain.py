"""The reading retrained from the home's labels: from what, when, behind the gate, how far it reaches; and how it goes away again."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from agent.codec import encode
from agent.database import FILE
from agent.decide import LIKELY
from agent.learn.log import Log, Past
from agent.learn.reading import kept, retrained
from agent.learn.retrain import DAY, LEAST, REPLAYED, Example, Examples, Lesson, examples, fitted, is_due
from agent.learn.run import learn
from agent.own_reading import OwnReading
from agent.records import SERVING, UNLEARNED, Failure, Label, Preference, Retrained
from agent.store import Store
from agent.understand.correction import Correction, as_text, from_text, shipped
from agent.understand.grammar import Grammar
from agent.understand.lexicon import Lexicon
from agent.understand.model import OOD, SURELY, Settings, TrainedModel
from agent.understand.normal import tokens
from devices.home import Home
from tests.test_failures import turn, unread

AT = datetime(2026, 3, 10, 18, tzinfo=UTC)
LABELS = ("HassTurnOn", "HassTurnOff", "HassGetWeather", OOD)
GLOOMY, GLOOM, GLARE, MATCH, RAIN = "such gloom", "gloom everywhere", "what a glare", "they won the match", "need an umbrella"
MEANS: Mapping[str, Sequence[float]] = {
    GLOOMY: (1.0, 0.1, 0.0, 0.0), GLOOM: (0.95, 0.0, 0.15, 0.0), GLARE: (0.0, 1.0, 0.1, 0.0), MATCH: (0.0, 0.0, 1.0, 0.1), RAIN: (0.0, 0.1, 0.0, 1.0),
}  # fmt: skip
"""Sentence -> what it means, in a world of four dimensions: gloom is near gloom, and far from all else."""
CENTRE = np.zeros(4, dtype=np.float32)
SHARES = {"HassTurnOn": 0.15, "HassTurnOff": 0.05, "HassGetWeather": 0.1, OOD: 0.7}
"""What the category thinks of every sentence as it was shipped."""


def vector(words: Sequence[str]) -> np.ndarray[Any, Any]:
    return np.array(MEANS[" ".join(words)], dtype=np.float32)


def model(**shares: float) -> TrainedModel:
    def predict(words: Sequence[str]) -> tuple[Mapping[str, float], Sequence[str]]:
        return {**SHARES, **shares}, [""] * len(words)

    return TrainedModel(predict, Settings(1.0, 0.5), Grammar(()), vector)


def lesson(text: str, intent: str) -> Lesson:
    return Lesson(vector(text.split()), {k: float(np.log(p)) for k, p in SHARES.items()}, intent)


def lessons() -> list[Lesson]:
    return [lesson(GLOOMY, "HassTurnOn"), lesson(GLARE, "HassTurnOff"), lesson(MATCH, OOD)]


# --- from what, and when --------------------------------------------------------------------------------------------------------------------


def label(of: Past, intent: str = "HassTurnOn", source: str = "rephrased", sure: float = 0.9) -> Label:
    return Label(of.id, intent, {}, of.id, True, sure, source, of.text)


def numbered(*turns: Past) -> tuple[Past, ...]:
    return tuple(replace(t, number=n, id=f"t{n}") for n, t in enumerate(turns, 1))


def test_what_was_said_otherwise_is_learned_from_and_what_went_well_stays() -> None:
    turns = numbered(unread("such gloom"), turn("brighten up", 60, by="model", sure=0.9), turn("turn on the lamp", 120), unread("they won", 180))
    meant = [label(turns[0]), label(turns[1], source="itself"), label(turns[2], source="itself")]
    failed = [Failure("t1", "nlu", 0.9), Failure("t2", "correct", 0.9), Failure("t3", "correct", 0.9), Failure("t4", "false_wake", 0.9)]
    found = examples(Log(turns), failed, meant)
    assert found.corrected == (Example("such gloom", "HassTurnOn"),)
    assert found.guessed == (Example("brighten up", "HassTurnOn"),)
    assert found.outside == ("they won",)
    assert [m.transcript for m in found.good] == ["brighten up", "turn on the lamp"]
    assert found.sentences == ("such gloom = HassTurnOn",)


@pytest.mark.parametrize(
    ("said", "meant", "stage"),
    [
        (unread("such gloom"), {"sure": 0.7}, "nlu"),
        (unread("such gloom"), {"source": "answer"}, "nlu"),
        (unread("such gloom"), {}, "asr"),
        (unread("such gloom", teaches=False), {}, "nlu"),
        (turn("such gloom", by="model"), {}, "nlu"),
    ],
    ids=["not sure enough", "an answer", "misheard", "a guest's", "read as that intent already"],
)
def test_what_is_not_learned_from(said: Past, meant: Mapping[str, Any], stage: Any) -> None:
    turns = numbered(said)
    assert examples(Log(turns), [Failure("t1", stage, 0.9)], [label(turns[0], **meant)]).corrected == ()


MINUTE, DAY_LATER = 60, 24 * 3600


@pytest.mark.parametrize(
    ("second", "at", "learned"),
    [
        ({"sure": 0.7}, DAY_LATER, ("such gloom = HassTurnOn",)),
        ({"sure": 0.7}, MINUTE, ()),
        ({"intent": "HassTurnOff", "sure": 0.95}, DAY_LATER, ()),
        ({"intent": "HassTurnOff", "sure": 0.3}, DAY_LATER, ()),
    ],
    ids=["twice", "twice at once", "two meanings", "once"],
)
def test_twice_is_surer_than_once_and_two_meanings_teach_none(second: Mapping[str, Any], at: float, learned: Sequence[str]) -> None:
    turns = numbered(unread("such gloom"), unread("please, such gloom", at))
    meant = [label(turns[0], sure=0.7), label(turns[1], **second)]
    assert examples(Log(turns), [], meant).sentences == learned


def test_what_was_to_be_forgotten_teaches_nothing() -> None:
    turns = numbered(unread("such gloom"))
    assert examples(Log(turns), [], [label(turns[0])]).sentences == ("such gloom = HassTurnOn",)
    assert examples(Log(turns), [], [label(turns[0])], ["such gloom"]).sentences == ()


def test_the_gate_reads_the_last_day_and_before_it_so_many_different_sentences() -> None:
    day = int(DAY.total_seconds())
    old = [turn(f"turn on lamp {n}", n) for n in range(REPLAYED + 20)]
    turns = numbered(*old, *(turn("turn on the lamp", 2 * day + n) for n in range(10)))
    found = examples(Log(turns), [], [label(t, source="itself") for t in turns]).good
    assert len(found) == 10 + REPLAYED - 1
    assert found[-1].turn == turns[-1].id


def test_it_is_time_where_enough_is_new_or_something_is_gone() -> None:
    five = tuple("abcde")
    assert not is_due(five[:4], ())
    assert is_due(five, ())
    assert not is_due((*five, "f"), five)
    assert is_due(tuple("bcdef"), five)
    assert is_due((*five, *"ghijk"), five)


# --- how far it reaches ---------------------------------------------------------------------------------------------------------------------


def test_a_near_wording_is_read_as_it_was_meant_and_a_far_one_as_before() -> None:
    own = fitted(lessons(), CENTRE)
    before, after = model(), model()
    after.correct(own)
    near, lexicon = tokens(GLOOM), Lexicon()
    assert before.read(near, lexicon) == ()
    read = after.read(near, lexicon)[0]
    assert (read.intent, read.by, read.learned) == ("HassTurnOn", "model", True)
    assert read.confidence >= SURELY
    assert own.applied(SHARES, vector(RAIN.split()))[OOD] == pytest.approx(SHARES[OOD], abs=0.01)
    assert after.read(tokens(MATCH), lexicon) == ()


def test_the_same_lessons_make_the_same_weights_and_they_survive_the_store() -> None:
    one, other = as_text(fitted(lessons(), CENTRE)), as_text(fitted(lessons(), CENTRE))
    assert one == other
    again = from_text(one)
    assert again.labels == LABELS
    assert again.added(vector(GLOOM.split())) == pytest.approx(fitted(lessons(), CENTRE).added(vector(GLOOM.split())), abs=0.02)


@pytest.mark.parametrize("text", ["", "!", "UEsFBgAA"])
def test_weights_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"weights|Incorrect|base64"):
        from_text(text)


def test_a_guess_that_was_likely_anyway_is_not_a_learned_one_and_what_is_agreed_to_stays() -> None:
    sure = {"HassTurnOn": 0.8, "HassTurnOff": 0.05, "HassGetWeather": 0.05, OOD: 0.1}
    before, after = model(**sure), model(**sure)
    after.correct(fitted(lessons(), CENTRE))
    said = tokens(GLOOM)
    assert not after.read(said, Lexicon())[0].learned
    assert [(m.agrees(said, "HassTurnOn"), m.inside(said)) for m in (before, after)] == [(before.agrees(said, "HassTurnOn"), before.inside(said))] * 2
    after.correct(None)
    assert after.read(said, Lexicon()) == before.read(said, Lexicon())


def test_a_guess_acts_from_where_the_decision_says() -> None:
    assert LIKELY["model"] == SURELY


# --- behind the gate ------------------------------------------------------------------------------------------------------------------------


def taught(*texts: str) -> Examples:
    return Examples(tuple(Example(text, "HassTurnOn") for text in texts), (), (), ())


FIVE = taught(*"abcde")
LAMP = Label("t1", "HassTurnOn", {}, "t1", True, 0.93, "itself", "turn on the lamp")
OLD = Retrained(FIVE.sentences, 100, (), True, FIVE.sentences, "old", shipped())


def answering(weights: str = "new", turns: int = 100, changed: Sequence[str] = ()) -> Any:
    return lambda order: {"weights": weights, "turns": turns, "changed": list(changed)}


def never(order: object) -> Mapping[str, Any]:
    raise AssertionError("there was nothing to retrain from")


def test_what_passes_the_gate_is_taken_on() -> None:
    assert retrained(None, FIVE, Home(), answering()) == replace(OLD, weights="new")


@pytest.mark.parametrize("made", [answering(changed=["turn on the lamp"]), answering(turns=0)])
def test_what_harms_good_turns_or_can_show_none_is_refused_and_not_tried_again(made: Any) -> None:
    refused = retrained(None, FIVE, Home(), made)
    assert refused is not None
    assert (refused.taken, refused.weights) == (False, "")
    assert retrained(refused, replace(FIVE, good=(LAMP,)), Home(), never) == refused


def test_a_refusal_lasts_as_long_as_what_spoke_against_it() -> None:
    refused = retrained(None, FIVE, Home(), answering(changed=["turn on the lamp"]))
    again = retrained(refused, FIVE, Home(), answering())
    assert again is not None
    assert again.taken


def test_a_refused_one_leaves_the_one_before_in_use_unless_something_of_that_is_gone() -> None:
    more = retrained(OLD, taught(*"abcdefghij"), Home(), answering(changed=["turn on the lamp"]))
    assert more is not None
    assert (more.taken, more.weights, more.sentences) == (False, "old", OLD.sentences)
    other = retrained(OLD, taught(*"bcdef"), Home(), answering(changed=["turn on the lamp"]))
    assert other is not None
    assert (other.taken, other.weights, other.sentences) == (False, "", ())


def test_what_corrects_another_model_is_made_anew_and_not_used(caplog: pytest.LogCaptureFixture) -> None:
    updated = replace(OLD, weights=as_text(fitted(lessons(), CENTRE)), model="another")
    assert retrained(updated, FIVE, Home(), answering()) == replace(OLD, weights="new")
    own, told = own_reading()
    own.load(updated)
    assert (told, caplog.text) == ([None], "")


def test_of_too_few_sentences_nothing_is_left() -> None:
    assert retrained(OLD, taught(*"abcdefg"[: LEAST - 1]), Home(), never) is None
    assert retrained(OLD, FIVE, Home(), never) == OLD


# --- in the store ---------------------------------------------------------------------------------------------------------------------------


def keep(folder: Path, what: Retrained) -> None:
    with sqlite3.connect(folder / FILE) as db:
        db.execute("INSERT OR REPLACE INTO retrained (number, at, record) VALUES (1, ?, ?)", (AT.isoformat(), encode(what)))
        db.execute("INSERT INTO policy (version, at, digest) SELECT coalesce(max(version), 0) + 1, ?, 'x' FROM policy", (AT.isoformat(),))
    db.close()


@pytest.mark.parametrize(
    ("what", "value", "stays"),
    [("learned", "", False), ("all", "", False), ("speaker", "ann", False), ("turn", "turn-1", False), ("taught", "", True)],
)
async def test_a_forgetting_that_may_touch_it_drops_it(tmp_path: Path, what: str, value: str, stays: bool) -> None:
    async with await Store.open(tmp_path) as store:
        keep(tmp_path, OLD)
        assert await store.retrained() == OLD
        await store.forget(what, value)
        assert await store.retrained() == (OLD if stays else None)


async def test_learners_that_find_nothing_to_learn_from_drop_it_as_another_policy(tmp_path: Path) -> None:
    async with await Store.open(tmp_path):
        keep(tmp_path, OLD)
    assert learn(tmp_path, AT)["reading"]["taken"]
    assert kept(tmp_path)[0] == OLD
    before = learn(tmp_path, AT)["policy"]
    report = learn(tmp_path, AT + timedelta(days=1), retrain=never)
    assert "reading" not in report
    assert (kept(tmp_path)[0], report["policy"]) == (None, before + 1)


# --- in the agent's memory ------------------------------------------------------------------------------------------------------------------


def own_reading() -> tuple[OwnReading, list[Correction | None]]:
    told: list[Correction | None] = []
    return OwnReading(told.append), told


def test_it_is_used_until_somebody_switches_it_off_and_again_from_then() -> None:
    own, told = own_reading()
    own.load(replace(OLD, weights=as_text(fitted(lessons(), CENTRE))))
    own.follow([Preference("Anna", "music", "jazz")])
    own.follow([off := Preference("", SERVING, "off")])
    own.follow([off])
    own.follow([])
    assert [found is not None for found in told] == [False, True, False, True]


def test_words_that_were_to_be_forgotten_put_it_out_of_use() -> None:
    own, told = own_reading()
    own.load(replace(OLD, weights=as_text(fitted(lessons(), CENTRE))))
    own.follow([Preference("Anna", UNLEARNED, "z")])
    assert told[-1] is not None
    own.follow([Preference("Anna", UNLEARNED, "a")])
    assert told[-1] is None


def test_weights_that_cannot_be_read_are_left_out_with_a_word_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    own, told = own_reading()
    own.load(OLD)
    assert told == [None]
    assert "hearth forget learned" in caplog.text
