"""What people usually mean: uses of what was asked for, per speaker and situation, counted from the log.

A habit is a signal for the resolver; it never acts by itself. The table is a pure function of the log: noting its turns in order rebuilds it.
What was done and then put right (agent/second_tries.py) counts for what it was put right to, not for what was done. How habits are weighed against
each other is agent/usual.py.
"""

import json
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import chain

from agent import wording
from agent.people import PERHAPS
from agent.reactions import REPAIRING, UNDOING, Did, Moved, contradicts
from agent.records import Event, Habit, Interpretation, Resolution, Turn, Used
from agent.second_tries import PUT_RIGHT, Attempt, Use, shows
from agent.times import local, sun_at
from devices.home import Entity, Location
from devices.kinds import is_on

FAMILY = {"HassTurnOn": "start", "ExtApplianceStart": "start", "HassTurnOff": "stop", "ExtApplianceStop": "stop"}
"""Intents that do the same to a thing: "make coffee" and "start brewing"."""
HALF_LIFE_DAYS = 21.0
"""A use counts half after this many days."""
AFTER = timedelta(minutes=60)
"""How long after an event a request still counts as following it."""
NEAR = timedelta(minutes=45)
"""A use so near to the next part of the day, or the last, counts there too: who goes to bed about ten has no two habits."""
PART_OF_DAY = ((5, "night"), (11, "morning"), (17, "day"), (22, "evening"), (24, "night"))
COUNTED_SLOTS = ("search_query", "media_class", "temperature", "brightness", "color")
MUSIC = frozenset({"music", "track", "album", "artist", "playlist"})
"""What is listened to as music: a film that was asked for is no taste in music."""
SEEN = frozenset({"movie", "tvshow", "tv_show", "video", "episode", "season", "film", "show"})
WATCH = "watch"
"""What playing something to look at counts as: where films are shown, no music is wanted for that."""
PLAY_SERVICE = "media_player.play_media"
ALL_OF_THEM = "*"
"""The target of a request for "the light" that did all the lights there are, and was left at that."""
SORTS = ("domain", "device_class", "kind", "activity")
"""Slots that say which sort of thing is wanted."""
SWITCH = re.compile(r"\bswitch (?=on\b|off\b)|^switch ", re.IGNORECASE)
"""The verb is no thing."""
KEPT_USES = 10
"""Of so many uses of one thing, the newest, the order is known."""
FORGOTTEN_AFTER = timedelta(days=90)
"""Habits that were last used so long ago are none: they weigh less than a twentieth."""
BY_ITSELF = 0.5
"""What a use shows that a habit, or a learned pair, had made of the request, and nobody put right."""
HOUSEHOLD = ""
"""The speaker of what nobody known said, or somebody did by hand."""
BY_HAND = frozenset({"switch", "input_boolean", "button", "climate", "water_heater"})
"""Domains of the machines whose being started by hand is a habit."""
DONE = ("act", "answer", "schedule")
SERVED = "served"
"""The sort wanted by words that have none, and that a learned pair stood for."""

Place = tuple[str, str]
"""Speaker and situation."""
Key = tuple[str, str, str, str]
"""Intent, slot, value and the sort wanted."""


def situations(now: datetime, events: Iterable[Event], area: str | None = None, margin: timedelta = timedelta(0)) -> tuple[str, ...]:
    """The situations a moment belongs to: what just happened, the part of the day in this room and anywhere, the room, any.

    With a `margin`, the parts of the day that are so near belong to it too.
    """
    recent = dict.fromkeys(f"after {e.kind}" for e in events if timedelta(0) <= now - e.at <= AFTER)
    parts = dict.fromkeys(_part(moment) for moment in (now, now - margin, now + margin))
    here = [f"{part} in {area}" for part in parts] if area else []
    return (*recent, *here, *parts, *((f"in {area}",) if area else ()), "any")


def _part(now: datetime) -> str:
    return next(name for until, name in PART_OF_DAY if now.hour < until)


def wanted(reading: Interpretation, text: str) -> str:
    """The sort of thing that a reading wants without naming one; "" where a name, a title or several are said."""
    slots = reading.slots
    if slots.get("name") or slots.get("search_query") or "except" in slots or (wording.kinds_said(text) and wording.says_several(text)):
        return ""
    sorts = (f"{slot}={'|'.join(sorted([v] if isinstance(v, str) else map(str, v)))}" for slot in SORTS if (v := slots.get(slot)))
    return _sort_said(text) or " ".join(sorts) or reading.intent


def _sort_said(text: str) -> str:
    """The sort of thing in the words themselves ("the light" is another than "the lamp"); "" where they have none, or mean several."""
    text = SWITCH.sub("", text)
    kinds = wording.kinds_said(text)
    return " ".join((*sorted(kinds), *(["lamp"] if "lamp" in wording.words(text) else []))) if kinds and not wording.says_several(text) else ""


