"""What people of a simulated home want and how they say it: deeds with their ordinary wordings, private words, and a channel that mishears."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from simulators.household_home import Sort, Thing

Value = str | int | None
Data = dict[str, Any]


def _nothing(value: Value) -> Data:
    return {}


@dataclass(frozen=True, slots=True)
class Deed:
    """One sort of thing to want. In `wordings` {x} is the thing, {v} the value; `data` is the service's, `attributes` the state's if done by hand."""

    wordings: tuple[str, ...]
    service: str
    values: tuple[Value, ...] = (None,)
    data: Callable[[Value], Data] = _nothing
    state: str = ""
    attributes: Callable[[Value], Data] = _nothing
    opposite: str = ""


ON = ("turn on the {x}", "switch on the {x}", "turn the {x} on", "switch the {x} on", "please turn on the {x}", "{x} on")
OFF = ("turn off the {x}", "switch off the {x}", "turn the {x} off", "switch the {x} off", "please turn off the {x}", "{x} off")
PERCENT = (20, 30, 40, 60, 80)
DEEDS: Mapping[str, Deed] = {
    "lamp on": Deed(ON, "light.turn_on", state="on", opposite="lamp off"),
    "lamp off": Deed(OFF, "light.turn_off", state="off", opposite="lamp on"),
    "lamp dim": Deed(
        ("set the {x} to {v} percent", "dim the {x} to {v} percent", "{x} to {v} percent"),
        "light.turn_on", PERCENT, lambda v: {"brightness_pct": v}, "on", lambda v: {"brightness": round(255 * int(v or 0) / 100)}, "lamp off",
    ),
    "lamp colour": Deed(
        ("make the {x} {v}", "turn the {x} {v}", "set the {x} to {v}"),
        "light.turn_on", ("red", "blue", "green", "purple"), lambda v: {"color_name": v}, "on", opposite="lamp off",
    ),
    "blind open": Deed(("open the {x}", "raise the {x}", "please open the {x}"), "cover.open_cover", state="open", opposite="blind close"),
    "blind close": Deed(("close the {x}", "shut the {x}", "please close the {x}"), "cover.close_cover", state="closed", opposite="blind open"),
    "blind half": Deed(("set the {x} to {v} percent",), "cover.set_cover_position", (30, 50, 70), lambda v: {"position": v}, "open",
                       lambda v: {"current_position": v}, "blind open"),
    "warm": Deed(
        ("set the {x} to {v} degrees", "{x} to {v} degrees"),
        "climate.set_temperature", (18, 19, 21, 22), lambda v: {"temperature": v}, "heat", lambda v: {"temperature": v},
    ),
    "play": Deed(
        ("play {v} on the {x}", "put on some {v} on the {x}", "play some {v} on the {x}"),
        "media_player.play_media", ("jazz", "rock", "classical music", "the beatles", "techno", "mozart", "folk"), lambda v: {"media_content_id": v},
        "playing", opposite="pause",
    ),
    "pause": Deed(("pause the {x}", "stop the {x}"), "media_player.media_pause", state="paused", opposite="play"),
    "volume": Deed(("set the volume of the {x} to {v} percent", "{x} volume to {v} percent"), "media_player.volume_set", PERCENT,
                   lambda v: {"volume_level": int(v or 0) / 100}, "", lambda v: {"volume_level": int(v or 0) / 100}),
    "machine on": Deed((*ON, "start the {x}"), "switch.turn_on", state="on", opposite="machine off"),
    "machine off": Deed((*OFF, "stop the {x}"), "switch.turn_off", state="off", opposite="machine on"),
    "fan on": Deed(ON, "fan.turn_on", state="on", opposite="fan off"),
    "fan off": Deed(OFF, "fan.turn_off", state="off", opposite="fan on"),
    "lock": Deed(("lock the {x}", "please lock the {x}"), "lock.lock", state="locked"),
    "state": Deed(("is the {x} on", "is the {x} on right now"), ""),
}  # fmt: skip
OF_SORT: Mapping[Sort, tuple[str, ...]] = {
    "lamp": ("lamp on", "lamp off", "lamp on", "lamp off", "lamp dim", "state"),
    "blind": ("blind open", "blind close", "blind half"),
    "heating": ("warm",),
    "player": ("play", "pause", "volume"),
    "machine": ("machine on", "machine off"),
    "fan": ("fan on", "fan off"),
    "lock": ("lock",),
    "garage": (),
    "oven": (),
}


@dataclass(frozen=True, slots=True)
class Goal:
    """What somebody wants: a deed, done to one thing, with a value."""

    deed: str
    thing: Thing
    value: Value = None

    def said(self, wording: str, name: str = "") -> str:
        return wording.format(x=name or self.thing.name, v=self.value)

    @property
    def wordings(self) -> tuple[str, ...]:
        return DEEDS[self.deed].wordings

    def facts(self) -> Data:
        """What a judge needs: {"deed", "entity_id", "name", "room", "value", "service", "data"}."""
        deed = DEEDS[self.deed]
        where = {"entity_id": self.thing.entity_id, "name": self.thing.name, "room": self.thing.room}
        return {"deed": self.deed, **where, "value": self.value, "service": deed.service, "data": deed.data(self.value)}

    def opposite(self) -> "Goal | None":
        """What undoes it, or another value of the same."""
        deed = DEEDS[self.deed]
        others = [v for v in deed.values if v != self.value]
        if deed.opposite:
            return Goal(deed.opposite, self.thing, DEEDS[deed.opposite].values[0])
        return Goal(self.deed, self.thing, others[0]) if others else None


def drawn_goal(thing: Thing, chance: random.Random) -> Goal:
    deeds = OF_SORT[thing.sort] + (("lamp colour",) if thing.coloured else ())
    deed = chance.choice(deeds)
    return Goal(deed, thing, chance.choice(DEEDS[deed].values))


NICKNAMES = (
    "funzel", "wobbly", "old betsy", "glimmer", "big bertha", "snuggler", "grandma", "bibo", "dingsbums", "lulu", "zappel", "moonie", "blinky",
    "mister bright", "the sun", "puddle", "gizmo", "kermit", "sparky", "toto", "lumos", "pinky", "our star", "bumble", "noodle", "waffle",
    "the dragon", "flux", "pebbles", "schnucki",
)  # fmt: skip
PHRASES = (
    "movie light", "cosy time", "bedtime glow", "good vibes", "ready for takeoff", "time to think", "sunset mode", "candle hour", "make it nice",
    "let us get going", "action", "lights camera", "quiet now", "home sweet home", "party hard", "sleepy head", "game on", "wakey wakey",
    "tea o'clock", "as always", "spa evening", "that thing again", "do your magic", "the gentle one", "hello sunshine", "night owl", "working mode",
    "dinner is served", "off we go", "curtain call",
)  # fmt: skip
UNUSUAL = {
    "on": ("lose the dark with the {x}", "let there be {x}", "hit the {x}", "wake the {x}", "gimme {x}", "{x} ahoy", "bring up the {x}"),
    "off": ("lose the {x}", "{x} begone", "no more {x}", "put the {x} to bed", "enough {x}", "sleep {x}", "{x} dead"),
    "value": ("{x} hmm {v}", "take the {x} down to {v}", "i want {v} from the {x}", "{x} around {v}", "do {v} on {x}"),
}
SOUNDS_LIKE: Mapping[str, tuple[str, ...]] = {
    "floor": ("flaw", "flour", "flow"), "lamp": ("lamb", "lump", "land", "camp"), "reading": ("reeding", "ready", "leading"),
    "corner": ("coroner", "coin or"), "paper": ("pepper", "payer"), "shelf": ("self", "chef"), "sofa": ("so far", "soda"),
    "counter": ("country", "encounter"), "table": ("cable", "stable"), "stove": ("stow", "stone"), "pantry": ("entry", "panther"),
    "bed": ("bad", "bet"), "wardrobe": ("war drop", "ward rope"), "salt": ("sold", "assault"), "dresser": ("dress her", "professor"),
    "desk": ("disc", "dusk"), "globe": ("glow", "glove"), "monitor": ("monster", "minute or"), "mirror": ("near a", "mere"),
    "shower": ("sour", "show her"), "coat": ("code", "quote"), "stair": ("stare", "star"), "night": ("knight", "nine"), "star": ("start", "tar"),
    "rocket": ("pocket", "racket"), "chandelier": ("chance dealer", "shandy leer"), "sideboard": ("side bored", "cyborg"),
    "window": ("widow", "when do"), "clip": ("click", "lip"), "beam": ("bean", "been"), "spot": ("sport", "spa"), "light": ("late", "like", "lied"),
    "ceiling": ("sealing", "selling"), "blind": ("blend", "blond"), "curtain": ("certain", "captain"), "shutter": ("shudder", "shut her"),
    "thermostat": ("thermal start", "term a stat"), "speaker": ("beaker", "seeker"), "coffee": ("copy", "toffee"), "maker": ("baker", "make her"),
    "kettle": ("cattle", "metal"), "toaster": ("coaster", "to stir"), "cooker": ("looker", "cook her"), "purifier": ("pure fire", "pewter fire"),
    "washing": ("wishing", "watching"), "machine": ("mission", "magazine"), "fan": ("fun", "van"), "turn": ("torn", "term"),
    "switch": ("which", "swish"), "set": ("said", "sat"), "dim": ("deem", "them"), "play": ("plate", "lay"), "bedroom": ("bad room", "bathroom"),
    "kitchen": ("chicken", "kitten"), "living": ("leaving", "giving"), "open": ("oh pen", "hope and"), "close": ("clothes", "cloths"),
}  # fmt: skip
SHIFTS = str.maketrans("bdgvzaeioumlpt", "ptkfseaeuinrbd")


def misheard(name: str, chance: random.Random, words: int = 2) -> str:
    """The name as a recogniser may take it: up to `words` of its words replaced by others of a similar sound."""
    parts = name.split()
    for index in chance.sample(range(len(parts)), min(words, len(parts))):
        known = SOUNDS_LIKE.get(parts[index])
        parts[index] = chance.choice(known) if known else _shifted(parts[index], chance)
    return " ".join(parts)


def _shifted(word: str, chance: random.Random) -> str:
    """Another word by two letters that sound alike."""
    letters = list(word)
    for index in chance.sample(range(len(letters)), min(2, len(letters))):
        letters[index] = letters[index].translate(SHIFTS)
    return "".join(letters)


def slipped(text: str, goal: Goal, others: tuple[Thing, ...], chance: random.Random) -> str:
    """A slip of the moment: another thing's name (a valid command), a sentence that breaks off, a word misheard, a false start."""
    kind, words = chance.random(), text.split()
    if kind < 0.35 and others and goal.thing.name in text:
        return text.replace(goal.thing.name, chance.choice(others).name)
    if kind < 0.6 and len(words) > 2:
        return " ".join(words[: chance.randint(2, len(words) - 1)])
    if kind < 0.9:
        return misheard(text, chance, 3)
    return f"{' '.join(words[:2])} no wait the {chance.choice(('other', 'thing', 'one'))}"


CHATTER = (
    "and now the weather for the weekend", "i told you she would never come back", "that was great", "no way he said that",
    "pass me the salt please", "the score is two to one", "where did you leave my keys", "we should visit your mother", "and then he just left",
    "this offer ends on sunday", "turn around and walk away", "did you see the game last night", "i am on my way",
    "he turned off the light and left", "open the door it is the police",
)  # fmt: skip
