"""Pairs from logs: whatever a log holds, the learners come to an end, and what is served was shown often enough."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from agent.learn.detected import Detected
from agent.learn.log import Did, Log, Past
from agent.learn.rewrites import _pairs
from agent.learn.run import Made

START = datetime(2026, 3, 10, 18, tzinfo=UTC)
NAMES = {"light.floor": "Floor Lamp", "light.desk": "Desk Lamp", "cover.blinds": "Blinds"}
SAID = ["turn on the funzel", "turn off the funzel", "turn on the floor lamp", "turn on the desk lamp", "that funzel", "no", "yes", "funzel", ""]
JUDGE = Detected()


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
