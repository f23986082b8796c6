"""What the terminal shows: the rooms with their devices, the last turn with its stages, what rings, and the prompt. Pure functions of a View."""

import asyncio
from dataclasses import dataclass, field

from rich.columns import Columns
from rich.console import Group, RenderableType
from rich.layout import Layout
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from agent.explained import lines
from agent.records import Turn
from devices.home import Entity, Home
from devices.kinds import is_on

SHOWN = ("light", "climate", "switch", "cover", "lock", "media_player", "fan", "vacuum", "humidifier", "valve", "alarm_control_panel", "todo")
"""Domains of the rooms' view, in this order."""
HELP = "type to your home; /room NAME asks from another room, /quit ends"
REASONS = 3
"""Of a turn that are shown; `hearth explain` tells all."""
LABELS = ("heard", "because", "rather than")
LEAST_ROOMS = 8
"""Lines that the rooms keep."""


@dataclass
class View:
    """What the screen shows."""

    area: str | None = None
    typed: str = ""
    turn: Turn | None = None
    notes: list[str] = field(default_factory=list)
    rings: tuple[str, ...] = ()
    """What is said of each alarm and timer that rings."""
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    """There is something new to show."""

    def note(self, text: str) -> None:
        self.notes = [*self.notes[-2:], text]
        self.changed.set()

    def ring(self, rings: tuple[str, ...]) -> None:
        self.rings = rings
        self.changed.set()


def picture(home: Home, link: str, view: View, height: int) -> RenderableType:
    """The whole screen, `height` lines: the prompt always, then the last turn, and of the rooms as much as there is room for."""
    area = home.areas.get(view.area or "")
    prompt = Text.assemble((f"{area.name if area else 'home'} > ", "bold cyan"), view.typed, ("▏", "cyan"))
    told = [Text(f"{link} · {len(home.entities)} things · {HELP}", style="dim", no_wrap=True, overflow="ellipsis")]
    told += [Text(note, style="yellow", no_wrap=True, overflow="ellipsis") for note in view.notes]
    told += [Text(f"ringing: {said} (say stop)", style="bold yellow", no_wrap=True, overflow="ellipsis") for said in view.rings[:3]]
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
