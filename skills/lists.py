"""Shopping lists and to-do lists: add, check off, take off, read out."""

import re
from collections.abc import Callable

from agent import words
from agent.records import Context, Plan, Resolution
from agent.stages import Skill
from agent.words import domain_of
from devices.effects import number
from devices.home import Entity
from devices.lists import DONE, items_of
from skills.list_phrases import PHRASES
from skills.plans import Step, act, answer, ask, decline, slot_text, targets

StepOf = Callable[[str, str], Step]
"""(entity_id of the list, item) -> step."""
SHOPPING = re.compile(r"\b(shopping|groceries|grocery|supermarket)\b")
TOGETHER = frozenset(
    {"salt and pepper", "mac and cheese", "macaroni and cheese", "fish and chips", "peanut butter and jelly", "bread and butter", "bacon and eggs"}
)
"""Pairs that are one item."""
PAIRS = re.compile(rf"\b({'|'.join(sorted(TOGETHER))})\b", re.IGNORECASE)


def _lists(resolution: Resolution, context: Context, shopping: bool) -> tuple[Entity, ...]:
    """The list meant: as resolved, else the shopping list where one is meant, else the only one there is."""
    meant = targets(resolution, context, "todo")
    if meant:
        return meant
    there = tuple(entity for entity in context.home.entities.values() if domain_of(entity) == "todo")
    if shopping or not slot_text(resolution, "name"):
        there = tuple(filter(is_shopping_list, there)) or (there if len(there) == 1 or not shopping else ())
    return there


def is_shopping_list(entity: Entity) -> bool:
    return any(SHOPPING.search(name.casefold().replace("_", " ")) for name in (entity.entity_id.replace(".", " "), *entity.names))


def _one_list(resolution: Resolution, context: Context, shopping: bool = False) -> Entity | Plan:
    """The list that is meant, or what is said instead."""
    found = _lists(resolution, context, shopping)
    if len(found) == 1:
        return found[0]
    if not found:
        return answer(words.say("list.no_list"))
    return ask("name", words.say("list.which", names=words.join([words.the(each) for each in found], words.LANGUAGE.OR)))


def _items(resolution: Resolution, shopping: bool) -> tuple[str, ...]:
    """What was said, in its own words; a shopping list takes "milk, eggs and bread" as three."""
    told = resolution.slots.get("item")
    said = [str(each).strip(" .") for each in (told if isinstance(told, list | tuple) else [told]) if each]
    if not shopping:
        return tuple(said)
    parts = (part for each in said for part in _apart(each))
    return tuple(part.strip() for part in parts if part.strip())


