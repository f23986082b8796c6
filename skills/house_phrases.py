"""How people ask about the home. What sensors tell is in skills.sensor_phrases."""

from collections.abc import Mapping

from agent.stages import Phrase
from skills.sensor_phrases import detected, measured

PERSON = ("person",)
SO = "[so|uh|um|hey|tell me]"
IF = (
    "(can you confirm if|confirm if|confirm that|can you check if|check if|check whether|can you see if|can you tell me if|tell me if|see if"
    "|do you know if|do you know whether|any idea if|i wonder if|i want to know if|let me know if|is it true that|could you check if|verify that)"
)
OTHERWISE = (
    "[or (on|off|open|opening|closed|closing|shut|locked|locking|unlocked|unlocking|not|unsecure|jammed|playing|"
    "paused|dim|still|in standby|docked|in use)]"
)
ABOUT = "(status|state|condition|update|situation|report|news|latest|scoop|story|word|rundown|details|info|information|setting)"
ASPECT = "(color|brightness|volume|speed|mode|level|setting|color setting|position|hue|shade|brightness level|volume level)"
SHOWN = "(what is|what was|which song is|which episode is|which movie is|which show is|what song is|what show is|what media is|what media was)"
PIECES = "(items|things|entries|tasks|objects|units|pieces|elements|components|articles)"
ARE_ON = "[are|are there|on|can be found|do i have|are located]"
LEVEL = "(bright|dim|low|high|medium|full|maximum|minimum|brightest|dimmest|warm|cool|soft|loud|quiet|fast|slow|normal|night)"
NOW = "[now|right now|currently|presently|at the moment|at the present moment]"

SAID_OF = {
    "on": (
        "powered|powered on|powered up|lit|lit up|shining|glowing|working|going|spinning|turning|rotating|blowing|blowing air|moving|moving air"
        "|whirling|whirling away|in use|switched on|turned on|running|up and running|turned up"
    ),
    "off": ("dark|unlit|still|resting|taking a break|standing still|out|switched off|turned off|powered off|powered down|shut off|not running"),
    "open": "pulled up|raised|up|lifted|drawn back|unsealed|wide open|left open",
    "closed": "pulled down|lowered|down|drawn|sealed|closed all the way|fully closed",
    "locked": "secure|secured|bolted|locked up|all locked up|locked down|latched",
    "unlocked": "unsecure|unsecured|unbolted|not locked|unlatched",
    "locking": "locking|being locked",
    "unlocking": "unlocking|being unlocked",
    "standby": "in standby|on standby",
    "docked": "on its base|on the base|on its dock|home|back home|at its base|charging|back at its base|at the dock",
    "cleaning": "at work|vacuuming|sweeping|doing its job",
}
"""State -> further words for it, where the thing is called by its name."""
ROBOTS = ("vacuum", "lawn_mower")
SORTS: dict[str, tuple[str, ...]] = {
    "docked": ROBOTS,
    "cleaning": ROBOTS,
    "standby": ("media_player",),
    **dict.fromkeys(("locked", "unlocked", "locking", "unlocking"), ("lock",)),
}
"""State -> the sorts of things it is asked of, where the words alone do not tell."""


def _with(slots: Mapping[str, object], *templates: str, requires: tuple[str, ...] = ()) -> tuple[Phrase, ...]:
    return tuple(Phrase(template, slots, requires) for template in templates)


def _several(words: str, slots: Mapping[str, object]) -> tuple[Phrase, ...]:
    """Questions about things of one sort: are any, are all, which, how many. `words` is a rule or words for them."""
    return _with(
        slots,
        f"<is> (any|all|all of|some|the|my|our|there any|any of|every|both) [<the>] {words} [<currently>] [turned] {{state}} [<place>] [<currently>]",
        f"<is> (any|all|all of|some|the|my|our|there any|any of|every|both) [<the>] {words} <place> [<currently>] {{state}}",
        f"<is> (any|all|all of|some|the|my|our|any of|all of|every|both) [<the>] ({{area}}|{{floor}}) {words} [<currently>] {{state}}",
        f"<is> there (any|a|an|some) [{{state}}] {words} [that is|that are|left|still] [{{state}}] [<place>]",
        f"<is> {words} [<currently>] {{state}} [<place>]",
        f"(which|what) [of] [<the>] {words} <is> [<currently>] {{state}} [<place>] [<currently>]",
        f"(which|what) [of] [<the>] {words} <place> <is> [<currently>] {{state}}",
        f"(which|what) [of] [<the>] ({{area}}|{{floor}}) {words} <is> [<currently>] {{state}}",
        f"(list|show me|tell me|name) [all] [<the>] {words} [that are] {{state}} [<place>]",
        f"tell me if there are any {words} {{state}} [<place>]",
        f"how many [of] [<the>] {words} <is> [<currently>] {{state}} [<place>] [<currently>]",
        f"how many [of] [<the>] {words} <place> <is> [<currently>] {{state}}",
        f"how many [of] [<the>] ({{area}}|{{floor}}) {words} <is> [<currently>] {{state}}",
        f"(do i have|do we have|have i|have we|is there) [left] [any|all|the|some|a|an] {{state}} {words} [<place>]",
        f"(did i leave|did we leave|did anyone leave|have i left|do i have) [any|all|the|some|a|an] {words} [that are] {{state}} [<place>]",
    )


