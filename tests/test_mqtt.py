"""A home on a real broker: found, followed, commanded and verified; what is malformed or goes away harms nothing."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from typing import Any

import pytest

from devices.broker import Broker, BrokerError, free_port, mosquitto
from devices.commands import Command, Report
from devices.home import Area, Home, LiveHome
from devices.mqtt import MqttHome, MqttSettings
from simulators.house import running_house
from tests.things import QUICK, SOON, Things, home_on, things_on

needs_mosquitto = pytest.mark.skipif(mosquitto() is None, reason="mosquitto is not installed")


@pytest.fixture
async def things(broker: Broker) -> AsyncIterator[Things]:
    async with things_on(broker) as there:
        yield there


async def send(devices: MqttHome, service: str, entity_id: str, timeout: float = SOON, **data: Any) -> Report:  # noqa: ASYNC109
    (report,) = await devices.send(Command(service, (entity_id,), data), timeout)
    return report


# Found and followed


async def test_what_is_retained_is_found_with_its_state(broker: Broker, things: Things) -> None:
    await things.lamp("desk", device={"identifiers": "d", "name": "Desk lamp", "suggested_area": "Living Room", "model": "L1"}, object_id="desk")
    await things.say("desk/state", "ON")
    async with home_on(broker) as home:
        lamp = home["light.desk"]
        snapshot = home.live.snapshot()
        assert (lamp.name, lamp.kind, lamp.state) == ("Desk lamp desk", "light", "on")
        assert lamp.area == snapshot.area_of(lamp) == "living_room"
        assert snapshot.areas["living_room"].name == "Living Room"
        assert snapshot.devices["d"].name == "Desk lamp"


async def test_a_suggested_room_is_the_home_s_own_room_of_that_name(broker: Broker, things: Things) -> None:
    await things.announce("switch", "fan", command_topic="f", device={"ids": "f", "name": "Fan", "sa": "lounge"})
    async with home_on(broker, LiveHome(Home(areas={"lr": Area("lr", "Living Room", ("Lounge",), "ground")}))) as home:
        assert home["switch.fan"].area == "lr"
        assert home.live.snapshot().areas["lr"].floor == "ground"


async def test_what_is_announced_later_changed_or_taken_back(broker: Broker, things: Things) -> None:
    async with home_on(broker) as home:
        assert home.ids == set()
        await things.lamp("desk")
        await home.until_state("light.desk", "off")
        version = home.live.snapshot().version
        await things.announce("light", "desk", command_topic="desk/set", state_topic="desk/other")
        await things.say("desk/other", "ON")
        await home.until_state("light.desk", "on")
        await things.announce("light", "desk", command_topic="desk/set", state_topic="desk/other", name="Desk light")
        await home.until(lambda: home["light.desk"].name == "Desk light")
        assert home["light.desk"].state == "on"
        assert home.live.snapshot().version > version
        await things.say("homeassistant/light/desk/config", "")
        await home.until(lambda: "light.desk" not in home.ids)


async def test_a_bundle_grows_and_shrinks(broker: Broker, things: Things) -> None:
    device = {"ids": ["x"], "name": "Box"}
    relay, button = {"p": "switch", "cmd_t": "c", "uniq_id": "r", "name": None}, {"p": "button", "cmd_t": "c", "uniq_id": "b", "name": "Reset"}
    async with home_on(broker) as home:
        await things.say("homeassistant/device/box/config", {"dev": device, "o": {"name": "t"}, "cmps": {"r": relay, "b": button}})
        await home.until(lambda: home.ids == {"switch.box", "button.box_reset"})
        await things.say("homeassistant/device/box/config", {"dev": device, "o": {"name": "t"}, "cmps": {"r": relay, "b": {"p": "button"}}})
        await home.until(lambda: home.ids == {"switch.box"})
        await things.say("homeassistant/device/box/config", "")
        await home.until(lambda: home.ids == set())


async def test_ids_are_unique_and_one_thing_is_not_two(broker: Broker, things: Things) -> None:
    await things.announce("switch", "a", command_topic="a", name="Lamp")
    await things.announce("switch", "b", command_topic="b", name="Lamp")
    await things.announce("switch", "c", command_topic="c", name="Lamp", unique_id="a")
    await things.announce("switch", "d", command_topic="d", name="Hidden", enabled_by_default=False)
    async with home_on(broker) as home:
        assert home.ids == {"switch.lamp", "switch.lamp_2"}


async def test_health_is_no_answer_about_a_room(broker: Broker, things: Things) -> None:
    await things.announce("sensor", "chip", state_topic="s", entity_category="diagnostic")
    await things.announce("switch", "led", command_topic="s", entity_category="config")
    await things.announce("sensor", "air", state_topic="s")
    async with home_on(broker) as home:
        assert {i for i in home.ids if home[i].diagnostic} == {"sensor.chip", "switch.led"}


async def test_a_thing_goes_and_comes_back_as_it_was(broker: Broker, things: Things) -> None:
    await things.lamp("desk")
    async with home_on(broker) as home:
        await things.say("desk/state", "ON")
        await home.until_state("light.desk", "on")
        await things.say("desk/there", "offline")
        await home.until_state("light.desk", "unavailable")
        await things.say("desk/there", "online")
        await home.until_state("light.desk", "on")


async def test_a_player_with_a_screen_is_hardware_with_a_screen(broker: Broker, things: Things) -> None:
    tv = {
        "name": "Telly",
        "device_class": "tv",
        "state_state_topic": "tv/state",
        "device": {"identifiers": ["tv"], "name": "Telly", "suggested_area": "Den"},
    }
    await things.say("homeassistant/media_player/den_tv/config", tv)
    await things.say("tv/state", "playing")
    async with home_on(broker) as home:
        player = home["media_player.den_tv"]
        assert (player.name, player.kind, player.state, player.area) == ("Telly", "tv", "playing", "den")
        assert home.live.snapshot().devices["tv"].screen


# Commanded and verified


async def test_a_command_is_verified_by_the_device_s_own_report(broker: Broker, things: Things) -> None:
    await things.lamp("desk")
    async with home_on(broker) as home:
        assert await send(home.devices, "light.turn_on", "light.desk") == Report("light.desk", True, "on")
        assert things.heard == [("desk/set", "ON")]
        assert [c.by for c in home.changes if c.after and c.after.state == "on"] == ["agent"]


async def test_what_is_already_so_is_commanded_all_the_same(broker: Broker, things: Things) -> None:
    await things.lamp("desk", obeys=False)
    async with home_on(broker, grace=0.05) as home:
        assert await send(home.devices, "light.turn_off", "light.desk") == Report("light.desk", True, "off")
        await things.lamp("other")
        await home.until_state("light.other", "off")
        await send(home.devices, "light.turn_off", "light.other")
        assert things.heard == [("desk/set", "OFF"), ("other/set", "OFF")]


async def test_one_report_for_each_of_many_in_order(broker: Broker, things: Things) -> None:
    await things.lamp("one")
    await things.lamp("two", obeys=False)
    await things.lamp("three")
    await things.say("three/there", "offline")
    async with home_on(broker) as home:
        command = Command("light.turn_on", ("light.two", "light.one", "light.three", "light.none"))
        reports = await home.devices.send(command, QUICK)
        assert [(r.entity_id, r.verified, r.reason) for r in reports] == [
            ("light.two", False, "timeout"),
            ("light.one", True, ""),
            ("light.three", False, "unavailable"),
            ("light.none", False, "unavailable"),
        ]
        assert ("three/set", "ON") not in things.heard


async def test_a_device_that_reports_another_state_refused(broker: Broker, things: Things) -> None:
    await things.lamp("desk")
    await things.answer("desk/set", lambda payload: {"desk/state": "OFF"})
    async with home_on(broker) as home:
        assert await send(home.devices, "light.turn_on", "light.desk", QUICK) == Report("light.desk", False, "off", "refused")


async def test_a_device_unplugged_while_it_is_waited_for(broker: Broker, things: Things) -> None:
    await things.lamp("desk")
    await things.answer("desk/set", lambda payload: {"desk/there": "offline"})
    async with home_on(broker) as home:
        assert await send(home.devices, "light.turn_on", "light.desk") == Report("light.desk", False, "unavailable", "unavailable")


async def test_a_thing_taken_back_while_it_is_waited_for(broker: Broker, things: Things) -> None:
    await things.lamp("desk")
    await things.answer("desk/set", lambda payload: {"homeassistant/light/desk/config": ""})
    async with home_on(broker) as home:
        assert await send(home.devices, "light.turn_on", "light.desk") == Report("light.desk", False, None, "unavailable")


async def test_a_jammed_lock_says_so_and_a_slow_one_may_take_its_time(broker: Broker, things: Things) -> None:
    await things.announce("lock", "front", command_topic="front/set", state_topic="front/state")
    await things.say("front/state", "LOCKED")
    await things.answer("front/set", lambda payload: {"front/state": "JAMMED"})
    async with home_on(broker) as home:
        assert await send(home.devices, "lock.unlock", "lock.front") == Report("lock.front", False, "jammed", "jammed")
        await things.answer("front/set", lambda payload: {"front/state": "UNLOCKING"})
        slow = asyncio.create_task(send(home.devices, "lock.unlock", "lock.front", QUICK), name="slow lock")
        await home.until_state("lock.front", "unlocking")
        done, _ = await asyncio.wait([slow], timeout=2 * QUICK)
        assert not done, "it is under way and may take longer than the time-out"
        await things.say("front/state", "UNLOCKED")
        assert await slow == Report("lock.front", True, "unlocked")


async def test_a_cover_that_moves_the_right_way_is_verified(broker: Broker, things: Things) -> None:
    await things.announce("cover", "blind", command_topic="b/set", state_topic="b/state", position_topic="b/pos", set_position_topic="b/setpos")
    await things.say("b/pos", "50")
    await things.say("b/state", "stopped")
    await things.answer("b/set", lambda payload: {"b/state": "opening"})
    await things.answer("b/setpos", lambda payload: {"b/pos": "60"})
    async with home_on(broker) as home:
        assert await send(home.devices, "cover.open_cover", "cover.blind") == Report("cover.blind", True, "opening")
        await things.say("b/state", "stopped")
        await home.until_state("cover.blind", "open")
        assert (await send(home.devices, "cover.close_cover", "cover.blind", QUICK)).reason == "refused", "it moves the wrong way"
        await things.say("b/state", "stopped")
        await home.until_state("cover.blind", "open")
        assert (await send(home.devices, "cover.set_cover_position", "cover.blind", position=80)).verified


async def test_what_reports_nothing_is_neither_true_nor_false(broker: Broker, things: Things) -> None:
    await things.announce("switch", "relay", command_topic="relay/set")
    await things.announce("switch", "guess", command_topic="guess/set", state_topic="guess/state", optimistic=True)
    await things.announce("scene", "party", command_topic="party/set")
    await things.announce("button", "bell", command_topic="bell/set")
    for topic in ("relay/set", "guess/set", "party/set", "bell/set"):
        await things.answer(topic, lambda payload: {})
    async with home_on(broker) as home:
        assert await send(home.devices, "switch.turn_on", "switch.relay") == Report("switch.relay", None, "on")
        assert await send(home.devices, "switch.turn_on", "switch.guess") == Report("switch.guess", None, "on")
        assert await send(home.devices, "scene.turn_on", "scene.party") == Report("scene.party", None, "unknown")
        assert await send(home.devices, "button.press", "button.bell") == Report("button.bell", None, "unknown")
    assert things.heard == [("relay/set", "ON"), ("guess/set", "ON"), ("party/set", "ON"), ("bell/set", "PRESS")]


async def test_only_what_a_device_reports_is_waited_for_and_the_rest_is_assumed(broker: Broker, things: Things) -> None:
    await things.lamp("desk", brightness_command_topic="desk/bri")
    await things.answer("desk/bri", lambda payload: {})
    async with home_on(broker) as home:
        assert (await send(home.devices, "light.turn_on", "light.desk", brightness_pct=40)).verified
        assert home["light.desk"].attributes["brightness"] == 102
    assert things.heard == [("desk/bri", "102"), ("desk/set", "ON")]


@pytest.mark.parametrize("service", ["light.dance", "lock.unlock", "homeassistant.nonsense"])
async def test_what_a_thing_cannot_do(broker: Broker, things: Things, service: str) -> None:
    await things.lamp("desk")
    async with home_on(broker) as home:
        assert await send(home.devices, service, "light.desk") == Report("light.desk", False, "off", "unsupported")
        assert (await send(home.devices, "light.turn_on", "light.desk", brightness_pct=40)).reason == "unsupported"
    assert things.heard == []


async def test_whose_doing_a_change_is(broker: Broker, things: Things) -> None:
    await things.lamp("desk")
    async with home_on(broker) as home:
        await things.say("desk/state", "ON")
        await home.until_state("light.desk", "on")
        await send(home.devices, "light.turn_off", "light.desk")
        await things.say("desk/state", "ON")
        await home.until_state("light.desk", "on")
        told = [
            (change.after.state, change.by) for change in home.changes if change.after and change.before and change.after.state != change.before.state
        ]
        assert told[-3:] == [("on", "device"), ("off", "agent"), ("on", "device")]


# What goes wrong


async def test_malformed_messages_are_complained_of_once_and_harm_nothing(broker: Broker, things: Things, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING, logger="devices")
    await things.lamp("desk")
    await things.announce("sensor", "odd", state_topic="odd/state", value_template="{{ value | float }}")
    async with home_on(broker) as home:
        for _ in range(2):
            await things.say("homeassistant/light/bad/config", b"{oh no")
            await things.say("homeassistant/light/bytes/config", b"\xff\xfe\x00")
            await things.say("homeassistant/light/list/config", [1, 2])
            await things.say("homeassistant/dragon/x/config", {"name": "x"})
            await things.say("homeassistant/device/x/config", {"cmps": {"a": 3}})
            await things.say("odd/state", "no number")
            await things.say("desk/state", b"\xff")
            await things.say("desk/state", b"x" * 300_000)
            await things.say("homeassistant/light/list/config", "")
        await things.say("desk/state", "ON")
        await home.until_state("light.desk", "on")
        assert (await send(home.devices, "light.turn_off", "light.desk")).verified
    sentences = [record.getMessage() for record in caplog.records]
    for topic, why in [
        ("homeassistant/light/bad/config", "not JSON"),
        ("homeassistant/light/bytes/config", "not UTF-8"),
        ("homeassistant/light/list/config", "a list"),
        ("homeassistant/dragon/x/config", "dragon"),
        ("homeassistant/device/x/config", "component a"),
        ("odd/state", "template"),
        ("desk/state", "not UTF-8"),
        ("desk/state", "bytes"),
    ]:
        assert sum(topic in sentence and why in sentence for sentence in sentences) == 1, (topic, why, sentences)
    assert all(sentence.endswith(".") for sentence in sentences)


async def test_a_command_template_that_fails_is_complained_of(broker: Broker, things: Things, caplog: pytest.LogCaptureFixture) -> None:
    await things.lamp("desk", command_template="x")
    await things.announce("number", "odd", command_topic="c", command_template="{{ value.a.b }}")
    async with home_on(broker) as home:
        assert (await send(home.devices, "number.set_value", "number.odd", value=3)).reason == "unsupported"
    assert "number.odd" in caplog.text


async def test_without_a_broker_every_command_says_so_at_once() -> None:
    port = free_port()
    async with MqttHome(MqttSettings("127.0.0.1", port), LiveHome()) as devices:
        assert await send(devices, "light.turn_on", "light.desk") == Report("light.desk", False, None, "disconnected")
        assert not await devices.settled(QUICK)
        assert str(port) in devices.trouble
        assert not devices.connected


@pytest.mark.parametrize("engine", ["mosquitto", "amqtt"])
async def test_a_broker_that_goes_and_comes_back(engine: Any, caplog: pytest.LogCaptureFixture) -> None:
    if engine == "mosquitto" and mosquitto() is None:
        pytest.skip("mosquitto is not installed")
    caplog.set_level(logging.CRITICAL, logger="amqtt")
    async with Broker(engine=engine) as broker, things_on(broker) as things, home_on(broker) as home:
        await things.lamp("desk", obeys=False)
        await home.until_state("light.desk", "off")
        waiting = asyncio.create_task(send(home.devices, "light.turn_on", "light.desk"), name="waiting")
        await asyncio.wait_for(things.commanded.wait(), SOON)
        await broker.stop()
        assert await waiting == Report("light.desk", False, "off", "disconnected")
        assert await send(home.devices, "light.turn_on", "light.desk") == Report("light.desk", False, "off", "disconnected")
        assert home["light.desk"].state == "off", "what was known last stays"
        await broker.start()
        async with things_on(broker) as again:
            await again.lamp("desk")
            await again.lamp("new")
            await again.say("desk/state", "ON")
            await home.until_state("light.desk", "on")
            await home.until_state("light.new", "off")
            assert (await send(home.devices, "light.turn_off", "light.desk")).verified


@needs_mosquitto
async def test_five_thousand_things_are_all_found(broker: Broker, things: Things) -> None:
    for i in range(5_000):
        values = {
            "name": f"Lamp {i}",
            "unique_id": f"l{i}",
            "cmd_t": f"l/{i}/set",
            "stat_t": f"l/{i}/state",
            "val_tpl": "{{ value_json.state | upper }}",
        }
        await things.say(f"homeassistant/switch/l{i}/config", values)
    await things.say("l/4999/state", {"state": "on"})
    async with home_on(broker) as home:
        assert len(home.ids) == 5_000
        assert home["switch.lamp_4999"].state == "on"


async def test_the_simulated_home_is_found_and_obeys(broker: Broker) -> None:
    async with running_house(broker.host, broker.port), home_on(broker) as home:
        await home.until_state("climate.kitchen_oven", "off")
        assert home["climate.kitchen_oven"].kind == "oven"
        assert len(home.ids) > 60
        for service, entity_id, data in [
            ("light.turn_on", "light.office_desk_lamp", {"brightness_pct": 40, "color_temp_kelvin": 3000}),
            ("climate.set_temperature", "climate.kitchen_oven", {"temperature": 200, "hvac_mode": "heat"}),
            ("lock.unlock", "lock.front_door", {}),
            ("cover.open_cover", "cover.garage_door", {}),
            ("fan.set_percentage", "fan.bedroom_ceiling_fan", {"percentage": 30}),
            ("vacuum.start", "vacuum.hallway_vacuum", {}),
            ("switch.turn_on", "switch.kitchen_coffee_maker", {}),
            ("media_player.play_media", "media_player.living_room_tv", {"media_content_id": "Hunger Games", "media_content_type": "movie"}),
        ]:
            report = await send(home.devices, service, entity_id, **data)
            assert report.verified, report


# The broker


@pytest.mark.parametrize("engine", ["mosquitto", "amqtt"])
async def test_a_taken_port_is_one_clear_sentence(engine: Any, broker: Broker) -> None:
    with pytest.raises(BrokerError) as raised:
        await Broker(broker.port, engine).start()
    assert str(broker.port) in str(raised.value)
    assert "another port" in str(raised.value)


@needs_mosquitto
async def test_credentials_are_asked_for_by_name_and_never_shown(caplog: pytest.LogCaptureFixture) -> None:
    settings = MqttSettings("127.0.0.1", free_port(), username="ann", password="pa55word")
    async with MqttHome(settings, LiveHome()) as devices:
        await devices.settled(QUICK)
        assert devices.trouble
    assert "pa55word" not in repr(settings) + caplog.text + json.dumps(devices.trouble)
