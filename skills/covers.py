"""Blinds, curtains, garage doors, gates, windows and valves: open, close, to a position, a bit more, stop."""

from agent.records import Context, Plan, Resolution
from agent.stages import Phrase, Skill
from agent.words import domain_of
from devices.effects import number
from devices.home import NOTHING, Entity
from skills.plans import Step, act_each, beyond, features, rounded, slot_number, slot_text

MOVED = ("cover", "valve")
STEP = 20
"""How many per cent "a bit more" is."""
CAN_POSITION = {"cover": 4, "valve": 4}
"""The bit of supported_features that says a position can be set."""


def set_position(resolution: Resolution, context: Context) -> Plan:
    """Slots: position (0-100, 100 is open; else refused with the range), or position_step ("up", "down" or per cents)."""
    asked, step = slot_number(resolution, "position"), slot_text(resolution, "position_step")
    return beyond(asked, resolution, context, MOVED) or act_each(resolution, context, MOVED, lambda entity: _positioned(entity, asked, step))


def _positioned(entity: Entity, asked: float | None, step: str) -> Step | None:
    """A thing that knows no positions is opened or closed at the ends, and nothing else."""
    domain, bits = domain_of(entity), features(entity)
    position = asked if asked is not None else _stepped(entity, step)
    if position is None:
        return None
    position = min(100.0, max(0.0, position))
    if bits is not None and not bits & CAN_POSITION[domain]:
        service = {0.0: "close", 100.0: "open"}.get(position)
        return (entity.entity_id, f"{domain}.{service}_{domain}", NOTHING) if service else None
    return entity.entity_id, f"{domain}.set_{domain}_position", {"position": rounded(position)}


def _stepped(entity: Entity, step: str) -> float | None:
    now = number(entity.attributes.get("current_position"))
    if now is None:
        now = {"open": 100.0, "closed": 0.0}.get(entity.state)
    by = number(step)
    return None if now is None else now + (by if by is not None else -STEP if step == "down" else STEP)


def stop(resolution: Resolution, context: Context) -> Plan:
    return act_each(resolution, context, MOVED, lambda entity: (entity.entity_id, f"{domain_of(entity)}.stop_{domain_of(entity)}", NOTHING))


COVER = {"domain": "cover"}
VALVE = {"domain": "valve"}
IT = {"name": "it", "domain": ["cover", "valve"]}
"""What was spoken of, as far as it can be opened and closed: nothing else is "it"."""
THEM = {**IT, "name": "them"}
EVERY = {"name": "all", "domain": "cover"}
MORE_OPEN = {"domain": "cover", "position_step": "up"}
MORE_CLOSED = {"domain": "cover", "position_step": "down"}

