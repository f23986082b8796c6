"""The simulated home on a real broker: announced, obedient, tellable by hand, back after the broker, gone when it ends."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import aiomqtt
import pytest

from devices.broker import Broker
from simulators.clock import ManualClock, WallClock
from simulators.house import Wire, demo_home, running_house
from simulators.house.__main__ import main
from simulators.house.discovery import announcement

ROOT = Path(__file__).parents[1]
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Watcher:
    """Somebody else on the broker."""

    def __init__(self, client: aiomqtt.Client) -> None:
        self.client = client
        self.seen: dict[str, str] = {}
        """The newest payload of each topic."""

    async def until(self, topic: str, payload: str) -> None:
        """Read on until a topic has a payload, whenever that came."""
        while self.seen.get(topic) != payload:
            await self.read()

    async def read(self) -> tuple[str, str]:
        message = await anext(aiter(self.client.messages))
        topic, payload = message.topic.value, bytes(message.payload).decode()
        self.seen[topic] = payload
        return topic, payload

    async def say(self, topic: str, payload: object, retain: bool = False) -> None:
        await self.client.publish(topic, payload if isinstance(payload, str) else json.dumps(payload), qos=1, retain=retain)


@asynccontextmanager
async def watching(broker: Broker, *topics: str) -> AsyncIterator[Watcher]:
    async with aiomqtt.Client(broker.host, broker.port) as client:
        await client.subscribe([(topic, 1) for topic in topics])
        yield Watcher(client)


@asynccontextmanager
async def home(broker: Broker) -> AsyncIterator[tuple[Wire, ManualClock]]:
    clock = ManualClock(NOON)
    async with running_house(broker.host, broker.port, clock=clock) as wire:
        yield wire, clock


async def test_everything_is_announced_retained_and_then_online(broker: Broker) -> None:
    async with home(broker), watching(broker, "#") as watcher:
        await watcher.until("hearth-sim/status", "online")
        expected = announcement(demo_home())
        while not set(expected) <= set(watcher.seen):
            await watcher.read()
        assert {topic: watcher.seen[topic] for topic in expected} == expected
        for device in demo_home():
            await watcher.until(f"hearth-sim/{device.id}/status", "online")


async def test_a_lamp_obeys_and_answers_even_when_nothing_changes(broker: Broker) -> None:
    async with home(broker), watching(broker, "hearth-sim/office_ceiling_light/power") as watcher:
        await watcher.until("hearth-sim/office_ceiling_light/power", "OFF")
        for payload in ("ON", "ON", "OFF"):
            await watcher.say("hearth-sim/office_ceiling_light/power/set", payload)
            assert await watcher.read() == ("hearth-sim/office_ceiling_light/power", payload)


async def test_a_garage_door_tells_its_journey(broker: Broker) -> None:
    async with home(broker) as (wire, clock), watching(broker, "hearth-sim/garage_door/#") as watcher:
        await watcher.say("hearth-sim/garage_door/move/set", "OPEN")
        await watcher.until("hearth-sim/garage_door/movement", "opening")
        clock.advance(7.5)
        await wire.settle()
        await watcher.until("hearth-sim/garage_door/position", "50")
        clock.advance(8)
        await wire.settle()
        await watcher.until("hearth-sim/garage_door/position", "100")
        await watcher.until("hearth-sim/garage_door/movement", "open")


async def test_what_happens_by_itself_is_told_by_the_clock_alone(broker: Broker) -> None:
    async with home(broker) as (_, clock), watching(broker, "hearth-sim/kitchen_oven/#") as watcher:
        await watcher.say("hearth-sim/kitchen_oven/mode/set", "heat")
        await watcher.until("hearth-sim/kitchen_oven/action", "heating")
        clock.advance(600)
        await watcher.until("hearth-sim/kitchen_oven/current", "180")
        await watcher.until("hearth-sim/kitchen_oven/action", "idle")


async def test_an_unplugged_lamp_goes_offline_and_comes_back(broker: Broker) -> None:
    lamp = "hearth-sim/bedroom_reading_lamp"
    async with home(broker), watching(broker, f"{lamp}/status", f"{lamp}/power", f"{lamp}/power/set") as watcher:
        await watcher.say(f"{lamp}/by_hand", {"plugged": False})
        await watcher.until(f"{lamp}/status", "offline")
        await watcher.say(f"{lamp}/power/set", "ON")
        await watcher.say(f"{lamp}/by_hand", {"plugged": True})
        await watcher.until(f"{lamp}/status", "online")
        assert watcher.seen[f"{lamp}/power"] == "OFF"
        await watcher.say(f"{lamp}/by_hand", {"do": {"power": "ON"}})
        await watcher.until(f"{lamp}/power", "ON")


async def test_a_silent_lamp_seems_online_and_does_not_answer(broker: Broker) -> None:
    lamp = "hearth-sim/bedroom_reading_lamp"
    async with home(broker) as (wire, _), watching(broker, f"{lamp}/#") as watcher:
        await watcher.say(f"{lamp}/by_hand", {"silent": True})
        await watcher.say(f"{lamp}/power/set", "ON")
        await watcher.say(f"{lamp}/by_hand", {"silent": False})
        await watcher.say(f"{lamp}/power/set", "ON")
        await watcher.until(f"{lamp}/power", "ON")
        assert watcher.seen.get(f"{lamp}/status") == "online"
        assert wire.house.silent == set()


async def test_a_stuck_lock_jams(broker: Broker) -> None:
    async with home(broker) as (wire, clock), watching(broker, "hearth-sim/front_door/state") as watcher:
        wire.by_hand("front_door", {"set": {"stuck": True}})
        await watcher.say("hearth-sim/front_door/lock/set", "UNLOCK")
        await watcher.until("hearth-sim/front_door/state", '{"lock": "UNLOCKING", "battery": 82}')
        clock.advance(3)
        await watcher.until("hearth-sim/front_door/state", '{"lock": "JAMMED", "battery": 82}')


async def test_nonsense_is_ignored_and_the_next_command_is_heard(broker: Broker, caplog: pytest.LogCaptureFixture) -> None:
    async with home(broker), watching(broker, "hearth-sim/hallway_light/power") as watcher:
        for topic, payload in (
            ("hallway_light/power/set", "perhaps"),
            ("hallway_light/fly/set", "ON"),
            ("nowhere/power/set", "ON"),
            ("hallway_light/by_hand", "{"),
            ("hallway_light/by_hand", '{"plugged": "no"}'),
            ("hallway_light/by_hand", '{"set": {"on": "perhaps"}}'),
            ("room/Cellar/by_hand", '{"temperature": 10}'),
        ):
            await watcher.client.publish(f"hearth-sim/{topic}", payload, qos=1)
        await watcher.client.publish("hearth-sim/hallway_light/power/set", b"\xff\xfe", qos=1)
        await watcher.say("hearth-sim/hallway_light/power/set", "ON")
        await watcher.until("hearth-sim/hallway_light/power", "ON")
    assert len(caplog.messages) == 8
    assert all("was ignored" in message for message in caplog.messages)
    assert "there is no 'Cellar' in this house" in caplog.text


async def test_a_retained_command_is_not_obeyed_at_the_start(broker: Broker) -> None:
    async with watching(broker, "hearth-sim/hallway_light/power") as watcher:
        await watcher.say("hearth-sim/hallway_light/power/set", "ON", retain=True)
        async with home(broker):
            await watcher.until("hearth-sim/hallway_light/power", "OFF")
            await watcher.say("hearth-sim/hallway_light/power/set", "OFF")
            assert await watcher.read() == ("hearth-sim/hallway_light/power", "OFF")


async def test_a_rooms_air_can_be_set(broker: Broker) -> None:
    async with home(broker) as (_, clock), watching(broker, "hearth-sim/bathroom_air_sensor/state", "hearth-sim/bathroom_light/power") as watcher:
        await watcher.say("hearth-sim/room/Bathroom/by_hand", {"temperature": 26, "humidity": 80})
        await watcher.say("hearth-sim/bathroom_light/power/set", "ON")
        await watcher.until("hearth-sim/bathroom_light/power", "ON")
        clock.advance(1)
        await watcher.until("hearth-sim/bathroom_air_sensor/state", '{"temperature": 26.0, "humidity": 80, "battery": 90}')


async def test_home_assistants_birth_makes_it_announce_again(broker: Broker) -> None:
    topic = "homeassistant/light/hallway_light/light/config"
    async with home(broker), watching(broker, topic) as watcher:
        first = await watcher.read()
        await watcher.say("homeassistant/status", "offline")
        await watcher.say("homeassistant/status", "online")
        assert await watcher.read() == first


async def test_it_comes_back_with_the_broker_and_keeps_its_state(broker: Broker) -> None:
    async with home(broker):
        async with watching(broker, "hearth-sim/hallway_light/power") as watcher:
            await watcher.say("hearth-sim/hallway_light/power/set", "ON")
            await watcher.until("hearth-sim/hallway_light/power", "ON")
        await broker.stop()
        await broker.start()
        async with watching(broker, "hearth-sim/hallway_light/#", "homeassistant/light/hallway_light/light/config") as watcher:
            await watcher.until("hearth-sim/hallway_light/power", "ON")
            await watcher.until("hearth-sim/hallway_light/status", "online")
            await watcher.say("hearth-sim/hallway_light/power/set", "OFF")
            await watcher.until("hearth-sim/hallway_light/power", "OFF")
            assert any(topic.startswith("homeassistant/") for topic in watcher.seen)


async def test_it_says_offline_when_it_ends(broker: Broker) -> None:
    async with watching(broker, "hearth-sim/+/status", "hearth-sim/status") as watcher:
        async with home(broker):
            await watcher.until("hearth-sim/status", "online")
        await watcher.until("hearth-sim/status", "offline")
        assert set(watcher.seen.values()) == {"offline"}


@asynccontextmanager
async def process(broker: Broker, *options: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """`python -m simulators.house` on the broker, killed at the end if it still runs."""
    started = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "simulators.house", "--broker", f"{broker.host}:{broker.port}", *options, cwd=ROOT, stderr=asyncio.subprocess.PIPE
    )
    try:
        yield started
    finally:
        if started.returncode is None:
            started.kill()
        await started.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_the_process_obeys_and_a_signal_ends_it_in_order(broker: Broker, number: signal.Signals) -> None:
    async with watching(broker, "hearth-sim/+/status", "hearth-sim/status", "hearth-sim/kitchen_kettle/power") as watcher:
        async with process(broker, "--seed", "3", "--speed", "300") as running:
            await watcher.until("hearth-sim/status", "online")
            await watcher.say("hearth-sim/kitchen_kettle/power/set", "ON")
            await watcher.until("hearth-sim/kitchen_kettle/power", "ON")
            await watcher.until("hearth-sim/kitchen_kettle/power", "OFF")  # boiled: 3 minutes, 300 times as fast
            running.send_signal(number)
            await watcher.until("hearth-sim/status", "offline")
            assert await running.wait() == 0
        assert watcher.seen["hearth-sim/kitchen_kettle/status"] == "offline"


async def test_killed_its_will_says_offline(broker: Broker) -> None:
    async with watching(broker, "hearth-sim/status") as watcher, process(broker) as running:
        await watcher.until("hearth-sim/status", "online")
        os.kill(running.pid, signal.SIGKILL)
        await watcher.until("hearth-sim/status", "offline")


async def test_without_a_broker_it_says_so_once_waits_and_still_ends(broker: Broker) -> None:
    await broker.stop()
    async with process(broker) as running:
        assert running.stderr is not None
        said = (await running.stderr.readline()).decode()
        assert f"The broker at 127.0.0.1:{broker.port} cannot be reached" in said
        running.terminate()
        assert await running.wait() == 0
        assert await running.stderr.read() == b""


WRONG = [("--broker", "nonsense:port"), ("--broker", ":0"), ("--broker", "host:99999"), ("--speed", "0"), ("--speed", "fast"), ("--seed", "x")]


@pytest.mark.parametrize(("option", "value"), WRONG)
def test_a_wrong_option_ends_with_2(option: str, value: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main([option, value, "--table"])
    assert ended.value.code == 2


@pytest.mark.parametrize("address", ["localhost", "127.0.0.1:1884", "[::1]:1883"])
def test_a_right_broker_is_taken(address: str) -> None:
    assert main(["--broker", address, "--table"]) == 0


def test_a_plan_that_cannot_be_read_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--home", "/no/such.yaml"]) == 2
    assert "/no/such.yaml: cannot be read" in capsys.readouterr().err


def test_the_table_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--table"]) == 0
    assert "| `kitchen_oven` | Kitchen | Oven |" in capsys.readouterr().out


async def test_a_wall_clock_can_run_faster() -> None:
    clock = WallClock(speed=1e6, start=NOON)
    before = clock.now()
    await clock.sleep(0.0001)
    assert (clock.now() - before).total_seconds() >= 100
    assert WallClock().now().tzinfo is not None


async def test_a_manual_clock_wakes_sleepers_in_order() -> None:
    clock, woken = ManualClock(NOON), list[str]()

    async def sleep(seconds: float, name: str) -> None:
        await clock.sleep(seconds)
        woken.append(name)

    async with asyncio.TaskGroup() as group:
        group.create_task(sleep(3, "late"))
        group.create_task(sleep(1, "early"))
        gone = group.create_task(sleep(2, "gone"))
        await asyncio.sleep(0)
        gone.cancel()
        clock.advance(0.5)
        clock.advance(2.5)
    assert woken == ["early", "late"]
