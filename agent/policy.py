"""The policy: a numbered set of what is served of what was learned. The number rises where that set changes, and nowhere else.

Learners make it anew, the reading is retrained, somebody forgets words or switches it off, a pair that was taken back twice rests: each is
another set. Functions of an open store.
"""

import hashlib
import sqlite3
from collections.abc import Iterable

from agent.records import SERVING, UNLEARNED

LATEST = "SELECT version, digest FROM policy ORDER BY version DESC LIMIT 1"
PAIRS = """SELECT json_remove(record, '$.score', '$.episodes', '$.against', '$.wins', '$.losses', '$.turns', '$.why') FROM rewrite
WHERE json_extract(record, '$.state') = 'serving' ORDER BY speaker, source, target"""
"""What is served: without what it rests on, which changes each night."""
READING = "SELECT json_extract(record, '$.weights') FROM retrained WHERE json_extract(record, '$.weights') <> ''"
SWITCHED = "SELECT record FROM preference WHERE json_extract(record, '$.topic') IN (?, ?) ORDER BY key"
LAST_MOMENT = "SELECT coalesce((SELECT max(at) FROM turn), (SELECT max(at) FROM policy), '')"


def renewed(db: sqlite3.Connection, at: str = "", resting: Iterable[str] = ()) -> int:
    """The version of what is served now, a new one where that is another set. `at`: ISO, the last turn's moment unless given.

    `resting`: words of whom ("anna/turn on the funzel") are not served until the learners have looked.
    """
    version, known = db.execute(LATEST).fetchone() or (0, "")
    served = digest(db, resting)
    if served == known:
        return int(version)
    moment = at or db.execute(LAST_MOMENT).fetchone()[0]
    db.execute("INSERT INTO policy (version, at, digest) VALUES (?, ?, ?)", (version + 1, moment, served))
    return int(version) + 1


def digest(db: sqlite3.Connection, resting: Iterable[str] = ()) -> str:
    """What is served, as a fingerprint; "" where nothing is and nobody switched anything."""
    rows = [row for (row,) in (*db.execute(PAIRS), *db.execute(READING), *db.execute(SWITCHED, (SERVING, UNLEARNED)))]
    told = "\n".join((*rows, *sorted(resting)))
    return hashlib.sha256(told.encode()).hexdigest() if told else ""
