"""Second tries: how two turns are alike, what a model makes of it, and the made-up logs that it learned from."""

import json
import math
import random
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.learn import likeness, trees
from agent.learn.likeness import EDITS, LIKENESS, NEAR, words
from agent.learn.rephrase import (
    ASR_CORRECTION,
    COMMAND_CORRECTION,
    FEATURES,
    GROUPS,
    NEW,
    Decision,
    Detector,
    NoWeightsError,
    Pair,
    Said,
    candidates,
    features,
    paired,
)
from agent.words.en import REPLIES
from benchmarks import rephrase as benchmark
from training import boosting, corrections, mishearing, retries

SORRY = "Sorry, I didn't understand that."


def two(first: str, second: str, gap: float = 8.0, executed: bool | None = False, response: str = SORRY, **more: object) -> Pair:
    """A pair with nobody beside."""
    return Pair(replace(Said(first, 0.0, executed, response), **more), Said(second, gap))  # type: ignore[arg-type]


def of(pair: Pair) -> dict[str, float]:
    """The features by name."""
    return dict(zip(FEATURES, features([pair])[0].tolist(), strict=True))


def alike(first: str, second: str) -> dict[str, float]:
    return dict(zip(LIKENESS, likeness.likeness(first, second), strict=True))


@cache
def shipped() -> Detector:
    return Detector.open()


@pytest.fixture
def detector() -> Detector:
    return shipped()


# --- likeness ----------------------------------------------------------------------------------------------------------------------------------


def test_words_have_no_case_and_no_marks() -> None:
    assert words("Turn ON the kids’ Lamp, please!") == ("turn", "on", "the", "kids", "lamp", "please")
    assert words("what's up") == ("what's", "up")
    assert words("включи свет") == ("включи", "свет")
    assert words(" ?! ") == ()


def test_what_is_equal_is_wholly_alike() -> None:
    found = alike("Stop the music", "stop the music.")
    assert found["equal"] == found["letters"] == found["sound"] == found["telling_shared"] == found["words_same"] == 1.0
    assert found["words_swapped"] == found["words_added"] == found["words_dropped"] == found["blocks"] == 0.0


@pytest.mark.parametrize(
    ("first", "second", "edit"),
    [
        ("turn on the light", "turn on the kitchen light", "words_added"),
        ("turn on the kitchen light", "turn on the light", "words_dropped"),
        ("turn on the kitchen light", "turn on the chicken light", "words_swapped"),
    ],
)
def test_each_edit_is_of_its_class(first: str, second: str, edit: str) -> None:
    found = alike(first, second)
    assert {name for name in ("words_added", "words_dropped", "words_swapped") if found[name]} == {edit}
    assert found["blocks"] == 1.0
    assert found[edit] == pytest.approx(0.2)


def test_words_that_sound_alike_are_told_from_words_that_do_not() -> None:
    heard, other = alike("set it to fore", "set it to four"), alike("set it to nine", "set it to four")
    assert heard["swapped_sound"] == 1.0 > other["swapped_sound"]
    assert heard["words_swapped"] == other["words_swapped"]


def test_where_a_word_ends_cannot_be_heard() -> None:
    assert alike("a live in room lamp", "a living room lamp")["sound"] > alike("a live in room lamp", "a living room lamp")["telling_shared"]
    assert likeness.sounds(("bed", "room")) == likeness.sounds(("bedroom",))


def test_light_words_tell_nothing_unless_there_are_no_others() -> None:
    assert likeness.telling(words("could you please dim the lamp")) == {"dim", "lamp"}
    assert likeness.telling(words("do it")) == {"do", "it"}


def test_a_beginning_that_was_cut_is_within_the_whole() -> None:
    found = alike("remind me to", "remind me to water the plants")
    assert (found["within"], found["contains"], found["part"], found["same_first_word"]) == (1.0, 0.0, 1.0, 1.0)
    assert found["longer_by"] == pytest.approx(0.5)


