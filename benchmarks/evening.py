#!/usr/bin/env python3
"""A scripted evening over the pipe, killed with kill -9 at random moments and started again on the same store.

    .venv/bin/python -m benchmarks.evening --kills 200

Afterwards: every turn that was answered is in the log, the store is whole, and every timer that was set has fired once (in the log) and was
never told twice.
"""

import argparse
import asyncio
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from agent.store import Store

HOME = Path(__file__).parents[1] / "tests" / "homes" / "flat.json"
SAID = (
    "turn on the floor lamp", "set a timer for one minute", "what is the temperature", "turn it off", "set a timer for two minutes",
    "unlock the front door", "no", "turn on the kitchen light in ten minutes", "when i say movie time dim the floor lamp", "movie time",
)  # fmt: skip


class Evening:
    """The world's side: what was said, answered, set and told."""

    def __init__(self, store: Path, seed: int) -> None:
        self.store, self.chance = store, random.Random(seed)
        self.now = datetime(2026, 3, 10, 18, 0, tzinfo=UTC)
        self.answered: list[str] = []
        self.set: Counter[str] = Counter()
        self.told: Counter[str] = Counter()
        self.lines = 0

    def start(self) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "agent", "pipe", "--home", str(HOME), "--store", str(self.store)]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def line(self) -> dict[str, Any]:
        self.now += timedelta(seconds=self.chance.randint(5, 40))
        self.lines += 1
        if self.chance.random() < 0.3:
            return {"type": "advance", "at": self.now.isoformat()}
        return {"type": "say", "at": self.now.isoformat(), "text": self.chance.choice(SAID), "area": "living_room", "conversation": "evening"}

    def take(self, answer: dict[str, Any]) -> None:
        if "turn" in answer:
            self.answered.append(answer["turn"])
            self.set.update(answer["turn"] for _ in range(answer["outcome"] == "schedule"))
        self.told.update(f"{d['id']}" for d in answer.get("due", ()))

    def until_killed(self) -> None:
        """Lines until a random one, during or just after which the process is killed."""
        process = self.start()
        assert process.stdin is not None
        assert process.stdout is not None
        last = self.chance.randint(1, 12)
        for at in range(last):
            process.stdin.write(json.dumps(self.line()) + "\n")
            process.stdin.flush()
            if at == last - 1:
                delay = self.chance.choice((0.0, 0.0005, 0.001, 0.002, 0.003, 0.005, 0.01, 0.05))
                subprocess.run(["sleep", str(delay)], check=True)
                os.kill(process.pid, signal.SIGKILL)
                rest = process.stdout.read().splitlines()
                for answer in rest:
                    if answer.endswith("}"):
                        self.take(json.loads(answer))
            else:
                self.take(json.loads(process.stdout.readline()))
        process.wait()


async def in_log(store: Path) -> tuple[set[str], Counter[str], int]:
    """Turns, what fired, and what is still due."""
    log = await Store.open(store, reading=True)
    turns = {t.id for t in await log.turns(1_000_000)}
    fired = Counter(await log.fired_ids())
    waiting = len(await log.agenda())
    await log.close()
    return turns, fired, waiting


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        evening = Evening(store, options.seed)
        for _ in range(options.kills):
            evening.until_killed()
        process = evening.start()
        out, _ = process.communicate(json.dumps({"type": "advance", "at": (evening.now + timedelta(hours=3)).isoformat()}) + "\n")
        evening.take(json.loads(out))
        whole = sqlite3.connect(store / "hearth.db").execute("PRAGMA integrity_check").fetchone()[0]
        turns, fired, waiting = asyncio.run(in_log(store))
    lost = [turn for turn in evening.answered if turn not in turns]
    again = {name: count for name, count in evening.told.items() if count > fired[name]}
    print(f"{options.kills} kills, {evening.lines} lines, {len(evening.answered)} answered turns; lost {len(lost)}; store: {whole}")
    given, told = sum(evening.set.values()), sum(evening.told.values())
    print(f"set and answered {given}, fired {sum(fired.values())}, told {told}, still waiting {waiting}, told too often {again}")
    return int(bool(lost or again or waiting or whole != "ok" or sum(fired.values()) < sum(evening.set.values())))


if __name__ == "__main__":
    raise SystemExit(main())
