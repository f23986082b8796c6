"""How two things that were said are alike: in words, letters, sound and what stands between them. Pure functions of two texts; no home is needed."""

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise, takewhile

import jellyfish
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler, Levenshtein

MOST = 60
"""Words of a text that are compared."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LIGHT = frozenset(
    """a an the my your our his her its to of in on at for from by with and or but is are was am be been it this that these those i you he she we they
me him us them please can could would will you'd i'd do does did so just now then ok okay oh uh um hey well""".split()
)
"""Words that say little of what is wanted."""
_ALIKE = 0.7
"""Likeness in sound from which one word may have been heard for the other."""


@lru_cache(maxsize=65536)
def words(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, without marks; at most MOST."""
    return tuple(found.replace("’", "'") for found in _WORD.findall(text.casefold())[:MOST])


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """Metaphone of a word; of one that has none (a number, another script), itself."""
    return str(jellyfish.metaphone(word)) or word


@lru_cache(maxsize=65536)
def sounds(text: tuple[str, ...]) -> str:
    """The sound of several words, run together: where one word ends cannot be heard."""
    return "".join(map(sound, text))


@lru_cache(maxsize=65536)
def telling(text: tuple[str, ...]) -> frozenset[str]:
    """The words that say what is wanted; all of them where none does."""
    return frozenset(word for word in text if word not in _LIGHT) or frozenset(text)


def shared(one: frozenset[str], other: frozenset[str], weight: Mapping[str, float] | None = None) -> float:
    """The share of their words that both have (Dice), 0 to 1, each by its weight (1 unless given)."""

    def total(some: frozenset[str]) -> float:
        return sum([weight.get(w, 1.0) for w in some]) if weight else float(len(some))

    whole = total(one) + total(other)
    return 2 * total(one & other) / whole if whole else 0.0


EDITS: tuple[str, ...] = (
    "words_same",
    "words_swapped",
    "words_added",
    "words_dropped",
    "telling_added",
    "telling_dropped",
    "swapped_sound",
    "swapped_letters",
    "swapped_telling",
    "blocks",
)


def edits(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[float, ...]:
    """What was done to `one` to make `other`, in the order of EDITS: shares of the longer one's words; of the swapped stretches the likeness in
    sound and letters of the least and the telling share; how many stretches changed."""
    longest = max(len(one), len(other), 1)
    same = swapped = added = dropped = 0
    new: list[str] = []
    old: list[str] = []
    by_sound, by_letters, blocks = 1.0, 1.0, 0
    for code in Levenshtein.opcodes(one, other):
        was, now = one[code.src_start : code.src_end], other[code.dest_start : code.dest_end]
        if code.tag == "equal":
            same += len(was)
            continue
        blocks += 1
        if code.tag == "replace":
            swapped += len(was)
            by_sound = min(by_sound, Levenshtein.normalized_similarity(sounds(was), sounds(now)))
            by_letters = min(by_letters, Levenshtein.normalized_similarity("".join(was), "".join(now)))
        added += len(now) if code.tag == "insert" else 0
        dropped += len(was) if code.tag == "delete" else 0
        new += now
        old += was
    more, less = len(set(new) - _LIGHT - set(old)), len(set(old) - _LIGHT - set(new))
    return (
        same / longest,
        swapped / longest,
        added / longest,
        dropped / longest,
        more / longest,
        less / longest,
        by_sound,
        by_letters,
        min(more, less) / longest,
        float(min(blocks, 6)),
    )


NEAR: tuple[str, ...] = ("letters", "sound", "telling_shared", "word_set")


@lru_cache(maxsize=65536)
def near(first: str, second: str) -> tuple[float, ...]:
    """The likeness of two texts in brief, in the order of NEAR; each is 0 to 1."""
    one, other = words(first), words(second)
    said, again = " ".join(one), " ".join(other)
    return (
        Levenshtein.normalized_similarity(said, again),
        Levenshtein.normalized_similarity(sounds(one), sounds(other)),
        shared(telling(one), telling(other)),
        fuzz.token_set_ratio(said, again) / 100,
    )


LIKENESS: tuple[str, ...] = (
    "equal",
    "letters",
    "part",
    "word_set",
    "word_sort",
    "beginning",
    "sound",
    "sound_part",
    "sound_beyond_letters",
    "telling_shared",
    "first_words",
    "last_words",
    "same_first_word",
    "same_last_word",
    "within",
    "contains",
    "one_long",
    "other_long",
    "longer_by",
    "pairs_shared",
    *EDITS,
)


@lru_cache(maxsize=65536)
def likeness(first: str, second: str) -> tuple[float, ...]:
    """The likeness of two texts, in the order of LIKENESS; shares and likenesses are 0 to 1, `longer_by` -1 to 1, lengths in words."""
    one, other = words(first), words(second)
    said, again = " ".join(one), " ".join(other)
    letters = Levenshtein.normalized_similarity(said, again)
    heard, heard_again = sounds(one), sounds(other)
    by_sound = Levenshtein.normalized_similarity(heard, heard_again)
    longest = max(len(one), len(other), 1)
    front = sum(1 for _ in takewhile(lambda both: both[0] == both[1], zip(one, other, strict=False)))
    back = sum(1 for _ in takewhile(lambda both: both[0] == both[1], zip(reversed(one), reversed(other), strict=False)))
    return (
        float(one == other),
        letters,
        fuzz.partial_ratio(said, again) / 100,
        fuzz.token_set_ratio(said, again) / 100,
        fuzz.token_sort_ratio(said, again) / 100,
        JaroWinkler.similarity(said, again),
        by_sound,
        fuzz.partial_ratio(heard, heard_again) / 100,
        by_sound - letters,
        shared(telling(one), telling(other)),
        front / longest,
        back / longest,
        float(front > 0),
        float(back > 0),
        float(bool(one) and set(one) <= set(other)),
        float(bool(other) and set(other) <= set(one)),
        float(len(one)),
        float(len(other)),
        (len(other) - len(one)) / longest,
        shared(frozenset(map(" ".join, pairwise(one))), frozenset(map(" ".join, pairwise(other)))),
        *edits(one, other),
    )
