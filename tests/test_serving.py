"""Learned pairs in memory: whose they are, where they hold, what is held out, when they rest."""

from datetime import UTC, datetime

from agent.records import Context, Learned, Taught
from agent.rewrite import Rewrites
from devices.home import Home

NOW = datetime(2026, 3, 10, 10, tzinfo=UTC)
FUNZEL = Learned("turn on the funzel", "turn on the floor lamp", "Anna", state="serving", score=0.96)


def here(who: str = "Anna", area: str | None = None, taught: tuple[Taught, ...] = ()) -> Context:
    return Context(NOW, Home(), area=area, speaker=who, who=who, taught=taught)


def served(rewrites: Rewrites, text: str, context: Context, turn: str = "turn-1") -> str | None:
    found = rewrites.propose(text, context, turn)
    return found.rewrite.target if found and not found.rewrite.held else None


def loaded(*pairs: Learned, **more: object) -> Rewrites:
    rewrites = Rewrites(**more)  # type: ignore[arg-type]
    rewrites.load(pairs, 1)
    return rewrites


def test_a_pair_is_its_persons() -> None:
    rewrites = loaded(FUNZEL)
    assert served(rewrites, "Please turn on the funzel!", here()) == "turn on the floor lamp"
    assert served(rewrites, "turn on the funzel", here("Bob")) is None
    assert served(rewrites, "turn on the funzel now or never", here()) is None


def test_what_was_taught_comes_first() -> None:
    taught = (Taught("turn on the funzel", "turn on the tv"),)
    assert served(loaded(FUNZEL), "turn on the funzel", here(taught=taught)) == "turn on the tv"


def test_shadows_and_suspended_pairs_are_not_served() -> None:
    for state in ("shadow", "suspended"):
        pair = Learned("x y", "turn on the tv", "Anna", state=state)  # type: ignore[arg-type]
        assert served(loaded(pair), "x y", here()) is None


def test_a_room_s_own_pair_holds_there_alone() -> None:
    rewrites = loaded(Learned("the big one", "turn on the desk lamp", "Anna", ("study",), state="serving"))
    assert served(rewrites, "the big one", here(area="study")) == "turn on the desk lamp"
    assert served(rewrites, "the big one", here(area="kitchen")) is None


def test_the_household_s_unknown_words_serve_whoever_has_none_of_their_own() -> None:
    unknown = Learned("the thing on", "turn on the tv", "", state="serving")
    rewrites = loaded(unknown, Learned("lamp on", "turn on the tv", "", own="x", state="serving"))
    assert served(rewrites, "the thing on", here()) == "turn on the tv"
    assert served(rewrites, "lamp on", here()) is None
    assert served(rewrites, "lamp on", here("")) == "turn on the tv"


def test_one_in_twenty_is_held_out_and_the_turn_tells_how_likely_that_was() -> None:
    chances = {f"turn-{i}": i / 100 for i in range(100)}
    rewrites = loaded(FUNZEL, hold_out=0.05, chance=chances.__getitem__)
    found = [rewrites.propose("turn on the funzel", here(), turn) for turn in chances]
    held = [f for f in found if f and f.rewrite.held]
    assert len(held) == 5
    assert {f.propensity for f in held} == {0.05}
    assert {f.propensity for f in found if f and not f.rewrite.held} == {0.95}


def test_what_is_asked_about_is_never_held_out() -> None:
    rewrites = loaded(Learned("x y", "open the blinds", "Anna", risk="R2", state="serving"), hold_out=1.0, chance=lambda _: 0.0)
    assert served(rewrites, "x y", here()) == "open the blinds"


def test_taken_back_twice_it_rests_until_the_learners_have_seen_it() -> None:
    rewrites = loaded(FUNZEL)
    first = rewrites.propose("turn on the funzel", here(), "turn-1")
    assert first is not None
    rewrites.taken_back(first.rewrite, "Anna")
    assert served(rewrites, "turn on the funzel", here())
    rewrites.taken_back(first.rewrite, "Anna")
    assert served(rewrites, "turn on the funzel", here()) is None
    rewrites.load([FUNZEL], 2)
    assert served(rewrites, "turn on the funzel", here())


def test_one_good_turn_in_between_makes_it_anew() -> None:
    rewrites = loaded(FUNZEL)
    first = rewrites.propose("turn on the funzel", here(), "turn-1")
    assert first is not None
    rewrites.taken_back(first.rewrite, "Anna")
    rewrites.went_well(first.rewrite, "Anna")
    rewrites.taken_back(first.rewrite, "Anna")
    assert served(rewrites, "turn on the funzel", here())


def test_of_the_fleet_only_what_is_harmless_comes_in() -> None:
    harmless = Learned("a b", "turn on the tv", layer="fleet", state="serving")
    rewrites = Rewrites(fleet=[harmless, Learned("c d", "close the blinds", layer="fleet", risk="R2", state="serving")])
    assert served(rewrites, "a b", here()) == "turn on the tv"
    assert served(rewrites, "c d", here()) is None


def test_nothing_learned_is_served_when_it_is_switched_off() -> None:
    rewrites = loaded(FUNZEL)
    rewrites.serving = False
    assert served(rewrites, "turn on the funzel", here()) is None
