"""What was learned, shown to people: the learners' report in words, and the pairs as a table."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from agent.records import Learned, Taught

STYLES = {"serving": "green", "shadow": "dim", "suspended": "red"}


def report(made: Mapping[str, Any]) -> str:
    """ "Read 120 turns: 7 second tries in 98 episodes. Pairs: 3 serving, 9 shadow."."""
    told = ", ".join(f"{n} {state}" for state, n in made["rewrites"].items()) or "none"
    return f"Read {made['turns']} turns: {made['rephrases']} second tries in {sum(made['episodes'].values())} episodes. Pairs: {told}."


def pairs_table(pairs: Sequence[Learned], taught: Sequence[Taught], policy: int) -> Table:
    """Taught phrases first, then learned pairs: served ones before the others."""
    table = Table("who", "said", "means", "is", "seen", "won:lost", title=f"What was taught and learned (policy {policy})", title_justify="left")
    for lesson in taught:
        table.add_row(lesson.speaker or "everybody", Text(lesson.phrase), Text(lesson.sentence), Text("taught", "green"), "", "")
    for pair in sorted(pairs, key=lambda p: (p.state != "serving", p.state, p.speaker, p.source)):
        where = f" ({', '.join(pair.areas)})" if pair.areas else ""
        state = Text(pair.state, STYLES[pair.state])
        if pair.why:
            state.append(f": {pair.why}", "dim")
        who, balance = pair.speaker or "household", f"{pair.wins}:{pair.losses}"
        table.add_row(who, Text(pair.source + where), Text(pair.target), state, str(pair.episodes), balance)
    if not table.row_count:
        table.caption = "Nothing yet."
    return table
