"""What people mostly say to a home, as frames filled with its names and rooms: the sentences that hearing is held against.

A recogniser's slip is put right by the nearest sentence; the more unlikely sentences stand there, the more often it is a wrong one. So these are
the plain requests and questions, each in the few wordings that are most used, and only those that the grammar itself understands.

Rules of this file: data first; {name} is a name of a thing of the sorts beside it, {area} a room, {n} a number of the range that follows.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from devices.home import Entity, Home

TENS = tuple(range(10, 101, 10))
PERCENT = tuple(range(5, 101, 5))
ROOM_DEGREES = tuple(range(16, 27))
OVEN_DEGREES = tuple(range(100, 251, 10))
COLORS = ("red", "green", "blue", "white", "warm white", "yellow", "orange", "purple", "pink")
MINUTES = (*range(1, 21), 25, 30, 35, 40, 45, 50, 55, 60, 90)
SECONDS = (5, 10, 15, 20, 30, 45, 60, 90)
HOURS = (1, 2, 3, 4, 5, 6, 8, 10, 12)
CLOCK = tuple(f"{hour}{minute}" for hour in range(1, 13) for minute in ("", " fifteen", " thirty", " forty five"))
MUSIC = ("music", "some music", "jazz", "some jazz", "rock", "pop", "classical music", "the radio", "the news", "my playlist")
GROCERIES = (
    "milk",
    "bread",
    "eggs",
    "butter",
    "cheese",
    "coffee",
    "apples",
    "bananas",
    "tomatoes",
    "chicken",
    "pasta",
    "rice",
    "water",
    "toilet paper",
)

SWITCH = (
    "turn on the {name}", "turn off the {name}", "turn the {name} on", "turn the {name} off", "switch on the {name}", "switch off the {name}",
    "switch the {name} on", "switch the {name} off", "is the {name} on", "is the {name} off", "turn on the {name} in the {own}",
    "turn off the {name} in the {own}",
)  # fmt: skip
BY_DOMAIN: Mapping[str, tuple[str, ...]] = {
    "light": (
        *SWITCH, "dim the {name}", "brighten the {name}", "set the {name} to {n:PERCENT} percent", "set the {name} to {n:COLORS}",
        "make the {name} {n:COLORS}",
        "set the {name} to half brightness", "turn up the {name}", "turn down the {name}",
    ),
    "switch": (*SWITCH, "start the {name}", "stop the {name}"),
    "fan": (*SWITCH, "set the {name} to {n:TENS} percent", "turn up the {name}", "turn down the {name}"),
    "humidifier": (*SWITCH, "set the {name} to {n:TENS} percent"),
    "media_player": (*SWITCH, "pause the {name}", "mute the {name}", "turn up the {name}", "turn down the {name}"),
    "cover": (
        "open the {name}", "close the {name}", "raise the {name}", "lower the {name}", "open the {name} halfway", "stop the {name}",
        "is the {name} open",
        "is the {name} closed", "set the {name} to {n:TENS} percent", "open the {name} in the {own}", "close the {name} in the {own}",
    ),
    "valve": ("open the {name}", "close the {name}", "is the {name} open", "is the {name} closed", "turn on the {name}", "turn off the {name}"),
    "lock": ("lock the {name}", "unlock the {name}", "is the {name} locked", "is the {name} unlocked", "did i lock the {name}"),
    "vacuum": ("start the {name}", "stop the {name}", "pause the {name}", "send the {name} home", "where is the {name}"),
    "lawn_mower": ("start the {name}", "stop the {name}", "send the {name} home"),
    "climate": ("turn on the {name}", "turn off the {name}", "is the {name} on", "how hot is the {name}", "what is the temperature of the {name}"),
    "water_heater": ("turn on the {name}", "turn off the {name}", "is the {name} on"),
    "scene": ("turn on {name}", "activate {name}", "start {name}", "{name}", "turn on the {name} scene"),
    "script": ("run {name}", "start {name}", "{name}"),
    "alarm_control_panel": ("arm the {name}", "disarm the {name}", "is the {name} armed"),
    "binary_sensor": ("is the {name} open", "is the {name} closed"),
    "todo": ("what is on the {name}", "add {n:GROCERIES} to the {name}", "put {n:GROCERIES} on the {name}", "take {n:GROCERIES} off the {name}"),
}  # fmt: skip
"""Domain -> frames."""
BY_KIND: Mapping[str, tuple[str, ...]] = {
    "oven": ("set the {name} to {n:OVEN_DEGREES} degrees", "preheat the {name} to {n:OVEN_DEGREES} degrees"),
    "thermostat": ("set the {name} to {n:ROOM_DEGREES} degrees", "set the {own} {name} to {n:ROOM_DEGREES} degrees", "turn up the {name}",
        "turn down the {name}"),
    "coffee_maker": ("start brewing", "make coffee", "make me a coffee", "brew some coffee"),
    "washing_machine": ("is the {name} done", "is the {name} running"),
    "dishwasher": ("is the {name} done", "is the {name} running"),
    "dryer": ("is the {name} done", "is the {name} running"),
    "kettle": ("boil the {name}", "make tea"),
}  # fmt: skip
IN_ROOM: Mapping[str, tuple[str, ...]] = {
    "light": (
        "turn on the lights in the {area}", "turn off the lights in the {area}", "turn on the {area} lights", "turn off the {area} lights",
        "switch on the {area} lights", "switch off the {area} lights", "turn the {area} lights on", "turn the {area} lights off",
        "turn on the {area} light", "turn off the {area} light", "turn the {area} light on", "turn the {area} light off",
        "switch on the {area} light", "switch off the {area} light",
        "turn on all the lights in the {area}", "turn off all the lights in the {area}", "dim the {area} lights", "dim the lights in the {area}",
        "set the {area} lights to {n:TENS} percent", "set the {area} light to {n:TENS} percent", "set the lights in the {area} to {n:TENS} percent",
        "set the {area} light to half brightness", "set the {area} lights to {n:COLORS}", "make the {area} lights {n:COLORS}",
        "are the lights on in the {area}", "is the {area} light on", "is the light on in the {area}", "it is too dark in the {area}",
    ),
    "cover": ("open the {class} in the {area}", "close the {class} in the {area}", "open the {area} {class}", "close the {area} {class}",
              "open the {class} in the {area} halfway", "are the {class} open in the {area}"),
    "climate": (
        "set the {area} to {n:ROOM_DEGREES} degrees", "set the temperature in the {area} to {n:ROOM_DEGREES} degrees", "make it warmer in the {area}",
        "make it cooler in the {area}", "turn up the heating in the {area}", "turn down the heating in the {area}",
    ),
    "media_player": (
        "play {n:MUSIC} in the {area}", "turn up the volume in the {area}", "turn down the volume in the {area}", "pause the music in the {area}",
        "stop the music in the {area}", "set the volume in the {area} to {n:TENS} percent", "what is playing in the {area}",
    ),
    "sensor": ("what is the temperature in the {area}", "how warm is it in the {area}", "what is the humidity in the {area}",
        "how cold is it in the {area}"),
    "vacuum": ("vacuum the {area}", "clean the {area}"),
    "": ("turn off everything in the {area}",),
}  # fmt: skip
"""Domain that a room has -> frames."""
ANYWHERE: tuple[str, ...] = (
    "turn on the lights", "turn off the lights", "turn off all the lights", "dim the lights", "lights on", "lights off", "it is too dark in here",
    "set the lights to {n:TENS} percent",
    "turn it on", "turn it off", "turn it up", "turn it down", "turn that off", "turn them off", "make it brighter", "make it darker",
    "make it {n:COLORS}", "set it to {n:TENS} percent",
    "close it", "open it", "open the blinds", "close the blinds", "open the curtains", "close the curtains", "what is the temperature",
    "what is the temperature outside", "how warm is it",
    "set the temperature to {n:ROOM_DEGREES} degrees", "make it warmer", "make it cooler", "turn up the heating", "turn down the heating",
    "i am cold", "i am hot",
    "play {n:MUSIC}", "pause the music", "pause", "resume", "resume the music", "stop the music", "next song", "previous song", "next track",
    "skip this song", "turn up the volume",
    "turn down the volume", "volume up", "volume down", "set the volume to {n:TENS} percent", "mute", "unmute", "what is playing",
    "what song is this",
    "set a timer for {n:MINUTES} minutes", "set a timer for {n:SECONDS} seconds", "set a timer for {n:HOURS} hours", "set a timer for one minute",
    "set a timer for one hour",
    "set a timer for half an hour", "{n:MINUTES} minute timer", "start a timer for {n:MINUTES} minutes",
    "how much time is left", "how much time is left on the timer", "how long is left on the timer", "cancel the timer", "stop the timer",
    "pause the timer", "resume the timer", "cancel all timers", "set an alarm for {n:CLOCK}", "wake me up at {n:CLOCK}", "cancel the alarm",
    "stop the alarm", "snooze", "what alarms are set",
    "set an alarm for {n:CLOCK} am", "set an alarm for {n:CLOCK} pm",
    "what time is it", "what is the time", "what is the date", "what day is it", "what is the weather", "what is the weather like",
    "is it going to rain", "start brewing", "make coffee",
    "stop", "cancel", "never mind", "thank you", "good night", "good morning", "hello", "help", "what can you do", "undo that",
    "why did you do that", "what did you say", "yes", "no",
    "turn everything off", "turn off everything", "are all the windows closed", "are the doors locked", "is the front door locked",
    "which lights are on", "are any lights on", "lock the doors",
    "start the vacuum", "stop the vacuum", "send the vacuum home", "what is on the shopping list", "add {n:GROCERIES} to the shopping list",
    "what have you learned",
)  # fmt: skip
VALUES: Mapping[str, tuple[object, ...]] = {
    "TENS": TENS, "PERCENT": PERCENT, "ROOM_DEGREES": ROOM_DEGREES, "OVEN_DEGREES": OVEN_DEGREES, "COLORS": COLORS, "MINUTES": MINUTES,
    "SECONDS": SECONDS, "HOURS": HOURS,
    "CLOCK": CLOCK, "MUSIC": MUSIC, "GROCERIES": GROCERIES,
}  # fmt: skip
COVERS = {"blind": "blinds", "curtain": "curtains", "shade": "shades", "shutter": "shutters", "window": "windows", "awning": "awning"}
"""Kind -> the word for those of a room."""
MOST_NAMES = 400
"""Of a home with more things only these are sounded out: the snap must stay fast."""


def spoken(home: Home) -> tuple[str, ...]:
    """Every frame with everything of this home that fits it, the plainest first."""
    return tuple(dict.fromkeys(_spoken(home)))


def _spoken(home: Home) -> Iterator[str]:
    yield from _filled(ANYWHERE, {})
    for area in home.areas.values():
        things = [e for e in home.entities.values() if home.area_of(e) == area.area_id]
        classes = sorted({COVERS[e.kind] for e in things if e.kind in COVERS})
        domains = {e.domain for e in things} | {""}
        for name in (area.name, *area.aliases):
            for domain in sorted(domains & set(IN_ROOM)):
                for covers in classes if domain == "cover" else [""]:
                    yield from _filled(IN_ROOM[domain], {"{area}": name.lower(), "{class}": covers})
    for entity in list(home.entities.values())[:MOST_NAMES]:
        yield from _of(entity, home)


def _of(entity: Entity, home: Home) -> Iterator[str]:
    area = home.areas.get(home.area_of(entity) or "")
    for name in entity.names:
        frames = (*BY_DOMAIN.get(entity.domain, ()), *BY_KIND.get(entity.kind or "", ()))
        yield from _filled(frames, {"{name}": name.lower(), **({"{own}": area.name.lower()} if area else {})})


def _filled(frames: Iterable[str], words: Mapping[str, str]) -> Iterator[str]:
    """The frames with these words and every value; frames that need others are passed over."""
    for frame in frames:
        text = frame
        for slot, said in words.items():
            text = text.replace(slot, said)
        head, _, rest = text.partition("{n:")
        if not rest:
            if "{" not in text:
                yield text
            continue
        values, _, tail = rest.partition("}")
        if "{" not in head + tail:
            yield from (f"{head}{value}{tail}" for (value,) in product(VALUES[values]))
