"""The store: one SQLite file (WAL), one writer thread, every record as JSON. A turn is committed before its answer is given.

Commits are written through to the operating system and not synced to the disk: they survive the death of the process at any moment
(kill -9), not a power cut in the seconds before it. Schema files are numbered and applied in order.
"""

import asyncio
import os
import sqlite3
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from agent.records import Change, Due, Event, Preference, Taught, Turn

R = TypeVar("R")
FILE = "hearth.db"
GONE = {"due_gone": "due", "preference_gone": "preference", "taught_gone": "taught"}
FORGETTABLE: Mapping[str, tuple[str, ...]] = {
    "all": ("turn", "due", "fired", "preference", "taught", "event", "change", "interrupt", "answer"),
    "learned": (),
    "taught": ("taught", "preference"),
}


class StoreError(Exception):
    """The store cannot be used: one sentence that names the file and the way out."""


@cache
def _adapter(record: type[R]) -> TypeAdapter[R]:
    return TypeAdapter(record)


def encode(record: object) -> str:
    """A record as JSON."""
    return _adapter(type(record)).dump_json(record, fallback=_plain, warnings=False).decode()


def decode(record: type[R], text: str) -> R:
    """A record back from its JSON; pydantic's ValidationError where it is none."""
    return _adapter(record).validate_json(text)


def _plain(value: object) -> object:
    if isinstance(value, MappingProxyType):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is not a value that a record may hold")


