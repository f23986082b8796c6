"""Resolution in context: readings x candidates, scored by explained signals. Pure: (readings, Context) -> Resolution.

Rules of this file: a slot that fails never widens the scope (an unknown room or name ends in `missing`); a room or name that was said
filters, it is never outvoted by context; several targets that are as likely are left to a question.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from agent import habits, signals
from agent.intents import SWITCHED, About, about
from agent.records import Context, Interpretation, Resolution, RunnerUp, Why
from devices.home import Entity
from devices.kinds import KINDS, has_screen, is_on, is_playing

MARGIN = 0.35
"""Two candidates nearer than this are as likely."""
READING_WEIGHT = 2.0
"""What a certain reading is worth beside the signals."""
PRONOUNS = frozenset({"it", "them", "that", "this", "those", "these", "that one", "this one", "the same"})
ALL = "all"
THINGS = ("name", "area", "floor", "domain", "device_class", "kind")
"""Slots of which one has to say what is to be switched: a guess that names none reaches nothing, never everything here."""
RELATIVE = ("brightness_step", "percentage_step")
"""Slots that change what there is: "dim the lights" means those that are on, and does not light the others."""
HERE = frozenset({"here", "this room", "the room", "in here"})
BREW = ("coffee_maker", "kettle", "tea_maker", "espresso_machine")
GO_THERE = frozenset({"HassVacuumCleanArea"})
"""Intents whose room is where the thing is sent, not where it stands."""
WORDLESS = frozenset({"", "music", "some music", "something", "song", "songs", "a song", "tunes", "some tunes", "anything"})


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a reading looks: room and floor ids that were said, or the failure to find one."""

    areas: frozenset[str] = frozenset()
    floors: frozenset[str] = frozenset()
    everywhere: bool = False
    missing: str = ""
    missing_text: str = ""

    @property
    def said(self) -> bool:
        return bool(self.areas or self.floors)


def resolve(readings: Sequence[Interpretation], context: Context) -> Resolution | None:
    """The best reading with its targets; None where there is no reading. Runners-up are other readings and near candidates."""
    found = [_one(reading, context) for reading in readings]
    if not found:
        return None
    ranked = sorted(found, key=lambda r: (bool(r.missing) and r.missing != "which", -_worth(r)))
    best = ranked[0]
    others = tuple(RunnerUp(r.intent, r.targets, round(_worth(r), 3)) for r in ranked[1:4])
    return replace(best, runners_up=(*best.runners_up, *others)[:6])


def _worth(resolution: Resolution) -> float:
    return resolution.score + READING_WEIGHT * resolution.interpretation.confidence


def _one(reading: Interpretation, context: Context) -> Resolution:
    return _spared(_settled(reading, context), context)


def _settled(reading: Interpretation, context: Context) -> Resolution:
    reading, taste = _with_taste(reading, context)
    what = about(reading.intent)
    if what.reach == "none":
        return Resolution(reading, why=taste)
    if reading.by == "model" and what.domains == SWITCHED and not any(reading.slots.get(k) for k in THINGS):
        return Resolution(reading, missing="nothing", why=taste)
    scope = _scope(reading.slots, context)
    if scope.missing:
        return Resolution(reading, missing=scope.missing, missing_text=scope.missing_text, why=taste)
    if reading.intent in GO_THERE:
        scope = Scope(everywhere=True)
    names = _names(reading.slots.get("name"))
    if names and names != (ALL,):
        return _named(reading, what, names, scope, taste, context)
    pool = [e for e in context.home.entities.values() if _fits(e, reading, what, scope, context)]
    if not pool:
        return Resolution(reading, missing="nothing", why=taste)
    return _choose(reading, what, pool, scope, taste, context)


def _names(said: Any) -> tuple[str, ...]:
    return tuple(str(n) for n in (said if isinstance(said, list | tuple) else [said]) if n)


# --- the scope -----------------------------------------------------------------------------------------------------------------------


def _scope(slots: Mapping[str, Any], context: Context) -> Scope:
    areas: set[str] = set()
    for said in _names(slots.get("area")):
        if said.casefold() in (ALL, "everywhere"):
            return Scope(everywhere=True)
        if said.casefold() in HERE:
            areas |= {context.area} if context.area else set()
            continue
        ids = {a.area_id for a in context.home.areas.values() if said.casefold() in _called(a.area_id, a.name, a.aliases)}
        if not ids:
            return Scope(missing="area", missing_text=said)
        areas |= ids
    floors: set[str] = set()
    for said in _names(slots.get("floor")):
        ids = {f.floor_id for f in context.home.floors.values() if said.casefold() in _called(f.floor_id, f.name, f.aliases)}
        if not ids:
            return Scope(missing="floor", missing_text=said)
        floors |= ids
    return Scope(frozenset(areas), frozenset(floors))


def _called(identity: str, name: str, aliases: Iterable[str]) -> set[str]:
    return {identity.casefold(), name.casefold(), *(a.casefold() for a in aliases)}


def _inside(entity: Entity, scope: Scope, context: Context) -> bool:
    if scope.areas and context.home.area_of(entity) not in scope.areas:
        return False
    return not scope.floors or context.home.floor_of(entity) in scope.floors


