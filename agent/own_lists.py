"""Lists that Hearth keeps itself, for homes that have none: the shopping list and the to-do list. Their items come back from the log."""

from collections.abc import Iterable

from agent.records import Turn
from devices.commands import Command, Devices, Report
from devices.given import GivenDevices
from devices.home import Entity, LiveHome


def _list(object_id: str, name: str, *aliases: str) -> Entity:
    return Entity(f"todo.{object_id}", name, aliases, domain="todo", kind="list", state="0", attributes={"items": ()})


LISTS = (
    _list("shopping_list", "Shopping List", "shopping", "grocery list", "groceries"),
    _list("to_do", "To Do", "to do list", "todo list", "chores", "task list"),
)


class WithOwnLists:
    """The devices of a home and Hearth's own lists behind one `send`."""

    def __init__(self, devices: Devices, live: LiveHome) -> None:
        self._devices, self._own = devices, GivenDevices(live)
        self._ids = frozenset(e.entity_id for e in LISTS)
        for entity in LISTS:
            live.put(entity)

    async def send(self, command: Command, timeout: float) -> tuple[Report, ...]:  # noqa: ASYNC109 - the contract's
        """Reports in the order of the command's entities."""
        if self._ids.isdisjoint(command.entity_ids):
            return await self._devices.send(command, timeout)
        return await self._own.send(command, timeout)

    async def recall(self, turns: Iterable[Turn]) -> None:
        """What was put on the lists, and taken off them, in the order of the log."""
        for turn in turns:
            for result in turn.results:
                if result.verified and not self._ids.isdisjoint(result.command.entity_ids):
                    await self._own.send(result.command, 0.0)
