"""The terminal: the rooms with their devices as they change, the last turn with its stages, and a prompt to type to.

Typing goes on while everything moves. Without a terminal (a pipe, `--plain`) it is a prompt and answers, line by line.
"""

import asyncio
import contextlib
import itertools
import os
import re
import sys
import termios
import tty
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, aclosing
from dataclasses import replace

from rich.console import Console
from rich.live import Live as Screen
from rich.text import Text

from agent.config import Config
from agent.doors import microphone
from agent.doors.aloud import Aloud
from agent.doors.picture import HELP, View, picture
from agent.ears import Heard
from agent.explained import explained
from agent.hearth import Announce
from agent.records import Due, Hypothesis, Request, Turn
from agent.replies import reply
from agent.ringing import Place, Ringing
from agent.running import Live
from agent.sounding import Sounding
from agent.speech import Speech
from agent.times import local

ESCAPES = re.compile(r"\x1b(\[[0-9;]*[A-Za-z~]|O.)")
"""Arrow keys and the like: not typed text."""
FRAMES = 6
"""Times a second that the screen is drawn at most."""

Start = Callable[[Announce], AbstractAsyncContextManager[Live]]
"""Starts the agent, given what is told of a due thing."""


async def talk(start: Start, config: Config, plain: bool, listen: bool) -> int:
    """Start everything and talk until the end of input or Ctrl-C."""
    console = Console()
    view = View()
    interactive = sys.stdin.isatty() and console.is_terminal and not plain
    async with AsyncExitStack() as stack:

        async def announce(due: Due, said: str) -> None:
            room = f" ({due.area.replace('_', ' ')})" if due.area and due.area != view.area else ""
            if interactive:
                view.note(f"{due.kind}{room}: {said}")
            else:
                console.print(Text(f"{due.kind}{room}: {said}", style="yellow"))

        console.print(Text("Starting the broker, the home and the agent ...", style="dim"))
        live = await stack.enter_async_context(start(announce))
        speech = await stack.enter_async_context(Speech(config.voice, asyncio.get_running_loop().time, lambda: live.snapping.phrases))
        aloud = Aloud(console, await speech.loudspeaker() if listen else None, live.ringing.hush)
        live.ringing.listeners.append(lambda: view.ring(ringing(live.ringing)))
        stack.enter_context(live.ringing.at(Place("terminal", aloud)))
        view.area = next(iter(live.home.snapshot().areas), None)
        door = _Door(live, view)
        tasks = await stack.enter_async_context(asyncio.TaskGroup())
        background = [tasks.create_task(live.snapping.refresh(live.home.snapshot()), name="sentences of the home")]
        if listen:
            background.append(tasks.create_task(_listen(door, speech, config, aloud), name="listening"))
        try:
            await (_screen(door, console) if interactive else _lines(door, console))
        finally:
            for task in background:
                task.cancel()
    return 0


def ringing(what: Ringing) -> tuple[str, ...]:
    """What is said of each alarm and timer that rings now."""
    return tuple(ring.said for ring in what.rings if ring.repeats)


class _Door:
    """Requests of the person at the terminal."""

    def __init__(self, live: Live, view: View) -> None:
        self.live, self.view = live, view
        self._count = itertools.count(1)

    async def take(self, text: str) -> bool:
        """One typed line; False where it asks to end."""
        if text.startswith("/"):
            return self._order(text[1:].split(maxsplit=1))
        if text.strip():
            await self.ask((Hypothesis(text),))
        return True

    async def ask(self, hypotheses: tuple[Hypothesis, ...], heard: Heard | None = None) -> Turn:
        area = self.view.area
        request = Request(f"terminal-{next(self._count)}", self.live.clock.now(), hypotheses, area, conversation=f"terminal/{area}", door="terminal")
        if heard is not None:
            request = replace(request, wake=heard.wake, heard=heard.seconds, door="microphone")
        turn = await self.live.turn(request)
        self.view.turn = turn
        return turn

    def _order(self, words: list[str]) -> bool:
        if words[:1] in (["quit"], ["exit"], ["q"]):
            return False
        areas = self.live.home.snapshot().areas.values()
        wanted = words[1].casefold() if len(words) == 2 else ""
        found = next((a for a in areas if wanted and wanted in (a.name.casefold(), a.area_id)), None)
        if words[:1] == ["room"] and found:
            self.view.area = found.area_id
            self.view.note(f"asking from the {found.name.lower()} now")
        else:
            self.view.note(f"rooms: {', '.join(a.name for a in areas)}; {HELP}")
        return True


