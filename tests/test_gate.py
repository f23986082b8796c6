"""The replay gate: no retrained reading that harms what went well."""

from agent.learn.gate import Read, Reading, good_turns, replayed
from agent.records import Label

LAMP: Reading = ("HassTurnOn", {"name": "Floor Lamp"})
KETTLE: Reading = ("HassTurnOn", {"name": "Kettle"})


def day(turns: int) -> list[Label]:
    return [Label(f"turn-{n}", *LAMP, f"turn-{n}", True, 0.93, "itself", f"say {n}") for n in range(turns)]


def reads(otherwise: int) -> Read:
    """The lamp; of the first so many the kettle."""
    return lambda text: KETTLE if int(text.split()[1]) < otherwise else LAMP


def test_three_of_a_thousand_may_change_and_four_may_not() -> None:
    assert replayed(day(1000), reads(0), reads(3)).passes
    failed = replayed(day(1000), reads(0), reads(4))
    assert not failed.passes
    assert failed.changed == ("say 0", "say 1", "say 2", "say 3")


def test_of_few_turns_none_may_change() -> None:
    assert replayed(day(100), reads(0), reads(0)).passes
    assert not replayed(day(100), reads(0), reads(1)).passes


def test_without_good_turns_nothing_is_taken_on() -> None:
    assert not replayed([], reads(0), reads(0)).passes


def test_what_was_read_wrongly_before_does_not_count() -> None:
    assert replayed(day(10), lambda text: ("HassTurnOff", {}) if text == "say 5" else LAMP, lambda text: LAMP).turns == 9


def test_good_turns_are_sure_ones_that_were_read_rightly_by_themselves() -> None:
    good = day(1)[0]
    others = [
        Label("turn-7", *LAMP, "turn-7", True, 0.93, "rephrased", "floor camp"),
        Label("turn-8", *LAMP, "turn-8", False, 0.93, "itself", "lamp"),
        Label("turn-9", *LAMP, "turn-9", True, 0.5, "itself", "glow"),
    ]
    assert good_turns([good, *others]) == (good,)
