#!/usr/bin/env python3
"""Scores the understanding alone (agent.understand.reader.Reader) on the sets of ../shared/eval: intents and slots, without resolving or acting.

    .venv/bin/python -m benchmarks.understand ha_tests_2026 slurp        # named sets; default: all
    .venv/bin/python -m benchmarks.understand --exact slurp              # phrases only, the trained model off
    .venv/bin/python -m benchmarks.understand --scale 5000               # milliseconds a sentence at 34, 500 and 5,000 entities, beside hassil

Judged by ../shared/eval/score.py itself. What only resolution can add is given: an open place is the speaker's room. The shipped model was trained
on these halves: for the sets of people's own words the cross-validated figures (agent/models/understand/scores.json) are the ones that count.
"""

import argparse
import json
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from agent.app import skills
from agent.records import Context, Hypothesis
from agent.understand.reader import Reader
from benchmarks.peer import Peer
from training.data import SHARED
from training.scoring import NOW, Judge, home_of

SETS = ("ha_tests_2026", "ha_tests_2025", "slurp", "nlu_eval", "snips2017", "clinc150", "homellm_actions", "homellm_status", "homellm_multi")
FORMS = (
    "turn on the {room} light",
    "set the {room} light to {n} percent",
    "what is the temperature in the {room}",
    "close the blinds in the {room}",
    "set a timer for {n} minutes",
    "turn off everything in the {room}",
    "set the heating in the {room} to {t} degrees",
    "is the {room} light on",
    "please switch the lights in the {room} off",
)
WARM = 20
"""Sentences that are not counted."""
PADDING = ("amber", "birch", "cedar", "delta", "ember")


def scored(name: str, reader: Reader, judge: Judge, limit: int) -> list[float]:
    """Counts a set's rows; milliseconds of each."""
    rows = judge.rows(name)
    if limit and len(rows) > limit:
        rows = sorted(random.Random(7).sample(rows, limit), key=lambda r: str(r["house"]))
    taken = []
    for row in rows:
        started = time.perf_counter()
        judge.row(name, row, reader)
        taken.append((time.perf_counter() - started) * 1e3)
    return taken


def scale(reader: Reader, most: int) -> None:
    """Milliseconds of the same sentences in ever larger homes, ours and the peer's by turns."""
    base = json.loads((SHARED / "houses" / "stress.json").read_text())
    base = base if "entities" in base else base["stress"]
    rooms = [r["name"].lower() for r in base["areas"]]
    for n in (len(base["entities"]), most // 10, most):
        context, rnd = Context(NOW, home_of(padded(base, n)), "living_room"), random.Random(3)
        peer = Peer(context.home)
        ours: list[float] = []
        theirs: list[float] = []
        for k in range(1000):
            text = rnd.choice(FORMS).format(room=rnd.choice(rooms), n=rnd.randint(2, 99), t=rnd.randint(16, 24))
            mine = timed(reader.understand, (Hypothesis(text),), context)
            other = timed(peer.understands, text, context)
            if k >= WARM:
                ours.append(mine)
                theirs.append(other)
        ratio = statistics.median(ours) / statistics.median(theirs)
        print(json.dumps({"entities": n, "ms": percentiles(ours), "peer_ms": percentiles(theirs), "p50_ratio": round(ratio, 3)}), flush=True)


def padded(base: dict[str, Any], entities: int) -> dict[str, Any]:
    """The house with lamps added up to so many entities."""
    house: dict[str, Any] = json.loads(json.dumps(base))
    for i in range(entities - len(house["entities"])):
        area = house["areas"][i % len(house["areas"])]["area_id"]
        name = f"{PADDING[i % 5]} lamp {i}"
        house["entities"].append({"entity_id": f"light.pad_{i}", "name": name, "area": area, "domain": "light", "state": "off"})
    return house


def timed(work: Callable[..., object], *given: object) -> float:
    """Milliseconds."""
    started = time.perf_counter()
    work(*given)
    return (time.perf_counter() - started) * 1e3


def percentiles(ms: list[float]) -> dict[str, float]:
    ordered = sorted(ms)
    return {f"p{q}": round(ordered[min(len(ordered) - 1, int(q / 100 * len(ordered)))], 3) for q in (50, 95, 99, 100)} if ordered else {}


def main() -> None:
    parser = argparse.ArgumentParser(description="Scores the understanding alone.")
    parser.add_argument("sets", nargs="*")
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--misses", type=Path)
    parser.add_argument("--scale", type=int, default=0)
    parser.add_argument("--exact", action="store_true", help="the trained model off")
    options = parser.parse_args()
    started = time.perf_counter()
    reader = Reader.open(skills())
    print(json.dumps({"grammar_s": round(time.perf_counter() - started, 3)}))
    if options.exact:
        reader.without_model()
    else:
        reader.wait(60)
    if options.scale:
        scale(reader, options.scale)
        return
    judge = Judge()
    for name in options.sets or SETS:
        taken = scored(name, reader, judge, options.limit)
        print(json.dumps({name: {**judge.report()[name], "ms": percentiles(taken)}}), flush=True)
    if options.misses:
        options.misses.write_text("".join(json.dumps(m) + "\n" for m in judge.misses))


if __name__ == "__main__":
    main()
