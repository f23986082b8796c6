"""Questions about the home: is it on, which are open, how many, what does the sensor say, who is at home."""

import re
from collections.abc import Callable, Sequence

from agent import words
from agent.records import Context, Plan, Resolution
from agent.stages import Skill
from agent.words import domain_of
from devices.effects import number
from devices.home import Entity
from skills.house_phrases import PHRASES
from skills.plans import answer, slot_text, targets
from skills.states import is_in, known, measured, state_of, told

MOST_TOLD = 5
"""How many things are told one by one."""
ATTRIBUTES: dict[str, tuple[tuple[str, ...], str]] = {
    "battery": (("battery_level", "battery"), "%"),
    "humidity": (("current_humidity", "humidity"), "%"),
    "temperature": (("current_temperature",), " degrees"),
    "power": (("power", "current_power_w"), " W"),
}
"""Device class of a question -> the attributes of other things that answer it, and their unit."""

FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("count", re.compile(r"\bhow many\b")),
    ("which", re.compile(r"^(which|what|who|whos|where|list|show|tell|name|give)\b|\bwhich\b")),
    ("all", re.compile(r"^(are|is|did|have|has|do|check|make sure)\b.*\b(all|every|everything|everyone|everybody|each|both)\b")),
    ("any", re.compile(r"\b(any|anything|anyone|anybody|some|someone|somebody|something|a|an|one)\b")),
)
"""How a question about several things was asked; a question about one thing is answered with yes or no."""


def get_state(resolution: Resolution, context: Context) -> Plan:
    """Slots: state asked about, device_class measured, and what names the things. How it was asked is read from the words themselves."""
    things = targets(resolution, context)
    if not things:
        return answer(words.say("state.unknown", what=slot_text(resolution, "name") or "that"))
    wanted = slot_text(resolution, "state")
    if not wanted:
        return _describe(things, slot_text(resolution, "device_class"), context)
    form = _form(context.text, things, resolution)
    return ANSWERS[form](things, wanted)


def _form(text: str, things: Sequence[Entity], resolution: Resolution) -> str:
    folded = text.casefold()
    found = next((name for name, pattern in FORMS if pattern.search(folded)), "")
    if len(things) == 1 and (resolution.slots.get("name") or found != "count") and not folded.startswith(("which", "who")):
        return "one"
    return found or ("all" if folded.startswith(("are the", "are my", "are our")) else "which")


def _one(things: Sequence[Entity], wanted: str) -> Plan:
    entity = things[0]
    if not known(entity):
        return answer(told(entity), about=things)
    yes = is_in(entity, wanted)
    return answer(
        words.say("state.yes" if yes else "state.no", what=words.the(entity), state=state_of(entity), **words.forms(words.are_several(things)))
    )


def _all(things: Sequence[Entity], wanted: str) -> Plan:
    others = [entity for entity in things if not is_in(entity, wanted)]
    if not others:
        return answer(words.say("state.all", noun=words.noun(things), state=_word(things, wanted)))
    return answer(words.say("state.no", what=words.listed(others), state=state_of(others[0]), **words.forms(words.are_several(others))), about=others)


def _any(things: Sequence[Entity], wanted: str) -> Plan:
    found = [entity for entity in things if is_in(entity, wanted)]
    if not found:
        return answer(words.say("state.none", noun=words.noun(things), state=_asked(things, wanted)))
    return answer(words.say("state.yes", what=words.listed(found), state=_word(found, wanted), **words.forms(words.are_several(found))), about=found)


def _which(things: Sequence[Entity], wanted: str) -> Plan:
    found = [entity for entity in things if is_in(entity, wanted)]
    if not found:
        return answer(words.say("state.none_count", noun=words.noun(things), state=_asked(things, wanted)))
    return answer(words.say("state", what=words.listed(found), state=_word(found, wanted), **words.forms(words.are_several(found))), about=found)


def _count(things: Sequence[Entity], wanted: str) -> Plan:
    found = [entity for entity in things if is_in(entity, wanted)]
    if not found:
        return answer(words.say("state.none_count", noun=words.noun(things), state=_asked(things, wanted)))
    count = words.count(len(found), found)
    return answer(words.say("state.count", count=count, state=_word(found, wanted), **words.forms(len(found) > 1)), about=found)


ANSWERS: dict[str, Callable[[Sequence[Entity], str], Plan]] = {"one": _one, "all": _all, "any": _any, "which": _which, "count": _count}


def _word(things: Sequence[Entity], wanted: str) -> str:
    """The state in the things' own words where they agree on one: doors that are "on" are open."""
    own = {state_of(entity) for entity in things}
    return own.pop() if len(own) == 1 else words.state_word(wanted)


def _asked(things: Sequence[Entity], wanted: str) -> str:
    """The state asked about, in the words of things that are not in it."""
    like = {state_of(_as(entity, wanted)) for entity in things}
    return like.pop() if len(like) == 1 else words.state_word(wanted)


def _as(entity: Entity, wanted: str) -> Entity:
    return Entity(entity.entity_id, entity.name, domain=entity.domain, state=wanted.casefold().replace(" ", "_"), attributes=entity.attributes)


def _describe(things: Sequence[Entity], asked: str, context: Context) -> Plan:
    if asked in ATTRIBUTES:
        return answer(" ".join(_measure_told(entity, asked, context) for entity in things[:MOST_TOLD]), about=things[:MOST_TOLD])
    return answer(" ".join(told(entity) for entity in things[:MOST_TOLD]), about=things[:MOST_TOLD])


def _measure_told(entity: Entity, asked: str, context: Context) -> str:
    """A quantity of a thing: its own value, its attribute, or the sensor that belongs to the same hardware."""
    sensor = entity if entity.device_class == asked else _sibling(entity, asked, context)
    if sensor is not None and (known(sensor) or sensor is entity):
        value = measured(sensor) if domain_of(sensor) == "sensor" else state_of(sensor)
        what = words.the(entity) if sensor is entity else words.the(sensor)
        return words.say("state", what=what, state=value, **words.forms(words.are_several([sensor]))) if known(sensor) else told(sensor)
    keys, unit = ATTRIBUTES[asked]
    degree = next((found for key in keys if (found := number(entity.attributes.get(key))) is not None), None)
    if degree is None:
        key = "battery.none" if asked == "battery" else "state.unknown"
        return words.say(key, what=words.the(entity), **words.forms(words.are_several([entity])))
    return words.say(
        "state", what=words.the(entity), state=f"{'at ' if unit == '%' else ''}{words.number(degree)}{unit}", **words.forms(several=False)
    )


def _sibling(entity: Entity, asked: str, context: Context) -> Entity | None:
    if entity.device_id is None:
        return None
    others = (e for e in context.home.entities.values() if e.device_id == entity.device_id and e.device_class == asked)
    return next(others, None)


SKILL = Skill(name="house", phrases=PHRASES, handlers={"HassGetState": get_state})
