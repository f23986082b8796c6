"""Pairs of what a person says and what they mean by it, learned from episodes. A pure function of the log: log -> tuple[Learned].

For each person and each utterance the chain's prior and the person's own counts are blended (a Dirichlet: p(h|s) = (k B[s,h] + c) / (k + n)).
A pair is served while the rewritten reading is, by Beta posteriors, likely enough to be better than the words' own, behind a gate that rises
where rewrites have lost; after at least three clean episodes, two where nothing speaks against it; never against agent.guard. Of later
occurrences more is believed than of earlier ones, and two losses of a served pair in a row suspend it: a habit that changed starts anew.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from agent.guard import NOTHING, RANK, Meaning, agree, refused, verbs_of
from agent.learn.episodes import DEICTIC, POINTING, Episode
from agent.learn.log import Did, Past
from agent.learn.markov import Chain
from agent.learn.names import contains, spans
from agent.learn.sounds import ALIKE, misheard
from agent.records import Learned, RewriteState, Risk
from agent.wording import plain

BLEND = 4.0
"""k: what the prior weighs, in occurrences."""
NEEDED, ENOUGH = 3, 2
"""Clean episodes that serve a pair; that may, where nothing speaks against it."""
CLEAR = 4
"""And where the words are clear by themselves."""
AGAIN = timedelta(seconds=60)
APART = timedelta(minutes=10)
"""Two episodes of one thing within this time are one."""
DAYS_APART = timedelta(hours=10)
"""And where the words have nothing in common: what comes next in one evening, twice, may be chance; on another day it is none."""
FADES = 0.85
"""What an occurrence weighs for each later one of the same words."""
GATE, LOWEST, HIGHEST = 0.9, 0.85, 0.98
"""How likely a rewrite has to be better, before anything is known of how rewrites fare here."""
STIFF = 0.15
FARES = 1 / 13
"""The share of losses that is taken for granted: twelve wins for a loss."""
LOST = 2
"""Losses in a row that suspend a pair."""
PROVEN, FRESH = 3, timedelta(days=30)
"""A sure reading that went well so often, so lately, is left alone."""
TALK = frozenset(
    "yes no stop ok okay cancel more less again thanks hello hi help louder quieter brighter dimmer warmer cooler next back pause play resume".split()
)
"""Single words that mean what the moment makes of them."""
Weights = NDArray[np.float64]
ABOUT_TALK = frozenset(
    "ExtTeach ExtTeachName ExtTeachRoom ExtForget ExtTaughtQuery ExtPreference ExtPreferenceQuery ExtRepair ExtUndo ExtWhy ExtWhatHeard "
    "HassNevermind".split()
)
"""What is said about the talk itself, lessons among it, is never what is meant by other words."""
EMPTY_IT = re.compile(r"(?:make|keep|get) it (?!on\b|off\b|up\b|down\b|out\b|go\b|stop\b|play\b|so\b|the\b|a\b)\w+(?: \w+)?(?: in here| here)?")
""" "Make it snug": its "it" is the place, and nothing that was spoken of."""
REFUSING = frozenset("no nope sorry wait actually".split())
GRID = np.linspace(0.0005, 0.9995, 1000)


@dataclass(frozen=True, slots=True)
class Seen:
    """One occurrence of somebody's words: what they ended in, and `own`: what they did by themselves."""

    first: Past
    meaning: str
    sentence: str
    did: tuple[Did, ...]
    own: str
    served: str = ""
    """The target sentence that was served."""
    lost: bool = False
    """The served target was taken back or contradicted."""
    likely: float = 1.0
    risk: Risk = "R1"
    shared: bool = False
    """It was done by a hand that may have been somebody else's."""
    names: frozenset[str] = frozenset()
    """What its things are called."""

    @property
    def at(self) -> datetime:
        return self.first.at


def learned(
    told: Sequence[Episode], now: datetime, prior: Mapping[str, Mapping[str, float]] | None = None, names: Mapping[str, str] | None = None
) -> tuple[Learned, ...]:
    """Every pair there is something to say of, by speaker and source. `prior`: B of a fleet's or the household's chain, by utterance and meaning.

    `names`: what the home calls its things, by entity_id: what people call them instead is learned for whatever they want of them.
    """
    by_words: dict[tuple[str, str], list[Seen]] = defaultdict(list)
    known = names or {}
    for episode in told:
        for seen in _seen(episode):
            by_words[seen.first.who, seen.first.bare].append(replace(seen, names=_called(seen.did, known)))
    gate = _gate(by_words)
    found = [pair for (who, source), rows in sorted(by_words.items()) for pair in _judged(who, source, rows, now, gate, prior or {})]
    for who, span in spans(told, known):
        rows = [seen for e in told if e.first.who == who and contains(e.first.bare, span) for seen in _named(e, known)]
        found += [replace(pair, part=True, service="") for pair in _pairs(who, span, rows, now, gate, {})]
    return tuple(found)


