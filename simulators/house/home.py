"""The demo home: the packaged plan that `python -m simulators.house` and the tests live in."""

from functools import cache
from importlib.resources import files

from simulators.house.plan import Device, Plan, read_plan


@cache
def demo_plan() -> Plan:
    """Rooms and devices of the demo home. Frozen, so that everybody may share it."""
    return read_plan((files("simulators.house") / "demo_home.yaml").read_text(encoding="utf-8"), "demo_home.yaml")


def demo_home() -> list[Device]:
    """The demo home's devices, room by room."""
    return list(demo_plan().devices)