def test_rare_words_in_common_weigh_more() -> None:
    one, other = frozenset({"the", "fountain"}), frozenset({"the", "pump", "fountain"})
    assert likeness.shared(one, other, {"fountain": 9.0, "the": 0.1, "pump": 1.0}) > likeness.shared(one, other)
    assert likeness.shared(frozenset(), frozenset()) == 0.0


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_two_texts_have_a_likeness_in_range(first: str, second: str) -> None:
    found = alike(first, second)
    for name, value in found.items():
        assert math.isfinite(value)
        if name not in {"one_long", "other_long", "blocks"}:
            assert -1.0 <= value <= 1.0, name
    assert alike(first, first)["equal"] == 1.0
    assert likeness.near(first, second) == pytest.approx(tuple(found[name] for name in NEAR))


@given(st.lists(st.sampled_from("abcdef"), max_size=8), st.lists(st.sampled_from("abcdef"), max_size=8))
def test_edits_account_for_every_word(one: list[str], other: list[str]) -> None:
    found = dict(zip(EDITS, likeness.edits(tuple(one), tuple(other)), strict=True))
    longest = max(len(one), len(other), 1)
    assert (found["words_same"] + found["words_swapped"] + found["words_dropped"]) * longest == pytest.approx(len(one))
    assert (found["words_same"] + found["words_swapped"] + found["words_added"]) * longest == pytest.approx(len(other))


# --- features ----------------------------------------------------------------------------------------------------------------------------------


def test_every_feature_has_one_name_and_one_group() -> None:
    assert len(set(FEATURES)) == len(FEATURES) == sum(map(len, GROUPS.values()))
    assert features([]).shape == (0, len(FEATURES))


def test_the_turns_are_told() -> None:
    pair = Pair(
        Said("turn on the lamp", 100.0, False, SORRY, interrupted=True, confidence=0.4, things=frozenset({"light.a", "light.b"})),
        Said("no the other one", 109.0, things=frozenset({"light.b"})),
        between=1,
    )
    found = of(pair)
    assert found["gap"] == pytest.approx(math.log(10.0))
    assert (found["executed"], found["interrupted"], found["confidence"], found["between"]) == (0.0, 1.0, 0.4, 1.0)
    assert (found["same_things"], found["second_denies"], found["second_answers"]) == (1.0, 1.0, 1.0)
    assert of(replace(pair, second=Said("x", 109.0, things=frozenset({"light.c"}))))["same_things"] == -1.0
    assert of(replace(pair, second=Said("x", 109.0)))["same_things"] == 0.0


@pytest.mark.parametrize("key", ["not_understood", "unknown_name", "unknown_area", "no_skill", "apology", "unsure", "undo.cannot", "state.unknown"])
def test_our_own_replies_tell_that_it_failed(key: str) -> None:
    assert of(two("a", "b", response=REPLIES[key]))["reply_fails"] == 1.0


@pytest.mark.parametrize("key", ["ok", "later", "temperature.thing", "taught", "left_it"])
def test_our_own_replies_tell_that_it_went_well(key: str) -> None:
    found = of(two("a", "b", response=REPLIES[key]))
    assert (found["reply_fails"], found["reply_asks"], found["reply"]) == (0.0, 0.0, 1.0)


def test_a_reply_that_is_answered_is_not_one_that_is_tried_again() -> None:
    asked = of(two("turn on the lamp", "the floor lamp", response="Which one: the desk lamp or the floor lamp?"))
    assert (asked["reply_asks"], asked["reply_has_new"]) == (1.0, 1.0)
    assert of(two("turn on the lamp", "the hall light", response="Which one?"))["reply_has_new"] == 0.0


def test_what_was_said_beside_counts() -> None:
    turns = [Said("lamp on", 0.0, False), Said("lamp on", 9.0, False), Said("turn on the lamp", 20.0, True), Said("play jazz", 70.0, True)]
    found = of(paired(turns, 1, 2))
    assert (found["before_first_letters"], found["before_executed"], found["second_executed"]) == (1.0, 0.0, 1.0)
    assert found["after_second_letters"] < 0.5
    assert found["after_gap"] == pytest.approx(math.log(51.0))
    assert of(paired(turns, 2, 3))["after_second_letters"] == 0.0


def test_the_log_knows_its_words() -> None:
    log = [two("dim the lamp", "the lamp off", executed=True), two("dim the lamb", "dim the lamp"), two("dim the fan", "stop")]
    found = features(log)[:, [FEATURES.index("first_known_words"), FEATURES.index("first_done")]]
    assert found[0, 0] > found[1, 0]
    assert found[1, 1] == 0.5


