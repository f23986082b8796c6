"""The agent: a home, its surroundings, its log and the turn. Doors give it requests; time and devices are given to it.

`Hearth` owns nothing that a stage owns: it gathers, takes the turn, commits it, and lets fall due what is due.
"""

import heapq
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial

from agent import waiting, words
from agent.agenda import Agenda
from agent.chain import Stages
from agent.habits import Timeline
from agent.learning import Learners
from agent.own_reading import OwnReading
from agent.people import AtHome
from agent.planning import Planner
from agent.records import ActionResult, Change, Context, Due, Event, Fired, Hypothesis, Learned, Request, Turn
from agent.resolve import resolve
from agent.rewrite import Rewrites, contradicts
from agent.risk import RiskTable
from agent.stages import Handler, Understander
from agent.store import Store
from agent.surroundings import Resident, Surroundings
from agent.times import local
from agent.turn import take_turn
from agent.understand.correction import Correction
from devices.commands import Devices
from devices.home import Change as HomeChange
from devices.home import Entity, LiveHome

log = logging.getLogger("hearth")

KEPT_MOVES = 5_000
"""Of so many turns and changes, the newest, it is told who moved what."""
UNLOGGED = frozenset({"sensor", "weather"})
"""Domains whose every value would fill the log and tell nobody anything."""
LATE = timedelta(minutes=2)
"""What happens so long after its time is late."""
UNSERVED = -1
"""No policy: what the learners have committed is read anew."""
COUNTED = 20_000
"""Of so many turns, events and changes at most, the newest, habits are counted."""
Snap = Callable[[Request, Context], tuple[Hypothesis, ...]]
Announce = Callable[[Due, str], Awaitable[None]]
"""Sounds a due thing at its place."""


