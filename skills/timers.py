"""Timers: start, more, less, pause, go on, how long, cancel. They live in the agenda; a timer that Home Assistant keeps is commanded there."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from agent import words
from agent.of_agenda import LONGER
from agent.records import Change, Context, Due, Plan, Resolution
from agent.stages import Skill
from agent.times import later, seconds_until
from agent.understand.normal import tokens
from agent.understand.times import duration
from devices.effects import number
from devices.home import NOTHING, Entity
from skills.agenda import by_name, by_ordinal, gone, made, of_kind, put
from skills.plans import act, answer, ask, slot_text
from skills.timer_phrases import PHRASES
from skills.vacuum import area_id

ORDINALS = {"first": slice(0, 1), "second": slice(1, 2), "third": slice(2, 3), "last": slice(-1, None)}
UNITS = {"hours": 3600, "minutes": 60, "seconds": 1}
LONGEST = timedelta(days=366).total_seconds()


def start(resolution: Resolution, context: Context) -> Plan:
    """Slots: hours, minutes, seconds, name, conversation_command done when it is over."""
    length = _seconds(resolution.slots)
    kept = _device_timer(resolution, context)
    if kept is not None:
        data = {"duration": _clocked(length)} if length else NOTHING
        return act([(kept.entity_id, "timer.start", data)], context)
    if length <= 0 or length > LONGEST:
        return ask("duration", words.say("timer.ask"))
    due = later(context.now, length)
    command = slot_text(resolution, "conversation_command")
    if command:
        waiting = made("schedule", due, context, command=command, length=length)
        return Plan("schedule", words.say("timer.command", span=words.span(length)), changes=(put(waiting),))
    new = made("timer", due, context, name=_name(resolution), length=length)
    room = area_id(slot_text(resolution, "area"), context.home) if slot_text(resolution, "area") else ""
    new = replace(new, area=room, device=None) if room else new
    new = replace(new, say=words.say("timer.done", name=label(new)))
    set_as = f"{words.adjective(length)} {new.name} timer" if new.name else label(new)
    return Plan("schedule", words.say("timer.set", name=set_as), changes=(put(new),))


def _seconds(slots: Mapping[str, object], prefix: str = "") -> float:
    return sum((number(slots.get(prefix + unit)) or 0) * size for unit, size in UNITS.items()) or (number(slots.get(prefix + "duration")) or 0.0)


def _name(resolution: Resolution) -> str:
    said = " ".join(tokens(slot_text(resolution, "name")).words)
    return said.removeprefix("the ").removesuffix(" timer").removesuffix(" one").strip()


def _clocked(length: float) -> str:
    minutes, seconds = divmod(round(length), 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"


def label(timer: Due) -> str:
    """ "pizza timer", "5 minute timer"."""
    return f"{timer.name} timer" if timer.name else f"{words.adjective(timer.length)} timer".strip()


def _left(timer: Due, context: Context) -> float:
    return timer.left if timer.due is None else max(0.0, seconds_until(timer.due, context.now))


def _device_timer(resolution: Resolution, context: Context) -> Entity | None:
    """A timer entity of that name, if the home has one."""
    name = _name(resolution)
    known = context.home.entities
    ids = known if context.index is None else context.index.domains.get("timer", ())
    timers = (known[i] for i in ids if words.domain_of(known[i]) == "timer")
    return next((e for e in timers if name and name in {n.casefold().removesuffix(" timer") for n in e.names}), None)


def meant(resolution: Resolution, context: Context, timers: tuple[Due, ...]) -> tuple[Due, ...]:
    """The timers that fit what was said: name, what they were set to, room, order; without any of it those of this room before others."""
    ids = resolution.slots.get("ids")
    if isinstance(ids, list):
        return tuple(timer for timer in timers if timer.id in ids)
    name, length, room = _name(resolution), _seconds(resolution.slots, "start_"), slot_text(resolution, "area")
    if name in LONGER and not any(t.name == name for t in timers):
        return _longer(timers, context)
    if name in ORDINALS and not any(t.name == name for t in timers):
        return timers[ORDINALS[name]]
    if name:
        timers = by_name(timers, name) or _by_length_words(timers, name)
    if length:
        timers = tuple(timer for timer in timers if timer.length == length)
    if room:
        called = _called(room, context)
        named = tuple(t for t in timers if not name and t.name.casefold() in called)
        timers = named or tuple(t for t in timers if t.area == area_id(room, context.home))
    timers = _longer(by_ordinal(timers, resolution), context)
    near = tuple(timer for timer in timers if timer.area is not None and timer.area == context.area)
    return near if near and not (name or length or room) and len(timers) > 1 else timers


def _called(room: str, context: Context) -> set[str]:
    """The names of a room: "laundry" may be a timer's."""
    area = context.home.areas.get(area_id(room, context.home))
    return {n.casefold() for n in (room, *((area.name, *area.aliases) if area else ()))}


def _longer(timers: tuple[Due, ...], context: Context) -> tuple[Due, ...]:
    """ "The longer one", "the shorter timer"."""
    side = next((LONGER[word] for word in tokens(context.text).words if word in LONGER), None)
    return timers if side is None or len(timers) < 2 else timers[side:][:1]


def _by_length_words(timers: tuple[Due, ...], said: str) -> tuple[Due, ...]:
    """ "the five minute one", as an answer to "which timer?"."""
    length = duration(tuple(said.split()), 0)
    return tuple(t for t in timers if length is not None and t.length == length[1])


