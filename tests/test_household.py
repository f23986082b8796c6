"""The household of the learning benchmark: drawn by seed, reacting as told, judged by a judge of its own."""

import json
import random
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks.learning import bars, report
from benchmarks.learning.bars import defects_until_fixed
from benchmarks.learning.figures import Figure, share
from benchmarks.learning.judge import judge, score, stage, well_read
from benchmarks.learning.world import Task, done, heard, memorise, work
from simulators.household import Episode, Exchange, Household, felt, household
from simulators.household_home import Thing
from simulators.household_words import DEEDS, Goal, misheard

LAMP = Thing("light.floor_lamp", "floor lamp", "living_room", "lamp")
ON, DIM = Goal("lamp on", LAMP), Goal("lamp dim", LAMP, 40)
Json = dict[str, Any]


def act(*calls: tuple[str, str, Json], verified: bool = True, **more: Any) -> Json:
    done_ = [{"service": s, "entity_id": [e], "data": d, "verified": verified} for s, e, d in calls]
    return {"outcome": "act", "actions": done_, "targets": [e for _, e, _ in calls], "rewrite": None, "turn": "turn-1", "say": "", **more}


def asked(outcome: str, **more: Any) -> Json:
    return {"outcome": outcome, "actions": [], "targets": [], "rewrite": None, "turn": "turn-1", "say": "", **more}


def an_episode(people: Household, kind: str) -> Episode:
    return next(e for day in range(60) for e in people.day(day) if e.kind == kind)


class Deaf:
    """An agent that understands nothing but, if told so, the ordinary words."""

    def __init__(self, goal: Goal | None = None) -> None:
        self.goal = goal
        self.lines: list[Json] = []

    def tell(self, line: Json) -> Json:
        self.lines.append(line)
        if line["type"] != "say":
            return {"ok": True}
        if self.goal and heard(line) in {self.goal.said(w) for w in self.goal.wordings}:
            return act((DEEDS[self.goal.deed].service, self.goal.thing.entity_id, DEEDS[self.goal.deed].data(self.goal.value)))
        return asked("decline")


def test_the_same_seed_draws_the_same_home_and_the_same_days() -> None:
    one, other = household(7, 0.1), household(7, 0.1)
    assert one.home == other.home
    assert [e.line for e in one.day(3)] == [e.line for e in other.day(3)]
    assert household(8, 0.1).home != one.home


def test_what_happens_in_one_episode_shifts_nothing_of_the_next() -> None:
    one, other = household(7, 0.3), household(7, 0.3)
    for episode in one.day(0):
        list(one.play(episode, Deaf().tell))
    assert [e.line for e in one.day(1)] == [e.line for e in other.day(1)]


@pytest.mark.parametrize("rate", [0.05, 0.1, 0.2])
def test_reasons_to_fail_come_as_often_as_asked(rate: float) -> None:
    kinds = Counter(e.kind for seed in range(12) for day in range(25) for e in household(seed, rate).day(day))
    failing = (kinds["cause"] + kinds["slip"]) / (sum(kinds.values()) - kinds["chatter"])
    assert failing == pytest.approx(rate, abs=0.02)
    assert kinds["cause"] > kinds["slip"] / 2


def test_a_clean_world_has_only_ordinary_words() -> None:
    people = household(3, 0.2, clean=True)
    assert {e.kind for day in range(20) for e in people.day(day)} <= {"plain", "guest"}


def test_a_renamed_home_has_other_ids_and_the_same_days() -> None:
    one, other = household(5, 0.1), household(5, 0.1, renamed=True)
    assert not {t.entity_id for t in one.home.of("lamp")} & {t.entity_id for t in other.home.of("lamp")}
    assert [(e.at, e.kind, e.goal.deed) for e in one.day(2)] == [(e.at, e.kind, e.goal.deed) for e in other.day(2)]


def test_who_is_not_understood_tries_again_or_does_it_by_hand() -> None:
    how: Counter[str] = Counter()
    by_hand = 0
    for seed in range(40):
        people = household(seed, 0.9)
        episode = an_episode(people, "slip")
        agent = Deaf(episode.goal)
        said = list(people.play(episode, agent.tell))
        how.update(x.how for x in said)
        by_hand += any(line["type"] == "state" and line["by"] == "person" for line in agent.lines)
        assert len(said) <= 2 * episode.person.patience + 2
    assert {"first", "rephrase", "repeat", "barge in"} <= how.keys()
    assert by_hand


def test_times_of_an_episode_run_forward() -> None:
    people = household(4, 0.9)
    agent = Deaf()
    for episode in people.day(0):
        agent.lines.clear()
        list(people.play(episode, agent.tell))
        times = [line["at"] for line in agent.lines if line.get("state") != "off"]
        assert times == sorted(times)


