"""What turns are about, and how two of them compare. Pure functions of turns and of the home's names."""

from collections.abc import Mapping

from agent.learn.log import GUESSED, Past
from agent.learn.signals import ENDS, REPAIRING, UNDOING
from agent.wording import ARTICLES, plain, words

DISMISSING = frozenset({"ExtStop", "ExtGiveUp", "ExtStopMedia"})
SENT_AWAY = frozenset(
    {"no", "nope", "stop", "never mind", "nevermind", "cancel", "forget it", "be quiet", "shut up", "go away", "nothing", "not you"}
)
"""What is said to an agent that nobody asked."""


def dismisses(turn: Past) -> bool:
    """It sends the agent away, and asks for nothing."""
    said = plain(turn.text)
    return turn.intent in DISMISSING or said in SENT_AWAY


def only_name(names: Mapping[str, str], things: frozenset[str]) -> str:
    """The name of the one thing; "" of several."""
    return names.get(next(iter(things)), "") if len(things) == 1 else ""


def numbers(turn: Past) -> frozenset[str]:
    """The numbers that were said, as they were written."""
    return frozenset(w for w in words(turn.text) if w.isdigit())


def number_lost(turn: Past) -> bool:
    """A guess that did something, in which a number was said that nothing was set to."""
    return turn.by in GUESSED and bool(numbers(turn)) and bool(turn.did) and all(d.data == "{}" for d in turn.did)


def alike_deed(turn: Past, soon: Past) -> bool:
    """The same calls with the same data, whatever they were done to; of questions the same one."""
    return (bool(turn.did) or turn.intent == soon.intent) and {(d.service, d.data) for d in turn.did} == {(d.service, d.data) for d in soon.did}


def all_named(turn: Past, names: Mapping[str, str]) -> bool:
    """Everything that it was done to, or asked about, was called by its name, as it was heard or as it may have been."""
    things = about(turn)
    called = [set(words(names[e])) - ARTICLES for e in things if e in names]
    return bool(things) and len(called) == len(things) and any(all(name <= set(words(text)) for name in called) for text in (turn.text, *turn.others))


def named_elsewhere(turn: Past, names: Mapping[str, str]) -> frozenset[str]:
    """Things whose names were said, of a turn that did something to others, none of which was named."""
    things = about(turn)
    if turn.outcome != "act" or turn.rewrite is not None or not things or turn.clauses > 1 or turn.answers or turn.intent in REPAIRING | UNDOING:
        return frozenset()
    said = plain(turn.text)
    called = {e: f" {plain(name)} " for e, name in names.items() if name}
    heard = (said, *map(plain, turn.others))
    if any(called.get(e, "") in f" {text} " for e in things for text in heard):
        return frozenset()
    found = {e for e, name in called.items() if name in f" {said} " and e.partition(".")[0] in {t.partition(".")[0] for t in things}}
    return frozenset(found) if len({called[e] for e in found}) == 1 else frozenset()


def wanted_states(turn: Past) -> Mapping[str, frozenset[str]]:
    """Thing -> the states that were wanted of it."""
    return {e: ENDS[verb] for d in turn.did for e in d.entities if (verb := d.service.partition(".")[2]) in ENDS}


def about(turn: Past) -> frozenset[str]:
    """What it was done to, or what it was about."""
    return frozenset(e for d in turn.did for e in d.entities) or frozenset(turn.targets)
