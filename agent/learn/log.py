"""The log as learners read it: each turn as one small record, each reaction of the home and its people beside it. Read only; nothing is kept open.

A `Past` holds a few hundred bytes of a turn's trace, so that half a year of a busy home fits in memory. What was forgotten is not read:
turns before the last forgetting of all that was learned, and those that are not to teach anything, are marked and teach nothing.
"""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from agent.codec import decode
from agent.database import open_readable
from agent.people import AtHome
from agent.reactions import Did, Moved
from agent.records import Outcome, Risk
from agent.risk import RiskTable
from agent.wording import bare_request
from devices.home import Home

GUESSED = frozenset({"model", "near", "loose"})
SURE = 0.9
"""A reading of at least this confidence is no guess."""


@dataclass(frozen=True, slots=True)
class Past:
    """A turn that is over. `key` is its conversation, `who` its speaker ("" unknown), `did` what was commanded (or, for confirm, proposed)."""

    number: int
    id: str
    at: datetime
    who: str
    area: str
    key: str
    text: str
    """As it was heard, the first hypothesis."""
    confidence: float
    """The recogniser's, of the first hypothesis."""
    others: tuple[str, ...]
    """What else may have been heard."""
    wake: float | None
    outcome: Outcome
    intent: str
    """Of the first reading that was resolved; "" where there was none."""
    slots: Mapping[str, Any]
    sure: float
    by: str
    missing: str
    missing_text: str
    targets: tuple[str, ...]
    did: tuple[Did, ...]
    verified: bool | None
    risk: Risk
    say: str
    deed: str
    error: str
    answers: bool
    """It answered a question of the agent's: its words are no request of their own."""
    clauses: int
    teaches: bool
    rewrite: tuple[str, str, str] | None = None
    """(bare source, target, layer) where it was read as another sentence."""
    held: bool = False
    policy: int = 0
    propensity: float = 1.0

    @property
    def bare(self) -> str:
        """What was said, without politeness: how learners know words again."""
        return bare_request(self.text)

    @property
    def meaning(self) -> str:
        """What it did, in interpretation space: calls and things; "" where it did nothing that can be told apart."""
        if self.did:
            return "; ".join(sorted(f"{d.service} {','.join(sorted(d.entities))} {d.data}" for d in self.did))
        if self.outcome in ("answer", "schedule") and self.intent:
            return f"{self.intent} {','.join(sorted(self.targets))}"
        return ""

    @property
    def succeeded(self) -> bool:
        """It did or answered what it understood, nothing was missing, and no device failed it."""
        return self.outcome in ("act", "answer", "schedule") and not self.missing and self.verified is not False and not self.error

    @property
    def guessed(self) -> bool:
        """No phrase has these words."""
        return self.by in GUESSED or self.sure < SURE


@dataclass(frozen=True, slots=True)
class Log:
    """All that learners know, in order of time."""

    turns: tuple[Past, ...] = ()
    moves: tuple[Moved, ...] = ()
    interrupts: tuple[datetime, ...] = ()
    answers: tuple[tuple[datetime, str, str], ...] = ()
    """(when, turn, yes or no)"""
    names: Mapping[str, str] = field(default_factory=dict)
    """entity_id -> what the home calls it, where it is known."""
    home: Home = field(default_factory=Home)
    """As it was when the learners were called; empty where that is not known."""
    tombstone: int = 0
    """The number of the last forgetting that this was read after."""
    at_home: AtHome = field(default_factory=AtHome)
    """Who was about."""
    risk: RiskTable = field(default_factory=RiskTable)
    """What the settings say now of how grave things are."""

    def moves_between(self, after: datetime, until: datetime) -> tuple[Moved, ...]:
        """What moved in a span."""
        return self.moves[bisect_left(self.moves, after, key=_when) : bisect_right(self.moves, until, key=_when)]

    def interrupted(self, after: datetime, until: datetime) -> bool:
        """Somebody talked over a reply in that span."""
        return bisect_left(self.interrupts, after) < bisect_right(self.interrupts, until)


def _when(move: Moved) -> datetime:
    return move.at


TURNS = "SELECT number, record FROM turn WHERE number > ? ORDER BY number"
MOVES = "SELECT at, entity_id, state, moved_by FROM change WHERE number > ? ORDER BY at, number"
FORGOTTEN = "SELECT coalesce(max(last_turn), 0), coalesce(max(last_change), 0) FROM tombstone WHERE what IN ('all', 'learned')"


