"""Things on a broker that answer as a test tells them to, and a home that follows them."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import aiomqtt

from devices.broker import Broker
from devices.home import Change, Entity, LiveHome
from devices.mqtt import MqttHome, MqttSettings

Answer = Callable[[str], Mapping[str, str]]
"""A command's payload -> what is published on which topics."""
SOON = 20.0
"""Seconds after which a test that waits for something has failed."""
QUICK = 0.15
"""A time-out that is meant to strike."""


class Things:
    """A client of the broker's that announces things and answers their commands."""

    def __init__(self, client: aiomqtt.Client) -> None:
        self._client = client
        self._answers: dict[str, Answer] = {}
        self.heard: list[tuple[str, str]] = []
        """Commands, oldest first."""
        self.commanded = asyncio.Event()

    async def say(self, topic: str, payload: str | bytes | object = "", retain: bool = True) -> None:
        raw = payload if isinstance(payload, str | bytes) else json.dumps(payload)
        await self._client.publish(topic, raw, qos=1, retain=retain)

    async def announce(self, component: str, name: str, /, **values: Any) -> None:
        await self.say(f"homeassistant/{component}/{name}/config", {"unique_id": name, "name": name, **values})

    async def answer(self, topic: str, answer: Answer) -> None:
        """From now on a command on a topic is answered."""
        self._answers[topic] = answer
        await self._client.subscribe(topic, qos=1)

    async def lamp(self, name: str, /, obeys: bool = True, **values: Any) -> None:
        """A lamp with a state, a command and an availability topic, off and there."""
        await self.announce("light", name, command_topic=f"{name}/set", state_topic=f"{name}/state", availability_topic=f"{name}/there", **values)
        await self.say(f"{name}/there", "online")
        await self.say(f"{name}/state", "OFF")
        await self.answer(f"{name}/set", lambda payload: {f"{name}/state": payload} if obeys else {})

    async def run(self) -> None:
        async for message in self._client.messages:
            topic, payload = message.topic.value, bytes(message.payload).decode()
            self.heard.append((topic, payload))
            self.commanded.set()
            for where, said in self._answers[topic](payload).items():
                await self.say(where, said)


@asynccontextmanager
async def things_on(broker: Broker) -> AsyncIterator[Things]:
    async with aiomqtt.Client(broker.host, broker.port) as client:
        things = Things(client)
        task = asyncio.create_task(things.run(), name="things")
        try:
            yield things
        finally:
            task.cancel()
            await asyncio.wait([task])


class Watched:
    """The home as a test sees it."""

    def __init__(self, live: LiveHome, devices: MqttHome) -> None:
        self.live = live
        self.devices = devices
        self.changes: list[Change] = []
        self._stirred = asyncio.Event()
        live.on_change(self._changed)

    def _changed(self, change: Change) -> None:
        self.changes.append(change)
        self._stirred.set()

    async def until(self, wanted: Callable[[], object]) -> None:
        """Wait for changes of the home until something holds."""
        async with asyncio.timeout(SOON):
            while not wanted():
                self._stirred.clear()
                await self._stirred.wait()

    async def settled(self) -> None:
        assert await self.devices.settled(SOON)

    async def until_state(self, entity_id: str, state: str) -> None:
        await self.until(lambda: (entity := self.live.entity(entity_id)) is not None and entity.state == state)

    def __getitem__(self, entity_id: str) -> Entity:
        entity = self.live.entity(entity_id)
        assert entity is not None, entity_id
        return entity

    @property
    def ids(self) -> set[str]:
        return set(self.live.snapshot().entities)


@asynccontextmanager
async def home_on(broker: Broker, live: LiveHome | None = None, **settings: Any) -> AsyncIterator[Watched]:
    """A home that follows the broker, with all that is retained in."""
    live = live or LiveHome()
    async with MqttHome(MqttSettings(broker.host, broker.port, **settings), live) as devices:
        watched = Watched(live, devices)
        await watched.settled()
        yield watched
