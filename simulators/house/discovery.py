"""How the house announces itself: Home Assistant's MQTT discovery, one message an entity or one a device.

Single messages are written out in full; bundles use Home Assistant's abbreviations and `~`, as firmware does. Media players follow
docs/media-players-over-mqtt.md.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from simulators.house.plan import Device
from simulators.house.players import Player
from simulators.house.thing import Entity

BASE = "hearth-sim"
HOUSE_STATUS = f"{BASE}/status"
"""online while the simulator is connected, offline by its will: every device but a player depends on it too."""
ORIGIN = {"name": "Hearth simulated home", "sw": "1"}

ABBREVIATIONS: Mapping[str, str] = {
    "availability": "avty",
    "availability_mode": "avty_mode",
    "brightness_command_topic": "bri_cmd_t",
    "brightness_state_topic": "bri_stat_t",
    "command_topic": "cmd_t",
    "current_temperature_template": "curr_temp_tpl",
    "current_temperature_topic": "curr_temp_t",
    "default_entity_id": "def_ent_id",
    "device_class": "dev_cla",
    "entity_category": "ent_cat",
    "max_humidity": "max_hum",
    "min_humidity": "min_hum",
    "mode_command_topic": "mode_cmd_t",
    "mode_state_template": "mode_stat_tpl",
    "mode_state_topic": "mode_stat_t",
    "options": "ops",
    "percentage_command_topic": "pct_cmd_t",
    "percentage_state_topic": "pct_stat_t",
    "position_closed": "pos_clsd",
    "position_open": "pos_open",
    "position_topic": "pos_t",
    "set_fan_speed_topic": "set_fan_spd_t",
    "set_position_topic": "set_pos_t",
    "state_class": "stat_cla",
    "state_topic": "stat_t",
    "supported_color_modes": "sup_clrm",
    "supported_features": "sup_feat",
    "target_humidity_command_topic": "hum_cmd_t",
    "target_humidity_state_topic": "hum_stat_t",
    "temperature_command_topic": "temp_cmd_t",
    "temperature_state_template": "temp_stat_tpl",
    "temperature_state_topic": "temp_stat_t",
    "temperature_unit": "temp_unit",
    "unique_id": "uniq_id",
    "unit_of_measurement": "unit_of_meas",
    "value_template": "val_tpl",
}
"""Home Assistant's short names of the keys that bundles use here; what is not listed stays as it is."""


def base(device_id: str) -> str:
    """The topic that all topics of a device stand below."""
    return f"{BASE}/{device_id}"


def status(device_id: str) -> str:
    """The topic of a device's own availability."""
    return f"{base(device_id)}/status"


def messages(device: Device, prefix: str = "homeassistant") -> dict[str, str]:
    """The discovery messages of one device: topic -> JSON, to be retained."""
    if isinstance(device.thing, Player):
        return {f"{prefix}/media_player/{device.id}/config": json.dumps(_player(device))}
    if device.discovery == "bundle":
        return {f"{prefix}/device/{device.id}/config": json.dumps(_bundle(device))}
    return {f"{prefix}/{entity.component}/{device.id}/{entity.key}/config": json.dumps(_single(device, entity)) for entity in device.thing.entities()}


def _single(device: Device, entity: Entity) -> dict[str, Any]:
    origin = {"name": ORIGIN["name"], "sw_version": ORIGIN["sw"]}
    return _written_out({**_entity(device, entity), "device": _hardware(device), "origin": origin, **_availability(device)}, device)


def _bundle(device: Device) -> dict[str, Any]:
    availability = {"avty": [{"t": HOUSE_STATUS}, {"t": "~/status"}], "avty_mode": "all"}
    short = {"identifiers": "ids", "name": "name", "manufacturer": "mf", "model": "mdl", "suggested_area": "sa"}
    hardware = {short[key]: value for key, value in _hardware(device).items()}
    components = {entity.key: _short({"p": entity.component, **_entity(device, entity)}) for entity in device.thing.entities()}
    return {"~": base(device.id), "dev": hardware, "o": ORIGIN, "cmps": components, **availability}


def _player(device: Device) -> dict[str, Any]:
    (entity,) = device.thing.entities()
    availability = {"topic": status(device.id), "payload_available": "online", "payload_not_available": "offline"}
    return _written_out({"name": device.name, "availability": availability, **entity.config, "device": _hardware(device)}, device)


def _entity(device: Device, entity: Entity) -> dict[str, Any]:
    entity_id = f"{entity.component}.{device.id}" + (f"_{entity.key}" if entity.name else "")
    return {"name": entity.name, "unique_id": f"{device.id}_{entity.key}", "default_entity_id": entity_id, **entity.config}


def _hardware(device: Device) -> dict[str, Any]:
    hardware: dict[str, Any] = {"identifiers": [device.id], "name": device.name, "manufacturer": device.maker, "model": device.model or device.name}
    return hardware | ({"suggested_area": device.area} if device.area else {})


def _availability(device: Device) -> dict[str, Any]:
    return {"availability": [{"topic": HOUSE_STATUS}, {"topic": status(device.id)}], "availability_mode": "all"}


def _written_out(config: Mapping[str, Any], device: Device) -> dict[str, Any]:
    """Topics without `~`."""
    return {key: base(device.id) + value[1:] if key.endswith("_topic") and str(value).startswith("~") else value for key, value in config.items()}


def _short(config: Mapping[str, Any]) -> dict[str, Any]:
    return {ABBREVIATIONS.get(key, key): value for key, value in config.items()}


def announcement(devices: Iterable[Device], prefix: str = "homeassistant") -> dict[str, str]:
    """Every discovery message of a house."""
    return {topic: payload for device in devices for topic, payload in messages(device, prefix).items()}
