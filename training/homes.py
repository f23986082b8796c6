"""Made-up homes to train in: many names, so that the model learns how people speak and not what things are called."""

import random

from devices.home import Area, Entity, Floor, Home
from training.texts import listed

ROOMS = listed(
    """Kitchen|Living Room|Bedroom|Master Bedroom|Bathroom|Hallway|Dining Room|Office|Garage|Garden|Basement|Attic|Kids Room|Guest Room|Porch|
Laundry Room|Entrance|Balcony|Gym|Library|Study|Nursery|Den|Conservatory|Cellar|Patio|Terrace|Playroom|Workshop|Shed|Pantry|Sunroom|Foyer|Loft|
Studio|Utility Room|Anna's Room|Family Room|Media Room|Upstairs Bathroom|Bar|Pool House|Driveway|Stairs"""
)
FLOORS = ("Upstairs", "Downstairs", "First Floor", "Second Floor", "Ground Floor")
THINGS: dict[str, tuple[str, ...]] = {
    "light": listed(
        "Light|Lamp|Ceiling Light|Floor Lamp|Desk Lamp|Spotlights|Chandelier|LED Strip|Bedside Lamp|Pendant|Reading Light|Overhead Light|Lights"
    ),
    "switch": listed(
        "Plug|Socket|Smart Plug|Heater|Fountain|Pump|Coffee Machine|Washing Machine|Dishwasher|Dryer|Charger|Christmas Tree|Switch|Humidifier Plug"
    ),
    "fan": ("Fan", "Ceiling Fan", "Extractor Fan", "Tower Fan"),
    "cover": ("Blinds", "Curtains", "Shutters", "Garage Door", "Shades", "Awning", "Gate", "Window"),
    "lock": ("Door", "Front Door", "Back Door Lock", "Gate Lock", "Safe Lock"),
    "climate": ("Thermostat", "Oven", "Heating", "Air Conditioner", "Radiator"),
    "media_player": ("TV", "Speaker", "Radio", "Sonos", "Projector", "Soundbar", "Media Player", "Apple TV", "Echo"),
    "vacuum": ("Vacuum", "Roomba", "Robot Vacuum", "Rover", "Dusty"),
    "lawn_mower": ("Mower", "Clippy"),
    "valve": ("Main Valve", "Sprinkler", "Water Valve"),
    "humidifier": ("Humidifier", "Dehumidifier"),
    "sensor": ("Temperature", "Humidity", "Battery", "Power Meter", "Air Quality Sensor"),
    "binary_sensor": ("Motion Sensor", "Window Sensor", "Leak Sensor", "Smoke Detector"),
    "scene": ("Movie Night", "Good Night", "Party Mode", "Relax", "Dinner", "Bright", "Romantic"),
    "script": ("Bedtime Routine", "Leave Home", "Stealth Mode", "Wake Up"),
    "todo": ("Shopping List", "Chores", "Groceries", "To Do", "Packing List", "Wish List", "Trader Joes"),
    "person": ("Anna", "Ben", "Jane", "Ada", "Tom"),
    "alarm_control_panel": ("House Alarm",),
    "automation": ("Morning Lights",),
    "button": ("Doorbell Button",),
    "water_heater": ("Boiler",),
}
ROOMLESS = frozenset(listed("vacuum|lawn_mower|scene|script|todo|person|alarm_control_panel|automation|button|water_heater|valve"))
COUNTS = {"light": 9, "switch": 7, "media_player": 5, "cover": 5}


def home(seed: int) -> Home:
    """A home of some forty things in ten rooms; the same for the same seed."""
    rng = random.Random(seed * 7919 + 13)
    floors = {f.lower().replace(" ", "_"): Floor(f.lower().replace(" ", "_"), f) for f in rng.sample(FLOORS, 2)}
    areas = {}
    for room in rng.sample(ROOMS, 10):
        key = room.lower().replace(" ", "_").replace("'", "")
        areas[key] = Area(key, room, (), rng.choice(sorted(floors)))
    entities: dict[str, Entity] = {}
    for domain, names in THINGS.items():
        for n in range(COUNTS.get(domain, 3)):
            area = rng.choice(sorted(areas))
            name = rng.choice(names)
            if domain not in ROOMLESS and rng.random() < 0.6:
                name = f"{areas[area].name} {name}"
            key = f"{domain}.{n}_{name.lower().replace(' ', '_')}"
            entities[key] = Entity(key, name, (), area if domain not in ROOMLESS else None, None, domain)
    return Home(areas=areas, floors=floors, entities=entities, version=seed + 1)
