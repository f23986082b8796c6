"""Act, ask, confirm or decline: one pure function of the readings, the plans and their risk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from agent import words
from agent.beyond import out_of_reach
from agent.dialogue import merged
from agent.records import Context, Due, Interpretation, Outcome, Plan, Resolution, Risk
from agent.risk import RiskTable
from agent.times import local
from agent.wording import plain
from agent.words import say

SURE = {"R1": 0.35, "R2": 0.6, "R3": 0.6}
"""Below this confidence a request of that risk is not simply done: R1 is declined, the others are asked about."""
CLOSE: Mapping[Risk, float] = {"R1": 0.03, "R2": 0.12, "R3": 0.12}
"""Readings nearer than this are as likely: a lamp that goes the wrong way is soon put right, a cover or a lock is asked about sooner."""
GUESSED = ("model", "near", "loose")
"""Readings of words that no phrase has: from a recogniser they are asked about, for it may have misheard."""
LIKELY: Mapping[str, float] = {"model": 0.6}
SCARCELY = 0.45
"""A reading less likely than this (one of the model alone: less likely than LIKELY) is asked about, whatever its risk."""
OPPOSITE = {
    frozenset({"HassTurnOn", "HassTurnOff"}),
    frozenset({"HassMediaPause", "HassMediaUnpause"}),
    frozenset({"HassMediaPlayerMute", "HassMediaPlayerUnmute"}),
    frozenset({"HassMediaNext", "HassMediaPrevious"}),
}


@dataclass(frozen=True, slots=True)
class Decision:
    """What the turn does with its plans. `plan` is all clauses' plans as one."""

    outcome: Outcome
    plan: Plan
    risk: Risk = "R1"
    say: str = ""


def decide(
    clauses: Sequence[Sequence[Interpretation]],
    resolutions: Sequence[Resolution],
    plans: Sequence[Plan],
    table: RiskTable,
    confirmed: bool,
    by_sound: bool,
    context: Context,
    pin: bool = False,
) -> Decision:
    """The decision. `confirmed`: a valid yes was heard for these very plans. `by_sound`: the words come from a recogniser."""
    if not plans:
        beyond = out_of_reach(context.text)
        return Decision("decline", Plan("decline"), say=say(f"beyond.{beyond}" if beyond else "not_understood"))
    question = next((p for p in plans if p.outcome == "ask"), None)
    plan = merged(plans)
    if question is not None:
        return Decision("ask", question, say=question.say)
    commands = (*plan.commands, *plan.later)
    shut = [context.home.entities[e] for c in commands for e in c.entity_ids if e in table.excluded and e in context.home.entities]
    if shut:
        return Decision("decline", Plan("decline"), say=say("excluded", what=words.listed(shut), **words.forms(words.are_several(shut))))
    risk = table.of(commands, context.home, context.followed)
    unmeant = "" if confirmed or not commands else _unmeant(resolutions, risk, context)
    if unmeant == "told":
        return Decision("decline", Plan("decline"), risk, say("not_understood"))
    doubt = "" if confirmed or plan.outcome == "decline" else _doubt(plan, resolutions, context)
    if doubt:
        return Decision("confirm", plan, risk, say("pin" if pin and risk == "R3" else "unsure", deed=doubt))
    if not commands or confirmed:
        return Decision(plan.outcome, plan, risk, plan.say)
    deed = _deed(plan, context)
    if risk == "R3":
        return Decision("confirm", plan, risk, say("pin" if pin else "confirm", deed=deed))
    near = risk == "R2" and any(r.interpretation.by == "near" for r in resolutions)
    guessed = near or unmeant == "hedged" or (by_sound and any(r.interpretation.by in GUESSED for r in resolutions))
    if guessed or _two_directions(clauses, CLOSE[risk]):
        return Decision("confirm", plan, risk, say("unsure", deed=deed))
    if min((r.interpretation.confidence for r in resolutions), default=1.0) < SURE[risk]:
        return (
            Decision("confirm", plan, risk, say("unsure", deed=deed))
            if risk == "R2"
            else Decision("decline", Plan("decline"), risk, say("not_understood"))
        )
    return Decision(plan.outcome, plan, risk, plan.say)


def asked_first(decision: Decision, context: Context, even_small: bool = False) -> Decision:
    """What was learned moves no door and no heating without asking, `even_small` nothing at all; what needs a yes it does not reach."""
    if (decision.risk == "R1" and not even_small) or decision.outcome not in ("act", "schedule"):
        return decision
    return Decision("confirm", decision.plan, decision.risk, say("unsure", deed=_deed(decision.plan, context)))


def _deed(plan: Plan, context: Context) -> str:
    """What a yes would do, and when."""
    dues = [c.value for c in plan.changes if isinstance(c.value, Due) and c.value.actions]
    later = [command for due in dues for command in due.actions]
    told = [f"{words.deed(due.actions, context.home)} {_when(due, context)}".strip() for due in dues]
    now = [*plan.commands, *(c for c in plan.later if c not in later)]
    return words.join([*([words.deed(now, context.home)] if now else []), *told])


def _when(due: Due, context: Context) -> str:
    return words.moment(local(due.due, context.home.location), context.now, due.rrule) if due.due else words.condition(due.trigger)


TOLD = frozenset(
    "he she they said says told whispered was were ran who whose not never dont no nobody none refuse avoid instead wrong without news "
    "wont cant shouldnt mustnt doesnt isnt".split()
)
"""Words of stories, and of what shall not be: no guess moves a door or the heating on a sentence that has one."""
HEDGED = frozenset("maybe perhaps possibly might may wonder suppose guess if whether hope think thinking idea safe allowed funny would could".split())
"""Words of somebody who is not sure: a guess on them is asked about."""


STORY = frozenset({"he", "she", "said", "told", "whispered"})
DOUBTING = frozenset({"maybe", "perhaps", "possibly", "might", "wonder", "suppose", "whether"})
"""The same for what is soon put right."""


def _unmeant(resolutions: Sequence[Resolution], risk: Risk, context: Context) -> Literal["", "told", "hedged"]:
    """What only a guess takes for a request: told of, or thought of. Of a lamp more is believed than of a door."""
    if not any(r.interpretation.by == "model" for r in resolutions):
        return ""
    said = set(plain(context.text).split())
    told, hedged = (STORY, DOUBTING) if risk == "R1" else (TOLD, HEDGED)
    return "told" if said & told else "hedged" if said & hedged else ""


def doubtful(reading: Interpretation) -> bool:
    """Not likely enough to be acted on or answered without asking."""
    return reading.confidence < LIKELY.get(reading.by, SCARCELY)


def _doubt(plan: Plan, resolutions: Sequence[Resolution], context: Context) -> str:
    """What has to be asked about: what would be done, or what the request is about; "" where the readings are likely enough."""
    commands = (*plan.commands, *plan.later)
    guess = next((r for r in resolutions if doubtful(r.interpretation)), None)
    if guess is None:
        return ""
    return _deed(plan, context) if commands else words.gist(guess.intent)


def _two_directions(clauses: Sequence[Sequence[Interpretation]], within: float) -> bool:
    for readings in clauses:
        for other in readings[1:]:
            close = readings[0].confidence - other.confidence < within
            if close and frozenset({readings[0].intent, other.intent}) in OPPOSITE:
                return True
    return False
