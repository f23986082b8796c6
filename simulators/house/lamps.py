"""Lamps: switched, dimmed, white of any warmth, coloured; in Home Assistant's default schema or its JSON schema."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Annotated, Any, Literal, Self

from pydantic import Field

from simulators.house.thing import ON_OFF, Effects, Entity, PayloadError, Thing, choose, number, switch_word, unknown

Byte = Annotated[int, Field(ge=0, le=255)]
Kelvin = Annotated[int, Field(ge=1500, le=9000)]


@dataclass(frozen=True, slots=True)
class Lamp(Thing):
    """`kelvin` is the range of whites it can make, None where it has one white. Brightness is 1-255 and outlives being off."""

    schema: Literal["default", "json"] = "default"
    dims: bool = False
    kelvin: tuple[Kelvin, Kelvin] | None = None
    colors: bool = False
    watts: float = 9.0
    on: bool = False
    brightness: Annotated[int, Field(ge=1, le=255)] = 255
    white: Kelvin = 2700
    rgb: tuple[Byte, Byte, Byte] = (255, 255, 255)
    colored: bool = False
    """The colour shows, not the white."""

    def entities(self) -> tuple[Entity, ...]:
        return (Entity("light", "light", self._json_config() if self.schema == "json" else self._default_config()),)

    def reports(self) -> Mapping[str, str]:
        if self.schema == "json":
            return {"light": json.dumps(self._json_state())}
        told = {"power": switch_word(self.on)}
        if self.dims:
            told["brightness"] = str(self.brightness)
        if self.kelvin:
            told["white"] = str(self.white)
        if self.colors:
            told["rgb"] = ",".join(map(str, self.rgb))
        if self.kelvin and self.colors:
            told["color_mode"] = self._mode()
        return told

    def obey(self, command: str, payload: str, luck: Random) -> Self:
        match command:
            case "light" if self.schema == "json":
                return self._obey_json(payload)
            case "power" if self.schema == "default":
                return replace(self, on=choose(payload, ON_OFF))
            case "brightness" if self.schema == "default" and self.dims:
                return replace(self, **self._dimmed(payload))
            case "white" if self.schema == "default" and self.kelvin:
                return replace(self, on=True, white=self._kelvin(payload), colored=False)
            case "rgb" if self.schema == "default" and self.colors:
                return replace(self, on=True, rgb=_rgb(payload.split(",")), colored=True)
        raise unknown(command)

    def effects(self) -> Effects:
        return Effects(watts=self.watts * (self.brightness / 255 if self.dims else 1)) if self.on else Effects()

    def _mode(self) -> str:
        if self.colors and (self.colored or not self.kelvin):
            return "rgb"
        return "color_temp" if self.kelvin else "brightness" if self.dims else "onoff"

    def _kelvin(self, payload: Any) -> int:
        low, high = self.kelvin or (0, 0)
        return round(number(payload, low, high))

    def _dimmed(self, payload: Any) -> dict[str, Any]:
        level = round(number(payload, 0, 255))
        return {"on": True, "brightness": level} if level else {"on": False}

    def _json_state(self) -> dict[str, Any]:
        mode = self._mode()
        state: dict[str, Any] = {"state": switch_word(self.on), "color_mode": mode}
        if self.dims:
            state["brightness"] = self.brightness
        if mode == "color_temp":
            state["color_temp"] = self.white
        if mode == "rgb":
            state["color"] = dict(zip("rgb", self.rgb, strict=True))
        return state

    def _obey_json(self, payload: str) -> Self:
        try:
            asked = json.loads(payload)
        except json.JSONDecodeError:
            raise PayloadError(f"'{payload}' is no JSON") from None
        if not isinstance(asked, dict) or not set(asked) & {"state", "brightness", "color_temp", "color"}:
            raise PayloadError(f"'{payload}' asks for nothing that this lamp knows")
        lamp = replace(self, on=choose(str(asked.get("state", "ON")), ON_OFF))
        if lamp.on and "brightness" in asked and self.dims:
            lamp = replace(lamp, **self._dimmed(asked["brightness"]))
        if "color_temp" in asked and self.kelvin:
            lamp = replace(lamp, white=self._kelvin(asked["color_temp"]), colored=False)
        if "color" in asked and self.colors:
            lamp = replace(lamp, rgb=_rgb(_channels(asked["color"])), colored=True)
        return lamp

    def _json_config(self) -> dict[str, Any]:
        config: dict[str, Any] = {"schema": "json", "command_topic": "~/light/set", "state_topic": "~/light", "brightness": self.dims}
        modes = [mode for mode, has in (("color_temp", self.kelvin), ("rgb", self.colors)) if has]
        if modes:
            config["supported_color_modes"] = modes
        return config | self._kelvin_config()

    def _kelvin_config(self) -> dict[str, Any]:
        return {"color_temp_kelvin": True, "min_kelvin": self.kelvin[0], "max_kelvin": self.kelvin[1]} if self.kelvin else {}

    def _default_config(self) -> dict[str, Any]:
        config: dict[str, Any] = {"command_topic": "~/power/set", "state_topic": "~/power"}
        if self.dims:
            config |= {"brightness_command_topic": "~/brightness/set", "brightness_state_topic": "~/brightness"}
        if self.kelvin:
            config |= {"color_temp_command_topic": "~/white/set", "color_temp_state_topic": "~/white"} | self._kelvin_config()
        if self.colors:
            config |= {"rgb_command_topic": "~/rgb/set", "rgb_state_topic": "~/rgb"}
        if self.kelvin and self.colors:
            config["color_mode_state_topic"] = "~/color_mode"
        return config


def _channels(color: Any) -> list[Any]:
    if not isinstance(color, dict) or not {"r", "g", "b"} <= set(color):
        raise PayloadError(f"'{color}' is no colour with r, g and b")
    return [color[channel] for channel in "rgb"]


def _rgb(channels: list[Any]) -> tuple[int, int, int]:
    if len(channels) != 3:
        raise PayloadError("a colour has three parts")
    red, green, blue = (round(number(channel, 0, 255)) for channel in channels)
    return red, green, blue
