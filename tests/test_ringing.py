"""What rings, where and until when, on a clock that only the test moves."""

import asyncio
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

import pytest

from agent.bell import Bell
from agent.clock import ManualClock
from agent.records import Change, Due, Hypothesis, Interpretation, Outcome, Request, Resolution, Turn
from agent.ringing import Place, Ringing, where
from agent.sounding import Sounding
from tests.small_home import NOW

Kind = Literal["timer", "alarm", "reminder", "schedule"]
SAID = "Your pizza timer is done."
WORDS, CHIME, NOTE = Sounding(SAID, "ring"), Sounding("", "ring"), Sounding(SAID, "note")


def due(kind: Kind = "timer", id: str = "", ago: float = 0, **more: Any) -> Due:  # noqa: A002
    return Due(id or f"{kind}-1", kind, NOW - timedelta(seconds=ago), **more)


@dataclass
class Noted:
    """A speaker that notes what it sounds and when, in seconds; a sound lasts until `over` is set, and then takes `lasts` seconds."""

    clock: ManualClock
    lasts: float = 0.0
    heard: list[tuple[float, Sounding]] = field(default_factory=list)
    cut: int = 0
    over: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.over.set()

    async def sound(self, what: Sounding) -> None:
        self.heard.append(((self.clock.now() - NOW).total_seconds(), what))
        try:
            await self.over.wait()
        except asyncio.CancelledError:
            self.cut += 1
            raise
        self.clock.advance(timedelta(seconds=self.lasts))

    async def silence(self) -> None:
        raise AssertionError("ringing cancels its sounds")

    @property
    def what(self) -> list[Sounding]:
        return [what for _, what in self.heard]


class House:
    """Ringing with a place in the kitchen, one in the bedroom, or those that a test names."""

    def __init__(self, *areas: str | None, lasts: float = 0.0) -> None:
        self.clock = ManualClock(NOW)
        self.ringing = Ringing(self.clock)
        self.speakers = {area: Noted(self.clock, lasts) for area in areas or ("kitchen", "bedroom")}
        self._stack = ExitStack()
        for area, speaker in self.speakers.items():
            self._stack.enter_context(self.ringing.at(Place(f"{area} box", speaker, area)))

    async def until(self, seconds: float) -> None:
        """Let everything sound until then, in order."""
        end = NOW + timedelta(seconds=seconds)
        while (moment := self.ringing.next_at()) is not None and moment <= end:
            self.clock.advance(moment)
            await self.ringing.ring(self.clock.now())
        self.clock.advance(end)

    def at(self, area: str | None) -> Noted:
        return self.speakers[area]

    def hear(self, intent: str = "ExtStop", area: str | None = "kitchen", **more: Any) -> None:
        self.ringing.heard(turn(intent, area, **more))


def turn(
    intent: str = "ExtStop", area: str | None = "kitchen", text: str = "…", targets: tuple[str, ...] = (), gone: tuple[str, ...] = (),
    outcome: Outcome = "answer", dry: bool = False, **slots: Any,
) -> Turn:  # fmt: skip
    made = Turn("turn-1", Request("1", NOW, (Hypothesis(text),), dry=dry), area, text, outcome=outcome)
    made.resolutions = (Resolution(Interpretation(intent, slots), targets),) if intent else ()
    made.changes = tuple(Change("due_gone", key) for key in gone)
    return made


async def test_a_timer_chimes_every_four_seconds_and_speaks_every_thirty() -> None:
    house = House("kitchen")
    house.ringing.begin(due(area="kitchen"), SAID)
    await house.until(62)
    spoken = [at for at, what in house.at("kitchen").heard if what == WORDS]
    chimed = [at for at, what in house.at("kitchen").heard if what == CHIME]
    assert spoken == [0, 30, 60]
    assert chimed == [4, 8, 12, 16, 20, 24, 28, 34, 38, 42, 46, 50, 54, 58]


async def test_the_next_moment_is_counted_from_the_end_of_the_sound() -> None:
    house = House("kitchen", lasts=3)
    house.ringing.begin(due(area="kitchen"), SAID)
    await house.until(20)
    assert [at for at, _ in house.at("kitchen").heard] == [0, 7, 14]


@pytest.mark.parametrize("kind", ["timer", "alarm"])
async def test_after_fifteen_minutes_it_is_quiet(kind: Kind) -> None:
    house = House("kitchen")
    house.ringing.begin(due(kind, ago=60), SAID)
    await house.until(3600)
    last, _ = house.at("kitchen").heard[-1]
    assert 830 < last < 840
    assert house.ringing.rings == ()
    assert house.ringing.next_at() is None


