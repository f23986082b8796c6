"""Locks and alarm panels."""

from devices.announced import Announced, Publish
from devices.components.wire import Ask, Component, Reading, Told, Writing, filled, mapped, message
from devices.home import Entity

_LOCK_STATES = mapped(
    {
        "locked": ("state_locked", "LOCKED"),
        "unlocked": ("state_unlocked", "UNLOCKED"),
        "locking": ("state_locking", "LOCKING"),
        "unlocking": ("state_unlocking", "UNLOCKING"),
        "jammed": ("state_jammed", "JAMMED"),
        "open": ("state_open", "OPEN"),
        "opening": ("state_opening", "OPENING"),
    }
)


def _lock(key: str, default: str | None) -> Writing:
    """Locks without a `payload_open` cannot be opened."""

    def write(announced: Announced, ask: Ask) -> list[Publish] | None:
        if default is None and not announced.has(key):
            return None
        payload = filled(announced, "command_template", announced.text(key, default or ""), code=ask.data.get("code"))
        return message(announced, "command_topic", payload)

    return write


LOCK = Component(
    "lock",
    (Reading("state_topic", "value_template", _LOCK_STATES, ("state",)),),
    {"lock": _lock("payload_lock", "LOCK"), "unlock": _lock("payload_unlock", "UNLOCK"), "open": _lock("payload_open", None)},
)

ALARM_STATES = frozenset(
    {
        *("disarmed", "armed_home", "armed_away", "armed_night", "armed_vacation", "armed_custom_bypass"),
        *("pending", "triggered", "arming", "disarming"),
    }
)


def _alarm_told(announced: Announced, entity: Entity, payload: str) -> Told | None:
    return Told("unknown") if payload == "None" else Told(payload) if payload in ALARM_STATES else None


def _alarm(key: str, default: str) -> Writing:
    """The code is the one of the service call, else the announced one where it is a real one."""

    def write(announced: Announced, ask: Ask) -> list[Publish] | None:
        action = announced.text(key, default)
        code = ask.data.get("code") or announced.text("code")
        return message(announced, "command_topic", filled(announced, "command_template", action, action=action, code=code))

    return write


ALARM = Component(
    "alarm_control_panel",
    (Reading("state_topic", "value_template", _alarm_told, ("state",)),),
    {
        "alarm_disarm": _alarm("payload_disarm", "DISARM"),
        "alarm_trigger": _alarm("payload_trigger", "TRIGGER"),
        **{
            f"alarm_arm_{mode}": _alarm(f"payload_arm_{mode}", f"ARM_{mode.upper()}")
            for mode in ("home", "away", "night", "vacation", "custom_bypass")
        },
    },
    lambda announced: {"code_arm_required": announced.flag("code_arm_required", True)} if announced.has("code") else {},
)
