"""The table of effects: what each Home Assistant service does to the state of one entity.

Rules of this file: every entry is a pure function (entity as it is, service data) -> Expected. Only concrete services stand here; toggles
and homeassistant.* are made concrete first (devices.effects.concrete). Data that makes no sense is read as if it were not there.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from devices.colors import hs_to_rgb, mired_to_kelvin, rgb_of, rgb_to_hs, xy_to_rgb
from devices.expected import Expected, number
from devices.home import Entity
from devices.lists import add_item, remove_item, update_item

Data = Mapping[str, Any]
Effect = Callable[[Entity, Data], Expected]

UNSEEN = Expected()
VOLUME_STEP = 0.1
SPEED_STEP = 25
HEATING_FIRST = ("heat", "heat_cool", "cool", "auto", "dry", "fan_only")


def _to(state: str, *also: str, besides: Data | None = None) -> Effect:
    """The service that leads to one state."""
    return lambda entity, data: Expected(state, frozenset(also), besides=besides or {})


def _sets(**attributes: str) -> Effect:
    """The service whose data become attributes, e.g. _sets(fan_mode="fan_mode")."""
    return lambda entity, data: Expected(attributes={name: data[key] for name, key in attributes.items() if data.get(key) is not None})


def _state_from(key: str) -> Effect:
    """The service whose data become the state (a select's option, a number's value)."""
    return lambda entity, data: Expected(written(data[key])) if data.get(key) is not None else UNSEEN


def written(value: object) -> str:
    """A value as a state: 21.0 -> "21", True -> "on"."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def clamped(value: float, low: float, high: float) -> float:
    return max(low, min(high, value))


# Lights


def _brightness(entity: Entity, data: Data) -> int | None:
    """The brightness asked for, 0-255."""
    now = number(entity.attributes.get("brightness")) or 0.0
    for key, absolute in (("brightness", 1.0), ("white", 1.0), ("brightness_pct", 2.55)):
        asked = number(data.get(key))
        if asked is not None:
            return round(clamped(asked * absolute, 0, 255))
    for key, relative in (("brightness_step", 1.0), ("brightness_step_pct", 2.55)):
        step = number(data.get(key))
        if step is not None:
            return round(clamped(now + round(step * relative), 0, 255))
    return None


def _kelvin(data: Data) -> int | None:
    kelvin = number(data.get("color_temp_kelvin")) or number(data.get("kelvin"))
    mireds = number(data.get("color_temp"))
    if kelvin:
        return round(kelvin)
    return mired_to_kelvin(mireds) if mireds else None


def _hue(data: Data) -> tuple[float, float] | None:
    """Hue and saturation of whatever colour was asked for."""
    named = rgb_of(str(data.get("color_name") or ""))
    if named is not None:
        return rgb_to_hs(named)
    hs, rgb, xy = _numbers(data.get("hs_color"), 2), _numbers(data.get("rgb_color"), 3), _numbers(data.get("xy_color"), 2)
    if hs:
        return hs[0], hs[1]
    if rgb:
        return rgb_to_hs((round(rgb[0]), round(rgb[1]), round(rgb[2])))
    return rgb_to_hs(xy_to_rgb(xy[0], xy[1])) if xy else None


def _numbers(value: object, count: int) -> tuple[float, ...] | None:
    if not isinstance(value, list | tuple) or len(value) != count:
        return None
    parsed = tuple(number(v) for v in value)
    return tuple(v for v in parsed if v is not None) if None not in parsed else None


def _light_on(entity: Entity, data: Data) -> Expected:
    level, kelvin, hue = _brightness(entity, data), _kelvin(data), _hue(data)
    if level == 0:
        return Expected("off")
    asked: dict[str, Any] = {} if level is None else {"brightness": level}
    besides: dict[str, Any] = {}
    if hue is not None:
        asked["hs_color"] = list(hue)
        besides = {"color_mode": "hs", "color_temp_kelvin": None, "rgb_color": list(_rgb(data, hue))}
    elif kelvin is not None:
        asked["color_temp_kelvin"] = kelvin
        besides = {"color_mode": "color_temp", "hs_color": None, "rgb_color": None}
    if data.get("effect") is not None:
        asked["effect"] = data["effect"]
    return Expected("on", attributes=asked, besides=besides)


