"""The understanding: hypotheses of the recogniser -> ranked readings of each clause.

Each hypothesis is tried against the skills' phrases; what they do not fit, with the home's names near by sound, then with rooms and things the home
does not have, then by the trained model. Free words ("play ...") count only as far as the model agrees. What stays unlikely was not for us: ().
"""

import gc
import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import chain, islice
from typing import Protocol

from agent.intents import about
from agent.records import Context, Hypothesis, Interpretation
from agent.stages import Skill
from agent.understand import conditions, polite, several, times
from agent.understand import model as trained
from agent.understand.clauses import Clauses, Laid, can_wait, interpretations, later
from agent.understand.correction import Correction
from agent.understand.grammar import Grammar, Way
from agent.understand.lexicon import Lexicon
from agent.understand.near import nearer, sounds
from agent.understand.normal import Tokens, tokens
from agent.understand.values import View
from agent.understand.words import HERE
from devices.home import Home

logger = logging.getLogger(__name__)

Readings = tuple[tuple[Interpretation, ...], ...]
NEAR = 0.8
"""Confidence of a reading with a name that only sounds like what was said."""
LOOSE = 0.85
"""Confidence of a reading with a room or thing that the home does not have."""
AGREED = 0.3
"""The least share of the model's opinion that a reading it did not make needs."""
POINTED = 0.8
"""The least confidence of a phrase made for one sort of thing, where one of the home's is called by its name: whatever its free words are."""
COVERED = 0.85
"""The share of a clause that a phrase's own words fill from which its free words (a timer's name) need no second opinion."""
ASKING = frozenset(("is", "are", "was", "were", "does", "did", "has", "which", "who", "whose", "where", "when", "why"))
"""First words of questions: the model's guesses about them never act."""
QUIET = 0.5
"""Seconds without a request after which the model is loaded, if nothing has needed it."""
PATIENCE = 10.0
"""Seconds to wait for a model that is being loaded."""
REMEMBERED = 512
"""Sentences whose readings are kept: a household says the same ones again, and a turn looks at its own more than once."""
MOST = 6
TRIES = 8
"""How many other ways to hear a sentence are tried (what was corrected, repeated, shared by two commands); of a long one, a few."""
LONG = 30
"""Words from which a sentence is long."""
LONGEST = 60
"""Sentences of more words are not commands."""


LESSONS = frozenset({"ExtTeach", "ExtTeachName", "ExtWhy", "ExtScheduleRemove", "ExtWho", "ExtIntroduce", "ExtForgetAbout"})
"""Intents whose fixed words say all ("when I say ..."): the free ones may be anything, and a model knows nothing of them."""
TIMED = frozenset({"ExtReminderSet"})
"""Intents that a time makes sure of, whatever the free words are: "remind me to ... at ten"."""
KIN = {"ExtPreference": "ExtMediaLike", "HassShoppingListAddItem": "HassListAddItem"}
"""Intents that the model may take for another one which its words tell apart: "I love rock" likes no song in particular."""
TOLD = frozenset({"ExtPreference"})
"""Intents that what people tell of themselves ("I love ...") belongs to, whatever the free words are: they do nothing."""
OTHER_WAY = {"HassTurnOn": "HassTurnOff", "HassTurnOff": "HassTurnOn"}
ABILITIES = frozenset("timers alarms reminders lists schedules routines notes".split())
"""Last words of "can you set timers?": what is asked is whether it can."""
KNOWN = 0.95
"""The confidence from which words are taken as they stand."""


class Model(Protocol):
    """The trained part: what a clause that no phrase fits is about."""

    def read(self, said: Tokens, lexicon: Lexicon) -> tuple[Interpretation, ...]:
        """Ranked readings of one clause; () where it is not for the home."""
        ...

    def agrees(self, said: Tokens, intent: str) -> float:
        """How far the model shares a reading, 0-1."""
        ...

    def inside(self, said: Tokens) -> float:
        """How likely the home is spoken to, 0-1."""
        ...

    def correct(self, own: Correction | None) -> None:
        """Guess as this home's people taught it; None: as it was shipped."""
        ...


