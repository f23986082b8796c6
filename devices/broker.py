"""A broker on loopback: mosquitto as a child process where it is installed, else amqtt in this process."""

import asyncio
import logging
import os
import shutil
import socket
import tempfile
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Protocol, Self

log = logging.getLogger(__name__)

HOST = "127.0.0.1"
STARTS_WITHIN = 10.0
"""Seconds for mosquitto to say that it runs."""
ENDS_WITHIN = 0.8
"""Seconds between asking mosquitto to end and killing it."""
NUDGES = 4
"""How often the embedded broker is asked to end within that time."""
SBIN = "/usr/local/sbin:/usr/sbin:/sbin"
"""Where Debian keeps mosquitto, though a person's PATH may not name it."""
CONFIG = """\
listener {port} {host}
allow_anonymous true
persistence false
max_queued_messages 0
set_tcp_nodelay true
log_dest stderr
log_type error
log_type warning
log_type notice
log_type information
connection_messages false
"""

Engine = Literal["mosquitto", "amqtt"]


class BrokerError(Exception):
    """The broker cannot run. The message is one sentence that names the place and the way out."""


class _Running(Protocol):
    async def stop(self) -> None: ...


def free_port() -> int:
    """A TCP port on loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """Nobody listens on this port of loopback."""
    try:
        _check_free(port)
    except BrokerError:
        return False
    return True


def mosquitto() -> str | None:
    """The path of mosquitto, where it is installed."""
    return shutil.which("mosquitto") or shutil.which("mosquitto", path=SBIN)


class Broker:
    """`async with Broker(port) as broker:` runs a broker on 127.0.0.1 that lets anybody in and keeps nothing.

    Raises BrokerError where the port is taken or the broker does not start. It ends within a second.
    """

    def __init__(self, port: int | None = None, engine: Engine | None = None) -> None:
        self.host = HOST
        self.port = port if port is not None else free_port()
        self.engine: Engine = engine or ("mosquitto" if mosquitto() else "amqtt")
        self._running: _Running | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.stop()

    async def start(self) -> None:
        _check_free(self.port)
        self._running = await (_Mosquitto.start(self.port) if self.engine == "mosquitto" else _Amqtt.start(self.port))

    async def stop(self) -> None:
        running, self._running = self._running, None
        if running is not None:
            await running.stop()


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise BrokerError(
                f"The broker cannot have port {port} on {HOST} ({error.strerror}):"
                " end what uses it, point Hearth at that broker, or give another port."
            ) from error


class _Mosquitto:
    """The child process. `setpriv` (util-linux) lets it end with us even when we are killed."""

    def __init__(self, process: asyncio.subprocess.Process, files: AsyncExitStack, log_reader: asyncio.Task[None]) -> None:
        self._process = process
        self._files = files
        self._log_reader = log_reader

    @classmethod
    async def start(cls, port: int) -> Self:
        program = mosquitto()
        if program is None:
            raise BrokerError("There is no mosquitto on this machine: install it (apt install mosquitto), or use the embedded broker.")
        files = AsyncExitStack()
        config = _written_config(files, port)
        tied = ["setpriv", "--pdeathsig", "TERM", "--"] if shutil.which("setpriv") else []
        process = await asyncio.create_subprocess_exec(
            *tied, program, "-c", str(config), stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
        )
        said: list[str] = []
        try:
            async with asyncio.timeout(STARTS_WITHIN):
                running = await _until_running(process, said)
        except TimeoutError:
            running = False
        if not running:
            await _end(process)
            await files.aclose()
            raise BrokerError(f"The broker mosquitto did not start on port {port}: {said[-1] if said else 'it said nothing'}.")
        return cls(process, files, asyncio.create_task(_pass_on(process), name="broker log"))

    async def stop(self) -> None:
        await _end(self._process)
        await self._log_reader
        await self._files.aclose()


def _written_config(files: AsyncExitStack, port: int) -> Path:
    folder = Path(files.enter_context(tempfile.TemporaryDirectory(prefix="hearth-broker-")))
    folder.chmod(0o755)  # started by root, mosquitto reads it as its own user
    config = folder / "mosquitto.conf"
    config.write_text(CONFIG.format(port=port, host=HOST))
    return config


async def _until_running(process: asyncio.subprocess.Process, said: list[str]) -> bool:
    """True at "mosquitto version ... running", False when it ended instead."""
    if process.stderr is None:
        return False
    async for raw in process.stderr:
        line = raw.decode(errors="replace").strip().partition(": ")[2]
        said.append(line.rstrip("."))
        if line.endswith("running"):
            return True
    return False


async def _pass_on(process: asyncio.subprocess.Process) -> None:
    if process.stderr is not None:
        async for raw in process.stderr:
            log.debug("mosquitto: %s", raw.decode(errors="replace").strip())


async def _end(process: asyncio.subprocess.Process) -> None:
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        async with asyncio.timeout(ENDS_WITHIN):
            await process.wait()
    except TimeoutError:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


class _Amqtt:
    """The embedded broker."""

    def __init__(self, broker: Any, port: int) -> None:
        self._broker = broker
        self._port = port

    @classmethod
    async def start(cls, port: int) -> Self:
        from amqtt.broker import Broker as Embedded  # slow to import, and seldom needed
        from amqtt.errors import AMQTTError, PluginError
        from amqtt.errors import BrokerError as EmbeddedError

        logging.getLogger("amqtt").setLevel(logging.ERROR)  # it warns of what MQTT itself puts right
        broker = Embedded(
            {
                "listeners": {"default": {"type": "tcp", "bind": f"{HOST}:{port}"}},
                "plugins": {"amqtt.plugins.authentication.AnonymousAuthPlugin": {"allow_anonymous": True}},
            }
        )
        try:
            await broker.start()
        except (AMQTTError, EmbeddedError, PluginError, OSError) as error:
            raise BrokerError(f"The embedded broker did not start on port {port}: {error}.") from error
        return cls(broker, port)

    async def stop(self) -> None:
        """Its readers may swallow a cancellation (asyncio.wait_for before Python 3.12): then they are cancelled again."""
        ending = asyncio.create_task(self._broker.shutdown(), name="embedded broker ends")
        for _ in range(NUDGES):
            done, _pending = await asyncio.wait([ending], timeout=ENDS_WITHIN / NUDGES)
            if done:
                break
            for task in asyncio.all_tasks():
                if task.cancelling() and _is_amqtt(task):
                    task.cancel()
        else:
            ending.cancel()
            log.warning("The embedded broker on port %d did not end in time; it ends with this process.", self._port)
        await asyncio.wait([ending])


def _is_amqtt(task: asyncio.Task[Any]) -> bool:
    code = getattr(task.get_coro(), "cr_code", None)
    return code is not None and f"{os.sep}amqtt{os.sep}" in code.co_filename
