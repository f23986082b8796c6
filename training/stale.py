"""How old the shipped weights are: which phrases changed since they were made. `python -m training --stale`; `make check` says it, too."""

import zlib
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from agent.app import skills
from agent.understand.grammar import Grammar, Rule
from agent.understand.model import FOLDER

KEPT = "phrases.npy"
"""In the weights' folder: a number for each phrase that they were made from, sorted."""


def marks(rules: Iterable[Rule]) -> frozenset[int]:
    """A number for each phrase, by its intent and its words."""
    return frozenset(zlib.crc32(f"{rule.intent} {rule.phrase.template}".encode()) for rule in rules)


def note(rules: Iterable[Rule], folder: Path) -> None:
    """Keep what the weights are made from, beside them."""
    np.save(folder / KEPT, np.array(sorted(marks(rules)), dtype=np.uint32))


def changed(rules: Iterable[Rule], folder: Path = FOLDER) -> tuple[int, int, int]:
    """Phrases that are new since, that are gone, and all there are now. OSError or ValueError where the folder does not tell."""
    then, now = frozenset(np.load(folder / KEPT).tolist()), marks(rules)
    return len(now - then), len(then - now), len(now)


def line(rules: Iterable[Rule], folder: Path = FOLDER) -> str:
    """One sentence for people."""
    try:
        new, gone, there = changed(rules, folder)
    except (OSError, ValueError):
        return "Nobody knows which phrases the understanding's weights were made from; `make model` makes them anew."
    if not new and not gone:
        return f"The understanding's weights were made from the phrases as they are ({there})."
    return f"Of {there} phrases {new} are new since the understanding's weights were made, and {gone} are gone; `make model` makes them anew."


def main() -> int:
    print(line(Grammar(skills()).rules))
    return 0
