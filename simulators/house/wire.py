"""The house on a broker: announces, reports, hears commands and hands, and comes back when the broker does."""

import asyncio
import contextlib
import json
import logging
import math
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from random import Random
from typing import Any

import aiomqtt

from simulators.clock import Clock, WallClock
from simulators.house.discovery import BASE, HOUSE_STATUS, announcement, base, status
from simulators.house.home import demo_plan
from simulators.house.plan import Plan, PlanError
from simulators.house.thing import PayloadError
from simulators.house.world import House

log = logging.getLogger(__name__)

TICK = 0.5
"""Seconds between two looks at what has changed by itself."""
LATENCY = (0.003, 0.012)
"""A device answers after this many real seconds, at least and at most."""
FIRST_WAIT, LONGEST_WAIT = 0.2, 5.0
"""Seconds before the broker is tried again, doubled each time."""
PATIENCE = 5.0
"""Seconds that the broker has for anything it must answer."""
GOODBYE = 0.3
"""Seconds that saying offline, and then disconnecting, may take."""


NO_DELAY = [(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)]
"""A report is not held back to be sent with the next."""


@dataclass(frozen=True, slots=True)
class Broker:
    """Where the broker is and who we are there."""

    host: str = "127.0.0.1"
    port: int = 1883
    username: str | None = None
    password: str | None = None

    def client(self) -> aiomqtt.Client:
        will = aiomqtt.Will(HOUSE_STATUS, "offline", qos=1, retain=True)
        return aiomqtt.Client(
            self.host, self.port, username=self.username, password=self.password, will=will, timeout=math.inf, socket_options=NO_DELAY
        )


@asynccontextmanager
async def _connected(broker: Broker) -> AsyncIterator[aiomqtt.Client]:
    """A client on the broker; raises MqttError or TimeoutError where there is none.

    The client waits without a time-out of its own, which would be asyncio.wait_for: before Python 3.12 that can swallow a cancellation.
    """
    client = broker.client()
    async with asyncio.timeout(PATIENCE):
        await client.__aenter__()
    try:
        yield client
    finally:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(GOODBYE):
                await client.__aexit__(None, None, None)


@dataclass(frozen=True, slots=True)
class _Answer:
    """Reports on their way: they leave at `due`, a time of the event loop."""

    due: float
    messages: Mapping[str, str]


