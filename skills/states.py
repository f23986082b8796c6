"""What states mean: which words a state answers to, and how a thing's state is told."""

from collections.abc import Callable

from agent import words
from agent.words import domain_of
from devices.effects import number
from devices.home import Entity
from devices.kinds import is_on
from devices.lists import NEEDED, items_of

BINARY: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("door", "window", "garage_door", "opening"), ("open", "closed")),
    "lock": ("unlocked", "locked"),
    **dict.fromkeys(("motion", "moving", "smoke", "gas", "carbon_monoxide", "sound", "vibration"), ("detected", "clear")),
    "occupancy": ("occupied", "clear"),
    "presence": ("home", "not_home"),
    "moisture": ("wet", "dry_sensor"),
    "battery": ("low", "ok"),
    "battery_charging": ("charging", "not_charging"),
    "plug": ("plugged", "unplugged"),
    "power": ("powered", "without_power"),
    "connectivity": ("connected", "disconnected"),
    "problem": ("problem", "ok"),
    "tamper": ("problem", "ok"),
    "safety": ("unsafe", "safe"),
    "running": ("running", "not_running"),
    "update": ("update", "current"),
    "light": ("bright", "dark"),
    "cold": ("cold", "ok"),
    "heat": ("hot", "ok"),
}
"""Device class of a binary sensor -> what on and off mean."""

SAME: dict[str, str] = {
    "opened": "open",
    "shut": "closed",
    "close": "closed",
    "active": "on",
    "activated": "on",
    "enabled": "on",
    "powered": "on",
    "working": "on",
    "inactive": "off",
    "disabled": "off",
    "away": "not_home",
    "at_home": "home",
    "present": "home",
    "gone": "not_home",
    "triggered": "on",
    "dry": "dry_sensor",
    "plugged_in": "plugged",
    "normal": "ok",
    "fine": "ok",
    "secure": "locked",
    "secured": "locked",
    "armed": "armed_away",
    "muted": "muted",
}
"""Other words for a state -> the state."""

ALSO: dict[str, tuple[str, ...]] = {
    "opening": ("open",),
    "unlocking": ("unlocked",),
    "locking": ("locked",),
    "heat": ("heating",),
    "cool": ("cooling",),
    "cleaning": ("running", "vacuuming"),
    "mowing": ("running",),
    "docked": ("home", "charging"),
    "armed_home": ("armed_away",),
    "armed_night": ("armed_away",),
    "buffering": ("playing",),
    "unlocked": ("open",),
    "locked": ("closed",),
}
"""State -> other states it counts as."""

TWO_SIDED = frozenset({"binary_sensor", "cover", "valve", "lock", "person", "device_tracker", "sensor", "weather"})
"""Domains whose on and off are not told by devices.kinds.is_on."""


def known(entity: Entity) -> bool:
    return entity.state not in ("unknown", "unavailable", "", "None")


def is_in(entity: Entity, wanted: str) -> bool:
    """The entity is in the state that was asked about."""
    asked = wanted.casefold().strip().replace(" ", "_")
    return bool({asked, SAME.get(asked, asked)} & _answers_to(entity))


def _answers_to(entity: Entity) -> frozenset[str]:
    """All words that are true of its state."""
    state, domain = entity.state.casefold().replace(" ", "_"), domain_of(entity)
    found = {state, *ALSO.get(state, ())}
    if domain == "binary_sensor":
        sides = BINARY.get(entity.device_class or "")
        found.add(sides[state != "on"] if sides and state in ("on", "off") else state)
    elif domain in ("cover", "valve"):
        found.add("on" if "open" in found else "off" if state in ("closed", "closing") else state)
    elif domain in ("person", "device_tracker") and state != "home":
        found.add("not_home")
    elif domain not in TWO_SIDED and known(entity):
        found.add("on" if is_on(entity) else "off")
    action = str(entity.attributes.get("hvac_action") or "")
    return frozenset({*found, action, *(("muted",) if entity.attributes.get("is_volume_muted") is True else ())})


def state_of(entity: Entity) -> str:
    """The state in a word or two, after "is"."""
    sides = BINARY.get(entity.device_class or "") if domain_of(entity) == "binary_sensor" else None
    if domain_of(entity) in ("person", "device_tracker") and entity.state not in ("home", "not_home"):
        return words.say("zone", state=entity.state)
    state = sides[entity.state != "on"] if sides and entity.state in ("on", "off") else entity.state
    return words.state_word(state)


