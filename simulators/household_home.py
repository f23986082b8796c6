"""Homes drawn by chance: rooms, lamps, blinds, players, heating, machines and locks, as a HOME.json and as the things that people speak of.

A pure function of a generator: the same seed draws the same home. Nothing here knows the agent.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

Sort = Literal["lamp", "blind", "heating", "player", "machine", "fan", "lock", "garage", "oven"]

ROOMS = ("living room", "kitchen", "bedroom", "study", "bathroom", "hallway", "kids room", "dining room", "guest room", "attic")
ALWAYS = ("living room", "kitchen", "bedroom", "hallway")
LAMPS = {
    "living room": ("floor lamp", "reading lamp", "corner lamp", "paper lamp", "shelf light", "sofa lamp"),
    "kitchen": ("counter light", "table lamp", "stove light", "pantry light"),
    "bedroom": ("bed lamp", "wardrobe light", "salt lamp", "dresser lamp"),
    "study": ("desk lamp", "globe lamp", "monitor light"),
    "bathroom": ("mirror light", "shower light"),
    "hallway": ("mirror lamp", "coat light", "stair light"),
    "kids room": ("night light", "star lamp", "rocket lamp"),
    "dining room": ("chandelier", "sideboard lamp"),
    "guest room": ("window lamp", "clip lamp"),
    "attic": ("beam light", "spot lamp"),
}
NAMES = ("Anna", "Bob", "Clara", "David", "Eva", "Frank", "Greta", "Henry", "Ines", "Jonas", "Karin", "Leo", "Maria", "Nils", "Olga", "Paul")
PLAIN = {"supported_color_modes": ["brightness"]}
COLOURED = {"supported_color_modes": ["hs", "color_temp"]}


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing of a home as its people know it. `name` is how they call it, without an article; `room` is an area_id."""

    entity_id: str
    name: str
    room: str
    sort: Sort
    coloured: bool = False


@dataclass(frozen=True, slots=True)
class Home:
    """A home: the file that `hearth pipe --home` reads, its things, its people's names, the rooms in which it listens."""

    file: dict[str, Any]
    things: tuple[Thing, ...]
    people: tuple[str, ...]
    listening: tuple[str, ...]

    def of(self, *sorts: Sort) -> tuple[Thing, ...]:
        return tuple(t for t in self.things if t.sort in sorts)


def drawn(chance: random.Random, renamed: bool = False) -> Home:
    """A home by chance. `renamed`: the same home with opaque ids, and other names for its lamps (a canary of the evaluation)."""
    rooms = (*ALWAYS, *chance.sample([r for r in ROOMS if r not in ALWAYS], chance.randint(1, 4)))
    things = [*_things(chance, rooms)]
    people = tuple(chance.sample(NAMES, chance.choice((1, 2, 2, 2, 3, 3, 4))))
    if renamed:
        things = [*_renamed(things)]
    listening = tuple(dict.fromkeys((*ALWAYS[:3], *chance.sample(rooms, 2))))
    areas = [{"area_id": area_id(r), "name": r.title()} for r in rooms]
    devices = [{"device_id": f"sat_{area_id(r)}", "name": f"{r.title()} satellite", "area": area_id(r), "speaker": True} for r in listening]
    persons = [{"entity_id": f"person.{p.casefold()}", "name": p, "state": "home", "attributes": {}} for p in people]
    file = {
        "areas": areas,
        "floors": [],
        "devices": devices,
        "entities": [*(_entity(t) for t in things), *persons],
        "location": {"latitude": 52.37, "longitude": 4.9, "time_zone": "UTC"},
    }
    return Home(file, tuple(things), people, tuple(area_id(r) for r in listening))


def area_id(room: str) -> str:
    return room.replace(" ", "_")


def _things(chance: random.Random, rooms: tuple[str, ...]) -> Iterator[Thing]:
    for room in rooms:
        area = area_id(room)
        if chance.random() < 0.8:
            yield Thing(f"light.{area}_ceiling", f"{room} ceiling light", area, "lamp")
        names = chance.sample(LAMPS[room], min(len(LAMPS[room]), chance.choice((1, 1, 2, 3) if room != "living room" else (2, 3, 4))))
        for name in names:
            yield Thing(f"light.{area_id(name)}", name, area, "lamp", coloured=chance.random() < 0.4)
    for room in chance.sample(rooms, chance.randint(1, 3)):
        word = chance.choice(("blind", "curtain", "shutter"))
        yield Thing(f"cover.{area_id(room)}", f"{room} {word}", area_id(room), "blind")
    for room in ("living room", *chance.sample(("bedroom", "kitchen"), chance.randint(0, 2))):
        yield Thing(f"climate.{area_id(room)}", f"{room} thermostat", area_id(room), "heating")
    for room in ("living room", *chance.sample(("kitchen", "bedroom"), chance.randint(0, 2))):
        yield Thing(f"media_player.{area_id(room)}", f"{room} speaker", area_id(room), "player")
    for name in ("coffee maker", *chance.sample(("kettle", "toaster", "rice cooker", "air purifier", "washing machine"), chance.randint(0, 3))):
        yield Thing(f"switch.{area_id(name)}", name, "kitchen", "machine")
    if chance.random() < 0.5:
        yield Thing("fan.bedroom", "bedroom fan", "bedroom", "fan")
    yield Thing("lock.front_door", "front door", "hallway", "lock")
    if chance.random() < 0.5:
        yield Thing("cover.garage", "garage door", "hallway", "garage")
    yield Thing("climate.oven", "oven", "kitchen", "oven")


OTHER_NAMES = (
    "bamboo lamp", "cactus lamp", "copper lamp", "marble lamp", "lotus light", "pebble light", "velvet lamp", "willow lamp", "amber light",
    "harbor lamp", "lantern", "meadow light", "onyx lamp", "pine lamp", "quartz light", "ribbon lamp", "saddle lamp", "tulip lamp", "violin lamp",
    "walnut lamp", "yellow lamp", "zebra lamp", "basket lamp", "falcon light",
)  # fmt: skip


def _renamed(things: list[Thing]) -> Iterator[Thing]:
    free = iter(OTHER_NAMES)
    for number, thing in enumerate(things):
        name = next(free, thing.name) if thing.sort == "lamp" and "ceiling" not in thing.name else thing.name
        grave = thing.sort in ("lock", "garage", "oven")
        yield Thing(thing.entity_id if grave else f"{thing.entity_id.partition('.')[0]}.x{number}", name, thing.room, thing.sort, thing.coloured)


HEAT: dict[str, Any] = {"hvac_modes": ["off", "heat"], "min_temp": 7, "max_temp": 30}
STATES: dict[Sort, tuple[str, dict[str, Any]]] = {
    "blind": ("open", {"device_class": "blind", "current_position": 100}),
    "heating": ("heat", {**HEAT, "current_temperature": 20, "temperature": 20}),
    "player": ("idle", {"device_class": "speaker", "volume_level": 0.4}),
    "machine": ("off", {}),
    "fan": ("off", {"percentage": 0}),
    "lock": ("locked", {}),
    "garage": ("closed", {"device_class": "garage"}),
    "oven": ("off", {"hvac_modes": ["off", "heat"], "min_temp": 50, "max_temp": 250}),
}


def _entity(thing: Thing) -> dict[str, Any]:
    state, attributes = STATES.get(thing.sort, ("off", COLOURED if thing.coloured else PLAIN))
    kind = {"kind": "oven"} if thing.sort == "oven" else {}
    return {"entity_id": thing.entity_id, "name": thing.name.title(), "area": thing.room, "state": state, "attributes": dict(attributes), **kind}
