"""The records a turn is made of: frozen values, born once. `Turn` is the one mutable record, and only turn.py fills it.

Rules of this file: no behaviour beyond small read-only properties; every record survives a JSON round trip (agent.store.encode /
decode; tests/test_records.py walks them all); times are aware datetimes; durations are seconds; confidences and weights of why are floats.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from devices.commands import Command, Report
from devices.home import Hardware, Home
from devices.index import Index

Outcome = Literal["act", "answer", "schedule", "ask", "confirm", "decline", "ignore"]
Risk = Literal["R1", "R2", "R3"]


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One thing the recogniser may have heard. `confidence` is 0-1."""

    text: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Wake:
    """The wake word as it was heard: its name and score 0-1. A door where the request was surely meant gives None instead."""

    word: str
    score: float


@dataclass(frozen=True, slots=True)
class Request:
    """What came through a door. `area` is an area_id, `device` a device_id, `speaker` a person's name."""

    id: str
    at: datetime
    hypotheses: tuple[Hypothesis, ...]
    area: str | None = None
    device: str | None = None
    speaker: str | None = None
    conversation: str = ""
    wake: Wake | None = None
    door: str = "text"
    dry: bool = False
    heard: Mapping[str, float] = field(default_factory=dict)
    """Seconds spent before the turn began, by stage: wake, endpoint, asr."""

    @property
    def text(self) -> str:
        return self.hypotheses[0].text if self.hypotheses else ""


@dataclass(frozen=True, slots=True)
class Rewrite:
    """The request was read as another sentence."""

    source: str
    target: str
    layer: Literal["taught", "personal", "fleet"]
    score: float = 1.0
    held: bool = False
    """It was held out to see what happens without it: the request was read as it was said."""


@dataclass(frozen=True, slots=True)
class Interpretation:
    """One reading of one clause: an intent of Home Assistant's (or Ext*), its slots, a calibrated confidence, who read it so.

    Slots are Home Assistant's: name, area, floor, domain, device_class, state, brightness, color, temperature, hours, minutes...
    A slot holds what was said where the home has no such thing (name "moon lamp"), else the home's own name for it.
    """

    intent: str
    slots: Mapping[str, Any] = field(default_factory=dict)
    confidence: float = 1.0
    by: str = ""
    learned: bool = False
    """A guess that is likely enough to be acted on only by what this home's people taught the model."""


@dataclass(frozen=True, slots=True)
class Why:
    """One reason for one candidate, e.g. Why("playing", 1.2, "media_player.tv")."""

    signal: str
    weight: float
    candidate: str


@dataclass(frozen=True, slots=True)
class RunnerUp:
    """What nearly won."""

    intent: str
    targets: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Resolution:
    """What was meant: the reading that won, the entities, and why.

    `missing` names what could not be settled: "" (all is settled), "which" (several targets are left, `targets` are the candidates),
    "name" / "area" / "floor" (the home has no such thing; `missing_text` is what was said), "except" (the same of what was to be
    spared), "nothing" (no entity of that kind is there), or a slot that has to be asked for ("item", "duration").
    """

    interpretation: Interpretation
    targets: tuple[str, ...] = ()
    score: float = 0.0
    why: tuple[Why, ...] = ()
    runners_up: tuple[RunnerUp, ...] = ()
    missing: str = ""
    missing_text: str = ""

    @property
    def intent(self) -> str:
        return self.interpretation.intent

    @property
    def slots(self) -> Mapping[str, Any]:
        return self.interpretation.slots


@dataclass(frozen=True, slots=True)
class Trigger:
    """A change of the home that is waited for: one of these entities comes to the states that `change` names (agent.waiting), or beyond a limit.

    `always`: each time, else once. `said` is the condition in the speaker's words: "the washing machine is done".
    """

    entity_ids: tuple[str, ...]
    change: str = ""
    above: float | None = None
    below: float | None = None
    always: bool = False
    said: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """Something that will happen: a timer, an alarm, a reminder, or a scheduled command.

    `due` is None while a timer is paused, `left` then holds its seconds. `rrule` is RFC 5545. `length` is what a timer, or "in ten minutes", was
    set to; 0 for a time of the clock.
    `actions` are run when it falls due; `say` is spoken then. `area` and `device` are where it was set and will sound.
    """

    id: str
    kind: Literal["timer", "alarm", "reminder", "schedule"]
    due: datetime | None
    name: str = ""
    rrule: str = ""
    command: str = ""
    actions: tuple[Command, ...] = ()
    say: str = ""
    area: str | None = None
    device: str | None = None
    speaker: str | None = None
    conversation: str = ""
    length: float = 0.0
    left: float = 0.0
    set_at: datetime | None = None
    trigger: Trigger | None = None
    """What it waits for, where that is no time; `due` is None until it has come."""
    person: str = ""
    """Whom a reminder is for, where it is not the speaker."""


