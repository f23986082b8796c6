"""How habits are weighed: newer uses before older, the sort asked for before names, one's own before the household's."""

from datetime import UTC, datetime, timedelta

import pytest

from agent import usual
from agent.habits import ALL_OF_THEM, HOUSEHOLD, Habits, situations, wanted
from agent.records import ActionResult, Event, Habit, Hypothesis, Interpretation, Request, Resolution, Turn, Used
from devices.commands import Command, Report
from devices.home import Entity, Location

NOW = datetime(2026, 3, 20, 20, 0, tzinfo=UTC)
LIGHTS = {"light.floor", "light.corner", ALL_OF_THEM}


def habit(value: str, *days_ago: float, sort: str = "light", situation: str = "any", speaker: str = "Anna", strength: float = 1.0) -> Habit:
    uses = tuple(Used(NOW - timedelta(days=d), strength) for d in sorted(days_ago, reverse=True))
    return Habit(speaker, situation, "HassTurnOn", "target", value, strength * len(uses), sort, uses)


def the_light(*habits: Habit, by_name: bool = True) -> str:
    return usual.the_one(habits, "HassTurnOn", NOW, LIGHTS.__contains__, "light", by_name)[0]


def test_one_use_is_no_habit_and_two_are() -> None:
    assert the_light(habit("light.floor", 1)) == ""
    assert the_light(habit("light.floor", 1, 2)) == "light.floor"


@pytest.mark.parametrize(("newer", "meant"), [(1, "light.floor"), (3, "light.corner")])
def test_a_changed_habit_wins_after_three_uses_however_old_the_other(newer: int, meant: str) -> None:
    old = habit("light.floor", *range(newer + 1, newer + 11))
    assert the_light(old, habit("light.corner", *range(1, newer + 1))) == meant


def test_who_left_it_at_all_of_them_means_all_of_them() -> None:
    assert the_light(habit("light.floor", *range(2, 12), sort=""), habit(ALL_OF_THEM, 1, 3, 5, strength=0.5)) == "light.floor"
    assert the_light(habit("light.floor", *range(2, 12), sort=""), habit(ALL_OF_THEM, 1, 2, 3, 4, 5, strength=0.5)) == ""


def test_a_name_said_often_counts_where_it_may_and_seldom_never() -> None:
    assert the_light(habit("light.floor", *range(1, 9), sort="")) == "light.floor"
    assert the_light(habit("light.floor", *range(1, 9), sort=""), by_name=False) == ""
    assert the_light(habit("light.floor", 1, 2, 3, sort="")) == ""
    assert the_light(habit("light.floor", *range(1, 9), sort="", speaker=HOUSEHOLD)) == ""


def test_the_household_counts_only_where_somebody_has_no_habit_of_their_own() -> None:
    theirs = habit("light.corner", 1, 2, 3, 4, speaker=HOUSEHOLD)
    assert the_light(theirs) == "light.corner"
    assert the_light(theirs, habit("light.floor", 9, 10, 11)) == "light.floor"
    assert the_light(theirs, habit("light.floor", 9)) == ""


def test_what_was_meant_here_at_this_hour_goes_before_what_is_meant_elsewhere() -> None:
    anywhere, here = habit("light.corner", 1, 2, 3), habit("light.floor", 4, 5, 6, situation="evening in study")
    assert the_light(anywhere, here) == "light.floor"


def test_after_an_event_is_the_most_telling_and_the_sunset_less_than_the_room() -> None:
    rows = [habit("light.floor", 1, 2, situation="after sunset"), habit("light.corner", 3, 4, 5, situation="evening in study")]
    assert the_light(*rows) == "light.corner"
    assert the_light(*rows, habit("light.floor", 6, 7, 8, situation="after arrival")) == "light.floor"


def test_the_situations_of_a_moment() -> None:
    arrival = Event("arrival", NOW - timedelta(minutes=5))
    assert situations(NOW, (arrival,), "study") == ("after arrival", "evening in study", "evening", "in study", "any")
    late = NOW.replace(hour=21, minute=50)
    assert situations(late, (), None, timedelta(minutes=45)) == ("evening", "night", "any")


def test_habits_know_when_the_sun_has_set() -> None:
    habits = Habits()
    habits.location = Location(52.37, 4.9, "Europe/Amsterdam")
    sunset = datetime(2026, 3, 20, 18, 10, tzinfo=UTC)
    habits.note(turn("turn on the light", ("light.floor",), sunset), ())
    assert "after sunset" in {h.situation for h in habits.about("Anna", sunset + timedelta(days=1), ())}
    assert "after sunset" not in {h.situation for h in habits.about("Anna", sunset + timedelta(hours=3), ())}


