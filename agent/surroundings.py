"""What surrounds a request, kept in memory and handed out as one frozen Context a turn. All of it comes back from the log at start."""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from agent.device_log import DeviceLog
from agent.dialogue import Conversations
from agent.habits import Habits
from agent.people import GUEST, AtHome
from agent.records import LEARNING, SERVING, Change, Context, Due, Event, Learned, Preference, Request, Taught, Turn
from agent.references import rings
from agent.teach import is_off
from agent.times import local
from agent.wording import bare_request
from devices.home import Change as HomeChange
from devices.home import Entity, Home
from devices.index import Index

EVENTS_FOR = timedelta(hours=3)
A_DAY = timedelta(days=1)
RINGS_FOR = timedelta(minutes=15)
"""How long after it fell due an alarm or a timer is taken to ring, unless it was stopped."""
FELT = frozenset({"motion_sensor", "occupancy_sensor", "presence_sensor"})
"""Kinds of sensors that tell that somebody is in their room."""
FELT_STATES = frozenset({"on", "detected", "home"})
SILENCING: Mapping[str, tuple[str, ...]] = {
    "ExtStop": ("alarm", "timer"),
    "ExtAlarmSnooze": ("alarm",),
    "ExtAlarmRemove": ("alarm",),
    "HassCancelTimer": ("timer",),
    "HassCancelAllTimers": ("timer",),
}
"""Intent -> what rings and is stopped by it."""


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody who lives here, and the voice devices and rooms that are theirs."""

    name: str
    devices: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()


class Surroundings:
    """People's tastes, what they taught, habits, events, conversations and what is due."""

    def __init__(self, keep: timedelta, people: Sequence[Resident] = (), weak_wake: float = 0.5, learns: bool = True) -> None:
        self._learns = learns
        self._people = tuple(people)
        self._weak_wake = weak_wake
        self.conversations = Conversations(keep)
        self.habits = Habits()
        self.preferences: dict[str, Preference] = {}
        self.taught: dict[str, Taught] = {}
        self.events: deque[Event] = deque(maxlen=200)
        self.at_home = AtHome()
        self.moves = DeviceLog()
        self.learned: Callable[[str, Iterable[Preference]], tuple[Learned, ...]] = lambda _who, _preferences: ()
        """The learned pairs that are served to somebody."""
        self._offered: dict[tuple[str, str], datetime] = {}
        self._unwanted: dict[tuple[str, str], None] = {}
        self._silenced: set[tuple[str, datetime]] = set()
        self._index: tuple[int, Index] | None = None

    def _known(self, home: Home) -> tuple[Index, list[Entity], list[Entity]]:
        """The home's index, its persons and the sensors that feel them; made anew only when the home is another."""
        if self._index is None or self._index[0] != home.version:
            self._index = (home.version, Index.of(home))
        index = self._index[1]
        people, sensors = index.domains.get("person", ()), index.any_of(index.sorts, FELT)
        return index, [home.entities[e] for e in people], [home.entities[e] for e in sensors]

    def context(self, request: Request, home: Home, agenda: tuple[Due, ...]) -> Context:
        now = local(request.at, home.location)
        device = home.devices.get(request.device or "")
        area = request.area or (device.area if device else None)
        conversation = self.conversations.get(key_of(request), now)
        events = tuple(e for e in reversed(self.events) if timedelta(0) <= now - e.at <= EVENTS_FOR)
        index, people, sensors = self._known(home)
        speaker = request.speaker or (conversation.speaker if conversation else "") or self._owner(request.device, area)
        who = speaker or alone(people)
        preferences = tuple(p for p in self.preferences.values() if p.speaker in ("", who))
        return Context(
            now=now,
            home=home,
            area=area,
            index=index,
            felt=None if area else felt(sensors, home),
            device=device,
            speaker=speaker,
            who=who,
            teaches=self._teaches(request, who, people),
            learns=self._learns,
            conversation=request.conversation,
            text=request.text,
            focus=conversation.focus if conversation else (),
            before=conversation.before if conversation else (),
            last=conversation.last if conversation else None,
            pending=conversation.pending if conversation else None,
            preferences=preferences,
            habits=() if not self._learns or is_off(SERVING, "", preferences) else self.habits.about(who, now, events, area),
            events=events,
            ringing=tuple(e for e in events if self._rings(e, now)),
            agenda=agenda,
            taught=tuple(t for t in self.taught.values() if t.speaker in ("", who)),
            learned=self.learned(who, preferences),
            missed=conversation.missed if conversation else (),
            offered=tuple(kind for (asked, kind), at in self._offered.items() if asked == who and now - at < A_DAY),
            unwanted=tuple(words for asked, words in self._unwanted if asked == who),
            people=tuple(p.name for p in self._people),
            followed=self.moves.followed,
            moves=tuple(self.moves.recent),
            undo=conversation.undo[0] if conversation and conversation.undo else (),
            put=conversation.put if conversation else (),
            acted=bool(conversation and conversation.acted),
            stuck=bool(conversation and conversation.undo and not conversation.undo[0]),
            previous=conversation.previous if conversation else None,
            did=conversation.did if conversation else None,
        )

    def _owner(self, device: str | None, area: str | None) -> str | None:
        """Whose voice device or room it is."""
        by_device = next((p.name for p in self._people if device is not None and device in p.devices), None)
        return by_device or next((p.name for p in self._people if area is not None and area in p.areas), None)

    def _teaches(self, request: Request, who: str, people: Sequence[Entity]) -> bool:
        """Guests, a doubtful wake, and who said so teach nothing. Who lives here is known where the home or the settings name anybody."""
        if not self._learns or (request.wake is not None and request.wake.score < self._weak_wake):
            return False
        known = {name.casefold() for p in people for name in (p.name, p.name.split(" ")[0], p.entity_id.partition(".")[2])}
        known |= {p.name.casefold() for p in self._people}
        if who and (who.casefold() == GUEST or (known and who.casefold() not in known)):
            return False
        return not is_off(LEARNING, who, self.preferences.values())

    def note(self, turn: Turn, events: Iterable[Event]) -> None:
        """A turn is over: what it changed guides the very next one."""
        self.remember(turn)
        if not turn.request.dry:
            self.moves.turn(turn)
            self.habits.note(turn, events)
            self.at_home.heard(turn.who, turn.request.at)
            for change in turn.changes:
                self.apply(change)

    def remember(self, turn: Turn) -> None:
        """What the next turns go on from: the conversation, what was offered, and that what rang was stopped."""
        self._note_offers(turn)
        self.conversations.note(key_of(turn.request), turn)
        if not turn.request.dry:
            for resolution in turn.resolutions:
                if resolution.intent in SILENCING and not resolution.targets:
                    self._silence(SILENCING[resolution.intent], turn)

    def _note_offers(self, turn: Turn) -> None:
        """What the agent asked of itself, and that somebody did not want it."""
        if turn.offer is not None:
            self._offered[turn.who, turn.offer.kind] = turn.request.at
        if turn.replied == "no" and (before := self.conversations.get(key_of(turn.request), turn.request.at)) is not None:
            offer = before.pending.offer if before.pending is not None else None
            if offer is not None and offer.kind == "teach":
                self._unwanted[turn.who, bare_request(offer.heard)] = None

    def _silence(self, kinds: tuple[str, ...], turn: Turn) -> None:
        """What rings within earshot is stopped, else all that rings."""
        ringing = [e for e in self.events if e.kind in kinds and self._rings(e, turn.request.at)]
        near = [e for e in ringing if e.area is None or turn.area is None or e.area == turn.area]
        self._silenced |= {(e.subject, e.at) for e in near or ringing}

    def forget(self) -> None:
        """Before the log is read anew."""
        self.habits.forget()
        self.conversations.forget()
        self._silenced.clear()
        self._offered.clear()
        self._unwanted.clear()

    def _rings(self, event: Event, now: datetime) -> bool:
        fresh = event.kind in ("alarm", "timer") and timedelta(0) <= now - event.at <= RINGS_FOR
        return fresh and (event.subject, event.at) not in self._silenced

    def apply(self, change: Change) -> None:
        match change.value:
            case Preference() as preference if change.what == "preference":
                self.preferences.pop(change.key, None)  # the newest is the last
                self.preferences[change.key] = preference
            case Taught() as taught:
                self.taught.pop(change.key, None)
                self.taught[change.key] = taught
            case _:
                if change.what == "preference_gone":
                    self.preferences.pop(change.key, None)
                elif change.what == "taught_gone":
                    self.taught.pop(change.key, None)

    def happened(self, event: Event) -> None:
        self.events.append(event)

    def moved(self, change: HomeChange, at: datetime) -> Event | None:
        """A change of the home that people's requests may follow: somebody came home, an alarm clock rings. What a person started is a habit."""
        before, after = change.before, change.after
        if after is not None:
            self.at_home.met(after)
        if after is None or before is None or before.state == after.state:
            return None
        self.at_home.moved(after.entity_id, after.state, at)
        if change.by == "person":
            self.habits.noticed(after, at, self.events, lambda who: self.at_home.others(who, at))
        kind = "alarm" if rings(after) and not rings(before) else ""
        if after.domain == "person":
            kind = "arrival" if after.state == "home" else "leaving" if before.state == "home" else kind
        if not kind:
            return None
        event = Event(kind, at, after.entity_id, after.area)
        self.happened(event)
        return event


def key_of(request: Request) -> str:
    """Whose conversation it is: the door's own id, else the voice device's, else the room's."""
    return request.conversation or request.device or request.area or "home"


def alone(people: Iterable[Entity]) -> str:
    """The name of the only person at home, whose request it most likely is; "" where several are, or none is known."""
    there = [e.name for e in people if e.state == "home"]
    return there[0] if len(there) == 1 else ""


def felt(sensors: Iterable[Entity], home: Home) -> str | None:
    """The one room in which motion or presence is told; None where none is, or several are."""
    rooms = {home.area_of(e) for e in sensors if e.state in FELT_STATES} - {None}
    return rooms.pop() if len(rooms) == 1 else None
