#!/usr/bin/env python3
"""The bar of step 1: 60 requests x 4 voices against the whole agent with the simulated home on a broker. Does speech do what typing does?

    .venv/bin/python -m benchmarks.spoken [--room kitchen] [--limit 20] [--misses]

Each request is typed and spoken (after the wake word), both dry; it is right where outcome, targets, commands and changes are the same. Times:
from the sure end of speech to the moment the command would be sent, in milliseconds; the endpointer's own wait comes on top.
"""

import argparse
import asyncio
import resource
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from agent.config import Config, VoiceSettings
from agent.ears import Heard, hear_chunks
from agent.live import living
from agent.records import Due, Hypothesis, Request, Turn
from agent.running import Live
from agent.speech import Speech
from benchmarks.voice import ROOMS
from devices.broker import free_port
from simulators import speech as people

HERE = Path(__file__).parent
BEFORE_ACTING = ("asr", "context", "snap", "understand", "resolve", "decide")


def asked(live: Live, count: int, hypotheses: tuple[Hypothesis, ...], heard: Heard | None = None) -> Request:
    area = "kitchen"
    if heard is None:
        return Request(f"{count}", live.clock.now(), hypotheses, area=area, conversation=f"typed/{count}", dry=True)
    return Request(
        f"{count}", live.clock.now(), hypotheses, area=area, conversation=f"spoken/{count}", wake=heard.wake, heard=heard.seconds, dry=True
    )


def done(turn: Turn) -> tuple[Any, ...]:
    """What the request came to."""
    commands = tuple((c.service, c.entity_ids, tuple(sorted((k, str(v).casefold()) for k, v in c.data.items()))) for c in turn.proposed)
    dues = [c.value for p in turn.plans for c in p.changes if isinstance(c.value, Due)]
    changes = tuple((d.kind, d.length or (d.due and (d.due.hour, d.due.minute)), d.name) for d in dues)
    return turn.outcome, turn.targets, commands, changes


async def run(options: argparse.Namespace) -> None:
    said = [line for line in (HERE / "requests.txt").read_text().splitlines() if line][: options.limit]
    config = Config.model_validate({"mqtt": {"port": free_port()}, "voice": {"asr": options.engine, "vosk_model": options.vosk_model}})
    count = 0
    with tempfile.TemporaryDirectory() as folder:
        async with (
            living(config, Path(folder), simulate=True) as live,
            Speech(config.voice, time.perf_counter, lambda: live.snapping.phrases) as speech,
        ):
            await live.snapping.refresh(live.home.snapshot())
            ears = await speech.ears()
            wanted = {}
            for text in said:
                count += 1
                wanted[text] = done(await live.agent.turn(asked(live, count, (Hypothesis(text),))))
            right = total = 0
            times: list[float] = []
            for name, speaker in people.voices().items():
                mine = 0
                for text in said:
                    count += 1
                    person = people.Person(speaker, ROOMS[options.room])
                    heard = await hear_chunks(ears, people.stream(person.speak(text, wake=people.WAKE_WORD)))
                    got: Any = ("not heard", heard.why)
                    if heard.hypotheses:
                        turn = await live.agent.turn(asked(live, count, heard.hypotheses, heard))
                        got = done(turn)
                        times.append(1000 * sum(turn.seconds.get(stage, 0.0) for stage in BEFORE_ACTING))
                    mine += got == wanted[text]
                    if options.misses and got != wanted[text]:
                        print(f"    {name}: {text!r} heard as {[h.text for h in heard.hypotheses][:3]}\n        {got}\n        not {wanted[text]}")
                print(f"{name:8} {mine} of {len(said)}")
                right, total = right + mine, total + len(said)
    declined = [text for text, what in wanted.items() if what[0] == "decline"]
    print(f"all      {right} of {total}: {100 * right / total:.1f} %; typed ones that were not understood: {declined}")
    print(f"end of speech is sure -> command sent: median {statistics.median(times):.0f} ms, p95 {sorted(times)[int(0.95 * len(times))]:.0f} ms")
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"endpointer waits {1000 * VoiceSettings().trailing_silence:.0f} ms; RSS {rss:.0f} MB at most")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--room", choices=sorted(ROOMS), default="study")
    parser.add_argument("--engine", default="moonshine")
    parser.add_argument("--vosk-model", default=None)
    parser.add_argument("--limit", type=int, default=None)
    parser.add_argument("--misses", action="store_true")
    asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    main()
