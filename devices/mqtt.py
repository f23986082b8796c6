"""A home on MQTT: entities found by Home Assistant's discovery, followed by their topics, commanded and verified by their own reports."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from types import TracebackType
from typing import Any, Self

from devices.announced import Announced
from devices.commands import Command, Report
from devices.components import component_for
from devices.components.wire import Ask, Told
from devices.discovery import AnnouncementError, component_of, patterns, read_announcement
from devices.effects import concrete, expected
from devices.expected import Expected
from devices.home import Area, Entity, Hardware, LiveHome
from devices.kinds import KINDS, infer
from devices.link import Link, LinkLostError, MqttSettings
from devices.naming import hardware_of, model_of, name_of, object_id_of, slug, suggested_area
from devices.templates import NothingToSayError, TemplateFailedError
from devices.wired import Waiting, Wired

__all__ = ["MqttHome", "MqttSettings"]

log = logging.getLogger(__name__)

LARGEST_STATE = 262_144
"""Bytes of a state message."""
MOST_COMPLAINTS = 1_000
"""Different messages that are complained of; then no more."""


class MqttHome:
    """`async with MqttHome(settings, live_home) as devices:` keeps the home true to what the devices say, and sends commands.

    Nothing that comes over the wire raises; what is malformed is complained of once, by topic, in the log. While the broker is away every
    command is reported as "disconnected" and the entities keep their last state.
    """

    def __init__(self, settings: MqttSettings, live_home: LiveHome) -> None:
        self._settings = settings
        self._home = live_home
        self._link = Link(settings, self._receive, self._broker_changed)
        self._announced: dict[str, dict[str, Wired]] = {}
        """Announcement topic -> part -> entity."""
        self._payloads: dict[str, bytes] = {}
        """Announcement topic -> its last payload: what comes again after a reconnect changes nothing."""
        self._entities: dict[str, Wired] = {}
        self._unique: dict[tuple[str, str], str] = {}
        """(component, unique_id) -> entity_id."""
        self._listeners: dict[str, list[Wired]] = {}
        """Topic -> who reports on it."""
        self._rooms: dict[str, str] = {}
        """Folded name of a room -> its area_id."""
        self._hardware_known: dict[str, Hardware] = {}
        self._complaints: set[tuple[str, str]] = set()
        self._task: asyncio.Task[None] | None = None

    # Lifetime

    async def __aenter__(self) -> Self:
        """Starts to connect and returns at once; `settled` waits for the home to be complete."""
        self._task = asyncio.create_task(self.run(), name="mqtt home")
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def run(self) -> None:
        """Until cancelled. For those who have a TaskGroup of their own."""
        for area in self._home.snapshot().areas.values():
            self._rooms |= {name.casefold(): area.area_id for name in (area.name, *area.aliases, area.area_id)}
        self._link.want(patterns(self._settings.prefix))
        await self._link.run()

    @property
    def connected(self) -> bool:
        return self._link.connected

    @property
    def trouble(self) -> str:
        """Why there is no connection, as a sentence; "" while there is one."""
        return self._link.trouble

    async def settled(self, timeout: float) -> bool:  # noqa: ASYNC109 - False, not an error, is the answer
        """All retained announcements and states are in; False where that takes longer than `timeout` seconds."""
        return await self._link.settled(timeout)

    def _broker_changed(self, there: bool) -> None:
        if not there:
            for wired in self._entities.values():
                wired.dismiss("disconnected")

    # Messages

    def _receive(self, topic: str, payload: bytes) -> None:
        component = component_of(self._settings.prefix, topic)
        if component is not None:
            self._announcement(component, topic, payload)
        if topic in self._listeners:
            self._message(topic, payload)

    def _complain(self, topic: str, why: str) -> None:
        """Once for each topic and fault."""
        if (topic, why) not in self._complaints and len(self._complaints) < MOST_COMPLAINTS:
            self._complaints.add((topic, why))
            log.warning("The message on %s was not used: %s.", topic[:200], why)

    def _message(self, topic: str, payload: bytes) -> None:
        if len(payload) > LARGEST_STATE:
            self._complain(topic, f"it has more than {LARGEST_STATE} bytes")
            return
        try:
            text = payload.decode()
        except UnicodeDecodeError:
            self._complain(topic, "it is not UTF-8")
            return
        for wired in tuple(self._listeners[topic]):
            entity = self._home.entity(wired.entity_id)
            if entity is not None:
                self._report(wired, entity, wired.receive(topic, text, entity, self._complain))

    def _report(self, wired: Wired, entity: Entity, told: Told) -> None:
        """An entity reported: the home changes, those who wait are told."""
        now = replace(entity, state=wired.shown_state, attributes={**entity.attributes, **told.attributes})
        if now.state != entity.state or any(entity.attributes.get(key) != value for key, value in told.attributes.items()):
            by = wired.by(now, told, self._now(), self._settings.window)
            self._home.update(wired.entity_id, now.state, told.attributes, by=by)
        wired.tell(now, told)

    def _now(self) -> float:
        return asyncio.get_running_loop().time()

    # Announcements

    def _announcement(self, component: str, topic: str, payload: bytes) -> None:
        if self._payloads.get(topic) == payload:
            return
        try:
            announcement = read_announcement(component, topic, payload)
        except AnnouncementError as error:
            self._complain(topic, str(error))
            return
        for why in announcement.ignored:
            self._complain(topic, why)
        self._payloads[topic] = payload
        known = self._announced.get(topic, {})
        for part in known.keys() - {announced.part for announced in announcement.parts}:
            self._forget(known.pop(part))
        for announced in announcement.parts:
            self._enrol(announced, known)
        if known:
            self._announced[topic] = known
        else:
            self._announced.pop(topic, None)
            self._payloads.pop(topic, None)

    def _enrol(self, announced: Announced, known: dict[str, Wired]) -> None:
        """A new entity, or a known one that announces itself anew."""
        before = known.get(announced.part)
        component = component_for(announced)
        if component is None or not announced.flag("enabled_by_default", True):
            if component is None:
                self._complain(announced.topic, f"Hearth does not know the component {announced.component}")
            if before is not None:
                self._forget(known.pop(announced.part))
            return
        unique = (announced.component, announced.text("unique_id"))
        if before is None and unique[1] and unique in self._unique:
            self._complain(announced.topic, f"its unique_id {unique[1]} is {self._unique[unique]}'s already")
            return
        entity_id = before.entity_id if before else self._free_id(component.domain, announced)
        wired = Wired(announced, component, entity_id, before.state if before else "unknown")
        if before is not None:
            self._unwire(before)
        known[announced.part] = wired
        self._entities[entity_id] = wired
        self._unique[unique] = entity_id
        for topic in wired.topics:
            self._listeners.setdefault(topic, []).append(wired)
        self._home.put(self._entity(wired))
        self._link.want(wired.topics)

    def _free_id(self, domain: str, announced: Announced) -> str:
        wanted = f"{domain}.{object_id_of(announced)}"
        entity_id, count = wanted, 1
        while self._home.entity(entity_id) is not None:
            count += 1
            entity_id = f"{wanted}_{count}"
        return entity_id

    def _entity(self, wired: Wired) -> Entity:
        announced = wired.announced
        hardware = self._hardware(announced)
        attributes: dict[str, Any] = dict(wired.component.attributes(announced))
        attributes |= {key: announced.text(key) for key in ("device_class", "unit_of_measurement") if announced.has(key)}
        before = self._home.entity(wired.entity_id)
        attributes = {**{key: value for key, value in (before.attributes if before else {}).items() if key in wired.shows}, **attributes}
        name, domain = name_of(announced), wired.component.domain
        kind = infer(name, domain, attributes.get("device_class"), model_of(announced), attributes)
        if hardware is not None and domain == "media_player":
            self._put(replace(hardware, screen=bool(kind and KINDS[kind].screen), speaker=True))
        return Entity(
            wired.entity_id,
            name,
            area=hardware.area if hardware else None,
            device_id=hardware.device_id if hardware else None,
            domain=domain,
            kind=kind,
            state=wired.shown_state,
            attributes=attributes,
            diagnostic=announced.text("entity_category") in ("diagnostic", "config"),
        )

    def _hardware(self, announced: Announced) -> Hardware | None:
        hardware = hardware_of(announced)
        if hardware is None:
            return None
        room = suggested_area(announced)
        return self._put(replace(hardware, area=self._area_id(room) if room else None))

    def _put(self, hardware: Hardware) -> Hardware:
        """One thing of several entities: what any of them says of it holds."""
        known = self._hardware_known.get(hardware.device_id, hardware)
        merged = replace(
            hardware, area=hardware.area or known.area, screen=hardware.screen or known.screen, speaker=hardware.speaker or known.speaker
        )
        self._hardware_known[hardware.device_id] = merged
        self._home.put_device(merged)
        return merged

    def _area_id(self, name: str) -> str:
        """The room of that name, made where the home has none."""
        area_id = self._rooms.get(name.casefold())
        if area_id is None:
            area_id = slug(name) or name.casefold()
            self._rooms |= {name.casefold(): area_id, area_id: area_id}
            self._home.put_area(Area(area_id, name))
        return area_id

    def _forget(self, wired: Wired) -> None:
        self._unwire(wired)
        wired.dismiss("unavailable")
        self._entities.pop(wired.entity_id, None)
        self._unique.pop((wired.announced.component, wired.announced.text("unique_id")), None)
        self._home.remove((wired.entity_id,))

    def _unwire(self, wired: Wired) -> None:
        for topic in wired.topics:
            others = [other for other in self._listeners.get(topic, ()) if other is not wired]
            if others:
                self._listeners[topic] = others
            else:
                self._listeners.pop(topic, None)
                self._link.drop((topic,))

    # Commands

    async def send(self, command: Command, timeout: float) -> tuple[Report, ...]:  # noqa: ASYNC109 - the contract's: it ends in a report
        """Command every entity at once and wait for each one's own report."""
        async with asyncio.TaskGroup() as tasks:
            sent = [tasks.create_task(self._send(entity_id, command, timeout), name=f"send {entity_id}") for entity_id in command.entity_ids]
        return tuple(task.result() for task in sent)

    async def _send(self, entity_id: str, command: Command, timeout: float) -> Report:  # noqa: ASYNC109
        wired, entity = self._entities.get(entity_id), self._home.entity(entity_id)
        if not self.connected:
            return Report(entity_id, False, entity.state if entity else None, "disconnected")
        if wired is None or entity is None or not entity.available:
            return Report(entity_id, False, entity.state if entity else None, "unavailable")
        doable, outcome = concrete(entity, command), expected(entity, command)
        publishes = self._written(wired, Ask(entity, doable.service.partition(".")[2], doable.data, outcome)) if doable and outcome else None
        if not publishes or outcome is None:
            return Report(entity_id, False, entity.state, "unsupported")
        seen = wired.visible(outcome)
        reason = await self._verified(wired, Waiting(entity, seen, self._future()), publishes, timeout)
        if not reason:
            self._assume(wired, outcome)
        now = self._home.entity(entity_id)
        verified = False if reason else True if seen.visible else None
        return Report(entity_id, verified, now.state if now else None, reason)

    def _future(self) -> asyncio.Future[str]:
        return asyncio.get_running_loop().create_future()

    def _written(self, wired: Wired, ask: Ask) -> list[Any] | None:
        writing = wired.component.writings.get(ask.service)
        try:
            return writing(wired.announced, ask) if writing else None
        except (TemplateFailedError, NothingToSayError) as error:
            self._complain(wired.announced.topic, f"the command template of {wired.entity_id} failed ({error})")
            return None

    async def _verified(self, wired: Wired, waiting: Waiting, publishes: list[Any], timeout: float) -> str:  # noqa: ASYNC109
        """ "" once the device shows what was asked, else why not."""
        wired.waiting.append(waiting)
        wired.last, wired.sent_at = waiting, self._now()
        try:
            async with asyncio.timeout(timeout) as limit:
                waiting.under_way = _patiently(limit, self._now() + max(timeout, self._settings.patience))
                for publish in publishes:
                    await self._link.publish(publish.topic, publish.payload, wired.announced.flag("retain"))
                return await self._told(waiting)
        except LinkLostError:
            return "disconnected"
        except TimeoutError:
            return waiting.future.result() if waiting.future.done() else "refused" if waiting.heard else "timeout"
        finally:
            waiting.under_way = None
            wired.waiting.remove(waiting)
            wired.sent_at = self._now()

    async def _told(self, waiting: Waiting) -> str:
        """The device's own report; where it was already so, its standing state after a grace.

        A player that is asked for what it plays already has no new title to tell: that it reported itself playing again is enough.
        """
        outcome, before = waiting.outcome, waiting.before
        if not outcome.visible:
            return ""
        already = outcome.met(before, before)
        anew = not already and outcome.state is not None and replace(outcome, moves=frozenset()).met(before, before)
        if not already and not anew:
            return await asyncio.shield(waiting.future)
        try:
            async with asyncio.timeout(self._settings.grace):
                return await asyncio.shield(waiting.future)
        except TimeoutError:
            return "" if already or waiting.heard else await asyncio.shield(waiting.future)

    def _assume(self, wired: Wired, outcome: Expected) -> None:
        """What the device cannot report is taken to be as it was asked."""
        attributes = {key: value for key, value in outcome.attributes.items() if key not in wired.shows}
        if not wired.announced.has("set_position_topic"):
            attributes.pop("current_position", None)  # it has none
        if wired.component.domain == "media_player" and "media_title" not in wired.shows:
            attributes |= outcome.besides
        state = outcome.state if "state" not in wired.shows else None
        if state is not None:
            wired.state = state
        if state is not None or attributes:
            self._home.update(wired.entity_id, state, attributes, by="agent")


def _patiently(limit: asyncio.Timeout, until: float) -> Callable[[], None]:
    """Moves a time-out that has not struck yet."""
    return lambda: None if limit.expired() else limit.reschedule(until)
