"""Resolution in context: readings x candidates, scored by explained signals. Pure: (readings, Context) -> Resolution.

Rules of this file: a slot that fails never widens the scope (an unknown room or name ends in `missing`); a room or name that was said
filters, it is never outvoted by context; several targets that are as likely are left to a question.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from agent import candidates, placed_by_name, references, signals, usual, wording
from agent.candidates import domain_of
from agent.habits import WATCH, wanted
from agent.intents import SWITCHED, About, about
from agent.places import (
    ALL,
    Scope,
    areas_called,
    floor_here,
    index_of,
    inside,
    is_here,
    is_near,
    scope_of,
    situated,
    texts,
    things,
    things_here,
)
from agent.records import Context, Interpretation, Resolution, RunnerUp, Why
from agent.signals import Match
from agent.taste import ARM, as_media, with_mode, with_taste
from agent.understand.lexicon import is_maker
from devices.heat import is_health
from devices.home import Entity
from devices.kinds import is_on, is_playing

MARGIN = 0.35
"""Two candidates nearer than this are as likely."""
UNNAMED = 2.0
"""The most that a reading can score that calls nothing by its name, where several things are meant or asked about."""
ASKED = 1.0
"""What a question scores at most: signals tell which thing is asked about; whether one is, or all of a sort, the words tell."""
RIVAL = 0.5
"""A guess less likely than this share of the likeliest is none that the context may choose instead."""
READING_WEIGHT = 2.0
"""What a certain reading is worth beside the signals."""
THINGS = ("name", "area", "floor", "domain", "device_class", "kind")
"""Slots of which one has to say what is to be switched: a guess that names none reaches nothing, never everything here."""
RELATIVE = ("brightness_step", "percentage_step")
"""Slots that change what there is: "dim the lights" means those that are on, and does not light the others."""
MACHINES = frozenset({"ExtApplianceStart", "ExtApplianceStop"})
"""Intents of which a guess has to say which machine."""
GO_THERE = frozenset({"HassVacuumCleanArea"})
"""Intents whose room is where the thing is sent, not where it stands."""
TITLED = frozenset({"HassMediaSearchAndPlay"})
"""Intents whose free words might swallow the room: "play the hobbit in the bedroom" is about the bedroom."""
ROOM_SAID = 3.0
"""What a room that was said is worth there: more than all that speaks for another room's player."""
SWITCHED_THING = re.compile(r"\b(?:turn|switch|power) (?:on|off) (?:the|my|our) (\w[\w ]{2,30})$")
"""What a guess to switch something was said to be about."""
USUAL = frozenset({"light", "fan", "switch", "cover", "humidifier", "input_boolean"})
"""Domains of which "the light" may be the one that somebody usually means; of locks it is all."""
DARK = ("dark", "see", "gloomy", "dim", "brighten")
"""Words of a mood that asks for more light, be it of lights that are on already."""


def resolve(readings: Sequence[Interpretation], context: Context) -> Resolution | None:
    """The best reading with its targets; None where there is no reading. Runners-up are other readings and near candidates."""
    placed = situated(context)
    found = _each((*_rivals(readings), *references.turned(readings, placed)), placed)
    if not found:
        return None
    ranked = sorted(found, key=lambda r: (bool(r.missing) and r.missing != "which", -_worth(r)))
    best = ranked[0] if placed.area == context.area else _felt(ranked[0])
    others = tuple(RunnerUp(r.intent, r.targets, round(_worth(r), 3)) for r in ranked[1:4])
    return replace(best, runners_up=(*best.runners_up, *others)[:6])


def _rivals(readings: Sequence[Interpretation]) -> list[Interpretation]:
    """Without guesses that are far less likely than another: the context settles what is about as likely."""
    most = max((r.confidence for r in readings), default=0.0)
    return [r for r in readings if r.by != "model" or r.confidence >= RIVAL * most]


