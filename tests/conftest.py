"""Fixtures for all tests: a real broker on a free loopback port, and no task may outlive its test."""

import asyncio
import inspect
import shutil
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest

MOSQUITTO = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin:/usr/local/sbin")


@dataclass
class Broker:
    """An MQTT broker of this test's own: mosquitto where it is installed, else amqtt in this process. It keeps nothing over a restart."""

    host: str = "127.0.0.1"
    port: int = 0
    _running: Any = field(default=None, repr=False)

    async def start(self) -> None:
        """Returns when connections are taken; the same port at every start."""
        if not self.port:
            self.port = _free_port(self.host)
        self._running = await (_start_mosquitto(self.port) if MOSQUITTO else _start_amqtt(self.host, self.port))

    async def stop(self) -> None:
        """As if its power were cut, with mosquitto; an orderly end with amqtt."""
        running, self._running = self._running, None
        if isinstance(running, asyncio.subprocess.Process):
            running.kill()
            await running.communicate()
        elif running is not None:
            await running.shutdown()


def _free_port(host: str) -> int:
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


async def _start_mosquitto(port: int) -> asyncio.subprocess.Process:
    process = await asyncio.create_subprocess_exec(
        str(MOSQUITTO), "-p", str(port), stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
    )
    assert process.stderr is not None
    heard = b""
    while b" running" not in heard:
        line = await process.stderr.readline()
        assert line, f"mosquitto did not start: {heard.decode()}"
        heard += line
    return process


async def _start_amqtt(host: str, port: int) -> Any:
    from amqtt.broker import Broker as Embedded

    anonymous = {"amqtt.plugins.authentication.AnonymousAuthPlugin": {"allow_anonymous": True}}
    embedded = Embedded({"listeners": {"default": {"type": "tcp", "bind": f"{host}:{port}"}}, "plugins": anonymous})
    await embedded.start()
    return embedded


@pytest.fixture
async def broker() -> AsyncIterator[Broker]:
    """A fresh broker: `host`, `port`, `await stop()`, `await start()`."""
    started = Broker()
    await started.start()
    yield started
    await started.stop()


@pytest.fixture(autouse=True)
def no_leaked_tasks(request: pytest.FixtureRequest) -> None:
    """A coroutine test fails where a task that it started is still running when it and its fixtures have ended."""
    if inspect.iscoroutinefunction(getattr(request, "function", None)):
        request.getfixturevalue("_tasks_of_the_loop")


@pytest.fixture
async def _tasks_of_the_loop() -> AsyncIterator[None]:
    before = asyncio.all_tasks()
    yield
    leaked = asyncio.all_tasks() - before - {asyncio.current_task()}
    assert not leaked, f"tasks still running: {sorted(task.get_name() for task in leaked)}"
