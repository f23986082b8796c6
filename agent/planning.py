"""From a resolution to a plan: questions for what is missing, the skills' handlers, and what needs another sentence's plan: delay and repair.

Pure: nothing is done here. A time that was heard is never executed now: delayed requests become Due records.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from agent import of_agenda, words
from agent.dialogue import merged
from agent.ellipsis import just_set
from agent.records import Change, Context, Due, Plan, Resolution, Trigger
from agent.references import PRONOUNS
from agent.stages import Handler
from agent.times import is_after, later, local, resolve_when, seconds_until
from agent.waiting import trigger
from agent.words import say
from devices.commands import Command
from devices.effects import number, undo

Inner = Callable[[str, Context, tuple[str, ...]], tuple[Plan, ...]]
"""The plans of another sentence, in the same context (a delayed command, a repair); the things that were chosen for it, where it left that open."""

DELAYED = frozenset({"HassStartTimer", "ExtSchedule"})
MEASURED = frozenset("hot hotter warm warmer cold colder cool cooler humid humidity temperature degrees chilly".split())
"""Words of a condition that lacks a number."""
SURE = 0.6
"""A reading this sure asks about a name it does not know; a weaker one was probably not meant for the home. To ask does no harm."""


class Planner:
    """The skills' handlers behind one call."""

    def __init__(self, handlers: Mapping[str, Handler]) -> None:
        self._handlers = handlers

    def plan(self, resolution: Resolution, context: Context, inner: Inner) -> Plan:
        """What would be done about the resolution."""
        if resolution.missing:
            return _question(resolution, context)
        command = resolution.slots.get("conversation_command")
        if command and resolution.intent in DELAYED:
            return _later(str(command), resolution, context, inner)
        refused = of_agenda.refused(resolution, context)
        if refused:
            commands = tuple(c for p in inner(refused, context, ()) for c in p.commands)
            resolution = of_agenda.planned(resolution, commands, context)
        sentence = resolution.slots.get("sentence")
        if sentence and resolution.intent == "ExtRepair":
            return _repair(str(sentence), resolution.targets, context, inner)
        if sentence and resolution.intent == "ExtReschedule":
            return _revalued(str(sentence), context, inner)
        handler = self._handlers.get(resolution.intent)
        if handler is None:
            return Plan("decline", say("no_skill"))
        plan = handler(resolution, context)
        if plan.commands and _unclear(resolution):
            return Plan("ask", say("timer.ask"), missing="for")
        seconds = _while(resolution, context)
        return _for_a_while(plan, seconds, context) if seconds and plan.commands else plan


def _unclear(resolution: Resolution) -> bool:
    """For how long was said, and not how long that is: "for a while"."""
    length = resolution.slots.get("for")
    return isinstance(length, str) and number(length) is None


def _question(resolution: Resolution, context: Context) -> Plan:
    missing, said = resolution.missing, resolution.missing_text
    if missing == "which":
        offered = [context.home.entities[t] for t in resolution.targets]
        rooms = {context.home.area_of(e) for e in offered}
        if len(rooms) > 1 and (len({e.name for e in offered}) < len(offered) or len(offered) > 3):
            return Plan("ask", say("which_room"), missing=missing, targets=resolution.targets)
        return Plan(
            "ask", say("which", names=words.join([words.the(e) for e in offered[:3]], words.LANGUAGE.OR)), missing=missing, targets=resolution.targets
        )
    if missing in ("area", "floor"):
        return Plan("ask", say("unknown_area", said=said), missing=missing)
    if missing == "except":
        return Plan("ask", say("unknown_except", said=said), missing=missing)
    if missing == "name" and resolution.interpretation.confidence >= SURE:
        return Plan("ask", say("which_it" if said.casefold() in PRONOUNS else "unknown_name", said=said), missing=missing)
    sure = missing == "nothing" and resolution.interpretation.confidence >= SURE
    return Plan("answer" if sure else "decline", say("nothing"))