def _named(episode: Episode, names: Mapping[str, str]) -> Iterator[Seen]:
    """The occurrence as one of a name: what matters is the thing alone."""
    first = episode.first
    if not learnable(first):
        return
    things = tuple(sorted({e for d in episode.did for e in d.entities})) if episode.clean else ()
    one = things[0] if len(things) == 1 else ""
    name = plain(names.get(one, ""))
    acted = {e for d in first.did for e in d.entities} if first.succeeded else set()
    read_as = first.rewrite[1] if first.rewrite is not None and first.rewrite[2] == "personal" and not first.held else ""
    served = next((plain(n) for n in names.values() if contains(read_as, plain(n))), "") if read_as else ""
    own = "" if served else ",".join(sorted(acted))
    risk = max((episode.risk, *(t.risk for t in episode.turns)), key=RANK.__getitem__)
    lost = bool(served) and not_so(episode)
    did = (Did("", (one,)),) if one else ()
    yield Seen(first, one if name else "", name, did, own, served, lost, episode.likely, risk, episode.shared, frozenset({name}))


def _called(did: Iterable[Did], names: Mapping[str, str]) -> frozenset[str]:
    return frozenset(plain(names[e]) for d in did for e in d.entities if e in names)


def chain(told: Iterable[Episode]) -> Chain:
    """The household's chain: who was answered or tried again went on to other words; who ended well ended in a meaning."""
    counted = Chain()
    for episode in told:
        if episode.first.rewrite is not None and not episode.first.held:
            continue  # a walk that was not walked by itself
        path = [t.bare for t in episode.turns if not t.answers and t.bare]
        for one, other in pairwise(path):
            if one != other:
                counted.again[one, other] += 1.0
        end = path[-1] if path else episode.first.bare
        if episode.clean and episode.meaning:
            counted.good[end, episode.meaning] += episode.likely
        else:
            counted.bad[end] += 1.0
    return counted


def _seen(episode: Episode) -> Iterator[Seen]:
    """The occurrence of the first words, and those of second tries that failed as well."""
    first = episode.first
    if learnable(first):
        served = first.rewrite[1] if first.rewrite is not None and first.rewrite[2] == "personal" and not first.held else ""
        own = "" if served else first.meaning if first.succeeded else ""
        risk = max((episode.risk, *(t.risk for t in episode.turns)), key=RANK.__getitem__)
        meaning, lost = episode.meaning if episode.clean else "", bool(served) and not_so(episode)
        yield Seen(first, meaning, episode.sentence, episode.did, own, served, lost, episode.likely, risk, episode.shared)
    if episode.last is not None and episode.clean:
        for again in episode.turns[1:]:
            if again is not episode.last and not again.answers and not again.succeeded and again.bare != first.bare and learnable(again):
                risk = max(episode.risk, again.risk, key=RANK.__getitem__)
                yield Seen(again, episode.meaning, episode.sentence, episode.did, "", likely=episode.likely, risk=risk)


def not_so(episode: Episode) -> bool:
    """What was served was not what was meant: taken back, put right, or refused when it was asked about. A question left open tells nothing."""
    if episode.how == "given_up":
        return episode.first.outcome == "act" or len(episode.turns) > 1
    return episode.how in ("rephrased", "by_hand")


def learnable(turn: Past) -> bool:
    """Words that mean something by themselves: not a pronoun's, not a single word that the moment explains, one command."""
    words = turn.bare.split()
    taught = turn.rewrite is not None and turn.rewrite[2] == "taught"
    if not turn.teaches or taught or not words or turn.clauses > 1 or (len(words) == 1 and words[0] in TALK):
        return False
    if turn.intent in ABOUT_TALK or words[0] in REFUSING:
        return False
    pointing = POINTING if turn.outcome == "decline" or turn.rewrite is not None else DEICTIC
    if EMPTY_IT.fullmatch(turn.bare) and (not turn.succeeded or turn.rewrite is not None):
        pointing = pointing - {"it"}
    return not set(words) & pointing and turn.by != "ellipsis"


