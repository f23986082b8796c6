"""Teaching: own phrases and own names for things, which are the household's; with skills.tastes (what a person likes), skills.learned (shown and
forgotten again) and skills.introductions (who is speaking).
"""

import re

from agent import teach as lessons
from agent import words
from agent.places import areas_called
from agent.records import Change, Context, Plan, Resolution, Taught
from agent.references import PRONOUNS
from agent.stages import Phrase, Skill
from skills.introductions import INTRODUCTION_HANDLERS, INTRODUCTION_PHRASES
from skills.learned import LEARNED_HANDLERS, LEARNED_PHRASES, folded
from skills.plans import answer, ask, slot_text, targets
from skills.tastes import TASTE_HANDLERS, TASTE_PHRASES
from skills.willing import unwilling

EDGES = " .,!?\"'“”"
JOIN = r"(?:then|do|you should|you must|i want you to|i mean|it means|that means|you have to|please)"
QUOTED = re.compile(r"[\"“](.+?)[\"”],?\s*(.*)$")
WISHED = re.compile(
    r"(.+?),?\s+(?:i want you to|i would like you to|i'd like you to|you should|you must|you have to|it means|that means)\s+(.+)$", re.IGNORECASE
)
COMMA = re.compile(r"(.+?),\s*(.+)$")
JOINED = re.compile(rf"(.+?)\s+{JOIN}\s+(.+)$", re.IGNORECASE)
JOINS = re.compile(rf"^(?:{JOIN}\s+)+", re.IGNORECASE)
"""The forms a lesson has, and the words that join its halves."""
VERBS = frozenset(
    "turn switch set put play open close shut lock unlock dim brighten start stop pause make tell show add activate "
    "run brew clean vacuum mute raise lower"
    " increase decrease remind wake call lights light send dock announce".split()
)


def teach(resolution: Resolution, context: Context) -> Plan:
    """Slots: phrase and sentence, or lesson (both in one). Taught for everybody; a phrase taught again takes the new meaning."""
    lesson = slot_text(resolution, "lesson")
    phrase, sentence = apart(lesson) if lesson else (slot_text(resolution, "phrase"), slot_text(resolution, "sentence"))
    phrase, sentence = phrase.strip(EDGES), (sentence or slot_text(resolution, "sentence")).strip(EDGES)
    phrase, sentence = besides(phrase, sentence, context)
    refusal = unwilling(context)
    if refusal is not None:
        return refusal
    if not sentence:
        return ask("sentence", words.say("taught.ask", phrase=phrase))
    if folded(phrase) == folded(sentence):
        return answer(words.say("taught.itself"))
    kept = lessons.kept(folded(phrase), sentence, context.taught)
    return answer(_lesson(kept, phrase), (Change("taught", lessons.key_of(kept), kept),))


def _lesson(kept: Taught, phrase: str) -> str:
    """What is said of a lesson; of one that takes the place of another, what that was."""
    if kept.was:
        return words.say("taught.changed", phrase=phrase, sentence=kept.sentence, was=kept.was[-1])
    return words.say("taught", phrase=phrase, sentence=kept.sentence)


def besides(phrase: str, sentence: str, context: Context) -> tuple[str, str]:
    """ "Movie time also", "also dim the lights": what these words mean already, and that."""
    bare, also = phrase.removesuffix(" also"), sentence.removeprefix("also ")
    before = next((t for t in context.taught if folded(t.phrase) == folded(bare)), None)
    if (bare, also) == (phrase, sentence) or not also:
        return phrase, sentence
    return bare, f"{before.sentence} and {also}" if before is not None and not before.thing else also


def apart(lesson: str) -> tuple[str, str]:
    """ "movie time dim the lights" -> what is said, what it means: at quotes or a comma, at a word that joins them, else at the first verb."""
    words = lesson.split()
    at = next((i for i, word in enumerate(words) if i and word.casefold() in VERBS), len(words))
    for pattern in (QUOTED, WISHED, COMMA, JOINED):
        found = pattern.match(lesson)
        if found and not (pattern is COMMA and _lists(words, at, found)):
            return found[1], JOINS.sub("", found[2])
    return " ".join(words[:at]), " ".join(words[at:])