def test_a_later_turn_is_compared_with_the_few_before_it_in_time() -> None:
    turns = [Said("a", 0.0), Said("b", 10.0), Said("c", 20.0), Said("d", 30.0), Said("e", 5000.0)]
    assert list(candidates(turns)) == [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]
    assert list(candidates(turns, few=1)) == [(0, 1), (1, 2), (2, 3)]
    assert paired(turns, 0, 2).between == 1
    assert paired(turns, 3, 4).after is None
    assert paired(turns, 2, 3).after is None


any_text = st.text(max_size=40)
any_number = st.floats(allow_nan=True, allow_infinity=True)
any_said = st.builds(
    Said, any_text, any_number, st.none() | st.booleans(), any_text, st.booleans(), st.floats(-1, 2), st.frozensets(st.sampled_from("ab"))
)
any_pair = st.builds(Pair, any_said, any_said, st.none() | any_said, st.none() | any_said, st.integers(0, 9))


@given(st.lists(any_pair, max_size=5))
@settings(max_examples=100, deadline=None)
def test_whatever_is_said_has_probabilities(pairs: list[Pair]) -> None:
    detector = shipped()
    assert np.isfinite(features(pairs)).all()
    found = detector.probabilities(pairs)
    assert found.shape == (len(pairs), 3)
    assert (found >= 0).all()
    assert np.allclose(found.sum(axis=1), 1.0)
    assert set(detector.kinds(pairs)) <= {NEW, COMMAND_CORRECTION, ASR_CORRECTION}


# --- what the shipped weights say ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pair", "kind"),
    [
        (two("turn on the kitten lamb", "turn on the kitchen lamp"), ASR_CORRECTION),
        (two("there is set a timer", "reset the timer", 6.0, confidence=0.3), ASR_CORRECTION),
        (two("play some chess", "play some jazz", 7.0), ASR_CORRECTION),
        (two("turn on the big light", "turn on the light", 7.0), COMMAND_CORRECTION),
        (two("make it cosy in here", "make it cosy in here"), COMMAND_CORRECTION),
        (two("turn on the kitchen lamp", "turn on the bedroom lamp", 30.0, True, "Turned on the kitchen lamp."), NEW),
        (two("turn on the kitchen lamp", "what's the weather", 40.0, True, "Turned on the kitchen lamp."), NEW),
        (two("louder", "louder", 6.0, True, "OK."), NEW),
        (two("add milk to the shopping list", "add eggs to the shopping list", 9.0, True, "Added milk."), NEW),
        (two("turn on the kitchen lamp", "turn on the kitchen lamp", 80_000.0, True, "Turned on the kitchen lamp."), NEW),
        (two("sing me a song", "never mind", 5.0), NEW),
    ],
)
def test_plain_cases(detector: Detector, pair: Pair, kind: int) -> None:
    assert detector.kinds([pair]) == [kind]


def test_which_turn_was_tried_again(detector: Detector) -> None:
    turns = [
        Said("turn on the lamp", 0.0, True, "Turned on the lamp."),
        Said("play sum tale a swift", 300.0, False, SORRY),
        Said("stop", 306.0, True, "OK."),
        Said("play some taylor swift", 312.0, True, "Playing Taylor Swift."),
        Said("how warm is it", 400.0, True, "It is 21 degrees."),
    ]
    found = detector.second_tries(turns)
    assert [(one.first, one.second, one.kind) for one in found] == [(1, 3, ASR_CORRECTION)]
    assert 0.5 < found[0].probability <= 1.0
    assert detector.second_tries([]) == []


def test_telling_second_tries_needs_nothing_of_training() -> None:
    code = "import sys; from agent.learn.rephrase import Detector; Detector.open(); sys.exit(bool({'sklearn', 'torch', 'training'} & {*sys.modules}))"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


def test_no_weights_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(NoWeightsError, match="make model"):
        Detector.open(tmp_path)


