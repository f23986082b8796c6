"""What a recogniser makes of a sentence on a bad day: words that sound alike, words run together or lost, a beginning or an end that is missing."""

import random
from collections.abc import Sequence

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from agent.learn.likeness import sound

ALIKE = 12
"""How many like-sounding words are kept for a word."""
WRONG = (0.12, 0.2, 0.35, 0.6)
"""The share of words that are heard wrong, on days of four kinds."""


class Mishearing:
    """Hears words as others of a vocabulary (the words of all sentences that are said, the commoner ones first)."""

    def __init__(self, vocabulary: Sequence[str], rng: random.Random) -> None:
        self._words = [w for w in dict.fromkeys(vocabulary) if w.isalpha() and len(w) > 1]
        self._sounds = [sound(w) for w in self._words]
        self._rng = rng
        self._near: dict[str, list[str]] = {}

    def __call__(self, said: Sequence[str]) -> tuple[str, ...]:
        """What was heard; never quite what was said, where there is anything else to hear."""
        for _ in range(8 if said else 0):
            heard = self._once(tuple(said))
            if heard and heard != tuple(said):
                return heard
        return (self.like(said[-1]),) if said else ()

    def _once(self, said: tuple[str, ...]) -> tuple[str, ...]:
        rng = self._rng
        if rng.random() < 0.06:
            return tuple(rng.choice(self._words) for _ in range(rng.choice((1, 1, 2, 3))))
        if rng.random() < 0.14 and len(said) > 2:
            said = said[: rng.randint(1, len(said) - 1)] if rng.random() < 0.6 else said[rng.randint(1, len(said) - 1) :]
            if rng.random() < 0.6:
                return said
        wrong = rng.choice(WRONG)
        heard: list[str] = []
        i = 0
        while i < len(said):
            if rng.random() >= wrong:
                heard.append(said[i])
            elif i + 1 < len(said) and rng.random() < 0.25:
                heard.append(self.like(said[i] + said[i + 1]))
                i += 1
            elif len(said[i]) > 6 and rng.random() < 0.3:
                half = len(said[i]) // 2
                heard += [self.like(said[i][:half]), self.like(said[i][half:])]
            elif rng.random() < 0.85:
                heard.append(self.like(said[i]))
            i += 1
        return tuple(heard)

    def like(self, word: str) -> str:
        """One of the words that sound most like it, the nearer ones more often."""
        found = self._near.get(word)
        if found is None:
            chances = process.cdist([sound(word)], self._sounds, scorer=Levenshtein.normalized_similarity, dtype=np.float32)[0]
            chances = chances + 0.3 * process.cdist([word], self._words, scorer=Levenshtein.normalized_similarity, dtype=np.float32)[0]
            best = np.argsort(-chances, kind="stable")[: ALIKE + 1]
            found = self._near[word] = [self._words[k] for k in best if self._words[k] != word][:ALIKE]
        return found[min(int(self._rng.expovariate(0.6)), len(found) - 1)] if found else word
