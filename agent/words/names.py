"""What things are called in a sentence: "the floor lamp", "two lights", "in the kitchen"."""

from collections.abc import Sequence
from functools import lru_cache

from num2words import num2words

from agent.words.sentences import LANGUAGE, join
from devices.home import Entity, Home
from devices.kinds import KINDS, kinds_named, plural

NAMES_OF_THEIR_OWN = frozenset({"person", "scene", "script", "zone"})
"""Domains whose names take no article."""
COUNTED_IN_WORDS = 12

_SAID = frozenset(word for kind in KINDS.values() for words in kind.words for word in words.split())
_SEVERAL = frozenset(plural(words.split()[-1]) for kind in KINDS.values() for words in kind.words[:1] if words) | {"lights", "lamps", "blinds"}


def domain_of(entity: Entity) -> str:
    return entity.domain or entity.entity_id.partition(".")[0]


@lru_cache(maxsize=4096)
def written(name: str) -> str:
    """The name as it stands in a sentence: ordinary words in lower case ("Floor Lamp" -> "floor lamp"), names as they are ("Philips Hue")."""
    words = name.split()
    plain = all(_ordinary(word) for word in words)
    return " ".join(word if not plain or _kept(word) else word.lower() for word in words)


def _ordinary(word: str) -> bool:
    low = word.casefold()
    return low in LANGUAGE.ORDINARY or low in LANGUAGE.NO_ARTICLE_AFTER or low in _SAID or word.islower() or _kept(word)


def _kept(word: str) -> bool:
    """Written as it stands in any case: "TV", "Bob's", "B12"."""
    return _short_form(word) or not word.replace("-", "").isalpha()


def _short_form(word: str) -> bool:
    return word.isupper() and len(word) > 1


def the(entity: Entity) -> str:
    """The entity with its article, if it takes one: "the floor lamp", "Rover", "the Trader Joes list"."""
    name, domain = written(entity.name), domain_of(entity)
    if domain in NAMES_OF_THEIR_OWN:
        return entity.name if domain in ("person", "zone") else name
    if domain == "todo" and not _ends_in_list(name):
        name = f"{name} list"
    return name if _takes_no_article(name) else f"{LANGUAGE.ARTICLE} {name}"


def _ends_in_list(name: str) -> bool:
    return _last_word(name) in LANGUAGE.LIST_WORDS


def _last_word(name: str) -> str:
    return name.casefold().split()[-1] if name.split() else ""


def _takes_no_article(name: str) -> bool:
    first = name.split()[0] if name else ""
    if first.casefold() in LANGUAGE.NO_ARTICLE_AFTER or first.endswith(("'s", "’s", "s'")):
        return True
    return not (kinds_named(name) or any(word.casefold() in LANGUAGE.ORDINARY for word in name.split()))


def is_several(entity: Entity) -> bool:
    """The name is a plural: "Kitchen Lights"."""
    return _last_word(entity.name) in _SEVERAL


def noun(entities: Sequence[Entity], several: bool = True) -> str:
    """The word for what they have in common: "lights", "blinds", "things"."""
    kinds = {entity.kind for entity in entities}
    kind = KINDS.get(next(iter(kinds)) or "") if len(kinds) == 1 else None
    if kind is not None and kind.words and not kind.generic:
        return plural(kind.words[0]) if several else kind.words[0]
    domains = {domain_of(entity) for entity in entities}
    return LANGUAGE.NOUNS.get(next(iter(domains)) if len(domains) == 1 else "", LANGUAGE.NOUNS[""])[several]


def count(amount: int, of: Sequence[Entity] | str) -> str:
    """ "two lights", "13 timers"; `of` is entities, or a key of LANGUAGE.NOUNS."""
    word = LANGUAGE.NOUNS[of][amount != 1] if isinstance(of, str) else noun(of, amount != 1)
    return f"{amount_of(amount)} {word}"


def amount_of(amount: int) -> str:
    """A small number in words, a great one in digits."""
    return num2words(amount) if 0 < amount <= COUNTED_IN_WORDS else "no" if amount == 0 else str(amount)


def things(entities: Sequence[Entity]) -> str:
    """One by its name, several counted: "the floor lamp", "two lights"."""
    return the(entities[0]) if len(entities) == 1 else count(len(entities), entities)


def listed(entities: Sequence[Entity], most: int = 6, word: str = "") -> str:
    """By their names, as long as they are not too many: "the floor lamp, the desk lamp and the TV"."""
    return join([the(entity) for entity in entities], word) if len(entities) <= most else count(len(entities), entities)


def are_several(entities: Sequence[Entity]) -> bool:
    return len(entities) > 1 or (len(entities) == 1 and is_several(entities[0]))


def is_outside(home: Home, area_id: str | None) -> bool:
    """The area is out of doors, as far as its name tells."""
    area = home.areas.get(area_id or "")
    return area is not None and any(word in LANGUAGE.OUTSIDE_WORDS for name in (area.name, *area.aliases) for word in name.casefold().split())


def place(home: Home, area_id: str | None) -> str:
    """ "in the living room", "outside"; "" where the area is not known."""
    area = home.areas.get(area_id or "")
    if area is None:
        return ""
    if is_outside(home, area_id) and area.name.casefold() in ("outside", "outdoors"):
        return LANGUAGE.OUTSIDE
    return LANGUAGE.IN_PLACE.format(place=the_area(area.name))


def the_area(name: str) -> str:
    """ "the living room", "Bob's room"."""
    plain = written(name)
    words = plain.split()
    own = words[0].endswith(("'s", "’s", "s'")) or words[0].casefold() in LANGUAGE.NO_ARTICLE_AFTER if words else True
    return plain if own or (words and words[0] in ("upstairs", "downstairs", "outside")) else f"{LANGUAGE.ARTICLE} {plain}"
