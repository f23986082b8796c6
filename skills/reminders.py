"""Reminders: what to be told, and when."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from agent import words
from agent.records import Context, Due, Plan, Resolution
from agent.stages import Phrase, Skill
from agent.times import resolve_when
from agent.understand import times
from agent.understand.normal import tokens
from agent.waiting import trigger
from skills.agenda import by_ordinal, by_when, gone, here, made, of_kind, put, when_of
from skills.alarms import too_late
from skills.plans import answer, ask, slot_text


def set_reminder(resolution: Resolution, context: Context) -> Plan:
    """Slots: task (said in the speaker's own words), when."""
    task, when = _task(resolution), when_of(resolution)
    if isinstance(when.get("event"), Mapping):
        return _when_it_happens(task, slot_text(resolution, "name"), when["event"], context)
    task, whens = _timed(task, when)
    if not task:
        return ask("task", words.say("reminder.ask_task"))
    if not whens:
        return ask("when", words.say("reminder.ask"))
    moments = [(due, rule) for due, rule in (resolve_when(w, context.now, context.home.location) for w in whens) if due is not None]
    if not moments:
        return too_late(whens[0])
    person = slot_text(resolution, "name")
    falls, told = ("reminder.falls_for", "reminder.set_for") if person else ("reminder.falls", "reminder.set")
    span = float(whens[0].get("in") or 0)
    new: list[Due] = []
    for due, rule in moments:
        known = replace(context, agenda=(*context.agenda, *new))
        new.append(made("reminder", due, known, name=task, rrule=rule, say=words.say(falls, task=task, person=person), length=span, person=person))
    moment = words.join([words.moment(due, context.now, rule) for due, rule in moments])
    return Plan("schedule", words.say(told, moment=moment, task=task, person=person), changes=tuple(map(put, new)))


def _timed(task: str, when: Mapping[str, Any]) -> tuple[str, tuple[Mapping[str, Any], ...]]:
    """The task without the times at its ends, and all times: a day there and an hour here are one, two hours are two reminders."""
    said = tokens(task)
    for i in range(len(said)):
        found = times.when(said.words, i)
        if found is None or (i and found[0] != len(said)) or found[0] - i == len(said):
            continue
        rest = said.said(0, i) if i else said.said(found[0], len(said))
        rest = rest.removeprefix("to ").removeprefix("that ")
        if not set(found[1]) & set(when) & {"hour", "in", "sun"}:
            return rest, ({**found[1], **when},)
        again = {k: v for k, v in found[1].items() if k not in ("hour", "minute", "half_day", "part")}
        return rest, (found[1], {**again, **when})
    return task, (when,) if when else ()


def _when_it_happens(task: str, person: str, event: Mapping[str, Any], context: Context) -> Plan:
    """ "Tell me when the washing machine is done", "remind me to call Bob when Anna gets home", "tell Bob if the temperature drops below 20"."""
    waited = trigger(event, context.home, context.who)
    if waited is None:
        return answer(words.say("event.unknown", said=words.turned(str(event.get("said", "")))))
    suffix = "_for" if person else ""
    if task:
        told = words.say(f"reminder.falls{suffix}", task=task, person=person)
    else:
        told = words.say("reminder.news_for", task=words.turned(waited.said), person=person) if person else words.sentence(words.turned(waited.said))
    new = replace(made("reminder", None, context, name=task or waited.said, say=told, person=person), trigger=waited)
    key = ("reminder.waits" if task else "reminder.told") + suffix
    return Plan("schedule", words.say(key, task=task, moment=words.condition(waited), person=person), changes=(put(new),))


YOURS = {"my": "your", "me": "you", "mine": "yours", "myself": "yourself", "i": "you", "i'm": "you're", "im": "you're", "our": "your"}


def _task(resolution: Resolution) -> str:
    """What to do, as it is said back: "call my mum" -> "call your mum"."""
    said = slot_text(resolution, "task").removeprefix("to ").removeprefix("that ").strip(" .")
    return " ".join(YOURS.get(word.casefold(), word) for word in said.split())


def query(resolution: Resolution, context: Context) -> Plan:
    """Slots: when, task, where they were asked about."""
    found = _fitting(resolution, context)
    if not found:
        return answer(words.say("reminder.none_such" if of_kind(context, "reminder") else "reminder.none"))
    if len(found) == 1:
        key = "reminder.one_for" if found[0].person else "reminder.one"
        return answer(words.say(key, moment=_moment(found[0], context), task=found[0].name, person=found[0].person))
    listed = words.join([_item(each, context) for each in found])
    return answer(words.say("reminder.several", count=words.count(len(found), "reminder"), list=listed))


def _item(due: Due, context: Context) -> str:
    return words.say("reminder.item_for" if due.person else "reminder.item", task=due.name, moment=_moment(due, context), person=due.person)


def _fitting(resolution: Resolution, context: Context) -> tuple[Due, ...]:
    ids = resolution.slots.get("ids")
    if isinstance(ids, list):
        return tuple(due for due in of_kind(context, "reminder") if due.id in ids)
    found, task = by_when(of_kind(context, "reminder"), when_of(resolution), context), _task(resolution)
    person = next((due.person for due in found if due.person and _person(task) == due.person.casefold()), "")
    if person:
        return by_ordinal(tuple(due for due in found if due.person == person), resolution)
    if task:
        wanted = set(task.casefold().split())
        found = tuple(due for due in found if wanted <= set(due.name.casefold().split())) or tuple(
            due for due in found if wanted & set(due.name.casefold().split())
        )
    return by_ordinal(found, resolution)


def _person(task: str) -> str:
    """Whose reminder: "Bob's", "for bob"."""
    return task.casefold().replace("’", "'").removeprefix("for ").removesuffix("'s")


def _moment(due: Due, context: Context) -> str:
    return words.moment(here(due.due, context), context.now, due.rrule) if due.due else words.condition(due.trigger)


def _called(due: Due) -> str:
    return words.say("reminder.called_for", task=due.name, person=due.person) if due.person else due.name


def remove(resolution: Resolution, context: Context) -> Plan:
    """Slots: task, when, ordinal, or all. Several left: asked which."""
    found = _fitting(resolution, context)
    if not found:
        return answer(words.say("reminder.none_such" if of_kind(context, "reminder") else "reminder.none"))
    if slot_text(resolution, "all") and len(found) > 1:
        said = words.say("reminder.all_gone", count=words.count(len(found), "reminder"), **words.forms(several=True))
        return answer(said, tuple(map(gone, found)))
    if len(found) > 1:
        return ask("task", words.say("reminder.which", list=words.join([_called(each) for each in found], words.LANGUAGE.OR)))
    return answer(words.say("reminder.gone", task=found[0].name), (gone(found[0]),))


HEAR = "(read|read me|tell me|list|show|show me|go through|walk me through|repeat|speak|i want to hear|can you read|give me|check|say)"
REMIND = (
    "(remind me|remind us|set a reminder|set reminder|set up a reminder|set a new reminder|make a reminder|open up a "
    "reminder|have a reminder|create a reminder|add a reminder|set me a "
    "reminder|give me a reminder|make me a reminder|put a reminder)"
)
FORGET = "(do not let me forget|make sure i remember|help me remember|make sure i do not forget)"

SKILL = Skill(
    name="reminders",
    phrases={
        "ExtReminderSet": (
            Phrase(f"{REMIND} [to|that|about|of|for] {{task:text}} [at|on|in|by] {{when}}"),
            Phrase(f"{REMIND} [at|on|in|for|by] {{when}} [to|that|about|of] {{task:text}}"),
            Phrase(f"{REMIND} [to|that|about|of|for] {{task:text}}"),
            Phrase("remind <named> (to|that|about|of) {task:text} [at|on|in|by] {when}", requires=("person",)),
            Phrase("[at|on|in] {when} remind <named> (to|that|about|of) {task:text}", requires=("person",)),
            Phrase("remind <named> [at|on|in|by] {when} (to|that|about|of) {task:text}", requires=("person",)),
            Phrase("remind <named> (to|that|about|of) {task:text}", requires=("person",)),
            Phrase(f"[at|on|in] {{when}} {REMIND} [to|that|about|of] {{task:text}}"),
            Phrase(f"{REMIND} [for|at|on] {{when}}"),
            Phrase(REMIND),
            Phrase(f"{FORGET} [to|that|about] {{task:text}} [at|on|in|by] {{when}}"),
            Phrase(f"{FORGET} [to|that|about] {{task:text}}"),
            Phrase("<i_want> [to set|to be|you to] (a reminder|reminded|remind me) [to|for|about|of] {task:text} [at|on|in] {when}"),
            Phrase("<i_want> [to set|to be|you to] (a reminder|reminded|remind me) [to|for|about|of] {task:text}"),
            Phrase("(notify|alert) me (to|that|about) {task:text} [at|on|in] {when}"),
            Phrase("(tell|notify|alert) me [at|on|in] {when} (to|that) {task:text}"),
            Phrase("reminder [to|for|about] {task:text} [at|on|in] {when}"),
            Phrase("reminder [to|for|about] {task:text}"),
        ),
        "ExtReminderQuery": (
            Phrase("(what|which) (reminders|reminder) (are|is|do i have|have i|did i) [there|set|on|coming up] [for] [{when}]"),
            Phrase(
                "(what is|what are|tell me|show|show me|list|read|read me|read out|give me|check|walk me through|go over|"
                "go through) [all] [<the>] [items on] [<the>] (reminders|reminder|reminder list|list of reminders|list of things "
                "to remember) [for] [{when}]"
            ),
            Phrase("(do i have|are there|is there|have i|did i set) [any|a|some] (reminders|reminder) [set] [for|on] [{when}]"),
            Phrase("what (did|do|am|was) i (ask|want|need|have|supposed|going) [you] to (remember|be reminded of|remind me of|remind me|not forget)"),
            Phrase("what (did|do) i (ask|tell|want) you to remind me [of|about]"),
            Phrase("what was [it] i [wanted|was supposed|needed] to remember"),
            Phrase("what (should|do) i [have to|need to] remember [{when}]"),
            Phrase("remind me (of|about) (what i have|the items|my reminders|what is) [to do] [on my list] [{when}]"),
            Phrase("(when|what time) (is|are) [<the>] reminder [to|for|about] [{task:text}]"),
            Phrase("is {task:text} (on|in|one of) [<the>] (reminders|reminder list)"),
            Phrase("[<my>] reminders [for] [{when}]"),
            Phrase(f"{HEAR} [<the>] [entire|whole|current] (reminder list|list of reminders|reminders list|list) [back] [to me] [with me]"),
            Phrase(f"{HEAR} [all] [<the>] reminders [i have|i have set|that i made|i made] [set] [up] [on my reminder list] [to me|back to me]"),
            Phrase(
                f"{HEAR} [everything|what is|what is now|the items|the to dos|all] [on|in] [<the>] (reminder list|list of "
                "reminders|reminders list) [today|to me]"
            ),
            Phrase("(what is|what was|what do i have|what did i put) [now] on [<the>] (reminder list|list of reminders|reminders list) [today]"),
            Phrase(
                "(what|which) (things|stuff|kinds of things|items) (did i|am i|are you|do i|were you) [not] [want|trying|"
                "supposed] to (remember|remind me of|forget|recall)"
            ),
            Phrase(
                "what (did i|was it i|were you|do i|were the things i|is it that i) (want|wanted|supposed|ask you) to (remember|"
                "remind me of|recall) [before]"
            ),
            Phrase("(refresh my memory about|remind me of) what (items i want|i wanted|i asked you|i asked) to remember"),
            Phrase(
                "remind me of (what i asked you to remember|the items [that] i (made note of|wanted) [to not forget]|the items "
                "on my list of things to remember)"
            ),
            Phrase(
                "(did i|have i|can you check if i) (set|set up|made|included|include|put) [a] (reminder|{task:text}) [to|for|"
                "about|on my] [{task:text}|list of reminders|reminder list]"
            ),
            Phrase(
                "(is|check if|tell me if|confirm that|look to see if|see if) {task:text} (is on|on|in) [<the>] (list of "
                "reminders|reminder list|reminders list|reminders) [currently|please]"
            ),
            Phrase("(is there|do i have) a reminder [set] (to|for|about) {task:text}"),
            Phrase("did i (tell|ask) you to remind me (about|to|of) {task:text}"),
        ),
        "ExtReminderRemove": (
            Phrase("<cancel> [<the>] (reminder|reminders)"),
            Phrase("<cancel> [<the>] reminder [to|for|about|of] {task:text}"),
            Phrase("<cancel> [<the>] {task:words} reminder"),
            Phrase("<cancel> [<the>] ({when} reminder|reminder [for|at|on] {when})"),
            Phrase("<cancel> [<the>] {ordinal} reminder"),
            Phrase("<cancel> {all:all} [of] [<the>] reminders [for|on] [{when}]"),
            Phrase("(do not|you do not have to|no need to) remind me [to|of|about] {task:text} [anymore|any more]"),
        ),
    },
    handlers={"ExtReminderSet": set_reminder, "ExtReminderQuery": query, "ExtReminderRemove": remove},
)
