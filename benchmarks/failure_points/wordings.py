"""How people of the house say things, and how that is heard: three disjoint sets, two to develop on and one to measure."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Wordings:
    """One of two disjoint sets: ordinary wordings, ones that are hard to read, names and phrases of their own, what is heard for a word..."""

    plain: Mapping[str, tuple[str, ...]]
    hard: Mapping[str, tuple[str, ...]]
    nicknames: tuple[str, ...]
    phrases: tuple[str, ...]
    heard: Mapping[str, str]
    chatter: tuple[str, ...]
    nobody: tuple[tuple[str, ...], ...]
    content: tuple[str, ...]
    vague: tuple[str, ...]


DEVELOP = Wordings(
    {"on": ("turn on the {}", "switch the {} on", "{} on please"), "off": ("turn off the {}", "switch the {} off"), "open": ("open the {}",
     "open up the {}"),
     "close": ("close the {}", "shut the {}"), "dim": ("set the {} to {v} percent", "dim the {} to {v} percent")},
    {"on": ("get the {} running for me would you", "let the {} do its thing", "i could use the {}"), "off": ("kill the juice to the {}",
     "we are done with the {}"),
     "open": ("let some sun past the {}", "i want the {} out of the way"), "close": ("have the {} cover the window", "block the view with the {}"),
     "dim": ("{v} for the {}", "let us have the {} about {v}")},
    ("moon lamp", "old faithful", "glowy thing", "big bertha", "the beast", "sunny"),
    ("movie time", "i am off to bed", "cosy evening", "guests are coming", "breakfast club", "power hour"),
    {"lamp": "land", "floor": "four", "desk": "disc", "kettle": "cattle", "counter": "county", "curtains": "certain", "blinds": "lines",
     "light": "right",
     "lights": "rights", "coffee": "copy", "mirror": "miller", "night": "nice", "fan": "van", "hood": "good", "dryer": "drier", "tv": "tea",
     "anna's": "hannah's",
     "bob's": "pops", "washing": "watching", "on": "off", "garden": "gordon", "bedroom": "bathroom", "fifty": "fifteen", "study": "steady"},
    ("did you see the match last night", "i told her it was far too expensive", "and then he just walked out of the room",
     "we should call your mother on sunday",
     "the weather has been awful lately", "coming up next the news at ten", "put it on the table please", "no way he said that",
     "can you pass me the salt"),
    (("order me a pizza", "get a pizza delivered"), ("call my sister",), ("book a table for two", "reserve a table at the italian place"),
     ("turn on the toaster",),
     ("feed the cat", "give the cat her food"), ("what is the score of the game",)),
    ("jazz", "some rock music", "bach"),
    ("turn on the light", "turn on the lamp", "switch on the light"),
)  # fmt: skip
SECOND = Wordings(
    {"on": ("put the {} on", "start up the {}", "switch on the {}"), "off": ("put the {} off", "switch off the {}", "{} off"),
     "open": ("please open the {}", "open the {} now"),
     "close": ("close the {} please", "can you close the {}"), "dim": ("change the {} to {v} percent", "{} to {v} percent")},
    {"on": ("it is time for the {}", "may the {} be with us", "wake the {} from its sleep"), "off": ("give the {} a rest", "the {} may sleep now"),
     "open": ("no more {} in front of the window", "the {} should let the light in"), "close": ("nobody should look past the {}",
     "hide us behind the {}"),
     "dim": ("something like {v} would suit the {}", "the {} feels like {v} to me")},
    ("dragon eye", "grandpa", "little star", "the monster", "dotty", "lighthouse"),
    ("story hour", "i am heading out", "romantic mood", "the game is on", "rise and shine", "spa night"),
    {"lamp": "lamb", "floor": "flaw", "desk": "dusk", "kettle": "metal", "counter": "counting", "curtains": "curtain's", "blinds": "blinks",
     "light": "lied",
     "lights": "lies", "coffee": "coughing", "mirror": "mere", "night": "knight", "fan": "fun", "hood": "wood", "dryer": "dire", "tv": "t v v",
     "anna's": "anners",
     "bob's": "barbs", "washing": "wash in", "off": "of", "garden": "guarding", "bedroom": "bedrooms", "fifty": "fifteen", "study": "stud he"},
    ("have you done your homework yet", "she said they would be here by six", "this is the best cake i ever had", "what a goal from the midfielder",
     "now over to our reporter in london", "i cannot find my keys anywhere", "is it your turn to cook", "that song reminds me of school",
     "leave it by the door"),
    (("send a fax to the office", "fax this to the office"), ("write an email to tom",), ("find me a flight to rome", "look for flights to rome"),
     ("turn on the dishwasher",),
     ("walk the dog", "take the dog out"), ("who won the election",)),
    ("the beatles", "classical music", "blues"),
    ("put the light on", "light on", "turn a lamp on"),
)  # fmt: skip
MEASURE = Wordings(
    {"on": ("power on the {}", "get the {} on", "the {} on"), "off": ("power off the {}", "cut the {}", "the {} off"), "open": ("raise the {}",
     "open the {} for me"),
     "close": ("lower the {}", "close the {} for me"), "dim": ("brightness of the {} to {v} percent", "turn the {} to {v} percent")},
    {"on": ("bring the {} to life", "the {} has slept long enough", "we shall need the {}"), "off": ("let the {} go dark",
     "nobody needs the {} any more"),
     "open": ("may daylight come through the {}", "get the {} out of my view"), "close": ("the neighbours see us past the {}",
     "i want privacy from the {}"),
     "dim": ("i picture the {} near {v}", "{v} is how i like the {}")},
    ("pumpkin", "the wizard", "blue whale", "aunt sally", "rusty", "north star"),
    ("homework o clock", "popcorn please", "nap attack", "band practice", "sunday brunch", "yoga flow"),
    {"lamp": "ramp", "floor": "flour", "desk": "desks", "kettle": "cuttle", "counter": "encounter", "curtains": "curtail", "blinds": "blondes",
     "light": "late",
     "lights": "lates", "coffee": "cough he", "mirror": "mirrored", "night": "nine", "fan": "fam", "hood": "hooded", "dryer": "fryer",
     "tv": "tee wee",
     "anna's": "on his", "bob's": "bobs", "washing": "wishing", "off": "often", "garden": "garter", "bedroom": "bed rum", "fifty": "fifteen",
     "study": "sturdy"},
    ("could be worse i suppose", "my back hurts from all that digging", "he scored twice in the second half", "grandma is visiting next weekend",
     "stay tuned for more after the break", "whose shoes are these", "that soup smells wonderful", "it costs about ten pounds",
     "hand me that towel will you"),
    (("buy me a train ticket", "get train tickets"), ("print my letter",), ("wash the car", "clean the car for me"), ("turn on the jacuzzi",),
     ("mow my neighbour's lawn",), ("translate this into french",)),
    ("country music", "mozart", "some reggae"),
    ("get the light on", "lamp on", "light please"),
)  # fmt: skip
SETS = {"develop": DEVELOP, "second": SECOND, "measure": MEASURE}
