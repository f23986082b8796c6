"""A small home for the tests of handlers: things given in a line each, a context around them, and a resolution as the resolver makes it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from agent.records import Context, Due, Interpretation, Plan, Resolution
from devices.commands import Command
from devices.effects import expected
from devices.home import Area, Entity, Floor, Home, Location
from devices.kinds import infer

NOW = datetime.fromisoformat("2026-03-10T10:00:00+01:00")
"""A Tuesday."""
AREAS = {a.area_id: a for a in (Area("living", "Living Room", floor="ground"), Area("kitchen", "Kitchen", floor="ground"), Area("garden", "Garden"))}


def thing(entity_id: str, name: str, state: str = "off", area: str | None = "living", kind: str | None = None, **attributes: Any) -> Entity:
    """One entity; `attributes` as Home Assistant has them."""
    domain = entity_id.partition(".")[0]
    found = kind or infer(name, domain, attributes.get("device_class"), attributes=attributes)
    return Entity(entity_id, name, area=area, domain=domain, kind=found, state=state, attributes=attributes)


def context(*things: Entity, text: str = "", agenda: tuple[Due, ...] = (), **more: Any) -> Context:
    """The things at home on a Tuesday at ten, asked about in the living room."""
    home = Home(AREAS, {"ground": Floor("ground", "Ground Floor")}, {t.entity_id: t for t in things}, {}, Location(52.37, 4.9, "Europe/Amsterdam"))
    return Context(now=NOW, home=home, area="living", text=text, agenda=agenda, **more)


def meant(intent: str, *targets: Entity, **slots: Any) -> Resolution:
    """The resolution of an intent to these things."""
    return Resolution(Interpretation(intent, slots), tuple(t.entity_id for t in targets))


def one(plan: Plan) -> Command:
    """The plan's only command."""
    assert plan.outcome == "act", plan
    assert len(plan.commands) == 1, plan.commands
    return plan.commands[0]


def doable(plan: Plan, home: Home) -> bool:
    """Every entity can take its command, as devices.effects knows the services."""
    return all(expected(home.entities[e], command) is not None for command in plan.commands for e in command.entity_ids)


def data(plan: Plan) -> Mapping[str, Any]:
    return one(plan).data
