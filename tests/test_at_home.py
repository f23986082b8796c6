"""Who is known to be at home, at any moment: by the home's persons and by who spoke; and what a hand shows then."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from agent.learn.detected import Detected
from agent.learn.episodes import episodes
from agent.learn.log import Did, Log, Moved, Past, about
from agent.learn.rewrites import not_so
from agent.learn.signals import signals
from agent.learn.tries import second_tries
from agent.people import AtHome
from devices.home import Entity, Home

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
FLOOR, DESK = "light.floor_lamp", "light.desk_lamp"
JUDGE = Detected()


def person(name: str, state: str = "home") -> Entity:
    return Entity(f"person.{name.casefold().split()[0]}", name, domain="person", kind="person", state=state)


def at(hours: float) -> datetime:
    return NOON + timedelta(hours=hours)


def test_whoever_is_alone_has_nobody_beside_them() -> None:
    assert not AtHome([person("Anna Smith"), person("Bob", "not_home")]).others("Anna", NOON)
    assert AtHome([person("Anna Smith"), person("Bob")]).others("Anna", NOON)
    assert not AtHome().others("Anna", NOON)


def test_of_a_speaker_nobody_knows_two_have_to_be_there() -> None:
    assert not AtHome([person("Anna")]).others("", NOON)
    assert AtHome([person("Anna"), person("Bob")]).others("", NOON)


def test_people_come_and_go() -> None:
    home = AtHome([person("Anna"), person("Bob")])
    home.moved("person.bob", "not_home", at(1))
    home.moved("person.bob", "home", at(5))
    home.moved("light.hall", "on", at(2))
    assert [home.others("Anna", at(h)) for h in (0, 2, 6)] == [True, False, True]
    first_comes = AtHome([person("Anna"), person("Bob")])
    first_comes.moved("person.bob", "home", at(5))
    assert not first_comes.others("Anna", at(4))


def test_who_has_just_spoken_is_there_where_the_home_knows_no_persons() -> None:
    home = AtHome()
    home.heard("Bob", NOON)
    assert home.others("Anna", NOON + timedelta(minutes=5))
    assert not home.others("Anna", NOON + timedelta(minutes=15))
    assert not home.others("Bob", NOON)


def past(number: int, seconds: float, **other: object) -> Past:
    made = Past(
        number=number, id=f"t{number}", at=NOON + timedelta(seconds=seconds), who="Anna", area="study", key="k", text="turn on the glow",
        confidence=1.0, others=(), wake=None,
        outcome="act", intent="HassTurnOn", slots={}, sure=1.0, by="exact", missing="", missing_text="", targets=(DESK,),
        did=(Did("light.turn_on", (DESK,)),), verified=True, risk="R1", say="", deed="", error="", answers=False, clauses=1, teaches=True,
    )  # fmt: skip
    return replace(made, **other)  # type: ignore[arg-type]


def log(turn: Past, moves: tuple[Moved, ...], *people: Entity) -> Log:
    home = Home(entities={e.entity_id: e for e in people})
    names = {FLOOR: "Floor Lamp", DESK: "Desk Lamp"}
    return Log((turn,), moves, names=names, home=home, at_home=about(home, (turn,), moves))


OFF = Moved(NOON + timedelta(seconds=10), DESK, "off", "person")
INSTEAD = Moved(NOON + timedelta(seconds=14), FLOOR, "on", "person")
ALONE, BOTH = (person("Anna"), person("Bob", "not_home")), (person("Anna"), person("Bob"))


def test_an_override_counts_half_where_somebody_else_is_at_home() -> None:
    weights = [next(s.weight for s in signals(log(past(1, 0), (OFF,), *people), {}) if s.kind == "override") for people in (ALONE, BOTH)]
    assert weights == [-0.8, -0.4]


def test_what_was_done_stands_half_where_the_hand_may_be_anothers() -> None:
    (alone,), (both,) = ([*episodes(seen, second_tries(seen, JUDGE))] for seen in (log(past(1, 0), (OFF,), *people) for people in (ALONE, BOTH)))
    assert (alone.how, alone.clean) == ("given_up", False)
    assert (both.how, both.clean, both.likely) == ("itself", True, 0.5)


def test_what_was_done_instead_counts_half_and_takes_no_served_pair_back() -> None:
    served = past(1, 0, rewrite=("turn on the glow", "turn on the desk lamp", "personal"))
    found = {}
    for name, turn in (("plain", past(1, 0)), ("served", served)):
        for who, people in (("alone", ALONE), ("both", BOTH)):
            seen = log(turn, (OFF, INSTEAD), *people)
            (found[name, who],) = episodes(seen, second_tries(seen, JUDGE))
    assert {key: (e.how, e.likely) for key, e in found.items()} == {
        ("plain", "alone"): ("by_hand", 1.0),
        ("plain", "both"): ("by_hand", 0.5),
        ("served", "alone"): ("by_hand", 1.0),
        ("served", "both"): ("itself", 0.5),
    }
    assert not_so(found["served", "alone"])
    assert not not_so(found["served", "both"])