def _each(readings: Sequence[Interpretation], context: Context) -> list[Resolution]:
    """The readings, resolved; those that name nothing only where they could still win."""
    found: list[Resolution] = []
    best = 0.0
    for reading in sorted(readings, key=lambda r: -r.confidence):
        bounded = not reading.slots.get("name") and (reading.intent == "HassGetState" or about(reading.intent).reach == "many")
        most = ASKED if reading.intent == "HassGetState" else UNNAMED
        if not bounded or best <= most + READING_WEIGHT * reading.confidence:
            found.append(one := _one(reading, context))
            best = max(best, 0.0 if one.missing else _worth(one))
    return found


def _worth(resolution: Resolution) -> float:
    score = min(resolution.score, ASKED) if resolution.intent == "HassGetState" else resolution.score
    titled = resolution.intent in TITLED and bool(resolution.slots.get("search_query"))
    if titled and (resolution.slots.get("area") or resolution.slots.get("floor")):
        score += ROOM_SAID
    return score + READING_WEIGHT * resolution.interpretation.confidence


def _felt(resolution: Resolution) -> Resolution:
    """The room was not told but felt by its sensors."""
    return replace(resolution, why=tuple(replace(w, signal="presence") if w.signal == "room" else w for w in resolution.why))


def _one(reading: Interpretation, context: Context) -> Resolution:
    return _brightened(_spared(_settled(reading, context), context), context)


def _settled(reading: Interpretation, context: Context) -> Resolution:
    if reading.intent == references.STOP:
        return references.stopped(reading, context)
    reading, taste = with_taste(reading, context) if reading.intent != ARM else with_mode(reading, context)
    what = about(reading.intent)
    if what.reach == "none":
        unknown = reading.intent == "HassStartTimer" and _is_it(reading)
        return Resolution(reading, missing="name" if unknown else "", missing_text="it" if unknown else "", why=taste)
    if reading.by == "model" and what.domains == SWITCHED and _only_placed(reading) and references.PRONOUNS & set(wording.words(context.text)):
        reading = replace(reading, slots={**reading.slots, "name": "it"})
    if reading.by == "model" and (what.domains == SWITCHED or reading.intent in MACHINES) and not any(reading.slots.get(k) for k in THINGS):
        reading = _by_its_word(reading, context)
        if "kind" not in reading.slots:
            return _on_from_before(reading, taste, context)
    scope = scope_of(reading.slots, context)
    if scope.missing:
        return _in_named_room(reading, what, scope, taste, context)
    if reading.intent in GO_THERE:
        scope = Scope(everywhere=True)
    names = texts(reading.slots.get("name"))
    if names and names != (ALL,):
        return _named(reading, what, names, scope, taste, context)
    pool = candidates.pool_of(reading, what, scope, context)
    if not pool:
        return Resolution(reading, missing="nothing", why=taste)
    return _choose(reading, what, candidates.of_the_kind_said(pool, what, context), scope, taste, context)


def _is_it(reading: Interpretation) -> bool:
    return str(reading.slots.get("name", "")).casefold() in references.PRONOUNS


def _only_placed(reading: Interpretation) -> bool:
    """A room is all that a guess knows; it must not widen "it" to all that is there."""
    said = {k for k in THINGS if reading.slots.get(k)}
    return bool(said) and said <= {"area", "floor"}


def _by_its_word(reading: Interpretation, context: Context) -> Interpretation:
    """A guess that names nothing, of a request that has a word for things of the home: those are meant."""
    kinds = sorted(wording.kinds_said(context.text) & set(index_of(context).sorts))
    return replace(reading, slots={**reading.slots, "kind": kinds}) if kinds else reading


def _on_from_before(reading: Interpretation, taste: tuple[Why, ...], context: Context) -> Resolution:
    """A guess that names nothing: of few words ("off") it goes on from what was spoken of, of more it reaches nothing."""
    short = len(wording.words(context.text)) <= references.SHORT
    if short and context.focus:
        return references.spoken_of(reading, Scope(), context)
    called = SWITCHED_THING.search(wording.plain(context.text))
    return Resolution(reading, missing="name" if called else "nothing", missing_text=called[1] if called else "", why=taste)