def test_weights_of_other_features_are_refused(detector: Detector, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="other features"):
        Detector(replace(detector.model, names=("gap",)))
    Detector(detector.model, Decision(0.3, 2.0)).save(tmp_path)
    again = Detector.open(tmp_path)
    assert again.decision == Decision(0.3, 2.0)
    trees.save(replace(detector.model, names=("gap",)), tmp_path / "trees.npz")
    with pytest.raises(NoWeightsError, match="other features"):
        Detector.open(tmp_path)


def test_a_decision_favours_the_rarer_kind() -> None:
    chances = np.array([[0.55, 0.3, 0.15], [0.4, 0.35, 0.25], [0.1, 0.2, 0.7]])
    assert Decision().kinds(chances) == [NEW, COMMAND_CORRECTION, ASR_CORRECTION]
    assert Decision(0.4, 2.0).kinds(chances) == [COMMAND_CORRECTION, ASR_CORRECTION, ASR_CORRECTION]
    assert Decision().kinds(chances[:0]) == []


# --- trees -------------------------------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def learned() -> tuple[np.ndarray, np.ndarray, list[object], trees.Trees]:
    rng = np.random.default_rng(4)
    rows = rng.normal(size=(600, 5))
    labels = (rows[:, 0] > 0).astype(np.int64) + ((rows[:, 1] * rows[:, 2] > 0.3) & (rows[:, 0] > 0))
    models: list[object] = [boosting.model(seed).fit(rows, labels) for seed in (1, 2)]
    return rows, labels, models, boosting.exported(models, "abcde")  # type: ignore[arg-type]


def test_the_exported_trees_say_what_was_fitted(learned: tuple[np.ndarray, np.ndarray, list[object], trees.Trees]) -> None:
    rows, _, models, found = learned
    fresh = np.random.default_rng(5).normal(size=(3000, 5))
    for some in (rows, fresh, rows[:1], rows[:0]):
        if len(some):
            mean = np.mean([model.decision_function(some) for model in models], axis=0)  # type: ignore[attr-defined]
            assert np.allclose(found.scores(some), mean, atol=1e-9)
        assert found.probabilities(some).shape == (len(some), 3)
    assert np.allclose(boosting.exported(models[:1], "abcde").probabilities(fresh), models[0].predict_proba(fresh))  # type: ignore[arg-type,attr-defined]


def test_trees_survive_their_file(learned: tuple[np.ndarray, np.ndarray, list[object], trees.Trees], tmp_path: Path) -> None:
    rows, _, _, found = learned
    kept = replace(found, temperature=1.7)
    trees.save(kept, tmp_path / "trees.npz")
    again = trees.load(tmp_path / "trees.npz")
    assert (again.names, again.temperature, again.depth) == (("a", "b", "c", "d", "e"), 1.7, found.depth)
    assert np.array_equal(again.probabilities(rows), kept.probabilities(rows))
    assert (again.probabilities(rows).max(axis=1) <= found.probabilities(rows).max(axis=1) + 1e-12).all()


def test_a_temperature_makes_held_out_labels_likeliest(learned: tuple[np.ndarray, np.ndarray, list[object], trees.Trees]) -> None:
    rows, labels, _, found = learned
    scores = found.scores(rows)
    assert boosting.tempered(found, scores * 3, labels).temperature > boosting.tempered(found, scores, labels).temperature


def test_a_group_is_in_one_part_and_parts_are_of_a_size() -> None:
    groups = [name for name, size in zip("abcdefgh", (40, 30, 20, 20, 10, 10, 5, 5), strict=True) for _ in range(size)]
    part = boosting.parts(groups, 3)
    assert all(len({p for p, g in zip(part, groups, strict=True) if g == name}) == 1 for name in set(groups))
    assert max(Counter(part.tolist()).values()) < 2 * min(Counter(part.tolist()).values())
    assert sum(int(test.sum()) for _, test in boosting.split(groups, 3)) == len(groups)


# --- made-up logs ------------------------------------------------------------------------------------------------------------------------------


def _wishes() -> list[retries.Wish]:
    rooms = (("kitchen",), ("living", "room"), ("hall",), ("attic",))
    lamps = [retries.Wish(("turn", way, "the", *room, "lamp"), f"turn.{way}", (("area", room),)) for way in ("on", "off") for room in rooms]
    return lamps + [retries.Wish(words(text), "play") for text in ("play some jazz", "put on jazz", "i want to hear the beatles", "play abba")] * 9


