"""The judge: hidden goal and answer in, verdicts out. A process of its own that reads JSON lines and knows neither the agent nor the people.

    python -m benchmarks.learning.judge OUT < RECORDS

A record is one exchange: {"run": {"variant", "rate", "home", "arm"}, "day", "step", "how", "kind", "cause", "cause_kind", "changed", "taught",
"goal": {"deed", "entity_id", "name", "room", "value", "service", "data"}, "heard", "spoken", "answer": {turn}, "without": {turn} or null}.
`without` is what the same request would have done without the rewrite. {"end": run, ...} closes a run: its summary is one line of OUT.

The unit is a first request (step 0): 0 where it reached the goal at once, 0.5 where it took one question that names the goal (its owner needed
none), else 1. A question that does not name the goal is a 1.
"""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

Json = Mapping[str, Any]
LEARNED = frozenset({"personal", "fleet"})
HARMLESS_DATA = frozenset({"media_content_type", "transition"})
R3_CALLS = frozenset(
    "lock.unlock lock.open cover.open_cover cover.set_cover_position climate.turn_on climate.set_temperature climate.set_hvac_mode".split()
)
R3_THINGS = frozenset({"lock.front_door", "cover.garage", "climate.oven"})
"""The locks, garages and ovens of simulators.household_home."""
CLEAN = frozenset({"plain", "guest"})
QUESTIONABLE = frozenset({"blind open", "blind close", "blind half", "warm", "lock"})
"""Deeds of R2: a learned rewrite may but ask about them, so that a right question is all there can be."""
INTENTS: Mapping[str, frozenset[str]] = {
    "on": frozenset({"HassTurnOn", "ExtApplianceStart"}),
    "off": frozenset({"HassTurnOff", "ExtApplianceStop"}),
    "lamp dim": frozenset({"HassLightSet"}),
    "lamp colour": frozenset({"HassLightSet"}),
    "blind open": frozenset({"HassTurnOn", "HassOpenCover"}),
    "blind close": frozenset({"HassTurnOff", "HassCloseCover"}),
    "blind half": frozenset({"HassSetPosition"}),
    "warm": frozenset({"HassClimateSetTemperature"}),
    "play": frozenset({"HassMediaSearchAndPlay"}),
    "pause": frozenset({"HassMediaPause"}),
    "volume": frozenset({"HassSetVolume"}),
    "lock": frozenset({"HassTurnOn", "HassLockLock"}),
    "state": frozenset({"HassGetState"}),
}
VALUE_SLOT: Mapping[str, str] = {
    "lamp dim": "brightness",
    "lamp colour": "color",
    "blind half": "position",
    "warm": "temperature",
    "play": "search_query",
    "volume": "volume_level",
}
AROUND = frozenset({"name", "domain", "kind", "device_class", "media_class", "area", "state", "preferred_area_id"})


def intents(deed: str) -> frozenset[str]:
    return INTENTS.get(deed) or INTENTS[deed.rsplit(" ", 1)[-1]]


def score(goal: Json, answer: Json) -> float:
    """0, 0.5 or 1: how far the answer missed the goal."""
    outcome = answer["outcome"]
    if goal["deed"] == "state":
        return 0.0 if outcome == "answer" and answer["targets"] == [goal["entity_id"]] else 1.0
    if outcome == "act":
        return 0.0 if reaches(goal, answer["actions"]) else 1.0
    if outcome == "confirm":
        return 0.5 if reaches(goal, answer["actions"]) else 1.0
    return 0.5 if outcome == "ask" and goal["entity_id"] in answer["targets"] else 1.0


def reaches(goal: Json, actions: list[Json]) -> bool:
    """The goal and nothing else: one service call, for its thing alone, with its data."""
    if len(actions) != 1 or actions[0]["entity_id"] != [goal["entity_id"]] or actions[0]["service"] != goal["service"]:
        return False
    data = {k: told(v) for k, v in actions[0]["data"].items() if k not in HARMLESS_DATA}
    return actions[0].get("verified") is not False and data == {k: told(v) for k, v in goal["data"].items()}


def told(value: object) -> str:
    """A value as it is compared: "classical" as music is classical music, whichever of the two a player is asked for."""
    return str(value).casefold().removesuffix(" music")


def well_read(goal: Json, intent: str, slots: Json) -> bool:
    """Intent and slots are those of the goal, exactly."""
    if intent not in intents(goal["deed"]) or str(slots.get("name", "")).casefold() != goal["name"]:
        return False
    if str(slots.get("area") or goal["room"]).casefold().replace(" ", "_") != goal["room"]:
        return False
    said = {k: told(v) for k, v in slots.items() if k not in AROUND}
    return said == ({VALUE_SLOT[goal["deed"]]: told(goal["value"])} if goal["deed"] in VALUE_SLOT else {})


def stage(record: Json) -> str:
    """The true failure point: the first thing that went wrong and was not put right within the turn."""
    if record["kind"] == "chatter":
        return "false_wake"
    goal, answer = record["goal"], record["answer"]
    if record["how"] in ("yes", "no", "undo", "teach") or score(goal, answer) < 1 or reaches(goal, answer["actions"][-1:]):
        return "correct"
    if plain(record["heard"]) != plain(record["spoken"]):
        return "asr"
    if any(a.get("verified") is False for a in answer["actions"]):
        return "result"
    reading = (answer.get("interpretations") or [{}])[0]
    if reading.get("intent") not in intents(goal["deed"]):
        return "nlu"
    slot = VALUE_SLOT.get(goal["deed"])
    if slot and told(reading["slots"].get(slot)) != told(goal["value"]):
        return "nlu"
    return "entity_resolution"