SKILL = Skill(
    name="covers",
    phrases={
        "HassTurnOn": (
            Phrase("(open|open up|unshut) (it|that|this|that one|this one) [up|again|back up|fully|completely|all the way]", IT),
            Phrase(
                "(open|open up|unshut) "
                "(them|those|these|both|both of them|all of them|them all|them both) [up|again|fully|completely|all the way]",
                THEM,
            ),
            Phrase("(open|open up|unshut) (everything|all|all of it|it all) [up] [<place>]", EVERY),
            Phrase("(get|have|make sure) everything [is] (open) [<place>]", EVERY),
            Phrase("<open> <named>", requires=MOVED),
            Phrase("<open> <covers>", COVER),
            Phrase("(activate|enable|turn on|switch on) <named>", requires=("cover",)),
            Phrase("(pull|roll|draw|put|slide|push|get|move|bring|let) <named> (open|up|apart|back)", requires=MOVED),
            Phrase("(pull|roll|draw|put|slide|push|get|move|bring|let) <covers> (open|up|apart|back)", COVER),
            Phrase("<named> (open|up)", requires=MOVED),
            Phrase("<covers> (open|up)", COVER),
            Phrase("(make sure|ensure|see to it|confirm|check) [that] <named> <is> (open|opened|up|raised)", requires=MOVED),
            Phrase("(make sure|ensure|see to it|confirm|check) [that] <covers> <is> (open|opened|up|raised)", COVER),
            Phrase("<i_want> <named> [to be] (open|opened|up|raised)", requires=MOVED),
            Phrase("<i_want> <covers> [to be] (open|opened|up|raised)", COVER),
            Phrase("<named> (should be|needs to be|need to be|has to be|must be) (open|opened|up|raised)", requires=MOVED),
            Phrase("<named> (needs|need|requires) (opening|raising|lifting) [up]", requires=MOVED),
            Phrase("<covers> (needs|need|requires) (opening|raising|lifting) [up]", COVER),
            Phrase(
                "(let|let in) [the] (sun|sunlight|daylight|sunshine) in [<place>]",
                {"domain": "cover", "device_class": ["blind", "curtain", "shade", "shutter"]},
            ),
            Phrase("(turn on|switch on|start) <named>", requires=("valve",)),
            Phrase("(turn on|open) [the] water [<place>]", VALVE),
            Phrase("(open|turn on) [<the>] (valve|valves|tap|taps) [<place>]", VALVE),
            Phrase("(start|turn on) [the] (sprinkler|sprinklers|irrigation|watering) [<place>]", {"kind": "sprinkler"}),
        ),
        "HassTurnOff": (
            Phrase("(close|shut|close up) (it|that|this|that one|this one) [up|again|back up|fully|completely|all the way]", IT),
            Phrase(
                "(close|shut|close up) "
                "(them|those|these|both|both of them|all of them|them all|them both) [up|again|fully|completely|all the way]",
                THEM,
            ),
            Phrase("(close|shut|close up) (everything|all|all of it|it all) [up] [<place>]", EVERY),
            Phrase("(get|have|make sure) everything [is] (closed|shut) [<place>]", EVERY),
            Phrase("<close> <named>", requires=MOVED),
            Phrase("<close> <covers>", COVER),
            Phrase("(deactivate|disable|turn off|switch off|shut off) <named>", requires=("cover",)),
            Phrase("(pull|roll|draw|put|slide|push|get|move|bring|let) <named> (shut|closed|down|together)", requires=MOVED),
            Phrase("(pull|roll|draw|put|slide|push|get|move|bring|let) <covers> (shut|closed|down|together)", COVER),
            Phrase("<named> (closed|shut|close|down)", requires=MOVED),
            Phrase("<covers> (closed|shut|close|down)", COVER),
            Phrase("(make sure|ensure|see to it|confirm|check) [that] <named> <is> (closed|shut|down|lowered)", requires=MOVED),
            Phrase("(make sure|ensure|see to it|confirm|check) [that] <covers> <is> (closed|shut|down|lowered)", COVER),
            Phrase("<i_want> <named> [to be] (closed|shut|down|lowered)", requires=MOVED),
            Phrase("<i_want> <covers> [to be] (closed|shut|down|lowered)", COVER),
            Phrase("<named> (should be|needs to be|need to be|has to be|must be) (closed|shut|down|lowered)", requires=MOVED),
            Phrase("<named> (needs|need|requires) (closing|shutting|lowering) [down]", requires=MOVED),
            Phrase("<covers> (needs|need|requires) (closing|shutting|lowering) [down]", COVER),
            Phrase("(turn off|switch off|shut off|stop) <named>", requires=("valve",)),
            Phrase("(turn off|shut off|close|cut) [the] water [<place>]", VALVE),
            Phrase("(close|shut|turn off) [<the>] (valve|valves|tap|taps) [<place>]", VALVE),
            Phrase("(stop|turn off) [the] (sprinkler|sprinklers|irrigation|watering) [<place>]", {"kind": "sprinkler"}),
        ),
        "HassSetPosition": (
            Phrase("<set> <named> [position] [<to>] {position} [open]", requires=MOVED),
            Phrase("<set> <covers> [position] [<to>] {position} [open] [<place>]", COVER),
            Phrase("<set> [<the>] position (of|for) <named> [<to>] {position}", requires=MOVED),
            Phrase("<set> [<the>] position (of|for) <covers> [<to>] {position}", COVER),
            Phrase(
                "(open|close|raise|lower|lift|increase|decrease|move|drop|bring) <named> [position] [up|down] [<to>] {position} [open]",
                requires=MOVED,
            ),
            Phrase("(open|close|raise|lower|lift|move|drop|bring) <covers> [position] [up|down] [<to>] {position} [open]", COVER),
            Phrase("(open|raise|lift|increase) <named> [up] by {position_step:percent}", requires=MOVED),
            Phrase("(open|raise|lift|increase) <covers> [up] by {position_step:percent}", COVER),
            Phrase("(close|lower|drop|decrease) <named> [down] by {position_step:minus_percent}", requires=MOVED),
            Phrase("(close|lower|drop|decrease) <covers> [down] by {position_step:minus_percent}", COVER),
            Phrase("{position} <named>", requires=MOVED),
            Phrase("<named> [position] [<to>] {position} [open]", requires=MOVED),
            Phrase("<covers> [position] [<to>] {position} [open]", COVER),
            Phrase("(half|halfway) (open|close|raise|lower) <named>", {"position": 50}, requires=MOVED),
            Phrase("(half|halfway) (open|close|raise|lower) <covers>", {**COVER, "position": 50}),
            Phrase("(open|close|raise|lower) <named> (half way|halfway|half|half open|to the middle)", {"position": 50}, requires=MOVED),
            Phrase("(open|close|raise|lower) <covers> (half way|halfway|half|half open|to the middle)", {**COVER, "position": 50}),
            Phrase("(open|raise|lift) <named> (a bit|a little|a crack|slightly|a touch|some more|more|further)", MORE_OPEN, requires=MOVED),
            Phrase("(open|raise|lift) <covers> (a bit|a little|a crack|slightly|a touch|some more|more|further)", MORE_OPEN),
            Phrase("(close|lower|drop) <named> (a bit|a little|slightly|a touch|some more|more|further)", MORE_CLOSED, requires=MOVED),
            Phrase("(close|lower|drop) <covers> (a bit|a little|slightly|a touch|some more|more|further)", MORE_CLOSED),
        ),
        "ExtStopCover": (
            Phrase("(stop|halt|freeze|hold|pause) <named> [right now|where it is|where they are|there|right there]", requires=MOVED),
            Phrase("(stop|halt|freeze|hold|pause) <covers> [right now|where it is|where they are|there|right there]", COVER),
            Phrase("(stop|halt) (opening|closing|moving|raising|lowering) <named>", requires=MOVED),
            Phrase("(stop|halt) (opening|closing|moving|raising|lowering) <covers>", COVER),
            Phrase("<named> (stop|halt|freeze)", requires=MOVED),
            Phrase("(keep|leave|hold) <named> (there|where it is|where they are|as it is)", requires=MOVED),
        ),
    },
    handlers={"HassSetPosition": set_position, "ExtStopCover": stop},
)
