"""Warmth: heating, cooling, the oven and other things with a set-point; fan and operation modes; humidifiers; how warm it is."""

from collections.abc import Callable

from agent import words
from agent.records import Context, Plan, Resolution
from agent.stages import Phrase, Skill
from agent.understand.numbers import numbers_in
from agent.wording import is_mood
from agent.words import domain_of
from devices import heat
from devices.effects import number
from devices.home import Entity
from devices.kinds import kind_of, temperature_range
from skills.plans import Step, act, act_each, answer, ask, cannot, decline, options, rounded, slot_number, slot_text, targets
from skills.tastes import liked_degrees

HEATED = ("climate", "water_heater")
NUMBERS = ("number", "input_number")
"""A set-point may be a number of its own (an oven that is only half known to Home Assistant)."""
STEP = 1.0
STEP_OF_HOT = 10.0
"""How many degrees "warmer" is, of a room and of an oven."""
HUMIDITY_STEP = 10.0


def set_temperature(resolution: Resolution, context: Context) -> Plan:
    """Slots: temperature as said, temperature_unit ("celsius", "fahrenheit") where it was said. Out of the thing's range: refused with the range."""
    asked = slot_number(resolution, "temperature")
    if asked is None and slot_text(resolution, "usual"):
        return _usual(resolution, context)
    if asked is None:
        return relative_temperature(resolution, context)
    return _set_each(resolution, context, lambda entity: _converted(asked, slot_text(resolution, "temperature_unit"), entity))


def _usual(resolution: Resolution, context: Context) -> Plan:
    """ "Make it cosy", "set the heating": as who speaks told to like it, else it is asked for."""
    things = targets(resolution, context, *HEATED)
    liked = {entity.entity_id: liked_degrees(entity, context) for entity in things}
    told = next(iter(numbers_in(slot_text(resolution, "temperature"))), None)
    if told is not None:
        return _set_each(resolution, context, lambda _: float(told))
    if not things or None in liked.values():
        return ask("temperature", words.say("warmth.ask")) if things else cannot(resolution, context)
    return _set_each(resolution, context, lambda entity: liked[entity.entity_id] or 0.0, "heat")


def _towards(entity: Entity, step: str, context: Context) -> float:
    """As who speaks told to like it, where that lies in the direction asked for; else a step."""
    liked, now = liked_degrees(entity, context), _setpoint(entity)
    if liked is not None and now is not None and (liked > now if step == "up" else liked < now):
        return liked
    return _moved(entity, step)


def relative_temperature(resolution: Resolution, context: Context) -> Plan:
    """Slots: temperature_step ("up", "down" or degrees). The set-point moves from where it is, at most to the end of its range.

    "I'm cold" and "heat the bedroom" tell how it shall be, not by how much: it moves to what who speaks is known to like.
    """
    step = slot_text(resolution, "temperature_step") or "up"
    if any(_setpoint(entity) is None for entity in targets(resolution, context, *HEATED, *NUMBERS)):
        unknown = [entity for entity in targets(resolution, context, *HEATED, *NUMBERS) if _setpoint(entity) is None]
        return decline(words.say("no_setpoint", what=words.listed(unknown), **words.forms(words.are_several(unknown))))
    felt = step in ("up", "down") and (bool(slot_text(resolution, "usual")) or is_mood(context.text))
    value = (lambda entity: _towards(entity, step, context)) if felt else (lambda entity: _moved(entity, step))
    return _set_each(resolution, context, value, "cool" if step == "down" or step.startswith("-") else "heat")


def _set_each(resolution: Resolution, context: Context, value: Callable[[Entity], float], mode: str = "") -> Plan:
    """`mode`: what a thing that is off is turned to, where it can be, so that it does something about it."""
    things = targets(resolution, context, *HEATED, *NUMBERS)
    wanted = [(entity, value(entity)) for entity in things]
    refused = [entity for entity, degrees in wanted if not _takes(entity, degrees)]
    if refused:
        return decline(_range_words(refused[0]))
    return act([_step(entity, degrees, mode) for entity, degrees in wanted], context) if wanted else cannot(resolution, context)


