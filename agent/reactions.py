"""What people do about what was just done: one reading of reactions, for habits (turn by turn) and for the learners (over the whole log).

Undoing, "no", "no, the floor lamp", the contrary command, a hand that puts a thing otherwise or does another instead. Pure functions of a deed and
what came after it; what each of them shows of habits is agent/second_tries.py, what it says of a turn agent/learn/signals.py.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from agent.records import Outcome
from agent.wording import plain

AGAIN_WITHIN = timedelta(seconds=90)
"""So long after a request its second try, its repair or its answer comes."""
AT_ONCE = timedelta(seconds=25)
"""So soon after a request whatever is said next most likely belongs to it."""
BY_HAND = timedelta(seconds=60)
"""So long after a request a hand has to do with it."""
UNDOING = frozenset({"ExtUndo"})
REPAIRING = frozenset({"ExtRepair"})
NOS = ("no", "nope", "wrong", "not that", "not this", "not the", "i meant", "i said", "thats wrong", "that is wrong", "thats not", "that was wrong")
ENDS: Mapping[str, frozenset[str]] = {
    "turn_on": frozenset({"on", "heat", "cool", "auto", "heat_cool", "playing", "cleaning", "open", "idle", "paused"}),
    "turn_off": frozenset({"off", "standby", "closed"}),
    "open_cover": frozenset({"open", "opening"}),
    "close_cover": frozenset({"closed", "closing"}),
    "lock": frozenset({"locked", "locking"}),
    "unlock": frozenset({"unlocked", "unlocking"}),
    "play_media": frozenset({"playing", "buffering", "on"}),
    "media_play": frozenset({"playing", "buffering", "on"}),
    "media_pause": frozenset({"paused", "idle"}),
    "media_stop": frozenset({"idle", "off", "standby"}),
    "start": frozenset({"cleaning", "on"}),
    "return_to_base": frozenset({"returning", "docked"}),
}
"""Verb -> the states it brings about."""
CONTRARY: Mapping[str, str] = {
    "turn_on": "turn_off", "open_cover": "close_cover", "lock": "unlock", "play_media": "media_stop", "media_play": "media_pause",
    "start": "return_to_base",
}  # fmt: skip
OPPOSITE: Mapping[str, str] = {**CONTRARY, **{other: one for one, other in CONTRARY.items() if one != "play_media"}}


@dataclass(frozen=True, slots=True)
class Did:
    """One service call: what it did to what. `data` is its JSON, keys sorted."""

    service: str
    entities: tuple[str, ...]
    data: str = "{}"

    @property
    def verb(self) -> str:
        return self.service.partition(".")[2]


@dataclass(frozen=True, slots=True)
class Moved:
    """An entity came to a state; `by` is person, agent or device."""

    at: datetime
    entity_id: str
    state: str
    by: str


class Deed(Protocol):
    """A request that is over, as far as a reaction is read by it: what was said, read and done."""

    @property
    def at(self) -> datetime: ...
    @property
    def text(self) -> str: ...
    @property
    def intent(self) -> str: ...
    @property
    def outcome(self) -> Outcome: ...
    @property
    def did(self) -> tuple[Did, ...]: ...
    @property
    def succeeded(self) -> bool: ...


def says_no(said: str) -> bool:
    """`said`: plain words."""
    return any(said == no or said.startswith(f"{no} ") for no in NOS)


def undone(deed: Deed, then: Deed) -> bool:
    """The next turn did the contrary to the same things: taken back, as far as it tells."""
    if not deed.did or not then.did or not deed.succeeded:
        return False
    calls = {(OPPOSITE.get(d.verb, ""), e) for d in deed.did for e in d.entities}
    return calls == {(d.verb, e) for d in then.did for e in d.entities}


def contradicts(deed: Deed, then: Deed) -> bool:
    """ "Undo that", the contrary command, "no": it takes the first back and tells nothing new."""
    return then.intent in UNDOING or undone(deed, then) or (says_no(plain(then.text)) and not then.succeeded)


def refuses(answer: Deed) -> bool:
    """ "No" to the agent's question, or an answer that led nowhere."""
    return answer.outcome == "decline" or (says_no(plain(answer.text)) and not answer.did)


def new_in(repair: Deed, before: Iterable[Deed]) -> tuple[Did, ...]:
    """What a repair did, without taking back what was done before."""
    known = {e for deed in before for d in deed.did for e in d.entities}
    return tuple(d for d in repair.did if not set(d.entities) & known) or repair.did[-1:]


def by_people(deed: Deed, moves: Iterable[Moved]) -> list[Moved]:
    """Of these moves what somebody did by hand soon after it."""
    ours = (m for m in moves if timedelta(0) <= m.at - deed.at <= BY_HAND)
    return [m for m in ours if m.by == "person" and not m.entity_id.startswith(("person.", "device_tracker."))]


def put_otherwise(deed: Deed, moves: Sequence[Moved]) -> Sequence[Moved]:
    """Of what was done what somebody moved by hand to another state than was asked for, in order."""
    if not deed.did or deed.outcome != "act":
        return ()
    wanted = {e: ENDS[d.verb] for d in deed.did for e in d.entities if d.verb in ENDS}
    return [m for m in by_people(deed, moves) if m.entity_id in wanted and m.state not in wanted[m.entity_id]]


def done_instead(deed: Deed, moves: Sequence[Moved]) -> Moved | None:
    """What somebody did by hand instead: one other thing of the same sort comes to the state that was asked for.

    Of a turn that did nothing at all, any one thing that was moved alone.
    """
    moved = by_people(deed, moves)
    if deed.did:
        wanted = {d.service.partition(".")[0]: ENDS.get(d.verb, frozenset()) for d in deed.did}
        own = {e for d in deed.did for e in d.entities}
        moved = [m for m in moved if m.entity_id not in own and m.state in wanted.get(m.entity_id.partition(".")[0], ())]
    return moved[0] if len({m.entity_id for m in moved}) == 1 else None