class Reader:
    """The understanding of one set of skills. Belongs to one thread (the event loop).

    The model is loaded in another, when it is first needed or, once a home is known, nobody has spoken for QUIET seconds: whoever speaks while
    the hub starts, and says what phrases know, does not share the processor with it.
    """

    def __init__(self, grammar: Grammar, load: Callable[[Grammar], Model | None] | None = None) -> None:
        self.grammar = grammar
        self.lexicon = Lexicon()
        self._model: Model | None = None
        self._own: Correction | None = None
        self._loading: threading.Thread | None = None
        self._wanted = threading.Event()
        self._asked = 0
        self._named = 0
        self._text = lru_cache(REMEMBERED)(self._worked_out)
        if load is not None:
            self._loading = threading.Thread(target=self._load, args=(load,), name="understanding model", daemon=True)
            self._loading.start()

    @classmethod
    def open(cls, skills: Iterable[Skill]) -> "Reader":
        """Phrases are read now (TemplateError), the model is loaded in the background."""
        return cls(Grammar(skills), trained.load)

    def _load(self, load: Callable[[Grammar], Model | None]) -> None:
        heard = 0
        while not self._wanted.wait(QUIET) and (not heard or heard != self._asked):
            heard = self._asked
        self._model = load(self.grammar)
        self._corrected()
        gc.freeze()  # phrases, names and weights stay: to look through them all again and again would hold a turn up by 50 ms now and then

    def ready(self) -> bool:
        """The model is loaded, or there is none."""
        return self._loading is None or not self._loading.is_alive()

    def wait(self, seconds: float) -> bool:
        """Wait for the model; False where it is not there in time."""
        self._wanted.set()
        if self._loading is not None:
            self._loading.join(seconds)
        return self.ready()

    def _trained(self) -> Model | None:
        """The model; whoever needs it while it is being loaded waits."""
        if self._model is None:
            self.wait(PATIENCE)
        return self._model

    def without_model(self) -> None:
        """Phrases alone from now on."""
        self.wait(60)
        self._model = None
        self._text.cache_clear()

    def use(self, model: Model) -> None:
        """Another model (training tries each fold's)."""
        self.wait(60)
        self._model = model
        self._corrected()

    def correct(self, own: Correction | None) -> None:
        """From now on the model guesses as this home's people taught it; None: as it was shipped. One that is being loaded takes it on then."""
        self._own = own
        self._corrected()

    def _corrected(self) -> None:
        if self._model is not None:
            self._model.correct(self._own)
        self._text.cache_clear()

    def understand(self, hypotheses: tuple[Hypothesis, ...], context: Context) -> Readings:
        """Ranked readings for each clause; hypotheses that say something else are kept as further readings of it."""
        self._asked += 1
        self._follow(context.home)
        read = [(h, found) for h in hypotheses if (found := self._text(h.text))]
        if not read:
            return ()
        read = [(h, () if _only_asks(h.text, found) else found) for h, found in read]
        read = [row for row in read if row[1]]
        if not read:
            return ()
        best, first = max(read, key=lambda pair: _sureness(*pair))
        others = [(h, found) for h, found in read if h is not best and len(found) == len(first)]
        together = tuple(_together(i, best, first, others) for i in range(len(first)))
        return tuple(tuple(_placed(reading, context) for reading in clause) for clause in together)

    def meet(self, home: Home) -> None:
        """Learn a home's names before anybody speaks, so that the first request does not wait for it."""
        self._follow(home)
        sounds(self.lexicon)
        self._asked += 1

    def _follow(self, home: Home) -> None:
        """The names of a home; what was read with others is forgotten."""
        self.lexicon.update(home)
        if self._named != self.lexicon.version:
            self._named = self.lexicon.version
            self._text.cache_clear()

    def knows(self, text: str, context: Context) -> bool:
        """The words are a request exactly as they stand, by the skills' own phrases and with no free words but a title's."""
        self._follow(context.home)
        found = self._text(text)
        return bool(found) and all(clause[0].by == "exact" and clause[0].confidence >= KNOWN for clause in found)

    def _worked_out(self, text: str) -> Readings:
        whole = tokens(text)
        if not whole.words or len(whole) > LONGEST:
            return ()
        said = polite.stripped(whole)
        known = several.timers(said) or self._waiting(said)
        if known:
            return known
        if said is not whole and whole.words[-1] in ABILITIES and whole.words[1:2] == ("you",):
            able, able_view = self._laid(whole)
            if able is not None and able.sure:
                return interpretations(able, able_view)
        laid, view = self._laid(said)
        if laid is not None and laid.sure:
            return interpretations(laid, view)
        if said is not whole:
            polite_too, whole_view = self._laid(whole)
            if polite_too is not None and polite_too.sure:
                return interpretations(polite_too, whole_view)
        unwanted = polite.unwanted(said)
        other_way = self._turned(unwanted) if unwanted is not None else ()
        if other_way:
            return other_way
        refused = polite.negated(said)
        if refused is not None:
            return self._refused(refused)
        for other in islice(chain(polite.unrepeated(said), polite.corrected(said), polite.shared(said)), _tries(said)):
            again, view_again = self._laid(other)
            if again is not None and again.sure:
                return interpretations(again, view_again)
        return self._near(said) or self._open(said, laid, view) or self._apart(said) or self._modelled(said)

    def _laid(self, said: Tokens, loose: bool = False) -> tuple[Laid | None, View]:
        view = View(said, self.lexicon, loose)
        return Clauses(self.grammar, view).lay(), view

    def _waiting(self, said: Tokens) -> Readings:
        """ "When the washing machine is done, tell me" / "turn on the light"; () where no state of the home is waited for."""
        parts = conditions.split(View(said, self.lexicon)) if any(conditions.lead(said.words, i) for i in range(len(said))) else None
        if parts is None:
            return ()
        event, rest = parts
        if conditions.asks_to_be_told(rest):
            return ((Interpretation("ExtReminderSet", {"when": {"event": event}}, KNOWN, "exact"),),)
        person = conditions.tells(View(rest, self.lexicon))
        if person:
            return ((Interpretation("ExtReminderSet", {"name": person, "when": {"event": event}}, KNOWN, "exact"),),)
        command = rest.said(0, len(rest))
        inner = self._text(command)
        if not inner or inner[0][0].intent in ("HassGetState", "HassNevermind", "HassRespond"):
            return ()
        if all(clause[0].intent == "ExtReminderSet" for clause in inner):
            return tuple((replace(c[0], slots={**c[0].slots, "when": {"event": event}}),) for c in inner)
        surest = min((clause[0] for clause in inner), key=lambda r: r.confidence)
        return ((later(surest, {"event": event}, command),),)

    def _refused(self, said: Tokens) -> Readings:
        """ "Don't turn on the light": understood, and nothing is done."""
        laid, _ = self._laid(said)
        return ((Interpretation("HassNevermind", {}, 0.9, "exact"),),) if laid is not None and laid.sure else ()

    def _turned(self, said: Tokens) -> Readings:
        """How something shall not be, read as the other way round: "(I don't want) the lamp on" turns it off."""
        laid, view = self._laid(said)
        found = interpretations(laid, view) if laid is not None and laid.sure and not laid.free else ()
        if not found or any(clause[0].intent not in OTHER_WAY for clause in found):
            return ()
        return tuple((replace(clause[0], intent=OTHER_WAY[clause[0].intent]),) for clause in found)

    def _open(self, said: Tokens, laid: Laid | None, view: View) -> Readings:
        """With rooms and things that the home does not have, or with free words: whichever explains more."""
        wide, wide_view = self._laid(said, loose=True)
        if wide is not None and not wide.free and (laid is None or wide.score > laid.score):
            return _scaled(self._agreed(wide, wide_view, "loose"), LOOSE)
        return self._agreed(laid, view, "exact") if laid is not None else ()

    def _agreed(self, laid: Laid, view: View, by: str) -> Readings:
        """The readings of clauses as far as the model agrees with each; () where it does not with one."""
        found = interpretations(laid, view, by)
        model = self._trained()
        if model is None:
            return found if not laid.open_place else ()
        shares = [_share(s.ways[0], view, model, by) for s in laid.segments]
        if min(shares) < AGREED or len(shares) != len(found):
            return ()
        return tuple(
            tuple(replace(r, confidence=round(r.confidence * share, 3)) for r in clause) for clause, share in zip(found, shares, strict=True)
        )

    def _near(self, said: Tokens) -> Readings:
        """With names of the home that sound like what was said."""
        for other in nearer(said, self.lexicon):
            laid, view = self._laid(other)
            if laid is not None and laid.sure:
                turned = set(other.words) <= set(said.words) and all(s.ways[0].pointed for s in laid.segments)
                return _scaled(interpretations(laid, view, "near") if turned else self._agreed(laid, view, "near"), NEAR)
        return ()

    def _apart(self, said: Tokens) -> Readings:
        """Two commands of which phrases fit one and the model reads the other."""
        for i in islice(polite.joints(said), _tries(said)):
            left, right = (polite.stripped(part) for part in (said.part(0, i), said.part(i + 1, len(said))))
            for sure, rest, first in ((left, right, True), (right, left, False)):
                laid, view = self._laid(sure)
                if laid is None or not laid.sure:
                    continue
                other = self._modelled(rest)
                if other:
                    known = interpretations(laid, view)
                    return (*known, *other) if first else (*other, *known)
        return ()

    def _modelled(self, said: Tokens) -> Readings:
        """The model's opinion; it has none of words in another script."""
        if not any(word.isascii() and word.isalpha() for word in said.words):
            return ()
        model = self._trained()
        found = model.read(said, self.lexicon) if model else ()
        if said.words[0] in ASKING:
            found = tuple(r for r in found if _asks(r.intent))
        return (tuple(_timed(r, said) for r in found),) if found else ()


