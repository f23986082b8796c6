"""Amounts and figures of what was just spoken of: "lower it by two degrees", "no, fifteen", "ok then 80". Pure."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from agent.records import Context, Interpretation
from agent.references import RELATIVES
from agent.understand import numbers
from agent.understand.normal import tokens
from devices.effects import number

UP = "raise increase lift boost brighten open heat warm up higher more brighter warmer hotter louder faster".split()
DOWN = "lower decrease reduce dim drop close cool down less lower dimmer darker cooler colder quieter softer slower".split()
WAYS: Mapping[str, int] = dict.fromkeys(UP, 1) | dict.fromkeys(DOWN, -1)
"""What tells the direction of an amount."""
BY = re.compile(
    r"^(?:(raise|increase|lift|boost|brighten|open|heat|warm|lower|decrease|reduce|dim|drop|close|cool)"
    r"|turn|put|crank|bump|push|bring|take|move|speed|slow|set) (it|them|that|this|those|these)(?: (up|down))? by (?:another )?(.+)$"
)
"""By how much: "turn it up by ten percent"."""
MADE = re.compile(
    r"^(?:(?:make|turn|put|get) (it|them|that|this) )?(?:another |by )?(.+?) "
    r"(up|down|higher|lower|brighter|dimmer|darker|warmer|hotter|cooler|colder|louder|quieter|softer|faster|slower)$"
)
"""The same: "make it two degrees warmer", "ten percent brighter"."""
UNITS = {"degree": "degrees", "degrees": "degrees", "percent": "percent", "%": "percent", "°": "degrees", "points": "", "point": ""}
WARM = frozenset({"climate", "water_heater"})
FIGURES = ("temperature", "brightness", "volume_level", "percentage", "position", "humidity")
"""Slots of which another figure may be said."""
ANEW = re.compile(
    r"^(?:(?:ok|okay|well|fine|alright|all right|then|so|no|nope|sorry|oh|actually|wait|rather|just|only|try|say|i meant|i mean|i said|"
    r"what about|how about|make (?:it|that)|set it to|set that to|to|better) )*"
)
"""What stands before another figure."""
BEHIND = re.compile(r"(?: (?:then|instead|please|rather))+$")
SECONDS = {"hours": 3600, "minutes": 60, "seconds": 1}


def pointed(said: str, context: Context) -> Interpretation | None:
    """A step or a figure of what was just spoken of; None for other words. `said`: plain words, see agent.wording."""
    return _step(said, context) or _figure(said, context)


def _step(said: str, context: Context) -> Interpretation | None:
    by, made = BY.match(said), MADE.match(said)
    if by is not None:
        pronoun, amount, way = by[2], by[4], WAYS.get(by[3] or by[1] or "", 0)
    elif made is not None:
        pronoun, amount, way = made[1] or "it", made[2], WAYS[made[3]]
    else:
        return None
    if by is not None and not way:
        way = {"speed": 1, "slow": -1}.get(said.split()[0], 0)
    found = _amount(amount)
    domains = {context.home.entities[e].domain for e in context.focus if e in context.home.entities}
    row = RELATIVES.get(next(iter(domains))) if len(domains) == 1 else None
    if found is None or not way or row is None or (found[1] and (found[1] == "degrees") != bool(domains & WARM)):
        return None
    intent, slot = row
    if slot == "direction":
        told: dict[str, Any] = {slot: "up" if way > 0 else "down", "percentage_step": abs(found[0])}
    else:
        told = {slot: way * abs(found[0])}
    return Interpretation(intent, {"name": pronoun, **told}, 0.95, "ellipsis")


def _amount(said: str) -> tuple[float, str] | None:
    """A number and the unit behind it; None where the words are anything more."""
    spoken = tokens(said).words
    words = spoken[1:] if spoken[:1] in (("-",), ("minus",)) else spoken
    found = numbers.number(words, 0) if words else None
    if found is None:
        return None
    end, value = found
    rest = tuple(w for w in words[end:] if w not in ("celsius", "fahrenheit"))
    if len(rest) > 1 or (rest and rest[0] not in UNITS):
        return None
    return (-value if words is not spoken else value), UNITS[rest[0]] if rest else ""


def _figure(said: str, context: Context) -> Interpretation | None:
    """Another figure for what the last request set: after "no", "ok then", or after a refusal by itself."""
    previous = context.previous
    last = previous.resolutions[-1].interpretation if previous is not None and previous.resolutions else None
    if previous is None or last is None:
        return None
    bare = BEHIND.sub("", ANEW.sub("", f"{said} ").strip())
    if bare == said and previous.outcome != "decline":
        return None
    found = _amount(bare)
    if found is None:
        return None
    slot = next((s for s in FIGURES if number(last.slots.get(s)) is not None), "")
    if slot:
        fits = not found[1] or (found[1] == "degrees") == (slot == "temperature")
        return replace(last, slots={**last.slots, slot: found[0]}, confidence=0.95, by="ellipsis") if fits else None
    return _longer(found, last, context)


def _longer(found: tuple[float, str], last: Interpretation, context: Context) -> Interpretation | None:
    """Another length of the timer that was just set or moved, in the unit that was said."""
    units = [size for unit, size in SECONDS.items() if last.slots.get(unit)] if last.intent == "HassStartTimer" else []
    when = last.slots.get("when") if last.intent == "ExtReschedule" else None
    length = number(when.get("in")) if isinstance(when, Mapping) and set(when) == {"in"} else None
    if length:
        units = [next(size for size in SECONDS.values() if length % size == 0 or size == 1)]
    if len(units) != 1 or found[1] or found[0] <= 0 or not context.put:
        return None
    return Interpretation("ExtReschedule", {"when": {"in": found[0] * units[0]}}, 0.95, "ellipsis")
