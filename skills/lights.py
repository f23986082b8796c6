"""Lights: on, off, brightness, colour, warmth of the white; relative too."""

from typing import Any

from agent.records import Context, Plan, Resolution
from agent.stages import Phrase, Skill
from devices.effects import number
from devices.home import NOTHING, Entity
from skills.plans import Step, act, beyond, cannot, options, rounded, slot_number, slot_text, targets

STEP = 20
"""How many per cent "brighter" and "dimmer" are."""
BRIGHT_MODES = frozenset({"brightness", "color_temp", "hs", "xy", "rgb", "rgbw", "rgbww", "white"})
COLOR_MODES = frozenset({"hs", "xy", "rgb", "rgbw", "rgbww"})
WHITE_MODES = COLOR_MODES | {"color_temp"}
"""Home Assistant's colour modes that allow each; lamps of colour can show any white."""


def set_light(resolution: Resolution, context: Context) -> Plan:
    """Slots: brightness (0-100, else refused with the range), brightness_step ("up", "down" or per cents), color a name, temperature kelvin."""
    refused = beyond(slot_number(resolution, "brightness"), resolution, context, ("light",))
    if refused is not None:
        return refused
    data = _data(resolution)
    lights = targets(resolution, context, "light")
    needs, trouble = _needs(data)
    able = tuple(light for light in lights if _can(light, needs))
    if lights and not able:
        return cannot(resolution, context, trouble)
    steps = [_step(light, data) for light in able]
    return act(steps, context) if steps else cannot(resolution, context)


def _step(light: Entity, data: dict[str, Any]) -> Step:
    if data.get("brightness_pct") == 0:
        return light.entity_id, "light.turn_off", NOTHING
    kelvin = data.get("color_temp_kelvin")
    return light.entity_id, "light.turn_on", data if kelvin is None else {**data, "color_temp_kelvin": _within(light, kelvin)}


def _within(light: Entity, kelvin: int) -> int:
    """A white that the lamp can show."""
    low, high = number(light.attributes.get("min_color_temp_kelvin")), number(light.attributes.get("max_color_temp_kelvin"))
    return int(min(max(kelvin, low or kelvin), high or kelvin))


def _data(resolution: Resolution) -> dict[str, Any]:
    """Service data; a bare "set the lamp" has none and turns it on."""
    data: dict[str, Any] = {}
    bright, kelvin, step = slot_number(resolution, "brightness"), slot_number(resolution, "temperature"), slot_text(resolution, "brightness_step")
    if bright is not None:
        data["brightness_pct"] = rounded(bright)
    elif step:
        data["brightness_step_pct"] = rounded(number(step) or (-STEP if step == "down" else STEP))
    if slot_text(resolution, "color"):
        data["color_name"] = slot_text(resolution, "color")
    elif kelvin is not None:
        data["color_temp_kelvin"] = int(kelvin)
    return data


def _needs(data: dict[str, Any]) -> tuple[frozenset[str], str]:
    """The modes of which a lamp must have one, and what is said where none has."""
    if "color_name" in data:
        return COLOR_MODES, "light.no_color"
    if "color_temp_kelvin" in data:
        return WHITE_MODES, "light.no_color"
    return (BRIGHT_MODES, "light.only_switched") if data else (frozenset(), "cannot")


def _can(light: Entity, needs: frozenset[str]) -> bool:
    modes = options(light, "supported_color_modes")
    return not needs or not modes or bool(needs & set(modes))


HOUSE = (
    "(everywhere|in every room|in all rooms|in all the rooms|in all areas|in every area|across every room|in the whole house|in the house"
    "|in the entire home|in the apartment|in the home)"
)
GLOOMY = "(dark|gloomy|dim|murky|dusky|shadowy|dingy)"
BRIGHTER = {"domain": "light", "brightness_step": "up"}
DIMMER = {"domain": "light", "brightness_step": "down"}
LIGHT = {"domain": "light"}

