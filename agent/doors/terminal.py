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
from dataclasses import dataclass, field, replace

from rich.columns import Columns
from rich.console import Console, Group, RenderableType
from rich.layout import Layout
from rich.live import Live as Screen
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from agent.config import Config
from agent.doors import microphone
from agent.ears import Heard
from agent.explained import explained, lines
from agent.hearth import Announce
from agent.records import Due, Hypothesis, Request, Turn
from agent.running import Live
from agent.speech import Speech
from agent.words.spoken import spoken
from devices.home import Entity, Home
from devices.kinds import is_on

SHOWN = ("light", "climate", "switch", "cover", "lock", "media_player", "fan", "vacuum", "humidifier", "valve", "alarm_control_panel", "todo")
"""Domains of the rooms' view, in this order."""
HELP = "type to your home; /room NAME asks from another room, /quit ends"
ESCAPES = re.compile(r"\x1b(\[[0-9;]*[A-Za-z~]|O.)")
"""Arrow keys and the like: not typed text."""
REASONS = 3
"""Of a turn that are shown; `hearth explain` tells all."""
LABELS = ("heard", "because", "rather than")
LEAST_ROOMS = 8
"""Lines that the rooms keep."""
FRAMES = 6
"""Times a second that the screen is drawn at most."""


@dataclass
class View:
    """What the screen shows."""

    area: str | None = None
    typed: str = ""
    turn: Turn | None = None
    notes: list[str] = field(default_factory=list)

    def note(self, text: str) -> None:
        self.notes = [*self.notes[-2:], text]


Start = Callable[[Announce], AbstractAsyncContextManager[Live]]
"""Starts the agent, given what sounds a due thing."""


async def talk(start: Start, config: Config, plain: bool, listen: bool) -> int:
    """Start everything and talk until the end of input or Ctrl-C."""
    console = Console()
    view = View()
    interactive = sys.stdin.isatty() and console.is_terminal and not plain
    async with AsyncExitStack() as stack:
        speech = await stack.enter_async_context(Speech(config.voice, asyncio.get_running_loop().time))

        async def announce(due: Due, said: str) -> None:
            view.note(f"{due.kind}: {said}")
            if not interactive:
                console.print(Text(said))
            if listen:
                await _aloud(speech, said)

        console.print(Text("Starting the broker, the home and the agent ...", style="dim"))
        live = await stack.enter_async_context(start(announce))
        view.area = next(iter(live.home.snapshot().areas), None)
        door = _Door(live, view)
        tasks = await stack.enter_async_context(asyncio.TaskGroup())
        background = [tasks.create_task(live.snapping.refresh(live.home.snapshot()), name="sentences of the home")]
        if listen:
            background.append(tasks.create_task(_listen(door, speech, config), name="listening"))
        try:
            await (_screen(door, console) if interactive else _lines(door, console))
        finally:
            for task in background:
                task.cancel()
    return 0


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
    drawn = asyncio.Event()
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


def picture(home: Home, link: str, view: View, height: int) -> RenderableType:
    """The whole screen, `height` lines: the prompt always, then the last turn, and of the rooms as much as there is room for."""
    area = home.areas.get(view.area or "")
    prompt = Text.assemble((f"{area.name if area else 'home'} > ", "bold cyan"), view.typed, ("▏", "cyan"))
    told = [Text(f"{link} · {len(home.entities)} things · {HELP}", style="dim", no_wrap=True, overflow="ellipsis")]
    told += [Text(note, style="yellow", no_wrap=True, overflow="ellipsis") for note in view.notes]
    parts = [Layout(rooms(home), name="rooms"), Layout(Group(*told), size=len(told))]
    if view.turn is not None:
        shown = _turn(view.turn)
        most = max(3, height - len(told) - 1 - LEAST_ROOMS)
        parts.append(Layout(Panel(shown, title="last turn", title_align="left", border_style="blue"), size=min(shown.row_count + 2, most)))
    parts.append(Layout(prompt, size=1))
    layout = Layout()
    layout.split_column(*parts)
    return layout


def _turn(turn: Turn) -> Table:
    rows = Table.grid(padding=(0, 2))
    rows.add_column(style="bold", no_wrap=True, min_width=max(map(len, LABELS)))
    rows.add_column(no_wrap=True, overflow="ellipsis")
    told = lines(turn)
    reasons = [line for line in told if line[0] in ("because", "rather than")]
    said = [line for line in told if line[0] in ("heard", "said")]
    rest = [line for line in told if line not in said and line not in reasons[REASONS:]]
    for name, value in (*said, *rest):
        rows.add_row(name, Text(value))
    rows.add_row("ms", Text("  ".join(f"{stage} {seconds * 1000:.1f}" for stage, seconds in turn.seconds.items()), style="dim"))
    return rows


def rooms(home: Home) -> RenderableType:
    """Every room with what can be seen of its devices."""
    panels = []
    for area in (*home.areas.values(), None):
        things = [e for e in home.entities.values() if home.area_of(e) == (area.area_id if area else None) and e.domain in SHOWN]
        if things:
            grid = Table.grid(padding=(0, 1))
            for thing in sorted(things, key=lambda e: (SHOWN.index(e.domain), e.name))[:9]:
                grid.add_row(Text(thing.name[:18]), _state(thing))
            panels.append(Panel(grid, title=area.name if area else "everywhere", border_style="dim", width=38))
    return Columns(panels)


def _state(thing: Entity) -> Text:
    facts = [thing.state]
    a = thing.attributes
    if thing.domain == "light" and is_on(thing) and isinstance(a.get("brightness"), int | float):
        facts.append(f"{round(a['brightness'] / 2.55)}%")
    if thing.domain == "climate" and a.get("current_temperature") is not None:
        facts.append(f"{a['current_temperature']}° → {a.get('temperature', '–')}°")
    if thing.domain == "media_player" and a.get("media_title"):
        facts.append(str(a["media_title"])[:12])
    style = "red" if not thing.available else "bold green" if is_on(thing) else "dim"
    return Text(" ".join(facts)[:19], style=style)


async def _listen(door: _Door, speech: Speech, config: Config) -> None:
    """The microphone, beside the keyboard; no sound card is one sentence, and typing goes on."""
    problem = microphone.available(config.voice.microphone)
    if problem:
        door.view.note(problem)
        return
    ears = await speech.ears(has_wake=True)

    async def take(heard: Heard) -> tuple[str, bool]:
        if not heard.hypotheses:
            door.view.note(heard.why)
            return "", False
        turn = await door.ask(heard.hypotheses, heard)
        return spoken(turn.say), turn.listen

    await microphone.listen(microphone.from_card(config.voice.microphone), ears, take, await speech.voice())


async def _aloud(speech: Speech, said: str) -> None:
    voice = await speech.voice()
    if voice is not None:
        await voice.say(spoken(said))