def _in_named_room(reading: Interpretation, what: About, scope: Scope, taste: tuple[Why, ...], context: Context) -> Resolution:
    """Things of the sort asked for whose names tell a room that nobody set up; where no name does, the room is missing."""
    missing = Resolution(reading, missing=scope.missing, missing_text=scope.missing_text, why=taste)
    sorted_out = what.domains not in ((), SWITCHED) or any(reading.slots.get(k) for k in ("domain", "device_class", "kind"))
    there = scope_of({"floor": reading.slots.get("floor")}, context)
    if scope.missing != "area" or there.missing or not sorted_out or reading.slots.get("name"):
        return missing
    pool = placed_by_name.placed(scope.missing_text, list(filter(candidates.fitting(reading, what, there, context), context.home.entities.values())))
    return _choose(reading, what, pool, replace(there, everywhere=True), taste, context) if pool else missing


def _named(reading: Interpretation, what: About, names: tuple[str, ...], scope: Scope, taste: tuple[Why, ...], context: Context) -> Resolution:
    targets: list[str] = []
    reasons: list[Why] = list(taste)
    for name in names:
        if name.casefold() in references.PRONOUNS:
            settled = references.spoken_of(reading, scope, context)
            if settled.missing and reading.intent == "HassTurnOff" and references.ringing_here(context):
                return references.stopped(replace(reading, intent=references.STOP, slots={}), context)
            if len(names) == 1 and (settled.missing or not references.would_change(settled, what, context)):
                settled = _rather(settled, _unspoken_of(reading, what, scope, context))
        else:
            settled = _bearers(reading, what, name, scope, context)
        if settled.missing:
            return replace(settled, why=(*reasons, *settled.why))
        targets += settled.targets
        reasons += settled.why
    return Resolution(reading, tuple(dict.fromkeys(targets)), signals.total(tuple(reasons)) / max(1, len(names)), tuple(reasons))


def _rather(spoken_of: Resolution, unspoken_of: Resolution) -> Resolution:
    """What was spoken of is done with already: another thing here that is on, if there is one, is "it"."""
    return spoken_of if unspoken_of.missing and not spoken_of.missing else unspoken_of


def _unspoken_of(reading: Interpretation, what: About, scope: Scope, context: Context) -> Resolution:
    """ "Turn it off" with nothing spoken of before: the one thing here whose state makes it likely, else what is "it"?"""
    if reading.slots.get("hvac_mode") == "off":
        return Resolution(reading, missing="name", missing_text="it")
    unnamed = replace(reading, slots={k: v for k, v in reading.slots.items() if k != "name"})
    fitting = [e for e in candidates.pool_of(unnamed, what, scope, context) if references.may_be_it(e, what, texts(reading.slots.get("domain")))]
    if reading.intent == "HassClimateGetTemperature" and fitting:
        return _choose(unnamed, what, fitting, scope, (), context)
    fitting = candidates.shortlist(fitting, unnamed, context)
    scored = [row for row in _scored(fitting, reading, lambda _: "", scope.said, context, guessed=True) if references.telling(*row, context)]
    near = [e for e in fitting if is_here(e, context)]
    if not scored and what.reach == "ask" and len(near) == 1:
        return Resolution(reading, _ids(near), signals.WEIGHTS["room"], (signals.reason("room", near[0].entity_id),))
    if scored and reading.slots["name"] == "them":
        return Resolution(reading, tuple(e.entity_id for e, _ in scored), signals.total(scored[0][1]), tuple(w for _, ws in scored for w in ws))
    return _best(reading, scored) if scored else Resolution(reading, missing="name", missing_text=texts(reading.slots["name"])[0])