@dataclass(frozen=True, slots=True)
class Fired:
    """A Due that happened."""

    due: Due
    at: datetime
    reports: tuple[Report, ...] = ()


@dataclass(frozen=True, slots=True)
class Preference:
    """What a person likes; speaker "" is the household. `source` is said (taught) or implied (counted).

    `area` is an area_id, where it is of one room. Switches of learning are kept the same way: SWITCHES names their topics.
    """

    speaker: str
    topic: str
    value: str
    source: Literal["said", "implied"] = "said"
    area: str = ""
    was: str = ""
    """The value it took the place of."""


@dataclass(frozen=True, slots=True)
class Taught:
    """"When I say `phrase`, do `sentence`." Speaker "" is everybody."""

    phrase: str
    sentence: str
    speaker: str = ""
    thing: str = ""
    """entity_id or area_id of what `phrase` is a name of, however that is called by then; "" where it is a sentence's."""
    version: int = 1
    was: tuple[str, ...] = ()
    """The sentences it stood for before, oldest first."""


LEARNING, SERVING, UNLEARNED = "learning", "serving", "unlearned"
SWITCHES = frozenset({LEARNING, SERVING, UNLEARNED})
"""Topics of preferences that are no tastes: "off" for learning from a speaker, for serving what was learned, and words not to be read otherwise."""

DISLIKED, DISLIKED_MUSIC = "disliked", "disliked music"
"""Topics of what somebody cannot stand."""

RewriteState = Literal["serving", "shadow", "suspended"]


@dataclass(frozen=True, slots=True)
class Learned:
    """A pair that was learned: `source` (agent.wording.bare_request of what is said) is read as `target`, a sentence that surely means it.

    Speaker "" is the household. `areas` are the rooms it was said in, () where it means the same everywhere. `entities` and `service` are
    what the target has always done: it is served for nothing else. `own` is what the words mean by themselves, "" where nothing.
    `episodes` ended in the target, `against` in something else; wins and losses are those of the served turns.
    """

    source: str
    target: str
    speaker: str = ""
    areas: tuple[str, ...] = ()
    service: str = ""
    entities: tuple[str, ...] = ()
    own: str = ""
    risk: Risk = "R1"
    layer: Literal["personal", "fleet"] = "personal"
    score: float = 0.0
    episodes: int = 0
    against: int = 0
    wins: int = 0
    losses: int = 0
    state: RewriteState = "shadow"
    why: str = ""
    """Why it is not served, in a few words."""
    turns: tuple[str, ...] = ()
    """Turns that it was learned from."""
    part: bool = False
    """`source` is a part of what is said, and `target` the name of a thing that it stands for."""


@dataclass(frozen=True, slots=True)
class Signal:
    """What people did about a turn, and what it says of it: weight -1 (surely wrong) to 1 (surely right)."""

    turn: str
    kind: Literal[
        "barge_in", "rephrase", "repeat", "no", "undo", "yes", "answered_no", "silence", "override", "abandoned", "snoozed", "failed"
    ]
    weight: float
    evidence: str = ""
    """The turn, the thing or the moment that shows it."""


FailureStage = Literal["false_wake", "asr", "nlu", "entity_resolution", "result", "correct"]


@dataclass(frozen=True, slots=True)
class Failure:
    """Where a turn failed first beyond repair; "correct" where it did not. `why` is one sentence."""

    turn: str
    stage: FailureStage
    confidence: float
    why: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """What a turn meant, made from feedback. `goal` names the first turn of the goal it belongs to; `source` says whence it is known."""

    turn: str
    intent: str
    slots: Mapping[str, Any] = field(default_factory=dict)
    goal: str = ""
    goal_success: bool = True
    confidence: float = 0.0
    source: str = ""
    transcript: str = ""


