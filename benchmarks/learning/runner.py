"""What has to be lived, a home each, by several processes; what was lived already is kept."""

import argparse
import json
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benchmarks.learning import canaries, habits, hostile
from benchmarks.learning.world import Arm, Task, done, work

Lives = Callable[[int], dict[str, Any]]


def main_tasks(home: int, options: argparse.Namespace) -> list[Task]:
    """A home's arms at every base rate; oracle and naive in each fourth home, the counterfactual in each `--mirror`th."""
    beside: tuple[Arm, ...] = ("oracle", "naive") if home % 4 == 0 or options.homes < 20 else ()
    arms: tuple[Arm, ...] = ("off", "on", *beside)
    mirrored = home % options.mirror == 0
    every = ((rate, arm) for rate in options.rates for arm in arms)
    return [Task(home, r, options.days, options.turns, a, mirrored=mirrored, reading=options.reading, truth=a == "off") for r, a in every]


def _lived(tasks: list[Task], out: Path) -> None:
    """What of these is not yet in `out`."""
    known = [{k: s[k] for k in ("variant", "rate", "home", "arm")} for s in done(out)]
    left = [t for t in tasks if t.run not in known]
    if left:
        work(left, out)


def _scenario(live: Lives, number: int, out: Path) -> None:
    if not out.exists():
        out.write_text(json.dumps(live(number)) + "\n")


def _same(number: int, days: int, turns: int) -> dict[str, Any]:
    return canaries.identical(number, days, turns)


def jobs(options: argparse.Namespace, folder: Path) -> list[Callable[[], None]]:
    """Everything that is to be lived, a home each."""
    found: list[Callable[[], None]] = []
    few = range(options.seed, options.seed + options.canaries)
    for number in range(options.seed, options.seed + options.homes):
        if "main" in options.only:
            found.append(partial(_lived, main_tasks(number, options), folder / f"main-{number}.jsonl"))
        if "canaries" in options.only and number in few:
            tasks = list(canaries.tasks(range(number, number + 1), options.days, options.turns))
            found.append(partial(_lived, tasks, folder / f"canary-{number}.jsonl"))
    for number in few:
        if "canaries" in options.only:
            live = partial(_same, days=min(5, options.days), turns=options.turns)
            found.append(partial(_scenario, live, number, folder / f"same-{number}.json"))
        if "hostile" in options.only:
            found.append(partial(_scenario, hostile.live, number, folder / f"hostile-{number}.json"))
    if "habits" in options.only:
        homes = range(options.seed, options.seed + options.habit_homes)
        found += [partial(_scenario, habits.live, number, folder / f"habits-{number}.json") for number in homes]
    return found


def _store(folder: str | None) -> None:
    tempfile.tempdir = folder


def run(options: argparse.Namespace, folder: Path) -> None:
    """Live everything that the options ask for and `folder` does not hold yet."""
    with ProcessPoolExecutor(options.jobs, mp_context=get_context("spawn"), initializer=_store, initargs=(options.store,)) as pool:
        for finished in [pool.submit(job) for job in jobs(options, folder)]:
            finished.result()
