"""Lessons in the words that people find for them: "from now on snug means ...", "rename the floor lamp to Steve", "call the study the lab". Pure.

Rule of this file: what teaches is never done. These are read before the phrases, which would take "dim the lights" out of a lesson and do it.
"""

import re
from collections.abc import Iterator

from agent.records import Context, Interpretation
from agent.wording import bare_request, plain
from devices.home import Home

OPENS = r"(?:(?:ok|okay|hey|so|please|actually|well|and|now)[ ,]+)*"
NEW = (
    r"(?:from now on|from today|new (?:phrase|command|word|rule)|(?:remember|learn|note) this|(?:remember|note)(?: that)?|"
    r"(?:let me |i will |i'll |i want to )?teach you (?:something|a (?:new )?(?:phrase|word|command))(?: new)?)"
)
MEANT = re.compile(
    rf"{OPENS}{NEW}[ ,:]+(?P<phrase>\S+(?: \S+){{0,4}}?),? (?:means|should mean|shall mean|stands for)[ :]+(?P<sentence>.+)", re.IGNORECASE
)
""" "From now on snug means dim the lights": of five words at most."""
WHO = r"(?:i (?:ever|just|only) say|(?:we|they) (?:ever |just |only )?say|(?:any|some)(?:one|body) (?:ever |just |only )?says)"
WHENEVER = re.compile(rf"{OPENS}(?:when|whenever|if|every time|each time) {WHO} (?P<lesson>.+)", re.IGNORECASE)
""" "When somebody says tidy up, ...": what is taught is everybody's."""
THE = r"(?:the |my |our )?"
NAMED = (
    r"(?:rename|call|name) {own} (?:to|as|into|just|simply) (?P<alias>.+)",
    r"(?:remember|note|know|learn)(?: that)? {own} is (?:also )?(?:called|named|known as|my|our|the) (?P<alias>.+)",
    r"{own} is (?:what|the one) (?:i|we) call (?P<alias>.+)",
)
"""How a name is given that the phrases do not have; of a room, the plain ways too."""
PLACED = (
    r"(?:from now on |now )?(?:(?:i|we|lets|let us) )?(?:call|name|rename) {own} (?:to |as )?(?P<alias>.+)",
    r"{own} is (?:also |now )?(?:called|named|known as) (?P<alias>.+)",
)
EVERY = (*NAMED, *PLACED)
LONGEST = 3
"""Words of a name."""
NO_NAMES = frozenset("about for again at in on off and or when if with while back first next a an to from not too very so".split())
"""How no name begins: "call the study about lunch" names nothing."""
SURE = 0.97


def read(text: str, context: Context) -> Interpretation | None:
    """The lesson in these words; None where they teach nothing, or the phrases know how to read them."""
    found = MEANT.fullmatch(text.strip())
    if found is not None:
        return Interpretation("ExtTeach", {"phrase": found["phrase"], "sentence": found["sentence"]}, SURE, "exact")
    found = WHENEVER.fullmatch(text.strip())
    if found is not None:
        return Interpretation("ExtTeach", {"lesson": found["lesson"]}, SURE, "exact")
    return _name(bare_request(text), context)


def _name(said: str, context: Context) -> Interpretation | None:
    for slot, intent, name, own, ways in _called(context.home, context.who):
        if not own or f" {own} " not in f" {said} ":
            continue
        found = next((m for way in ways if (m := re.fullmatch(THE + way.format(own=f"{THE}{re.escape(own)}"), said))), None)
        alias = re.sub(rf"^{THE}", "", found["alias"]) if found is not None else ""
        if alias and len(alias.split()) <= LONGEST and alias.split()[0] not in NO_NAMES:
            return Interpretation(intent, {slot: name, "alias": alias}, SURE, "exact")
    return None


def _called(home: Home, who: str) -> Iterator[tuple[str, str, str, str, tuple[str, ...]]]:
    """Slot, intent, name, and that as it is said, of each thing and room, the longest names first; with the ways to give it another.

    What has the name of `who` speaks in it is "my lamp", too.
    """
    things = sorted((n for e in home.entities.values() for n in e.names), key=len, reverse=True)
    yield from (("name", "ExtTeachName", n, plain(n), NAMED) for n in things)
    mine = f"{plain(who)}s "
    yield from (("name", "ExtTeachName", n, f"my {plain(n).removeprefix(mine)}", EVERY) for n in things if who and plain(n).startswith(mine))
    rooms = sorted((n for a in home.areas.values() for n in (a.name, *a.aliases)), key=len, reverse=True)
    yield from (("room", "ExtTeachRoom", n, plain(n), EVERY) for n in rooms)
