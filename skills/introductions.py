"""Who is speaking: "this is Anna", "who am I?". A name counts for tastes and habits in that conversation; it opens nothing."""

from collections.abc import Mapping

from agent import words
from agent.people import GUEST, called
from agent.records import Context, Plan, Resolution
from agent.stages import Handler, Phrase
from skills.plans import answer, slot_text


def introduce(resolution: Resolution, context: Context) -> Plan:
    """Slots: person, somebody who lives here (or "guest"); said, a name that may be anybody's."""
    said = slot_text(resolution, "person") or slot_text(resolution, "said")
    name = GUEST if said == GUEST else called(said, context)
    if not name:
        return answer(words.say("person.unknown", name=said))
    return answer(words.say("guest.hello" if name == GUEST else "person.hello", name=name.split(" ", 1)[0]))


def who_am_i(resolution: Resolution, context: Context) -> Plan:
    who = context.who or context.speaker or ""
    key = "you.guest" if who.casefold() == GUEST else "you.known" if context.speaker else "you.alone" if who else "you.unknown"
    return answer(words.say(key, name=who))


INTRODUCTION_PHRASES: Mapping[str, tuple[Phrase, ...]] = {
    "ExtIntroduce": (
        Phrase("[hello|hi] (this is|i am|it is|it is me|my name is) {person} [here|speaking|now]"),
        Phrase("[hello|hi] {person} (here|speaking)"),
        Phrase("[hello|hi] my name is {said:words}"),
    ),
    "ExtWhoAmI": (
        Phrase("who am i"),
        Phrase("do you know who i am"),
        Phrase("(who is|do you know who is) (speaking|talking) [to you|now]"),
        Phrase("what is my name"),
    ),
}
INTRODUCTION_HANDLERS: Mapping[str, Handler] = {"ExtIntroduce": introduce, "ExtWhoAmI": who_am_i}
