"""Commands for later: "at nine", "every evening". The reader finds the time, the turn plans the command (agent.planning); here is the rest."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from agent import called_off, words
from agent.dialogue import EVERY
from agent.ellipsis import just_set
from agent.records import Context, Due, Plan, Resolution
from agent.references import PRONOUNS
from agent.stages import Phrase, Skill
from agent.times import part_of, resolve_when, seconds_until
from agent.understand.normal import tokens
from agent.wording import plain
from skills.agenda import by_when, gone, here, made, of_kind, put, when_of
from skills.alarms import too_late
from skills.plans import answer, ask, slot_text
from skills.timers import label


def schedule(resolution: Resolution, context: Context) -> Plan:
    """Slots: conversation_command, when. Used where the command's own plan is not known yet: it is read when it is due."""
    command, when = slot_text(resolution, "conversation_command"), when_of(resolution)
    if not when or not command:
        return ask("when", words.say("schedule.ask"))
    due, rule = resolve_when(when, context.now, context.home.location)
    if due is None:
        return too_late(when)
    later = made("schedule", due, context, command=command, rrule=rule)
    return Plan("schedule", words.say("schedule.set", moment=words.moment(due, context.now, rule)), changes=(put(later),))


def unschedule(resolution: Resolution, context: Context) -> Plan:
    """Slots: name, a thing or what was to be done, when. What was put off is called off: what was named, else everything.

    Or ids of whatever was set for later (agent.called_off), which of several (plan: the answer to a question), or all of them.
    """
    if isinstance(resolution.slots.get("ids"), list):
        return _call_off(resolution, context)
    waiting = of_kind(context, "schedule")
    if not waiting:
        return answer(words.say("schedule.none"))
    if slot_text(resolution, "name") or when_of(resolution):
        waiting = _named(waiting, resolution, context)
        if not waiting:
            return answer(words.say("schedule.none_such"))
    return answer(words.say("schedule.gone", count=words.count(len(waiting), "plan"), **words.forms(len(waiting) > 1)), tuple(map(gone, waiting)))


def _call_off(resolution: Resolution, context: Context) -> Plan:
    ids, said = resolution.slots["ids"], slot_text(resolution, "plan")
    found = tuple(due for due in context.agenda if due.id in ids)
    every = slot_text(resolution, "all") or plain(said) in EVERY
    if said and not every:
        found = called_off.narrowed(tokens(said).words, found, context)
    if not found:
        return answer(words.say("schedule.none_such" if context.agenda else "schedule.none"))
    if len(found) > 1 and not every:
        return ask("plan", words.say("schedule.which", list=words.join([_told(due, context) for due in found], words.LANGUAGE.OR)))
    return answer(" ".join(_off(due, context) for due in found), tuple(map(gone, found)))


def _told(due: Due, context: Context) -> str:
    """What will be, and when: "close the blinds at 10:00 pm", "the pizza timer", "the alarm tomorrow at 7:00 am"."""
    moment = words.moment(here(due.due, context), context.now, due.rrule) if due.due else words.condition(due.trigger)
    if due.kind == "schedule":
        own = due.command != "undo" and not PRONOUNS & set(plain(due.command).split())
        return f"{due.command if own or not due.actions else words.deed(due.actions, context.home)} {moment}"
    if due.kind == "timer":
        return words.say("schedule.timer", name=label(due))
    return words.say(f"schedule.{due.kind}", name=due.name, moment=moment)


def _off(due: Due, context: Context) -> str:
    """What is said of one that is called off."""
    if due.kind == "schedule":
        return words.say("schedule.off", deed=_told(due, context))
    moment = words.moment(here(due.due, context), context.now, due.rrule) if due.due else words.condition(due.trigger)
    return words.say(GONE[due.kind], name=label(due), moment=moment, task=due.name)


GONE = {"timer": "timer.cancelled", "alarm": "alarm.gone", "reminder": "reminder.gone"}


def _named(waiting: tuple[Due, ...], resolution: Resolution, context: Context) -> tuple[Due, ...]:
    wanted = set(plain(slot_text(resolution, "name")).split()) - {"the", "my"}
    timed = by_when(waiting, when_of(resolution), context) if when_of(resolution) else waiting
    return tuple(due for due in timed if wanted <= set(plain(due.command).split()) | _things(due, context))


