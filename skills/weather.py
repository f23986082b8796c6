"""The weather: from a weather entity with its forecast, else from outdoor sensors."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from agent import words
from agent.records import Context, Plan, Resolution
from agent.stages import Phrase, Skill
from agent.times import local, resolve_when
from agent.words import domain_of
from devices.effects import number
from devices.home import Entity
from skills.plans import answer, decline, slot_text, targets

KINDS_OF_WEATHER: dict[str, frozenset[str]] = {
    "rain": frozenset({"rainy", "pouring", "lightning-rainy", "snowy-rainy"}),
    "snow": frozenset({"snowy", "snowy-rainy", "hail"}),
    "sun": frozenset({"sunny", "clear-night", "partlycloudy"}),
    "cloud": frozenset({"cloudy", "partlycloudy", "fog"}),
    "wind": frozenset({"windy", "windy-variant"}),
    "storm": frozenset({"lightning", "lightning-rainy", "exceptional", "hail"}),
    "fog": frozenset({"fog"}),
}
"""What was asked ("will it rain") -> the conditions of Home Assistant that answer yes."""
WARM_FROM = {"hot": 25.0, "warm": 18.0}
COLD_TO = {"cold": 8.0, "chilly": 12.0, "freezing": 0.0}


def get_weather(resolution: Resolution, context: Context) -> Plan:
    """Slots: name (a weather entity, or a place that has none), when, condition (a key of KINDS_OF_WEATHER, WARM_FROM or COLD_TO)."""
    service = _service(resolution, context)
    place = slot_text(resolution, "name") or slot_text(resolution, "place")
    if place and not _is_here(place, service):
        return answer(words.say("weather.place", place=place))
    if service is None:
        return _from_sensors(context)
    when = resolution.slots.get("when")
    day = _day(when, context) if isinstance(when, Mapping) else None
    forecast = _forecast(service, day, context) if day else None
    now = _now(service)
    if day and day.date() != local(context.now, context.home.location).date() and forecast is None:
        return answer(words.say("weather.no_forecast", now=now), about=(service,))
    said = _forecast_words(forecast, day, context) if day and forecast else now
    condition, degrees = (forecast.get("condition"), number(forecast.get("temperature"))) if forecast else (service.state, _degrees(service))
    return answer(_yes_or_no(slot_text(resolution, "condition"), str(condition), degrees, said), about=(service,))


def _is_here(place: str, service: Entity | None) -> bool:
    """The words for a place mean the home's own, or are no place at all ("the week")."""
    said = [word for word in place.casefold().split() if word not in words.LANGUAGE.NEAR_WORDS]
    return not said or (service is not None and place.casefold() in {name.casefold() for name in service.names})


def _service(resolution: Resolution, context: Context) -> Entity | None:
    meant = targets(resolution, context, "weather")
    others = (entity for entity in context.home.entities.values() if domain_of(entity) == "weather")
    return meant[0] if meant else next(others, None)


def _yes_or_no(asked: str, condition: str, degrees: float | None, said: str) -> str:
    if asked in KINDS_OF_WEATHER:
        return words.say("weather.yes" if condition in KINDS_OF_WEATHER[asked] else "weather.no", now=said)
    if degrees is not None and asked in WARM_FROM:
        return words.say("weather.yes" if degrees >= WARM_FROM[asked] else "weather.no", now=said)
    if degrees is not None and asked in COLD_TO:
        return words.say("weather.yes" if degrees <= COLD_TO[asked] else "weather.no", now=said)
    return said


def _now(service: Entity) -> str:
    condition, degrees = condition_words(service.state), _degrees(service)
    if degrees is None:
        return words.say("weather.condition", condition=condition)
    return words.say("weather.now" if condition else "weather.temperature", condition=condition, temperature=degrees)


def _degrees(service: Entity) -> float | None:
    told = number(service.attributes.get("temperature"))
    return number(service.attributes.get("native_temperature")) if told is None else told


def condition_words(condition: str) -> str:
    """What is said after "it's"; "" where it is not known."""
    return "" if condition in ("unknown", "unavailable", "") else words.LANGUAGE.CONDITIONS.get(condition, condition.replace("-", " "))


def _day(when: Mapping[str, Any], context: Context) -> datetime | None:
    moment, _ = resolve_when(when, context.now, context.home.location)
    return moment


def _forecast(service: Entity, day: datetime, context: Context) -> Mapping[str, Any] | None:
    """The forecast of a day, from the entity's `forecast` attribute."""
    told = service.attributes.get("forecast")
    rows = [row for row in told if isinstance(row, Mapping)] if isinstance(told, list | tuple) else []
    return next((row for row in rows if _date_of(row.get("datetime"), context) == day.date()), None)


