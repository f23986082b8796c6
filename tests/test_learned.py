"""What was learned, as people read it: every guard and every state has words."""

import json
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import get_args

from rich.console import Console, RenderableType

from agent import app
from agent.config import Config
from agent.doors.pipe import Pipe
from agent.guard import RULES
from agent.learned import GUARDS, STATES, pairs_table, report, retrained_told
from agent.records import Learned, Retrained, RewriteState, Taught
from devices.given import GivenDevices, load_home
from devices.home import LiveHome

HOME = Path(__file__).parent / "homes" / "house.json"
START = datetime(2026, 3, 10, 18, tzinfo=UTC)

PAIRS = (
    Learned("funzel", "floor lamp", "Anna", ("living_room",), episodes=3, wins=4, losses=1, state="serving", part=True),
    Learned("open the sesame door", "unlock the front door", "Anna", risk="R3", episodes=3, why="guarded: grave"),
    Learned("light my corner", "turn on the desk lamp", episodes=1, why="1 of 3 episodes"),
    Learned("turn on the sun", "turn on the desk lamp", episodes=2, losses=2, state="suspended", why="it was taken back"),
)


def printed(shown: RenderableType) -> str:
    paper = StringIO()
    Console(width=200, file=paper).print(shown)
    return paper.getvalue()


def test_every_guard_and_every_state_is_told_in_words() -> None:
    assert set(GUARDS) == {name for name, _ in RULES}
    assert set(STATES) == set(get_args(RewriteState))


def test_each_pair_tells_whether_it_is_used_and_why() -> None:
    shown = printed(pairs_table(PAIRS, (Taught("story time", "turn on the ceiling light"),), 7))
    for told in ("version 7", "story time", "taught", "… funzel …", "used 5 times", "wrong once", "not used", "1 of 3 episodes", "everybody"):
        assert told in shown
    assert "not used: what needs a yes is never learned" in shown
    assert "grave" not in shown


def test_what_is_used_comes_first_and_what_was_stopped_under_its_own_head() -> None:
    shown = printed(pairs_table(PAIRS, (), 7))
    heads = ("What was taught and learned", "… funzel …", "What I have stopped using", "turn on the sun", "What I do not use")
    places = [shown.index(told) for told in heads]
    assert places == sorted(places)


def test_without_any_it_says_how_they_come_about() -> None:
    assert "hearth learn" in printed(pairs_table((), (), 0))


def test_the_report_counts_what_was_said_again_what_failed_and_what_is_used() -> None:
    made = {"turns": 12, "rephrases": 3, "failures": {"asr": 1, "nlu": 1, "correct": 10}, "rewrites": {"serving": 1, "shadow": 2}}
    assert report(made) == "12 turns read: 3 were said again, 2 failed. Learned: 1 used, 2 not used."
    assert report({**made, "rewrites": {}}).endswith("Learned: nothing yet.")
    taken = report({**made, "reading": {"labels": 8, "turns": 400, "changed": 1, "taken": True}})
    assert taken.endswith("2 not used. Unclear words are read by 8 corrected sentences too.")


def test_what_the_gate_refused_is_told_with_the_requests_that_stood_against_it() -> None:
    refused = Retrained(("a",) * 8, 400, ("brighten up", "brighten up", "it is dark"), False)
    assert retrained_told(refused) == (
        "8 corrected sentences are not used: 3 of 400 good requests would be read otherwise. Read otherwise: brighten up; it is dark."
    )
    assert retrained_told(Retrained(("a",) * 8)) == "8 corrected sentences are not used: there is no good request yet to try them on."


async def test_the_way_to_a_lock_is_seen_refused_and_told_why(tmp_path: Path) -> None:
    live = LiveHome(load_home(HOME))
    said = ((0, "open the sesame door"), (8, "unlock the front door"), (12, "yes"), (600, "lock the front door"))
    async with app.hearth(Config(), live, GivenDevices(live), tmp_path) as agent:
        pipe = Pipe(agent, START)
        for day in range(3):
            for seconds, text in said:
                at = (START + timedelta(days=day, seconds=seconds)).isoformat()
                line = {"type": "say", "at": at, "text": text, "speaker": "Anna", "area": "hallway"}
                assert "error" not in await pipe.answer(json.dumps(line))
        assert (await pipe.answer('{"type":"learn"}'))["report"]["rewrites"] == {"shadow": 1}
        (pair,) = (await pipe.answer('{"type":"rewrites"}'))["rewrites"]
    assert (pair["source"], pair["target"], pair["episodes"], pair["why"]) == ("open the sesame door", "unlock the front door", 3, "guarded: grave")