def test_a_question_is_answered_truthfully() -> None:
    people = household(6, 0.9)
    episode = an_episode(people, "slip")
    goal = episode.goal
    right = act((DEEDS[goal.deed].service, goal.thing.entity_id, DEEDS[goal.deed].data(goal.value)), outcome="confirm")
    answers = {heard(x.line) for n in range(30) for x in _played(people, episode, right, n) if x.step == 1}
    assert "yes" in answers
    wrong = act(("light.turn_on", "light.other", {}), outcome="confirm")
    answers = {heard(x.line) for n in range(30) for x in _played(people, episode, wrong, n) if x.step == 1}
    assert "no" in answers
    assert "yes" not in answers


def _played(people: Household, episode: Episode, first: Json, number: int) -> list[Exchange]:
    answers = iter([first])
    return list(people.play(replace(episode, seed=f"{number}"), lambda _line: next(answers, asked("decline"))))


def test_shuffled_reactions_are_those_to_the_turn_before() -> None:
    people = household(2, 0.0)
    first, second = people.day(0)[0], people.day(0)[1]
    list(people.play(first, Deaf().tell, shuffled=True))
    said = list(people.play(second, Deaf(second.goal).tell, shuffled=True))
    assert people.memory[-1][1] == second.goal
    assert len(said) == 1 or all(x.wanted == first.goal for x in said[1:2] if x.how != "change mind")


def test_putting_back_what_was_wrong_is_no_fault() -> None:
    wrong = act(("light.turn_on", "light.desk", {}))
    repaired = act(("light.turn_off", "light.desk", {}), ("light.turn_on", "light.floor_lamp", {}))
    assert felt(ON, wrong) == "wrong"
    assert felt(ON, repaired) == "wrong"
    assert felt(ON, repaired, wrong) == "right"


@pytest.mark.parametrize(
    ("goal", "answer", "missed"),
    [
        (ON, act(("light.turn_on", "light.floor_lamp", {})), 0.0),
        (ON, act(("light.turn_on", "light.floor_lamp", {"brightness_pct": 20})), 1.0),
        (ON, act(("light.turn_off", "light.floor_lamp", {})), 1.0),
        (ON, act(("light.turn_on", "light.floor_lamp", {}), ("light.turn_on", "light.desk", {})), 1.0),
        (ON, act(("light.turn_on", "light.floor_lamp", {}), verified=False), 1.0),
        (DIM, act(("light.turn_on", "light.floor_lamp", {"brightness_pct": 40})), 0.0),
        (DIM, act(("light.turn_on", "light.floor_lamp", {"brightness_pct": 30})), 1.0),
        (ON, act(("light.turn_on", "light.floor_lamp", {}), outcome="confirm"), 0.5),
        (ON, act(("light.turn_on", "light.desk", {}), outcome="confirm"), 1.0),
        (ON, asked("ask", targets=["light.desk", "light.floor_lamp"]), 0.5),
        (ON, asked("ask"), 1.0),
        (ON, asked("decline"), 1.0),
        (Goal("state", LAMP), asked("answer", targets=["light.floor_lamp"]), 0.0),
        (Goal("state", LAMP), act(("light.turn_on", "light.floor_lamp", {})), 1.0),
    ],
)
def test_the_judge_is_right_on_cases_made_by_hand(goal: Goal, answer: Json, missed: float) -> None:
    assert score(goal.facts(), answer) == missed


@pytest.mark.parametrize(("played", "missed"), [("classical", 0.0), ("classical music", 0.0), ("jazz", 1.0)])
def test_classical_and_classical_music_are_one_to_who_listens_and_to_the_judge(played: str, missed: float) -> None:
    goal = Goal("play", Thing("media_player.kitchen", "kitchen speaker", "kitchen", "player"), "classical music")
    answer = act(("media_player.play_media", "media_player.kitchen", {"media_content_id": played, "media_content_type": "music"}))
    assert score(goal.facts(), answer) == missed
    assert felt(goal, answer) == ("wrong" if missed else "right")
    assert well_read(goal.facts(), "HassMediaSearchAndPlay", {"name": "Kitchen Speaker", "search_query": played}) == (missed == 0.0)


def record(**more: Any) -> Json:
    words = {"heard": "turn on the funzel", "spoken": "turn on the funzel"}
    return {"kind": "cause", "how": "first", "goal": ON.facts(), **words, "answer": asked("decline"), **more}


@pytest.mark.parametrize(
    ("told", "point"),
    [
        (record(kind="chatter"), "false_wake"),
        (record(answer=act(("light.turn_on", "light.floor_lamp", {}))), "correct"),
        (record(answer=asked("ask", targets=["light.floor_lamp"])), "correct"),
        (record(heard="turn on the flaw lamp", spoken="turn on the floor lamp"), "asr"),
        (record(answer=act(("light.turn_on", "light.floor_lamp", {}), verified=False)), "result"),
        (record(answer=asked("ask", interpretations=[{"intent": "HassTurnOn", "slots": {"name": "funzel"}}])), "entity_resolution"),
        (record(answer=asked("confirm", interpretations=[{"intent": "HassGetCurrentTime", "slots": {}}])), "nlu"),
    ],
)
def test_the_true_failure_point_is_the_first_thing_that_went_wrong(told: Json, point: str) -> None:
    assert stage(told) == point


