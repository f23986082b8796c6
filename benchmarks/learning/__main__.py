"""Does learning help? Households live for weeks with the agent, with and without its learners; a judge scores what they wanted.

    python -m benchmarks.learning --homes 200 --days 60 --turns 30 --rates 5,10,20 --jobs 2 [--seed 1] [--out FOLDER] [--quick]

World, agents (`hearth pipe`) and judge are separate processes. The arms of a home hear the same people in strict time order. The page is printed
and written to FOLDER (learning.txt, .json, .svg); finished homes are kept there, so that a run that was stopped goes on. A home of 60 days takes
about half a minute an arm. `--quick`: 6 homes of 20 days. `--only` parts: main, canaries, habits, hostile.
"""

import argparse
import json
import time
from pathlib import Path
from typing import Any

from benchmarks.learning import bars, canaries, habits, hostile, report
from benchmarks.learning.figures import Figure
from benchmarks.learning.runner import run
from benchmarks.learning.world import done

PARTS = ("main", "canaries", "habits", "hostile")


def gathered(folder: Path, kind: str) -> list[dict[str, Any]]:
    return [row for path in sorted(folder.glob(f"{kind}-*.json*")) for row in done(path)]


def sections(folder: Path, rates: list[float]) -> tuple[dict[str, list[Figure]], bars.Runs, dict[str, int]]:
    runs = bars.by_run([*gathered(folder, "main"), *gathered(folder, "canary")])
    points, confusion = bars.failure_points(runs, rates)
    found = {
        "Defects (first requests that missed their goal; a question that names it counts half), last quarter": [*bars.defects_cut(runs, rates)],
        "Rewrites": [*bars.served(runs, rates), *bars.until_fixed(runs, rates), *bars.changed(runs, rates)],
        "Habits": [*habits.figures(gathered(folder, "habits"))],
        "Failure points and labels, without learning": [*points, *bars.labels(runs, rates)],
        "Harm": [*hostile.figures(gathered(folder, "hostile"))],
        "Canaries": [*canaries.figures(runs, gathered(folder, "same"))],
    }
    return {title: figures for title, figures in found.items() if figures}, runs, confusion


def parsed(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.learning", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--homes", type=int, default=200)
    parser.add_argument("--days", type=int, default=60)
    parser.add_argument("--turns", type=int, default=30, help="turns a day, second tries among them")
    parser.add_argument("--rates", default="5,10,20", help="base defect rates in per cent")
    parser.add_argument("--jobs", type=int, default=2, help="homes at a time")
    parser.add_argument("--seed", type=int, default=1, help="the first home's; each has the next")
    parser.add_argument("--mirror", type=int, default=1, help="the counterfactual agent runs in each n-th home")
    parser.add_argument("--as-shipped", dest="reading", action="store_false", help="the trained model is not retrained: half of a home's time")
    parser.add_argument("--canaries", type=int, help="homes for canaries and hostile people (default: a tenth)")
    parser.add_argument("--habit-homes", type=int, help="homes for habits (default: a fifth)")
    parser.add_argument("--only", default=",".join(PARTS), help="parts to run, of " + ",".join(PARTS))
    parser.add_argument("--store", help="folder for the agents' temporary stores")
    parser.add_argument("--out", type=Path, default=Path("learning-report"))
    parser.add_argument("--quick", action="store_true", help="6 homes of 20 days")
    options = parser.parse_args(arguments)
    if options.quick:
        options.homes, options.days = 6, 20
    options.rates = [float(r) / 100 for r in options.rates.split(",")]
    options.only = options.only.split(",")
    options.canaries = options.canaries or max(2, options.homes // 10)
    options.habit_homes = options.habit_homes or max(2, options.homes // 5)
    return options


def main() -> int:
    options = parsed()
    folder: Path = options.out
    folder.mkdir(parents=True, exist_ok=True)
    about = {k: getattr(options, k) for k in ("homes", "days", "turns", "seed", "rates", "canaries", "habit_homes", "mirror", "reading")}
    mark = folder / "about.json"
    world = {k: about[k] for k in ("days", "turns")}
    if mark.exists() and json.loads(mark.read_text()) != world:
        print(f"{folder} holds homes of another run ({mark.read_text()}): give another --out, or delete it.")
        return 2
    mark.write_text(json.dumps(world))
    began = time.perf_counter()
    run(options, folder)
    about["seconds"] = round(time.perf_counter() - began)
    found, runs, confusion = sections(folder, options.rates)
    text = report.page(found, confusion, about)
    report.write(folder, text, found, runs, confusion, about)
    print(text)
    print(f"\n{about['seconds']} s; written to {folder}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
