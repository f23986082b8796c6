"""Conversation: what was last spoken of, what was asked, and how the next words answer it. Pure functions over frozen state.

A conversation lives `KEEP` after its last turn. Its state is a function of its turns (`after`), so that the log alone brings it back.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from agent import interview, people, teach
from agent.intents import about
from agent.places import texts
from agent.records import (
    Change,
    Context,
    Hypothesis,
    Interpretation,
    Missed,
    Outcome,
    Pending,
    Plan,
    Request,
    Resolution,
    RunnerUp,
    Taught,
    Turn,
)
from agent.understand import numbers
from agent.understand.answers import fits, slots_of
from agent.understand.normal import tokens
from agent.wording import plain
from agent.words import say
from devices.commands import Command
from devices.home import Entity, Home

KEEP = timedelta(minutes=5)
UNDO_STEPS = 8
ABOUT_THE_LAST = frozenset({"ExtWhy", "ExtWhatHeard"})
"""Intents that ask about the turn before: that one stays the last."""

SHORT = 4
"""Words: a guess at fewer is taken for an answer, not for a request of its own."""
LONGEST_PART = 8
"""Words: whoever says more does not answer a question for one part."""

YES = frozenset(
    "yes|yeah|yep|yup|sure|ok|okay|yes please|please do|do it|go ahead|go for it|of course|definitely|absolutely|correct|right|"
    "that is right|thats right|yes do it|yes go ahead|sure thing|please|confirm|confirmed|affirmative|yes i do|yes thanks|yes thank you".split("|")
)
NO = frozenset(
    "no|nope|nah|no thanks|no thank you|dont|do not|cancel|never mind|nevermind|forget it|stop|neither|none|none of them|"
    "dont do it|do not do it|no dont|no do not|leave it|no never mind|no cancel|not now|abort|please dont|no way|wrong|negative|"
    "not yet|wait|hold on|absolutely not|certainly not|definitely not|of course not|surely not|not really|not today|not tonight|rather not|"
    "id rather not|i would rather not|i had better not|better not|i dont think so|i do not think so|on second thought no|on second thoughts no|never|"
    "leave it locked|leave it closed|leave it off|leave it as it is|leave it alone|keep it locked|keep it closed|i changed my mind|"
    "i have changed my mind|ive changed my mind".split("|")
)
EVERY = frozenset(
    "both|all|all of them|both of them|every one|everyone|everything|all three|each|each of them|the both|them all|both please|all please".split("|")
)
ANY = frozenset(
    "either|either one|any|any one|any of them|either of them|whichever|one of them|doesnt matter|it doesnt matter|does not matter|i dont care|"
    "i do not care|you choose|you pick|you decide|dont care".split("|")
)
"""Answers that leave it to the agent: the first."""
ALL = frozenset("both all every each everything everywhere".split())
BESIDE_ALL = frozenset("of them those these two three four five rooms room yes".split())
"""What says no more than "all" does."""
ALL_BUT = re.compile(r"^(?:not|except|but not|(?:all|any|both|everything|all of them) (?:but|except)) (?:for )?")
LEADING = ("no ", "yes ", "yeah ", "actually ", "i said ", "i meant ", "i mean ", "ok ", "oh ", "i think ", "lets say ", "maybe ", "just ", "only ")
"""What may stand before an answer."""
PARTS = re.compile(r" and | plus | as well as ")
ORDER = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "last": -1, "former": 0, "latter": -1}
FILLER = frozenset("the|a|an|please|one|ones|thing|things|in|of|i|mean|meant|want|um|just|my|that|this|is|it|s|for|me|would|be|on|at|to".split("|"))


@dataclass(frozen=True, slots=True)
class Conversation:
    """What one conversation remembers."""

    at: datetime
    speaker: str = ""
    """Who said who they are in it."""
    focus: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    """What was spoken of before that."""
    last: Interpretation | None = None
    pending: Pending | None = None
    undo: tuple[tuple[Command, ...], ...] = ()
    """Newest first."""
    put: tuple[str, ...] = ()
    """Ids of what the last turn that did or set something set for later."""
    acted: bool = False
    """That turn did something, too."""
    previous: Turn | None = None
    did: Turn | None = None
    """The last turn that did something or set it for later."""
    missed: tuple[Missed, ...] = ()
    """Words that led nowhere since the last that did something."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How words answer a pending question. "new": they do not; they are a request of their own."""

    kind: Literal["yes", "no", "chosen", "filled", "new", "wrong_pin", "again"]
    """ "again": it was meant for an answer, and is none: the question is put once more."""
    targets: tuple[str, ...] = ()
    value: str = ""
    """What fills the slot (filled), or what was asked for beside the yes: "yes, and turn on the light"."""


