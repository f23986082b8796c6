"""Fixtures for all tests: a real broker on a free loopback port, and no task may outlive its test."""

import asyncio
import inspect
import os
from collections.abc import AsyncIterator

import pytest

from devices.broker import Broker, mosquitto

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(threads, "1")
"""Threads of many tests, and of the processes they start, that wait for each other cost more than they bring; numpy reads these when it is loaded."""


def pytest_configure(config: pytest.Config) -> None:
    """amqtt leaves the sockets of clients that went away to the garbage collector."""
    if mosquitto() is None:
        for left in ("unclosed transport", "loop is closed"):
            config.addinivalue_line("filterwarnings", f"ignore:{left}:ResourceWarning")


@pytest.fixture
async def broker() -> AsyncIterator[Broker]:
    """An MQTT broker of this test's own, mosquitto where it is installed, else amqtt: `host`, `port`, `await stop()`, `await start()`."""
    async with Broker() as running:
        yield running


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
