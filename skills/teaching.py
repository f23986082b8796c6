"""Teaching: own phrases, own names for things, what a person likes; and what was taught, told and forgotten again."""

import re
from collections.abc import Iterable

from agent import words
from agent.records import Change, Context, Plan, Preference, Resolution, Taught
from agent.stages import Phrase, Skill
from skills.media_phrases import GENRES
from skills.plans import answer, ask, decline, slot_text, targets

MUSIC_WORDS = frozenset(
    [
        "music",
        "rock",
        "pop",
        "jazz",
        "blues",
        "classical",
        "opera",
        "metal",
        "punk",
        "folk",
        "country",
        "soul",
        "funk",
        "reggae",
        "techno",
        "house",
        "trance",
        "disco",
        "rap",
        "hip-hop",
        "hip",
        "hop",
        "indie",
        "electronic",
        "ambient",
        "swing",
        "gospel",
        "latin",
        "salsa",
        "tango",
        "bluegrass",
        "grunge",
        "ska",
        "dubstep",
        "lofi",
        "lo-fi",
        "rnb",
        "r&b",
        "k-pop",
        "kpop",
        "baroque",
        "piano",
        "guitar",
        "songs",
        "song",
        "band",
        "singer",
        "album",
    ]
)
"""A taste that holds one of these is about music."""
EDGES = " .,!?\"'“”"
JOIN = r"(?:then|do|you should|you must|i want you to|i mean|it means|that means|you have to|please)"
QUOTED = re.compile(r"[\"“](.+?)[\"”],?\s*(.*)$")
COMMA = re.compile(r"(.+?),\s*(.+)$")
JOINED = re.compile(rf"(.+?)\s+{JOIN}\s+(.+)$", re.IGNORECASE)
JOINS = re.compile(rf"^(?:{JOIN}\s+)+", re.IGNORECASE)
"""The forms a lesson has, and the words that join its halves."""
VERBS = frozenset(
    "turn switch set put play open close shut lock unlock dim brighten start stop pause make tell show add activate "
    "run brew clean vacuum mute raise lower"
    " increase decrease remind wake call lights light send dock".split()
)
SINGLE = frozenset({"team", "name", "drink"})
"""Topics of which a person has one: a new value takes the place of the old one."""


DRINKS = ("coffee", "tea", "espresso", "cappuccino", "latte", "green tea", "black tea", "hot chocolate")
DRINK_WORDS = frozenset({"coffee", "tea", "espresso", "cappuccino", "latte"})
NO_VALUES = frozenset({"it", "that", "this", "you", "them", "these", "those", "her", "him", "me"})
"""Words that tell no taste."""
LIKE = "(i|we) [really|only|do|also|just] (like|love|prefer|enjoy|adore)"
WHEN = (
    "(in the morning|in the mornings|in the evening|in the evenings|in the afternoon|at night|at breakfast|for breakfast|after dinner"
    "|with breakfast|on sundays)"
)


def folded(phrase: str) -> str:
    """The key of a taught phrase."""
    return " ".join(phrase.casefold().strip(" .,!?\"'“”").split())


def teach(resolution: Resolution, context: Context) -> Plan:
    """Slots: phrase and sentence, or lesson (both in one). Taught for everybody; a phrase taught again takes the new meaning."""
    lesson = slot_text(resolution, "lesson")
    phrase, sentence = apart(lesson) if lesson else (slot_text(resolution, "phrase"), slot_text(resolution, "sentence"))
    phrase, sentence = phrase.strip(EDGES), sentence.strip(EDGES)
    if not sentence:
        return ask("sentence", words.say("taught.ask", phrase=phrase))
    if folded(phrase) == folded(sentence):
        return answer(words.say("taught.itself"))
    kept = Taught(folded(phrase), sentence)
    return answer(words.say("taught", phrase=phrase, sentence=sentence), (Change("taught", kept.phrase, kept),))


