"""Robots that clean and robots that mow."""

from agent.records import Context, Plan, Resolution
from agent.stages import Handler, Phrase, Skill
from devices.home import NOTHING, Home
from skills.plans import act_each, cannot, features

CAN_CLEAN_AREA = 16384
"""The bit of supported_features of a vacuum that finds rooms by itself."""
VACUUMS = ("vacuum",)
MOWERS = ("lawn_mower",)
HOMEWARD = "(home|back|back home|to its dock|to its base|to the dock|to base|to charge)"
VACUUM = {"domain": "vacuum"}
MOWER = {"domain": "lawn_mower"}


def _calls(domain: str, service: str) -> Handler:
    """The handler that calls one service on all robots meant."""

    def handler(resolution: Resolution, context: Context) -> Plan:
        return act_each(resolution, context, (domain,), lambda robot: (robot.entity_id, f"{domain}.{service}", NOTHING))

    return handler


def clean_area(resolution: Resolution, context: Context) -> Plan:
    """Slots: area; absent: the room of asking. A robot that cannot go to a room by itself, or whose own room it is, just starts."""
    rooms = _rooms(resolution, context)
    if not rooms:
        return _calls("vacuum", "start")(resolution, context)
    plan = act_each(
        resolution,
        context,
        VACUUMS,
        lambda robot: (
            (robot.entity_id, "vacuum.clean_area", {"cleaning_area_id": list(rooms)})
            if features(robot) is None or (features(robot) or 0) & CAN_CLEAN_AREA
            else (robot.entity_id, "vacuum.start", NOTHING)
            if context.home.area_of(robot) in rooms
            else None
        ),
    )
    return plan if plan.commands else cannot(resolution, context)


def _rooms(resolution: Resolution, context: Context) -> tuple[str, ...]:
    """The area_ids to clean."""
    told = resolution.slots.get("area") or context.area or ()
    return tuple(room for each in ([told] if isinstance(told, str) else told) if (room := area_id(str(each), context.home)))


def area_id(said: str, home: Home) -> str:
    """The area_id of a room by its id, name or alias; "" where there is none."""
    wanted = said.casefold()
    fitting = (key for key, area in home.areas.items() if wanted in (key.casefold(), *(name.casefold() for name in (area.name, *area.aliases))))
    return next(fitting, "")


