"""What serving learned pairs costs a turn: the look-up alone, and whole turns of two agents in turn, one with many pairs, one with none.

`python -m benchmarks.serving [--pairs 2000] [--rounds 20]`; the last line is JSON. Bars: look-up <= 0.2 ms, a turn's p50 <= 0.3 ms more.
"""

import argparse
import asyncio
import json
import random
import statistics
import time
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from agent import app
from agent.config import Config
from agent.hearth import Hearth
from agent.records import Context, Hypothesis, Learned, Request
from devices.given import GivenDevices, load_home
from devices.home import LiveHome

HERE = Path(__file__).parent
HOME = HERE.parent / "tests" / "homes" / "house.json"
START = datetime(2026, 3, 10, 10, tzinfo=UTC)


def pairs(count: int) -> list[Learned]:
    """Pairs of Anna's that no request of the benchmark hits, one in ten of them a name."""
    made = [Learned(f"turn on the thing {i}", "turn on the floor lamp", "Anna", state="serving") for i in range(count)]
    return [*made, *(Learned(f"whatsit {i}", "floor lamp", "Anna", state="serving", part=True) for i in range(count // 10))]


async def measured(count: int, rounds: int) -> dict[str, float]:
    said = [line for line in (HERE / "requests.txt").read_text().splitlines() if line]
    draw, times = random.Random(1), {"with": [], "without": []}  # type: dict[str, list[float]]
    loaded = app.reader(Config())
    async with AsyncExitStack() as stack:
        agents: dict[str, Hearth] = {}
        for name in times:
            live, folder = LiveHome(load_home(HOME)), stack.enter_context(TemporaryDirectory())
            agents[name] = await stack.enter_async_context(app.hearth(Config(), live, GivenDevices(live), Path(folder), loaded=loaded))
        agents["with"].rewrites.load(pairs(count), 1)
        at = START
        for turn in range(rounds + 2):
            for text in draw.sample(said, len(said)):
                at += timedelta(minutes=7)
                for name, agent in draw.sample(sorted(agents.items()), 2):
                    began = time.perf_counter()
                    await agent.turn(Request("r", at, (Hypothesis(text),), area="living_room", speaker="Anna"))
                    if turn >= 2:
                        times[name].append(1000 * (time.perf_counter() - began))
        context = Context(at, load_home(HOME), area="living_room", speaker="Anna", who="Anna")
        began = time.perf_counter()
        for number in range(20):
            for text in said:
                agents["with"].rewrites.propose(f"{text} {number}", context, "turn-1")
        look_up = 1000 * (time.perf_counter() - began) / (20 * len(said))
    both = {name: statistics.median(found) for name, found in times.items()}
    return {"turns": len(times["with"]), "look_up_ms": look_up, "with_p50_ms": both["with"], "without_p50_ms": both["without"]}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pairs", type=int, default=2000)
    options.add_argument("--rounds", type=int, default=20)
    asked = options.parse_args()
    found = asyncio.run(measured(asked.pairs, asked.rounds))
    print(f"look-up among {asked.pairs} pairs: {found['look_up_ms']:.4f} ms")
    print(f"turn, p50 of {found['turns']}: {found['with_p50_ms']:.3f} ms with pairs, {found['without_p50_ms']:.3f} ms without")
    print(json.dumps({k: round(v, 4) for k, v in found.items()}))


if __name__ == "__main__":
    main()
