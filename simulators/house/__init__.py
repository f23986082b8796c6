"""The simulated home: a house of devices with physics, on MQTT, as its own process (`python -m simulators.house`) or inside a test."""

from simulators.house.home import demo_home, demo_plan
from simulators.house.plan import Device, Plan, PlanError, load_plan
from simulators.house.wire import Broker, Wire, running_house
from simulators.house.world import House

__all__ = ["Broker", "Device", "House", "Plan", "PlanError", "Wire", "demo_home", "demo_plan", "load_plan", "running_house"]
