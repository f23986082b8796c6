"""The runner's side: agents as processes behind `hearth pipe`, the world that drives them day by day, and what the judge is told."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from benchmarks.learning.nursery import nursery
from simulators.household import START, Episode, Exchange, Household, household

Line = dict[str, Any]
Answer = dict[str, Any]
Arm = Literal["off", "on", "oracle", "naive"]
Variant = Literal["main", "shuffled", "clean", "renamed"]
LEARNED = frozenset({"personal", "fleet"})
NIGHT = timedelta(hours=27)
"""After midnight of a day: three in the morning of the next, when the learners run."""
TOLD = ("outcome", "targets", "actions", "rewrite", "turn", "interpretations")


class Agent:
    """One `hearth pipe` and its store, a process of its own. A line in, its answer out; what is refused is an error here."""

    def __init__(self, home: Mapping[str, Any], config: Path | None = None) -> None:
        self._folder = tempfile.TemporaryDirectory()
        path = Path(self._folder.name, "home.json")
        path.write_text(json.dumps(home))
        options = ["--config", str(config)] if config else []
        lines, answers = nursery().born(["pipe", "--home", str(path), "--store", str(Path(self._folder.name, "store")), *options])
        self._lines, self._answers = os.fdopen(lines, "w"), os.fdopen(answers)

    def tell(self, line: Line) -> Answer:
        answer = self.ask(line)
        if "error" in answer:
            raise ValueError(f"the pipe refused {line}: {answer['error']['message']}")
        return answer

    def ask(self, line: Line) -> Answer:
        """The answer, an error too."""
        self._lines.write(json.dumps(line) + "\n")
        self._lines.flush()
        raw = self._answers.readline()
        if not raw:
            raise RuntimeError(f"the agent ended at {line}")
        answer: Answer = json.loads(raw)
        return answer

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._lines.close()
        self._answers.read()
        self._answers.close()
        self._folder.cleanup()


class Mirror:
    """The counterfactual: an agent that never learns, in the same state. It hears every line; where a rewrite was served, the rewritten sentence."""

    def __init__(self, agent: Agent, unlearned: Agent) -> None:
        self._agent = agent
        self._unlearned = unlearned
        self.without: Answer | None = None
        """What the last line would have done without the rewrite that was served; None where none was."""

    def tell(self, line: Line) -> Answer:
        answer, self.without = self._agent.tell(line), None
        if line["type"] == "learn":
            return answer
        rewrite = answer.get("rewrite")
        if rewrite and rewrite["layer"] in LEARNED:
            self.without = self._unlearned.tell({**line, "dry": True})
            line = {**{k: v for k, v in line.items() if k != "hypotheses"}, "text": rewrite["target"]}
        self._unlearned.tell(line)
        return answer


@dataclass(frozen=True, slots=True)
class Task:
    """One arm of one home."""

    home: int
    rate: float
    days: int
    turns: int
    arm: Arm
    variant: Variant = "main"
    mirrored: bool = True
    """With the counterfactual (a third of the time)."""
    reading: bool = True
    """The reading is retrained too."""
    truth: bool = False
    """Ask for failures and labels at the end, after one run of the learners."""

    @property
    def run(self) -> dict[str, Any]:
        return {"variant": self.variant, "rate": self.rate, "home": self.home, "arm": self.arm}


FAILS = 0.78
"""What a reason to fail costs without learning, in defects, on average: some are understood all the same, some cost but a question."""


def live(task: Task, judge: Callable[[dict[str, Any]], None]) -> None:
    """Lives all days of the task; every exchange goes to the judge."""
    people = household(task.home, task.rate / FAILS, task.days, task.turns, renamed=task.variant == "renamed", clean=task.variant == "clean")
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as settings:
        json.dump({"learning": {"hold_out": 0.0, "reading": task.reading}}, settings)
        settings.flush()
        with Agent(people.home.file, Path(settings.name)) as agent:
            if task.arm == "on" and task.mirrored:
                with Agent(people.home.file) as unlearned:
                    _live(task, people, Mirror(agent, unlearned), agent, judge)
            else:
                _live(task, people, None, agent, judge)


def _live(task: Task, people: Household, mirror: Mirror | None, agent: Agent, judge: Callable[[dict[str, Any]], None]) -> None:
    tell = mirror.tell if mirror else agent.tell
    memory: dict[str, str] = {}
    taught: set[str] = set()
    nights: list[float] = []
    began = time.perf_counter()
    for day in range(task.days):
        for episode in people.day(day):
            first = first_words(task.arm, episode, memory)
            without = None
            exchanges = []
            for exchange in people.play(episode, tell, first, task.variant == "shuffled"):
                without = mirror.without if mirror and exchange.step == 0 else None
                exchanges.append(exchange)
                judge({"run": task.run, **_facts(episode, exchange, taught, task.truth), "without": _told(without) if without else None})
                if exchange.how == "teach" and episode.cause:
                    taught.add(episode.cause.key)
            if task.arm == "naive":
                memorise(memory, exchanges)
        if task.arm == "on":
            started = time.perf_counter()
            tell({"type": "learn", "at": (START + timedelta(days=day) + NIGHT).isoformat()})
            nights.append(time.perf_counter() - started)
    end: dict[str, Any] = {"end": task.run, "seconds": round(time.perf_counter() - began, 1), "longest night": round(max(nights, default=0.0), 3)}
    if task.truth:
        agent.tell({"type": "learn", "at": (START + timedelta(days=task.days) + NIGHT).isoformat()})
        end |= {kind: agent.ask({"type": kind}).get(kind, "not built") for kind in ("failures", "labels")}
    judge(end)


def first_words(arm: Arm, episode: Episode, memory: Mapping[str, str]) -> str | None:
    """What is said instead of the episode's first words: the right sentence (oracle), or what once followed these words (naive)."""
    if episode.kind == "chatter":
        return None
    if arm == "oracle":
        return episode.plain
    return memory.get(heard(episode.line)) if arm == "naive" else None


