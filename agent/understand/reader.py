"""From what was heard to readings: politeness and times taken off, several commands taken apart, each matched against the skills' sentences.

Pure but for the memo of the last home's names. A sentence that no phrase fits is tried once more with the home's names near by sound and
spelling; what still does not fit was not understood, and is never guessed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from rapidfuzz import fuzz, process

from agent.records import Context, Hypothesis, Interpretation
from agent.stages import Skill
from agent.understand import times
from agent.understand.match import Matcher
from agent.understand.normal import Tokens, tokens
from agent.understand.spans import Names
from agent.understand.times import split_seconds
from devices.kinds import KINDS, plural

Clauses = tuple[tuple[Interpretation, ...], ...]

HEADS = tuple(
    tuple(h.split())
    for h in sorted(
        ["could you please", "can you please", "would you please", "will you please", "could you", "can you", "would you", "will you", "please", "hey", "hey there", "ok", "okay", "hello", "hi", "i want you to", "i would like you to", "i need you to", "go ahead and", "just", "so", "um", "uh", "er", "well", "now", "and", "then", "also", "would you mind", "do me a favor and", "be so kind and", "alright", "all right"],
        key=len,
        reverse=True,
    )
)
TAILS = tuple(tuple(t.split()) for t in sorted(["please", "for me", "for us", "thanks", "thank you", "thank you very much", "will you", "would you", "could you", "right now", "now", "if you can", "if you would", "okay"], key=len, reverse=True))
NEGATIONS = (("do", "not"), ("dont",), ("never",), ("no", "need", "to"), ("stop", "trying", "to"))
JOINS = frozenset({"and", "then"})
VERBS = frozenset({"turn", "switch", "set", "put", "dim", "open", "close", "lock", "unlock", "play", "start", "stop", "pause", "raise", "lower", "make", "add", "remind", "wake", "increase", "decrease", "mute"})
MEDIA_VERBS = frozenset({"play", "watch", "listen", "queue", "stream", "add", "put", "show"})
THINGS = frozenset(w.split()[-1] for kind in KINDS.values() for word in kind.words for w in (word, plural(word))) | {"minutes", "minute", "seconds", "hours", "hour", "percent", "degrees", "it"}
NEAR = 82.0
"""A name of the home this alike (of 100) may be what was said."""
NEAR_CONFIDENCE = 0.72
DELAYABLE = ("Hass", "Ext")
UNKNOWN_PLACE = re.compile(r"\b(?:in|on|of) the ((?:\w+ ){0,2}\w+)$")


class Reader:
    """The understanding of one set of skills."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self._names = Names()

    @classmethod
    def open(cls, skills: tuple[Skill, ...]) -> "Reader":
        return cls(Matcher(skills))

    def understand(self, hypotheses: tuple[Hypothesis, ...], context: Context) -> Clauses:
        """Ranked readings for each clause; hypotheses that say something else are kept as further readings of it."""
        names = self._of(context)
        read = [(h, self._text(h.text, names)) for h in hypotheses]
        read = [(h, clauses) for h, clauses in read if clauses]
        if not read:
            return ()
        best, first = read[0]
        others = [(h, c) for h, c in read[1:] if len(c) == len(first)]
        return tuple(self._together(i, best, first, others) for i in range(len(first)))

    def _together(self, i: int, best: Hypothesis, first: Clauses, others: list[tuple[Hypothesis, Clauses]]) -> tuple[Interpretation, ...]:
        readings = list(first[i])
        for hypothesis, clauses in others:
            scale = hypothesis.confidence / best.confidence if best.confidence > 0 else 0.0
            readings += [replace(r, confidence=round(min(1.0, r.confidence * scale), 3)) for r in clauses[i] if not any(_same(r, k) for k in readings)]
        return (readings[0], *sorted(readings[1:], key=lambda r: -r.confidence))[:5]

    def _of(self, context: Context) -> Names:
        if self._names.version != context.home.version or not self._names.entities:
            self._names = Names.of(context.home)
        return self._names

    def _text(self, text: str, names: Names) -> Clauses:
        said = _stripped(tokens(text))
        if not len(said) or said.words[:2] in NEGATIONS or said.words[:1] in NEGATIONS or said.words[:3] in NEGATIONS:
            return ()
        return self._clauses(said, names) or self._near(said, names)

    def _clauses(self, said: Tokens, names: Names) -> Clauses:
        whole = self._one(said, names)
        if whole and not _greedy(whole[0], said):
            return (whole,)
        return self._split(said, names)

    def _one(self, said: Tokens, names: Names) -> tuple[Interpretation, ...]:
        """One command, or one with a time: never both at once."""
        delayed = self._delayed(said, names)
        if delayed:
            return delayed
        found = self._matcher.match(said, names)
        if found and not _greedy(found[0], said):
            return found
        return self._for(said, names) or found

    def _delayed(self, said: Tokens, names: Names) -> tuple[Interpretation, ...]:
        """ "X in ten minutes", "at nine X": the command and its time."""
        for command, when in _timed(said):
            inner = self._matcher.match(command, names)
            if not inner or not inner[0].intent.startswith(DELAYABLE) or _greedy(inner[0], command) or inner[0].intent in TIMED_THEMSELVES:
                continue
            text = command.said(0, len(command))
            if set(when) == {"in"}:
                return (Interpretation("HassStartTimer", {"conversation_command": text, **split_seconds(float(when["in"]))}, 1.0, "exact"),)
            return (Interpretation("ExtSchedule", {"conversation_command": text, "when": dict(when)}, 1.0, "exact"),)
        return ()

    def _for(self, said: Tokens, names: Names) -> tuple[Interpretation, ...]:
        """ "X for five minutes": now, and back again then."""
        for i in range(1, len(said) - 1):
            if said.words[i] != "for":
                continue
            found = times.duration(said.words, i + 1)
            if found and found[0] == len(said):
                return tuple(replace(r, slots={**r.slots, "for": found[1]}) for r in self._matcher.match(said.part(0, i), names))
        return ()

    def _split(self, said: Tokens, names: Names) -> Clauses:
        """Two or more commands, each understood on its own; a later one may go without its verb."""
        for i in range(1, len(said) - 1):
            if said.words[i] not in JOINS and i not in said.breaks:
                continue
            left, right = _stripped(said.part(0, i)), _stripped(said.part(i + (said.words[i] in JOINS), len(said)))
            if not len(left) or not len(right):
                continue
            first = self._one(left, names)
            if not first or _greedy(first[0], left):
                continue
            rest = self._clauses(right, names) or self._clauses(_with_verb(left, right), names)
            if rest:
                return (first, *rest)
        return ()

    def _near(self, said: Tokens, names: Names) -> Clauses:
        """Once more with the nearest name of the home, or with a room the home does not have."""
        for text, confidence in _nearer(said, names):
            found = self._clauses(tokens(text), names)
            if found and not any(_greedy(r[0], said) for r in found):
                return tuple(tuple(replace(r, confidence=round(r.confidence * confidence, 3), by="near") for r in readings) for readings in found)
        return self._unknown_place(said, names)

    def _unknown_place(self, said: Tokens, names: Names) -> Clauses:
        """ "Turn on the lights in the ballroom": understood, but for the room."""
        found = UNKNOWN_PLACE.search(" ".join(said.words))
        if not found:
            return ()
        count = len(found.group().split())
        readings = self._matcher.match(said.part(0, len(said) - count), names)
        if not readings or _greedy(readings[0], said) or not ({"domain", "device_class", "name"} & set(readings[0].slots)):
            return ()
        place = said.said(len(said) - count + 2, len(said))
        return (tuple(replace(r, slots={**r.slots, "area": place}, confidence=0.85) for r in readings),)


