"""What the model is trained on: sentences with their intent and the words that fill free slots.

Two sources: the skills' phrases filled with made-up names (any number of them), and the development halves in ../shared/eval (what people said).
Sentences that say nearly the same are of one `group`, so that cross-validation never tests what it trained on.
"""

import json
import os
import random
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from agent.understand.grammar import Grammar
from agent.understand.lexicon import Lexicon, stem
from agent.understand.normal import listed, tokens
from agent.understand.numbers import digits
from agent.understand.polite import stripped
from agent.understand.samples import Sampler, said
from training.homes import home
from training.texts import TEXTS

SHARED = Path(os.environ.get("HEARTH_SHARED") or Path(__file__).parents[1].parent / "shared") / "eval"
OOD = "OOD"
TAGS: Mapping[str, str] = {
    "search_query": "QUERY",
    "playlist": "QUERY",
    "item": "ITEM",
    "task": "TASK",
    "message": "TASK",
    "place": "PLACE",
    "game": "GAME",
    "alias": "WORDS",
    "phrase": "WORDS",
    "sentence": "WORDS",
    "value": "WORDS",
}
"""Slot of free text -> tag of its words."""
_QUERIES = """song_name artist_name music_genre playlist_name podcast_name audiobook_name radio_name movie_name artist album track playlist genre
object_name audiobook_author music_descriptor"""
ENTITIES: Mapping[str, str] = {
    **dict.fromkeys(listed(_QUERIES), "QUERY"),
    **dict.fromkeys(listed("place_name city state country geographic_poi"), "PLACE"),
    **dict.fromkeys(listed("game_name game_type"), "GAME"),
    "list_name": "LIST",
    "entity_name": "ITEM",
}
"""Annotation of the halves -> tag."""
UNTAGGED = frozenset(listed("HassListAddItem HassListRemoveItem HassShoppingListAddItem ExtReminderSet ExtAddToPlaylist"))
"""Intents whose free text the halves do not annotate, or do otherwise."""
SETS: Mapping[str, int] = {"slurp": 0, "nlu_eval": 0, "clinc150": 0, "snips2017": 3000, "homellm_actions": 0, "homellm_status": 0}
"""Half -> how many of its rows are trained on; 0 is all."""
EACH_PHRASE = 7
EACH_INTENT = 420
_FILLER = frozenset(listed("the a an my our your to of in on at for me please can could you i is it and some this that would like want do need"))


@dataclass(frozen=True, slots=True)
class Sample:
    """One sentence as the model sees it. `tags` holds one of "QUERY" ... or "" a word, or is empty where nobody tagged it."""

    words: tuple[str, ...]
    intent: str
    tags: tuple[str, ...] = ()
    source: str = ""
    row: Mapping[str, Any] | None = None
    group: int = -1


# --- from phrases ------------------------------------------------------------------------------------------------------------------------------


def generated(grammar: Grammar, seed: int = 11) -> list[Sample]:
    """Sentences of every intent, drawn from its phrases in several made-up homes.

    Each phrase is drawn by chances of its own: a phrase that is new or changed changes no other's sentences, nor, hardly, the model.
    """
    by_intent: dict[str, dict[tuple[str, ...], Sample]] = defaultdict(dict)
    for n in range(EACH_PHRASE):
        sampler = Sampler(grammar, home(n), texts=TEXTS)
        for phrase in grammar.rules:
            sampler.rng = random.Random(f"{seed + n} {phrase.intent} {phrase.phrase.template}")
            pieces = sampler.drawn(phrase)
            if pieces is None:
                continue
            kept = said(pieces)
            words = tuple(w for piece in kept for w in piece.words)
            tags = tuple(TAGS.get(piece.slot, "") for piece in kept for _ in piece.words)
            if 0 < len(words) <= 24:
                by_intent[phrase.intent].setdefault(words, Sample(words, phrase.intent, tags, "phrases"))
    return [s for intent in sorted(by_intent) for s in sorted(by_intent[intent].values(), key=lambda s: _lot(s.words))[:EACH_INTENT]]


