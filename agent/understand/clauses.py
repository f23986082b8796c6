"""A sentence taken apart: several commands, each with its readings; times before and after them; exceptions.

The best way to lay clauses over the words is found by their scores (agent.understand.grammar): few free words, few clauses. "X in five minutes"
becomes HassStartTimer {conversation_command: X, minutes: 5} as in Home Assistant, "X at nine" ExtSchedule {conversation_command: X, when: {...}},
"X for five minutes" the slot `for` on X, "all X except Y" the slot `except`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from agent.intents import about
from agent.records import Interpretation
from agent.understand import polite, times
from agent.understand.grammar import Fill, Grammar, Way, readings
from agent.understand.normal import listed
from agent.understand.times import split_seconds
from agent.understand.values import ARTICLES, UNKNOWN, View
from agent.understand.words import ROOMS

CLAUSE_COST = 0.6
JOIN_WEIGHT = 0.95
"""What a word between or around clauses counts ("and", "please")."""
TIME_WEIGHT = 0.97
EVENT_WEIGHT = 0.1
WAYS = 8
MOST_CLAUSES = 6
TIMED_THEMSELVES = frozenset(
    listed(
        """
        HassCancelTimer HassCancelAllTimers HassStartTimer HassIncreaseTimer HassDecreaseTimer HassPauseTimer HassUnpauseTimer HassTimerStatus
        HassGetWeather HassGetCurrentTime HassGetCurrentDate HassGetState HassClimateGetTemperature HassListAddItem HassShoppingListAddItem
        HassNevermind HassRespond ExtHelp ExtWhy ExtTeach ExtTeachName ExtTeachRoom ExtForget ExtUndo ExtRepair ExtStop ExtSchedule ExtScheduleQuery
        ExtScheduleRemove ExtPreference ExtPreferenceQuery ExtWhatHeard ExtTaughtQuery ExtLearnTastes ExtTeamQuery ExtLearning ExtServing
        ExtIntroduce ExtWhoAmI ExtForgetAbout
        """
    )
)
"""Intents that are not put off: questions, timers, talk."""
_TO_THE_END = frozenset(["ExtTeach", "HassBroadcast"])
"""Intents whose last words are another sentence: what follows is theirs, never a second command."""
_PARTICLES = frozenset(
    listed("on off in up down to at a an the my our your some any current time alarm timer weather date forecast temperature volume")
)
"""Words that are part of the command before them, where nothing parts the two: "dim the lights on the terrace" never turns the terrace on, and
"put on an alarm", "show me the current time" are no two commands."""
_ASKS = frozenset(["ExtWhy", "ExtHelp", "ExtWhatHeard", "ExtWho"])
"""Questions to the agent: "why did you turn on the light" is one, and no command behind one."""
_TALK = frozenset(["HassNevermind", "HassRespond"])
_TIMED_FAMILIES = ("ExtAlarm", "ExtReminder", "ExtListQuery", "ExtMediaQuery")
_EVENTS = {"when": 1, "if": 1, "once": 1, "after": 1, "before": 1, "until": 1, "unless": 1, "whenever": 1, "while": 1, "as": 3}
_ASKED = frozenset(listed("did was were is are does do will has have should would can"))
"""Words behind "when" that make a question of it."""
_UNTIL = ("until", "till")
_A_WHILE = tuple(
    tuple(said.split())
    for said in ("a little while", "a little bit", "a while", "a bit", "some time", "a moment", "a short time", "a few minutes")
)
_BACK = tuple(tuple(f"and {said} at".split()) for said in ("back on", "back off", "on again", "off again", "on", "off", "then on", "then off"))
"""Behind a command for later: until then."""
_EXCEPT = (("except", "for"), ("except",), ("apart", "from"), ("other", "than"), ("but", "not"), ("excluding",), ("besides",), ("but",), ("without",))
_SPARING = tuple(mark for mark in _EXCEPT if mark != ("without",))
ALL_OF = frozenset({"HassTurnOn", "HassTurnOff", "HassLightSet", "HassSetPosition", "HassOpenCover", "HassCloseCover"})
"""Intents of which something may be spared that the home does not know."""
ARTICLE = re.compile(r"^(?:(?:for|in|the|my|our|your|a|an) )+")
SPARED_WEIGHT = 0.5
"""What a word counts that names nothing known to be spared."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One clause over words start to end: its best way and what modifies it."""

    start: int
    end: int
    ways: tuple[Way, ...]
    score: float
    more: Mapping[str, Any] = field(default_factory=dict)
    when: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sure(self) -> bool:
        """Nothing was left to free text, to names that the home does not have, to a bare "it" or to a condition."""
        return self.clear and not self.ways[0].vague

    @property
    def clear(self) -> bool:
        """As sure, but for an "it": behind another clause it is what that one is about."""
        way = self.ways[0]
        return not (way.free or way.open or "event" in self.when)

    @property
    def spoken(self) -> bool:
        """It may be one of several: it has words of its own beside names and numbers, and is no mere "thanks"."""
        way = self.ways[0]
        return way.rule.intent not in _TALK and way.end - way.start > sum(f.span.end - f.start for f in way.fills)


