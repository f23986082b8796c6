"""What people call things: a part of what they say that stands for a thing's name, whatever they want of it. Pure functions of episodes.

"turn off the big bertha", said again as "turn off the floor lamp", tells that "big bertha" may be the floor lamp; "flour lamp", misheard, the same.
"""

from collections.abc import Iterable, Iterator, Mapping

from agent.guard import NOTHING, Meaning, refused, verbs_of
from agent.learn.episodes import Episode
from agent.understand.numbers import numbers_in
from agent.wording import bare_request, is_kind_word, plain

COMMANDING = frozenset(
    "a all an and at be blue brighten brighter bring can change close cooler could darker degrees dim dimmer down for full get give go "
    "green half have i in is it light lights lower make me my need now of off on open orange our pause percent pink play please purple "
    "put raise red set shut start stop switch temperature that the this to turn up volume want warmer what white would yellow you".split()
)
"""Words of commands, which are part of no name that is learned by itself."""
DESCRIBED = frozenset("it is its im are be was feel feels so too very more less".split())
"""What stands before a word that tells how something is: "make it snug" names nothing."""
LONGEST = 4


def called(episode: Episode, names: Mapping[str, str]) -> str:
    """What the first words call the one thing that the episode ended in; "" where they call it by its name, by another's, or by no telling part."""
    things = {e for d in episode.did for e in d.entities}
    if len(things) != 1 or not episode.clean or episode.how == "itself" or (episode.first.succeeded and not episode.first.guessed):
        return ""
    meant = Meaning(verbs_of(d.service for d in episode.did), frozenset(things), acts=True, names=frozenset(plain(names.get(e, "")) for e in things))
    if refused(episode.first.bare, NOTHING, episode.sentence, meant):
        return ""
    name = plain(names.get(next(iter(things)), "")).split()
    said = episode.first.bare.split()
    if not name or _within(name, said) or any(_within(plain(n).split(), said) for n in names.values()):
        return ""
    ordinary = COMMANDING | set(episode.sentence.split()) | set(name)
    foreign = [i for i, word in enumerate(said) if word not in ordinary]
    if not foreign:
        return ""
    begin, end = foreign[0], foreign[-1] + 1
    if begin > 0 and said[begin - 1] in DESCRIBED:
        return ""
    if any(i not in foreign and said[i] not in name for i in range(begin, end)):
        return ""
    while begin > 0 and said[begin - 1] in name and said[begin - 1] not in COMMANDING:
        begin -= 1
    while end < len(said) and said[end] in name:
        end += 1
    span = " ".join(said[begin:end])
    telling = end - begin <= LONGEST and len(span) > 2 and not is_kind_word(span) and not numbers_in(span)
    return span if telling and end - begin < len(said) else ""


def _within(part: list[str], whole: list[str]) -> bool:
    return bool(part) and any(whole[i : i + len(part)] == part for i in range(len(whole) - len(part) + 1))


def spans(told: Iterable[Episode], names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(speaker, what they call something), each once."""
    yield from dict.fromkeys((e.first.who, span) for e in told if (span := called(e, names)))


def contains(text: str, span: str) -> bool:
    return f" {span} " in f" {bare_request(text)} "