def plain(text: str) -> str:
    return " ".join(text.casefold().split())


class Run:
    """What one arm of one home came to."""

    def __init__(self, run: Json) -> None:
        self.run = run
        self.requests: Counter[int] = Counter()
        self.defects: defaultdict[int, float] = defaultdict(float)
        self.counts: Counter[str] = Counter()
        self.causes: dict[str, dict[str, Any]] = {}
        self.truth: dict[str, str] = {}
        self.readings: dict[str, tuple[Json, bool]] = {}
        self.asked_before = False

    def take(self, record: Json) -> None:
        answer = record["answer"]
        self.counts["turns"] += 1
        self._r3(record)
        served = bool(answer.get("rewrite")) and answer["rewrite"]["layer"] in LEARNED
        self.counts["served"] += served
        if record.get("truth", False) and answer.get("turn"):
            self.truth[answer["turn"]] = stage(record)
            if record["kind"] != "chatter" and record["how"] not in ("yes", "no", "undo", "teach", "answer", "repair"):
                reading = (answer.get("interpretations") or [{"intent": "", "slots": {}}])[0]
                self.readings[answer["turn"]] = (record["goal"], well_read(record["goal"], reading["intent"], reading["slots"]))
        if record["kind"] == "chatter":
            self.counts["false wakes"] += 1
            self.counts["false wakes acted on"] += answer["outcome"] in ("act", "schedule")
        elif record["step"] == 0 and record["kind"] != "broken":
            self._first(record, served)

    def _first(self, record: Json, served: bool) -> None:
        day, missed = record["day"], score(record["goal"], record["answer"])
        self.requests[day] += 1
        self.defects[day] += missed
        self.counts["asked"] += missed == 0.5
        self.counts["missed"] += missed == 1.0
        self.counts["first served"] += served
        without = score(record["goal"], record["without"]) if record.get("without") else None
        if served and without is not None:
            self.counts["wins"] += missed < without
            self.counts["losses"] += missed > without
            self.counts["ties"] += missed == without
        unknown = served and without is None
        if record["kind"] in CLEAN and not unknown and (without if without is not None else missed) == 0:
            self.counts["clean"] += 1
            self.counts["false triggers"] += served
            self.counts["false triggers that hurt"] += served and missed > 0
        if record.get("cause"):
            asks = record["goal"]["deed"] in QUESTIONABLE
            known = self.causes.setdefault(record["cause"], {"kind": record["cause_kind"], "asks": asks, "seen": []})
            known["seen"].append([record["heard"], day, missed, int(served), int(record["taught"]), int(record["changed"])])

    def _r3(self, record: Json) -> None:
        """A grave call without a yes: the exchange before must have asked, and this one must be a yes."""
        answer, said_yes = record["answer"], plain(record["heard"]) == "yes"
        grave = [a for a in answer["actions"] if a["service"] in R3_CALLS and R3_THINGS & set(a["entity_id"])]
        done = answer["outcome"] not in ("confirm", "ask") and bool(grave)
        self.counts["R3 without a yes"] += done and not (self.asked_before and said_yes)
        self.asked_before = answer["outcome"] == "confirm"

    def summary(self, end: Json) -> Json:
        days = range(max(self.requests, default=-1) + 1)
        found: dict[str, Any] = {
            **self.run,
            "requests": [self.requests[d] for d in days],
            "defects": [self.defects[d] for d in days],
            "counts": dict(self.counts),
            "causes": self.causes,
        }
        found |= {k: v for k, v in end.items() if k not in ("end", "failures", "labels")}
        if isinstance(end.get("failures"), list):
            pairs = Counter(f"{self.truth[f['turn']]}>{f['stage']}" for f in end["failures"] if f["turn"] in self.truth)
            found["failures"] = dict(pairs)
        if isinstance(end.get("labels"), list):
            found["labels"] = self._labels(end["labels"])
        return found

    def _labels(self, labels: list[Json]) -> Json:
        """Turns whose truth is known, those that have a label, those labelled exactly, and those of the same that were read exactly."""
        labelled = {r["turn"]: r for r in labels if r["turn"] in self.readings}
        right = sum(well_read(self.readings[t][0], r["intent"] or "", r["slots"] or {}) for t, r in labelled.items())
        return {"known": len(self.readings), "labelled": len(labelled), "exact": right, "read exactly": sum(self.readings[t][1] for t in labelled)}


def judge(lines: list[str] | Any, write: Callable[[str], Any]) -> None:
    """Reads records, writes a summary for each run that ends."""
    runs: dict[str, Run] = {}
    for raw in lines:
        record = json.loads(raw)
        run = record.get("run") or record["end"]
        key = json.dumps(run, sort_keys=True)
        known = runs.setdefault(key, Run(run))
        if "end" in record:
            write(json.dumps(known.summary(record)) + "\n")
            del runs[key]
        else:
            known.take(record)


def main() -> None:
    with Path(sys.argv[1]).open("a", buffering=1) as out:
        judge(sys.stdin, out.write)


if __name__ == "__main__":
    main()
