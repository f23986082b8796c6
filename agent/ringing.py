"""What rings, where and until when: alarms and timers until somebody stops them, reminders and reports once.

It decides, and sounds through the places that doors give it; a Bell of its own (`next_at`, `ring`) makes it ring on.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from agent.clock import Clock
from agent.loudspeaker import Speaker
from agent.records import Due, Resolution, Turn
from agent.sounding import Sounding
from agent.wording import plain

RINGS_FOR = timedelta(minutes=15)
"""How long an alarm or a timer rings after it fell due, where nobody stops it; what is only said waits as long for a place to be said at."""
CHIMES_EVERY = timedelta(seconds=4)
WORDS_EVERY = timedelta(seconds=30)
HUSHED_FOR = timedelta(seconds=8)
"""Nothing sounds so long after somebody began to speak, unless the request was taken before."""
ANSWERED_WITHIN = timedelta(seconds=1)
"""Nothing sounds so long after a request was taken: the reply begins first."""
REPEATED = frozenset({"alarm", "timer"})
SILENCING = frozenset({"ExtStop", "ExtAlarmSnooze"})
CANCELLING = {"timer": frozenset({"HassCancelTimer", "HassCancelAllTimers"}), "alarm": frozenset({"ExtAlarmRemove"})}
"""Kind -> intents that cancel one."""
STOP = frozenset({"stop", "stop it", "ok stop", "okay stop", "quiet", "be quiet"})
"""Words that stop what rings also where they were taken for the answer to a question."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something can be sounded: a voice device (`id` is its device_id) in a room, or one that stands for every room (area None)."""

    id: str
    speaker: Speaker
    area: str | None = None


@dataclass(frozen=True, slots=True)
class Ring:
    """One due thing that sounds: what is said of it, whether again and again, until when, and when its chime and its words are next."""

    due: Due
    said: str
    repeats: bool
    until: datetime
    words_at: datetime
    chime_at: datetime
    volume: float = 1.0

    @property
    def next_at(self) -> datetime:
        return min(self.words_at, self.chime_at)


def where(due: Due, places: tuple[Place, ...]) -> tuple[Place, ...]:
    """The device that it was set at, else those of its room; all where that place is gone or unknown."""
    device = tuple(p for p in places if due.device is not None and p.id == due.device)
    room = tuple(p for p in places if due.area is not None and p.area == due.area)
    return device or room or places


def stopped(turn: Turn, rings: Iterable[Ring], places: tuple[Place, ...]) -> tuple[str, ...]:
    """The ids of what a turn ends. "Stop" means what rings within earshot; what rings elsewhere only where nothing else was stopped."""
    rings = tuple(rings)
    stops = tuple(r for r in turn.resolutions if r.intent in SILENCING)
    if not stops and plain(turn.text) not in STOP:
        return tuple(ring.due.id for ring in rings if any(_cancels(r, turn, ring) for r in turn.resolutions))
    here = tuple(ring.due.id for ring in rings if _is_near(turn, where(ring.due, places)))
    if here or any(r.targets for r in stops):
        return here
    return tuple(ring.due.id for ring in rings)


def _is_near(turn: Turn, places: tuple[Place, ...]) -> bool:
    return turn.area is None or any(p.area in (None, turn.area) for p in places)


def _cancels(resolution: Resolution, turn: Turn, ring: Ring) -> bool:
    """Cancelled by its id, or meant since no other one was: "cancel the timer" while one rings."""
    if resolution.intent not in CANCELLING.get(ring.due.kind, ()) or turn.outcome == "ask":
        return False
    gone = {change.key for change in turn.changes if change.what == "due_gone"}
    name = str(resolution.slots.get("name") or "").casefold()
    is_another = bool(name and ring.due.name) and ring.due.name.casefold() not in name
    return ring.due.id in gone or not (is_another or (gone and resolution.slots))


