"""The trained parts of the understanding: n-grams, the encoder, their one opinion, and what is done about an unlikely reading."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.app import risk_table
from agent.config import Config
from agent.decide import decide, doubtful
from agent.records import Context, Interpretation, Plan, Resolution
from agent.understand import encoder, ngrams
from agent.understand.category import Category, blended
from agent.understand.encoder import Encoder, Head
from agent.understand.model import ENCODER, FOLDER, one_deed
from agent.understand.ngrams import Ngrams, weighed
from devices.home import Home

WORDS = st.lists(st.text(alphabet="abcdefghijklmnopqrstuvwxyz'", min_size=1, max_size=12), max_size=20)
NOW = datetime(2026, 3, 10, 10, tzinfo=UTC)
LABELS = ("HassGetWeather", "HassTurnOn")


@cache
def kept() -> Encoder:
    return encoder.load(FOLDER / ENCODER)


@pytest.fixture
def shipped() -> Encoder:
    return kept()


def small(words: tuple[str, ...]) -> Ngrams:
    """Every n-gram of the words speaks for the second intent."""
    rows = {key: row for row, key in enumerate(dict.fromkeys(key for key, _ in weighed(words)))}
    table = np.tile(np.array([-100, 100], dtype=np.int8), (len(rows), 1))
    return Ngrams(LABELS, rows, table, np.array([0.01, 0.01], dtype=np.float32), np.zeros(2, dtype=np.float32))


def test_ngrams_know_what_they_have_seen(tmp_path: Path) -> None:
    found = small(("turn", "on", "the", "light"))
    assert found.shares(["turn", "on"])["HassTurnOn"] > 0.7
    assert found.shares(["zzz"]) == {"HassGetWeather": 0.5, "HassTurnOn": 0.5}
    ngrams.save(found, tmp_path / "n.npz")
    assert ngrams.load(tmp_path / "n.npz").shares(["turn", "on"]) == found.shares(["turn", "on"])


@given(WORDS)
def test_ngrams_of_each_family_are_of_length_one(words: list[str]) -> None:
    total = sum(value * value for _, value in weighed(words))
    assert total == pytest.approx(2.0 if words else 1.0)


def test_numbers_are_one_word() -> None:
    assert sorted(weighed(["set", "20"])) == sorted(weighed(["set", "75"]))


@settings(deadline=None)
@given(WORDS)
def test_every_sentence_has_a_vector(words: list[str]) -> None:
    vector = kept().vector(words)
    assert vector.shape == (384,)
    assert np.isfinite(vector).all()
    assert all(piece in kept().pieces for word in words for piece in kept().cut(word))


def test_the_encoder_knows_what_means_the_same(shipped: Encoder) -> None:
    def near(one: str, other: str) -> float:
        a, b = shipped.vector(one.split()), shipped.vector(other.split())
        return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))

    assert near("switch the lamp on", "turn on the light") > near("switch the lamp on", "what is the weather in paris")
    assert near("will it rain", "do i need an umbrella") > near("will it rain", "add milk to the list")


def test_a_word_without_pieces_is_unknown(shipped: Encoder) -> None:
    assert list(shipped.cut("灯")) == [encoder.UNKNOWN]
    assert len(shipped.rows(["word"] * 500)) == encoder.MOST


def test_an_encoder_survives_its_file(tmp_path: Path, shipped: Encoder) -> None:
    encoder.save(shipped, tmp_path / "e.npz")
    again = encoder.load(tmp_path / "e.npz")
    assert np.allclose(again.vector(["warm", "it", "up"]), shipped.vector(["warm", "it", "up"]), atol=1e-3)


def test_a_head_survives_its_file(tmp_path: Path) -> None:
    head = Head(LABELS, np.eye(2, 384, dtype=np.float32), np.zeros(2, dtype=np.float32))
    encoder.save_head(head, tmp_path / "h.npz")
    vector = np.zeros(384, dtype=np.float32)
    vector[1] = 3.0
    assert encoder.load_head(tmp_path / "h.npz").shares(vector) == head.shares(vector)
    assert head.shares(vector)["HassTurnOn"] > 0.9


def test_two_opinions_are_one() -> None:
    found = blended({"a": 0.9, "b": 0.1}, {"a": 0.5, "b": 0.5})
    assert sum(found.values()) == pytest.approx(1.0)
    assert 0.5 < found["a"] < 0.9


def test_a_category_survives_its_folder(tmp_path: Path) -> None:
    head = Head(LABELS, np.zeros((2, 384), dtype=np.float32), np.zeros(2, dtype=np.float32))
    Category(None, small(("hello",)), head).to_disk(tmp_path / "c")
    again = Category().from_disk(tmp_path / "c")
    assert again.ngrams is not None
    assert again.head is not None
    assert again.ngrams.labels == again.head.labels == LABELS


@pytest.mark.parametrize(("confidence", "outcome"), [(0.9, "answer"), (0.5, "confirm")])
def test_an_unlikely_guess_is_asked_about(confidence: float, outcome: str) -> None:
    reading = Interpretation("HassGetWeather", {}, confidence, "model")
    plan = Plan("answer", "It's sunny.")
    found = decide(((reading,),), (Resolution(reading),), (plan,), risk_table(Config()), False, False, Context(NOW, Home()))
    assert found.outcome == outcome
    assert doubtful(reading) == (outcome == "confirm")
    if outcome == "confirm":
        assert found.say == "I'm not sure I understood. Shall I tell you the weather?"
        assert found.plan == plan


def test_what_was_confirmed_is_not_asked_again() -> None:
    reading = Interpretation("HassGetWeather", {}, 0.5, "model")
    plan = Plan("answer", "It's sunny.")
    found = decide(((reading,),), (Resolution(reading),), (plan,), risk_table(Config()), True, False, Context(NOW, Home()))
    assert (found.outcome, found.say) == ("answer", "It's sunny.")


def test_sentences_of_a_length_are_worked_out_together_as_each_by_itself(shipped: Encoder) -> None:
    rows = [shipped.rows(words.split()) for words in ("turn on the light", "play me some jazz", "i am too cold")]
    assert len({len(r) for r in rows}) == 1
    together = shipped.vectors(rows)
    for row, vector in zip(rows, together, strict=True):
        assert np.allclose(vector, shipped.vectors([row])[0], atol=1e-5)


def test_light_with_nothing_to_set_is_light_on() -> None:
    lit = Interpretation("HassTurnOn", {"domain": "light"}, 0.4, "model")
    aimless = Interpretation("HassLightSet", {"area": "Kitchen"}, 0.3, "model")
    assert one_deed([lit, aimless]) == (replace(lit, confidence=0.7),)
    dimmer = replace(aimless, slots={"brightness_step": "down"})
    assert one_deed([lit, dimmer]) == (lit, dimmer)
    unknown = replace(lit, slots={})
    assert one_deed([unknown, aimless]) == (unknown, aimless)