CLOCK_WORDS = frozenset("yesterday today tonight tomorrow oclock am pm midnight sunset sunrise".split())


def _timed(reading: Interpretation, said: Tokens) -> Interpretation:
    """A guess at a command in which a time was heard: it is never done now. A title may be any words."""
    titled = reading.intent.startswith(("HassMedia", "ExtList", "HassList"))
    if titled or about(reading.intent).reach not in ("one", "many") or not can_wait(reading.intent):
        return reading
    for i in range(len(said)):
        found = times.when(said.words, i)
        if found is not None and (set(found[1]) & POINTS or CLOCK_WORDS & set(said.words[i : found[0]])):
            rest = said.without(i, found[0])
            return later(reading, found[1], " ".join(rest.words))
    vague = next((i for i, word in enumerate(said.words) if word in ("oclock", "yesterday")), None)
    if vague is None:
        return reading
    start = next((i for i in (vague - 2, vague - 1) if i >= 0 and said.words[i] in ("at", "by", "from")), vague)
    return later(reading, {"unclear": True}, " ".join(said.without(start, vague + 1).words))


POINTS = frozenset({"in", "hour", "sun", "day", "date", "monthday", "weekday", "weekdays", "every"})


def _tries(said: Tokens) -> int:
    return TRIES if len(said) < LONG else TRIES // 4


