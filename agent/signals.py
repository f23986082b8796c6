"""The signals that settle what was meant: each scores one candidate in one context, with a weight from one table, so that "why" can be shown."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from agent import wording
from agent.intents import About
from agent.musicians import MUSICIANS
from agent.places import is_here, is_near
from agent.records import Context, Interpretation, Why
from devices.effects import number
from devices.heat import is_health, named_for, owner_is_on, plausible
from devices.home import Entity, Hardware
from devices.kinds import has_screen, is_on, is_playing, kind_of, temperature_range

WEIGHTS: dict[str, float] = {
    "name": 2.0,
    "alias": 1.8,
    "part of the name": 0.5,
    "room": 1.5,
    "presence": 1.5,
    "same floor": 0.4,
    "kind": 1.0,
    "owner": 1.5,
    "on": 1.2,
    "on elsewhere": 0.7,
    "off": 0.3,
    "playing": 1.8,
    "not playing": -1.0,
    "paused": 1.6,
    "moving": 1.8,
    "ringing": 3.0,
    "range": 1.5,
    "out of range": -3.0,
    "room temperature": 0.6,
    "thermostat": 0.4,
    "not the room's": -3.0,
    "sensor": 0.8,
    "screen": 1.0,
    "speaker": 0.4,
    "last spoken of": 0.8,
    "habit": 1.5,
    "personal taste": 1.0,
    "outdoors": -0.8,
    "diagnostic": -6.0,
    "not reachable": -0.6,
    "voice device": 0.5,
    "at home": 1.0,
}
"""One table, so that a learner may later re-estimate it."""

MUSIC_CLASSES = frozenset({"music", "track", "song", "album", "artist", "playlist", "podcast", "audiobook", "channel", "radio"})
SCREEN_CLASSES = frozenset({"movie", "tvshow", "tv_show", "tv show", "show", "video", "episode", "film", "season", "game"})
HEARD = ("music", "genre", "artist")
"""Topics of preferences that are about what is played."""
PLAY = "HassMediaSearchAndPlay"
RESUME = "HassMediaUnpause"
BY_IT, UNSAID = 5.0, 2.0
"""How much more what was just spoken of counts where it was called "it", and where nothing was called at all ("brighter")."""
A_WORD_TOO = 0.4
"""What a name counts that is the word for such a thing: who says "the light" in a room of lights means those."""
OPEN_IS = 0.4
"""What a cover's being open counts, beside a lamp's being on: it mostly is."""
OF_WHAT_GOES_ON = 0.3
"""What a habit counts where it is about what is on, plays or moves: that shows by itself."""
ELSEWHERE = 0.4
"""What a habit, or a screen, counts in another room than the one of asking."""
MEANT_HERE = 1.4
"""What a habit of this very room counts, about such a request: more than another thing's being here."""
WARMTH = frozenset({"ExtClimateRelative", "ExtTemperatureRelative"})
SET_WARMTH = "HassClimateSetTemperature"
ALREADY_ON = 0.35
"""What heating that is on counts beside heating that is off, where a temperature is set, or beside the room's own."""
HEATS = frozenset({"heat", "heat_cool", "auto"})
COOLS = frozenset({"cool", "heat_cool", "auto"})
OF_THE_ROOM = WARMTH | {"ExtHvacMode", "HassClimateSetHvacMode", "HassClimateSetFanMode"}
"""Intents that are about a room's air: not about the fridge's, unless it was spoken of."""

