"""The store keeps every turn that was committed, whatever happens to the process, and says in one sentence what is wrong with its file."""

import asyncio
import os
import random
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agent.database import FILE, LOCK
from agent.records import Change, Due, Event, Hypothesis, Outcome, Preference, Request, Taught, Turn
from agent.store import Store, StoreError

AT = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
LATER = AT + timedelta(minutes=10)


def a_turn(number: int, *changes: Change, speaker: str | None = None, outcome: Outcome = "act", dry: bool = False, at: datetime = AT) -> Turn:
    request = Request(f"r{number}", at, (Hypothesis("turn on the lamp"),), speaker=speaker, dry=dry)
    return Turn(f"turn-{number}", request, outcome=outcome, changes=changes, seconds={"understand": 0.001})


def timer(name: str, due: datetime | None = LATER, speaker: str | None = None) -> Due:
    return Due(name, "timer", due, name=name, length=600.0, speaker=speaker)


def put(due: Due) -> Change:
    return Change("due", due.id, due)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with await Store.open(tmp_path) as opened:
        yield opened


def rows(folder: Path, sql: str) -> list[tuple[object, ...]]:
    db = sqlite3.connect(folder / FILE)
    try:
        return db.execute(sql).fetchall()
    finally:
        db.close()


async def test_a_turn_comes_back_as_it_was(store: Store) -> None:
    turn = a_turn(1)
    await store.commit(turn)
    assert await store.turn("turn-1") == turn
    assert await store.turns() == (turn,)
    assert await store.turn("turn-2") is None


async def test_the_last_turns_come_oldest_first(store: Store) -> None:
    for number in range(1, 6):
        await store.commit(a_turn(number))
    assert [t.id for t in await store.turns(limit=2)] == ["turn-4", "turn-5"]


async def test_a_dry_turn_is_not_logged(store: Store) -> None:
    await store.commit(a_turn(1, put(timer("egg")), dry=True))
    assert await store.turns() == ()
    assert await store.agenda() == ()


async def test_what_a_turn_changes_is_kept_and_goes(store: Store, tmp_path: Path) -> None:
    taught, liked = Taught("movie time", "dim the lights"), Preference("ann", "music", "jazz")
    await store.commit(a_turn(1, put(timer("egg")), Change("taught", "t", taught), Change("preference", "p", liked)))
    assert (await store.agenda(), await store.taught(), await store.preferences()) == ((timer("egg"),), {"t": taught}, {"p": liked})
    await store.commit(a_turn(2, Change("due_gone", "egg"), Change("taught_gone", "t"), Change("preference_gone", "p")))
    assert (await store.agenda(), await store.taught(), await store.preferences()) == ((), {}, {})


async def test_a_turn_and_its_changes_are_one(store: Store) -> None:
    await store.commit(a_turn(1))
    with pytest.raises(StoreError):
        await store.commit(a_turn(1, put(timer("egg"))))
    assert await store.agenda() == ()


async def test_all_is_there_after_a_new_start(tmp_path: Path) -> None:
    async with await Store.open(tmp_path) as first:
        await first.commit(a_turn(1, put(timer("egg"))))
        await first.record_event(Event("arrival", AT, "person.ann"))
    async with await Store.open(tmp_path) as second:
        assert [t.id for t in await second.turns()] == ["turn-1"]
        assert await second.agenda() == (timer("egg"),)
        assert await second.events() == (Event("arrival", AT, "person.ann"),)
        assert await second.last_turn_number() == 1


async def test_what_is_due_comes_by_time_whatever_its_offset(store: Store) -> None:
    berlin, tokyo = datetime.fromisoformat("2026-03-10T12:00:00+01:00"), datetime.fromisoformat("2026-03-10T19:30:00+09:00")
    await store.commit(a_turn(1, put(timer("later", berlin)), put(timer("sooner", tokyo)), put(timer("paused", None))))
    assert [d.id for d in await store.agenda()] == ["paused", "sooner", "later"]


async def test_what_fell_due_goes_and_its_next_occurrence_comes_at_once(store: Store) -> None:
    alarm = Due("wake", "alarm", LATER, rrule="FREQ=DAILY")
    following = Due("wake", "alarm", LATER + timedelta(days=1), rrule="FREQ=DAILY")
    await store.commit(a_turn(1, put(alarm), put(timer("egg"))))
    await store.fired(alarm, LATER, following)
    await store.fired(timer("egg"), LATER)
    assert await store.agenda() == (following,)
    assert await store.fired_ids() == ("wake", "egg")


async def test_a_number_is_never_given_twice(store: Store) -> None:
    assert await store.last_turn_number() == 0
    for number in (1, 2, 7):
        await store.commit(a_turn(number))
    await store.forget("all")
    assert await store.last_turn_number() == 7
    assert await store.prune(AT + timedelta(days=1)) == 0
    assert await store.last_turn_number() == 7


