"""The tour: a synthetic person speaks to a simulated home, and every stage of the chain is shown at work. No hardware needed.

Each request is sound: wake word, endpointer, recogniser, understanding, resolution, skill, the broker, the device's own answer, and a spoken
reply. A step that goes wrong ends the tour with status 1.

What is learned needs days: requests of days ago are logged as of then, which the screen says where it is so.
"""

import asyncio
import json
import wave
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import aiomqtt
from rich.console import Console
from rich.text import Text

from agent.config import Config
from agent.ears import Ears, hear_chunks
from agent.explained import explained
from agent.failure_table import Judged, failures_table
from agent.learned import pairs_table, report
from agent.live import living
from agent.records import Due, Hypothesis, Learned, Outcome, Request, Turn
from agent.running import Live
from agent.speech import Speech
from agent.stages import Voice
from agent.times import local
from agent.words.spoken import spoken
from devices.broker import free_port
from simulators import speech as people

WAITS = 15.0
"""Seconds that something announced (a timer) may take."""

Check = Callable[[Turn], bool]
Before = Callable[["Tour"], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Step:
    """One request of the tour: what it shows, where and by whom it is said, what happens before, and what has to come of it."""

    shows: str
    says: str
    area: str
    check: Check
    before: Before | None = None
    speaker: str | None = None
    wake: bool = True
    after: Before | None = None
    days_ago: int = 0
    """The log has it as of so many days ago."""


class WrongTurnError(Exception):
    """A step did not do what it shows."""


class Tour:
    """The home, the agent, the person and what was announced."""

    def __init__(self, live: Live, ears: Ears, voice: Voice | None, console: Console, announced: asyncio.Queue[tuple[Due, str]]) -> None:
        self.live, self.ears, self.voice, self.console, self.announced = live, ears, voice, console, announced
        self.person = people.Person()
        self._count = 0

    async def step(self, number: int, step: Step) -> None:
        self.console.rule(Text(f"{number}. {step.shows}"), align="left")
        if step.before is not None:
            await step.before(self)
        await self.said(step)
        if step.after is not None:
            await step.after(self)

    async def said(self, step: Step) -> None:
        """The request itself, and whether it did what it shows."""
        who, where = step.speaker or "somebody", step.area.replace("_", " ")
        when = f", and the log has it as of {step.days_ago} days ago" if step.days_ago else ""
        self.console.print(Text(f"{who} in the {where} says: “{step.says}”{when}", style="italic"))
        turn = await self._heard(step)
        self.console.print(explained(turn))
        await self._reply(turn)
        if not step.check(turn):
            raise WrongTurnError(f"“{step.says}” went wrong")

    async def _heard(self, step: Step) -> Turn:
        """From sound to the committed turn."""
        pcm = await asyncio.to_thread(self.person.speak, step.says, people.WAKE_WORD if step.wake else None)
        heard = await hear_chunks(self.ears, people.stream(pcm), step.wake)
        if not heard.hypotheses:
            raise WrongTurnError(f"“{step.says}” was not heard: {heard.why}")
        return await self.live.turn(
            replace(self._request(step.area, step.speaker, step.days_ago), hypotheses=heard.hypotheses, wake=heard.wake, heard=heard.seconds)
        )

    def _request(self, area: str, speaker: str | None, days_ago: int = 0, later: float = 0.0) -> Request:
        self._count += 1
        at = self.live.clock.now() - timedelta(days=days_ago, seconds=-later)
        conversation = f"tour/{area}" + (f"/{at:%j}" if days_ago else "")
        return Request(f"tour-{self._count}", at, (), area=area, speaker=speaker, conversation=conversation, door="microphone")

    async def _reply(self, turn: Turn) -> None:
        if self.voice is not None and turn.say:
            with wave.open(BytesIO(await self.voice.render(spoken(turn.say)))) as sound:
                self.console.print(Text(f"spoken: {sound.getnframes() / sound.getframerate():.1f} s of sound", style="dim"))

    async def lived(self, text: str, area: str, speaker: str | None, days_ago: int, outcome: Outcome = "act", later: float = 0.0) -> None:
        """A request of days ago, typed, `later` seconds after this time of that day: a household's history."""
        turn = await self.live.turn(replace(self._request(area, speaker, days_ago, later), hypotheses=(Hypothesis(text),), door="text"))
        if turn.outcome != outcome or not all(r.verified for r in turn.results):
            raise WrongTurnError(f"the history could not be lived: “{text}” was answered “{turn.say}”")

    async def learn(self) -> None:
        """The learners, which run at night otherwise, run now."""
        self.console.print(Text(f"hearth learn: {report(await self.live.agent.learn(self.live.clock.now()))}", style="bold"))

    async def failures(self) -> None:
        """Where the requests of the tour failed first."""
        self.console.rule(Text("hearth failures"), align="left")
        await self.learn()
        place = self.live.home.snapshot().location
        judged = [Judged(local(at, place), heard, failure) for at, heard, failure in await self.live.agent.store.judged()]
        self.console.print(failures_table(judged, weeks=1))

    async def pair(self, source: str) -> Learned | None:
        """What was made of somebody's words."""
        pairs, _ = await self.live.agent.store.learned()
        return next((pair for pair in pairs if pair.source == source), None)

    async def by_hand(self, device: str, what: Mapping[str, Any]) -> None:
        """A person's own hand at a device of the simulated home."""
        host, _, port = self.live.broker.rpartition(":")
        async with aiomqtt.Client(host, int(port)) as client:
            await client.publish(f"hearth-sim/{device}/by_hand", json.dumps(what), qos=1)

    async def until(self, entity_id: str, true: Callable[[Any], bool]) -> None:
        """Wait for a device's own report."""
        seen = asyncio.Event()
        stop = self.live.home.on_change(
            lambda change: seen.set() if change.after and change.after.entity_id == entity_id and true(change.after) else None
        )
        try:
            entity = self.live.home.entity(entity_id)
            if entity is None or not true(entity):
                await asyncio.wait_for(seen.wait(), WAITS)
        finally:
            stop()


async def _oven_on(tour: Tour) -> None:
    tour.console.print(Text("(a hand turns the oven on)", style="dim"))
    await tour.by_hand("kitchen_oven", {"do": {"mode": "heat"}})
    await tour.until("climate.kitchen_oven", lambda e: e.state == "heat")


async def _weeks_of_jazz(tour: Tour) -> None:
    tour.console.print(Text("(Anna's last days: four evenings with “play jazz”)", style="dim"))
    for days in range(5, 1, -1):
        await tour.lived("play jazz", "bedroom", "Anna", days)


async def _mornings_of_coffee(tour: Tour) -> None:
    tour.console.print(Text("(the last three mornings: the alarm, then “make coffee”; and now the alarm rings)", style="dim"))
    now = tour.live.clock.now()
    for days in range(4, 1, -1):
        await _rings(tour, now - timedelta(days=days, minutes=5))
        await tour.lived("make coffee", "kitchen", "Anna", days)
    await tour.by_hand("kitchen_coffee_maker", {"do": {"power": "OFF"}})
    await tour.until("switch.kitchen_coffee_maker", lambda e: e.state == "off")
    await _rings(tour, now)


async def _rings(tour: Tour, at: datetime) -> None:
    """An alarm that was set, and falls due."""
    tour.live.agent.agenda.put(Due(f"alarm-{at:%j%H%M}", "alarm", at, name="morning", say="Good morning."))
    await tour.live.agent.fall_due(at)


async def _sound_lock(tour: Tour) -> None:
    await tour.by_hand("front_door", {"set": {"jam_chance": 0.0}})


async def _unplug(tour: Tour) -> None:
    tour.console.print(Text("(somebody pulls the plug of the desk lamp)", style="dim"))
    await tour.by_hand("office_desk_lamp", {"plugged": False})
    await tour.until("light.office_desk_lamp", lambda e: not e.available)


async def _lamp_off(tour: Tour) -> None:
    tour.console.print(Text("(a hand turns the floor lamp off)", style="dim"))
    await tour.by_hand("living_room_floor_lamp", {"set": {"on": False}})
    await tour.until(FLOOR, lambda e: e.state == "off")


def rephrased(days_ago: int) -> Before:
    """What is said behind a request that was not understood."""

    async def again(tour: Tour) -> None:
        await tour.said(Step("", "turn on the floor lamp", "living_room", acted("light.turn_on", FLOOR), speaker="Anna", days_ago=days_ago))

    return again


async def _learned(tour: Tour) -> None:
    tour.console.print(Text(f"(typed, of the last three days: “{SESAME}”, not known; “unlock the front door”, and “yes”)", style="dim"))
    for days in (3, 2, 1):
        await tour.lived(SESAME, "hallway", "Anna", days, "ask")
        await tour.lived("unlock the front door", "hallway", "Anna", days, "confirm", later=8)
        await tour.lived("yes", "hallway", "Anna", days, later=12)
    await _lamp_off(tour)
    await tour.learn()


async def _not_learned(tour: Tour) -> None:
    pair = await tour.pair(SESAME)
    pairs, policy = await tour.live.agent.store.learned()
    tour.console.print(pairs_table(pairs, tuple((await tour.live.agent.store.taught()).values()), policy))
    if pair is None or pair.state == "serving" or not pair.why.startswith("guarded"):
        raise WrongTurnError("the guard did not say why it refused")


async def _timer_rings(tour: Tour) -> None:
    due, said = await asyncio.wait_for(tour.announced.get(), WAITS)
    tour.console.print(Text(f"{due.kind} rings: {said}", style="bold yellow"))
    if due.kind != "timer":
        raise WrongTurnError("something else than the timer rang")


def acted(service: str, *entities: str, **data: Any) -> Check:
    """The service was called on exactly these, with at least these data, and the devices said so themselves."""

    def check(turn: Turn) -> bool:
        done = [r for r in turn.results if r.command.service == service and r.verified]
        reached = {e for r in done for e in r.command.entity_ids}
        return turn.outcome == "act" and reached == set(entities) and all(r.command.data.get(k) == v for r in done for k, v in data.items())

    return check


def answered(target: str) -> Check:
    return lambda turn: turn.outcome == "answer" and turn.targets == (target,)


def learned(service: str, *entities: str) -> Check:
    """The same, of words that were read as a learned pair."""
    return lambda turn: acted(service, *entities)(turn) and turn.rewrite is not None and turn.rewrite.layer == "personal" and not turn.rewrite.held


def tells(part: str) -> Check:
    return lambda turn: turn.outcome == "answer" and part in turn.say


def unread(outcome: str) -> Check:
    """It came to that, and was read as nothing else."""
    return lambda turn: turn.outcome == outcome and turn.rewrite is None


def was(outcome: str) -> Check:
    return lambda turn: turn.outcome == outcome


def _unreachable(turn: Turn) -> bool:
    return turn.outcome == "act" and any(r.verified is False for r in turn.results) and "not" in turn.say


PLAY = "media_player.play_media"
FLOOR, CEILING = "light.living_room_floor_lamp", "light.living_room_ceiling_light"
BEANPOLE, SESAME = "turn on the beanpole", "open the sesame door"
COFFEE, DOOR, TV, SPEAKER = "switch.kitchen_coffee_maker", "lock.front_door", "media_player.living_room_tv", "media_player.bedroom_speaker"

STEPS: tuple[Step, ...] = (
    Step("a lamp", "turn on the floor lamp", "living_room", acted("light.turn_on", FLOOR)),
    Step("two lamps in one sentence", "turn off the floor lamp and the ceiling light", "living_room", acted("light.turn_off", FLOOR, CEILING)),
    Step("the temperature, the oven is off: the room's", "what is the temperature", "kitchen", answered("sensor.kitchen_air_sensor_temperature")),
    Step("the temperature, the oven is on: the oven's", "what is the temperature", "kitchen", answered("climate.kitchen_oven"), before=_oven_on),
    Step("a title where there is a screen: the film", "play hunger games", "living_room", acted(PLAY, TV, media_content_type="movie")),
    Step("the same where there is none: to listen to", "play hunger games", "bedroom", acted(PLAY, SPEAKER, media_content_type="music")),
    Step(
        "a jazz listener's music", "play music", "bedroom", acted(PLAY, SPEAKER, media_content_id="jazz"),
        before=_weeks_of_jazz, speaker="Anna",
    ),
    Step("brewing, after the alarm: coffee", "start brewing", "kitchen", acted("switch.turn_on", COFFEE), before=_mornings_of_coffee, speaker="Anna"),
    Step("it: what was just spoken of", "turn it off", "kitchen", acted("switch.turn_off", COFFEE), speaker="Anna"),
    Step("a door is never unlocked without a yes", "unlock the front door", "hallway", was("confirm"), before=_sound_lock),
    Step("the yes, without the wake word", "yes", "hallway", acted("lock.unlock", DOOR), wake=False),
    Step("a device that is not there is said so", "turn on the desk lamp", "office", _unreachable, before=_unplug),
    Step("a timer", "set a timer for five seconds", "kitchen", was("schedule"), after=_timer_rings),
    Step("a phrase is taught", "when i say story time turn on the ceiling light", "living_room", was("answer")),
    Step("and used at once", "story time", "living_room", acted("light.turn_on", CEILING)),
    Step("a name nobody told it, and misheard: said again", BEANPOLE, "living_room", was("ask"), speaker="Anna", after=rephrased(3), days_ago=3),
    Step("the next day the same", BEANPOLE, "living_room", was("ask"), speaker="Anna", after=rephrased(2), days_ago=2),
    Step("learned: right the third time", BEANPOLE, "living_room", learned("light.turn_on", FLOOR), before=_learned, speaker="Anna"),
    Step("and it knows why", "why did you do that", "living_room", tells("I have learned"), speaker="Anna"),
    Step("a lock is never learned", SESAME, "hallway", unread("ask"), speaker="Anna", after=_not_learned),
)  # fmt: skip


async def tour(config: Config, console: Console) -> int:
    """The whole tour; 0 where every step did what it shows, else 1."""
    announced: asyncio.Queue[tuple[Due, str]] = asyncio.Queue()

    async def announce(due: Due, said: str) -> None:
        announced.put_nowait((due, said))

    mqtt, learning = {"embedded": True, "port": free_port()}, {"enabled": True, "hold_out": 0.0}
    own = config.model_copy(update={"mqtt": config.mqtt.model_copy(update=mqtt), "learning": config.learning.model_copy(update=learning)})
    with TemporaryDirectory(prefix="hearth-demo-") as folder:
        async with AsyncExitStack() as stack:
            live = await stack.enter_async_context(living(own, Path(folder), True, announce))
            await live.snapping.refresh(live.home.snapshot())
            speech = await stack.enter_async_context(Speech(config.voice, asyncio.get_running_loop().time, lambda: live.snapping.phrases))
            here = Tour(live, await speech.ears(), await speech.voice(), console, announced)
            number = 0
            try:
                for number, step in enumerate(STEPS, 1):
                    await here.step(number, step)
                await here.failures()
            except WrongTurnError as error:
                console.print(Text(f"The tour ends here: {error}.", style="bold red"))
                return 1
            except TimeoutError:
                console.print(Text(f"The tour ends here: what step {number} waited for did not come.", style="bold red"))
                return 1
    console.print(Text(f"All {len(STEPS)} steps did what they show.", style="bold green"))
    return 0
