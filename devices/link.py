"""The connection to a broker: connects, reconnects, keeps the subscriptions wanted, and hands every message on.

Rules of this file: nothing is polled; whatever the broker does, `run` goes on until it is cancelled.
"""

import asyncio
import logging
import math
import socket
import ssl
import uuid
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import aiomqtt

log = logging.getLogger(__name__)

FIRST_WAIT = 0.25
LONGEST_WAIT = 30.0
"""Seconds between two tries to connect; doubled from the first to the longest."""
GOODBYE = 0.5
"""Seconds that taking leave of the broker may take."""
SUBSCRIBED = 0
"""Quality of subscriptions, Home Assistant's too: at 1 mosquitto, as it comes, drops all but the first 1,000 retained messages."""
BATCH = 200
"""Topics of one SUBSCRIBE."""


@dataclass(frozen=True, slots=True)
class MqttSettings:
    """Where the broker is and how to speak with it. The password is never shown."""

    host: str = "127.0.0.1"
    port: int = 1883
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    prefix: str = "homeassistant"
    tls: bool = False
    qos: int = 1
    """Of commands."""
    keepalive: int = 15
    """Seconds after which a broker that says nothing is asked whether it is there."""
    patience: float = 10.0
    """Seconds the broker has to answer."""
    grace: float = 0.3
    """Seconds to wait for the report of a device that is, as far as known, already as it was asked to be."""
    window: float = 5.0
    """Seconds after a command within which a report that fits it is the agent's doing."""

    @property
    def place(self) -> str:
        return f"{self.host}:{self.port}"


class LinkLostError(Exception):
    """There is no connection to the broker."""


