"""Pairs from logs: whatever a log holds, the learners come to an end, and what is served was shown often enough."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from agent.learn.detected import Detected
from agent.learn.log import Did, Log, Past
from agent.learn.rewrites import Seen, _pairs
from agent.learn.run import Made

START = datetime(2026, 3, 10, 18, tzinfo=UTC)
NAMES = {"light.floor": "Floor Lamp", "light.desk": "Desk Lamp", "cover.blinds": "Blinds"}
SAID = ["turn on the funzel", "turn off the funzel", "turn on the floor lamp", "turn on the desk lamp", "that funzel", "no", "yes", "funzel", ""]
JUDGE = Detected()
FAN = Did("fan.turn_off", ("fan.bedroom",))
A_TURN = Past(
    number=1, id="turn-1", at=START, who="Anna", area="bedroom", key="c", text="action", confidence=1.0, others=(), wake=None, outcome="act",
    intent="HassTurnOff", slots={}, sure=1.0, by="exact", missing="", missing_text="", targets=("fan.bedroom",), did=(FAN,), verified=True, risk="R1",
    say="OK.", deed="", error="", answers=False, clauses=1, teaches=True,
)  # fmt: skip


@st.composite
def pasts(draw: st.DrawFn) -> tuple[Past, ...]:
    """Turns of one evening or several, read, served and answered as they come."""
    at, found = START, []
    for number in range(1, draw(st.integers(0, 14)) + 1):
        at += timedelta(seconds=draw(st.sampled_from([3, 12, 40, 700, 86_400])))
        text, outcome = draw(st.sampled_from(SAID)), draw(st.sampled_from(["act", "ask", "confirm", "decline", "answer"]))
        thing = draw(st.sampled_from(sorted(NAMES)))
        acts = outcome in ("act", "confirm")
        served = draw(st.booleans()) and acts
        found.append(
            Past(
                number=number, id=f"turn-{number}", at=at, who=draw(st.sampled_from(["Anna", "Bob", ""])), area="living_room", key="c", text=text,
                confidence=1.0, others=(), wake=None, outcome=outcome, intent=draw(st.sampled_from(["HassTurnOn", "ExtUndo", "ExtRepair", ""])),
                slots={}, sure=draw(st.sampled_from([0.3, 1.0])), by=draw(st.sampled_from(["exact", "model"])), missing="", missing_text="",
                targets=(thing,) if acts else (), did=(Did("light.turn_on", (thing,)),) if acts else (), verified=True if acts else None, risk="R1",
                say="OK.", deed="", error="", answers=draw(st.booleans()), clauses=1, teaches=draw(st.booleans()),
                rewrite=(text, "turn on the floor lamp", "personal") if served else None,
            )
        )  # fmt: skip
    return tuple(found)


@settings(max_examples=150, deadline=None)
@given(pasts())
def test_whatever_a_log_holds_the_learners_come_to_an_end(turns: tuple[Past, ...]) -> None:
    made = Made.of(Log(turns, names=NAMES), START + timedelta(days=30), JUDGE)
    assert len(made.failures) == len(turns)
    for pair in made.pairs:
        if pair.state == "serving":
            assert pair.episodes + pair.wins >= 2
            assert pair.risk != "R3"
            assert pair.source != pair.target


def test_words_of_which_no_occurrence_counts_make_no_pair() -> None:
    assert _pairs("Anna", "funzel", [], START, {}, {}) == []


def test_a_pair_that_was_taken_back_needs_new_wins_to_come_back() -> None:
    def seen(day: int, minute: int = 0, *, served: bool, lost: bool = False, meaning: str = "fan") -> Seen:
        at = START + timedelta(days=day, minutes=minute)
        turn = replace(A_TURN, number=day * 100 + minute, at=at)
        return Seen(turn, "" if lost else meaning, "fan off", (FAN,), "", "fan off" if served else "", lost)

    learned = [seen(0, served=False), seen(1, served=False), seen(2, served=True), seen(3, served=True)]
    assert [p.state for p in _pairs("Anna", "action", learned, START, {}, {})] == ["serving"]
    lost = [*learned, seen(10, served=True, lost=True), seen(10, 20, served=True, lost=True)]
    assert [p.state for p in _pairs("Anna", "action", lost, START, {}, {})] == ["suspended"]
    assert [p.state for p in _pairs("Anna", "action", [*lost, seen(10, 60, served=True)], START, {}, {})] == ["suspended"]
