"""The table of devices for docs/simulated-home.md, made from a plan."""

from collections.abc import Mapping

from simulators.house.plan import Device, Plan

BEGIN = "<!-- devices: made by `python -m simulators.house --table` -->"
END = "<!-- end of devices -->"


def table(plan: Plan) -> str:
    """Markdown between BEGIN and END: every device with its entities, commands and what can be set by hand."""
    head = "| device | room | name | entities | announced as | set by hand |\n|---|---|---|---|---|---|"
    rows = [_row(device) for device in plan.devices]
    return "\n".join((BEGIN, f"{len(rows)} devices, {sum(len(device.entity_ids) for device in plan.devices)} entities.", "", head, *rows, END))


def _row(device: Device) -> str:
    entities = ", ".join(f"`{entity}`" for entity in device.entity_ids)
    settable = ", ".join(f"`{field}`" for field in SETTABLE[device.kind])
    return "| " + " | ".join((f"`{device.id}`", device.area or "", device.name, entities, device.discovery, settable)) + " |"


SETTABLE: Mapping[str, tuple[str, ...]] = {
    "lamp": ("on", "brightness", "white", "rgb", "colored"),
    "plug": ("on",),
    "appliance": ("on", "elapsed", "done", "program"),
    "oven": ("mode", "target", "current"),
    "thermostat": ("mode", "target"),
    "fan": ("on", "speed"),
    "humidifier": ("on", "target"),
    "cover": ("position", "goal", "jammed"),
    "lock": ("locked", "stuck", "jammed", "jam_chance", "battery"),
    "player": ("state", "volume", "muted"),
    "vacuum": ("state", "battery", "fan_speed", "stuck"),
    "room_sensor": ("battery",),
    "motion": ("moving",),
    "contact": ("open", "battery"),
    "fridge": ("temperature", "open"),
    "meter": ("energy",),
    "alarm": ("state", "armed"),
    "scene": (),
}
"""Kind of thing -> the fields of its state that a person may want to set by hand; any other field can be set too."""
