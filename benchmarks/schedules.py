"""How long it takes with many things waiting: the next due one, and the start on a store that holds them all.

    python -m benchmarks.schedules [--pending 10000]

The store is filled with single, recurring and paused things over a year. Bars: the next due within 1 ms (p99, while things are put, moved,
taken out and fall due), start (open and recall, home and understanding there) within 2 s. The exit status is 1 where one is missed.
"""

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from agent import app
from agent.agenda import Agenda
from agent.config import Config
from agent.hearth import Hearth
from agent.records import Change, Due, Hypothesis, Request, Turn
from agent.store import Store
from benchmarks.villa import HOUSE
from devices.commands import Command
from devices.given import GivenDevices, load_home
from devices.home import LiveHome

AT = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
RULES = ("", "", "", "FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")
KINDS: tuple[Literal["timer", "alarm", "reminder", "schedule"], ...] = ("timer", "alarm", "reminder", "schedule")
NEXT_MS, START_S = 1.0, 2.0
ASKED = 5_000
A_TURN = 100
"""Things that one turn sets while the store is filled."""


def due(number: int, chance: random.Random) -> Due:
    """One that waits; every fiftieth is paused."""
    moment = None if number % 50 == 0 else AT + timedelta(seconds=chance.randint(1, 365 * 86400))
    kind = KINDS[number % len(KINDS)]
    command = Command("light.turn_on", ("light.floor_lamp",), {"brightness_pct": 40})
    return Due(f"{kind}-{number}", kind, moment, rrule=chance.choice(RULES), command="turn on the floor lamp", actions=(command,), set_at=AT)


async def filled(folder: Path, dues: list[Due]) -> None:
    """A store in which turns have set them."""
    async with await Store.open(folder) as store:
        for first in range(0, len(dues), A_TURN):
            changes = tuple(Change("due", d.id, d) for d in dues[first : first + A_TURN])
            request = Request(f"r{first}", AT, (Hypothesis("turn on the floor lamp at nine"),))
            await store.commit(Turn(f"turn-{first // A_TURN + 1}", request, outcome="schedule", changes=changes))


async def started(folder: Path, understanding: app.Understanding) -> tuple[float, float, Agenda]:
    """Seconds from nothing to an agent that knows what is due, milliseconds of a turn then, and its agenda."""
    live = LiveHome(load_home(HOUSE))
    began = time.perf_counter()
    async with app.hearth(Config(), live, GivenDevices(live), folder, loaded=understanding) as agent:
        seconds = time.perf_counter() - began
        turns = [await _turn(agent, number) for number in range(20)]
        return seconds, statistics.median(turns), agent.agenda


async def _turn(agent: Hearth, number: int) -> float:
    """Milliseconds of a dry turn."""
    began = time.perf_counter()
    await agent.turn(Request(f"t{number}", AT, (Hypothesis("turn on the floor lamp"),), area="living_room", dry=True))
    return (time.perf_counter() - began) * 1000


def asked(agenda: Agenda, chance: random.Random) -> list[float]:
    """Milliseconds of each `next_at`, between which things come, move, go and fall due."""
    taken, known = [], [d.id for d in agenda.all()]
    for number in range(ASKED):
        one = due(100_000 + number, chance)
        match number % 4:
            case 0:
                agenda.put(one)
            case 1:
                agenda.remove(chance.choice(known))
            case 2:
                agenda.put(Due(chance.choice(known), "timer", one.due))
            case _:
                agenda.pop(agenda.next_at() or AT)
        began = time.perf_counter()
        agenda.next_at()
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pending", type=int, default=10_000)
    parser.add_argument("--starts", type=int, default=5)
    options = parser.parse_args()
    chance = random.Random(1)
    understanding = app.reader(Config())
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        asyncio.run(filled(store, [due(number, chance) for number in range(1, options.pending + 1)]))
        starts = [asyncio.run(started(store, understanding)) for _ in range(options.starts)]
    seconds, agenda = [taken for taken, _, _ in starts], starts[-1][2]
    waiting = len(agenda.all())
    percent = statistics.quantiles(asked(agenda, chance), n=100)
    print(f"next due  p50 {percent[49]:.4f} ms  p99 {percent[98]:.4f} ms of {ASKED} ({waiting} pending; bar {NEXT_MS} ms)")
    print(f"start     median {statistics.median(seconds):.2f} s  worst {max(seconds):.2f} s of {options.starts} (bar {START_S} s)")
    print(f"turn      median {statistics.median(turn for _, turn, _ in starts):.1f} ms with all of them waiting")
    return int(waiting != options.pending or percent[98] >= NEXT_MS or max(seconds) >= START_S)


if __name__ == "__main__":
    raise SystemExit(main())