def _judged(
    who: str, source: str, rows: list[Seen], now: datetime, gate: Mapping[str, float], prior: Mapping[str, Mapping[str, float]]
) -> list[Learned]:
    whole = _pairs(who, source, rows, now, gate, prior)
    rooms = {seen.first.area for seen in rows} - {""}
    if len(rooms) < 2 or any(pair.state == "serving" for pair in whole):
        return whole
    here = {room: [s for s in rows if s.first.area == room] for room in sorted(rooms)}
    parts = [replace(p, areas=(room,)) for room, seen in here.items() for p in _pairs(who, source, seen, now, gate, prior)]
    served = [p for p in parts if p.state == "serving"]
    return [*(p for p in whole if p.target not in {s.target for s in served}), *served]


def _pairs(
    who: str, source: str, rows: Sequence[Seen], now: datetime, gate: Mapping[str, float], prior: Mapping[str, Mapping[str, float]]
) -> list[Learned]:
    """The judgement of each meaning that these words ended in and that is not their own."""
    rows = _occasions(sorted(rows, key=lambda s: s.at))
    fading = [FADES ** (len(rows) - 1 - i) for i in range(len(rows))]
    own = Counter(s.own for s in rows if s.own and not s.served)
    itself = own.most_common(1)[0][0] if own else ""
    meanings = [h for h in dict.fromkeys(s.meaning for s in rows if s.meaning) if h != itself or any(s.served for s in rows)]
    if not meanings:
        return []
    own_meaning = _own(rows, itself, now)
    over = {h: at for h in meanings if (at := _suspended(_target(h, rows, source), rows)) is not None}
    c_own = sum(w * s.likely for s, w in zip(rows, fading, strict=True) if s.own and s.meaning == s.own and not s.served)
    n = sum(w for s, w in zip(rows, fading, strict=True) if not _is_over(s, over))
    found = []
    for h in meanings:
        pair = _pair(who, source, h, rows, fading, itself, own_meaning, c_own, n, prior.get(source, {}), gate.get(who, GATE), over)
        if pair is not None:
            found.append(pair)
    best = max((p for p in found if p.state == "serving"), key=lambda p: p.score, default=None)
    return [p if p.state != "serving" or p is best else replace(p, state="shadow", why="another meaning is likelier") for p in found]


def _pair(
    who: str,
    source: str,
    h: str,
    rows: Sequence[Seen],
    fading: Sequence[float],
    itself: str,
    own: Meaning,
    c_own: float,
    n: float,
    prior: Mapping[str, float],
    gate: float,
    over: Mapping[str, datetime],
) -> Learned | None:
    ended = [(s, w) for s, w in zip(rows, fading, strict=True) if s.meaning == h]
    last = ended[-1][0]
    target = _target(h, rows, source)
    suspended = over.get(h)
    natural = [(s, w) for s, w in ended if (not s.served or s.lost) and (suspended is None or s.at > suspended)]
    wins = [(s, w) for s, w in ended if s.served and not s.lost and (suspended is None or s.at > suspended)]
    losses = [(s, w) for s, w in zip(rows, fading, strict=True) if s.served == target and s.lost]
    against = [(s, w) for s, w in zip(rows, fading, strict=True) if s.meaning and s.meaning != h and not _is_over(s, over)]
    c, beside = sum(w * s.likely for s, w in (*natural, *wins)), sum(w for _, w in against) + sum(w for s, w in losses if not s.meaning)
    blended = (BLEND * prior.get(h, 0.0) + c) / (BLEND + n)
    itself_blended = (BLEND * prior.get(itself, 0.0) + c_own) / (BLEND + n) if itself else 0.0
    better = _likelier((1 + c, 1 + beside), (1 + c_own, 1 + max(0.0, n - c_own)))
    is_name = bool(last.did) and not last.did[0].service  # the rest of the sentence agreed
    apart = APART if is_name or akin(source, target) else DAYS_APART
    episodes = _distinct([s.at for s, _ in natural if not s.shared], apart) + _distinct([s.at for s, _ in natural if s.shared], apart) // 2
    things = frozenset(e for d in last.did for e in d.entities)
    new = Meaning(verbs_of(d.service for d in last.did), things, last.risk, bool(last.did), names=last.names)
    pair = Learned(
        source=source,
        target=target,
        speaker=who,
        areas=() if not itself and not own.acts else tuple(sorted({s.first.area for s, _ in (*natural, *wins) if s.first.area})),
        service=last.did[0].service if len({d.service for d in last.did}) == 1 else "",
        entities=tuple(sorted(new.things)) or tuple(sorted(last.first.targets if last.own == h else ())),
        own=itself,
        risk=last.risk,
        score=round(better, 4),
        episodes=episodes,
        against=_distinct([s.at for s, _ in against]),
        wins=sum(1 for s in rows if s.served == target and not s.lost),
        losses=len(losses),
        turns=tuple(s.first.id for s, _ in (*natural, *wins))[-20:],
    )
    state, why = _state(pair, own, new, blended > itself_blended, suspended, len(wins), gate)
    return replace(pair, state=state, why=why) if target else None