def _apart(said: str) -> list[str]:
    """ "eggs, mac and cheese" -> eggs; mac and cheese."""
    kept = PAIRS.sub(lambda pair: pair[0].replace(" and ", "\0"), said)
    return [part.replace("\0", " and ") for part in re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+", kept)]


def add(resolution: Resolution, context: Context, shopping: bool = False) -> Plan:
    """Slots: item, name of the list."""
    target = _one_list(resolution, context, shopping)
    if isinstance(target, Plan):
        return target
    if slot_text(resolution, "what") == "new":
        return decline(words.say("list.new"))
    items = _items(resolution, shopping or is_shopping_list(target))
    if not items:
        return ask("item", words.say("list.ask"))
    return act([(target.entity_id, "todo.add_item", {"item": item}) for item in items], context)


def add_shopping(resolution: Resolution, context: Context) -> Plan:
    return add(resolution, context, shopping=True)


def complete(resolution: Resolution, context: Context, shopping: bool = False) -> Plan:
    """Slots: item, name of the list."""
    return _with_item(resolution, context, shopping, lambda at, item: (at, "todo.update_item", {"item": item, "status": DONE}))


def complete_shopping(resolution: Resolution, context: Context) -> Plan:
    return complete(resolution, context, shopping=True)


def remove(resolution: Resolution, context: Context) -> Plan:
    """Slots: item, name of the list; "all" clears the list, which takes a yes."""
    if slot_text(resolution, "item").casefold() in ("all", "everything", "all items", "all of it", "every item"):
        return _clear(resolution, context)
    return _with_item(resolution, context, False, lambda at, item: (at, "todo.remove_item", {"item": item}))


def _clear(resolution: Resolution, context: Context) -> Plan:
    """All items in one call, which the risk table knows as deleting a list."""
    target = _one_list(resolution, context)
    if isinstance(target, Plan):
        return target
    known = [str(item.get("summary")) for item in items_of(target)]
    if not known:
        return answer(words.say("list.empty", what=words.the(target), **words.forms(several=False)), about=(target,))
    return act([(target.entity_id, "todo.remove_item", {"item": known})], context)


def _with_item(resolution: Resolution, context: Context, shopping: bool, step: StepOf) -> Plan:
    target = _one_list(resolution, context, shopping)
    if isinstance(target, Plan):
        return target
    items = _items(resolution, shopping=False)
    if not items:
        return ask("item", words.say("list.ask_gone"))
    found = [on_list(target, item) for item in items]
    if None in found:
        lacking = items[found.index(None)]
        return answer(words.say("list.not_on", item=lacking, what=words.the(target)), about=(target,))
    return act([step(target.entity_id, item) for item in found if item is not None], context)


def on_list(target: Entity, said: str) -> str | None:
    """The item as the list has it: the same words, else a singular or plural of them, else the one item that has them all. Unknown lists take any."""
    known = [str(item.get("summary")) for item in items_of(target)]
    if not known and (number(target.state) or 0) != 0:
        return said
    if not known and not _tells_items(target):
        return said
    wanted = said.casefold()
    same = [item for item in known if item.casefold() == wanted]
    like = (
        same
        or [item for item in known if _bare(item) == _bare(said)]
        or [item for item in known if set(wanted.split()) <= set(item.casefold().split())]
    )
    return like[0] if len(like) == 1 or same else None


def _bare(item: str) -> str:
    """Without article and plural: "the apples" -> "apple"."""
    return re.sub(r"^(the|some|a|an|my)\s+", "", item.casefold()).removesuffix("es").removesuffix("s")


def _tells_items(target: Entity) -> bool:
    return any(isinstance(target.attributes.get(key), list | tuple) for key in ("items", "todo_items"))


def query(resolution: Resolution, context: Context) -> Plan:
    """Slots: name of the list, item (is it on it?), what ("lists": which lists there are)."""
    there = tuple(entity for entity in context.home.entities.values() if domain_of(entity) == "todo")
    if slot_text(resolution, "what") == "lists" and there:
        return answer(
            words.say("list.lists", count=words.count(len(there), "todo"), names=words.join([words.the(each) for each in there])), about=there
        )
    target = _one_list(resolution, context)
    if isinstance(target, Plan):
        return target
    item = slot_text(resolution, "item")
    open_ones = [str(each.get("summary")) for each in items_of(target) if each.get("status") != DONE]
    if item:
        has = any(_bare(each) == _bare(item) for each in open_ones)
        values = {"item": item, "what": words.the(target), **words.forms(words.are_several([target]))}
        return answer(words.say("list.has" if has else "list.has_not", **values), about=(target,))
    return answer(_told(target, open_ones), about=(target,))


def _told(target: Entity, items: list[str]) -> str:
    count = int(number(target.state) or 0)
    values = {"what": words.the(target), **words.forms(several=False)}
    if items:
        return words.say("list.items", items=words.join(items), **values)
    return words.say("list.count", count=words.count(count, "item"), **values) if count else words.say("list.empty", **values)


SKILL = Skill(
    name="lists",
    phrases=PHRASES,
    handlers={
        "HassShoppingListAddItem": add_shopping,
        "HassShoppingListCompleteItem": complete_shopping,
        "HassListAddItem": add,
        "HassListCompleteItem": complete,
        "HassListRemoveItem": remove,
        "ExtListQuery": query,
    },
)
