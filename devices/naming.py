"""What an announcement calls itself: names, ids, hardware and room, by Home Assistant's rules."""

import re
import unicodedata
from typing import Any

from devices.announced import Announced, payload_text
from devices.home import Hardware

NAMELESS = frozenset({"sensor", "binary_sensor", "number", "select", "button", "text", "event"})
"""Components that, without a name, are called after their device class: one device has many of them."""


def slug(text: str) -> str:
    """ "Küche Lampe 2" -> "kuche_lampe_2"; "" where nothing is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def own_name(announced: Announced) -> str:
    """What the entity itself is called beside its device; "" where it is the device's main thing."""
    if "name" in announced.values:
        return announced.text("name").strip()
    if announced.component in NAMELESS and announced.has("device_class"):
        return announced.text("device_class").replace("_", " ").capitalize()
    return ""


def device_name(announced: Announced) -> str:
    name = announced.device.get("name")
    return name.strip() if isinstance(name, str) else ""


def name_of(announced: Announced) -> str:
    """The full name: device and entity, without saying the device twice."""
    device, own = device_name(announced), own_name(announced)
    if not device or not own:
        return own or device or announced.text("object_id", announced.part or _last(announced)).replace("_", " ")
    if own.casefold().startswith(device.casefold()):
        return own
    return f"{device} {own}"


def _last(announced: Announced) -> str:
    """The object id of the topic."""
    return announced.topic.split("/")[-2]


def object_id_of(announced: Announced) -> str:
    """What comes after the dot of the entity id, before it is made unique."""
    wanted = announced.text("default_entity_id").rpartition(".")[2] or announced.text("object_id")
    if announced.component == "media_player":  # by its convention the topic holds its unique id
        wanted = wanted or _last(announced)
    return slug(wanted) or slug(name_of(announced)) or slug(announced.part or _last(announced)) or "thing"


def model_of(announced: Announced) -> str:
    told = (announced.device.get(key) for key in ("manufacturer", "model"))
    return " ".join(part for part in told if isinstance(part, str))


def hardware_of(announced: Announced) -> Hardware | None:
    """The device it belongs to, without its room; None where it names none."""
    device_id = _identifier(announced.device)
    if not device_id:
        return None
    return Hardware(device_id, device_name(announced) or model_of(announced) or device_id)


def suggested_area(announced: Announced) -> str:
    """The name of the room the device says it is in."""
    area = announced.device.get("suggested_area")
    return area.strip() if isinstance(area, str) else ""


def _identifier(device: Any) -> str:
    """The first identifier, else the first connection."""
    for key in ("identifiers", "connections"):
        told = device.get(key)
        first = told[0] if isinstance(told, list) and told else told
        if isinstance(first, list):
            first = "_".join(payload_text(part) for part in first if isinstance(part, str | int))
        if isinstance(first, str | int) and not isinstance(first, bool) and str(first):
            return str(first)
    return ""