@dataclass(frozen=True, slots=True)
class Laid:
    """Clauses over the whole sentence."""

    score: float
    segments: tuple[Segment, ...] = ()

    @property
    def sure(self) -> bool:
        return self.segments[0].sure and all(s.clear for s in self.segments[1:])

    @property
    def free(self) -> int:
        return sum(s.ways[0].free for s in self.segments)

    @property
    def open_place(self) -> bool:
        """A room that the home does not have, and that no word says to be one."""
        fills = [f for s in self.segments for f in s.ways[0].fills if f.kind == "area" and f.span.weight == UNKNOWN]
        return any(str(f.span.value).split()[-1].casefold() not in ROOMS for f in fills)


class Clauses:
    """The clauses of one sentence (a View), by one grammar."""

    def __init__(self, grammar: Grammar, view: View) -> None:
        self._grammar = grammar
        self._view = view
        self._ways: dict[int, list[Way]] = {}
        self._laid: dict[int, Laid | None] = {}

    def lay(self) -> Laid | None:
        """The best clauses over all words, or None. A whole sentence that one phrase fits without free words needs no further look."""
        n = len(self._view.words)
        whole = sorted((w for w in self._from(0) if w.end == n), key=lambda w: -w.score)
        if whole and not whole[0].free and not whole[0].open:
            return Laid(whole[0].score, (Segment(0, n, tuple(whole), whole[0].score),))
        return self._best(0, MOST_CLAUSES)

    def _from(self, i: int) -> list[Way]:
        found = self._ways.get(i)
        if found is None:
            found = self._ways[i] = self._grammar.ways(self._view, i)
        return found

    def _best(self, i: int, most: int) -> Laid | None:
        """The best clauses from word i to the end."""
        if i in self._laid:
            return self._laid[i]
        self._laid[i] = None
        best: Laid | None = None
        for segment in self._segments(i):
            laid = self._continued(segment, most)
            if laid is not None and (best is None or laid.score > best.score):
                best = laid
        self._laid[i] = best
        return best

    def _continued(self, segment: Segment, most: int) -> Laid | None:
        words, n = self._view.words, len(self._view.words)
        if segment.end == n:
            return Laid(segment.score, (segment,))
        if most <= 1 or not segment.spoken or segment.ways[0].rule.intent in _TO_THE_END:
            return None
        if segment.ways[0].rule.intent in _ASKS and words[segment.end] not in ("and", "then", "also") and segment.end not in self._view.breaks:
            return None
        start = polite.head(words, segment.end)
        if start == segment.end and words[start] in _PARTICLES and start not in self._view.breaks:
            return None
        if start >= n:
            return Laid(segment.score + JOIN_WEIGHT * (n - segment.end), (segment,))
        rest = self._best(start, most - 1)
        if rest is None or not rest.segments[0].spoken:
            return None
        between = start - segment.end
        joined = between or segment.end in self._view.breaks
        if not joined and min(segment.end - segment.start, rest.segments[0].end - rest.segments[0].start) < 2:
            return None  # "quiet time": two words in a row are no two commands
        if not joined and segment.ways[0].free:
            return None  # free words end where they end, not where another phrase may begin
        bare = 0.0 if joined else 0.3
        return Laid(segment.score + JOIN_WEIGHT * between + rest.score - CLAUSE_COST - bare, (segment, *rest.segments))

    def _segments(self, i: int) -> Iterator[Segment]:
        """Every clause that may begin at word i, with the times around it."""
        for ways in self._by_end(i):
            yield from self._plain(i, ways, {}, 0.0)
        yield from self._timed_before(i)
        yield from self._on_event(i)

    def _by_end(self, i: int) -> list[tuple[Way, ...]]:
        """The ways from word i, those of the same end together, the best first."""
        found: dict[int, list[Way]] = {}
        for way in self._from(i):
            found.setdefault(way.end, []).append(way)
        return [tuple(sorted(ways, key=lambda w: -w.score)[:WAYS]) for ways in found.values()]

    def _plain(self, start: int, ways: tuple[Way, ...], when: Mapping[str, Any], extra: float) -> Iterator[Segment]:
        end, score = ways[0].end, ways[0].score + extra
        base = Segment(start, end, ways, score, {}, when)
        yield base
        later = [*self._excepted(base), *self._lasting(base)]
        yield from later
        if not when:
            for segment in (base, *later):
                for timed in self._timed_after(segment):
                    yield timed
                    if not timed.more.keys() & {"for", "until"} and timed.end < len(self._view.words):
                        yield from self._lasting(timed)

    def _excepted(self, segment: Segment) -> Iterator[Segment]:
        """ "all the lights except the floor lamp"."""
        words = self._view.words
        mark = next((m for m in _EXCEPT if words[segment.end : segment.end + len(m)] == m), None)
        if mark is None:
            return
        start = segment.end + len(mark)
        for span in self._view.at("name", start) + self._view.at("area", start):
            slot = "except" if any(span is s for s in self._view.at("name", start)) else "except_area"
            values = span.value if isinstance(span.value, list) else [span.value]
            yield replace(segment, end=span.end, score=segment.score + span.weight * (span.end - segment.end), more={**segment.more, slot: values})
        timed = any(times.when(words, i) is not None for i in range(start, len(words)))
        if self._view.loose and mark in _SPARING and segment.ways[0].rule.intent in ALL_OF and not timed:
            spared = [name for part in " ".join(words[start:]).split(" and ") if (name := ARTICLE.sub("", part.strip()))]
            if spared:
                score = segment.score + SPARED_WEIGHT * (len(words) - segment.end)
                yield replace(segment, end=len(words), score=score, more={**segment.more, "except": spared})

    def _lasting(self, segment: Segment) -> Iterator[Segment]:
        """ "... for five minutes"."""
        if times.at(self._view.words, segment.end) != "for" or not can_wait(segment.ways[0].rule.intent):
            return
        vague = next((m for m in _A_WHILE if self._view.words[segment.end + 1 : segment.end + 1 + len(m)] == m), ())
        if vague:
            end = segment.end + 1 + len(vague)
            yield replace(segment, end=end, score=segment.score + TIME_WEIGHT * (end - segment.end), more={**segment.more, "for": times.A_WHILE})
        for span in self._view.at("seconds", segment.end + 1):
            length = span.end - segment.end
            yield replace(segment, end=span.end, score=segment.score + TIME_WEIGHT * length, more={**segment.more, "for": span.value})

    def _timed_after(self, segment: Segment) -> Iterator[Segment]:
        if not can_wait(segment.ways[0].rule.intent):
            return
        between = self._between(segment)
        if between is not None:
            yield between
            return
        found = times.when(self._view.words, segment.end) if segment.end < len(self._view.words) else None
        if self._view.words[segment.end - 1] in ("half", "quarter") and times.at(self._view.words, segment.end) in ("an", "of"):
            return  # "half an hour before sunset" is one time
        if found is not None and _is_ahead(found[1], segment):
            score = segment.score + TIME_WEIGHT * (found[0] - segment.end)
            if times.at(self._view.words, segment.end) in _UNTIL:
                yield replace(segment, end=found[0], score=score, more={**segment.more, "until": found[1]})
            else:
                yield replace(segment, end=found[0], score=score, when=found[1])
                yield from self._and_back(replace(segment, end=found[0], score=score, when=found[1]))
        event = self._event(segment.end)
        if event:
            n = len(self._view.words)
            said = self._view.tokens.said(segment.end, n)
            yield replace(segment, end=n, score=segment.score + 1.0 + EVENT_WEIGHT * (n - segment.end - 1), when={"event": said})

    def _and_back(self, segment: Segment) -> Iterator[Segment]:
        """ "... off at ten and back on at six"."""
        words = self._view.words
        mark = next((m for m in _BACK if words[segment.end : segment.end + len(m)] == m), ())
        found = times.when(words, segment.end + len(mark), bare=True) if mark and segment.end + len(mark) < len(words) else None
        if found is not None and {"hour", "sun"} & set(found[1]):
            score = segment.score + TIME_WEIGHT * (found[0] - segment.end)
            yield replace(segment, end=found[0], score=score, more={**segment.more, "until": found[1]})

    def _between(self, segment: Segment) -> Segment | None:
        """ "... from 8 to 10 pm", "between nine and ten"."""
        words, start = self._view.words, segment.end + 1
        if times.at(words, segment.end) not in ("from", "between"):
            return None
        for j in range(start + 1, min(start + 6, len(words) - 1)):
            if words[j] not in ("to", "until", "till", "and"):
                continue
            first, last = times.when(words[:j], start, bare=True), times.when(words, j + 1, bare=True)
            if first is None or last is None or first[0] != j or not {"hour", "sun"} & set(first[1]) or not {"hour", "sun"} & set(last[1]):
                continue
            when = dict(first[1])
            if when.get("half_day") and "hour" in last[1] and not last[1].get("half_day") and when["hour"] + 12 < last[1]["hour"]:
                when = {**{k: v for k, v in when.items() if k != "half_day"}, "hour": when["hour"] + 12}
            score = segment.score + TIME_WEIGHT * (last[0] - segment.end)
            return replace(segment, end=last[0], score=score, when=when, more={**segment.more, "until": last[1]})
        return None

    def _timed_before(self, i: int) -> Iterator[Segment]:
        """ "in five minutes turn off the lights"."""
        found = times.when(self._view.words, i)
        if found is None or found[0] >= len(self._view.words) or found[1].get("day", 0) < 0:
            return
        start = polite.head(self._view.words, found[0])
        for ways in self._by_end(start) if start < len(self._view.words) else ():
            if can_wait(ways[0].rule.intent) and not ways[0].free:
                yield from self._plain(start, ways, found[1], TIME_WEIGHT * (start - i))

    def _event(self, i: int) -> int:
        """The words that begin a condition at word i ("when I come home"); 0 where none does. "When I say" begins a lesson."""
        if self._view.words[i + 1 : i + 3] == ("i", "say") or times.at(self._view.words, i + 1) in _ASKED:
            return 0
        length = _EVENTS.get(times.at(self._view.words, i), 0)
        return length if length < 3 or self._view.words[i : i + 3] == ("as", "soon", "as") else 0

    def _on_event(self, i: int) -> Iterator[Segment]:
        """ "when I come home turn on the lights": a command after a condition, that nothing else can be made of."""
        if i > 0 or not self._event(i):
            return
        n = len(self._view.words)
        for place in range(i + self._event(i) + 2, n):
            start = polite.head(self._view.words, place)
            for ways in self._by_end(start) if start < n else ():
                if ways[0].end == n and not ways[0].free and can_wait(ways[0].rule.intent) and n - start > 1:
                    event = self._view.tokens.said(i, place)
                    yield Segment(start, n, ways, ways[0].score + 1.0 + EVENT_WEIGHT * (place - i - 1), {}, {"event": event})
                    return


