"""Numbers in words and digits. Every reader takes words and a place, and returns the place after the longest number there and its value, or None."""

from collections.abc import Sequence

from agent.understand.normal import listed, tokens

Words = Sequence[str]
Number = int | float

UNITS = {
    w: n
    for n, w in enumerate(
        listed("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
    )
}
TENS = {w: 10 * n for n, w in enumerate(listed("twenty thirty forty fifty sixty seventy eighty ninety"), 2)}
FRACTIONS = {"half": 0.5, "quarter": 0.25, "third": 1 / 3, "quarters": 0.25, "thirds": 1 / 3}
_TEENTHS = "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
ORDINALS = {w: n for n, w in enumerate(listed(f"first second third fourth fifth sixth seventh eighth ninth {_TEENTHS}"), 1)} | {"thirtieth": 30}
NUMBER_WORDS = frozenset(UNITS) | frozenset(TENS) | {"hundred", "thousand", "oh"}
LARGEST = 1e9


def digits(word: str) -> Number | None:
    """The value of "20", "20.5" or "1/2"; None for another word or something as "7:30"."""
    if not word[:1].isdecimal() or ":" in word:
        return None
    top, _, bottom = word.partition("/")
    try:
        value = float(top) / float(bottom) if bottom else float(top)
    except (ValueError, ZeroDivisionError):
        return None
    return tidy(value) if value <= LARGEST else None


def tidy(value: float) -> Number:
    """Whole numbers as int, others rounded to 6 places."""
    return int(value) if value == int(value) else round(value, 6)


def number(words: Words, i: int) -> tuple[int, Number] | None:
    """ "minus five", "one and a half", "half", "three quarters", "twenty point five", "a hundred"."""
    if i < len(words) and words[i] in ("minus", "negative", "-"):
        found = _positive(words, i + 1)
        return (found[0], -found[1]) if found else None
    return _positive(words, i)


def _positive(words: Words, i: int) -> tuple[int, Number] | None:
    fraction = _fraction(words, i)
    if fraction is not None:
        return fraction
    whole = _decimal(words, i)
    if whole is None:
        return None
    end, value = whole
    if _at(words, end) in FRACTIONS and _at(words, end) not in ("half", "third"):
        return end + 1, tidy(value * FRACTIONS[words[end]])
    if _at(words, end) == "and":
        more = _fraction(words, end + 1)
        if more is not None:
            return more[0], tidy(value + more[1])
    return end, value


def _fraction(words: Words, i: int) -> tuple[int, Number] | None:
    """ "half", "a half", "half a" is left to who measures; "a quarter", "1/2"."""
    word = _at(words, i)
    if word in ("a", "one") and _at(words, i + 1) in FRACTIONS:
        return i + 2, tidy(FRACTIONS[words[i + 1]])
    if word in ("half", "quarter"):
        return i + 1, FRACTIONS[word]
    if "/" in word:
        value = digits(word)
        return (i + 1, value) if value is not None and value < 1 else None
    return None


def _decimal(words: Words, i: int) -> tuple[int, Number] | None:
    """A cardinal and, after "point", its decimals: "twenty point five"."""
    found = cardinal(words, i)
    if found is None or _at(words, found[0]) not in ("point", "dot"):
        return found
    end = found[0] + 1
    places = ""
    while len(places) < 6:
        digit = _digit(_at(words, end))
        if digit is None:
            break
        places += digit
        end += 1
    return (end, tidy(float(f"{int(found[1])}.{places}"))) if places else found


def _digit(word: str) -> str | None:
    if word in ("oh", "o"):
        return "0"
    if word in UNITS and UNITS[word] < 20:
        return str(UNITS[word])
    return word if word.isdecimal() and word.isascii() else None


def cardinal(words: Words, i: int) -> tuple[int, Number] | None:
    """Digits, or number words up to the millions: "two thousand seven hundred", "a hundred and five"."""
    value = digits(_at(words, i))
    if value is not None:
        return _scaled(words, i + 1, value)
    if _at(words, i) == "a" and _at(words, i + 1) in ("hundred", "thousand"):
        return _spelled(words, i + 1)
    return _spelled(words, i) if _at(words, i) in UNITS or _at(words, i) in TENS else None


def _scaled(words: Words, end: int, value: Number) -> tuple[int, Number]:
    """ "2 thousand", "3 hundred"."""
    scale = {"hundred": 100, "thousand": 1000, "million": 1_000_000}.get(_at(words, end))
    return (end + 1, tidy(value * scale)) if scale else (end, value)


def _spelled(words: Words, i: int) -> tuple[int, Number]:
    total, current, end, last = 0, 0, i, ""
    while end < len(words):
        word = words[end]
        if word in TENS and last in ("", "hundred", "thousand", "and"):
            current += TENS[word]
            last = "tens"
        elif word in UNITS and (last in ("", "hundred", "thousand", "and") or (last == "tens" and 0 < UNITS[word] < 10)):
            current += UNITS[word]
            last = "unit"
        elif word == "hundred" and last in ("", "unit", "tens"):
            current = max(1, current) * 100
            last = "hundred"
        elif word == "thousand" and last in ("", "unit", "tens", "hundred"):
            total, current, last = total + max(1, current) * 1000, 0, "thousand"
        elif word == "and" and last in ("hundred", "thousand") and (_at(words, end + 1) in UNITS or _at(words, end + 1) in TENS):
            last = "and"
        else:
            break
        end += 1
    return end, total + current


def ordinal(words: Words, i: int) -> tuple[int, int] | None:
    """ "first", "2nd" (heard as 2 nd), "twenty third", "last" (-1)."""
    word = _at(words, i)
    if word in ("last", "final"):
        return i + 1, -1
    if word in ORDINALS:
        return i + 1, ORDINALS[word]
    if word in TENS and _at(words, i + 1) in ORDINALS and ORDINALS[words[i + 1]] < 10:
        return i + 2, TENS[word] + ORDINALS[words[i + 1]]
    if word.isdecimal() and len(word) < 4 and _at(words, i + 1) in ("st", "nd", "rd", "th"):
        return i + 2, int(word)
    return None


def _at(words: Words, i: int) -> str:
    return words[i] if i < len(words) else ""


def numbers_in(text: str) -> frozenset[Number]:
    """Every number said in a text, in words or digits."""
    words, i = tokens(text).words, 0
    found: set[Number] = set()
    while i < len(words):
        if words[i][:1].isdecimal() and ":" in words[i]:
            found |= {float(part) for part in words[i].split(":") if part.isdecimal()}
        one = number(words, i) if words[i] not in ("a", "an", "half", "quarter", "third") else None
        if one is not None:
            found.add(one[1])
        i = one[0] if one is not None else i + 1
    return frozenset(found)
