"""What is said: names, lists, deeds and their reports, and words for the voice."""

import re
from pathlib import Path

import pytest

from agent import words
from agent.records import ActionResult
from devices.commands import REASONS, Command, Report
from devices.effect_table import EFFECTS
from tests.small_home import context, thing

FLOOR, DESK = thing("light.floor", "Floor Lamp"), thing("light.desk", "Desk Lamp")
TV, SCENE = thing("media_player.tv", "TV"), thing("scene.movie", "Movie Night")
SHOP = thing("todo.shop", "Shopping List")
HOME = context(FLOOR, DESK, TV, SCENE, SHOP).home
ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("name", "entity_id", "said"),
    [
        ("Floor Lamp", "light.x", "the floor lamp"),
        ("Kitchen Lights", "light.x", "the kitchen lights"),
        ("TV", "media_player.x", "the TV"),
        ("Bob's Lamp", "light.x", "Bob's lamp"),
        ("My Lamp", "light.x", "my lamp"),
        ("Philips Hue", "light.x", "Philips Hue"),
        ("Rover", "vacuum.x", "Rover"),
        ("Trader Joes", "todo.x", "the Trader Joes list"),
        ("Shopping List", "todo.x", "the shopping list"),
        ("Party Mode", "scene.x", "party mode"),
        ("Jane", "person.x", "Jane"),
        ("", "light.x", ""),
    ],
)
def test_names(name: str, entity_id: str, said: str) -> None:
    assert words.the(thing(entity_id, name)) == said


@pytest.mark.parametrize(("value", "said"), [(21.0, "21"), (21.54, "21.5"), (-3.5, "-3.5"), (0, "0"), ("x", "x"), (1e6, "1000000")])
def test_numbers_are_written_in_digits(value: object, said: str) -> None:
    assert words.number(value) == said