def test_a_log_holds_every_kind_of_pair_and_is_the_same_for_a_seed() -> None:
    one, other = (retries.Household(_wishes(), random.Random(3)).log() for _ in range(2))
    assert [turn.said for turn in one] == [turn.said for turn in other]
    assert all(a.said.at < b.said.at for a, b in pairwise(one))
    kinds = Counter(retries._label(one[i], one[j]) for i, j in candidates([turn.said for turn in one]))
    assert kinds[NEW] > kinds[COMMAND_CORRECTION] > 0
    assert kinds[ASR_CORRECTION] > 0


def test_only_what_failed_is_tried_again() -> None:
    log = retries.Household(_wishes(), random.Random(5)).log()
    for first, second in pairwise(log):
        label = retries._label(first, second)
        assert label == NEW or (first.goal == second.goal and not first.satisfied)
        assert (label == ASR_CORRECTION) == (label != NEW and first.misheard)


def test_a_mishearing_is_another_sentence_that_sounds_like_it() -> None:
    hears = mishearing.Mishearing(["light", "lied", "kitchen", "kitten", "turn", "tune", "on", "an"], random.Random(1))
    said = ("turn", "on", "the", "kitchen", "light")
    assert all(hears(said) != said for _ in range(50))
    assert {word for word, _ in Counter(hears.like("kitchin") for _ in range(99)).most_common(2)} == {"kitchen", "kitten"}
    assert hears(()) == ()


# --- the benchmark's data -----------------------------------------------------------------------------------------------------------------------


def _row(first: str, second: str, label: str, sitting: str = "a", executed: bool = False, gap: float = 9.0) -> dict[str, object]:
    return {"first": first, "second": second, "gap_s": gap, "executed": executed, "response": "", "label": label, "sitting": sitting}


def test_rows_that_follow_each_other_share_their_turn(tmp_path: Path) -> None:
    rows = [
        _row("lamp", "the lamp", "command_correction"),
        _row("the lamp", "lamp on", "command_correction", executed=True),
        _row("something else", "more", "new"),
        _row("more", "even more", "asr_correction", sitting="b"),
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    known = corrections.read(path)
    one, other, alone, later = known.pairs
    assert one.second is other.first
    assert one.second.executed is True
    assert (one.after, other.before) == (other.second, one.first)
    assert alone.before is alone.after is later.before is None
    assert known.labels.tolist() == [1, 1, 0, 2]
    assert [round(pair.gap, 3) for pair in known.pairs] == [9.0] * 4


def test_figures_are_f1() -> None:
    assert corrections.figures(np.array([0, 0, 1, 2]), [0, 1, 1, 1]) == pytest.approx({"correction_f1": 0.8, "macro_f1": (2 / 3 + 0.5 + 0.0) / 3})
    assert corrections.f1(np.array([False]), np.array([False])) == 0.0


def test_the_benchmark_says_which_file_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["rephrase", "--data", str(tmp_path / "none.jsonl")])
    benchmark.main()
    assert "none.jsonl" in json.loads(capsys.readouterr().out)["skipped"]


def test_the_benchmark_learns_from_one_file_and_tries_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    log = retries.Household(_wishes(), random.Random(7)).log()
    names = ("new", "command_correction", "asr_correction")
    rows = []
    for i, (one, later) in enumerate(pairwise(log)):
        label, gap = names[retries._label(one, later)], later.said.at - one.said.at
        rows.append(_row(one.said.text, later.said.text, label, f"day {i // 20}", one.said.executed is not False, gap))
    for name, some in (("train", rows[: len(rows) // 2]), ("test", rows[len(rows) // 2 :])):
        (tmp_path / name).write_text("\n".join(map(json.dumps, some)))
    monkeypatch.setattr(benchmark, "SAMPLES", 20)
    monkeypatch.setattr("sys.argv", ["rephrase", "--train", str(tmp_path / "train"), "--test", str(tmp_path / "test")])
    benchmark.main()
    last = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert last["correction_f1"] > last["words_in_common"]["correction_f1"] > last["always_new"]["correction_f1"] == 0.0
    assert last["n"] == len(rows) - len(rows) // 2