def _rgb(data: Data, hue: tuple[float, float]) -> tuple[int, int, int]:
    from_name = rgb_of(str(data.get("color_name") or ""))
    given = _numbers(data.get("rgb_color"), 3)
    if given:
        return round(given[0]), round(given[1]), round(given[2])
    return from_name or hs_to_rgb(*hue)


# Fans


def _fan_on(entity: Entity, data: Data) -> Expected:
    speed, preset = number(data.get("percentage")), data.get("preset_mode")
    asked = {k: v for k, v in (("percentage", speed), ("preset_mode", preset)) if v is not None}
    if speed == 0:
        return Expected("off", attributes={"percentage": 0})
    before = number(entity.attributes.get("percentage"))
    return Expected("on", attributes=asked, besides={} if asked else {"percentage": before or 100})


def _speed(entity: Entity, data: Data) -> Expected:
    speed = number(data.get("percentage"))
    return UNSEEN if speed is None else Expected("on" if speed else "off", attributes={"percentage": clamped(speed, 0, 100)})


def _speed_by(sign: int) -> Effect:
    def effect(entity: Entity, data: Data) -> Expected:
        step = number(data.get("percentage_step")) or number(entity.attributes.get("percentage_step")) or SPEED_STEP
        speed = clamped((number(entity.attributes.get("percentage")) or 0) + sign * step, 0, 100)
        known = {"percentage": speed}
        return Expected("on" if speed > 0 else "off", attributes=known, travels=("percentage", 100.0 if sign > 0 else 0.0))

    return effect


# Climate


def _climate_on(entity: Entity, data: Data) -> Expected:
    modes = [str(m) for m in entity.attributes.get("hvac_modes") or ("heat",)]
    return Expected(next((m for m in HEATING_FIRST if m in modes), "heat"), frozenset(m for m in (*modes, *HEATING_FIRST) if m != "off"))


def _set_temperature(entity: Entity, data: Data) -> Expected:
    keys = ("temperature", "target_temp_high", "target_temp_low")
    mode = data.get("hvac_mode")
    return Expected(None if mode is None else str(mode), attributes={key: data[key] for key in keys if data.get(key) is not None})


def _heater_on(entity: Entity, data: Data) -> Expected:
    modes = [str(m) for m in entity.attributes.get("operation_list") or ("on",)]
    return Expected(next((m for m in modes if m != "off"), "on"), frozenset({*modes, "on", "heat", "eco", "electric", "performance"} - {"off"}))


# Covers and valves


def _travel(position: float, key: str = "current_position") -> Effect:
    """To a known place: 0 closed, 100 open."""

    def effect(entity: Entity, data: Data) -> Expected:
        return _moving_to(entity, position, key)

    return effect


def _moving_to(entity: Entity, position: float, key: str) -> Expected:
    at = number(entity.attributes.get(key))
    if at is None:
        at = 0.0 if entity.state == "closed" else 100.0 if entity.state == "open" else 100.0 - position
    under_way = {"opening"} if position > at else {"closing"} if position < at else set()
    return Expected("open" if position > 0 else "closed", frozenset(under_way), {key: round(position)}, travels=(key, position))


def _set_position(entity: Entity, data: Data) -> Expected:
    position = number(data.get("position"))
    return UNSEEN if position is None else _moving_to(entity, clamped(position, 0, 100), "current_position")


def _tilt(position: float | None = None) -> Effect:
    def effect(entity: Entity, data: Data) -> Expected:
        tilt = number(data.get("tilt_position")) if position is None else position
        return UNSEEN if tilt is None else Expected(attributes={"current_tilt_position": round(tilt)}, travels=("current_tilt_position", tilt))

    return effect


def _stopped(entity: Entity, data: Data) -> Expected:
    at = number(entity.attributes.get("current_position"))
    closed = at == 0 if at is not None else entity.state == "closed"
    return Expected("closed" if closed else "open", frozenset({"open", "closed", "stopped"}))


# Media players


def _play_media(entity: Entity, data: Data) -> Expected:
    title = data.get("media_content_id")
    besides = {"media_content_id": title, "media_title": title, "media_content_type": data.get("media_content_type")}
    return Expected("playing", frozenset({"buffering"}), besides=besides, moves=frozenset({"media_title", "media_content_id"}))


def _skip(by: int) -> Effect:
    def effect(entity: Entity, data: Data) -> Expected:
        track = (number(entity.attributes.get("media_track")) or 0) + by
        return Expected(besides={"media_track": int(track)}, moves=frozenset({"media_track", "media_title", "media_content_id", "media_position"}))

    return effect


