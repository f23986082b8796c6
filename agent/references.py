"""What "it" and "stop" mean: things that were just spoken of, that ring, move or sound."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

from agent import signals, wording
from agent.intents import SWITCHED, About, about
from agent.places import Scope, index_of, inside, is_here, texts, things_here
from agent.records import Context, Event, Interpretation, Resolution, Why
from devices.effects import number
from devices.heat import HOT, named_for, owner_is_on
from devices.home import Entity
from devices.kinds import is_on, is_playing, temperature_range

STOP = "ExtStop"
PRONOUNS = frozenset({"it", "them", "that", "this", "those", "these", "that one", "this one", "the same"})
SHORT = 3
"""Words: so short a request ("off") may go on from what was spoken of."""
MOVING = frozenset({"opening", "closing", "cleaning", "returning", "mowing"})
MOVERS = frozenset({"cover", "valve", "vacuum", "lawn_mower"})
RINGERS = frozenset({"switch", "input_boolean", "siren", "binary_sensor", "sensor"})
ABLE_TO_STOP = ("media_player", *sorted(MOVERS), *sorted(RINGERS))
RINGING = frozenset({"on", "ringing", "triggered"})
CLOCK = ("alarm", "wake up", "wake-up")
"""What the name of an alarm clock holds."""
DONE_WITH = 0.4
"""What having been spoken of counts of a thing that the request would not change: a lamp that is off already."""
JUST_NOW = 90.0
"""Seconds in which a cover that was told to move may still be moving, whatever it reports."""
NOT_IT = frozenset(
    "scene script automation button input_button group remote alarm_control_panel water_heater valve lock".split()
)
"""Domains that nobody calls "it" before having spoken of them."""
ALWAYS_ON = frozenset({"fridge", "freezer", "router", "thermostat", "radiator", "aquarium", "pump"})
"""Kinds whose being on tells nothing."""
WAITING = frozenset({"idle", "standby"})
TELLING = frozenset({"on", "playing", "paused", "moving", "owner", "habit"})
"""Signals that make a thing likely that nobody has spoken of."""


def spoken_of(reading: Interpretation, scope: Scope, context: Context) -> Resolution:
    """What was last spoken of, as far as the request can be meant of it: of its sort, in the place and range that were said."""
    what, said = about(reading.intent), next(iter(texts(reading.slots.get("name"))), "it")
    focus = (*context.before, *context.focus) if both_of_two(context) else context.focus
    things = [context.home.entities[e] for e in focus if e in context.home.entities]
    wanted = texts(reading.slots.get("domain")) if what.reach != "ask" else ()
    sort = [e for e in things if (not what.domains or e.domain in what.domains) and (not wanted or e.domain in wanted)]
    fitting = [e for e in sort if inside(e, scope, context) and _can_be(e, reading, context)]
    if not fitting:
        return Resolution(reading, missing="name", missing_text=said)
    factor = signals.BY_IT * (1.0 if any(_changes(e, what) for e in fitting) else DONE_WITH)
    reasons = tuple(signals.reason("last spoken of", e.entity_id, factor) for e in fitting)
    score = signals.WEIGHTS["last spoken of"] * factor + (0.0 if what.domains == SWITCHED else 0.3)
    return Resolution(reading, tuple(e.entity_id for e in fitting), score, reasons)


def both_of_two(context: Context) -> bool:
    """ "Both" of which one was spoken of last, and another before it."""
    return len(context.focus) == 1 and len(context.before) == 1 and "both" in wording.words(context.text)


RELATIVES: dict[str, tuple[str, str]] = {
    "light": ("HassLightSet", "brightness_step"),
    "media_player": ("HassSetVolumeRelative", "volume_step"),
    "climate": ("ExtClimateRelative", "temperature_step"),
    "water_heater": ("ExtClimateRelative", "temperature_step"),
    "fan": ("ExtFanSpeedRelative", "direction"),
    "cover": ("HassSetPosition", "position_step"),
}
"""Domain -> what "up" and "down" are of it: intent, slot."""


OWN_WORDS: Mapping[str, frozenset[str]] = {
    "HassSetVolumeRelative": frozenset("volume loud louder quiet quieter soft softer sound hear music song noise tune".split()),
    "HassLightSet": frozenset("bright brighter dim dimmer dark darker light lights lighter brightness".split()),
    "ExtClimateRelative": frozenset("warm warmer cold colder hot hotter cool cooler heat heating temperature degrees".split()),
    "ExtFanSpeedRelative": frozenset("fast faster slow slower speed fan".split()),
}
"""Intent -> words that say what "up" and "down" are of: such a reading is of no other thing."""


def turned(readings: Sequence[Interpretation], context: Context) -> tuple[Interpretation, ...]:
    """ "Turn it up" read as what it is of the thing that was just spoken of, else of what is on here, where no reading says so."""
    if not PRONOUNS & set(wording.words(context.text)):
        return ()
    things = [context.home.entities[e] for e in context.focus if e in context.home.entities] or _on_here(context)
    domains = {e.domain for e in things}
    if len(domains) != 1:
        return ()
    row = RELATIVES.get(next(iter(domains)))
    if row is None or any(r.intent == row[0] for r in readings):
        return ()
    intent, slot = row
    said = set(wording.words(context.text))
    plain = [r for r in readings if not said & OWN_WORDS.get(r.intent, frozenset())]
    steps = ((r, r.slots[s]) for r in plain for i, s in RELATIVES.values() if r.intent == i and r.slots.get(s) in ("up", "down"))
    return tuple(replace(r, intent=intent, slots={slot: step, "name": "it"}) for r, step in steps)[:1]


def _on_here(context: Context) -> list[Entity]:
    there = (e for e in things_here(context) if e.domain in RELATIVES and e.domain != "cover")
    return [e for e in there if e.kind not in ALWAYS_ON and (is_playing(e) if e.domain == "media_player" else is_on(e))]


def would_change(resolution: Resolution, what: About, context: Context) -> bool:
    """Something meant is in a state that the request would change: on for "turn it off", on for "brighter"."""
    return any(_changes(context.home.entities[t], what) for t in resolution.targets)


def _changes(entity: Entity, what: About) -> bool:
    if what.reach == "ask":
        return True
    if what.domains == SWITCHED and what.active is not None:
        return signals.awaits(entity, what) is not None
    if entity.domain == "media_player":
        return is_playing(entity) or entity.state == "paused"
    return is_on(entity) or entity.domain in ("cover", "climate", "water_heater", "lock", "vacuum")


def _can_be(entity: Entity, reading: Interpretation, context: Context) -> bool:
    """A room's warmth is asked anew ("how warm is it"), a thing's goes on; and what is out of the thing's range was not meant of it."""
    if reading.intent == "HassClimateGetTemperature":
        thing = named_for(entity, context.home)
        return bool(thing) and (thing not in HOT or owner_is_on(entity, thing, context.home))
    wanted, span = number(reading.slots.get("temperature")), temperature_range(entity)
    if _just_warmed(entity, context):
        return True
    return wanted is None or span is None or entity.domain == "light" or span[0] <= wanted <= span[1]


