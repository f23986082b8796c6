"""The store's file: found or made, locked for one Hearth, and brought up to date. SQLite in WAL mode.

Commits are handed to the operating system and not synced to the disk (synchronous = NORMAL): they survive the death of the process at any
moment (kill -9); a power cut can lose the last seconds, and never breaks the file. The log is folded into the file by `fold`, between
turns, not while one waits. What is deleted is overwritten.
"""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from io import TextIOWrapper
from pathlib import Path

FILE = "hearth.db"
LOCK = "hearth.lock"
WAITS = 2.0
"""Seconds to wait for a reader of the same file."""

ELSEWHERE = "make room or make it writable, or name another folder under `store: folder:`"
ANEW = "move it away and Hearth starts a new one, or bring back a copy"


class StoreError(Exception):
    """The store cannot be used: one sentence that names the file and the way out."""


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise StoreError(sentence(path, error)) from None
    except OSError as error:
        raise StoreError(f"The store {path} cannot be opened ({error.strerror}): {ELSEWHERE}.") from None


def sentence(path: Path, error: sqlite3.Error) -> str:
    """What a person can do about SQLite's error."""
    said = str(error)
    if "locked" in said:
        return f"The store {path} is in use by another program ({said}): close it and try again."
    if "full" in said or "readonly" in said or "I/O" in said or "unable to open" in said:
        return f"The store {path} cannot be written ({said}): {ELSEWHERE}."
    return f"The store {path} cannot be read ({said}): {ANEW}."


def open_writable(folder: Path) -> tuple[sqlite3.Connection, TextIOWrapper]:
    """The folder's store, made or brought up to date where needed, and the lock that keeps it ours while it is open."""
    path = folder / FILE
    with _told(path):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = _locked(folder / LOCK)
        try:
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
            db = sqlite3.connect(path, timeout=WAITS)
            try:
                _prepare(db, path)
            except BaseException:
                db.close()
                raise
        except BaseException:
            lock.close()
            raise
    return db, lock


def open_readable(folder: Path) -> sqlite3.Connection:
    """The folder's store to look at, also while Hearth runs."""
    path = folder / FILE
    if not path.exists():
        raise StoreError(f"There is no log in {folder} yet: `hearth run` or `hearth ask` begins one, --store names another folder.")
    with _told(path):
        db = sqlite3.connect(path, timeout=WAITS)
        try:
            db.execute("PRAGMA query_only = ON")
            have = _version(db)
        except BaseException:
            db.close()
            raise
    if have != len(_schema()):
        db.close()
        raise StoreError(_other_version(path, have))
    return db


def fold(db: sqlite3.Connection, whole: bool = False) -> None:
    """Fold the log into the file, so that no commit has to; `whole` waits for readers and leaves nothing in the log.

    The first write after it syncs the log's head: that is done here, too.
    """
    db.execute(f"PRAGMA wal_checkpoint({'TRUNCATE' if whole else 'PASSIVE'})").fetchall()
    db.execute(f"PRAGMA user_version = {_version(db)}")


def _locked(path: Path) -> TextIOWrapper:
    """The lock file, held by this process until it is closed or the process dies."""
    lock = open(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600), "r+", encoding="ascii")  # noqa: SIM115, PTH123 - it stays open; open() takes a descriptor
    try:
        fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        owner = lock.read().strip()
        lock.close()
        who = f" (process {owner})" if owner else ""
        raise StoreError(f"Another Hearth{who} uses the store {path.parent}: end it, or name another folder with --store.") from None
    lock.truncate()
    lock.write(f"{os.getpid()}\n")
    lock.flush()
    return lock


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    have, schema = _version(db), _schema()
    if have > len(schema):
        raise StoreError(_other_version(path, have))
    db.execute("PRAGMA journal_mode = WAL").fetchall()
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA wal_autocheckpoint = 0")
    db.execute("PRAGMA secure_delete = ON").fetchall()
    for number, script in enumerate(schema[have:], have + 1):
        db.executescript(f"BEGIN;\n{script}\nPRAGMA user_version = {number};\nCOMMIT;")
    fold(db, whole=True)


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _schema() -> tuple[str, ...]:
    """The numbered schema files, in order."""
    files = sorted((f for f in resources.files("agent.schema").iterdir() if f.name.endswith(".sql")), key=lambda f: f.name)
    return tuple(f.read_text(encoding="utf-8") for f in files)


def _other_version(path: Path, have: int) -> str:
    know = len(_schema())
    if have > know:
        return f"The store {path} was written by a newer Hearth (schema {have}, this one knows {know}): update Hearth."
    return f"The store {path} is of an older Hearth (schema {have}, this one has {know}): start Hearth once and it is brought up to date."