SKILL = Skill(
    name="vacuum",
    phrases={
        "HassVacuumStart": (
            Phrase("<start> [<the>] {name} (vacuum|cleaner|robot|vacuum cleaner|hoover)", requires=VACUUMS),
            Phrase("[<the>] {name} (vacuum|cleaner|robot) (needs to be|should be|must be) started", requires=VACUUMS),
            Phrase("(clean|clean up|vacuum) [<the>] {name}", requires=VACUUMS),
            Phrase("(start|run|begin|launch|activate|turn on|switch on|initiate|get going|put on|open|use) <named>", requires=VACUUMS),
            Phrase("(start|run|begin|launch|activate|turn on|switch on|initiate|put on|open|use) [<the>] <vacuum> [<place>]", VACUUM),
            Phrase("<vacuum> (on|start|go)", VACUUM),
            Phrase("(start|begin) (vacuuming|cleaning|hoovering|sweeping) [with <named>]", VACUUM, VACUUMS),
            Phrase("(clean|vacuum|hoover|sweep) with <named>", requires=VACUUMS),
            Phrase("(get|have|let|make|tell|ask) <named> [to] (clean|cleaning|going|start|vacuum|work|start cleaning)", requires=VACUUMS),
            Phrase("(get|have|let|make|tell) [<the>] <vacuum> [to] (clean|cleaning|going|start|vacuum|work)", VACUUM),
            Phrase("<named> (needs to be|should be|must be) started", requires=VACUUMS),
            Phrase("<named> (is|are|looks|got|gets) [a bit|pretty|really|very|so|too|quite] (dirty|filthy|messy|dusty) [again]", requires=VACUUMS),
            Phrase("<named> (needs|could use|could do with|wants) (cleaning|vacuuming|sweeping|a clean|a cleaning|a sweep)", requires=VACUUMS),
            Phrase("(start|activate|set) <named> [to] (clean|cleaning|vacuuming)", requires=VACUUMS),
            Phrase("(vacuum|hoover|sweep|clean) [<the>] {floor}", VACUUM),
            Phrase("(vacuum|hoover|sweep|clean) [up] [the] (house|floor|floors|flat|apartment|carpet|whole house|everything)", VACUUM),
            Phrase("(vacuum|hoover)", VACUUM),
            Phrase("(begin|start|turn on|initiate) [the] (vacuum cleaning|cleaning process|house cleaning)", VACUUM),
            Phrase("(get|have|let|tell) [<the>] <vacuum> [to] (clean|clean up|start cleaning|do its job) [the house|the floor|the floors]", VACUUM),
            Phrase("put [<the>] <vacuum> on [<place>]", VACUUM),
            Phrase("tell <named> to (clean|clean up|start)", requires=VACUUMS),
            Phrase("(the|my) <vacuum> should (start|clean)", VACUUM),
            Phrase("(start|begin) [the] (house cleaning|cleaning|vacuuming)", VACUUM),
            Phrase("(resume|continue) (cleaning|vacuuming) [with <named>]", VACUUM, VACUUMS),
            Phrase("<resume> <named>", requires=VACUUMS),
            Phrase("turn <named> on", requires=VACUUMS),
        ),
        "HassVacuumReturnToBase": (
            Phrase(
                "(return|send|bring|direct|call|order|take) <named> [back] [to|to its|to the|to his|to her] [base|dock|home|"
                "charger|station|charging station|docking station] [back]",
                requires=VACUUMS,
            ),
            Phrase(
                "(return|send|bring|direct|call|order|take) [<the>] <vacuum> [back] [to|to its|to the] (base|dock|home|charger|"
                "station|charging station|docking station|back)",
                VACUUM,
            ),
            Phrase(f"(send|bring|take|call|order) (it|him|her|that) {HOMEWARD}", VACUUM),
            Phrase("(let|make|have) (it|him|her) (go|return|drive) (home|back|back home|to its dock|to the dock|and charge)", VACUUM),
            Phrase("(dock|park|recall|charge) <named>", requires=VACUUMS),
            Phrase("(go|head|come|return|drive) (home|back|back home) <named>", requires=VACUUMS),
            Phrase("(dock|park|recall|charge) [<the>] <vacuum>", VACUUM),
            Phrase("<named> [go|return|come|head] [back] [to] [the|your|its] (home|base|dock)", requires=VACUUMS),
            Phrase(
                "(tell|have|get|make) <named> [to] (go|return|head|drive) (home|back|to base|to its base|back to its base|to the dock|back to base)",
                requires=VACUUMS,
            ),
            Phrase("(turn off|switch off) <named>", requires=VACUUMS),
            Phrase("(stop|quit|end|cancel) (cleaning|vacuuming|hoovering|the cleaning|the vacuuming) [and (go|return) home]", VACUUM),
        ),
        "HassVacuumCleanArea": (
            Phrase("(vacuum|hoover|sweep|clean|clean up|vacuum up) [<the>] {area}", VACUUM),
            Phrase("(vacuum|hoover|sweep|clean|clean up) (here|in here|this room|this area|this place|the room)", VACUUM),
            Phrase("(vacuum|hoover|sweep|clean) [<the>] {area} (with|using) <named>", VACUUM, VACUUMS),
            Phrase("(start|run|send|use) <named> (in|to|into) [<the>] {area}", VACUUM, VACUUMS),
            Phrase("(start|run|send|use) [<the>] <vacuum> (in|to|into) [<the>] {area}", VACUUM),
            Phrase("(have|let|tell|get) (<named>|[<the>] <vacuum>) [to] (clean|vacuum) [<the>] {area}", VACUUM, VACUUMS),
            Phrase("(the|my) {area} (is dirty|needs cleaning|needs vacuuming|needs a clean|needs to be cleaned|needs to be vacuumed)", VACUUM),
            Phrase("{area} needs (cleaning|vacuuming)", VACUUM),
        ),
        "ExtVacuumPause": (
            Phrase("(pause|hold|freeze|suspend) <named> [cleaning|vacuuming|for a moment|for a minute]", requires=VACUUMS),
            Phrase("(pause|hold|freeze|suspend) [<the>] <vacuum> [cleaning|for a moment]", VACUUM),
            Phrase("(pause|pausing) (cleaning|vacuuming|the cleaning|the vacuuming)", VACUUM),
            Phrase("(put|set) <named> on (pause|hold)", requires=VACUUMS),
            Phrase("(freeze|pause|suspend) <named> current (task|job|cleaning)", requires=VACUUMS),
            Phrase("pausing <named> [for a moment]", requires=VACUUMS),
            Phrase("(make|let|have|tell) <named> [to] (pause|wait)", requires=VACUUMS),
        ),
        "ExtVacuumStop": (
            Phrase("(stop|halt|end|abort|cancel) <named> [from cleaning|cleaning|vacuuming|current task|from vacuuming]", requires=VACUUMS),
            Phrase("(stop|halt|end|abort|cancel) [<the>] <vacuum> [cleaning|from cleaning]", VACUUM),
            Phrase("(make|let|have|get|tell) <named> [to] (stop|stop cleaning)", requires=VACUUMS),
            Phrase("<named> (stop|halt)", requires=VACUUMS),
        ),
        "ExtVacuumLocate": (
            Phrase("(find|locate) [<the>] <vacuum>", VACUUM),
            Phrase("(find|locate) <named>", requires=VACUUMS),
            Phrase("make <named> (beep|call out|make a sound)", requires=VACUUMS),
        ),
        "HassLawnMowerStartMowing": (
            Phrase("(start|run|begin|launch|activate|turn on|switch on|use|get) <named> [mower|mowing|going]", requires=MOWERS),
            Phrase("(start|run|launch|activate|turn on|switch on) [<the>] <mower>", MOWER),
            Phrase("(start|begin) (mowing|cutting) [<the>] [lawn|grass]", MOWER),
            Phrase("(mow|cut) [<the>] (lawn|grass|garden|yard)", MOWER),
            Phrase("(have|let|tell|get) (<named>|[<the>] <mower>) [to] mow [the lawn|the grass]", MOWER, MOWERS),
        ),
        "HassLawnMowerDock": (
            Phrase("(dock|park|stop|recall) [<the>] <mower>", MOWER),
            Phrase("(stop|cancel|quit|end) (mowing|cutting) [<the>] [lawn|grass]", MOWER),
            Phrase("(return|send|bring|call) [<the>] <mower> [back] [to|to the|to its] [base|dock|home|charger|station|back]", MOWER),
            Phrase("(dock|park|stop|recall) <named> [mower]", requires=MOWERS),
            Phrase("(return|send|bring|call) <named> [mower] [back] [to|to the|to its] [base|dock|home|charger|station|back]", requires=MOWERS),
            Phrase("return to [the] (base|dock)", MOWER),
            Phrase("(turn off|switch off) <named>", requires=MOWERS),
        ),
        "ExtLawnMowerPause": (
            Phrase("(pause|hold) [<the>] <mower>", MOWER),
            Phrase("pause <named> [mower|mowing]", requires=MOWERS),
            Phrase("pause mowing", MOWER),
        ),
    },
    handlers={
        "HassVacuumStart": _calls("vacuum", "start"),
        "HassVacuumReturnToBase": _calls("vacuum", "return_to_base"),
        "HassVacuumCleanArea": clean_area,
        "ExtVacuumPause": _calls("vacuum", "pause"),
        "ExtVacuumStop": _calls("vacuum", "stop"),
        "ExtVacuumLocate": _calls("vacuum", "locate"),
        "HassLawnMowerStartMowing": _calls("lawn_mower", "start_mowing"),
        "HassLawnMowerDock": _calls("lawn_mower", "dock"),
        "ExtLawnMowerPause": _calls("lawn_mower", "pause"),
    },
)
