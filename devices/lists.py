"""To-do lists: their items, and what the todo services do to them.

An item is {"summary", "status"} with status needs_action or completed, and perhaps due and description, as Home Assistant's todo.get_items
tells them. The state of a list is the number of items still to do. Items stand in the attribute "items" (or "todo_items").
"""

from collections.abc import Mapping
from typing import Any

from devices.expected import Expected, number
from devices.home import Entity

Item = Mapping[str, Any]
NEEDED, DONE = "needs_action", "completed"
KEYS = ("items", "todo_items")


def key_of(entity: Entity) -> str:
    """The attribute that holds, or will hold, the items."""
    return next((key for key in KEYS if isinstance(entity.attributes.get(key), list | tuple)), KEYS[0])


def items_of(entity: Entity) -> tuple[Item, ...]:
    """The items known, oldest first; plain strings are items still to do."""
    told = entity.attributes.get(key_of(entity)) or ()
    return tuple(item if isinstance(item, Mapping) else {"summary": str(item), "status": NEEDED} for item in told)


def find(entity: Entity, wanted: object) -> Item | None:
    """The item of that summary or uid, one still to do before one done."""
    named = [item for item in items_of(entity) if _folded(wanted) in (_folded(item.get("summary")), _folded(item.get("uid", "\0")))]
    return min(named, key=lambda item: item.get("status") == DONE, default=None)


def _folded(value: object) -> str:
    return str(value).strip().casefold()


def count(entity: Entity) -> int:
    """How many items are still to do; 0 where it is not known."""
    return int(number(entity.state) or 0)


def add_item(entity: Entity, data: Mapping[str, Any]) -> Expected:
    new = {"summary": str(data.get("item", "")), "status": NEEDED}
    for key, source in (("due", "due_date"), ("due", "due_datetime"), ("description", "description")):
        if data.get(source) is not None:
            new[key] = data[source]
    return _becomes(entity, count(entity) + 1, (*items_of(entity), new))


def remove_item(entity: Entity, data: Mapping[str, Any]) -> Expected:
    asked = data.get("item")
    gone = [find(entity, name) or {"summary": name} for name in (asked if isinstance(asked, list | tuple) else [asked])]
    open_ones = sum(item.get("status") != DONE for item in gone)
    return _becomes(entity, count(entity) - open_ones, tuple(item for item in items_of(entity) if item not in gone))


def update_item(entity: Entity, data: Mapping[str, Any]) -> Expected:
    """Rename, complete or reopen. An item that is not known is taken to be still to do."""
    old = find(entity, data.get("item")) or {"summary": data.get("item"), "status": NEEDED}
    status = data.get("status") or old.get("status", NEEDED)
    new = {**old, "summary": data.get("rename") or old.get("summary"), "status": status}
    change = (old.get("status") == DONE) - (status == DONE)
    return _becomes(entity, count(entity) + change, tuple(new if item is old else item for item in items_of(entity)))


def _becomes(entity: Entity, still_to_do: int, items: tuple[Item, ...]) -> Expected:
    return Expected(str(max(0, still_to_do)), besides={key_of(entity): list(items)})
