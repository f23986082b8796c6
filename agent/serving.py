"""A learned pair is served: the request is read as its target, where no rule forbids it. What may not be is left as it was said.

What the model only guesses because people taught it is under the same rules: where one forbids it, it is asked about.
"""

from agent import dialogue
from agent.chain import Stages
from agent.decide import GUESSED, doubtful
from agent.guard import NOTHING, Meaning, refused, verbs_of
from agent.meaning import planned, resolved, understood
from agent.records import Context, Hypothesis, Learned, Plan, Resolution, Turn
from agent.rewrite import Proposal
from agent.wording import plain


def rewritten(turn: Turn, proposed: Proposal, stages: Stages, context: Context) -> None:
    """The request is read as a learned pair's target, where that does what it always did and no rule forbids it; held out, it is read as it was said.

    What may be read so is understood surely, acts on the very things the pair is about, and is let through by agent.guard.
    """
    pair, rewrite = proposed.pair, proposed.rewrite
    assert pair is not None
    clauses = understood((Hypothesis(rewrite.target),), stages, context)
    if not clauses or any(not c or c[0].by in GUESSED or doubtful(c[0]) for c in clauses):
        return
    found = resolved(clauses, stages, context)
    plans = planned(dialogue.together(found), stages, context)
    new = _meaning(found, plans, stages, context)
    if any(p.outcome in ("ask", "decline") for p in plans) or not plans:
        return
    fits = _is_one_of(pair, found, new, turn) if len(clauses) > 1 else _fits(proposed, new, turn, stages, context)
    if not fits:
        return
    turn.rewrite, turn.propensity = rewrite, proposed.propensity
    if not rewrite.held:
        turn.clauses, turn.resolutions, turn.plans = clauses, found, plans


def is_to_ask(turn: Turn, stages: Stages, context: Context) -> bool:
    """Only learning made a guess of these words likely, and by a rule of agent.guard that is not enough to act."""
    if not any(r.interpretation.learned for r in turn.resolutions):
        return False
    meaning = _meaning(turn.resolutions, turn.plans, stages, context)
    return meaning.acts and (meaning.risk != "R1" or bool(refused(turn.text, NOTHING, turn.text, meaning)))


def _fits(proposed: Proposal, new: Meaning, turn: Turn, stages: Stages, context: Context) -> bool:
    """It is about the pair's things, no rule forbids it, and neither the words by themselves nor a newer habit know better."""
    pair = proposed.pair
    assert pair is not None
    if pair.entities and set(pair.entities) != new.things:
        return False
    own = NOTHING if _is_doubtful(turn) else _meaning(turn.resolutions, turn.plans, stages, context)
    if refused(turn.text, own, proposed.rewrite.target, new) or (pair.layer == "fleet" and (new.risk != "R1" or _sure(turn))):
        return False
    return new.things == own.things or not _is_usual(turn)


def _is_usual(turn: Turn) -> bool:
    """By themselves the words mean what is usual lately: habits count each use at once, a pair is older."""
    settled = (r for r in turn.resolutions if len(r.targets) == 1 and not r.missing)
    return any(w.signal == "habit" and w.candidate in r.targets for r in settled for w in r.why)


def _is_one_of(pair: Learned, found: tuple[Resolution, ...], new: Meaning, turn: Turn) -> bool:
    """Among several commands one is about what the name stands for, and none needs a yes."""
    about = pair.part and any(set(r.targets) == set(pair.entities) for r in found)
    return about and new.risk == "R1" and not refused(turn.text, NOTHING, pair.target, Meaning(acts=True, names=new.names))


def _is_doubtful(turn: Turn) -> bool:
    """By themselves the words are but a guess that would be asked about: they mean nothing yet."""
    return any(doubtful(r.interpretation) for r in turn.resolutions)


def _meaning(found: tuple[Resolution, ...], plans: tuple[Plan, ...], stages: Stages, context: Context) -> Meaning:
    """What the plans would do, as agent.guard judges it."""
    commands = [c for p in plans if p.outcome in ("act", "schedule") for c in (*p.commands, *p.later)]
    things = {e for c in commands for e in c.entity_ids} or {t for r in found if not r.missing for t in r.targets}
    risk = stages.risk.of(commands, context.home, context.followed)
    guessed = bool(found) and all(r.interpretation.by in GUESSED for r in found)
    names = frozenset(plain(name) for t in things if t in context.home.entities for name in context.home.entities[t].names)
    return Meaning(verbs_of(c.service for c in commands), frozenset(things), risk, bool(commands), guessed, names=names)


def _sure(turn: Turn) -> bool:
    """By themselves the words are understood, and lead to something."""
    return any(p.outcome in ("act", "answer", "schedule") for p in turn.plans) and not any(doubtful(c[0]) for c in turn.clauses if c)
