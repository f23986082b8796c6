"""What people say around a command: politeness, filler, names of assistants; corrections of what was just said; negation."""

from collections.abc import Iterator

from agent.understand.lexicon import by_first_word, stem
from agent.understand.normal import Tokens

Words = tuple[str, ...]


HEADS = by_first_word(
    "could you please|can you please|would you please|will you please|can you|could you|would you|will you|can we|could we|please could you|"
    "please can you|please would you|please|"
    "could you perhaps|could you possibly|could you maybe|can you maybe|can you possibly|would you perhaps|would you maybe|"
    "could i perhaps|could we perhaps|perhaps you could|maybe you could|"
    "can i ask you to|may i ask you to|may i request you to|may i request that you|can i get you to|i want you to|i would like you to|"
    "i need you to|i would like for you to|i wish you would|i am asking you to|go ahead and|just|kindly|"
    "hey|hey there|hi there|ok|okay|hello|hi|so|um|uh|er|erm|hmm|well|now|alright|all right|yo|oh|actually|"
    "would you mind|do me a favor and|do me a favor|be so kind and|be so kind as to|would it be possible to|is it possible to|"
    "is there any way you could|i was wondering if you could|i wonder if you could|"
    "i would like to know|i want to know|i need to know|would you be able to tell me|are you able to tell me|could you tell me|can you tell me|"
    "could you inform me|can you inform me|could you inform me as to|can you inform me as to|can you enlighten me as to|could you enlighten me as to|"
    "is it possible for you to tell me|is it possible for you to disclose|would it be possible for you to tell me|do you happen to know|may i know|"
    "can i know|please find out|can you find out|could you find out|"
    "do you mind|you should|you can|you could|you need to|you have to|lets|let us|time to|its time to|it is time to|"
    "olly|hey olly|alexa|hey alexa|siri|hey siri|google|hey google|ok google|okay google|cortana|jarvis|hey jarvis|hearth|hey hearth|"
    "assistant|hey assistant|okay nabu|ok nabu|nabu|mycroft|hey mycroft|hey computer|"
    "never mind|never mind that|actually no|actually wait|no wait|wait no|oh no|wait|do not forget to|do not forget and|please do not forget to|"
    "and|then|and then|also|after that|finally|plus|as well as|but|while you are at it"
)
"""What a command may begin with; "never mind" and its like only before another command."""
TAILS = by_first_word(
    "please|for me|for us|thanks|thank you|thank you very much|thanks a lot|many thanks|will you|would you|could you|can you|right now|now|"
    "if you can|if you could|if you would|if you please|okay|ok|"
    "immediately|at once|right away|straight away|quickly|as soon as possible|asap|again please|again|too|as well|instead|then|would you please|"
    "will you please|olly|alexa|siri|google|hearth|honey|buddy|mate|"
    "this instant|this minute|real quick|so much|and thanks|when you can|when you get a chance|today please"
)
JOINS = by_first_word(
    "and then|and also|and after that|and|then|also|after that|afterwards|plus|as well as|followed by|and please|but|while you are at it|next"
)
NEGATIONS = by_first_word(
    "do not|never|please do not|no need to|there is no need to|you do not need to|you do not have to|stop trying to|do not ever|"
    "i do not want you to|i do not want|you should not|should not|can not|must not|you must not"
)
CORRECTIONS = by_first_word(
    "no wait|wait no|no sorry|sorry no|no i mean|no i meant|i mean|i meant|or rather|rather|scratch that|correction|make that|no make that|"
    "oh no|oh wait|no actually|actually no|sorry i mean|sorry i meant|sorry|actually|no not that|no"
)


def _here(phrases: dict[str, tuple[Words, ...]], words: Words, i: int) -> int:
    """How many words a phrase has that stands at word i; 0 where none does."""
    if i >= len(words):
        return 0
    return next((len(p) for p in phrases.get(words[i], ()) if words[i : i + len(p)] == p), 0)


def head(words: Words, i: int) -> int:
    """The place after all politeness that begins at word i."""
    while (length := _here(HEADS, words, i)) > 0 and not (words[i] == "never" and (i + length == len(words) or words[i + length] in OF_THAT)):
        i += length
    return i


OF_THAT = frozenset("the that this it about my a an what".split())
"""Behind which "never mind" is what is said itself: "never mind the lights"."""


def joined(words: Words, i: int) -> int:
    """The place after "and then", "also"... at word i; i where there is none."""
    return i + _here(JOINS, words, i)


