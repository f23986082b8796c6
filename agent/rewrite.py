"""Rewrites served on the turn path: taught > personal > fleet, or none. From memory; each is a look-up.

What was learned is only proposed here: the turn reads it, and agent.guard has the last word before anything is done.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from agent import new_lessons, of_lessons
from agent.dialogue import NO, bare, said_all
from agent.records import SERVING, UNLEARNED, Context, Interpretation, Learned, Preference, Rewrite, Taught, Turn
from agent.teach import is_off, is_unlearned, thing_called
from agent.wording import bare_request, plain

HOUSEHOLD = ""
SOON = timedelta(seconds=60)
WRONG = frozenset(("not that", "not this", "that is wrong", "thats wrong", "that was wrong", "not what i meant", "i did not mean that"))
MUTED = 2
"""A pair that is taken back so often is not served until the learners have looked at it again."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A rewrite, and the learned pair behind it (None: it was taught)."""

    rewrite: Rewrite
    pair: Learned | None = None
    propensity: float = 1.0
    """How likely it was to be served, or held out, as it is."""


class Rewrites:
    """The pairs in memory, by speaker and words; taken anew when the learners commit."""

    def __init__(self, hold_out: float = 0.0, chance: Callable[[str], float] | None = None, fleet: Iterable[Learned] = ()) -> None:
        self._pairs: dict[tuple[str, str], tuple[Learned, ...]] = {}
        self._stopped: tuple[Learned, ...] = ()
        """Those that were served and are no longer."""
        self._names: dict[str, tuple[Learned, ...]] = {}
        """Speaker -> what they call things, longest first."""
        self._fleet = {pair.source: pair for pair in fleet if pair.risk == "R1"}
        """Of the global layer only what moves lamps and the like."""
        self._hold_out = hold_out
        self._chance = chance or (lambda _turn: 1.0)
        self._taken_back: dict[tuple[str, str], int] = {}
        self._shown: dict[tuple[str, tuple[Preference, ...]], tuple[Learned, ...]] = {}
        self.policy = 0
        self.serving = True
        """False: nothing learned is served."""

    def load(self, pairs: Iterable[Learned], policy: int, looked: bool = True) -> None:
        """From now on these personal pairs are served, and no others. `looked`: the learners have seen what was taken back, and nothing rests."""
        found: dict[tuple[str, str], list[Learned]] = {}
        pairs = tuple(pairs)
        serving = [pair for pair in pairs if pair.state == "serving"]
        self._stopped = tuple(pair for pair in pairs if pair.state == "suspended")
        for pair in serving:
            if not pair.part:
                found.setdefault((pair.speaker, pair.source), []).append(pair)
        self._pairs = {key: tuple(rows) for key, rows in found.items()}
        names = sorted((pair for pair in serving if pair.part), key=lambda p: -len(p.source))
        self._names = {who: tuple(p for p in names if p.speaker == who) for who in {p.speaker for p in names}}
        if looked:
            self._taken_back.clear()
        self._shown.clear()
        self.policy = policy

    def propose(self, text: str, context: Context, turn_id: str) -> Proposal | None:
        """What these words are read as; None where they are read as they are. `turn_id` decides whether a learned pair is held out."""
        taught = rewrite(text, context)
        if taught is not None:
            return Proposal(taught)
        said = bare_request(text)
        pair = self._learned(said, context) if self._serves(context) else None
        if pair is None:
            return None
        target = f" {said} ".replace(f" {pair.source} ", f" {pair.target} ", 1).strip() if pair.part else pair.target
        share = self._hold_out if pair.risk == "R1" else 0.0
        held = self._chance(turn_id) < share
        return Proposal(Rewrite(text, target, pair.layer, pair.score, held), pair, share if held else 1.0 - share)

    def _serves(self, context: Context) -> bool:
        """There is something learned, and nobody switched it off."""
        return self.serving and bool(self._pairs or self._names or self._fleet) and not is_off(SERVING, HOUSEHOLD, context.preferences)

    def shown(self, who: str, preferences: Iterable[Preference]) -> tuple[Learned, ...]:
        """The pairs that are served to somebody, then those that no longer are (suspended): found once, and kept until something changes that."""
        kept = tuple(p for p in preferences if p.topic in (SERVING, UNLEARNED))
        if not self.serving or not (self._pairs or self._names or self._stopped) or is_off(SERVING, HOUSEHOLD, kept):
            return ()
        if (who, kept) not in self._shown:
            self._shown[who, kept] = self._found(who, kept)
        return self._shown[who, kept]

    def _found(self, who: str, kept: tuple[Preference, ...]) -> tuple[Learned, ...]:
        rows = [p for (speaker, _), pairs in self._pairs.items() if speaker in (HOUSEHOLD, who) for p in pairs]
        rows += [p for speaker in dict.fromkeys((HOUSEHOLD, who)) for p in self._names.get(speaker, ())]
        rests = [replace(p, state="suspended") for p in rows if self._is_muted(p, p.source)]
        stopped = [*rests, *(p for p in self._stopped if p.speaker in (HOUSEHOLD, who))]
        known = (*(p for p in rows if not self._is_muted(p, p.source)), *stopped)
        return tuple(p for p in known if not is_unlearned(p.source, who, kept))

    def _learned(self, said: str, context: Context) -> Learned | None:
        own = self._pairs.get((context.who, said), ())
        household = [p for p in self._pairs.get((HOUSEHOLD, said), ()) if not p.own] if context.who else []
        fitting = [p for p in (*own, *household) if (not p.areas or context.area in p.areas) and self._is_wanted(p, said, context)]
        if fitting:
            return max(fitting, key=lambda p: (bool(p.areas), p.score))
        others = (*self._called(said, context), *((self._fleet[said],) if said in self._fleet else ()))
        return next((p for p in others if self._is_wanted(p, said, context)), None)

    def _is_wanted(self, pair: Learned, said: str, context: Context) -> bool:
        return not self._is_muted(pair, said) and not is_unlearned(pair.source, context.who, context.preferences)

    def _called(self, said: str, context: Context) -> Iterable[Learned]:
        """What this speaker calls things in these words; what the household calls things that nobody knows otherwise."""
        words = f" {said} "
        own = [p for p in self._names.get(context.who, ()) if f" {p.source} " in words]
        return own or [p for p in self._names.get(HOUSEHOLD, ()) if not p.own and f" {p.source} " in words]

    def taken_back(self, rewritten: Rewrite, who: str) -> bool:
        """Somebody took back what a learned pair did: twice, and it rests until the learners have seen it. Whether it rests from now on."""
        key = (who, bare_request(rewritten.source))
        self._taken_back[key] = self._taken_back.get(key, 0) + 1
        self._shown.clear()
        return self._taken_back[key] == MUTED

    @property
    def resting(self) -> tuple[str, ...]:
        """Whose words rest: "anna/turn on the funzel"."""
        return tuple(f"{who}/{said}" for (who, said), times in self._taken_back.items() if times >= MUTED)

    def went_well(self, rewritten: Rewrite, who: str) -> None:
        if self._taken_back.pop((who, bare_request(rewritten.source)), None) is not None:
            self._shown.clear()

    def _is_muted(self, pair: Learned, said: str) -> bool:
        return any(self._taken_back.get((who, said), 0) >= MUTED for who in {pair.speaker, HOUSEHOLD})