def memorise(memory: dict[str, str], exchanges: Iterable[Exchange]) -> None:
    """The naive learner: whatever is said next, within a minute, is what was meant."""
    said = list(exchanges)
    if len(said) > 1 and said[0].step == 0:
        memory[heard(said[0].line)] = heard(said[1].line)


def heard(line: Mapping[str, Any]) -> str:
    many = line.get("hypotheses")
    return str(many[0]["text"] if many else line["text"])


def _facts(episode: Episode, exchange: Exchange, taught: set[str], truth: bool) -> dict[str, Any]:
    cause = episode.cause
    return {
        "day": episode.day,
        "step": exchange.step,
        "how": exchange.how,
        "kind": episode.kind,
        "cause": cause.key if cause else None,
        "cause_kind": cause.kind if cause else None,
        "changed": bool(cause and cause.changes_on is not None and episode.day >= cause.changes_on),
        "taught": bool(cause and cause.key in taught),
        "goal": exchange.wanted.facts(),
        "heard": heard(exchange.line),
        "spoken": exchange.spoken,
        "answer": _told(exchange.answer),
        "truth": truth,
    }


def _told(answer: Mapping[str, Any]) -> dict[str, Any]:
    return {key: answer.get(key) for key in TOLD}


class JudgeProcess:
    """The judge, which writes its summaries to a file."""

    def __init__(self, out: Path) -> None:
        self._process = subprocess.Popen([sys.executable, "-m", "benchmarks.learning.judge", str(out)], stdin=subprocess.PIPE, text=True)

    def tell(self, record: dict[str, Any]) -> None:
        if self._process.stdin is None:
            raise RuntimeError("the judge has no pipe")
        self._process.stdin.write(json.dumps(record) + "\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._process.stdin is not None:
            self._process.stdin.close()
        if self._process.wait(60):
            raise RuntimeError("the judge failed")


def work(tasks: list[Task], out: Path) -> None:
    """Live these, one after the other, in this process."""
    with JudgeProcess(out) as judge:
        for task in tasks:
            live(task, judge.tell)


def done(out: Path) -> Iterator[dict[str, Any]]:
    """The summaries that were written."""
    if out.exists():
        for raw in out.read_text().splitlines():
            yield json.loads(raw)
