"""What people say of a phrase or a name that was taught: "what does movie time do?", "change it to ...", "stop calling the lamp sunshine". Pure.

`read` finds the taught words themselves in the sentence, before phrases are tried: they may be any words, and no grammar knows them.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from agent.records import Context, Interpretation, Taught
from agent.wording import bare_request, plain

HERE = "\x00"
"""Stands for the taught words in a sentence."""
LEADS = re.compile(r"^(?:(?:actually|oh|no|wait|hmm|and|then|also) )+")
THE = r"(?:the |my |our )?(?:phrase |command |routine |name |word |words )?"
NOW = r"(?: anymore| any more| any longer| now| again| please)?"
Slots = Callable[[Taught, re.Match[str]], Mapping[str, Any]]


def _phrase(taught: Taught, found: re.Match[str]) -> Mapping[str, Any]:
    return {"phrase": taught.phrase}


def _instead(taught: Taught, found: re.Match[str]) -> Mapping[str, Any]:
    return {"phrase": taught.phrase, "sentence": found["sentence"]}


def _besides(taught: Taught, found: re.Match[str]) -> Mapping[str, Any]:
    return {"phrase": taught.phrase, "sentence": f"{taught.sentence} and {found['sentence']}"}


ABOUT = (
    rf"what (?:does|is|will|would|did) {THE}{HERE} (?:do|mean|stand for|for){NOW}",
    rf"what (?:happens|do you do|will you do|would you do) (?:when|if) i say {HERE}",
    rf"(?:tell|show|remind) me what {THE}{HERE} (?:does|means|is|is for|stands for)",
    rf"what (?:have i taught|did i teach|did i tell) you (?:about|for|with) {THE}{HERE}",
    rf"what (?:have you|did you|you have)(?: learned| learn) about {THE}{HERE}",
)
GONE = (
    rf"forget (?:what|everything|all)(?: that)? i (?:just )?(?:said|taught you|told you|taught|told) (?:about|for) {THE}{HERE}",
    rf"(?:delete|erase|drop|get rid of|forget about|forget) {THE}{HERE}(?: phrase| command| routine| name)?",
    rf"remove (?:the |my )(?:phrase|command|routine|name|word) {HERE}",
)
NAME_GONE = (
    rf"(?:stop|quit|no longer|do not|dont|never) (?:call|calling|name|naming) .+ {HERE}{NOW}",
    rf"(?:i|we) (?:do not|dont|no longer) call .+ {HERE}{NOW}",
    rf".+ (?:is|are) (?:no longer|not) (?:called )?{HERE}{NOW}",
)
ANEW = (
    rf"change what {THE}{HERE} (?:does|means)",
    rf"{THE}{HERE} (?:should not|shouldnt|must not|mustnt|is not supposed to|isnt supposed to|does not have to) .+",
    rf"(?:change|edit|redo|redefine|reteach|teach|relearn|update) {THE}{HERE}(?: differently| anew| again| another way| over| what it does)?",
)
MORE = (
    rf"{THE}{HERE} should also (?P<sentence>.+)",
    rf"add (?P<sentence>.+) to {THE}{HERE}",
    rf"{THE}{HERE} should (?P<sentence>.+) (?:too|as well)",
)
INSTEAD = (
    rf"(?:change|edit|redo|redefine|reteach|teach|relearn|update) {THE}{HERE} (?:to|into|so that it|so it) (?P<sentence>.+)",
    rf"{THE}{HERE} should (?:now |rather )?(?P<sentence>.+?)(?: instead)?",
    rf"(?:from now on )?{THE}{HERE} (?:now )?means (?P<sentence>.+)",
)
FRAMES: tuple[tuple[tuple[str, ...], str, bool, Slots], ...] = (
    (ABOUT, "ExtTaughtQuery", False, _phrase),
    (NAME_GONE, "ExtForget", True, _phrase),
    (GONE, "ExtForget", False, _phrase),
    (ANEW, "ExtTeach", False, _phrase),
    (MORE, "ExtTeach", False, _besides),
    (INSTEAD, "ExtTeach", False, _instead),
)
"""Ways to say it, what is meant by them, of names alone, and with which slots. The first that fits counts."""

CUES = re.compile(r"(?:what|tell|show|remind|delete|erase|drop|get rid of|forget|remove)\b")
"""How sentences about what was found out begin: there may be thousands of pairs, and they are looked through for these alone."""
OF_LEARNED = ((ABOUT, "ExtTaughtQuery"), (GONE, "ExtForgetAbout"))
"""So of what was found out by itself."""


def read(text: str, context: Context) -> Interpretation | None:
    """The reading of a sentence about taught words; None where it holds none, or does not speak of them. What a name does is not changed so."""
    said = LEADS.sub("", bare_request(text))
    for taught in sorted(context.taught, key=lambda t: -len(t.phrase)):
        if taught.speaker not in ("", context.who, context.speaker or ""):
            continue
        for ways, intent, names_only, slots in FRAMES:
            found = _found(ways, taught.phrase, said)
            if found is not None and (bool(taught.thing) if names_only else not (taught.thing and intent == "ExtTeach")):
                return Interpretation(intent, dict(slots(taught, found)), 0.97, "exact")
    pairs = sorted(context.learned, key=lambda p: -len(p.source)) if CUES.match(said) else ()
    for pair in pairs:
        intent = next((intent for ways, intent in OF_LEARNED if _found(ways, pair.source, said)), "")
        if intent:
            return Interpretation(intent, {"phrase": pair.source}, 0.97, "exact")
    return _last_name(said, context) or _no_more(said, context)


THAT_NAME = re.compile(r"(?:forget|delete|unlearn|drop) (?:that|this|the) (?:name|word|phrase|one)")


def _last_name(said: str, context: Context) -> Interpretation | None:
    """ "Forget that name": the one that was just used; not the one that was taught last."""
    before = context.did or context.previous
    if before is None or not THAT_NAME.fullmatch(said):
        return None
    used = next((t for t in sorted(context.taught, key=lambda t: -len(t.phrase)) if f" {plain(t.phrase)} " in f" {plain(before.text)} "), None)
    return Interpretation("ExtForget", {"phrase": used.phrase}, 0.97, "exact") if used is not None else None


NO_MORE = re.compile(
    r"(?:(?:do not|dont|never|you should not|you shouldnt) (?:ever )?do (?:that|this|it)|(?:stop|quit) doing (?:that|this|it))"
    r"(?: again| any ?more| ever again| for me)?"
)


def _no_more(said: str, context: Context) -> Interpretation | None:
    """ "Don't do that again", of what was done for words that it had learned by itself."""
    served = context.did.rewrite if context.did is not None else None
    if served is None or served.layer == "taught" or served.held or not NO_MORE.fullmatch(said):
        return None
    words = f" {bare_request(served.source)} "
    pair = next((p for p in sorted(context.learned, key=lambda p: len(p.source)) if f" {plain(p.source)} " in words), None)
    return Interpretation("ExtForgetAbout", {"phrase": pair.source}, 0.97, "exact") if pair is not None else None


def _found(ways: tuple[str, ...], phrase: str, said: str) -> re.Match[str] | None:
    """The way in which these words are spoken of."""
    known = plain(phrase)
    if not known or f" {known} " not in f" {said} ":
        return None
    marked = f" {said} ".replace(f" {known} ", f" {HERE} ", 1).strip()
    return next((m for way in ways if (m := re.fullmatch(way, marked))), None)
