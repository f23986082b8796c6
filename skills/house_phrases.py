"""How people ask about the home."""

from collections.abc import Mapping

from agent.stages import Phrase

PERSON = ("person",)


def _with(slots: Mapping[str, object], *templates: str, requires: tuple[str, ...] = ()) -> tuple[Phrase, ...]:
    return tuple(Phrase(template, slots, requires) for template in templates)


def _several(words: str, slots: Mapping[str, object]) -> tuple[Phrase, ...]:
    """Questions about things of one sort: are any, are all, which, how many. `words` is a rule or words for them."""
    return _with(
        slots,
        f"<is> (any|all|all of|some|the|my|our|there any|any of|every|both) [<the>] {words} [<currently>] {{state}} [<place>]",
        f"<is> (any|all|all of|some|the|my|our|there any|any of|every|both) [<the>] {words} <place> [<currently>] {{state}}",
        f"<is> (any|all|all of|some|the|my|our|every|both) [<the>] ({{area}}|{{floor}}) {words} [<currently>] {{state}}",
        f"<is> there (any|a|an|some) {words} [that is|that are|left|still] {{state}} [<place>]",
        f"<is> {words} [<currently>] {{state}} [<place>]",
        f"(which|what) [of] [<the>] {words} <is> [<currently>] {{state}} [<place>]",
        f"(which|what) [of] [<the>] {words} <place> <is> [<currently>] {{state}}",
        f"(which|what) [of] [<the>] ({{area}}|{{floor}}) {words} <is> [<currently>] {{state}}",
        f"(list|show me|tell me|name) [all] [<the>] {words} [that are] {{state}} [<place>]",
        f"how many [of] [<the>] {words} <is> [<currently>] {{state}} [<place>]",
        f"how many [of] [<the>] {words} <place> <is> [<currently>] {{state}}",
        f"how many [of] [<the>] ({{area}}|{{floor}}) {words} <is> [<currently>] {{state}}",
        (
            "(do i have|do we have|have i|have we|did i leave|did we leave|did anyone leave|have i left|is there) [left] "
            f"[any|all|the|some|a|an] [{{state}}] {words} [that are] [{{state}}] [<place>]"
        ),
    )


def _one() -> tuple[Phrase, ...]:
    """Questions about one thing by its name."""
    return _with(
        {},
        "<is> <named> [<currently>] {state} [<currently>] [or (on|off|open|closed|shut|locked|unlocked|not)]",
        "<is> <named> [turned|switched|powered] [<currently>] {state}",
        "(so|uh|um|hey) <is> <named> [<currently>] {state}",
        "did (i|we|you|anyone|someone) (leave|turn|switch|set|keep|get) <named> {state}",
        "(did|have) (i|we|you|anyone) {state:state} <named>",
        "(has|have) <named> been {state}",
        "(check|see|tell me|do you know|can you check|can you tell me|can you see) (if|whether) <named> <is> [<currently>] {state}",
        "(is it true that) <named> <is> {state}",
        "<what_is> [<the>] (state|status|condition|situation|setting) (of|for|on) <named> [now|right now|currently]",
        "<what_is> <named> (state|status|condition|setting|doing|doing right now|up to|showing|reading|at) [now|right now|currently]",
        "(status|state|condition|update) (of|on|for|about) <named>",
        "<named> (status|state|condition|report|update)",
        (
            "(how is|hows|how are|whats up with|what is up with|what about|what is happening with|whats going on with|what "
            "is going on with) <named> [doing|going|looking]"
        ),
        "<what_is> <named> [now|right now|currently]",
        "[give me] [an|the] (update|status|report) (on|of|for) <named>",
        "(how far|how much) (open|closed) (is|are) <named>",
        "how (bright|fast|loud|far|full) (is|are) <named>",
        (
            "(what|which) (color|colour|brightness|volume|speed|mode|level|setting|color setting|position|temperature) (is|"
            "are) <named> (on|at|set to|in|playing at|running at)"
        ),
        "<what_is> [<the>] (color|colour|brightness|volume|speed|mode|level|position) (of|on|for) <named>",
        "(can you tell me|tell me) [the] (color|colour|brightness|volume|speed|mode|level|position) of <named>",
        "how many (items|things|entries|tasks|objects) are [there] on [<the>] {name} [list] [presently|now]",
    )