@lru_cache(maxsize=512)
def _sunset(day: date, location: Location) -> datetime | None:
    return sun_at("sunset", day, 0, location)


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
        self.location: Location | None = None
        """Where the home stands: what is asked for after sunset is a habit of its own."""
        self._rows: dict[Place, dict[Key, Habit]] = defaultdict(dict)
        self._turns: dict[str, int] = defaultdict(int)
        self._attempts: dict[str, Attempt] = {}
        """Speaker -> their last request, which the next may put right."""

    def note(self, turn: Turn, events: Iterable[Event]) -> None:
        """Count a turn that was done, answered or scheduled; guests, doubtful wakes, questions and dry turns teach nothing."""
        if turn.request.dry or turn.error:
            return
        who = turn.who or turn.request.speaker or HOUSEHOLD
        before = self._attempts.pop(who, None)
        if not turn.teaches or any(r.verified is False for r in turn.results):
            return
        if before is not None and not before.leads_to(turn):
            before = None
        now = self._situations(turn.request.at, events, turn.area)
        mine = _attempt(turn, who, now) if len(turn.resolutions) == 1 else None
        repairs = any(r.intent in UNDOING | REPAIRING for r in turn.resolutions)
        if repairs or (before is not None and mine is not None and contradicts(before, mine)):
            self._repaired(turn, who, before, now)
        elif turn.outcome in DONE:
            self._done(turn, who, before, mine, now)
        elif mine is not None:
            self._attempts[who] = mine

    def _done(self, turn: Turn, who: str, before: Attempt | None, mine: Attempt | None, now: tuple[str, ...]) -> None:
        uses = [use for resolution in turn.resolutions for use in _meant(turn, resolution, before)]
        self._turns[who] += bool(uses)
        if mine is not None and turn.outcome == "act":
            first = turn.resolutions[0]
            mine = replace(mine, uses=uses)
            if before is not None and (strength := shows(before, mine, first.interpretation)):
                self._take_back(before)
                if before.wanted and len(first.targets) == 1:
                    uses.append(Use(first.intent, "target", first.targets[0], before.wanted, strength))
                mine = replace(mine, wanted=before.wanted)
            self._attempts[who] = mine
        self._add(who, now, turn.request.at, uses)

    def _repaired(self, turn: Turn, who: str, before: Attempt | None, now: tuple[str, ...]) -> None:
        """Undone, or "no, the floor lamp": what was done before was not meant; what is done now was."""
        if before is None:
            return
        self._take_back(before)
        uses: list[Use] = []
        did, targets = before.did, before.targets
        if turn.outcome == "act" and turn.resolutions[0].intent in REPAIRING:
            uses = list(before.put_right(turn, PLAY_SERVICE))
            self._turns[who] += bool(uses)
            self._add(who, now, turn.request.at, uses)
            did, targets = (_did(turn), turn.targets) if uses else (did, targets)
        at = turn.request.at
        self._attempts[who] = replace(before, at=at, counted_at=None, situations=now, uses=uses, open=not uses, did=did, targets=targets, moves=())

    def noticed(self, entity: Entity, now: datetime, events: Iterable[Event], others: Callable[[str], bool] = lambda _who: False) -> None:
        """Somebody did a thing by hand: it may put right what was just done. A machine that is started is the household's habit, whoever it was.

        `others`: whether somebody else than a speaker is at home; then it takes nothing back, and shows half as much.
        """
        for who, before in tuple(self._attempts.items()):
            shared = others(who)
            after = before.by_hand(Moved(now, entity.entity_id, entity.state, "person"), PERHAPS if shared else PUT_RIGHT)
            if after.uses != before.uses:
                if not shared:
                    self._take_back(before)
                self._add(who, before.situations, now, after.uses)
                after = replace(after, counted_at=now)
            self._attempts[who] = after
        if entity.domain in BY_HAND and is_on(entity):
            use = Use("HassTurnOn", "target", entity.entity_id)
            self._add(HOUSEHOLD, self._situations(now, events, None), now, [use])

    def _situations(self, now: datetime, events: Iterable[Event], area: str | None, margin: timedelta = NEAR) -> tuple[str, ...]:
        if self.location is None:
            return situations(now, events, area, margin)
        now = local(now, self.location)
        sunset = _sunset(now.date(), self.location)
        return situations(now, events if sunset is None else (*events, Event("sunset", sunset)), area, margin)

    def report(self) -> dict[str, dict[str, int]]:
        """Speaker -> how many of their turns count, and how many habits those are; what nobody known said or did is "household"."""
        habits: Counter[str] = Counter()
        for (who, _), rows in self._rows.items():
            habits[who] += len(rows)
        return {who or "household": {"turns": self._turns.get(who, 0), "habits": habits[who]} for who in sorted({*+habits, *self._turns})}

    def _add(self, who: str, now: tuple[str, ...], at: datetime, uses: Iterable[Use]) -> None:
        for use in uses:
            for situation in now:
                rows, key = self._rows[who, situation], (use.intent, use.slot, use.value, use.wanted)
                known = rows.get(key) or Habit(who, situation, use.intent, use.slot, use.value, 0.0, use.wanted)
                weight = (faded(known.weight, known.uses[-1].at, at) if known.uses else 0.0) + use.strength
                rows[key] = replace(known, weight=weight, uses=(*known.uses, Used(at, use.strength))[-KEPT_USES:])

    def _take_back(self, attempt: Attempt) -> None:
        """What was done was not meant."""
        for use in attempt.uses:
            for situation in attempt.situations:
                rows, key = self._rows[attempt.who, situation], (use.intent, use.slot, use.value, use.wanted)
                gone = Used(attempt.counted_at or attempt.at, use.strength)
                if (row := rows.get(key)) is not None and gone in row.uses:
                    left = tuple(u for u in row.uses if u != gone)
                    rows[key] = replace(row, weight=max(0.0, row.weight - use.strength), uses=left)
                    if not left:
                        del rows[key]

    def about(self, speaker: str | None, now: datetime, events: Iterable[Event], area: str | None = None) -> tuple[Habit, ...]:
        """The habits of this speaker and the household's in the situations of now."""
        who, oldest = dict.fromkeys((speaker or HOUSEHOLD, HOUSEHOLD)), now - FORGOTTEN_AFTER
        places = ((s, situation) for situation in self._situations(now, events, area, timedelta(0)) for s in who)
        rows = chain.from_iterable(self._rows[place].values() for place in places if place in self._rows)
        return tuple(h for h in rows if h.uses[-1].at >= oldest)

    def forget(self, speaker: str | None = None) -> int:
        """Drop one speaker's habits, or all; returns how many."""
        gone = [place for place in self._rows if speaker is None or place[0] == speaker]
        count = sum(len(self._rows.pop(place)) for place in gone)
        for known in (self._turns, self._attempts):
            for who in [w for w in known if speaker in (None, w)]:
                del known[who]
        return count

    def __len__(self) -> int:
        return sum(map(len, self._rows.values()))


