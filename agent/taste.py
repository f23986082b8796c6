"""What a request leaves to taste: the music of the person who asks, film or sound, and around whom the house is armed."""

import re
from collections.abc import Mapping
from dataclasses import replace

from agent import signals, usual, wording
from agent.records import DISLIKED, DISLIKED_MUSIC, Context, Interpretation, Resolution, Why

WORDLESS = frozenset(
    "|music|some music|something|song|songs|a song|tunes|some tunes|anything|the usual|my music|something i like|something i love|what i like|"
    "something i would like|something good|something nice|my favorites|my favorite music|my favorite band|my favorite artist|"
    "my favorite singer|my favorite song|favorite|favorites|favourite|favourites|my favourite|my favourites|my favourite band|"
    "my favourite music|my kind of music|music i like|the music i like".split("|")
)
LIKED = re.compile(r"\bi\b|\bfavou?rites?\b")
"""What is in words that speak of a taste, and is no title."""
ASKED = re.compile(
    r"(?:what|which) (?:temperature|brightness|light|drink|food|song|band) (?:do|did) i (?:like|love|prefer|want)(?: best)?|"
    r"how (?:warm|bright|hot|cold) do i like (?:it|the room|the lights?)|(?:what is|whats) my favou?rite (?:temperature|drink|music|band|food)"
)
"""What asks for a taste."""
GAME = "game"
ANY_GAME = frozenset("the a my our tonights todays team teams this".split())
"""Words that do not say which game."""
ABOUT_GAMES = frozenset("play plays playing played win won winning lose lost losing game match score doing beat season".split())
TEAM = "team"
CLEAR, AHEAD = 0.45, 0.2
"""The share of what was asked for that makes a taste, and how far it is ahead of the next."""
ARM = "ExtAlarmArm"


def with_taste(reading: Interpretation, context: Context) -> tuple[Interpretation, tuple[Why, ...]]:
    """ "Play music" of a person whose taste is known asks for that music."""
    query = str(reading.slots.get("search_query") or "").casefold()
    if reading.intent == signals.PLAY and reading.slots.get("media_class") == GAME and set(wording.plain(query).split()) <= ANY_GAME:
        return _game(reading, context)
    if reading.intent != signals.PLAY or query not in WORDLESS:
        return reading, ()
    if str(reading.slots.get("media_class") or "music").casefold() not in signals.MUSIC_CLASSES:
        return reading, ()
    spoiled = {p.value.casefold() for p in context.preferences if p.topic in (DISLIKED, DISLIKED_MUSIC)}
    told = [p for p in context.preferences if p.topic in signals.HEARD and p.value.casefold() not in spoiled]
    said = [p.value for p in sorted(told, key=lambda p: bool(p.speaker))]  # the newest, one's own before the household's
    counted = usual.share(context.habits, reading.intent, "search_query", context.now, lambda v: v.casefold() not in WORDLESS | spoiled)
    choice, share = (said[-1], 1.0) if said else _clear(counted)
    if share < CLEAR and LIKED.search(query):
        return replace(reading, slots={**reading.slots, "search_query": "", "media_class": "music"}), ()
    if share < CLEAR:
        return reading, ()
    signal = "personal taste" if said else "habit"
    slots = {**reading.slots, "search_query": choice, "media_class": reading.slots.get("media_class") or "music"}
    return replace(reading, slots=slots), (signals.reason(signal, choice, share),)


def _game(reading: Interpretation, context: Context) -> tuple[Interpretation, tuple[Why, ...]]:
    """ "The game" of a fan is their team's; of anybody else it is not said which."""
    team = _team(context)
    slots = {**reading.slots, "search_query": f"{team} game" if team else ""}
    return replace(reading, slots=slots), ((signals.reason("personal taste", team, 1.0),) if team else ())


def asked(text: str, context: Context) -> Interpretation | None:
    """ "What temperature do I like?", which asks for no thermometer."""
    return Interpretation("ExtPreferenceQuery", {}, 0.95, "exact") if ASKED.fullmatch(wording.bare_request(text)) else None


def _team(context: Context) -> str:
    """The team that who speaks, else the household, told of; "" where none is known."""
    told = [p for p in context.preferences if p.topic == TEAM and p.speaker in ("", context.who, context.speaker or "")]
    return max(told, key=lambda p: bool(p.speaker)).value if told else ""


def of_team(text: str, context: Context) -> Interpretation | None:
    """ "When do the Warriors play?", of a team that somebody told to be theirs; None for all other words."""
    team, said = wording.plain(_team(context)), wording.plain(text)
    if not team or f" {team} " not in f" {said} ":
        return None
    asks = said.split(" ", 1)[0] in ASKING and bool(set(said.split()) & ABOUT_GAMES)
    return Interpretation("ExtTeamQuery", {}, 0.95, "exact") if asks else None


ASKING = frozenset("did do does are is have has when how what whats who".split())


def _clear(counted: Mapping[str, float]) -> tuple[str, float]:
    """What is asked for most, where nothing else is asked for about as much."""
    ranked = sorted(counted.items(), key=lambda row: -row[1])
    if not ranked or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < AHEAD):
        return "", 0.0
    return ranked[0]


def with_mode(reading: Interpretation, context: Context) -> tuple[Interpretation, tuple[Why, ...]]:
    """The house is armed around those who stay in it, where no mode was said: somebody besides the one who speaks is at home."""
    there = [e for e in context.home.entities.values() if e.domain == "person" and e.state == "home"]
    staying = [e for e in there if e.name.casefold() != (context.speaker or "").casefold()]
    if reading.slots.get("mode") or len(staying) < (1 if context.speaker else 2):
        return reading, ()
    return replace(reading, slots={**reading.slots, "mode": "home"}), tuple(signals.reason("at home", e.entity_id) for e in staying)


def as_media(resolution: Resolution, context: Context) -> Resolution:
    """What a title is where nobody said so: the film on a screen, music on a speaker."""
    slots = resolution.interpretation.slots
    if resolution.missing or slots.get("media_class") or not resolution.targets:
        return resolution
    screen = signals.shows(context.home.entities[resolution.targets[0]], context)
    shown = screen and signals.media_said(resolution.interpretation, context) != "heard"
    added = replace(resolution.interpretation, slots={**slots, "media_class": "movie" if shown else "music"})
    return replace(resolution, interpretation=added)