def _step(entity: Entity, degrees: float, mode: str) -> Step:
    """Setting an oven that is off starts it: that is what is meant, and what its risk is about."""
    mode = mode or ("heat" if entity.kind == "oven" else "")
    domain = domain_of(entity)
    if domain in NUMBERS:
        return entity.entity_id, f"{domain}.set_value", {"value": rounded(degrees)}
    data: dict[str, object] = {"temperature": rounded(degrees)}
    if domain == "climate" and entity.state == "off" and mode in options(entity, "hvac_modes"):
        data["hvac_mode"] = mode
    return entity.entity_id, f"{domain}.set_temperature", data


def _limits(entity: Entity) -> tuple[float, float] | None:
    """What it can be set to, as it tells itself or as its kind makes plausible."""
    low, high = number(entity.attributes.get("min")), number(entity.attributes.get("max"))
    if domain_of(entity) in NUMBERS and low is not None and high is not None:
        return low, high
    told = entity.attributes.get("min_temp") is not None and entity.attributes.get("max_temp") is not None
    return temperature_range(entity) if told else None


def _takes(entity: Entity, degrees: float) -> bool:
    limits = _limits(entity)
    return limits is None or limits[0] <= degrees <= limits[1]


def _range_words(entity: Entity) -> str:
    low, high = _limits(entity) or (0.0, 0.0)
    return words.say("range", what=words.the(entity), low=low, high=high, unit="degrees")


def _is_fahrenheit(entity: Entity) -> bool:
    unit = entity.attributes.get("temperature_unit") or entity.attributes.get("unit_of_measurement") or ""
    return str(unit).upper().endswith("F")


def _converted(degrees: float, said_unit: str, entity: Entity) -> float:
    """The degrees in the entity's own unit, where another was said and the entity tells its own."""
    unit_told = bool(entity.attributes.get("temperature_unit") or entity.attributes.get("unit_of_measurement"))
    said_fahrenheit = said_unit.casefold().startswith("f")
    if not said_unit or not unit_told or said_fahrenheit == _is_fahrenheit(entity):
        return degrees
    return round((degrees - 32) / 1.8, 1) if said_fahrenheit else round(degrees * 1.8 + 32)


def _setpoint(entity: Entity) -> float | None:
    if domain_of(entity) in NUMBERS:
        return number(entity.state)
    told = number(entity.attributes.get("temperature"))
    return number(entity.attributes.get("current_temperature")) if told is None else told


def _moved(entity: Entity, step: str) -> float:
    least = STEP_OF_HOT if entity.kind in heat.HOT else STEP
    size = max(number(entity.attributes.get("target_temp_step")) or least, least)
    by = number(step)
    moved = (_setpoint(entity) or 0.0) + (by if by is not None else size * (-1 if step == "down" else 1))
    limits = _limits(entity)
    return min(max(moved, limits[0]), limits[1]) if limits else moved


def get_temperature(resolution: Resolution, context: Context) -> Plan:
    """An appliance by its name; rooms by theirs: "The oven is at 180 degrees." "It's 21 degrees in the living room." """
    things = targets(resolution, context)
    told = [(entity, degrees) for entity in things if (degrees := degrees_of(entity)) is not None]
    if not told:
        silent = [entity for entity in things if not entity.available]
        key = "unreachable" if silent else "temperature.unknown"
        return answer(words.say(key, what=words.listed(silent), **words.forms(words.are_several(silent))), about=things)
    return answer(_temperature_words(told, resolution, context), about=[entity for entity, _ in told])


def degrees_of(entity: Entity) -> float | None:
    """How warm it is there: measured, in the entity's own unit."""
    for key in ("current_temperature", *(("temperature",) if domain_of(entity) == "weather" else ()), "native_value"):
        if (told := number(entity.attributes.get(key))) is not None:
            return told
    return number(entity.state) if domain_of(entity) in ("sensor", "climate", *NUMBERS) else None


