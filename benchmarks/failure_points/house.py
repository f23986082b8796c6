"""The house of the script as its people know it: its things, what can be wanted of them, and what that is to an agent."""

from dataclasses import dataclass
from pathlib import Path

HOME = Path(__file__).parents[2] / "tests" / "homes" / "house.json"


@dataclass(frozen=True)
class Thing:
    """Something of the house, as its people call it; `room` is said where the name alone is not enough."""

    entity_id: str
    name: str
    area: str
    deeds: tuple[str, ...] = ("on", "off")
    label: str = ""


THINGS = (
    Thing("light.floor_lamp", "floor lamp", "living_room"), Thing("light.counter", "counter light", "kitchen"), Thing("light.desk_lamp",
    "desk lamp", "study"),
    Thing("light.anna_lamp", "anna's lamp", "bedroom"), Thing("light.bob_lamp", "bob's lamp", "bedroom"), Thing("light.night_light", "night light",
    "kids_room"),
    Thing("light.mirror", "mirror light", "bathroom"), Thing("light.garden", "garden lights", "garden"), Thing("switch.coffee_maker",
    "coffee maker", "kitchen"),
    Thing("switch.kettle", "kettle", "kitchen"), Thing("switch.washing_machine", "washing machine", "utility"), Thing("switch.dryer",
    "tumble dryer", "utility"),
    Thing("fan.bedroom", "ceiling fan", "bedroom"), Thing("fan.hood", "extractor hood", "kitchen"), Thing("media_player.tv", "tv", "living_room"),
    Thing("light.living_ceiling", "living room ceiling light", "living_room", label="Ceiling Light"),
    Thing("light.kitchen_ceiling", "kitchen ceiling light", "kitchen", label="Ceiling Light"),
    Thing("light.bedroom_ceiling", "bedroom ceiling light", "bedroom", label="Ceiling Light"),
    Thing("cover.living_blinds", "living room blinds", "living_room", ("open", "close"), "Blinds"),
    Thing("cover.study_blinds", "study blinds", "study", ("open", "close"), "Blinds"),
    Thing("cover.bedroom_curtains", "curtains", "bedroom", ("open", "close")),
)  # fmt: skip
BY_ID = {t.entity_id: t for t in THINGS}
DIMMABLE = {t.entity_id for t in THINGS if t.entity_id.startswith("light.")} - {"light.garden"}
ROOMS = ("living_room", "kitchen", "bedroom", "study")
STATES = {"on": "on", "off": "off", "open": "open", "close": "closed"}
VERBS = {"on": "turn_on", "off": "turn_off", "open": "open_cover", "close": "close_cover", "dim": "turn_on"}
OTHER = {"on": "off", "off": "on", "open": "close", "close": "open"}
INTENTS = {
    "on": {"HassTurnOn", "ExtApplianceStart"}, "off": {"HassTurnOff", "ExtApplianceStop"}, "open": {"HassTurnOn", "HassSetPosition"},
    "close": {"HassTurnOff", "HassSetPosition"}, "dim": {"HassLightSet"}, "ask": {"HassClimateGetTemperature", "HassGetState"},
    "play": {"HassMediaSearchAndPlay"},
}  # fmt: skip


@dataclass(frozen=True)
class Goal:
    thing: Thing
    deed: str
    value: int | None = None

    @property
    def service(self) -> str:
        return VERBS[self.deed]

    @property
    def intents(self) -> set[str]:
        return INTENTS[self.deed]

    @property
    def ends_in(self) -> str:
        """The state of the thing, once it has come about."""
        return "on" if self.deed == "dim" else STATES[self.deed]

    @property
    def contrary(self) -> "Goal":
        return Goal(self.thing, OTHER[self.deed])

    def said(self, wording: str, name: str = "") -> str:
        return spoken(wording.format(name or self.thing.name, v=self.value))

    def name_alone(self) -> str:
        return spoken(f"the {self.thing.name}")


def spoken(text: str) -> str:
    """Names of people and names with an article take none before them."""
    return text.replace("the anna", "anna").replace("the bob", "bob").replace("the the", "the").replace("the grandpa", "grandpa")
