"""What leaves the house is told as what it is, and nothing of the home is taken for it."""

import pytest

from agent.beyond import out_of_reach


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("order a pizza", "order"),
        ("could you please order some thai food", "order"),
        ("call me a taxi", "order"),
        ("get us a cab please", "order"),
        ("I want to book a table for two", "book"),
        ("make me an appointment at the dentist", "book"),
        ("call my mom", "call"),
        ("phone the plumber", "call"),
        ("text Ben that I'm late", "message"),
        ("send Bob an email", "message"),
        ("send an email to Bob", "message"),
        ("call it off", ""),
        ("call me Anna", ""),
        ("put milk in order on the list", ""),
        ("play the phone call song", ""),
        ("turn on the light", ""),
        ("", ""),
    ],
)
def test_out_of_reach(said: str, what: str) -> None:
    assert out_of_reach(said) == what