def _later(command: str, resolution: Resolution, context: Context, inner: Inner) -> Plan:
    """The command's own plan, to be done at the time that was said."""
    due, rrule = _moment(resolution, context)
    waited = _waited(resolution, context)
    plans = inner(command, _another_time(context), resolution.targets)
    when = resolution.slots.get("when")
    if waited is None and isinstance(when, Mapping) and isinstance(when.get("event"), Mapping):
        return Plan("answer", say("event.unknown", said=words.turned(str(when["event"].get("said", "")))))
    if isinstance(when, Mapping) and isinstance(when.get("event"), str):
        return Plan("answer", say("event.threshold" if MEASURED & set(when["event"].split()) else "event"))
    if due is None and waited is None:
        return Plan("ask", say("when_unclear"), missing="when")
    open_one = next((p for p in plans if p.outcome in ("ask", "decline")), None)
    if not plans or open_one is not None:
        return open_one or Plan("decline", say("not_understood"))
    plan = merged(plans)
    if plan.commands and _unclear(resolution):
        return Plan("ask", say("timer.ask"), missing="for")
    if not plan.commands:
        return plan if plan.outcome == "answer" else Plan("decline", say("no_skill"))
    targets = tuple(dict.fromkeys(e for c in plan.commands for e in c.entity_ids))
    what = words.deed(plan.commands, context.home)
    kept = Due(
        next_id("schedule", context), "schedule", due, rrule=rrule, command=command, actions=plan.commands, area=context.area,
        speaker=context.speaker, trigger=waited, length=seconds_until(due, context.now) if due and resolution.intent == "HassStartTimer" else 0.0,
        device=context.device.device_id if context.device else None, conversation=context.conversation, set_at=context.now,
    )  # fmt: skip
    back = _undone_again(kept, resolution, context)
    moment = words.moment(due, context.now, rrule) if due else words.condition(waited)
    end = next((words.clock(local(d.due, context.home.location)) for d in back if d.due), "")
    said = say("later.until" if end else "later", deed=what, moment=moment, end=end)
    changes = tuple(Change("due", d.id, d) for d in (kept, *back))
    return Plan("schedule", said, changes=changes, later=(*plan.commands, *(a for d in back for a in d.actions)), targets=targets)


def in_order(resolution: Resolution, plan: Plan, before: Iterable[Plan]) -> Resolution | None:
    """ "Close the blinds at ten and open them at seven": what was said last of the same things comes last, where its hour leaves that open.

    The resolution to be planned instead; None where all is in order.
    """
    when, mine = resolution.slots.get("when"), _first_due(plan)
    if mine is None or not isinstance(when, Mapping) or not when.get("half_day") or when.keys() - {"hour", "minute", "half_day"}:
        return None
    dues = [found for other in before if set(other.targets) & set(plan.targets) and (found := _first_due(other)) is not None]
    last = max(dues, default=mine)
    if not is_after(last, mine):
        return None
    slots = {**resolution.slots, "when": {**when, AFTER: last}}
    return replace(resolution, interpretation=replace(resolution.interpretation, slots=slots))


AFTER = "after"
"""In a `when`: not before this moment."""


def _first_due(plan: Plan) -> datetime | None:
    return next((c.value.due for c in plan.changes if isinstance(c.value, Due)), None)


def _revalued(sentence: str, context: Context, inner: Inner) -> Plan:
    """What the last turn put off, with another level: "to 22"."""
    due = next(iter(just_set(context)), None)
    plans = inner(sentence, context, ())
    open_one = next((p for p in plans if p.outcome in ("ask", "decline")), None)
    if due is None or not plans or open_one is not None:
        return open_one or Plan("decline", say("not_understood"))
    plan = merged(plans)
    if not plan.commands:
        return plan
    moment = words.moment(local(due.due, context.home.location), context.now, due.rrule) if due.due else words.condition(due.trigger)
    changed = replace(due, command=sentence, actions=plan.commands)
    said = say("later", deed=words.deed(plan.commands, context.home), moment=moment)
    targets = tuple(dict.fromkeys(e for c in plan.commands for e in c.entity_ids))
    return Plan("schedule", said, changes=(Change("due", due.id, changed),), later=plan.commands, targets=targets)


def _another_time(context: Context) -> Context:
    """What is done later is not to the taste of this evening."""
    return replace(context, preferences=tuple(p for p in context.preferences if p.topic != "brightness"))


def _undone_again(kept: Due, resolution: Resolution, context: Context) -> tuple[Due, ...]:
    """ "From eight to ten", "for ten minutes at nine": the end of what begins later."""
    until, seconds = resolution.slots.get("until"), number(resolution.slots.get("for"))
    if kept.due is None or not (isinstance(until, Mapping) or seconds):
        return ()
    end = resolve_when(until, kept.due, context.home.location)[0] if isinstance(until, Mapping) else later(kept.due, seconds or 0.0)
    back = ended(kept.actions, context)
    if end is None or not back:
        return ()
    return (replace(kept, id=next_id("schedule", replace(context, agenda=(*context.agenda, kept))), due=end, command="undo", actions=back),)


