"""Failure points: where in the chain each turn first failed beyond repair, from its trace and from what people did next. A pure function.

Three questions, in this order. Was it meant for us? Did it go wrong (agent.learn.wrong)? Which stage came first: were the words heard
otherwise than the second try says them (asr), was another thing done or asked than in the end (nlu), was it done to other things
(entity_resolution), or was all that right and it still did not come about (result)? What the agent put right itself, in asking, did not fail; what
nobody can serve, or what people thought better of, is no failure either.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from agent.learn.compared import about, all_named, number_lost, numbers
from agent.learn.heard import COMMANDING, OPEN, commands_nothing, cut_short, other_guess, paused, unarticled
from agent.learn.log import GUESSED, Log, Past
from agent.learn.meant import FalseWake, false_wake
from agent.learn.same_words import WRONG, SameWords, Stage
from agent.learn.sounds import ALIKE, NOTHING, misheard, sound_cost, sounding
from agent.learn.wrong import UNKNOWN, Doubt, Doubts
from agent.records import Failure
from agent.wording import plain, words

HARDLY_HEARD = 0.6
"""The recogniser's confidence below which it may well have been wrong."""
BROUGHT_ABOUT: Mapping[str, frozenset[str]] = {
    "HassTurnOn": frozenset({"on", "open", "playing", "heat", "unlocked"}),
    "HassTurnOff": frozenset({"off", "closed", "idle", "locked"}),
}
"""Intent -> the states that it is for."""
SURELY = 0.75
"""A second try this likely shows that what was done to what was named was not meant."""
SET_RIGHT = ("repair", "rephrase", "undo", "no", "elsewhere", "answered_no", "instead", "barge_in")
"""Signs that another thing was meant all along."""
TAKEN_BACK = ("undo", "no", "answered_no", "override", "repeat", "barge_in")
"""Signs that it was not wanted so, without one of what was."""
NAME_SOUND = 0.34
"""The same for a name of the home."""
KNOWN_SOUND = 0.2
"""How near by sound a sentence that is asked for here has to be to what was not understood."""


@dataclass(frozen=True, slots=True)
class Case:
    """A turn that went wrong, and what was wanted instead as far as people showed it: `end` the turn that says it, `things` what it was about."""

    turn: Past
    doubt: Doubt
    end: Past | None
    things: frozenset[str]
    names: Mapping[str, str]
    known: Mapping[str, int]
    """What was asked for here with success, and how often."""


Finder = Callable[[Case], Stage | None]


def failures(log: Log, doubts: Doubts) -> Iterator[Failure]:
    """One for each turn of the log, in order."""
    known = Counter(t.bare for t in log.turns if t.meaning and t.succeeded and not t.answers)
    first = {t.id: _first(t, doubts, log, known) for t in log.turns}
    same = SameWords.of(log.turns, doubts, first)
    for turn in log.turns:
        stage, sure, why = same.judged(turn)
        yield Failure(turn.id, stage, round(sure, 3), why)


def _first(turn: Past, doubts: Doubts, log: Log, known: Mapping[str, int]) -> Stage:
    doubt = doubts.of(turn)
    unmeant: FalseWake = false_wake(turn, doubt, known)
    if unmeant.likely >= 0.5:
        return "false_wake", unmeant.likely, unmeant.why
    if doubt.likely < WRONG:
        return "correct", 1 - doubt.likely, doubt.why
    case = Case(turn, doubt, doubt.end, doubt.things, log.names, known)
    stage, sure, why = next((found for finder in FINDERS if (found := finder(case)) is not None), _nobody_serves(case))
    return stage, (sure if stage == "correct" else doubt.likely * sure), why


def _other_hypothesis(case: Case) -> Stage | None:
    """What was said again is what else had been heard."""
    turn, end = case.turn, case.end
    others = {unarticled(o) for o in turn.others} - {unarticled(turn.text)}
    if end is not None and (unarticled(end.text) in others or other_guess(turn, (end.text,))):
        return "asr", 0.97, f'You said it again as "{end.text}", which had been the second guess of the recogniser.'
    asked = next((o for o in turn.others if unarticled(o) in case.known and unarticled(o) != unarticled(turn.text)), "")
    if end is None and asked and not case.known.get(turn.bare):
        return "asr", 0.75, f'"{asked}", which is asked for here, had been the second guess of the recogniser.'
    return None


