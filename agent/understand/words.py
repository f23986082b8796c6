"""Words for sorts of things, states and levels: what people say -> what Home Assistant calls it. Tables only."""

from collections.abc import Iterable, Mapping
from typing import Any

from agent.understand.normal import listed, name_words
from devices.colors import NAMED
from devices.kinds import KINDS

Words = tuple[str, ...]
Table = dict[str, tuple[tuple[Words, Any], ...]]
"""First word -> (all words, value), the longest first."""


def _table(rows: Iterable[tuple[str, Any]]) -> Table:
    found: dict[str, list[tuple[Words, Any]]] = {}
    for said, value in rows:
        words = name_words(said)
        if words and (words, value) not in found.setdefault(words[0], []):
            found[words[0]].append((words, value))
    return {first: tuple(sorted(many, key=lambda row: -len(row[0]))) for first, many in found.items()}


def _inverted(rows: Mapping[Any, str]) -> Table:
    return _table((said, value) for value, many in rows.items() for said in many.split("|"))


STATES = _inverted(
    {
        "on": "on|turned on|switched on|powered on|running|active|activated|working|lit|shining|glowing|enabled|going|triggered|detected|"
        "occupied|tripped|alight|powered up|spinning|blowing|"
        "wet|flooded|low|hot|cold|plugged in|connected|moving|vibrating|noisy|full|leaking",
        "off": "off|turned off|switched off|powered off|inactive|deactivated|out|disabled|not running|idle|unoccupied|empty|vacant|dry|clear|"
        "normal|charged|unplugged|disconnected|quiet|shut off|safe|powered down|still",
        "open": "open|opened|up|raised|ajar|wide open|lifted|not closed|pulled up|not shut|rolled up",
        "closed": "closed|shut|down|lowered|not open|pulled down|closed up|drawn|rolled down",
        "opening": "opening|going up|rising|moving up",
        "closing": "closing|shutting|going down|moving down",
        "locked": "locked|secured|secure|bolted|locked up|latched|securely locked",
        "unlocked": "unlocked|unsecured|unbolted|not locked|unsecure|insecure|unlatched",
        "jammed": "jammed|stuck|blocked",
        "home": "home|at home|in the house",
        "not_home": "away|not home|not at home|gone|out of the house",
        "playing": "playing",
        "paused": "paused|on pause",
        "stopped": "stopped",
        "cleaning": "cleaning|vacuuming|sweeping",
        "docked": "docked|at the dock|on the dock|in the dock|at its dock|at base|at its base",
        "returning": "returning|on its way back|returning to base|returning to the dock|coming back",
        "mowing": "mowing",
        "error": "in error|broken|in trouble",
        "charging": "charging",
        "armed_away": "armed",
        "disarmed": "disarmed",
        "heat": "heating",
        "cool": "cooling",
        "unavailable": "unavailable|offline|unreachable|not reachable",
    }
)
AS_BINARY = {
    **dict.fromkeys(("open", "unlocked", "home", "playing", "cleaning", "charging", "jammed", "error"), "on"),
    **dict.fromkeys(("closed", "locked", "not_home", "paused", "docked"), "off"),
}
"""What a binary sensor says instead."""
MEDIA = _inverted(
    {
        "track": "song|songs|track|tune|tracks|single",
        "movie": "movie|film|movies|flick|films|motion picture",
        "tv_show": "tv show|show|series|tv series|television show|sitcom|television series|tv program",
        "album": "album|record|lp|soundtrack",
        "artist": "artist|band|singer|musician|group",
        "playlist": "playlist|mix|play list",
        "podcast": "podcast|podcasts",
        "channel": "channel|station|radio station|tv channel|radio channel",
        "audiobook": "audiobook|audio book|book",
        "game": "game|video game",
        "music": "music",
    }
)
_COVERS = {
    "blind": "blind|blinds|roller blind|roller blinds|venetian blinds|window blinds",
    "curtain": "curtain|curtains|drapes|drape",
    "shade": "shade|shades|roller shades|window shades",
    "shutter": "shutter|shutters|roller shutter|roller shutters",
    "garage": "garage door|garage doors|garage",
    "gate": "gate|gates",
    "door": "door|doors",
    "window": "window|windows|skylight|skylights",
    "awning": "awning|awnings",
    "damper": "damper|dampers",
}
COVERS = _inverted(_COVERS)
SENSORS = _inverted(
    {
        "temperature": "temperature|temp|temperatures|degrees",
        "humidity": "humidity|relative humidity|moisture level|humidity level",
        "battery": "battery|battery level|battery levels|batteries|battery percent|charge",
        "power": "power|power consumption|power usage|power draw|wattage",
        "apparent_power": "apparent power",
        "energy": "energy|energy usage|energy consumption|amount of energy|electricity|electricity usage|electricity consumption",
        "carbon_dioxide": "carbon dioxide|co2|co2 level|carbon dioxide level|c o 2",
        "carbon_monoxide": "carbon monoxide|carbon monoxide level|co level",
        "illuminance": "illuminance|light level|brightness|lux|illumination",
        "atmospheric_pressure": "air pressure|atmospheric pressure|barometric pressure",
        "pressure": "pressure",
        "aqi": "air quality|air quality index|aqi",
        "pm25": "pm2.5|pm25|pm2.5 level|pm 2.5|particulate matter",
        "voltage": "voltage|voltage drop",
        "current": "electric current|amperage|amps",
        "volume": "water usage|water consumption",
        "water": "water",
        "gas": "gas|gas consumption|gas usage|amount of gas",
        "speed": "speed",
        "wind_speed": "wind speed|wind",
        "precipitation": "rainfall|precipitation",
        "distance": "distance|range|mileage",
        "duration": "duration|remaining time|time left|time remaining",
        "data_rate": "download speed|upload speed|data rate|bandwidth",
        "data_size": "size|file size|storage|disk space",
        "signal_strength": "signal strength|signal|wifi strength|reception",
        "sound_pressure": "noise level|sound level|decibels",
        "weight": "weight",
        "nitrogen_dioxide": "nitrogen dioxide|nitrogen dioxide concentration|no2",
        "nitrogen_monoxide": "nitrogen monoxide|nitrogen monoxide concentration",
        "nitrous_oxide": "n2o|n2o concentration|nitrous oxide",
        "ozone": "ozone|ozone level",
        "volatile_organic_compounds": "concentration of organic compounds|organic compounds|voc|voc level",
        "moisture": "moisture|soil moisture",
        "uv_index": "uv index",
        "monetary": "cost|price|electricity price",
    }
)
_BINARY = {
    "motion": "motion|movement",
    "smoke": "smoke|fire",
    "moisture": "water leak|leak|leaks|moisture|water|flood|flooding",
    "gas": "gas|gas leak",
    "carbon_monoxide": "carbon monoxide|co",
    "connectivity": "connectivity|connection",
    "door": "door|doors",
    "garage_door": "garage door|garage doors",
    "window": "window|windows",
    "opening": "opening|openings",
    "presence": "presence|person",
    "occupancy": "occupancy",
    "problem": "problem|problems",
    "vibration": "vibration|vibrations",
    "sound": "sound|noise|noises|sounds",
    "tamper": "tampering|tamper",
    "light": "light",
    "battery": "battery|batteries",
    "battery_charging": "charging",
    "lock": "lock|locks",
    "heat": "heat|overheating",
    "cold": "frost|cold",
    "running": "running",
    "plug": "plug|plugs",
    "power": "power",
    "safety": "danger|safety",
    "update": "update|updates",
}
BINARY = _inverted(_BINARY)
DOMAINS = _inverted(
    {
        "light": "light|lights|lamp|lamps|lighting|bulb|bulbs",
        "lock": "lock|locks|door|doors|door lock|door locks",
        "switch": "switch|switches|plug|plugs|outlet|outlets|socket|sockets",
        "fan": "fan|fans",
        "person": "people|person|anyone|somebody|someone|anybody|everyone|everybody",
        "cover": "cover|covers",
        "media_player": "media player|media players|speaker|speakers|player|players",
        "vacuum": "vacuum|vacuums",
        "climate": "thermostat|thermostats",
        "valve": "valve|valves",
        "scene": "scene|scenes",
        "script": "script|scripts",
        "automation": "automation|automations",
        "sensor": "sensor|sensors",
        "camera": "camera|cameras",
        "todo": "list|lists",
    }
)
HVAC = _inverted(
    {
        "heat": "heat|heating|warm",
        "cool": "cool|cooling|cold|air conditioning|ac",
        "auto": "auto|automatic",
        "heat_cool": "heat cool|heat and cool",
        "dry": "dry|dehumidify|drying",
        "fan_only": "fan only|fan",
        "off": "off",
    }
)
FAN_MODES = _inverted(
    {
        "low": "low|lowest|slow|minimum",
        "medium": "medium|mid",
        "middle": "middle",
        "high": "high|highest|fast|maximum",
        "auto": "auto|automatic",
        "on": "on",
        "off": "off",
        "quiet": "quiet|silent|sleep",
        "turbo": "turbo|boost",
        "focus": "focus|focused",
        "diffuse": "diffuse|diffused",
        "top": "top",
        "circulate": "circulate",
    }
)
_FULL = "max|maximum|the max|the maximum|full|the highest|highest|the brightest|brightest|full power|a hundred percent|all the way up|"
"all the way|the loudest|loudest|the top"
_LEAST = "min|minimum|the min|the minimum|the lowest|lowest|the dimmest|dimmest|the quietest|quietest|all the way down"
LEVELS = _inverted(
    {100: _FULL, 1: _LEAST, 50: "half|half way|halfway|half open|half closed|the middle|medium", 25: "a quarter|quarter", 75: "three quarters"}
)
POSITIONS = _inverted(
    {
        100: "fully open|completely open|full|maximum|all the way|all the way open",
        0: "fully closed|completely closed|minimum",
        50: "half|half way|halfway|half open|half closed|the middle",
        25: "a quarter|quarter",
        75: "three quarters",
    }
)
KELVINS = _inverted(
    {
        1900: "candle light|candlelight|candle",
        2700: "warm white|soft white|warm light|warm",
        4000: "cold white|cool white|neutral white|cold light|cool light|neutral",
        6500: "daylight|day light",
    }
)
_SHADES = listed(
    """
    light dark medium deep pale hot sky royal navy forest lime sea spring midnight steel slate indian alice powder yellow green blue orange violet
    white floral ghost antique rosy sandy saddle fire dodger cadet cornflower lawn mint misty navajo old olive papaya peach rebecca lavender lemon
    dim burly golden
    """
)


