"""A turn as people read it: what was heard, what was meant and why, what was done and verified, and the time each stage took."""

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from agent.failure_table import STAGES
from agent.records import Failure, Turn

VERIFIED = {True: "verified by the device", False: "not done", None: "the device reports nothing"}


def explained(turn: Turn, failure: Failure | None = None) -> RenderableType:
    """The whole trace, and what the learners found of it since; texts of people and devices are shown as they are, never read as markup."""
    rows = Table.grid(padding=(0, 2))
    rows.add_column(style="bold")
    rows.add_column()
    for name, value in (*lines(turn), *judged(failure)):
        rows.add_row(name, Text(value))
    return Group(rows, Text(_times(turn), style="dim"))


def lines(turn: Turn) -> list[tuple[str, str]]:
    """(what, text) of everything a turn has to tell."""
    found = [("heard", turn.request.text)]
    if turn.text != turn.request.text:
        found.append(("taken as", turn.text))
    if turn.rewrite and not turn.rewrite.held:
        found.append(("rewritten", f"{turn.rewrite.target} ({turn.rewrite.layer})"))
    for resolution in turn.resolutions:
        slots = ", ".join(f"{k}={v}" for k, v in resolution.slots.items())
        found.append(
            ("meant", f"{resolution.intent}({slots}) {', '.join(resolution.targets)}  confidence {resolution.interpretation.confidence:.2f}")
        )
        found += [("because", f"{w.signal} {w.weight:+.1f}  {w.candidate}") for w in resolution.why[:6]]
        found += [("rather than", f"{u.intent} {', '.join(u.targets[:3])} {u.score:.1f}") for u in resolution.runners_up[:2]]
    found += [
        ("done", f"{r.command.service} {', '.join(r.command.entity_ids)} {dict(r.command.data) or ''}: {VERIFIED[r.verified]}") for r in turn.results
    ]
    if turn.outcome == "confirm":
        found.append(("waiting", f"for a yes ({turn.risk})"))
    found.append(("said", turn.say or f"nothing ({turn.outcome})"))
    if turn.error:
        found.append(("stopped at", f"{turn.stopped_at}: {turn.error}"))
    return found


def judged(failure: Failure | None) -> list[tuple[str, str]]:
    """Where it failed first, as people showed afterwards; nothing before the learners have seen it."""
    if failure is None:
        return []
    name, _, _ = STAGES[failure.stage]
    return [("judged", f"{name}, {failure.confidence:.0%} sure"), *([("for", failure.why)] if failure.why else [])]


def _times(turn: Turn) -> str:
    return "  ".join(f"{stage} {seconds * 1000:.1f} ms" for stage, seconds in turn.seconds.items())