async def test_signals_are_kept(store: Store, tmp_path: Path) -> None:
    await store.record_interrupt(AT)
    await store.record_answer("turn-1", "yes", AT)
    await store.record_change("light.desk", "on", "person", AT)
    stamp = "2026-03-10T10:00:00.000000+00:00"
    assert rows(tmp_path, "SELECT at FROM interrupt") == [(stamp,)]
    assert rows(tmp_path, "SELECT at, turn, value FROM answer") == [(stamp, "turn-1", "yes")]
    assert rows(tmp_path, "SELECT at, entity_id, state, moved_by FROM change") == [(stamp, "light.desk", "on", "person")]


async def filled(store: Store) -> None:
    kept = (put(timer("egg", speaker="ann")), Change("taught", "t", Taught("movie time", "dim the lights", "ann")))
    tastes = (Change("preference", "s", Preference("ann", "music", "jazz")), Change("preference", "i", Preference("bob", "music", "rock", "implied")))
    await store.commit(a_turn(1, *kept, *tastes, speaker="ann"))
    await store.commit(a_turn(2, speaker="bob"))
    await store.record_answer("turn-1", "yes", AT)
    await store.record_answer("turn-2", "no", AT)
    await store.record_event(Event("arrival", AT))


@pytest.mark.parametrize(
    ("what", "value", "removed", "left"),
    [
        ("all", "", 9, (0, 0, 0, 0, 0, 0)),
        ("learned", "", 1, (2, 1, 1, 1, 2, 1)),
        ("taught", "", 2, (2, 1, 1, 0, 2, 1)),
        ("speaker", "ann", 5, (1, 0, 1, 0, 1, 1)),
        ("turn", "turn-2", 2, (1, 1, 2, 1, 1, 1)),
        ("turn", "turn-9", 0, (2, 1, 2, 1, 2, 1)),
        ("speaker", "nobody", 0, (2, 1, 2, 1, 2, 1)),
    ],
)
async def test_forgetting_takes_the_rows_and_leaves_a_tombstone(
    store: Store, tmp_path: Path, what: str, value: str, removed: int, left: tuple[int, ...]
) -> None:
    await filled(store)
    assert await store.forget(what, value) == removed
    counts = tuple(rows(tmp_path, f"SELECT count(*) FROM {t}")[0][0] for t in ("turn", "due", "preference", "taught", "answer", "event"))
    assert counts == left
    assert rows(tmp_path, "SELECT what, value, removed, last_turn FROM tombstone") == [(what, value, removed, 2)]
    assert await store.learns_after() == (2 if what in ("all", "learned") else 0)


async def test_what_was_forgotten_is_nowhere_in_the_files(store: Store, tmp_path: Path) -> None:
    await store.commit(a_turn(1, Change("taught", "t", Taught("xylophone hour", "lights off"))))
    written = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    await store.forget("all")
    assert b"xylophone hour" in written
    assert b"xylophone hour" not in b"".join(file.read_bytes() for file in tmp_path.iterdir())


async def test_only_what_is_told_can_be_forgotten(store: Store) -> None:
    with pytest.raises(ValueError, match="learned"):
        await store.forget("everything")


async def test_retention_cuts_the_log_and_leaves_what_was_taught(store: Store) -> None:
    await store.commit(a_turn(1, Change("taught", "t", Taught("movie time", "dim the lights")), put(timer("egg"))))
    await store.commit(a_turn(2, at=LATER))
    await store.record_event(Event("arrival", AT))
    assert await store.prune(LATER) == 2
    assert [t.id for t in await store.turns()] == ["turn-2"]
    assert (len(await store.taught()), len(await store.agenda())) == (1, 1)


async def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    async with await Store.open(folder) as store:
        await store.commit(a_turn(1))
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}


async def test_many_at_once_are_all_kept(store: Store) -> None:
    await asyncio.gather(*(store.commit(a_turn(number)) for number in range(1, 451)))
    assert await store.last_turn_number() == 450
    assert len(await store.turns(1000)) == 450


async def test_one_may_look_while_another_writes(store: Store, tmp_path: Path) -> None:
    await store.commit(a_turn(1))
    async with await Store.open(tmp_path, reading=True) as reader:
        await store.commit(a_turn(2))
        assert [t.id for t in await reader.turns()] == ["turn-1", "turn-2"]
        with pytest.raises(StoreError):
            await reader.commit(a_turn(3))


async def told(folder: Path, *, reading: bool = False) -> str:
    with pytest.raises(StoreError) as caught:
        await Store.open(folder, reading=reading)
    assert "\n" not in str(caught.value)
    return str(caught.value)


async def test_looking_at_nothing_is_told(tmp_path: Path) -> None:
    assert f"There is no log in {tmp_path} yet" in await told(tmp_path, reading=True)
    assert list(tmp_path.iterdir()) == []


