"""Whether a turn went wrong, as far as people and things showed it, and what was wanted instead."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from agent.learn.compared import about, alike_deed, all_named, dismisses, number_lost, numbers, only_name
from agent.learn.episodes import Episode
from agent.learn.evidence import Evidence, of_things
from agent.learn.heard import breaks_off, core, other_guess
from agent.learn.log import GUESSED, Log, Past, same_place, within
from agent.learn.recurring import Recurring
from agent.learn.signals import LOOK_AHEAD, REPAIRING, SOON, UNDOING, done_by_hand, following, says_no, undone
from agent.learn.sounds import ALIKE, misheard
from agent.records import Signal
from agent.wording import kinds_said, plain

QUICK = 12.0
"""Seconds in which the contrary command takes back a mistake."""
AGAIN = 25.0
"""Seconds in which something is said again that was not contradicted."""
SURE = 0.8
"""How sure a guess is, on average, that nobody contradicts."""
UNKNOWN = ("which", "name", "area", "floor")
"""What is missing where a question asks which thing is meant."""
LESSONS = frozenset({"ExtTeach", "ExtTeachName", "ExtTeachRoom"})
"""Intents that say what words mean: they ask for nothing."""
STEPS = ("Relative", "Next", "Previous", "Toggle", "Snooze", "ListAdd", "Timer", "Fact", "Joke")
"""Parts of intents that are asked for again and again on purpose."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """`likely` it went wrong, by what (`kind`), and `end`: the turn that says what was wanted; `things`: what that was about."""

    likely: float = 0.0
    kind: str = ""
    why: str = ""
    end: Past | None = None
    things: frozenset[str] = frozenset()
    by_hand: str = ""
    """What somebody did themselves instead."""
    hand_state: str = ""
    """The state that was brought about by hand."""
    by_hand_elsewhere: bool = False
    answered: bool = False
    """Its question was answered."""
    replies: bool = False
    """A question had been asked just before."""
    reacted: bool = False
    followed: bool = False
    """Somebody went on talking to the agent."""
    settled: bool = False
    """People said that it was right, or went on with it."""


@dataclass(slots=True)
class Doubts:
    """The doubts of a log's turns."""

    log: Log
    told: Sequence[Episode]
    felt: Sequence[Signal]
    _found: dict[str, Doubt] = field(default_factory=dict)
    _place: Mapping[str, int] = field(default_factory=dict)
    _episode: Mapping[str, Episode] = field(default_factory=dict)
    _bursts: float = 0.0
    _felt: dict[str, list[Signal]] = field(default_factory=dict)
    _recurring: Recurring = field(init=False)

    def __post_init__(self) -> None:
        self._recurring = Recurring.of(self.log)
        self._place = {t.id: i for i, t in enumerate(self.log.turns)}
        self._episode = {t.id: e for e in self.told for t in e.turns}
        self._bursts = self._not_in_bursts()
        for signal in self.felt:
            self._felt.setdefault(signal.turn, []).append(signal)

    def _not_in_bursts(self) -> float:
        """How likely the same command for another thing, at once, takes the first one's place: in a home where people ask for one thing after
        another, as many quick commands for other things do something else.
        """
        same = other = 0
        plain_ones = [t.id for t in self.log.turns if t.teaches and not t.answers and not t.guessed and all_named(t, self.log.names)]
        for turn_id in plain_ones:
            turn = self.log.turns[self._place[turn_id]]
            soon = following(self.log.turns, self._place[turn_id])
            if soon is None or not within(turn, soon, AGAIN) or soon.guessed or not all_named(soon, self.log.names) or about(turn) & about(soon):
                continue
            alike = alike_deed(turn, soon)
            same, other = same + alike, other + (not alike)
        return max(0.0, min(0.8, (same - other + 0.3) / (same + 1)))

    def of(self, turn: Past) -> Doubt:
        if turn.id not in self._found:
            self._found[turn.id] = self._doubt(turn)
        return self._found[turn.id]

    def repeated(self, turn: Past) -> Past | None:
        """The turn just before that was the same word for word, and came to the same; or that this one was to put right, and did the same again."""
        before = self._before(turn)
        if before is None or before.outcome != turn.outcome:
            return None
        in_vain = turn.intent in REPAIRING and bool(about(turn)) and before.did == turn.did
        return before if in_vain or (before.bare == turn.bare and before.meaning == turn.meaning) else None

    def _before(self, turn: Past) -> Past | None:
        """The turn just before, of the same place."""
        i = self._place[turn.id]
        before = next((t for t in reversed(self.log.turns[max(0, i - LOOK_AHEAD) : i]) if same_place(t, turn)), None)
        return before if before is not None and within(before, turn, AGAIN) else None

    def _replies(self, turn: Past) -> bool:
        before = self._before(turn)
        return before is not None and before.outcome in ("ask", "confirm")

    def answer_of(self, turn: Past) -> Past | None:
        """The last of the turns that answered this one's question."""
        found = None
        for later in self._conversation(turn):
            if not later.answers or not within(found or turn, later, SOON):
                break
            found = later
        return found

    def _doubt(self, turn: Past) -> Doubt:
        after = following(self.log.turns, self._place[turn.id])
        soon = after if after is not None and within(turn, after, SOON) else None
        kinds: dict[str, Signal] = {s.kind: s for s in self._felt.get(turn.id, ())}
        if "yes" in kinds:
            return Doubt(0.02, "yes", "You said that it was right.", settled=True)
        if says_no(plain(turn.text)) and not turn.did and turn.outcome == "answer":
            return Doubt(0.03, "", "You said no, and it was left.", settled=True)
        if turn.outcome in ("ask", "confirm") and soon is not None and soon.answers and not dismisses(soon):
            recovered = self._answered(turn, soon)
            if recovered is not None:
                return recovered
        signs = [*self._spoken(turn, soon, kinds), *of_things(turn, self.log)]
        if not signs:
            return replace(_quiet(turn), followed=self._talks(turn))
        best = max(signs, key=lambda s: (s.end is not None, s.likely))
        if best.end is not None and best.kind not in ("no", "answered_no") and _offered(turn, best.end):
            return Doubt(0.12, "offered", "What you wanted was in its question.", answered=False, reacted=True, settled=True)
        things = next((s.things for s in (best, *sorted(signs, key=lambda s: -s.likely)) if s.things), frozenset())
        wrong = 1.0
        for likely in {s.kind: s.likely for s in sorted(signs, key=lambda s: s.likely)}.values():
            wrong *= 1 - likely
        hand = done_by_hand(turn, self.log)
        end = self._otherwise(turn, best.end)
        return Doubt(
            1 - wrong,
            best.kind,
            WHY.get(best.kind, "") if wrong > 0.5 else "",
            end,
            things,
            self.log.names.get(hand.entity_id, hand.entity_id) if hand is not None else "",
            hand.state if hand is not None else "",
            any(s.kind == "elsewhere" for s in signs),
            replies=self._replies(turn),
            reacted=any(s.kind != "failed" for s in signs),
            followed=self._talks(turn),
        )

    def _otherwise(self, turn: Past, end: Past | None) -> Past | None:
        """What was said in other words: the same words again say nothing new, but what was said behind them may. What was taken back says nothing."""
        if end is None or end.id == turn.id:
            return end
        if end.bare == turn.bare:
            return self.of(end).end
        return None if end.succeeded and self.of(end).kind in ("undo", "no") and self.of(end).end is None else end

    def _answered(self, turn: Past, soon: Past) -> Doubt | None:
        """Its own question was answered: it came right by itself, unless the answer was none of what it offered."""
        doubt = self.of(soon) if soon.id != turn.id else Doubt()
        if soon.bare == turn.bare:
            return None
        if not soon.succeeded and not (soon.outcome == "act" or (soon.outcome in ("ask", "confirm") and doubt.answered)):
            return None
        chosen = about(soon)
        if turn.outcome == "ask" and turn.missing in UNKNOWN and chosen and not chosen <= set(turn.targets):
            return Doubt(0.8, "unoffered", "What you named had not been offered.", soon, chosen, answered=True, reacted=True)
        return Doubt(0.08, "answered", "It asked, and was answered.", answered=True, settled=True)

    def _spoken(self, turn: Past, soon: Past | None, kinds: Mapping[str, Signal]) -> Iterable[Evidence]:
        episode = self._episode.get(turn.id)
        last = episode.last if episode is not None else None
        meant = last is not None and self._place[last.id] > self._place[turn.id] and not dismisses(last) and last.intent not in LESSONS
        later = last if meant else None
        things: frozenset[str] = frozenset()
        if episode is not None and later is not None:
            things = frozenset(e for d in episode.did for e in d.entities) or frozenset(later.targets)
        if "rephrase" in kinds:
            again: Past | None = self.log.turns[self._place[kinds["rephrase"].evidence]]
            if again is not None and again.intent in LESSONS:
                again = self._served_after(turn)
            if again is not None and not dismisses(again):
                yield Evidence("rephrase", -kinds["rephrase"].weight, later or again, things if later else about(again))
        if "answered_no" in kinds:
            yield Evidence("answered_no", 0.95, later, things)
        guess = turn.by in GUESSED
        if turn.outcome not in ("ask", "confirm") and breaks_off(turn.text) and turn.intent not in LESSONS and (guess or not turn.others):
            yield Evidence("broken_off", 0.6)
        if number_lost(turn):
            yield Evidence("number_lost", 0.6)
        if soon is None:
            yield from self._nothing_came(turn)
            return
        said = plain(soon.text)
        if turn.intent in UNDOING:
            return
        if soon.intent in REPAIRING and soon.succeeded:
            fixed = episode.did if episode is not None and later is soon else soon.did
            new = frozenset(e for d in fixed for e in d.entities) - about(turn) or about(soon)
            yield Evidence("repair", 0.93, soon, new)
        elif soon.intent in UNDOING and turn.did:
            end = later or self._served_after(turn)
            yield Evidence("undo", 0.85, end, things or (about(end) if end is not None else things))
        elif says_no(said):
            end = later or self._served_after(turn)
            yield Evidence("no", 0.75 if turn.outcome == "confirm" else 0.85, end, things or (about(end) if end is not None else things))
        elif undone(turn, soon):
            quick = within(turn, soon, QUICK)
            guess = quick and turn.by in GUESSED and not turn.answers
            yield Evidence("contrary", 0.65 if guess else 0.35 if quick else 0.15, soon if guess else later, about(turn) if guess else things)
        elif soon.bare == turn.bare and soon.who == turn.who and within(turn, soon, AGAIN) and turn.did and not _is_step(turn):
            yield Evidence("repeat", 0.75)
            other = self._served_after(turn)
            if other is not None and alike_deed(turn, other) and about(other) != about(turn):
                yield Evidence("rephrase", 0.75, other, about(other))
        if "barge_in" in kinds:
            end = self._served_after(turn)
            anew = end is not None and alike_deed(turn, end)
            yield Evidence("barge_in", 0.7 if anew else 0.4, end if anew else later, about(end) if anew and end is not None else things)
        if "rephrase" not in kinds and turn.succeeded and turn.intent not in UNDOING and within(turn, soon, AGAIN):
            better = self._in_the_end(turn, soon)
            if better is not None:
                yield from self._said_better(turn, better)
        yield from self._nothing_came(turn)

    def _in_the_end(self, turn: Past, soon: Past) -> Past | None:
        """The next words, or what was said at once in their place where those failed."""
        if soon.succeeded or soon.outcome == "confirm":
            return soon
        end = self.of(soon).end
        return end if end is not None and end.succeeded and within(turn, end, 2 * AGAIN) and not end.answers else None

    def _nothing_came(self, turn: Past) -> Iterable[Evidence]:
        asked = turn.outcome in ("ask", "confirm")
        if asked and not turn.answers and not self._answered_in_vain(turn):
            yield from self._passed_over(turn)
            return
        if turn.succeeded:
            return
        yield Evidence("failed", 0.6)
        better = self._served_after(turn)
        if better is not None:
            yield Evidence("retried", 0.6, better, about(better))

    def _passed_over(self, turn: Past) -> Iterable[Evidence]:
        """It asked, and instead of an answer something was said at once that is none of what it had offered."""
        better = self._served_after(turn)
        if better is not None and not _offered(turn, better):
            yield Evidence("passed_over", 0.6, better, about(better))

    def _answered_in_vain(self, turn: Past) -> bool:
        after = next(iter(self._conversation(turn)), None)
        return after is not None and after.answers and within(turn, after, SOON)

    def _served_after(self, turn: Past) -> Past | None:
        """The first request that was served of those that followed at once, one after the other."""
        last = turn
        for later in self._conversation(turn):
            if not within(last, later, AGAIN):
                return None
            asks = later.intent and later.intent not in REPAIRING | UNDOING and not later.answers and not dismisses(later)
            if later.succeeded and asks and later.bare != turn.bare:
                return later if self.of(later).likely < 0.5 else None
            last = later
        return None

    def _conversation(self, turn: Past) -> list[Past]:
        """The next turns of the same place."""
        i = self._place[turn.id]
        return [later for later in self.log.turns[i + 1 : i + 1 + LOOK_AHEAD] if same_place(turn, later)]

    def _talks(self, turn: Past) -> bool:
        """Somebody was talking with the agent: asked for something just before, or goes on."""
        i = self._place[turn.id]
        before = [t for t in self.log.turns[max(0, i - LOOK_AHEAD) : i] if same_place(t, turn) and within(t, turn, AGAIN)]
        after = [t for t in self._conversation(turn) if within(turn, t, 2 * AGAIN)]
        return any(not dismisses(t) and t.outcome != "ignore" for t in (*before, *after))

    def _said_better(self, turn: Past, soon: Past) -> Iterable[Evidence]:
        """Something was done, and at once the next words say what it may have been meant to be."""
        if turn.answers or soon.answers or soon.intent in REPAIRING | UNDOING or soon.bare == turn.bare:
            return
        names, things, guess = self.log.names, about(soon), turn.by in GUESSED
        named, same = all_named(turn, names), things == about(turn)
        elsewhere = bool(about(turn)) and not same and alike_deed(turn, soon) and all_named(soon, names)
        sound = misheard(turn.text, soon.text, only_name(names, things))
        if other_guess(turn, (soon.text,)) and soon.meaning != turn.meaning:
            yield Evidence("other_guess", 0.9, soon, things)
        elif guess and not named and self._recurring.leads(turn, soon) and not _is_step(turn):
            yield Evidence("recurring", 0.75, soon, things)
        elif guess and same and turn.did != soon.did and core(turn.text) < core(soon.text) and numbers(soon):
            yield Evidence("cut_short", 0.7, soon, things)
        elif sound <= ALIKE and (guess or not named or not turn.did):
            yield Evidence("sounds", 0.85 - sound / 2, soon, things)
        elif same and turn.did != soon.did and numbers(turn) & numbers(soon):
            yield Evidence("number", 0.8, soon, things)
        elif guess and elsewhere and not named:
            yield Evidence("guessed", 0.8, soon, things)
        elif guess and not dismisses(soon) and not undone(turn, soon) and (not named or (same and turn.intent != soon.intent)):
            yield Evidence("guessed", (0.4 if named else 0.5) + (SURE - turn.sure), soon, things)
        elif elsewhere and named and not guess:
            yield Evidence("instead", self._bursts, soon, things)
        elif elsewhere and not named and turn.did:
            may_mean = kinds_said(turn.text) & kinds_said(soon.text) or things < about(turn)
            yield Evidence("vaguely", 0.75 if may_mean else 0.3, soon, things)


def _offered(turn: Past, end: Past) -> bool:
    """Its question had in it what was then asked for."""
    alike = bool(turn.did) and turn.did == end.did if turn.outcome == "confirm" else turn.intent == end.intent
    return turn.outcome in ("ask", "confirm") and alike and bool(about(end)) and about(end) <= frozenset(turn.targets)


def _is_step(turn: Past) -> bool:
    """It is asked for again and again on purpose: brighter, next, louder."""
    return any(step in turn.intent for step in STEPS) or any("step" in d.data for d in turn.did)


def _quiet(turn: Past) -> Doubt:
    """Nobody reacted."""
    if turn.outcome in ("ask", "confirm"):
        return Doubt(0.6 if turn.missing in UNKNOWN[1:] else 0.4, "left_open", "It asked, and nobody answered.")
    if turn.outcome == "ignore":
        return Doubt(0.3, "ignored", "It was left alone.")
    return Doubt(0.04, "", "Nobody said a word against it.")


WHY: Mapping[str, str] = {
    "contrary": "You then asked for the contrary, as people do.",
    "barge_in": "You talked over the reply, and left it at that.",
    "override": "You changed it by hand afterwards.",
    "elsewhere": "Something else was moved by hand.",
}
