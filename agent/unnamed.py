"""Names that nothing here has: "turn on bertha" is about something called bertha, whatever a guess makes of it. Pure.

Rule of this file: an unknown name is asked about ("What do you mean?"), so that it can be told; it never becomes whatever is in the room.
"""

import re
from dataclasses import replace
from itertools import chain

from agent.records import Context, Interpretation
from agent.understand.normal import listed
from agent.understand.numbers import numbers_in
from agent.wording import bare_request, kinds_said, plain
from devices.home import Home

THE = "(?:the |my |our )?"
NO_THING = (
    "its|is|was|are|what|whats|who|whos|why|come|go|going|get|move|hang|hold|carry|keep|stay|leave|lay|bring|read|log|sign|cut|call|back|right|way|"
    "play|shut|clear|take|drop|back|well|good|day|days|start|set|make|i|im|you|we|he|she|they|theres|thats"
)
"""First words of what ends in "on" or "off" and is about no thing: "come on", "it's on"."""
WAYS = (
    re.compile(rf"(?:turn|switch|power|put|flip) (?P<way>on|off) {THE}(?P<name>.+)"),
    re.compile(rf"(?:turn|switch|power|put|flip) {THE}(?P<name>.+) (?P<way>on|off)"),
    re.compile(rf"(?P<way>set|dim|brighten|turn|put|bring|make) {THE}(?P<name>.+?) (?:up |down )?(?:to|at) (?P<level>\d+)(?: percent| per cent)?"),
    re.compile(rf"(?P<way>dim|brighten) {THE}(?P<name>.+)"),
    re.compile(rf"(?!(?:{NO_THING})\b){THE}(?P<name>.+) (?P<way>on|off)"),
)
PERCENT = re.compile(r"%|per ?cent")
MEANT = {
    "on": ("HassTurnOn", {}),
    "off": ("HassTurnOff", {}),
    "dim": ("HassLightSet", {"brightness_step": "down"}),
    "brighten": ("HassLightSet", {"brightness_step": "up"}),
}
NO_NAMES = frozenset(
    listed(
        "it that this them these those one ones everything anything something nothing all both every each some any more less most a an bit "
        "lot up down on off in out at to of for from with by and or but not no then if when until till while after before as like here there where "
        "room house home place inside outside upstairs downstairs music song radio news game movie film show tv mood vibe light dark darkness "
        "brightness heat cold warmth sound volume noise air power me us you please now again later today tonight tomorrow"
    )
)
"""Words that no thing is called by alone."""
MOST = 3
"""Words of a name."""
SURE = 0.9


def read(text: str, context: Context) -> Interpretation | None:
    """The request with the name as it was said; None where no unknown name is all that it is about."""
    said = bare_request(text)
    found = next((m for way in WAYS if (m := way.fullmatch(said))), None)
    if found is None:
        return None
    words, name = set(found["name"].split()), found["name"]
    if len(words) > MOST or words & NO_NAMES or kinds_said(name) or numbers_in(name) or _is_known(words, context.home):
        return None
    level = found.groupdict().get("level")
    if level and not PERCENT.search(text):
        return None
    intent, slots = ("HassLightSet", {"brightness": int(level)}) if level else MEANT[found["way"]]
    return Interpretation(intent, {**slots, "name": name}, SURE, "loose")


LEVELS = {"cover": ("HassSetPosition", "position"), "media_player": ("HassSetVolume", "volume_level"), "fan": ("HassFanSetSpeed", "percentage")}
"""Domain -> what "to 40 percent" sets of its things, and the slot that holds the figure."""


def fitted(reading: Interpretation, home: Home) -> Interpretation:
    """ "Set the glimmer to 40 percent", once it is told what that is: of a speaker its volume, of blinds their position."""
    named = plain(str(reading.slots.get("name") or ""))
    domains = {e.domain for e in home.entities.values() if named in {plain(n) for n in e.names}}
    level = reading.slots.get("brightness")
    if reading.by != "loose" or level is None or len(domains) != 1 or (domain := next(iter(domains))) not in LEVELS:
        return reading
    intent, slot = LEVELS[domain]
    return replace(reading, intent=intent, slots={"name": reading.slots["name"], slot: level})


def _is_known(words: set[str], home: Home) -> bool:
    """One of them stands in the name of something here."""
    names = chain((n for e in home.entities.values() for n in e.names), (n for a in home.areas.values() for n in (a.name, *a.aliases)))
    return any(words & set(plain(name).split()) for name in names)