@pytest.mark.parametrize(
    ("text", "slots", "sort"),
    [
        ("turn on the light", {"domain": "light"}, "light"),
        ("switch on the light please", {"domain": "light"}, "light"),
        ("turn on the lamp", {"domain": "light"}, "light lamp"),
        ("turn on the lights", {"domain": "light"}, ""),
        ("turn on the floor lamp", {"name": "Floor Lamp"}, ""),
        ("play jazz", {"search_query": "jazz"}, ""),
        ("start brewing", {"activity": "brew"}, "activity=brew"),
    ],
)
def test_the_sort_that_is_wanted(text: str, slots: dict[str, str], sort: str) -> None:
    assert wanted(Interpretation("HassTurnOn", slots), text) == sort


def turn(text: str, targets: tuple[str, ...], at: datetime = NOW, outcome: str = "act", **slots: str) -> Turn:
    intent = slots.pop("intent", "HassTurnOn")
    reading = Interpretation(intent, slots or {"domain": "light"})
    asked = Resolution(reading, targets if intent != "ExtUndo" else (), missing="which" if outcome == "ask" else "")
    results = (ActionResult(Command("light.turn_on", targets), (Report(targets[0], True),)),) if targets else ()
    request = Request("request-1", at, (Hypothesis(text),), speaker="Anna")
    return Turn("turn-1", request, "study", text, who="Anna", resolutions=(asked,), outcome=outcome, targets=targets, results=results)  # type: ignore[arg-type]


BOTH = ("light.corner", "light.floor")


def after(*turns: Turn) -> dict[tuple[str, str], float]:
    habits = Habits()
    for done in turns:
        habits.note(done, ())
    return {(h.value, h.wanted): h.weight for h in habits.about("Anna", NOW + timedelta(minutes=5), ()) if h.situation == "any"}


@pytest.mark.parametrize(("seconds", "counted"), [(10, {("light.floor", "light"): 0.6, ("light.floor", ""): 1.0}), (90, None)])
def test_a_name_right_after_the_sort_is_what_was_meant_and_later_one_more_wish(seconds: int, counted: dict[tuple[str, str], float] | None) -> None:
    named = turn("turn on the floor lamp", ("light.floor",), NOW + timedelta(seconds=seconds), name="Floor Lamp")
    one_more = {(ALL_OF_THEM, "light"): 0.5, ("light.floor", ""): 1.0}
    assert after(turn("turn on the light", BOTH), named) == pytest.approx(counted or one_more)


def test_what_is_undone_counts_for_nothing_and_what_follows_it_for_all() -> None:
    undone = turn("undo", BOTH, NOW + timedelta(seconds=5), intent="ExtUndo")
    named = turn("turn on the floor lamp", ("light.floor",), NOW + timedelta(seconds=50), name="Floor Lamp")
    assert after(turn("turn on the light", BOTH), undone, named) == pytest.approx({("light.floor", "light"): 1.0, ("light.floor", ""): 1.0})


def test_of_what_was_done_what_is_not_turned_off_by_hand_was_meant() -> None:
    habits = Habits()
    habits.note(turn("turn on the light", BOTH), ())
    habits.noticed(Entity("light.corner", "Corner Lamp", domain="light", state="off"), NOW + timedelta(seconds=20), ())
    assert {(h.value, h.wanted) for h in habits.about("Anna", NOW, ())} == {("light.floor", "light")}


def test_who_teaches_nothing_has_no_habits() -> None:
    habits = Habits()
    heard = turn("turn on the light", ("light.floor",))
    heard.teaches = False
    habits.note(heard, ())
    assert len(habits) == 0


FRIDAY = datetime(2026, 4, 3, 20, tzinfo=UTC)


def on_days(value: str, *days: int) -> Habit:
    """Uses so many days before Friday evening."""
    uses = tuple(Used(FRIDAY - timedelta(days=day), 1.0) for day in sorted(days, reverse=True))
    return Habit("Anna", "any", "HassMediaSearchAndPlay", "search_query", value, 0.0, "", uses)


def played(now: datetime, *habits: Habit) -> str:
    shares = usual.share(habits, "HassMediaSearchAndPlay", "search_query", now)
    return max(shares, key=lambda value: shares[value], default="")


JAZZ, OPERA = on_days("jazz", 0, 1, 2, 3, 4, 7, 8, 9, 10, 11), on_days("opera", 6, 13)


def test_a_week_has_its_rhythm() -> None:
    assert played(FRIDAY, JAZZ, OPERA) == "jazz"
    assert played(FRIDAY + timedelta(days=1), JAZZ, OPERA) == "opera"
    assert played(FRIDAY + timedelta(days=3), JAZZ, OPERA) == "jazz"


def test_what_only_changed_has_none() -> None:
    """Opera every day, the weekend too; jazz since Wednesday: on Saturday it is jazz."""
    opera, jazz = on_days("opera", 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13), on_days("jazz", 0, 1, 2)
    assert played(FRIDAY + timedelta(days=1), jazz, opera) == "jazz"


def test_one_saturday_is_none() -> None:
    assert played(FRIDAY + timedelta(days=1), JAZZ, on_days("opera", 6)) == "jazz"
