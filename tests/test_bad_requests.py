"""Whatever is said to whatever home: one sensible answer, through the whole turn, and nothing risky done unasked."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent import app, words
from agent.config import Config
from agent.doors.pipe import Pipe
from devices.given import GivenDevices
from devices.home import Area, Entity, Home, LiveHome

START = datetime(2026, 3, 10, 10, tzinfo=UTC)
OUTCOMES = {"act", "answer", "schedule", "ask", "confirm", "decline", "ignore"}
QUIET = {"decline", "ignore"}
ROOMS = {i: Area(i, name) for i, name in (("kitchen", "Kitchen"), ("on_air", "On Air"), ("seven", "Seven"), ("light", "The Light"))}


def _home(*things: tuple[str, str, str | None], rooms: bool = True) -> Home:
    entities = {i: Entity(i, name, area=area, domain=i.partition(".")[0]) for i, name, area in things}
    return Home(areas=ROOMS if rooms else {}, entities=entities, version=1)


def _many() -> Iterator[tuple[str, str, str | None]]:
    kinds, places = ("light", "switch", "fan", "cover", "lock", "media_player", "climate", "sensor"), (None, *ROOMS)
    sorts, spots = ("lamp", "fan", "blind", "door", "player", "heater"), ("amber", "birch", "cedar", "desk", "north", "oak", "pine")
    for i in range(5000):
        yield f"{kinds[i % 8]}.thing_{i}", f"{spots[i % 7]} {sorts[i % 6]} {i // 3 if i % 2 else ''}".strip(), places[i % 5]


HOMES = {
    "nothing": Home(version=1),
    "rooms without things": _home(),
    "things without rooms": _home(("light.a", "Desk Lamp", None), ("lock.b", "Front Door", None), ("cover.c", "Blind", None), rooms=False),
    "twins": _home(*((f"light.twin_{i}", "Lamp", (None, *ROOMS)[i % 5]) for i in range(40)), ("lock.a", "Door", None), ("lock.b", "Door", "kitchen")),
    "names that are words": _home(
        *(("light.air", "On Air", None), ("light.seven", "Seven", "kitchen"), ("light.the", "The Light", None), ("switch.off", "Off", "seven")),
        *(("cover.open", "Open", "light"), ("media_player.play", "Play", None), ("light.all", "All", None), ("light.and", "and", None)),
        *(
            ("light.it", "it", None),
            ("light.marks", "!!!", None),
            ("light.blank", "", None),
            ("light.han", "灯", None),
            ("light.number", "100", None),
        ),
        *(("lock.lock", "Lock", None), ("fan.in", "in", None), ("todo.list", "List", None), ("light.please", "Please", None)),
    ),
    "five thousand": _home(*_many()),
}


class Talk:
    """One agent in one home, spoken to from outside its event loop."""

    def __init__(self, runner: asyncio.Runner, pipe: Pipe) -> None:
        self._runner = runner
        self._pipe = pipe
        self._said = 0

    def say(self, text: str, **more: object) -> dict[str, Any]:
        self._said += 1
        line = {"type": "say", "at": START.isoformat(), "text": text, "conversation": str(self._said), "dry": True, **more}
        return self._runner.run(self._pipe.answer(json.dumps(line)))


@pytest.fixture(scope="module")
def understanding() -> app.Understanding:
    loaded = app.reader(Config())
    loaded[0].wait(60)
    return loaded


@pytest.fixture(scope="module", params=HOMES, ids=str)
def talk(request: pytest.FixtureRequest, understanding: app.Understanding, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Talk]:
    with asyncio.Runner() as runner:
        live = LiveHome(HOMES[request.param])
        opened = app.hearth(Config(), live, GivenDevices(live), Path(tmp_path_factory.mktemp("store")), loaded=understanding)
        agent = runner.run(opened.__aenter__())
        yield Talk(runner, Pipe(agent, START))
        runner.run(opened.__aexit__(None, None, None))


def check(answer: dict[str, Any]) -> dict[str, Any]:
    """One answer as the protocol has it, no apology for a bug, and nothing of the highest risk without asking."""
    assert answer["outcome"] in OUTCOMES, answer
    assert isinstance(answer["say"], str)
    assert answer["say"] != words.say("apology"), answer
    assert not (answer["outcome"] == "act" and answer["risk"] == "R3"), answer
    assert answer["outcome"] not in QUIET or not answer["actions"], answer
    return answer


COMMAND_WORDS = st.sampled_from(
    "turn on off the all light lights lamp fan door lock unlock open close set to in kitchen seven air play and then it that no wait do not please "
    "what is are how many timer for five 5 minutes percent 100 % degrees at 9 remind me when except everything here my list add remove undo stop "
    "desk amber 7 twin blind . , ? ! — ' “ \" - / # @".split(" ")
)
SENTENCES = st.lists(COMMAND_WORDS, max_size=24).map(" ".join)
OTHER_SCRIPTS = st.text(st.characters(whitelist_categories=("Lo", "Mn", "Mc"), min_codepoint=0x0370), max_size=40)
CONTROL = st.text(st.characters(whitelist_categories=("Cc", "Cf", "Zs", "Zl", "Zp", "Po")), max_size=40)
ANYTHING = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)


@ANYTHING
@given(text=SENTENCES, area=st.sampled_from([None, "kitchen", "seven", "no such room"]))
def test_words_in_any_order(talk: Talk, text: str, area: str | None) -> None:
    check(talk.say(text, **({"area": area} if area else {})))


@ANYTHING
@given(text=st.text(max_size=200))
def test_any_text(talk: Talk, text: str) -> None:
    check(talk.say(text))


@ANYTHING
@given(text=OTHER_SCRIPTS | CONTROL)
def test_other_scripts_and_control_characters(talk: Talk, text: str) -> None:
    """Nothing is done about what is not in the agent's language, but for a name of the home said in it."""
    answer = check(talk.say(text))
    assert answer["outcome"] in {*QUIET, "answer", "ask"} or "灯" in text, answer