def _spaced(name: str) -> str:
    """ "lightblue" -> "light blue"; what cannot be parted stays."""
    shade = max((s for s in _SHADES if name.startswith(s) and len(name) > len(s) + 1), key=len, default="")
    rest = name[len(shade) :]
    return f"{shade} {_spaced(rest)}" if shade and rest in _HEADS else name


_HEADS = frozenset(NAMED) | {"rod", "whip", "chiffon", "drab", "brown", "cream", "rose", "lace", "puff", "brick", "blush", "seagreen", "turquoise"}
COLORS = _table(
    [
        *((n, n) for n in NAMED if n != "tan"),
        *((_spaced(n), n) for n in NAMED),
        ("amber", "orange"),
        ("rose", "hotpink"),
        ("mint", "mintcream"),
        ("grey", "gray"),
        ("aqua", "aqua"),
        ("off white", "antiquewhite"),
        ("burgundy", "maroon"),
        ("cherry", "crimson"),
        ("mauve", "plum"),
        ("peach", "peachpuff"),
        ("lilac", "plum"),
        ("scarlet", "crimson"),
    ]
)
KINDS_SAID = _table((said, kind.name) for kind in KINDS.values() for said in kind.words)
ALLS = _inverted({"all": "all|every|all the|all of the|all of|every single|each|each and every|both"})
PRONOUNS = _table((p, p) for p in ("it", "them", "that one", "this one", "those", "these", "that", "this", "the same"))
EVERYWHERE = _inverted(
    {
        "all": "everywhere|all over|all over the house|all over the place|house|home|flat|apartment|building|place|whole house|whole home|"
        "entire house|entire home|whole place|whole apartment|entire apartment|entire place|whole flat|every room|each room|all rooms|"
        "all the rooms|all of the rooms|every area|each area|all areas|all the areas|rooms|every single room|all areas in the house|"
        "all areas of the house|every room of the house|every room in the house"
    }
)
HERE = _inverted({"here": "here|in here|this room|this area|this place|this space|room|right here|around here|over here|in this room"})
ROOMS = frozenset(
    listed(
        """
        room bedroom bathroom kitchen hall hallway corridor lounge study office den attic loft cellar basement garage garden yard backyard balcony
        terrace patio porch pantry nursery gym library studio workshop shed conservatory sunroom foyer entrance lobby stairs stairway staircase
        landing closet toilet washroom playroom ballroom driveway deck pool greenhouse cloakroom utility laundry barn cabin floor
        """
    )
)
"""Last words that say: this is a place."""
THINGS = frozenset(
    words.split()[-1]
    for kind in KINDS.values()
    for words in kind.words
    if kind.name not in ("todo", "person", "sun", "update", "select", "counter", "calendar", "zone")
) | {"device", "machine"}
"""Last words that say: this is a thing of a home."""
