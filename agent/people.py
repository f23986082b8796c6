"""Who is speaking, as they say themselves ("this is Anna"), and who else is at home. It counts for tastes, habits and learning, and opens nothing."""

import re
from bisect import bisect_right, insort
from collections.abc import Iterable
from datetime import datetime, timedelta

from agent.records import Context, Interpretation, Turn
from agent.wording import plain
from devices.home import Entity

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


HOME = "home"
LATELY = timedelta(minutes=10)
"""Who spoke so long ago is still about."""
PERHAPS = 0.5
"""What a hand shows of a request where somebody else is about: as likely it was theirs as the speaker's."""


class AtHome:
    """Who is known to be at home, at any moment that the log tells of: by the home's persons, and by who spoke."""

    def __init__(self, entities: Iterable[Entity] = ()) -> None:
        """`entities`: of the home as it is now; who never came or went has always been where they are."""
        self._now = {e.entity_id: (e.name, e.state) for e in entities if e.domain == "person"}
        self._came: dict[str, list[tuple[datetime, str]]] = {}
        self._spoke: dict[str, list[datetime]] = {}

    def moved(self, entity_id: str, state: str, at: datetime) -> None:
        """A person came or went; of anything else nothing is kept."""
        if entity_id.startswith("person."):
            insort(self._came.setdefault(entity_id, []), (at, state))

    def met(self, entity: Entity) -> None:
        """A thing that the home has told of just now."""
        if entity.domain == "person":
            self._now.setdefault(entity.entity_id, (entity.name, entity.state))

    def heard(self, who: str, at: datetime) -> None:
        if who:
            insort(self._spoke.setdefault(who, []), at)

    def others(self, who: str, at: datetime) -> bool:
        """Somebody else than `who` is about; of a speaker whom nobody knows: there are two or more."""
        persons = {e: name for e, (name, _) in self._now.items() if self._was_home(e, at)}
        theirs = {e for e, name in persons.items() if _is(who, name, e)}
        spoke = {name for name, times in self._spoke.items() if _any_between(times, at - LATELY, at) and not _is(who, name)}
        present = {plain(name).split(" ")[0] for e, name in persons.items() if e not in theirs} | {plain(name).split(" ")[0] for name in spoke}
        return len(present) > (0 if who else 1)

    def _was_home(self, entity_id: str, at: datetime) -> bool:
        came = self._came.get(entity_id, [])
        i = bisect_right(came, at, key=lambda row: row[0])
        if i:
            return came[i - 1][1] == HOME
        return came[0][1] != HOME if came else self._now[entity_id][1] == HOME


def _is(who: str, name: str, entity_id: str = "") -> bool:
    """Called by the whole name, the first name, or the id."""
    said = plain(who)
    return bool(said) and said in (plain(name), plain(name).split(" ")[0], entity_id.partition(".")[2])


def _any_between(moments: list[datetime], after: datetime, until: datetime) -> bool:
    return bisect_right(moments, after) < bisect_right(moments, until)
