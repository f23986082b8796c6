"""A turn, from what was heard to what was done, verified and said. Read this file first: the whole path is `take_turn`, downward.

    request -> context -> snap -> [answer to a question] -> rewrite -> understand -> resolve -> plan -> decide -> act -> words -> commit

Every stage is a value in, a value out; the Turn is the trace. Only here are other than named exceptions caught: the turn boundary logs
the trace, apologises, and goes on.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import time

from agent import dialogue, ellipsis, of_agenda, ones, people, teach, words
from agent.decide import GUESSED, Decision, asked_first, decide, doubtful
from agent.guard import NOTHING, Meaning, refused, verbs_of
from agent.planning import Planner, way_back
from agent.records import ActionResult, Change, Context, Due, Hypothesis, Interpretation, Offer, Pending, Plan, Request, Resolution, Taught, Turn
from agent.rewrite import Proposal, declined
from agent.risk import RiskTable
from agent.stages import StageError
from agent.wording import bare_request, plain
from devices.commands import Command, Devices
from devices.home import Home

log = logging.getLogger("hearth.turn")

TURNED = frozenset({"HassTurnOn", "HassTurnOff"})
NEW_REQUEST = 0.6
"""An answer that is understood this surely as a request of its own is one."""

Readings = tuple[tuple[Interpretation, ...], ...]


@dataclass(frozen=True, slots=True)
class Stages:
    """Everything a turn runs through; made by agent.app alone."""

    gather: Callable[[Request], Context]
    snap: Callable[[Request, Context], tuple[Hypothesis, ...]]
    rewrite: Callable[[str, Context, str], Proposal | None]
    understand: Callable[[tuple[Hypothesis, ...], Context], Readings]
    resolve: Callable[[tuple[Interpretation, ...], Context], Resolution | None]
    planner: Planner
    risk: RiskTable
    devices: Devices
    home: Callable[[], Home]
    commit: Callable[[Turn, Context], Awaitable[None]]
    next_id: Callable[[], str]
    tick: Callable[[], float]
    """Seconds of a monotonic clock."""
    confirm_seconds: float = 20.0
    pin: str = ""
    """What has to be said, beside a yes, for R3; "" asks for none."""
    device_seconds: float = 3.0
    weak_wake: float = 0.5
    """A wake word below this score needs a sure reading."""
    asks: bool = True
    """The agent may ask of itself, behind what it did."""
    night: tuple[time, time] = (time(22), time(7))
    """From when until when it does not."""


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
                turn.clauses = _surely(answered.value, stages, context)
                answered = answered if turn.clauses else dialogue.NEW
            if context.pending is not None and context.pending.offer is not None and answered.kind in ("yes", "no"):
                turn.replied = "yes" if answered.kind == "yes" else "no"
            if answered.kind == "new":
                proposed = stages.rewrite(turn.text, context, turn.id)
                turn.rewrite = proposed.rewrite if proposed is not None and proposed.pair is None else None
                turn.clauses = _understood((Hypothesis(turn.rewrite.target),) if turn.rewrite else hypotheses, stages, context)
                if proposed is None and dialogue.unclear(turn.text, turn.clauses, context.pending, context):
                    turn.clauses, answered = (), dialogue.Answer("again")
        with lap("resolve"):
            turn.resolutions, turn.plans = _meant(answered, turn, stages, context)
            if proposed is not None and proposed.pair is not None:
                _rewritten(turn, proposed, stages, context)
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
            _learned_from(turn, answered, proposed, stages, context)
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


def _understood(hypotheses: tuple[Hypothesis, ...], stages: Stages, context: Context) -> Readings:
    """The readings of each clause; what is none by itself, or but a guess, may go on from the last request ("and in the kitchen")."""
    text = hypotheses[0].text if hypotheses else ""
    further = declined(text, context) or people.introduced(text, context) if text else None
    further = further or ((ellipsis.pointed(text, context) or of_agenda.read(text, context)) if text else None)
    if further is not None:
        return ((further,),)
    spelled = tuple(replace(h, text=ones.spelled_out(h.text, context)) for h in hypotheses)
    clauses = stages.understand(spelled, context)
    guessed = any(readings[0].by in GUESSED and readings[0].intent in TURNED for readings in clauses)
    if guessed and ones.said(hypotheses[0].text, context.home):
        return ()  # ones of no sort that is known are not all that is there
    if hypotheses and dialogue.points(hypotheses[0].text) and any(1 in readings[0].slots.values() for readings in clauses):
        return ()  # "the kitchen one" is of something, or it is nothing: no figure
    sure = any(readings[0].by not in GUESSED for readings in clauses)
    if sure or not hypotheses:
        return clauses
    if context.last is None:
        return () if ones.place_called(hypotheses[0].text, context.home) else clauses  # a room by itself is no request
    further = ellipsis.continued(hypotheses[0].text, context.last, context.home, context.focus)
    return ((further,),) if further else clauses


def _surely(text: str, stages: Stages, context: Context) -> Readings:
    """The readings of what was said beside a yes; () where one is but a guess: then it was none."""
    clauses = _understood((Hypothesis(text),), stages, context)
    return () if any(readings[0].by in GUESSED for readings in clauses) else clauses


def _meant(answered: dialogue.Answer, turn: Turn, stages: Stages, context: Context) -> tuple[tuple[Resolution, ...], tuple[Plan, ...]]:
    """What each clause means and would do; later clauses may speak of what earlier ones named."""
    pending = context.pending
    if pending is not None and answered.kind == "yes" and pending.plan is not None:
        more = _resolved(turn.clauses, stages, context)
        return (pending.resolution, *more), (pending.plan, *_planned(dialogue.together(more), stages, context))
    if pending is not None and answered.kind == "again" and pending.plan is not None and pending.kind == "confirm":
        return (pending.resolution,), (pending.plan,)
    if pending is not None and answered.kind == "again":
        return (pending.resolution,), _planned((pending.resolution,), stages, context)
    if answered.kind == "wrong_pin":
        return (), (Plan("answer", words.say("pin.wrong" if turn.text == dialogue.HIDDEN else "pin.needed")),)
    if answered.kind == "no" and pending is not None and pending.offer is not None and pending.offer.kind == "right":
        wrong = "ExtUndo" if context.undo else "ExtRepair"
        turn.clauses = ((Interpretation(wrong, {}, 1.0, "offer"),),)
        found: tuple[Resolution, ...] = (Resolution(turn.clauses[0][0]),)
        return found, _planned(found, stages, context)
    if answered.kind == "no":
        return (), (Plan("answer", words.say("left_it")),)
    if pending is not None and answered.kind == "chosen":
        found = (dialogue.chosen(pending, answered.targets),)
    elif pending is not None and answered.kind == "filled":
        found = _filled(pending, answered, turn, stages, context)
    else:
        found = _resolved(turn.clauses, stages, context)
    plans = _planned(dialogue.together(found), stages, context)
    return found, (*dialogue.waiting(pending, answered, found), *plans)


def _rewritten(turn: Turn, proposed: Proposal, stages: Stages, context: Context) -> None:
    """The request is read as a learned pair's target, where that does what it always did and no rule forbids it; held out, it is read as it was said.

    What may be read so is understood surely, acts on the very things the pair is about, and is let through by agent.guard.
    """
    pair, rewrite = proposed.pair, proposed.rewrite
    assert pair is not None
    clauses = _understood((Hypothesis(rewrite.target),), stages, context)
    if len(clauses) != 1 or not clauses[0] or clauses[0][0].by in GUESSED or doubtful(clauses[0][0]):
        return
    found = _resolved(clauses, stages, context)
    plans = _planned(found, stages, context)
    new = _meaning(found, plans, stages, context)
    if any(p.outcome in ("ask", "decline") for p in plans) or not plans or (pair.entities and set(pair.entities) != new.things):
        return
    own = NOTHING if _is_doubtful(turn) else _meaning(turn.resolutions, turn.plans, stages, context)
    if refused(turn.text, own, rewrite.target, new) or (pair.layer == "fleet" and (new.risk != "R1" or _sure(turn))):
        return
    turn.rewrite, turn.propensity = rewrite, proposed.propensity
    if not rewrite.held:
        turn.clauses, turn.resolutions, turn.plans = clauses, found, plans


def _is_doubtful(turn: Turn) -> bool:
    """By themselves the words are but a guess that would be asked about: they mean nothing yet."""
    return any(doubtful(r.interpretation) for r in turn.resolutions)


def _meaning(found: tuple[Resolution, ...], plans: tuple[Plan, ...], stages: Stages, context: Context) -> Meaning:
    """What the plans would do, as agent.guard judges it."""
    commands = [c for p in plans if p.outcome in ("act", "schedule") for c in (*p.commands, *p.later)]
    things = {e for c in commands for e in c.entity_ids} or {t for r in found if not r.missing for t in r.targets}
    risk = stages.risk.of(commands, context.home, context.followed)
    return Meaning(verbs_of(c.service for c in commands), frozenset(things), risk, bool(commands))


def _sure(turn: Turn) -> bool:
    """By themselves the words are understood, and lead to something."""
    return any(p.outcome in ("act", "answer", "schedule") for p in turn.plans) and not any(doubtful(c[0]) for c in turn.clauses if c)


def _planned(found: tuple[Resolution, ...], stages: Stages, context: Context) -> tuple[Plan, ...]:
    """Each one's plan, in order: "it" in a command that waits is what the one before it is about."""
    plans: list[Plan] = []
    here = context
    for resolution in found:
        plan = _spared(stages.planner.plan(resolution, here, _inner(stages)), resolution, stages, context)
        plan = _taken_in(plan, resolution, stages, context)
        plans.append(plan)
        spoken_of = plan.targets or resolution.targets or here.focus
        here = replace(here, focus=spoken_of, agenda=(*here.agenda, *(c.value for c in plan.changes if isinstance(c.value, Due))))
    return tuple(plans)


