"""What commands do, in words: before ("unlock the front door"), after ("The front door is unlocked."), and what went wrong."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from agent.records import ActionResult
from agent.words.names import are_several, listed, the_area, things
from agent.words.sentences import LANGUAGE, capital, fill, forms, join, number, say
from devices.commands import REASONS, Command
from devices.home import Entity, Home

Data = Mapping[str, Any]

VARIANTS: dict[str, Callable[[Data], str]] = {
    "light.turn_on": lambda data: _light_variant(data),
    "media_player.volume_mute": lambda data: "volume_mute" if data.get("is_volume_muted", True) else "volume_unmute",
    "media_player.shuffle_set": lambda data: "shuffle_set" if data.get("shuffle", True) else "shuffle_set.off",
    "media_player.repeat_set": lambda data: "repeat_set.off" if data.get("repeat") == "off" else "repeat_set",
    "todo.remove_item": lambda data: "remove_item.all" if isinstance(data.get("item"), list | tuple) else "todo.remove_item",
    "fan.oscillate": lambda data: "oscillate" if data.get("oscillating", True) else "oscillate.off",
}
"""Services whose data say what they do."""


def deed(commands: Iterable[Command], home: Home) -> str:
    """What the commands will do: "unlock the front door and turn off two lights"."""
    return join([fill(LANGUAGE.SERVICES[key][0], {**values, "what": listed(who)}) for key, values, who in _groups(commands, home)])


def gist(intent: str) -> str:
    """What a request of this intent is about: "tell you the weather"; "" where nobody needs to be asked."""
    return LANGUAGE.GISTS.get(intent, "")


def done(commands: Iterable[Command], home: Home) -> str:
    """What the commands have done, all of it verified: "The floor lamp is on." """
    return " ".join(_done(key, values, who) for key, values, who in _groups(commands, home))


def _done(key: str, values: dict[str, object], who: Sequence[Entity]) -> str:
    return fill(LANGUAGE.SERVICES[key][1], {**forms(are_several(who)), **values, "what": things(who)})


def report(results: Iterable[ActionResult], home: Home) -> str:
    """What came of the commands: what was verified, what was not and why, and what cannot be known."""
    results = tuple(results)
    well = _only(results, lambda verified, sent: verified is True or (verified is None and sent))
    unseen = _only(results, lambda verified, sent: verified is None and not sent)
    parts = [done(well, home)] if well else []
    if unseen:
        who = _entities((e for c in unseen for e in c.entity_ids), home)
        parts.append(say("unseen", deed=deed(unseen, home), what=listed(who), **forms(are_several(who))))
    return " ".join((*parts, *failures(results, home)))


def failures(results: Iterable[ActionResult], home: Home) -> tuple[str, ...]:
    """One sentence for each reason that something failed for: "The floor lamp does not answer." """
    by_reason: dict[str, list[str]] = {}
    for result in results:
        for told in result.reports:
            if told.verified is False:
                by_reason.setdefault(told.reason or "timeout", []).append(told.entity_id)
    return tuple(_failure(reason, _entities(dict.fromkeys(ids), home)) for reason, ids in by_reason.items())


def _failure(reason: str, who: Sequence[Entity]) -> str:
    trouble = REASONS.get(reason, reason)
    if are_several(who):
        first, _, rest = trouble.partition(" ")
        trouble = f"{dict(LANGUAGE.FORMS.values()).get(first, first)} {rest}"
    return say("failed", what=listed(who), trouble=trouble)


def _only(results: Iterable[ActionResult], wanted: Callable[[bool | None, bool], bool]) -> tuple[Command, ...]:
    """The commands, with those of their entities for which `wanted(verified, nothing can report it)` holds."""
    kept = []
    for result in results:
        sent = service_key(result.command) in LANGUAGE.SENT
        ids = tuple(told.entity_id for told in result.reports if wanted(told.verified, sent))
        if ids:
            kept.append(Command(result.command.service, ids, result.command.data))
    return tuple(kept)


def service_key(command: Command) -> str:
    """The key in LANGUAGE.SERVICES: by the data, else the whole name, else the service without its domain."""
    name = command.service
    options = (VARIANTS[name](command.data) if name in VARIANTS else name, name, name.partition(".")[2])
    return next((option for option in options if option in LANGUAGE.SERVICES), "")


def _groups(commands: Iterable[Command], home: Home) -> list[tuple[str, dict[str, object], tuple[Entity, ...]]]:
    """Commands that are said alike, together: (key, values, entities)."""
    found: dict[tuple[str, str], tuple[dict[str, object], list[str]]] = {}
    for command in _items_together(commands):
        key, values = service_key(command), _values(command, home)
        found.setdefault((LANGUAGE.SERVICES[key][1], repr(values)), (values, []))[1].extend(command.entity_ids)
    keys = {template[1]: key for key, template in reversed(LANGUAGE.SERVICES.items())}
    return [(keys[template], values, _entities(dict.fromkeys(ids), home)) for (template, _), (values, ids) in found.items()]


def _items_together(commands: Iterable[Command]) -> Iterable[Command]:
    """Items that go to or from one list are said in one sentence."""
    lists: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    others = []
    for command in commands:
        if command.service.startswith("todo.") and isinstance(command.data.get("item"), str):
            lists.setdefault((command.service, command.entity_ids), []).append(str(command.data["item"]))
        else:
            others.append(command)
    return (*others, *(Command(service, ids, {"item": join(items)}) for (service, ids), items in lists.items()))


def _entities(ids: Iterable[str], home: Home) -> tuple[Entity, ...]:
    return tuple(home.entities.get(i) or Entity(i, i.partition(".")[2].replace("_", " "), domain=i.partition(".")[0]) for i in ids)


def _values(command: Command, home: Home) -> dict[str, object]:
    """The data in words."""
    values: dict[str, object] = {key: _word(value) for key, value in command.data.items()}
    if command.service == "light.turn_on":
        how = light_words(command.data)
        values = {"how": how, "to": how.removeprefix("at ")}
    if "volume_level" in command.data:
        values["volume"] = round(float(command.data["volume_level"]) * 100)
    if command.service == "climate.set_temperature" and "temperature" not in command.data:
        values["temperature"] = join([number(v) for k, v in command.data.items() if k.startswith("target_temp")], "to")
    if command.service == "vacuum.clean_area":
        rooms = command.data.get("cleaning_area_id") or ()
        values["rooms"] = join([the_area(home.areas[room].name if room in home.areas else str(room)) for room in rooms])
    return values


def _word(value: object) -> object:
    if isinstance(value, list | tuple):
        return join([str(each) for each in value])
    return value if isinstance(value, int | float) else str(value).replace("_", " ")


def _light_variant(data: Data) -> str:
    step = data.get("brightness_step_pct")
    if step:
        return "light.brighter" if float(step) > 0 else "light.dimmer"
    return "light.set" if light_words(data) else "light.turn_on"


def light_words(data: Data) -> str:
    """How a light is set: "blue at 40%", "warm white"; "" where it is only on."""
    color = str(data.get("color_name") or "")
    if data.get("color_temp_kelvin"):
        color = kelvin_name(int(data["color_temp_kelvin"]))
    bright = f"{number(data['brightness_pct'])}%" if data.get("brightness_pct") is not None else ""
    return f"{color} at {bright}" if color and bright else color or (f"at {bright}" if bright else "")


def kelvin_name(kelvin: int) -> str:
    """ "warm white" for 2700, else "3100 kelvin"."""
    return dict(LANGUAGE.KELVINS).get(kelvin, f"{kelvin} kelvin")


def state_word(state: str) -> str:
    """A state as it is said after "is"."""
    return LANGUAGE.STATES.get(state, state.replace("_", " "))


def modes_word(modes: Iterable[object]) -> str:
    """ "heat, cool or off"."""
    return join([str(mode).replace("_", " ") for mode in modes], LANGUAGE.OR)


def sentence(text: str) -> str:
    """The text as a sentence: a capital first and a full stop at the end."""
    return capital(text if text.endswith((".", "!", "?", "”")) else f"{text}.")
