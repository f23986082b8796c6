"""One entity on the wire: what it has reported, whether it is there, and who waits for its reports."""

import asyncio
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from devices.announced import Announced
from devices.components.wire import Component, Reading, Told
from devices.expected import Expected
from devices.home import UNAVAILABLE, Entity
from devices.templates import NothingToSayError, TemplateFailedError, read

MOST_ATTRIBUTES = 64
"""Of a JSON attributes topic."""
FAULTS = {"jammed": "jammed", "error": "refused"}
"""A state that ends the waiting -> its key in devices.commands.REASONS."""
UNDER_WAY = {"opening": "open", "closing": "closed", "locking": "locked", "unlocking": "unlocked", "returning": "docked", "arming": "", "pending": ""}
"""A state that is on its way -> where to."""

Complain = Callable[[str, str], None]
"""(topic, what is wrong with its message, in a few words)."""


@dataclass(slots=True)
class Waiting:
    """A command that waits for the device's own report. The future's result is "" or a key of REASONS."""

    before: Entity
    outcome: Expected
    future: asyncio.Future[str]
    heard: bool = False
    """The device has reported on what was asked, but not as it was asked."""
    under_way: Callable[[], None] | None = None
    """Called when the device reports that it is about it ("unlocking"): it may take its time then."""


@dataclass(frozen=True, slots=True)
class _Availability:
    topic: str
    template: str
    yes: str
    no: str


