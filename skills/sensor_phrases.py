"""How people ask for what sensors measure and detect: one row for each device class, and the templates that all rows share."""

from dataclasses import dataclass

from agent.stages import Phrase

LEVEL = "[level|levels|reading|value|concentration|amount|usage|consumption|index|drop|rate]"
OF = "(of|for|on|in|from|at|inside|indicated by|measured by|shown by|reported by)"

MEASURED: dict[str, str] = {
    "apparent_power": "apparent power",
    "aqi": "air quality|air quality index|aqi",
    "atmospheric_pressure": "air pressure|atmospheric pressure|barometric pressure",
    "battery": "battery|battery level|charge|battery charge",
    "carbon_dioxide": "carbon dioxide|co2|c o 2",
    "carbon_monoxide": "carbon monoxide|co",
    "current": "current|electric current",
    "data_rate": "data rate|download speed|upload speed|internet speed|transfer rate",
    "data_size": "file size|data size|size",
    "distance": "distance|mileage",
    "duration": "duration|running time|run time",
    "energy": "energy|energy use|energy consumption|energy usage|energy production",
    "frequency": "frequency",
    "gas": "gas|gas consumption|gas usage",
    "humidity": "humidity|relative humidity|moisture level",
    "illuminance": "illuminance|light level|brightness level",
    "irradiance": "irradiance|solar radiation",
    "moisture": "moisture|soil moisture",
    "monetary": "energy cost|electricity cost|electricity price|energy price",
    "nitrogen_dioxide": "nitrogen dioxide|no2",
    "nitrogen_monoxide": "nitrogen monoxide|no",
    "nitrous_oxide": "nitrous oxide|n2o",
    "ozone": "ozone",
    "pm1": "pm1|pm 1",
    "pm10": "pm10|pm 10",
    "pm25": "pm2.5|pm25|pm 2.5|fine dust|particulate matter",
    "power": "power|power usage|power consumption|power draw|wattage",
    "power_factor": "power factor",
    "precipitation": "rainfall|precipitation|amount of rain",
    "precipitation_intensity": "rain intensity|precipitation intensity",
    "pressure": "pressure",
    "reactive_power": "reactive power",
    "signal_strength": "signal|signal strength",
    "sound_pressure": "noise|noise level|sound level|sound pressure",
    "speed": "speed",
    "sulphur_dioxide": "sulphur dioxide|sulfur dioxide|so2",
    "temperature": "temperature|temp",
    "volatile_organic_compounds": "volatile organic compounds|organic compounds|voc|tvoc",
    "voltage": "voltage",
    "volume": "volume",
    "volume_storage": "stored volume|fill level",
    "water": "water|water consumption|water usage",
    "weight": "weight",
    "wind_speed": "wind speed",
}
"""Device class of a sensor -> words for what it measures."""


@dataclass(frozen=True, slots=True)
class Detected:
    """How one device class of binary sensors is spoken of: its things, and the words for on and off."""

    things: str
    on: str
    off: str


TRIGGERED = "on|triggered|active|going off|detecting something|detected|tripped"
QUIET = "off|clear|quiet|not triggered|inactive"

DETECTED: dict[str, Detected] = {
    "battery": Detected("batteries|battery|battery sensors", "low|empty|almost empty|dead|nearly empty", "normal|charged|full|ok|okay|fine"),
    "battery_charging": Detected("batteries|battery|devices", "charging|being charged", "not charging|unplugged"),
    "carbon_monoxide": Detected("carbon monoxide sensors|carbon monoxide detectors|carbon monoxide alarms|co sensors|co detectors", TRIGGERED, QUIET),
    "cold": Detected("things|devices", "cold|too cold|freezing", "not cold"),
    "connectivity": Detected("devices|things|connections", "connected|online", "disconnected|offline|not connected"),
    "gas": Detected("gas sensors|gas detectors|gas alarms", TRIGGERED, QUIET),
    "heat": Detected("things|devices", "hot|too hot|overheating|overheated", "not hot"),
    "light": Detected("lights", "detected", "not detected"),
    "moisture": Detected(
        "water sensors|leak sensors|moisture sensors|flood sensors|leak detectors|sensors", "wet|leaking|flooded|damp|on|triggered", "dry|not wet"
    ),
    "motion": Detected("motion sensors|motion detectors|movement sensors", TRIGGERED, QUIET),
    "occupancy": Detected("occupancy sensors|rooms", "occupied|in use|triggered|on|taken", "free|empty|unoccupied|clear|off|not occupied"),
    "opening": Detected("openings|windows and doors|doors and windows|contact sensors", "open|opened", "closed|shut"),
    "plug": Detected("devices|plugs|things", "plugged in|plugged", "unplugged|not plugged in"),
    "power": Detected("devices|things", "powered on|powered|with power", "without power|powered off|not powered"),
    "presence": Detected("devices|phones", "home|at home|present", "away|not home|not at home|gone"),
    "problem": Detected("problem sensors|devices|things", "having a problem|having problems|in trouble|broken", "fine|all right|without problems"),
    "running": Detected("devices|machines|appliances|things", "running", "not running|stopped"),
    "safety": Detected("things|devices", "unsafe|not safe", "safe"),
    "smoke": Detected("smoke sensors|smoke detectors|smoke alarms|fire alarms", TRIGGERED, QUIET),
    "sound": Detected("sound sensors|noise sensors|sound detectors", TRIGGERED, QUIET),
    "tamper": Detected("tamper sensors|things", "tampered with|triggered|being tampered with", "clear|untouched|off"),
    "update": Detected("devices|things", "out of date|outdated|in need of an update", "up to date|updated|current"),
    "vibration": Detected("vibration sensors|things", "vibrating|shaking|triggered|on", "still|clear|off"),
}
"""Device class of a binary sensor -> how it is spoken of. Doors, windows and locks are asked about as such (skills.house_phrases)."""

