"""`python -m simulators.house`: the simulated home as a process of its own."""

import argparse
import asyncio
import logging
import os
import re
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from simulators.clock import WallClock
from simulators.house.home import demo_plan
from simulators.house.plan import Plan, PlanError, load_plan
from simulators.house.table import table
from simulators.house.wire import Broker, Wire
from simulators.house.world import House

_ADDRESS = re.compile(r"(?P<host>\[[0-9a-fA-F:]+\]|[^\[\]:]+)(:(?P<port>\d+))?")


def main(argv: Sequence[str] | None = None) -> int:
    """Run until a signal ends it; 0 then, 2 for a wrong option or plan."""
    options = _parser().parse_args(argv)
    logging.basicConfig(level=logging.INFO if options.verbose else logging.WARNING, format="%(name)s: %(message)s")
    try:
        plan = load_plan(options.home) if options.home else demo_plan()
    except PlanError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if options.table:
        sys.stdout.write(table(plan) + "\n")
        return 0
    asyncio.run(_live(plan, options))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m simulators.house", description="A simulated home of devices on an MQTT broker.")
    parser.add_argument("--broker", type=_broker, default=Broker(), metavar="HOST:PORT", help="where the broker is (127.0.0.1:1883)")
    parser.add_argument("--username", help="for the broker; its password is taken from HEARTH_MQTT_PASSWORD")
    parser.add_argument("--seed", type=int, default=0, help="of all that happens by chance (0)")
    parser.add_argument("--speed", type=_speed, default=1.0, help="how many times faster than real time the house lives (1)")
    parser.add_argument("--home", type=Path, metavar="FILE", help="a plan of rooms and devices in YAML instead of the demo home")
    parser.add_argument("--discovery-prefix", default="homeassistant", help="where devices announce themselves (homeassistant)")
    parser.add_argument("--table", action="store_true", help="print the devices as a table and end")
    parser.add_argument("--verbose", action="store_true", help="say what happens")
    return parser


def _broker(text: str) -> Broker:
    found = _ADDRESS.fullmatch(text)
    if not found or not 0 < int(found["port"] or 1883) < 65536:
        raise argparse.ArgumentTypeError(f"'{text}' is no HOST:PORT such as 127.0.0.1:1883")
    return Broker(found["host"].strip("[]"), int(found["port"] or 1883))


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not 0 < speed <= 100_000:
        raise argparse.ArgumentTypeError(f"'{text}' is no speed; 60 makes a minute of a second, at most 100000")
    return speed


async def _live(plan: Plan, options: argparse.Namespace) -> None:
    """Be the house until SIGINT or SIGTERM."""
    clock = WallClock(options.speed)
    broker = Broker(options.broker.host, options.broker.port, options.username, os.environ.get("HEARTH_MQTT_PASSWORD") if options.username else None)
    wire = Wire(House(plan, clock.now(), options.seed), clock, broker, prefix=options.discovery_prefix, seed=options.seed)
    running = asyncio.create_task(wire.run(), name="house")
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, running.cancel)
    await asyncio.wait({running})
    if not running.cancelled():
        running.result()


if __name__ == "__main__":
    sys.exit(main())
