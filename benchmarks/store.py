"""How long a commit, a start and an encoding take: python benchmarks/store.py [turns]. Bar: a commit's median is at most 0.5 ms."""

import asyncio
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from agent.codec import decode, encode
from agent.records import ActionResult, Change, Due, Hypothesis, Interpretation, Request, Resolution, RunnerUp, Turn, Why
from agent.store import Store
from devices.commands import Command, Report

AT = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)


def turn(number: int) -> Turn:
    """A turn of usual size: one lamp, five reasons, three runners-up; every tenth sets a timer."""
    reading = Interpretation("HassLightSet", {"name": "desk lamp", "brightness": 40, "area": "Study"}, 0.97, "matcher")
    why = tuple(Why(signal, 1.0, "light.desk") for signal in ("name", "room", "on", "focus", "habit"))
    others = tuple(RunnerUp("HassLightSet", (f"light.{i}",), 0.5) for i in range(3))
    due = Due(f"due-{number}", "timer", AT + timedelta(minutes=5), length=300.0)
    command = Command("light.turn_on", ("light.desk",), {"brightness_pct": 40})
    return Turn(
        f"turn-{number}",
        Request(f"r{number}", AT, (Hypothesis("set the desk lamp to forty percent", 0.93),), area="study", speaker="ann"),
        text="set the desk lamp to forty percent",
        clauses=((reading,),),
        resolutions=(Resolution(reading, ("light.desk",), 3.0, why, others),),
        outcome="act",
        targets=("light.desk",),
        results=(ActionResult(command, (Report("light.desk", True, "on"),)),),
        changes=(Change("due", due.id, due),) if number % 10 == 0 else (),
        say="The desk lamp is at 40 %.",
        seconds=dict.fromkeys(("context", "snap", "understand", "resolve", "decide", "act", "commit"), 0.0004),
    )


async def timed(turns: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        taken = []
        async with await Store.open(Path(folder)) as store:
            for number in range(1, turns + 1):
                now = turn(number)
                began = time.perf_counter()
                await store.commit(now)
                taken.append((time.perf_counter() - began) * 1000)
        percent = statistics.quantiles(taken, n=100)
        print(f"commit    p50 {percent[49]:.3f} ms  p90 {percent[89]:.3f} ms  p99 {percent[98]:.3f} ms  worst {max(taken):.1f} ms  ({turns} turns)")
        began = time.perf_counter()
        async with await Store.open(Path(folder)) as store:
            opened = time.perf_counter()
            read = len(await store.turns(turns))
        print(f"open      {(opened - began) * 1000:.1f} ms, then {read} turns read in {(time.perf_counter() - opened) * 1000:.0f} ms")
        size = sum(file.stat().st_size for file in Path(folder).iterdir())
    print(f"size      {size / turns / 1024:.2f} KB a turn")


def coded(times: int = 2000) -> None:
    text = encode(turn(1))
    began = time.perf_counter()
    for _ in range(times):
        encode(turn(1))
    middle = time.perf_counter()
    for _ in range(times):
        decode(Turn, text)
    writing, reading = middle - began, time.perf_counter() - middle
    print(f"encode    {writing / times * 1e6:.0f} us, decode {reading / times * 1e6:.0f} us a turn of {len(text)} bytes")


if __name__ == "__main__":
    coded()
    asyncio.run(timed(int(sys.argv[1]) if len(sys.argv) > 1 else 5000))
