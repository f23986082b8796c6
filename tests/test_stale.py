"""The shipped weights and the phrases they were made from: a few new phrases are all right, many ask for `make model`."""

from pathlib import Path

from agent.app import skills
from agent.stages import Phrase
from agent.understand.grammar import Grammar, Rule
from agent.understand.templates import Sequence
from training import stale

MOST = 0.1
"""The share of the phrases from which the weights are too old to be shipped."""


def rule(template: str, intent: str = "HassTurnOn") -> Rule:
    return Rule("lights", intent, Phrase(template), Sequence(()))


def test_what_is_new_and_what_is_gone_is_counted(tmp_path: Path) -> None:
    stale.note([rule("light on"), rule("lights on"), rule("lamp on")], tmp_path)
    assert stale.changed([rule("lamp on"), rule("lights on"), rule("light on")], tmp_path) == (0, 0, 3)
    assert stale.changed([rule("light on"), rule("lamp on", "HassTurnOff")], tmp_path) == (1, 2, 2)
    assert "1 are new" in stale.line([rule("light on"), rule("lamp on", "HassTurnOff")], tmp_path)


def test_a_folder_that_does_not_tell_says_so(tmp_path: Path) -> None:
    assert "make model" in stale.line([rule("light on")], tmp_path)


def test_the_shipped_weights_are_not_much_older_than_the_phrases() -> None:
    new, gone, there = stale.changed(Grammar(skills()).rules)
    assert new + gone < MOST * there, stale.line(Grammar(skills()).rules)
