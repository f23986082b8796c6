"""What people usually mean: decayed counts of what was asked for, per speaker and situation, counted from the log.

A habit is a signal for the resolver; it never acts by itself. The table is a pure function of the log: `Habits.of(turns)` rebuilds it.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from agent.records import Event, Habit, Turn
from devices.home import Entity
from devices.kinds import is_on

FAMILY = {"HassTurnOn": "start", "ExtApplianceStart": "start", "HassTurnOff": "stop", "ExtApplianceStop": "stop"}
"""Intents that do the same to a thing: "make coffee" and "start brewing"."""
HALF_LIFE_DAYS = 21.0
"""A use counts half after this many days: a changed habit shows within about four uses."""
AFTER = timedelta(minutes=60)
"""How long after an event a request still counts as following it."""
PART_OF_DAY = ((5, "night"), (11, "morning"), (17, "day"), (22, "evening"), (24, "night"))
COUNTED_SLOTS = ("search_query", "media_class", "temperature", "brightness", "color")
MUSIC = frozenset({"music", "track", "album", "artist", "playlist"})
"""What is listened to as music: a film that was asked for is no taste in music."""
SEEN = frozenset({"movie", "tvshow", "tv_show", "video", "episode", "season", "film", "show"})
WATCH = "watch"
"""What playing something to look at counts as: where films are shown, no music is wanted for that."""
LEAST = 0.05
"""Habits lighter than this are forgotten."""
HOUSEHOLD = ""
"""The speaker of what nobody known said, or somebody did by hand."""
SHARED = 0.7
"""What the household's habits count for a known speaker, beside their own."""
BY_HAND = frozenset({"switch", "input_boolean", "button", "climate", "water_heater"})
"""Domains of the machines whose being started by hand is a habit."""

Key = tuple[str, str, str, str, str]


def situations(now: datetime, events: Iterable[Event]) -> tuple[str, ...]:
    """The situations a moment belongs to, the most telling first: what just happened, the part of the day, any."""
    recent = dict.fromkeys(f"after {e.kind}" for e in events if timedelta(0) <= now - e.at <= AFTER)
    part = next(name for until, name in PART_OF_DAY if now.hour < until)
    return (*recent, part, "any")


class Timeline:
    """Events in order, of which those that a moment may follow are found at once."""

    def __init__(self, events: Iterable[Event]) -> None:
        self._events = sorted(events, key=lambda e: e.at)

    def before(self, now: datetime) -> tuple[Event, ...]:
        """Those of the last hour, newest first."""
        first, last = (bisect_left(self._events, now - AFTER, key=_at), bisect_right(self._events, now, key=_at))
        return tuple(reversed(self._events[first:last]))


def _at(event: Event) -> datetime:
    return event.at


class Habits:
    """The counts. `note` adds a turn; `about` gives what a speaker does in the moment's situations."""

    def __init__(self) -> None:
        self._weights: dict[Key, tuple[float, datetime]] = {}
        self._turns: dict[str, int] = defaultdict(int)

    def note(self, turn: Turn, events: Iterable[Event]) -> None:
        """Count a turn that was done, answered or scheduled; false wakes, questions and dry turns teach nothing."""
        if turn.request.dry or turn.error or turn.outcome not in ("act", "answer", "schedule") or any(r.verified is False for r in turn.results):
            return
        now, speaker, meant = turn.request.at, turn.request.speaker or HOUSEHOLD, tuple(_meant(turn))
        self._turns[speaker] += bool(meant)
        for situation in situations(now, tuple(events)):
            for intent, slot, value in meant:
                self._add((speaker, situation, intent, slot, value), now)

    def noticed(self, entity: Entity, now: datetime, events: Iterable[Event]) -> None:
        """Somebody started a machine by hand: the household's habit, whoever it was."""
        if entity.domain in BY_HAND and is_on(entity):
            for situation in situations(now, tuple(events)):
                self._add((HOUSEHOLD, situation, "HassTurnOn", "target", entity.entity_id), now)

    def report(self) -> dict[str, dict[str, int]]:
        """Speaker -> how many of their turns count, and how many habits those are; what nobody known said or did is "household"."""
        habits = Counter(key[0] for key in self._weights)
        return {who or "household": {"turns": self._turns.get(who, 0), "habits": habits[who]} for who in sorted({*habits, *self._turns})}

    def _add(self, key: Key, now: datetime) -> None:
        weight, at = self._weights.get(key, (0.0, now))
        self._weights[key] = (_decayed(weight, at, now) + 1.0, now)

    def about(self, speaker: str | None, now: datetime, events: Iterable[Event]) -> tuple[Habit, ...]:
        """The habits of this speaker, and in a smaller measure the household's, in the situations of now, heaviest first."""
        wanted, who = set(situations(now, tuple(events))), speaker or HOUSEHOLD
        counts = {who: 1.0, HOUSEHOLD: SHARED} if who else {HOUSEHOLD: 1.0}
        known = ((key, _decayed(weight, at, now)) for key, (weight, at) in self._weights.items() if key[0] in counts and key[1] in wanted)
        rows = [Habit(*key, weight=counts[key[0]] * weight) for key, weight in known]
        return tuple(sorted((h for h in rows if h.weight >= LEAST), key=lambda h: -h.weight))

    def forget(self, speaker: str | None = None) -> int:
        """Drop one speaker's habits, or all; returns how many."""
        gone = [k for k in self._weights if speaker is None or k[0] == speaker]
        for key in gone:
            del self._weights[key]
        for who in [w for w in self._turns if speaker in (None, w)]:
            del self._turns[who]
        return len(gone)

    def __len__(self) -> int:
        return len(self._weights)


def _decayed(weight: float, at: datetime, now: datetime) -> float:
    days = max(0.0, (now - at).total_seconds() / 86_400)
    return float(weight * 0.5 ** (days / HALF_LIFE_DAYS))


def _meant(turn: Turn) -> Iterator[tuple[str, str, str]]:
    for resolution in turn.resolutions:
        if resolution.missing:
            continue
        media = str(resolution.interpretation.slots.get("media_class") or "music")
        if len(resolution.targets) == 1:
            yield WATCH if media in SEEN else resolution.intent, "target", resolution.targets[0]
        heard = media in MUSIC
        for slot in COUNTED_SLOTS if heard else COUNTED_SLOTS[1:]:
            value = resolution.interpretation.slots.get(slot)
            if value not in (None, ""):
                yield resolution.intent, slot, str(value)


def share(habits: Iterable[Habit], intent: str, slot: str, among: Callable[[str], bool] = bool) -> dict[str, float]:
    """value -> how strongly it is the habit (0-1) in the most telling situation that has at least two uses of this intent and slot.

    `among` leaves out values that are no rivals: who makes coffee after the alarm does so however many lamps follow it too.
    """
    by_situation: dict[str, dict[str, float]] = defaultdict(dict)
    wanted = FAMILY.get(intent, intent)
    for habit in habits:
        if FAMILY.get(habit.intent, habit.intent) == wanted and habit.slot == slot and among(habit.value):
            known = by_situation[habit.situation].get(habit.value, 0.0)
            by_situation[habit.situation][habit.value] = known + habit.weight
    for situation in sorted(by_situation, key=_telling):
        counts = by_situation[situation]
        total = sum(counts.values())
        if total >= 1.5:
            return {value: weight / total * min(1.0, total / 3.0) for value, weight in counts.items()}
    return {}


def _telling(situation: str) -> int:
    return 0 if situation.startswith("after ") else 2 if situation == "any" else 1