def _volume_by(sign: int) -> Effect:
    def effect(entity: Entity, data: Data) -> Expected:
        level = round(clamped((number(entity.attributes.get("volume_level")) or 0.0) + sign * VOLUME_STEP, 0.0, 1.0), 4)
        return Expected(attributes={"volume_level": level}, travels=("volume_level", 1.0 if sign > 0 else 0.0))

    return effect


def _mute(entity: Entity, data: Data) -> Expected:
    return Expected(attributes={"is_volume_muted": bool(data.get("is_volume_muted", True))})


# Values


def _step(sign: int) -> Effect:
    """A number, input_number or counter by its own step, within its own range."""

    def effect(entity: Entity, data: Data) -> Expected:
        attributes = entity.attributes
        value = (number(entity.state) or 0.0) + sign * (number(data.get("amount")) or number(attributes.get("step")) or 1.0)
        low, high = number(attributes.get("min")), number(attributes.get("max"))
        return Expected(written(clamped(value, value if low is None else low, value if high is None else high)))

    return effect


def _reset(entity: Entity, data: Data) -> Expected:
    return Expected(written(number(entity.attributes.get("initial")) or 0.0))


def _option(by: int | None, at: int = 0) -> Effect:
    """The option `by` places further (cycling), or the one at a place."""

    def effect(entity: Entity, data: Data) -> Expected:
        options = [str(o) for o in entity.attributes.get("options") or ()]
        if not options:
            return UNSEEN
        if by is None:
            return Expected(options[at])
        here = options.index(entity.state) if entity.state in options else -1 if by > 0 else 0
        return Expected(options[(here + by) % len(options)])

    return effect


def _moment(entity: Entity, data: Data) -> Expected:
    told = [str(data[key]) for key in ("datetime", "date", "time") if data.get(key) is not None]
    return Expected(" ".join(told)) if told else UNSEEN


def _armed(mode: str) -> Effect:
    return _to(mode, "arming")


def _unseen(entity: Entity, data: Data) -> Expected:
    return UNSEEN


def _each(domains: str, effects: Mapping[str, Effect]) -> Iterable[tuple[str, Effect]]:
    return [(f"{domain}.{service}", effect) for domain in domains.split() for service, effect in effects.items()]


UNSEEN_SERVICES = (
    "scene.turn_on",
    "script.turn_on",
    "script.turn_off",
    "automation.trigger",
    "button.press",
    "input_button.press",
    "notify.send_message",
    "tts.speak",
    "remote.send_command",
    "update.install",
    "update.skip",
    "camera.snapshot",
    "camera.enable_motion_detection",
    "camera.disable_motion_detection",
    "assist_satellite.announce",
    "assist_satellite.start_conversation",
    "homeassistant.update_entity",
)
"""Services of which the entity shows nothing."""

