"""What a person sees of the terminal: the prompt always, also on a small screen."""

from io import StringIO

import pytest
from rich.console import Console

from agent.doors.picture import View, picture
from agent.records import Hypothesis, Interpretation, Request, Resolution, Turn, Why
from devices.home import Area, Home
from tests.small_home import NOW, thing

ROOMS = ("living_room", "kitchen", "bedroom", "office", "hallway", "garden")
THINGS = [thing(f"light.{room}_{number}", f"Lamp {number}", "off", area=room) for room in ROOMS for number in range(8)]
HOME = Home(areas={room: Area(room, room.replace("_", " ").title()) for room in ROOMS}, entities={e.entity_id: e for e in THINGS})


def a_turn(reasons: int) -> Turn:
    turn = Turn("turn-1", Request("1", NOW, (Hypothesis("turn on the [red]lamp"),)), text="turn on the [red]lamp", say="The lamp is on.")
    why = tuple(Why("room", 1.5, f"light.{number}") for number in range(reasons))
    turn.resolutions = (Resolution(Interpretation("HassTurnOn"), ("light.kitchen_1",), 1.0, why),)
    return turn


@pytest.mark.parametrize(("width", "height"), [(80, 24), (150, 50), (60, 18)])
@pytest.mark.parametrize("reasons", [0, 40])
def test_the_prompt_and_the_reply_are_always_there(width: int, height: int, reasons: int) -> None:
    console = Console(file=StringIO(), width=width, height=height)
    view = View("kitchen", "what is the", a_turn(reasons), ["a timer rang"])
    with console.capture() as captured:
        console.print(picture(HOME, "broker here", view, height))
    shown = captured.get().rstrip("\n").splitlines()
    assert len(shown) <= height
    assert shown[-1].startswith("Kitchen > what is the")
    text = "\n".join(shown)
    assert "The lamp is on." in text
    assert "turn on the [red]lamp" in text
    assert "a timer rang" in text
