"""Tastes: what people like, told in passing or in a short interview; used at the very next turn. Also the questions about them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from agent import interview, words
from agent.interview import PREFIX, QUESTIONS
from agent.places import areas_called
from agent.records import DISLIKED, DISLIKED_MUSIC, SWITCHES, Change, Context, Plan, Preference, Resolution
from agent.stages import Handler, Phrase
from agent.understand.numbers import numbers_in
from agent.wording import has_word, kinds_said
from devices.home import Entity
from skills.media_phrases import GENRES
from skills.plans import answer, decline, rounded, slot_number, slot_text
from skills.willing import unwilling

MUSIC_WORDS = frozenset(
    (
        "music rock pop jazz blues classical opera metal punk folk country soul funk reggae techno house trance disco rap hip-hop hip "
        "hop indie electronic ambient swing gospel latin salsa tango bluegrass grunge ska dubstep lofi lo-fi rnb r&b k-pop kpop "
        "baroque piano guitar songs song band singer album "
    ).split()
)
"""A taste that holds one of these is about music."""
SINGLE = frozenset({"team", "name", "drink", "temperature", "brightness"})
"""Topics of which a person has one, in each room: a new value takes the place of the old one."""
DEGREES = (5.0, 35.0)
"""Between these a room may be liked, in degrees Celsius."""
EVENING = (18, 5)
"""From when until when the brightness of the evening counts, in hours."""
DRINKS = ("coffee", "tea", "espresso", "cappuccino", "latte", "green tea", "black tea", "hot chocolate")
DRINK_WORDS = frozenset({"coffee", "tea", "espresso", "cappuccino", "latte"})
LATELY = re.compile(r" (?:any ?more|any longer|these days|lately)$", re.IGNORECASE)
""" "I can't stand jazz anymore" is about jazz."""
DEGREES_SAID = re.compile(r"(?:it )?(?:at |to be )?(\d+) degrees?", re.IGNORECASE)
NO_VALUES = frozenset({"it", "that", "this", "you", "them", "these", "those", "her", "him", "me"})
"""Words that tell no taste."""
LIKE = "(i|we) [really|only|do|also|just] (like|love|prefer|enjoy|adore)"
DISLIKE = (
    "(i|we) [really|also|just] (do not like|do not really like|hate|dislike|detest|despise|can not stand|can not bear|do not care for|do not enjoy"
    "|am not into|am not a fan of|am no fan of)"
)
NOT_LIKED = {"liked": "no"}
WHEN = (
    "(in the morning|in the mornings|in the evening|in the evenings|in the afternoon|at night|at breakfast|for breakfast|after dinner"
    "|with breakfast|on sundays)"
)


# --- what people tell ----------------------------------------------------------------------------------------------------------------


DISLIKING = frozenset("hate hates dislike dislikes not don't dont never awful terrible detest despise can't cannot no".split())
"""Words that tell the contrary of a taste."""
NO_TASTE = frozenset("it this that how when what being so too way your you".split())
"""First words of what is complained of, and no taste: "I hate it when ...", "I don't like how ..."."""
COMPLAINED_OF = frozenset("heat cold noise dark draught draft".split())
"""The same: "I can't stand the heat" is about the room."""


def prefer(resolution: Resolution, context: Context) -> Plan:
    """Slots: value, topic where the words told it (team, music, food...); temperature with its area, brightness. Kept for who speaks."""
    refusal = unwilling(context)
    if refusal is not None:
        return refusal
    kept = _told(resolution, context)
    if kept is None or (resolution.interpretation.by == "model" and has_word(context.text, DISLIKING)):
        return decline(words.say("not_understood"))
    if slot_text(resolution, "liked") == "no":
        return _dislike(kept, context)
    return answer(words.say("preference", value=in_words(kept, context)), (*_contrary(kept, context), changed(kept, context)))


def _dislike(kept: Preference, context: Context) -> Plan:
    """What somebody cannot stand; a thing of the home is none of it: "I don't like the light" asks for something."""
    said = kept.value.casefold().split()
    if said[0] in NO_TASTE or said[-1] in COMPLAINED_OF or (kept.topic == "likes" and kinds_said(kept.value)):
        return decline(words.say("not_understood"))
    music = kept.topic == "music"
    kept = replace(kept, topic=DISLIKED_MUSIC if music else DISLIKED)
    told = words.say("dislike.music" if music else "dislike", value=kept.value)
    return answer(told, (*_contrary(kept, context), changed(kept, context)))


def _contrary(kept: Preference, context: Context) -> tuple[Change, ...]:
    """What who speaks said of the same before, the other way round, no longer holds."""
    bad = kept.topic in (DISLIKED, DISLIKED_MUSIC)
    other = [p for p in mine(context) if p.speaker == kept.speaker and (p.topic in (DISLIKED, DISLIKED_MUSIC)) != bad]
    return tuple(Change("preference_gone", key_of(p), p) for p in other if p.value.casefold() == kept.value.casefold())


def _told(resolution: Resolution, context: Context) -> Preference | None:
    topic, who = slot_text(resolution, "topic"), context.who or context.speaker or ""
    if topic == "temperature":
        degrees = slot_number(resolution, "temperature")
        if degrees is None or not DEGREES[0] <= degrees <= DEGREES[1]:
            return None
        rooms = areas_called((slot_text(resolution, "area"),), context.home) if slot_text(resolution, "area") else set()
        return Preference(who, topic, str(rounded(degrees)), area=next(iter(sorted(rooms)), ""))
    if topic == "brightness":
        percent = slot_number(resolution, "brightness")
        return None if percent is None else Preference(who, topic, str(rounded(percent)))
    value = LATELY.sub("", slot_text(resolution, "value").strip(" ."))
    warmth = DEGREES_SAID.fullmatch(value)
    if warmth is not None and not topic:
        return Preference(who, "temperature", warmth[1]) if DEGREES[0] <= float(warmth[1]) <= DEGREES[1] else None
    if not value or value.casefold() in NO_VALUES:
        return None
    topic = topic or topic_of(value)
    if topic == "music":
        value = value.removesuffix(" music").removesuffix(" songs").strip() or value
    return Preference(who, topic, value)


def topic_of(value: str) -> str:
    """What a taste is about, as far as its words tell."""
    said = set(value.casefold().split())
    return "drink" if said & DRINK_WORDS else "music" if said & MUSIC_WORDS else "likes"


def key_of(kept: Preference) -> str:
    """The key of a preference; topics that have one value have one key, in each room."""
    parts = (kept.speaker, kept.topic, *((kept.area,) if kept.area else ()), *(() if kept.topic in SINGLE else (kept.value,)))
    return "/".join(parts).casefold()


def changed(kept: Preference, context: Context) -> Change:
    """The change that keeps a taste, with what it takes the place of."""
    key = key_of(kept)
    before = next((p for p in context.preferences if key_of(p) == key), None)
    was = before.value if before is not None and before.value != kept.value else ""
    return Change("preference", key, replace(kept, was=was))


def in_words(kept: Preference, context: Context) -> str:
    """A taste as it is said back."""
    key = f"taste.{kept.topic}" + (".room" if kept.area else "")
    area = context.home.areas.get(kept.area)
    if key in words.LANGUAGE.REPLIES:
        return words.say(key, value=kept.value, room=words.the_area(area.name) if area else "")
    return kept.value


def mine(context: Context) -> tuple[Preference, ...]:
    """What who speaks, or the household, has told, oldest first; the household's before one's own."""
    told = [p for p in context.preferences if p.source == "said" and p.topic not in SWITCHES]
    return tuple(sorted((p for p in told if p.speaker in ("", context.who, context.speaker or "")), key=lambda p: bool(p.speaker)))


def preferences(resolution: Resolution, context: Context) -> Plan:
    told = [in_words(p, context) for p in mine(context)]
    return answer(words.say("preference.list", list=words.join(told)) if told else words.say("preference.nothing"))


# --- what they are used for ----------------------------------------------------------------------------------------------------------


def liked_degrees(entity: Entity, context: Context) -> float | None:
    """How warm who speaks likes it where the thing is: in that room, else anywhere."""
    area = context.home.area_of(entity)
    told = [p for p in mine(context) if p.topic == "temperature" and p.area in ("", area or "")]
    best = max(told, key=lambda p: (bool(p.speaker), bool(p.area)), default=None)
    return float(best.value) if best is not None else None


def liked_brightness(context: Context) -> float | None:
    """How bright, in per cent, who speaks likes the lights at this time; None by day, and where nothing was told."""
    if EVENING[1] <= context.now.hour < EVENING[0]:
        return None
    told = [p for p in mine(context) if p.topic == "brightness"]
    return float(told[-1].value) if told else None


def team(resolution: Resolution, context: Context) -> Plan:
    """Games are played outside, and nothing leaves the house: it can only tell what it knows."""
    told = [p for p in mine(context) if p.topic == "team"]
    return answer(words.say("team.known", team=told[-1].value) if told else words.say("team.unknown"))


# --- the interview -------------------------------------------------------------------------------------------------------------------


def learn_tastes(resolution: Resolution, context: Context) -> Plan:
    """One question after another, five at most; each answer is kept at once, so that it may end at any time. Slots: what was told so far."""
    refusal = unwilling(context)
    if refusal is not None:
        return refusal
    who = context.who or context.speaker or ""
    asked = context.pending.resolution.missing if context.pending is not None else ""
    asked = asked if interview.asks(asked) else ""
    said = slot_text(resolution, asked) if asked else ""
    told = interview.told(said, asked) or interview.bare(said) if said else ""
    if told == interview.END:
        return answer(words.say("tastes.end"))
    if told == interview.AGAIN:
        return Plan("ask", words.say(f"tastes.ask.{asked.removeprefix(PREFIX)}"), missing=asked)
    kept = _answered(asked.removeprefix(PREFIX), told, who) if told and told != interview.SKIP else None
    changes = (changed(kept, context),) if kept is not None else ()
    known = {p.topic for p in mine(context) if p.speaker == who} | {slot.removeprefix(PREFIX) for slot in resolution.slots}
    following = next((topic for topic in QUESTIONS if topic not in known), "")
    begins = words.say("tastes.household" if not who else "tastes.begin") if not asked else ""
    heard = words.say("preference", value=in_words(kept, context)) if kept is not None else words.say("ok") if asked else begins
    if following:
        return Plan("ask", f"{heard} {words.say(f'tastes.ask.{following}')}", changes=changes, missing=PREFIX + following)
    if not asked:
        return answer(words.say("tastes.known", list=words.join([in_words(p, context) for p in mine(context)])))
    return answer(f"{heard} {words.say('tastes.done')}", changes)


def _answered(topic: str, told: str, who: str) -> Preference | None:
    """The taste that an answer tells; None where it is none that can be used."""
    if topic in LIMITS:
        low, high = LIMITS[topic]
        number = next((float(n) for n in sorted(numbers_in(told)) if low <= float(n) <= high), None)
        return Preference(who, topic, str(rounded(number))) if number is not None else None
    return Preference(who, topic, told)


LIMITS: Mapping[str, tuple[float, float]] = {"temperature": DEGREES, "brightness": (1.0, 100.0)}
"""Topic -> the numbers it may have."""


# --- how it is said ------------------------------------------------------------------------------------------------------------------

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


def _distastes(topic: str, values: Iterable[str]) -> tuple[Phrase, ...]:
    return tuple(Phrase(way.replace("{x}", v), {"topic": topic, "value": v, **NOT_LIKED}) for way in DISTASTES[topic] for v in values)


DISTASTES: Mapping[str, tuple[str, ...]] = {
    "drink": (f"{DISLIKE} {{x}} [at all]",),
    "music": (f"{DISLIKE} {{x}} [music|songs] [at all]", "never play [me|us] {x} [music|songs] [again]"),
}


AT = "(at|to be at|to be|at about|at around|to be about|to be around)"
TEMPERATURE = {"topic": "temperature"}
TASTE_PHRASES: Mapping[str, tuple[Phrase, ...]] = {
    "ExtLearnTastes": (
        Phrase("(learn|ask me about|get to know|find out) (my|our) (preferences|tastes|favorites|likes)"),
        Phrase("(learn|ask me|find out) what (i|we) like"),
        Phrase("get to know (me|us) [better]"),
        Phrase("ask me (some|a few) questions [about (me|what i like)]"),
        Phrase("(i want to|let me) tell you what i like"),
    ),
    "ExtTeamQuery": (
        Phrase("(did|has) (my|our) team (win|won|lose|lost|play|played) [today|yesterday|last night|the game|their game]"),
        Phrase("when (does|do|is) (my|our) team [play|playing] [next|again|next game|next match]"),
        Phrase("when is (my|our) (teams|team) next (game|match)"),
        Phrase("(how is|how are|how did) (my|our) team [do|doing]"),
        Phrase("what (was|is) the score of (my|our) (team|teams game)"),
        Phrase("(what is|what was) the score [of the (game|match)] [today|tonight|yesterday|last night]"),
        Phrase("who (won|is winning|lost|is playing) [the (game|match)] [today|tonight|yesterday|last night]"),
        Phrase("what is my [favorite] team"),
    ),
    "ExtPreference": (
        Phrase(f"(i|we) [really|also] (like|love|prefer) [<the>] {{area}} {AT} {{temperature}}", TEMPERATURE),
        Phrase(f"(i|we) [really|also] (like|love|prefer) it {AT} {{temperature}} in [<the>] {{area}}", TEMPERATURE),
        Phrase(f"(i|we) [really|also] (like|love|prefer) it {AT} {{temperature}} [(at home|everywhere)]", TEMPERATURE),
        Phrase(f"in [<the>] {{area}} (i|we) (like|love|prefer) it {AT} {{temperature}}", TEMPERATURE),
        Phrase("my (favorite|preferred|ideal) temperature [in [<the>] {area}] is {temperature}", TEMPERATURE),
        Phrase("(i|we) (like|love|prefer) (the|my) (light|lights) at {brightness} in the (evening|evenings)", {"topic": "brightness"}),
        Phrase("in the (evening|evenings) (i|we) (like|love|prefer) (the|my) (light|lights) at {brightness}", {"topic": "brightness"}),
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
        *_distastes("music", GENRES.split("|")),
        *_distastes("drink", DRINKS),
        Phrase(f"{DISLIKE} (listening to|to listen to|hearing|to hear) {{value:text}}", {"topic": "music", **NOT_LIKED}),
        Phrase(f"{DISLIKE} {{value:text}} (music|songs)", {"topic": "music", **NOT_LIKED}),
        Phrase(f"{DISLIKE} {{value:text}} (food|restaurants|cuisine|cooking)", {"topic": "food", **NOT_LIKED}),
        Phrase(f"{DISLIKE} {{value:words}} [at all]", NOT_LIKED),
        Phrase("(remember|note|learn) that i (do not like|hate|dislike|can not stand) {value:text}", NOT_LIKED),
    ),
    "ExtPreferenceQuery": (
        Phrase("what (do|did) (i|you know i|you think i) (like|love|prefer|enjoy)"),
        Phrase("what do you know about (me|my taste|my preferences|what i like)"),
        Phrase("(what are|tell me|show me) my (preferences|likes|tastes|favorites|favourites)"),
        Phrase("(what|which) (music|kind of music|type of music|team) do i (like|love|prefer|enjoy|support)"),
    ),
}
TASTE_HANDLERS: Mapping[str, Handler] = {
    "ExtPreference": prefer,
    "ExtPreferenceQuery": preferences,
    "ExtLearnTastes": learn_tastes,
    "ExtTeamQuery": team,
}
