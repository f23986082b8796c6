"""Reading announcements: Home Assistant's MQTT discovery, single and bundled, and the media players of docs/media-players-over-mqtt.md.

`read_announcement` is a pure function of topic and payload. What is wrong is an AnnouncementError whose message names what and where.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from devices.abbreviations import DEVICE_KEYS, KEYS
from devices.announced import Announced

LARGEST = 1_048_576
"""Bytes of an announcement."""
BUNDLE = "device"
SILENT = frozenset({"device_automation", "tag", "camera", "image", "event", "update"})
"""Components that are none of the entities a person commands or asks about by voice, and are passed over."""

_ID = r"[a-zA-Z0-9_-]+"


class AnnouncementError(Exception):
    """The announcement is broken: a few words that say what is wrong."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """All that one topic announces now; nothing, where its payload is empty."""

    topic: str
    parts: tuple[Announced, ...]
    ignored: tuple[str, ...] = ()
    """What of it could not be read, in a few words each."""


def patterns(prefix: str) -> tuple[str, ...]:
    """The topics to subscribe to for announcements."""
    return f"{prefix}/+/+/config", f"{prefix}/+/+/+/config"


def component_of(prefix: str, topic: str) -> str | None:
    """The component of an announcement's topic ("device" for a bundle); None where it is no such topic."""
    match = re.fullmatch(rf"{re.escape(prefix)}/({_ID})/(?:{_ID}/)?{_ID}/config", topic)
    return match[1] if match else None


def read_announcement(component: str, topic: str, payload: bytes) -> Announcement:
    """What a topic announces. Raises AnnouncementError."""
    if not payload:
        return Announcement(topic, ())
    message = _json(payload)
    if component == BUNDLE:
        return _bundle(topic, message)
    values = expanded(message)
    return Announcement(topic, () if component in SILENT else (Announced(topic, component, "", values, _device(values)),))


def _json(payload: bytes) -> dict[str, Any]:
    if len(payload) > LARGEST:
        raise AnnouncementError(f"it has {len(payload)} bytes, more than {LARGEST}")
    try:
        message = json.loads(payload.decode())
    except UnicodeDecodeError as error:
        raise AnnouncementError(f"it is not UTF-8 (byte {error.start})") from error
    except (ValueError, RecursionError) as error:
        raise AnnouncementError(f"it is not JSON ({str(error)[:80] or 'too deep'})") from error
    if not isinstance(message, dict):
        raise AnnouncementError(f"it is {_kind(message)} and should be an object")
    return message


def _kind(value: object) -> str:
    names = {list: "a list", str: "a text", bool: "a boolean", int: "a number", float: "a number"}
    return names.get(type(value), "null" if value is None else "an object")


def _bundle(topic: str, message: Mapping[str, Any]) -> Announcement:
    shared = expanded(message)
    components = shared.get("components")
    if not isinstance(components, dict):
        raise AnnouncementError("its components (cmps) are missing")
    device = _device(shared)
    inherited = {key: value for key, value in shared.items() if key not in ("components", "device", "origin")}
    parts, ignored = [], []
    for part, raw in components.items():
        if not isinstance(raw, dict):
            ignored.append(f"component {part} is {_kind(raw)}")
            continue
        values = {**inherited, **expanded(raw, message.get("~"))}
        component = values.get("platform")
        if not isinstance(component, str):
            ignored.append(f"component {part} has no platform (p)")
        elif component not in SILENT and len(raw) > 1:  # a platform alone: the component was removed
            parts.append(Announced(topic, component, str(part), values, device))
    return Announcement(topic, tuple(parts), tuple(ignored))


def expanded(message: Mapping[str, Any], base: object = None) -> dict[str, Any]:
    """Long keys, and "~" filled in at the start or end of topics."""
    base = message.get("~", base)
    values = {KEYS.get(key, key): value for key, value in message.items() if key != "~"}
    for key, value in values.items():
        if isinstance(value, str) and isinstance(base, str) and (key.endswith("_topic") or key == "topic"):
            values[key] = _based(value, base)
    availability = values.get("availability")
    if isinstance(availability, dict):
        values["availability"] = [expanded(availability, base)]
    elif isinstance(availability, list):
        values["availability"] = [expanded(a, base) for a in availability if isinstance(a, dict)]
    return values


def _based(topic: str, base: str) -> str:
    if topic.startswith("~"):
        return base + topic[1:]
    return topic[:-1] + base if topic.endswith("~") else topic


def _device(values: Mapping[str, Any]) -> dict[str, Any]:
    raw = values.get("device")
    return {DEVICE_KEYS.get(str(key), str(key)): value for key, value in raw.items()} if isinstance(raw, dict) else {}
