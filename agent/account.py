"""What the agent tells of itself: what it heard, what it said, and why it did what it did, from the trace of the conversation's last turn."""

from agent import words
from agent.records import Context, Plan, Turn, Why
from agent.wording import plain
from agent.words import say

ASKS_WHAT_WAS_HEARD = ("hear", "understand", "i said", "i say", "i just say")
MOST_REASONS = 3


def why(context: Context) -> Plan:
    """ "Why did you do that?": the words that were heard, what they were taken for, and the signals that settled it."""
    turn = context.previous
    if turn is None or not turn.resolutions:
        return Plan("answer", say("why.nothing"))
    things = [context.home.entities[t] for t in turn.targets if t in context.home.entities]
    sentences = [say("why.heard", text=turn.text)]
    if turn.rewrite is not None:
        sentences.append(say("why.taught", target=turn.rewrite.target))
    if things:
        sentences.append(say("why.meant", what=words.listed(things)))
    reasons = _reasons(turn)
    if reasons:
        sentences.append(say("why.because", reasons=words.join(reasons)))
    return Plan("answer", " ".join(sentences), targets=tuple(e.entity_id for e in things))


def _reasons(turn: Turn) -> list[str]:
    """The strongest signals for what was meant, in people's words, each once."""
    found: list[Why] = [w for r in turn.resolutions for w in r.why if w.weight > 0 and w.signal in words.LANGUAGE.SIGNALS]
    ranked = sorted(found, key=lambda w: -w.weight)
    return list(dict.fromkeys(words.LANGUAGE.SIGNALS[w.signal].format(what=w.candidate) for w in ranked))[:MOST_REASONS]


def said_or_heard(context: Context) -> Plan:
    """ "What did you say?" and "what did you hear?"."""
    turn, asked = context.previous, plain(context.text)
    if turn is None:
        return Plan("answer", say("heard.nothing"))
    if any(word in asked for word in ASKS_WHAT_WAS_HEARD) or not turn.say:
        return Plan("answer", say("heard", text=turn.text))
    return Plan("answer", turn.say)