class Link:
    """One connection that comes back. `receive` is called with every message's topic and payload, `changed` when the broker comes or goes."""

    def __init__(self, settings: MqttSettings, receive: Callable[[str, bytes], None], changed: Callable[[bool], None]) -> None:
        self._settings = settings
        self._receive = receive
        self._changed = changed
        self._client: aiomqtt.Client | None = None
        self._wanted: set[str] = set()
        self._missing: set[str] = set()
        self._unwanted: set[str] = set()
        self._work = asyncio.Event()
        self._complete = asyncio.Event()
        self._marker = f"hearth/settled/{uuid.uuid4().hex}"
        self._passed: asyncio.Future[int] | None = None
        """What `_grown` was when the marker came back."""
        self._grown = 0
        """How often more topics became wanted."""
        self.trouble = ""
        """Why there is no connection, as a sentence; "" while there is one."""

    @property
    def connected(self) -> bool:
        return self._client is not None

    def want(self, topics: Iterable[str]) -> None:
        """Subscribe to topics, now and after every reconnect."""
        new = set(topics) - self._wanted
        if new:
            self._grown += 1
            self._wanted |= new
            self._missing |= new
            self._unwanted -= new
            self._complete.clear()
            self._work.set()

    def drop(self, topics: Iterable[str]) -> None:
        """Subscribe to topics no more."""
        gone = set(topics) & self._wanted
        if gone:
            self._wanted -= gone
            self._missing -= gone
            self._unwanted |= gone
            self._work.set()

    async def publish(self, topic: str, payload: str, retain: bool = False) -> None:
        """Send, and wait until the broker has it. Raises LinkLostError."""
        client = self._client
        if client is None:
            raise LinkLostError(self.trouble)
        try:
            async with asyncio.timeout(self._settings.patience):
                await client.publish(topic, payload, qos=self._settings.qos, retain=retain)
        except (aiomqtt.MqttError, TimeoutError, ValueError) as error:
            raise LinkLostError(str(error)) from error

    async def settled(self, timeout: float) -> bool:  # noqa: ASYNC109 - False, not an error, is the answer
        """All that is retained on the wanted topics has been received; False where that takes longer than `timeout` seconds."""
        try:
            async with asyncio.timeout(timeout):
                while True:
                    await self._complete.wait()
                    if await self._nothing_new():
                        return True
        except (TimeoutError, LinkLostError):
            return False

    async def _nothing_new(self) -> bool:
        """Nothing more became wanted while a message of our own came back from behind all that the broker had for us before it."""
        grown = self._grown
        passed: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._passed = passed
        await self.publish(self._marker, "")
        return await passed == grown

    async def run(self) -> None:
        """Until cancelled."""
        wait = FIRST_WAIT
        while True:
            try:
                async with self._session() as client:
                    wait = FIRST_WAIT
                    async with asyncio.TaskGroup() as tasks:
                        tasks.create_task(self._listen(client), name="mqtt listen")
                        tasks.create_task(self._subscribe(client), name="mqtt subscribe")
            except* (aiomqtt.MqttError, OSError, TimeoutError) as errors:
                self._gone(_first(errors))
            await asyncio.sleep(wait)
            wait = min(LONGEST_WAIT, wait * 2)

    @asynccontextmanager
    async def _session(self) -> AsyncIterator[aiomqtt.Client]:
        """A connected client. Its own time-outs are off: they are asyncio.wait_for's, which before Python 3.12 can swallow a cancellation."""
        client = self._new_client()
        async with asyncio.timeout(self._settings.patience):
            await client.__aenter__()
        self._found(client)
        try:
            yield client
        finally:
            self._client = None
            self._complete.clear()
            self._marker_back(-1)  # it never will be: whoever waits looks again
            self._changed(False)
            with suppress(TimeoutError):
                async with asyncio.timeout(GOODBYE):
                    await client.__aexit__(None, None, None)

    def _new_client(self) -> aiomqtt.Client:
        settings = self._settings
        client = aiomqtt.Client(
            settings.host,
            settings.port,
            username=settings.username,
            password=settings.password,
            keepalive=settings.keepalive,
            timeout=math.inf,
            socket_options=[(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)],
            tls_context=ssl.create_default_context() if settings.tls else None,
        )
        client.pending_calls_threshold = 10_000  # a command to every lamp of the house is no reason for a warning
        return client

    def _found(self, client: aiomqtt.Client) -> None:
        self._client = client
        self._missing = {*self._wanted, self._marker}
        self._unwanted.clear()
        self._work.set()
        self.trouble = ""
        log.info("Connected to the broker at %s.", self._settings.place)
        self._changed(True)

    async def _listen(self, client: aiomqtt.Client) -> None:
        async for message in client.messages:
            topic = message.topic.value
            if topic == self._marker:
                self._marker_back(self._grown)
            elif isinstance(message.payload, bytes | bytearray):
                self._receive(topic, bytes(message.payload))

    def _marker_back(self, grown: int) -> None:
        if self._passed is not None and not self._passed.done():
            self._passed.set_result(grown)

    async def _subscribe(self, client: aiomqtt.Client) -> None:
        """Whenever something is wanted: in batches, while more may gather."""
        while True:
            await self._work.wait()
            batch = sorted(self._missing)[:BATCH]
            gone = sorted(self._unwanted)[:BATCH]
            self._missing.difference_update(batch)
            self._unwanted.difference_update(gone)
            async with asyncio.timeout(self._settings.patience):
                if gone:
                    await client.unsubscribe(gone)
                if batch:
                    await client.subscribe([(topic, SUBSCRIBED) for topic in batch])
            if not self._missing and not self._unwanted:
                self._work.clear()
                self._complete.set()

    def _gone(self, error: BaseException) -> None:
        why = f"The broker at {self._settings.place} {_why(error)}; Hearth tries again until it answers."
        if why != self.trouble:
            log.warning("%s", why)
        self.trouble = why


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    inner = group.exceptions[0]
    return _first(inner) if isinstance(inner, BaseExceptionGroup) else inner


def _why(error: BaseException) -> str:
    """One clause about what went wrong, without what was sent."""
    told = str(error)
    if isinstance(error, aiomqtt.MqttCodeError) and any(word in told.casefold() for word in ("authori", "user name", "password")):
        return "refuses the user name or password: check them in the configuration"
    if told.startswith("Disconnected during"):
        return "is gone"
    return f"cannot be reached ({told or type(error).__name__})"
