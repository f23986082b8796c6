"""tests/conversations/context.txt holds minimal pairs: the same sentence in the same home, one signal apart, and what is right is different."""

from collections import Counter, defaultdict
from pathlib import Path

import pytest

from tests.conversation import Script, play, scripts

TOLD = ("A", "is", "do", "targets", "why", "due")
"""What is expected; everything else sets the scene."""
SIGNALS = (
    "name", "room", "twins", "floor", "kind", "on", "open", "playing", "stop", "ringing", "oven", "range", "screen", "device", "room said", "it",
    "brighter", "ellipsis", "dark", "sensor", "diagnostic", "who speaks", "who is home", "habit", "after the alarm", "time of day",
)  # fmt: skip
ONE, OTHER = "one", "other"
NOW = ("room", "floor", "oven", "screen", "device", "stop", "dark", "sensor", "who speaks", "twins")
"""Signals of the moment, which outweigh that the same words meant something else a moment ago."""


def _pairs() -> dict[str, dict[str, Script]]:
    found: dict[str, dict[str, Script]] = defaultdict(dict)
    for script in scripts():
        if script.file == "context":
            title, _, which = script.title.rpartition(" / ")
            found[title][which] = script
    return found


PAIRS = _pairs()


def scene(script: Script) -> list[tuple[str, str]]:
    return [(key, value) for _, key, value in script.lines if key not in TOLD]


def expected(script: Script) -> list[tuple[str, str]]:
    return [(key, value) for _, key, value in script.lines if key in TOLD]


def test_there_are_enough_pairs_for_every_signal() -> None:
    assert len(PAIRS) >= 75
    assert {title.partition(":")[0] for title in PAIRS} == set(SIGNALS)


@pytest.mark.parametrize("title", PAIRS)
def test_a_pair_is_one_signal_apart(title: str) -> None:
    assert set(PAIRS[title]) == {ONE, OTHER}
    one, other = scene(PAIRS[title][ONE]), scene(PAIRS[title][OTHER])
    differing = {key for key, _ in (Counter(one) - Counter(other)) + (Counter(other) - Counter(one))}
    assert len(differing) == 1, differing
    assert one[-1][0] == other[-1][0] == "U"
    assert expected(PAIRS[title][ONE]) != expected(PAIRS[title][OTHER])


def _of_the_moment() -> list[str]:
    """Pairs whose scenes are set by place, states and devices alone."""
    chosen = [title for title in PAIRS if title.partition(":")[0] in NOW]
    return [t for t in chosen if all(key not in ("advance", "talk") for script in PAIRS[t].values() for key, _ in scene(script)[:-1])]


@pytest.mark.parametrize("title", _of_the_moment())
@pytest.mark.parametrize("order", [(ONE, OTHER), (OTHER, ONE)], ids=["one first", "other first"])
async def test_a_pair_holds_within_one_conversation(title: str, order: tuple[str, str], tmp_path: Path) -> None:
    await play([PAIRS[title][which] for which in order], tmp_path / "store")