@dataclass(frozen=True, slots=True)
class Retrained:
    """The reading as it was last retrained from labels, and what the replay gate said of it.

    `tried` are the sentences it was made of then; `weights` (agent.understand.correction) are used now, "" for none, and were made of `sentences`:
    what was refused is not used. Of `turns` good turns those of `changed` would be read otherwise.
    """

    tried: tuple[str, ...] = ()
    turns: int = 0
    changed: tuple[str, ...] = ()
    taken: bool = False
    sentences: tuple[str, ...] = ()
    weights: str = ""
    model: str = ""
    """Which shipped weights it corrects: of others it says nothing."""


@dataclass(frozen=True, slots=True)
class Used:
    """One use of a habit: when, and how much it shows (0-1)."""

    at: datetime
    strength: float = 1.0


@dataclass(frozen=True, slots=True)
class Habit:
    """How often a person meant `value` by `intent` in a `situation` ("any", "after alarm", "morning in kitchen"...)."""

    speaker: str
    situation: str
    intent: str
    slot: str
    """What `value` is: "target" (an entity_id, or "*" for all there were) or the name of a slot (search_query...)."""
    value: str
    weight: float
    """The uses, faded by days, as of the last of them."""
    wanted: str = ""
    """The sort of thing that was asked for where none was named ("the light": "domain=light"); "" where its name was said."""
    uses: tuple[Used, ...] = ()
    """The last uses, oldest first."""


@dataclass(frozen=True, slots=True)
class Missed:
    """Words that did not lead to what was meant: not understood, or declared wrong after they had done `did`."""

    words: str
    times: int = 1
    wrong: bool = False
    did: tuple[Command, ...] = ()
    text: str = ""
    """As they were said."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What the agent asks behind what it did.

    "teach": should `heard` be remembered as `target`? "right": was turn `turn` what was meant? "meant": it was not, and is undone; what was?
    """

    kind: Literal["teach", "right", "meant"]
    heard: str
    target: str = ""
    turn: str = ""


@dataclass(frozen=True, slots=True)
class Pending:
    """A question that the agent asked and waits to hear the answer of.

    kind "confirm": `plan` is done on yes. "which": `resolution.targets` are on offer. "missing": the slot `resolution.missing` is asked for.
    """

    kind: Literal["confirm", "which", "missing"]
    conversation: str
    asked_at: datetime
    turn: str
    resolution: Resolution
    plan: "Plan | None" = None
    area: str | None = None
    speaker: str | None = None
    risk: Risk = "R1"
    offer: Offer | None = None
    """The question was one of the agent's own, behind what it did."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in the home and may explain a request: an alarm rang, somebody came home, the agent acted."""

    kind: str
    at: datetime
    subject: str = ""
    area: str | None = None
    """Where it sounded or happened, where that is known."""


