"""How people speak of timers. `<a_timer>` in the templates below is one of the ways to name a timer."""

from agent.stages import Phrase


def _phrases(*templates: str) -> tuple[Phrase, ...]:
    return tuple(Phrase(template) for template in templates)


def _kept(*templates: str) -> tuple[Phrase, ...]:
    """Timers that Home Assistant keeps, by their names."""
    return tuple(Phrase(template, requires=("timer",)) for template in templates)


def _of(*templates: str) -> tuple[Phrase, ...]:
    """`<a_timer>` filled with every way to say which: none, its name, its length, its room."""
    ways = (
        "[<the>] <timer>",
        "[<the>] {start:duration} <timer>",
        "[<the>] <timer> (for|of) {start:duration}",
        "[<the>] {name:words} <timer>",
        "[<the>] <timer> (named|called|for|labeled|labelled) {name:words}",
        "[<the>] {area} <timer>",
        "[<the>] <timer> in [<the>] {area}",
        "[<the>] {ordinal} <timer>",
    )
    return tuple(Phrase(template.replace("<a_timer>", way)) for template in templates for way in ways)


PHRASES: dict[str, tuple[Phrase, ...]] = {
    "HassStartTimer": _phrases(
        "(set|start|create|make|begin|give me|put on|run|add|have|new) [me] [a|an|the|another] [new] <timer> (for|of|to|with|at) {duration}",
        "(set|start|create|make|begin|give me|put on|run|add|have|new) [me] [a|an|the|another] [new] {duration} <timer>",
        "(set|start|create|make|begin|give me|put on|run|add) [a|an|the|another] <timer> {duration}",
        "[a|an|the] <timer> (for|of) {duration}",
        "<timer> {duration}",
        "[a|an] {duration} <timer>",
        "(i need|i gotta have|i got to have|give me|i must have) [a|an] {duration} <timer>",
        "{duration} is what the <timer> should be set (at|to)",
        "<i_want> [to set] (a|an) {duration} <timer>",
        "<i_want> [to set] [a] <timer> (for|of) {duration}",
        "(count|count down) [from] {duration}",
        "(time|let me know after|tell me after) {duration}",
        # with a name
        (
            "(set|start|create|make|begin|give me|run|add) [a|an|the|another] <timer> (named|called|labeled|labelled) "
            "{name:words} (for|of|with) {duration}"
        ),
        (
            "(set|start|create|make|begin|give me|run|add) [a|an|the|another] <timer> (for|of|with) {duration} (named|called|"
            "labeled|labelled|for) [<the>] {name:words}"
        ),
        (
            "(set|start|create|make|begin|give me|run|add) [a|an|the|another] {duration} <timer> (named|called|labeled|"
            "labelled|for) [<the>] {name:words}"
        ),
        "(set|start|create|make|begin|give me|run|add) [a|an|the|my|another] {name:words} <timer> (for|of|to) {duration}",
        "(set|start|create|make|begin|give me|run|add|turn on) [a|an|the|my|another] {duration} {name:words} <timer>",
        "(set|start|turn on) [the|my] {name:words} timer timer for {duration}",
        "<timer> (named|called) {name:words} for {duration}",
        "<timer> (for|of) {duration} (named|called|for) [<the>] {name:words}",
        "[a|an] {duration} <timer> (named|called|for) [<the>] {name:words}",
        "[a|an] {duration} {name:words} <timer>",
        "{name:words} <timer> (for|of) {duration}",
        # without a length
        "(set|start|create|make|begin|give me|run) [me] [a|an|the|another] <timer>",
        "(set|start|create|make|begin|give me|run|add) [a|an|the|my|another] {name:words} <timer>",
        "<i_want> [to set|to have] a <timer> [set|set up]",
        "<i_want> a <timer> [that is] [set] (for|at|of) {duration} [exactly]",
        "(let me know|tell me|alert me) (when|in|after) {duration} [have passed|has passed|are up|is up|is over]",
        "set {duration} for [the] {name:words}",
    )
    + _kept(
        "(set|start|turn on|run) [a] {duration} <named>", "(set|start|turn on|run) <named> [timer] for {duration}", "(start|run) <named> [timer]"
    ),
    "HassIncreaseTimer": _of(
        "(add|put) {duration} [more] (to|on|onto) <a_timer>",
        "(increase|extend|lengthen|prolong) <a_timer> (by|with|for) {duration}",
        "(give|make) <a_timer> {duration} (more|longer)",
    )
    + _phrases(
        "add {duration} [more] [to it]",
        "{duration} (more|longer)",
        "(extend|increase) it by {duration}",
        "another {duration}",
        "give me {duration} more",
    ),
    "HassDecreaseTimer": _of(
        "(remove|take|take off|subtract|deduct|cut|drop|shave) {duration} [off|away] (from|off|of|off of) <a_timer>",
        "(take|cut|knock|shave) {duration} off <a_timer>",
        "(decrease|reduce|shorten|lower|cut) <a_timer> by {duration}",
        "make <a_timer> {duration} (less|shorter)",
    )
    + _phrases("{duration} (less|shorter)", "(reduce|decrease|shorten) it by {duration}", "take {duration} off"),
    "HassPauseTimer": _of("(pause|hold|freeze|suspend) <a_timer>", "put <a_timer> on (hold|pause)"),
    "HassUnpauseTimer": _of("(resume|unpause|continue|restart|go on with|carry on with) <a_timer>"),
    "HassTimerStatus": _of(
        "(how much|how long|how many minutes|what|what is the) [time] (is|left|remains|remaining) [left|remaining] (on|for|in|of) <a_timer>",
        (
            "how (much time|long) (is left|left|remains|is remaining|does it have left|until|before) [on|for] <a_timer> "
            "[ends|goes off|is done|rings|is up|finishes]"
        ),
        "[the] status [of] <a_timer>",
        "how (long|much longer|much time|many minutes) (for|till|until|left for|left on) [<the>] {name:words}",
        "<a_timer> status",
        "(check|tell me about|show me|what about|how is) <a_timer>",
        "(time left|time remaining) (on|for|in|of) <a_timer>",
        "how long (will|does|do|has) <a_timer> [still] (take|have|got|run|need) [left|to go]",
        "when (does|will|is) <a_timer> (end|go off|ring|done|finish|up|over)",
        "how long (before|until|till) <a_timer> (goes off|ends|rings|is done|is up|finishes|is over)",
    )
    + _phrases(
        "(what|which) timers (are|do i have) [running|set|on|active|going]",
        "(are there|do i have|is there) [any|a|other] (timers|timer) [running|set|on|active|going|left]",
        "(list|show|show me|read) [all] [<the>] timers",
        "how many timers (are there|do i have|are running|are set) [running|set]",
        "how (long|much time) (is|do i have) left",
        "(time left|time remaining)",
        "how much (longer|more time)",
    ),
    "HassCancelTimer": _of(
        "<cancel> <a_timer>",
        "(turn|shut|switch) off <a_timer>",
        "(turn|shut|switch) <a_timer> off",
        "<a_timer> (off|cancel|stop|is no longer needed|is not needed anymore)",
        "(i do not need|no need for|forget) <a_timer> [anymore|any more]",
    )
    + _phrases("(turn off|cancel|stop) [<the>] {name:words} countdown", "(stop|cancel) (counting|the countdown)")
    + _kept("<cancel> <named> [timer]", "(turn off|shut off|stop) <named> [timer]", "<named> is (no longer|not) needed [anymore]"),
    "HassCancelAllTimers": _phrases(
        "<cancel> (all|every|all of) [of] [<my>] (timers|timer) [in [<the>] {area}]",
        "<cancel> [all] [<the>] {area} timers",
        "(turn|shut) (all|all the|all my) timers off",
        "(turn|shut) off (all|all the|all my|every) (timers|timer)",
        "(cancel|stop|delete|clear|remove) [<my>] timers",
        "no more timers",
    ),
}
