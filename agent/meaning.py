"""From words to plans: what a request is read as, which things it means, what would be done about it. Nothing is done here."""

import re
from collections.abc import Callable
from dataclasses import replace

from agent import dialogue, ellipsis, new_lessons, of_agenda, of_lessons, ones, people, taste, teach, unnamed, words
from agent.chain import Readings, Stages
from agent.decide import GUESSED, doubtful
from agent.intents import LIGHT_SETTINGS, about
from agent.places import areas_called, texts
from agent.planning import in_order
from agent.records import Context, Due, Hypothesis, Interpretation, Pending, Plan, Resolution, Taught, Turn
from agent.rewrite import declined, rewrite
from agent.wording import has_word, kinds_said, plain

TURNED = frozenset({"HassTurnOn", "HassTurnOff"})
SWITCHING = TURNED | {"HassLightSet"}
SETTINGS = {
    "HassLightSet": LIGHT_SETTINGS,
    "HassClimateSetTemperature": frozenset({"temperature", "usual", "hvac_mode", "preset_mode"}),
}
"""Intent -> slots of which a guess needs one: what is to be set."""
"""What may be set of a light."""
WHOLE = frozenset("all every everything each everywhere room rooms floor house home place both".split())
TURNING = frozenset(
    "turn switch put power get bring on off out up down the a in at to my our please can could would you i want it them that this and also too no "
    "what about how then now ok so here there".split()
)
"""Words that name nothing."""
NEW_REQUEST = 0.6
"""An answer that is understood this surely as a request of its own is one."""


AT_HAND: tuple[Callable[[str, Context], Interpretation | None], ...] = (
    declined, people.introduced, of_lessons.read, new_lessons.read, taste.of_team, taste.asked, ellipsis.pointed, of_agenda.read,
)  # fmt: skip
"""Readings by what is at hand: what was just done, said, taught, told, set for later. They go before the phrases."""


def understood(hypotheses: tuple[Hypothesis, ...], stages: Stages, context: Context) -> Readings:
    """The readings of each clause; what is none by itself, or but a guess, may go on from the last request ("and in the kitchen")."""
    text = hypotheses[0].text if hypotheses else ""
    further = next((found for read in AT_HAND if (found := read(text, context)) is not None), None) if text else None
    if further is not None:
        return ((further,),)
    spelled = tuple(replace(h, text=ones.spelled_out(h.text, context)) for h in hypotheses)
    clauses = stages.understand(spelled, context)
    guessed = any(readings[0].by in GUESSED and readings[0].intent in TURNED for readings in clauses)
    if guessed and len(clauses) == 1 and _is_nowhere(clauses[0][0], context):
        called = unnamed.read(text, context)
        if called is not None:
            return ((called,),)  # "switch on the funzel" is no switch on a funzel
    if guessed and ones.said(hypotheses[0].text, context.home):
        return ()  # ones of no sort that is known are not all that is there
    if hypotheses and dialogue.points(hypotheses[0].text) and any(1 in readings[0].slots.values() for readings in clauses):
        return ()  # "the kitchen one" is of something, or it is nothing: no figure
    sure = any(readings[0].by not in GUESSED for readings in clauses)
    if sure or not hypotheses:
        return clauses
    if context.last is None and ones.place_called(hypotheses[0].text, context.home):
        return ()  # a room by itself is no request
    further = ellipsis.continued(hypotheses[0].text, context.last, context.home, context.focus) if context.last is not None else None
    if further is not None:
        return ((further,),)
    if any(_spares(readings[0], text) for readings in clauses):
        return ()  # what shall be left out is not what is meant
    guess = clauses[0][0] if len(clauses) == 1 and clauses[0][0].by == "model" else None
    called = unnamed.read(text, context) if guess is not None and (guess.intent in SWITCHING or doubtful(guess)) else None
    if called is not None:
        return ((called,),)
    return () if any(_wide(r[0], text) or _empty(r[0]) for r in clauses) else clauses  # something unknown in a room is not all that is there


def _is_nowhere(reading: Interpretation, context: Context) -> bool:
    """Things in a room that the home does not have."""
    return bool(reading.slots.get("area")) and not areas_called(texts(reading.slots["area"]), context.home) and not reading.slots.get("name")


def _empty(reading: Interpretation) -> bool:
    """A guess at setting lights or warmth that does not know what to set."""
    return reading.intent in SETTINGS and not set(reading.slots) & SETTINGS[reading.intent]


SPARING = re.compile(r"\b(?:except|apart from|other than|but not|excluding|besides|all but|everything but)\b")


def _spares(reading: Interpretation, text: str) -> bool:
    """A guess that passes over what shall be left out."""
    heeded = reading.slots.keys() & {"except", "except_area"}
    return about(reading.intent).reach in ("one", "many") and not heeded and bool(SPARING.search(plain(text)))


def _wide(reading: Interpretation, text: str) -> bool:
    """A guess that takes something for all that is in a room, though nothing that was said is all, or any sort of thing."""
    named = any(reading.slots.get(slot) for slot in ("name", "domain", "device_class"))
    if reading.intent not in TURNED or not reading.slots.get("area") or named or kinds_said(text) or has_word(text, WHOLE):
        return False
    return bool(set(plain(text).split()) - set(plain(str(reading.slots["area"])).split()) - TURNING)


def surely(text: str, stages: Stages, context: Context) -> Readings:
    """The readings of what was said beside a yes; () where one is but a guess: then it was none."""
    clauses = understood((Hypothesis(text),), stages, context)
    return () if any(readings[0].by in GUESSED for readings in clauses) else clauses


