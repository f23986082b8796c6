"""MQTT components: for each, which topics tell what, and which service writes what where. One table, COMPONENTS, holds them all."""

from devices.components.climate import CLIMATE, HUMIDIFIER, WATER_HEATER
from devices.components.cover import COVER, VALVE
from devices.components.fan import FAN
from devices.components.light import light_of
from devices.components.lock import ALARM, LOCK
from devices.components.media_player import MEDIA_PLAYER
from devices.components.robot import LAWN_MOWER, VACUUM
from devices.components.switch import BUTTON, NOTIFY, SCENE, SIREN, SWITCH
from devices.components.value import BINARY_SENSOR, DEVICE_TRACKER, NUMBER, SELECT, SENSOR, TEXT
from devices.components.wire import Component

from devices.announced import Announced  # isort: skip

COMPONENTS: dict[str, Component] = {
    component.domain: component
    for component in (
        SWITCH, SIREN, BUTTON, SCENE, NOTIFY, SENSOR, BINARY_SENSOR, NUMBER, SELECT, TEXT, DEVICE_TRACKER, CLIMATE, WATER_HEATER, HUMIDIFIER,
        COVER, VALVE, LOCK, ALARM, FAN, VACUUM, LAWN_MOWER, MEDIA_PLAYER,
    )
}  # fmt: skip
"""By name; a light's depends on its schema (light_of)."""


def component_for(announced: Announced) -> Component | None:
    """How to read and write what was announced; None for a component Hearth does not know."""
    return light_of(announced) if announced.component == "light" else COMPONENTS.get(announced.component)