def _filled(pending: Pending, answered: dialogue.Answer, turn: Turn, stages: Stages, context: Context) -> tuple[Resolution, ...]:
    """The answer fills the gap, unless it is understood as a request of its own; a guess is one only where it says more than an answer does."""
    value = dialogue.placed(pending, answered.value, context.home)
    clauses = () if value or dialogue.picks(answered.value) else stages.understand((Hypothesis(answered.value),), context)
    if clauses and clauses[0][0].confidence >= NEW_REQUEST and (clauses[0][0].by not in GUESSED or len(answered.value.split()) > dialogue.SHORT):
        turn.clauses = clauses
        return _resolved(clauses, stages, context)
    settled = stages.resolve((dialogue.filled(pending, value or answered.value),), context)
    return (settled,) if settled else ()


def _resolved(clauses: Readings, stages: Stages, context: Context) -> tuple[Resolution, ...]:
    found: list[Resolution] = []
    for readings in clauses:
        here = replace(context, focus=found[-1].targets) if found and found[-1].targets else context
        resolution = stages.resolve(readings, here)
        if resolution is not None:
            found.append(resolution)
    return tuple(found)


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
    if _shadows(lesson.phrase, stages, context):
        return Plan("answer", words.say("taught.shadows", phrase=lesson.phrase))
    understood = stages.understand((Hypothesis(lesson.sentence),), replace(context, text=lesson.sentence))
    return plan if understood else Plan("answer", words.say("taught.unclear", phrase=lesson.phrase, sentence=lesson.sentence))