# --- things called by name -----------------------------------------------------------------------------------------------------------


def _named(reading: Interpretation, what: About, names: tuple[str, ...], scope: Scope, taste: tuple[Why, ...], context: Context) -> Resolution:
    targets: list[str] = []
    reasons: list[Why] = list(taste)
    for name in names:
        if name.casefold() in PRONOUNS:
            found = tuple(e for e in context.focus if e in context.home.entities)
            if not found:
                return Resolution(reading, missing="name", missing_text=name, why=tuple(reasons))
            reasons += [Why("last spoken of", signals.WEIGHTS["last spoken of"], e) for e in found]
            targets += found
            continue
        settled = _bearers(reading, what, name, scope, context)
        if settled.missing:
            return replace(settled, why=(*reasons, *settled.why))
        targets += settled.targets
        reasons += settled.why
    return Resolution(reading, tuple(dict.fromkeys(targets)), signals.total(tuple(reasons)) / max(1, len(names)), tuple(reasons))


def _bearers(reading: Interpretation, what: About, name: str, scope: Scope, context: Context) -> Resolution:
    """The one entity that bears this name here, or which of them?"""
    folded = name.casefold()
    bearers = _bearing(folded, context)
    if not bearers:
        return Resolution(reading, missing="name", missing_text=name)
    fitting = [e for e in bearers if not what.domains or _domain(e) in what.domains] or ([] if what.reach != "ask" else bearers)
    wanted = reading.slots.get("domain")
    wanted = {str(w) for w in (wanted if isinstance(wanted, list | tuple) else [wanted]) if w}
    fitting = [e for e in fitting if _domain(e) in wanted] or fitting
    if scope.said:
        fitting = [e for e in fitting if _inside(e, scope, context)]
    if not fitting:
        return Resolution(reading, missing="nothing", missing_text=name)
    scored = _scored(fitting, reading, True, scope.said, context)
    return _best(reading, scored)


def _bearing(folded: str, context: Context) -> list[Entity]:
    """The things called so; where there is none, those called so behind the name of a room ("ceiling light" of "Kitchen Ceiling Light")."""
    entities = context.home.entities.values()
    whole = [e for e in entities if any(n.casefold() == folded for n in e.names) or e.entity_id == folded]
    return whole or [e for e in entities if any(n.casefold().endswith(f" {folded}") for n in e.names)]


def _spared(resolution: Resolution, context: Context) -> Resolution:
    """Without what was excepted ("all the lights except the floor lamp")."""
    slots = resolution.interpretation.slots
    names, places = _names(slots.get("except")), _names(slots.get("except_area"))
    if not names and not places:
        return resolution
    areas = {a.area_id for a in context.home.areas.values() if any(p.casefold() in _called(a.area_id, a.name, a.aliases) for p in places)}
    spared = {e.entity_id for name in names for e in _bearing(name.casefold(), context)}
    left = tuple(t for t in resolution.targets if t not in spared and not (areas and context.home.area_of(context.home.entities[t]) in areas))
    missing = resolution.missing or ("" if left else "nothing")
    return replace(resolution, targets=left, why=tuple(w for w in resolution.why if w.candidate in left), missing=missing)


# --- things meant by their sort ------------------------------------------------------------------------------------------------------


def _fits(entity: Entity, reading: Interpretation, what: About, scope: Scope, context: Context) -> bool:
    """The entity is of the sort, in the place and of the kind that was said."""
    slots, domain = reading.slots, _domain(entity)
    if what.domains and domain not in what.domains:
        return False
    if not _asked_sort(entity, slots, domain) or not _inside(entity, scope, context):
        return False
    if reading.intent == "HassClimateGetTemperature":
        return domain != "sensor" or entity.device_class == "temperature"
    if reading.intent == "ExtApplianceStart" and slots.get("activity") == "brew":
        return entity.kind in BREW
    return reading.intent != "HassGetState" or any(slots.get(k) for k in ("domain", "device_class", "kind"))


def _asked_sort(entity: Entity, slots: Mapping[str, Any], domain: str) -> bool:
    wanted = {str(w) for w in _names(slots.get("domain"))}
    if wanted and domain not in wanted:
        return False
    classes = {str(w) for w in _names(slots.get("device_class"))}
    if classes and not classes & {
        entity.device_class,
        entity.kind,
        (entity.kind or "").removesuffix("_door"),
        (entity.kind or "").removesuffix("_sensor"),
    }:
        return False
    kinds = {str(w) for w in _names(slots.get("kind"))}
    return not kinds or entity.kind in kinds


def _choose(reading: Interpretation, what: About, pool: list[Entity], scope: Scope, taste: tuple[Why, ...], context: Context) -> Resolution:
    if what.reach == "many" or reading.slots.get("name") == ALL:
        return _many(reading, what, pool, scope, taste, context)
    scored = _scored(pool, reading, False, scope.said, context)
    if what.reach == "ask" and reading.intent == "HassGetState":
        return Resolution(reading, tuple(e.entity_id for e, _ in scored if not e.diagnostic) or tuple(e.entity_id for e, _ in scored), 1.0, taste)
    best = _best(reading, scored, sure=what.reach == "ask")
    best = replace(best, why=(*taste, *best.why), score=best.score + signals.total(taste))
    return _as_media(best, context) if reading.intent == "HassMediaSearchAndPlay" else best


