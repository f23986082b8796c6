#!/usr/bin/env python3
"""Scores the understanding alone (agent.understand.reader.Reader) on the sets of ../shared/eval: intents and slots, without resolving or acting.

    .venv/bin/python benchmarks/understand.py ha_tests_2026 slurp        # named sets; default: all
    .venv/bin/python benchmarks/understand.py --exact slurp              # phrases only, the trained model off
    .venv/bin/python benchmarks/understand.py --scale 5000               # milliseconds a sentence against the number of entities

Judged by ../shared/eval/score.py itself. What only resolution can add is given: a reading that leaves the place open is taken to mean the speaker's room.
"""

import argparse
import importlib.util
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from agent.app import skills
from agent.records import Context, Hypothesis
from agent.understand.reader import Reader
from devices.home import Area, Entity, Floor, Home
from devices.kinds import infer

SHARED = Path(__file__).parents[1].parent / "shared" / "eval"
SETS = ("ha_tests_2026", "ha_tests_2025", "slurp", "nlu_eval", "snips2017", "clinc150", "homellm_actions", "homellm_status", "homellm_multi")
HOUSES = {"ha_tests_2026": "ha2026", "ha_tests_2025": "ha2025", "hads_e2e": "hads"}
NOW = datetime(2026, 3, 10, 10, tzinfo=UTC)
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