def _state(pair: Learned, own: Meaning, new: Meaning, likelier: bool, suspended: datetime | None, won: int, gate: float) -> tuple[RewriteState, str]:
    forbidden = refused(pair.source, own, pair.target, new)
    if forbidden:
        return "shadow", f"guarded: {forbidden}"
    needed = ENOUGH if not pair.against and not pair.own and not (suspended is None and pair.losses) else NEEDED
    if pair.own and not own.guessed:
        needed = CLEAR
    if pair.episodes < needed and not (won and pair.episodes + won >= needed):
        return ("suspended", "it was taken back") if suspended is not None else ("shadow", f"{pair.episodes} of {needed} episodes")
    if not likelier or pair.score < gate:
        return ("suspended", "it was taken back") if suspended is not None else ("shadow", "not surely better than the words themselves")
    return "serving", ""


def akin(heard: str, said: str) -> bool:
    """The words or their sounds agree: else they may have been followed by this by chance, and one evening is one occasion."""
    return agree(heard, said) or misheard(heard, said) <= ALIKE


def _target(h: str, rows: Sequence[Seen], source: str) -> str:
    """The sentence that stands for a meaning: what was said for it most often, lately."""
    served = [s.served for s in rows if s.served and s.meaning == h and not s.lost]
    ended = [s.sentence for s in rows if s.meaning == h and (not s.served or s.lost)]
    said = Counter(text for text in ended if text and text != source and not set(text.split()) & DEICTIC)
    if (served and served[-1] in said) or (served and not said):
        return served[-1]
    return min(said, key=lambda text: (-said[text], text)) if said else ""


def _occasions(rows: Sequence[Seen]) -> list[Seen]:
    """Words that were served and said again at once are one occasion: how it ended tells what they meant."""
    alone = [s for s, after in pairwise(rows) if not s.served or s.lost or after.at - s.at > AGAIN]
    return [*alone, *rows[-1:]]


def _is_over(seen: Seen, over: Mapping[str, datetime]) -> bool:
    """It belongs to a meaning that was taken back since: it speaks neither for nor against anything."""
    return seen.meaning in over and seen.at <= over[seen.meaning]


def _suspended(target: str, rows: Sequence[Seen]) -> datetime | None:
    """When this target was last suspended: two losses in a row of the turns it was served in."""
    lost, at = 0, None
    for seen in rows:
        if seen.served == target:
            lost = lost + 1 if seen.lost else 0
            if lost >= LOST:
                at, lost = seen.at, 0
    return at


def _own(rows: Sequence[Seen], itself: str, now: datetime) -> Meaning:
    """What the words mean by themselves, as they last did."""
    last = next((s.first for s in reversed(rows) if s.own and s.own == itself), None)
    if last is None:
        return NOTHING
    well = sum(1 for s in rows if s.own == itself and s.meaning == itself and not s.served and not s.first.guessed and now - s.at <= FRESH)
    services = verbs_of(d.service for d in last.did)
    return Meaning(services, frozenset(e for d in last.did for e in d.entities), last.risk, bool(last.did), last.guessed, well >= PROVEN)


def _gate(by_words: Mapping[tuple[str, str], Sequence[Seen]]) -> Mapping[str, float]:
    """Speaker -> how sure a pair of theirs has to be: the more of what they were served was taken back, the surer."""
    won: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    for (who, _), rows in by_words.items():
        for seen in rows:
            if seen.served:
                (lost if seen.lost else won)[who] += 1
    rates = {who: (lost[who] + 1.0) / (won[who] + lost[who] + 1.0 / FARES) for who in {*won, *lost}}
    return {who: min(HIGHEST, max(LOWEST, GATE + STIFF * (rate - FARES))) for who, rate in rates.items()}


def _distinct(moments: Iterable[datetime], apart: timedelta = APART) -> int:
    """How many of these are apart."""
    count, last = 0, None
    for at in sorted(moments):
        if last is None or at - last >= apart:
            count, last = count + 1, at
    return count


def _likelier(one: tuple[float, float], other: tuple[float, float]) -> float:
    """P(x > y) of two Betas, by their densities on a grid."""
    x, y = _density(*one), _density(*other)
    below = np.cumsum(y) - 0.5 * y
    return float((x * below).sum())


def _density(a: float, b: float) -> Weights:
    log = (a - 1) * np.log(GRID) + (b - 1) * np.log1p(-GRID)
    weights: Weights = np.exp(log - log.max())
    weights /= weights.sum()
    return weights