class Wire:
    """One house on one broker. `connected` is set while everything is announced and commands are heard."""

    def __init__(
        self, house: House, clock: Clock, broker: Broker, *, latency: tuple[float, float] = LATENCY, prefix: str = "homeassistant", seed: int = 0
    ) -> None:
        self.house = house
        self.connected = asyncio.Event()
        self._clock = clock
        self._broker = broker
        self._latency = latency
        self._prefix = prefix
        self._luck = Random(f"{seed}/latency")
        self._told: dict[str, str] = {}
        self._outbox: asyncio.Queue[_Answer] = asyncio.Queue()
        self._last_due = -math.inf
        self._wait = FIRST_WAIT

    async def run(self) -> None:
        """Live on the broker until cancelled; a broker that goes away is waited for."""
        while True:
            try:
                await self._session()
            except* (aiomqtt.MqttError, TimeoutError) as lost:
                self._missed(str(lost.exceptions[0]) or "it does not answer")
            await asyncio.sleep(self._wait)
            self._wait = min(LONGEST_WAIT, self._wait * 2)

    async def settle(self) -> None:
        """Returns when all that has happened so far is published. For tests with a manual clock."""
        self._catch_up()
        await self._outbox.join()

    def by_hand(self, device_id: str, what: Mapping[str, Any]) -> None:
        """A person touches a device; see House.by_hand."""
        self._catch_up()
        self.house.by_hand(device_id, what)
        self._post(self._news())

    def _missed(self, why: str) -> None:
        """Say once, not at every try, that the broker is gone."""
        if self._wait == FIRST_WAIT:
            log.warning("The broker at %s:%d cannot be reached (%s); trying until it can.", self._broker.host, self._broker.port, why)

    async def _session(self) -> None:
        async with _connected(self._broker) as client:
            try:
                await self._greet(client)
                async with asyncio.TaskGroup() as group:
                    group.create_task(self._hear(client), name="house: hear")
                    group.create_task(self._live(), name="house: live")
                    group.create_task(self._send(client), name="house: send")
            finally:
                self.connected.clear()
                with contextlib.suppress(aiomqtt.MqttError, TimeoutError):
                    async with asyncio.timeout(GOODBYE):
                        await self._say_goodbye(client)

    async def _greet(self, client: aiomqtt.Client) -> None:
        topics = (f"{BASE}/+/+/set", f"{BASE}/+/by_hand", f"{BASE}/room/+/by_hand", f"{self._prefix}/status")
        async with asyncio.timeout(PATIENCE):
            await client.subscribe([(topic, 1) for topic in topics])
        await self._announce(client)
        self.connected.set()
        self._wait = FIRST_WAIT
        log.info("%d devices are on the broker at %s:%d.", len(self.house.devices), self._broker.host, self._broker.port)

    async def _announce(self, client: aiomqtt.Client) -> None:
        """Everything there is to know, retained; what was on its way is part of it."""
        self._empty_outbox()
        self._told.clear()
        self.house.advance((self._clock.now() - self.house.now).total_seconds())
        messages = announcement(self.house.plan.devices, self._prefix) | self._news()
        async with asyncio.timeout(PATIENCE):
            for topic, payload in messages.items():
                await client.publish(topic, payload, retain=True)
            await client.publish(HOUSE_STATUS, "online", qos=1, retain=True)

    async def _say_goodbye(self, client: aiomqtt.Client) -> None:
        for device_id in self.house.devices:
            await client.publish(status(device_id), "offline", retain=True)
        await client.publish(HOUSE_STATUS, "offline", qos=1, retain=True)

    async def _live(self) -> None:
        while True:
            await self._clock.sleep(TICK)
            self._catch_up()

    async def _send(self, client: aiomqtt.Client) -> None:
        while True:
            answer = await self._outbox.get()
            await asyncio.sleep(max(0.0, answer.due - asyncio.get_running_loop().time()))
            async with asyncio.timeout(PATIENCE):
                for topic, payload in answer.messages.items():
                    await client.publish(topic, payload, retain=True)
            self._outbox.task_done()

    async def _hear(self, client: aiomqtt.Client) -> None:
        async for message in client.messages:
            topic = message.topic.value
            payload = bytes(message.payload).decode("utf-8", "replace")
            if topic == f"{self._prefix}/status":
                if payload == "online":
                    await self._announce(client)
            elif not message.retain:  # a retained command would be obeyed again at every start
                self._told_to(topic.split("/")[1:], payload)

    def _told_to(self, path: list[str], payload: str) -> None:
        """A command or a hand; what makes no sense is logged and changes nothing."""
        self._catch_up()
        try:
            match path:
                case ["room", room, "by_hand"]:
                    self.house.set_room(room, _json(payload))
                case [device_id, "by_hand"]:
                    self.by_hand(device_id, _json(payload))
                case [device_id, command, "set"]:
                    self._post(self._answers(self.house.obey(device_id, command, payload)))
        except (PayloadError, PlanError) as error:
            log.warning("%s was ignored: %s", "/".join(path), error)
        except KeyError:
            log.warning("%s was ignored: there is no '%s' in this house.", "/".join(path), path[1] if path[0] == "room" else path[0])

    def _catch_up(self) -> None:
        """Bring the house to the clock's time and post what has changed by itself."""
        self.house.advance((self._clock.now() - self.house.now).total_seconds())
        self._post(self._news())

    def _news(self) -> dict[str, str]:
        """What has not been told yet."""
        news: dict[str, str] = {}
        for device_id in self.house.devices:
            now = self._telling(device_id)
            news |= {topic: payload for topic, payload in now.items() if self._told.get(topic) != payload}
        self._told |= news
        return news

    def _answers(self, device_ids: tuple[str, ...]) -> dict[str, str]:
        """All that some devices can tell, news or not: whoever gave a command waits for an answer."""
        answers = self._news()
        for device_id in device_ids:
            answers |= self._reports(device_id)
        return answers

    def _telling(self, device_id: str) -> dict[str, str]:
        return self._reports(device_id) | {status(device_id): "online" if self.house.online(device_id) else "offline"}

    def _reports(self, device_id: str) -> dict[str, str]:
        return {f"{base(device_id)}/{topic}": payload for topic, payload in self.house.reports(device_id).items()}

    def _post(self, messages: Mapping[str, str]) -> None:
        """Let messages leave after a device's latency, never before earlier ones."""
        if messages:
            self._last_due = max(self._last_due, asyncio.get_running_loop().time() + self._luck.uniform(*self._latency))
            self._outbox.put_nowait(_Answer(self._last_due, messages))

    def _empty_outbox(self) -> None:
        while not self._outbox.empty():
            self._outbox.get_nowait()
            self._outbox.task_done()


def _json(payload: str) -> dict[str, Any]:
    try:
        value = json.loads(payload)
    except json.JSONDecodeError:
        value = None
    if not isinstance(value, dict):
        raise PayloadError(f"'{payload}' is no JSON object")
    return value


@asynccontextmanager
async def running_house(
    host: str = "127.0.0.1",
    port: int = 1883,
    *,
    plan: Plan | None = None,
    clock: Clock | None = None,
    seed: int = 0,
    latency: tuple[float, float] = (0.0, 0.0),
    prefix: str = "homeassistant",
) -> AsyncIterator[Wire]:
    """The house (default: the demo home) on a broker, announced when the body begins and offline when it ends."""
    clock = clock or WallClock()
    wire = Wire(House(plan or demo_plan(), clock.now(), seed), clock, Broker(host, port), latency=latency, prefix=prefix, seed=seed)
    running = asyncio.create_task(wire.run(), name="house")
    ready = asyncio.create_task(wire.connected.wait(), name="house: ready")
    try:
        await asyncio.wait({running, ready}, return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            running.result()
        yield wire
    finally:
        ready.cancel()
        running.cancel()
        await asyncio.gather(ready, running, return_exceptions=True)
