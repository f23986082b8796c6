"""Scores the reader on rows of the halves, with the judge of ../shared/eval/score.py."""

import importlib.util
import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

from agent.decide import doubtful
from agent.records import Context, Hypothesis
from agent.understand.reader import Reader
from devices.home import Area, Entity, Floor, Home
from devices.kinds import infer
from training.data import SHARED

HOUSES = {"ha_tests_2026": "ha2026", "ha_tests_2025": "ha2025", "hads_e2e": "hads"}
NOW = datetime(2026, 3, 10, 10, tzinfo=UTC)
_PLACED = ("HassMedia", "HassSetVolume", "HassClimate", "HassLight", "HassVacuumClean")
"""Intents whose open place resolution takes to be the speaker's room."""


def judge_module() -> ModuleType:
    """../shared/eval/score.py as a module; FileNotFoundError where it is not there."""
    path = SHARED / "score.py"
    spec = importlib.util.spec_from_file_location("hearth_score", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def home_of(house: Mapping[str, Any]) -> Home:
    """A house of the evaluation sets as a home."""
    entities = {}
    for e in house["entities"]:
        domain = e.get("domain") or e["entity_id"].partition(".")[0]
        attributes = e.get("attributes") or {}
        kind = e.get("kind") or infer(e["name"], domain, attributes.get("device_class"), attributes=attributes)
        entities[e["entity_id"]] = Entity(
            e["entity_id"], e["name"], tuple(e.get("aliases") or ()), e.get("area"), None, domain, kind, str(e.get("state")), attributes
        )
    areas = {a["area_id"]: Area(a["area_id"], a["name"], tuple(a.get("aliases") or ()), a.get("floor")) for a in house["areas"]}
    floors = {f["floor_id"]: Floor(f["floor_id"], f["name"]) for f in house.get("floors") or []}
    return Home(areas=areas, floors=floors, entities=entities)


def area_id(home: Home, said: str | None) -> str | None:
    wanted = (said or "").strip("_").replace("_", " ").casefold()
    return next((i for i, a in home.areas.items() if wanted and wanted in (a.name.casefold(), i.replace("_", " ").casefold())), None)


class Judge:
    """Counts rows of any set; what it missed is in `misses`."""

    def __init__(self) -> None:
        self._score = judge_module()
        self._counts: dict[str, Counter[str]] = defaultdict(Counter)
        self._houses: dict[str, tuple[dict[str, Any], Home]] = {}
        self.misses: list[dict[str, Any]] = []

    def rows(self, name: str) -> list[dict[str, Any]]:
        """The rows of a set, those of one house together."""
        found = [json.loads(line) for line in (SHARED / f"{name}.jsonl").read_text().splitlines()]
        return sorted(found, key=lambda r: str(r["house"]))

    def row(self, name: str, row: Mapping[str, Any], reader: Reader) -> bool:
        """Reads one row in its house and counts it; true where it is right."""
        house, home = self._house(name, row)
        context = Context(NOW, home, area_id(home, (row.get("context") or {}).get("area")))
        clauses = reader.understand((Hypothesis(row["text"]),), context)
        tops = [_with_room({"intent": c[0].intent, "slots": dict(c[0].slots)}, context) for c in clauses if c]
        count = self._counts[name]
        if row["intent"] == "MULTI":
            good = _multi(row, tops, count)
        else:
            asked = any(doubtful(c[0]) for c in clauses if c)
            turn: dict[str, Any] = {"outcome": "confirm" if asked else "act" if tops else "decline", "actions": [], "targets": []}
            top = tops[0] if tops else {"intent": None, "slots": {}}
            good = bool(self._score.judge(_kind(name), row, turn, bool(tops), tops, top, house, {}, count))
        if not good:
            got = [[x["intent"], x["slots"]] for x in tops]
            want = [row["intent"], row.get("accept"), row.get("slots")]
            self.misses.append({"set": name, "text": row["text"], "want": want, "got": got, "by": [c[0].by for c in clauses if c]})
        return good

    def report(self) -> dict[str, Any]:
        return {name: _without_times(self._score.report(_kind(name), count, [])) for name, count in self._counts.items()}

    def _house(self, name: str, row: Mapping[str, Any]) -> tuple[dict[str, Any], Home]:
        place = str((row.get("context") or {}).get("area") or "")
        key = f"{row['house']}/{place}"
        if key not in self._houses:
            stem = HOUSES.get(name, "homellm" if name.startswith("homellm") else "stress")
            houses = json.loads((SHARED / "houses" / f"{stem}.json").read_text())
            houses = {houses["house"]: houses} if "entities" in houses else houses
            house = self._score.house_of(houses, row["house"], [place])
            self._houses[key] = (house, home_of(house))
        return self._houses[key]


def _kind(name: str) -> str:
    return "ha_tests" if name.startswith("ha_tests") else "set"


def _without_times(figures: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in figures.items() if k != "ms"}


def _multi(row: Mapping[str, Any], tops: list[dict[str, Any]], count: Counter[str]) -> bool:
    """The intents in order; a list of names stands for as many commands."""
    have = [t["intent"] for t in tops for _ in range(len(t["slots"]["name"]) if isinstance(t["slots"].get("name"), list) else 1)]
    want = [{a["intent"], *a["accept"]} for a in row["actions"]]
    good = len(have) == len(want) and all(h in w for h, w in zip(have, want, strict=True))
    count["rows"] += 1
    count["multi_n"] += 1
    count["multi"] += good
    return good


def _with_room(top: dict[str, Any], context: Context) -> dict[str, Any]:
    """What resolution adds: an open place is the speaker's room."""
    slots = top["slots"]
    if (
        context.area
        and not slots.keys() & {"area", "floor", "name"}
        and (slots.keys() & {"domain", "device_class"} or top["intent"].startswith(_PLACED))
    ):
        slots["area"] = context.home.areas[context.area].name
    return top
