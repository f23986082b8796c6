"""What an MQTT component is made of: readings (topic -> state and attributes) and writings (service -> messages).

Rules of the package: readings never raise, whatever text arrives; what makes no sense is None. Writings return None for what the device
has no topic for. Keys are the long ones of Home Assistant's discovery.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from devices.announced import Announced, Publish, payload_text
from devices.expected import Expected, number
from devices.home import Entity
from devices.templates import render


@dataclass(frozen=True, slots=True)
class Told:
    """What a message says: a state, attributes (None removes one), or both."""

    state: str | None = None
    attributes: Mapping[str, Any] = field(default_factory=dict)


Take = Callable[[Announced, Entity, str], Told | None]
"""(announced, entity as it is, payload after its template) -> what it says."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One topic that a component may report on. `shows` are the attributes (and "state") it can tell."""

    topic: str
    template: str
    take: Take
    shows: tuple[str, ...]
    also_shows: Callable[[Announced], tuple[str, ...]] = lambda announced: ()
    """What some devices of the component can tell besides."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A command as a writing sees it: `outcome` is what the effects table expects of it, toggles and steps worked out."""

    entity: Entity
    service: str
    data: Mapping[str, Any]
    outcome: Expected

    @property
    def changes(self) -> dict[str, Any]:
        return self.outcome.changes


Writing = Callable[[Announced, Ask], list[Publish] | None]


@dataclass(frozen=True, slots=True)
class Component:
    """A kind of announcement: its domain, what it reports and how it is told."""

    domain: str
    readings: tuple[Reading, ...] = ()
    writings: Mapping[str, Writing] = field(default_factory=dict)
    """Service without its domain -> how it is written."""
    attributes: Callable[[Announced], dict[str, Any]] = lambda announced: {}
    """What the announcement itself says of the entity (its range, modes, options...)."""


# Readings


def mapped(table: Mapping[str, tuple[str, str]]) -> Take:
    """State words: state -> (key of its payload, default payload). A payload that is none of them says nothing; "None" is unknown."""

    def take(announced: Announced, entity: Entity, payload: str) -> Told | None:
        if payload == "None":
            return Told("unknown")
        return next((Told(state) for state, (key, default) in table.items() if payload == announced.text(key, default)), None)

    return take


def on_off(on: str = "payload_on", off: str = "payload_off") -> Take:
    """ON and OFF, or the announced payloads; `state_on`, `state_off` where the component has them."""

    def take(announced: Announced, entity: Entity, payload: str) -> Told | None:
        if payload == "None":
            return Told("unknown")
        if payload == announced.text("state_on", announced.text(on, "ON")):
            return Told("on")
        return Told("off") if payload == announced.text("state_off", announced.text(off, "OFF")) else None

    return take


def as_state(announced: Announced, entity: Entity, payload: str) -> Told | None:
    """The payload is the state; empty says nothing, "None" is unknown."""
    return None if payload == "" else Told("unknown" if payload == "None" else payload)


def as_number(attribute: str) -> Take:
    """A number becomes an attribute; "None" takes it away."""

    def take(announced: Announced, entity: Entity, payload: str) -> Told | None:
        value = plain_number(payload)
        return Told(attributes={attribute: value}) if value is not None or payload == "None" else None

    return take


def as_text(attribute: str) -> Take:
    def take(announced: Announced, entity: Entity, payload: str) -> Told | None:
        return Told(attributes={attribute: None if payload in ("", "None") else payload})

    return take


def plain_number(payload: str) -> int | float | None:
    """ "21" -> 21, "21.50" -> 21.5, anything else None."""
    value = number(payload)
    return None if value is None else int(value) if value == int(value) else value


# Writings


def filled(announced: Announced, template: str, value: Any, **named: Any) -> str:
    """The payload for a value: through the announced template where there is one."""
    source = announced.text(template) if template else ""
    return render(source, {"value": value, **named}) if source else payload_text(value)


def message(announced: Announced, topic: str, payload: str) -> list[Publish] | None:
    return [Publish(announced.text(topic), payload)] if announced.has(topic) else None


def word(key: str, default: str, topic: str = "command_topic", template: str = "command_template") -> Writing:
    """Always the same payload: the announced one or the default."""

    def write(announced: Announced, ask: Ask) -> list[Publish] | None:
        return message(announced, topic, filled(announced, template, announced.text(key, default)))

    return write


def value(attribute: str, topic: str, template: str = "") -> Writing:
    """What the outcome says an attribute becomes ("state" is the state)."""

    def write(announced: Announced, ask: Ask) -> list[Publish] | None:
        asked = ask.outcome.state if attribute == "state" else ask.changes.get(attribute)
        return None if asked is None else message(announced, topic, filled(announced, template, asked))

    return write


def all_of(*writings: Writing) -> Writing:
    """Every one of them that applies, in order; None where none does."""

    def write(announced: Announced, ask: Ask) -> list[Publish] | None:
        parts = [part for writing in writings if (part := writing(announced, ask)) is not None]
        return [publish for part in parts for publish in part] or None

    return write


def picked(announced: Announced, numbers: Mapping[str, str] | None = None, lists: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Attributes that the announcement gives: attribute -> key, for numbers and for lists of texts."""
    told: dict[str, Any] = {}
    for attribute, key in (numbers or {}).items():
        if announced.has(key):
            told[attribute] = announced.number(key, 0)
    for attribute, key in (lists or {}).items():
        if announced.has(key):
            told[attribute] = announced.listed(key)
    return told
