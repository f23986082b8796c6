"""Devices of a home whose states are given (the pipe, tests): what a command asks comes true at once."""

from devices.commands import Command, Report
from devices.effects import after, expected
from devices.home import LiveHome
from devices.home_file import HomeFileError, load_home, state_text

__all__ = ["GivenDevices", "HomeFileError", "load_home", "state_text"]


class GivenDevices:
    """Applies commands to the home itself, as "agent". The world may then say otherwise."""

    def __init__(self, live_home: LiveHome) -> None:
        self._home = live_home

    async def send(self, command: Command, timeout: float) -> tuple[Report, ...]:  # noqa: ASYNC109 - the contract's; nothing is waited for here
        """One report per entity, in order: True where the home took it over, None where nothing can be seen, else False with the reason."""
        return tuple(self._apply(entity_id, command) for entity_id in command.entity_ids)

    def _apply(self, entity_id: str, command: Command) -> Report:
        entity = self._home.entity(entity_id)
        if entity is None or not entity.available:
            return Report(entity_id, False, entity.state if entity else None, "unavailable")
        outcome = expected(entity, command)
        if outcome is None:
            return Report(entity_id, False, entity.state, "unsupported")
        then = after(entity, outcome)
        self._home.update(entity_id, then.state, outcome.changes, by="agent")
        return Report(entity_id, True if outcome.visible else None, then.state)
