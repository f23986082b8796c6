"""Teaching and being taught: what may be taught, a name that an answer gives, and what the agent asks of itself. Pure functions.

What is taught is said in so many words, so that it may be anything but a word of control or a command that keeps the home safe. What the
agent offers to remember is judged by agent.guard as all that is learned is.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import time

from agent.guard import TIMES, Meaning, agree, refused, verbs_of
from agent.records import UNLEARNED, Context, Interpretation, Missed, Offer, Pending, Preference, Resolution, Taught, Turn
from agent.understand.numbers import numbers_in
from agent.wording import bare_request, plain
from agent.words import domain_of
from devices.commands import Command
from devices.home import Home

CONTROL = frozenset(
    "yes|yeah|yep|yup|no|nope|nah|ok|okay|sure|stop|stop it|cancel|quiet|be quiet|enough|that is enough|help|undo|undo that|never mind|nevermind|"
    "forget it|forget that|leave it|confirm|abort|wait|please|right|wrong|that is wrong|thats wrong|why|again|snooze|i mean|i meant|"
    "stop learning from me|stop using what you learned|help me|dismiss|halt|shut up|go ahead|do it|dont|do not|neither|none|all|both".split("|")
)
"""Words that have to mean what they mean: they answer, stop, take back."""
GRAVE_VERBS = frozenset("unlock lock arm disarm".split())
LIGHT_WORDS = frozenset(
    "turn switch put set make on off up down in at to of for all every everything everywhere the a an my it that this them here there and then or "
    "please open close shut lock unlock start stop play pause arm disarm dim brighter what who when where why how is are i you me we not no "
    "yes".split()
)
"""Words of which every other request is made: no thing may be called by them alone."""
GUARDED = frozenset({"lock", "cover", "alarm_control_panel", "valve", "climate", "water_heater"})
GUARDED_WORDS = frozenset("door doors lock locks gate garage blind blinds window heating alarm thermostat".split())
"""Domains, and words, of what keeps a home safe or warm: nothing that names or moves them may be given to something else."""
SURE_READING = 0.8
LIKE_YES = frozenset(
    "yes|yeah|yep|yup|yes please|please do|correct|right|that is right|thats right|yes it was|yes you did|exactly|perfect|you did|"
    "thats it|that is it|thats the one|that is the one|yes it is|it is|spot on|you got it|indeed|absolutely|of course".split("|")
)
LIKE_NO = frozenset(
    "no|nope|nah|no thanks|no thank you|no you did not|no you didnt|no it was not|no it wasnt|not really|no way|wrong|no that is wrong|"
    "no thats wrong|no that was wrong|no do not|no dont|please dont".split("|")
)
"""Answers to what the agent asks of itself. "Stop" and "cancel" are none: they are about what was done."""
MIDDLING = 0.85
"""A guess likelier than this is not asked about."""
NEW_PAIR = 2
"""How many servings of a learned pair are asked about."""
TWICE = 2


# --- what may be taught --------------------------------------------------------------------------------------------------------------


COMPOSED = frozenset({"scene", "script", "automation"})
"""What is R2 only because nobody knows what it does: a phrase of one's own may take the place of its name."""


def shadows(phrase: str, readings: Sequence[Resolution], commands: Sequence[Command], risk: str, home: Home) -> bool:
    """The phrase would stand in the way of a word of control, or of what its own words surely do to a lock, a door, an alarm or the heating.

    `readings`, `commands` and `risk` are what the phrase means and would do by itself.
    """
    said = bare_request(phrase)
    if plain(phrase) in CONTROL or said in CONTROL or said.split(" ", 1)[0] in GRAVE_VERBS:
        return True
    if not any(_is_sure(r.interpretation) for r in readings):
        return False
    domains = {domain_of(home.entities[e]) for c in commands for e in c.entity_ids if e in home.entities}
    return risk == "R3" or (risk != "R1" and not domains <= COMPOSED) or bool(domains & GUARDED)


def _is_sure(reading: Interpretation) -> bool:
    return reading.confidence >= SURE_READING


UNITS = frozenset("percent per cent degrees degree at in for by volume to minutes minute hours hour seconds".split())
WHEREABOUTS = frozenset("upstairs downstairs inside outside indoors outdoors home house".split())
FIRST_WORDS = frozenset("turn switch set put make dim open close play start stop no yes not except".split())
"""How a request begins, or an answer: no name does."""