@pytest.mark.parametrize("kind", ["reminder", "schedule"])
async def test_what_is_only_told_is_told_once(kind: Kind) -> None:
    house = House("kitchen")
    house.ringing.begin(due(kind), SAID)
    await house.until(3600)
    assert house.at("kitchen").heard == [(0, NOTE)]


async def test_an_alarm_that_is_long_past_is_told_once() -> None:
    house = House("kitchen")
    house.ringing.begin(due("alarm", ago=16 * 60), SAID)
    await house.until(3600)
    assert house.at("kitchen").what == [NOTE]


@pytest.mark.parametrize(
    ("set_at", "sounds_in"),
    [
        ({"area": "kitchen"}, {"kitchen"}), ({"device": "bedroom box"}, {"bedroom"}), ({"area": "kitchen", "device": "bedroom box"}, {"bedroom"}),
        ({"area": "kitchen", "device": "an old box"}, {"kitchen"}), ({"area": "attic"}, {"kitchen", "bedroom"}), ({}, {"kitchen", "bedroom"}),
    ],
)  # fmt: skip
async def test_it_sounds_where_it_was_set_and_everywhere_where_that_is_gone(set_at: dict[str, Any], sounds_in: set[str]) -> None:
    house = House()
    house.ringing.begin(due(**set_at), SAID)
    await house.until(0)
    assert {area for area, speaker in house.speakers.items() if speaker.heard} == sounds_in


def test_a_place_that_stands_for_every_room_sounds_what_has_no_place_of_its_own() -> None:
    clock = ManualClock(NOW)
    everywhere, kitchen = Place("terminal", Noted(clock)), Place("box", Noted(clock), "kitchen")
    assert where(due(area="kitchen"), (everywhere, kitchen)) == (kitchen,)
    assert where(due(area="bedroom"), (everywhere,)) == (everywhere,)


@pytest.mark.parametrize("intent", ["ExtStop", "ExtAlarmSnooze"])
async def test_a_request_to_stop_or_snooze_stops_it(intent: str) -> None:
    house = House()
    house.ringing.begin(due("alarm", area="kitchen"), SAID)
    await house.until(10)
    house.hear(intent)
    await house.until(3600)
    assert house.at("kitchen").what == [WORDS, CHIME, CHIME]


async def test_stop_cuts_the_sound_that_sounds() -> None:
    house = House("kitchen")
    house.at("kitchen").over.clear()
    house.ringing.begin(due(area="kitchen"), SAID)
    ringing = asyncio.create_task(house.ringing.ring(NOW))
    while not house.at("kitchen").heard:  # noqa: ASYNC110 - another task begins it
        await asyncio.sleep(0)
    house.hear()
    await ringing
    assert house.at("kitchen").cut == 1
    assert house.ringing.rings == ()


async def test_what_rings_within_earshot_is_meant_first() -> None:
    house = House()
    house.ringing.begin(due(id="timer-1", area="kitchen"), SAID)
    house.ringing.begin(due(id="timer-2", area="bedroom"), SAID)
    house.hear(area="bedroom")
    assert [ring.due.id for ring in house.ringing.rings] == ["timer-1"]
    house.hear(area="bedroom")
    assert not house.ringing.rings


async def test_a_stop_that_stopped_something_else_leaves_another_rooms_timer() -> None:
    house = House()
    house.ringing.begin(due(area="kitchen"), SAID)
    house.hear(area="bedroom", targets=("cover.blinds",), outcome="act")
    assert len(house.ringing.rings) == 1
    house.hear(area=None, targets=("cover.blinds",), outcome="act")
    assert not house.ringing.rings


async def test_what_sounds_everywhere_is_within_everybodys_earshot() -> None:
    house = House(None)
    house.ringing.begin(due(area="kitchen"), SAID)
    house.hear(area="bedroom", targets=("cover.blinds",), outcome="act")
    assert house.ringing.rings == ()


def test_stop_counts_also_where_it_answered_a_question() -> None:
    house = House()
    house.ringing.begin(due(area="kitchen"), SAID)
    house.hear("", text="Stop!")
    assert house.ringing.rings == ()