NEW = Answer("new")
HESITATIONS = frozenset("um uh er erm hmm well oh ah so".split())
THANKS = (" please", " thanks", " thank you")
HIDDEN = "(a PIN)"
SINGLE = dict(zip("zero oh one two three four five six seven eight nine".split(), "00123456789", strict=True))
AROUND_A_PIN = frozenset("yes yeah please ok okay sure my the pin is it its code and number a do go ahead confirm".split())


def answer(text: str, pending: Pending | None, context: Context, confirm_seconds: float, pin: str = "") -> Answer:
    """How `text` answers the question; NEW where none is open, it is too old, or it is answered by something else."""
    if pending is None:
        return NEW
    said = bare(text)
    if context.now - pending.asked_at > KEEP:
        return NEW
    if pending.offer is not None:
        return _replied(said, pending, context, confirm_seconds)
    if pending.kind == "confirm":
        return _confirmed(said, pending, context, confirm_seconds, pin if pending.risk == "R3" else "")
    if interview.asks(pending.resolution.missing):
        return Answer("filled", value=text.strip()) if said and len(said.split()) <= LONGEST_PART else NEW
    if said_all(said, NO):
        return Answer("no")
    if pending.kind == "which":
        return _chosen(said, pending, context)
    if (pending.resolution.intent, pending.resolution.missing) == TOLD and said:
        return NEW if said.startswith(LESSONS) else Answer("filled", value=text.strip())
    if pending.resolution.missing in ("name", "area"):
        said = LED_IN.sub("", said)
        if (said.split(" ", 1)[0] in BEGINNING and not placed(pending, said, context.home)) or said_all(said, YES):
            return NEW
        text = said
    return Answer("filled", value=text.strip()) if said and len(said.split()) <= LONGEST_PART and fits(pending.resolution.missing, text) else NEW


TOLD = ("ExtTeach", "sentence")
"""What is asked for in so many words ("What should I do when you say ...?"): a request of any length is the answer, and not done."""
LESSONS = ("when i say ", "whenever i say ", "if i say ")
"""How another lesson begins."""
LED_IN = re.compile(r"^(?:no |i mean |i meant |it is |its |thats |that is )+")
"""What may stand before the name that was asked for."""
BEGINNING = frozenset(
    "turn switch set put make dim open close shut play start stop lock unlock call rename forget what whats is are how why when who".split()
)
"""How a request of its own begins: it names nothing that was asked for."""


def bare(text: str) -> str:
    """What was said, without hesitation before and thanks behind it."""
    said = plain(text)
    while said.split(" ", 1)[0] in HESITATIONS and " " in said:
        said = said.split(" ", 1)[1]
    for thanks in THANKS:
        said = said.removesuffix(thanks)
    return said


def said_all(said: str, known: frozenset[str]) -> bool:
    """Nothing but such words: "yes", "yeah go ahead", "no no thanks"."""
    if said in known:
        return True
    return any(said.startswith(f"{first} ") and said_all(said.removeprefix(f"{first} "), known) for first in known)


def _confirmed(said: str, pending: Pending, context: Context, confirm_seconds: float, pin: str) -> Answer:
    if said_all(said, NO):
        return Answer("no")
    if not _is_open(pending, context, confirm_seconds):
        return NEW
    if not pin:
        touched = {e for c in (*pending.plan.commands, *pending.plan.later) for e in c.entity_ids} if pending.plan else set()
        if said_all(said, YES):
            return Answer("yes")
        if len(touched) > 1 and said_all(said, EVERY):
            return Answer("again")  # it says which, and is no yes
        first, _, more = said.partition(" and ")
        return Answer("yes", value=more) if more and said_all(first, YES) and not said_all(more, NO | YES) else NEW
    told = digits(said)
    return Answer("yes" if told == pin else "wrong_pin") if told or said_all(said, YES) else NEW


def _is_open(pending: Pending, context: Context, confirm_seconds: float) -> bool:
    """It is soon enough, the same place and the same person."""
    fresh = (context.now - pending.asked_at).total_seconds() <= confirm_seconds
    return fresh and pending.area == context.area and (pending.speaker is None or context.speaker in (None, pending.speaker))