def _just_warmed(entity: Entity, context: Context) -> bool:
    """The last turn was about its warmth: what is beyond its range is refused, not done by another thing."""
    turn = context.previous
    intents = {r.intent for r in turn.resolutions if entity.entity_id in r.targets} if turn is not None else set()
    return any("Climate" in intent for intent in intents)


def may_be_it(entity: Entity, what: About, domains: Sequence[str] = ()) -> bool:
    """Something people call "it" without having named it: not what is always on, nor what only guards, unless its sort was told."""
    if what.reach == "ask" or (entity.domain in ("cover", "valve") and entity.domain in domains):
        return True
    return entity.domain not in NOT_IT and not (what.domains == SWITCHED and (entity.kind in ALWAYS_ON or entity.domain == "cover"))


def telling(entity: Entity, reasons: tuple[Why, ...], context: Context) -> bool:
    """Its range speaks for it, or its own state, unless it is in another room than the one of asking. A player that waits is not "on"."""
    found = {w.signal for w in reasons}
    if "range" in found:
        return True
    near = context.area is None or is_here(entity, context)
    return near and bool(found & TELLING) and not (entity.domain == "media_player" and entity.state in WAITING)


def stopped(reading: Interpretation, context: Context) -> Resolution:
    """ "Stop": what rings here, else what moves or plays here, else the one thing that does so anywhere."""
    ringing = ringing_here(context)
    if ringing:
        return Resolution(reading, score=signals.WEIGHTS["ringing"], why=(signals.reason("ringing", ringing[0].subject),))
    index = index_of(context)
    able = chain.from_iterable(index.domains.get(domain, ()) for domain in ABLE_TO_STOP)
    going = [(e, reasons) for e in map(context.home.entities.__getitem__, able) if (reasons := _going_on(e, context))]
    here = [row for row in going if is_here(row[0], context)]
    rows = here or (going if len(going) == 1 or context.area is None else [])
    if not rows:
        elsewhere = tuple(signals.reason("ringing", e.subject) for e in _announced(context)[:1])
        return Resolution(reading, why=elsewhere)
    top = max(signals.total(reasons) for _, reasons in rows)
    best = [row for row in rows if top - signals.total(row[1]) < 0.35]
    return Resolution(reading, tuple(e.entity_id for e, _ in best), top, tuple(w for _, ws in best for w in ws))


def ringing_here(context: Context) -> list[Event]:
    """Timers and alarms of the agent's own that ring in the room of asking, or in no room that is known."""
    return [e for e in _announced(context) if e.area is None or context.area is None or e.area == context.area]


def _announced(context: Context) -> list[Event]:
    return [e for e in context.ringing if e.subject not in context.home.entities]


def _going_on(entity: Entity, context: Context) -> tuple[Why, ...]:
    """Why the thing is one that can be stopped now: () where it is none."""
    found: list[tuple[str, float]] = []
    if is_playing(entity):
        found.append(("playing", 1.0))
    elif entity.domain in MOVERS and (entity.state in MOVING):
        found.append(("moving", 0.6 if entity.domain in ("vacuum", "lawn_mower") else 1.3))
    elif rings(entity):
        found.append(("ringing", 1.0))
    if entity.entity_id in context.focus and (found or (entity.domain in MOVERS and _just_now(entity, context))):
        found.append(("last spoken of", 0.2 if found else 3.0))
    return tuple(signals.reason(name, entity.entity_id, factor) for name, factor in found)


def rings(entity: Entity) -> bool:
    """A siren that sounds, or an alarm clock by its name; the house's alarm panel and smoke detectors are none."""
    if entity.domain not in RINGERS or entity.state not in RINGING:
        return False
    name = entity.name.casefold()
    return entity.domain == "siren" or (any(word in name for word in CLOCK) and entity.device_class not in ("smoke", "gas", "safety"))


def _just_now(entity: Entity, context: Context) -> bool:
    """The last turn told it to move, a moment ago."""
    turn = context.previous
    if turn is None or (context.now - turn.request.at).total_seconds() > JUST_NOW:
        return False
    told = {r.command.service.partition(".")[2] for r in turn.results if entity.entity_id in r.command.entity_ids}
    return bool(told) and not any(service.startswith(("stop", "pause")) for service in told)
