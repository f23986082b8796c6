"""One thing as it announced itself over MQTT, and what it says of itself under which key."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from devices.effect_table import written
from devices.expected import number


@dataclass(frozen=True, slots=True)
class Announced:
    """A component of a device. Keys are Home Assistant's long ones; `part` names it within a bundle, "" outside."""

    topic: str
    """Where it announced itself; with `part` its identity."""
    component: str
    part: str
    values: Mapping[str, Any]
    device: Mapping[str, Any]

    def has(self, key: str) -> bool:
        return self.values.get(key) not in (None, "")

    def text(self, key: str, default: str = "") -> str:
        """A text, or a number or boolean as it is written in payloads."""
        value = self.values.get(key)
        return default if value is None or isinstance(value, dict | list) else payload_text(value)

    def number(self, key: str, default: float) -> float:
        value = number(self.values.get(key))
        return default if value is None else value

    def flag(self, key: str, default: bool = False) -> bool:
        value = self.values.get(key)
        return value if isinstance(value, bool) else default

    def listed(self, key: str) -> list[str]:
        value = self.values.get(key)
        return [payload_text(v) for v in value if isinstance(v, str | int | float)] if isinstance(value, list) else []


def payload_text(value: object) -> str:
    """A value as a payload: True -> "True" (as Home Assistant reads it), 21.0 -> "21", text as it is."""
    return str(value) if isinstance(value, bool | str) else written(value)


@dataclass(frozen=True, slots=True)
class Publish:
    """A message to a device."""

    topic: str
    payload: str
