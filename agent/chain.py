"""What a turn runs through: every stage behind one name, so that the turn reads downward and knows no engine."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import time

from agent.planning import Planner
from agent.records import Context, Hypothesis, Interpretation, Request, Resolution, Turn
from agent.rewrite import Proposal
from agent.risk import RiskTable
from devices.commands import Devices
from devices.home import Home

Readings = tuple[tuple[Interpretation, ...], ...]
"""The readings of each clause, likeliest first."""


@dataclass(frozen=True, slots=True)
class Stages:
    """Everything a turn runs through; made by agent.app alone."""

    gather: Callable[[Request], Context]
    snap: Callable[[Request, Context], tuple[Hypothesis, ...]]
    rewrite: Callable[[str, Context, str], Proposal | None]
    understand: Callable[[tuple[Hypothesis, ...], Context], Readings]
    resolve: Callable[[tuple[Interpretation, ...], Context], Resolution | None]
    planner: Planner
    risk: RiskTable
    devices: Devices
    home: Callable[[], Home]
    commit: Callable[[Turn, Context], Awaitable[None]]
    next_id: Callable[[], str]
    tick: Callable[[], float]
    """Seconds of a monotonic clock."""
    confirm_seconds: float = 20.0
    pin: str = ""
    """What has to be said, beside a yes, for R3; "" asks for none."""
    device_seconds: float = 3.0
    weak_wake: float = 0.5
    """A wake word below this score needs a sure reading."""
    asks: bool = True
    """The agent may ask of itself, behind what it did."""
    night: tuple[time, time] = (time(22), time(7))
    """From when until when it does not."""