def _replied(said: str, pending: Pending, context: Context, confirm_seconds: float) -> Answer:
    """To what the agent asks of itself only a plain yes or no is an answer: "stop" is about what was done."""
    if not _is_open(pending, context, confirm_seconds):
        return NEW
    return Answer("yes") if said_all(said, teach.LIKE_YES) else Answer("no") if said_all(said, teach.LIKE_NO) else NEW


def without_pin(request: Request, text: str, pending: Pending) -> tuple[Request, str]:
    """The request and its text without a PIN: what answers a question that asks for one is not kept."""
    if pending.kind != "confirm" or pending.risk != "R3" or not digits(plain(text)):
        return request, text
    return replace(request, hypotheses=(Hypothesis(HIDDEN),)), HIDDEN


def digits(said: str) -> str:
    """The figures of a PIN as it is said: "one two three four", "12 34", "yes, twelve thirty four"; "" where other words stand beside them."""
    found: list[str] = []
    words = [w for w in tokens(said).words if w not in AROUND_A_PIN]
    i = 0
    while i < len(words):
        if words[i].isdigit() or words[i] in SINGLE:
            found.append(SINGLE.get(words[i], words[i]))
            i += 1
            continue
        number = numbers.number(tuple(words), i)
        if number is None or not isinstance(number[1], int):
            return ""
        found.append(str(number[1]))
        i = number[0]
    return "".join(found)


def picks(text: str) -> bool:
    """It says which of several: "the second one", "the five minute one"; no request of its own."""
    said = plain(text)
    return said in ORDER or (said.startswith("the ") and (said.endswith(" one") or said.removeprefix("the ") in ORDER))


def points(text: str) -> bool:
    """ "The kitchen one" and no more: not "the volume to one"."""
    words = plain(text).split()
    return len(words) > 1 and words[0] == "the" and words[-1] == "one" and words[-2] not in OF_A_NUMBER


OF_A_NUMBER = frozenset("to at by on number channel volume brightness level speed number position".split())


def _chosen(said: str, pending: Pending, context: Context) -> Answer:
    offered = [context.home.entities[t] for t in pending.resolution.targets if t in context.home.entities]
    if said in EVERY or _means_all(said, offered, context):
        return Answer("chosen", tuple(e.entity_id for e in offered))
    if said in ANY and offered:
        return Answer("chosen", (offered[0].entity_id,))
    if (but := ALL_BUT.match(said)) is not None:
        spoken = _chosen(said[but.end() :], pending, context).targets
        left = tuple(e.entity_id for e in offered if e.entity_id not in spoken)
        return Answer("chosen", left) if spoken and left else NEW
    lead = next((lead for lead in LEADING if said.startswith(lead)), "")
    if lead:
        return _chosen(said.removeprefix(lead), pending, context)
    spoken_apart = PARTS.split(said)
    parts = [_chosen(part, pending, context).targets for part in spoken_apart] if len(spoken_apart) > 1 else []
    if parts and all(parts):
        return Answer("chosen", tuple(dict.fromkeys(t for part in parts for t in part)))
    words = said.split()
    for word, index in ORDER.items():
        if word in words and len(words) <= 5 and -len(offered) <= index < len(offered):
            return Answer("chosen", (offered[index].entity_id,))
    telling = set(words) - FILLER
    hits = [e for e in offered if telling and telling <= _words_of(e, context)]
    if len(hits) == 1 or (hits and len(hits) < len(offered)):
        return Answer("chosen", tuple(e.entity_id for e in hits))
    return NEW


def _means_all(said: str, offered: Sequence[Entity], context: Context) -> bool:
    """ "Both lamps", "all three of them": all, and no more than a word for what is offered."""
    words = set(said.split())
    known = {w for e in offered for w in (*plain(e.name).split(), *(e.kind or "").split("_"))}
    return bool(words & ALL) and words <= ALL | BESIDE_ALL | FILLER | known | {f"{w}s" for w in known}


def unclear(text: str, clauses: Sequence[Sequence[Interpretation]], pending: Pending | None, context: Context) -> bool:
    """Few words behind "which one?" that are no answer, and of which but a guess makes a request: once the question is put again."""
    just = pending is not None and pending.kind == "which" and context.previous is not None and context.previous.id == pending.turn
    guessed = all(readings[0].by in GUESSES and readings[0].confidence < SURELY for readings in clauses)
    return just and guessed and 0 < len(text.split()) <= SHORT + 1


GUESSES = frozenset({"model", "near", "loose"})
SURELY = 0.9


