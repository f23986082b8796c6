"""Hypotheses to readings: n-best lists, near and unknown names, the model's part, any text at all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.app import skills
from agent.records import Context, Hypothesis, Interpretation
from agent.understand.grammar import Grammar
from agent.understand.model import FOLDER, Settings, TrainedModel, calibrated, load, runs
from agent.understand.reader import Reader
from devices.home import Area, Entity, Home

NOW = datetime(2026, 3, 10, 10, tzinfo=UTC)
HOME = Home(
    areas={"living": Area("living", "Living Room"), "kitchen": Area("kitchen", "Kitchen")},
    entities={
        "light.floor": Entity("light.floor", "Floor Lamp", (), "living", domain="light"),
        "light.ceiling": Entity("light.ceiling", "Kitchen Ceiling Light", (), "kitchen", domain="light"),
        "lock.door": Entity("lock.door", "Front Door", (), None, domain="lock"),
        "media_player.tv": Entity("media_player.tv", "TV", (), "living", domain="media_player", kind="tv"),
        "light.on_air": Entity("light.on_air", "On Air", (), "living", domain="light"),
        "light.seven": Entity("light.seven", "Seven", (), "living", domain="light"),
        "light.twin_a": Entity("light.twin_a", "Twin", (), "living", domain="light"),
        "light.twin_b": Entity("light.twin_b", "Twin", (), "kitchen", domain="light"),
    },
    version=1,
)
CONTEXT = Context(NOW, HOME, "living")


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    return Grammar(skills())


@pytest.fixture(scope="module")
def reader(grammar: Grammar) -> Reader:
    return Reader(grammar)


def heard(*texts: str) -> tuple[Hypothesis, ...]:
    return tuple(Hypothesis(text, round(1 - 0.1 * i, 2)) for i, text in enumerate(texts))


def first(reader: Reader, *texts: str, context: Context = CONTEXT) -> Interpretation:
    return reader.understand(heard(*texts), context)[0][0]


class Opinion:
    """A model of fixed opinions."""

    def __init__(self, share: float = 1.0, read: Iterable[Interpretation] = ()) -> None:
        self.share = share
        self.readings = tuple(read)

    def read(self, said: object, lexicon: object) -> tuple[Interpretation, ...]:
        return self.readings

    def agrees(self, said: object, intent: str) -> float:
        return self.share

    def inside(self, said: object) -> float:
        return self.share

    def correct(self, own: object) -> None:
        """A fixed opinion stays as it is."""


def test_known(reader: Reader) -> None:
    found = first(reader, "turn on the floor lamp")
    assert (found.intent, found.slots, found.by) == ("HassTurnOn", {"name": "Floor Lamp"}, "exact")
    assert found.confidence == 1.0


def test_here_is_the_speakers_room(reader: Reader) -> None:
    """The room of asking, where it is known."""
    assert first(reader, "turn on the lights in here").slots["area"] == "Living Room"
    assert first(reader, "turn on the lights in here", context=replace(CONTEXT, area=None)).slots["area"] == "here"


def test_near_name(reader: Reader) -> None:
    """A slip of the recogniser is read as the home's name, less surely."""
    found = first(reader, "turn on the kitchen sealing light")
    assert (found.intent, found.slots, found.by) == ("HassTurnOn", {"name": "Kitchen Ceiling Light"}, "near")
    assert 0.6 <= found.confidence < 1.0


@pytest.mark.parametrize(
    ("said", "slot", "value"), [("turn on the moon lamp", "name", "moon lamp"), ("turn off the lights in the ballroom", "area", "ballroom")]
)
def test_unknown_stays_as_said(reader: Reader, said: str, slot: str, value: str) -> None:
    """What the home does not have is never its neighbour, and never dropped."""
    assert first(reader, said).slots[slot] == value


