#!/usr/bin/env python3
"""How long a typed turn takes in the simulated home, without the devices' own time: `.venv/bin/python -m benchmarks.turns`.

60 requests (benchmarks/requests.txt), each `--rounds` times after a warm-up round, in random order; real turns on a broker, committed to a log.
"""

import argparse
import asyncio
import random
import resource
import statistics
import tempfile
from pathlib import Path

from agent.config import Config
from agent.live import living
from agent.records import Hypothesis, Request
from devices.broker import free_port

HERE = Path(__file__).parent


async def run(rounds: int) -> None:
    said = [line for line in (HERE / "requests.txt").read_text().splitlines() if line]
    times: list[float] = []
    stages: dict[str, list[float]] = {}
    chance = random.Random(1)
    config = Config.model_validate({"mqtt": {"port": free_port(), "timeout": 0.5}})
    with tempfile.TemporaryDirectory() as folder:
        async with living(config, Path(folder), simulate=True) as live:
            for number in range(rounds + 1):
                for text in chance.sample(said, len(said)):
                    request = Request("bench", live.clock.now(), (Hypothesis(text),), area="kitchen", conversation=f"{number}/{text}")
                    turn = await live.turn(request)
                    if number:
                        times.append(1000 * sum(s for stage, s in turn.seconds.items() if stage != "act"))
                        for stage, seconds in turn.seconds.items():
                            stages.setdefault(stage, []).append(1000 * seconds)
    times.sort()
    p50, p95, p99 = (times[min(len(times) - 1, int(share * len(times)))] for share in (0.5, 0.95, 0.99))
    print(f"{len(times)} turns: p50 {p50:.2f} ms, p95 {p95:.2f} ms, p99 {p99:.2f} ms, without the devices")
    print("medians: " + ", ".join(f"{stage} {statistics.median(t):.2f}" for stage, t in stages.items()))
    print(f"RSS {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=10)
    asyncio.run(run(parser.parse_args().rounds))


if __name__ == "__main__":
    main()