def _words_of(entity: Entity, context: Context) -> set[str]:
    area = context.home.areas.get(context.home.area_of(entity) or "")
    taught = [t.phrase for t in context.taught if t.thing == entity.entity_id]
    names = [*entity.names, *taught, *([area.name, *area.aliases] if area else [])]
    said = {w for name in names for w in plain(name).split()}
    return said | {w.removesuffix("s") for w in said}


def chosen(pending: Pending, targets: tuple[str, ...]) -> Resolution:
    """The question's resolution, settled; what else was on offer nearly won."""
    found = pending.resolution
    others = tuple(RunnerUp(found.intent, (t,), found.score) for t in found.targets if t not in targets)
    return replace(found, targets=targets, missing="", runners_up=others)


def waiting(pending: Pending | None, answered: Answer, found: Sequence[Resolution]) -> tuple[Plan, ...]:
    """The other commands of a request that one question held up, once that is answered."""
    if pending is None or pending.plan is None or answered.kind not in ("chosen", "filled"):
        return ()
    return (pending.plan,) if found and found[0].intent == pending.resolution.intent else ()


def placed(pending: Pending, value: str, home: Home) -> str:
    """The room or thing of the home that answers "which room do you mean?", "what do you mean?"; "" where the words are none."""
    if interview.asks(pending.resolution.missing):
        return interview.told(value, pending.resolution.missing)
    said = " ".join(w for w in plain(value).split() if w not in FILLER)
    called: list[tuple[str, tuple[str, ...]]] = []
    if pending.resolution.missing == "area":
        called = [(a.name, (a.name, *a.aliases)) for a in home.areas.values()]
    elif pending.resolution.missing == "floor":
        called = [(f.name, (f.name, *f.aliases)) for f in home.floors.values()]
    elif pending.resolution.missing in ("name", "except"):
        called = [(e.name, e.names) for e in home.entities.values()]
    return next((name for name, names in called if said in {" ".join(w for w in plain(n).split() if w not in FILLER) for n in names}), "")


def filled(pending: Pending, value: str) -> Interpretation:
    """The question's reading with the missing slot as it was said."""
    reading = pending.resolution.interpretation
    return replace(reading, slots={**reading.slots, **slots_of(pending.resolution.missing, value)})


def after(turn: Turn, known: Conversation | None) -> Conversation:
    """The conversation after a turn."""
    known = known or Conversation(turn.request.at)
    intents = {r.intent for r in turn.resolutions}
    settled = [r for r in turn.resolutions if not r.missing and about(r.intent).reach != "none"]
    put = tuple(c.key for c in turn.changes if c.what == "due")
    did = turn.outcome in ("act", "schedule") or bool(turn.changes)
    focus = known.focus if turn.outcome == "ask" else turn.targets or known.focus
    return Conversation(
        at=turn.request.at,
        speaker=people.introduced_in(turn) or known.speaker,
        focus=focus,
        before=known.before if focus == known.focus else known.focus,
        last=settled[-1].interpretation if settled else known.last,
        pending=_asked_still(turn, known, intents) or asked(turn),
        undo=_steps(turn, known, intents),
        put=put if did else known.put,
        acted=turn.outcome == "act" if did else known.acted,
        previous=known.previous if intents & ABOUT_THE_LAST and known.previous else turn,
        did=turn if did else known.did,
        missed=teach.missed(turn, known.missed, known.previous, known.pending is not None and known.pending.offer is None),
    )


def _asked_still(turn: Turn, known: Conversation, intents: set[str]) -> Pending | None:
    """The question that stays open: something was asked or overheard in between, and nothing else was done; or it was put once more."""
    pending = known.pending
    if pending is None or pending.kind == "confirm":
        return None
    if turn.outcome == "ask" and turn.resolutions == (pending.resolution,):
        return pending
    only_told = turn.outcome == "answer" and bool(intents) and not (turn.changes or turn.results)
    aside = only_told and all(about(i).reach in ("ask", "none") for i in intents) and not intents & CLOSING
    return pending if aside or turn.outcome == "ignore" else None


CLOSING = frozenset({"HassNevermind", "ExtUndo", "ExtRepair", "ExtStop", "HassCancelTimer", "HassCancelAllTimers", interview.INTENT})
"""Intents behind which no question stays open."""


def _steps(turn: Turn, known: Conversation, intents: set[str]) -> tuple[tuple[Command, ...], ...]:
    """The ways back, newest first: an undo uses one up and adds none. What cannot be undone is an empty step."""
    if turn.request.dry or (turn.outcome != "act" and not ("ExtUndo" in intents and known.undo[:1] == ((),))):
        return known.undo
    if "ExtUndo" in intents:
        return known.undo[1:]
    return (turn.undo, *known.undo)[:UNDO_STEPS]