def _sounds_alike(case: Case) -> Stage | None:
    """The second try has words that sound like those of the first and are others."""
    turn, end = case.turn, case.end
    thing = next((case.names[e] for e in sorted(case.things) if e in case.names), "") if len(case.things) == 1 else ""
    if end is None:
        if not thing and turn.by == "model" and case.things:
            thing = sounding(turn.text, sorted({*case.names.values()}), NAME_SOUND)
        cost = misheard(turn.text, "", thing) if thing else NOTHING
        return ("asr", 0.85 - cost / 2, f'"{turn.text}" has words that sound like "{thing}", which was meant.') if cost <= ALIKE else None
    cost = misheard(turn.text, "" if _names_little(end) else end.text, thing)
    if cost <= ALIKE or (cost < NOTHING and turn.confidence < HARDLY_HEARD and cost <= ALIKE + 0.2):
        return "asr", 0.95 - cost / 2, f'You said it again as "{end.text}", which sounds like "{turn.text}".'
    if _flipped(turn, end):
        return "asr", 0.7, f'You said it again as "{end.text}": "on" and "off" sound alike.'
    return None


def _broken_off(case: Case) -> Stage | None:
    """Only the beginning was heard."""
    turn, end = case.turn, case.end
    said = words(turn.text)
    if not said or turn.confidence == 0:
        return None
    if paused(turn.text) or said[-1] in OPEN or commands_nothing(turn.text) or _half_named(case):
        return "asr", 0.75, "It was not heard to its end."
    if any(plain(o).startswith(f"{plain(turn.text)} ") for o in turn.others):
        return "asr", 0.75, "It was not heard to its end, as the second guess of the recogniser shows."
    if end is not None and (turn.guessed or not turn.succeeded) and _same_things(case) and not case.doubt.replies and cut_short(turn, end.text):
        return "asr", 0.7, f'Only the beginning was heard of "{end.text}".'
    whole = words(end.text) if end is not None and not _names_little(end) else ()
    if not turn.succeeded and len(said) > 1 and whole[: len(said)] == said and len(whole) > len(said):
        return "asr", 0.7, f'Only the beginning was heard of "{case.end.text if case.end else ""}".'
    return None


def _half_named(case: Case) -> bool:
    """It ends in the first words of a name, whose rest was not said: of what was meant, or of anything where nothing came of it."""
    turn = case.turn
    names = {case.names[e] for e in case.things if e in case.names} if case.things else set(case.names.values()) if not turn.succeeded else set()
    said = words(turn.text)
    starts = any(
        said[-k:] == n[:k] and not set(n[:k]) & COMMANDING and not set(n[k:]) & set(said) for n in map(words, names) for k in range(1, len(n))
    )
    return starts and not any(f" {plain(n)} " in f" {plain(turn.text)} " for n in case.names.values())


def _not_come_about(case: Case) -> Stage | None:
    """Nothing else was wanted: a device failed, or what came of it was not as it should have been."""
    turn, end = case.turn, case.end
    other = end is not None and (end.intent != turn.intent or not _same_things(case))
    if turn.did and turn.verified is False and not other and not case.doubt.by_hand_elsewhere:
        return "result", 0.95, "It was understood, and the device did not do it."
    if case.doubt.kind == "fell_back":
        return "result", 0.8, "It was done, and the device went back by itself."
    if not other and case.doubt.kind == "repeat" and all_named(turn, case.names) and turn.by not in GUESSED:
        if turn.verified is None or _plays(turn):
            return "result", 0.75, "It was done as it was said, and you asked for the same again at once."
        return "asr", 0.6, "The device did what was heard, and you said it again at once: something else must have been said."
    return None