class Store:
    """One home's log and tables. Open it with `Store.open`; every call goes through the one writer thread, in order."""

    def __init__(self, connection: sqlite3.Connection, thread: ThreadPoolExecutor) -> None:
        self._connection = connection
        self._thread = thread

    @classmethod
    async def open(cls, folder: Path) -> "Store":
        """The store in a folder, made or brought up to date where needed. StoreError where that fails."""
        thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        try:
            connection = await asyncio.get_running_loop().run_in_executor(thread, _opened, folder)
        except StoreError:
            thread.shutdown(wait=False)
            raise
        return cls(connection, thread)

    async def close(self) -> None:
        await self._call(self._connection.close)
        self._thread.shutdown(wait=True)

    async def commit(self, turn: Turn) -> None:
        """The turn and all it changed, in one transaction; returns when it is in the log."""
        record = encode(turn)
        changes = [(c, encode(c.value) if c.value is not None else "") for c in turn.changes]
        await self._call(lambda: self._commit(turn, record, changes))

    def _commit(self, turn: Turn, record: str, changes: list[tuple[Change, str]]) -> None:
        with self._connection as db:
            db.execute("INSERT INTO turn (id, at, speaker, outcome, record) VALUES (?, ?, ?, ?, ?)", (turn.id, _iso(turn.request.at), turn.request.speaker, turn.outcome, record))
            for change, value in changes:
                _apply(db, change, value)

    async def fired(self, due: Due, at: datetime, following: Due | None) -> None:
        """A due thing happened: out it goes, its next occurrence comes in, in one transaction, before it is acted on: once, never twice."""
        record = encode(due)
        after = encode(following) if following else ""

        def write() -> None:
            with self._connection as db:
                db.execute("DELETE FROM due WHERE id = ?", (due.id,))
                db.execute("INSERT INTO fired (id, at, record) VALUES (?, ?, ?)", (due.id, _iso(at), record))
                if following is not None:
                    db.execute("INSERT OR REPLACE INTO due VALUES (?, ?, ?)", (following.id, _iso(following.due), after))

        await self._call(write)

    async def record_event(self, event: Event) -> None:
        await self._write("INSERT INTO event (at, record) VALUES (?, ?)", _iso(event.at), encode(event))

    async def record_change(self, entity_id: str, state: str, by: str, at: datetime) -> None:
        await self._write("INSERT INTO change (at, entity_id, state, moved_by) VALUES (?, ?, ?, ?)", _iso(at), entity_id, state, by)

    async def record_interrupt(self, at: datetime) -> None:
        await self._write("INSERT INTO interrupt (at) VALUES (?)", _iso(at))

    async def record_answer(self, turn: str, value: str, at: datetime) -> None:
        await self._write("INSERT INTO answer (at, turn, value) VALUES (?, ?, ?)", _iso(at), turn, value)

    async def turns(self, limit: int = 100) -> tuple[Turn, ...]:
        """The last turns, oldest first."""
        rows = await self._read("SELECT record FROM turn ORDER BY number DESC LIMIT ?", limit)
        return tuple(decode(Turn, row[0]) for row in reversed(rows))

    async def turn(self, turn_id: str) -> Turn | None:
        rows = await self._read("SELECT record FROM turn WHERE id = ?", turn_id)
        return decode(Turn, rows[0][0]) if rows else None

    async def last_turn_number(self) -> int:
        """The highest number that a turn ever had here, forgotten ones too."""
        rows = await self._read("SELECT max(number) FROM (SELECT max(number) AS number FROM turn UNION SELECT max(last_turn) FROM tombstone)")
        return int(rows[0][0] or 0)

    async def agenda(self) -> tuple[Due, ...]:
        return tuple(decode(Due, row[0]) for row in await self._read("SELECT record FROM due ORDER BY at, id"))

    async def fired_ids(self) -> tuple[str, ...]:
        """The ids of everything that fell due, in order."""
        return tuple(row[0] for row in await self._read("SELECT id FROM fired ORDER BY number"))

    async def preferences(self) -> tuple[Preference, ...]:
        return tuple(decode(Preference, row[0]) for row in await self._read("SELECT record FROM preference ORDER BY rowid"))

    async def taught(self) -> tuple[Taught, ...]:
        return tuple(decode(Taught, row[0]) for row in await self._read("SELECT record FROM taught ORDER BY rowid"))

    async def events(self, limit: int = 200) -> tuple[Event, ...]:
        """The last events, oldest first."""
        rows = await self._read("SELECT record FROM event ORDER BY number DESC LIMIT ?", limit)
        return tuple(decode(Event, row[0]) for row in reversed(rows))

    async def forget(self, what: str, value: str = "") -> int:
        """Delete all, what was learned, what was taught, a speaker's or one turn's rows; a tombstone stays. Returns the rows removed."""
        return await self._call(lambda: self._forget(what, value))

    def _forget(self, what: str, value: str) -> int:
        with self._connection as db:
            last = db.execute("SELECT max(number) FROM turn").fetchone()[0]
            if what == "speaker":
                removed = sum(db.execute(f"DELETE FROM {table} WHERE speaker = ?", (value,)).rowcount for table in ("turn", "preference", "taught"))  # noqa: S608 - table names are ours
            elif what == "turn":
                removed = db.execute("DELETE FROM turn WHERE id = ?", (value,)).rowcount + db.execute("DELETE FROM answer WHERE turn = ?", (value,)).rowcount
            else:
                removed = sum(db.execute(f"DELETE FROM {table}").rowcount for table in FORGETTABLE[what])  # noqa: S608 - table names are ours
            db.execute("INSERT INTO tombstone (what, value, removed, last_turn) VALUES (?, ?, ?, ?)", (what, value, removed, last))
            return removed

    async def _write(self, sql: str, *values: object) -> None:
        def write() -> None:
            with self._connection as db:
                db.execute(sql, values)

        await self._call(write)

    async def _read(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return await self._call(lambda: self._connection.execute(sql, values).fetchall())

    async def _call(self, job: Callable[[], R]) -> R:
        return await asyncio.get_running_loop().run_in_executor(self._thread, job)


def _apply(db: sqlite3.Connection, change: Change, value: str) -> None:
    if change.what in GONE:
        column = "id" if change.what == "due_gone" else "key"
        db.execute(f"DELETE FROM {GONE[change.what]} WHERE {column} = ?", (change.key,))  # noqa: S608 - table names are ours
    elif isinstance(change.value, Due):
        db.execute("INSERT OR REPLACE INTO due VALUES (?, ?, ?)", (change.key, _iso(change.value.due), value))
    elif isinstance(change.value, Preference | Taught):
        table = "preference" if isinstance(change.value, Preference) else "taught"
        db.execute(f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?)", (change.key, change.value.speaker, value))  # noqa: S608 - table names are ours


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _opened(folder: Path) -> sqlite3.Connection:
    path = folder / FILE
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        db = sqlite3.connect(path, timeout=2.0, check_same_thread=False)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = OFF")
        _migrate(db, path)
    except OSError as error:
        raise StoreError(f"The store {path} cannot be opened ({error.strerror}): choose another folder under `store: folder:`, or make it writable.") from None
    except sqlite3.DatabaseError as error:
        raise StoreError(f"The store {path} cannot be read ({error}): move it away and Hearth starts a new one, or bring back a copy.") from None
    return db


def _migrate(db: sqlite3.Connection, path: Path) -> None:
    files = sorted(f.name for f in resources.files("agent.schema").iterdir() if f.name.endswith(".sql"))
    have = int(db.execute("PRAGMA user_version").fetchone()[0])
    if have > len(files):
        raise StoreError(f"The store {path} was written by a newer Hearth (schema {have}, this one knows {len(files)}): update Hearth.")
    for number, name in enumerate(files[have:], have + 1):
        script = resources.files("agent.schema").joinpath(name).read_text()
        db.executescript(f"BEGIN;\n{script}\nPRAGMA user_version = {number};\nCOMMIT;")


__all__ = ["Store", "StoreError", "ValidationError", "decode", "encode"]
