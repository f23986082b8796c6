"""Kitchen and laundry machines: start and stop them, whatever they hang on: a switch, a button, a thing of their own."""

from collections.abc import Callable, Sequence

from agent import words
from agent.records import Context, Plan, Resolution
from agent.stages import Phrase, Skill
from agent.words import domain_of
from devices.home import Entity
from skills.plans import Step, act, decline, targets
from skills.switching import switched

ACTIVITY_KINDS: dict[str, tuple[str, ...]] = {
    "brew": ("coffee_maker", "kettle"),
    "coffee": ("coffee_maker",),
    "tea": ("kettle",),
    "wash": ("washing_machine",),
    "dishes": ("dishwasher",),
    "dry": ("dryer",),
    "bake": ("oven",),
    "toast": ("toaster",),
}
"""Activity -> the kinds of thing that do it: the candidates of a request that names none."""
STARTED_BY_PRESS = ("button", "input_button")
SELECTED = ("select", "input_select")
START_OPTIONS = ("start", "run", "on", "running")
STOP_OPTIONS = ("stop", "off", "cancel", "idle")


def start(resolution: Resolution, context: Context) -> Plan:
    """Slots: activity where no machine was named ("start brewing")."""
    return _each(targets(resolution, context), context, lambda e: _step(e, off=False), "appliance.cannot_start")


def stop(resolution: Resolution, context: Context) -> Plan:
    return _each(targets(resolution, context), context, lambda e: _step(e, off=True), "appliance.cannot_stop")


def _each(machines: Sequence[Entity], context: Context, step: Callable[[Entity], Step | None], trouble: str) -> Plan:
    steps = [made for made in map(step, machines) if made is not None]
    if machines and not steps:
        return decline(words.say(trouble, what=words.listed(machines), **words.forms(words.are_several(machines))))
    return act(steps, context)


def _step(machine: Entity, off: bool) -> Step | None:
    """A selector is set to its own word for it; the rest is switched. A sensor only tells."""
    domain = domain_of(machine)
    if domain in SELECTED:
        told = [str(option) for option in machine.attributes.get("options") or ()]
        wanted = next((option for option in told if option.casefold() in (STOP_OPTIONS if off else START_OPTIONS)), None)
        return (machine.entity_id, f"{domain}.select_option", {"option": wanted}) if wanted else None
    return switched(machine, off)


MACHINES = (
    "coffee_maker", "kettle", "washing_machine", "dishwasher", "dryer", "oven", "hob", "microwave", "toaster", "air_fryer",
    "slow_cooker", "grill", "hot_tub", "sauna", "pet_feeder", "hair_dryer", "iron", "printer",
)  # fmt: skip
BREW = {"activity": "brew"}
COFFEE = {"activity": "coffee", "kind": "coffee_maker"}
TEA = {"activity": "tea", "kind": "kettle"}
WASH = {"activity": "wash", "kind": "washing_machine"}
DISHES = {"activity": "dishes", "kind": "dishwasher"}
DRY = {"activity": "dry", "kind": "dryer"}
OVEN = {"activity": "bake", "kind": "oven"}
TOAST = {"activity": "toast", "kind": "toaster"}

SKILL = Skill(
    name="appliances",
    phrases={
        "ExtApplianceStart": (
            Phrase("(start|begin|run|launch|get going|fire up|kick off) <named> [cycle|program|programme]", requires=MACHINES),
            Phrase("(start|begin|run|turn on|switch on|put on|fire up|launch) [<the>] {kind} [<place>]"),
            Phrase("(get|have|let|set) <named> (going|running|started|run|start)", requires=MACHINES),
            Phrase("(start|begin|keep) brewing", BREW),
            Phrase("(brew|brew something|brew up|start the brew|put a brew on|get brewing|brewing please)", BREW),
            Phrase(
                "(make|brew|prepare|fix|get|start|start making|put on|do|cook) [me|us] [a|some|my|the|another] [cup of|pot of|"
                "cups of|mug of|morning|fresh|hot|strong] (coffee|espresso|cappuccino|latte)",
                COFFEE,
            ),
            Phrase("(make|brew|prepare|start|start brewing) [me|us] [a|some|the] (coffee|espresso) for (me|us|everyone|{number:number})", COFFEE),
            Phrase("<i_want> [a|some|my] [cup of|pot of|morning|hot] (coffee|espresso|cappuccino|latte)", COFFEE),
            Phrase("(coffee|coffee time|time for coffee|coffee please)", COFFEE),
            Phrase(
                "(turn on|switch on|start|activate|run|warm up) [<the>] (coffee|coffee machine|coffee maker|coffeemaker|espresso machine|coffee pot)",
                COFFEE,
            ),
            Phrase("(make|brew|prepare|get|fix) [me|us] [a|some|the] [cup of|pot of|cups of] tea", TEA),
            Phrase("<i_want> [a|some|my] [cup of|pot of] tea", TEA),
            Phrase("(boil|heat) [the|some] water", TEA),
            Phrase("(boil|put on|start|turn on|switch on) [the] kettle", TEA),
            Phrase("(put|turn|switch) [the] kettle on", TEA),
            Phrase("(start|begin|do|run) [the] (washing|laundry|wash|a wash|a load of laundry)", WASH),
            Phrase("(wash|do) [the|my|our] (clothes|laundry)", WASH),
            Phrase("(start|begin|do|run|wash) [the] (dishes|washing up|dish washing)", DISHES),
            Phrase("(dry|start drying) [the|my|our] (clothes|laundry)", DRY),
            Phrase("(turn on|switch on|start|heat up|heat|preheat|fire up|light) [the] oven", OVEN),
            Phrase("(turn|switch) [the] oven on", OVEN),
            Phrase("(make|start) [me|us] [some|a] toast", TOAST),
            Phrase("feed [the|my|our] (cat|dog|cats|dogs|fish|pet|pets)", {"kind": "pet_feeder"}),
        ),
        "ExtApplianceStop": (
            Phrase("(stop|end|abort|cancel|quit|finish) <named> [cycle|program|programme]", requires=MACHINES),
            Phrase("(stop|end|turn off|switch off|shut off) [<the>] {kind} [<place>]"),
            Phrase("(stop|quit) brewing", BREW),
            Phrase("(stop|turn off|switch off) [making] [the] (coffee|coffee machine|coffee maker|espresso machine|coffee pot)", COFFEE),
            Phrase("(turn off|switch off|stop) [the] kettle", TEA),
            Phrase("(stop|end|cancel) [the] (washing|laundry|wash)", WASH),
            Phrase("(stop|end|cancel) [the] (dishes|dish washing)", DISHES),
            Phrase("(stop|end) (drying|the drying)", DRY),
            Phrase("(turn off|switch off|shut off) [the] oven", OVEN),
            Phrase("(turn|switch) [the] (oven|stove) off", OVEN),
        ),
    },
    handlers={"ExtApplianceStart": start, "ExtApplianceStop": stop},
)
