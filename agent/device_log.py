"""Who moved what: the last moves of each thing, by a person's hand, a request, a schedule or by itself. In memory; it comes back from the log.

From the same moves it tells what scripts, scenes and buttons bring about: one after which a lock opened carries that risk from then on.
"""

from collections import deque
from collections.abc import Iterable
from datetime import datetime, timedelta

from agent.records import Due, Risk, Touch, Turn
from agent.risk import ORDER, of_change
from devices.commands import Command
from devices.home import Entity, Home

Change = tuple[datetime, str, str, str]
"""When, entity_id, state, by whom: as the log tells it."""
KEPT = 400
"""Moves kept."""
SOON = timedelta(seconds=10)
"""A change so soon after a command to the same thing is that command's doing."""
FOLLOWS = timedelta(seconds=30)
"""A change so soon after a script ran is taken for the script's doing."""
MADE_OF_OTHERS = frozenset({"script", "scene", "automation", "button", "input_button"})


class DeviceLog:
    """The last moves of things, and the risks that were seen to follow what is made of others."""

    def __init__(self) -> None:
        self.recent: deque[Touch] = deque(maxlen=KEPT)
        """The last moves, newest last."""
        self._last: dict[str, Touch] = {}
        self._asked: dict[tuple[str, str | None, str | None], str] = {}
        """What was said before the yes, by conversation."""
        self._ran: deque[tuple[datetime, str]] = deque(maxlen=16)
        self.followed: dict[str, Risk] = {}
        """entity_id of a script... -> the highest risk of what followed it."""

    def turn(self, turn: Turn) -> None:
        """What a turn moved, as far as it was not seen to fail."""
        if turn.request.dry:
            return
        key = (turn.request.conversation, turn.request.device, turn.request.area)
        text = turn.text
        if turn.outcome == "confirm":
            self._asked[key] = turn.text
        elif turn.outcome == "act" and not turn.clauses and key in self._asked:
            text = self._asked.pop(key)
        for result in turn.results:
            moved = [r.entity_id for r in result.reports if r.verified is not False]
            self._commanded(result.command, moved, turn.request.at, "request", turn.request.speaker or "", text)

    def fired(self, due: Due, at: datetime) -> None:
        """What was put off was done."""
        for command in due.actions:
            self._commanded(command, command.entity_ids, at, "schedule", due.speaker or "", due.command)

    def _commanded(self, command: Command, entity_ids: Iterable[str], at: datetime, by: str, speaker: str, text: str) -> None:
        for entity_id in entity_ids:
            self._note(Touch(entity_id, at, by, speaker, text, command.service.partition(".")[2]))
            if entity_id.partition(".")[0] in MADE_OF_OTHERS:
                self._ran.append((at, entity_id))

    def changed(self, entity_id: str, state: str, by: str, at: datetime, home: Home) -> None:
        """A thing came to a state: by hand, by itself, or as the doing of a command or a script a moment before."""
        last = self._last.get(entity_id)
        if by != "person" and last is not None and timedelta(0) <= at - last.at <= SOON:
            return
        entity = home.entities.get(entity_id)
        if by != "person" and entity is not None:
            self._learn(entity, state, at)
        self._note(Touch(entity_id, at, "hand" if by == "person" else "itself", state=state))

    def _learn(self, entity: Entity, state: str, at: datetime) -> None:
        risk = of_change(entity, state)
        for ran_at, script in self._ran:
            if timedelta(0) <= at - ran_at <= FOLLOWS and ORDER[risk] > ORDER[self.followed.get(script, "R1")]:
                self.followed[script] = risk

    def _note(self, touch: Touch) -> None:
        self.recent.append(touch)
        self._last[touch.entity_id] = touch

    def forget(self) -> None:
        self.recent.clear()
        self._last.clear()
        self._ran.clear()
        self._asked.clear()
        self.followed.clear()

    def recount(self, turns: Iterable[Turn], fired: Iterable[tuple[datetime, Due]], changes: Iterable[Change], home: Home) -> None:
        """All of it anew from the log, in the order of time."""
        self.forget()
        steps: list[tuple[datetime, int, object]] = [(t.request.at, 0, t) for t in turns]
        steps += [(at, 1, due) for at, due in fired]
        steps += [(at, 2, (entity_id, state, by)) for at, entity_id, state, by in changes]
        for at, _, what in sorted(steps, key=lambda step: step[:2]):
            match what:
                case Turn() as turn:
                    self.turn(turn)
                case Due() as due:
                    self.fired(due, at)
                case (str() as entity_id, str() as state, str() as by):
                    self.changed(entity_id, state, by, at, home)