Match = Literal["", "name", "alias", "part"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that one reading could mean."""

    entity: Entity
    reading: Interpretation
    about: About
    match: Match = ""
    """How it was called."""
    placed: bool = False
    """Its room or floor was said."""
    rivals: frozenset[str] = frozenset()
    """All things that the reading could mean."""
    guessed: bool = False
    """Nothing was called by any name, nor spoken of before."""
    usual: float = 0.0
    """How strongly it is the habit among its rivals, 0-1."""
    usual_here: float = 0.0
    """How strongly it is what is meant by asking for such a thing in this very room, 0-1."""

    @property
    def named(self) -> bool:
        """It was called by a name of its own."""
        return self.match in ("name", "alias")


Signal = Callable[[Candidate, Context], Iterator[tuple[str, float]]]


def why(candidate: Candidate, context: Context) -> tuple[Why, ...]:
    """Every signal that speaks for or against a candidate; the factor scales the table's weight."""
    found = (pair for signal in SIGNALS for pair in signal(candidate, context))
    return tuple(reason(name, candidate.entity.entity_id, factor) for name, factor in found if factor)


def reason(signal: str, candidate: str, factor: float = 1.0) -> Why:
    return Why(signal, round(WEIGHTS[signal] * factor, 3), candidate)


def _name(c: Candidate, context: Context) -> Iterator[tuple[str, float]]:
    """ "The Light" may be a name, and is a word."""
    if c.match == "part":
        yield "part of the name", 1.0
    elif c.match:
        yield c.match, A_WORD_TOO if wording.is_kind_word(c.entity.name) else 1.0


def _owner(c: Candidate, context: Context) -> Iterator[tuple[str, float]]:
    area = context.home.areas.get(context.home.area_of(c.entity) or "")
    if context.who and wording.is_mine(context.text) and wording.belongs_to(c.entity, area, context.who):
        yield "owner", 1.0


def _room(c: Candidate, context: Context) -> Iterator[tuple[str, float]]:
    if c.placed or context.area is None:
        return
    if is_here(c.entity, context):
        yield "room", 1.0
    elif is_near(c.entity, context):
        yield "same floor", 1.0


def _state(c: Candidate, context: Context) -> Iterator[tuple[str, float]]:
    """You turn off what is on, pause what plays, resume what was paused, lock what is unlocked."""
    if c.entity.domain == "media_player" and c.about.domains == ("media_player",):
        yield from _sounding(c, context)
    elif c.guessed and c.about.active is None and is_on(c.entity):
        yield "on", (OPEN_IS if c.entity.domain in ("cover", "valve") else 1.0) if may_reach(c.entity, context) else 0.0
    elif c.reading.intent == SET_WARMTH and is_on(c.entity):
        yield "on", ALREADY_ON
    elif c.about.active is not None and (wanted := awaits(c.entity, c.about)) is not None:
        air = c.reading.intent in OF_THE_ROOM and not c.placed and not may_reach(c.entity, context)
        yield wanted, ALREADY_ON if air else 1.0


def may_reach(entity: Entity, context: Context) -> bool:
    """It is in the room of asking, or that is not known."""
    return context.area is None or is_here(entity, context)


def _sounding(c: Candidate, context: Context) -> Iterator[tuple[str, float]]:
    if c.reading.intent == RESUME:
        yield ("paused", 1.0) if c.entity.state == "paused" else ("not playing", 0.0 if is_playing(c.entity) else 0.5)
    elif c.reading.intent == PLAY:
        if is_playing(c.entity) and is_here(c.entity, context):
            yield "playing", 0.1
    elif c.about.active and is_playing(c.entity):
        yield "playing", 1.0
    elif c.about.active:
        yield "not playing", {"paused": 0.5, "off": 1.4}.get(c.entity.state, 1.0)


def awaits(entity: Entity, what: About) -> str | None:
    """ "on" or "off" where the thing is in the state that the request would change; a lock is "turned on" by locking it, while it is open."""
    if what.active is None:
        return None
    wanted = what.active != (entity.domain == "lock")
    if is_on(entity) != wanted:
        return None
    return "on" if wanted else "off"


def _asked_temperature(c: Candidate, context: Context) -> Iterator[tuple[str, float]]:
    """The room's temperature, unless something hot is on and no room was said: then that thing's. What fridges measure is no room's."""
    if c.reading.intent != "HassClimateGetTemperature" or c.named:
        return
    thing = named_for(c.entity, context.home)
    here = c.placed or is_here(c.entity, context)
    if thing:
        if not c.placed and not wording.says_here(context.text) and owner_is_on(c.entity, thing, context.home):
            yield ("on", 1.6) if here or context.area is None else ("on elsewhere", 1.0)
        else:
            yield "not the room's", 1.0
    elif is_outdoors(c.entity):
        yield "outdoors", 0.2 if here else 1.0
    elif c.entity.domain == "sensor":
        yield "room temperature", 1.0
    elif c.entity.domain == "climate":
        yield "thermostat", 1.0


OUTSIDE = ("outside", "outdoor", "garden", "exterior", "balcony", "patio", "terrace", "porch", "yard")


def is_outdoors(entity: Entity) -> bool:
    return entity.domain == "weather" or any(w in f"{entity.name} {entity.entity_id}".casefold() for w in OUTSIDE)


def _air(c: Candidate, context: Context) -> Iterator[tuple[str, float]]:
    """Of what warms and cools a room the one that can do what was asked; a fridge is not the room's."""
    if c.reading.intent not in OF_THE_ROOM or c.named:
        return
    if not c.guessed and c.entity.entity_id not in context.focus and named_for(c.entity, context.home):
        yield "not the room's", 1.0
    modes = {str(mode) for mode in c.entity.attributes.get("hvac_modes") or ()}
    if c.reading.intent in WARMTH and modes:
        able = modes & (HEATS if is_warmer(c.reading) else COOLS) or (not is_warmer(c.reading) and is_on(c.entity))
        yield "kind", 0.5 if able else -0.5


def is_warmer(reading: Interpretation) -> bool:
    by = str(reading.slots.get("temperature_step") or "up")
    return not (by == "down" or by.startswith("-"))


def _range(c: Candidate, context: Context) -> Iterator[tuple[str, float]]:
    wanted = number(c.reading.slots.get("temperature"))
    if wanted is None or c.about.domains != ("climate", "water_heater"):
        return
    span = temperature_range(c.entity)
    if span:
        within = span[0] <= wanted <= span[1]
        yield ("range", plausible(c.entity, wanted)) if within else ("out of range", 1.0)


def _sensed(c: Candidate, context: Context) -> Iterator[tuple[str, float]]:
    """ "It's too warm": there where it is warm. Counts per degree from the mean of all that could be meant, two degrees at most."""
    if c.reading.intent not in WARMTH or c.placed or context.area is not None:
        return
    rooms = (e for r in c.rivals if not named_for(e := context.home.entities[r], context.home))
    measured = [t for e in rooms if (t := _warmth(e)) is not None]
    own = _warmth(c.entity) if not named_for(c.entity, context.home) else None
    if own is None or len(measured) < 2:
        return
    sign = 1.0 if is_warmer(c.reading) else -1.0
    yield "sensor", max(-1.0, min(1.0, sign * (sum(measured) / len(measured) - own) / 2))


def _warmth(entity: Entity) -> float | None:
    return number(entity.attributes.get("current_temperature"))


ASKED_OF: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("open", "opened", "closed", "shut", "ajar"), ("cover", "binary_sensor", "valve")),
    **dict.fromkeys(("locked", "unlocked", "secured"), ("lock",)),
    **dict.fromkeys(("on", "off", "running"), ("light", "switch", "fan", "climate", "media_player", "input_boolean", "humidifier", "water_heater")),
    **dict.fromkeys(("playing", "paused", "idle"), ("media_player",)),
}
"""State that was asked about -> the domains that have such a state."""


