"""What "ones" are: the sort last spoken of ("the kitchen ones", "the one upstairs"); and "them both" as the pronoun it is. Pure.

Rules of this file: the sort stays the one last spoken of, and so does the direction where no verb is said.
"""

import re
from dataclasses import replace
from typing import Any

from agent import wording
from agent.intents import about
from agent.places import texts
from agent.records import Context, Interpretation
from agent.references import both_of_two
from agent.wording import plain
from devices.home import Entity, Home
from devices.kinds import KINDS

BEFORE = re.compile(r"\b(?:all (?:of )?)?(?:the|those|these|that|this) ((?!other\b)[\w' ]+?) (ones?)\b", re.IGNORECASE)
"""The place before it: "the kitchen ones"."""
BEHIND = re.compile(
    r"\b(?:all (?:of )?)?(?:the|those|these|that) (ones?)(?: (?:that are|which are|that is))? "
    r"(?:(?:in|on|at|of) )?(?:the |my |our )?([\w' ]+?)(?=$|[,.!?]| too\b| as well\b| please\b| instead\b| off\b| on\b| to\b| and\b)",
    re.IGNORECASE,
)
"""The place behind it: "the ones in the kitchen", "the one upstairs"."""
TOGETHER = re.compile(
    r"\b(?:both of (?:them|those|these)|(?:them|those|these) (?:both|all|two)|all of (?:them|those|these)|the two of them|the both|both)\b",
    re.IGNORECASE,
)
ALONE = re.compile(r"^(?:(?:and|also|now|but|no|ok|okay|then|what about|how about|i meant|i mean|sorry|for|in|with) )*$")
"""All that may stand before them where no verb does."""
TRAILS = re.compile(r"(?: (?:too|as well|please|instead|also))+$")
SORTED = ("domain", "device_class", "kind")
BY_KIND = frozenset({"cover", "media_player", "switch", "input_boolean", "climate"})
"""Domains of many sorts: "the ones" after blinds are blinds."""


def spelled_out(text: str, context: Context) -> str:
    """The text with "the kitchen ones" as "the kitchen lights", where lights were last spoken of, and "them both" as "them"."""
    if (len(context.focus) > 1 or both_of_two(context)) and not wording.says_thing(text):
        text = TOGETHER.sub("them", text)
    found = _found(text, context.home)
    word = _word(_things(context), several=found[1] == "ones") if found else ""
    if not found or not word:
        return text
    match, _, place = found
    said = f"the {place} {word}" if match.re is BEFORE else f"the {word} {_behind(match)}"
    return text[: match.start()] + said + text[match.end() :]


def said(text: str, home: Home) -> bool:
    """Ones of a place are spoken of, whatever they are."""
    return _found(text, home) is not None


def _behind(match: re.Match[str]) -> str:
    """The place as it was said, with its preposition."""
    return re.split(r"\bones?\b(?: (?:that are|which are|that is))? ", match[0], maxsplit=1, flags=re.IGNORECASE)[1]


def pointed(said: str, context: Context) -> Interpretation | None:
    """The last reading for another place, where no verb was said: "and the kitchen ones too"; None for other words."""
    bare = TRAILS.sub("", said)
    found, last = _found(bare, context.home), context.last
    if not found or last is None or about(last.intent).reach == "none":
        return None
    match, number, place = found
    where = place_called(place, context.home)
    if where is None or match.end() != len(bare) or not ALONE.match(bare[: match.start()]):
        return None
    return elsewhere(last, where, context, one=number == "one")


def elsewhere(last: Interpretation, where: dict[str, Any], context: Context, one: bool = False) -> Interpretation | None:
    """The last reading for the things of the same sort there; the thing of the same name, where there is one and one is meant."""
    things, home = _things(context), context.home
    kept = {k: v for k, v in last.slots.items() if k not in ("name", "area", "floor", "except", "except_area")}
    names = {t.name.casefold() for t in things}
    if one and len(names) == 1 and any(e.name.casefold() in names and _is_there(e, where, home) for e in home.entities.values()):
        named = {k: v for k, v in kept.items() if k not in SORTED}
        return replace(last, slots={**named, "name": things[0].name, **where}, confidence=0.95, by="ellipsis")
    if not any(texts(kept.get(k)) for k in SORTED):
        domains = {t.domain for t in things}
        if len(domains) != 1:
            return None
        kinds = sorted({t.kind for t in things if t.kind})
        kept |= {"domain": next(iter(domains)), **({"kind": kinds} if domains <= BY_KIND and kinds else {})}
    return replace(last, slots={**kept, **where}, confidence=0.95, by="ellipsis")


def _is_there(entity: Entity, where: dict[str, Any], home: Home) -> bool:
    area = home.areas.get(home.area_of(entity) or "")
    floor = home.floors.get(area.floor or "") if area else None
    return (area is not None and area.name == where.get("area")) or (floor is not None and floor.name == where.get("floor"))


def _things(context: Context) -> list[Entity]:
    return [context.home.entities[e] for e in context.focus if e in context.home.entities]


def _found(text: str, home: Home) -> tuple[re.Match[str], str, str] | None:
    """The words, "one" or "ones", and the place as it was said."""
    for pattern in (BEFORE, BEHIND):
        match = pattern.search(text)
        if match is None:
            continue
        place, number = (match[1], match[2]) if pattern is BEFORE else (match[2], match[1])
        if place_called(place, home) is not None:
            return match, number.casefold(), place
    return None


def _word(things: list[Entity], several: bool) -> str:
    """What people call things of this sort; "" where they are of several."""
    kinds = {"light" if t.domain == "light" else t.kind for t in things}
    kind = KINDS.get(next(iter(kinds)) or "") if len(kinds) == 1 else None
    word = next(iter(kind.words), "") if kind else ""
    if several:
        return f"{word}s" if word else ""
    names = {t.name for t in things}
    return next(iter(names)) if len(names) == 1 and word else word


def place_called(said: str, home: Home) -> dict[str, Any] | None:
    """The room or floor of this name, also where that is the end of the name of one alone ("bedroom" of "Main Bedroom")."""
    wanted = plain(said)
    area = next((a.name for a in home.areas.values() if wanted in {plain(n) for n in (a.name, *a.aliases)}), None)
    if area is not None:
        return {"area": area}
    floor = next((f.name for f in home.floors.values() if wanted in {plain(n) for n in (f.name, *f.aliases)}), None)
    if floor is not None:
        return {"floor": floor}
    ends = [a.name for a in home.areas.values() if plain(a.name).endswith(f" {wanted}") and wanted != "room"]
    return {"area": ends[0]} if len(ends) == 1 else None
