"""Episodes: a request, what people did until it was as they meant it, and what that was. A pure function of the log.

An episode begins with words of their own, goes on through answers, second tries, "no", undoing and the hand, and ends in what was meant
(`did`), or in nothing (`how` "given_up"). It is `clean` where it ended well, and nobody said a word against the end.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from agent.learn.log import Did, Log, Past, within
from agent.learn.signals import done_by_hand, following, overridden
from agent.people import PERHAPS
from agent.reactions import AGAIN_WITHIN, REPAIRING, UNDOING, contradicts, new_in, says_no
from agent.records import Risk
from agent.wording import plain
from devices.commands import Command

How = Literal["itself", "answered", "rephrased", "by_hand", "given_up"]
LONGEST = 8
AROUND = frozenset({"ExtWhy", "ExtWhatHeard", "ExtStop", "ExtGiveUp"})
"""Intents that are about the talk itself."""
SENTENCES: Mapping[str, str] = {
    "turn_on": "turn on the {name}", "turn_off": "turn off the {name}", "open_cover": "open the {name}", "close_cover": "close the {name}",
    "start": "start the {name}", "media_pause": "pause the {name}", "media_stop": "stop the {name}", "lock": "lock the {name}",
}  # fmt: skip
BY_STATE: Mapping[tuple[str, str], str] = {
    **{(domain, state): f"{domain}.turn_{state}" for domain in ("light", "switch", "fan", "media_player") for state in ("on", "off")},
    ("cover", "open"): "cover.open_cover",
    ("cover", "closed"): "cover.close_cover",
}
"""What somebody did by hand -> the call that does the same."""


@dataclass(frozen=True, slots=True)
class Episode:
    """`first` is the request as it was said, `last` the turn that brought what was meant; `sentence` says it so that it is surely understood."""

    first: Past
    turns: tuple[Past, ...]
    how: How
    last: Past | None = None
    did: tuple[Did, ...] = ()
    meaning: str = ""
    sentence: str = ""
    likely: float = 1.0
    """That its turns, and the hand, belong together."""
    clean: bool = False
    steps: int = 0
    """Turns in between that asked for it anew."""
    risk: Risk = "R1"
    """Of what was done, by today's settings."""
    shared: bool = False
    """The hand may have been somebody else's."""


def episodes(log: Log, again: Mapping[str, tuple[str, float]]) -> Iterator[Episode]:
    """Every episode, in order. `again`: agent.learn.tries.second_tries."""
    place = {t.id: i for i, t in enumerate(log.turns)}
    taken: set[str] = set()
    for turn in log.turns:
        if turn.id in taken or not turn.teaches or turn.answers or turn.intent in UNDOING | REPAIRING | AROUND:
            continue
        episode = _episode(turn, log, again, place)
        taken |= {t.id for t in episode.turns}
        yield episode


def _episode(first: Past, log: Log, again: Mapping[str, tuple[str, float]], place: Mapping[str, int]) -> Episode:
    turns, likely, contradicted, steps = [first], 1.0, False, 0
    current, last = first, first if first.succeeded else None
    while len(turns) < LONGEST:
        retry = next((again[t.id] for t in reversed(turns) if t.id in again and again[t.id][0] not in {x.id for x in turns}), None)
        after = following(log.turns, place[current.id])
        if after is None or not within(current, after, AGAIN_WITHIN.total_seconds()):
            break
        if current.outcome in ("ask", "confirm") and after.answers:
            last = after if after.succeeded and not says_no(plain(after.text)) else None
        elif after.intent in REPAIRING and after.succeeded:
            last, contradicted, steps = after, True, steps + 1
        elif retry is not None and retry[0] == after.id:
            likely *= retry[1]
            last, contradicted, steps = (after if after.succeeded else last), contradicted or current.succeeded, steps + 1
        elif contradicts(current, after):
            last, contradicted = None, True
        else:
            break
        turns.append(after)
        current = after
    return _ended(first, tuple(turns), last, likely, contradicted, steps, log)


def _ended(first: Past, turns: tuple[Past, ...], last: Past | None, likely: float, contradicted: bool, steps: int, log: Log) -> Episode:
    hand = overridden(last, log) if last is not None else None
    by_hand = None
    if last is None or hand is not None:
        by_hand = next((other for t in (turns[-1], first) if (other := done_by_hand(t, log)) is not None), None)
    moved = hand or by_hand
    shared = moved is not None and log.at_home.others(first.who, moved.at)
    likely *= PERHAPS if shared else 1.0
    stands = last is not None and (hand is None or (shared and (by_hand is None or first.rewrite is not None)))
    if not stands:
        if by_hand is None:
            return Episode(first, turns, "given_up", likely=likely, steps=steps)
        domain = by_hand.entity_id.partition(".")[0]
        service = next((d.service for d in first.did if d.service.startswith(f"{domain}.")), BY_STATE.get((domain, by_hand.state), ""))
        name = log.names.get(by_hand.entity_id, "")
        if not service or not name:
            return Episode(first, turns, "given_up", likely=likely, steps=steps)
        by_call = (Did(service, (by_hand.entity_id,)),)
        risk = _risk(by_call, log)
        said = sentence_of(by_call, log.names)
        return Episode(first, turns, "by_hand", None, by_call, meaning_of(by_call), said, likely, True, steps, risk, shared)
    assert last is not None
    did = new_in(last, [t for t in turns if t is not last]) if last.intent in REPAIRING else last.did
    meaning = meaning_of(did) if did else last.meaning
    how: How = "itself" if last is first else "answered" if last.answers and not steps else "rephrased"
    named = not last.answers and last.intent not in REPAIRING and not (set(plain(last.text).split()) & DEICTIC)
    sentence = last.bare if named and not last.guessed else sentence_of(did, log.names) or (last.deed if last.intent not in REPAIRING else "")
    clean = bool(meaning) and last.verified is not False
    return Episode(first, turns, how, last, did, meaning, sentence, likely, clean, steps, _risk(did, log))


def _risk(did: tuple[Did, ...], log: Log) -> Risk:
    """As the settings see it today, however it was seen when it was done."""
    return log.risk.of((Command(d.service, d.entities, json.loads(d.data)) for d in did), log.home)


POINTING = frozenset("it them this these those one ones same other others".split())
DEICTIC = POINTING | {"that", "again", "there"}
"""Words that mean what was spoken of: no sentence with one says by itself what is meant. Some are also part of a saying ("that thing again")."""


def meaning_of(did: tuple[Did, ...]) -> str:
    """Calls and things, as text: the place in interpretation space (as Past.meaning)."""
    return "; ".join(sorted(f"{d.service} {','.join(sorted(d.entities))} {d.data}" for d in did))


def sentence_of(did: tuple[Did, ...], names: Mapping[str, str]) -> str:
    """One call of one thing, said by the thing's name; "" where that cannot be said so."""
    if len(did) != 1 or len(did[0].entities) != 1 or did[0].data != "{}":
        return ""
    template, name = SENTENCES.get(did[0].service.partition(".")[2], ""), names.get(did[0].entities[0], "")
    return template.format(name=name.casefold()) if template and name else ""

