"""Commands for later: "at nine", "every evening". The reader finds the time, the turn plans the command (agent.planning); here is the rest."""

from datetime import datetime

from agent import of_agenda, words
from agent.dialogue import EVERY
from agent.ellipsis import just_set
from agent.records import Context, Due, Plan, Resolution
from agent.references import PRONOUNS
from agent.stages import Phrase, Skill
from agent.times import resolve_when
from agent.understand.normal import tokens
from agent.wording import plain
from skills.agenda import by_when, gone, here, made, of_kind, put, struck, when_of
from skills.alarms import too_late
from skills.moved import moved, moved_to
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

    Or ids of whatever was set for later (agent.of_agenda), which of several (plan: the answer to a question), or all of them.
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
        found = of_agenda.narrowed(tokens(said).words, found, context)
    if not found:
        return answer(words.say("schedule.none_such" if context.agenda else "schedule.none"))
    if len(found) > 1 and not every:
        return ask("plan", words.say("schedule.which", list=words.join([_told(due, context) for due in found], words.LANGUAGE.OR)))
    done = [struck(due, when_of(resolution), context) for due in found]
    return answer(" ".join(_off(due, moment, context) for due, (_, moment) in zip(found, done, strict=True)), tuple(change for change, _ in done))


def _told(due: Due, context: Context) -> str:
    """What will be, and when: "close the blinds at 10:00 pm", "the pizza timer", "the alarm tomorrow at 7:00 am"."""
    moment = words.moment(here(due.due, context), context.now, due.rrule) if due.due else words.condition(due.trigger)
    if due.kind == "schedule":
        return f"{_what(due, context)} {moment}"
    if due.kind == "timer":
        return words.say("schedule.timer", name=label(due))
    return words.say(f"schedule.{due.kind}", name=due.name, moment=moment)


def _what(due: Due, context: Context) -> str:
    """The command in the speaker's own words, where they say what it is about."""
    if due.kind != "schedule":
        return words.say(f"schedule.{due.kind}.do", name=due.name)
    own = due.command != "undo" and not PRONOUNS & set(plain(due.command).split())
    return due.command if own or not due.actions else words.deed(due.actions, context.home)


def _off(due: Due, skipped: datetime | None, context: Context) -> str:
    """What is said of one that is called off, or skipped once."""
    if skipped is not None:
        return words.say("schedule.skipped", deed=_what(due, context), moment=words.moment(here(skipped, context), context.now))
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
    found = [(due, *moved_to(due, when, context)) for due in dues if due.due is not None]
    if not found:
        return answer(words.say("schedule.none"))
    changes = tuple(put(moved(due, at, rule, "in" in when, context)) for due, at, rule in found if at is not None)
    _, at, rule = found[0]
    if at is None or not changes:
        return too_late(when)
    return Plan("schedule", words.say("schedule.moved", moment=words.moment(here(at, context), context.now, rule)), changes=changes)


def scheduled(resolution: Resolution, context: Context) -> Plan:
    """Slots: ids of those that were asked about, else all."""
    ids = resolution.slots.get("ids")
    waiting = tuple(due for due in of_kind(context, "schedule") if not isinstance(ids, list) or due.id in ids)
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
