"""What people say of what is set for later: "cancel that", "don't open the garage", "cancel the blinds one", "when will it ring", "pause it". Pure.

`read` finds what is meant in the agenda itself, before phrases are tried; a reading's slot `ids` holds the ids of the Due records. `planned` finds
it by what the refused command would do ("don't make coffee").
"""

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from agent.ellipsis import KIND_ASKED, just_set
from agent.records import Context, Due, Interpretation, Resolution
from agent.times import falls
from agent.understand import numbers, polite, times
from agent.understand.normal import listed, tokens
from devices.commands import Command

RECENT = timedelta(hours=1)
"""What was set within it is what "cancel that" may mean."""
INTENT = "ExtScheduleRemove"
GIVE_UP = re.compile(
    r"^(?:no |nope |wait |sorry |actually |oh |please |on second thought |on second thoughts )*"
    r"(?:do not(?: do (?:it|that|this))?|(?:cancel|delete|remove|scrap|drop)(?: (?:it|that|this|that one|this one))?|call (?:it|that|this) off"
    r"|(?:(?:rather|better|maybe) )?not|i changed my mind|i have changed my mind|not any ?more)(?: please| after all| then)?$"
)
NAMED = re.compile(
    r"^(?:no |actually |please )*(?:cancel|delete|remove|drop|scrap|skip|call off|kill|forget(?: about)?) (.+?)(?: please| after all)?$"
)
ALL = frozenset({"both", "both of them", "them", "them both", "them all", "all of them", "both timers", "both alarms", "both reminders"})
ONE = frozenset({"one", "ones"})
KINDS = frozenset(listed("timer timers alarm alarms reminder reminders schedule schedules plan plans"))
"""Words whose skills know who is meant."""
FILLER = frozenset(listed("the a an my our that this please at all any more anymore in to of for about with from"))
LONGER = {**dict.fromkeys(("longer", "longest", "later", "latest"), -1), **dict.fromkeys(("shorter", "shortest", "earlier", "earliest", "sooner"), 0)}
"""The last or the first by when it is due."""
GERUNDS = {
    "making": "make", "closing": "close", "turning": "turn", "setting": "set", "putting": "put", "running": "run", "dimming": "dim",
    "raising": "raise", "shutting": "shut", "waking": "wake", "arming": "arm", "having": "have", "pausing": "pause",
}  # fmt: skip
"""Those that are more than a verb and "ing"."""


def read(text: str, context: Context) -> Interpretation | None:
    """What of the agenda shall not be; None where the words say nothing of the sort, or nothing there fits them."""
    said = polite.stripped(tokens(text)).words
    if not said:
        return None
    if not context.agenda:
        return _stopped(said, context) or _asked(said, context)
    if GIVE_UP.match(" ".join(said)):
        return _given_up(context)
    named = NAMED.match(" ".join(said))
    if named is not None:
        return _named(tuple(named[1].split()), context)
    unwanted = _unwanted(text)
    if unwanted:
        sentence, when = parted(unwanted)
        reminds = sentence[0] == "remind"
        telling = tuple(w for w in sentence[1:] if w not in ("me", "us")) if reminds else sentence
        found = _by_words(telling, when, _of("reminder" if reminds else "schedule", context), context)
        return _reading(found, when) if found else None
    return _stopped(said, context) or _asked(said, context)


def _unwanted(text: str) -> tuple[str, ...]:
    """What shall not be done: "don't make coffee" -> make coffee; () where nothing is refused. "Never mind" is no more than that."""
    said = polite.negated(tokens(text))
    return () if said is None or said.words[0] == "mind" else said.words


def _given_up(context: Context) -> Interpretation:
    """ "Cancel that": what this conversation set last, or did just now; else what was set in the last hour; else whatever is planned."""
    if just_set(context):
        return Interpretation("HassNevermind", {}, 0.95, "ellipsis")
    if context.previous is not None and context.previous.outcome == "act":
        return Interpretation("ExtUndo", {}, 0.95, "ellipsis")
    fresh = [due for due in context.agenda if due.set_at is not None and context.now - due.set_at <= RECENT]
    return _reading(tuple(fresh) or _of("schedule", context))


def _reading(found: Iterable[Due], when: Mapping[str, Any] | None = None) -> Interpretation:
    return Interpretation(INTENT, {"ids": [due.id for due in found], **({"when": when} if when else {})}, 0.95, "ellipsis")


def _of(kind: str, context: Context) -> tuple[Due, ...]:
    return tuple(due for due in context.agenda if due.kind == kind)


