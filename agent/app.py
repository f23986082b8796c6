"""The composition root: reads nothing itself, is given the settings, loads plug-ins through their entry points, and puts the agent together.

Nothing else loads plug-ins or knows which engine serves a stage.
"""

import time
import zlib
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from importlib.metadata import entry_points
from pathlib import Path

from agent.config import Config
from agent.dialogue import NO, YES
from agent.fleet import read as read_bundle
from agent.hearth import Hearth, Snap
from agent.learning import Learners
from agent.records import Context, Learned
from agent.rewrite import Rewrites, rewrite
from agent.risk import RiskTable
from agent.stages import Handler, Skill
from agent.store import Store
from agent.surroundings import Resident
from agent.understand import frames
from agent.understand.reader import Reader
from agent.understand.snapping import Snapping
from agent.wording import plain
from devices.commands import Devices
from devices.home import Area, Floor, Home, LiveHome, Location

HALF_HEARD = frozenset({"and", "a", "an", "i", "im", "in"})
"""Words at the beginning that may be what is left of another one: "and lock the door" was perhaps "unlock the door"."""


class PluginError(Exception):
    """A plug-in cannot be used: one sentence that names it."""


def skills(disabled: tuple[str, ...] = ()) -> tuple[Skill, ...]:
    """Every skill that is installed and not disabled, by name."""
    return tuple(
        _skill(point.name, point.load()) for point in sorted(entry_points(group="hearth.skills"), key=lambda p: p.name) if point.name not in disabled
    )


def _skill(name: str, found: object) -> Skill:
    if not isinstance(found, Skill):
        raise PluginError(f"The skill {name!r} does not export a Skill: its entry point must name one.")
    return found


def handlers(loaded: tuple[Skill, ...]) -> dict[str, Handler]:
    """intent -> handler; two skills that claim one intent are an error."""
    found: dict[str, Handler] = {}
    for skill in loaded:
        for intent, handler in skill.handlers.items():
            if found.setdefault(intent, handler) is not handler:
                raise PluginError(f"Two skills handle {intent}; disable one under `skills: disabled:` ({skill.name} is one of them).")
    return found


def configured_home(config: Config) -> Home:
    """The home that the settings describe, before any device has told of itself."""
    place = config.home.location
    return Home(
        areas={i: Area(i, a.name, a.aliases, a.floor) for i, a in config.home.areas.items()},
        floors={i: Floor(i, f.name, f.aliases) for i, f in config.home.floors.items()},
        location=Location(place.latitude, place.longitude, place.time_zone),
    )


def risk_table(config: Config) -> RiskTable:
    return RiskTable(dict(config.risk.overrides), frozenset(config.risk.excluded))


Understanding = tuple[Reader, dict[str, Handler]]


def reader(config: Config) -> Understanding:
    """The understanding of the enabled skills' sentences, and their handlers."""
    loaded = skills(config.skills.disabled)
    return Reader.open(loaded), handlers(loaded)


def snapping(config: Config, understander: Reader) -> Snapping:
    """The snap stage; it is empty until it has been refreshed with the home."""

    def knows(text: str, context: Context) -> bool:
        said = plain(text)
        known = said in YES | NO or rewrite(text, context) is not None
        return known or (said.partition(" ")[0] not in HALF_HEARD and understander.knows(text, context))

    return Snapping(frames.spoken, config.voice.snap.accept, knows)


@asynccontextmanager
async def hearth(
    config: Config, live: LiveHome, devices: Devices, folder: Path | None = None, snap: Snap | None = None, loaded: Understanding | None = None
) -> AsyncIterator[Hearth]:
    """The agent for a home, with its log recalled; closed with its store. StoreError and PluginError say what is wrong."""
    understander, by_intent = loaded or reader(config)
    store = await Store.open(folder or config.store.path)
    try:
        agent = Hearth(
            live=live,
            devices=devices,
            store=store,
            understander=understander,
            handlers=by_intent,
            risk=risk_table(config),
            tick=time.perf_counter,
            snap=snap,
            keep=timedelta(seconds=config.conversation.keep_seconds),
            confirm_seconds=config.conversation.confirm_seconds,
            device_seconds=config.mqtt.timeout,
            pin=config.risk.pin.get_secret_value() if config.risk.pin else "",
            retention=timedelta(days=config.store.retention_days),
            learners=Learners(config.skills.disabled, reading=config.learning.reading),
            correct=understander.correct,
            rewrites=Rewrites(config.learning.hold_out, chance, fleet(config)),
            people=tuple(Resident(p.name, p.devices, p.areas) for p in config.people),
            learns=config.learning.enabled,
            asks=config.learning.asks,
            night=(config.replies.night_from, config.replies.night_until),
        )
        understander.meet(live.snapshot())
        await agent.recall()
        yield agent
        await agent.learners.close()
    finally:
        await store.close()


def fleet(config: Config) -> tuple[Learned, ...]:
    """The global layer's pairs. BundleError where a bundle is named that cannot be trusted."""
    told = config.learning.fleet
    if not config.learning.enabled:
        return ()
    path = Path(told.file).expanduser() if told.file else Path(__file__).parent / "fleet.json"
    return read_bundle(path, told.key).pairs


def chance(turn_id: str) -> float:
    """0-1, the same for a turn at each time it is asked: which turns are held out can be told again."""
    return zlib.crc32(turn_id.encode()) / 2**32


def engines(group: str) -> Mapping[str, object]:
    """The load functions of a stage's engines, by name: hearth.asr, hearth.wake, hearth.vad, hearth.tts."""
    return dict(_loaded(group))


def _loaded(group: str) -> Iterator[tuple[str, object]]:
    for point in entry_points(group=group):
        yield point.name, point.load()
