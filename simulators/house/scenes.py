"""Scenes: one command that makes several devices do something."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Self

from simulators.house.thing import Action, Entity, Thing, choose, unknown


@dataclass(frozen=True, slots=True)
class Scene(Thing):
    """`touches` are the entities it acts on; the plan fills it in, and the scene tells them as Home Assistant's scenes do."""

    actions: tuple[Action, ...]
    touches: tuple[str, ...] = ()

    def entities(self) -> tuple[Entity, ...]:
        return (Entity("scene", "scene", {"command_topic": "~/scene/set", "payload_on": "ON", "json_attributes_topic": "~/attributes"}),)

    def reports(self) -> Mapping[str, str]:
        return {"attributes": json.dumps({"entity_id": list(self.touches)})}

    def obey(self, command: str, payload: str, luck: Random) -> Self:
        if command != "scene":
            raise unknown(command)
        return choose(payload, {"ON": self})

    def triggers(self, command: str) -> tuple[Action, ...]:
        return self.actions
