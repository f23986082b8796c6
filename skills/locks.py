"""Locks and the burglar alarm. Locking is HassTurnOn and unlocking HassTurnOff, as in Home Assistant; skills.switching acts on them."""

from collections.abc import Callable

from agent.records import Context, Plan, Resolution
from agent.stages import Handler, Phrase, Skill
from devices.home import NOTHING
from skills.plans import act_each, slot_text

LOCK = {"domain": "lock"}
LOCKS = ("lock",)
PANEL = {"domain": "alarm_control_panel"}
ARMED = {"home": "alarm_arm_home", "night": "alarm_arm_night", "away": "alarm_arm_away"}
"""Mode said -> service."""


def _panel(service: Callable[[Resolution], str]) -> Handler:
    def handler(resolution: Resolution, context: Context) -> Plan:
        called = f"alarm_control_panel.{service(resolution)}"
        return act_each(resolution, context, ("alarm_control_panel",), lambda panel: (panel.entity_id, called, NOTHING))

    return handler


SKILL = Skill(
    name="locks",
    phrases={
        "HassTurnOn": (
            Phrase("(lock|lock up|lock down|bolt|secure|latch) <named>", requires=LOCKS),
            Phrase("(lock|lock up|bolt|secure|latch) <locks>", LOCK),
            Phrase("lock [the] (house|home|place|everything) [up]", {**LOCK, "name": "all"}),
            Phrase("lock up", {**LOCK, "name": "all"}),
            Phrase("(engage|activate|arm|enable|set|close|shut|turn on|switch on) <named>", requires=LOCKS),
            Phrase("(close|shut|engage|activate|turn on) [the] lock (on|of|for|at|in) <named>", requires=LOCKS),
            Phrase("(make sure|ensure|see to it|confirm|check) [that] <named> <is> [securely] (locked|bolted|secured|secure)", requires=LOCKS),
            Phrase("(make sure|ensure|see to it|confirm|check) [that] <locks> <is> (locked|bolted|secured)", LOCK),
            Phrase(
                "(make sure|ensure|see to it|confirm|check) [that] (everything|all|the house) <is> [securely] (locked|locked up|bolted)",
                {**LOCK, "name": "all"},
            ),
            Phrase("<i_want> <named> [to be] (locked|bolted|secured)", requires=LOCKS),
            Phrase("<i_want> <locks> [to be] (locked|bolted|secured)", LOCK),
            Phrase("<named> (should be|needs to be|need to be|has to be|must be) (locked|bolted|secured) [now]", requires=LOCKS),
            Phrase("(keep|leave) <named> locked", requires=LOCKS),
            Phrase("<named> (needs|need|requires) (locking|bolting|securing|latching) [up]", requires=LOCKS),
            Phrase("<locks> (needs|need|requires) (locking|bolting|securing|latching) [up]", LOCK),
        ),
        "HassTurnOff": (
            Phrase("(unlock|unbolt|unlatch|unsecure) <named>", requires=LOCKS),
            Phrase("(unlock|unbolt|unlatch) <locks>", LOCK),
            Phrase("(unlock|unbolt) [the] (everything|all|house|home|place) [up]", {**LOCK, "name": "all"}),
            Phrase("(open|release|disengage) [the] lock (on|of|for|at|in) <named>", requires=LOCKS),
            Phrase("(open|release|disengage|deactivate|disarm|disable|turn off|switch off) <named>", requires=LOCKS),
            Phrase("(make sure|ensure|see to it|confirm|check) [that] <named> <is> (unlocked|unbolted)", requires=LOCKS),
            Phrase("(make sure|ensure|see to it|confirm|check) [that] <locks> <is> (unlocked|unbolted)", LOCK),
            Phrase("<i_want> <named> [to be] (unlocked|unbolted)", requires=LOCKS),
            Phrase("<i_want> <locks> [to be] (unlocked|unbolted)", LOCK),
            Phrase("<named> (should be|needs to be|need to be|has to be|must be) (unlocked|unbolted) [now]", requires=LOCKS),
            Phrase("<named> (needs|need|requires) (unlocking|unbolting|unlatching)", requires=LOCKS),
            Phrase("<locks> (needs|need|requires) (unlocking|unbolting|unlatching)", LOCK),
            Phrase("let (me|us|him|her|them|people) (in|into the house)", LOCK),
        ),
        "ExtAlarmArm": (
            Phrase("(arm|set|activate|turn on|switch on|enable) [the] (alarm system|burglar alarm|security|security system|house alarm)", PANEL),
            Phrase("arm [the] (alarm|house|home|system)", PANEL),
            Phrase("arm <named>", requires=("alarm_control_panel",)),
            Phrase("arm [the] (alarm|house|home|system|security) (for|to) [the] night", {**PANEL, "mode": "night"}),
            Phrase("arm [the] (alarm|house|home|system|security) (in|for) home [mode]", {**PANEL, "mode": "home"}),
            Phrase("(set|put) [the] (alarm|alarm system|security system) (to|in) (away|away mode)", {**PANEL, "mode": "away"}),
        ),
        "ExtAlarmDisarm": (
            Phrase("(disarm|deactivate|turn off|switch off|disable) [the] (alarm system|burglar alarm|security|security system|house alarm)", PANEL),
            Phrase("disarm [the] (alarm|house|home|system)", PANEL),
            Phrase("disarm <named>", requires=("alarm_control_panel",)),
        ),
    },
    handlers={
        "ExtAlarmArm": _panel(lambda resolution: ARMED.get(slot_text(resolution, "mode"), ARMED["away"])),
        "ExtAlarmDisarm": _panel(lambda resolution: "alarm_disarm"),
    },
)