def _many(reading: Interpretation, what: About, pool: list[Entity], scope: Scope, taste: tuple[Why, ...], context: Context) -> Resolution:
    """Everything in the place that was said, else in the room of asking; without either only what is meant by "all" goes everywhere."""
    sorted_out = any(reading.slots.get(k) for k in ("domain", "device_class", "kind"))
    if not sorted_out and what.domains == SWITCHED:
        pool = [e for e in pool if _domain(e) in ("light", "switch", "fan", "media_player", "humidifier")]
    everywhere = scope.said or scope.everywhere or reading.slots.get("name") == ALL
    here = [e for e in pool if context.area is not None and context.home.area_of(e) == context.area]
    if not everywhere and here:
        chosen, reason = here, "room"
    elif everywhere or len(pool) == 1 or (context.area is None and len({context.home.area_of(e) for e in pool}) == 1):
        chosen, reason = pool, "kind"
    else:
        focused = [e for e in pool if e.entity_id in context.focus]
        active = [e for e in pool if what.active is True and (is_on(e) or is_playing(e))]
        chosen, reason = (focused, "last spoken of") if focused else (active, "on") if len(active) == 1 else (pool, "")
        if not reason:
            return Resolution(reading, tuple(e.entity_id for e in pool), missing="which", why=taste)
    chosen = [e for e in chosen if e.available] or chosen
    if any(reading.slots.get(k) for k in RELATIVE):
        chosen = [e for e in chosen if is_on(e)] or chosen
    reasons = tuple(Why(reason, signals.WEIGHTS[reason], e.entity_id) for e in chosen)
    return Resolution(reading, tuple(e.entity_id for e in chosen), signals.WEIGHTS[reason], (*taste, *reasons))


def _scored(entities: Iterable[Entity], reading: Interpretation, named: bool, placed: bool, context: Context) -> list[tuple[Entity, tuple[Why, ...]]]:
    rows = [(e, signals.why(signals.candidate(e, reading, named, placed), context)) for e in entities]
    return sorted(rows, key=lambda row: (-signals.total(row[1]), row[0].entity_id))


def _best(reading: Interpretation, scored: list[tuple[Entity, tuple[Why, ...]]], sure: bool = False) -> Resolution:
    """The first, or a question among those that are as likely. `sure`: a question about the home takes the first."""
    top = signals.total(scored[0][1])
    near = [row for row in scored if top - signals.total(row[1]) < MARGIN]
    runners = tuple(RunnerUp(reading.intent, (e.entity_id,), round(signals.total(w), 3)) for e, w in scored[1:4])
    if len(near) > 1 and not sure:
        return Resolution(reading, tuple(e.entity_id for e, _ in near), top, tuple(w for _, ws in near for w in ws), runners, missing="which")
    entity, reasons = scored[0]
    return Resolution(reading, (entity.entity_id,), top, reasons, runners)


def _domain(entity: Entity) -> str:
    return entity.domain or entity.entity_id.partition(".")[0]


# --- what taste and place add --------------------------------------------------------------------------------------------------------


def _with_taste(reading: Interpretation, context: Context) -> tuple[Interpretation, tuple[Why, ...]]:
    """ "Play music" of a person whose taste is known asks for that music."""
    if reading.intent != "HassMediaSearchAndPlay" or str(reading.slots.get("search_query") or "").casefold() not in WORDLESS:
        return reading, ()
    if str(reading.slots.get("media_class") or "music").casefold() not in signals.MUSIC_CLASSES:
        return reading, ()
    said = [p.value for p in context.preferences if p.topic in ("music", "genre", "artist")]
    counted = {v: s for v, s in habits.share(context.habits, reading.intent, "search_query").items() if v.casefold() not in WORDLESS}
    choice, share = (said[-1], 1.0) if said else max(counted.items(), key=lambda kv: kv[1], default=("", 0.0))
    if share < 0.5:
        return reading, ()
    signal = "personal taste" if said else "habit"
    slots = {**reading.slots, "search_query": choice, "media_class": reading.slots.get("media_class") or "music"}
    return replace(reading, slots=slots), (Why(signal, round(signals.WEIGHTS[signal] * share, 3), choice),)


def _as_media(resolution: Resolution, context: Context) -> Resolution:
    """What a title is where nobody said so: the film on a screen, music on a speaker."""
    slots = resolution.interpretation.slots
    if resolution.missing or slots.get("media_class") or not resolution.targets:
        return resolution
    target = context.home.entities[resolution.targets[0]]
    shown = has_screen(target) and bool(slots.get("search_query"))
    added = replace(resolution.interpretation, slots={**slots, "media_class": "movie" if shown else "music"})
    return replace(resolution, interpretation=added)


def kind_words(kind: str) -> tuple[str, ...]:
    return KINDS[kind].words if kind in KINDS else (kind.replace("_", " "),)