@dataclass(slots=True)
class Wired:
    """An announced entity. `receive` takes its messages in; the caller puts the result into the home."""

    announced: Announced
    component: Component
    entity_id: str
    state: str = "unknown"
    """The last one reported, kept while the device is away."""
    waiting: list[Waiting] = field(default_factory=list)
    last: Waiting | None = None
    """The command that was last sent, and when: whose doing a report is."""
    sent_at: float = float("-inf")
    _online: dict[str, bool] = field(default_factory=dict)
    _newest: bool = False
    _availability: tuple[_Availability, ...] = ()
    _readings: dict[str, list[Reading]] = field(default_factory=dict)
    shows: frozenset[str] = frozenset()
    """The attributes, and "state", of which the device reports."""

    def __post_init__(self) -> None:
        self._availability = tuple(_availability(self.announced))
        shown: set[str] = set()
        for reading in self.component.readings:
            if self.announced.has(reading.topic):
                self._readings.setdefault(self.announced.text(reading.topic), []).append(reading)
                shown.update(reading.shows, reading.also_shows(self.announced))
        self.shows = frozenset() if self.announced.flag("optimistic") else frozenset(shown)

    @property
    def topics(self) -> set[str]:
        """All topics it reports on."""
        attributes = self.announced.text("json_attributes_topic")
        return {*self._readings, *(a.topic for a in self._availability), *([attributes] if attributes else [])}

    @property
    def available(self) -> bool:
        if not self._availability:
            return True
        mode = self.announced.text("availability_mode", "latest")
        if mode == "all":
            return all(self._online.get(a.topic, False) for a in self._availability)
        return any(self._online.values()) if mode == "any" else self._newest

    @property
    def shown_state(self) -> str:
        return self.state if self.available else UNAVAILABLE

    def receive(self, topic: str, payload: str, entity: Entity, complain: Complain) -> Told:
        """Take in a message on one of its topics, and say what it told; `shown_state` is up to date then. The entity is as it was."""
        self._hear_availability(topic, payload, complain)
        state: str | None = None
        attributes = self._hear_attributes(topic, payload, entity, complain)
        for reading in self._readings.get(topic, ()):
            told = self._read(reading, topic, payload, replace(entity, state=self.state), complain)
            if told is not None:
                state = told.state or state
                self.state = told.state or self.state
                attributes |= told.attributes
                entity = replace(entity, attributes={**entity.attributes, **told.attributes})
        return Told(state, attributes)

    def _read(self, reading: Reading, topic: str, payload: str, entity: Entity, complain: Complain) -> Told | None:
        try:
            text = read(self.announced.text(reading.template) if reading.template else "", payload)
            return reading.take(self.announced, entity, text)
        except NothingToSayError:
            return None
        except TemplateFailedError as error:
            complain(topic, f"the template of {self.entity_id} failed ({error})")
            return None

    def _hear_availability(self, topic: str, payload: str, complain: Complain) -> None:
        for source in self._availability:
            if source.topic != topic:
                continue
            try:
                told = read(source.template, payload)
            except (NothingToSayError, TemplateFailedError) as error:
                complain(topic, f"the availability template of {self.entity_id} failed ({error})")
                continue
            if told in (source.yes, source.no):
                self._online[topic] = self._newest = told == source.yes

    def _hear_attributes(self, topic: str, payload: str, entity: Entity, complain: Complain) -> dict[str, Any]:
        if topic != self.announced.text("json_attributes_topic"):
            return {}
        try:
            told = json.loads(read(self.announced.text("json_attributes_template"), payload))
        except (NothingToSayError, TemplateFailedError, ValueError, RecursionError):
            told = None
        if not isinstance(told, dict):
            complain(topic, f"the attributes of {self.entity_id} are no JSON object")
            return {}
        own = self.shows | {"device_class", "unit_of_measurement", *self.component.attributes(self.announced)}
        return {key: told[key] for key in list(told)[:MOST_ATTRIBUTES] if key not in own and told[key] is not None}

    def visible(self, outcome: Expected) -> Expected:
        """As much of an outcome as this device reports."""
        return replace(
            outcome,
            state=outcome.state if "state" in self.shows else None,
            also=outcome.also if "state" in self.shows else frozenset(),
            attributes={key: value for key, value in outcome.attributes.items() if key in self.shows},
            travels=outcome.travels if outcome.travels and outcome.travels[0] in self.shows else None,
            moves=outcome.moves & self.shows,
        )

    def concerns(self, outcome: Expected, told: Told) -> bool:
        """The report is about what was asked."""
        asked = {*outcome.attributes, *outcome.moves, *(outcome.travels or ())[:1]}
        return bool(asked & set(told.attributes)) or (outcome.state is not None and told.state is not None)

    def tell(self, now: Entity, told: Told) -> None:
        """Let those who wait know of a report."""
        for waiting in self.waiting:
            if waiting.future.done():
                continue
            reason = self._verdict(waiting, now, told)
            if reason is not None:
                waiting.future.set_result(reason)
            elif waiting.under_way is not None and UNDER_WAY.get(told.state or "", "") == waiting.outcome.state:
                waiting.under_way()
            elif self.concerns(waiting.outcome, told):
                waiting.heard = True

    def _verdict(self, waiting: Waiting, now: Entity, told: Told) -> str | None:
        if now.state == UNAVAILABLE:
            return "unavailable"
        if waiting.outcome.met(now, waiting.before):
            return ""
        return FAULTS.get(told.state or "")

    def dismiss(self, reason: str) -> None:
        """End all waiting."""
        for waiting in self.waiting:
            if not waiting.future.done():
                waiting.future.set_result(reason)

    def by(self, now: Entity, told: Told, time: float, window: float) -> str:
        """Whose doing a report is: the agent's while its command is under way, or soon after and as it was asked; else the device's own."""
        if any(self.concerns(waiting.outcome, told) for waiting in self.waiting):
            return "agent"
        if self.last is None or time - self.sent_at > window or not self.last.outcome.met(now, self.last.before):
            return "device"
        if now.state in UNDER_WAY:
            self.sent_at = time  # still on its way
        return "agent"


def _availability(announced: Announced) -> Iterable[_Availability]:
    if announced.has("availability_topic"):
        yield _Availability(
            announced.text("availability_topic"),
            announced.text("availability_template"),
            announced.text("payload_available", "online"),
            announced.text("payload_not_available", "offline"),
        )
    listed = announced.values.get("availability")
    for entry in listed if isinstance(listed, list) else ():
        told = Announced(announced.topic, announced.component, announced.part, entry, {}) if isinstance(entry, dict) else None
        if told is not None and told.has("topic"):
            yes, no = told.text("payload_available", "online"), told.text("payload_not_available", "offline")
            yield _Availability(told.text("topic"), told.text("value_template"), yes, no)