def _bearers(reading: Interpretation, what: About, name: str, scope: Scope, context: Context) -> Resolution:
    """The one entity that bears this name here, or which of them?"""
    folded = name.casefold()
    bearers = _bearing(folded, context)
    if not bearers:
        return Resolution(reading, missing="name", missing_text=name)
    fitting = [e for e in bearers if not what.domains or domain_of(e) in what.domains] or ([] if what.reach != "ask" else bearers)
    wanted = set(texts(reading.slots.get("domain")))
    fitting = [e for e in fitting if domain_of(e) in wanted] or fitting
    if scope.said:
        fitting = [e for e in fitting if inside(e, scope, context)]
    if not fitting:
        return Resolution(reading, missing="nothing", missing_text=name)
    fitting = _or_of_the_kind(fitting, folded, reading, scope, context)
    fitting = candidates.shortlist(fitting, reading, context)
    return _best(reading, _scored(fitting, reading, lambda e: _match(e, folded, reading, context), scope.said, context))


def _or_of_the_kind(bearers: list[Entity], folded: str, reading: Interpretation, scope: Scope, context: Context) -> list[Entity]:
    """ "The heating" may be short for "Bedroom Heating", and is the word for what stands in the room of asking."""
    if scope.said or not all(_match(e, folded, reading, context) == "part" for e in bearers):
        return bearers
    said, domains = wording.kinds_said(context.text), {domain_of(e) for e in bearers} - {"media_player", "sensor"}
    ids = {e.entity_id for e in bearers}
    here = (e for e in things_here(context) if e.kind in said and domain_of(e) in domains)
    return [*bearers, *(e for e in here if e.entity_id not in ids)]


def _match(entity: Entity, folded: str, reading: Interpretation, context: Context) -> Match:
    """How the entity is called so: in full, or without the name of its room."""
    if folded in (entity.name.casefold(), entity.entity_id):
        area = context.home.areas.get(context.home.area_of(entity) or "")
        rooms = (area.name, *area.aliases) if area and reading.by in ("exact", "model") else ()
        return "part" if wording.leaves_out(context.text, entity.name, rooms) else "name"
    if any(n.casefold() == folded for n in entity.aliases):
        return "alias"
    return "part" if any(n.casefold().endswith(f" {folded}") for n in entity.names) else ""


def _bearing(folded: str, context: Context) -> list[Entity]:
    """The things called so; where there is none, those called so behind the name of their room ("ceiling light" of "Kitchen Ceiling Light"), else
    behind anything; all of a maker's, where that alone was said."""
    index = index_of(context)
    whole = things(index.names.get(folded, (folded,)), context)
    if whole:
        return whole
    if is_maker(folded):
        return [e for e in context.home.entities.values() if any(n.startswith(f"{folded} ") for n in _names(e))]
    behind = things(index.endings.get(folded, ()), context)
    rooms = {e.entity_id: context.home.areas.get(context.home.area_of(e) or "") for e in behind}
    of_room = [e for e in behind if (a := rooms[e.entity_id]) and any(f"{r} {folded}".casefold() in _names(e) for r in (a.name, *a.aliases))]
    return of_room or behind


def _names(entity: Entity) -> set[str]:
    return {n.casefold() for n in entity.names}


def _spared(resolution: Resolution, context: Context) -> Resolution:
    """Without what was excepted ("all the lights except the floor lamp")."""
    slots = resolution.interpretation.slots
    names, places = texts(slots.get("except")), texts(slots.get("except_area"))
    if not names and not places:
        return resolution
    unknown = next((name for name in names if not _bearing(name.casefold(), context)), "")
    if unknown and not resolution.missing:
        return replace(resolution, missing="except", missing_text=unknown)
    areas = areas_called(places, context.home)
    spared = {e.entity_id for name in names for e in _bearing(name.casefold(), context)}
    left = tuple(t for t in resolution.targets if t not in spared and not (areas and context.home.area_of(context.home.entities[t]) in areas))
    missing = resolution.missing or ("" if left else "nothing")
    return replace(resolution, targets=left, why=tuple(w for w in resolution.why if w.candidate in left), missing=missing)


