"""On, off and toggle for whatever there is: one table from domain to service. Other skills bring the phrases for their own domains."""

from agent.records import Context, Plan, Resolution
from agent.stages import Phrase, Skill
from agent.wording import has_word
from agent.words import domain_of
from devices.home import NOTHING, Entity
from devices.kinds import is_on
from skills.lights import BRIGHT_MODES
from skills.plans import Step, act_each, options, rounded
from skills.tastes import liked_brightness

PLAIN = ("turn_on", "turn_off")

SERVICES: dict[str, tuple[str, str]] = {
    **dict.fromkeys(
        [
            "light",
            "switch",
            "input_boolean",
            "fan",
            "climate",
            "water_heater",
            "humidifier",
            "media_player",
            "siren",
            "remote",
            "automation",
            "camera",
            "group",
        ],
        PLAIN,
    ),
    "scene": ("turn_on", ""),
    "script": PLAIN,
    "cover": ("open_cover", "close_cover"),
    "valve": ("open_valve", "close_valve"),
    "lock": ("lock", "unlock"),
    "vacuum": ("start", "return_to_base"),
    "lawn_mower": ("start_mowing", "dock"),
    "button": ("press", ""),
    "input_button": ("press", ""),
    "alarm_control_panel": ("alarm_arm_away", "alarm_disarm"),
    "timer": ("start", "cancel"),
}
"""Domain -> the services for "on" and "off" as Home Assistant's HassTurnOn and HassTurnOff mean them; "" where there is none."""

CALLED_BY: dict[str, str] = {"group": "homeassistant"}
"""Domain -> the domain of its services, where it is another."""


def switched(entity: Entity, off: bool) -> Step | None:
    """The step that turns an entity on or off; None where it cannot be."""
    domain = domain_of(entity)
    service = SERVICES.get(domain, ("", ""))[off]
    return (entity.entity_id, f"{CALLED_BY.get(domain, domain)}.{service}", NOTHING) if service else None


RUN = ("run", "trigger", "execute", "launch", "start", "do", "play")
WAIT = ("turn", "switch", "enable", "activate")
"""Words that let an automation's actions happen now, and those that let it wait for its trigger again."""


def turn_on(resolution: Resolution, context: Context) -> Plan:
    """Lights that are off come on as bright as who speaks likes them in the evening, where that was told."""
    run, liked = has_word(context.text, RUN) and not has_word(context.text, WAIT), liked_brightness(context)
    return act_each(resolution, context, (), lambda e: _softly(e, liked) or (_run(e) if run else switched(e, off=False)))


def _run(entity: Entity) -> Step | None:
    return (entity.entity_id, "automation.trigger", NOTHING) if domain_of(entity) == "automation" else switched(entity, off=False)


def _softly(entity: Entity, percent: float | None) -> Step | None:
    """A lamp that can be dimmed and is off, turned on as bright as it is liked."""
    dimmable = domain_of(entity) == "light" and not is_on(entity) and bool(BRIGHT_MODES & set(options(entity, "supported_color_modes")))
    return (entity.entity_id, "light.turn_on", {"brightness_pct": rounded(percent)}) if percent is not None and dimmable else None


def turn_off(resolution: Resolution, context: Context) -> Plan:
    return act_each(resolution, context, (), lambda entity: switched(entity, off=True))


def toggle(resolution: Resolution, context: Context) -> Plan:
    """The other way round: said and done as what it comes to, so that risk and words fit. A lock that is open is locked."""
    return act_each(resolution, context, (), _toggled)


def _toggled(entity: Entity) -> Step | None:
    on = is_on(entity)
    return switched(entity, off=not on if domain_of(entity) == "lock" else on)


GENERAL = (
    "light",
    "switch",
    "input_boolean",
    "fan",
    "climate",
    "water_heater",
    "humidifier",
    "siren",
    "remote",
    "camera",
    "group",
    "automation",
)
"""Domains that every way of saying "on" and "off" may be meant of; others have verbs of their own."""
PLAYERS = ("media_player",)
ALL_BUT_OWN = (*GENERAL, *PLAYERS)
SURE = "(make sure|make certain|ensure|see to it|check|confirm)"
SHOULD = "(should be|needs to be|need to be|has to be|must be)"
NEEDS = "(needs|need|requires|require|wants|could do with|could use)"
SWITCH = {"domain": "switch"}
ALL = {"name": "all"}