def _kind(c: Candidate, context: Context) -> Iterator[tuple[str, float]]:
    """Of things called the same the one of the sort that was said, or that can be in the state that was asked about."""
    if c.named and len({context.home.entities[r].kind for r in c.rivals}) > 1:
        state = str(c.reading.slots.get("state") or "").casefold()
        if c.entity.domain in ASKED_OF.get(state, ()) or (not state and c.entity.kind in wording.kinds_said(context.text)):
            yield "kind", 1.0


def _seen(c: Candidate, context: Context) -> Iterator[tuple[str, float]]:
    """ "Pause the film" is the screen, "pause the music" is not."""
    if c.about.domains != ("media_player",) or c.reading.intent == PLAY or c.named:
        return
    screen = shows(c.entity, context)
    if (wording.is_seen(context.text) and screen) or (wording.is_heard(context.text) and not screen):
        yield "kind", 1.2


def shows(entity: Entity, context: Context) -> bool:
    """It has a screen: by its own word or kind, or as the hardware that it belongs to tells."""
    if has_screen(entity):
        return True
    hardware = context.home.devices.get(entity.device_id or "")
    if entity.domain != "media_player" or entity.device_class is not None:
        return False
    return bool(hardware and hardware.screen) or _screen_of(context.device, entity, context)


def _screen_of(device: Hardware | None, entity: Entity, context: Context) -> bool:
    """The asking device has a screen, no player is told to be its own, and this one stands where it stands."""
    if device is None or not device.screen or entity.device_id:
        return False
    own = any(e.device_id == device.device_id for e in context.home.entities.values() if e.domain == "media_player")
    return not own and context.home.area_of(entity) == (device.area or context.area)


def _media(c: Candidate, context: Context) -> Iterator[tuple[str, float]]:
    """What is shown needs a screen; a title is the film where one is; what is only heard is a speaker's."""
    if c.reading.intent != PLAY:
        return
    media, screen = media_said(c.reading, context), shows(c.entity, context)
    if media == "seen":
        yield "screen", 1.8 if screen else -1.5
    elif media == "heard":
        yield ("screen", -0.4) if screen else ("speaker", 1.0)
    elif screen:
        yield "screen", 1.0 if context.area is None or is_here(c.entity, context) or c.placed else ELSEWHERE