def _one() -> tuple[Phrase, ...]:
    """Questions about one thing by its name."""
    return _with(
        {},
        f"{SO} <is> <named> [<currently>] [all] {{state}} [<currently>] {OTHERWISE}",
        f"{SO} <is> <named> [turned|switched|powered] [<currently>] {{state}}",
        "<is> [<the>] {name} [turned|switched|powered] [<currently>] {state} <place>",
        f"{IF} <named> <is> [<currently>] [all] {{state}} [<currently>]",
        "did (i|we|you|anyone|someone) (leave|turn|switch|set|keep|get|put) <named> {state}",
        "(has|have) <named> been {state}",
        f"<what_is> [<the>] [current] {ABOUT} (of|for|on|with|about) <named> {NOW}",
        f"[give me|i want|i need] [an|the|any|your] [current] {ABOUT} (on|of|for|about|with) <named>",
        f"<what_is> <named> [vacuum] [current] ({ABOUT}|doing|doing now|up to|showing|reading|at|like) {NOW}",
        f"<named> [current] {ABOUT}",
        "(what is up with|what about|how about|what is happening with|what is going on with|what is going down with) <named> [is it off|is it on]",
        "(how is it going with|how are things with|hows) <named> [doing|going|looking]",
        "how (is|are) <named> [doing|going|looking|set]",
        "(fill me in|clue me in|catch me up|update me|brief me|got any updates|any changes|any updates) (on|with|about) <named>",
        "(tell me about|what can you tell me about|what do you know about) <named>",
        "should (i|we) (unlock|lock|open|close|shut|turn on|turn off|switch on|switch off) <named>",
        "<what_is> [<the>] [current] value (of|for) <named>",
        f"<what_is> <named> {NOW}",
        "(how far|how much) (open|closed) (is|are) <named>",
        f"how (bright|fast|loud|far|full|quiet) (is|are) <named> [set] {NOW}",
        f"(what|which) [the] ({ASPECT}|temperature) (is|are) <named> [set] [on|at|to|set to|in|playing at|running at] {NOW}",
        f"<what_is> [<the>] [current] {ASPECT} (of|on|for) <named>",
        f"(can you tell me|could you check|i need|i want to know|i would like to know|inform me of) [<the>] [current] {ASPECT} (of|on|for) <named>",
        "<is> [<the>] (volume|sound|brightness|speed) [too] (loud|high|low|quiet|bright|fast|up|down) on <named>",
        "<is> <named> [too] (loud|quiet|bright|dim|fast|slow|ok|okay|fine)",
        (
            f"{SHOWN} [the] [last|currently] [thing|song|show|media|movie] (on|playing on|played on|paused on|watched on|"
            f"running on|last played on) <named> {NOW}"
        ),
        "<is> (there anything|anything|something) (on|playing on|paused on|running on) <named>",
        f"how many {PIECES} {ARE_ON} (on|in) [<the>] {{name}} [list] {NOW}",
        f"[<what_is>] [<the>] [current] (number|count|amount) of {PIECES} (on|in) [<the>] {{name}} [list]",
        f"<is> <named> [set] (at|on|to|in) [a|an|its|the] {LEVEL} [or [a|an|its|the] {LEVEL}] [setting|level|mode|brightness|speed|volume] {NOW}",
    )


def _said_of() -> tuple[Phrase, ...]:
    """Other words for the state of a thing that is called by its name."""
    made: list[Phrase] = []
    for state, said in SAID_OF.items():
        made += _with(
            {"state": state},
            f"{SO} <is> <named> [vacuum] [<currently>] ({said}) [<currently>] {OTHERWISE}",
            f"{IF} <named> <is> [<currently>] ({said}) [<currently>]",
            requires=SORTS.get(state, ()),
        )
    for state, verbs in {"closed": "close|lower|shut|pull down", "open": "open|raise|lift|pull up", "locked": "lock", "unlocked": "unlock"}.items():
        made += _with({"state": state}, f"{SO} (did|have) (i|we|you|anyone|somebody) ({verbs}) <named>")
    return tuple(made)