SKILL = Skill(
    name="switching",
    phrases={
        "HassTurnOn": (
            Phrase("<turn_on> <named>", requires=GENERAL),
            Phrase("(turn on|switch on|put on|power on|power up|activate|enable|start) <named>", requires=PLAYERS),
            Phrase("<turn> <named> [all] (on|back on|on again)", requires=ALL_BUT_OWN),
            Phrase("<turn> (on|back on) <named>", requires=ALL_BUT_OWN),
            Phrase("<named> on", requires=ALL_BUT_OWN),
            Phrase("(on|start) <named>", requires=("switch", "input_boolean")),
            Phrase("(brighten|brighten up|light up|illuminate) <named>", requires=("switch", "input_boolean")),
            Phrase(f"{SURE} [that] <named> <is> [turned|switched|powered] (on|running)", requires=ALL_BUT_OWN),
            Phrase("<i_want> <named> [turned|switched|to be|to be turned] on", requires=ALL_BUT_OWN),
            Phrase(f"<named> {SHOULD} [turned|switched] on", requires=ALL_BUT_OWN),
            Phrase(f"<named> {NEEDS} (turning on|switching on|starting|activating|powering up)", requires=ALL_BUT_OWN),
            Phrase("turn on everything [<place>]", ALL),
            Phrase("turn everything on [<place>]", ALL),
            Phrase("<turn_on> <switches>", SWITCH),
            Phrase("<turn> <switches> on [<place>]", SWITCH),
            Phrase("<switches> on [<place>]", SWITCH),
        ),
        "HassTurnOff": (
            Phrase("<turn_off> <named>", requires=GENERAL),
            Phrase("(turn off|switch off|power off|power down|shut off|shut down|deactivate|disable|kill|cut) <named>", requires=PLAYERS),
            Phrase("<turn> <named> [all] (off|out|back off|off again)", requires=ALL_BUT_OWN),
            Phrase("(shut|close) <named> down", requires=ALL_BUT_OWN),
            Phrase("<named> off", requires=ALL_BUT_OWN),
            Phrase("off <named>", requires=("switch", "input_boolean")),
            Phrase("(turn down|turn all the way down) <named>", requires=("switch", "input_boolean")),
            Phrase(f"{SURE} [that] <named> <is> [turned|switched|powered] off", requires=ALL_BUT_OWN),
            Phrase("<i_want> <named> [turned|switched|to be|to be turned] off", requires=ALL_BUT_OWN),
            Phrase(f"<named> {SHOULD} [turned|switched] off", requires=ALL_BUT_OWN),
            Phrase(f"<named> {NEEDS} (turning off|switching off|shutting off|shutting down|powering down|deactivating)", requires=ALL_BUT_OWN),
            Phrase("(i|we) do not need <named> [on|running] [anymore|any more]", requires=ALL_BUT_OWN),
            Phrase("<named> is (no longer|not) needed [anymore]", requires=ALL_BUT_OWN),
            Phrase("(turn off|switch off|shut off|shut down|power down|kill) everything [<place>]", ALL),
            Phrase("(turn|switch|shut) everything (off|down) [<place>]", ALL),
            Phrase("everything off [<place>]", ALL),
            Phrase("<turn_off> <switches>", SWITCH),
            Phrase("<turn> <switches> off [<place>]", SWITCH),
            Phrase("<switches> off [<place>]", SWITCH),
        ),
        "ExtToggle": (
            Phrase("(toggle|flip|invert|alternate|reverse) <named>"),
            Phrase("(toggle|flip|invert) <named> (state|status|power|on or off|on and off)"),
            Phrase("(flip|toggle|change|switch|reverse|alter|invert) [the] (state|status|position) of <named>"),
            Phrase("(change|switch|alter|flip|reverse) <named> (state|status)"),
            Phrase("(switch|turn|flip) <named> (to the other state|the other way|over|on or off)"),
            Phrase("(can|could) <named> be toggled"),
            Phrase("is it possible to toggle <named>"),
            Phrase("[give] [a] [quick] toggle (of|for|to) <named>"),
            Phrase("(toggle|flip) <lights>", {"domain": "light"}),
            Phrase("(toggle|flip) <fans>", {"domain": "fan"}),
            Phrase("(toggle|flip|reverse) <covers>", {"domain": "cover"}),
            Phrase(f"<named> {NEEDS} (toggling|flipping|switching over|to be toggled)"),
            Phrase("(flip|toggle|change|switch|reverse|alter) [the] (fan|fans) (state|status) [<place>]", {"domain": "fan"}),
            Phrase("(flip|toggle|change|switch|reverse|alter) [the] (state|status) of <fans>", {"domain": "fan"}),
            Phrase("(flip|toggle|change|switch|reverse|alter) [the] (light|lights|lighting) (state|status) [<place>]", {"domain": "light"}),
            Phrase("(flip|toggle|change|switch|reverse|alter) [the] (state|status) of <lights>", {"domain": "light"}),
        ),
    },
    handlers={"HassTurnOn": turn_on, "HassTurnOff": turn_off, "ExtToggle": toggle},
)
