"""What was learned, shown to people: the learners' report in words, and the pairs as a table."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from agent.records import Learned, Retrained, RewriteState, Taught

STATES: Mapping[RewriteState, tuple[str, str]] = {"serving": ("used", "green"), "shadow": ("not used", "yellow"), "suspended": ("stopped", "red")}
"""State -> what people call it, its colour."""
GUARDS: Mapping[str, str] = {
    "proven": "these words go well as they are",
    "grave": "what needs a yes is never learned",
    "riskier": "it would do something riskier than the words",
    "direction": "it would do the contrary of the words",
    "scope": "it would reach more things than the words",
    "numbers": "it has a number that nobody said",
    "time": "a time was said",
    "question": "a question never acts",
    "elsewhere": "the words ask for something that no home does",
}
"""Rule of agent.guard -> why nothing was learned, in people's words."""


def report(made: Mapping[str, Any]) -> str:
    """ "120 turns read: 7 were said again, 9 failed. Learned: 3 used, 9 not used."."""
    failed = sum(n for stage, n in made["failures"].items() if stage != "correct")
    told = ", ".join(f"{n} {STATES[state][0]}" for state, n in made["rewrites"].items()) or "nothing yet"
    said = f"{made['turns']} turns read: {made['rephrases']} were said again, {failed} failed. Learned: {told}."
    reading = made.get("reading")
    return f"{said} {_reading(reading['labels'], reading['turns'], reading['changed'], reading['taken'])}" if reading else said


def retrained_told(found: Retrained) -> str:
    """The same of the reading alone, and the requests that stood against it."""
    said = _reading(len(found.tried), found.turns, len(found.changed), found.taken)
    against = "; ".join(dict.fromkeys(found.changed)) if not found.taken else ""
    return f"{said} Read otherwise: {against}." if against else said


def _reading(labels: int, turns: int, changed: int, taken: bool) -> str:
    if taken:
        return f"Unclear words are read by {labels} corrected sentences too."
    why = f"{changed} of {turns} good requests would be read otherwise" if turns else "there is no good request yet to try them on"
    return f"{labels} corrected sentences are not used: {why}."


def pairs_table(pairs: Sequence[Learned], taught: Sequence[Taught], policy: int) -> RenderableType:
    """What was taught and is used, then what no longer is, then what is not: each pair with what speaks for it and what against it."""
    parts = [_table(head, [p for p in pairs if p.state == state], taught if state == "serving" else ()) for state, head in HEADS.items()]
    shown = [part for part in parts if part.row_count]
    if shown:
        return Group(*shown, Text(f"This is version {policy} of what is used.", "dim"))
    return Text("Nothing was taught or learned yet. `hearth learn` runs the learners now; else they run at night.")


HEADS: Mapping[RewriteState, str] = {
    "serving": "What was taught and learned", "suspended": "What I have stopped using", "shadow": "What I do not use",
}  # fmt: skip
"""State -> what stands over its pairs, in the order they are shown."""


def _table(title: str, pairs: Sequence[Learned], taught: Sequence[Taught]) -> Table:
    table = Table(title=title, title_justify="left", show_lines=True)
    for name in ("who", "said", "is taken as"):
        table.add_column(name)
    table.add_column("", ratio=1)
    for lesson in taught:
        table.add_row(Text(lesson.speaker or "everybody"), Text(lesson.phrase), Text(lesson.sentence), Text("taught", "green"))
    for pair in sorted(pairs, key=lambda p: (p.speaker, p.source)):
        where = f" ({', '.join(area.replace('_', ' ') for area in pair.areas)})" if pair.areas else ""
        called = f"… {pair.source} …" if pair.part else pair.source
        table.add_row(Text(pair.speaker or "everybody"), Text(called + where), Text(pair.target), _standing(pair))
    return table


def _standing(pair: Learned) -> Text:
    """ "used", and what it rests on."""
    name, colour = STATES[pair.state]
    why = _why(pair.why)
    n = pair.wins + pair.losses
    served = f", used {_times(n)}" + (f", wrong {_times(pair.losses)}" if pair.losses else "") if n else ""
    return Text.assemble((f"{name}: {why}" if why else name, colour), "\n", (f"meant so {_times(pair.episodes)}{served}", "dim"))


def _why(told: str) -> str:
    rule = told.removeprefix("guarded: ")
    return GUARDS.get(rule, told) if rule != told else told


def _times(n: int) -> str:
    return {1: "once", 2: "twice"}.get(n, f"{n} times")
