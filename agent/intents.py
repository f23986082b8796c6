"""What each intent is about: the domains it may reach, and how many things it means. One table, read by the resolver and the dialogue."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Reach = Literal["one", "many", "ask", "none"]
"""one: a single thing, "which one?" when two are as likely. many: everything in scope.
ask: a question about things; never commands. none: no thing."""


@dataclass(frozen=True, slots=True)
class About:
    """The domains an intent may reach (() = any that can be switched) and how many things it means."""

    reach: Reach
    domains: tuple[str, ...] = ()
    active: bool | None = None
    """True: it likely means what is on, playing or open (turn off, pause). False: what is not."""


PLAYERS = ("media_player",)
LIGHT_SETTINGS = frozenset({"brightness", "brightness_step", "color", "temperature", "color_temperature", "usual"})
"""Slots of HassLightSet of which one says what is to be set."""
SWITCHED = (
    "light", "switch", "fan", "cover", "lock", "climate", "media_player", "humidifier", "scene", "script", "input_boolean", "automation",
    "vacuum", "valve", "siren", "water_heater", "lawn_mower", "button", "input_button", "group", "remote", "alarm_control_panel",
)  # fmt: skip
NONE = About("none")

INTENTS: Mapping[str, About] = {
    "HassTurnOn": About("many", SWITCHED, active=False),
    "HassTurnOff": About("many", SWITCHED, active=True),
    "ExtToggle": About("many", SWITCHED),
    "HassToggle": About("many", SWITCHED),
    "HassLightSet": About("many", ("light",)),
    "ExtLightRelative": About("many", ("light",), active=True),
    "HassClimateSetTemperature": About("one", ("climate", "water_heater")),
    "ExtTemperatureRelative": About("one", ("climate", "water_heater"), active=True),
    "HassClimateGetTemperature": About("ask", ("climate", "sensor", "water_heater", "weather")),
    "HassClimateSetFanMode": About("one", ("climate",)),
    "HassClimateSetHvacMode": About("one", ("climate",)),
    "ExtHvacMode": About("one", ("climate",)),
    "ExtClimateRelative": About("one", ("climate", "water_heater"), active=True),
    "HassHumidifierSetpoint": About("one", ("humidifier",)),
    "HassHumidifierMode": About("one", ("humidifier",)),
    "HassMediaSearchAndPlay": About("one", PLAYERS),
    "HassMediaPause": About("one", PLAYERS, active=True),
    "HassMediaUnpause": About("one", PLAYERS),
    "HassMediaNext": About("one", PLAYERS, active=True),
    "HassMediaPrevious": About("one", PLAYERS, active=True),
    "HassSetVolume": About("one", PLAYERS, active=True),
    "HassSetVolumeRelative": About("one", PLAYERS, active=True),
    "HassMediaPlayerMute": About("one", PLAYERS, active=True),
    "HassMediaPlayerUnmute": About("one", PLAYERS, active=True),
    "ExtMediaQuery": About("ask", PLAYERS, active=True),
    "ExtMediaSettings": About("one", PLAYERS, active=True),
    "ExtMediaLike": About("ask", PLAYERS, active=True),
    "ExtStopMedia": About("one", PLAYERS, active=True),
    "HassSetPosition": About("many", ("cover", "valve")),
    "ExtStopCover": About("many", ("cover", "valve"), active=True),
    "HassFanSetSpeed": About("many", ("fan",)),
    "ExtFanSpeedRelative": About("many", ("fan",), active=True),
    "ExtFanOscillate": About("many", ("fan",)),
    "HassVacuumStart": About("one", ("vacuum",)),
    "HassVacuumReturnToBase": About("one", ("vacuum",), active=True),
    "HassVacuumCleanArea": About("one", ("vacuum",)),
    "ExtVacuumPause": About("one", ("vacuum",), active=True),
    "ExtVacuumStop": About("one", ("vacuum",), active=True),
    "ExtVacuumLocate": About("one", ("vacuum",)),
    "HassLawnMowerStartMowing": About("one", ("lawn_mower",)),
    "HassLawnMowerDock": About("one", ("lawn_mower",), active=True),
    "ExtLawnMowerPause": About("one", ("lawn_mower",), active=True),
    "ExtAlarmArm": About("one", ("alarm_control_panel",)),
    "ExtAlarmDisarm": About("one", ("alarm_control_panel",)),
    "ExtTeachName": About("one"),
    "ExtApplianceStart": About("one", ("switch", "climate", "button", "input_boolean", "water_heater", "vacuum"), active=False),
    "ExtApplianceStop": About("one", ("switch", "climate", "button", "input_boolean", "water_heater"), active=True),
    "HassGetState": About("ask"),
    "ExtWho": About("ask"),
    "HassListAddItem": About("one", ("todo",)),
    "HassListRemoveItem": About("one", ("todo",)),
    "HassListCompleteItem": About("one", ("todo",)),
    "ExtListQuery": About("one", ("todo",)),
}  # fmt: skip


def about(intent: str) -> About:
    return INTENTS.get(intent, NONE)
