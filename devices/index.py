"""A home's things by what is asked of them: name, end of a name, domain, sort, room. Made once a home, not once a request."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from devices.home import Entity, Home

Ids = tuple[str, ...]
NONE: Ids = ()


@dataclass(frozen=True, slots=True)
class Index:
    """Entity ids, in the home's order. Names are in lower case; `endings` are all names without their first words ("light", "ceiling light").

    `sorts` holds kinds and device classes, kinds of doors and sensors without that word too ("garage_door", "garage").
    """

    names: Mapping[str, Ids]
    endings: Mapping[str, Ids]
    domains: Mapping[str, Ids]
    sorts: Mapping[str, Ids]
    areas: Mapping[str, Ids]
    order: Mapping[str, int]

    @classmethod
    def of(cls, home: Home) -> "Index":
        """O(entities): some 10 us for each."""
        names: dict[str, list[str]] = defaultdict(list)
        endings: dict[str, list[str]] = defaultdict(list)
        domains: dict[str, list[str]] = defaultdict(list)
        sorts: dict[str, list[str]] = defaultdict(list)
        areas: dict[str, list[str]] = defaultdict(list)
        for entity_id, entity in home.entities.items():
            for name in {n.casefold() for n in entity.names}:
                names[name].append(entity_id)
            for ending in _endings(entity):
                endings[ending].append(entity_id)
            for sort in sorts_of(entity):
                sorts[sort].append(entity_id)
            domains[entity.domain or entity_id.partition(".")[0]].append(entity_id)
            areas[home.area_of(entity) or ""].append(entity_id)
        order = {entity_id: place for place, entity_id in enumerate(home.entities)}
        return cls(_fixed(names), _fixed(endings), _fixed(domains), _fixed(sorts), _fixed(areas), order)

    def any_of(self, table: Mapping[str, Ids], keys: Iterable[str]) -> Ids:
        """The ids under any of the keys, in the home's order."""
        found = [table[key] for key in dict.fromkeys(keys) if key in table]
        if len(found) < 2:
            return found[0] if found else NONE
        return tuple(sorted({i for ids in found for i in ids}, key=self.order.__getitem__))


def _fixed(table: Mapping[str, list[str]]) -> Mapping[str, Ids]:
    return {key: tuple(ids) for key, ids in table.items()}


def _endings(entity: Entity) -> set[str]:
    words = [name.casefold().split(" ") for name in entity.names]
    return {" ".join(w[i:]) for w in words for i in range(1, len(w))}


def sorts_of(entity: Entity) -> set[str]:
    """What an entity goes by: its kind and device class, those of doors and sensors without that word too."""
    kind = entity.kind or ""
    return {str(entity.device_class or ""), kind, kind.removesuffix("_door"), kind.removesuffix("_sensor")} - {""}
