"""What no learned rewrite may do: one pure function over a table of rules, asked when a pair is learned and again before it is served.

DESIGN, rules 5 to 8. A pair is judged by what its words mean by themselves (`own`) and what the other sentence would do (`new`).
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from agent.records import Risk
from agent.understand.numbers import Number, numbers_in
from agent.wording import bare_request, kinds_said, plain, says_several

RANK: Mapping[Risk, int] = {"R1": 1, "R2": 2, "R3": 3}
UP = frozenset(
    "turn_on open open_cover open_valve unlock volume_up media_play play_media start alarm_disarm increase_speed set_temperature activate".split()
)
DOWN = frozenset(
    "turn_off close close_cover close_valve lock volume_down media_pause media_stop stop return_to_base alarm_arm_away alarm_arm_home "
    "alarm_arm_night decrease_speed".split()
)
"""Verbs of services, by the direction they go in; the others have none."""
SAYS_UP = frozenset("on open unlock start play brighter louder warmer up raise increase resume unmute disarm".split())
SAYS_DOWN = frozenset("off close shut lock stop pause dimmer quieter cooler colder down lower decrease mute arm kill".split())
TIMES = frozenset(
    "after afternoon am before daily day days evening evenings every friday fridays hour hours later midnight minute minutes "
    "monday mondays morning mornings noon oclock once pm saturday saturdays seconds soon sunday sundays sunrise sunset thursday "
    "thursdays till today tomorrow tonight tuesday tuesdays until wednesday wednesdays week weekday weekdays weekend weekly when "
    "whenever".split()
)
"""Words of a time, which is never lost and never won."""
AT = frozenset({"at", "in", "for", "by", "second"})
"""Words of a time where a number is said."""
BEGINS = re.compile(r"\b(?:kick|kicks|kicking|set|start) (?:it )?off\b|\boff (?:we|i|you|to)\b")
""" "Kick off my brew", "off we go" turn nothing off."""
OCCASIONS = frozenset({"hour", "day", "week", "evening"})
SPANS = TIMES | frozenset("a an all any at by each every few for good half in last late next of on one other per some that the this to whole".split())
""" "Candle hour", "laundry day" and "spa evening" are no times; "half an hour", "all day" and "tomorrow evening" are."""
GREETING = re.compile(r"\bgood (?:morning|afternoon|evening|night)\b")
ASKING = frozenset("what whats which who whos where wheres when why how is are was were does did has have".split())
"""First words that ask: a question never acts."""
GRAVE = frozenset("unlock unlocked garage gate disarm oven stove hob heater iron valve alarm lock door doors".split())
"""Words of what needs a yes: neither side of a pair may bring one in or lose one."""
ELSEWHERE = frozenset("order buy book reserve call phone ring text email message pay google hire rent ship deliver".split())
"""First words of what no home does: whoever then asks for something else has gone on, and did not say it again."""
COMMON = frozenset(
    "turn switch put set make get on off up down in the a an my our me us of to for it please is are with some can could you i at and now".split()
)
"""Words that two requests share by chance."""
WIPES = re.compile(r"\b(?:delete|clear|empty|erase|wipe|remove (?:everything|all)|take everything|cross everything)\b")
"""So is what takes all there is from a list, which an empty one does not show."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a sentence would do here: the verbs of its calls, the things, the risk; `acts` is False for what only answers or is not understood."""

    verbs: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()
    risk: Risk = "R1"
    acts: bool = False
    guessed: bool = False
    """Only a guess reads the words so: that it went in some direction is nothing that was said."""
    proven: bool = False
    """The reading is sure, and went well here three times in the last 30 days."""
    names: frozenset[str] = frozenset()
    """What its things are called, plain: a lamp called Seven is no number."""

    @property
    def directions(self) -> frozenset[int]:
        return frozenset(d for verb in self.verbs if (d := (verb in UP) - (verb in DOWN)))


NOTHING = Meaning()


@dataclass(frozen=True, slots=True)
class Pair:
    """A rewrite under judgement: the words heard and what they mean, the sentence in their place and what that means."""

    heard: str
    own: Meaning
    target: str
    new: Meaning


def verbs_of(services: Iterable[str]) -> frozenset[str]:
    """light.turn_on -> turn_on"""
    return frozenset(service.partition(".")[2] for service in services)