def _shadows(phrase: str, stages: Stages, context: Context) -> bool:
    """The phrase, said by itself, is a word of control or surely does something that keeps the home safe."""
    here = replace(context, text=phrase)
    found = _resolved(stages.understand((Hypothesis(phrase),), here), stages, here)
    plans = [stages.planner.plan(r, here, lambda _text, _context, _chosen: ()) for r in found]
    commands = tuple(c for p in plans for c in (*p.commands, *p.later))
    risk = stages.risk.of(commands, context.home, context.followed)
    return teach.shadows(phrase, found, commands, risk, context.home)


def _learned_from(turn: Turn, answered: dialogue.Answer, proposed: Proposal | None, stages: Stages, context: Context) -> None:
    """A name that an answer gave is kept and said; else the agent may ask of itself, behind what it did."""
    name = teach.named_so(context.pending, answered.kind == "filled", turn, context)
    if name is not None:
        turn.changes = (*turn.changes, Change("taught", teach.key_of(name), name))
        turn.say = f"{turn.say} {words.say('taught.so', alias=name.phrase)}"
        return
    turn.offer = _offer(turn, answered, proposed, stages, context)
    if turn.offer is not None:
        asked = words.say(teach.QUESTIONS[turn.offer.kind], heard=turn.offer.heard, target=turn.offer.target)
        turn.say, turn.listen = f"{turn.say} {asked}".strip(), True


def _offer(turn: Turn, answered: dialogue.Answer, proposed: Proposal | None, stages: Stages, context: Context) -> Offer | None:
    fresh = answered.kind == "new" or (answered.kind == "filled" and bool(turn.clauses))
    if turn.replied == "no" and turn.outcome == "act":
        return Offer("meant", bare_request(context.previous.text) if context.previous is not None else "")
    if not stages.asks or not fresh or turn.outcome != "act":
        return None
    offer = teach.to_learn(turn, context)
    if offer is not None and not _shadows(offer.heard, stages, context):
        return offer
    pair = proposed.pair if proposed is not None and turn.rewrite is not None and not turn.rewrite.held else None
    return teach.was_it_right(turn, pair.wins + pair.losses if pair is not None else None, context, stages.night)


def _inner(stages: Stages) -> Callable[[str, Context, tuple[str, ...]], tuple[Plan, ...]]:
    """Another sentence's plans: one level deep, a command within a command within a command is not understood."""

    def plans(text: str, context: Context, chosen: tuple[str, ...]) -> tuple[Plan, ...]:
        context = replace(context, text=text)
        found = _resolved(_understood((Hypothesis(text),), stages, context), stages, context)
        settled = (replace(r, targets=chosen, missing="") if chosen and r.missing == "which" else r for r in found)
        return tuple(stages.planner.plan(r, context, lambda _text, _context, _chosen: ()) for r in settled)

    return plans


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
    return asked_first(decision, context) if learned else decision


ASKING = frozenset(
    "what whats which who whos where wheres when why how hows is are was were will would can could do does did has have should tell give show".split()
)
"""First words of questions."""


def _overheard(turn: Turn) -> bool:
    """Behind a weak wake word: what is not surely a request, and statements that only sound like a question ("the weather is nice today")."""
    sure = max((r[0] for r in turn.clauses if r), key=lambda r: r.confidence, default=None)
    if sure is None or sure.confidence < 0.9:
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