def _brightened(resolution: Resolution, context: Context) -> Resolution:
    """ "It's too dark" with the lights on already asks for more light."""
    reading = resolution.interpretation
    if reading.intent != "HassTurnOn" or reading.slots.get("domain") != "light" or resolution.missing or not wording.has_word(context.text, DARK):
        return resolution
    if not all(is_on(context.home.entities[t]) for t in resolution.targets):
        return resolution
    more = replace(reading, intent="HassLightSet", slots={**reading.slots, "brightness_step": "up"})
    return replace(resolution, interpretation=more, why=(*resolution.why, *(signals.reason("on", t) for t in resolution.targets)))


# --- things meant by their sort ------------------------------------------------------------------------------------------------------


def _choose(reading: Interpretation, what: About, pool: list[Entity], scope: Scope, taste: tuple[Why, ...], context: Context) -> Resolution:
    if what.reach == "many" or reading.slots.get("name") == ALL:
        return _many(reading, what, pool, scope, taste, context)
    if what.reach == "ask" and reading.intent == "HassGetState":
        return _asked_about(reading, pool, scope, taste, context)
    scored = _scored(candidates.shortlist(pool, reading, context), reading, lambda _: "", scope.said, context)
    best = _best(reading, scored, sure=what.reach == "ask")
    if reading.intent == "HassClimateGetTemperature":
        best = _every_room(best, scored, context)
    best = replace(best, why=(*taste, *best.why), score=best.score + signals.total(taste))
    return as_media(best, context) if reading.intent == signals.PLAY else best


Scored = list[tuple[Entity, tuple[Why, ...]]]


def _asked_about(reading: Interpretation, pool: list[Entity], scope: Scope, taste: tuple[Why, ...], context: Context) -> Resolution:
    """A question about a sort of things: all of them, those here first; what sensors measure is asked of the room of asking, if it is there."""
    healthy = [e for e in pool if not is_health(e, context.home)] or pool
    here = [e for e in healthy if is_here(e, context)]
    if here and not scope.said and "sensor" in texts(reading.slots.get("domain")):
        return Resolution(reading, _ids(here), 1.0, (*taste, *(signals.reason("room", e.entity_id) for e in here)))
    inside_first = sorted(healthy, key=lambda e: (not is_here(e, context), e.entity_id))
    return Resolution(reading, _ids(inside_first), 1.0, taste)


def _ids(entities: Iterable[Entity]) -> tuple[str, ...]:
    return tuple(e.entity_id for e in entities)


def _every_room(best: Resolution, scored: Scored, context: Context) -> Resolution:
    """How warm it is where no room is more likely than another: each room's."""
    first = scored[0][0]
    if is_here(first, context) or len({w.signal for w in scored[0][1]} & {"on", "on elsewhere"}):
        return best
    rooms: dict[str | None, tuple[Entity, tuple[Why, ...]]] = {}
    for entity, reasons in scored:
        if best.score - signals.total(reasons) < MARGIN:
            rooms.setdefault(context.home.area_of(entity), (entity, reasons))
    return replace(best, targets=tuple(e.entity_id for e, _ in rooms.values()), why=tuple(w for _, ws in rooms.values() for w in ws))