def read(folder: Path) -> Log:
    """The log of a store. StoreError where there is none or it cannot be read."""
    db = open_readable(folder)
    try:
        db.execute("BEGIN")
        tombstone = int(db.execute("SELECT coalesce(max(number), 0) FROM tombstone").fetchone()[0])
        turn, change = db.execute(FORGOTTEN).fetchone()
        turns = tuple(past(int(number), json.loads(record)) for number, record in db.execute(TURNS, (turn,)))
        moves = tuple(
            Moved(datetime.fromisoformat(at), entity_id, state, by)
            for at, entity_id, state, by in db.execute(MOVES, (change,))
        )
        home = db.execute("SELECT record FROM home").fetchone()
        interrupts = tuple(datetime.fromisoformat(at) for (at,) in db.execute("SELECT at FROM interrupt ORDER BY at"))
        answers = tuple((datetime.fromisoformat(at), t, value) for at, t, value in db.execute("SELECT at, turn, value FROM answer ORDER BY at"))
    finally:
        db.close()
    here = decode(Home, home[0]) if home else Home()
    return Log(turns, moves, interrupts, answers, {i: e.name for i, e in here.entities.items()}, here, tombstone, about(here, turns, moves))


def about(home: Home, turns: Iterable[Past], moves: Iterable[Moved]) -> AtHome:
    """Who was at home, as turns and moves tell."""
    found = AtHome(home.entities.values())
    for move in moves:
        found.moved(move.entity_id, move.state, move.at)
    for turn in turns:
        found.heard(turn.who, turn.at)
    return found


def past(number: int, turn: Mapping[str, Any]) -> Past:
    """A turn's record, as JSON, as learners see it."""
    request = turn["request"]
    hypotheses = request["hypotheses"] or [{"text": "", "confidence": 0.0}]
    resolutions = turn["resolutions"]
    first = next((r for r in resolutions if r["missing"]), resolutions[0] if resolutions else None)
    reading: Mapping[str, Any] = first["interpretation"] if first else {"intent": "", "slots": {}, "confidence": 0.0, "by": ""}
    results, plans = turn["results"], turn["plans"]
    commands = [r["command"] for r in results] or (turn["proposed"] if turn["outcome"] == "confirm" else [])
    later = [] if commands else [c for p in plans for c in p["later"]]
    told = [report["verified"] for r in results for report in r["reports"]]
    rewritten = turn["rewrite"]
    key = request["conversation"] or request["device"] or request["area"] or "home"
    return Past(
        number=number,
        id=turn["id"],
        at=datetime.fromisoformat(request["at"]),
        who=turn.get("who") or request["speaker"] or "",
        area=turn["area"] or "",
        key=key,
        text=rewritten["source"] if rewritten else turn["text"] or hypotheses[0]["text"],
        confidence=hypotheses[0]["confidence"],
        others=tuple(h["text"] for h in hypotheses[1:]),
        wake=request["wake"]["score"] if request["wake"] else None,
        outcome=turn["outcome"],
        intent=reading["intent"],
        slots=reading["slots"],
        sure=reading["confidence"],
        by=reading["by"],
        missing=first["missing"] if first else "",
        missing_text=first["missing_text"] if first else "",
        targets=tuple(turn["targets"]),
        did=tuple(Did(c["service"], tuple(c["entity_ids"]), json.dumps(c["data"], sort_keys=True)) for c in commands or later),
        verified=None if not told or all(v is None for v in told) else all(v is not False for v in told),
        risk=turn["risk"],
        say=turn["say"],
        deed=turn.get("deed", ""),
        error=turn["error"],
        answers=not turn["clauses"] and (bool(resolutions) or turn["outcome"] == "answer"),
        clauses=len(turn["clauses"]),
        teaches=turn.get("teaches", True) and turn["outcome"] != "ignore",
        rewrite=(bare_request(rewritten["source"]), rewritten["target"], rewritten["layer"]) if rewritten else None,
        held=bool(rewritten and rewritten.get("held")),
        policy=turn.get("policy", 0),
        propensity=turn.get("propensity", 1.0),
    )


def same_place(one: Past, other: Past) -> bool:
    """They belong to one conversation, as far as is known: the same door or room, and no two known speakers."""
    near = one.key == other.key or (bool(one.area) and one.area == other.area)
    return near and (one.who == other.who or "" in (one.who, other.who))


def within(one: Past, other: Past, seconds: float) -> bool:
    return timedelta(0) <= other.at - one.at <= timedelta(seconds=seconds)


__all__ = ["GUESSED", "SURE", "Did", "Log", "Moved", "Past", "about", "past", "read", "same_place", "within"]