def apart(lesson: str) -> tuple[str, str]:
    """ "movie time dim the lights" -> what is said, what it means: at quotes or a comma, at a word that joins them, else at the first verb."""
    for pattern in (QUOTED, COMMA, JOINED):
        found = pattern.match(lesson)
        if found:
            return found[1], JOINS.sub("", found[2])
    words = lesson.split()
    at = next((i for i, word in enumerate(words) if i and word.casefold() in VERBS), len(words))
    return " ".join(words[:at]), " ".join(words[at:])


def teach_name(resolution: Resolution, context: Context) -> Plan:
    """Slots: name the thing, alias. Kept as a phrase that stands for the thing's own name."""
    alias, things = slot_text(resolution, "alias"), targets(resolution, context)
    own = things[0].name if len(things) == 1 else slot_text(resolution, "name")
    if not alias or not own or folded(alias) == folded(own):
        return answer(words.say("taught.itself"), about=things)
    kept = Taught(folded(alias), own)
    what = words.the(things[0]) if len(things) == 1 else own
    said = words.say("taught.name", what=what, alias=alias, **words.forms(words.are_several(things)))
    return answer(said, (Change("taught", kept.phrase, kept),), things)


def forget(resolution: Resolution, context: Context) -> Plan:
    """Slots: phrase (absent: the last one taught), or value of a preference."""
    phrase = folded(slot_text(resolution, "phrase"))
    found = [t for t in context.taught if not phrase or folded(t.phrase) == phrase]
    if found:
        gone = found[-1]
        return answer(words.say("taught.gone", phrase=gone.phrase), (Change("taught_gone", gone.phrase),))
    liked = next((p for p in context.preferences if phrase and folded(p.value) == phrase and p.speaker in ("", context.speaker or "")), None)
    if liked is not None:
        return answer(words.say("preference.gone", value=liked.value), (Change("preference_gone", key_of(liked)),))
    return answer(words.say("taught.none"))


def taught(resolution: Resolution, context: Context) -> Plan:
    if not context.taught:
        return answer(words.say("taught.nothing"))
    return answer(words.say("taught.list", list=words.join([words.say("taught.item", phrase=t.phrase, sentence=t.sentence) for t in context.taught])))


def prefer(resolution: Resolution, context: Context) -> Plan:
    """Slots: value, topic where the words told it (team, music, food...)."""
    value = slot_text(resolution, "value").strip(" .")
    if not value or value.casefold() in NO_VALUES:
        return decline(words.say("not_understood"))
    topic = slot_text(resolution, "topic") or topic_of(value)
    if topic == "music":
        value = value.removesuffix(" music").removesuffix(" songs").strip() or value
    kept = Preference(context.speaker or "", topic, value)
    return answer(words.say("preference", value=value), (Change("preference", key_of(kept), kept),))


def topic_of(value: str) -> str:
    """What a taste is about, as far as its words tell."""
    said = set(value.casefold().split())
    return "drink" if said & DRINK_WORDS else "music" if said & MUSIC_WORDS else "likes"


def key_of(kept: Preference) -> str:
    """The key of a preference; topics that have one value have one key."""
    return "/".join((kept.speaker, kept.topic, *(() if kept.topic in SINGLE else (kept.value,)))).casefold()


def preferences(resolution: Resolution, context: Context) -> Plan:
    mine = [p.value for p in context.preferences if p.speaker in ("", context.speaker or "") and p.source == "said"]
    return answer(words.say("preference.list", list=words.join(mine)) if mine else words.say("preference.nothing"))


BEST = "[best|most|a lot|very much|more than anything]"
TASTES: dict[str, tuple[str, ...]] = {
    "drink": (
        f"{LIKE} [my|a cup of|a|some|drinking|to drink] {{x}} {BEST} [{WHEN}]",
        f"(i|we) [only|always|mostly|usually] drink {{x}} [{WHEN}]",
        f"my (favorite|preferred|usual) [hot] drink [{WHEN}] is {{x}}",
    ),
    "music": (
        f"{LIKE} {{x}} [music|songs] {BEST} [{WHEN}]",
        f"(i|we) [only|always|mostly|usually] (listen|listening) to {{x}} [music|songs] [{WHEN}]",
        "my favorite (music|genre|kind of music|style of music) is {x} [music]",
        "{x} [music] is my favorite [music|genre|kind of music]",
    ),
}
"""Topic -> how people tell their taste in it."""


