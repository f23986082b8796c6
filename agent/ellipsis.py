"""Requests that go on from the last one: "and in the kids room", "the other one", "again", "a bit more", "make that twenty minutes". Pure.

`pointed` reads what can be nothing else, before phrases are tried; `continued` what phrases made nothing sure of.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from agent import amounts, ones
from agent.intents import about
from agent.records import Context, Due, Interpretation
from agent.understand import numbers, times
from agent.understand.normal import tokens
from agent.wording import is_kind_word, kinds_said, plain
from devices.home import Entity, Home

LEADS = ("and", "what about", "how about", "no i meant", "i meant", "no", "in", "also", "the", "for", "now", "but")
TRAILS = (" too", " as well", " please", " instead")


AGAIN = frozenset({"again", "once more", "one more time", "do it again", "do that again", "same again", "repeat that", "repeat"})
MORE = {
    **dict.fromkeys(("more", "a bit more", "a little more", "some more", "even more", "still more", "further", "a bit further", "more more"), True),
    **dict.fromkeys(("less", "a bit less", "a little less", "not so much", "not that much", "too much", "that is too much", "thats too much"), False),
}
"""Words that ask for the last step again (True), or for one back (False)."""
STEPS = ("brightness_step", "volume_step", "temperature_step", "position_step", "direction", "percentage_step")
OTHER_WAY = {"up": "down", "down": "up", "increase": "decrease", "decrease": "increase"}


ONE = re.compile(r"^(?:the|that|this) (.+) ones?$")
OTHER = frozenset({"the other one", "the other", "other one", "the others", "the other ones", "the other light", "the other lamp"})
NO = ("no ", "nope ", "no no ", "wrong ", "sorry ")
MOVED = re.compile(
    r"^(?:no |sorry |actually |oh |wait |ok )*(?:(?:can you |please |could you )?(?:make|change|move|push|set|shift|put) (?:it|that|this|them) "
    r"(?:back |forward )?(?:to |for |at |on |be )?|(?:i meant|i mean|rather|better) )(.+?)(?: instead| please)?$"
)
"""How a time that was set is moved: "make that twenty minutes"."""
INSTEAD = re.compile(r"^(?:no |nope |sorry |actually |wait |oh )+(?:at |for |on )?((?!no\b|i\b|not\b).+?)(?: instead| please)?$")
"""The same in fewer words: "no, eight"."""
NOT_THAT = re.compile(
    r"^(?:no,? )?(?:no,? )?not (?:(?:that one|this one|that|this|it|(?:in )?the [\w ']+?|in here|here|in there|there)(?:[,;.]| but)"
    r"|(?:in here|here|in there|there)(?= in )) *(?:but |i meant |rather )?((?:in )?(?:the )?.+?)[.!]?$",
    re.IGNORECASE,
)
"""What is meant instead: "not that one, the desk lamp"."""
NOT_SO = frozenset({"no", "nope", "no no", "no no no", "oops", "oh no", "no no wait", "no not that"})
"""Right behind what was done: something else was meant."""
NO_NO = re.compile(r"^(?:no |nope )+(?=no |nope )")
WRONG = re.compile(
    r"^(?:no |nope |sorry |hey )*(?:(?:(?:that is|thats|that was|this is|it is|its) )?(?:the wrong|not the right) [a-z]+(?: [a-z]+)?|"
    r"wrong(?: [a-z]+){0,2}|"
    r"(?:that is|thats|that was|this is|it is|its) (?:the )?(?:wrong(?: one)?|not what i (?:meant|wanted|asked for|said)|not (?:it|right))|"
    r"not what i (?:meant|wanted|asked for|said)|i did not mean that|i didnt mean that|not that(?: one)?|not this one)(?: at all)?$"
)
"""It was something else: that is undone, and what was meant is asked."""
NOT_RIGHT = re.compile(
    r"^(?:no |nope |sorry |hey )*(?:(?:that is|thats|that was|its|it is) )?(?:the )?wrong (?:one|thing|light|lamp|room|device) "
    r"(?:(?:no )?(?:i meant|i mean|i wanted|i said|it is|its) )?(?P<sentence>(?:the|my|in) .+)$"
)
"""That, and what is meant instead: "wrong one, the desk lamp"."""
PART = re.compile(r"^(?:no |sorry |i meant )*(in the (?:morning|evening|afternoon)|at night|tonight|am|pm|a m|p m)$")
STEPPED: Mapping[str, tuple[str, str]] = {
    "light": ("HassLightSet", "brightness_step"),
    "media_player": ("HassSetVolumeRelative", "volume_step"),
    "climate": ("ExtClimateRelative", "temperature_step"),
    "fan": ("ExtFanSpeedRelative", "direction"),
}
"""What "a bit more" is of a thing whose last request had no step."""


def pointed(text: str, context: Context) -> Interpretation | None:
    """What goes on from the last request, and can be nothing else; None for all other words."""
    said = plain(text)
    further = next((lead for lead in ("and ", "also ") if said.startswith(lead)), "")
    last = context.previous.resolutions[-1].interpretation if context.previous is not None and context.previous.resolutions else None
    another = ANOTHER.match(said)
    if (further or another) and last is not None and last.intent in PUT_OFF:
        when = _time(another[1] if another else said.removeprefix(further).removesuffix(" too").removesuffix(" as well"))
        if when is not None:
            return replace(last, slots={**last.slots, "when": _recurring(when, last) if another else when}, by="ellipsis")
    for lead in ("and ", "now ", "also "):
        said = said.removeprefix(lead)
    moved = amounts.pointed(said, context) or (_moved(said, context) if not further else None)
    if moved is not None or context.last is None:
        return moved
    if said in NOT_SO and context.previous is not None and context.previous.outcome == "act":
        return Interpretation("ExtRepair", {}, 0.95, "ellipsis")
    said = NO_NO.sub("", said)
    if (meant := NOT_RIGHT.match(said)) is not None and context.previous is not None:
        return Interpretation("ExtRepair", {"sentence": meant["sentence"]}, 0.95, "ellipsis")
    if WRONG.match(said):
        return Interpretation("ExtUndo", {"wrong": "yes"}, 0.95, "ellipsis")
    instead = NOT_THAT.match(text.strip())
    if instead is not None and context.previous is not None:
        return Interpretation("ExtRepair", {"sentence": instead[1]}, 0.95, "ellipsis")
    no = next((lead for lead in NO if said.startswith(lead)), "")
    rest = said.removeprefix(no).removeprefix("i meant ").removeprefix("i said ")
    found = _moved_music(rest, context) or _other(rest, context) or _that_one(rest, context) or ones.pointed(rest, context)
    found = found or (_more(rest, context) if not no else None)
    if found is None or not no:
        return found
    return Interpretation("ExtRepair", {"sentence": rest}, 0.95, "ellipsis")


ANOTHER = re.compile(
    r"^(?:and |also |please )*(?:set |make |add |create |start |put |have |i need |i want )?(?:me )?another (?:one|alarm) "
    r"(?:for |at |on |in )?(.+?)(?: please)?$"
)
""" "Set another one for 8", after an alarm."""


def _recurring(when: dict[str, Any], last: Interpretation) -> dict[str, Any]:
    """A bare time of the clock, on the days of the last one."""
    known = last.slots.get("when")
    days = {"every", "weekdays", "weekday", "day", "date", "interval", "monthday"}
    return when if not isinstance(known, Mapping) or set(when) & {"in", *days} else {**{k: known[k] for k in known if k in days}, **when}


def _more(said: str, context: Context) -> Interpretation | None:
    """ "A bit more": the last step once more; of what had none, a step of the thing that was spoken of."""
    if said not in MORE or context.last is None:
        return None
    again = _once_more(said, context.last)
    if again is not None:
        return again
    domains = {e.domain for e in _spoken_of(context)}
    row = STEPPED.get(domains.pop()) if len(domains) == 1 else None
    return Interpretation(row[0], {"name": "it", row[1]: "up" if MORE[said] else "down"}, 0.95, "ellipsis") if row else None


def _spoken_of(context: Context) -> list[Entity]:
    return [context.home.entities[e] for e in context.focus if e in context.home.entities]


MOVE_MUSIC = re.compile(
    r"^(?:put|play|move|continue|have|send|switch) (?:it|that|this|the music|music) (?:on |over )?(?:in|to|on) (?:the |my )?"
    r"(.+?)(?: instead| too| please)?$"
)


def _moved_music(said: str, context: Context) -> Interpretation | None:
    """ "Put it on in the kitchen": what was last played, there."""
    match, last = MOVE_MUSIC.match(said), context.last
    if match is None or last is None or last.intent != "HassMediaSearchAndPlay":
        return None
    area = next((a for a in context.home.areas.values() if match[1] in {plain(n) for n in (a.name, *a.aliases)}), None)
    if area is not None:
        return replace(last, slots={**{k: v for k, v in last.slots.items() if k not in ("name", "floor")}, "area": area.name}, by="ellipsis")
    thing = next((e for e in context.home.entities.values() if e.domain == "media_player" and match[1] in {plain(n) for n in e.names}), None)
    return _about(last, thing, context.home) if thing else None


def _other(said: str, context: Context) -> Interpretation | None:
    """ "The other one": the one thing of its name elsewhere, else of its sort in its room."""
    things = _spoken_of(context)
    if said not in OTHER or len(things) != 1 or context.last is None:
        return None
    one, home = things[0], context.home
    sort = [e for e in home.entities.values() if e.domain == one.domain and e.entity_id != one.entity_id]
    named = [e for e in sort if e.name.casefold() == one.name.casefold()]
    beside = [e for e in sort if home.area_of(e) == home.area_of(one) and e.kind == one.kind]
    offered = [home.entities[t] for t in _offered(context) if t in home.entities]
    found = next((rows for rows in (offered, beside, named) if len(rows) == 1), [])
    return _about(context.last, found[0], home) if found else None


def _offered(context: Context) -> tuple[str, ...]:
    """What the last turn left out of what was on offer, where it answered "which one?"."""
    turn = context.previous
    answered = turn is not None and not turn.clauses and turn.outcome == "act" and len(turn.resolutions) == 1
    return tuple(t for r in turn.resolutions[0].runners_up for t in r.targets) if turn is not None and answered else ()


def _that_one(said: str, context: Context) -> Interpretation | None:
    """ "The kitchen one", "the floor one": the thing like the last one that these words tell apart."""
    match = ONE.match(said)
    things = _spoken_of(context)
    if match is None or not things or context.last is None:
        return None
    telling = set(match[1].split())
    sort = [e for e in context.home.entities.values() if e.domain == things[0].domain]
    fitting = [e for e in sort if telling <= _words_of(e, context.home)]
    named = [e for e in fitting if e.name.casefold() == things[0].name.casefold()]
    found = next((rows for rows in (named, fitting) if len(rows) == 1), [])
    return _about(context.last, found[0], context.home) if found else None


def _words_of(entity: Entity, home: Home) -> set[str]:
    area = home.areas.get(home.area_of(entity) or "")
    return {w for name in (*entity.names, *((area.name, *area.aliases) if area else ())) for w in plain(name).split()}


def _about(last: Interpretation, entity: Entity, home: Home) -> Interpretation:
    """The last reading about this thing."""
    kept = {k: v for k, v in last.slots.items() if k not in ("name", "area", "floor", "domain", "device_class", "kind", "except", "except_area")}
    area = home.areas.get(home.area_of(entity) or "")
    return replace(last, slots={**kept, "name": entity.name, **({"area": area.name} if area else {})}, confidence=0.95, by="ellipsis")


# --- what was set for a time -----------------------------------------------------------------------------------------------------------


def just_set(context: Context) -> tuple[Due, ...]:
    """What this conversation set for later last, or what it was just told of, as far as it is still to come."""
    told = {r.intent for r in context.previous.resolutions} if context.previous is not None else set()
    kind = next((KIND_ASKED[intent] for intent in told if intent in KIND_ASKED), "")
    asked = tuple(due for due in context.agenda if due.kind == kind)
    if len(asked) == 1:
        return asked
    known = {due.id: due for due in context.agenda}
    return tuple(known[due_id] for due_id in context.put if due_id in known)


KIND_ASKED = {"ExtAlarmQuery": "alarm", "ExtReminderQuery": "reminder", "HassTimerStatus": "timer", "ExtScheduleQuery": "schedule"}
"""Questions about what is to come -> the kind; where there is one of it, "it" is that one."""
PUT_OFF = frozenset({"ExtSchedule", "ExtAlarmSet", "ExtReminderSet"})
"""Intents that "and on saturday at nine" says once more, for another time."""
GIVE_UP = frozenset({"cancel it", "cancel that", "cancel that one", "delete it", "remove it", "delete that", "cancel this", "call it off"})
SWITCH_OFF = frozenset({"turn it off", "switch it off", "stop it", "turn that off", "never mind that one"})


def _moved(said: str, context: Context) -> Interpretation | None:
    """ "Make that twenty minutes", "in the morning" right after something was set for a time."""
    dues = just_set(context)
    if not dues:
        return None
    off = said.removeprefix("actually ").removeprefix("no ").removeprefix("please ")
    if off in GIVE_UP or (off in SWITCH_OFF and {due.kind for due in dues} <= {"alarm", "reminder"} and not context.acted):
        return Interpretation("HassNevermind", {}, 0.95, "ellipsis")
    other = _revalued(said, dues, context)
    if other is not None:
        return other
    part, moved = PART.match(said), MOVED.match(said) or INSTEAD.match(said)
    alone = said.startswith(("at ", "tomorrow", "tonight", "on ")) and dialogue_is_fresh(context)
    if not (part or moved or alone) or not any(due.due for due in dues):
        return None
    told = part[1] if part else moved[1] if moved else said
    when = _span_like(told, dues) or _time(plain_time(told))
    return Interpretation("ExtReschedule", {"when": when}, 0.95, "ellipsis") if when else None


VALUE = re.compile(
    r"^(?:no |sorry |actually |rather |oh |wait )*(?:(?P<made>make|set|turn|change|put) (?:it|that|this) )?(?P<to>to |at )?"
    r"(?P<value>[\w ]+?)(?P<unit> degrees| degree| percent)?(?: instead| please)?$"
)
LAST_HOUR = 12
"""Above it a bare number is no time of the clock."""


def _revalued(said: str, dues: tuple[Due, ...], context: Context) -> Interpretation | None:
    """ "To 22", "make it 50 percent": the level of the command that the last turn put off, where it has one."""
    match = VALUE.match(said)
    value = _number(match["value"]) if match else None
    if match is None or value is None or len(dues) != 1 or dues[0].kind != "schedule" or not dialogue_is_fresh(context):
        return None
    if not (match["unit"] or (match["to"] == "to " and not match["made"]) or (value > LAST_HOUR and not dues[0].length and match["to"] != "at ")):
        return None
    command = tokens(dues[0].command)
    places = [(i, found[0]) for i in range(len(command)) if (found := numbers.number(command.words, i)) is not None]
    if not places:
        return None
    start, end = places[-1]
    text = dues[0].command
    sentence = f"{text[: command.starts[start]]}{value:g}{text[command.ends[end - 1] :]}"
    return Interpretation("ExtReschedule", {"sentence": sentence}, 0.95, "ellipsis")


def _number(said: str) -> float | None:
    """A number that all the words say."""
    words = tokens(said).words
    found = numbers.number(words, 0) if words else None
    return float(found[1]) if found is not None and found[0] == len(words) else None


def _span_like(said: str, dues: tuple[Due, ...]) -> dict[str, Any] | None:
    """A bare number after "in ten minutes" is as many minutes."""
    length, number = dues[0].length, _number(said)
    if not length or not number:
        return None
    return {"in": number * (3600 if length % 3600 == 0 else 60 if length >= 60 else 1)}


def dialogue_is_fresh(context: Context) -> bool:
    """The last turn was the one that set it."""
    changes = context.previous.changes if context.previous is not None else ()
    return any(c.what == "due" for c in changes)


def plain_time(said: str) -> str:
    return {"am": "in the morning", "a m": "in the morning", "pm": "in the evening", "p m": "in the evening"}.get(said, said)


def _time(said: str) -> dict[str, Any] | None:
    """A time or a span that all the words say."""
    for words in (tokens(said).words, tokens(f"at {said}").words):
        length = times.duration(words, 0) if words else None
        if length is not None and length[0] == len(words):
            return {"in": length[1]}
        found = times.when(words, 0, bare=True) if words else None
        if found is not None and found[0] == len(words):
            return dict(found[1])
    return None


def continued(text: str, last: Interpretation | None, home: Home, focus: Iterable[str] = ()) -> Interpretation | None:
    """Ellipsis: "and in the kids room", "the floor lamp": the last reading with another place or thing. None where it is neither."""
    said = NO_NO.sub("", plain(text))
    no = next((lead for lead in NO if said.startswith(lead)), "")
    if no and last is not None:
        sentence = said.removeprefix(no).removeprefix("i meant ").removeprefix("i said ")
        found = continued(sentence, last, home, focus)
        return Interpretation("ExtRepair", {"sentence": sentence}, 0.9, "ellipsis") if found else None
    for lead in LEADS:
        said = said.removeprefix(f"{lead} ")
    for trail in TRAILS:
        said = said.removesuffix(trail)
    if last is None or not said:
        return None
    again = _once_more(said, last)
    if again is not None:
        return again
    name = next((e.name for e in home.entities.values() if any(plain(n) == said for n in e.names)), None)
    if name is not None:
        kept = {k: v for k, v in last.slots.items() if k not in ("area", "floor", "domain", "device_class", "kind")}
        return replace(last, slots={**kept, "name": name}, by="ellipsis")
    if is_kind_word(said) and (kinds := kinds_said(said)):
        kept = {k: v for k, v in last.slots.items() if k not in ("name", "domain", "device_class", "kind")}
        return replace(last, slots={**kept, "kind": sorted(kinds)}, by="ellipsis") if _reaches(last, kinds, home) else None
    place = next((a.name for a in home.areas.values() if any(plain(n) == said for n in (a.name, *a.aliases))), None)
    floor = next((f.name for f in home.floors.values() if any(plain(n) == said for n in (f.name, *f.aliases))), None)
    if place is None and floor is None:
        return None
    elsewhere = {"area": place} if place is not None else {"floor": floor}
    if "name" in last.slots and not last.slots.get("domain"):
        return _elsewhere(last, elsewhere, home, focus)
    return replace(last, slots={**{k: v for k, v in last.slots.items() if k not in ("name", "area", "floor")}, **elsewhere}, by="ellipsis")


def _reaches(last: Interpretation, kinds: frozenset[str], home: Home) -> bool:
    """The home has such a thing, and what was asked for can be done to it."""
    domains = about(last.intent).domains
    return any(e.kind in kinds and (not domains or e.domain in domains) for e in home.entities.values())


def _elsewhere(last: Interpretation, elsewhere: dict[str, Any], home: Home, focus: Iterable[str]) -> Interpretation | None:
    """What was done to a thing by its name, elsewhere: to the one of that name there, else to the things of its sort."""
    things = [home.entities[e] for e in focus if e in home.entities]
    domains = {e.domain for e in things}
    kept = {k: v for k, v in last.slots.items() if k not in ("name", "area", "floor")}
    there = [a.area_id for a in home.areas.values() if a.name == elsewhere.get("area")]
    if there and any(e.name in (last.slots["name"], *(t.name for t in things)) and home.area_of(e) in there for e in home.entities.values()):
        name = next((t.name for t in things), last.slots["name"])
        return replace(last, slots={**kept, "name": name, **elsewhere}, by="ellipsis")
    return replace(last, slots={**kept, "domain": domains.pop(), **elsewhere}, by="ellipsis") if len(domains) == 1 else None


def _once_more(said: str, last: Interpretation) -> Interpretation | None:
    """ "Again", "a bit more", "less": the last step once more, or back; "more" of what has no step is nothing."""
    if said in AGAIN:
        return replace(last, by="ellipsis")
    turned = MORE.get(said)
    step = next((s for s in STEPS if last.slots.get(s) in OTHER_WAY), None)
    if turned is None or step is None:
        return None
    way = str(last.slots[step])
    return replace(last, slots={**last.slots, step: way if turned else OTHER_WAY[way]}, by="ellipsis")