def _many(reading: Interpretation, what: About, pool: list[Entity], scope: Scope, taste: tuple[Why, ...], context: Context) -> Resolution:
    """Everything in the place that was said, else in the room of asking; without either only what is meant by "all" goes everywhere."""
    sorted_out = any(reading.slots.get(k) for k in ("domain", "device_class", "kind"))
    if not sorted_out and what.domains == SWITCHED:
        pool = [e for e in pool if domain_of(e) in ("light", "switch", "fan", "media_player", "humidifier")]
    chosen, reason = _group(reading, what, pool, scope, context)
    if not reason:
        return Resolution(reading, tuple(e.entity_id for e in pool), missing="which", why=taste)
    chosen = [e for e in chosen if e.available] or chosen
    if any(reading.slots.get(k) for k in RELATIVE):
        chosen = [e for e in chosen if is_on(e)] or chosen
    lamps = _lamps(chosen, reading, context)
    owned, state = _the_one(chosen, reading, what, context)
    told = [e for e in owned if e in lamps]
    if lamps and (told or not what.active):  # "turn off the lamp" is also what else is on, where no lamp is
        owned, state = (told, state) if told else _the_one(lamps, reading, what, context)
    if (one := _usual_one(owned, reading, what, reason, context)) is not None:
        told_by = (signals.reason(reason, one[0].entity_id), signals.reason("habit", one[0].entity_id, one[1]))
        return Resolution(reading, (one[0].entity_id,), signals.WEIGHTS[reason], (*taste, *told_by))
    if len(owned) > 1 and all(e in lamps for e in owned) and "lamp" in wording.words(context.text):
        return Resolution(reading, _ids(owned), missing="which", why=taste)
    said = [signals.reason(signal, "") for signal in dict.fromkeys((reason, *state))]
    reasons = tuple(Why(w.signal, w.weight, e.entity_id) for e in owned for w in said)
    factor = signals.UNSAID if reason == "last spoken of" else 1.0
    return Resolution(reading, tuple(e.entity_id for e in owned), factor * signals.WEIGHTS[reason], (*taste, *reasons))


def _usual_one(owned: list[Entity], reading: Interpretation, what: About, reason: str, context: Context) -> tuple[Entity, float] | None:
    """ "The light", of several, where somebody always means the same one of them by it."""
    sort = wanted(reading, context.text) if context.habits and len(owned) > 1 else ""
    if not sort or reason not in ("room", "same floor", "kind") or not wording.kinds_said(context.text):
        return None
    if any(reading.slots.get(k) for k in RELATIVE) or not all(domain_of(e) in USUAL for e in owned):
        return None
    known = {e.entity_id: e for e in owned}
    value, strength = usual.the_one(context.habits, reading.intent, context.now, known.__contains__, sort, by_name=not what.active)
    return (known[value], strength) if value else None


def _group(reading: Interpretation, what: About, pool: list[Entity], scope: Scope, context: Context) -> tuple[list[Entity], str]:
    """The things of one place, and the signal that chose it; the signal is "" where the place is open."""
    if scope.said or scope.everywhere or reading.slots.get("name") == ALL:
        return pool, "kind"
    if all(domain_of(e) == "lock" for e in pool) and wording.says_several(context.text):
        return pool, "kind"
    focused = [e for e in pool if e.entity_id in context.focus]
    if focused and not wording.says_thing(context.text) and not wording.is_mood(context.text):
        return focused, "last spoken of"
    mine = [e for e in pool if _is_mine(e, context)]
    if mine:
        return mine, "owner"
    here = [e for e in pool if is_here(e, context)]
    if here:
        return here, "room"
    if len(pool) == 1 or (context.area is None and len({context.home.area_of(e) for e in pool}) == 1):
        return pool, "kind"
    active = [e for e in pool if signals.awaits(e, what) and (what.active or domain_of(e) in ("cover", "lock", "valve"))]
    near = [e for e in pool if is_near(e, context)] if floor_here(context) else []
    near = near if len({context.home.area_of(e) for e in near}) == 1 else []
    if len(active) == 1:
        return active, signals.awaits(active[0], what) or "on"
    if focused and signals.stayed(context):
        return focused, "last spoken of"
    return (near, "same floor") if near else ([], "")


def _is_mine(entity: Entity, context: Context) -> bool:
    area = context.home.areas.get(context.home.area_of(entity) or "")
    return bool(context.who) and wording.is_mine(context.text) and wording.belongs_to(entity, area, context.who)


