"""Several timers in one breath: "set two timers, one for 5 and one for 12 minutes", "set timers for 5, 10 and 15 minutes". """

from agent.records import Interpretation
from agent.understand import numbers, polite, times
from agent.understand.normal import Tokens, listed
from agent.understand.times import split_seconds

SET = frozenset(listed("set start create make begin run add give put"))
BETWEEN = frozenset(listed("one the other another second first for and of at me is a timer"))
"""Words between the lengths."""
MOST = 10


def timers(said: Tokens) -> tuple[tuple[Interpretation, ...], ...]:
    """A reading for each timer; () where the words set no several. A number without a unit has the one of the next length."""
    words = said.words
    i = polite.head(words, 0)
    if times.at(words, i) not in SET:
        return ()
    i += 1 + (times.at(words, i + 1) == "me")
    count = numbers.number(words, i) if i < len(words) else None
    i = count[0] if count is not None else i
    if times.at(words, i) != "timers":
        return ()
    found = _lengths(words, i + 1)
    if len(found) == 1 and count is not None and isinstance(count[1], int):
        found = found * min(count[1], MOST)
    if len(found) < 2 or len(found) > MOST or (count is not None and count[1] != len(found)):
        return ()
    return tuple((Interpretation("HassStartTimer", dict(split_seconds(length)), 0.95, "exact"),) for length in found)


def _lengths(words: tuple[str, ...], i: int) -> list[float]:
    """The lengths that all the words from i on say, in seconds."""
    found: list[tuple[float, bool]] = []
    while i < len(words):
        length = times.duration(words, i)
        bare = numbers.number(words, i) if length is None and words[i] not in BETWEEN else None
        if length is not None:
            found.append((length[1], True))
            i = length[0]
        elif bare is not None:
            found.append((float(bare[1]), False))
            i = bare[0]
        elif words[i] in BETWEEN:
            i += 1
        else:
            return []
    unit = _unit(words)
    return [length if whole else length * unit for length, whole in found] if unit or all(whole for _, whole in found) else []


def _unit(words: tuple[str, ...]) -> float:
    """The seconds of the one unit that was said."""
    units = {found[1] for word in words if len(word) > 1 and (found := times.duration(("1", word), 0)) is not None and found[0] == 2}
    return units.pop() if len(units) == 1 else 0.0