def _read_otherwise(case: Case) -> Stage | None:
    """The words were right, and were not understood, or as something else than was wanted."""
    turn, end = case.turn, case.end
    if end is not None and not end.succeeded and not turn.succeeded and turn.outcome != "confirm" and end.bare != turn.bare:
        return "correct", 0.65, f'"{end.text}" was not served either: nothing here could have done it.'
    if end is not None and end.text and unarticled(end.text) != unarticled(turn.text):
        if not turn.intent:
            return "nlu", 0.85, f'It was not understood; said as "{end.text}" it was.'
        if end.intent != turn.intent and not (_same_deed(turn, end) and (_names_little(end) or turn.by != "model")):
            return "nlu", 0.8, f'It was taken for {turn.deed or "something else"}; you said it again as "{end.text}".'
    if end is not None and turn.by == "model" and end.succeeded and numbers(end) - numbers(turn) and turn.did and _values(turn) != _values(end):
        return "nlu", 0.7, f'It was taken for {turn.deed or "something else"}; you said it again as "{end.text}", with another value.'
    again = end is not None and turn.did != end.did and _same_things(case) and bool(numbers(turn) & numbers(end))
    if again or (number_lost(turn) and _same_things(case)):
        return "nlu", 0.8, "A number was said, and was not understood as what to set."
    other_way = turn.by == "model" and case.doubt.hand_state not in BROUGHT_ABOUT.get(turn.intent, ())
    if (not turn.intent or other_way) and not turn.did and case.doubt.by_hand:
        return "nlu", 0.7, f"It was not understood, and you did it by hand ({case.doubt.by_hand})."
    return None


def _other_things(case: Case) -> Stage | None:
    """It was understood, and done to, or asked about, other things than were wanted."""
    turn = case.turn
    wanted = _listed(case.names, case.things)
    if turn.missing in UNKNOWN[1:] and not case.things and (near := sounding(turn.missing_text, set(case.names.values()), NAME_SOUND)):
        return "asr", 0.65, f'"{turn.missing_text}" was not known here, and sounds like "{near}".'
    if turn.missing in UNKNOWN[1:] and (case.end is not None or case.doubt.by_hand or case.doubt.kind == "left_open"):
        return "entity_resolution", 0.85, f'"{turn.missing_text}" was not known here' + (f"; it was {wanted}." if wanted else ".")
    if case.things and not _same_things(case) and not (_plays(turn) and case.end is not None and not all_named(case.end, case.names)):
        if _named(turn, case):
            if case.doubt.kind in SET_RIGHT and (case.doubt.kind != "rephrase" or case.doubt.likely >= SURELY):
                return "asr", 0.65, f"It was done as it was heard, and {wanted} was meant: something else must have been said."
            return "correct", 0.6, f"It was done as it was said; then {wanted} was wanted."
        return "entity_resolution", 0.85, f"It was about {_listed(case.names, about(turn)) or 'nothing'}, and {wanted} was meant."
    return None


def _content(case: Case) -> Stage | None:
    """The same was wanted of the same things, and was taken back or said again: what came of it was wrong."""
    turn, end = case.turn, case.end
    if end is not None and turn.succeeded and numbers(turn) and numbers(end) and not numbers(turn) & numbers(end) and case.doubt.kind == "rephrase":
        return "correct", 0.6, "It was done as it was said; then another value was wanted."
    if end is not None and turn.succeeded and end.intent == turn.intent:
        return "result", 0.7, f'It was understood, and what came of it was not what you wanted: you said "{end.text}".'
    if end is not None and not turn.succeeded:
        return "nlu", 0.6, f'It did not go on; said as "{end.text}" it did.'
    if turn.succeeded and turn.by in ("model", "near", "loose") and turn.sure < 0.9:
        return "nlu", 0.6, "It was a guess at what was said, and you took it back."
    if turn.succeeded and turn.confidence < HARDLY_HEARD:
        return "asr", 0.6, "It was hardly heard, and you took it back."
    if turn.succeeded and case.doubt.kind in TAKEN_BACK and (turn.outcome == "answer" or _plays(turn)):
        return "result", 0.65, "It was understood, and what came of it was not what you wanted."
    if turn.succeeded and turn.did and not all_named(turn, case.names) and case.doubt.kind in TAKEN_BACK:
        return "entity_resolution", 0.65, f"It was done to {_listed(case.names, about(turn))}, which nobody had named, and that was not wanted."
    if turn.succeeded and case.doubt.kind == "answered_no":
        return "result", 0.6, "It was done as it was understood, and you said that it was not right."
    return None


