"""The trained judge among the learners: pairs of past turns, as second tries or none."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from agent.learn.detected import Detected, compared
from agent.learn.log import Did, Log, Past
from agent.learn.tries import Two, pairs_of, second_tries

START = datetime(2026, 3, 10, 19, tzinfo=UTC)
SORRY = "Sorry, I didn't understand that."


def past(number: int, seconds: float, text: str, *did: Did, key: str = "kitchen", say: str = "OK.", confidence: float = 0.9) -> Past:
    """A turn that acted, or, where it did nothing, was not understood."""
    return Past(
        number, f"t{number}", START + timedelta(seconds=seconds), "", key, key, text, confidence, (), 1.0, "act" if did else "decline",
        "HassTurnOn" if did else "", {}, 1.0, "exact", "", "", tuple(e for d in did for e in d.entities), did, True if did else None, "R1",
        say if did else SORRY, "", "", False, 1, True,
    )  # fmt: skip


def on(*entities: str) -> Did:
    return Did("light.turn_on", entities)


@pytest.fixture
def evening() -> Sequence[Past]:
    return (
        past(1, 0, "turn on the kitten lamb", confidence=0.4),
        past(2, 3, "what time is it", on("light.hall"), key="hall"),
        past(3, 8, "turn on the kitchen lamp", on("light.kitchen")),
        past(4, 60, "play some jazz", Did("media_player.play", ("media_player.radio",))),
    )


def test_a_second_try_is_found_past_what_was_said_elsewhere(evening: Sequence[Past]) -> None:
    found = second_tries(Log(tuple(evening)), Detected())
    assert {turn: later for turn, (later, _) in found.items()} == {"t1": "t3"}
    assert 0.5 < found["t1"][1] <= 1.0


def test_turns_are_compared_with_those_of_their_place(evening: Sequence[Past]) -> None:
    pairs = list(pairs_of(Log(tuple(evening))))
    tried = next(pair for two, pair in zip(pairs, compared(pairs), strict=True) if (two.first.number, two.second.number) == (1, 3))
    assert (tried.first.text, tried.first.executed, tried.first.confidence) == ("turn on the kitten lamb", False, 0.4)
    assert tried.second.things == {"light.kitchen"}
    assert tried.gap == 8.0
    assert tried.before is None
    assert tried.after is not None
    assert tried.after.text == "play some jazz"


def test_what_does_the_same_again_is_wanted_twice() -> None:
    louder = Did("media_player.volume_up", ("media_player.radio",))
    two = Two(past(1, 0, "louder", louder), past(2, 4, "louder", louder), doubted=True, interrupted=True)
    assert list(Detected()([two])) == [0.0]
    assert compared([two])[0].first.interrupted


def test_no_pairs_no_tries() -> None:
    assert list(Detected()([])) == []


def test_a_learned_pair_that_was_talked_over_or_said_twice_meant_what_was_said_then() -> None:
    fan, light = Did("fan.turn_off", ("fan.bedroom",)), Did("light.turn_on", ("light.kitchen",))
    served = replace(past(1, 0, "action", fan), rewrite=("action", "bedroom fan off", "personal"))
    again = replace(served, number=2, id="t2", at=START + timedelta(seconds=8))
    other = past(3, 16, "turn on the kitchen light", light)

    def found(log: Log) -> set[str]:
        return {first for first, (second, _) in second_tries(log, Detected()).items() if second == "t3"}

    assert found(Log((served, other))) == set()
    assert found(Log((served, other), interrupts=(START + timedelta(seconds=2),))) == {"t1"}
    assert found(Log((served, again, other))) == {"t1", "t2"}


def test_the_same_done_to_another_sort_of_thing_at_once_speaks_against_a_learned_pair() -> None:
    fan, light = Did("fan.turn_off", ("fan.bedroom",)), Did("light.turn_off", ("light.kitchen",))
    served = replace(past(1, 0, "action", fan), rewrite=("action", "bedroom fan off", "personal"))
    assert set(second_tries(Log((served, past(2, 9, "turn off the kitchen light", light))), Detected())) == {"t1"}
    assert set(second_tries(Log((served, past(2, 40, "turn off the kitchen light", light))), Detected())) == set()