def _lot(words: Iterable[str]) -> int:
    """A number that the words alone draw."""
    return zlib.crc32(" ".join(words).encode())


# --- from the halves ---------------------------------------------------------------------------------------------------------------------------


def rows(name: str) -> list[dict[str, Any]]:
    path = SHARED / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()]


def halves(grammar: Grammar, seed: int = 5) -> list[Sample]:
    """The development halves. Where a phrase fits a row's sentence with an intent that the row accepts, that intent is the finer label."""
    rng = random.Random(seed)
    lexicon = Lexicon(home(0))
    found: list[Sample] = []
    for name, most in SETS.items():
        mine = rows(name)
        if most and len(mine) > most:
            keep = [r for r in mine if r["intent"] != OOD]
            rest = [r for r in mine if r["intent"] == OOD]
            keep = rng.sample(keep, most) if len(keep) > most else keep
            mine = keep + rng.sample(rest, min(len(rest), most - len(keep)))
        found += [s for row in mine if (s := _sample(row, name, grammar, lexicon)) is not None]
    return found


def _sample(row: Mapping[str, Any], name: str, grammar: Grammar, lexicon: Lexicon) -> Sample | None:
    heard = stripped(tokens(row["text"]))
    if not heard.words or len(heard) > 40:
        return None
    intent = row["intent"]
    right = {intent, *row["accept"]}
    if intent == "SmartHomeAny" or (intent != OOD and row["accept"]):
        fine = grammar.match(heard, lexicon)
        if fine and fine[0].intent in right:
            intent = fine[0].intent
        elif intent == "SmartHomeAny":
            return None
    return Sample(heard.words, intent, _tags(row, heard.words) if intent != OOD else ("",) * len(heard), name, row)


def _tags(row: Mapping[str, Any], words: tuple[str, ...]) -> tuple[str, ...]:
    if row["intent"] in UNTAGGED or not row.get("entities_raw"):
        return () if row["intent"] in UNTAGGED or row.get("source_file", "").startswith("data/data_full") else ("",) * len(words)
    tags = [""] * len(words)
    for entity in row["entities_raw"]:
        tag = ENTITIES.get(entity["type"])
        span = tokens(entity["text"]).words
        start = next((i for i in range(len(words)) if words[i : i + len(span)] == span), None) if tag and span else None
        if start is not None and tag:
            tags[start : start + len(span)] = [tag] * len(span)
    return tuple(tags)


# --- near twins --------------------------------------------------------------------------------------------------------------------------------


def grouped(samples: Sequence[Sample]) -> list[Sample]:
    """The samples with their groups: those whose telling words are the same, or from five of them on differ in one."""
    parent = list(range(len(samples)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    seen: dict[tuple[str, ...], int] = {}
    for i, sample in enumerate(samples):
        bag = _bag(sample.words)
        for key in (bag, *(_but(bag, k) for k in range(len(bag)) if len(bag) >= 5)):
            parent[root(i)] = root(seen.setdefault(key, i))
    return [replace(sample, group=root(i)) for i, sample in enumerate(samples)]


def _bag(words: Iterable[str]) -> tuple[str, ...]:
    telling = {stem(w) for w in words if w not in _FILLER and digits(w) is None}
    return tuple(sorted(telling)) or tuple(words)


def _but(bag: tuple[str, ...], k: int) -> tuple[str, ...]:
    return ("*", *bag[:k], *bag[k + 1 :])


def folds(samples: Sequence[Sample], count: int = 5, seed: int = 3) -> Iterator[tuple[list[Sample], list[Sample]]]:
    """(train, test) pairs: each row of the halves is tested once; its group is in no training of that time, and falls to the same lot each time."""
    first: dict[int, tuple[str, ...]] = {}
    for sample in samples:
        if sample.row is not None:
            first[sample.group] = min(sample.words, first.get(sample.group, sample.words))
    fold = {group: _lot((str(seed), *words)) % count for group, words in first.items()}
    for k in range(count):
        yield [s for s in samples if fold.get(s.group) != k], [s for s in samples if fold.get(s.group) == k and s.row is not None]