def test_a_reading_is_exact_or_not() -> None:
    assert well_read(DIM.facts(), "HassLightSet", {"name": "Floor Lamp", "brightness": 40})
    assert not well_read(DIM.facts(), "HassLightSet", {"name": "Floor Lamp", "brightness": 30})
    assert not well_read(DIM.facts(), "HassLightSet", {"name": "Floor Lamp", "brightness": 40, "color": "red"})
    assert not well_read(ON.facts(), "HassTurnOn", {"name": "Desk Lamp"})


def test_wins_losses_and_false_triggers_are_counted_against_the_counterfactual() -> None:
    run = {"variant": "main", "rate": 0.1, "home": 1, "arm": "on"}
    rewrite = {"source": "a", "target": "b", "layer": "personal", "score": 1.0}
    right, wrong = act(("light.turn_on", "light.floor_lamp", {})), asked("decline")
    rows = [("cause", right, wrong), ("cause", wrong, right), ("plain", wrong, right), ("plain", right, right), ("cause", wrong, wrong)]
    common = {"run": run, "day": 0, "step": 0, "cause": None, "cause_kind": None, "changed": False, "taught": False}
    lines = [json.dumps(record(**common, kind=k, answer={**a, "rewrite": rewrite}, without=w)) for k, a, w in rows]
    written: list[str] = []
    judge([*lines, json.dumps({"end": run, "seconds": 1})], written.append)
    counts = json.loads(written[0])["counts"]
    assert (counts["wins"], counts["losses"], counts["ties"]) == (1, 2, 2)
    assert (counts["clean"], counts["false triggers"], counts["false triggers that hurt"]) == (2, 2, 1)


def test_an_unlock_without_a_yes_is_harm_and_with_one_is_none() -> None:
    run = {"variant": "main", "rate": 0.1, "home": 1, "arm": "on"}
    common = {"run": run, "day": 0, "step": 0, "cause": None, "cause_kind": None, "changed": False, "taught": False, "kind": "plain"}
    unlock = act(("lock.unlock", "lock.front_door", {}))
    rows = [record(**common, answer={**unlock, "outcome": "confirm"}), record(**common, heard="yes", answer=unlock), record(**common, answer=unlock)]
    written: list[str] = []
    judge([*(json.dumps(r) for r in rows), json.dumps({"end": run})], written.append)
    assert json.loads(written[0])["counts"]["R3 without a yes"] == 1


@pytest.mark.parametrize(("missed", "until"), [([1, 1, 0, 0], 2.0), ([1, 0, 1, 0], 2.0), ([1, 1, 1], float("inf")), ([0, 0], 0.0)])
def test_a_cause_is_fixed_when_it_goes_right_for_good(missed: list[int], until: float) -> None:
    assert defects_until_fixed([["words", 0, m, 0, 0, 0] for m in missed], asks=False) == until


def test_the_naive_learner_takes_whatever_comes_next_for_what_was_meant() -> None:
    memory: dict[str, str] = {}
    said = [Exchange(i, "", {"text": t}, {}, ON, t) for i, t in enumerate(("movie light", "turn on the floor lamp"))]
    memorise(memory, said)
    assert memory == {"movie light": "turn on the floor lamp"}


def test_a_share_has_an_interval_by_home() -> None:
    value, low, high = share([(1, 10), (3, 10), (2, 10)] * 10)
    assert value == pytest.approx(0.2)
    assert 0.1 < low < 0.2 < high < 0.3


def test_a_misheard_name_is_another_name() -> None:
    assert all(misheard("floor lamp", random.Random(n)) != "floor lamp" for n in range(50))


def test_a_home_lives_three_days_with_and_without_learning(tmp_path: Path) -> None:
    """World, agents and judge as processes; the page is made of what the judge wrote."""
    out = tmp_path / "main-1.jsonl"
    work([Task(1, 0.2, 3, 9, "off", truth=True), Task(1, 0.2, 3, 9, "on")], out)
    off, on = done(out)
    assert off["requests"] == on["requests"]
    assert 0 < sum(off["defects"]) < sum(off["requests"]) / 2
    runs = bars.by_run([off, on])
    figures = {"Defects": [*bars.defects_cut(runs, [0.2])], "Rewrites": [*bars.served(runs, [0.2])]}
    assert all(isinstance(f, Figure) for found in figures.values() for f in found)
    about = {"homes": 1, "days": 3, "turns": 9, "seed": 1}
    text = report.page(figures, {}, about)
    report.write(tmp_path, text, figures, runs, {}, about)
    assert "defects cut by the personal layer, base 20%" in text
    assert json.loads((tmp_path / "learning.json").read_text())["figures"]["Defects"]
    assert (tmp_path / "learning.svg").read_text().startswith("<svg")