def declined(text: str, context: Context) -> Interpretation | None:
    """ "No" to what a learned pair has just done takes it back."""
    before = context.previous
    if before is None or before.rewrite is None or before.rewrite.layer == "taught" or before.rewrite.held or before.outcome != "act":
        return None
    fresh = context.now - before.request.at <= SOON
    return Interpretation("ExtUndo", {}, 0.95, "ellipsis") if fresh and said_all(bare(text), NO | WRONG) else None


def contradicts(turn: Turn) -> bool:
    """It takes back, or puts right, what was done before it."""
    intents = {r.intent for r in turn.resolutions}
    return bool(intents & {"ExtUndo", "ExtRepair"}) or plain(turn.text).split(" ", 1)[0] in ("no", "nope", "wrong")


LESSONS = (
    "when i say", "whenever i say", "if i say", "every time i say", "forget", "unlearn", "call", "rename", "name", "what does", "what do you",
    "by", "with", "i call", "we call", "lets call", "let us call", "teach", "learn", "remember", "from now on call", "now call",
)  # fmt: skip
"""How sentences begin that speak of taught words, and do not use them."""
FREE = frozenset("play listen remind add announce broadcast say search tell".split())
"""First words of requests whose other words may be anything: a title, a task."""


def rewrite(text: str, context: Context) -> Rewrite | None:
    """The sentence a person taught for these words; taught names are replaced within the sentence. None where nothing was taught for them."""
    said = plain(text)
    mine = sorted(_mine(context.taught, context), key=lambda t: (not t.speaker, -len(t.phrase)))
    if not mine:
        return None
    for taught in mine:
        if not taught.thing and plain(taught.phrase) in (said, bare_request(text)):
            return Rewrite(text, taught.sentence, "taught")
    if any(said.startswith(f"{lead} ") for lead in LESSONS) or (of_lessons.read(text, context) or new_lessons.read(text, context)) is not None:
        return None
    told, free = f" {said} ", said.split(" ", 1)[0] in FREE
    for taught in mine:
        phrase = plain(taught.phrase)
        if not phrase or f" {phrase} " not in told or _part_of_a_name(phrase, told, context) or (free and not _is_said_of_titles(taught, context)):
            continue
        own = _own_name(taught, context)
        told = told.replace(f" {phrase} ", f" {own} ") if own else told
    return Rewrite(text, told.strip(), "taught") if told.strip() != said else None


def _mine(taught: Iterable[Taught], context: Context) -> Iterable[Taught]:
    return (t for t in taught if t.speaker in ("", context.who, context.speaker or ""))


def _own_name(taught: Taught, context: Context) -> str:
    """What the thing of a taught name is called by now, with its room where several are called so; "" where it is none, or is gone."""
    thing = taught.thing or thing_called(taught.sentence, context.home)
    own = context.home.entities.get(thing)
    if own is not None:
        area = context.home.areas.get(context.home.area_of(own) or "")
        return own.name if area is None or thing_called(own.name, context.home) else f"{area.name} {own.name}"
    return context.home.areas[thing].name if thing in context.home.areas else ""


def _is_said_of_titles(taught: Taught, context: Context) -> bool:
    """A player, a list or a room: "play jazz in the den"."""
    return taught.thing.startswith(("media_player.", "todo.")) or taught.thing in context.home.areas


def _part_of_a_name(phrase: str, told: str, context: Context) -> bool:
    """The words stand within the longer name of something else: "door" in "unlock the front door"."""
    names = [plain(n) for e in context.home.entities.values() for n in e.names]
    names += [plain(n) for a in context.home.areas.values() for n in (a.name, *a.aliases)]
    return any(name != phrase and f" {phrase} " in f" {name} " and f" {name} " in told for name in names)