def told(entity: Entity) -> str:
    """A sentence about the entity's state, with what is worth knowing of it."""
    if not known(entity):
        key = "unreachable" if entity.state == "unavailable" else "state.unknown"
        return words.say(key, what=words.the(entity), **words.forms(words.are_several([entity])))
    if domain_of(entity) in ("person", "device_tracker"):
        key = {"home": "person.home", "not_home": "person.away"}.get(entity.state, "person.zone")
        return words.say(key, what=words.the(entity), state=entity.state, **words.forms(several=False))
    if domain_of(entity) == "todo":
        amount = sum(item.get("status", NEEDED) == NEEDED for item in items_of(entity)) or int(number(entity.state) or 0)
        return words.say("list.count", what=words.the(entity), count=words.count(amount, "item"), **words.forms(several=False))
    more = DETAILS.get(domain_of(entity), state_of)
    return words.say("state", what=words.the(entity), state=more(entity), **words.forms(words.are_several([entity])))


def measured(entity: Entity) -> str:
    """A sensor's value with its unit: "42 °F", "45%", "open"."""
    told_number = number(entity.state)
    unit = str(entity.attributes.get("unit_of_measurement") or entity.attributes.get("native_unit_of_measurement") or "")
    if told_number is None:
        return words.state_word(entity.state)
    return f"{words.number(told_number)}{'' if unit in ('%', '°') else ' '}{unit}".strip()


def _light(light: Entity) -> str:
    if light.state != "on":
        return state_of(light)
    bright = number(light.attributes.get("brightness"))
    color = str(light.attributes.get("color_name") or "")
    kelvin = number(light.attributes.get("color_temp_kelvin")) if light.attributes.get("color_mode") == "color_temp" else None
    color = color or (words.kelvin_name(int(kelvin)) if kelvin else "")
    on = f"{state_of(light)}, {color}," if color else state_of(light)
    return words.LANGUAGE.REPLIES["at_percent"].format(state=on, percent=round(bright / 2.55)) if bright is not None else on.rstrip(",")


def _climate(thing: Entity) -> str:
    now, target = number(thing.attributes.get("current_temperature")), number(thing.attributes.get("temperature"))
    if thing.state == "off":
        target = None
    key = (
        "climate.at" if now is not None and target is not None else "climate.now" if now is not None else "climate.set" if target is not None else ""
    )
    action = str(thing.attributes.get("hvac_action") or "")
    state = words.state_word(action) if action and action not in ("idle", "off") else state_of(thing)
    return words.say(key, state=state, target=target or 0, current=now or 0) if key else state


def _player(player: Entity) -> str:
    title, artist = player.attributes.get("media_title"), player.attributes.get("media_artist")
    state = state_of(player)
    if player.state == "playing" and title:
        state = words.say("player.by" if artist else "player.title", title=title, artist=artist)
    volume = number(player.attributes.get("volume_level"))
    return (
        state
        if volume is None or player.state == "off"
        else f"{words.LANGUAGE.REPLIES['at_percent'].format(state=state, percent=round(volume * 100))} volume"
    )


def _fan(fan: Entity) -> str:
    speed = number(fan.attributes.get("percentage"))
    return words.LANGUAGE.REPLIES["at_percent"].format(state=state_of(fan), percent=round(speed)) if fan.state == "on" and speed else state_of(fan)


def _cover(cover: Entity) -> str:
    at = number(cover.attributes.get("current_position"))
    state = state_of(cover)
    return words.LANGUAGE.REPLIES["at_percent"].format(state=state, percent=round(at)) if at is not None and 0 < at < 100 else state


def _vacuum(robot: Entity) -> str:
    battery = number(robot.attributes.get("battery_level"))
    return state_of(robot) if battery is None else words.say("vacuum.battery", state=state_of(robot), battery=battery)


DETAILS: dict[str, Callable[[Entity], str]] = {
    "light": _light,
    "climate": _climate,
    "water_heater": _climate,
    "media_player": _player,
    "fan": _fan,
    "cover": _cover,
    "valve": _cover,
    "vacuum": _vacuum,
    "sensor": measured,
    "number": measured,
    "input_number": measured,
}
"""Domain -> what follows "is"."""
