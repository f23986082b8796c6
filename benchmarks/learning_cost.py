"""What learning costs: the learners' process over a log of many turns (time, memory), the retraining of the reading, which is a process of its own
and seldom runs, and the chain alone over many edges.

`python -m benchmarks.learning_cost [--turns 50000] [--edges 50000]`; the last line is JSON.
"""

import argparse
import asyncio
import json
import os
import random
import subprocess
import sys
import time
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

from agent.learn.detected import Detected
from agent.learn.log import read
from agent.learn.markov import Chain
from agent.learn.reading import order_of
from agent.learn.retrain import examples
from agent.learn.run import Made
from agent.records import ActionResult, Hypothesis, Interpretation, Request, Resolution, Turn
from agent.store import Store
from devices.commands import Command, Report
from devices.given import load_home

HOUSE = Path(__file__).parents[1] / "tests" / "homes" / "house.json"
START = datetime(2026, 1, 1, 7, tzinfo=UTC)
ROOMS = ("kitchen", "living room", "bedroom", "study")
THINGS = ("lamp", "ceiling light", "fan", "speaker", "heater", "radio", "kettle", "shelf light", "window light", "desk lamp")


def a_turn(number: int, at: datetime, who: str, room: str, thing: str, word: str, failed: bool) -> Turn:
    """One request about one thing, understood or not."""
    entity, text = f"light.{room}_{thing}".replace(" ", "_"), f"turn {word} the {room} {thing}"
    request = Request(f"r{number}", at, (Hypothesis(f"turn {word} the {thing}le {room}" if failed else text, 0.8),), room, speaker=who, door="pipe")
    reading = Interpretation(f"HassTurn{word.capitalize()}", {} if failed else {"name": f"{room} {thing}"}, 0.5 if failed else 1.0, "exact")
    command = Command(f"light.turn_{word}", (entity,))
    if failed:
        said = "Sorry, I didn't understand that."
        return Turn(f"turn-{number}", request, room, who=who, text=request.text, clauses=((reading,),), outcome="decline", say=said)
    meant = Resolution(reading, (entity,), 3.0)
    done = (ActionResult(command, (Report(entity, True, word),)),)
    return Turn(
        f"turn-{number}", request, room, who=who, text=text, clauses=((reading,),), resolutions=(meant,), outcome="act", targets=(entity,),
        results=done, proposed=(command,), deed=text, say=f"The {room} {thing} is {word}.",
    )  # fmt: skip


async def fill(folder: Path, turns: int) -> None:
    """A log in which one request of ten fails, always by the same words, and is said again."""
    draw, at, number = random.Random(1), START, 0
    async with await Store.open(folder) as store:
        while number < turns:
            at += timedelta(minutes=draw.expovariate(1 / 3))
            who, room, thing, word = draw.choice(("Anna", "Bob")), draw.choice(ROOMS), draw.choice(THINGS), draw.choice(("on", "off"))
            failed = zlib.crc32(f"{who}{room}{thing}{word}".encode()) % 10 == 0
            for again in (True, False) if failed else (False,):
                number += 1
                at += timedelta(seconds=8)
                await store.commit(a_turn(number, at, who, room, thing, word, again))


def learned(folder: Path, now: datetime) -> dict[str, object]:
    """One run of the learners' process, without the retraining."""
    order = json.dumps({"store": str(folder), "now": now.isoformat()}) + "\n"
    answer, cost = run("agent.learn", order)
    report = json.loads(answer)
    return {"turns": report["turns"], **cost, "rewrites": report["rewrites"]}


def retrained(folder: Path, now: datetime) -> dict[str, object]:
    """One run of the process that retrains the reading."""
    log = read(folder)
    made = Made.of(log, now, Detected())
    found = examples(log, made.failures, made.labels)
    order = json.dumps({**order_of(found, load_home(HOUSE), ""), "without": []})
    answer, cost = run("agent.retraining", order)
    return {"sentences": len(found.corrected), "good_turns": json.loads(answer)["turns"], **cost}


def run(module: str, order: str) -> tuple[str, dict[str, object]]:
    """A process's answer, its seconds and its megabytes at most."""
    began = time.perf_counter()
    with TemporaryFile("w+") as asked, TemporaryFile("w+") as answered:
        asked.write(order)
        asked.seek(0)
        process = subprocess.Popen([sys.executable, "-m", module], stdin=asked, stdout=answered)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0, f"{module} failed"
        answered.seek(0)
        seconds, of_cpu = time.perf_counter() - began, used.ru_utime + used.ru_stime
        return answered.read(), {"seconds": round(seconds, 2), "cpu_seconds": round(of_cpu, 2), "megabytes": round(used.ru_maxrss / 1024)}


def chained(edges: int) -> dict[str, object]:
    """A chain of many edges: half of the utterances in small components, half in one large one."""
    draw, chain = random.Random(2), Chain()
    states = edges // 2
    for _ in range(edges):
        one = draw.randrange(states)
        other = one // 5 * 5 + draw.randrange(5) if one < states // 2 else draw.randrange(states // 2, states)
        chain.again[f"u{one}", f"u{other}"] += 1
    for i in range(states):
        chain.good[f"u{i}", f"h{i % 1000}"] += draw.random() * 3
        chain.bad[f"u{i}"] += draw.random()
    began = time.perf_counter()
    rows = len(chain.absorbed())
    return {"edges": edges, "utterances": rows, "seconds": round(time.perf_counter() - began, 2)}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--turns", type=int, default=50_000)
    options.add_argument("--edges", type=int, default=50_000)
    asked = options.parse_args()
    with TemporaryDirectory() as folder:
        asyncio.run(fill(Path(folder), asked.turns))
        cost = learned(Path(folder), START + timedelta(days=365))
        again = retrained(Path(folder), START + timedelta(days=365))
    chain = chained(asked.edges)
    seconds = f"{cost['seconds']} s ({cost['cpu_seconds']} of the processor)"
    print(f"{cost['turns']} turns: {seconds}, {cost['megabytes']} MB at most (bars: 60 s, 300 MB)")
    seconds = f"{again['seconds']} s ({again['cpu_seconds']} of the processor)"
    print(f"retraining, in a process of its own: from {again['sentences']} sentences: {seconds}, {again['megabytes']} MB at most")
    print(f"{chain['edges']} edges: {chain['seconds']} s (bar: 10 s)")
    print(json.dumps({"learning": cost, "retraining": again, "chain": chain}))


if __name__ == "__main__":
    main()