def media_said(reading: Interpretation, context: Context) -> Literal["seen", "heard", ""]:
    """What was asked for is to be seen or heard; "" where a title alone was said."""
    media = str(reading.slots.get("media_class") or "").casefold()
    if media in SCREEN_CLASSES or (not media and wording.is_seen(context.text)):
        return "seen"
    titled = wording.plain(str(reading.slots.get("search_query") or ""))
    if not media and (titled in MUSICIANS or f"the {titled}" in MUSICIANS):
        return "heard"
    if media in MUSIC_CLASSES or not reading.slots.get("search_query") or (not media and wording.is_heard(context.text)):
        return "heard"
    return ""


def _device(c: Candidate, context: Context) -> Iterator[tuple[str, float]]:
    if context.device is not None and c.entity.device_id == context.device.device_id and c.entity.domain == "media_player":
        yield "voice device", 1.0


GOES_ON = frozenset({"HassLightSet", "HassSetPosition", "HassFanSetSpeed", "HassSetVolume", "HassSetVolumeRelative", "ExtFanSpeedRelative"})
"""Intents that, where no thing is said, go on with what was spoken of."""
ANEW = frozenset({PLAY, "HassClimateGetTemperature", "ExtApplianceStart"})
"""Intents that are asked anew each time, whatever was spoken of."""


def goes_on(reading: Interpretation, context: Context) -> bool:
    """ "Brighter", "next": nothing was called, so that what was just spoken of goes on. "It's too dark" is about the room."""
    media = reading.intent.startswith("HassMedia")
    if wording.says_thing(context.text) or wording.is_mood(context.text):
        return False
    return media or reading.intent in GOES_ON or reading.intent in WARMTH


def _focus(c: Candidate, context: Context) -> Iterator[tuple[str, float]]:
    if c.entity.entity_id not in context.focus or c.named or c.placed or c.reading.intent in ANEW or wording.is_mood(context.text):
        return
    silent = c.about.domains == ("media_player",) and not is_playing(c.entity) and c.entity.state != "paused"
    if goes_on(c.reading, context) and not silent:
        yield "last spoken of", UNSAID
    elif stayed(context):
        yield "last spoken of", 1.0


def stayed(context: Context) -> bool:
    """The last request came from this room too: what was spoken of elsewhere is not meant by a whole request here."""
    return context.previous is None or context.previous.area == context.area


def _habit(c: Candidate, context: Context) -> Iterator[tuple[str, float]]:
    """Counts less for a thing in another room, where what was asked for is also here."""
    if c.named or c.about.reach == "ask":
        return
    if c.usual_here and c.about.active is not True:
        yield "habit", MEANT_HERE * c.usual_here
    elif c.usual:
        here = may_reach(c.entity, context) or not any(is_here(context.home.entities[r], context) for r in c.rivals)
        yield "habit", c.usual * (1.0 if here else ELSEWHERE) * (OF_WHAT_GOES_ON if c.about.active else 1.0)


def is_shown(entity: Entity, reading: Interpretation, context: Context) -> bool:
    """Playing this there is to look at it."""
    media = media_said(reading, context)
    return media == "seen" or (not media and shows(entity, context))


def _taste(c: Candidate, context: Context) -> Iterator[tuple[str, float]]:
    """ "I prefer tea" speaks for the kettle, whatever it was said about."""
    kind = kind_of(c.entity)
    if c.named or kind is None:
        return
    words = {word for said in (kind.name.replace("_", " "), *kind.words) for word in said.split()}
    liked = (p.value.casefold() for p in context.preferences if p.topic not in HEARD and not p.topic.startswith("disliked"))
    if any(value in words or value.replace(" ", "_") == kind.name for value in liked):
        yield "personal taste", 1.0


def _health(c: Candidate, context: Context) -> Iterator[tuple[str, float]]:
    if c.named:
        return
    if is_health(c.entity, context.home):
        yield "diagnostic", 1.0
    if not c.entity.available:
        yield "not reachable", 1.0


SIGNALS: tuple[Signal, ...] = (
    _name, _owner, _room, _state, _asked_temperature, _air, _range, _sensed, _kind, _seen, _media, _device, _focus, _habit, _taste, _health,
)  # fmt: skip


def total(reasons: tuple[Why, ...]) -> float:
    return sum(r.weight for r in reasons)


def explained(weights: Mapping[str, float]) -> str:
    """The weights as a table, for docs."""
    return "\n".join(f"| {name} | {weight:+.1f} |" for name, weight in weights.items())
