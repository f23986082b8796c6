"""Fans: on, off, speed, faster and slower, swinging."""

from agent.records import Context, Plan, Resolution
from agent.stages import Phrase, Skill
from devices.home import NOTHING, Entity
from skills.plans import Step, act_each, beyond, rounded, slot_number, slot_text

FANS = ("fan",)
FAN = {"domain": "fan"}


def set_speed(resolution: Resolution, context: Context) -> Plan:
    """Slots: percentage, 0-100; else refused with the range."""
    asked = slot_number(resolution, "percentage")
    if asked is None:
        return set_speed_relative(resolution, context)
    data = {"percentage": rounded(asked)}
    return beyond(asked, resolution, context, FANS) or act_each(resolution, context, FANS, lambda fan: (fan.entity_id, "fan.set_percentage", data))


def set_speed_relative(resolution: Resolution, context: Context) -> Plan:
    """Slots: direction ("up", "down"), and percentage_step where one was said."""
    service = "fan.decrease_speed" if slot_text(resolution, "direction") == "down" else "fan.increase_speed"
    step = slot_number(resolution, "percentage_step")
    data = NOTHING if step is None else {"percentage_step": rounded(abs(step))}
    return act_each(resolution, context, FANS, lambda fan: (fan.entity_id, service, data))


def swing(resolution: Resolution, context: Context) -> Plan:
    """Slots: oscillating ("on", "off")."""
    on = slot_text(resolution, "oscillating") != "off"
    return act_each(resolution, context, FANS, lambda fan: _swung(fan, on))


def _swung(fan: Entity, on: bool) -> Step:
    return fan.entity_id, "fan.oscillate", {"oscillating": on}


FASTER = {"domain": "fan", "direction": "up"}
SLOWER = {"domain": "fan", "direction": "down"}
NAMED_SPEEDS = {
    "low|slow|minimum|the lowest speed|lowest": 33,
    "medium|middle|mid|half speed": 66,
    "high|fast|full|maximum|max|full speed|the highest speed|highest": 100,
}


def _named_speeds() -> tuple[Phrase, ...]:
    """ "Set the fan to low": speeds that have names."""
    templates = (
        ("<set> <named> [speed] [<to>] ({0}) [speed]", FANS),
        ("<set> <fans> [speed] [<to>] ({0}) [speed]", ()),
        ("<fans> [speed] [<to>] ({0}) [speed]", ()),
    )
    return tuple(
        Phrase(template.replace("{0}", speed), {**FAN, "percentage": value}, requires)
        for speed, value in NAMED_SPEEDS.items()
        for template, requires in templates
    )