def _lists(words: list[str], at: int, found: re.Match[str]) -> bool:
    """The comma parts the commands: "goodnight turn off the lights, lock the door and ...", and no phrase from its meaning."""
    more = found[2].split(" ", 1)[0].casefold() in VERBS
    return more and at < len(found[1].split()) - 1 and words[at - 1].casefold() not in NO_ENDS


NO_ENDS = frozenset("to i we you lets let's us please do and the a my our not dont don't can will".split())
"""Words that no phrase ends with: the verb behind them is part of it ("time to start, ...")."""


def teach_name(resolution: Resolution, context: Context) -> Plan:
    """Slots: name the thing, alias. Kept as a phrase that stands for the thing's own name."""
    alias, things = slot_text(resolution, "alias").removeprefix("the "), targets(resolution, context)
    own = things[0].name if len(things) == 1 else slot_text(resolution, "name")
    refusal = unwilling(context)
    if refusal is not None:
        return refusal
    pointed = slot_text(resolution, "name").casefold() in PRONOUNS
    if pointed and not {t.entity_id for t in things} <= set(context.focus):
        return answer(words.say("taught.what_thing", alias=alias))
    if len(things) > 1:
        return answer(words.say("taught.one_thing", alias=alias), about=things)
    if not alias or not own or folded(alias) == folded(own):
        return answer(words.say("taught.itself"), about=things)
    thing = things[0].entity_id if len(things) == 1 else ""
    if lessons.misnames(alias, thing, context.home):
        return answer(words.say("taught.misnames", alias=alias), about=things)
    kept = lessons.kept(folded(alias), own, context.taught, thing=thing)
    what = words.the(things[0]) if len(things) == 1 else own
    said = words.say("taught.name", what=what, alias=alias, **words.forms(words.are_several(things)))
    if kept.was and kept.thing != lessons.thing_called(kept.was[-1], context.home):
        said = words.say("taught.renamed", alias=alias, what=what, was=f"{words.LANGUAGE.ARTICLE} {kept.was[-1].casefold()}")
    return answer(said, (Change("taught", lessons.key_of(kept), kept),), things)


def teach_room(resolution: Resolution, context: Context) -> Plan:
    """Slots: room, alias. Kept as a phrase that stands for the room's own name."""
    refusal = unwilling(context)
    if refusal is not None:
        return refusal
    alias, found = slot_text(resolution, "alias"), sorted(areas_called((slot_text(resolution, "room"),), context.home))
    if len(found) != 1 or folded(alias) == folded(context.home.areas[found[0]].name):
        return answer(words.say("taught.itself"))
    if lessons.misnames(alias, found[0], context.home):
        return answer(words.say("taught.misnames", alias=alias))
    room = context.home.areas[found[0]].name
    kept = lessons.kept(folded(alias), room, context.taught, thing=found[0])
    said = words.say("taught.name", what=words.the_area(room), alias=alias, **words.forms(False))
    return answer(said, (Change("taught", lessons.key_of(kept), kept),))


SKILL = Skill(
    name="teaching",
    phrases={
        "ExtTeach": (
            Phrase("(when|whenever|if|every time|each time) i say {lesson:message}"),
            Phrase(
                "(learn|remember|know|i want to teach you|let me teach you|i will teach you|teach you) [that] {phrase:text} means {sentence:message}"
            ),
            Phrase("by {phrase:text} i mean {sentence:message}"),
            Phrase("{sentence:message} (when|whenever|if|every time) i say {phrase:text}"),
        ),
        "ExtTeachName": (
            Phrase("(call|name|rename) <named> {alias:text}"),
            Phrase("(from now on|now) (call|name) <named> {alias:text}"),
            Phrase("(call|name|rename) [<the>] {area} (light|lamp) {alias:text}", {"domain": "light"}),
            Phrase("<named> is [also] called {alias:text}"),
            Phrase("(i|we) call <named> {alias:text}"),
            Phrase("{alias:words} is [another] name (for|of) <named>"),
        ),
        **LEARNED_PHRASES,
        **TASTE_PHRASES,
        **INTRODUCTION_PHRASES,
    },
    handlers={
        "ExtTeach": teach,
        "ExtTeachName": teach_name,
        "ExtTeachRoom": teach_room,
        **LEARNED_HANDLERS,
        **TASTE_HANDLERS,
        **INTRODUCTION_HANDLERS,
    },
)