@ANYTHING
@given(words_in=st.lists(COMMAND_WORDS, min_size=1, max_size=6), times=st.integers(100, 2000))
def test_endless_talk(talk: Talk, words_in: list[str], times: int) -> None:
    """Ten thousand words are no command."""
    said = " ".join(words_in * times)
    answer = check(talk.say(said))
    assert answer["outcome"] in QUIET or len(said.split()) <= 160, answer


@pytest.mark.parametrize("text", ["", " ", "\t\n", "."])
def test_nothing_said(talk: Talk, text: str) -> None:
    assert check(talk.say(text))["outcome"] in QUIET


@pytest.mark.parametrize("text", ["\u202eturn off everything\u202c", "turn\u200b on\x00 everything\x07"])
def test_marks_around_a_command(talk: Talk, text: str) -> None:
    """Control and right-to-left marks do not count: the command is understood as if they were not there."""
    plain = talk.say("turn off everything" if "off" in text else "turn on everything")
    marked = check(talk.say(text))
    assert (marked["outcome"], marked["targets"]) == (plain["outcome"], plain["targets"])


@pytest.mark.parametrize(
    ("said", "target"),
    [("turn on on air", "light.air"), ("turn on seven", "light.seven"), ("turn on the light", "light.the"), ("turn off off", "switch.off")],
)
def test_names_that_are_words(understanding: app.Understanding, tmp_path: Path, said: str, target: str) -> None:
    """A thing that bears a word as its name is called by it."""
    with asyncio.Runner() as runner:
        live = LiveHome(replace(HOMES["names that are words"]))
        opened = app.hearth(Config(), live, GivenDevices(live), tmp_path, loaded=understanding)
        agent = runner.run(opened.__aenter__())
        assert Talk(runner, Pipe(agent, START)).say(said)["targets"] == [target]
        runner.run(opened.__aexit__(None, None, None))


def test_twins_are_asked_about(understanding: app.Understanding, tmp_path: Path) -> None:
    with asyncio.Runner() as runner:
        live = LiveHome(HOMES["twins"])
        opened = app.hearth(Config(), live, GivenDevices(live), tmp_path, loaded=understanding)
        answer = Talk(runner, Pipe(runner.run(opened.__aenter__()), START)).say("unlock the door")
        assert (answer["outcome"], sorted(answer["targets"]), answer["actions"]) == ("ask", ["lock.a", "lock.b"], [])
        runner.run(opened.__aexit__(None, None, None))
