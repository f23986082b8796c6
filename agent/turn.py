"""A turn, from what was heard to what was done, verified and said. Read this file first: the whole path is `take_turn`, downward.

    request -> context -> snap -> [answer to a question] -> rewrite -> understand -> resolve -> plan -> decide -> act -> words -> commit

Every stage is a value in, a value out; the Turn is the trace. Only here are other than named exceptions caught: the turn boundary logs
the trace, apologises, and goes on.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from agent import dialogue, words
from agent.chain import Stages
from agent.decide import GUESSED, Decision, asked_first, decide
from agent.meaning import filled, planned, resolved, surely, understood
from agent.offering import learned_from
from agent.planning import way_back
from agent.records import ActionResult, Context, Hypothesis, Interpretation, Plan, Request, Resolution, Turn
from agent.rewrite import Proposal
from agent.serving import is_to_ask, rewritten
from agent.stages import StageError
from agent.wording import plain
from devices.commands import Command
from devices.home import Home

log = logging.getLogger("hearth.turn")


async def take_turn(request: Request, stages: Stages) -> Turn:
    """One request, from beginning to end. Never raises for what a stage, a skill or a device did."""
    turn = Turn(stages.next_id(), request, seconds=dict(request.heard))
    context: Context | None = None
    proposed: Proposal | None = None
    lap = _laps(turn, stages.tick)
    try:
        with lap("context"):
            context = stages.gather(request)
            turn.area, turn.who, turn.teaches = context.area, context.who, context.teaches
        with lap("snap"):
            hypotheses = stages.snap(request, context)
            turn.text = hypotheses[0].text if hypotheses else ""
        with lap("understand"):
            answered = dialogue.answer(turn.text, context.pending, context, stages.confirm_seconds, stages.pin)
            if stages.pin and context.pending is not None:
                turn.request, turn.text = dialogue.without_pin(turn.request, turn.text, context.pending)
            if answered.kind == "yes" and answered.value:
                turn.clauses = surely(answered.value, stages, context)
                answered = answered if turn.clauses else dialogue.NEW
            if context.pending is not None and context.pending.offer is not None and answered.kind in ("yes", "no"):
                turn.replied = "yes" if answered.kind == "yes" else "no"
            if answered.kind == "new":
                proposed = stages.rewrite(turn.text, context, turn.id)
                turn.rewrite = proposed.rewrite if proposed is not None and proposed.pair is None else None
                turn.clauses = understood((Hypothesis(turn.rewrite.target),) if turn.rewrite else hypotheses, stages, context)
                if proposed is None and dialogue.unclear(turn.text, turn.clauses, context.pending, context):
                    turn.clauses, answered = (), dialogue.Answer("again")
        with lap("resolve"):
            turn.resolutions, turn.plans = _meant(answered, turn, stages, context)
            if proposed is not None and proposed.pair is not None:
                rewritten(turn, proposed, stages, context)
        with lap("decide"):
            decision = _decided(answered, turn, stages, context)
            turn.outcome, turn.risk, turn.say = decision.outcome, decision.risk, decision.say
            turn.targets = _targets(turn, decision)
            later = decision.plan.later if decision.outcome == "confirm" else ()
            turn.proposed = (*decision.plan.commands, *later) if decision.outcome in ("confirm", "act") else ()
            turn.listen = turn.outcome in ("ask", "confirm") or decision.plan.listen
            turn.deed = words.deed(turn.proposed, context.home) if turn.proposed else ""
        if turn.outcome in ("act", "schedule", "answer") and not request.dry:
            turn.changes = decision.plan.changes
            with lap("act"):
                turn.undo = way_back(decision.plan.commands, context)
                turn.results = await _act(decision.plan.commands, stages)
                turn.say = _told(turn, stages.home()) or _named(turn, context)
            learned_from(turn, answered, proposed, stages, context)
        elif turn.outcome == "ask" and not request.dry:
            turn.changes = decision.plan.changes  # what was told in an interview that goes on
    except StageError as error:
        turn.stopped_at, turn.error, turn.outcome, turn.say = type(error).__name__, error.code, "decline", error.say
    except Exception as error:  # the turn boundary: the one place
        log.exception("turn %s failed on %r", turn.id, turn.request.text[:200])
        turn.stopped_at, turn.error, turn.outcome, turn.say = "bug", repr(error), "decline", words.say("apology")
    if context is not None:
        with lap("commit"):
            await stages.commit(turn, context)
    return turn


def _meant(answered: dialogue.Answer, turn: Turn, stages: Stages, context: Context) -> tuple[tuple[Resolution, ...], tuple[Plan, ...]]:
    """What each clause means and would do; later clauses may speak of what earlier ones named."""
    pending = context.pending
    if pending is not None and answered.kind == "yes" and pending.plan is not None:
        more = resolved(turn.clauses, stages, context)
        return (pending.resolution, *more), (pending.plan, *planned(dialogue.together(more), stages, context))
    if pending is not None and answered.kind == "again" and pending.plan is not None and pending.kind == "confirm":
        return (pending.resolution,), (pending.plan,)
    if pending is not None and answered.kind == "again":
        return (pending.resolution,), planned((pending.resolution,), stages, context)
    if answered.kind == "wrong_pin":
        return (), (Plan("answer", words.say("pin.wrong" if turn.text == dialogue.HIDDEN else "pin.needed")),)
    if answered.kind == "no" and pending is not None and pending.offer is not None and pending.offer.kind == "right":
        wrong = "ExtUndo" if context.undo else "ExtRepair"
        turn.clauses = ((Interpretation(wrong, {}, 1.0, "offer"),),)
        found: tuple[Resolution, ...] = (Resolution(turn.clauses[0][0]),)
        return found, planned(found, stages, context)
    if answered.kind == "no":
        return (), (Plan("answer", words.say("left_it")),)
    if pending is not None and answered.kind == "chosen":
        found = (dialogue.chosen(pending, answered.targets),)
    elif pending is not None and answered.kind == "filled":
        found = filled(pending, answered, turn, stages, context)
    else:
        found = resolved(turn.clauses, stages, context)
    plans = planned(dialogue.together(found), stages, context)
    return found, (*dialogue.waiting(pending, answered, found), *plans)


def _decided(answered: dialogue.Answer, turn: Turn, stages: Stages, context: Context) -> Decision:
    wake = turn.request.wake
    if wake is not None and wake.score < stages.weak_wake and _overheard(turn):
        return Decision("ignore", Plan("ignore"))
    if not turn.text.strip():
        return Decision("ignore", Plan("ignore"))
    beside = [c for plan in turn.plans[1:] for c in (*plan.commands, *plan.later)]
    grave = bool(beside) and stages.risk.of(beside, context.home, context.followed) == "R3"
    yes, by_sound = answered.kind == "yes" and not grave, bool(turn.request.heard)
    decision = decide(turn.clauses, turn.resolutions, turn.plans, stages.risk, yes, by_sound, context, bool(stages.pin))
    learned = turn.rewrite is not None and turn.rewrite.layer != "taught" and not turn.rewrite.held
    if learned:
        return asked_first(decision, context)
    return asked_first(decision, context, even_small=True) if not yes and is_to_ask(turn, stages, context) else decision


ASKING = frozenset(
    "what whats which who whos where wheres when why how hows is are was were will would can could do does did has have should tell give show".split()
)
"""First words of questions."""


def _overheard(turn: Turn) -> bool:
    """Behind a weak wake word: what is not surely a request, and statements that only sound like a question ("the weather is nice today")."""
    sure = max((r[0] for r in turn.clauses if r), key=lambda r: r.confidence, default=None)
    if sure is None or sure.confidence < 0.9 or sure.learned:
        return True
    asks = bool(set(plain(turn.text).split()[:2]) & ASKING) or "?" in turn.text
    return sure.by in GUESSED and not asks and not any(p.commands or p.later or p.changes for p in turn.plans)


def _targets(turn: Turn, decision: Decision) -> tuple[str, ...]:
    """The entities meant (act, answer, confirm, schedule) or offered (ask)."""
    if decision.outcome in ("decline", "ignore"):
        return ()
    told = decision.plan.targets or tuple(e for c in (*decision.plan.commands, *decision.plan.later) for e in c.entity_ids)
    meant = told or tuple(t for r in turn.resolutions for t in r.targets)
    return tuple(dict.fromkeys(meant))


async def _act(commands: tuple[Command, ...], stages: Stages) -> tuple[ActionResult, ...]:
    """All commands; those for different things at once, those for the same thing one after the other."""
    if not commands:
        return ()
    touched = [e for c in commands for e in c.entity_ids]
    if len(touched) == len(set(touched)):
        reports = await asyncio.gather(*(stages.devices.send(c, stages.device_seconds) for c in commands))
    else:
        reports = [await stages.devices.send(c, stages.device_seconds) for c in commands]
    return tuple(ActionResult(c, r) for c, r in zip(commands, reports, strict=True))


def _told(turn: Turn, home: Home) -> str:
    """What is said after acting: the skill's own words where all was verified, else what was not."""
    if not turn.results or all(r.verified is True for r in turn.results):
        return ""
    return words.report(turn.results, home)


def _named(turn: Turn, context: Context) -> str:
    """The skill's words; of a request that was read as a learned pair they tell what it was taken for."""
    told = turn.rewrite is None or turn.rewrite.layer == "taught" or turn.rewrite.held
    names = [name.casefold() for t in turn.targets if t in context.home.entities for name in context.home.entities[t].names]
    if told or any(name in turn.say.casefold() for name in names) or turn.rewrite is None:
        return turn.say
    return words.say("taken_for", target=turn.rewrite.target, said=turn.say)


def _laps(turn: Turn, tick: Callable[[], float]) -> Callable[[str], AbstractContextManager[None]]:
    @contextmanager
    def lap(stage: str) -> Iterator[None]:
        began = tick()
        try:
            yield
        finally:
            turn.seconds[stage] = tick() - began

    return lap
