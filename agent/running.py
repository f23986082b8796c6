"""The agent as it runs: what doors are given."""

from dataclasses import dataclass

from agent.bell import Bell
from agent.clock import Clock
from agent.hearth import Hearth
from agent.records import Request, Turn
from agent.ringing import Ringing
from agent.understand.snapping import Snapping
from devices.home import LiveHome
from devices.mqtt import MqttHome


@dataclass(frozen=True, slots=True)
class Live:
    """All that runs. `say` answers one request and keeps the bell true."""

    agent: Hearth
    home: LiveHome
    mqtt: MqttHome
    bell: Bell
    snapping: Snapping
    clock: Clock
    broker: str
    ringing: Ringing
    """What sounds where it was set; a door gives its place to it (`ringing.at`)."""

    async def turn(self, request: Request) -> Turn:
        turn = await self.agent.turn(request)
        if turn.changes:
            self.bell.look_again()
        return turn
