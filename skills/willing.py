"""Whether who speaks may teach: people who live here, who were surely heard, and who did not stop it."""

from agent import words
from agent.people import GUEST, called
from agent.records import LEARNING, Context, Plan
from agent.teach import is_off
from skills.plans import answer


def unwilling(context: Context) -> Plan | None:
    """Why nothing is learned from these words; None where it may be."""
    if context.teaches:
        return None
    if not context.learns:
        return answer(words.say("learning.disabled"))
    if is_off(LEARNING, context.who, context.preferences):
        return answer(words.say("learning.is_off"))
    return answer(words.say("learning.guest" if is_guest(context) else "learning.unsure"))


def is_guest(context: Context) -> bool:
    """Somebody who does not live here speaks."""
    return not context.teaches and bool(context.who) and (context.who.casefold() == GUEST or not called(context.who, context))
