"""The table of kinds: what sorts of things a home has, what people call them, and how they behave.

Rules of this file: data only. A row says in which domains a kind is found (its own first), the words people say for it (singular; the
plural is made), words that cannot be counted (`mass`), and `hints`: further words that betray the kind in the name of an entity but are
not said for it (makers, models, quantities). Temperatures are in degrees Celsius.
"""

from collections.abc import Iterable
from dataclasses import dataclass


def _spaced(text: str) -> frozenset[str]:
    return frozenset(text.split())


ON = frozenset({"on"})
OPEN = frozenset({"on", "open", "opening"})
CLIMATE = frozenset({"on", "heat", "cool", "heat_cool", "auto", "dry", "fan_only"})
RUNNING = _spaced(
    "on run running active heat heating preheating cooking baking brewing boiling washing rinsing spinning drying cleaning in_use warming"
)
SOUNDING = frozenset({"on", "playing", "paused", "buffering"})
SHOWING = SOUNDING | {"idle"}
CLEANING = frozenset({"on", "cleaning", "returning"})
WATER_HEATER = RUNNING | {"eco", "electric", "performance", "high_demand", "heat_pump", "gas"}

SWITCHED = "switch input_boolean"
APPLIANCE = "switch input_boolean sensor binary_sensor"


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of thing. `words` are what people say, singular first, plurals included. `plays`: can play media; `screen`: can show it."""

    name: str
    domains: tuple[str, ...]
    words: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    temperature: tuple[float, float] | None = None
    """The range a person may plausibly ask for."""
    plays: bool = False
    screen: bool = False
    on_states: frozenset[str] = ON
    generic: bool = False
    """Says little: a more telling word in the same name wins ("Coffee machine plug")."""


def plural(words: str) -> str:
    """The plural of a noun phrase: "switch" -> "switches", "battery" -> "batteries", "smart tv" -> "smart tvs"."""
    if words.endswith(("s", "x", "z", "ch", "sh")):
        return words + "es"
    if words.endswith("y") and words[-2:-1] not in "aeiou":
        return words[:-1] + "ies"
    return words + "s"


def _listed(text: str) -> tuple[str, ...]:
    return tuple(w.strip() for w in text.split("|") if w.strip())


def _kind(
    name: str,
    domains: str,
    words: str = "",
    *,
    mass: str = "",
    hints: str = "",
    temperature: tuple[float, float] | None = None,
    plays: bool = False,
    screen: bool = False,
    on: Iterable[str] = ON,
    generic: bool = False,
) -> Kind:
    singular = _listed(words)
    said = (*singular, *(plural(w) for w in singular), *_listed(mass))
    return Kind(name, tuple(domains.split()), tuple(dict.fromkeys(said)), _listed(hints), temperature, plays, screen, frozenset(on), generic)


_LIGHTS = (
    _kind(
        "light",
        "light switch input_boolean",
        "light|lamp|bulb|light bulb|spotlight|spot|led strip|light strip|chandelier|sconce|lantern"
        "|nightlight|night light|floodlight|downlight|uplight|fairy light|string light",
        mass="lighting|illumination|led|leds",
        hints="nanoleaf|light bar|dimmer|worklight|lightstrip|uplighting|luminaire|candle",
    ),
)

_POWER = (
    _kind("switch", "switch input_boolean", "switch", generic=True),
    _kind("outlet", "switch", "outlet|power outlet|socket|wall socket|power socket", generic=True),
    _kind("plug", "switch", "plug|smart plug|power strip|extension lead", generic=True),
    _kind("pump", SWITCHED, "pump", hints="aerator"),
    _kind("toggle", "input_boolean switch", "toggle", generic=True),
)

_COOKING = (
    _kind("oven", f"climate water_heater {APPLIANCE}", "oven|stove oven|baking oven", temperature=(30, 300), on=RUNNING | CLIMATE),
    _kind("hob", f"{APPLIANCE} climate", "hob|stove|cooker|cooktop|stovetop|hotplate|hot plate|burner|range cooker", on=RUNNING | CLIMATE),
    _kind("grill", f"climate {APPLIANCE}", "grill|barbecue|bbq|smoker|griddle", temperature=(50, 300), on=RUNNING | CLIMATE),
    _kind("microwave", APPLIANCE, "microwave|microwave oven", on=RUNNING),
    _kind("air_fryer", f"climate {APPLIANCE}", "air fryer|airfryer|fryer|deep fryer", temperature=(40, 210), on=RUNNING | CLIMATE),
    _kind(
        "slow_cooker",
        f"climate {APPLIANCE}",
        "slow cooker|crock pot|crockpot|rice cooker|pressure cooker|sous vide",
        temperature=(30, 120),
        on=RUNNING | CLIMATE,
    ),
    _kind("toaster", APPLIANCE, "toaster|sandwich maker|waffle iron|waffle maker", on=RUNNING),
    _kind(
        "coffee_maker",
        APPLIANCE,
        "coffee maker|coffee machine|coffeemaker|espresso machine|espresso maker|coffee pot|percolator",
        mass="coffee",
        hints="espresso|nespresso|senseo|delonghi|keurig|brewer|cappuccino",
        on=RUNNING,
    ),
    _kind(
        "kettle",
        f"climate water_heater {APPLIANCE}",
        "kettle|electric kettle|tea kettle|tea maker",
        temperature=(40, 100),
        on=RUNNING | WATER_HEATER | CLIMATE,
    ),
)

_APPLIANCES = (
    _kind("washing_machine", APPLIANCE, "washing machine|washer|clothes washer|laundry machine", hints="washer dryer", on=RUNNING),
    _kind("dishwasher", APPLIANCE, "dishwasher|dish washer", on=RUNNING),
    _kind("dryer", APPLIANCE, "dryer|tumble dryer|clothes dryer|drier|tumble drier", on=RUNNING),
    _kind("fridge", f"climate {APPLIANCE}", "fridge|refrigerator|wine cooler|wine fridge|icebox", temperature=(1, 12), on=RUNNING | CLIMATE),
    _kind("freezer", f"climate {APPLIANCE}", "freezer|deep freezer|chest freezer", temperature=(-30, -10), on=RUNNING | CLIMATE),
    _kind("iron", APPLIANCE, "iron|clothes iron|steam iron|flat iron|hair straightener|curling iron", on=RUNNING),
    _kind("hair_dryer", APPLIANCE, "hair dryer|hairdryer|hair drier", on=RUNNING),
    _kind("garbage_disposal", APPLIANCE, "garbage disposal|disposal|waste disposal", on=RUNNING),
    _kind("computer", f"{APPLIANCE} button", "computer|pc|desktop computer|laptop|workstation", hints="macbook|imac", on=RUNNING),
    _kind("printer", APPLIANCE, "printer|3d printer", on=RUNNING | {"printing"}),
    _kind("router", APPLIANCE, "router|modem|access point", mass="wifi", on=RUNNING),
    _kind("charger", APPLIANCE, "charger|car charger|ev charger|wallbox", on=RUNNING | {"charging"}),
    _kind("aquarium", APPLIANCE, "aquarium|fish tank", on=RUNNING),
    _kind("fountain", APPLIANCE, "fountain|water feature|waterfall", on=RUNNING),
    _kind(
        "hot_tub",
        f"climate water_heater {APPLIANCE}",
        "hot tub|jacuzzi|spa|whirlpool",
        hints="hot tub jets",
        temperature=(20, 42),
        on=RUNNING | CLIMATE | WATER_HEATER,
    ),
    _kind("pool", f"climate water_heater {APPLIANCE}", "pool|swimming pool", temperature=(10, 40), on=RUNNING | CLIMATE | WATER_HEATER),
    _kind("sauna", f"climate {APPLIANCE}", "sauna", temperature=(40, 110), on=RUNNING | CLIMATE),
    _kind("pet_feeder", f"{APPLIANCE} button", "pet feeder|cat feeder|dog feeder|feeder", on=RUNNING),
    _kind("electric_blanket", f"climate {APPLIANCE}", "electric blanket|heated blanket|heating pad", on=RUNNING | CLIMATE),
    _kind("christmas_tree", SWITCHED, "christmas tree|xmas tree"),
)

_CLIMATE = (
    _kind(
        "thermostat",
        "climate",
        "thermostat|climate control",
        mass="heating|climate|central heating|heating system",
        hints="tado|hive|netatmo|ecobee|honeywell|sensi|climate system|hvac|evohome",
        temperature=(5, 35),
        on=CLIMATE,
    ),
    _kind(
        "radiator",
        f"climate {SWITCHED}",
        "radiator|radiator valve|radiator thermostat|heating valve",
        hints="trv|eurotronic|danfoss",
        temperature=(5, 35),
        on=CLIMATE,
    ),
    _kind(
        "air_conditioner",
        f"climate {SWITCHED}",
        "air conditioner|ac|a c|aircon|air con|ac unit|split unit|mini split",
        mass="air conditioning|cooling",
        hints="daikin|midea|sensibo|mitsubishi",
        temperature=(16, 32),
        on=CLIMATE,
    ),
    _kind("heat_pump", f"climate water_heater {SWITCHED}", "heat pump", temperature=(5, 60), on=CLIMATE | WATER_HEATER),
    _kind("fireplace", f"climate {SWITCHED}", "fireplace|fire place|wood stove|pellet stove", temperature=(5, 35), on=CLIMATE),
    _kind(
        "heater",
        f"climate {APPLIANCE}",
        "heater|space heater|patio heater|fan heater|towel warmer|towel rail|towel heater|infrared panel|panel heater",
        mass="underfloor heating|floor heating",
        hints="heating|baseboard heater|radiant|warmer",
        temperature=(5, 35),
        on=CLIMATE | RUNNING,
    ),
    _kind(
        "water_heater",
        f"water_heater climate {APPLIANCE}",
        "water heater|boiler|hot water heater|geyser|hot water tank",
        mass="hot water",
        temperature=(30, 80),
        on=WATER_HEATER | CLIMATE,
    ),
    _kind(
        "fan",
        f"fan {SWITCHED}",
        "fan|ceiling fan|ventilator|extractor|extractor fan|exhaust fan|range hood|cooker hood|extractor hood|hood|vent",
        mass="ventilation",
    ),
    _kind("air_purifier", f"fan humidifier {SWITCHED}", "air purifier|purifier|air cleaner|air filter", hints="dyson pure"),
    _kind("humidifier", f"humidifier {SWITCHED}", "humidifier|diffuser|vaporiser|vaporizer"),
    _kind("dehumidifier", f"humidifier {SWITCHED}", "dehumidifier"),
)

_MEDIA = (
    _kind(
        "media_player",
        "media_player",
        "media player|player|music player",
        hints="media|audiobook player|podcast player",
        plays=True,
        on=SHOWING,
        generic=True,
    ),
    _kind(
        "tv",
        f"media_player {SWITCHED} remote",
        "tv|television|telly|smart tv|tv set",
        hints="bravia|oled tv|qled|webos",
        plays=True,
        screen=True,
        on=SHOWING,
    ),
    _kind(
        "video_player",
        "media_player remote",
        "streaming box|streaming stick|dvd player|blu ray player|set top box|streamer|cable box|media center|media centre",
        hints="roku|chromecast|fire tv|fire tv stick|fire stick|firestick|apple tv|nvidia shield|kodi|plex|blueray|bluray|streaming device|tivo",
        plays=True,
        screen=True,
        on=SHOWING,
    ),
    _kind(
        "projector", f"media_player {SWITCHED} remote", "projector|beamer|home theater|home theatre|home cinema", plays=True, screen=True, on=SHOWING
    ),
    _kind(
        "game_console",
        f"media_player {SWITCHED} remote",
        "game console|games console|console",
        hints="xbox|playstation|ps4|ps5|nintendo|steam deck",
        plays=True,
        screen=True,
        on=SHOWING,
    ),
    _kind(
        "smart_display",
        "media_player",
        "smart display|smart screen|tablet",
        hints="nest hub|home hub|echo show|ipad|portal|hub max",
        plays=True,
        screen=True,
        on=SHOWING,
    ),
    _kind(
        "speaker",
        f"media_player {SWITCHED}",
        "speaker|loudspeaker|soundbar|sound bar|stereo|radio|sound system|hi fi|hifi|jukebox|record player|turntable|cd player"
        "|music system|audio system|subwoofer|boombox",
        hints="sonos|echo dot|echo|homepod|google home|home mini|nest mini|nest audio|bose|voice assistant|audio|music|spotify|lullaby|harman kardon",
        plays=True,
        on=SOUNDING,
    ),
    _kind("receiver", f"media_player {SWITCHED}", "receiver|av receiver|amplifier|amp", hints="denon|onkyo|marantz|avr", plays=True, on=SHOWING),
)

_OPENINGS = (
    _kind("cover", "cover", "cover", on=OPEN, generic=True),
    _kind("blind", "cover", "blind|roller blind|venetian blind|window blind|roman blind", on=OPEN),
    _kind("curtain", "cover", "curtain|drape|drapes", on=OPEN),
    _kind("shutter", "cover", "shutter|roller shutter|window shutter", hints="rollo|jalousie", on=OPEN),
    _kind("shade", "cover", "shade|window shade|roller shade|sun shade", on=OPEN),
    _kind("awning", "cover", "awning|canopy|marquise", on=OPEN),
    _kind(
        "garage_door",
        f"cover binary_sensor {SWITCHED}",
        "garage door|garage|garage door opener|overhead door|carport door",
        hints="liftmaster|chamberlain|myq|auto bay door|car door",
        on=OPEN,
    ),
    _kind("gate", f"cover binary_sensor {SWITCHED}", "gate|driveway gate|garden gate", on=OPEN),
    _kind("door", "cover binary_sensor", "door|sliding door", on=OPEN),
    _kind("window", "cover binary_sensor", "window|skylight|roof window|velux", on=OPEN),
    _kind("damper", "cover", "damper", on=OPEN),
    _kind(
        "lock",
        f"lock binary_sensor {SWITCHED}",
        "lock|door lock|deadbolt|dead bolt|latch|smart lock|door bolt",
        on={"on", "unlocked", "unlocking", "open", "opening"},
    ),
    _kind("valve", f"valve {SWITCHED}", "valve|water valve|main valve|stopcock|tap|faucet|shut off valve", hints="water main|gas valve", on=OPEN),
    _kind(
        "sprinkler",
        f"valve {SWITCHED}",
        "sprinkler|sprinkler system|irrigation system|garden hose|drip line",
        mass="irrigation|watering",
        hints="rachio|hose",
        on=OPEN,
    ),
)

_ROBOTS = (
    _kind(
        "vacuum",
        f"vacuum {SWITCHED}",
        "vacuum|vacuum cleaner|robot vacuum|hoover|vac|robovac|robot cleaner|vacuum robot|cleaning robot|sweeper",
        hints="roomba|roborock|deebot|dreame|cleaning bot|dust collector",
        on=CLEANING,
    ),
    _kind(
        "mower",
        f"lawn_mower vacuum {SWITCHED}",
        "mower|lawn mower|lawnmower|robot mower|mowing robot",
        hints="automower|worx|landroid",
        on={"on", "mowing", "returning"},
    ),
)

_SAFETY = (
    _kind("camera", "camera", "camera|webcam|security camera|doorbell camera|cctv", on={"on", "recording", "streaming"}),
    _kind("siren", f"siren {SWITCHED}", "siren|alarm siren|chime"),
    _kind(
        "alarm",
        f"alarm_control_panel {SWITCHED}",
        "alarm|alarm system|burglar alarm|security system|alarm panel",
        mass="security",
        on={"on", "armed_home", "armed_away", "armed_night", "armed_vacation", "armed_custom_bypass", "arming", "pending", "triggered"},
    ),
    _kind("doorbell", "event binary_sensor switch button", "doorbell|door bell"),
)

_SENSED = {
    "temperature": "temperature sensor|thermometer",
    "humidity": "humidity sensor|hygrometer",
    "battery": "battery sensor|battery",
    "illuminance": "light sensor|illuminance sensor|brightness sensor|lux sensor",
    "power": "power sensor|power meter",
    "energy": "energy meter|electricity meter|energy sensor",
    "current": "current sensor",
    "voltage": "voltage sensor",
    "pressure": "pressure sensor|barometer",
    "carbon_dioxide": "carbon dioxide sensor|co2 sensor|co2 monitor",
    "carbon_monoxide": "carbon monoxide detector|carbon monoxide sensor|co detector|co sensor",
    "gas": "gas sensor|gas detector|gas meter",
    "water": "water meter",
    "moisture": "leak sensor|moisture sensor|water leak sensor|flood sensor|leak detector|water sensor",
    "air_quality": "air quality sensor|air quality monitor",
    "wind_speed": "wind sensor|anemometer",
    "precipitation": "rain sensor|rain gauge",
    "sound_pressure": "noise sensor|noise meter",
    "signal_strength": "signal sensor",
    "distance": "distance sensor",
    "weight": "scale|bathroom scale|weight sensor",
    "speed": "speed sensor",
    "motion": "motion sensor|motion detector|movement sensor|pir sensor",
    "occupancy": "occupancy sensor|occupancy detector",
    "presence": "presence sensor|presence detector",
    "smoke": "smoke detector|smoke alarm|smoke sensor|fire alarm",
    "vibration": "vibration sensor|shake sensor",
    "sound": "sound sensor|sound detector",
    "tamper": "tamper sensor",
    "connectivity": "connectivity sensor",
    "plug": "plug sensor",
    "problem": "problem sensor",
    "opening": "contact sensor|opening sensor",
}
"""What is sensed -> what its sensor is called."""

_TOLD_BY_QUANTITY = _spaced(
    "temperature humidity illuminance voltage pressure carbon_dioxide carbon_monoxide moisture air_quality"
    " wind_speed precipitation motion occupancy smoke vibration energy"
)
"""Quantities that betray their sensor in a name ("Kitchen humidity"); "current" or "power" may mean something else."""

_SENSORS = tuple(
    _kind(f"{what}_sensor", "sensor binary_sensor", words, hints=what.replace("_", " ") if what in _TOLD_BY_QUANTITY else "")
    for what, words in _SENSED.items()
)

_REST = (
    _kind("sensor", "sensor", "sensor", generic=True),
    _kind("binary_sensor", "binary_sensor", "", generic=True),
    _kind("scene", "scene", "scene|mood"),
    _kind("script", "script", "script|routine"),
    _kind("automation", "automation", "automation"),
    _kind("button", "button input_button", "button"),
    _kind("select", "select input_select", "mode|option", generic=True),
    _kind("number", "number input_number", "", generic=True),
    _kind("text", "text input_text", "", generic=True),
    _kind("date", "date time datetime input_datetime", "", generic=True),
    _kind("counter", "counter", "counter"),
    _kind("timer", "timer", "timer", on={"active"}),
    _kind("todo", "todo", "list|to do list|todo list|shopping list|task list", on=frozenset()),
    _kind("calendar", "calendar", "calendar|agenda"),
    _kind("person", "person device_tracker", "person", on={"home"}),
    _kind("zone", "zone", "zone", on=frozenset()),
    _kind("weather", "weather", "", mass="weather|forecast", on=frozenset()),
    _kind("sun", "sun", "sun", on={"above_horizon"}),
    _kind("update", "update", "update"),
    _kind("remote", "remote", "remote|remote control"),
    _kind("group", "group", "group", generic=True),
    _kind("satellite", "assist_satellite", "satellite|voice satellite|assistant", on={"listening", "processing", "responding"}),
    _kind("notifier", "notify tts", "", generic=True, on=frozenset()),
)

KINDS: dict[str, Kind] = {
    kind.name: kind for kind in (*_LIGHTS, *_POWER, *_COOKING, *_APPLIANCES, *_CLIMATE, *_MEDIA, *_OPENINGS, *_ROBOTS, *_SAFETY, *_SENSORS, *_REST)
}

DOMAIN_KIND: dict[str, str] = {
    "input_boolean": "toggle",
    "climate": "thermostat",
    "lawn_mower": "mower",
    "alarm_control_panel": "alarm",
    "input_button": "button",
    "input_select": "select",
    "input_number": "number",
    "input_text": "text",
    "time": "date",
    "datetime": "date",
    "input_datetime": "date",
    "device_tracker": "person",
    "assist_satellite": "satellite",
    "notify": "notifier",
    "tts": "notifier",
    **{
        name: name
        for name in _spaced(
            "light switch water_heater fan humidifier media_player cover lock valve vacuum camera siren sensor binary_sensor scene script"
            " automation button select number text date counter timer todo calendar person zone weather sun update remote group"
        )
    },
}
"""What an entity is when nothing but its domain is known."""

CLASS_KIND: dict[tuple[str, str], str] = {
    **{("cover", c): c for c in ("awning", "blind", "curtain", "damper", "door", "gate", "shade", "shutter", "window")},
    ("cover", "garage"): "garage_door",
    ("switch", "outlet"): "outlet",
    ("switch", "switch"): "switch",
    **{("media_player", c): c for c in ("tv", "speaker", "receiver", "projector")},
    ("valve", "water"): "valve",
    ("valve", "gas"): "valve",
    ("humidifier", "humidifier"): "humidifier",
    ("humidifier", "dehumidifier"): "dehumidifier",
    ("event", "doorbell"): "doorbell",
    ("update", "firmware"): "update",
    **{("binary_sensor", c): c for c in ("door", "garage_door", "window", "lock")},
    **{("binary_sensor", c): f"{c}_sensor" for c in _SENSED},
    **{("sensor", c): f"{c}_sensor" for c in _SENSED},
    ("binary_sensor", "moving"): "motion_sensor",
    ("binary_sensor", "light"): "illuminance_sensor",
    ("binary_sensor", "battery_charging"): "battery_sensor",
    ("sensor", "atmospheric_pressure"): "pressure_sensor",
    ("sensor", "aqi"): "air_quality_sensor",
    ("sensor", "precipitation_intensity"): "precipitation_sensor",
}
"""(domain, device class) -> kind."""