def _measured() -> tuple[Phrase, ...]:
    """Questions about what sensors measure."""
    return _with(
        {},
        (
            "<what_is> [<the>] [current] {device_class:sensor_class} [level|reading|value|usage|consumption|concentration] "
            "[<place>] [now|right now|like|at the moment]"
        ),
        "<what_is> [<the>] ({area}|{floor}) {device_class:sensor_class} [level|reading|value|usage|concentration]",
        "<what_is> [<the>] [current] {device_class:sensor_class} [level|reading|value|usage|state|concentration] (of|for|on|in|from) <named>",
        "<what_is> <named> {device_class:sensor_class} [level|reading|value|usage|concentration]",
        (
            "how (much|many) {device_class:sensor_class} (is|are|does|do) [left|there] [<place>|(in|on|of|is) <named>|"
            "<named> (have|use|using|has left|left)] [now|right now]"
        ),
        "how (humid|damp) is it [<place>|in here|here|outside]",
        "how (full|charged|high|low) is [<the>] {device_class:sensor_class} [of <named>|<place>]",
        "[<the>] {area} {device_class:sensor_class}",
    )


def _binary() -> tuple[Phrase, ...]:
    """Questions about what binary sensors detect."""
    return _with(
        {"state": "on"},
        "(is there|is there any|was there|do you see|do you detect|any) {device_class:binary_class} [detected|happening] [<place>]",
        "(is|has) [<the>] {device_class:binary_class} [been] (detected|triggered|active|sensed|on) [<place>]",
        "(is|are) [<the>] {area} (occupied|in use)",
        "(is|has) (anyone|anybody|someone|somebody) [been] (in|in there) [<the>] {area}",
        (
            "(is|are) any {device_class:binary_class} (sensor|sensors|alarm|alarms|detector|detectors) (on|triggered|active|"
            "going off|detecting [something]) [<place>]"
        ),
    )


def _people() -> tuple[Phrase, ...]:
    return (
        *_with({}, "(where is|wheres|where are|do you know where is|do you know where) <named> [is|at|right now|now]", requires=PERSON),
        *_with(
            {},
            "(is|are) <named> (at home|home|away|at|in|here|gone|out|back|{state}) [right now|now|yet]",
            "(has|have) <named> (come home|arrived|left|got home|gotten home)",
            requires=PERSON,
        ),
        *_with(
            {"domain": "person", "state": "home"},
            "(who is|whos|who are) (home|at home|here|in|in the house) [right now|now]",
            "(is|are) (anyone|anybody|someone|everyone|everybody|all people|any people) (home|at home|here|in|in the house)",
            "how many people are (home|at home|here|in the house)",
        ),
        *_with(
            {"domain": "person", "state": "not_home"},
            "(who is|whos) (away|out|not home|not at home|gone)",
            "(is|are) (anyone|everyone|everybody) (away|out|gone)",
        ),
    )


PHRASES: dict[str, tuple[Phrase, ...]] = {
    "HassGetState": (
        *_one(),
        *_several("<light>", {"domain": "light"}),
        *_several("<fan>", {"domain": "fan"}),
        *_several("<switch>", {"domain": "switch"}),
        *_several("{device_class:cover_class}", {"domain": "cover"}),
        *_several("<lock>", {"domain": "lock"}),
        *_several("(device|devices|thing|things|appliance|appliances)", {"domain": ["light", "switch", "fan", "media_player"]}),
        *_several("(tv|tvs|television|speaker|speakers|media player|media players|radio)", {"domain": "media_player"}),
        *_several("{domain:domain_word}", {}),
        *_several("{kind}", {}),
        *_with(
            {"domain": ["light", "switch", "fan", "media_player"], "state": "on"},
            "(what is|whats|which things are|what things are|what else is) [still] [turned|switched] on [<place>|at home|in the house]",
            "(is anything|is something|did i leave anything|did i leave something|is there anything) [still|left] [turned|switched] on [<place>]",
        ),
        *_with(
            {"domain": ["cover", "binary_sensor"], "state": "open"},
            "(what is|whats|is anything|is something|did i leave anything) [still|left] open [<place>|in the house]",
        ),
        *_with({"domain": ["cover", "binary_sensor", "lock"], "state": "closed"}, "is (everything|the house|all) (closed|shut|locked up|locked)"),
        *_with(
            {"device_class": "battery"},
            "(which|what) (batteries|devices) (are|have) [a] (low|empty|dead|low battery)",
            "(do|does|is) any (battery|batteries|device) (low|empty|need charging|need replacing)",
        ),
        *_measured(),
        *_binary(),
        *_people(),
    ),
}
