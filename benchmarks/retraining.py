"""Whether retraining the reading from a home's labels helps, and what it harms: `python -m benchmarks.retraining`. Needs ../shared; last line JSON.

The category is trained without one fold of the halves; the fold's rows, which it has not seen, are what people of a home say, read by the
whole reader and judged by ../shared/eval/score.py. Of the rows whose intent was misread half of each intent come as labels, 5 % of them wrong.
500 rows that were read rightly are the home's good turns, for the gate, and its guesses among them for rehearsal. Half of the talk that was taken
for a request comes as false wakes.

Measured: the same sentences again, the same without a small word, the other misread rows (does it generalise?), other rows that were read rightly
(does it harm?), and other talk (is more of it taken for a request?). Canary: the same labels, shuffled. A small home gives 30 labels at most.
"""

import argparse
import json
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from typing import Any

import numpy as np

from agent.app import skills
from agent.learn.gate import Reading, replayed
from agent.learn.retrain import Lesson, fitted
from agent.records import Context, Hypothesis, Interpretation, Label
from agent.retraining import AT, middle, reads
from agent.understand.correction import Correction
from agent.understand.grammar import Grammar
from agent.understand.model import FOLDER, OOD, Settings, TrainedModel
from agent.understand.reader import Reader
from training import data
from training.data import SHARED, Sample
from training.homes import home as made_home
from training.scoring import Judge
from training.understand import Meant, opinions

GOOD = 500
WRONG = 0.05
SMALL = 30
SMALL_WORDS = frozenset("the a an my our your to of in on at for please can could you i is it and some this that would".split())
DRAWS = 1000


@dataclass(frozen=True, slots=True)
class World:
    """What a home's people say, and the model that has not seen it. `right`: whether each row is read rightly as shipped; `meant`: its intent is."""

    rows: tuple[Sample, ...]
    right: tuple[bool, ...]
    meant: tuple[bool, ...]
    reader: Reader
    model: TrainedModel
    centre: np.ndarray[Any, Any]


def world(say: Callable[[str], None]) -> World:
    """Trains the category without the first fold, and reads that fold."""
    grammar = Grammar(skills())
    samples = data.grouped(data.generated(grammar) + data.halves(grammar))
    with ProcessPoolExecutor(2, get_context("spawn")) as beside:
        meant = Meant(samples, beside)
        train, test = next(data.folds(samples))
        found = meant.trained(train, beside)
    model = TrainedModel(opinions(found, meant), Settings(**json.loads((FOLDER / "settings.json").read_text())), grammar, meant)
    reader = Reader(grammar)
    reader.use(model)
    rows = tuple({sample.words: sample for sample in test}.values())
    say(f"trained on {len(train)} sentences; {len(rows)} others are what people say")
    middle_of_all = middle(grammar, made_home(0), model)
    return World(rows, judged(rows, reader), tuple(is_meant(row, reader) for row in rows), reader, model, middle_of_all)


def judged(rows: Iterable[Sample], reader: Reader) -> tuple[bool, ...]:
    """Whether each is read rightly: intent and slots; of talk, that nothing is made of it."""
    judge = Judge()
    return tuple(judge.row(row.source, row.row or {}, reader) for row in rows)


def is_meant(row: Sample, reader: Reader) -> bool:
    """Its intent, or one that the row accepts beside it, is the one that is read."""
    found = reader.understand((Hypothesis(text_of(row)),), Context(AT, made_home(0)))
    told = row.row or {}
    return bool(found) and found[0][0].intent in {row.intent, told.get("intent"), *(told.get("accept") or ())}


def shortened(row: Sample) -> Sample | None:
    """The row without its first small word; None where it has none, or would be short."""
    small = next((i for i, word in enumerate(row.words) if word in SMALL_WORDS), None)
    if small is None or len(row.words) < 4:
        return None
    words = row.words[:small] + row.words[small + 1 :]
    return replace(row, words=words, row={**(row.row or {}), "text": " ".join(words)})


@dataclass(frozen=True, slots=True)
class House:
    """Indices of rows: what its people taught and what of the same sort they did not (yet), what it reads rightly, talk."""

    taught: tuple[int, ...]
    untaught: tuple[int, ...]
    good: tuple[int, ...]
    others: tuple[int, ...]
    false_wakes: tuple[int, ...]
    talk: tuple[int, ...]