def refused(heard: str, own: Meaning, target: str, new: Meaning) -> str:
    """The name of the first rule that forbids to read `heard` as `target`; "" where none does."""
    pair = Pair(heard, own, target, new)
    return next((name for name, breaks in RULES if breaks(pair)), "")


def _proven(pair: Pair) -> bool:
    return pair.own.proven


def _grave(pair: Pair) -> bool:
    wipes = (WIPES.search(plain(pair.heard)) is None) != (WIPES.search(plain(pair.target)) is None)
    return "R3" in (pair.own.risk, pair.new.risk) or wipes or bool(GRAVE & (_words(pair.heard) ^ _words(pair.target)))


def _riskier(pair: Pair) -> bool:
    """Never riskier than what the words do by themselves; what they do not do at all may become R2, which is then asked about."""
    return pair.own.acts and not pair.own.guessed and RANK[pair.new.risk] > RANK[pair.own.risk]


def _flipped(pair: Pair) -> bool:
    if not pair.own.guessed and any(-d in pair.new.directions for d in pair.own.directions):
        return True
    said = _said(pair.heard)
    return bool(said) and any(-d in pair.new.directions for d in said) and not (said & pair.new.directions)


def _wider(pair: Pair) -> bool:
    if pair.own.acts and not pair.own.guessed:
        return len(pair.new.things) > max(1, len(pair.own.things))
    return len(pair.new.things) > 1 and not says_several(pair.heard) and not says_several(pair.target)


def _invented(pair: Pair) -> bool:
    """Numbers only from what was heard."""
    return not _numbers(pair) <= numbers_in(pair.heard)


def _numbers(pair: Pair) -> frozenset[Number]:
    """Those of the sentence in the words' place; the names of the things it is about are none, each taken out once."""
    rest = f" {plain(pair.target)} "
    for name in sorted(pair.new.names, key=len, reverse=True):
        rest = rest.replace(f" {name} ", " ", 1) if numbers_in(name) else rest
    return numbers_in(rest) if rest.strip() != plain(pair.target) else numbers_in(pair.target)


def _timed(pair: Pair) -> bool:
    heard, target = _timeless(pair.heard), _timeless(pair.target)
    if TIMES & heard != TIMES & target:
        return True
    return bool(AT & heard) != bool(AT & target) and numbers_in(pair.heard) != _numbers(pair)


def _timeless(text: str) -> set[str]:
    """The words without greetings, and without occasions, whose words of time are none."""
    said = GREETING.sub("", plain(text))
    words = said.split()
    if numbers_in(said):
        return set(words)
    return {w for before, w in zip(("the", *words), words, strict=False) if w not in OCCASIONS or before in SPANS}


def _asked(pair: Pair) -> bool:
    first = plain(pair.heard).split(" ", 1)[0]
    return pair.new.acts and first in ASKING


def _is_elsewhere(pair: Pair) -> bool:
    return (pair.own.guessed or not pair.own.acts) and is_elsewhere(pair.heard, pair.target)


def is_elsewhere(heard: str, said: str) -> bool:
    """Words that ask for what no home does, and another request that has nothing in common with them."""
    return bare_request(heard).split(" ", 1)[0] in ELSEWHERE and not agree(heard, said)


def agree(heard: str, said: str) -> bool:
    """Two requests have words in common that tell something, most of the small ones of a command, or the sort of thing."""
    one, other = _words(heard), _words(said)
    return bool((one & other) - COMMON) or len(one & other) >= 2 or bool(kinds_said(heard) & kinds_said(said))


def _words(text: str) -> set[str]:
    return set(plain(text).split())


def _said(text: str) -> frozenset[int]:
    words = _words(BEGINS.sub("start", plain(text)))
    return frozenset(d for d, told in ((1, SAYS_UP), (-1, SAYS_DOWN)) if words & told)


RULES: tuple[tuple[str, Callable[[Pair], bool]], ...] = (
    ("proven", _proven),
    ("grave", _grave),
    ("riskier", _riskier),
    ("direction", _flipped),
    ("scope", _wider),
    ("numbers", _invented),
    ("time", _timed),
    ("question", _asked),
    ("elsewhere", _is_elsewhere),
)
"""Rule -> whether a pair breaks it, the gravest first."""
