"""What the agent tells of itself: what it heard, what it said, and why it did what it did, from the trace of the conversation's last turn."""

from collections.abc import Sequence
from datetime import timedelta

from agent import words
from agent.records import Context, Plan, Touch, Turn, Why
from agent.times import local
from agent.wording import plain
from agent.words import say
from devices.home import Entity

ASKS_WHAT_WAS_HEARD = ("hear", "understand", "i said", "i say", "i just say")
MOST_REASONS = 3


def why(context: Context, what: str = "") -> Plan:
    """ "Why did you do that?": the words that were heard, what they were taken for, and the signals that settled it.

    What was done by a schedule or by hand is told as `who` tells it. `what`: the deed, where it was named.
    """
    turn = _meant(context)
    if FAILED & set(plain(context.text).split()):
        return _why_not(turn)
    things = _named(what or context.text, context)
    told = _moved(things, context)
    if told is not None and (told.by != "request" or turn is None or told.entity_id not in turn.targets):
        return who([context.home.entities[told.entity_id]], context)
    if turn is not None and not turn.resolutions:
        turn = context.did  # what was not understood did nothing
    if turn is None or not turn.resolutions:
        return Plan("answer", say("why.nothing"))
    return _explained(turn, context)


FAILED = frozenset({"work", "worked", "didnt", "not", "fail", "failed", "wont", "doesnt"})
"""Words that ask why something was not done."""
JUST = timedelta(minutes=15)
"""A schedule that fired so long ago is what "that" is, where nothing was said since."""


def _meant(context: Context) -> Turn | None:
    """The turn that is asked about: the last one, or what was done before somebody asked who did it or why."""
    last = context.previous
    asked = last is not None and {r.intent for r in last.resolutions} <= ABOUT_A_DEED
    return context.did if asked and last is not None and last.resolutions else last


ABOUT_A_DEED = frozenset({"ExtWho", "ExtWhy"})


def _named(said: str, context: Context) -> list[Entity]:
    """The things that are called in these words, those of the longest names."""
    text = f" {plain(said)} "
    found = [(max((len(n) for n in e.names if f" {plain(n)} " in text), default=0), e) for e in context.home.entities.values()]
    most = max((length for length, _ in found), default=0)
    return [e for length, e in found if length == most] if most else []


def _moved(things: Sequence[Entity], context: Context) -> Touch | None:
    """The last move of what was named, in the direction that was said; of nothing named, what a schedule has just done."""
    if not things:
        last = context.moves[-1] if context.moves else None
        new = last is not None and context.now - last.at <= JUST and (context.did is None or last.at >= context.did.request.at)
        return last if last is not None and new and last.by == "schedule" and last.entity_id in context.home.entities else None
    ids, wanted = {e.entity_id for e in things}, _verbs(plain(context.text))
    fitting = (m for m in reversed(context.moves) if m.entity_id in ids and (not wanted or m.verb in wanted or m.state in wanted))
    return next(fitting, None)


def _why_not(turn: Turn | None) -> Plan:
    """ "Why didn't it work?": what was said then, or that it was done."""
    if turn is None:
        return Plan("answer", say("why.nothing"))
    done = turn.outcome == "act" and all(r.verified is not False for r in turn.results)
    return Plan("answer", say("why.worked", said=turn.say) if done else say("why.failed", text=turn.text, said=turn.say))


def _explained(turn: Turn, context: Context) -> Plan:
    things = [context.home.entities[t] for t in turn.targets if t in context.home.entities]
    sentences = [say("why.heard", text=turn.text.rstrip(" ."))]
    if turn.rewrite is not None and not turn.rewrite.held:
        sentences.append(say("why.taught" if turn.rewrite.layer == "taught" else "why.learned", target=turn.rewrite.target))
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


def who(things: Sequence[Entity], context: Context) -> Plan:
    """ "Who turned on the light?": from the log of devices: a person by hand, a request, a schedule, itself."""
    if not things:
        return Plan("answer", say("nothing"))
    ids = tuple(e.entity_id for e in things)
    called = {(e.name.casefold(), context.home.area_of(e)) for e in things}
    same = {e.entity_id for e in context.home.entities.values() if (e.name.casefold(), context.home.area_of(e)) in called}
    moves = [m for m in reversed(context.moves) if m.entity_id in same]  # a door's lock and its contact are one door
    wanted = _verbs(plain(context.text))
    fitting = [m for m in moves if not wanted or m.verb in wanted or m.state in wanted]
    if not fitting:
        return Plan("answer", say("who.unknown", what=words.listed(things)), targets=ids)
    last = fitting[0]
    moment = words.since(local(last.at, context.home.location), context.now)
    you = bool(last.speaker) and last.speaker == context.speaker
    key = f"who.{last.by}" if last.by != "request" else "who.you" if you else "who.named" if last.speaker else "who.request"
    return Plan("answer", say(key, moment=moment, speaker=last.speaker, text=last.text), targets=ids)


VERBS: tuple[tuple[str, frozenset[str]], ...] = (
    (" off", frozenset({"turn_off", "off", "media_stop", "idle", "close_cover"})),
    (" on", frozenset({"turn_on", "on", "set_hvac_mode", "heat", "cool", "start", "play_media", "playing"})),
    ("unlock", frozenset({"unlock", "unlocked", "open"})),
    ("lock", frozenset({"lock", "locked"})),
    ("open", frozenset({"open_cover", "open", "opening", "open_valve", "unlock", "on"})),
    ("close", frozenset({"close_cover", "closed", "closing", "close_valve", "off"})),
    ("shut", frozenset({"close_cover", "closed", "closing", "close_valve", "off"})),
    ("disarm", frozenset({"alarm_disarm", "disarmed"})),
    ("arm", frozenset({"alarm_arm_away", "alarm_arm_home", "alarm_arm_night", "armed_away", "armed_home", "armed_night"})),
    ("start", frozenset({"turn_on", "on", "start", "cleaning", "play_media", "playing"})),
)
"""What was asked about -> services and states that are it, the first that fits."""


def _verbs(said: str) -> frozenset[str]:
    return next((verbs for word, verbs in VERBS if word in said), frozenset())


def said_or_heard(context: Context) -> Plan:
    """ "What did you say?" and "what did you hear?"."""
    turn, asked = context.previous, plain(context.text)
    if turn is None:
        return Plan("answer", say("heard.nothing"))
    if any(word in asked for word in ASKS_WHAT_WAS_HEARD) or not turn.say:
        return Plan("answer", say("heard", text=turn.text))
    return Plan("answer", turn.say)