def _things(due: Due, context: Context) -> set[str]:
    entities = context.home.entities
    return {w for c in due.actions for e in c.entity_ids if e in entities for name in entities[e].names for w in plain(name).split()}


def reschedule(resolution: Resolution, context: Context) -> Plan:
    """Slots: when. What the last turn set is moved: "make that twenty minutes", "in the morning"."""
    dues, when = just_set(context), when_of(resolution)
    moved = [(due, *_moved(due, when, context)) for due in dues if due.due is not None]
    if not moved:
        return answer(words.say("schedule.none"))
    changes = tuple(put(_at(due, at, rule, "in" in when, context)) for due, at, rule in moved if at is not None)
    _, at, rule = moved[0]
    if at is None or not changes:
        return too_late(when)
    return Plan("schedule", words.say("schedule.moved", moment=words.moment(here(at, context), context.now, rule)), changes=changes)


def _moved(due: Due, when: Mapping[str, Any], context: Context) -> tuple[datetime | None, str]:
    """The new moment; a part of the day alone keeps the hour, a day alone keeps the time."""
    old = here(due.due, context) if due.due else context.now
    if "in" not in when and "sun" not in when and "hour" not in when:
        when = {**when, "hour": old.hour % 12 if "part" in when else old.hour, "minute": old.minute, **({"half_day": True} if "part" in when else {})}
    waking, place = due.kind == "alarm", context.home.location
    if "hour" in when and not {"day", "date", "weekday", "weekdays", "every"} & set(when) and due.due is not None:
        half = {"part": part_of(old.hour)} if when.get("half_day") and "part" not in when else {}
        same_day = {**when, **half, "date": [old.month, old.day, old.year]}
        found, rule = resolve_when(same_day, context.now, place, waking)
        if found is not None:
            return found, rule or due.rrule
    found, rule = resolve_when(when, context.now, place, waking)
    return found, rule or due.rrule


def _at(due: Due, at: datetime, rule: str, in_a_while: bool, context: Context) -> Due:
    length = seconds_until(at, context.now) if due.kind == "timer" or in_a_while else 0.0
    say = due.say
    if due.kind == "alarm":
        say = words.say("alarm.rings_named" if due.name else "alarm.rings", clock=words.clock(here(at, context)), name=due.name)
    if due.kind == "timer" and not due.name:
        say = words.say("timer.done", name=f"{words.adjective(length)} timer")
    return replace(due, due=at, rrule=rule, length=length, say=say)


def scheduled(resolution: Resolution, context: Context) -> Plan:
    waiting = of_kind(context, "schedule")
    if not waiting:
        return answer(words.say("schedule.none"))
    return answer(words.say("schedule.list", list=words.join([_told(due, context) for due in waiting])))


SKILL = Skill(
    name="schedule",
    phrases={
        "ExtScheduleQuery": (
            Phrase("(what is|what have you|what did i|what do you have) (scheduled|planned|schedule) [for later|today|tomorrow]"),
            Phrase("(what is|what do i have|what have i got) (on|in) [my|the|our] (schedule|plan|agenda) [for] [today|tonight|tomorrow]"),
            Phrase("(do i have|have i|have you|is there|is) (anything|something) (planned|scheduled|set up) [for] [today|tonight|tomorrow|later]"),
            Phrase("what is (planned|scheduled) [for] [today|tonight|tomorrow|later]"),
            Phrase("(show|list|tell me) [all] [my|the] (schedules|scheduled commands|schedule|plans)"),
        ),
        "ExtScheduleRemove": (
            Phrase("(cancel|delete|clear|remove) [all] [my|the] (schedule|schedules|scheduled commands|scheduled command|plans)"),
            Phrase("<cancel> [<the>] {name:words} (schedule|schedules|plan|automation|timed command)"),
            Phrase("<cancel> [<the>] (schedule|scheduled command|plan) (for|of|about|with|to) [<the>] {name:words}"),
            Phrase("<cancel> everything [that] [you|i] [have|had] (planned|scheduled)"),
            Phrase("(cancel|do not do) what you (planned|scheduled|have planned)"),
        ),
    },
    handlers={"ExtReschedule": reschedule, "ExtSchedule": schedule, "ExtScheduleQuery": scheduled, "ExtScheduleRemove": unschedule},
)
