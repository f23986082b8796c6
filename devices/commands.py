"""Commands to devices and what came of them, in Home Assistant's services and data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Command:
    """One service call, e.g. Command("light.turn_on", ("light.desk",), {"brightness_pct": 40})."""

    service: str
    entity_ids: tuple[str, ...]
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """What one entity did with a command.

    `verified` is True when the device itself reported the asked state, False when it reported another or nothing in time, None where
    it can report nothing. `reason` is a key of devices.commands.REASONS, empty when all is well. `state` is the last one reported.
    """

    entity_id: str
    verified: bool | None
    state: str | None = None
    reason: str = ""


REASONS = {
    "timeout": "does not answer",
    "unavailable": "is not reachable",
    "jammed": "is jammed",
    "refused": "did not accept that",
    "unsupported": "cannot do that",
    "disconnected": "cannot be reached: the broker is gone",
}


class Devices(Protocol):
    """The way to the devices: one per adapter (devices.mqtt, devices.given, ...)."""

    async def send(self, command: Command, timeout: float) -> tuple[Report, ...]:  # noqa: ASYNC109 - it ends in a report, not in an error
        """Send and wait for the devices' own reports, at most `timeout` seconds; one report per entity, in order.

        Never raises for a device's fault.
        """
        ...
