"""Kitchen and laundry machines: start and stop them, whatever they hang on: a switch, a button, a thing of their own."""

from collections.abc import Callable, Sequence

from agent import words
from agent.records import Context, Plan, Resolution
from agent.stages import Phrase, Skill
from agent.words import domain_of
from devices.home import Entity
from devices.kinds import KINDS
from skills.plans import Step, act, decline, targets
from skills.switching import switched

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


COFFEE = {"kind": "coffee_maker"}
KETTLE = {"kind": "kettle"}
OVEN = {"kind": "oven"}
CUP = "[a|an|some|my|the|another|five|two|three] [cup of|cups of|pot of|mug of|morning|fresh|hot|strong|nice|good|big|large|small]"
DRINK = "(coffee|coffees|espresso|cappuccino|latte|coffee drink)"
BREW = {"activity": "brew"}
MACHINE = {"kind": ["washing_machine", "dishwasher", "dryer", "coffee_maker"]}
"""What "the machine" is."""
MACHINES = (
    "washing_machine",
    "dishwasher",
    "dryer",
    "microwave",
    "toaster",
    "air_fryer",
    "slow_cooker",
    "grill",
    "hot_tub",
    "sauna",
    "pet_feeder",
    "hair_dryer",
    "iron",
    "printer",
    "coffee_maker",
    "kettle",
    "oven",
)
"""Kinds that are started and stopped."""
SWITCHED_ON = ("coffee_maker", "kettle", "oven")
"""Kinds for which starting is switching on: Home Assistant has an intent for that."""
STARTED = tuple(kind for kind in MACHINES if kind not in SWITCHED_ON)


def _machines(verbs: str, which: Sequence[str] = MACHINES) -> tuple[Phrase, ...]:
    """ "Start the washing machine": each kind by its own words."""
    kinds = ((kind, "|".join(KINDS[kind].words)) for kind in which)
    return tuple(Phrase(f"{verbs} [<the>] ({said}) [cycle|program|programme] [<place>]", {"kind": kind}) for kind, said in kinds)


def _switched(ending: str, verbs: str) -> tuple[Phrase, ...]:
    """ "Turn on the oven", "switch the kettle off"."""
    kinds = [(kind, "|".join(KINDS[kind].words)) for kind in (*MACHINES, "hob")]
    return tuple(
        phrase
        for kind, said in kinds
        for phrase in (
            Phrase(f"{verbs} [<the>] ({said}) [<place>]", {"kind": kind}),
            Phrase(f"(turn|switch|put) [<the>] ({said}) {ending} [<place>]", {"kind": kind}),
        )
    )


SKILL = Skill(
    name="appliances",
    phrases={
        "HassTurnOn": (
            *_switched("on", "(turn on|switch on|put on|power on|fire up|activate)"),
            Phrase(
                f"(make|brew|prepare|fix|get|bring|start|start making|start brewing|put on|do|cook) [me|us] {CUP} {DRINK} [for (me|us|everyone)]",
                COFFEE,
            ),
            Phrase(f"<i_want> [to have|to drink|to get] {CUP} {DRINK}", COFFEE),
            Phrase("(coffee|coffee time|time for coffee|coffee make now|make coffee now)", COFFEE),
            *_machines("(start|begin|run|launch|get going|kick off|set off)", SWITCHED_ON),
            Phrase("(start|begin|run|launch|get going|kick off) <named> [cycle|program|programme]", requires=SWITCHED_ON),
            Phrase("(get|have|let|set) <named> (going|running|started|run|start)", requires=SWITCHED_ON),
            Phrase("start [the|my|our] coffee", COFFEE),
            Phrase("(begin|start) the brew", COFFEE),
            Phrase(f"(ask|tell|have) [the] (coffee machine|coffee maker) [to] (make|brew) {CUP} {DRINK}", COFFEE),
            Phrase(f"make {CUP} {DRINK} (with|from|in|on) the (coffee machine|coffee maker|espresso machine)", COFFEE),
            Phrase("(make|brew|prepare|get|fix) [me|us] [a|some|the] [cup of|pot of|cups of] tea", KETTLE),
            Phrase("<i_want> [a|some|my] [cup of|pot of] tea", KETTLE),
            Phrase("(boil|heat) [the|some] water", KETTLE),
            Phrase("(boil|put on) [the] kettle", KETTLE),
            Phrase("(heat up|heat|preheat|light) [the] oven", OVEN),
        ),
        "HassTurnOff": (
            *_switched("off", "(turn off|switch off|shut off|power off|power down|deactivate)"),
            Phrase(f"stop [making] [the] {DRINK}", COFFEE),
        ),
        "ExtApplianceStart": (
            *_machines("(start|begin|run|launch|get going|kick off|set off)", STARTED),
            Phrase("(start|begin|run|launch|get going|kick off) <named> [cycle|program|programme]", requires=STARTED),
            Phrase("(get|have|let|set) <named> (going|running|started|run|start)", requires=STARTED),
            Phrase("(start|run|launch|kick off) (it|that|this|that one|this one) [up|again]", {"name": "it"}),
            Phrase("(start|begin|run|launch|turn on|switch on) [<the>] (machine|appliance) [<place>]", MACHINE),
            Phrase(
                "(make|fix|get|prepare|brew|bring) "
                "[me|us] (a drink|a hot drink|something to drink|something hot|a cup of something|a cuppa)",
                BREW,
            ),
            Phrase("(i want|i would like|i need|i could use|i could do with) (a drink|a hot drink|something to drink|something hot to drink)", BREW),
            Phrase("(make|fix|get|prepare|brew) [me|us] [my] (usual|favorite drink|usual drink|favorite)", BREW),
            Phrase("(start|begin|keep) brewing", BREW),
            Phrase("(brew|brew something|brew up|start the brew|put a brew on|get brewing)", BREW),
            Phrase("(start|begin|do|run) [the] (washing|laundry|wash|a wash|a load of laundry)", {"kind": "washing_machine"}),
            Phrase("(wash|do) [the|my|our] (clothes|laundry)", {"kind": "washing_machine"}),
            Phrase("(start|begin|do|run|wash) [the] (dishes|washing up|dish washing)", {"kind": "dishwasher"}),
            Phrase("(dry|start drying) [the|my|our] (clothes|laundry)", {"kind": "dryer"}),
            Phrase("(make|start) [me|us] [some|a] toast", {"kind": "toaster"}),
            Phrase("feed [the|my|our] (cat|dog|cats|dogs|fish|pet|pets)", {"kind": "pet_feeder"}),
        ),
        "ExtApplianceStop": (
            *_machines("(stop|end|abort|quit|finish|halt)"),
            Phrase("(stop|end|abort|quit|finish|halt) <named> (cycle|program|programme)", requires=MACHINES),
            Phrase("(stop|end|turn off|switch off) [<the>] (machine|appliance) [<place>]", MACHINE),
            Phrase("(stop|quit) brewing", BREW),
            Phrase("(stop|end|cancel) [the] (washing|laundry|wash)", {"kind": "washing_machine"}),
            Phrase("(stop|end|cancel) [the] (dishes|dish washing)", {"kind": "dishwasher"}),
            Phrase("(stop|end) (drying|the drying)", {"kind": "dryer"}),
        ),
    },
    handlers={"ExtApplianceStart": start, "ExtApplianceStop": stop},
)