def _one(resolution: Resolution, context: Context, wanted: tuple[Due, ...], none: str) -> Due | Plan:
    """The one timer that is meant, or what is said instead."""
    fitting = meant(resolution, context, wanted)
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        return ask("name", words.say("timer.which", names=words.join([label(timer) for timer in fitting], words.LANGUAGE.OR)))
    said = _name(resolution) or words.adjective(_seconds(resolution.slots, "start_"))
    return answer(words.say("timer.none_such", name=f"{said} timer") if said and of_kind(context, "timer") else words.say(none))


def change(resolution: Resolution, context: Context, sign: int) -> Plan:
    by = _seconds(resolution.slots)
    if not by:
        return ask("duration", words.say("timer.ask"))
    timer = _one(resolution, context, of_kind(context, "timer"), "timer.none")
    if isinstance(timer, Plan):
        return timer
    left = max(0.0, _left(timer, context) + sign * by)
    length = max(0.0, timer.length + sign * by)
    moved = replace(timer, left=left, length=length) if timer.due is None else replace(timer, due=later(context.now, left), length=length)
    moved = moved if timer.name else replace(moved, say=words.say("timer.done", name=label(moved)))
    key = "timer.now" if left else "timer.over"
    return answer(words.say(key, name=label(timer), span=words.span(left)), (put(moved),))


def increase(resolution: Resolution, context: Context) -> Plan:
    """Slots: hours, minutes, seconds to add; start_hours..., name, area say which timer."""
    return change(resolution, context, 1)


def decrease(resolution: Resolution, context: Context) -> Plan:
    """As increase. A timer that has nothing left is over at once."""
    return change(resolution, context, -1)


def pause(resolution: Resolution, context: Context) -> Plan:
    kept = _device_timer(resolution, context)
    if kept is not None:
        return act([(kept.entity_id, "timer.pause", NOTHING)], context)
    timer = _one(resolution, context, tuple(t for t in of_kind(context, "timer") if t.due is not None), "timer.none")
    if isinstance(timer, Plan):
        return timer
    return answer(words.say("timer.paused", name=label(timer)), (put(replace(timer, due=None, left=_left(timer, context))),))


def unpause(resolution: Resolution, context: Context) -> Plan:
    kept = _device_timer(resolution, context)
    if kept is not None:
        return act([(kept.entity_id, "timer.start", NOTHING)], context)
    timer = _one(resolution, context, tuple(t for t in of_kind(context, "timer") if t.due is None), "timer.none_paused")
    if isinstance(timer, Plan):
        return timer
    going = replace(timer, due=later(context.now, timer.left), left=0.0)
    return answer(words.say("timer.resumed", name=label(timer), span=words.span(timer.left)), (put(going),))


def status(resolution: Resolution, context: Context) -> Plan:
    """Every timer that fits, the soonest first."""
    kept = _device_timer(resolution, context)
    if kept is not None:
        return answer(words.say("state", what=words.the(kept), state=words.state_word(kept.state), **words.forms(several=False)), about=(kept,))
    timers = of_kind(context, "timer")
    fitting = meant(resolution, context, timers)
    if not fitting:
        alone = _one(resolution, context, (), "timer.none")
        return alone if isinstance(alone, Plan) else answer(words.say("timer.none"))
    keys = ("timer.left" if timer.due else "timer.paused_left" for timer in fitting)
    told = zip(keys, fitting, strict=True)
    return answer(" ".join(words.say(key, name=label(timer), span=words.span(_left(timer, context))) for key, timer in told))


def _ringing_meant(resolution: Resolution, context: Context) -> bool:
    """ "Stop the timer" while one rings is about that one, unless another is described."""
    described = _name(resolution) or _seconds(resolution.slots, "start_") or slot_text(resolution, "area") or slot_text(resolution, "ordinal")
    return not described and any(e.kind == "timer" for e in context.ringing)


def cancel(resolution: Resolution, context: Context) -> Plan:
    kept = _device_timer(resolution, context)
    if kept is not None:
        return act([(kept.entity_id, "timer.cancel", NOTHING)], context)
    if any(e.kind == "timer" for e in context.ringing) and not meant(resolution, context, of_kind(context, "timer")):
        return answer(words.say("ok"))
    if _ringing_meant(resolution, context):
        return answer(words.say("ok"))
    timer = _one(resolution, context, of_kind(context, "timer"), "timer.none")
    return timer if isinstance(timer, Plan) else answer(words.say("timer.cancelled", name=label(timer)), (gone(timer),))


def cancel_all(resolution: Resolution, context: Context) -> Plan:
    """Slots: area, where only that room's are meant."""
    room = slot_text(resolution, "area")
    timers = tuple(t for t in of_kind(context, "timer") if not room or t.area == area_id(room, context.home))
    if not timers:
        return answer(words.say("timer.none"))
    changes: tuple[Change, ...] = tuple(map(gone, timers))
    return answer(words.say("timer.all_cancelled", count=words.count(len(timers), "timer"), **words.forms(len(timers) > 1)), changes)


SKILL = Skill(
    name="timers",
    phrases=PHRASES,
    handlers={
        "HassStartTimer": start,
        "HassIncreaseTimer": increase,
        "HassDecreaseTimer": decrease,
        "HassPauseTimer": pause,
        "HassUnpauseTimer": unpause,
        "HassTimerStatus": status,
        "HassCancelTimer": cancel,
        "HassCancelAllTimers": cancel_all,
    },
)