SKILL = Skill(
    name="fans",
    phrases={
        "HassTurnOn": (
            Phrase("<turn_on> <fans>", FAN),
            Phrase("<turn> <fans> on [<place>]", FAN),
            Phrase("<fans> on [<place>]", FAN),
            Phrase("(start|get) [the] air (moving|circulating|flowing) [<place>]", FAN),
        ),
        "HassTurnOff": (
            Phrase("<turn_off> <fans>", FAN),
            Phrase("<turn> <fans> off [<place>]", FAN),
            Phrase("<fans> off [<place>]", FAN),
        ),
        "HassFanSetSpeed": (
            Phrase("<set> <named> [speed] [<to>] {percentage:percent} [speed]", requires=FANS),
            Phrase("<set> [<the>] speed (of|for|on) <named> [<to>] {percentage:percent}", requires=FANS),
            Phrase("<set> <fans> [speed] [<to>] {percentage:percent} [speed]", FAN),
            Phrase("<set> [<the>] [fan] speed [(of|for|on) <fans>] [<to>] {percentage:percent}", FAN),
            Phrase("<set> [<the>] fan speed [<place>] [<to>] {percentage:percent}", FAN),
            Phrase("<set> [<the>] speed of <fans> (in here|here) [<to>] {percentage:percent}", FAN),
            Phrase("<fans> [speed] [<to>] {percentage:percent} [speed]", FAN),
            Phrase("<named> [speed] [<to>] {percentage:percent} [speed]", requires=FANS),
            Phrase("(increase|decrease|raise|lower|turn up|turn down|speed up|slow down) <named> [speed] to {percentage:percent}", requires=FANS),
            Phrase("(increase|decrease|raise|lower|turn up|turn down|speed up|slow down) <fans> [speed] to {percentage:percent}", FAN),
            Phrase("(run|have) <named> [run|running] at {percentage:percent} [speed]", requires=FANS),
            *_named_speeds(),
        ),
        "ExtFanSpeedRelative": (
            Phrase("[make it|go|run|spin|blow|turn it] [a bit|a little|much|slightly|even] faster", FASTER),
            Phrase("[make it|go|run|spin|blow|turn it] [a bit|a little|much|slightly|even] slower", SLOWER),
            Phrase("(speed it up|speed up) [a bit|a little]", FASTER),
            Phrase("slow (it down|down) [a bit|a little]", SLOWER),
            Phrase("(speed up|turn up|ramp up|step up|accelerate|increase|raise|crank up|boost) <named> [speed] [a bit|a little]", FASTER, FANS),
            Phrase("(increase|raise|turn up|ramp up|step up|boost) [<the>] [fan] speed (of|on|for|in) <named>", FASTER, FANS),
            Phrase("(increase|raise|turn up|ramp up|boost) [<the>] fan speed [<place>]", FASTER),
            Phrase("(speed up|turn up|ramp up|step up|accelerate|increase|raise|crank up|boost) <fans> [speed] [a bit|a little]", FASTER),
            Phrase("(turn|make|set|get) <named> (up|faster|higher|stronger)", FASTER, FANS),
            Phrase("(turn|make|set|get) <fans> (up|faster|higher|stronger|spin faster)", FASTER),
            Phrase("(make|get|let) <named> (go|run|spin|blow|be) (faster|harder|stronger)", FASTER, FANS),
            Phrase("<fans> (faster|higher|up|stronger)", FASTER),
            Phrase("<named> (faster|higher|up|stronger)", FASTER, FANS),
            Phrase(
                "(slow down|slow|turn down|ramp down|step down|decrease|reduce|lower|dial down) <named> [speed] [a bit|a little|down]", SLOWER, FANS
            ),
            Phrase("(decrease|reduce|lower|turn down|ramp down|dial down) [<the>] [fan] speed (of|on|for|in) <named>", SLOWER, FANS),
            Phrase("(decrease|reduce|lower|turn down|ramp down|dial down) [<the>] fan speed [<place>]", SLOWER),
            Phrase("(slow down|slow|turn down|ramp down|decrease|reduce|lower|dial down) <fans> [speed] [a bit|a little|down]", SLOWER),
            Phrase("(turn|make|set|get) <named> (down|slower|lower|weaker)", SLOWER, FANS),
            Phrase("(turn|make|set|get) <fans> (down|slower|lower|weaker|spin slower)", SLOWER),
            Phrase("(make|get|let) <named> (go|run|spin|blow|be) (slower|softer|weaker)", SLOWER, FANS),
            Phrase("<fans> (slower|lower|down|weaker)", SLOWER),
            Phrase("<named> (slower|lower|down|weaker)", SLOWER, FANS),
            Phrase("(increase|raise|speed up|turn up) (<named>|[<the>] speed of <named>) [speed] by {percentage_step:percent}", FASTER, FANS),
            Phrase(
                "(decrease|reduce|lower|slow down|turn down) (<named>|[<the>] speed of <named>) [speed] by {percentage_step:percent}", SLOWER, FANS
            ),
            Phrase("(increase|raise|speed up|turn up) <fans> [speed] by {percentage_step:percent}", FASTER),
            Phrase("(decrease|reduce|lower|slow down|turn down) <fans> [speed] by {percentage_step:percent}", SLOWER),
        ),
        "ExtFanOscillate": (
            Phrase("(swing|rotate|oscillate) <named>", {"oscillating": "on"}, FANS),
            Phrase("(swing|rotate|oscillate) <fans>", {**FAN, "oscillating": "on"}),
            Phrase("(make|let) <named> (swing|oscillate|rotate|turn)", {"oscillating": "on"}, FANS),
            Phrase("(turn on|start) [the] (oscillation|swing|swinging|rotation) [(of|on|for) <named>]", {**FAN, "oscillating": "on"}, FANS),
            Phrase("stop <named> (swinging|oscillating|rotating)", {"oscillating": "off"}, FANS),
            Phrase("(turn off|stop) [the] (oscillation|swing|swinging|rotation) [(of|on|for) <named>]", {**FAN, "oscillating": "off"}, FANS),
        ),
    },
    handlers={"HassFanSetSpeed": set_speed, "ExtFanSpeedRelative": set_speed_relative, "ExtFanOscillate": swing},
)