def house(known: World, draw: random.Random, most: int) -> House:
    by_intent: dict[str, list[int]] = defaultdict(list)
    for i, row in enumerate(known.rows):
        if not known.right[i] and row.intent != OOD and not known.meant[i]:
            by_intent[row.intent].append(i)
    taken = [i for i, row in enumerate(known.rows) if not known.right[i] and row.intent == OOD]
    taught: list[int] = []
    untaught: list[int] = []
    for intent in sorted(by_intent):
        mine = draw.sample(by_intent[intent], len(by_intent[intent]))
        half = (len(mine) + draw.randrange(2)) // 2
        taught += mine[:half]
        untaught += mine[half:]
    right = [i for i, row in enumerate(known.rows) if known.right[i] and row.intent != OOD]
    draw.shuffle(right)
    draw.shuffle(taken)
    wakes = taken[: len(taken) // 2]
    if len(taught) > most:
        taught, wakes = draw.sample(taught, most), wakes[: most // 6]
    talk = [i for i, row in enumerate(known.rows) if row.intent == OOD and i not in wakes]
    return House(tuple(taught), tuple(untaught), tuple(right[:GOOD]), tuple(right[GOOD:]), tuple(wakes), tuple(talk))


def lessons(known: World, own: House, draw: random.Random, shuffled: bool) -> list[Lesson]:
    """What the home's labels say, a few of them wrongly; `shuffled`: all of them."""
    intents = [known.rows[i].intent for i in own.taught]
    every = sorted(set(intents))
    intents = [draw.choice(every) if draw.random() < WRONG else intent for intent in intents]
    if shuffled:
        draw.shuffle(intents)
    told = [(known.rows[i].words, intent) for i, intent in zip(own.taught, intents, strict=True)]
    told += [(known.rows[i].words, found.intent) for i in own.good if (found := read_as(known, i)) is not None and found.by == "model"]
    told += [(known.rows[i].words, OOD) for i in own.false_wakes]
    seen = ((known.model.seen(words), intent) for words, intent in told)
    return [Lesson(vector, odds, intent) for (odds, vector), intent in seen if intent in odds]


def read_as(known: World, row: int) -> Interpretation | None:
    """As it is read as shipped: the label of what went well."""
    found = known.reader.understand((Hypothesis(text_of(known.rows[row])),), Context(AT, made_home(0)))
    return found[0][0] if found else None


def text_of(row: Sample) -> str:
    return str((row.row or {})["text"])


def gate(known: World, own: House, correction: Correction) -> dict[str, Any]:
    """The replay of the home's good turns, in a made-up home."""
    before, after = reads(known.reader, made_home(0), None), reads(known.reader, made_home(0), correction)
    good: list[Label] = []
    for i in own.good:
        text = text_of(known.rows[i])
        found: Reading | None = before(text)
        if found is not None:
            good.append(Label(f"turn-{i}", *found, transcript=text))
    replay = replayed(good, before, after)
    known.reader.correct(None)
    return {"good_turns": replay.turns, "changed": len(replay.changed), "passes": replay.passes}


def measured(known: World, own: House, draw: random.Random, shuffled: bool = False) -> dict[str, Any]:
    """One home, without and with what it taught."""
    began = time.perf_counter()
    taught = lessons(known, own, draw, shuffled)
    correction = fitted(taught, known.centre, known.model.temperature)
    seconds = time.perf_counter() - began
    passed = gate(known, own, correction)
    reworded = [row for i in own.taught if (row := shortened(known.rows[i])) is not None]
    before = judged(reworded, known.reader)
    known.reader.correct(correction)
    after, reworded_after = judged(known.rows, known.reader), judged(reworded, known.reader)
    known.reader.correct(None)
    rows = {"taught": own.taught, "untaught": own.untaught, "right": own.others, "talk": own.talk}
    shares = {name: compared([known.right[i] for i in which], [after[i] for i in which], draw) for name, which in rows.items()}
    again = compared(before, reworded_after, draw)
    return {"lessons": len(taught), "labels": len(own.taught), "seconds": round(seconds, 1), "gate": passed, **shares, "reworded": again}


def compared(before: Sequence[bool], after: Sequence[bool], draw: random.Random) -> dict[str, Any]:
    """Percent read rightly before and after, and the difference with its 95 % interval (bootstrap over rows)."""
    if not before:
        return {"n": 0}
    change = np.array(after, dtype=float) - np.array(before, dtype=float)
    seeded = np.random.default_rng(draw.randrange(2**31))
    drawn = change[seeded.integers(0, len(change), (DRAWS, len(change)))].mean(axis=1)
    low, high = np.percentile(drawn, [2.5, 97.5])
    return {
        "n": len(before),
        "before": round(100 * float(np.mean(before)), 2),
        "after": round(100 * float(np.mean(after)), 2),
        "change": [round(100 * float(v), 2) for v in (change.mean(), low, high)],
    }


def shown(name: str, found: Mapping[str, Any]) -> None:
    passed = found["gate"]
    verdict = "taken on" if passed["passes"] else "refused"
    made = f"{found['labels']} labels, {found['lessons']} lessons, {found['seconds']} s"
    print(f"{name}: {made}; {passed['changed']} of {passed['good_turns']} good turns changed: {verdict}")
    for part in ("taught", "reworded", "untaught", "right", "talk"):
        row = found[part]
        if row["n"]:
            change, low, high = row["change"]
            print(f"  {part:9} n {row['n']:5}  {row['before']:6.2f} % -> {row['after']:6.2f} %  {change:+.2f} [{low:+.2f}, {high:+.2f}]")


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    if not (SHARED / "score.py").exists():
        print(f"Nothing was measured: the evaluation sets are not in {SHARED} (HEARTH_SHARED names another folder).")
        return 0
    known = world(lambda line: print(line, flush=True))
    found = {}
    for name, most, shuffled in (("home", 10**6, False), ("small home", SMALL, False), ("shuffled", 10**6, True), ("small, shuffled", SMALL, True)):
        own = house(known, random.Random(asked.seed), most)
        found[name] = measured(known, own, random.Random(asked.seed + 1), shuffled)
        shown(name, found[name])
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
