"""Canaries: worlds in which learning can do nothing, or must do the same; a benchmark that sees a benefit there measures itself.

shuffled: everybody reacts as to the turn before: no benefit. clean: no slips, no private words: no rewrite is served. renamed: other ids and names:
the same figures. identical: an agent that learns each night and was told to use nothing of it answers, byte for byte (but for ms), as one whose
learners never ran.
"""

import json
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks.learning.bars import Runs, cut, pairs
from benchmarks.learning.figures import Figure
from benchmarks.learning.world import FAILS, NIGHT, Agent, Task
from simulators.household import START, household

RATE = 0.1
"""The base defect rate of the canaries' worlds."""


def tasks(homes: range, days: int, turns: int) -> Iterator[Task]:
    for home in homes:
        for variant in ("shuffled", "renamed"):
            for arm in ("off", "on"):
                yield Task(home, RATE, days, turns, arm, variant, mirrored=False)
        yield Task(home, RATE, days, turns, "on", "clean", mirrored=False)


def identical(home: int, days: int, turns: int) -> dict[str, Any]:
    """Two agents that were told to use nothing of what they learn hear the same lines: the learners of one never run, those of the other each night.

    {"home", "lines", "count" of answers that differ, "different": [first of them]}.
    """
    people = household(home, RATE / FAILS, days, turns)
    different: list[str] = []
    lines = 0
    with tempfile.TemporaryDirectory() as folder, ExitStack() as agents:
        settings = Path(folder, "settings.yaml")
        settings.write_text("learning: {hold_out: 0}\n")
        one, other = (agents.enter_context(Agent(people.home.file, settings)) for _ in range(2))
        for agent in (one, other):
            agent.tell({"type": "say", "text": "stop using what you learned", "at": START.isoformat()})

        def tell(line: dict[str, Any]) -> dict[str, Any]:
            nonlocal lines
            lines += 1
            first, second = one.tell(line), other.tell(line)
            if _bytes(first) != _bytes(second):
                different.append(f"{line}: {_bytes(first)[:300]} != {_bytes(second)[:300]}")
            return first

        for day in range(days):
            for episode in people.day(day):
                for _ in people.play(episode, tell):
                    pass
            other.tell({"type": "learn", "at": (START + timedelta(days=day) + NIGHT).isoformat()})
    return {"home": home, "lines": lines, "count": len(different), "different": different[:1]}


def _bytes(answer: dict[str, Any]) -> str:
    return json.dumps({k: v for k, v in answer.items() if k != "ms"}, sort_keys=False)


def figures(runs: Runs, same: list[dict[str, Any]]) -> Iterator[Figure]:
    shuffled = cut("canary, shuffled reactions: defects cut", pairs(runs, "shuffled", RATE, "on", "off"))
    if shuffled.value is not None and shuffled.low is not None:
        yield Figure(shuffled.name, shuffled.value, shuffled.n, "homes", shuffled.low, shuffled.high, "no benefit", shuffled.low <= 0)
    clean = runs.get(("clean", RATE, "on"), {})
    if clean:
        served = sum(s["counts"].get("served", 0) for s in clean.values())
        turns = sum(s["counts"]["turns"] for s in clean.values())
        yield Figure("canary, clean world: rewrites served", served, turns, "turns", bar="0", met=served == 0)
    renamed = pairs(runs, "renamed", RATE, "on", "off")
    if renamed:
        homes = runs["renamed", RATE, "on"].keys()
        kept = {key: {h: s for h, s in found.items() if h in homes} for key, found in runs.items() if key[0] == "main"}
        plain = cut("", pairs(kept, "main", RATE, "on", "off"))
        found = cut("canary, renamed: defects cut", renamed)
        if found.value is not None and plain.value is not None:
            near = plain.low is not None and plain.high is not None and plain.low - 0.02 <= found.value <= plain.high + 0.02
            note = f"with the old names {plain.value:.1%} in the same homes"
            yield Figure(found.name, found.value, found.n, "homes", found.low, found.high, "as with the old names", near, note)
    if same:
        lines, count = sum(s["lines"] for s in same), sum(s["count"] for s in same)
        note = next((s["different"][0] for s in same if s["different"]), "")
        yield Figure("canary, learner off: answers that differ", count, lines, "lines", bar="0", met=count == 0, note=note)