TIMED_THEMSELVES = frozenset({
    "ExtAlarmSet", "ExtAlarmQuery", "ExtAlarmRemove", "ExtReminderSet", "ExtReminderQuery", "HassStartTimer", "HassIncreaseTimer", "HassDecreaseTimer", "HassCancelTimer",
    "HassTimerStatus", "HassPauseTimer", "HassUnpauseTimer", "HassGetWeather", "HassListAddItem", "HassShoppingListAddItem", "HassGetCurrentTime", "HassGetCurrentDate", "HassBroadcast",
    "ExtAlarmSnooze", "ExtTeach", "ExtPreference", "HassRespond",
})  # fmt: skip
"""Intents whose own phrases hold their time, or that have none."""


def _same(one: Interpretation, other: Interpretation) -> bool:
    return one.intent == other.intent and one.slots == other.slots


def _greedy(reading: Interpretation, said: Tokens) -> bool:
    """A free-text slot swallowed what may be a second command or a time."""
    free: Mapping[str, Any] = {k: v for k, v in reading.slots.items() if k in ("search_query", "item", "game", "playlist", "message")}
    return any(isinstance(v, str) and (_hides_command(v.split()) or _names_a_thing(v.split(), said)) for v in free.values()) and len(said) > 3


def _hides_command(words: list[str]) -> bool:
    return any(w in JOINS and i + 1 < len(words) and words[i + 1] in VERBS for i, w in enumerate(words))