IT_IS: dict[str, tuple[str, tuple[str, ...]]] = {
    "on": ("on|turned on|switched on|running|working", ("light", "switch", "fan", "media_player", "vacuum")),
    "off": ("off|turned off|switched off", ("light", "switch", "fan", "media_player", "vacuum")),
    "open": ("open|opened", ("cover", "binary_sensor", "valve")),
    "closed": ("closed|shut", ("cover", "binary_sensor", "valve")),
    "locked": ("locked", ("lock",)),
    "unlocked": ("unlocked", ("lock",)),
    "playing": ("playing", ("media_player",)),
    "paused": ("paused", ("media_player",)),
    "docked": ("docked|charging", ("vacuum",)),
    "cleaning": ("cleaning|vacuuming", ("vacuum",)),
}
"""State -> words for it, and the domains that an "it" may be of which nobody has spoken."""


def _of_it() -> tuple[Phrase, ...]:
    """ "Is it on", "are they open": what was spoken of, else what here is likeliest."""
    made: list[Phrase] = []
    for state, (said, domains) in IT_IS.items():
        slots = {"name": "it", "state": state, "domain": list(domains)}
        made += _with(slots, f"(is|was) (it|that|this|that one|this one) [<currently>] ({said}) [<currently>] {OTHERWISE}", f"{IF} it is ({said})")
        made += _with({**slots, "name": "them"}, f"(are|were) (they|those|these) [all|both] [<currently>] ({said}) [<currently>] {OTHERWISE}")
    return tuple(made)


def _people() -> tuple[Phrase, ...]:
    return (
        *_with({}, "(where is|where are|do you know where|do you know where is) <named> [vacuum] [is|right now|now]", requires=(*PERSON, *ROBOTS)),
        *_with({"state": "home"}, "(has|have|did) <named> (come home|arrived|arrive|come back|got home|gotten home|get home)", requires=PERSON),
        *_with({"state": "not_home"}, "(has|have|did) <named> (left|gone|leave|go out|gone out)", requires=PERSON),
        *_with(
            {"domain": "person", "state": "home"},
            "(who is|who are) (home|at home|here|in|in the house) [right now|now]",
            "(is|are) (anyone|anybody|someone|somebody|everyone|everybody|all people|any people|we all) (home|at home|here|in|in the house)",
            "how many people are (home|at home|here|in the house)",
        ),
        *_with(
            {"domain": "person", "state": "not_home"},
            "(who is|who are) (away|out|not home|not at home|gone)",
            "(is|are) (anyone|everyone|everybody) (away|out|gone)",
        ),
    )


OPENINGS = {"domain": ["cover", "binary_sensor"]}
DEVICES = {"domain": ["light", "switch", "fan", "media_player"]}

PHRASES: dict[str, tuple[Phrase, ...]] = {
    "HassGetState": (
        *_one(),
        *_said_of(),
        *_of_it(),
        *_several("<light>", {"domain": "light"}),
        *_several("<fan>", {"domain": "fan"}),
        *_several("<switch>", {"domain": "switch"}),
        *_several("{device_class:cover_class}", OPENINGS),
        *_several("<lock>", {"domain": "lock"}),
        *_several("(device|devices|thing|things|appliance|appliances)", DEVICES),
        *_several("(tv|tvs|television|speaker|speakers|media player|media players|radio)", {"domain": "media_player"}),
        *_several("{domain:domain_word}", {}),
        *_several("{kind}", {}),
        *_with(
            {**DEVICES, "state": "on"},
            "(what is|which things are|what things are|what else is) [still] [turned|switched] on [<place>|at home|in the house]",
            "(is anything|is something|did i leave anything|did i leave something|is there anything) [still|left] [turned|switched] on [<place>]",
        ),
        *_with({**OPENINGS, "state": "open"}, "(what is|is anything|is something|did i leave anything) [still|left] open [<place>|in the house]"),
        *_with({"domain": ["cover", "binary_sensor"], "state": "closed"}, "is (everything|the house|all) (closed|shut)"),
        *_with({"domain": "lock", "state": "locked"}, "is (everything|the house|all) (locked up|locked|locked down)"),
        *_with(
            {"device_class": "battery"},
            "(which|what) devices have [a] (low battery|low batteries|empty battery)",
            "(do|does) any (batteries|devices|battery) need (charging|replacing|to be charged|changing)",
        ),
        *measured(),
        *detected(),
        *_people(),
    ),
}
