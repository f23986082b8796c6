#!/usr/bin/env python3
"""How well spoken requests are understood: 60 requests (benchmarks/requests.txt) x 4 voices, through wake word, endpointer, recogniser and snap.

    .venv/bin/python benchmarks/voice.py                                   # moonshine; vosk too where a model is found
    .venv/bin/python benchmarks/voice.py --engine moonshine --room kitchen # study (clean), living_room (24 dB), kitchen (12 dB)
    .venv/bin/python benchmarks/voice.py --home HOME.json                  # the snap's sentences from this home's grammar, and readings compared

Each request is spoken after the wake word. Printed for each engine and voice: wakes, word error and exact sentences as recognised, exact
sentences after the snap, right readings, and medians in milliseconds: asr (from the sure end of speech to text) and snap. Sentences that are
in no home of ours are spoken too: how many of them the snap would take for a request.
`judge` is the seam: whatever turns hypotheses into something comparable; a request is right where it makes the same of what was heard as of
what was said.
"""

import argparse
import asyncio
import resource
import statistics
import time
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from agent.config import VoiceSettings
from agent.ears import Ears, hear_chunks
from agent.engines import microwakeword, moonshine, silero, vosk
from agent.records import Hypothesis
from agent.stages import Recogniser
from agent.understand.phones import words
from agent.understand.snap import ACCEPT, ASK, Snap
from simulators import speech

HERE = Path(__file__).parent
ROOMS = {"study": speech.STUDY, "living_room": speech.LIVING_ROOM, "kitchen": speech.KITCHEN}
LOADERS: dict[str, Callable[[VoiceSettings], Recogniser]] = {"moonshine": moonshine.load, "vosk": vosk.load}
NOT_FOR_US = (
    "what did you think of the film last night",
    "I will be home around six if the train is on time",
    "could you pass me the salt please",
    "the weather in Spain was wonderful this year",
    "my sister is coming over for dinner tomorrow",
    "did you see where I left my keys",
    "we should paint the fence before winter",
    "he said that the meeting had been cancelled",
    "that is the best cake I have ever eaten",
    "please remember to call your grandmother",
)

Judge = Callable[[tuple[Hypothesis, ...]], Hashable]


@dataclass
class Score:
    """What happened to the requests of one voice."""

    said: int = 0
    woken: int = 0
    errors: int = 0
    words: int = 0
    exact: int = 0
    snapped: int = 0
    wrong: int = 0
    right: int = 0
    asr: list[float] = field(default_factory=list)
    snap: list[float] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)

    def __add__(self, other: "Score") -> "Score":
        return Score(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))

    def line(self, name: str) -> str:
        def share(n: int) -> str:
            return f"{100 * n / self.said:5.1f}"

        times = " ".join(f"{1000 * statistics.median(t):5.0f}" if t else "    -" for t in (self.asr, self.snap))
        shares = " ".join(share(n) for n in (self.woken, self.exact, self.snapped, self.wrong, self.right))
        return f"{name:22} {self.said:4} {shares} {100 * self.errors / max(1, self.words):6.1f} {times}"


HEAD = f"{'':22} {'n':>4} woken exact  snap wrong right    WER   asr  snap"


def invented() -> Iterator[str]:
    """Distractors: what else may be said in a home like the demo's."""
    rooms = "living room,kitchen,bedroom,nursery,bathroom,hallway,office,garage,garden".split(",")
    things = "light,lights,ceiling light,lamp,fan,heater,speaker,tv,blinds,curtains,door,thermostat".split(",")
    for verb, room, thing in product(("turn on", "turn off", "switch on", "switch off", "open", "close", "is"), rooms, things):
        yield f"{verb} the {room} {thing}"
        yield f"{verb} the {thing} in the {room}"
    for room, number in product(rooms, range(5, 101, 5)):
        yield f"set the {room} lights to {number} percent"
    for room, number in product((*rooms, "oven"), (*range(15, 27), *range(100, 260, 10))):
        yield f"set the {room} to {number} degrees"
    for number, unit in product((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 40, 45, 60, 90), ("minutes", "seconds", "hours")):
        yield f"set a timer for {number} {unit}"
    for verb, thing in product(("lock", "unlock", "open", "close"), ("front door", "back door", "garage door", "gate", "water valve")):
        yield f"{verb} the {thing}"
    for room in rooms:
        yield from (f"what is the temperature in the {room}", f"what is the humidity in the {room}", f"play some music in the {room}")


def by_sentence(snap: Snap) -> Judge:
    """Two requests are the same where they are the same words, once the nearest sentence of the home is taken for what was heard."""

    def judge(heard: tuple[Hypothesis, ...]) -> Hashable:
        read = snap.hypotheses(heard)
        return tuple(words(read[0].text)) if read else None

    return judge