class Ringing:
    """All that rings. Belongs to one event loop. `volume` (0-1) is asked for as each thing falls due."""

    def __init__(self, clock: Clock, volume: Callable[[Due], float] = lambda due: 1.0) -> None:
        self._clock = clock
        self._volume = volume
        self._rings: dict[str, Ring] = {}
        self._places: list[Place] = []
        self._hushed_until: datetime | None = None
        self._sounding: tuple[str, asyncio.Task[None]] | None = None
        self.listeners: list[Callable[[], None]] = []
        """Called where something begins or ends to ring, or the next moment has changed."""

    @property
    def rings(self) -> tuple[Ring, ...]:
        """What sounds, oldest first."""
        return tuple(self._rings.values())

    @contextmanager
    def at(self, place: Place) -> Iterator[None]:
        """Sound at this place too, as long as the context lasts. What fell due while there was no place has waited for it."""
        self._places.append(place)
        self._tell()
        try:
            yield
        finally:
            self._places.remove(place)

    def begin(self, due: Due, said: str) -> None:
        """Something fell due, and this is said of it: once, where it is no alarm or timer, or one that is long past."""
        now = self._clock.now()
        until = (due.due or now) + RINGS_FOR
        repeats = due.kind in REPEATED and now < until
        self._rings[due.id] = Ring(due, said, repeats, until if repeats else now + RINGS_FOR, now, now, self._volume(due))
        self._tell()

    def hush(self) -> None:
        """Somebody speaks: nothing sounds until the request is taken, or for some seconds."""
        self._hush_for(HUSHED_FOR)

    def heard(self, turn: Turn) -> None:
        """A turn was taken: it may end what rings, and what does goes on when it was answered."""
        if not turn.request.dry:
            self._end(stopped(turn, self.rings, tuple(self._places)))
            self._hush_for(ANSWERED_WITHIN)

    def next_at(self) -> datetime | None:
        """When something sounds or ends next; None where nothing rings."""
        return min((self._moment(ring) for ring in self.rings), default=None)

    async def ring(self, now: datetime) -> None:
        """Sound everything whose moment has come, one after the other, and end what has rung long enough."""
        self._end([ring.due.id for ring in self.rings if ring.until <= now])
        for ring in self.rings:
            if self._moment(ring) <= now and self._rings.get(ring.due.id) is ring:
                await self._sound(ring, ring.words_at <= now)

    def _moment(self, ring: Ring) -> datetime:
        if not self._places:
            return ring.until
        return min(ring.until, max(ring.next_at, self._hushed_until or ring.next_at))

    async def _sound(self, ring: Ring, with_words: bool) -> None:
        """At all its places at once; whoever ends the ring ends the sound. The next moment is counted from the end of it."""
        key, what = ring.due.id, Sounding(ring.said if with_words else "", "ring" if ring.repeats else "note", ring.volume)
        task = asyncio.create_task(_at_once(what, where(ring.due, tuple(self._places))), name=f"ringing: {key}")
        self._sounding = (key, task)
        try:
            await asyncio.wait({task})
        finally:
            self._sounding = None
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        if not task.cancelled():
            task.result()
        if self._rings.get(key) is not ring:
            return
        now = self._clock.now()
        if ring.repeats:
            self._rings[key] = replace(ring, chime_at=now + CHIMES_EVERY, words_at=now + WORDS_EVERY if with_words else ring.words_at)
        else:
            self._end([key])

    def _end(self, keys: Iterable[str]) -> None:
        for key in keys:
            del self._rings[key]
            if self._sounding is not None and self._sounding[0] == key:
                self._sounding[1].cancel()
            self._tell()

    def _hush_for(self, time: timedelta) -> None:
        self._hushed_until = self._clock.now() + time
        self._tell()

    def _tell(self) -> None:
        for listener in tuple(self.listeners):
            listener()


async def _at_once(what: Sounding, places: tuple[Place, ...]) -> None:
    async with asyncio.TaskGroup() as tasks:
        for place in places:
            tasks.create_task(place.speaker.sound(what), name=f"ringing at {place.id}")
