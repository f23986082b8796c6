"""Failure points, shown to people: how many turns failed where, the same by week as bars, and the requests behind the figures."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import get_args

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from agent.records import Failure, FailureStage

STAGES: Mapping[FailureStage, tuple[str, str, str]] = {
    "false_wake": ("false wake", "nobody had spoken to Hearth", "magenta"),
    "asr": ("misheard", "heard otherwise than it was said", "yellow"),
    "nlu": ("not understood", "heard rightly, understood wrongly", "red"),
    "entity_resolution": ("wrong thing", "understood, done to something else", "cyan"),
    "result": ("no result", "all was right, and it did not come about", "blue"),
    "correct": ("correct", "nothing was wrong, or it came right at once", "green"),
}
"""Stage -> what people call it, what it means, its colour."""
FAILED = tuple(stage for stage in STAGES if stage != "correct")
BY_WEEK = "Failures by week, from the Monday named"
BAR = 8
"""Characters of the longest bar."""
EIGHTHS = " ▏▎▍▌▋▊▉"
NOTHING = "Nothing is known yet: the learners have seen no turn. `hearth learn` runs them now."


@dataclass(frozen=True, slots=True)
class Judged:
    """A turn with its failure point: what was heard, and when (in the home's time)."""

    at: datetime
    heard: str
    failure: Failure


def by_name(said: str) -> FailureStage | None:
    """The stage that is meant, by either of its names."""
    wanted = said.casefold().replace(" ", "_")
    known = {**{name.replace(" ", "_"): stage for stage, (name, _, _) in STAGES.items()}, **{s: s for s in get_args(FailureStage)}}
    return known.get(wanted)


def failures_table(judged: Sequence[Judged], weeks: int) -> RenderableType:
    """The counts of all turns, then bars for the last weeks."""
    if not judged:
        return Text(NOTHING)
    counts = Counter(j.failure.stage for j in judged)
    first, last = min(j.at for j in judged), max(j.at for j in judged)
    table = Table(title=f"Where requests failed first, {_day(first.date())} to {_day(last.date())} {last:%Y}", title_justify="left")
    table.add_column("", min_width=max(len(name) for name, _, _ in STAGES.values()))
    table.add_column("turns", justify="right", min_width=5)
    table.add_column("share", justify="right", min_width=5)
    table.add_column("")
    for stage, (name, meaning, colour) in STAGES.items():
        table.add_row(Text(name, colour), str(counts[stage]), f"{counts[stage] / len(judged):.1%}", Text(meaning, "dim"))
    table.add_section()
    table.add_row("all", str(len(judged)), "", Text("`hearth misses` lists those that failed", "dim"))
    return Group(table, Text(), Text(BY_WEEK, "italic"), _bars(judged, weeks)) if len(judged) > counts["correct"] else table


def _bars(judged: Sequence[Judged], weeks: int) -> Table:
    """A row for each stage, a column for each of the last weeks; all bars have one scale."""
    by_week = Counter((_monday(j.at), j.failure.stage) for j in judged)
    turns = Counter(_monday(j.at) for j in judged)
    newest = max(turns)
    shown = [week for week in (newest - timedelta(weeks=n) for n in reversed(range(weeks))) if week >= min(turns)]
    most = max((by_week[week, stage] for week in shown for stage in FAILED), default=1) or 1
    table = Table(box=None, padding=(0, 1))
    table.add_column("", no_wrap=True)
    for week in shown:
        table.add_column(_day(week), no_wrap=True)
    for stage in FAILED:
        name, _, colour = STAGES[stage]
        table.add_row(Text(name, colour), *(_bar(by_week[week, stage], most, colour) for week in shown))
    table.add_row(Text("of turns", "dim"), *(Text(str(turns[week]), "dim") for week in shown))
    return table


def _bar(count: int, most: int, colour: str) -> Text:
    eighths = round(count / most * BAR * 8)
    full, rest = divmod(max(eighths, 1) if count else 0, 8)
    return Text.assemble(("█" * full + (EIGHTHS[rest] if rest else ""), colour), f" {count}" if count else "·")


def misses_table(judged: Sequence[Judged]) -> RenderableType:
    """The turns that failed, oldest first: what was heard, and why it is thought to have failed there."""
    if not judged:
        return Text("No turn has failed, as far as is known.")
    table = Table(show_lines=True)
    table.add_column("turn", no_wrap=True)
    table.add_column("failed at", no_wrap=True)
    table.add_column("heard, and why", ratio=1)
    for j in judged:
        name, _, colour = STAGES[j.failure.stage]
        when = Text.assemble(j.failure.turn, "\n", (f"{_day(j.at.date())} {j.at:%H:%M}", "dim"))
        where = Text.assemble((name, colour), "\n", (f"{j.failure.confidence:.0%} sure", "dim"))
        table.add_row(when, where, Text.assemble(j.heard or "(nothing)", "\n", (j.failure.why, "dim")))
    return table


def _monday(at: datetime) -> date:
    return at.date() - timedelta(days=at.weekday())


def _day(day: date) -> str:
    return f"{day.day} {day:%b}"
