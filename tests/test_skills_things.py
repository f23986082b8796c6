"""Appliances, lists and announcements."""

from typing import Any

import pytest

from agent.risk import RiskTable
from devices.home import Entity
from skills import announcements, appliances, lists
from tests.small_home import context, data, doable, meant, one, thing

COFFEE = thing("switch.coffee", "Coffee Maker", kind="coffee_maker")
WASHER = thing("select.washer", "Washing Machine", "stop", kind="washing_machine", options=["Start", "Stop"])
TELLS = thing("sensor.dishwasher", "Dishwasher", "running")
SHOPPING = thing("todo.shopping", "Shopping List", "2", items=["milk", "brown bread"])
CHORES = thing(
    "todo.chores", "Chores", "1", items=[{"summary": "take out the trash", "status": "needs_action"}, {"summary": "mop", "status": "completed"}]
)
UNTOLD = thing("todo.store", "Hardware Store", "3")


@pytest.mark.parametrize(
    ("entity", "service", "wanted"),
    [
        (COFFEE, "switch.turn_on", {}),
        (thing("button.brew", "Coffee Maker", kind="coffee_maker"), "button.press", {}),
        (WASHER, "select.select_option", {"option": "Start"}),
        (thing("climate.oven", "Oven", kind="oven"), "climate.turn_on", {}),
    ],
)
def test_an_appliance_is_started_by_what_it_hangs_on(entity: Entity, service: str, wanted: dict[str, Any]) -> None:
    around = context(entity)
    plan = appliances.start(meant("ExtApplianceStart", entity, activity="brew"), around)
    assert (one(plan).service, dict(data(plan))) == (service, wanted)
    assert doable(plan, around.home)


def test_an_appliance_is_stopped() -> None:
    assert one(appliances.stop(meant("ExtApplianceStop", COFFEE), context(COFFEE))).service == "switch.turn_off"
    assert data(appliances.stop(meant("ExtApplianceStop", WASHER), context(WASHER))) == {"option": "Stop"}


def test_one_that_only_tells_how_it_fares_is_not_started() -> None:
    plan = appliances.start(meant("ExtApplianceStart", TELLS), context(TELLS))
    assert (plan.outcome, plan.say) == ("decline", "The dishwasher has to be started by hand.")


def test_an_item_goes_on_the_list() -> None:
    around = context(SHOPPING, CHORES)
    plan = lists.add(meant("HassListAddItem", CHORES, item="water the plants"), around)
    assert (one(plan).service, one(plan).entity_ids, data(plan)) == ("todo.add_item", ("todo.chores",), {"item": "water the plants"})
    assert plan.say == "Added water the plants to the chores list."
    assert doable(plan, around.home)


def test_the_shopping_list_is_found_by_its_name_and_takes_items_apart() -> None:
    plan = lists.add_shopping(meant("HassShoppingListAddItem", item="apples, eggs and mac and cheese"), context(CHORES, SHOPPING))
    assert [c.data["item"] for c in plan.commands] == ["apples", "eggs", "mac and cheese"]
    whole = lists.add_shopping(meant("HassShoppingListAddItem", item="salt and pepper"), context(SHOPPING))
    assert data(whole) == {"item": "salt and pepper"}


def test_a_task_is_not_taken_apart() -> None:
    assert data(lists.add(meant("HassListAddItem", CHORES, item="call mum and dad"), context(CHORES))) == {"item": "call mum and dad"}


@pytest.mark.parametrize(("item", "on_the_list"), [("milk", "milk"), ("Milk", "milk"), ("the milk", "milk"), ("bread", "brown bread")])
def test_what_is_checked_off_is_named_as_the_list_has_it(item: str, on_the_list: str) -> None:
    plan = lists.complete_shopping(meant("HassShoppingListCompleteItem", SHOPPING, item=item), context(SHOPPING))
    assert (one(plan).service, data(plan)) == ("todo.update_item", {"item": on_the_list, "status": "completed"})