def _date_of(told: object, context: Context) -> date | None:
    try:
        moment = datetime.fromisoformat(str(told))
    except ValueError:
        return None
    return local(moment, context.home.location).date() if moment.tzinfo else moment.date()


def _forecast_words(row: Mapping[str, Any], day: datetime, context: Context) -> str:
    high, low = number(row.get("temperature")), number(row.get("templow"))
    name = words.day_name(day, context.now)
    condition = condition_words(str(row.get("condition") or ""))
    if high is None:
        return words.sentence(f"{name}: {condition}")
    return words.say("weather.day" if low is None else "weather.day_range", day=name, condition=condition, high=high, low=low or 0)


def _from_sensors(context: Context) -> Plan:
    """Outdoor thermometers; the first by its id."""
    outside = [e for e in context.home.entities.values() if _is_outdoor_thermometer(e, context)]
    for entity in sorted(outside, key=lambda e: e.entity_id):
        degrees = number(entity.state)
        if degrees is not None:
            return answer(words.say("weather.temperature", temperature=degrees), about=(entity,))
    return decline(words.say("weather.none"))


def _is_outdoor_thermometer(entity: Entity, context: Context) -> bool:
    named = any(word in words.LANGUAGE.OUTSIDE_WORDS for word in entity.name.casefold().split())
    warm = entity.device_class == "temperature" or "temperature" in entity.name.casefold()
    return domain_of(entity) == "sensor" and warm and (named or words.is_outside(context.home, context.home.area_of(entity)))


TELL = (
    "(what is|what will|what was|what would|how is|how will|tell me|give me|show me|check|get|read|i need|i want to "
    "know|i would like to know|let me know|let me get"
    "|can you tell me|find me|do you know)"
)
ASKED = {
    "rain": "(rain|raining|rainy|rainfall|stormy rain|wet|pour|pouring|a shower|showers|drizzle|rain today|an umbrella)",
    "snow": "(snow|snowing|snowy|sleet|hail|a blizzard)",
    "sun": "(sunny|sun|sunshine|clear|nice|dry|good weather)",
    "cloud": "(cloudy|overcast|cloud|clouds|gray)",
    "wind": "(windy|wind|breezy|blowing)",
    "storm": "(storm|stormy|storming|thunder|thunderstorm|lightning|thunderstorms|storms)",
    "fog": "(fog|foggy|misty)",
    "hot": "(hot|boiling)",
    "warm": "(warm|warmer|temperate|hotter)",
    "cold": "(cold|colder|freeze|frosty|freezing)",
    "chilly": "(chilly|chillier|cool|cooler)",
}


WHERE = "(in|at|near|around|for|close to|not far from|within|by) {place:text}"


CLOTHES = (
    "(coat|jacket|raincoat|rain coat|sweater|jumper|hoodie|umbrella|umbrellas|sunglasses|sunscreen|sun cream|gloves|mittens|hat|cap|scarf|boots|"
    "rain boots|shorts|t shirt|sandals|layers|warm clothes|something warm|winter coat|warm coat|light jacket|long sleeves)"
)
ANY = "a|an|my|any|some|our|the"
WEAR = "(do|should|will|would|must|can|could|may|shall) (i|we) [be able to|have to] (need|wear|take|bring|carry|put on|pack|get away with)"


def _dressed() -> tuple[Phrase, ...]:
    """What to wear is a question about the weather."""
    return tuple(
        Phrase(template)
        for template in (
            f"{WEAR} [to wear|to take|to bring|wearing] [{ANY}] {CLOTHES} [with me|with us|along|out|outside|or not] [{{when}}]",
            f"should (i|we) dress (warm|warmly|in {CLOTHES}) [{{when}}]",
            f"(do you recommend|would you recommend|is it time for|are|is) [{ANY}] {CLOTHES} [a good choice|a good idea|needed] [for] [{{when}}]",
            f"is it (weather for {CLOTHES}|{CLOTHES} weather) [{{when}}]",
            "what (should|do|can|shall) (i|we) wear [outside] [{when}]",
            f"is it (too|very) (cold|hot|warm|cool|wet|chilly) for [a|my] {CLOTHES} [{{when}}]",
        )
    )