def _share(way: Way, view: View, model: Model, by: str) -> float:
    """How far a clause is believed: as far as the model does, but for what its words alone make sure of."""
    if way.rule.intent in LESSONS or (way.rule.intent in TIMED and any(f.kind == "when" for f in way.fills)):
        return 1.0
    part = view.tokens.part(way.start, way.end)
    pointless = way.vague and not way.free and not way.open
    agreed = model.inside(part) if pointless else _agreement(part, way.rule.intent, model)  # what "it" is, the context tells, not the model
    covered = way.free and not way.vague and not way.open and way.score >= COVERED * (way.end - way.start)
    sure = not way.open if by == "loose" else by == "exact" and (way.pointed or covered)
    return max(agreed, POINTED) if sure or way.rule.intent in TOLD else agreed


def _agreement(said: Tokens, intent: str, model: Model) -> float:
    kin = KIN.get(intent)
    return max(model.agrees(said, intent), model.agrees(said, kin) if kin else 0.0)


NEVER_ACT = frozenset("why who whose should shall did does is are was were which where has".split())
"""First words of questions: whatever phrases make of one, it commands nothing."""


def _only_asks(text: str, found: Readings) -> bool:
    """A question of which a command was made."""
    first = next(iter(polite.stripped(tokens(text)).words), "")
    return first in NEVER_ACT and not _asks(found[0][0].intent)


def _asks(intent: str) -> bool:
    return about(intent).reach in ("ask", "none") or intent.endswith("Query")


def _scaled(found: Readings, factor: float) -> Readings:
    return tuple(tuple(replace(r, confidence=round(r.confidence * factor, 3)) for r in clause) for clause in found)


def _sureness(hypothesis: Hypothesis, found: Readings) -> float:
    return hypothesis.confidence * min(clause[0].confidence for clause in found)


def _together(i: int, best: Hypothesis, first: Readings, others: list[tuple[Hypothesis, Readings]]) -> tuple[Interpretation, ...]:
    """The readings of one clause from all hypotheses, as likely as their hypothesis beside the best."""
    readings = list(first[i])
    for hypothesis, clauses in others:
        scale = min(1.0, hypothesis.confidence / best.confidence) if best.confidence > 0 else 0.0
        readings += [replace(r, confidence=round(r.confidence * scale, 3)) for r in clauses[i] if not any(_same(r, known) for known in readings)]
    return (readings[0], *sorted(readings[1:], key=lambda r: -r.confidence))[:MOST]


def _same(one: Interpretation, other: Interpretation) -> bool:
    return one.intent == other.intent and one.slots == other.slots


_HERE = frozenset(value for rows in HERE.values() for _, value in rows)


def _placed(reading: Interpretation, context: Context) -> Interpretation:
    """ "Here" is the speaker's room, where that is known."""
    if context.area is None or context.area not in context.home.areas:
        return reading
    room = context.home.areas[context.area].name
    area = reading.slots.get("area")
    if isinstance(area, list):
        return replace(reading, slots={**reading.slots, "area": list(dict.fromkeys(room if a in _HERE else a for a in area))})
    return replace(reading, slots={**reading.slots, "area": room}) if area in _HERE else reading