def by_reading(snap: Snap, home_file: Path) -> Judge:
    """Two requests are the same where the understanding reads the same intents and slots in them."""
    from agent.app import skills
    from agent.records import Context
    from agent.understand.reader import Reader
    from devices.home_file import load_home

    home = load_home(home_file)
    reader = Reader.open(skills())
    context = Context(now=datetime(2026, 3, 10, 10, tzinfo=UTC), home=home, area=next(iter(home.areas), None))

    def judge(heard: tuple[Hypothesis, ...]) -> Hashable:
        clauses = reader.understand(snap.hypotheses(heard), context)
        return tuple((c[0].intent, tuple(sorted((k, str(v)) for k, v in c[0].slots.items()))) for c in clauses if c) or None

    return judge


def sentences_of(home_file: Path) -> tuple[str, ...]:
    """The sentences of a home's own grammar."""
    from agent.app import skills
    from agent.understand.grammar import Grammar
    from agent.understand.samples import sentences
    from devices.home_file import load_home

    return tuple(sentences(Grammar(skills()), load_home(home_file)))


async def play(ears: Ears, person: speech.Person, said: list[str], snap: Snap, judge: Judge) -> Score:
    """Every request once."""
    score = Score()
    for text in said:
        heard = await hear_chunks(ears, speech.stream(person.speak(text, wake=speech.WAKE_WORD)))
        begun = time.perf_counter()
        near = snap.nearest_of(heard.hypotheses)
        score.snap.append(time.perf_counter() - begun)
        meant, got = words(text), words(heard.hypotheses[0].text) if heard.hypotheses else []
        score.said += 1
        score.woken += heard.wake is not None
        score.words += len(meant)
        score.errors += Levenshtein.distance(meant, got)
        score.exact += meant == got
        taken = near[0] if near and near[0].cost <= ACCEPT else None
        same = taken is not None and words(taken.sentence) == meant
        score.snapped += same
        score.wrong += taken is not None and not same
        right = bool(heard.hypotheses) and judge(heard.hypotheses) == judge((Hypothesis(text),))
        score.right += right
        score.asr.append(heard.seconds.get("asr", 0.0))
        if not right:
            score.misses.append(f"    {person.name}: {text!r} heard as {' '.join(got)!r}, nearest {near[0] if near else None}")
    return score


async def strangers(ears: Ears, person: speech.Person, snap: Snap) -> list[float]:
    """Snap costs of what is not for us, had it been said after the wake word."""
    costs = []
    for text in NOT_FOR_US:
        heard = await hear_chunks(ears, speech.stream(person.speak(text)), has_wake=False)
        near = snap.nearest_of(heard.hypotheses)
        costs.append(near[0].cost if near else 1.0)
    return costs


async def run(options: argparse.Namespace, settings: VoiceSettings) -> None:
    said = [line for line in (HERE / "requests.txt").read_text().splitlines() if line]
    said = said[: options.limit]
    known = sentences_of(options.home) if options.home else tuple(invented())
    snap = Snap((*said, *known) if not options.home or options.add else known)
    judge = by_reading(snap, options.home) if options.home else by_sentence(snap)
    print(f"{len(said)} requests, {len(snap.sentences)} sentences, room {options.room}")
    for engine in options.engine:
        ears = Ears(
            endpointer=silero.load(settings), recogniser=LOADERS[engine](settings), wake=microwakeword.load(settings),
            tick=time.perf_counter, phrases=lambda: snap.sentences,
        )  # fmt: skip
        total, costs = Score(), list[float]()
        print(f"\n{engine}\n{HEAD}")
        for name, speaker in speech.voices().items():
            person = speech.Person(speaker, ROOMS[options.room])
            score = await play(ears, person, said, snap, judge)
            costs += await strangers(ears, person, snap)
            print(score.line(f"{name} ({person.name})"))
            total += score
        print(total.line("all"))
        print(f"not for us: {len(costs)}, taken {sum(c <= ACCEPT for c in costs)}, asked {sum(ACCEPT < c <= ASK for c in costs)}")
        print("\n".join(total.misses) if options.misses else "")
        ears.close()
    print(f"RSS {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", action="append", choices=sorted(LOADERS), help="default: all that can be used here")
    parser.add_argument("--room", choices=sorted(ROOMS), default="study")
    parser.add_argument("--home", type=Path, help="a home file: its grammar's sentences, and readings are compared")
    parser.add_argument("--add", action="store_true", help="with --home: the requests themselves are sentences too")
    parser.add_argument("--vosk-model", default=str(HERE.parents[1] / "shared" / "vosk-test-model"))
    parser.add_argument("--limit", type=int, default=None)
    parser.add_argument("--misses", action="store_true", help="print every request that went wrong")
    options = parser.parse_args()
    settings = VoiceSettings(vosk_model=options.vosk_model)
    options.engine = options.engine or [name for name, module in (("moonshine", moonshine), ("vosk", vosk)) if module.available(settings) is None]
    asyncio.run(run(options, settings))


if __name__ == "__main__":
    main()
