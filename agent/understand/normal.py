"""Text -> tokens: lower case, without accents, contractions written out, numbers kept as digits, each with its place in the text.

"Could you set the kids' room to 20.5°, please?" -> could you set the kids room to 20.5 ° please
"what's" -> what is; "joe's" and "kids'" -> joes, kids; "7:30 p.m." -> 7:30 pm; "10-minute" -> 10 minute; "2700K" -> 2700 k; "1,000" -> 1000
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

MAX_TOKENS = 160
"""Whoever says more at once is not commanding a home: the rest is not read."""
MAX_CHARS = 4000

_TOKEN = re.compile(
    r"\b[ap]\.\s?m\b\.?"  # a.m.
    r"|\d+(?:[.,:/]\d+)*"  # 20.5, 1,000, 7:30, 1/2
    r"|[^\W\d_]+(?:['’ʼ`´][^\W\d_]+)*(?:\d+(?:\.\d+)?[^\W\d_]*)?['’]?"  # kids, kids', what's, pm2.5, co2
    r"|[%°℃℉$€£&+]"
    r"|(?<![\w.])-(?=\d)"  # the minus of -5
    r"|[,;.?!](?=\s|$)",
)
_QUOTE = re.compile("['’ʼ`´]")
_PUNCTUATION = frozenset(",;.?!")


def listed(text: str) -> tuple[str, ...]:
    """The words of a list that is written as one string."""
    return tuple(text.split())


_CONTRACTIONS: dict[str, tuple[str, ...]] = {
    **{f"{w}'s": (w, "is") for w in listed("what who where when how it that there here he she why which everything")},
    **{f"{w}'re": (w, "are") for w in listed("what who where how they we you there")},
    **{f"{w}'d": (w, "would") for w in listed("i we you they he she it")},
    **{f"{w}'ll": (w, "will") for w in listed("i we you they he she it that")},
    **{f"{w}'ve": (w, "have") for w in listed("i we you they")},
    "i'm": ("i", "am"),
    "let's": ("let", "us"),
    "don't": ("do", "not"),
    "dont": ("do", "not"),
    "doesn't": ("does", "not"),
    "didn't": ("did", "not"),
    "isn't": ("is", "not"),
    "aren't": ("are", "not"),
    "wasn't": ("was", "not"),
    "won't": ("will", "not"),
    "can't": ("can", "not"),
    "cannot": ("can", "not"),
    "couldn't": ("could", "not"),
    "wouldn't": ("would", "not"),
    "shouldn't": ("should", "not"),
    "haven't": ("have", "not"),
    "hasn't": ("has", "not"),
    "whats": ("what", "is"),
    "wheres": ("where", "is"),
    "im": ("i", "am"),
    "lemme": ("let", "me"),
    "gimme": ("give", "me"),
    "wanna": ("want", "to"),
    "gonna": ("going", "to"),
    "colour": ("color",),
    "colours": ("colors",),
    "grey": ("gray",),
    "favourite": ("favorite",),
    "centre": ("center",),
    "℃": ("°", "c"),
    "℉": ("°", "f"),
    "&": ("and",),
    "percentage": ("percent",),
    "nevermind": ("never", "mind"),
}


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words of a text and where each stands in it: words[i] is text[starts[i]:ends[i]], normalised. Parts of one contraction share their place."""

    text: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    breaks: frozenset[int] = frozenset()
    """Places (indices of the next word) where a comma or full stop stood."""

    def __len__(self) -> int:
        return len(self.words)

    def said(self, start: int, end: int) -> str:
        """The text of words start to end as it was said."""
        return self.text[self.starts[start] : self.ends[end - 1]].strip() if start < end else ""

    def part(self, start: int, end: int) -> "Tokens":
        """Words start to end as tokens of the same text."""
        breaks = frozenset(b - start for b in self.breaks if start < b < end)
        return Tokens(self.text, self.words[start:end], self.starts[start:end], self.ends[start:end], breaks)

    def again(self, length: int, i: int) -> "Tokens":
        """The first words once more before word i."""
        order = (*range(i), *range(length), *range(i, len(self.words)))
        return Tokens(self.text, tuple(self.words[k] for k in order), tuple(self.starts[k] for k in order), tuple(self.ends[k] for k in order))

    def without(self, start: int, end: int) -> "Tokens":
        """All words but start to end."""
        kept = [i for i in range(len(self.words)) if not start <= i < end]
        return Tokens(self.text, tuple(self.words[i] for i in kept), tuple(self.starts[i] for i in kept), tuple(self.ends[i] for i in kept))


def tokens(text: str) -> Tokens:
    """At most MAX_TOKENS words of the first MAX_CHARS characters; control and direction marks are dropped. Never raises."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    breaks: set[int] = set()
    for found in _TOKEN.finditer(text[:MAX_CHARS]):
        raw = found.group()
        if raw in _PUNCTUATION:
            breaks.add(len(words))
            continue
        for word in _words(raw):
            words.append(word)
            starts.append(found.start())
            ends.append(found.end())
        if len(words) >= MAX_TOKENS:
            break
    return Tokens(text, tuple(words[:MAX_TOKENS]), tuple(starts[:MAX_TOKENS]), tuple(ends[:MAX_TOKENS]), frozenset(breaks))


@lru_cache(maxsize=8192)
def _words(raw: str) -> tuple[str, ...]:
    """The normalised words of one raw token."""
    plain = _QUOTE.sub("'", fold(raw))
    if plain in _CONTRACTIONS:
        return _CONTRACTIONS[plain]
    if plain[0].isdigit():
        return (_number(plain),)
    if len(plain) > 2 and plain[0] in "ap" and plain[1] == ".":
        return (plain[0] + "m",)
    word = plain.replace("'", "")
    return _CONTRACTIONS.get(word, (word,)) if word else ()


def _number(plain: str) -> str:
    if "," in plain:
        head, *rest = plain.split(",")
        plain = head + "".join(rest) if all(len(r.split(".")[0]) == 3 for r in rest) else plain.replace(",", ".")
    return plain


def fold(word: str) -> str:
    """Lower case, compatibility forms and accents away: "Café" -> "cafe"."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(ch for ch in decomposed if not unicodedata.combining(ch)) or word


@lru_cache(maxsize=32768)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a name of the home, as `tokens` would hear it said."""
    return tokens(name).words