def _temperature_words(told: list[tuple[Entity, float]], resolution: Resolution, context: Context) -> str:
    named = [(entity, degrees) for entity, degrees in told if _by_name(entity, resolution, context)]
    if named:
        return " ".join(_thing_words(entity, degrees) for entity, degrees in named)
    if len(told) == 1:
        entity, degrees = told[0]
        where = words.place(context.home, context.home.area_of(entity))
        return words.say("temperature.place", value=degrees, place=where).replace(" .", ".")
    pieces = [words.say("temperature.one_place", value=degrees, place=_where(entity, context)) for entity, degrees in told]
    return words.say("temperature.places", list=words.join(pieces))


def _where(entity: Entity, context: Context) -> str:
    return words.place(context.home, context.home.area_of(entity)) or f"({words.the(entity)})"


def _by_name(entity: Entity, resolution: Resolution, context: Context) -> bool:
    """It is the thing's own temperature, not its room's: an oven, or a thing asked for by name."""
    kind = kind_of(entity)
    appliance = kind is not None and kind.name not in ("thermostat", "radiator", "temperature_sensor", "sensor", "air_conditioner", "weather")
    return appliance or bool(resolution.slots.get("name") or heat.named_for(entity, context.home)) or not context.home.area_of(entity)


def _thing_words(entity: Entity, degrees: float) -> str:
    target = number(entity.attributes.get("temperature")) if domain_of(entity) in HEATED and entity.state != "off" else None
    key = "temperature.thing" if target is None or target == degrees else "temperature.target"
    return words.say(key, what=words.the(entity), value=degrees, target=target or 0, **words.forms(words.are_several([entity])))


def set_hvac_mode(resolution: Resolution, context: Context) -> Plan:
    """Slots: hvac_mode (heat, cool, auto, heat_cool, dry, fan_only, off)."""
    return _mode(resolution, context, ("climate",), "hvac_mode", "hvac_modes", "set_hvac_mode")


def set_fan_mode(resolution: Resolution, context: Context) -> Plan:
    """Slots: fan_mode, one of the thing's own."""
    return _mode(resolution, context, ("climate",), "fan_mode", "fan_modes", "set_fan_mode")


def set_humidifier_mode(resolution: Resolution, context: Context) -> Plan:
    """Slots: mode, one of the thing's own."""
    return _mode(resolution, context, ("humidifier",), "mode", "available_modes", "set_mode")


def _mode(resolution: Resolution, context: Context, domains: tuple[str, ...], slot: str, listed_in: str, service: str) -> Plan:
    """A mode that the thing lists; another is refused with the list."""
    mode = slot_text(resolution, slot).casefold().replace(" ", "_")
    things = targets(resolution, context, *domains)
    able = [entity for entity in things if not options(entity, listed_in) or mode in options(entity, listed_in)]
    if things and not able:
        return decline(words.say("modes", what=words.the(things[0]), modes=words.modes_word(options(things[0], listed_in))))
    return act_each(resolution, context, domains, lambda e: (e.entity_id, f"{domain_of(e)}.{service}", {slot: mode}) if e in able else None)


def set_humidity(resolution: Resolution, context: Context) -> Plan:
    """Slots: humidity in per cent. Out of the thing's range: refused with the range."""
    asked = slot_number(resolution, "humidity")
    things = targets(resolution, context, "humidifier", "climate")
    if asked is None or not things:
        return cannot(resolution, context)
    for entity in things:
        low, high = number(entity.attributes.get("min_humidity")), number(entity.attributes.get("max_humidity"))
        if asked < (low or 0) or asked > (100 if high is None else high):
            return decline(words.say("range", what=words.the(entity), low=low or 0, high=100 if high is None else high, unit="percent"))
    return act([(e.entity_id, f"{domain_of(e)}.set_humidity", {"humidity": rounded(asked)}) for e in things], context)


UP = {"temperature_step": "up"}
DOWN = {"temperature_step": "down"}
USUAL = {"usual": "yes"}
"""As who speaks likes it, where that is known."""
HOT = ("climate", "water_heater", "oven")
WARM = (*HOT, "sensor", "number", "input_number", "weather", "switch", "media_player", "light", "binary_sensor", "fan", "cover", "lock", "humidifier")
"""What may be asked how warm it is, by its name: whatever has a name. "It" is the place, not the thing."""
CLIMATE = {"domain": "climate"}
HEATING = {"kind": ["thermostat", "radiator"]}
HEATING_SAID = "(heating|central heating|heat|thermostat|radiator|radiators)"

