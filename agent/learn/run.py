"""One run of the learners: the log in, their tables out, in one transaction. `python -m agent.learn` is its process."""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from agent.codec import encode
from agent.database import FILE, WAITS, StoreError, sentence
from agent.learn.detected import Detected
from agent.learn.episodes import Episode, episodes
from agent.learn.failures import failures
from agent.learn.labels import labels
from agent.learn.log import Log, read
from agent.learn.reading import Retrain, kept, retrained, told
from agent.learn.retrain import examples
from agent.learn.rewrites import chain, learned
from agent.learn.signals import signals
from agent.learn.tries import Judge, second_tries
from agent.learn.wrong import Doubts
from agent.policy import renewed
from agent.records import Failure, Label, Learned, Signal
from agent.risk import RiskTable

TABLES = ("rewrite", "signal", "failure", "label", "rephrase")
ATTEMPTS = 3


class ForgottenError(Exception):
    """Something was forgotten while the learners ran: what they made may hold it."""


def learn(
    folder: Path, now: datetime, judge: Judge | None = None, risk: RiskTable | None = None, retrain: Retrain | None = None
) -> dict[str, Any]:
    """Make every learned table anew from the store's log, as the next policy; what came of it. StoreError where the store fails it.

    `risk`: the home's own table, the packaged one unless given. `retrain` is asked for a new correction of the reading, where enough speaks for
    one; without it the reading is left as it is.
    """
    for _ in range(ATTEMPTS):
        log = replace(read(folder), risk=risk or RiskTable())
        made = Made.of(log, now, judge or Detected())
        try:
            version = _kept(folder, log, made, now)
            if retrain is not None:
                version = _read_anew(folder, log, made, now, retrain)
        except ForgottenError:
            continue
        return {"policy": version, **made.report(log), **told(folder)}
    raise StoreError(f"The store in {folder} was changed by a forgetting each time the learners ran: try again.")


def _read_anew(folder: Path, log: Log, made: "Made", now: datetime, retrain: Retrain) -> int:
    """The reading retrained, where it is time to; the policy's version."""
    before, unlearned = kept(folder)
    after = retrained(before, examples(log, made.failures, made.labels, unlearned), log.home, retrain)
    with _writing(folder, log) as db:
        if after != before:
            db.execute("DELETE FROM retrained")
        if after is not None and after != before:
            db.execute("INSERT INTO retrained (number, at, record) VALUES (1, ?, ?)", (now.isoformat(), encode(after)))
        return renewed(db, now.isoformat())


class Made:
    """What one run makes of a log."""

    def __init__(
        self,
        again: Mapping[str, tuple[str, float]],
        told: tuple[Episode, ...],
        pairs: tuple[Learned, ...],
        felt: tuple[Signal, ...],
        failed: tuple[Failure, ...] = (),
        meant: tuple[Label, ...] = (),
    ) -> None:
        self.again = again
        self.episodes = told
        self.pairs = pairs
        self.signals = felt
        self.failures = failed
        self.labels = meant

    @classmethod
    def of(cls, log: Log, now: datetime, judge: Judge) -> "Made":
        again = second_tries(log, judge)
        told = tuple(episodes(log, again))
        felt = tuple(signals(log, again))
        doubts = Doubts(log, told, felt)
        failed = tuple(failures(log, doubts))
        meant = tuple(labels(log, told, doubts, failed))
        return cls(again, told, learned(told, now, chain(told).absorbed(), log.names), felt, failed, meant)

    def report(self, log: Log) -> dict[str, Any]:
        return {
            "turns": len(log.turns),
            "signals": dict(sorted(Counter(s.kind for s in self.signals).items())),
            "rephrases": len(self.again),
            "episodes": dict(sorted(Counter(e.how for e in self.episodes).items())),
            "failures": dict(sorted(Counter(f.stage for f in self.failures).items())),
            "labels": len(self.labels),
            "rewrites": dict(sorted(Counter(p.state for p in self.pairs).items())),
        }


def _kept(folder: Path, log: Log, made: Made, now: datetime) -> int:
    with _writing(folder, log) as db:
        _written(db, made)
        return renewed(db, now.isoformat())


@contextmanager
def _writing(folder: Path, log: Log) -> Iterator[sqlite3.Connection]:
    """The store, in one transaction. ForgottenError where it was read before something was forgotten."""
    path = folder / FILE
    try:
        db = sqlite3.connect(path, timeout=WAITS * 5)
        try:
            with db:
                db.execute("BEGIN IMMEDIATE")
                if int(db.execute("SELECT coalesce(max(number), 0) FROM tombstone").fetchone()[0]) != log.tombstone:
                    raise ForgottenError
                yield db
        finally:
            db.close()
    except sqlite3.Error as error:
        raise StoreError(sentence(path, error)) from None


def _written(db: sqlite3.Connection, made: Made) -> None:
    for table in TABLES:
        db.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
    rows = [(p.speaker, p.source, f"{p.target}\n{','.join(p.areas)}" if p.areas else p.target, encode(p)) for p in made.pairs]
    db.executemany("INSERT OR REPLACE INTO rewrite (speaker, source, target, record) VALUES (?, ?, ?, ?)", rows)
    db.executemany("INSERT INTO signal (turn, record) VALUES (?, ?)", [(s.turn, encode(s)) for s in made.signals])
    db.executemany("INSERT INTO failure (turn, record) VALUES (?, ?)", [(f.turn, encode(f)) for f in made.failures])
    db.executemany("INSERT INTO label (turn, record) VALUES (?, ?)", [(m.turn, encode(m)) for m in made.labels])
    db.executemany("INSERT INTO rephrase (turn, first, probability) VALUES (?, ?, ?)", _second(made.again))


def _second(again: Mapping[str, tuple[str, float]]) -> list[tuple[str, str, float]]:
    """second turn, first turn, probability: of several firsts the likeliest."""
    best: dict[str, tuple[str, float]] = {}
    for first, (second, likely) in again.items():
        if likely > best.get(second, ("", 0.0))[1]:
            best[second] = (first, likely)
    return [(second, first, likely) for second, (first, likely) in best.items()]
