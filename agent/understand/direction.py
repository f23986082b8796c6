"""Which way a guess goes: up or down, by the words that say so. A guess that changes something by a step and has no such word is not likely."""

from collections.abc import Mapping, Sequence
from typing import Any

from agent.understand.normal import listed

STEP_SLOT: Mapping[str, str] = {
    "ExtClimateRelative": "temperature_step",
    "ExtFanSpeedRelative": "direction",
    "HassSetVolumeRelative": "volume_step",
}
DOWN = frozenset(
    listed(
        "down lower lowers lowered less decrease reduce drop cut minus cooler colder quieter quietly softer slower "
        "boiling sweltering stuffy noisy slow diminish minimize dim darker weaker fewer under"
    )
)
UP = frozenset(
    listed(
        "up higher raise raised more increase boost plus warmer hotter freezing chilly louder faster fast speed amplify maximize crank brighter "
        "stronger rise pump over yell shout"
    )
)
"""Words that ask for less and for more; "warm", "cold" and "loud" by themselves tell neither."""


def told(words: Sequence[str]) -> str:
    """ "up", "down", or "" where the words tell neither or both."""
    said = set(words)
    down, up = bool(said & DOWN), bool(said & UP)
    return "" if down == up else "down" if down else "up"


def directed(intent: str, slots: dict[str, Any], words: Sequence[str]) -> tuple[dict[str, Any], bool]:
    """The slots with the direction that the words tell, and whether it is known."""
    slot = STEP_SLOT.get(intent)
    if slot is None:
        return slots, True
    way = told(words)
    step = slots.get(slot)
    if isinstance(step, int | float) and way:
        return {**slots, slot: -abs(step) if way == "down" else abs(step)}, True
    if way:
        return {**slots, slot: way}, True
    return slots, step is not None
