"""Reads and plays tests/conversations/*.txt.

Each file names its home, then holds conversations that begin with "## title". Lines: `at:` and `area:` / `speaker:` / `wake:` / `talk:` (the
conversation) for what follows (nothing behind the colon takes it back); `set: ENTITY JSON` / `hardware: DEVICE JSON` another name, room, screen...;
`learn:` the learners run; `state: ENTITY STATE [JSON attributes]`; `advance: ISO`; `U:` what is said; `A:` what is answered (with * for
any words); `targets: ENTITY[,ENTITY]` what is meant or offered; `why: SIGNAL` one of the reasons given for a target;
`hand: ENTITY STATE` somebody did it by hand; `thing: ENTITY JSON` a new thing; `restart:` the agent is closed and started on
the same store; `pending: N` so many things are due or waited for; `hypotheses: one|other` instead of U:;
`rewrite: SENTENCE` what it was read as, or none; `served: WORDS|WORDS` the pairs that are served;
`do: SERVICE ENTITY[,ENTITY] [JSON data]` in order, or `do: nothing`; `is: OUTCOME`; `due: words` for what an advance said.
"""

import fnmatch
import json
import re
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from agent import app
from agent.config import Config, LearningSettings
from agent.doors.pipe import Pipe
from devices.given import GivenDevices, load_home
from devices.home import Entity, Home, LiveHome

HERE = Path(__file__).parent
SETTINGS = Config(learning=LearningSettings(hold_out=0.0))
START = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)


@dataclass
class Script:
    file: str
    home: str
    title: str
    lines: list[tuple[int, str, str]] = field(default_factory=list)


def scripts() -> Iterator[Script]:
    """Every conversation of every file."""
    for path in sorted((HERE / "conversations").glob("*.txt")):
        home, script = "flat", None
        for number, raw in enumerate(path.read_text().splitlines(), 1):
            line = raw.strip()
            if line.startswith("## "):
                if script is not None:
                    yield script
                script = Script(path.stem, home, line[3:])
            elif line and not line.startswith("#"):
                key, _, value = line.partition(":")
                if key == "home":
                    home = value.strip()
                else:
                    assert script is not None, f"{path}:{number}: a line before the first title"
                    script.lines.append((number, key.strip(), value.strip()))
        if script is not None:
            yield script