@dataclass(frozen=True, slots=True)
class Touch:
    """One move of a thing. by: "hand", "request", "schedule", "itself"; `text` is what was asked for, `verb` the service that was called."""

    entity_id: str
    at: datetime
    by: str
    speaker: str = ""
    text: str = ""
    verb: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """One frozen snapshot of everything that surrounds a request."""

    now: datetime
    home: Home
    area: str | None = None
    """area_id of the place of asking."""
    index: Index | None = field(default=None, compare=False, repr=False)
    """The home's things by name, sort and room; whoever needs it and finds none makes it."""
    felt: str | None = None
    """area_id of the one room in which sensors feel somebody, where the place of asking is not known."""
    device: Hardware | None = None
    speaker: str | None = None
    who: str = ""
    """Whose habits and tastes count: the speaker's, else those of the only person at home; "" where nobody knows."""
    teaches: bool = True
    """False where nothing may be learned from the turn: a guest's, a doubtful wake, a person who said so."""
    conversation: str = ""
    text: str = ""
    focus: tuple[str, ...] = ()
    """Entities last spoken of in this conversation, newest turn only."""
    before: tuple[str, ...] = ()
    """Those spoken of before them."""
    last: Interpretation | None = None
    """What this conversation's last turn meant."""
    pending: Pending | None = None
    preferences: tuple[Preference, ...] = ()
    habits: tuple[Habit, ...] = ()
    events: tuple[Event, ...] = ()
    """Newest first, of the last hours."""
    ringing: tuple[Event, ...] = ()
    """Alarms and timers that have just rung and were not stopped yet, newest first."""
    agenda: tuple[Due, ...] = ()
    taught: tuple[Taught, ...] = ()
    learned: tuple[Learned, ...] = ()
    """Learned pairs that are served to who speaks, and behind them those that no longer are (suspended)."""
    missed: tuple[Missed, ...] = ()
    """Words that led nowhere in this conversation, since the last that did something."""
    offered: tuple[str, ...] = ()
    """Kinds of offers that were made today to who speaks."""
    people: tuple[str, ...] = ()
    """Who lives here, as the settings name them."""
    unwanted: tuple[str, ...] = ()
    """Words that who speaks did not want to be remembered."""
    followed: Mapping[str, Risk] = field(default_factory=dict)
    """entity_id of a script, scene... -> the risk of what was seen to follow it."""
    moves: tuple[Touch, ...] = field(default=(), repr=False)
    """The last moves of things, newest last."""
    undo: tuple[Command, ...] = ()
    """What would bring back the state before this conversation's last action."""
    put: tuple[str, ...] = ()
    """Ids of what this conversation set for later last."""
    acted: bool = False
    """The turn that set it did something, too."""
    stuck: bool = False
    """That last action cannot be undone."""
    previous: "Turn | None" = None
    """This conversation's last turn, finished."""
    did: "Turn | None" = None
    """This conversation's last turn that did something or set it for later."""
    learns: bool = True
    """False: the settings say that nothing is learned."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change of what the agent keeps, committed together with the turn that made it.

    what: "due" (put), "due_gone", "preference", "preference_gone", "taught", "taught_gone". `key` names it, `value` holds the record,
    `was` that of what is gone, so that it can be brought back.
    """

    what: Literal["due", "due_gone", "preference", "preference_gone", "taught", "taught_gone"]
    key: str
    value: Due | Preference | Taught | None = None
    was: Preference | Taught | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a skill would do about a resolution. Pure data: nothing has happened yet.

    `say` is an answer, or what is said when every command was verified; what was not verified is said by agent.words instead.
    outcome "act" has commands, "schedule" has changes, "answer" has neither or only changes; "ask" needs `missing`; "decline" says why not.
    """

    outcome: Outcome
    say: str = ""
    commands: tuple[Command, ...] = ()
    changes: tuple[Change, ...] = ()
    missing: str = ""
    later: tuple[Command, ...] = ()
    """Commands that `changes` schedule: they carry the plan's risk too."""
    targets: tuple[str, ...] = ()
    """What an answer is about, where it differs from the resolution's targets."""
    listen: bool = False
    """It ends with a question of its own, whatever was done: the next words need no wake word."""


@dataclass(frozen=True, slots=True)
class ActionResult:
    """One service call as it went. verified: True where every entity reported it, False where one did not, None where none can report."""

    command: Command
    reports: tuple[Report, ...] = ()

    @property
    def verified(self) -> bool | None:
        told = [r.verified for r in self.reports]
        if not told or all(v is None for v in told):
            return None
        return all(v is not False for v in told)


@dataclass(slots=True)
class Turn:
    """The trace of a turn: every stage's result, the seconds it took, and where it stopped. Filled by turn.py only."""

    id: str
    request: Request
    area: str | None = None
    text: str = ""
    """What the turn went on with: the first hypothesis after snap."""
    rewrite: Rewrite | None = None
    policy: int = 0
    """The version of what was learned that it was served by."""
    propensity: float = 1.0
    """How likely it was to be served as it was."""
    who: str = ""
    """Who is taken to have spoken; "" where nobody knows."""
    teaches: bool = True
    """False where nothing is learned from it: a guest's turn, a doubtful wake, a person who said so."""
    deed: str = ""
    """What was done or proposed, as a sentence that names it: "turn on the floor lamp"."""
    clauses: tuple[tuple[Interpretation, ...], ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    plans: tuple[Plan, ...] = ()
    risk: Risk = "R1"
    outcome: Outcome = "decline"
    targets: tuple[str, ...] = ()
    results: tuple[ActionResult, ...] = ()
    proposed: tuple[Command, ...] = ()
    """What a yes will do (confirm), or what a dry turn would have done."""
    changes: tuple[Change, ...] = ()
    undo: tuple[Command, ...] = ()
    say: str = ""
    offer: Offer | None = None
    """What was asked behind it."""
    replied: Literal["", "yes", "no"] = ""
    """What it answers to an offer."""
    listen: bool = False
    seconds: dict[str, float] = field(default_factory=dict)
    stopped_at: str = ""
    error: str = ""