def _asked() -> tuple[Phrase, ...]:
    """ "Will it rain tomorrow?" for every sort of weather."""
    templates = (
        (
            "(is it|will it|will it be|is it going to|is it going to be|does it|should it|is there|will there be|"
            "is there going to be|could it) [any|a|be] {x} [outside|out|out there|here] [{when}]"
        ),
        "(do i|should i|will i|do we|will we) (need|take|bring|expect|get|see|have) [any|a|an|some|my] {x} [outside|here] [{when}]",
        "(is|are) (there|we) (any|a|expecting|getting|going to get|having) [any|a|some|chance of] {x} [outside|here|coming] [{when}]",
        "how {x} (is it|will it be|is it going to be) (outside|out|out there|outdoors) [{when}]",
        "(it is|its|it seems|it feels|it looks) [so|very|too|really|pretty|quite|a bit] {x} (outside|out there|outdoors) [today|again|now|{when}]",
        "what is [the] (chance|chances|likelihood|probability) of {x} [{when}]",
        "when will it [be] {x} [<where>]",
        (
            "(is it|will it|will it be|is it going to be|is it going to|is it supposed to|is it supposed to be|is it getting|"
            "does it|was it) [be|get|any] {x} <where> [{when}]"
        ),
        "(is it|will it|will it be|is it going to be|is it going to|is it supposed to be) [be|get] {x} {when} <where>",
        "(will there be|is there|is there going to be|are there) [any|a|some] {x} <where> [{when}]",
        "(will there be|is there|is there going to be) [any|a|some] {x} {when} <where>",
        "how (much {x} is there|{x} is it|{x} will it be) [<where>] [{when}]",
        "(what is the|the|give me the|tell me the) (forecast|weather forecast) for {x} [weather|conditions] [<where>] [{when}]",
        "(tell me|can you tell me|let me know|check) (if|whether) (it will|it is|it is going to) [be] {x} [<where>] [{when}]",
    )
    made = []
    for condition, ways in ASKED.items():
        made += [Phrase(template.replace("{x}", ways).replace("<where>", WHERE), {"condition": condition}) for template in templates]
    return tuple(made)


SKILL = Skill(
    name="weather",
    phrases={
        "HassGetWeather": (
            Phrase(
                "(what is|how is|hows|tell me|give me|show me|check|get|read|i want to know|i need|let me know|what will|"
                "how will|tell me about|report) [me] [about] [the|todays|current] (weather|weather forecast|forecast|"
                "weather report|weather conditions|weather like) [be] [like|be|look like|looking like|looking|outlook] [outside|"
                "out|here|out there|right now|now|currently|at the moment] [for|on|in] [{when}]"
            ),
            Phrase("(weather|weather forecast|forecast|the weather|weather report|weather please|weather today) [for|on] [{when}]"),
            Phrase(
                "(what is|how is|hows|tell me|give me|show me|check|get) [the] [{when}] (weather|forecast|weather forecast) [like|be|going to be]"
            ),
            Phrase(
                "(what is|how is|hows|tell me|give me|show me|check|get) [the] (weather|forecast|weather forecast|weather "
                "report) [like] (in|for|at|of|near|around) {name} [like|now|today] [{when}]"
            ),
            Phrase(
                "(what is|how is|hows|tell me|give me|show me|check|get) [the] (weather|forecast|weather forecast|weather "
                "report) [like] (in|for|at|near|around) {place:text} [like|now|today] [{when}]"
            ),
            Phrase("weather (in|for|at|near) {place:text} [{when}]"),
            Phrase("(what is|how is) it like (outside|out|out there) [{when}]"),
            Phrase("(how|what) (warm|hot|cold) is it (outside|out|out there|outdoors) [now|right now|today]"),
            Phrase("(what is|how is) [the] (temperature|temp) (outside|out there|outdoors) [{when}]"),
            Phrase("what is [the] outside (temperature|temp)"),
            Phrase("(what|how) (is|will) the day (look|looking|be) [like] [outside] [{when}]"),
            Phrase(
                f"{TELL} [the] (weather|forecast|weather forecast|weather report|weather conditions) [going to be|be|like|look "
                f"like|looking] [like] {WHERE} [{{when}}]"
            ),
            Phrase(f"{TELL} [the] (weather|forecast|weather forecast|weather report) [be|like|going to be] [like] [for|on|at] {{when}} {WHERE}"),
            Phrase(f"{TELL} [the] (weather|forecast|weather forecast) [be|like|going to be|supposed to be] [like] [for|on] {{when}}"),
            Phrase(f"{TELL} {{when}} [weather] forecast [{WHERE}]"),
            Phrase(f"(weather|forecast) [forecast] {WHERE} [{{when}}]"),
            Phrase(f"what does it (feel|look) like (outside|{WHERE}) [{{when}}]"),
            *_asked(),
            *_dressed(),
        ),
    },
    handlers={"HassGetWeather": get_weather},
)