_TAILS_BACK = {last: tuple(p for many in TAILS.values() for p in many if p[-1] == last) for last in {p[-1] for many in TAILS.values() for p in many}}


def tail(words: Words, end: int) -> int:
    """The place where the politeness that ends at `end` begins."""
    while end > 0:
        found = max((len(p) for p in _TAILS_BACK.get(words[end - 1], ()) if words[max(0, end - len(p)) : end] == p), default=0)
        if not found:
            return end
        end -= found
    return end


def stripped(said: Tokens) -> Tokens:
    """Without politeness at either end; what is all politeness is left as it is."""
    start = head(said.words, 0)
    end = tail(said.words, len(said))
    if start >= end:
        return said
    return said.part(start, end) if start or end < len(said) else said


def negated(said: Tokens) -> Tokens | None:
    """What shall not be done, of a sentence that begins with "don't"; None of any other."""
    start = next((i for i, word in enumerate(said.words) if word not in BEFORE_NO), 0)
    length = _here(NEGATIONS, said.words, start)
    return said.part(start + length, len(said)) if length and start + length < len(said) else None


def unwanted(said: Tokens) -> Tokens | None:
    """How something shall not be: "i do not want [the lamp on]"; None where a deed is refused ("... you to turn it on"), or nothing is."""
    start = next((i for i, word in enumerate(said.words) if word not in BEFORE_NO), 0)
    wish = said.words[start + 1 : start + 4] == ("do", "not", "want") and said.words[start] in ("i", "we")
    rest = said.part(start + 4, len(said)) if wish and len(said) > start + 5 else None
    return rest if rest is not None and rest.words[0] not in ("you", "to") and rest.words[-1] in STATES else None


STATES = frozenset("on off open closed shut locked up down".split())


BEFORE_NO = frozenset("no nope nah wait please hey oh stop ok okay but and actually hearth listen look whatever".split())
"""What may stand before a "don't"."""
MOST_REPEATED = 3
LESSON = 2
"""So many words at most stand before "I say" where somebody teaches: "every time I say"."""


def unrepeated(said: Tokens) -> Iterator[Tokens]:
    """Without what was said twice in a row ("the man cave man cave light"), where something was."""
    words, i, found = said.words, 0, said
    while i < len(words):
        length = next((n for n in range(MOST_REPEATED, 0, -1) if words[i : i + n] == words[i + n : i + 2 * n] and i + 2 * n <= len(words)), 0)
        if length and not words[i].isdigit():
            found = found.without(i, i + length)
            words = found.words
        else:
            i += 1
    if found is not said:
        yield found


def corrected(said: Tokens) -> Iterator[Tokens]:
    """Readings of "the floor lamp, no wait, the ceiling light": with words before the correction replaced, few first; then what follows alone.

    "When I say movie time I mean turn off the lamp" corrects nothing.
    """
    lesson = next((i for i in range(len(said.words) - 2) if said.words[i : i + 2] == ("i", "say")), None)
    for i in range(1, len(said) if lesson is None or lesson > LESSON else lesson):
        length = _here(CORRECTIONS, said.words, i)
        after = i + length
        if not length or after >= len(said):
            continue
        for kept in _kept(said, i, after):
            yield _spliced(said, kept, after)
        if after < len(said) - 1:
            yield said.part(after, len(said))
        return


def _kept(said: Tokens, i: int, after: int) -> Iterator[int]:
    """How many words before the correction may stay: first up to the same word as the new part begins with, then ever fewer."""
    first = stem(said.words[after])
    same = [k for k in range(i - 1, 0, -1) if stem(said.words[k]) == first]
    yield from same
    yield from (k for k in range(i - 1, 0, -1) if k not in same)


def _spliced(said: Tokens, kept: int, after: int) -> Tokens:
    return said.without(kept, after)


def shared(said: Tokens) -> Iterator[Tokens]:
    """ "turn on the lamp and off the fan": the first words of the sentence once more behind "and"."""
    for i in joints(said):
        if said.words[i + 1] in ("in", "on", "at") and said.words[i] == "and":
            yield said.without(i + 1, i + 2)
        for length in (1, 2) if i > 1 else ():
            yield said.again(length, i + 1)


def joints(said: Tokens) -> Iterator[int]:
    """Where "and" or "then" may part two commands."""
    return (i for i in range(1, len(said) - 1) if said.words[i] in ("and", "then"))
