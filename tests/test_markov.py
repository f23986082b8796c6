"""The absorbing Markov chain against its own definition, solved densely."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.learn.markov import IMAGINED, Chain

COUNTS = st.dictionaries(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), st.integers(1, 20), max_size=14)


def chain(again: dict[tuple[str, str], int], good: dict[tuple[str, str], int], bad: dict[str, int]) -> Chain:
    made = Chain()
    made.again.update(again)
    made.good.update(good)
    made.bad.update(bad)
    return made


def test_who_says_it_again_ends_where_the_second_try_ends() -> None:
    found = chain({("the funzel on", "floor lamp on"): 9}, {("floor lamp on", "LAMP"): 9}, {}).absorbed()
    assert found["floor lamp on"]["LAMP"] == pytest.approx(9 / 10)
    assert found["the funzel on"]["LAMP"] == pytest.approx(9 / 10 * 9 / 10)


def test_once_proves_less_than_nine_times() -> None:
    once = chain({("x", "y"): 1}, {("y", "LAMP"): 1}, {}).absorbed()["x"]["LAMP"]
    often = chain({("x", "y"): 9}, {("y", "LAMP"): 9}, {}).absorbed()["x"]["LAMP"]
    assert once == pytest.approx(0.25)
    assert often > 3 * once


def test_two_meanings_share_what_there_is() -> None:
    found = chain({("x", "y"): 3, ("x", "z"): 1}, {("y", "LAMP"): 5, ("z", "TV"): 5}, {"x": 2}).absorbed()["x"]
    assert found["LAMP"] == pytest.approx(3 * found["TV"])
    assert sum(found.values()) < 1


def test_nothing_counted_is_nothing() -> None:
    assert Chain().absorbed() == {}
    assert chain({("x", "y"): 1}, {}, {"y": 1}).absorbed() == {}


@settings(max_examples=150, deadline=None)
@given(
    COUNTS,
    st.dictionaries(st.tuples(st.sampled_from("abcdef"), st.sampled_from("GH")), st.integers(1, 9), min_size=1),
    st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 9)),
)
def test_it_is_the_fundamental_matrix(again: dict[tuple[str, str], int], good: dict[tuple[str, str], int], bad: dict[str, int]) -> None:
    found = chain(again, good, bad).absorbed()
    words = sorted({w for pair in again for w in pair} | {w for w, _ in good} | set(bad))
    place = {w: i for i, w in enumerate(words)}
    counts, ends = np.zeros((len(words), len(words))), np.zeros((len(words), 2))
    for (one, other), n in again.items():
        counts[place[one], place[other]] += n
    for (w, h), n in good.items():
        ends[place[w], "GH".index(h)] += n
    total = counts.sum(axis=1) + ends.sum(axis=1) + np.array([bad.get(w, 0) for w in words]) + IMAGINED
    exact = np.linalg.inv(np.eye(len(words)) - counts / total[:, None]) @ (ends / total[:, None])
    for w in words:
        for k, h in enumerate("GH"):
            assert found[w].get(h, 0.0) == pytest.approx(exact[place[w], k], abs=1e-9)
        assert sum(found[w].values()) < 1
