"""Alarms: set, ask, remove, snooze. The turn's scheduler rings them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from agent import words
from agent.ellipsis import just_set
from agent.of_agenda import narrowed
from agent.records import Change, Context, Due, Plan, Resolution
from agent.stages import Phrase, Skill
from agent.times import has_time, is_one_day, later, resolve_when
from agent.understand.normal import tokens
from skills.agenda import by_name, by_ordinal, by_when, gone, here, made, of_kind, put, struck, when_of
from skills.moved import moved, moved_to
from skills.plans import answer, ask, slot_number, slot_text

SNOOZE_MINUTES = 10
RANG_WITHIN = timedelta(minutes=30)
"""How long after it rang an alarm can be snoozed."""


def set_alarm(resolution: Resolution, context: Context) -> Plan:
    """Slots: when, name. An hour without am or pm is the next such one; on a named day it is in the morning."""
    when = when_of(resolution)
    if not has_time(when) and not when.get("event"):
        return ask("when", words.say("alarm.ask"))
    if slot_text(resolution, "moved") and of_kind(context, "alarm"):
        return _move(resolution, when, context)
    due, rule = resolve_when(when, context.now, context.home.location, waking=True)
    if due is None:
        return too_late(when)
    name = slot_text(resolution, "name")
    rings = words.say("alarm.rings_named" if name else "alarm.rings", clock=words.clock(due), name=name)
    new = made("alarm", due, context, name=name, rrule=rule, say=rings, length=float(when.get("in") or 0))
    said = words.moment(due, context.now, rule).removeprefix("at ").removeprefix("on ")
    return Plan("schedule", words.say("alarm.set", moment=said), changes=(put(new),))


def _move(resolution: Resolution, when: Mapping[str, Any], context: Context) -> Plan:
    """Slots: old, the time of the alarm that is meant, or the words that answered which one."""
    alarms, old = of_kind(context, "alarm"), resolution.slots.get("old")
    if isinstance(old, Mapping):
        alarms = by_when(alarms, old, context)
    elif old:
        alarms = narrowed(tokens(str(old)).words, alarms, context)
    if len(alarms) > 1:
        alarms = tuple(due for due in just_set(context) if due.kind == "alarm") or alarms
    if not alarms:
        return answer(words.say("alarm.none_such"))
    if len(alarms) > 1:
        return ask("old", words.say("alarm.which", list=words.join([_moment(alarm, context) for alarm in alarms], words.LANGUAGE.OR)))
    at, rule = moved_to(alarms[0], when, context)
    if at is None:
        return too_late(when)
    said = words.moment(here(at, context), context.now, rule).removeprefix("at ").removeprefix("on ")
    return Plan("schedule", words.say("alarm.moved", moment=said), changes=(put(moved(alarms[0], at, rule, "in" in when, context)),))


def too_late(when: Mapping[str, Any]) -> Plan:
    """A point in time that lies in the past, or an event that cannot be waited for."""
    return answer(words.say("event" if when.get("event") else "alarm.past"))


def query(resolution: Resolution, context: Context) -> Plan:
    """Slots: when, where one day or time was asked about."""
    alarms = _fitting(resolution, context)
    if not alarms:
        return answer(words.say("alarm.none_such" if of_kind(context, "alarm") else "alarm.none"))
    told = [_moment(alarm, context) for alarm in alarms]
    if len(told) == 1:
        return answer(words.say("alarm.one", moment=told[0]))
    return answer(words.say("alarm.several", count=words.count(len(told), "alarm"), list=words.join(told)))


def _fitting(resolution: Resolution, context: Context) -> tuple[Due, ...]:
    alarms, name, ids = of_kind(context, "alarm"), slot_text(resolution, "name"), resolution.slots.get("ids")
    if isinstance(ids, list):
        return tuple(alarm for alarm in alarms if alarm.id in ids)
    if name:
        alarms = by_name(alarms, name) or narrowed(tokens(name).words, alarms, context)
    return by_ordinal(by_when(alarms, when_of(resolution), context), resolution)


def _moment(alarm: Due, context: Context) -> str:
    moment = words.moment(here(alarm.due, context), context.now, alarm.rrule) if alarm.due else ""
    return f"{moment} ({alarm.name})" if alarm.name else moment


def remove(resolution: Resolution, context: Context) -> Plan:
    """Slots: when, name, ordinal, or all. Several left: asked which. One that rings is the one, where none is described."""
    described = when_of(resolution) or slot_text(resolution, "name") or slot_text(resolution, "ordinal") or slot_text(resolution, "all")
    if not described and any(e.kind == "alarm" for e in context.ringing):
        return answer(words.say("ok"))
    alarms = _fitting(resolution, context)
    if not alarms:
        return answer(words.say("alarm.none_such" if of_kind(context, "alarm") else "alarm.none"))
    if slot_text(resolution, "all") and len(alarms) > 1:
        changes: tuple[Change, ...] = tuple(map(gone, alarms))
        return answer(words.say("alarm.all_gone", count=words.count(len(alarms), "alarm"), **words.forms(several=True)), changes)
    when = when_of(resolution)
    if len(alarms) > 1 and is_one_day(when) and "wake" in context.text.casefold():
        days = [struck(alarm, when, context) for alarm in alarms]
        on = [moment or alarm.due or context.now for alarm, (_, moment) in zip(alarms, days, strict=True)]
        moments = [words.moment(here(moment, context), context.now) for moment in on]
        return answer(words.say("alarm.skipped", moment=words.join(moments)), tuple(change for change, _ in days))
    if len(alarms) > 1:
        told = [_moment(alarm, context) for alarm in alarms]
        return ask("name", words.say("alarm.which", list=words.join(told, words.LANGUAGE.OR)))
    change, skipped = struck(alarms[0], when_of(resolution), context)
    if skipped is not None:
        return answer(words.say("alarm.skipped", moment=words.moment(here(skipped, context), context.now)), (change,))
    return answer(words.say("alarm.gone", moment=_moment(alarms[0], context)), (change,))


def snooze(resolution: Resolution, context: Context) -> Plan:
    """Slots: hours, minutes; ten minutes where none were said. The alarm that rang last rings again."""
    rang = any(event.kind == "alarm" and context.now - event.at <= RANG_WITHIN for event in context.events)
    if not rang:
        return answer(words.say("alarm.nothing_rang"))
    seconds = (slot_number(resolution, "hours") or 0) * 3600 + (slot_number(resolution, "minutes") or 0) * 60 or SNOOZE_MINUTES * 60
    due = later(context.now, seconds)
    again = made("alarm", due, context, say=words.say("alarm.rings", clock=words.clock(here(due, context))))
    return Plan("schedule", words.say("alarm.snoozed", span=words.span(seconds)), changes=(put(replace(again, name=_last_name(context))),))


def _last_name(context: Context) -> str:
    """What the alarm that rang was called."""
    return next((event.subject for event in context.events if event.kind == "alarm" and not event.subject.startswith("alarm-")), "")


SKILL = Skill(
    name="alarms",
    phrases={
        "ExtAlarmSet": (
            Phrase(
                "(set|create|make|put|add|start|schedule|activate|get|have) [me|up] [a|an|the|my|another|one|new] [new] <alarm> "
                "[for|at|on|to|of|by] {when}"
            ),
            Phrase("(set|create|make|add|schedule) [me] [a|an|the|my] {when} <alarm>"),
            Phrase("<alarm> [for|at|on] {when}"),
            Phrase("[a|an] {when} <alarm>"),
            Phrase("(wake me|wake me up|wake us|wake us up|get me up|get me out of bed) [at|by|on|in] {when}"),
            Phrase("(wake|get) me up {when}"),
            Phrase("(ring|ring me|ring the alarm|alert me|beep|buzz me|call me) [at|in|on] {when}"),
            Phrase("<i_want> [to] (wake up|get up|be woken|be woken up|be up) [at|by] {when}"),
            Phrase("<i_want> [you to set|to set|to have|set] (a|an|my|the) <alarm> [for|at|to go off|to go off at] {when}"),
            Phrase("(have|let) [an|the] <alarm> (ring|go off|wake me|wake me up) [at] {when}"),
            Phrase("(can you|you must|please) (play|sound) [an|the] <alarm> [at] {when}"),
            Phrase("i (have to|need to|must|want to) (get up|wake up|be up) [at|by] {when}"),
            Phrase("(change|move|reset|reschedule|push|shift|bring|postpone|put) [my|the] <alarm> [back|forward|up] to {when}", {"moved": "yes"}),
            Phrase("(change|move|reset|reschedule|push|shift|postpone) [my|the] {old:when} <alarm> to {when}", {"moved": "yes"}),
            Phrase("(change|move|reset|reschedule|push|shift|postpone) [my|the] <alarm> (from|at|for) {old:when} to {when}", {"moved": "yes"}),
            Phrase("(set|create|make|add) [a|an|the|my] <alarm> (named|called|labeled|for) {name:words} [at|for|on] {when}"),
            Phrase("(set|create|make|add) [a|an|the|my] <alarm> [for|at] {when} (named|called|labeled|for) {name:words}"),
            Phrase("(set|create|make|add) [a|an|the|my] {name:words} <alarm> [for|at|on] {when}"),
            Phrase("(set|create|make|add|schedule) [me] [a|an|the|my|another|new] <alarm>"),
            Phrase("wake me up"),
            Phrase("(set|set up|create|make|initiate|add|turn on) [a|an|the|my|me an|up an|up] [new] <alarm> [for me|now|right now]"),
            Phrase("(set|set up|create|make) (an|the|my) <alarm> [to go off|to ring|to start] [tomorrow] [at|for] {when}"),
            Phrase("wake me up with an alarm at {when}"),
            Phrase("(play|sound) an alarm (at|in) {when}"),
            Phrase("<i_want> [to set|to make|to have|have|to have an|set] [an|a|my] <alarm> [set|set up] [for|at] [{when}] [for me|now]"),
            Phrase("(ensure|make sure) i (get up|wake up|have to get up|am up) [at|by] {when}"),
            Phrase("<i_want> [to set] an <alarm>"),
        ),
        "ExtAlarmQuery": (
            Phrase(
                "(what|which) <alarm> (are|is|do i have|did i|have i|have you|i have) [there|set|on|active|upcoming|currently|"
                "now] [set|on] [for] [{when}]"
            ),
            Phrase("(what|which) (are|is) [<the>] <alarm> [i have|you have|that are|that i have] [set|on|active] [for] [{when}]"),
            Phrase(
                "(do i have|are there|is there|have i got|have i|did i set|have you) [any|an|some] <alarm> [set|on|active|"
                "running|up] [for|at] [{when}]"
            ),
            Phrase("(is|are) [<the>] [{when}] <alarm> (set|on|active|activated) [for|at] [{when}]"),
            Phrase(
                "(show|show me|list|read|read out|tell me|tell me about|give me|check|display|find|see|look up|view|report) [all|"
                "all of|any] [<the>|me] [upcoming|set|current|active] <alarm> [times|timings|settings|that are set|i have set|"
                "you have set|i have] [for] [{when}]"
            ),
            Phrase(
                "(what time|when|for when|what times) (is|are|did i set|have i set|have you set|does|will) [<the>] [{when}] "
                "<alarm> [set|set for|set to|go off|ring|ringing|going off] [for|on] [{when}]"
            ),
            Phrase("(when|what time) (will|do|am|are) (i|you) (wake|wake up|getting up|get up|be woken|wake me|waking me) [up]"),
            Phrase("what is [<the>] (alarm situation|next alarm|alarm status) [for] [{when}]"),
            Phrase(
                "(what time|what times|when|at what time) (do|does|is|are|will) [<the>] <alarm> [set] [go off|ring|wake me up|set for|set] [{when}]"
            ),
            Phrase(
                "(what|which) <alarm> (will wake me up|did i set|do i have scheduled|are upcoming|do i all have set|have been set) [for] [{when}]"
            ),
            Phrase(
                "(i want to see|provide|provide me|review|tell me about|give me|show me) [all] [the|my|set|current|scheduled] "
                "<alarm> [times|timings] [you have set|that are set] [for] [{when}]"
            ),
            Phrase("(list|show) [all] [current|set|scheduled|upcoming] [set] <alarm>"),
            Phrase("(what days|which days) are [<the>] <alarm> set for"),
            Phrase("(is there|are there) [any|an] <alarm> (active|on|set|running)"),
            Phrase("(when|what) (was|is) the (last|next) <alarm> [set|going off]"),
            Phrase("how many <alarm> (are there|do i have|are set|have i) [set] [for] [{when}]"),
            Phrase("(what|when) (is|are) [<the>] next <alarm>"),
            Phrase("<alarm> (status|settings|list)"),
            Phrase("(any|my) <alarm> [set|listed|currently|on|tomorrow|today] [for] [{when}]"),
            Phrase("(did|have) (you|i) (set|put) [my|an|the] <alarm> [for|at] [{when}]"),
        ),
        "ExtAlarmRemove": (
            Phrase("(<cancel>|disable|reset|undo|take away) [<the>] [current|set|early] <alarm>"),
            Phrase("(turn|switch|shut|take) off [<the>] <alarm>"),
            Phrase("(turn|switch|shut|take) [<the>] <alarm> off"),
            Phrase("<cancel> [<the>] {when} <alarm>"),
            Phrase("(<cancel>|disable) [<the>] <alarm> [that is] [set] [for|at|on|of] {when}"),
            Phrase("(turn|switch|shut|take) off [<the>] ({when} <alarm>|<alarm> [for|at|on] {when})"),
            Phrase("(take away|get rid of|unset|undo|kill) [<the>] (<alarm>|{when} <alarm>|<alarm> [for|at|on|of] {when})"),
            Phrase("(<cancel>|disable) [<the>] {ordinal} <alarm>"),
            Phrase("<cancel> [<the>] {name:words} <alarm>"),
            Phrase("<cancel> {all:all} [of] [<the>] <alarm> [for|on|set for] [{when}] [that are set|i have set|that i have set]", {"all": "all"}),
            Phrase("(<cancel>|disable) any <alarm> [that i have set|i have set|set]", {"all": "all"}),
            Phrase("(turn|switch|shut|take) off {all:all} [of] [<the>] <alarm> [for|on] [{when}]"),
            Phrase("(no|no more|i do not need an|do not wake me) (<alarm>|up) [for|on|at] [{when}]"),
        ),
        "ExtAlarmSnooze": (
            Phrase("(snooze|snooze it|snooze the alarm|snooze please|hit snooze|press snooze)"),
            Phrase("(snooze|snooze it|snooze the alarm) for {duration}"),
            Phrase("snooze {duration}"),
            Phrase("{duration} more sleep"),
            Phrase("(let me sleep|i want to sleep|sleep) [a bit|a little|some] (longer|more)"),
            Phrase("(wake me|wake me up) (again|later) [in {duration}]"),
            Phrase("let me sleep [for] {duration} [more|longer]"),
        ),
    },
    handlers={"ExtAlarmSet": set_alarm, "ExtAlarmQuery": query, "ExtAlarmRemove": remove, "ExtAlarmSnooze": snooze},
)