def can_wait(intent: str) -> bool:
    """A command that may be put off; questions, timers and talk are not."""
    return intent not in TIMED_THEMSELVES and not intent.startswith(_TIMED_FAMILIES)


def _is_ahead(when: Mapping[str, Any], segment: Segment) -> bool:
    """A time that can be meant: not yesterday; behind a single word ("play yesterday") it takes the clock."""
    if when.get("day", 0) < 0:
        return False
    return segment.end - segment.start > 1 or bool({"in", "hour", "sun"} & set(when))


# --- from clauses to readings ------------------------------------------------------------------------------------------------------------------


def interpretations(laid: Laid, view: View, by: str = "exact") -> tuple[tuple[Interpretation, ...], ...]:
    """The ranked readings of each clause."""
    return tuple(clause for segment in _timed_together(laid.segments) for clause in _each(segment, _of(segment, view, by), view))


def _timed_together(segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """A time before the first command, or behind the last alone, is of all commands: what was heard with a time never happens now."""
    first, last = segments[0], segments[-1]
    if first.when and first.start > 0:
        when = first.when
    elif last.when and last.end > last.ways[0].end and not last.ways[0].vague and not any(s.when for s in segments[:-1]):
        when = last.when
    else:
        return segments
    return tuple(s if s.when or not can_wait(s.ways[0].rule.intent) else replace(s, when=when) for s in segments)


def _each(segment: Segment, found: tuple[Interpretation, ...], view: View) -> Iterator[tuple[Interpretation, ...]]:
    """A command for each of several proper names ("Study Light and Porch Fan"), for Home Assistant's intents take one; else the clause as it is.

    "The lamp and the fan" stay one command: there the words say what sort of things are meant, together.
    """
    names = next((f for f in segment.ways[0].fills if f.slot == "name" and f.kind == "name" and isinstance(f.span.value, list)), None)
    if names is None or segment.more or segment.when or about(found[0].intent).reach not in ("one", "many") or not _proper(names, view):
        yield found
        return
    several = [r for r in found if isinstance(r.slots.get("name"), list) and len(r.slots["name"]) == len(names.span.value)]
    for i in range(len(names.span.value)):
        yield tuple(replace(r, slots={**r.slots, "name": r.slots["name"][i]}) for r in several)


def _proper(names: Fill, view: View) -> bool:
    """Each is a whole name of several words, and none but the first has an article of its own."""
    words = view.words[names.start + 1 : names.span.end]
    return not set(words) & ARTICLES and all(len(t.words) > 1 and not t.partial for terms in names.span.terms for t in terms)


def _of(segment: Segment, view: View, by: str) -> tuple[Interpretation, ...]:
    found = readings(list(segment.ways), view, by)
    if segment.more:
        found = tuple(replace(r, slots={**r.slots, **segment.more}) for r in found)
    if not segment.when:
        return found
    lasting = {slot: segment.more[slot] for slot in ("until", "for") if slot in segment.more}
    put_off = tuple(later(r, segment.when, _command(segment, view)) for r in found[:1])
    return tuple(replace(r, slots={**r.slots, **lasting}) for r in put_off) if lasting else put_off


def _command(segment: Segment, view: View) -> str:
    """The words of the command itself, without its time."""
    end = segment.ways[0].end
    if segment.when and segment.more.keys() & {"for", "until"}:
        return view.tokens.said(segment.start, end)
    if segment.more.keys() & {"for", "until"} or segment.more.keys() & {"except", "except_area"}:
        end = segment.end if segment.start < end <= segment.end and not _time_in(segment, view) else end
    return view.tokens.said(segment.start, end)


def _time_in(segment: Segment, view: View) -> bool:
    found = times.when(view.words, segment.ways[0].end)
    return found is not None and found[0] == segment.end


def later(reading: Interpretation, when: Mapping[str, Any], command: str) -> Interpretation:
    """The command put off: Home Assistant's delayed timer, or a schedule."""
    if set(when) == {"in"}:
        return replace(reading, intent="HassStartTimer", slots={**split_seconds(float(when["in"])), "conversation_command": command})
    return replace(reading, intent="ExtSchedule", slots={"conversation_command": command, "when": dict(when)})