def misnames(alias: str, thing: str, home: Home) -> bool:
    """Nothing may be called so: a word of control or of every request, another thing's or room's name, a word for what keeps the home safe."""
    said = plain(alias)
    words = set(said.split())
    if not words or said in CONTROL or words <= LIGHT_WORDS or (words & GRAVE_VERBS):
        return True
    if said in WHEREABOUTS or any(plain(n) == said for f in home.floors.values() for n in (f.name, *f.aliases)):
        return True
    if words & TIMES or (numbers_in(alias) and (words & UNITS or len(words) == 1)) or said.split(" ", 1)[0] in FIRST_WORDS:
        return True
    if any(plain(n) == said for e in home.entities.values() if e.entity_id != thing for n in e.names):
        return True
    if any(plain(n) == said for a in home.areas.values() if a.area_id != thing for n in (a.name, *a.aliases)):
        return True
    guarded = [plain(n) for e in home.entities.values() if domain_of(e) in GUARDED and e.entity_id != thing for n in e.names]
    own = home.entities.get(thing)
    guards = own is not None and domain_of(own) in GUARDED
    return any(f" {said} " in f" {name} " for name in guarded) or (not guards and said in GUARDED_WORDS)


def kept(phrase: str, sentence: str, known: Iterable[Taught], speaker: str = "", thing: str = "") -> Taught:
    """What is taught, as the next version of what these words stood for."""
    before = next((t for t in known if t.phrase == phrase and t.speaker == speaker), None)
    if before is None:
        return Taught(phrase, sentence, speaker, thing)
    if before.sentence == sentence:
        return before
    return Taught(phrase, sentence, speaker, thing, before.version + 1, (*before.was, before.sentence))


def before(taught: Taught, home: Home) -> Taught | None:
    """What these words stood for before; None where that was nothing."""
    if not taught.was:
        return None
    sentence = taught.was[-1]
    return Taught(taught.phrase, sentence, taught.speaker, thing_called(sentence, home), taught.version - 1, taught.was[:-1])


def key_of(taught: Taught) -> str:
    return f"{taught.speaker}/{taught.phrase}" if taught.speaker else taught.phrase


def thing_called(name: str, home: Home) -> str:
    """The id of the thing or room of this name; "" where none, or several, are called so."""
    said = name.casefold()
    found = [e.entity_id for e in home.entities.values() if e.name.casefold() == said]
    found += [a.area_id for a in home.areas.values() if a.name.casefold() == said]
    return found[0] if len(found) == 1 else ""


# --- a name that an answer gives -----------------------------------------------------------------------------------------------------

UNNAMED = frozenset({"it", "that", "this", "one", "them", "those", "these", "he", "she", "there", "something", "thing", "things"})
MOST_WORDS = 3


def named_so(pending: Pending | None, filled: bool, turn: Turn, context: Context) -> Taught | None:
    """The name that "the floor lamp" gives to what was called "funzel" before; None where nothing is learned from the answer.

    It has to be no request of its own, to name the thing or room by its own name, and to have done something to it that may be guessed at (R1).
    """
    if pending is None or not filled or pending.resolution.missing not in ("name", "area") or not context.teaches or turn.request.dry:
        return None
    if turn.outcome != "act" or turn.risk != "R1" or any(r.verified is False for r in turn.results) or len(turn.resolutions) != 1 or turn.clauses:
        return None
    alias, slot = plain(pending.resolution.missing_text).removeprefix("the ").removeprefix("my "), pending.resolution.missing
    own = turn.resolutions[0].slots.get(slot)
    thing = _one_called(own, turn, context.home) if isinstance(own, str) else ""
    if turn.resolutions[0].intent != pending.resolution.intent or not thing or alias in UNNAMED or not 0 < len(alias.split()) <= MOST_WORDS:
        return None
    if misnames(alias, thing, context.home) or any(t.phrase == alias for t in context.taught):
        return None
    return Taught(alias, str(own), "", thing)


def _one_called(name: str, turn: Turn, home: Home) -> str:
    """What was meant by this name: of several that are called so the one that something was done to."""
    done = [e for e in turn.targets if e in home.entities and home.entities[e].name.casefold() == name.casefold()]
    return done[0] if len(turn.targets) == len(done) == 1 else thing_called(name, home)


# --- who may teach, and what is served -----------------------------------------------------------------------------------------------


def is_off(topic: str, who: str, preferences: Iterable[Preference]) -> bool:
    return any(p.topic == topic and p.value == "off" and p.speaker == who for p in preferences)