EFFECTS: dict[str, Effect] = {
    "light.turn_on": _light_on,
    "light.turn_off": _to("off"),
    **dict(_each("switch input_boolean siren humidifier automation remote camera group", {"turn_on": _to("on"), "turn_off": _to("off")})),
    "humidifier.set_humidity": _sets(humidity="humidity"),
    "humidifier.set_mode": _sets(mode="mode"),
    "fan.turn_on": _fan_on,
    "fan.turn_off": _to("off"),
    "fan.set_percentage": _speed,
    "fan.increase_speed": _speed_by(1),
    "fan.decrease_speed": _speed_by(-1),
    "fan.set_preset_mode": _sets(preset_mode="preset_mode"),
    "fan.oscillate": _sets(oscillating="oscillating"),
    "fan.set_direction": _sets(direction="direction"),
    "climate.turn_on": _climate_on,
    "climate.turn_off": _to("off"),
    "climate.set_temperature": _set_temperature,
    "climate.set_hvac_mode": _state_from("hvac_mode"),
    "climate.set_fan_mode": _sets(fan_mode="fan_mode"),
    "climate.set_preset_mode": _sets(preset_mode="preset_mode"),
    "climate.set_swing_mode": _sets(swing_mode="swing_mode"),
    "climate.set_humidity": _sets(humidity="humidity"),
    "water_heater.turn_on": _heater_on,
    "water_heater.turn_off": _to("off"),
    "water_heater.set_temperature": _set_temperature,
    "water_heater.set_operation_mode": _state_from("operation_mode"),
    "water_heater.set_away_mode": _sets(away_mode="away_mode"),
    "cover.open_cover": _travel(100),
    "cover.close_cover": _travel(0),
    "cover.set_cover_position": _set_position,
    "cover.stop_cover": _stopped,
    "cover.open_cover_tilt": _tilt(100),
    "cover.close_cover_tilt": _tilt(0),
    "cover.set_cover_tilt_position": _tilt(),
    "cover.stop_cover_tilt": _unseen,
    "valve.open_valve": _travel(100),
    "valve.close_valve": _travel(0),
    "valve.set_valve_position": _set_position,
    "valve.stop_valve": _stopped,
    "lock.lock": _to("locked"),
    "lock.unlock": _to("unlocked", "open"),
    "lock.open": _to("unlocked", "open", "opening"),
    "media_player.turn_on": _to("on", "idle", "playing", "paused", "standby", "buffering"),
    "media_player.turn_off": _to("off", "standby"),
    "media_player.play_media": _play_media,
    "media_player.media_play": _to("playing", "buffering"),
    "media_player.media_pause": _to("paused", "idle"),
    "media_player.media_stop": _to("idle", "stopped", "off", "paused", "standby"),
    "media_player.media_next_track": _skip(1),
    "media_player.media_previous_track": _skip(-1),
    "media_player.volume_set": _sets(volume_level="volume_level"),
    "media_player.volume_up": _volume_by(1),
    "media_player.volume_down": _volume_by(-1),
    "media_player.volume_mute": _mute,
    "media_player.select_source": _sets(source="source"),
    "media_player.select_sound_mode": _sets(sound_mode="sound_mode"),
    "media_player.shuffle_set": _sets(shuffle="shuffle"),
    "media_player.repeat_set": _sets(repeat="repeat"),
    "media_player.media_seek": _sets(media_position="seek_position"),
    "media_player.clear_playlist": _unseen,
    "media_player.join": _unseen,
    "media_player.unjoin": _unseen,
    "vacuum.start": _to("cleaning"),
    "vacuum.pause": _to("paused", "idle"),
    "vacuum.stop": _to("idle", "paused"),
    "vacuum.return_to_base": _to("returning", "docked"),
    "vacuum.clean_spot": _to("cleaning"),
    "vacuum.clean_area": _to("cleaning"),
    "vacuum.locate": _unseen,
    "vacuum.send_command": _unseen,
    "vacuum.set_fan_speed": _sets(fan_speed="fan_speed"),
    "lawn_mower.start_mowing": _to("mowing"),
    "lawn_mower.pause": _to("paused"),
    "lawn_mower.dock": _to("returning", "docked"),
    "alarm_control_panel.alarm_arm_home": _armed("armed_home"),
    "alarm_control_panel.alarm_arm_away": _armed("armed_away"),
    "alarm_control_panel.alarm_arm_night": _armed("armed_night"),
    "alarm_control_panel.alarm_arm_vacation": _armed("armed_vacation"),
    "alarm_control_panel.alarm_arm_custom_bypass": _armed("armed_custom_bypass"),
    "alarm_control_panel.alarm_disarm": _to("disarmed"),
    "alarm_control_panel.alarm_trigger": _to("triggered", "pending"),
    **dict(_each("select input_select", {"select_option": _state_from("option"), "select_next": _option(1), "select_previous": _option(-1)})),
    **dict(_each("select input_select", {"select_first": _option(None), "select_last": _option(None, -1)})),
    **dict(_each("number input_number text input_text", {"set_value": _state_from("value")})),
    "date.set_value": _moment,
    "time.set_value": _moment,
    "datetime.set_value": _moment,
    "input_datetime.set_datetime": _moment,
    **dict(_each("input_number counter", {"increment": _step(1), "decrement": _step(-1)})),
    "counter.reset": _reset,
    "counter.set_value": _state_from("value"),
    "timer.start": _to("active"),
    "timer.pause": _to("paused"),
    "timer.cancel": _to("idle"),
    "timer.finish": _to("idle"),
    "todo.add_item": add_item,
    "todo.remove_item": remove_item,
    "todo.update_item": update_item,
    **dict.fromkeys(UNSEEN_SERVICES, _unseen),
}
"""Service -> its effect. A service that is not here is one that no entity of ours takes."""