def test_opposite_hypotheses_are_both_kept(reader: Reader) -> None:
    """Lock and unlock heard alike: both, close to each other, so that the agent can ask."""
    clause = reader.understand((Hypothesis("lock the front door", 0.6), Hypothesis("unlock the front door", 0.58)), CONTEXT)[0]
    assert [r.intent for r in clause[:2]] == ["HassTurnOn", "HassTurnOff"]
    assert clause[0].confidence - clause[1].confidence < 0.1


def test_a_later_hypothesis_may_be_the_one_understood(reader: Reader) -> None:
    assert first(reader, "turn on the four lamb", "turn on the floor lamp").slots == {"name": "Floor Lamp"}


@pytest.mark.parametrize("said", ["turn on on air", "turn on seven", "turn on the twin", "turn off seven and on air"])
def test_names_that_are_words(reader: Reader, said: str) -> None:
    """Names that are also words, and names borne twice, are names."""
    assert "name" in first(reader, said).slots


def test_renamed_at_run_time(reader: Reader) -> None:
    """A new name is understood by the next sentence."""
    renamed = replace(HOME, entities={**HOME.entities, "light.floor": replace(HOME.entities["light.floor"], name="Purple Rain")}, version=2)
    assert first(reader, "turn on purple rain", context=replace(CONTEXT, home=renamed)).slots == {"name": "Purple Rain"}
    assert first(reader, "turn on the floor lamp").slots == {"name": "Floor Lamp"}


def test_empty_home(reader: Reader) -> None:
    """A home of nothing understands the sort of thing all the same."""
    empty = Context(NOW, Home())
    assert first(reader, "turn on the lights", context=empty).slots == {"domain": "light"}
    assert first(reader, "set a timer for 5 minutes", context=empty).slots == {"minutes": 5}


@pytest.mark.parametrize("text", ["", " ", "?", "\u202e\u0000", "включи свет на кухне", "電気をつけて", "word " * 10_000, "and " * 50, "the " * 100])
def test_nothing_to_understand(reader: Reader, text: str) -> None:
    assert reader.understand((Hypothesis(text),), CONTEXT) == ()


def test_no_hypotheses(reader: Reader) -> None:
    assert reader.understand((), CONTEXT) == ()


COMMON = (
    "turn on off the light lamp floor kitchen in at and to set play timer minutes five 7 percent don't no wait every day not it is "
    "what all except please door lock"
).split()


@given(st.lists(st.sampled_from(COMMON), max_size=25).map(" ".join))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_words_of_commands(reader: Reader, text: str) -> None:
    """Whatever is mixed of the grammar's own words: an answer of readings, best first in each clause."""
    for clause in reader.understand((Hypothesis(text),), CONTEXT):
        assert clause
        assert all(0 <= r.confidence <= 1 for r in clause)


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text(reader: Reader, text: str) -> None:
    for clause in reader.understand((Hypothesis(text),), CONTEXT):
        assert all(isinstance(r, Interpretation) for r in clause)


# --- the model's part --------------------------------------------------------------------------------------------------------------------------


def test_model_reads_what_no_phrase_fits(grammar: Grammar) -> None:
    reader = Reader(grammar)
    reader.use(Opinion(read=[Interpretation("HassTurnOn", {"domain": "light"}, 0.7, "model")]))
    assert first(reader, "it would be lovely to have some brightness around").by == "model"


def test_model_is_not_asked_about_what_a_phrase_fits(grammar: Grammar) -> None:
    """A phrase without free words needs nobody's opinion."""
    reader = Reader(grammar)
    reader.use(Opinion(share=0.0))
    assert first(reader, "turn on the floor lamp").by == "exact"


def test_free_words_count_as_far_as_the_model_agrees(grammar: Grammar) -> None:
    """ "Play ..." may be anything: refused where the model is sure that it is not for the home, less sure where it doubts."""
    reader = Reader(grammar)
    reader.use(Opinion(share=0.8))
    assert first(reader, "play yellow submarine").confidence == pytest.approx(0.8)
    reader.use(Opinion(share=0.0))
    assert reader.understand(heard("play yellow submarine"), CONTEXT) == ()