def scorer() -> ModuleType:
    """../shared/eval/score.py as a module."""
    spec = importlib.util.spec_from_file_location("hearth_score", SHARED / "score.py")
    if spec is None or spec.loader is None:
        sys.exit(f"{SHARED} is missing: the evaluation sets lie beside the project.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def home_of(house: Mapping[str, Any]) -> Home:
    """A house of the evaluation sets as a home."""
    entities = {}
    for e in house["entities"]:
        domain = e.get("domain") or e["entity_id"].partition(".")[0]
        attributes = e.get("attributes") or {}
        kind = e.get("kind") or infer(e["name"], domain, attributes.get("device_class"), attributes=attributes)
        entities[e["entity_id"]] = Entity(e["entity_id"], e["name"], tuple(e.get("aliases") or ()), e.get("area"), None, domain, kind, str(e.get("state")), attributes)
    areas = {a["area_id"]: Area(a["area_id"], a["name"], tuple(a.get("aliases") or ()), a.get("floor")) for a in house["areas"]}
    floors = {f["floor_id"]: Floor(f["floor_id"], f["name"]) for f in house.get("floors") or []}
    return Home(areas=areas, floors=floors, entities=entities)


def area_id(home: Home, said: str | None) -> str | None:
    wanted = (said or "").strip("_").replace("_", " ").casefold()
    return next((i for i, a in home.areas.items() if wanted and wanted in (a.name.casefold(), i.replace("_", " ").casefold())), None)


@dataclass
class Run:
    """The counts of one set."""

    count: Counter[str]
    ms: list[float]
    misses: list[dict[str, Any]]


def run_set(name: str, reader: Reader, limit: int, score: ModuleType) -> Run:
    rows = [json.loads(line) for line in (SHARED / f"{name}.jsonl").read_text().splitlines()]
    if limit and len(rows) > limit:
        rows = random.Random(7).sample(rows, limit)
    stem = HOUSES.get(name, "homellm" if name.startswith("homellm") else "stress")
    houses = json.loads((SHARED / "houses" / f"{stem}.json").read_text())
    houses = {houses["house"]: houses} if "entities" in houses else houses
    run = Run(Counter(), [], [])
    for key in sorted({r["house"] for r in rows}):
        mine = [r for r in rows if r["house"] == key]
        house = score.house_of(houses, key, [(r.get("context") or {}).get("area") for r in mine])
        home = home_of(house)
        for row in mine:
            context = Context(NOW, home, area_id(home, (row.get("context") or {}).get("area")))
            t = time.perf_counter()
            clauses = reader.understand((Hypothesis(row["text"]),), context)
            run.ms.append((time.perf_counter() - t) * 1e3)
            tops = [_with_room({"intent": c[0].intent, "slots": dict(c[0].slots)}, context) for c in clauses if c]
            turn = {"outcome": "act" if tops else "decline", "interpretations": tops[:1], "actions": [], "targets": []}
            top = tops[0] if tops else {"intent": None, "slots": {}}
            if row["intent"] == "MULTI":
                good = _multi(row, tops, run.count)
            else:
                good = score.judge("ha_tests" if name.startswith("ha_tests") else "set", row, turn, bool(tops), tops, top, house, {}, run.count)
            if not good:
                run.misses.append({"set": name, "id": row["id"], "text": row["text"], "want": [row["intent"], row.get("accept"), row.get("slots")], "got": [[x["intent"], x["slots"]] for x in tops], "by": [c[0].by for c in clauses if c]})
    return run


def _multi(row: Mapping[str, Any], tops: list[dict[str, Any]], count: Counter[str]) -> bool:
    """The intents in order; a list of names stands for as many commands."""
    have = [t["intent"] for t in tops for _ in range(len(t["slots"]["name"]) if isinstance(t["slots"].get("name"), list) else 1)]
    want = [{a["intent"], *a["accept"]} for a in row["actions"]]
    good = len(have) == len(want) and all(h in w for h, w in zip(have, want, strict=True))
    count["rows"] += 1
    count["multi_n"] += 1
    count["multi"] += good
    return good


def _with_room(top: dict[str, Any], context: Context) -> dict[str, Any]:
    """What resolution adds: an open place is the speaker's room."""
    slots = top["slots"]
    if context.area and not slots.keys() & {"area", "floor", "name"} and (slots.keys() & {"domain", "device_class"} or top["intent"].startswith(("HassMedia", "HassSetVolume", "HassClimate", "HassLight"))):
        slots["area"] = context.home.areas[context.area].name
    return top


def scale(reader: Reader, most: int) -> None:
    base = json.loads((SHARED / "houses" / "stress.json").read_text())["stress"]
    rooms = [r["name"].lower() for r in base["areas"]]
    for n in (len(base["entities"]), most // 10, most):
        house = json.loads(json.dumps(base))
        for i in range(n - len(house["entities"])):
            name = f"{['amber', 'birch', 'cedar', 'delta', 'ember'][i % 5]} lamp {i}"
            house["entities"].append({"entity_id": f"light.pad_{i}", "name": name, "area": house["areas"][i % len(house["areas"])]["area_id"], "domain": "light", "state": "off"})
        home, rnd, ms = home_of(house), random.Random(3), []
        context = Context(NOW, home, "living_room")
        for k in range(1000):
            text = rnd.choice(FORMS).format(room=rnd.choice(rooms), n=rnd.randint(2, 99), t=rnd.randint(16, 24))
            t = time.perf_counter()
            reader.understand((Hypothesis(text),), context)
            if k >= 20:
                ms.append((time.perf_counter() - t) * 1e3)
        print(json.dumps({"entities": n, "ms": percentiles(ms)}), flush=True)


def percentiles(ms: list[float]) -> dict[str, float]:
    ordered = sorted(ms)
    return {f"p{q}": round(ordered[min(len(ordered) - 1, int(q / 100 * len(ordered)))], 3) for q in (50, 95, 99, 100)} if ordered else {}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0] if __doc__ else "")
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
    score, lines = scorer(), []
    for name in options.sets or SETS:
        run = run_set(name, reader, options.limit, score)
        report = score.report("ha_tests" if name.startswith("ha_tests") else "set", run.count, [])
        print(json.dumps({name: {**report, "ms": percentiles(run.ms)}}), flush=True)
        lines += [json.dumps(m) for m in run.misses]
    if options.misses:
        options.misses.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
