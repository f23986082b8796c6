"""The agent alive: a broker (its own, or the home's), the home on it, the agent, and the bell that lets happen what falls due."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path

from agent import app as root
from agent.bell import Bell
from agent.clock import Clock, SystemClock
from agent.config import Config
from agent.config import MqttSettings as BrokerSettings
from agent.hearth import Announce, Hearth
from agent.nightly import news, nights
from agent.own_lists import WithOwnLists
from agent.records import Due
from agent.replies import volume
from agent.ringing import REPEATED, Ringing
from agent.running import Live
from agent.times import local
from devices.broker import Broker, free_port, is_free
from devices.home import Change, LiveHome
from devices.mqtt import MqttHome, MqttSettings

SETTLE = 4.0
"""Seconds that the home has to tell of itself before the agent answers; what comes later is taken in when it comes."""


@asynccontextmanager
async def living(
    config: Config, folder: Path | None = None, simulate: bool = False, announce: Announce | None = None, seed: int = 1
) -> AsyncIterator[Live]:
    """The live agent. `simulate` starts the simulated home as a process of its own. Everything has ended when the context has.

    What falls due rings at the places that doors give to `Live.ringing`; `announce` is told of it once.

    Raises BrokerError where the broker cannot run, StoreError where the log cannot be used.
    """
    clock = SystemClock()
    async with AsyncExitStack() as stack:
        settings = await _broker(config, stack, simulate)
        live = LiveHome(root.configured_home(config))
        mqtt = await stack.enter_async_context(MqttHome(settings, live))
        if simulate:
            await stack.enter_async_context(_simulated(settings, seed))
            await _told(live)
        await mqtt.settled(SETTLE)
        understander, _ = loaded = root.reader(config)
        snapping = root.snapping(config, understander)
        devices = WithOwnLists(mqtt, live)
        agent = await stack.enter_async_context(root.hearth(config, live, devices, folder, snapping, loaded))
        await devices.recall(await agent.store.turns(20_000))
        ringing = _ringing(config, agent, clock)
        bell, ringer = _bell(agent, clock, ringing, announce), Bell(clock, ringing.next_at, ringing.ring)
        ringing.listeners.append(ringer.look_again)
        work = {"bell": bell.run(), "ringing": ringer.run(), "home changes": _changes(live, agent, clock)}
        if config.learning.enabled:
            work |= {"nights": nights(agent, clock), "news": news(agent, clock)}
        async with asyncio.TaskGroup() as tasks:
            running = [tasks.create_task(each, name=name) for name, each in work.items()]
            try:
                yield Live(agent, live, mqtt, bell, snapping, clock, settings.place, ringing)
            finally:
                for task in running:
                    task.cancel()


def _ringing(config: Config, agent: Hearth, clock: Clock) -> Ringing:
    """Loud, but for the reports of what was done by schedule, which are as quiet at night as replies. Every turn may stop it."""

    def loudness(due: Due) -> float:
        is_loud = due.kind in REPEATED or due.kind == "reminder"
        return 1.0 if is_loud else volume(config.replies, local(clock.now(), agent.live.snapshot().location))

    ringing = Ringing(clock, loudness)
    agent.listeners.append(ringing.heard)
    return ringing


def _bell(agent: Hearth, clock: Clock, ringing: Ringing, announce: Announce | None) -> Bell:
    """Rings whatever falls due; the first time, that is what fell due while nobody ran."""
    asleep = True

    async def announced(due: Due, said: str) -> None:
        ringing.begin(due, said)
        if announce is not None:
            await announce(due, said)

    async def fall_due(now: datetime) -> None:
        nonlocal asleep
        was_asleep, asleep = asleep, False
        await agent.fall_due(now, announced, was_asleep)

    # forgetting makes another agenda, so the agent is asked for the one that it has now
    bell = Bell(clock, lambda: agent.agenda.next_at(), fall_due)
    agent.agenda_changed = bell.look_again
    return bell


async def _broker(config: Config, stack: AsyncExitStack, simulate: bool) -> MqttSettings:
    """The home's broker, or one of our own on loopback where the settings embed it."""
    mqtt = config.mqtt
    password = mqtt.password.get_secret_value() if mqtt.password else None
    if not mqtt.embedded:
        return MqttSettings(mqtt.host, mqtt.port, mqtt.username, password, mqtt.discovery_prefix)
    broker = await stack.enter_async_context(_own(mqtt))
    return MqttSettings(broker.host, broker.port, prefix=mqtt.discovery_prefix)


def _own(mqtt: BrokerSettings) -> Broker:
    """A broker on the port that was set; where none was and the usual one is taken (by a broker of the system's), on any free one."""
    if "port" in mqtt.model_fields_set:
        return Broker(mqtt.port)
    return Broker(mqtt.port if is_free(mqtt.port) else free_port())


@asynccontextmanager
async def _simulated(settings: MqttSettings, seed: int) -> AsyncIterator[None]:
    """The simulated home as a process of its own, ended with us."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "simulators.house", "--broker", settings.place, "--seed", str(seed), "--discovery-prefix", settings.prefix,
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), 1.0)
        except TimeoutError:
            process.kill()
            await process.wait()


async def _told(live: LiveHome, within: float = 10.0) -> None:
    """Wait until the home has told of its first devices and then of no new one for a moment."""
    news = asyncio.Event()
    stop = live.on_change(lambda change: news.set() if change.before is None else None)
    wait = within
    try:
        while True:
            news.clear()
            await asyncio.wait_for(news.wait(), wait)
            wait = 0.3
    except TimeoutError:
        return
    finally:
        stop()


async def _changes(live: LiveHome, agent: Hearth, clock: Clock) -> None:
    """Every change of the home into the log, in order."""
    queue: asyncio.Queue[Change] = asyncio.Queue()
    stop = live.on_change(queue.put_nowait)
    try:
        while True:
            change = await queue.get()
            if change.after is not None:
                await agent.moved(change.before, change.after, change.by, clock.now())
    finally:
        stop()
