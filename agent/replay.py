"""A span of the log again, as Hearth would take it now: with what it has learned, or without; side by side with how it went.

The home is the one that was kept when the learners last ran; what its people and devices did in the span is played as it was logged, what the
agent did comes of the replay itself. Nothing real is touched: the home and the log of a replay are thrown away.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from agent.hearth import Hearth
from agent.records import Outcome, Turn
from devices.commands import Command

Move = tuple[datetime, str, str, str]
"""(when, entity_id, state, by)"""


@dataclass(frozen=True, slots=True)
class Compared:
    """A turn as it went and as it would go now."""

    turn: str
    at: datetime
    text: str
    then: tuple[Outcome, str]
    now: tuple[Outcome, str]
    rewrite: str = ""
    """What it is read as now."""

    @property
    def same(self) -> bool:
        return self.then == self.now


async def replay(turns: Sequence[Turn], moves: Iterable[Move], agent: Hearth) -> tuple[Compared, ...]:
    """Every turn once more on `agent`, whose home stands at the beginning of the span; what others moved in between is moved."""
    waiting = sorted((m for m in moves if m[3] != "agent"), key=lambda m: m[0])
    found = []
    for turn in turns:
        while waiting and waiting[0][0] <= turn.request.at:
            _at, entity_id, state, by = waiting.pop(0)
            agent.live.update(entity_id, state, by=by)
        await agent.fall_due(turn.request.at)
        again = await agent.turn(turn.request)
        rewritten = again.rewrite.target if again.rewrite and not again.rewrite.held else ""
        found.append(Compared(turn.id, turn.request.at, turn.request.text, gist(turn), gist(again), rewritten))
    return tuple(found)


def gist(turn: Turn) -> tuple[Outcome, str]:
    """What a turn came to: its outcome, and what it did or said."""
    commands = [r.command for r in turn.results] or list(turn.proposed)
    return turn.outcome, "; ".join(map(_told, commands)) or (turn.say if turn.outcome in ("answer", "ask") and not commands else "")


def _told(command: Command) -> str:
    data = " ".join(f"{k}={v}" for k, v in sorted(command.data.items()))
    return f"{command.service} {', '.join(command.entity_ids)} {data}".strip()


OUTCOMES: Mapping[Outcome, str] = {
    "act": "",
    "answer": "says: ",
    "ask": "asks: ",
    "confirm": "asks before: ",
    "schedule": "later: ",
    "decline": "does not know",
    "ignore": "takes it for talk",
}
"""Outcome -> how what it came to is told."""


def table(compared: Sequence[Compared]) -> RenderableType:
    """The turns that go otherwise now, and how many go as they went."""
    same = sum(row.same for row in compared)
    told = Text(f"{same} of {len(compared)} turns go as they went.")
    if same == len(compared):
        return told
    shown = Table(title="Turns that would go otherwise now", title_justify="left", show_lines=True)
    for name in ("turn", "heard", "went", "would go now"):
        shown.add_column(name, no_wrap=name == "turn")
    for row in compared:
        if not row.same:
            now = Text(OUTCOMES[row.now[0]] + row.now[1])
            if row.rewrite:
                now.append(f" (taken as “{row.rewrite}”)", "dim")
            shown.add_row(row.turn, Text(row.text), Text(OUTCOMES[row.then[0]] + row.then[1]), now)
    return Group(shown, told)
