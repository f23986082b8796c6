"""The store: a home's log and what it was taught, in one SQLite file behind one writer thread. A turn is committed before its answer is given.

Every call waits its turn in that thread's queue, so reads see all earlier writes. How durable a commit is: agent.database.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Any, Literal, Self, TypeVar, get_args

from agent.codec import CodecError, decode, encode, prepare
from agent.database import ANEW, FILE, StoreError, fold, open_readable, open_writable, sentence
from agent.policy import LAST_MOMENT, renewed
from agent.records import SWITCHES, Change, Due, Event, Failure, Label, Learned, Preference, Retrained, Taught, Turn
from devices.home import Home

R = TypeVar("R")
Forgettable = Literal["all", "learned", "taught", "speaker", "turn"]
Statement = tuple[str, tuple[object, ...]]
Writes = tuple[Statement, ...]

FOLD_EVERY = 200
"""Writes between two foldings of the log into the file."""
LOGS = ("turn", "fired", "event", "change", "interrupt", "answer")
"""Tables that only grow, each with `at`: what retention cuts."""
NO_SWITCH = f"json_extract(record, '$.topic') NOT IN ({', '.join(repr(topic) for topic in sorted(SWITCHES))})"
"""What is no taste: what somebody switched off, or did not want to be read otherwise, stays so."""
OF_TURNS = ("signal", "failure", "label", "rephrase")
"""Tables of what was learned of single turns, each with `turn`."""
LEARNED = ("rewrite", "retrained", *OF_TURNS)
UNTRAIN = "DELETE FROM retrained"
"""Weights cannot tell whose sentences they are made of: they go with any, and the next night makes them of what is left."""
FORGETTING: dict[str, tuple[str, ...]] = {
    "all": tuple(f"DELETE FROM {table}" for table in (*LOGS, *LEARNED, "due", "preference", "taught", "home")),
    "learned": ("DELETE FROM preference WHERE source = 'implied'", *(f"DELETE FROM {table}" for table in LEARNED)),
    "taught": ("DELETE FROM taught", f"DELETE FROM preference WHERE source = 'said' AND {NO_SWITCH}"),
    "speaker": (
        UNTRAIN,
        *(f"DELETE FROM {table} WHERE turn IN (SELECT id FROM turn WHERE speaker = :value COLLATE NOCASE)" for table in ("answer", *OF_TURNS)),
        "DELETE FROM rephrase WHERE first IN (SELECT id FROM turn WHERE speaker = :value COLLATE NOCASE)",
        "DELETE FROM rewrite WHERE speaker = :value COLLATE NOCASE",
        *(f"DELETE FROM {table} WHERE speaker = :value COLLATE NOCASE" for table in ("turn", "due", "fired", "preference", "taught")),
    ),
    "turn": (
        UNTRAIN,
        *(f"DELETE FROM {table} WHERE turn = :value" for table in ("answer", *OF_TURNS)),
        "DELETE FROM rephrase WHERE first = :value",
        "DELETE FROM rewrite WHERE EXISTS (SELECT 1 FROM json_each(rewrite.record, '$.turns') WHERE value = :value)",
        "DELETE FROM turn WHERE id = :value",
    ),
}
GONE = {
    "due_gone": "DELETE FROM due WHERE id = ?",
    "preference_gone": "DELETE FROM preference WHERE key = ?",
    "taught_gone": "DELETE FROM taught WHERE key = ?",
}
LAST_CHANGE = "SELECT coalesce(max(number), 0) FROM change"
BY_HAND = """SELECT at, entity_id, state FROM change WHERE moved_by = 'person' AND number > coalesce((SELECT last_change FROM tombstone
WHERE what IN ('all', 'learned') ORDER BY number DESC LIMIT 1), 0) ORDER BY number DESC LIMIT ?"""
LAST_TURN = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'turn'"


class Store:
    """One home's log and tables; belongs to one event loop. Every method raises StoreError where the file fails it."""

    def __init__(self, path: Path, thread: ThreadPoolExecutor, db: sqlite3.Connection, lock: TextIOWrapper | None) -> None:
        self._path = path
        self._thread = thread
        self._db = db
        self._lock = lock
        self._writes = 0

    @classmethod
    async def open(cls, folder: Path, *, reading: bool = False) -> Self:
        """The store in a folder, made where there is none and locked against a second Hearth; `reading` only looks, also at one in use."""
        thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        loop = asyncio.get_running_loop()
        try:
            if reading:
                return cls(folder / FILE, thread, await loop.run_in_executor(thread, open_readable, folder), None)
            db, lock = await loop.run_in_executor(thread, open_writable, folder)
            prepare(Turn, Due, Event, Preference, Taught, Learned)
        except BaseException:
            thread.shutdown(wait=False)
            raise
        return cls(folder / FILE, thread, db, lock)

    @property
    def folder(self) -> Path:
        return self._path.parent

    async def close(self) -> None:
        """All that was asked for is written; then the file is let go."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._db.close)
        self._thread.shutdown(wait=True)
        if self._lock is not None:
            self._lock.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def commit(self, turn: Turn, resting: Iterable[str] = ()) -> None:
        """The turn and all it changed, in one transaction; returns when it is in the log. A dry turn is none. `resting`: agent.policy's."""
        if turn.request.dry:
            return
        request, digits = turn.request, turn.id.rpartition("-")[2]
        number = int(digits) if digits.isdecimal() else None
        row = (number, turn.id, _utc(request.at), request.speaker, turn.outcome, encode(turn))
        changes = [_changed(change) for change in turn.changes]
        switched = any(c.what in ("preference", "preference_gone") for c in turn.changes)
        insert = ("INSERT INTO turn (number, id, at, speaker, outcome, record) VALUES (?, ?, ?, ?, ?, ?)", row)
        await self._write(insert, *changes, served_without=tuple(resting) if switched else None)

    async def policy(self, resting: Iterable[str] = ()) -> int:
        """The version of what is served now; a new one where that changed (agent.policy)."""

        def looked() -> int:
            with self._db as db:
                return renewed(db, "", resting)

        return await self._call(looked)

    async def fired(self, due: Due, at: datetime, following: Due | None = None) -> None:
        """A due thing happens: out it goes, its next occurrence comes in, in one transaction, so that nothing makes it happen twice."""
        row = (due.id, _utc(at), due.speaker, encode(due))
        gone = (GONE["due_gone"], (due.id,))
        comes = (_changed(Change("due", following.id, following)),) if following else ()
        await self._write(gone, ("INSERT INTO fired (id, at, speaker, record) VALUES (?, ?, ?, ?)", row), *comes)

    async def keep(self, due: Due) -> None:
        """A due thing as it is now, that no turn changed: what it waited for has come."""
        await self._write(_changed(Change("due", due.id, due)))

    async def record_event(self, event: Event) -> None:
        await self._write(("INSERT INTO event (at, record) VALUES (?, ?)", (_utc(event.at), encode(event))))

    async def record_change(self, entity_id: str, state: str, by: str, at: datetime) -> None:
        """An entity came to a state; `by` is person, agent or device."""
        await self._write(("INSERT INTO change (at, entity_id, state, moved_by) VALUES (?, ?, ?, ?)", (_utc(at), entity_id, state, by)))

    async def record_interrupt(self, at: datetime) -> None:
        """Somebody talked over the reply of the turn before."""
        await self._write(("INSERT INTO interrupt (at) VALUES (?)", (_utc(at),)))

    async def record_answer(self, turn: str, value: str, at: datetime) -> None:
        """Whether a turn was right, as somebody said: yes or no."""
        await self._write(("INSERT INTO answer (at, turn, value) VALUES (?, ?, ?)", (_utc(at), turn, value)))

    async def turns(self, limit: int = 100) -> tuple[Turn, ...]:
        """The last turns, oldest first."""
        return (await self._records(Turn, "SELECT record FROM turn ORDER BY number DESC LIMIT ?", limit))[::-1]

    async def turn(self, turn_id: str) -> Turn | None:
        found = await self._records(Turn, "SELECT record FROM turn WHERE id = ?", turn_id)
        return found[0] if found else None

    async def last_turn_number(self) -> int:
        """The highest number that a turn ever had here, forgotten ones too; 0 before the first."""
        return int((await self._read(LAST_TURN))[0][0])

    async def learns_after(self) -> int:
        """The number of the last turn before what was learned was last forgotten: no rebuild counts it or those before; 0 where nothing was."""
        rows = await self._read("SELECT coalesce(max(last_turn), 0) FROM tombstone WHERE what IN ('all', 'learned')")
        return int(rows[0][0])

    async def by_hand(self, limit: int = 20_000) -> tuple[tuple[datetime, str, str], ...]:
        """What people changed themselves since what was learned was last forgotten: (when, entity_id, state), oldest first."""
        rows = await self._read(BY_HAND, limit)
        return tuple((datetime.fromisoformat(at), entity_id, state) for at, entity_id, state in reversed(rows))

    async def comings(self, limit: int = 20_000) -> tuple[tuple[datetime, str, str], ...]:
        """When persons came and went: (when, entity_id, state), oldest first."""
        rows = await self._read("SELECT at, entity_id, state FROM change WHERE entity_id LIKE 'person.%' ORDER BY number DESC LIMIT ?", limit)
        return tuple((datetime.fromisoformat(at), entity_id, state) for at, entity_id, state in reversed(rows))

    async def changes(self, limit: int = 5_000) -> tuple[tuple[datetime, str, str, str], ...]:
        """The newest changes of the home: (when, entity_id, state, by), oldest first."""
        rows = await self._read("SELECT at, entity_id, state, moved_by FROM change ORDER BY number DESC LIMIT ?", limit)
        return tuple((datetime.fromisoformat(at), entity_id, state, by) for at, entity_id, state, by in reversed(rows))

    async def fired_dues(self, limit: int = 5_000) -> tuple[tuple[datetime, Due], ...]:
        """The newest things that fell due: (when, what), oldest first."""
        moments = await self._read("SELECT at FROM fired ORDER BY number DESC LIMIT ?", limit)
        dues = await self._records(Due, "SELECT record FROM fired ORDER BY number DESC LIMIT ?", limit)
        return tuple((datetime.fromisoformat(at), due) for (at,), due in zip(moments, dues, strict=True))[::-1]

    async def agenda(self) -> tuple[Due, ...]:
        """What is due, by time; paused ones first."""
        return await self._records(Due, "SELECT record FROM due ORDER BY at, id")

    async def fired_ids(self) -> tuple[str, ...]:
        """The ids of everything that fell due, in order."""
        return tuple(row[0] for row in await self._read("SELECT id FROM fired ORDER BY number"))

    async def preferences(self) -> Mapping[str, Preference]:
        """By their keys, as the changes that put them named them."""
        return await self._keyed(Preference, "preference")

    async def taught(self) -> Mapping[str, Taught]:
        return await self._keyed(Taught, "taught")

    async def keep_home(self, home: Home, at: datetime) -> None:
        """The home as it is now, in the place of the one that was kept before."""
        await self._write(("INSERT OR REPLACE INTO home (number, at, record) VALUES (1, ?, ?)", (_utc(at), encode(home))))

    async def home(self) -> Home | None:
        """The home as it was kept last; None before the learners first ran."""
        found = await self._records(Home, "SELECT record FROM home")
        return found[0] if found else None

    async def learned(self) -> tuple[tuple[Learned, ...], int]:
        """Every learned pair, and the version of the policy that it is."""
        pairs = await self._records(Learned, "SELECT record FROM rewrite ORDER BY speaker, source, target")
        return pairs, int((await self._read("SELECT coalesce(max(version), 0) FROM policy"))[0][0])

    async def retrained(self) -> Retrained | None:
        """The reading as it was last retrained; None where it never was, or something was forgotten since."""
        found = await self._records(Retrained, "SELECT record FROM retrained")
        return found[0] if found else None

    async def failures(self) -> tuple[Failure, ...]:
        """Where each turn failed, or that it did not, as the learners last saw it; oldest first."""
        return await self._records(Failure, "SELECT failure.record FROM failure JOIN turn ON turn.id = failure.turn ORDER BY turn.number")

    async def judged(self) -> tuple[tuple[datetime, str, Failure], ...]:
        """The same with when each turn was and what was heard."""
        heard = "json_extract(turn.record, '$.request.hypotheses[0].text')"
        rows = await self._read(f"SELECT turn.at, {heard} FROM failure JOIN turn ON turn.id = failure.turn ORDER BY turn.number")
        found = zip(rows, await self.failures(), strict=True)
        return tuple((datetime.fromisoformat(at), text or "", failure) for (at, text), failure in found)

    async def failure_of(self, turn: str) -> Failure | None:
        found = await self._records(Failure, "SELECT record FROM failure WHERE turn = ?", turn)
        return found[0] if found else None

    async def labels(self) -> tuple[Label, ...]:
        """What turns meant, as the learners last saw it; oldest first."""
        return await self._records(Label, "SELECT label.record FROM label JOIN turn ON turn.id = label.turn ORDER BY turn.number")

    async def rephrase_of(self, turn: str) -> str | None:
        """The turn that this one was a second try at."""
        found = await self._read("SELECT first FROM rephrase WHERE turn = ?", turn)
        return str(found[0][0]) if found else None

    async def _keyed(self, record: type[R], table: str) -> Mapping[str, R]:
        keys = await self._read(f"SELECT key FROM {table} ORDER BY rowid")
        return dict(zip((key for (key,) in keys), await self._records(record, f"SELECT record FROM {table} ORDER BY rowid"), strict=True))

    async def events(self, limit: int = 200) -> tuple[Event, ...]:
        """The last events, oldest first."""
        return (await self._records(Event, "SELECT record FROM event ORDER BY number DESC LIMIT ?", limit))[::-1]

    async def forget(self, what: str, value: str = "") -> int:
        """Delete all, what was learned, what was taught, a speaker's or one turn's rows; a tombstone stays. Returns the rows removed."""
        if what not in get_args(Forgettable):
            raise ValueError(f"{what!r} cannot be forgotten; {', '.join(get_args(Forgettable))} can")

        def forget() -> int:
            with self._db as db:
                moment = db.execute(LAST_MOMENT).fetchone()[0]
                removed = sum(db.execute(sql, {"value": value}).rowcount for sql in FORGETTING[what])
                renewed(db, moment)
                db.execute(
                    f"INSERT INTO tombstone (what, value, removed, last_turn, last_change) VALUES (?, ?, ?, ({LAST_TURN}), ({LAST_CHANGE}))",
                    (what, value, removed),
                )
            fold(self._db, whole=True)
            return removed

        return await self._call(forget)

    async def prune(self, before: datetime) -> int:
        """Cut off the log before a moment: the home's retention. Returns the rows removed."""

        def prune() -> int:
            with self._db as db:
                return sum(db.execute(f"DELETE FROM {table} WHERE at < ?", (_utc(before),)).rowcount for table in LOGS)

        return await self._call(prune)

    async def _records(self, record: type[R], sql: str, *values: object) -> tuple[R, ...]:
        rows = await self._read(sql, *values)
        try:
            return tuple(decode(record, row[0]) for row in rows)
        except CodecError as error:
            raise StoreError(f"The store {self._path} holds what cannot be read ({error}): {ANEW}.") from None

    async def _read(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return await self._call(lambda: self._db.execute(sql, values).fetchall())

    async def _write(self, *statements: Statement, served_without: tuple[str, ...] | None = None) -> None:
        """All or nothing. `served_without`: what is served may be another set then, without these; None: it is not."""
        await self._call(lambda: _written(self._db, statements, served_without))
        self._writes += 1
        if self._writes % FOLD_EVERY == 0:
            self._thread.submit(fold, self._db)

    async def _call(self, job: Callable[[], R]) -> R:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, job)
        except sqlite3.Error as error:
            raise StoreError(sentence(self._path, error)) from None


def _written(db: sqlite3.Connection, statements: Iterable[Statement], served_without: tuple[str, ...] | None) -> None:
    with db:
        for sql, values in statements:
            db.execute(sql, values)
        if served_without is not None:
            renewed(db, "", served_without)


def _changed(change: Change) -> Statement:
    """What a change does to the tables."""
    match change.value:
        case Due() as due:
            return "INSERT OR REPLACE INTO due (id, at, speaker, record) VALUES (?, ?, ?, ?)", (change.key, _utc(due.due), due.speaker, encode(due))
        case Preference() as liked:
            row = (change.key, liked.speaker, liked.source, encode(liked))
            return "INSERT OR REPLACE INTO preference (key, speaker, source, record) VALUES (?, ?, ?, ?)", row
        case Taught() as taught:
            return "INSERT OR REPLACE INTO taught (key, speaker, record) VALUES (?, ?, ?)", (change.key, taught.speaker, encode(taught))
        case None:
            return GONE[change.what], (change.key,)


def _utc(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat(timespec="microseconds") if at else None


__all__ = ["CodecError", "Store", "StoreError", "decode", "encode"]