async def test_a_file_that_is_no_store_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"not a database at all" * 100)
    assert "cannot be read (file is not a database): move it away" in await told(tmp_path)
    assert "cannot be read (file is not a database): move it away" in await told(tmp_path, reading=True)
    (tmp_path / FILE).unlink()
    async with await Store.open(tmp_path) as anew:
        assert await anew.turns() == ()


async def test_a_store_of_a_newer_hearth_is_told(tmp_path: Path) -> None:
    async with await Store.open(tmp_path):
        pass
    db = sqlite3.connect(tmp_path / FILE)
    db.execute("PRAGMA user_version = 99")
    db.close()
    assert "was written by a newer Hearth (schema 99, this one knows 4): update Hearth" in await told(tmp_path)
    assert "was written by a newer Hearth" in await told(tmp_path, reading=True)


async def test_a_row_that_is_no_record_is_told(store: Store, tmp_path: Path) -> None:
    await store.commit(a_turn(1))
    db = sqlite3.connect(tmp_path / FILE)
    with db:
        db.execute("UPDATE turn SET record = '{}'")
    db.close()
    with pytest.raises(StoreError, match="holds what cannot be read \\(this is no Turn: id"):
        await store.turns()


async def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "cannot be opened (Not a directory)" in await told(tmp_path / "file" / "store")


async def test_a_file_that_sqlite_may_not_write_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    assert "cannot be opened (Is a directory)" in await told(tmp_path)


async def test_a_full_disk_is_told_and_the_store_goes_on(store: Store, tmp_path: Path) -> None:
    await store.commit(a_turn(1))
    await store._call(lambda: store._db.execute("PRAGMA max_page_count = 1").fetchall())
    with pytest.raises(StoreError, match=r"cannot be written \(database or disk is full\): make room"):
        for number in range(2, 100):
            await store.commit(a_turn(number))
    await store._call(lambda: store._db.execute("PRAGMA max_page_count = 1000000").fetchall())
    await store.commit(a_turn(100))
    assert (await store.turns(1))[0].id == "turn-100"


async def test_a_program_that_holds_the_file_is_told(store: Store, tmp_path: Path) -> None:
    await store._call(lambda: store._db.execute("PRAGMA busy_timeout = 1").fetchall())
    other = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="is in use by another program"):
        await store.commit(a_turn(1))
    other.execute("ROLLBACK")
    other.close()
    await store.commit(a_turn(1))


CHILD = """
import asyncio, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from agent.store import Store
from tests.test_store import LATER, a_turn, put, timer

async def work():
    store = await Store.open(Path(sys.argv[1]))
    number = await store.last_turn_number()
    print("open", flush=True)
    while True:
        number += 1
        due = timer(f"timer-{number}")
        await store.commit(a_turn(number, put(due)))
        print(f"turn-{number}", flush=True)
        if number % 2:
            await store.fired(due, LATER)
            print(due.id, flush=True)

asyncio.run(work())
"""
ROOT = str(Path(__file__).parents[1])


def child(folder: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen([sys.executable, "-c", CHILD, str(folder), ROOT], stdout=subprocess.PIPE, text=True)


def killed_after(process: "subprocess.Popen[str]", lines: int) -> list[str]:
    """What it had said when it was killed, after so many lines of it were read."""
    assert process.stdout is not None
    said = [process.stdout.readline().strip() for _ in range(lines)]
    process.send_signal(signal.SIGKILL)
    said += [line.strip() for line in process.stdout if line.endswith("\n")]
    process.wait()
    process.stdout.close()
    return said[1:]


@pytest.mark.parametrize("seed", range(4))
async def test_kill_9_loses_no_turn_that_was_answered(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    answered: list[str] = []
    for _ in range(4):
        answered += killed_after(child(tmp_path), dice.randint(1, 60))
    async with await Store.open(tmp_path) as store:
        turns = {t.id for t in await store.turns(100_000)}
        fired = await store.fired_ids()
        waiting = {d.id for d in await store.agenda()}
    assert {a for a in answered if a.startswith("turn-")} <= turns
    assert {a for a in answered if a.startswith("timer-")} <= set(fired)
    assert len(fired) == len(set(fired)), "a timer fired twice"
    assert set(fired) | waiting == {t.replace("turn", "timer") for t in turns}, "a timer was lost"
    assert not set(fired) & waiting, "a timer that fired is still due"
    assert rows(tmp_path, "PRAGMA integrity_check") == [("ok",)]


async def test_a_second_hearth_on_one_store_is_told_and_a_dead_one_holds_nothing(tmp_path: Path) -> None:
    process = child(tmp_path)
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    assert f"Another Hearth (process {process.pid}) uses the store {tmp_path}" in await told(tmp_path)
    killed_after(process, 1)
    async with await Store.open(tmp_path):
        assert (tmp_path / LOCK).read_text() == f"{os.getpid()}\n"