async def _lines(door: _Door, console: Console) -> None:
    """A prompt and answers."""
    console.print(Text(HELP, style="dim"))
    async with aclosing(_read_lines()) as typed:
        async for line in typed:
            door.view.turn = None
            if not await door.take(line):
                return
            if door.view.turn is not None:
                console.print(explained(door.view.turn))
            for note in door.view.notes:
                console.print(Text(note, style="dim"))
            door.view.notes = []


async def _read_lines() -> AsyncGenerator[str, None]:
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    transport, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    try:
        while raw := await reader.readline():
            yield raw.decode(errors="replace").rstrip("\n")
    finally:
        transport.close()


async def _screen(door: _Door, console: Console) -> None:
    """The live screen, until the person ends it."""
    keys: asyncio.Queue[str] = asyncio.Queue()
    drawn = door.view.changed
    unsubscribe = door.live.home.on_change(lambda _: drawn.set())
    with _keyboard(keys), Screen(console=console, screen=True, auto_refresh=False) as screen:
        tasks = [
            asyncio.create_task(_typing(door, keys, drawn), name="typing"),
            asyncio.create_task(_drawing(door, screen, drawn), name="drawing"),
        ]
        try:
            drawn.set()
            await tasks[0]
        finally:
            unsubscribe()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def _typing(door: _Door, keys: asyncio.Queue[str], drawn: asyncio.Event) -> None:
    view = door.view
    while True:
        key = await keys.get()
        if key in ("\r", "\n"):
            text, view.typed = view.typed, ""
            drawn.set()
            if not await door.take(text):
                return
        elif key == "\x04":
            return
        elif key in ("\x7f", "\b"):
            view.typed = view.typed[:-1]
        elif key == "\x15":
            view.typed = ""
        elif key.isprintable():
            view.typed += key
        drawn.set()


async def _drawing(door: _Door, screen: Screen, drawn: asyncio.Event) -> None:
    while True:
        await drawn.wait()
        drawn.clear()
        live = door.live
        link = f"broker {live.broker}" if live.mqtt.connected else live.mqtt.trouble
        screen.update(picture(live.home.snapshot(), link, door.view, screen.console.height), refresh=True)
        await asyncio.sleep(1 / FRAMES)


@contextlib.contextmanager
def _keyboard(keys: asyncio.Queue[str]) -> Iterator[None]:
    """Single keys into the queue; the terminal is as it was afterwards."""
    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    loop = asyncio.get_running_loop()

    def read() -> None:
        for key in ESCAPES.sub("", os.read(descriptor, 256).decode(errors="ignore")):
            keys.put_nowait(key)

    tty.setcbreak(descriptor)
    loop.add_reader(descriptor, read)
    try:
        yield
    finally:
        loop.remove_reader(descriptor)
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


async def _listen(door: _Door, speech: Speech, config: Config, aloud: Aloud) -> None:
    """The microphone, beside the keyboard; no sound card is one sentence, and typing goes on."""
    problem = microphone.available(config.voice.microphone)
    if problem:
        door.view.note(problem)
        return
    ears = await speech.ears(has_wake=True)

    async def take(heard: Heard) -> tuple[Sounding, bool]:
        if not heard.hypotheses:
            door.view.note(heard.why)
            return Sounding(), False
        turn = await door.ask(heard.hypotheses, heard)
        home = door.live.home.snapshot()
        return reply(turn, home, config.replies, local(door.live.clock.now(), home.location)), turn.listen

    await microphone.listen(microphone.from_card(config.voice.microphone), ears, take, aloud)