def test_what_is_not_on_the_list_is_not_touched() -> None:
    plan = lists.remove(meant("HassListRemoveItem", SHOPPING, item="caviar"), context(SHOPPING))
    assert (plan.outcome, plan.say, plan.commands) == ("answer", "There is no caviar on the shopping list.", ())


def test_a_list_that_does_not_tell_its_items_takes_any() -> None:
    plan = lists.remove(meant("HassListRemoveItem", UNTOLD, item="nails"), context(UNTOLD))
    assert (one(plan).service, data(plan)) == ("todo.remove_item", {"item": "nails"})


def test_a_whole_list_is_cleared_in_one_call_and_none_is_made() -> None:
    """The one call with all items is what the risk table asks about."""
    cleared = one(lists.remove(meant("HassListRemoveItem", SHOPPING, item="everything"), context(SHOPPING)))
    assert cleared.service == "todo.remove_item"
    assert cleared.data["item"] == ["milk", "brown bread"]
    assert RiskTable().of([cleared], context(SHOPPING).home) == "R3"
    assert lists.add(meant("HassListAddItem", SHOPPING, what="new"), context(SHOPPING)).outcome == "decline"


def test_what_is_missing_is_asked_for() -> None:
    assert lists.add_shopping(meant("HassShoppingListAddItem"), context(SHOPPING)).missing == "item"
    which = lists.add(meant("HassListAddItem", item="x", name="lists"), context(SHOPPING, CHORES))
    assert (which.missing, which.say) == ("name", "Which list: the shopping list or the chores list?")
    assert lists.add(meant("HassListAddItem", item="x"), context()).say == "There is no such list here."


@pytest.mark.parametrize(
    ("entity", "slots", "said"),
    [
        (SHOPPING, {}, "On the shopping list: milk and brown bread."),
        (CHORES, {}, "On the chores list: take out the trash."),
        (UNTOLD, {}, "The hardware store list has three things."),
        (thing("todo.x", "Wishes", "0", items=[]), {}, "The wishes list is empty."),
        (SHOPPING, {"item": "milk"}, "Yes, the shopping list has milk."),
        (SHOPPING, {"item": "eggs"}, "No, the shopping list has no eggs."),
        (CHORES, {"item": "mop"}, "No, the chores list has no mop."),
    ],
)
def test_what_is_on_a_list(entity: Entity, slots: dict[str, Any], said: str) -> None:
    plan = lists.query(meant("ExtListQuery", entity, **slots), context(entity))
    assert (plan.outcome, plan.say) == ("answer", said)


def test_which_lists_there_are() -> None:
    assert (
        lists.query(meant("ExtListQuery", what="lists"), context(SHOPPING, CHORES)).say
        == "You have two lists: the shopping list and the chores list."
    )


def test_an_announcement_goes_to_the_satellites_else_to_what_can_speak() -> None:
    satellite, notify = thing("assist_satellite.hall", "Hall Satellite", "idle"), thing("notify.phone", "Phone")
    plan = announcements.broadcast(meant("HassBroadcast", message="dinner is ready"), context(satellite, notify))
    assert (one(plan).service, one(plan).entity_ids, data(plan)) == (
        "assist_satellite.announce",
        ("assist_satellite.hall",),
        {"message": "dinner is ready"},
    )
    assert one(announcements.broadcast(meant("HassBroadcast", message="hi"), context(notify))).service == "notify.send_message"
    speaking = thing("tts.voice", "Voice"), thing("media_player.k", "Speaker", "idle")
    spoken = announcements.broadcast(meant("HassBroadcast", message="hi"), context(*speaking))
    assert data(spoken) == {"media_player_entity_id": ["media_player.k"], "message": "hi"}


def test_nowhere_to_announce_and_nothing_to_say() -> None:
    assert announcements.broadcast(meant("HassBroadcast", message="hi"), context()).outcome == "decline"
    assert announcements.broadcast(meant("HassBroadcast"), context()).missing == "message"
