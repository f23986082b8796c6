"""The `hearth` command. Every command loads what it needs when it is called; what a person can mend ends it with one sentence and status 2."""

import gc
import sys
import time
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from agent.config import Config
    from agent.failure_table import Judged
    from agent.hearth import Hearth
    from agent.records import Failure, Turn
    from agent.understand.snapping import Snapping

app = typer.Typer(
    help="A voice agent for the home. Nothing leaves the house.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

labels = typer.Typer(no_args_is_help=True)
app.add_typer(labels, name="labels", help="What turns meant, made from what people did about it.")

ConfigFile = Annotated[Path | None, typer.Option("--config", help="a settings file")]
Folder = Annotated[Path | None, typer.Option("--store", help="folder of the log")]


def _run(work: Coroutine[Any, Any, int | None]) -> None:
    """Run a command; what a person can mend is one sentence and status 2."""
    import asyncio

    from agent.app import PluginError
    from agent.config_file import ConfigError
    from agent.fleet import BundleError
    from agent.stages import StageError
    from agent.store import StoreError
    from agent.understand.templates import TemplateError
    from devices.broker import BrokerError
    from devices.home_file import HomeFileError

    try:
        status = asyncio.run(work)
    except (ConfigError, StoreError, HomeFileError, BrokerError, PluginError, BundleError, TemplateError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    except StageError as error:
        typer.echo(error.say, err=True)
        raise typer.Exit(2) from None
    except KeyboardInterrupt:
        raise typer.Exit(0) from None
    raise typer.Exit(status or 0)


@app.command()
def pipe(
    home: Annotated[Path, typer.Option(help="HOME.json")],
    store: Folder = None,
    config: ConfigFile = None,
) -> None:
    """Answer JSON lines: one object in, one object out (docs/pipe.md)."""
    _run(_pipe(home, store, config))


async def _pipe(home: Path, store: Path | None, config: Path | None) -> int:
    from agent.config import Config, LearningSettings, load
    from agent.doors.pipe import Pipe
    from agent.records import Hypothesis, Wake
    from agent.speech import Speech

    settings = load(config) if config else Config(learning=LearningSettings(hold_out=0.0))
    async with _given_home(home, store, settings) as (agent, snapping), Speech(settings.voice, time.perf_counter, lambda: snapping.phrases) as speech:

        async def hear(path: Path, has_wake: bool) -> tuple[tuple[Hypothesis, ...], Wake | None, dict[str, float]]:
            await snapping.refresh(agent.live.snapshot())
            heard = await speech.hear(path, has_wake)
            return heard.hypotheses, heard.wake, dict(heard.seconds)

        with open(sys.stdin.fileno(), encoding="utf-8", errors="replace", closefd=False) as lines:  # noqa: ASYNC230 - the pipe answers in order
            await Pipe(agent, datetime.fromtimestamp(0, UTC), hear, speech.speak).run(lines, sys.stdout)
    return 0


@asynccontextmanager
async def _given_home(home: Path, store: Path | None, settings: "Config") -> AsyncIterator[tuple["Hearth", "Snapping"]]:
    """An agent for the home that a file describes; without a store its log is thrown away."""
    from tempfile import TemporaryDirectory

    from agent import app as root
    from devices.given import GivenDevices, load_home
    from devices.home import LiveHome

    live = LiveHome(load_home(home))
    loaded = root.reader(settings)
    snapping = root.snapping(settings, loaded[0])
    with TemporaryDirectory(prefix="hearth-") as temporary:
        async with root.hearth(settings, live, GivenDevices(live), store or Path(temporary), snapping, loaded) as agent:
            gc.freeze()  # the home and the phrases stay: the collector need not look through them between two requests
            yield agent, snapping


@app.command()
def run(
    config: ConfigFile = None,
    store: Folder = None,
    simulate: Annotated[bool | None, typer.Option(help="start a simulated home; without it only where the broker is Hearth's own")] = None,
    plain: Annotated[bool, typer.Option(help="no live screen: a prompt only")] = False,
    listen: Annotated[bool, typer.Option("--listen", help="wait for the wake word at the microphone too")] = False,
) -> None:
    """Start a broker, a home and the agent here, and talk to it."""
    from agent.config import load
    from agent.doors.terminal import talk
    from agent.live import living

    async def started() -> int:
        settings = load(config)
        wanted = settings.mqtt.embedded if simulate is None else simulate
        return await talk(lambda announce: living(settings, store, wanted, announce), settings, plain, listen)

    _run(started())


@app.command()
def demo(config: ConfigFile = None) -> None:
    """A spoken tour of a simulated home; no hardware needed. Status 1 where a step goes wrong."""
    from rich.console import Console

    from agent.config import Config, load
    from agent.demo import tour

    _run(tour(load(config) if config else Config(), Console()))


@app.command()
def ask(
    text: str,
    home: Annotated[Path, typer.Option(help="HOME.json")],
    area: Annotated[str | None, typer.Option(help="the room of asking")] = None,
    store: Folder = None,
    config: ConfigFile = None,
) -> None:
    """Say one sentence to a home that a file describes, and see what it would do."""
    _run(_ask(text, home, area, store, config))


async def _ask(text: str, home: Path, area: str | None, store: Path | None, config: Path | None) -> int:
    from agent.clock import SystemClock
    from agent.config import Config, load
    from agent.records import Hypothesis, Request

    async with _given_home(home, store, load(config) if config else Config()) as (agent, _):
        _show(await agent.turn(Request("ask", SystemClock().now(), (Hypothesis(text),), area=area, conversation="ask")))
    return 0


@app.command()
def hear(
    wav: Annotated[Path, typer.Argument(help="a recording of one request")],
    home: Annotated[Path, typer.Option(help="HOME.json")],
    area: Annotated[str | None, typer.Option(help="the room of asking")] = None,
    wake: Annotated[bool, typer.Option("--wake", help="the recording begins with the wake word")] = False,
    speak: Annotated[Path | None, typer.Option(help="write the spoken reply to this WAV file")] = None,
    store: Folder = None,
    config: ConfigFile = None,
) -> None:
    """Hear one recorded request, and see what it does to a home that a file describes."""
    _run(_hear(wav, home, area, wake, speak, store, config))


async def _hear(wav: Path, home: Path, area: str | None, wake: bool, speak: Path | None, store: Path | None, config: Path | None) -> int:
    from dataclasses import replace

    from agent.clock import SystemClock
    from agent.config import Config, load
    from agent.records import Request
    from agent.speech import Speech

    settings = load(config) if config else Config()
    async with Speech(settings.voice, time.perf_counter) as speech:
        heard = await speech.hear(wav, wake)
        if not heard.hypotheses:
            typer.echo(heard.why, err=True)
            return 1
        async with _given_home(home, store, settings) as (agent, snapping):
            await snapping.refresh(agent.live.snapshot())
            said = Request("hear", SystemClock().now(), heard.hypotheses, area=area, conversation="hear", door="wav")
            turn = await agent.turn(replace(said, wake=heard.wake, heard=heard.seconds))
        _show(turn)
        if speak is not None and turn.say:
            await speech.speak(turn.say, speak)
    return 0


def _show(turn: "Turn", failure: "Failure | None" = None) -> None:
    from rich.console import Console

    from agent.explained import explained

    Console().print(explained(turn, failure))


@app.command()
def turns(store: Folder = None, config: ConfigFile = None, limit: int = 20) -> None:
    """The last turns of the log."""
    _run(_turns(store, config, limit))


async def _turns(store: Path | None, config: Path | None, limit: int) -> int:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from agent.config import load
    from agent.store import Store
    from agent.times import local

    table = Table("turn", "at", "heard", "outcome", "said")
    async with await Store.open(store or load(config).store.path, reading=True) as log:
        home = await log.home()
        for turn in await log.turns(limit):
            at = local(turn.request.at, home.location) if home else turn.request.at
            table.add_row(turn.id, f"{at:%d %b %H:%M:%S}", Text(turn.text), turn.outcome, Text(turn.say))
    Console().print(table)
    return 0


@app.command()
def explain(turn: str, store: Folder = None, config: ConfigFile = None) -> None:
    """Why a turn went as it did. Heard, meant, why, done, verified, and the time of each stage."""
    _run(_explain(turn, store, config))


async def _explain(turn: str, store: Path | None, config: Path | None) -> int:
    from agent.config import load
    from agent.store import Store

    async with await Store.open(store or load(config).store.path, reading=True) as log:
        found, failure = await log.turn(turn), await log.failure_of(turn)
    if found is None:
        typer.echo(f"There is no turn {turn!r} in the log; `hearth turns` lists the last ones.", err=True)
        return 2
    _show(found, failure)
    return 0


@app.command()
def learn(store: Folder = None, config: ConfigFile = None) -> None:
    """Run the learners on the log now. A running Hearth serves what they make within a minute."""
    from agent.app import risk_table
    from agent.config import load
    from agent.learned import report
    from agent.learning import Learners

    async def learned() -> int:
        from agent.clock import SystemClock

        settings = load(config)
        learners = Learners(settings.skills.disabled, reading=settings.learning.reading)
        try:
            made = await learners.learn(store or settings.store.path, SystemClock().now(), risk_table(settings))
        finally:
            await learners.close()
        typer.echo(report(made))
        return 0

    _run(learned())


@app.command()
def rewrites(store: Folder = None, config: ConfigFile = None) -> None:
    """What was taught and learned of what people say. What is used, what is not, and why."""
    from agent.config import load

    async def shown() -> int:
        from rich.console import Console

        from agent.learned import pairs_table, retrained_told
        from agent.store import Store

        async with await Store.open(store or load(config).store.path, reading=True) as log:
            pairs, policy = await log.learned()
            taught, retrained = await log.taught(), await log.retrained()
        Console().print(pairs_table(pairs, tuple(taught.values()), policy))
        if retrained is not None:
            typer.echo(retrained_told(retrained))
        return 0

    _run(shown())


@app.command()
def failures(
    weeks: Annotated[int, typer.Option(min=1, max=4, help="so many weeks as bars")] = 4,
    store: Folder = None,
    config: ConfigFile = None,
) -> None:
    """Where requests failed first, and by week. As the learners last saw it: heard, understood, the right thing, the result."""

    async def shown() -> int:
        from rich.console import Console

        from agent.failure_table import failures_table

        Console().print(failures_table(await _judged(store, config), weeks))
        return 0

    _run(shown())


@app.command()
def misses(
    stage: Annotated[str, typer.Option(help="only this: false wake, misheard, not understood, wrong thing, no result")] = "",
    limit: Annotated[int, typer.Option(min=1, help="so many, the newest")] = 20,
    store: Folder = None,
    config: ConfigFile = None,
) -> None:
    """The requests that failed, each with why. `hearth explain TURN` shows all of one."""

    async def shown() -> int:
        from rich.console import Console

        from agent.failure_table import NOTHING, STAGES, by_name, misses_table

        wanted = by_name(stage) if stage else None
        if stage and wanted is None:
            typer.echo(f"There is no {stage!r}; there are {', '.join(name for name, _, _ in STAGES.values())}.", err=True)
            return 2
        judged = await _judged(store, config)
        found = [j for j in judged if (j.failure.stage == wanted if wanted else j.failure.stage != "correct")]
        Console().print(misses_table(found[-limit:]) if judged else NOTHING)
        return 0

    _run(shown())


async def _judged(store: Path | None, config: Path | None) -> list["Judged"]:
    """Every turn that the learners have seen, in the home's time, oldest first."""
    from agent.config import load
    from agent.failure_table import Judged
    from agent.store import Store
    from agent.times import local

    async with await Store.open(store or load(config).store.path, reading=True) as log:
        found, home = await log.judged(), await log.home()
    return [Judged(local(at, home.location) if home else at, heard, failure) for at, heard, failure in found]


@labels.command()
def export(
    above: Annotated[float, typer.Option(min=0.0, max=1.0, help="those that are at least so sure")] = 0.8,
    out: Annotated[Path | None, typer.Option(help="write them to this file")] = None,
    store: Folder = None,
    config: ConfigFile = None,
) -> None:
    """What turns meant, as JSON lines: transcript, intent, slots, the goal's first turn, whether it was reached, how sure, and whence."""
    from agent.config import load

    async def written() -> int:
        import json

        from agent.doors.pipe import label_json
        from agent.store import Store

        async with await Store.open(store or load(config).store.path, reading=True) as log:
            found = [label_json(label) for label in await log.labels() if label.confidence >= above and label.source != "answer"]
        lines = "".join(json.dumps(label, ensure_ascii=False) + "\n" for label in found)
        if out is None:
            typer.echo(lines, nl=False)
            return 0
        try:
            out.write_text(lines, encoding="utf-8")
        except OSError as error:
            typer.echo(f"{out} cannot be written: {error.strerror}.", err=True)
            return 2
        typer.echo(f"{len(found)} labels in {out}.")
        return 0

    _run(written())


@app.command()
def replay(
    days: Annotated[int, typer.Option(help="the span: so many days until now")] = 7,
    without: Annotated[bool, typer.Option("--without", help="without anything that was learned")] = False,
    home: Annotated[Path | None, typer.Option(help="HOME.json; without it the home as the learners last saw it")] = None,
    store: Folder = None,
    config: ConfigFile = None,
) -> None:
    """The last days' requests again, taken as now. Side by side with how they went; nothing real is touched."""
    _run(_replay(days, without, home, store, config))


async def _replay(days: int, without: bool, home: Path | None, store: Path | None, config: Path | None) -> int:
    from datetime import timedelta
    from tempfile import TemporaryDirectory

    from rich.console import Console

    from agent import app as root
    from agent.config import load
    from agent.replay import replay, table
    from agent.store import Store
    from devices.given import GivenDevices, load_home
    from devices.home import LiveHome

    settings = load(config)
    async with await Store.open(store or settings.store.path, reading=True) as log:
        turns, moves, pairs, retrained = await log.turns(20_000), await log.changes(20_000), await log.learned(), await log.retrained()
        given = load_home(home) if home else await log.home()
        taught = await log.taught()
    if given is None or not turns:
        why = "the log is empty" if not turns else "the learners have not run yet; name the home with --home"
        typer.echo(f"There is nothing to replay: {why}.", err=True)
        return 2
    span = [t for t in turns if turns[-1].request.at - t.request.at <= timedelta(days=days)]
    live = LiveHome(given)
    with TemporaryDirectory(prefix="hearth-") as temporary:
        async with root.hearth(settings, live, GivenDevices(live), Path(temporary)) as agent:
            agent.rewrites.load((), 0) if without else agent.rewrites.load(*pairs)
            agent.own_reading.load(None if without else retrained)
            agent.around.taught.update({} if without else taught)
            compared = await replay(span, moves, agent)
    Console().print(table(compared))
    return 0


@app.command()
def forget(
    what: Annotated[str, typer.Argument(help="all, learned, taught, speaker or turn")],
    value: Annotated[str, typer.Argument(help="the speaker's name, or the turn")] = "",
    store: Folder = None,
    config: ConfigFile = None,
) -> None:
    """Delete what was learned, taught or said. Everything of a speaker, one turn, or all; nothing brings it back."""
    from typing import get_args

    from agent.config import load

    async def forgotten() -> int:
        from agent.store import Forgettable, Store

        known = get_args(Forgettable)
        if what not in known or (what in ("speaker", "turn") and not value):
            typer.echo(f"What shall be forgotten? {', '.join(known)}; a speaker or a turn by name: `hearth forget speaker Anna`.", err=True)
            return 2
        async with await Store.open(store or load(config).store.path) as log:
            typer.echo(f"{await log.forget(what, value)} rows are deleted.")
        return 0

    _run(forgotten())


@app.command()
def doctor(config: ConfigFile = None) -> None:
    """What is there on this machine, what is missing, what that costs and how to mend it. Status 1 where a part is missing that all need."""
    _run(_doctor(config))


async def _doctor(config: Path | None) -> int:
    from asyncio import to_thread

    from agent.config import load, user_file
    from agent.doctor import Finding, examine

    settings = load(config)
    read = config or user_file()
    says = str(read) if await to_thread(read.exists) else f"the packaged defaults; your own would be {read}"
    found = (Finding("settings", True, says), *await examine(settings))
    for finding in found:
        typer.echo(f"{'ok' if finding.ok else 'missing':8}{finding.part:24}{finding.says}")
    return 0 if all(f.ok for f in found if f.needed) else 1


@app.command()
def models(config: ConfigFile = None) -> None:
    """The models on this machine, and where one would be looked for."""
    from agent.config import load
    from agent.model_list import models as found

    async def listed() -> int:
        for model in found(load(config)):
            size = f"{model.size / 1e6:.1f} MB" if model.size else "not there"
            typer.echo(f"{model.serves:16}{model.name:44}{size:12}{model.where}")
        return 0

    _run(listed())
