"""Behind what was done: a name that an answer gave is kept and said, or the agent asks of itself. Seldom, and never at night."""

from agent import dialogue, teach, words
from agent.chain import Stages
from agent.meaning import shadows
from agent.records import Change, Context, Offer, Turn
from agent.rewrite import Proposal
from agent.wording import bare_request


def learned_from(turn: Turn, answered: dialogue.Answer, proposed: Proposal | None, stages: Stages, context: Context) -> None:
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
    if offer is not None and not shadows(offer.heard, stages, context):
        return offer
    pair = proposed.pair if proposed is not None and turn.rewrite is not None and not turn.rewrite.held else None
    return teach.was_it_right(turn, pair.wins + pair.losses if pair is not None else None, context, stages.night)
