"""The live agent's bells on a clock that only the test moves: what people set rings at its place, and what they say stops it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from agent import app, live
from agent.bell import Bell
from agent.clock import ManualClock
from agent.config import Config
from agent.hearth import Hearth
from agent.records import Due, Hypothesis, Request, Turn
from agent.ringing import Place, Ringing
from agent.sounding import Sounding
from devices.given import GivenDevices, load_home
from devices.home import LiveHome

HOMES = Path(__file__).parent / "homes"
START = datetime(2026, 3, 10, 20, 30, tzinfo=UTC)
"""Half past nine in the flat."""


@cache
def loaded() -> app.Understanding:
    return app.reader(Config())


@dataclass
class Speaker:
    """Notes what it sounds."""

    heard: list[Sounding] = field(default_factory=list)

    async def sound(self, what: Sounding) -> None:
        self.heard.append(what)

    async def silence(self) -> None:
        self.heard.append(Sounding())


@dataclass
class House:
    """The agent of the flat with its bells, and one speaker in the kitchen and one in the bedroom."""

    clock: ManualClock
    agent: Hearth
    ringing: Ringing
    bell: Bell
    kitchen: Speaker = field(default_factory=Speaker)
    bedroom: Speaker = field(default_factory=Speaker)
    announced: list[tuple[Due, str]] = field(default_factory=list)

    async def say(self, text: str, area: str = "kitchen") -> Turn:
        return await self.agent.turn(Request(text, self.clock.now(), (Hypothesis(text),), area=area, conversation=area))

    async def until(self, seconds: float) -> None:
        """Both bells, moment by moment, as their own loops would ring them."""
        end = self.clock.now() + timedelta(seconds=seconds)
        await self.bell._ring(self.clock.now())
        while (moment := min((m for m in (self.agent.agenda.next_at(), self.ringing.next_at()) if m), default=None)) is not None and moment <= end:
            self.clock.advance(moment)
            await self.bell._ring(self.clock.now())
            await self.ringing.ring(self.clock.now())
        self.clock.advance(end)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with AsyncExitStack() as stack:
        yield await begun(stack, tmp_path, ManualClock(START))


async def begun(stack: AsyncExitStack, folder: Path, clock: ManualClock) -> House:
    home = LiveHome(load_home(HOMES / "flat.json"))
    agent = await stack.enter_async_context(app.hearth(Config(), home, GivenDevices(home), folder, None, loaded()))
    ringing = live._ringing(Config(), agent, clock)

    async def announce(due: Due, said: str) -> None:
        made.announced.append((due, said))

    made = House(clock, agent, ringing, live._bell(agent, clock, ringing, announce))
    stack.enter_context(ringing.at(Place("kitchen box", made.kitchen, "kitchen")))
    stack.enter_context(ringing.at(Place("bedroom box", made.bedroom, "bedroom")))
    return made


async def test_a_timer_rings_in_its_room_until_somebody_says_stop(house: House) -> None:
    await house.say("set a pizza timer for ten seconds")
    await house.until(18)
    said = "Your pizza timer is done."
    assert house.kitchen.heard == [Sounding(said, "ring"), Sounding("", "ring"), Sounding("", "ring")]
    assert [told for _, told in house.announced] == [said]
    assert (await house.say("stop")).say == "OK."
    await house.until(3600)
    assert len(house.kitchen.heard) == 3
    assert house.bedroom.heard == []


async def test_a_question_does_not_stop_it_and_cancelling_does(house: House) -> None:
    await house.say("set a timer for ten seconds")
    await house.until(11)
    await house.say("what time is it")
    await house.until(10)
    rung = len(house.kitchen.heard)
    assert rung > 2
    await house.say("cancel the timer")
    await house.until(60)
    assert len(house.kitchen.heard) == rung


async def test_a_snoozed_alarm_is_quiet_and_rings_again(house: House) -> None:
    await house.say("set an alarm in five minutes", "bedroom")
    await house.until(310)
    assert house.bedroom.heard
    await house.say("snooze", "bedroom")
    house.bedroom.heard.clear()
    await house.until(590)
    assert house.bedroom.heard == []
    await house.until(20)
    assert house.bedroom.heard[0].chime == "ring"
    assert house.bedroom.heard[0].volume == 1.0


async def test_a_reminder_is_said_once(house: House) -> None:
    await house.say("remind me to call mum in one minute")
    await house.until(3600)
    assert [what.chime for what in house.kitchen.heard] == ["note"]
    assert "mum" in house.kitchen.heard[0].words


async def test_the_report_of_a_scheduled_command_is_said_once_and_quietly_at_night(house: House) -> None:
    await house.say("turn on the kitchen light in one minute")
    await house.until(3600)
    await house.say("turn off the kitchen light in one minute")
    await house.until(3600)
    assert [what.chime for what in house.kitchen.heard] == ["note", "note"]
    assert [what.volume for what in house.kitchen.heard] == [1.0, 0.4]


async def test_what_fell_due_while_nobody_ran_is_told_to_be_late(house: House, tmp_path: Path) -> None:
    await house.say("remind me to call mum in one minute")
    async with AsyncExitStack() as stack:
        again = await begun(stack, tmp_path, ManualClock(START + timedelta(hours=2)))
        await again.until(60)
        assert [("9:31 pm" in what.words, what.chime) for what in again.kitchen.heard] == [(True, "note")]


async def test_the_bell_looks_again_when_what_was_waited_for_has_come(house: House) -> None:
    await house.say("turn on the coffee maker")
    turn = await house.say("tell me when the coffee maker is off")
    assert turn.outcome == "schedule", turn.say
    running = asyncio.create_task(house.bell.run())
    await asyncio.sleep(0)
    before, after = house.agent.live.entity("switch.coffee"), house.agent.live.update("switch.coffee", "off", None, by="person")
    assert after is not None
    await house.agent.moved(before, after, "person", house.clock.now())
    while not house.announced:  # noqa: ASYNC110 - the bell's task does it
        await asyncio.sleep(0)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert house.announced[0][0].kind == "reminder"


async def test_a_bell_knows_the_agenda_that_forgetting_has_made(house: House) -> None:
    await house.agent.forget("all")
    await house.say("set a timer for ten seconds")
    await house.until(11)
    assert house.kitchen.heard[0].chime == "ring"
