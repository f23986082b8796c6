"""On, off and toggle for whatever there is: one table from domain to service. Other skills bring the phrases for their own domains."""

from agent.records import Context, Plan, Resolution
from agent.stages import Phrase, Skill
from agent.words import domain_of
from devices.home import NOTHING, Entity
from devices.kinds import is_on
from skills.plans import Step, act_each

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


def turn_on(resolution: Resolution, context: Context) -> Plan:
    return act_each(resolution, context, (), lambda entity: switched(entity, off=False))


def turn_off(resolution: Resolution, context: Context) -> Plan:
    return act_each(resolution, context, (), lambda entity: switched(entity, off=True))


def toggle(resolution: Resolution, context: Context) -> Plan:
    """The other way round: said and done as what it comes to, so that risk and words fit. A lock that is open is locked."""
    return act_each(resolution, context, (), _toggled)


def _toggled(entity: Entity) -> Step | None:
    on = is_on(entity)
    return switched(entity, off=not on if domain_of(entity) == "lock" else on)


SKILL = Skill(
    name="switching",
    phrases={
        "HassTurnOn": (
            Phrase("<turn_on> <named>"),
            Phrase("<turn> <named> (on|back on|on again)"),
            Phrase("<turn> (on|back on) <named>"),
            Phrase("<named> on"),
            Phrase("(make sure|ensure|see to it|check|confirm) [that] <named> <is> [turned|switched|powered] on"),
            Phrase("<i_want> <named> [turned|switched|to be|to be turned] on"),
            Phrase("<named> (should be|needs to be|has to be|must be) [turned|switched] on"),
            Phrase("(turn|switch|put) (it|that|them|this|those|these) [all] [back] on [again]"),
            Phrase("(turn|switch|put) on (it|that|them|this|those|these)"),
            Phrase("turn on everything [<place>]", {"name": "all"}),
            Phrase("turn everything on [<place>]", {"name": "all"}),
            Phrase("<turn_on> <switches>", {"domain": "switch"}),
            Phrase("<turn> <switches> on", {"domain": "switch"}),
            Phrase("<switches> on", {"domain": "switch"}),
        ),
        "HassTurnOff": (
            Phrase("<turn_off> <named>"),
            Phrase("<turn> <named> (off|out|back off|off again)"),
            Phrase("<named> off"),
            Phrase("(make sure|ensure|see to it|check|confirm) [that] <named> <is> [turned|switched|powered] off"),
            Phrase("<i_want> <named> [turned|switched|to be|to be turned] off"),
            Phrase("<named> (should be|needs to be|has to be|must be) [turned|switched] off"),
            Phrase("(turn|switch) (it|that|them|this|those|these) [all] [back] (off|out)"),
            Phrase("(turn|switch|shut) off (it|that|them|this|those|these)"),
            Phrase("(turn off|switch off|shut off|shut down|power down|kill) everything [<place>]", {"name": "all"}),
            Phrase("(turn|switch|shut) everything (off|down) [<place>]", {"name": "all"}),
            Phrase("everything off [<place>]", {"name": "all"}),
            Phrase("<turn_off> <switches>", {"domain": "switch"}),
            Phrase("<turn> <switches> off", {"domain": "switch"}),
            Phrase("<switches> off", {"domain": "switch"}),
        ),
        "ExtToggle": (
            Phrase("(toggle|flip|invert|alternate) <named>"),
            Phrase("(toggle|flip|invert) <named> (state|status|power|on or off|on and off)"),
            Phrase("(flip|toggle|change|switch|reverse|alter|invert) [the] (state|status|position) of <named>"),
            Phrase("(change|switch|alter|flip|reverse) <named> (state|status)"),
            Phrase("(switch|turn|flip) <named> (to the other state|the other way|over|on or off)"),
            Phrase("(can|could) <named> be toggled"),
            Phrase("[give] [a] [quick] toggle (of|for|to) <named>"),
            Phrase("(toggle|flip) <lights>", {"domain": "light"}),
            Phrase("(toggle|flip) <fans>", {"domain": "fan"}),
            Phrase("(toggle|flip|reverse) <covers>", {"domain": "cover"}),
            Phrase("(toggle|flip) (it|that|them|this)"),
        ),
    },
    handlers={"HassTurnOn": turn_on, "HassTurnOff": turn_off, "ExtToggle": toggle},
)