def _asked_kind(context: Context) -> str:
    """The kind that the last turn asked about."""
    told = {r.intent for r in context.previous.resolutions} if context.previous is not None else set()
    return next((KIND_ASKED[intent] for intent in told if intent in KIND_ASKED), "")


def _last(context: Context) -> tuple[Due, ...]:
    """What the last turn asked about, or set."""
    return _of(_asked_kind(context), context) or just_set(context)


def _spoken_of(context: Context) -> tuple[Due, ...]:
    """Those of the kind that was just asked about or set; else the plans, else those of the first kind of which there is something."""
    kinds = (_asked_kind(context), *(due.kind for due in just_set(context)), "schedule", "timer", "reminder", "alarm")
    return next((dues for kind in kinds if (dues := _of(kind, context))), ())


def _named(said: tuple[str, ...], context: Context) -> Interpretation | None:
    """ "Cancel both", "cancel the second one", "cancel the one at 9", "cancel the tv"."""
    if " ".join(said) in ALL:
        return _both(said, context)
    if len(said) < 2 or said[0] not in ("the", "my", "our", "that") or KINDS & set(said):
        return None
    rest = said[1:]
    pointed = bool(ONE & {rest[0], rest[-1]})
    spoken_of = _spoken_of(context)
    found = narrowed(rest, spoken_of, context)
    if found or not pointed:
        by_words = found or _by_words(rest, {}, (*_of("schedule", context), *(_of("timer", context) if pointed else ())), context)
        return _reading(by_words) if by_words else None
    return _reading(narrowed(rest, context.agenda, context))


def _both(said: tuple[str, ...], context: Context) -> Interpretation | None:
    kind = next((word.removesuffix("s") for word in said if word in KINDS), "")
    several = _of(kind, context) if kind else _spoken_of(context) if "both" in said else _last(context)
    if len(several) < 1 + ("both" in said):
        return None
    if "both" in said and len(several) > 2:
        return _reading(several)
    return Interpretation(INTENT, {"ids": [due.id for due in several], "all": "all"}, 0.95, "ellipsis")


def narrowed(said: tuple[str, ...], dues: tuple[Due, ...], context: Context) -> tuple[Due, ...]:
    """Those of `dues` (in order of time) that the words tell: "second one", "one at 9", "longer one", "blinds one", "both"."""
    words = tuple(w for w in said if w not in ONE and w not in ("the", "my"))
    if said and " ".join(said) in ALL:
        return dues
    if not words:
        return dues
    if words[0] in LONGER and len(words) == 1:
        return dues[LONGER[words[0]] :][:1] if len(dues) > 1 else dues
    place = numbers.ordinal(words, 0)
    if place is not None and place[0] == len(words):
        return dues[place[1] - 1 if place[1] > 0 else place[1] :][:1] if -len(dues) <= place[1] <= len(dues) else ()
    when = times.when(words, 0, bare=numbers.number(words, 0) is not None)
    if when is not None and when[0] == len(words):
        return tuple(due for due in dues if due.due is not None and falls(when[1], due.due, due.rrule, context.now, context.home.location))
    return _by_words(*parted(words), dues, context)


def parted(words: tuple[str, ...]) -> tuple[tuple[str, ...], dict[str, Any]]:
    """The words before a time at the end, and the time: ("make", "coffee"), {"every": "weekday"}."""
    for i in range(1, len(words)):
        found = times.when(words, i)
        if found is not None and found[0] == len(words):
            return words[:i], dict(found[1])
    return words, {}


def _by_words(said: tuple[str, ...], when: Mapping[str, Any], dues: tuple[Due, ...], context: Context) -> tuple[Due, ...]:
    telling = set(said) - FILLER - ONE
    place = context.home.location
    timely = (due for due in dues if not when or (due.due is not None and falls(when, due.due, due.rrule, context.now, place)))
    return tuple(due for due in timely if telling and telling <= _words_of(due, context))


def _words_of(due: Due, context: Context) -> set[str]:
    home = context.home
    things = [home.entities[e] for c in due.actions for e in c.entity_ids if e in home.entities]
    rooms = [home.areas[area] for thing in things if (area := home.area_of(thing) or "") in home.areas]
    places = (name for room in rooms for name in (room.name, *room.aliases))
    names = (due.command, due.name, due.person, *(name for thing in things for name in thing.names), *places)
    said = {word for name in names for word in tokens(name).words}
    return said | {f"{word}s" for word in said} | {word.removesuffix("s") for word in said}


