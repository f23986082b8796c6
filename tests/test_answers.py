"""What a few words fill when they answer a question for one slot."""

from typing import Any

import pytest

from agent.understand.answers import fits, slots_of


@pytest.mark.parametrize(
    ("missing", "said", "slots"),
    [
        ("duration", "five minutes", {"minutes": 5}),
        ("duration", "make it an hour and a half", {"hours": 1, "minutes": 30}),
        ("duration", "no idea", {"duration": "no idea"}),
        ("when", "tomorrow at 9 am", {"when": {"day": 1, "hour": 9, "minute": 0}}),
        ("when", "at seven", {"when": {"hour": 7, "minute": 0, "half_day": True}}),
        ("when", "ten minutes", {"when": {"in": 600}}),
        ("duration", "five", {"minutes": 5}),
        ("for", "ten minutes", {"for": 600}),
        ("for", "until nine pm", {"for": 0, "until": {"hour": 21, "minute": 0}}),
        ("task", "at six", {"when": {"hour": 6, "minute": 0, "half_day": True}}),
        ("task", "call mum at six", {"task": "call mum at six"}),
        ("item", "milk", {"item": "milk"}),
        ("name", "the kitchen one", {"name": "the kitchen one"}),
    ],
)
def test_an_answer_is_read_as_what_was_asked_for(missing: str, said: str, slots: dict[str, Any]) -> None:
    assert slots_of(missing, said) == slots


@pytest.mark.parametrize(
    ("missing", "said", "may"),
    [("when", "at seven", True), ("when", "is it raining", False), ("duration", "dunno", False), ("item", "milk", True)],
)
def test_what_can_be_an_answer(missing: str, said: str, may: bool) -> None:
    assert fits(missing, said) is may
