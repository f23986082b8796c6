"""What a person sees of the terminal: the prompt always, also on a small screen."""

from io import StringIO

import pytest
from rich.console import Console

from agent.doors.aloud import Aloud
from agent.doors.picture import View, picture
from agent.records import Hypothesis, Interpretation, Request, Resolution, Turn, Why
from agent.sounding import Sounding
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


def test_what_rings_is_shown_until_it_is_stopped() -> None:
    view = View("kitchen")
    console = Console(file=StringIO(), width=100, height=24)
    for rings in (("Your pizza timer is done.",), ()):
        view.ring(rings)
        assert view.changed.is_set()
        with console.capture() as captured:
            console.print(picture(HOME, "broker here", view, 24))
        assert ("ringing: Your pizza timer is done. (say stop)" in captured.get()) is bool(rings)


class Loud:
    """A loudspeaker that notes what it is asked."""

    def __init__(self) -> None:
        self.done: list[object] = []

    async def sound(self, what: Sounding) -> None:
        self.done.append(what)

    async def silence(self) -> None:
        self.done.append("-")


async def test_with_a_loudspeaker_it_sounds_and_silence_hushes_what_rings() -> None:
    loud, hushed, written = Loud(), list[bool](), StringIO()
    aloud = Aloud(Console(file=written, force_terminal=True), loud, lambda: hushed.append(True))
    await aloud.sound(Sounding("Yes.", "note"))
    await aloud.silence()
    assert loud.done == [Sounding("Yes.", "note"), "-"]
    assert hushed == [True]
    assert written.getvalue() == ""


@pytest.mark.parametrize(("what", "rings"), [(Sounding("Yes.", "note"), "\a"), (Sounding("Yes."), "")])
async def test_without_one_the_terminals_bell_stands_for_the_chime(what: Sounding, rings: str) -> None:
    written = StringIO()
    aloud = Aloud(Console(file=written, force_terminal=True), None, lambda: None)
    await aloud.sound(what)
    await aloud.silence()
    assert written.getvalue() == rings