SKILL = Skill(
    name="climate",
    phrases={
        "HassTurnOn": (
            Phrase(f"(turn on|switch on|put on|start|activate) [<the>] {HEATING_SAID} [<place>]", HEATING),
            Phrase(f"(turn|switch|put) [<the>] {HEATING_SAID} on [<place>]", HEATING),
            Phrase(f"{HEATING_SAID} on [<place>]", HEATING),
        ),
        "HassTurnOff": (
            Phrase(f"(turn off|switch off|shut off|stop|deactivate) [<the>] {HEATING_SAID} [<place>]", HEATING),
            Phrase(f"(turn|switch|shut) [<the>] {HEATING_SAID} off [<place>]", HEATING),
            Phrase(f"{HEATING_SAID} off [<place>]", HEATING),
        ),
        "HassClimateSetTemperature": (
            Phrase("<set> [<the>] <temperature> [<place>] [<to>] {temperature}"),
            Phrase("<set> [<the>] ({area}|{floor}) [<temperature>] [<to>] {temperature}"),
            Phrase("<set> [<the>] <temperature> (of|for|on|in) <named> [<to>] {temperature}", requires=HOT),
            Phrase("<set> <named> [<temperature>] [<to>] {temperature}", requires=HOT),
            Phrase("<named> [<temperature>] [<to>] {temperature}", requires=HOT),
            Phrase("(heat|heat up|cool|cool down|warm|warm up|preheat|pre heat) <named> [up|down] [<to>] {temperature}", requires=HOT),
            Phrase("(heat|heat up|cool|cool down|warm|warm up) [<the>] ({area}|{floor}|house|place) [up|down] <to> {temperature}"),
            Phrase("(raise|lower|increase|decrease|reduce|turn up|turn down|drop) [<the>] <temperature> [<place>] to {temperature}"),
            Phrase("(raise|lower|increase|decrease|reduce|turn up|turn down|drop) <named> [<temperature>] to {temperature}", requires=HOT),
            Phrase(
                "(turn|put|bring|keep|hold|leave|make) [<the>] (temperature|heating|heat|thermostat|it) [<place>] [up|down] [to|at] {temperature}"
            ),
            Phrase("<i_want> [<the>] ({area}|{floor}|temperature|house|it) [to be|at|to] {temperature} [<place>]"),
            Phrase("<i_want> it [to be] {temperature} [in here|here|<place>]"),
            Phrase("(make|keep) it {temperature} [in here|here|<place>]"),
            Phrase("[<the>] <temperature> [<place>] (to|at) {temperature}"),
            Phrase("<set> the (ac|a c|air conditioning|air conditioner|aircon|heat pump) [<place>] [<to>] {temperature}", CLIMATE),
            Phrase("preheat [the oven] to {temperature}", {"kind": "oven"}),
            Phrase("(preheat|heat up|heat|set) the oven [<to>] {temperature}", {"kind": "oven"}),
            Phrase("make it (cosy|cozy|comfortable|comfy) [in here|here|<place>]", USUAL),
            Phrase("(set|adjust) [<the>] <temperature> [<place>] [(as|like|how|the way|to how|to what) i like [it]]", USUAL),
            Phrase("(set|adjust|bring) [<the>] ({area}|{floor}|house|heating) [<place>] to my [usual|favorite|preferred] temperature", USUAL),
            Phrase("(set|adjust|make) [<the>] ({area}|{floor}|house|it) [to] (as|like|how|the way) i like it", USUAL),
        ),
        "ExtClimateRelative": (
            Phrase(
                "(make it|get it|i want it|i would like it|it should be) [a bit|a little|slightly|much|some] (warmer|hotter) [in here|here|<place>]",
                UP,
            ),
            Phrase(
                "(make it|get it|i want it|i would like it|it should be) [a bit|a little|slightly|much|some] (cooler|colder|less "
                "warm) [in here|here|<place>]",
                DOWN,
            ),
            Phrase("[a bit|a little|slightly|much] (warmer|hotter) [<place>]", UP),
            Phrase("[a bit|a little|slightly|much] (cooler|colder) [<place>]", DOWN),
            Phrase("(too|so|way too|far too) (hot|warm) [in here|here|<place>]", DOWN),
            Phrase("(too|so|way too|far too) (cold|chilly|cool) [in here|here|<place>]", UP),
            Phrase(
                "(i am|we are|i feel|i am getting|we are getting|<it_is>) [<very>|freezing] (cold|freezing|chilly|cool|icy) [in here|here|<place>]",
                UP,
            ),
            Phrase(
                "(i am|we are|i feel|i am getting|we are getting|<it_is>) [<very>] (hot|warm|boiling|stuffy|roasting) [in here|here|<place>]",
                DOWN,
            ),
            Phrase("<increase> [<the>] <temperature> [<place>] [a bit|a little]", UP),
            Phrase("<decrease> [<the>] <temperature> [<place>] [a bit|a little]", DOWN),
            Phrase("turn [<the>] <temperature> [<place>] up [a bit|a little]", UP),
            Phrase("turn [<the>] <temperature> [<place>] down [a bit|a little]", DOWN),
            Phrase("(warm up|heat up|heat|warm) [<the>] ({area}|{floor}|house)", {**UP, **USUAL}),
            Phrase("(warm|heat) [<the>] ({area}|{floor}|house|it) up", {**UP, **USUAL}),
            Phrase("(make|get|keep) it [nice and] warm [in here|here|<place>]", {**UP, **USUAL}),
            Phrase("(make|get) [<the>] ({area}|house) [nice and] warm", {**UP, **USUAL}),
            Phrase("(cool|cool down) [<the>] ({area}|{floor}|house)", {**DOWN, **USUAL}),
            Phrase("<increase> [<the>] <temperature> [<place>] by {temperature_step:number} [degrees|degree]"),
            Phrase("<increase> <named> [<temperature>]", UP, requires=HOT),
            Phrase("<decrease> <named> [<temperature>]", DOWN, requires=HOT),
            Phrase("<increase> <named> [<temperature>] by {temperature_step:number} [degrees|degree]", requires=HOT),
            Phrase("{temperature_step:number} (degrees|degree) (warmer|hotter|more) [<place>]"),
            Phrase("<decrease> [<the>] <temperature> [<place>] by {temperature_step:minus_percent} [degrees|degree]"),
            Phrase("<decrease> <named> [<temperature>] by {temperature_step:minus_percent} [degrees|degree]", requires=HOT),
            Phrase("{temperature_step:minus_percent} (degrees|degree) (cooler|colder|less) [<place>]"),
        ),
        "HassClimateGetTemperature": (
            Phrase("(is it|are we|will it be) (warm|cold|hot|cool) enough [in here|here|inside|<place>]"),
            Phrase("<what_is> [<the>] (temperature|temp) [now|currently|like] [<place>|in here|here|inside|indoors]"),
            Phrase("<what_is> [<the>] ({area}|{floor}) (temperature|temp)"),
            Phrase("<what_is> [<the>] (temperature|temp) (of|in|inside|on) <named>"),
            Phrase("<what_is> <named> (temperature|temp)"),
            Phrase("how (warm|hot|cold|cool|chilly) (is|was) (it|the temperature) [now|right now|currently] [<place>|in here|here|inside|indoors]"),
            Phrase("how (warm|hot|cold|cool|chilly) (is|are) [<the>] ({area}|{floor}) [now|right now|currently|at the moment]"),
            Phrase("how (warm|hot|cold|cool) (is|are) <named> [now|right now|currently|at the moment]", requires=WARM),
            Phrase("how many degrees [is it|are there] [<place>|in here|here|inside]"),
            Phrase("(is it|is) [too] (warm|hot|cold|cool|chilly) (in here|inside|indoors|in [<the>] {area})"),
            Phrase("(temperature|temp) [<place>|in here|inside|now]"),
            Phrase("[<the>] {area} (temperature|temp)"),
            Phrase("what (temperature|temp) (is|does) (it|[<the>] {area}|<named>) [have] [now|in here|right now|<place>]"),
            Phrase("what is (it|[<the>] {area}|<named>) set to", requires=HOT),
            Phrase("what is [<the>] (thermostat|heating|oven|heat) (set to|at) [<place>]"),
        ),
        "ExtHvacMode": (
            Phrase(
                "<set> [<the>] (hvac|system|climate|thermostat|ac|a c|air conditioning|air conditioner|heating) [mode] [<place>] "
                "[<to>] {hvac_mode} [mode]",
                CLIMATE,
            ),
            Phrase("<set> <named> [mode] [<to>] {hvac_mode} [mode]", requires=("climate",)),
            Phrase(
                "(put|switch) [<the>] (hvac|system|climate|thermostat|ac|a c|air conditioning|air conditioner) (in|into|on) {hvac_mode} [mode]",
                CLIMATE,
            ),
            Phrase("(put|switch) <named> (in|into|on) {hvac_mode} [mode]", requires=("climate",)),
            Phrase("[can we|can you|could we] <set> [<the>] hvac <to> {hvac_mode}", CLIMATE),
            Phrase("(switch|change|turn) to {hvac_mode} mode [<place>]", CLIMATE),
            Phrase("{hvac_mode} mode [<place>]", CLIMATE),
            Phrase("(start|begin) {hvac_mode:hvac_mode} [<the>] {area}", CLIMATE),
        ),
        "HassClimateSetFanMode": (
            Phrase(
                "<set> [<the>] (climate|air conditioning|air conditioner|ac|a c|hvac|thermostat) fan [mode|speed] [<place>] "
                "[<to>] {fan_mode} [mode|speed]",
                CLIMATE,
            ),
            Phrase("<set> [<the>] fan mode [<place>] [<to>] {fan_mode}", CLIMATE),
            Phrase("<set> [<the>] ({area}|{floor}) fan mode [<to>] {fan_mode}", CLIMATE),
            Phrase("<set> [<the>] fan [mode|speed] (of|on|for) <named> [<to>] {fan_mode} [mode|speed]", requires=("climate",)),
            Phrase("<set> <named> fan [mode|speed] [<to>] {fan_mode} [mode|speed]", requires=("climate",)),
            Phrase("put [<the>] (climate|air conditioning|ac|hvac) fan (on|in) {fan_mode} [mode|speed]", CLIMATE),
            Phrase("put <named> fan (on|in|to) {fan_mode} [mode|speed]", requires=("climate",)),
        ),
        "HassHumidifierSetpoint": (
            Phrase("<set> [<the>] (humidity|humidity level|humidifier|dehumidifier|moisture) [<place>] [<to>] {humidity:percent}"),
            Phrase("<set> [<the>] {area} (humidity|humidifier|dehumidifier) [<to>] {humidity:percent}"),
            Phrase(
                "(raise|lower|increase|decrease|reduce|turn up|turn down) [<the>] (humidity|humidity level|humidifier) [<place>] "
                "to {humidity:percent}"
            ),
            Phrase("<set> <named> [humidity] [<to>] {humidity:percent}", requires=("humidifier",)),
            Phrase("<set> [<the>] humidity (of|for|on) <named> [<to>] {humidity:percent}", requires=("humidifier",)),
            Phrase("<i_want> {humidity:percent} humidity [<place>]"),
        ),
        "HassHumidifierMode": (
            Phrase("<set> <named> [mode] [<to>] {mode:word} mode", requires=("humidifier",)),
            Phrase("<set> [<the>] mode (of|for|on) <named> [<to>] {mode:word}", requires=("humidifier",)),
            Phrase("<set> [<the>] (humidifier|dehumidifier) [<place>] [<to>] {mode:word} mode", {"domain": "humidifier"}),
            Phrase("(put|switch) [<the>] (humidifier|dehumidifier) (in|into|on) {mode:word} mode", {"domain": "humidifier"}),
        ),
    },
    handlers={
        "HassClimateSetTemperature": set_temperature,
        "ExtClimateRelative": relative_temperature,
        "HassClimateGetTemperature": get_temperature,
        "ExtHvacMode": set_hvac_mode,
        "HassClimateSetFanMode": set_fan_mode,
        "HassHumidifierSetpoint": set_humidity,
        "HassHumidifierMode": set_humidifier_mode,
    },
)