def _waited(resolution: Resolution, context: Context) -> Trigger | None:
    """The state of the home that the command waits for, where that is told and no time."""
    when = resolution.slots.get("when")
    event = when.get("event") if isinstance(when, Mapping) else None
    return trigger(event, context.home, context.who) if isinstance(event, Mapping) else None


def _moment(resolution: Resolution, context: Context) -> tuple[datetime | None, str]:
    slots = resolution.slots
    if resolution.intent == "ExtSchedule":
        when = slots.get("when")
        return resolve_when(when, when.get(AFTER, context.now), context.home.location) if isinstance(when, Mapping) else (None, "")
    seconds = sum((number(slots.get(unit)) or 0) * size for unit, size in (("hours", 3600), ("minutes", 60), ("seconds", 1)))
    return (later(context.now, seconds) if seconds else None), ""


def next_id(kind: str, context: Context) -> str:
    """A free id like "schedule-3"."""
    taken = [int(d.id.rpartition("-")[2]) for d in context.agenda if d.kind == kind and d.id.rpartition("-")[2].isdigit()]
    return f"{kind}-{max(taken, default=0) + 1}"


def _while(resolution: Resolution, context: Context) -> float | None:
    """For how many seconds it shall be so ("for five minutes", "until ten")."""
    until = resolution.slots.get("until")
    if not isinstance(until, Mapping):
        return number(resolution.slots.get("for"))
    end, _ = resolve_when(until, context.now, context.home.location)
    return seconds_until(end, context.now) if end else None


OPPOSITE: Mapping[str, str] = {
    one: other
    for first, second in (("turn_on", "turn_off"), ("open_cover", "close_cover"), ("open_valve", "close_valve"), ("start", "pause"))
    for one, other in ((first, second), (second, first))
}
"""Service -> the one that ends what it does. What was locked already stays so."""


def ended(commands: tuple[Command, ...], context: Context) -> tuple[Command, ...]:
    """What ends "on for five minutes": what was so before; where it was the same already (on, open), its opposite."""
    back: list[Command] = []
    for command in commands:
        domain, _, service = command.service.partition(".")
        for thing in (context.home.entities[e] for e in command.entity_ids if e in context.home.entities):
            restored = undo(thing, command)
            same = any(c.service == command.service or c.service.partition(".")[2] == service for c in restored) and not command.data
            opposite = Command(f"{domain}.{OPPOSITE[service]}", (thing.entity_id,)) if same and service in OPPOSITE else None
            back = [*((opposite,) if opposite is not None else restored), *back]
    return tuple(back)


def _for_a_while(plan: Plan, seconds: float, context: Context) -> Plan:
    """Done now, and undone after `seconds`."""
    back = ended(plan.commands, context)
    if not back:
        return plan
    due = later(context.now, seconds)
    kept = Due(
        next_id("schedule", context), "schedule", due, command="undo", actions=back, area=context.area, speaker=context.speaker, set_at=context.now
    )
    return replace(plan, changes=(*plan.changes, Change("due", kept.id, kept)), later=back)


def way_back(commands: tuple[Command, ...], context: Context) -> tuple[Command, ...]:
    """The commands that restore what `commands` would touch, last first."""
    steps = [undo(context.home.entities[e], c) for c in commands for e in c.entity_ids if e in context.home.entities]
    return tuple(step for steps_of_one in reversed(steps) for step in steps_of_one)


def _repair(sentence: str, chosen: tuple[str, ...], context: Context, inner: Inner) -> Plan:
    """ "No, I meant ...": the first is undone, the second is done."""
    plans = inner(sentence, context, chosen)
    if not plans:
        return Plan("decline", say("not_understood"))
    open_one = next((p for p in plans if p.outcome == "ask"), None)
    plan = open_one or merged(plans)
    if plan.outcome != "act":
        return plan
    touched = {e for c in plan.commands for e in c.entity_ids}
    undone = context.previous is not None and any(r.intent == "ExtUndo" for r in context.previous.resolutions)
    again = context.did is not None and any(r.intent == "ExtRepair" for r in context.did.resolutions)
    meant = set(context.did.targets) if again and context.did is not None else None  # what the repair before has undone stays so
    first = tuple(c for c in (() if undone else context.undo) if not touched & set(c.entity_ids) and (meant is None or meant >= set(c.entity_ids)))
    about = plan.targets or tuple(dict.fromkeys(e for c in plan.commands for e in c.entity_ids))
    return replace(plan, commands=(*first, *plan.commands), targets=about)

