"""One agent on one store that is spoken to in order, dies and comes back; every line of its life is checked."""

import json
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from agent import app
from agent.config import Config
from agent.doors.pipe import Pipe
from benchmarks.harm import Wire
from benchmarks.judge import Judge, calls_of
from devices.given import load_home
from devices.home import Entity, Home, LiveHome

TELLING: dict[str, dict[str, Any]] = {
    "light": {"brightness": 128},
    "media_player": {"volume_level": 0.4, "is_volume_muted": False},
    "cover": {"current_position": 100},
    "climate": {"temperature": 20},
}
"""Domain -> what its things tell of themselves here, besides what the flat's file says: what was never told cannot be restored."""


def _home() -> Home:
    """The flat, with things that tell how they are, and a lamp that is on."""
    flat = load_home(Path(__file__).parent / "homes" / "flat.json")
    told = {i: replace(e, attributes={**TELLING.get(e.domain, {}), **e.attributes}) for i, e in flat.entities.items()}
    told["light.floor_lamp"] = replace(told["light.floor_lamp"], state="on")
    told["cover.garage"] = replace(told["cover.garage"], attributes={**told["cover.garage"].attributes, "current_position": 0})
    return replace(flat, entities=told)


HOME = _home()
START = datetime(2026, 3, 27, 20, 0, tzinfo=UTC)
"""Two nights before the clocks change."""
WATCHED = {"lock.front": "lock", "cover.garage": "opening", "climate.oven": "hot"}
QUIET = {"ask", "confirm", "decline", "ignore", "answer", "schedule"}
Homed = Mapping[str, Entity]
Step = tuple[Any, ...]
"""("say", text, area, speaker), ("advance", seconds), ("state", (entity, state)) or ("restart",)"""


class Life:
    """One agent on one store, spoken to in order, that may die and come back; every line is checked."""

    def __init__(self, folder: Path, loaded: app.Understanding) -> None:
        self._folder, self._loaded = folder, loaded
        self._live = LiveHome(HOME)
        self._wire = Wire(self._live)
        self._judge = Judge(WATCHED)
        self._stack = AsyncExitStack()
        self.now = START
        self.told: Counter[str] = Counter()

    async def open(self) -> None:
        self._agent = await self._stack.enter_async_context(app.hearth(Config(), self._live, self._wire, self._folder, loaded=self._loaded))
        self._pipe = Pipe(self._agent, self.now)

    async def close(self) -> None:
        await self._stack.aclose()

    def entities(self) -> Homed:
        return self._live.snapshot().entities

    async def line(self, **line: Any) -> dict[str, Any]:
        """One line and its answer; nothing that it does goes unseen, and no harm is done."""
        before = self._live.snapshot()
        self._wire.calls.clear()
        answer: dict[str, Any] = json.loads(json.dumps(await self._pipe.answer(json.dumps({**line, "at": self.now.isoformat()})), default=str))
        assert "error" not in answer, answer
        if line["type"] in ("say", "advance", "state"):
            assert self._judge.line(line, answer, self._wire.calls, before, self.now).harm == [], (line, answer)
        return answer

    async def waiting(self) -> dict[str, dict[str, Any]]:
        return {p["id"]: p for p in (await self.line(type="pending"))["pending"]}

    async def fall(self, after: float) -> None:
        """Time passes: exactly what was due until then happens, once; what recurs waits for its next time."""
        was = await self.waiting()
        self.now += timedelta(seconds=after)
        expected = Counter(i for i, p in was.items() if p["due"] and datetime.fromisoformat(p["due"]) <= self.now)
        fired = await self.line(type="advance")
        told = Counter(due["id"] for due in fired.get("due", ()))
        assert told == expected, (was, fired)
        self.told += told
        left = await self.waiting()
        assert all(datetime.fromisoformat(p["due"]) > self.now for p in left.values() if p["due"]), left
        assert {i for i in was if i not in left} == {i for i in expected if "rrule" not in was[i]}, (was, left)

    async def say(self, text: str, area: str = "living_room", speaker: str = "", after: float = 2.0) -> dict[str, Any]:
        """What falls due first, then the words: what is done is told, and only where the outcome is act."""
        await self.fall(after)
        before = self.entities()
        answer = await self.line(type="say", text=text, area=area, conversation="main", speaker=speaker or None)
        assert answer.get("due", []) == [], answer
        done = Counter(self._wire.calls)
        assert done == (Counter(calls_of(answer["actions"])) if answer["outcome"] == "act" else Counter()), answer
        assert answer["outcome"] == "act" or self.entities() == before, answer
        assert answer["outcome"] in QUIET or done, answer
        return answer

    async def state(self, entity: str, state: str) -> None:
        """The world moves a thing: of what waits for no time, each may happen once."""
        await self.fall(1.0)
        was = await self.waiting()
        answer = await self.line(type="state", entity_id=entity, state=state, by="person")
        await self._fell(was, answer)

    async def _fell(self, was: Mapping[str, Mapping[str, Any]], answer: Mapping[str, Any]) -> None:
        left = await self.waiting()
        told = Counter(due["id"] for due in answer.get("due", ()))
        self.told += told
        assert all(was[i]["due"] is None and count == 1 for i, count in told.items()), (was, answer)
        assert {i for i in was if i not in left} == set(told), (was, left, answer)

    async def restart(self) -> None:
        """The agent ends and comes back on its store: what waits is what waited."""
        was = await self.waiting()
        await self.close()
        await self.open()
        assert await self.waiting() == was

    async def step(self, step: Step) -> None:
        match step:
            case ("say", text, area, speaker):
                await self.say(text, area, speaker)
            case ("advance", seconds):
                await self.fall(seconds)
            case ("state", (entity, state)):
                await self.state(entity, state)
            case _:
                await self.restart()

    async def fired(self) -> Counter[str]:
        """All that fell due, as the log has it."""
        return Counter(await self._agent.store.fired_ids())


def restored(was: Entity, now: Entity) -> bool:
    """The state and all attributes that it had are back; of a lamp or a fan that is off the state alone: what is off has no brightness."""
    dark = was.domain in ("light", "fan") and was.state == "off"
    return now.state == was.state and (dark or all(now.attributes.get(key) == value for key, value in was.attributes.items()))


async def lived(story: Callable[[Life], Awaitable[None]], loaded: app.Understanding) -> None:
    """A life on a store of its own, in which that happens."""
    with tempfile.TemporaryDirectory() as folder:
        life = Life(Path(folder) / "store", loaded)
        await life.open()
        try:
            await story(life)
        finally:
            await life.close()