def _lamps(chosen: list[Entity], reading: Interpretation, context: Context) -> list[Entity]:
    """ "The lamp", "the lamps" are those called so, where some are: "the light" may be all that give light."""
    if not {"lamp", "lamps"} & set(wording.words(context.text)) or reading.slots.get("name") or "except" in reading.slots or len(chosen) < 2:
        return []
    return [e for e in chosen if domain_of(e) == "light" and "lamp" in wording.words(e.name)]


def _the_one(chosen: list[Entity], reading: Interpretation, what: About, context: Context) -> tuple[list[Entity], tuple[str, ...]]:
    """ "Turn off the light", of several: the one that is on. Of "the lights", and where all or none are, it is all."""
    playing = [e for e in chosen if is_playing(e)] if what.active else []
    if playing and all(domain_of(e) == "media_player" for e in chosen):
        return playing, ("playing",)
    if reading.slots.get("name") == ALL or wording.says_several(context.text):
        return chosen, ()
    waiting = [e for e in chosen if signals.awaits(e, what)]
    if not waiting or len(waiting) == len(chosen):
        return chosen, ()
    return waiting, (signals.awaits(waiting[0], what) or "on",)


def _scored(
    entities: Iterable[Entity], reading: Interpretation, match: Callable[[Entity], Match], placed: bool, context: Context, guessed: bool = False
) -> Scored:
    """Candidates with their signals, the likeliest first. `guessed`: nothing was called by any name, so that its being on tells."""
    entities = tuple(entities)
    rivals = frozenset(e.entity_id for e in entities)
    what, usually, here = about(reading.intent), _usual(entities, reading, rivals, context), _usual_here(reading, rivals, placed, context)
    habitual = ((e, usually.get(e.entity_id, 0.0), here.get(e.entity_id, 0.0)) for e in entities)
    found = (signals.Candidate(e, reading, what, match(e), placed, rivals, guessed, share, near) for e, share, near in habitual)
    rows = [(c.entity, signals.why(c, context)) for c in found]
    return sorted(rows, key=lambda row: (-signals.total(row[1]), row[0].entity_id))


def _usual(entities: Iterable[Entity], reading: Interpretation, rivals: frozenset[str], context: Context) -> dict[str, float]:
    """How strongly each is the habit; to play something to look at is another habit than to play something to hear."""
    if not context.habits:
        return {}
    sort = wanted(reading, context.text)
    deed = {e.entity_id: WATCH if reading.intent == signals.PLAY and signals.is_shown(e, reading, context) else reading.intent for e in entities}
    shares = {d: usual.share(context.habits, d, "target", context.now, rivals.__contains__, sort) for d in set(deed.values())}
    return {e: shares[d].get(e, 0.0) for e, d in deed.items()}


def _usual_here(reading: Interpretation, rivals: frozenset[str], placed: bool, context: Context) -> dict[str, float]:
    """How strongly each machine is what is meant by such a request in this room; players are heard where they stand, be another the habit."""
    if placed or not context.habits or reading.intent not in (*MACHINES, "HassTurnOn"):
        return {}
    return usual.share_here(context.habits, reading.intent, context.now, rivals.__contains__, wanted(reading, context.text))


def _best(reading: Interpretation, scored: Scored, sure: bool = False) -> Resolution:
    """The first, or a question among those that are as likely. `sure`: a question takes the first; so does what none can do."""
    top = signals.total(scored[0][1])
    near = [row for row in scored if top - signals.total(row[1]) < MARGIN]
    sure = sure or any(w.signal == "out of range" for w in scored[0][1])
    runners = tuple(RunnerUp(reading.intent, (e.entity_id,), round(signals.total(w), 3)) for e, w in scored[1:4])
    if len(near) > 1 and not sure:
        return Resolution(reading, tuple(e.entity_id for e, _ in near), top, tuple(w for _, ws in near for w in ws), runners, missing="which")
    entity, reasons = scored[0]
    return Resolution(reading, (entity.entity_id,), top, reasons, runners)
