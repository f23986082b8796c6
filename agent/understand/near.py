"""Names of the home that sound or are written like what was said: "kitchen sealing light" -> kitchen ceiling light.

Only words that no name of the home has are replaced, and only by words of its names that sound the same (Metaphone) or, being long, differ in one
letter; words run together or apart are joined or parted ("bed room", "livingroom"). So a name that the home lacks is
never taken for its neighbour.
"""

from collections.abc import Iterator

import jellyfish
from rapidfuzz.distance import Levenshtein

from agent.understand.lexicon import Lexicon, stem
from agent.understand.normal import Tokens
from agent.understand.words import THINGS

LONG = 6
"""Letters from which one wrong letter is a slip."""
MOST = 8


class Sounds:
    """The words of a home's names by sound, for one version of its lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.version = lexicon.version
        self.by_sound: dict[str, list[str]] = {}
        self.by_shape: dict[str, list[str]] = {}
        for word in {**lexicon.vocabulary, **dict.fromkeys(map(stem, THINGS))}:
            if len(word) < 3 or not word.isalpha():
                continue
            self.by_sound.setdefault(sound(word), []).append(word)
            if len(word) >= LONG:
                for i in range(len(word)):
                    self.by_shape.setdefault(word[:i] + word[i + 1 :], []).append(word)

    def like(self, word: str) -> list[str]:
        """Words of the home that `word` may be."""
        plain = stem(word)
        found = [w for w in self.by_sound.get(sound(plain), ()) if w != plain and Levenshtein.distance(w, plain) <= 1 + len(plain) // 2]
        if len(plain) >= LONG:
            found += self.by_shape.get(plain, ())
            found += [w for i in range(len(plain)) for w in self.by_shape.get(plain[:i] + plain[i + 1 :], ()) if w[0] == plain[0]]
        return list(dict.fromkeys(w for w in found if w != plain))


def sound(word: str) -> str:
    return str(jellyfish.metaphone(word))


_last: dict[int, Sounds] = {}


def sounds(lexicon: Lexicon) -> Sounds:
    known = _last.get(id(lexicon))
    if known is None or known.version != lexicon.version:
        _last.clear()
        known = _last[id(lexicon)] = Sounds(lexicon)
    return known


def nearer(said: Tokens, lexicon: Lexicon) -> Iterator[Tokens]:
    """The sentence with one or more of its words as the home's names have them, the least changed first; at most MOST."""
    heard = sounds(lexicon)
    unknown = [i for i, word in enumerate(said.words) if stem(word) not in lexicon.vocabulary and len(word) > 2 and word.isalpha()]
    options = {i: heard.like(said.words[i])[:3] for i in unknown}
    changes = (*_turned(said, lexicon), *_joined(said, lexicon), *_parted(said, lexicon), *_single(said, options), *_all(said, options))
    yield from changes[:MOST]


def _with(said: Tokens, start: int, end: int, words: tuple[str, ...]) -> Tokens:
    """Words start to end replaced; the new ones all stand where the old ones stood."""
    first, last = said.starts[start], said.ends[end - 1]
    return Tokens(
        said.text,
        (*said.words[:start], *words, *said.words[end:]),
        (*said.starts[:start], *([first] * len(words)), *said.starts[end:]),
        (*said.ends[:start], *([last] * len(words)), *said.ends[end:]),
    )


def _turned(said: Tokens, lexicon: Lexicon) -> Iterator[Tokens]:
    """ "the echo in the entryway" -> entryway echo, where that is a name."""
    for i, word in enumerate(said.words):
        if word not in _PLACING or i == 0:
            continue
        start = i + 1 + (said.words[i + 1 : i + 2] == ("the",))
        for end in range(min(len(said), start + 3), start, -1):
            for before in range(max(0, i - 3), i):
                aspect = said.words[i - 1 : i] if i - 1 > before and said.words[i - 1] in _ASPECTS else ()
                words = (*said.words[start:end], *said.words[before : i - len(aspect)])
                if any(last == len(words) for last, _ in lexicon.find(words, 0, "name")):
                    yield _with(said, before, end, (*words, *aspect))


_ASPECTS = frozenset(("volume", "brightness", "speed", "temperature", "position", "state", "status", "color", "mode"))
"""What is asked or set of a thing: "the jukebox volume in the hall" -> hall jukebox volume."""
_PLACING = frozenset(("in", "on", "of", "at", "by", "for", "to"))


def _joined(said: Tokens, lexicon: Lexicon) -> Iterator[Tokens]:
    for i in range(len(said) - 1):
        one = said.words[i] + said.words[i + 1]
        if stem(one) in lexicon.vocabulary:
            yield _with(said, i, i + 2, (one,))


def _parted(said: Tokens, lexicon: Lexicon) -> Iterator[Tokens]:
    for i, word in enumerate(said.words):
        if len(word) < LONG or stem(word) in lexicon.vocabulary:
            continue
        for cut in range(2, len(word) - 1):
            if word[:cut] in lexicon.vocabulary and stem(word[cut:]) in lexicon.vocabulary:
                yield _with(said, i, i + 1, (word[:cut], word[cut:]))


def _single(said: Tokens, options: dict[int, list[str]]) -> Iterator[Tokens]:
    for i, words in options.items():
        for word in words:
            yield _with(said, i, i + 1, (word,))


def _all(said: Tokens, options: dict[int, list[str]]) -> Iterator[Tokens]:
    changeable = {i: words[0] for i, words in options.items() if words}
    if len(changeable) > 1:
        for i, word in changeable.items():
            said = _with(said, i, i + 1, (word,))
        yield said