class Player:
    """Plays one script against a whole agent behind the pipe."""

    def __init__(self, pipe: Pipe, live: LiveHome) -> None:
        self._pipe = pipe
        self._live = live
        self.begin()

    def begin(self) -> None:
        """Another script of the same home."""
        self._said: dict[str, Any] = {"conversation": "main"}
        self._answer: dict[str, Any] = {}
        self._done = 0

    async def line(self, key: str, value: str) -> None:
        own = {
            "U": self._user,
            "hypotheses": self._heard,
            "state": self._state,
            "hand": self._by_hand,
            "thing": self._thing,
            "advance": self._advance,
            "pending": self._pending,
            "set": self._set,
            "hardware": self._hardware,
            "learn": self._learn,
        }
        await own.get(key, self._plain)(value, key)

    async def _ask(self, **line: Any) -> dict[str, Any]:
        answer = await self._pipe.answer(json.dumps(line))
        assert "error" not in answer, answer
        return answer

    async def _user(self, value: str, key: str) -> None:
        self._all_done()
        self._answer = await self._ask(type="say", text=value, **self._said)
        self._said.pop("at", None)
        self._done = 0

    async def _heard(self, value: str, key: str) -> None:
        self._all_done()
        heard = [{"text": text, "confidence": 0.6 - 0.01 * i} for i, text in enumerate(value.split("|"))]
        self._answer = await self._ask(type="say", hypotheses=heard, **self._said)
        self._said.pop("at", None)
        self._done = 0

    async def _by_hand(self, value: str, key: str) -> None:
        entity, state = value.split()
        await self._ask(type="state", entity_id=entity, state=state, by="person")

    async def _thing(self, value: str, key: str) -> None:
        entity_id, given = value.split(maxsplit=1)
        more = {"attributes": {}, **json.loads(given)}
        domain = entity_id.partition(".")[0]
        self._live.put(Entity(entity_id, more.pop("name"), domain=domain, kind=domain, **more))

    async def _pending(self, value: str, key: str) -> None:
        waiting = (await self._ask(type="pending"))["pending"]
        assert len(waiting) == int(value), waiting

    def moved_to(self, pipe: Pipe) -> None:
        """The agent was started anew."""
        self._pipe = pipe

    async def _state(self, value: str, key: str) -> None:
        entity, state, *rest = value.split(maxsplit=2)
        await self._ask(type="state", entity_id=entity, state=state, attributes=json.loads(rest[0]) if rest else None)

    async def _set(self, value: str, key: str) -> None:
        entity_id, given = value.split(maxsplit=1)
        known, more = self._live.snapshot().entities[entity_id], json.loads(given)
        self._live.put(replace(known, **{**more, "attributes": {**known.attributes, **more.get("attributes", {})}}))

    async def _hardware(self, value: str, key: str) -> None:
        device_id, given = value.split(maxsplit=1)
        self._live.put_device(replace(self._live.snapshot().devices[device_id], **json.loads(given)))

    async def _learn(self, value: str, key: str) -> None:
        self._all_done()
        assert (await self._ask(type="learn"))["ok"] is True
        self._answer = {}

    async def _advance(self, value: str, key: str) -> None:
        self._all_done()
        told = await self._ask(type="advance", at=value)
        self._answer = {"actions": told["actions"], "say": " ".join(told["say"]), "outcome": "due"}
        self._done = 0

    async def _plain(self, value: str, key: str) -> None:
        if key in ("at", "area", "speaker", "device"):
            self._said[key] = value or None
        elif key == "wake":
            self._said["wake"] = float(value)
        elif key == "talk":
            self._said["conversation"] = value
        elif key == "A":
            assert fnmatch.fnmatchcase(self._answer["say"], re.sub(r"([\[\]?])", r"[\1]", value)), f"said {self._answer['say']!r}, not {value!r}"
        elif key == "is":
            assert self._answer["outcome"] == value, self._answer
        elif key == "targets":
            assert sorted(self._answer["targets"]) == sorted(value.split(",")), self._answer
        elif key == "why":
            assert value in {w["signal"] for w in self._answer["why"]}, self._answer["why"]
        elif key == "rewrite":
            found = self._answer["rewrite"]
            assert (found["target"] if found else "none") == value, found
        elif key == "served":
            pairs = (await self._ask(type="rewrites"))["rewrites"]
            assert [p["source"] for p in pairs if p["state"] == "serving" and p["layer"] != "taught"] == [v for v in value.split("|") if v], pairs
        elif key == "do":
            self._did(value)
        else:
            raise AssertionError(f"a conversation has no line {key!r}")

    def _did(self, value: str) -> None:
        actions = self._answer["actions"]
        if value == "nothing":
            assert actions == [] or self._answer["outcome"] == "confirm", actions
            return
        service, entities, *data = value.split(maxsplit=2)
        assert self._done < len(actions), f"nothing more was done: {actions}"
        action = actions[self._done]
        self._done += 1
        assert (action["service"], action["entity_id"]) == (service, entities.split(",")), action
        assert action["data"] == (json.loads(data[0]) if data else {}), action

    def _all_done(self) -> None:
        """Where a script tells what was done, it tells all of it."""
        assert self._done in (0, len(self._answer.get("actions", ()))), f"more was done: {self._answer['actions']}"

    def end(self) -> None:
        self._all_done()


@cache
def _understanding() -> app.Understanding:
    """One for all conversations: it holds no state but the last home's names."""
    return app.reader(Config())


async def play(scripts: Script | list[Script], folder: Path) -> None:
    """The whole script, line by line; an AssertionError names the line. Several are one conversation, with the home put back between them."""
    parts = scripts if isinstance(scripts, list) else [scripts]
    home = load_home(HERE / "homes" / f"{parts[0].home}.json")
    live = LiveHome(home)
    async with AsyncExitStack() as stack:

        async def started() -> Pipe:
            await stack.aclose()
            return Pipe(await stack.enter_async_context(app.hearth(SETTINGS, live, GivenDevices(live), folder, loaded=_understanding())), START)

        player = Player(await started(), live)
        for script in parts:
            _put_back(live, home)
            player.begin()
            for number, key, value in script.lines:
                try:
                    if key == "restart":
                        player.moved_to(await started())
                    else:
                        await player.line(key, value)
                except AssertionError as error:
                    raise AssertionError(f"{script.file}.txt:{number} ({script.title}) {key}: {value}\n{error}") from None
            player.end()


def _put_back(live: LiveHome, home: Home) -> None:
    for entity in home.entities.values():
        live.put(entity)
    for device in home.devices.values():
        live.put_device(device)