def _given_up(case: Case) -> Stage | None:
    """Nobody said it again: the sound of what is asked for here may still tell."""
    turn = case.turn
    if case.end is not None or turn.succeeded:
        return None
    near = sounding(turn.text, set(case.names.values()), NAME_SOUND)
    if near:
        return "asr", 0.65, f'"{turn.text}" has words that sound like "{near}".'
    if turn.answers and turn.outcome == "ask" and any(f" {plain(n)} " in f" {plain(turn.text)} " for n in case.names.values()):
        return "nlu", 0.6, "It named something of this home, and what it answered was asked again: the question had been a misunderstanding."
    if turn.outcome != "ask" and (turn.guessed or not turn.intent) and any(f" {plain(n)} " in f" {plain(turn.text)} " for n in case.names.values()):
        return "nlu", 0.6, "It names something of this home, and was not understood."
    if turn.outcome == "confirm" and case.doubt.kind in ("no", "answered_no", "rephrase"):
        return "nlu", 0.65, f"It was taken for {turn.deed or 'something else'}, and you said no."
    if turn.intent or turn.confidence >= 0.9:
        return None
    asked = next((said for said in case.known if abs(len(said) - len(turn.bare)) < 12 and 0 < sound_cost(turn.bare, said) <= KNOWN_SOUND), "")
    if asked:
        return "asr", 0.65, f'It was not understood, and sounds like "{asked}", which is asked for here.'
    return None


def _nobody_serves(case: Case) -> Stage:
    return "correct", 0.6, "It was done as it was said." if case.turn.succeeded else "Nobody said it otherwise: nothing here could have done it."


FINDERS: tuple[Finder, ...] = (_other_hypothesis, _sounds_alike, _broken_off, _not_come_about, _read_otherwise, _other_things, _content, _given_up)
"""In the order of the chain, but that a device's own report comes before what was read."""


def _names_little(end: Past) -> bool:
    """ "no, the floor lamp" says the name alone."""
    return end.answers or end.intent == "ExtRepair"


def _flipped(turn: Past, end: Past) -> bool:
    """The same sentence but for on and off."""
    one, other = set(words(turn.text)), set(words(end.text))
    return {*(one - other), *(other - one)} == {"on", "off"}


def _same_things(case: Case) -> bool:
    return not case.things or about(case.turn) == case.things


def _plays(turn: Past) -> bool:
    """What it did is right or wrong by its content, not by its things."""
    return any("play_media" in d.service for d in turn.did)


def _values(turn: Past) -> frozenset[str]:
    return frozenset(d.data for d in turn.did)


def _same_deed(turn: Past, end: Past) -> bool:
    """Two readings of one deed: both call the same service, or the end only names things."""
    return _names_little(end) or (bool(turn.did) and {d.service for d in turn.did} == {d.service for d in end.did})


def _named(turn: Past, case: Case) -> bool:
    """It did exactly what was named: the whole name was said, with the room where things that were wanted have the same one."""
    things = about(turn) or {e for e, name in case.names.items() if name == turn.slots.get("name")}
    if not about(turn) and (turn.guessed or turn.missing):
        return False
    if about(turn) and not all_named(turn, case.names):
        return False
    own = {case.names[e] for e in things}
    if not own:
        return False
    if not own & {case.names.get(e, "") for e in case.things}:
        return True
    said = set(words(case.end.text)) if case.end is not None else set()
    return bool(set(words(turn.text)) - said - {w for n in own for w in words(n)} - COMMANDING) and bool(said)


def _listed(names: Mapping[str, str], things: Iterable[str]) -> str:
    return " and ".join(f"the {names.get(e, e)}" for e in sorted(things)[:3])