def faded(weight: float, at: datetime, now: datetime) -> float:
    """What is left of a weight after the days in between."""
    days = max(0.0, (now - at).total_seconds() / 86_400)
    return float(weight * 0.5 ** (days / HALF_LIFE_DAYS))


def _attempt(turn: Turn, who: str, now: tuple[str, ...]) -> Attempt:
    first = turn.resolutions[0]
    reading, served = first.interpretation, turn.rewrite is not None
    sort = _sort_said(turn.text) if served else wanted(reading, turn.text)
    filled = {str(reading.slots.get("search_query") or ""), *(first.targets if sort else ())}
    guessed = served or any(w.signal == "habit" and w.candidate in filled for w in first.why)
    family, is_open = FAMILY.get(first.intent, first.intent), turn.outcome not in DONE
    return Attempt(
        turn.request.at, turn.area, turn.text, reading, turn.outcome, _did(turn), who, family, sort, now, first.targets, open=is_open, guessed=guessed
    )


def _did(turn: Turn) -> tuple[Did, ...]:
    commands = [r.command for r in turn.results] or (turn.proposed if turn.outcome == "confirm" else ())
    return tuple(Did(c.service, c.entity_ids, json.dumps(dict(c.data), sort_keys=True)) for c in commands)


def _meant(turn: Turn, resolution: Resolution, before: Attempt | None) -> Iterator[Use]:
    """What one resolution shows of habits."""
    if resolution.missing:
        return
    reading, guesses = resolution.interpretation, {w.candidate for w in resolution.why if w.signal == "habit"}
    answers = before is not None and before.is_answered_by(turn, reading)
    sort = before.wanted if before is not None and answers else wanted(reading, turn.text) if len(turn.resolutions) == 1 else ""
    served = turn.rewrite is not None
    intent = WATCH if str(reading.slots.get("media_class") or "music") in SEEN else resolution.intent
    if len(resolution.targets) == 1:
        guessed = served or resolution.targets[0] in guesses
        strength = PUT_RIGHT if answers or not guessed else BY_ITSELF
        yield Use(intent, "target", resolution.targets[0], (_sort_said(turn.text) or SERVED) if served else sort, strength)
    elif len(resolution.targets) > 1 and sort and not served:
        yield Use(intent, "target", ALL_OF_THEM, sort, BY_ITSELF)
    heard = str(reading.slots.get("media_class") or "music") in MUSIC
    for slot in COUNTED_SLOTS if heard else COUNTED_SLOTS[1:]:
        value = reading.slots.get(slot)
        if value not in (None, ""):
            yield Use(resolution.intent, slot, str(value), "", BY_ITSELF if str(value) in guesses else PUT_RIGHT)