FELT_CLASSES = {
    "motion": "motion|movement",
    "smoke": "smoke|fire",
    "gas": "gas",
    "sound": "sound|noise",
    "vibration": "vibration",
    "moisture": "a leak|leaks|a water leak|water|flooding",
    "carbon_monoxide": "carbon monoxide|co",
}
"""Device class -> what is said to be there: "is there any smoke"."""


def measured() -> tuple[Phrase, ...]:
    """ "What is the humidity in the bathroom": the class is implied by its words, so that the sensor's own name is free of it."""
    templates = (
        (f"<what_is> [<the>] [current|amount of|concentration of|level of] ({{x}}) {LEVEL} {OF} <named> [now|right now]", True),
        (f"<what_is> <named> ({{x}}) {LEVEL} [now|right now]", True),
        (f"<what_is> [<the>] [current|amount of|level of] ({{x}}) {LEVEL} [<place>] [now|right now|like|at the moment]", False),
        (f"<what_is> [<the>] ({{area}}|{{floor}}) ({{x}}) {LEVEL}", False),
        ("how (much|high|low|full|many) [is|are] [<the>] ({x}) [is|are|does|do] [left|there|has|have|being used] [<place>]", False),
        ("how (much|high|low|full|many) [is|are] [<the>] ({x}) [is|are|does|do] [left|there|left] [<at>] <named> [have|use|using|left]", True),
    )
    return tuple(
        Phrase(template.replace("{x}", said), {"domain": "sensor", "device_class": kind}, (kind, "sensor", "vacuum", "lock") if named else ())
        for kind, said in MEASURED.items()
        for template, named in templates
        if not (kind == "temperature" and not named)
    )


def _one_of(things: str) -> str:
    """The singular of each: "leak sensors|batteries" -> "leak sensor|battery"."""
    several = (thing for thing in things.split("|") if thing.endswith("s"))
    return "|".join(thing.removesuffix("ies") + "y" if thing.endswith("ies") else thing.removesuffix("s") for thing in several)


def detected() -> tuple[Phrase, ...]:
    """ "Are any smoke sensors triggered", "is the computer hot", "is any gas detected"."""
    made: list[Phrase] = []
    for kind, row in DETECTED.items():
        for state, said in (("on", row.on), ("off", row.off)):
            slots = {"domain": "binary_sensor", "device_class": kind, "state": state}
            made += [
                Phrase(f"<is> <named> [<currently>] ({said}) [<currently>]", {"domain": "binary_sensor", "state": state}, (kind,)),
                Phrase(f"<is> (any|all|all of|some|the|my|there any|any of|all the) [<the>] ({row.things}) [<currently>] ({said}) [<place>]", slots),
                Phrase(f"<is> (any|all|all of|some|the|my|there any|any of|all the) [<the>] ({row.things}) <place> [<currently>] ({said})", slots),
                Phrase(f"<is> [<the>] ({_one_of(row.things)}) [<place>] [<currently>] ({said}) [<place>]", slots),
                Phrase(f"(which|what|how many) [of] [<the>] ({row.things}) <is> [<currently>] ({said}) [<place>]", slots),
                Phrase(f"(which|what|how many) [of] [<the>] ({row.things}) <place> <is> [<currently>] ({said})", slots),
            ]
    for kind, said in FELT_CLASSES.items():
        slots = {"domain": "binary_sensor", "device_class": kind, "state": "on"}
        made += [
            Phrase(f"(is there|is there any|was there|are there any|do you see|do you detect|any) ({said}) [detected] [<place>]", slots),
            Phrase(f"(is|has|was) [<the>|any] ({said}) [been] (detected|sensed|noticed) [<place>]", slots),
        ]
    lit = {"domain": "sensor", "device_class": "illuminance"}
    made += [
        Phrase("how (bright|light|dark) (is|was) it [<place>|in here|here|in this room|inside] [now|right now]", lit),
        Phrase("how (bright|light|dark) (is|are) (the room|this room|[<the>] {area}) [now|right now]", lit),
        Phrase("<what_is> [<the>] [current] (brightness|light) [<place>|in here|here|in this room] [now|right now]", lit),
        Phrase("<what_is> [<the>] {area} brightness", lit),
        Phrase("(is|are) [<the>] {area} (flooded|wet|leaking)", {"domain": "binary_sensor", "device_class": "moisture", "state": "on"}),
        Phrase("(is|are) [<the>] {area} (occupied|in use|taken)", {"domain": "binary_sensor", "device_class": "occupancy", "state": "on"}),
        Phrase("(is|are) [<the>] {area} (free|empty|unoccupied)", {"domain": "binary_sensor", "device_class": "occupancy", "state": "off"}),
        Phrase(
            "(is|has) (anyone|anybody|someone|somebody) [been] (in|in there) [<the>] {area}",
            {"domain": "binary_sensor", "device_class": ["occupancy", "motion", "presence"], "state": "on"},
        ),
        Phrase("<is> <named> (occupied|triggered|active|detected|detecting [something]|going off)", {"state": "on"}, ("binary_sensor",)),
        Phrase("<is> <named> (clear|quiet|empty|unoccupied|inactive)", {"state": "off"}, ("binary_sensor",)),
    ]
    return tuple(made)