def asked(turn: Turn) -> Pending | None:
    """The question a turn ended with."""
    if turn.offer is not None and turn.outcome == "act":
        return _offered(turn)
    if turn.outcome not in ("ask", "confirm") or not turn.resolutions:
        return None
    open_one = next((r for r in turn.resolutions if r.missing), turn.resolutions[-1])
    kind: Literal["confirm", "which", "missing"] = "confirm" if turn.outcome == "confirm" else "which" if open_one.missing == "which" else "missing"
    if kind == "missing" and not open_one.missing:
        plan_open = next((p for p in turn.plans if p.missing), Plan("ask"))
        open_one = replace(open_one, missing=plan_open.missing, targets=plan_open.targets)
        kind = "which" if plan_open.missing == "which" else kind  # asked by the command within: "turn on the lamp at seven"
    others = turn.plans if kind == "confirm" else [p for p in turn.plans if p.outcome != "ask" and p.commands]
    plan = merged(others) if others else None
    request = turn.request
    return Pending(kind, request.conversation, request.at, turn.id, open_one, plan, turn.area, request.speaker, turn.risk)


def _offered(turn: Turn) -> Pending:
    """What a yes to the turn's offer will do."""
    assert turn.offer is not None
    plan = Plan("answer", say("offer.thanks"))
    if turn.offer.kind == "teach":
        kept = Taught(turn.offer.heard, turn.offer.target, turn.who)
        plan = Plan("answer", say("taught", phrase=kept.phrase, sentence=kept.sentence), changes=(Change("taught", teach.key_of(kept), kept),))
    request = turn.request
    if turn.offer.kind == "meant":
        repair = Resolution(Interpretation("ExtRepair", {}, 1.0, "offer"), missing="sentence")
        return Pending("missing", request.conversation, request.at, turn.id, repair, None, turn.area, request.speaker)
    reading = Interpretation("ExtOffered", {"heard": turn.offer.heard}, 1.0, "offer")
    return Pending(
        "confirm", request.conversation, request.at, turn.id, Resolution(reading), plan, turn.area, request.speaker, offer=turn.offer
    )


def merged(plans: Sequence[Plan]) -> Plan:
    """Several clauses' plans as one."""
    order: tuple[Outcome, ...] = ("act", "schedule", "answer", "decline")
    outcomes = [p.outcome for p in plans if p.outcome in order]
    first: Outcome = min(outcomes, key=order.index, default="decline")
    return Plan(
        first,
        " ".join(p.say for p in plans if p.say),
        tuple(c for p in plans for c in p.commands),
        tuple(c for p in plans for c in p.changes),
        later=tuple(c for p in plans for c in p.later),
        targets=tuple(t for p in plans for t in p.targets),
        listen=any(p.listen for p in plans),
    )


def together(found: Sequence[Resolution]) -> tuple[Resolution, ...]:
    """Neighbours that differ in what they are about alone as one, so that they are done and told as one."""
    joined: list[Resolution] = []
    for one in found:
        last = joined[-1] if joined else None
        if last is None or one.missing or last.missing or one.intent != last.intent or _apart(one) != _apart(last) or not one.slots.get("name"):
            joined.append(one)
            continue
        names = [name for r in (last, one) for name in texts(r.slots["name"])]
        reading = replace(last.interpretation, slots={**last.slots, "name": names})
        joined[-1] = replace(last, interpretation=reading, targets=tuple(dict.fromkeys((*last.targets, *one.targets))), why=(*last.why, *one.why))
    return tuple(joined)


def _apart(resolution: Resolution) -> dict[str, object]:
    """What is said of the thing, without its name."""
    return {slot: value for slot, value in resolution.slots.items() if slot != "name"}


class Conversations:
    """The conversations of the last minutes."""

    def __init__(self, keep: timedelta = KEEP) -> None:
        self._known: dict[str, Conversation] = {}
        self._keep = keep

    def get(self, key: str, now: datetime) -> Conversation | None:
        found = self._known.get(key)
        return found if found is not None and now - found.at <= self._keep else None

    def note(self, key: str, turn: Turn) -> None:
        self._known[key] = after(turn, self.get(key, turn.request.at))
        if len(self._known) > 256:
            self._known = {k: c for k, c in self._known.items() if turn.request.at - c.at <= self._keep}

    def forget(self) -> None:
        self._known.clear()
