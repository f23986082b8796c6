"""The judge: the first stage that failed, from what was wanted and what the agent answered. It knows nothing of agent.learn."""

from collections.abc import Iterable, Mapping
from typing import Any

from benchmarks.failure_points.house import Goal

STAGES = ("false_wake", "asr", "nlu", "entity_resolution", "result", "correct")

Answer = Mapping[str, Any]


def right(goal: Goal, answer: Answer, restored: Iterable[str] = ()) -> bool:
    """It did what was wanted, to nothing else; `restored` are things that it put back beside."""
    if answer["outcome"] != "act":
        return False
    own = [a for a in answer["actions"] if goal.thing.entity_id in a["entity_id"]]
    moved = {e for a in answer["actions"] for e in a["entity_id"]} - set(restored)
    good = bool(own) and own[-1]["service"].partition(".")[2] == goal.service and own[-1]["verified"] is not False
    if goal.value is not None:
        good = good and own[-1]["data"].get("brightness_pct") == goal.value
    return good and moved == {goal.thing.entity_id}


def would_be_right(goal: Goal, answer: Answer) -> bool:
    """What it proposes, or would have done, is what was wanted."""
    return right(goal, {**answer, "actions": [{**a, "verified": None} for a in answer["actions"]]})


def asks_well(goal: Goal, answer: Answer) -> bool:
    """Its question has what was wanted in it, answered or not."""
    if answer["outcome"] == "confirm":
        return would_be_right(goal, {**answer, "outcome": "act"})
    return answer["outcome"] == "ask" and goal.thing.entity_id in answer["targets"] and bool(goal.intents & {reading(answer)["intent"]})


def reading(answer: Answer) -> Mapping[str, Any]:
    """The likeliest; of no intent where there is none."""
    found: Mapping[str, Any] = (answer["interpretations"] or [{"intent": "", "slots": {}}])[0]
    return found


def first_failed(goal: Goal, answer: Answer, as_said: Answer | None) -> str:
    """The stage at which an answer failed that was not what was wanted. `as_said`: what it would have done, where it was heard otherwise."""
    if as_said is not None:
        offered = as_said["outcome"] in ("ask", "confirm") and goal.thing.entity_id in as_said["targets"]
        if offered or would_be_right(goal, as_said):
            return "asr"
    read = reading(answer)
    if read["intent"] not in goal.intents or (goal.value is not None and read["slots"].get("brightness") != goal.value):
        return "nlu"
    return "entity_resolution" if set(answer["targets"]) != {goal.thing.entity_id} else "result"
