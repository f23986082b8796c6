"""What a command should make of an entity, and whether the entity shows it.

One value serves two ends: a home whose states are given applies it; a home of real devices waits until the device's own report meets it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from devices.home import UNAVAILABLE, Entity

TOLERANCE: dict[str, float] = {
    "brightness": 4,
    "color_temp_kelvin": 200,
    "current_position": 3,
    "current_tilt_position": 3,
    "percentage": 3,
    "volume_level": 0.021,
    "temperature": 0.26,
    "target_temp_high": 0.26,
    "target_temp_low": 0.26,
    "humidity": 1,
    "hs_color": 15,
}
"""How far a device may round what it was asked, in the attribute's own unit."""

STEPS = {"percentage": "percentage_step", "temperature": "target_temp_step"}
"""Attribute -> the attribute that tells the device's own step, which it rounds to."""


@dataclass(frozen=True, slots=True)
class Expected:
    """The state and attributes a command leads to. Everything empty: the entity takes the command, and nothing of it can be seen."""

    state: str | None = None
    """The state asked for; None where the command leaves it alone."""
    also: frozenset[str] = frozenset()
    """Other states that show the command was taken: on its way ("opening"), or as good ("docked")."""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    """Asked for. A device that reports one of them must report this value."""
    besides: Mapping[str, Any] = field(default_factory=dict)
    """What changes too where states are given; None removes an attribute. A device need not report it."""
    travels: tuple[str, float] | None = None
    """(attribute, where to): coming nearer shows that the command was taken."""
    moves: frozenset[str] = frozenset()
    """Attributes of which one must change, where the device reports any: the title after "next"."""

    @property
    def visible(self) -> bool:
        """Something of it can be seen."""
        return self.state is not None or bool(self.attributes or self.moves or self.travels)

    @property
    def changes(self) -> dict[str, Any]:
        """All attributes as a given home takes them over."""
        return {**self.attributes, **self.besides}

    def met(self, now: Entity, before: Entity) -> bool:
        """The entity shows that the command was carried out, or is being carried out."""
        if now.state == UNAVAILABLE:
            return False
        if self._nearer(now, before) or now.state in self.also:
            return True
        if self.state is not None and not alike("", self.state, now.state):
            return False
        return all(self._reached(key, now) for key in self.attributes) and self._moved(now, before)

    def _reached(self, key: str, now: Entity) -> bool:
        have = now.attributes.get(key)
        return have is None or alike(key, self.attributes[key], have, _step(key, now))

    def _nearer(self, now: Entity, before: Entity) -> bool:
        if self.travels is None:
            return False
        key, target = self.travels
        was, is_now = number(before.attributes.get(key)), number(now.attributes.get(key))
        return was is not None and is_now is not None and abs(is_now - target) < abs(was - target)

    def _moved(self, now: Entity, before: Entity) -> bool:
        told = [key for key in self.moves if now.attributes.get(key) is not None]
        asked = self.changes
        return not told or any(now.attributes[key] != before.attributes.get(key) or now.attributes[key] == asked.get(key) for key in told)


def number(value: object) -> float | None:
    """A finite number, or the number a text holds, else None."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        parsed = float(value)
    except ValueError:
        return None
    return parsed if abs(parsed) < float("inf") else None


def alike(key: str, want: object, have: object, step: float = 0.0) -> bool:
    """Two values of an attribute ("" is the state) mean the same, within what devices round."""
    if isinstance(want, list | tuple) and isinstance(have, list | tuple):
        if key == "hs_color":
            return _same_color(want, have)
        return len(want) == len(have) and all(alike(key, w, h, step) for w, h in zip(want, have, strict=True))
    wanted, had = number(want), number(have)
    if wanted is not None and had is not None:
        return abs(wanted - had) <= max(TOLERANCE.get(key, 1e-6), step)
    return str(want).casefold() == str(have).casefold()


def _same_color(want: list[Any] | tuple[Any, ...], have: list[Any] | tuple[Any, ...]) -> bool:
    hues = abs(float(want[0]) - float(have[0])) % 360
    near = TOLERANCE["hs_color"]
    grey = max(float(want[1]), float(have[1])) <= near
    return abs(float(want[1]) - float(have[1])) <= near and (grey or min(hues, 360 - hues) <= near)


def _step(key: str, entity: Entity) -> float:
    return number(entity.attributes.get(STEPS.get(key, ""))) or 0.0