def is_unlearned(words: str, who: str, preferences: Iterable[Preference]) -> bool:
    """Somebody had the agent forget what it had learned about these words: for all, or for who speaks."""
    return any(p.topic == UNLEARNED and p.value == words and p.speaker in ("", who) for p in preferences)


# --- what the agent asks of itself ---------------------------------------------------------------------------------------------------


def missed(turn: Turn, known: Sequence[Missed], previous: Turn | None, answers: bool) -> tuple[Missed, ...]:
    """Words that led nowhere in a conversation, after a turn; what did something and was not taken back ends them."""
    intents = {r.intent for r in turn.resolutions}
    if "ExtUndo" in intents and previous is not None and previous.outcome == "act" and not answers:
        return (*known, Missed(bare_request(previous.text), 1, True, tuple(r.command for r in previous.results), previous.text))
    if turn.outcome in ("act", "schedule"):
        return ()
    words = bare_request(turn.text)
    unsure = turn.outcome == "confirm" and turn.risk == "R1"
    lost = unsure or turn.outcome == "decline" or any(r.missing in ("name", "area", "nothing") for r in turn.resolutions)
    before = next((m for m in known if m.words == words and not m.wrong), None)
    if not lost or not words or turn.error or (answers and not turn.clauses and before is None):
        return tuple(known)
    again = Missed(words, before.times + 1 if before else 1, text=turn.text)
    return (*(m for m in known if m is not before), again)


def to_learn(turn: Turn, context: Context) -> Offer | None:
    """ "Should I remember that as ...?": the same words failed twice, or were declared wrong, and what was said then did it."""
    if not context.teaches or turn.outcome != "act" or turn.risk != "R1" or turn.rewrite is not None or "teach" in context.offered:
        return None
    if not all(r.verified is True for r in turn.results) or len(turn.clauses) != 1 or turn.resolutions[0].intent in ("ExtUndo", "ExtRepair"):
        return None
    target = bare_request(turn.text)
    things = frozenset(e for r in turn.results for e in r.command.entity_ids)
    names = frozenset(plain(n) for e in things if e in context.home.entities for n in context.home.entities[e].names)
    new = Meaning(verbs_of(r.command.service for r in turn.results), things, turn.risk, acts=True, names=names)
    for failed in reversed(context.missed):
        own = Meaning(verbs_of(c.service for c in failed.did), frozenset(e for c in failed.did for e in c.entity_ids), "R1", bool(failed.did))
        again = (failed.wrong or failed.times >= TWICE) and failed.words != target and agree(failed.words, target)
        known = failed.words in context.unwanted or any(t.phrase == failed.words for t in context.taught)
        if again and not known and failed.words not in CONTROL and not refused(failed.words, own, target, new):
            return Offer("teach", _as_said(failed.text, failed.words), _as_said(turn.text, target))
    return None


def _as_said(text: str, bare: str) -> str:
    """The words with their apostrophes, where there is no courtesy around them to leave out."""
    return text.strip(" .,!?").casefold() if plain(text) == bare else bare


def was_it_right(turn: Turn, served: int | None, context: Context, night: tuple[time, time]) -> Offer | None:
    """ "Did I get that right?", where the answer is worth most: after a guess that was not very likely, or one of a learned pair's first servings.

    `served`: how often the pair was served before; None where none was. Once a day and person, never at night.
    """
    if not context.teaches or "right" in context.offered or turn.outcome != "act" or turn.risk != "R1" or is_night(context.now.time(), night):
        return None
    took_back = {r.intent for r in turn.resolutions} & {"ExtUndo", "ExtRepair", "ExtStop"}
    if took_back or not turn.results or any(r.verified is not True for r in turn.results):
        return None
    guess = any(r.interpretation.by in ("model", "near") and r.interpretation.confidence < MIDDLING for r in turn.resolutions)
    fresh = served is not None and served < NEW_PAIR
    return Offer("right", bare_request(turn.text), turn=turn.id) if guess or fresh else None


def is_night(at: time, night: tuple[time, time]) -> bool:
    begins, ends = night
    at = at.replace(tzinfo=None)
    return begins <= at < ends if begins <= ends else at >= begins or at < ends


QUESTIONS: Mapping[str, str] = {"teach": "offer.teach", "right": "offer.right", "meant": "repair.ask"}
"""Kind of an offer -> the key of its sentence."""
