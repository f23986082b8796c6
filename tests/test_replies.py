"""How a reply sounds: in full, as a word or as a chime, quieter at night; never less than what has to be told."""

from dataclasses import replace
from datetime import datetime, time

import pytest

from agent.config import ReplySettings
from agent.records import ActionResult, Change, Hypothesis, Outcome, Plan, Request, Turn
from agent.replies import is_night, reply, volume
from agent.sounding import Sounding
from devices.commands import Command, Report
from tests.small_home import NOW, context, thing

LAMP, FAR, LOCK = thing("light.floor", "Floor Lamp"), thing("light.kitchen", "Kitchen Lamp", area="kitchen"), thing("lock.front", "Front Door")
HOME = context(LAMP, FAR, LOCK).home
SAID = "The floor lamp is on."
LIT = ActionResult(Command("light.turn_on", ("light.floor",)), (Report("light.floor", True),))
LATE = datetime.fromisoformat("2026-03-10T23:30:00+01:00")


def acted(*results: ActionResult, area: str | None = "living", outcome: Outcome = "act", plan: Outcome = "act") -> Turn:
    turn = Turn("turn-1", Request("1", NOW, (Hypothesis("turn on the floor lamp"),)), area, say=SAID, outcome=outcome)
    turn.results = results
    turn.plans = (Plan(plan, SAID),)
    turn.targets = tuple(e for r in results for e in r.command.entity_ids)
    return turn


def sounded(turn: Turn, style: str, now: datetime = NOW) -> Sounding:
    return reply(turn, HOME, ReplySettings.model_validate({"style": style}), now)


@pytest.mark.parametrize(("style", "meant"), [("full", Sounding(SAID)), ("short", Sounding("OK.")), ("sound", Sounding(chime="done"))])
def test_what_was_done_in_the_room_of_asking_is_told_in_the_chosen_style(style: str, meant: Sounding) -> None:
    assert sounded(acted(LIT), style) == meant


def unverified(verified: bool | None) -> ActionResult:
    return replace(LIT, reports=(Report("light.floor", verified, reason="timeout"),))


FAR_LIT = ActionResult(Command("light.turn_on", ("light.kitchen",)), (Report("light.kitchen", True),))
GONE_LIT = ActionResult(Command("light.turn_on", ("light.gone",)), (Report("light.gone", True),))


def risky() -> Turn:
    turn = acted(ActionResult(Command("lock.lock", ("lock.front",)), (Report("lock.front", True),)))
    turn.risk = "R2"
    return turn


def with_more_to_tell() -> Turn:
    turn = acted(LIT)
    turn.plans = (*turn.plans, Plan("answer", "It's ten o'clock."))
    return turn


def with_a_way_back_later() -> Turn:
    turn = acted(LIT)
    turn.changes = (Change("due", "schedule-1"),)
    return turn


def spoken_of_elsewhere() -> Turn:
    turn = acted(LIT)
    turn.targets = ("light.floor", "light.kitchen")
    return turn


TOLD_IN_FULL = {
    "not verified": acted(unverified(False)),
    "nothing can report it": acted(unverified(None)),
    "one of two failed": acted(LIT, unverified(False)),
    "in another room": acted(FAR_LIT),
    "here and in another room": acted(LIT, FAR_LIT),
    "a thing that the home does not know": acted(GONE_LIT),
    "asked from nowhere": acted(LIT, area=None),
    "risky": risky(),
    "an answer": acted(outcome="answer", plan="answer"),
    "a question": acted(outcome="ask", plan="ask"),
    "a confirmation": acted(outcome="confirm"),
    "a refusal": acted(outcome="decline", plan="decline"),
    "nothing was commanded": acted(),
    "an answer beside it": with_more_to_tell(),
    "something set for later": with_a_way_back_later(),
    "about a thing elsewhere": spoken_of_elsewhere(),
}


@pytest.mark.parametrize("style", ["short", "sound"])
@pytest.mark.parametrize("turn", TOLD_IN_FULL.values(), ids=TOLD_IN_FULL)
def test_what_cannot_be_seen_is_told_in_full(turn: Turn, style: str) -> None:
    assert sounded(turn, style) == Sounding(SAID)


@pytest.mark.parametrize("style", ["full", "short", "sound"])
def test_where_nothing_is_said_nothing_sounds(style: str) -> None:
    turn = acted(LIT)
    turn.say = ""
    assert not sounded(turn, style)


@pytest.mark.parametrize("style", ["full", "short", "sound"])
def test_at_night_each_style_is_quieter(style: str) -> None:
    by_day, by_night = sounded(acted(LIT), style), sounded(acted(LIT), style, LATE)
    assert by_night == replace(by_day, volume=0.4)


@pytest.mark.parametrize(
    ("begins", "ends", "now", "night"),
    [
        ("22:00", "07:00", "21:59", False), ("22:00", "07:00", "22:00", True), ("22:00", "07:00", "00:00", True),
        ("22:00", "07:00", "06:59", True), ("22:00", "07:00", "07:00", False), ("22:00", "07:00", "12:00", False),
        ("01:00", "05:00", "00:59", False), ("01:00", "05:00", "03:00", True), ("01:00", "05:00", "05:00", False),
        ("00:00", "00:00", "00:00", False), ("07:00", "07:00", "07:00", False), ("07:00", "07:00", "03:00", False),
    ],
)  # fmt: skip
def test_the_night_may_cross_midnight(begins: str, ends: str, now: str, night: bool) -> None:
    settings = ReplySettings.model_validate({"night_from": begins, "night_until": ends})
    assert is_night(settings, time.fromisoformat(now)) is night


def test_the_volume_of_the_night_is_a_setting() -> None:
    assert volume(ReplySettings(night_volume=0.1), LATE) == 0.1
    assert volume(ReplySettings(night_volume=0.1), NOW) == 1.0
