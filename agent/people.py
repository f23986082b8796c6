"""Who is speaking, as they say themselves: "this is Anna". It counts for tastes and habits in that conversation, and opens nothing."""

import re

from agent.records import Context, Interpretation, Turn
from agent.wording import plain

INTENT = "ExtIntroduce"
GUEST = "guest"
INTRODUCED = re.compile(
    r"^(?:(?:hello|hi|hey|ok|hearth|no|now) )*(?:(?:this is|i am|im|it is|its|my name is|call me|you are talking to|youre talking to) (?:me )?"
    r"(?P<one>.+?)(?: here| speaking| now)?|(?P<other>\w+(?: \w+)?) (?:here|speaking))$"
)
A_GUEST = frozenset({"a guest", "guest", "only a guest", "just a guest", "a visitor", "just visiting"})


def introduced(text: str, context: Context) -> Interpretation | None:
    """Somebody who lives here says who they are; None for all other words, and for names that nobody here has."""
    found = INTRODUCED.match(plain(text))
    said = (found["one"] or found["other"]) if found else ""
    name = GUEST if said in A_GUEST else called(said, context)
    return Interpretation(INTENT, {"person": name}, 0.98, "exact") if name else None


def called(said: str, context: Context) -> str:
    """The person who lives here and is called so, by the whole or the first name; "" where none is, or several are."""
    said = plain(said)
    persons = [e.name for e in context.home.entities.values() if e.domain == "person"]
    names = dict.fromkeys((*persons, *(p for p in context.people if p.casefold() not in {n.casefold() for n in persons})))
    whole = [n for n in names if plain(n) == said]
    found = whole or [n for n in names if plain(n).split(" ")[0] == said]
    return found[0] if len(found) == 1 else ""


def introduced_in(turn: Turn) -> str:
    """Who a turn said is speaking; "" where it said nothing of it."""
    if turn.outcome != "answer":
        return ""
    return next((str(r.slots.get("person") or "") for r in turn.resolutions if r.intent == INTENT), "")