def _names_a_thing(words: list[str], said: Tokens) -> bool:
    """ "Turn on the moon light" is no title: only who says play, watch or listen asks for one with the word for a thing in it."""
    return said.words[0] not in MEDIA_VERBS and any(w in THINGS for w in words)


def _stripped(said: Tokens) -> Tokens:
    """Without politeness and filler at either end; one that is all filler is left as it is."""
    start, end = 0, len(said)
    while (head := next((h for h in HEADS if said.words[start : start + len(h)] == h and start + len(h) < end), None)) is not None:
        start += len(head)
    while (tail := next((t for t in TAILS if said.words[end - len(t) : end] == t and end - len(t) > start), None)) is not None:
        end -= len(tail)
    return said.part(start, end)


def _timed(said: Tokens) -> Iterator[tuple[Tokens, Mapping[str, Any]]]:
    """(command, point in time) for a time at the end or at the beginning."""
    for i in range(1, len(said)):
        found = times.when(said.words, i)
        if found and found[0] == len(said):
            yield _stripped(said.part(0, i)), found[1]
            break
    head = times.when(said.words, 0)
    if head and 0 < head[0] < len(said):
        yield _stripped(said.part(head[0], len(said))), head[1]


def _with_verb(left: Tokens, right: Tokens) -> Tokens:
    """ "turn on the lamp and off the fan", "dim the lamp and the fan": the second with the first one's verb."""
    lead = 2 if left.words[1:2] in (("on",), ("off",), ("up",), ("down",)) else 1
    if right.words[:1] in (("on",), ("off",), ("up",), ("down",)):
        lead = 1
    return tokens(" ".join((*left.words[:lead], *right.words)))


def _nearer(said: Tokens, names: Names) -> Iterator[tuple[str, float]]:
    """The sentence with a run of its words replaced by a name of the home that is near by spelling, nearest first."""
    known = [" ".join(words) for words in (*names.entities, *names.areas) if len(" ".join(words)) > 3]
    options: list[tuple[float, str]] = []
    for start in range(len(said)):
        for end in range(start + 1, min(len(said), start + 4) + 1):
            run = " ".join(said.words[start:end])
            if len(run) < 4:
                continue
            for name, score, _ in process.extract(run, known, scorer=fuzz.ratio, limit=2, score_cutoff=NEAR):
                if name != run and abs(len(name) - len(run)) <= 3:
                    options.append((score, " ".join((*said.words[:start], name, *said.words[end:]))))
    for _, text in sorted(options, reverse=True)[:6]:
        yield text, NEAR_CONFIDENCE
