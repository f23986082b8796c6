"""How habits are weighed: which of several things somebody usually means. Pure.

A newer use outweighs older ones of its rivals (a changed habit wins after about three uses, however long the old one lasted), days fade all, and what
was meant by a request for the same sort of thing goes before what was asked for by name. One's own habits go before the household's, which count
only where one has none.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from agent.habits import ALL_OF_THEM, FAMILY, HOUSEHOLD, faded
from agent.records import Habit

KEEP = 0.7
"""What is left of the older uses with each newer one of a rival or the same."""
LEAST = 1.5
"""So many uses, weighed, make a habit: two."""
FULL = 2.2
"""From here on, a habit is as strong as it gets: three."""
NONE = 0.5
"""Who has fewer uses of their own, weighed, has no habit: the household's counts."""
CLEAR = 0.6
"""The share of uses that makes one of several "the light"."""
SATURDAY = 5
Use = tuple[datetime, float, str]
"""When, how much it shows, and what was meant."""
OFTEN = 6.0
"""So many requests by name, weighed by days, make the thing "the light" where "the light" itself was not asked for enough."""


def share(
    habits: Iterable[Habit], intent: str, slot: str, now: datetime, among: Callable[[str], bool] = bool, wanted: str | None = None
) -> dict[str, float]:
    """value -> how strongly it is the habit (0-1) in the most telling situation that has at least two uses of this intent and slot.

    `among` leaves out values that are no rivals: who makes coffee after the alarm does so however many lamps follow it too. `wanted`: the sort asked
    for: where that has habits, they decide alone.
    """
    rows = _rows(habits, intent, slot, among)
    of_the_sort = _strongest([h for h in rows if wanted and h.wanted == wanted], now)
    return of_the_sort or _strongest([h for h in rows if h.value != ALL_OF_THEM], now)


def share_here(habits: Iterable[Habit], intent: str, now: datetime, among: Callable[[str], bool], wanted: str) -> dict[str, float]:
    """entity_id -> how strongly just that was meant by asking for this sort of thing in this very room (0-1)."""
    rows = [h for h in _rows(habits, intent, "target", among) if h.wanted == wanted and _is_here(h.situation)]
    return _strongest(rows, now) if wanted else {}


def _is_here(situation: str) -> bool:
    return situation.startswith("in ") or " in " in situation


def the_one(habits: Iterable[Habit], intent: str, now: datetime, among: Callable[[str], bool], wanted: str, by_name: bool) -> tuple[str, float]:
    """Which one of several things all of which the words could mean, and how strongly (0-1); "" where no habit is strong enough.

    What was meant by asking for that sort decides, "all of them" being one answer; only where that was hardly ever asked for, and `by_name`,
    what is always asked for by its name.
    """
    rows = _rows(habits, intent, "target", lambda v: v == ALL_OF_THEM or among(v))
    meant = _strongest([h for h in rows if h.wanted == wanted], now)
    if not meant and by_name:
        named = [h for h in rows if not h.wanted and h.speaker != HOUSEHOLD]
        often = {h.value for h in named if h.uses and faded(h.weight, h.uses[-1].at, now) >= OFTEN}
        meant = {value: s for value, s in _strongest(named, now).items() if value in often}
    value, strength = max(meant.items(), key=lambda row: row[1], default=("", 0.0))
    return (value, strength) if value != ALL_OF_THEM and strength >= CLEAR else ("", 0.0)


def _rows(habits: Iterable[Habit], intent: str, slot: str, among: Callable[[str], bool]) -> list[Habit]:
    family = FAMILY.get(intent, intent)
    return [h for h in habits if h.slot == slot and FAMILY.get(h.intent, h.intent) == family and among(h.value)]


def _strongest(rows: list[Habit], now: datetime) -> dict[str, float]:
    """The shares of one's own habits, else of the household's, in the most telling situation that has any."""
    own = [h for h in rows if h.speaker != HOUSEHOLD]
    shares, most = _shares(own, now)
    return shares if most >= NONE else _shares([h for h in rows if h.speaker == HOUSEHOLD], now)[0]


def _shares(rows: list[Habit], now: datetime) -> tuple[dict[str, float], float]:
    """The shares in the most telling situation with enough uses; and the most uses of any situation, weighed."""
    by_situation: dict[str, list[Habit]] = defaultdict(list)
    most = 0.0
    for habit in rows:
        by_situation[habit.situation].append(habit)
    for situation in sorted(by_situation, key=_telling):
        counts = _weighed(by_situation[situation], now)
        most = max(most, total := sum(counts.values()))
        if total >= LEAST:
            return {value: weight / total * min(1.0, total / FULL) for value, weight in counts.items()}, most
    return {}, most


def _weighed(rows: list[Habit], now: datetime) -> Mapping[str, float]:
    """value -> its uses, each weighed by the days since and by what was meant since."""
    counts: dict[str, float] = defaultdict(float)
    uses = []
    for habit in rows:
        if habit.uses:
            uses += [(used.at, used.strength, habit.value) for used in habit.uses]
        else:
            counts[habit.value] += habit.weight
    weekly = _of_such_days(uses, now)
    since = 0.0
    for at, moment in groupby(sorted(weekly or uses, reverse=True), key=lambda use: use[0]):
        together = [(strength, value) for _, strength, value in moment]
        for strength, value in together:
            counts[value] += (strength if weekly else faded(strength, at, now)) * KEEP**since
        since += sum(strength for strength, _ in together)
    return counts


def _of_such_days(uses: Sequence[Use], now: datetime) -> list[Use]:
    """The uses of weekends, or of weekdays, as now is one, where the week has a rhythm; [] where it has none that is known.

    Something was meant on such days, mostly something else on the others in between, and then the first again: a habit that only changed never comes
    back. Their weeks do not fade: they come once in seven days.
    """
    here = [use for use in uses if _is_weekend(use[0], now) == _is_weekend(now, now)]
    values = [value for _, _, value in here]
    if not values:
        return []
    usual = max(dict.fromkeys(values), key=values.count)
    moments = [at for at, _, value in here if value == usual]
    between = [value for at, _, value in uses if min(moments) < at < max(moments) and _is_weekend(at, now) != _is_weekend(now, now)]
    return here if between and between.count(usual) * 2 < len(between) else []


def _is_weekend(at: datetime, now: datetime) -> bool:
    """By the clock of the home, which `now` has."""
    return at.astimezone(now.tzinfo).weekday() >= SATURDAY


def _telling(situation: str) -> int:
    """What just happened, then the part of the day in this room, that the sun has set, the part of the day anywhere, the room, any."""
    if situation.startswith("after "):
        return 2 if situation == "after sunset" else 0
    return 5 if situation == "any" else 4 if situation.startswith("in ") else 1 if " in " in situation else 3