class Hearth:
    """One home's agent. Not thread-safe: the event loop owns it."""

    def __init__(
        self,
        *,
        live: LiveHome,
        devices: Devices,
        store: Store,
        understander: Understander,
        handlers: dict[str, Handler],
        risk: RiskTable,
        tick: Callable[[], float],
        snap: Snap | None = None,
        keep: timedelta = timedelta(minutes=5),
        confirm_seconds: float = 20.0,
        device_seconds: float = 3.0,
        pin: str = "",
        retention: timedelta = timedelta(days=180),
        rewrites: Rewrites | None = None,
        learners: Learners | None = None,
        correct: Callable[[Correction | None], None] | None = None,
        people: Sequence[Resident] = (),
        learns: bool = True,
        asks: bool = True,
        night: tuple[time, time] = (time(22), time(7)),
    ) -> None:
        self.live = live
        self.store = store
        self.devices = devices
        self.rewrites = rewrites or Rewrites()
        self.own_reading = OwnReading(correct or _as_shipped)
        self.learners = learners or Learners()
        self._served: tuple[Learned, ...] = ()
        self.around = Surroundings(keep, people, learns=learns)
        self.around.learned = self.rewrites.shown
        self.around.habits.location = live.snapshot().location
        self.agenda = Agenda(live.snapshot().location)
        self.understander = understander
        self.stages = Stages(
            gather=self._gather,
            snap=snap or _as_heard,
            rewrite=self.rewrites.propose,
            understand=understander.understand,
            resolve=resolve,
            planner=Planner(handlers),
            risk=risk,
            devices=devices,
            home=live.snapshot,
            commit=self._commit,
            next_id=self._next_id,
            tick=tick,
            confirm_seconds=confirm_seconds,
            device_seconds=device_seconds,
            pin=pin,
            asks=asks and learns,
            night=night,
        )
        self._retention = retention
        self._learns = learns
        self._pruned: datetime | None = None
        self._turns = 0
        self._dry = 0
        self._is_dry = False
        self.listeners: list[Callable[[Turn], None]] = []
        self.agenda_changed: Callable[[], None] = lambda: None
        """Called where something falls due that no turn set: the bell looks again."""

    async def recall(self) -> None:
        """Everything back from the log: what is due, taught, liked and done, and open questions of the last minutes."""
        self._turns = await self.store.last_turn_number()
        self.agenda.load(await self.store.agenda())
        self.around.preferences.update(await self.store.preferences())
        self.around.taught.update(await self.store.taught())
        for event in await self.store.events():
            self.around.happened(event)
        await self.store.policy()
        await self.serve()
        await self.recount()
        turns, fired, changes = await self.store.turns(KEPT_MOVES), await self.store.fired_dues(KEPT_MOVES), await self.store.changes(KEPT_MOVES)
        self.around.moves.recount(turns, fired, changes, self.live.snapshot())

    async def recount(self) -> int:
        """Habits and conversations anew from the log; returns how many turns it holds."""
        self.around.forget()
        turns = await self._count_habits()
        for turn in turns:
            self.around.remember(turn)
        return len(turns)

    async def learn(self, now: datetime) -> dict[str, object]:
        """Run the learners on the log now, in their own process; what came of it. Habits are counted anew, per speaker; what was forgotten is not."""
        turns = await self._count_habits()
        habits = {"turns": len(turns), "habits": self.around.habits.report()}
        if not self._learns:
            return habits
        home = self.live.snapshot()
        await self.store.keep_home(home, now)
        made = await self.learners.learn(self.store.folder, now, self.stages.risk)
        await self.serve()
        return {**made, **habits}

    async def serve(self, looked: bool = True) -> None:
        """From now on what the learners have committed is served; nothing changes where they committed nothing new.

        `looked`: the learners have seen what was taken back; else what rests goes on resting.
        """
        pairs, policy = await self.store.learned() if self._learns else ((), 0)
        if (pairs, policy) == (self._served, self.rewrites.policy):
            return
        self._served = pairs
        self.rewrites.load(pairs, policy, looked)
        self.own_reading.load(await self.store.retrained() if self._learns and self.learners.reading else None)

    async def _count_habits(self) -> tuple[Turn, ...]:
        """The habits are those of the log, and of no more; returns its turns."""
        turns, forgotten = await self.store.turns(limit=COUNTED), await self.store.learns_after()
        events = Timeline(await self.store.events(limit=COUNTED))
        by_hand = await self.store.by_hand(limit=COUNTED)
        home = self.live.snapshot()
        self.around.at_home = at_home = await self._at_home(turns)
        self.around.habits.forget()
        said: Iterable[tuple[datetime, Turn | Entity]] = ((turn.request.at, turn) for turn in turns if turn_number(turn.id) > forgotten)
        known = (row for row in by_hand if row[1] in home.entities)
        done: Iterable[tuple[datetime, Turn | Entity]] = ((at, replace(home.entities[e], state=state)) for at, e, state in known)
        for at, what in heapq.merge(said, done, key=lambda row: row[0]):
            if isinstance(what, Turn):
                self.around.habits.note(what, events.before(at))
            else:
                others = partial(at_home.others, at=at)
                self.around.habits.noticed(what, local(at, home.location), events.before(at), others)
        return turns

    async def _at_home(self, turns: Iterable[Turn]) -> AtHome:
        """Who was about, as the log tells."""
        found = AtHome(self.live.snapshot().entities.values())
        for at, entity_id, state in await self.store.comings(limit=COUNTED):
            found.moved(entity_id, state, at)
        for turn in turns:
            found.heard(turn.who, turn.request.at)
        return found

    async def turn(self, request: Request) -> Turn:
        """One request, answered; the turn is committed before this returns."""
        self._is_dry = request.dry
        turn = await take_turn(request, self.stages)
        for listener in tuple(self.listeners):
            listener(turn)
        return turn

    async def fall_due(self, now: datetime, announce: Announce | None = None, asleep: bool = False) -> tuple[Fired, ...]:
        """Everything due until `now`, in order, each once: what it commands is done, what it says is said.

        `asleep`: the agent may not have run until now: what is late is told to be, and what needs a yes is not done so late.
        """
        await self._prune(now)
        fired: list[Fired] = []
        while (due := self.agenda.pop(now)) is not None:
            following = self.agenda.following(due, now)
            if following is not None:
                self.agenda.put(following)
            await self.store.fired(due, now, following)
            late = asleep and due.due is not None and now - due.due > LATE
            actions = () if late and self._is_grave(due) else due.actions
            results = [ActionResult(c, await self.devices.send(c, self.stages.device_seconds)) for c in actions]
            self.around.moves.fired(replace(due, actions=actions), local(due.due or now, self.live.snapshot().location))
            event = Event(due.kind, due.due or now, due.id, due.area)
            self.around.happened(event)
            await self.store.record_event(event)
            said = due.say or (words.report(results, self.live.snapshot()) if results else "")
            said = self._late(due, said, bool(actions), now) if late else said
            fired.append(Fired(replace(due, say=said, actions=actions), due.due or now, tuple(r for a in results for r in a.reports)))
            if announce is not None and said:
                await announce(due, said)
        return tuple(fired)

    def _is_grave(self, due: Due) -> bool:
        return self.stages.risk.of(due.actions, self.live.snapshot(), self.around.moves.followed) == "R3"

    def _late(self, due: Due, said: str, done: bool, now: datetime) -> str:
        """What is said of something that happens after its time."""
        home = self.live.snapshot()
        moment = words.since(local(due.due or now, home.location), now)
        if due.actions and not done:
            return words.say("late.left", deed=words.deed(due.actions, home), moment=moment)
        return words.say("late", said=said, moment=moment) if said else ""

    async def _prune(self, now: datetime) -> None:
        """Once a day: what is older than the home keeps leaves the log."""
        if self._pruned is None or now - self._pruned >= timedelta(days=1):
            self._pruned = now
            await self.store.prune(now - self._retention)

    async def moved(self, before: Entity | None, after: Entity, by: str, at: datetime) -> None:
        """The home changed: kept in the log, and remembered where requests may follow it."""
        if before is not None and before.state != after.state and after.domain not in UNLOGGED:
            await self.store.record_change(after.entity_id, after.state, by, at)
            self.around.moves.changed(after.entity_id, after.state, by, local(at, self.live.snapshot().location), self.live.snapshot())
        await self._come(before, after, at)
        event = self.around.moved(HomeChange(before, after, by), local(at, self.live.snapshot().location))
        if event is not None:
            await self.store.record_event(event)

    async def _come(self, before: Entity | None, after: Entity, at: datetime) -> None:
        """What has waited for this change falls due now; the next look at the agenda lets it happen."""
        for due in waiting.met(self.agenda.waiting(), before, after):
            again = due.trigger is not None and due.trigger.always
            ripe = replace(due, id=f"{due.id}@{int(at.timestamp())}" if again else due.id, due=at, trigger=None)
            await self.store.keep(ripe)
            self.agenda.put(ripe)
            self.agenda_changed()

    async def forget(self, what: str, value: str = "") -> int:
        """Delete from the log, and from memory what came of it; returns how many rows went."""
        removed = await self.store.forget(what, value)
        self.rewrites.load((), UNSERVED)
        self.around.preferences.clear()
        self.around.taught.clear()
        self.around.events.clear()
        self.agenda = Agenda(self.live.snapshot().location)
        await self.recall()
        return removed

    def _gather(self, request: Request) -> Context:
        self.own_reading.follow(self.around.preferences.values())
        return self.around.context(request, self.live.snapshot(), self.agenda.all())

    def _next_id(self) -> str:
        if self._is_dry:
            self._dry += 1
            return f"dry-{self._dry}"
        self._turns += 1
        return f"turn-{self._turns}"

    async def _commit(self, turn: Turn, context: Context) -> None:
        if not turn.request.dry:
            turn.policy = self.rewrites.policy
            await self.store.commit(turn, self.rewrites.resting)
            await self._replied(turn, context)
            await self._reacted(turn, context)
            for change in turn.changes:
                self._on_agenda(change)
            if any(change.what in ("preference", "preference_gone") for change in turn.changes):
                await self.serve(looked=False)
        self.around.note(turn, context.events)

    async def _replied(self, turn: Turn, context: Context) -> None:
        """ "Yes" and "no" to "did I get that right?" are kept for the learners."""
        offer = context.pending.offer if context.pending is not None else None
        if turn.replied and offer is not None and offer.kind == "right":
            await self.store.record_answer(offer.turn, turn.replied, turn.request.at)

    async def _reacted(self, turn: Turn, context: Context) -> None:
        """What these words say of a learned pair that was served just before."""
        before = context.previous
        if before is None or before.rewrite is None or before.rewrite.layer == "taught" or before.rewrite.held:
            return
        if contradicts(turn):
            if self.rewrites.taken_back(before.rewrite, before.who):
                await self.store.policy(self.rewrites.resting)
                await self.serve(looked=False)
        else:
            self.rewrites.went_well(before.rewrite, before.who)

    def _on_agenda(self, change: Change) -> None:
        if change.what == "due" and isinstance(change.value, Due):
            self.agenda.put(change.value)
        elif change.what == "due_gone":
            self.agenda.remove(change.key)


def turn_number(turn_id: str) -> int:
    """turn-58 -> 58"""
    return int(turn_id.rpartition("-")[2])


def _as_shipped(own: Correction | None) -> None:
    """An understanding that learns nothing."""


def _as_heard(request: Request, context: Context) -> tuple[Hypothesis, ...]:
    return request.hypotheses