def predicting(intent: str, share: float, tags: Mapping[str, str] | None = None, grammar: Grammar | None = None) -> TrainedModel:
    """The trained model with a fixed prediction; `tags` by word."""

    def predict(words: Sequence[str]) -> tuple[Mapping[str, float], Sequence[str]]:
        return {intent: share, "OOD": 1 - share}, [(tags or {}).get(w, "O") for w in words]

    return TrainedModel(predict, Settings(1.0, 0.5), grammar or Grammar(skills()))


def test_slots_of_the_model(grammar: Grammar) -> None:
    """The model says what is wanted; rooms, levels and free words are found in the sentence."""
    reader = Reader(grammar)
    reader.use(predicting("HassLightSet", 0.9, grammar=grammar))
    slots = first(reader, "i fancy the kitchen being down at 20 percent or thereabouts").slots
    assert (slots["area"], slots["brightness"]) == ("Kitchen", 20)
    reader.use(predicting("HassMediaSearchAndPlay", 0.9, {"yellow": "QUERY", "submarine": "QUERY"}, grammar))
    assert first(reader, "would love a bit of yellow submarine right about now").slots["search_query"] == "yellow submarine"


@pytest.mark.parametrize("share", [0.2, 0.49])
def test_unlikely_is_not_understood(grammar: Grammar, share: float) -> None:
    reader = Reader(grammar)
    reader.use(predicting("HassLightSet", share, grammar=grammar))
    assert reader.understand(heard("who won the match last night in rome"), CONTEXT) == ()


def test_calibration_keeps_order_and_sum() -> None:
    raw = {"a": 0.9, "b": 0.09, "c": 0.01}
    flat = calibrated(raw, 2.0)
    assert sum(flat.values()) == pytest.approx(1.0)
    assert flat["a"] > flat["b"] > flat["c"]
    assert flat["a"] < raw["a"]
    assert calibrated(raw, 1.0) == pytest.approx(raw)


def test_runs_of_tags() -> None:
    assert runs(["O", "QUERY", "QUERY", "O", "ITEM", ""]) == [("QUERY", 1, 3), ("ITEM", 4, 5)]


def test_no_model_is_said(grammar: Grammar, caplog: pytest.LogCaptureFixture, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Without weights the phrases go on, and the log says what to do."""
    assert load(grammar, tmp_path_factory.mktemp("empty")) is None
    assert "make model" in caplog.text


def test_shipped_model(grammar: Grammar) -> None:
    """The weights in the package load and know talk from commands."""
    model = load(grammar, FOLDER)
    assert model is not None
    reader = Reader(grammar)
    reader.use(model)
    assert first(reader, "please could the kitchen get a little more light").intent in ("HassTurnOn", "HassLightSet")
    assert reader.understand(heard("who was the third president of the united states"), CONTEXT) == ()


class Asked(Opinion):
    """Counts what it is asked to read."""

    def __init__(self) -> None:
        super().__init__(read=[Interpretation("HassTurnOn", {}, 0.9, "model")])
        self.times = 0

    def read(self, said: object, lexicon: object) -> tuple[Interpretation, ...]:
        self.times += 1
        return super().read(said, lexicon)


def test_what_is_said_again_is_not_worked_out_again(grammar: Grammar) -> None:
    model = Asked()
    reader = Reader(grammar)
    reader.use(model)
    told = [first(reader, "it is rather gloomy where the floor lamp stands") for _ in range(3)]
    assert told[0] == told[1] == told[2]
    assert model.times == 1


def test_names_that_changed_are_read_anew(grammar: Grammar) -> None:
    reader = Reader(grammar)
    assert not reader.knows("turn on the sunshine", CONTEXT)
    lamp = replace(HOME.entities["light.floor"], name="Sunshine")
    renamed = replace(HOME, entities={**HOME.entities, lamp.entity_id: lamp}, version=2)
    assert reader.knows("turn on the sunshine", replace(CONTEXT, home=renamed))