def _stopped(said: tuple[str, ...], context: Context) -> Interpretation | None:
    """ "Stop making coffee on weekdays": what is done again and again, or later, shall not be; "stop making coffee" is of now."""
    if said[0] not in ("stop", "quit") or len(said) < 4 or not said[1].endswith("ing"):
        return None
    rest = said[:-1] if said[-1] == "anymore" else said[:-2] if said[-2:] == ("any", "more") else said
    words, when = parted(rest[2:])
    if not when and rest is said:
        return None
    again = rest is not said or (bool(when.get("every")) and "hour" not in when)  # "stop playing music at nine" is a command for nine
    verb = GERUNDS.get(said[1], said[1].removesuffix("ing"))
    if verb == "wake" and context.agenda:
        return Interpretation("ExtAlarmRemove", {"when": when}, 0.95, "ellipsis")
    sentence = (verb, *words)
    found = _by_words(sentence, when, _of("schedule", context), context)
    if found or not again:
        return _reading(found, when) if found else None
    return Interpretation(INTENT, {"sentence": " ".join(sentence), "when": when}, 0.95, "ellipsis")


WHEN = re.compile(r"^(?:when|what time|at what time|how long until|how long till) (?:(?:will|does|do|is|are) )?(.+?)(?: next)?$")
IT_RINGS = re.compile(
    r"^(?:it|that|this) (?:going to )?(?:ring|rings|go off|goes off|going off|be done|done|be over|over|finish|finishes|end|ends|happen|start|be)$"
)
HOLD = {"pause": "HassPauseTimer", "hold": "HassPauseTimer", "stop": "HassPauseTimer"}
GO_ON = {"resume", "continue", "unpause", "restart", "start"}
ASKS = {"timer": "HassTimerStatus", "alarm": "ExtAlarmQuery", "reminder": "ExtReminderQuery", "schedule": "ExtScheduleQuery"}
"""Kind -> the question about those of it."""


def _asked(said: tuple[str, ...], context: Context) -> Interpretation | None:
    """ "When will it ring", "when will the floor lamp turn on"; "pause it" where a timer was just spoken of."""
    told = {r.intent for r in context.previous.resolutions} if context.previous is not None else set()
    set_last = just_set(context)
    timers = [due.id for due in set_last if due.kind == "timer"]
    if len(said) == 2 and said[1] in ("it", "that", "this") and timers and any("Timer" in intent for intent in told):
        intent = "HassUnpauseTimer" if said[0] in GO_ON else HOLD.get(said[0], "")
        return Interpretation(intent, {"ids": timers}, 0.95, "ellipsis") if intent else None
    match = WHEN.match(" ".join(said))
    if match is None:
        return None
    if IT_RINGS.match(match[1]):
        meant = set_last or _of("timer", context)[:1] or _of("alarm", context)[:1]
    else:
        words = tuple(match[1].removeprefix("the ").split())
        meant = _by_words(words, {}, _of("schedule", context), context)
        meant = meant or (set_last if words[:1] == ("it",) and _by_words(words[1:], {}, set_last, context) else ())
    if not meant:
        rings = {"ring", "rings", "off"} & set(said) and IT_RINGS.match(match[1])
        return Interpretation("HassTimerStatus", {}, 0.95, "ellipsis") if rings else None
    kind = meant[0].kind
    return Interpretation(ASKS[kind], {"ids": [due.id for due in meant if due.kind == kind]}, 0.95, "ellipsis")


def refused(resolution: Resolution, context: Context) -> str:
    """The command that is refused, where the reading is no more than that: "don't make coffee" -> "make coffee"; "" else."""
    if resolution.intent == INTENT:
        return str(resolution.slots.get("sentence") or "")
    if resolution.intent != "HassNevermind" or not _of("schedule", context):
        return ""  # "don't" where nothing is planned is no more than a wish
    unwanted = _unwanted(context.text)
    return " ".join(parted(unwanted)[0]) if unwanted else ""


def planned(resolution: Resolution, commands: tuple[Command, ...], context: Context) -> Resolution:
    """The resolution with the ids of what would do the same as the refused commands."""
    unwanted = _unwanted(context.text)
    when = resolution.slots.get("when") or (parted(unwanted)[1] if unwanted else {})
    doing = {(c.service, e) for c in commands for e in c.entity_ids}
    place = context.home.location
    same = tuple(due.id for due in _of("schedule", context) if doing & {(c.service, e) for c in due.actions for e in c.entity_ids}
                 and (not when or (due.due is not None and falls(when, due.due, due.rrule, context.now, place))))  # fmt: skip
    return Resolution(Interpretation(INTENT, {"ids": list(same), "when": when}, resolution.interpretation.confidence, resolution.interpretation.by))
