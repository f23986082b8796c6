"""Commands for later: "at nine", "every evening". The reader finds the time, the turn plans the command (agent.planning); here is the rest."""

from agent import words
from agent.records import Context, Plan, Resolution
from agent.stages import Phrase, Skill
from agent.times import resolve_when
from skills.agenda import gone, made, of_kind, put, when_of
from skills.alarms import too_late
from skills.plans import answer, ask, slot_text


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
    """Everything that was put off is called off."""
    waiting = of_kind(context, "schedule")
    if not waiting:
        return answer(words.say("schedule.none"))
    return answer(words.say("schedule.gone", count=words.count(len(waiting), "plan"), **words.forms(len(waiting) > 1)), tuple(map(gone, waiting)))


def scheduled(resolution: Resolution, context: Context) -> Plan:
    waiting = of_kind(context, "schedule")
    if not waiting:
        return answer(words.say("schedule.none"))
    told = [f"{due.command} {words.moment(due.due, context.now, due.rrule)}" for due in waiting if due.due]
    return answer(words.say("schedule.list", list=words.join(told)))


SKILL = Skill(
    name="schedule",
    phrases={
        "ExtScheduleQuery": (
            Phrase("(what is|what have you|what did i|what do you have) (scheduled|planned|schedule) [for later|today|tomorrow]"),
            Phrase("(show|list|tell me) [all] [my|the] (schedules|scheduled commands|schedule|plans)"),
        ),
        "ExtScheduleRemove": (
            Phrase("(cancel|delete|clear|remove) [all] [my|the] (schedule|schedules|scheduled commands|scheduled command|plans)"),
            Phrase("(cancel|do not do) what you (planned|scheduled|have planned)"),
        ),
    },
    handlers={"ExtSchedule": schedule, "ExtScheduleQuery": scheduled, "ExtScheduleRemove": unschedule},
)