def _tastes(topic: str, values: Iterable[str]) -> tuple[Phrase, ...]:
    return tuple(Phrase(template.replace("{x}", v), {"topic": topic, "value": v}) for template in TASTES[topic] for v in values)


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
            Phrase("<named> is [also] called {alias:text}"),
            Phrase("(i|we) call <named> {alias:text}"),
            Phrase("{alias:words} is [another] name (for|of) <named>"),
        ),
        "ExtForget": (
            Phrase("(forget|unlearn|delete) (what i taught you about|the phrase|the taught phrase|the command|the name) {phrase:text}"),
            Phrase("(forget|unlearn) {phrase:words}"),
            Phrase("(forget|unlearn) (what i taught you|what i just taught you|the last thing i taught you|the last phrase)"),
            Phrase("forget that {phrase:text} means {sentence:message}"),
            Phrase("forget that i (like|love) {phrase:text}"),
            Phrase("(i do not|i no longer) (like|love) {phrase:text} (anymore|any more|any longer)"),
        ),
        "ExtTaughtQuery": (
            Phrase("what (have i|did i) (taught|teach|told) you"),
            Phrase("what have you learned [from me]"),
            Phrase("(which|what) (phrases|commands|names) (have i taught you|did i teach you|do you know from me)"),
        ),
        "ExtPreference": (
            Phrase(f"{LIKE} {{value:words}} {WHEN}"),
            *_tastes("drink", DRINKS),
            *_tastes("music", GENRES.split("|")),
            Phrase("my favorite (drink|beverage) is {value:text}", {"topic": "drink"}),
            Phrase("(i|we) (only|always|mostly|usually) drink {value:words}", {"topic": "drink"}),
            Phrase("i (like|love|prefer|enjoy|adore|really like|really love|am into) {value:text} music", {"topic": "music"}),
            Phrase("i (like|love|prefer|enjoy) [to] (listen|listening) to {value:text}", {"topic": "music"}),
            Phrase("i (only|always|mostly|usually) listen to {value:text}", {"topic": "music"}),
            Phrase("my favorite (music|band|singer|artist|genre|song) is {value:text}", {"topic": "music"}),
            Phrase("i am [a|an] [big|huge|great] {value:words} (fan|supporter)", {"topic": "team"}),
            Phrase("i am [a] [big|huge|great] (fan|supporter) of {value:text}", {"topic": "team"}),
            Phrase("(i|we) (support|root for|cheer for|follow) {value:text}", {"topic": "team"}),
            Phrase("my favorite (team|club) is {value:text}", {"topic": "team"}),
            Phrase("i (like|love|prefer|enjoy) {value:text} (food|restaurants|cuisine|cooking)", {"topic": "food"}),
            Phrase("my favorite (food|restaurant|dish|cuisine) is {value:text}", {"topic": "food"}),
            Phrase("my favorite color is {value:text}", {"topic": "color"}),
            Phrase("my favorite (movie|film|show|series) is {value:text}", {"topic": "film"}),
            Phrase("(remember|note|learn) that i (like|love|prefer|enjoy) {value:text}"),
            Phrase("i (like|love|prefer|enjoy|adore|really like|really love|am into) {value:words}"),
        ),
        "ExtPreferenceQuery": (
            Phrase("what (do|did) (i|you know i|you think i) (like|love|prefer|enjoy)"),
            Phrase("what do you know about (me|my taste|my preferences|what i like)"),
            Phrase("(what are|tell me|show me) my (preferences|likes|tastes|favorites|favourites)"),
            Phrase("(what|which) (music|kind of music|type of music|team) do i (like|love|prefer|enjoy|support)"),
        ),
    },
    handlers={
        "ExtTeach": teach,
        "ExtTeachName": teach_name,
        "ExtForget": forget,
        "ExtTaughtQuery": taught,
        "ExtPreference": prefer,
        "ExtPreferenceQuery": preferences,
    },
)
