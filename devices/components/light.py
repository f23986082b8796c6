"""Lights: the three schemas of Home Assistant (default: a topic for each thing; json: one topic; template: one topic and templates)."""

from devices.announced import Announced
from devices.components import light_default, light_json, light_template
from devices.components.wire import Component

SCHEMAS = {"default": light_default.LIGHT, "basic": light_default.LIGHT, "json": light_json.LIGHT, "template": light_template.LIGHT}


def light_of(announced: Announced) -> Component:
    return SCHEMAS.get(announced.text("schema", "default"), light_default.LIGHT)
