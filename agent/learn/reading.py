"""The learners' step that retrains the reading: when, from what, and what is kept of it. The work itself is another process's (agent.retraining)."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from agent.codec import decode, encode
from agent.database import open_readable
from agent.learn.gate import Replay
from agent.learn.retrain import LEAST, Examples, is_due
from agent.records import Retrained
from agent.understand.correction import shipped
from devices.home import Home

Order = Mapping[str, Any]
"""corrected, guessed: [words, intent]; outside: words; good: labels of turns; home: a Home; weights: those in use."""
Retrain = Callable[[Order], Mapping[str, Any]]
"""Order -> {"weights", "turns", "changed"}: a new correction, and what the replay of the good turns found."""
NOTHING: Mapping[str, Any] = {"weights": "", "turns": 0, "changed": ()}
UNLEARNED = "SELECT json_extract(record, '$.value') FROM preference WHERE json_extract(record, '$.topic') = 'unlearned'"


def kept(folder: Path) -> tuple[Retrained | None, tuple[str, ...]]:
    """The reading as it was last retrained, and the words that somebody had the agent forget."""
    db = open_readable(folder)
    try:
        row = db.execute("SELECT record FROM retrained").fetchone()
        unlearned = tuple(str(words) for (words,) in db.execute(UNLEARNED))
    finally:
        db.close()
    return (decode(Retrained, row[0]) if row else None), unlearned


def retrained(before: Retrained | None, found: Examples, home: Home, retrain: Retrain) -> Retrained | None:
    """What is kept from now on: what was there, where there is nothing to do; None where nothing is left to learn from."""
    now, was = found.sentences, before if before is not None and before.model == shipped() else Retrained()
    if len(now) < LEAST:
        return None
    against = set(was.changed) - {label.transcript for label in found.good}
    if not is_due(now, was.tried) and not against:
        return before  # as long as the requests that spoke against it are asked for here
    old = was if set(was.sentences) <= set(now) else replace(was, sentences=(), weights="")
    made = retrain(order_of(found, home, old.weights))
    turns, changed = int(made["turns"]), tuple(map(str, made["changed"]))
    if Replay(turns, changed).passes:
        return Retrained(now, turns, changed, True, now, str(made["weights"]), shipped())
    return Retrained(now, turns, changed, False, old.sentences, old.weights, shipped())


def order_of(found: Examples, home: Home, weights: str) -> Order:
    """What the retraining process is asked; `weights` are those in use."""
    return {
        "corrected": [(e.text, e.intent) for e in found.corrected],
        "guessed": [(e.text, e.intent) for e in found.guessed],
        "outside": found.outside,
        "good": [encode(label) for label in found.good],
        "home": encode(home),
        "weights": weights,
    }


def told(folder: Path) -> dict[str, Any]:
    """The line of the learners' report; nothing where nothing was ever retrained."""
    found, _ = kept(folder)
    if found is None:
        return {}
    return {"reading": {"labels": len(found.tried), "turns": found.turns, "changed": len(found.changed), "taken": found.taken}}


def in_its_process(without: Sequence[str]) -> Retrain:
    """Retraining in a process that has the model while it works and ends with it; one that fails (it says why) has found nothing.

    `without`: the disabled skills.
    """

    def retrain(order: Order) -> Mapping[str, Any]:
        asked = json.dumps({**order, "without": list(without)})
        alone = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # it may take its time: one core is enough
        done = subprocess.run([sys.executable, "-m", "agent.retraining"], input=asked, stdout=subprocess.PIPE, text=True, check=False, env=alone)
        answer: Mapping[str, Any] = json.loads(done.stdout) if done.returncode == 0 else NOTHING
        return answer

    return retrain