STOPS = {
    "cancel the timer, and no other was running": turn("HassCancelTimer"),
    "cancel the pizza timer": turn("HassCancelTimer", name="pizza"),
    "cancel all timers": turn("HassCancelAllTimers"),
    "cancel the timer, which cancelled another": turn("HassCancelTimer", gone=("timer-7",)),
    "cancelled by its id": turn("HassCancelTimer", gone=("timer-1",), name="pizza"),
}
GOES_ON = {
    "what time is it": turn("HassGetCurrentTime"),
    "cancel the pasta timer": turn("HassCancelTimer", name="pasta"),
    "cancel the five minute timer, which was another": turn("HassCancelTimer", gone=("timer-7",), start_minutes=5),
    "cancel the timer: which one?": turn("HassCancelTimer", outcome="ask"),
    "turn off the alarm": turn("ExtAlarmRemove"),
    "no": turn("", text="no"),
    "only tried": turn(dry=True),
}


@pytest.mark.parametrize("said", STOPS.values(), ids=STOPS)
def test_what_cancels_it_stops_it(said: Turn) -> None:
    house = House()
    house.ringing.begin(due(name="pizza", area="kitchen"), SAID)
    house.ringing.heard(said)
    assert house.ringing.rings == ()


@pytest.mark.parametrize("said", GOES_ON.values(), ids=GOES_ON)
def test_anything_else_lets_it_ring(said: Turn) -> None:
    house = House()
    house.ringing.begin(due(name="pizza", area="kitchen"), SAID)
    house.ringing.heard(said)
    assert len(house.ringing.rings) == 1


async def test_while_somebody_speaks_nothing_sounds_and_the_reply_begins_first() -> None:
    house = House("kitchen")
    house.ringing.begin(due(area="kitchen"), SAID)
    await house.until(3)
    house.ringing.hush()
    await house.until(10)
    assert len(house.at("kitchen").heard) == 1
    house.hear("HassGetCurrentTime")
    await house.until(12)
    assert [at for at, _ in house.at("kitchen").heard] == [0, 11]


async def test_a_hush_that_no_request_follows_is_over_soon() -> None:
    house = House("kitchen")
    house.ringing.hush()
    house.ringing.begin(due(area="kitchen"), SAID)
    await house.until(9)
    assert [at for at, _ in house.at("kitchen").heard] == [8]


async def test_what_fell_due_before_there_was_a_place_waits_for_one() -> None:
    house = House("kitchen")
    ringing = Ringing(house.clock)
    ringing.begin(due("reminder"), SAID)
    await ringing.ring(NOW)
    with ringing.at(Place("late", house.at("kitchen"))):
        assert ringing.next_at() == NOW
        await ringing.ring(NOW)
    assert house.at("kitchen").what == [NOTE]
    assert ringing.rings == ()


async def test_what_finds_no_place_for_fifteen_minutes_is_over() -> None:
    clock = ManualClock(NOW)
    ringing = Ringing(clock)
    ringing.begin(due("reminder"), SAID)
    assert ringing.next_at() == NOW + timedelta(minutes=15)
    await ringing.ring(NOW + timedelta(minutes=15))
    assert ringing.rings == ()


async def test_two_ring_one_after_the_other() -> None:
    house = House("kitchen", lasts=1)
    house.ringing.begin(due(id="timer-1"), "One.")
    house.ringing.begin(due(id="timer-2"), "Two.")
    await house.until(1)
    assert [(at, what.words) for at, what in house.at("kitchen").heard] == [(0, "One."), (1, "Two.")]


async def test_each_is_as_loud_as_it_is_to_be() -> None:
    clock = ManualClock(NOW)
    speaker, ringing = Noted(clock), Ringing(clock, lambda due: 1.0 if due.kind == "timer" else 0.4)
    with ringing.at(Place("box", speaker)):
        ringing.begin(due("timer"), SAID)
        ringing.begin(due("schedule"), SAID)
        await ringing.ring(NOW)
    assert [what.volume for what in speaker.what] == [1.0, 0.4]


async def test_with_a_bell_of_its_own_it_rings_by_itself() -> None:
    house = House("kitchen")
    bell = Bell(house.clock, house.ringing.next_at, house.ringing.ring)
    house.ringing.listeners.append(bell.look_again)
    running = asyncio.create_task(bell.run())
    house.ringing.begin(due(area="kitchen"), SAID)
    while len(house.at("kitchen").heard) < 3:
        await asyncio.sleep(0)
        moment = house.ringing.next_at()
        assert moment is not None
        house.clock.advance(moment)
    house.hear()
    assert house.ringing.next_at() is None
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert house.at("kitchen").what[:3] == [WORDS, CHIME, CHIME]