SKILL = Skill(
    name="lights",
    phrases={
        "HassTurnOn": (
            Phrase("<turn_on> <lights>", LIGHT),
            Phrase("<turn> <lights> [back] on [<place>]", LIGHT),
            Phrase(f"<turn> <lights> on {HOUSE}", {**LIGHT, "area": "all"}),
            Phrase(
                "(illuminate|light up) (all areas|every room|all rooms|our entire home|the whole house|everything) [in the house]",
                {**LIGHT, "area": "all"},
            ),
            Phrase("light it up", LIGHT),
            Phrase("<turn> [back] on <lights> [<place>]", LIGHT),
            Phrase("<lights> on [<place>]", LIGHT),
            Phrase(
                f"<turn_on> <lights> {HOUSE}",
                {**LIGHT, "area": "all"},
            ),
            Phrase("(light up|brighten up|illuminate) [<the>] ({area}|{floor})", LIGHT),
            Phrase("(light up|illuminate|brighten up) <named>", LIGHT, requires=("light",)),
            Phrase("illuminate [<the>] <light> <place>", LIGHT),
            Phrase("(let there be light|(i|we) need [some|more] light [in here|here]|give me [some] light) [<place>]", LIGHT),
            Phrase("(can|could|may) (i|we) have (some|more) light [in here|here|<place>]", LIGHT),
            Phrase(f"<it_is> [<very>] {GLOOMY} [in here|here|around here|<place>]", LIGHT),
            Phrase(f"(<very>|bit) {GLOOMY} [in here|here|<place>]", LIGHT),
            Phrase(f"([<the>] ({{area}}|{{floor}})|the room|this room) (is|feels|looks) [<very>] {GLOOMY}", LIGHT),
            Phrase(
                "(i|we) (can not|cant|can hardly|can barely|hardly|barely|could not) see [anything|a thing|my hand|much] [in here|here|<place>]",
                LIGHT,
            ),
            Phrase("(make sure|ensure|see to it|check) [that] <lights> <is> on", LIGHT),
            Phrase("<i_want> <lights> [turned] on [<place>]", LIGHT),
        ),
        "HassTurnOff": (
            Phrase("<turn_off> <lights>", LIGHT),
            Phrase("<turn> <lights> (off|out) [<place>]", LIGHT),
            Phrase(f"<turn> <lights> (off|out) {HOUSE}", {**LIGHT, "area": "all"}),
            Phrase("<turn> off <lights>", LIGHT),
            Phrase("<lights> (off|out) [<place>]", LIGHT),
            Phrase(
                f"<turn_off> <lights> {HOUSE}",
                {**LIGHT, "area": "all"},
            ),
            Phrase("(extinguish|kill|douse|darken) <named>", requires=("light",)),
            Phrase("(extinguish|kill|douse) <lights>", LIGHT),
            Phrase("(darken|make it dark in) [<the>] ({area}|{floor})", LIGHT),
            Phrase("make it dark [in here|here]", LIGHT),
            Phrase("(make sure|ensure|see to it|check) [that] <lights> <is> (off|out)", LIGHT),
            Phrase("<i_want> <lights> [turned] (off|out) [<place>]", LIGHT),
            Phrase("(no light|no lights|no more light) [<place>]", LIGHT),
        ),
        "HassLightSet": (
            # brightness of a thing
            Phrase("<set> [<the>] <brightness> (of|for|on|in) <named> [<to>] {brightness}", requires=("light",)),
            Phrase("<set> <named> <brightness> [<to>] {brightness}", requires=("light",)),
            Phrase("<set> <named> [<to>] {brightness} [<brightness>]", requires=("light",)),
            Phrase("<named> [<brightness>] [<to>] {brightness} [<brightness>]", requires=("light",)),
            Phrase("<brightness> [of|for|on] <named> [<to>] {brightness}", requires=("light",)),
            Phrase(
                "(dim|brighten|lower|raise|turn down|turn up|increase|decrease|reduce) [the brightness of|the brightness on] "
                "<named> [brightness] (to|at) {brightness} [<brightness>]",
                requires=("light",),
            ),
            Phrase("(dim|brighten) <named> {brightness} [<brightness>]", requires=("light",)),
            Phrase("<i_want> <named> (at|to be at|to|on) {brightness} [<brightness>]", requires=("light",)),
            # brightness of a place
            Phrase("<set> [<the>] <brightness> (of|for|in|on) <lights> [<to>] {brightness}", LIGHT),
            Phrase("<set> <lights> [<brightness>] [<to>] {brightness} [<brightness>]", LIGHT),
            Phrase("<set> [<the>] <brightness> [<place>] [<to>] [the] {brightness} [<place>]", LIGHT),
            Phrase("<set> [<the>] ({area}|{floor}) [<brightness>] [<to>] {brightness} [<brightness>]", LIGHT),
            Phrase("[<the>] ({area}|{floor}) [<brightness>] [<to>] {brightness} [<brightness>]", LIGHT),
            Phrase("<lights> [<brightness>] [<to>] {brightness} [<brightness>]", LIGHT),
            Phrase("<brightness> [<place>] [<to>] [the] {brightness} [<place>]", LIGHT),
            Phrase(
                "(dim|brighten|lower|raise|turn down|turn up|increase|decrease|reduce) <lights> [brightness] (to|at) {brightness} [<brightness>]",
                LIGHT,
            ),
            Phrase("(dim|brighten) <lights> {brightness} [<brightness>]", LIGHT),
            # colour
            Phrase("<set> [<the>] color (of|for) <named> [<to>] {color}", requires=("light",)),
            Phrase("<set> <named> [color] [<to>] [<the>] {color} [color|light|shade]", requires=("light",)),
            Phrase("<named> [color] [<to>] {color}", requires=("light",)),
            Phrase("(can|could) <named> (be|become|turn|go) {color}", requires=("light",)),
            Phrase("make <named> (glow|shine|turn|light up) [in] {color}", requires=("light",)),
            Phrase("<i_want> <named> [to be|to turn|in] {color}", requires=("light",)),
            Phrase("<set> [<the>] color (of|for|in) <lights> [<to>] {color}", LIGHT),
            Phrase("<set> <lights> [color] [<to>] [<the>] {color} [color|shade]", LIGHT),
            Phrase("<set> [<the>] ({area}|{floor}) [color] [<to>] {color}", LIGHT),
            Phrase("<lights> [color] [<to>] {color}", LIGHT),
            Phrase("[<the>] ({area}|{floor}) [color] [<to>] {color}", LIGHT),
            Phrase("make <lights> (glow|shine|turn|show) [in] {color}", LIGHT),
            Phrase("<i_want> <lights> [to be|to turn|in] {color}", LIGHT),
            Phrase("<i_want> [to have|have] <named> (in|at) [a] {color} [setting|color|light]", requires=("light",)),
            Phrase("(let us|lets) have <named> (in|at) [a] {color}", requires=("light",)),
            Phrase("<i_want> <named> to (change|switch|turn|go) to {color}", requires=("light",)),
            Phrase("{color} (light|lights|lighting) [<place>]", LIGHT),
            Phrase("<i_want> {color} (light|lights|lighting) [<place>]", LIGHT),
            Phrase("(give me|show me) {color} (light|lights|lighting) [<place>]", LIGHT),
            Phrase("(can|could) <lights> be [changed to|turned|set to] {color}", LIGHT),
            Phrase("(change|turn|switch) <lights> (into|to) {color}", LIGHT),
            Phrase("<set> [<the>] (light|lights|lighting) (color|colors) [<place>] [<to>] {color}", LIGHT),
            Phrase("<set> <named> to be {color}", requires=("light",)),
            Phrase("<set> <named> to [a] {color} (hue|shade|color|tone)", requires=("light",)),
            Phrase("<set> <named> [<to>] {color} (at|and) {brightness} [<brightness>]", requires=("light",)),
            Phrase("<set> <lights> [<to>] {color} (at|and) {brightness} [<brightness>]", LIGHT),
            # warmth of the white
            Phrase(
                "<set> [<the>] (color temperature|white|temperature) (of|for|in) <named> [<to>] {temperature:kelvin}",
                requires=("light",),
            ),
            Phrase("<set> <named> [color temperature|temperature] [<to>] {temperature:kelvin}", requires=("light",)),
            Phrase("<named> [color temperature|temperature] [<to>] {temperature:kelvin}", requires=("light",)),
            Phrase("<set> [<the>] color temperature [<place>] [<to>] {temperature:kelvin}", LIGHT),
            Phrase("<set> <lights> [color temperature|temperature] [<to>] {temperature:kelvin}", LIGHT),
            Phrase("<set> [<the>] ({area}|{floor}) (color temperature|temperature) [<to>] {temperature:kelvin}", LIGHT),
            Phrase("[<the>] ({area}|{floor}) (color temperature|temperature) [<to>] {temperature:kelvin}", LIGHT),
            Phrase("<lights> [color temperature] [<to>] {temperature:kelvin}", LIGHT),
            Phrase("<set> [<the>] color temperature (of|for|in) <lights> [<to>] {temperature:kelvin}", LIGHT),
            Phrase("<set> [<the>] temperature of <lights> [<to>] {temperature:kelvin}", LIGHT),
            Phrase("<set> [<the>] ({area}|{floor}) color temperature [<to>] {temperature:number}", LIGHT),
            Phrase("<set> [<the>] color temperature [<place>] [<to>] {temperature:number} [<place>]", LIGHT),
            Phrase("<set> [<the>] color temperature [<to>] {temperature:kelvin} [<place>]", LIGHT),
            Phrase("<set> <named> color temperature [<to>] {temperature:number}", requires=("light",)),
            # relative
            Phrase("(brighten|brighten up|turn up|lighten) <lights> [a bit|a little|some more|more|up]", BRIGHTER),
            Phrase("(dim|dim down|turn down|lower|soften) <lights> [a bit|a little|some more|more|down]", DIMMER),
            Phrase("(brighten|turn up) <named> [a bit|a little|some more|more|up]", BRIGHTER, requires=("light",)),
            Phrase("brighten up <named> (a bit|a little|some more|more)", BRIGHTER, requires=("light",)),
            Phrase("(dim|dim down|turn down|soften) <named> [a bit|a little|some more|more|down]", DIMMER, requires=("light",)),
            Phrase("<turn> <lights> (up|brighter|lighter) [a bit|a little|some more]", BRIGHTER),
            Phrase("<turn> <lights> (down|dimmer|darker|softer|lower) [a bit|a little|some more]", DIMMER),
            Phrase("<turn> <lights> (a bit|a little|much|slightly) (brighter|lighter)", BRIGHTER),
            Phrase("<turn> <lights> (a bit|a little|much|slightly) (dimmer|darker|softer)", DIMMER),
            Phrase("<turn> <named> [a bit|a little|slightly] (up|brighter|lighter)", BRIGHTER, requires=("light",)),
            Phrase("<turn> <named> [a bit|a little|slightly] (down|dimmer|darker|softer)", DIMMER, requires=("light",)),
            Phrase("(make|get) it [a bit|a little|much|slightly] (brighter|lighter) [in here|here|<place>]", BRIGHTER),
            Phrase("<it_is> <very> (bright|glaring|dazzling) [in here|here|<place>]", DIMMER),
            Phrase("<very> bright [in here|here|<place>]", DIMMER),
            Phrase("(make|get) it [a bit|a little|much|slightly] (dimmer|darker) [in here|here|<place>]", DIMMER),
            Phrase("[a bit|a little|slightly|much] (brighter|lighter|more light) [<place>]", BRIGHTER),
            Phrase("(brighten|brighten up) [the|this|my] (room|place|house|{area}|{floor})", BRIGHTER),
            Phrase("(raise|increase|lift|boost) [<the>] (light|lights|lighting|light level) [a bit|a little] [<place>]", BRIGHTER),
            Phrase(
                "(lower|decrease|reduce|minimize|drop) [<the>] (light|lights|lighting|light level|light power) [a bit|a little] [<place>]", DIMMER
            ),
            Phrase("(lights|light|lighting) (up|higher)", BRIGHTER),
            Phrase("(lights|light|lighting) (down|lower)", DIMMER),
            Phrase("make <lights> more (bright|visible|intense)", BRIGHTER),
            Phrase("make <lights> (less bright|less intense|more dim|more cozy)", DIMMER),
            Phrase("<set> <lights> [to a] (lower|dimmer) (setting|level)", DIMMER),
            Phrase("<set> <lights> [to a] (higher|brighter) (setting|level)", BRIGHTER),
            Phrase("(give me|i want) (low|soft|dim) (light|lights|lighting) [<place>]", DIMMER),
            Phrase("[a bit|a little|slightly|much] (dimmer|darker|less light) [<place>]", DIMMER),
            Phrase("<increase> [<the>] <brightness> [(of|in|for) <lights>]", BRIGHTER),
            Phrase("<increase> [<the>] <brightness> [(of|in|for) <lights>] <by> {brightness_step:percent}", LIGHT),
            Phrase("<decrease> [<the>] <brightness> [(of|in|for) <lights>]", DIMMER),
            Phrase("<decrease> [<the>] <brightness> [(of|in|for) <lights>] <by> {brightness_step:minus_percent}", LIGHT),
            Phrase("<increase> [<the>] <brightness> [of|for|on] <named>", BRIGHTER, requires=("light",)),
            Phrase("<decrease> [<the>] <brightness> [of|for|on] <named>", DIMMER, requires=("light",)),
            Phrase("<increase> <named> <brightness>", BRIGHTER, requires=("light",)),
            Phrase("<decrease> <named> <brightness>", DIMMER, requires=("light",)),
            Phrase("(brighten|<increase>) <named> [<brightness>] <by> {brightness_step:percent}", requires=("light",)),
            Phrase("<increase> (<lights>|[<the>] <brightness> <place>) <by> {brightness_step:percent}", LIGHT),
            Phrase("(dim|<decrease>) <lights> <by> {brightness_step:minus_percent}", LIGHT),
            Phrase("(dim|<decrease>) <named> [<brightness>] <by> {brightness_step:minus_percent}", requires=("light",)),
        ),
    },
    handlers={"HassLightSet": set_light},
)