def test_lists() -> None:
    assert [words.join(items) for items in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
    assert words.listed([FLOOR, DESK, TV]) == "the floor lamp, the desk lamp and the TV"
    assert words.listed([FLOOR] * 7) == "seven lights"
    assert (words.things([FLOOR, DESK]), words.things([FLOOR, TV]), words.count(13, "timer")) == ("two lights", "two things", "13 timers")


@pytest.mark.parametrize(
    ("command", "deed", "done"),
    [
        (Command("light.turn_on", ("light.floor",)), "turn on the floor lamp", "The floor lamp is on."),
        (
            Command("light.turn_on", ("light.floor",), {"brightness_pct": 40, "color_name": "blue"}),
            "set the floor lamp to blue at 40%",
            "The floor lamp is blue at 40%.",
        ),
        (Command("light.turn_off", ("light.floor", "light.desk")), "turn off the floor lamp and the desk lamp", "Two lights are off."),
        (Command("media_player.volume_set", ("media_player.tv",), {"volume_level": 0.35}), "set the TV to 35% volume", "The TV is at 35% volume."),
        (Command("media_player.volume_mute", ("media_player.tv",), {"is_volume_muted": False}), "unmute the TV", "The TV is no longer muted."),
        (Command("scene.turn_on", ("scene.movie",)), "start movie night", "I started movie night."),
        (Command("todo.add_item", ("todo.shop",), {"item": "milk"}), "put milk on the shopping list", "Added milk to the shopping list."),
        (Command("x.never_heard_of", ("light.floor",)), "do that with the floor lamp", "Done."),
    ],
)
def test_deeds(command: Command, deed: str, done: str) -> None:
    assert (words.deed([command], HOME), words.done([command], HOME)) == (deed, done)


def test_commands_that_are_said_alike_are_said_once() -> None:
    off = [Command("light.turn_off", ("light.floor",)), Command("media_player.turn_off", ("media_player.tv",))]
    assert words.done(off, HOME) == "Two things are off."
    items = [Command("todo.add_item", ("todo.shop",), {"item": each}) for each in ("milk", "eggs")]
    assert words.done(items, HOME) == "Added milk and eggs to the shopping list."


def test_a_report_says_what_was_verified_what_was_not_and_what_cannot_be_known() -> None:
    results = (
        ActionResult(
            Command("light.turn_off", ("light.floor", "light.desk")), (Report("light.floor", True), Report("light.desk", False, reason="timeout"))
        ),
        ActionResult(Command("media_player.turn_off", ("media_player.tv",)), (Report("media_player.tv", None),)),
        ActionResult(Command("scene.turn_on", ("scene.movie",)), (Report("scene.movie", None),)),
    )
    assert words.report(results, HOME) == (
        "The floor lamp is off. I started movie night. I asked to turn off the TV, but the TV reports nothing back. The desk lamp does not answer."
    )


@pytest.mark.parametrize(
    ("reason", "one", "several"),
    [
        ("timeout", "does not answer", "do not answer"),
        ("jammed", "is jammed", "are jammed"),
        ("refused", "did not accept that", "did not accept that"),
    ],
)
def test_failures_agree_with_their_number(reason: str, one: str, several: str) -> None:
    both = tuple(Report(e, False, reason=reason) for e in ("light.floor", "light.desk"))
    command = Command("light.turn_on", ("light.floor", "light.desk"))
    assert words.failures([ActionResult(command, both[:1])], HOME) == (f"The floor lamp {one}.",)
    assert words.failures([ActionResult(command, both)], HOME) == (f"The floor lamp and the desk lamp {several}.",)


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_is_a_sentence(reason: str) -> None:
    assert words.failures([ActionResult(Command("light.turn_on", ("light.floor",)), (Report("light.floor", False, reason=reason),))], HOME)[
        0
    ].endswith(".")


def test_every_service_that_exists_can_be_said_with_and_without_data() -> None:
    """No template asks for what a command may lack."""
    lacking = []
    for service in EFFECTS:
        data = {"volume_level": 0.5, **{key: 1 for _, key, _ in _fields(service)}}
        try:
            words.deed([Command(service, ("light.floor",), data)], HOME)
            words.done([Command(service, ("light.floor",), data)], HOME)
        except KeyError as missing:
            lacking.append((service, missing))
    assert lacking == []


def _fields(service: str) -> list[tuple[str, str, str]]:
    """The fields of a service's two templates, but for those that are always there."""
    key = words.service_key(Command(service, ()))
    found = re.findall(r"(\{)(\w+)(\})", "".join(words.LANGUAGE.SERVICES[key]))
    return [field for field in found if field[1].casefold() not in ("what", "is", "has", "how", "volume", "rooms")]


def test_every_sentence_the_code_says_is_in_the_table() -> None:
    """Keys of say(...) in agent and skills."""
    used = {
        key
        for folder in ("agent", "skills")
        for path in (ROOT / folder).rglob("*.py")
        for key in re.findall(r'\bsay\(\s*"([a-z_.]+)"', path.read_text())
    }
    assert used - set(words.LANGUAGE.REPLIES) == set()
    assert len(used) > 100


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("It's 21.5 °C in the kitchen.", "It's twenty one point five degrees in the kitchen."),
        ("It's -3 degrees outside.", "It's minus three degrees outside."),
        ("It's −3.5 degrees.", "It's minus three point five degrees."),
        ("at 7:30 am", "at seven thirty a.m."),
        ("at 7:30", "at seven thirty"),
        ("at 7:00", "at seven o'clock"),
        ("at 12:05 pm", "at twelve oh five p.m."),
        ("It's 7:05 pm.", "It's seven oh five p.m."),
        ("at 12:00 pm and 12:00 am", "at noon and midnight"),
        ("at 7 am, 7pm, 7 a.m. and 12 PM", "at seven a.m., seven p.m., seven a.m. and noon"),
        ("at 0:00, 0:30 and 23:05", "at midnight, zero thirty and twenty three oh five"),
        ("0:04:30 is left", "four minutes thirty seconds is left"),
        ("2:1 or 16:9", "two to one or sixteen to nine"),
        ("1 hour 5 minutes", "one hour five minutes"),
        ("at 40%", "at forty percent"),
        ("1 W and 2 W", "one watt and two watts"),
        ("3.2 kWh", "three point two kilowatt hours"),
        ("12 km/h", "twelve kilometres per hour"),
        ("12,5 degrees", "twelve point five degrees"),
        ("It's -0.5 °C or −1 °C.", "It's minus zero point five degrees or minus one degree."),
        ("0.5, 50%, 20 °C", "zero point five, fifty percent, twenty degrees"),
        ("1.0 °C, 21.0 °C", "one degree, twenty one degrees"),
        ("1,000 and 1,234.5 and 1,000,000 lx", "one thousand and one thousand two hundred and thirty four point five and one million lux"),
        ("5 km/h and 1 km/h", "five kilometres per hour and one kilometre per hour"),
        ("1/2, 3/4, 2/3 and 7/8", "one half, three quarters, two thirds and seven eighths"),
        ("1 1/2 cups, 2 3/4 cups", "one and a half cups, two and three quarters cups"),
        ("½ cup, 1½ hours", "one half cup, one and a half hours"),
        ("24/7", "twenty four seven"),
        ("10-12 °C, 20–25%", "ten to twelve degrees, twenty to twenty five percent"),
        ("192.168.1.20, 4K, 3D", "192.168.1.20, 4K, 3D"),
        ("Tuesday 10 March 2026", "Tuesday tenth of March twenty twenty six"),
        ("10 March 2005, 2026-03-10", "tenth of March two thousand and five, tenth of March twenty twenty six"),
        ("in 2026. In 2026 seconds", "in twenty twenty six. In two thousand and twenty six seconds"),
        ("the 2nd lamp", "the second lamp"),
        ("BB8 and PS5", "BB8 and PS5"),
        ("1000 lx", "one thousand lux"),
        ("“movie time” is on", "movie time is on"),
        ("", ""),
    ],
)
def test_words_for_the_voice(written: str, said: str) -> None:
    assert words.spoken(written) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(330, "5 minutes 30 seconds"), (3600, "1 hour"), (90061, "1 day 1 hour"), (0, "0 seconds"), (-4, "0 seconds"), (59.6, "1 minute")],
)
def test_spans(seconds: float, said: str) -> None:
    assert words.span(seconds) == said


@pytest.mark.parametrize(("area", "said"), [("living", "in the living room"), ("garden", "in the garden"), ("nowhere", "")])
def test_places(area: str, said: str) -> None:
    assert words.place(HOME, area) == said
