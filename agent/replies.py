"""How a reply sounds: in full, as a short word or as a chime, and more quietly at night. Pure functions; the turn's own words stay as they are."""

from datetime import datetime, time

from agent import words
from agent.config import ReplySettings
from agent.records import Turn
from agent.sounding import Sounding
from devices.home import Home

BRIEF = {"sound": Sounding(chime="done"), "short": Sounding(words=words.say("ok"))}
"""Style -> what is sounded where the result is seen."""


def reply(turn: Turn, home: Home, settings: ReplySettings, now: datetime) -> Sounding:
    """What a turn sounds like; nothing where it has nothing to say. `now` is in the home's own time."""
    full = Sounding(turn.say)
    brief = BRIEF.get(settings.style, full) if turn.say and is_seen(turn, home) else full
    return Sounding(brief.words, brief.chime, volume(settings, now))


def volume(settings: ReplySettings, now: datetime) -> float:
    """How loud what is said now is, 0-1. `now` is in the home's own time."""
    return settings.night_volume if is_night(settings, now.time()) else 1.0


def is_night(settings: ReplySettings, now: time) -> bool:
    """Between `night_from` and `night_until`, also across midnight; never where both are the same."""
    begins, ends = settings.night_from, settings.night_until
    return begins <= now < ends if begins <= ends else now >= begins or now < ends


def is_seen(turn: Turn, home: Home) -> bool:
    """Whoever asked sees that it was done: all of it of risk R1, verified, in the room of asking, and nothing else to tell."""
    only_acts = turn.outcome == "act" and turn.risk == "R1" and all(plan.outcome == "act" for plan in turn.plans)
    if not only_acts or not turn.results or turn.changes or turn.error or turn.area is None:
        return False
    reached = {e for result in turn.results for e in result.command.entity_ids} | set(turn.targets)
    here = all(e in home.entities and home.area_of(home.entities[e]) == turn.area for e in reached)
    return here and all(result.verified is True for result in turn.results)