def resolved(clauses: Readings, stages: Stages, context: Context) -> tuple[Resolution, ...]:
    found: list[Resolution] = []
    for readings in clauses:
        here = replace(context, focus=found[-1].targets) if found and found[-1].targets else context
        resolution = stages.resolve(readings, here)
        if resolution is not None:
            found.append(resolution)
    return tuple(found)


def planned(found: tuple[Resolution, ...], stages: Stages, context: Context) -> tuple[Plan, ...]:
    """Each one's plan, in order: "it" in a command that waits is what the one before it is about."""
    plans: list[Plan] = []
    here = context
    for resolution in found:
        inner = _inner(stages, resolution.interpretation.learned)
        plan = stages.planner.plan(resolution, here, inner)
        after = in_order(resolution, plan, plans)
        plan = stages.planner.plan(after, here, inner) if after is not None else plan
        plan = _spared(plan, resolution, stages, context)
        plan = _taken_in(plan, resolution, stages, context)
        plans.append(plan)
        spoken_of = plan.targets or resolution.targets or here.focus
        here = replace(here, focus=spoken_of, agenda=(*here.agenda, *(c.value for c in plan.changes if isinstance(c.value, Due))))
    return tuple(plans)


def filled(pending: Pending, answered: dialogue.Answer, turn: Turn, stages: Stages, context: Context) -> tuple[Resolution, ...]:
    """The answer fills the gap, unless it is understood as a request of its own; a guess is one only where it says more than an answer does."""
    value = dialogue.placed(pending, answered.value, context.home)
    lesson = (pending.resolution.intent, pending.resolution.missing) == dialogue.TOLD
    told = lesson or dialogue.picks(answered.value)
    clauses = () if value or told else _as_taught(answered.value, stages, context)
    guessed = bool(clauses) and clauses[0][0].by in GUESSED
    if guessed and _spares(clauses[0][0], answered.value):
        return ()
    if clauses and clauses[0][0].confidence >= NEW_REQUEST and (not guessed or len(answered.value.split()) > dialogue.SHORT):
        turn.clauses = clauses
        return resolved(clauses, stages, context)
    settled = stages.resolve((unnamed.fitted(dialogue.filled(pending, value or answered.value), context.home),), context)
    return (settled,) if settled else ()


def _as_taught(text: str, stages: Stages, context: Context) -> Readings:
    """The readings of a request that comes instead of an answer: what is said of a lesson, and what was taught, count in it too."""
    about = of_lessons.read(text, context) or new_lessons.read(text, context)
    if about is not None:
        return ((about,),)
    taught = rewrite(text, context)
    return stages.understand((Hypothesis(taught.target if taught is not None else text),), context)


def _spared(plan: Plan, resolution: Resolution, stages: Stages, context: Context) -> Plan:
    """ "Everything" never includes what needs a yes of its own."""
    commands = (*plan.commands, *plan.later)
    if "everything" not in plain(context.text).split() or not commands or "except" in resolution.slots:
        return plan
    if stages.risk.of(commands, context.home, context.followed) != "R3":
        return plan
    kept = stages.risk.spared(plan.commands, context.home, context.followed)
    if plan.later or not kept:
        return Plan("answer", words.say("everything"))
    return replace(plan, commands=kept, say=words.done(kept, context.home))


def _taken_in(plan: Plan, resolution: Resolution, stages: Stages, context: Context) -> Plan:
    """A lesson, unless its words are needed for something else, or what they shall mean is not understood."""
    lesson = next((c.value for c in plan.changes if isinstance(c.value, Taught)), None)
    if resolution.intent != "ExtTeach" or lesson is None:
        return plan
    if shadows(lesson.phrase, stages, context):
        return Plan("answer", words.say("taught.shadows", phrase=lesson.phrase))
    found = stages.understand((Hypothesis(lesson.sentence),), replace(context, text=lesson.sentence))
    understood = bool(found) and not any(doubtful(clause[0]) for clause in found)
    return plan if understood else Plan("answer", words.say("taught.unclear", phrase=lesson.phrase, sentence=lesson.sentence))


def shadows(phrase: str, stages: Stages, context: Context) -> bool:
    """The phrase, said by itself, is a word of control or surely does something that keeps the home safe."""
    here = replace(context, text=phrase)
    found = resolved(stages.understand((Hypothesis(phrase),), here), stages, here)
    plans = [stages.planner.plan(r, here, lambda _text, _context, _chosen: ()) for r in found]
    commands = tuple(c for p in plans for c in (*p.commands, *p.later))
    risk = stages.risk.of(commands, context.home, context.followed)
    return teach.shadows(phrase, found, commands, risk, context.home)


def _inner(stages: Stages, learned: bool) -> Callable[[str, Context, tuple[str, ...]], tuple[Plan, ...]]:
    """Another sentence's plans: one level deep, a command within a command within a command is not understood.

    What only learning made likely counts where the sentence around it is `learned` too: decided upon as such.
    """

    def plans(text: str, context: Context, chosen: tuple[str, ...]) -> tuple[Plan, ...]:
        context = replace(context, text=text)
        clauses = understood((Hypothesis(text),), stages, context)
        found = resolved(() if not learned and any(readings[0].learned for readings in clauses) else clauses, stages, context)
        settled = (replace(r, targets=chosen, missing="") if chosen and r.missing == "which" else r for r in found)
        return tuple(stages.planner.plan(r, context, lambda _text, _context, _chosen: ()) for r in settled)

    return plans
