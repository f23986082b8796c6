"""A word's phones from its letters alone: rough, but every word gets some. For machines without espeak-ng."""

import re

_RULES = (
    ("tion$", "SH AH N"), ("sion$", "ZH AH N"), ("ture$", "CH ER"), ("ough", "AO"), ("augh", "AO"), ("eigh", "EY"), ("igh", "AY"), ("tch", "CH"),
    ("dge", "JH"), ("sch", "S K"), ("^kn", "N"), ("^wr", "R"), ("^gn", "N"), ("^x", "Z"), ("^ps", "S"), ("ing$", "IH NG"), ("le$", "AH L"),
    ("er$", "ER"), ("or$", "ER"), ("ar$", "ER"), ("ed$", "D"), ("es$", "Z"), ("ck", "K"), ("ch", "CH"), ("sh", "SH"), ("th", "TH"),
    ("ph", "F"), ("wh", "W"), ("gh", "G"), ("qu", "K W"), ("ng", "NG"), ("nk", "NG K"), ("ee", "IY"), ("ea", "IY"), ("ie", "IY"), ("ei", "EY"),
    ("ai", "EY"), ("ay", "EY"), ("oa", "OW"), ("oo", "UW"), ("ou", "AW"), ("ow", "OW"), ("oi", "OY"), ("oy", "OY"), ("au", "AO"), ("aw", "AO"),
    ("ew", "UW"), ("ue", "UW"), ("ui", "UW"), ("ir", "ER"), ("ur", "ER"), ("er(?![aeiouy])", "ER"), ("ar(?![aeiouy])", "AA R"),
    ("or(?![aeiouy])", "AO R"), ("a(?=[^aeiouy]e$)", "EY"), ("i(?=[^aeiouy]e$)", "AY"), ("o(?=[^aeiouy]e$)", "OW"), ("u(?=[^aeiouy]e$)", "UW"),
    ("e(?=[^aeiouy]e$)", "IY"), ("(?<=.)e$", ""), ("^y", "Y"), ("y$", "IY"), ("o$", "OW"), ("i$", "IY"), ("a$", "AH"), ("u$", "UW"),
    ("c(?=[eiy])", "S"), ("g(?=[eiy])", "JH"), ("s$", "Z"), (r"([bcdfgklmnprstvz])(?=\1)", ""),
    ("a", "AE"), ("b", "B"), ("c", "K"), ("d", "D"), ("e", "EH"), ("f", "F"), ("g", "G"), ("h", "HH"), ("i", "IH"), ("j", "JH"), ("k", "K"),
    ("l", "L"), ("m", "M"), ("n", "N"), ("o", "AA"), ("p", "P"), ("q", "K"), ("r", "R"), ("s", "S"), ("t", "T"), ("u", "AH"), ("v", "V"),
    ("w", "W"), ("x", "K S"), ("y", "IH"), ("z", "Z"),
)  # fmt: skip
_COMPILED = tuple((re.compile(pattern), tuple(sounds.split())) for pattern, sounds in _RULES)
_NAMES = "B IY|S IY|D IY|EH F|JH IY|EY CH|JH EY|K EY|EH L|EH M|EH N|P IY|K Y UW|AA R|EH S|T IY|V IY|D AH B AH L Y UW|EH K S|Z IY"
_LETTERS = dict(zip("bcdfghjklmnpqrstvwxz", _NAMES.split("|"), strict=True))


def phones(word: str) -> tuple[str, ...]:
    """The phones of a word of a-z. Without a vowel it is spelled out: "tv" -> T IY V IY. Empty only where there is no letter."""
    if not any(c in "aeiouy" for c in word):
        return tuple(phone for letter in word for phone in _LETTERS.get(letter, "").split())
    found: list[str] = []
    at = 0
    while at < len(word):
        size, sounds = _rule(word, at)
        found += sounds
        at += size
    return tuple(found)


def _rule(word: str, at: int) -> tuple[int, tuple[str, ...]]:
    """How many letters the first fitting rule takes, and their sounds."""
    for pattern, sounds in _COMPILED:
        found = pattern.match(word, at)
        if found and (not pattern.pattern.startswith("^") or at == 0):
            return max(1, found.end() - at), sounds
    return 1, ()
