"""What the understanding is trained on: a phrase that is new or changed changes no other's sentences, nor what a row is tried in."""

from agent.stages import Phrase, Skill
from agent.understand.grammar import Grammar
from training.data import Sample, folds, generated, grouped

LIGHTS = (
    Phrase("turn on [the] {name}", requires=("light",)),
    Phrase("(light up|illuminate) [the] {area}"),
    Phrase("brighten [the] {name} (a bit|a lot)"),
)


def said(*extra: Phrase) -> dict[str, set[tuple[str, ...]]]:
    """The sentences by intent, with more phrases in front of the others."""
    skill = Skill("lights", {"ExtPreference": (*extra, Phrase("i like {value:text}")), "HassTurnOn": LIGHTS}, {})
    found: dict[str, set[tuple[str, ...]]] = {}
    for sample in generated(Grammar([skill])):
        found.setdefault(sample.intent, set()).add(sample.words)
    return found


def test_a_new_phrase_changes_no_other_sentence() -> None:
    before, after = said(), said(Phrase("i am into {value:text}"), Phrase("my favorite is {value:text}"))
    assert after["HassTurnOn"] == before["HassTurnOn"]
    assert before["ExtPreference"] < after["ExtPreference"]


def row(text: str) -> Sample:
    return Sample(tuple(text.split()), "HassTurnOn", (), "slurp", {})


def test_a_row_falls_to_the_same_lot_whatever_else_is_there() -> None:
    rows = [row(f"put {thing} on at once {n}") for n, thing in enumerate("lamp heater fan kettle toaster radio pump fountain".split())]
    more = [Sample(("i", "like", "jazz"), "ExtPreference", ("", "", ""), "phrases"), *rows]
    for (_, test), (_, test_of_more) in zip(folds(grouped(rows)), folds(grouped(more)), strict=True):
        assert {s.words for s in test} == {s.words for s in test_of_more}


def test_near_twins_are_never_tried_on_what_they_trained() -> None:
    twins = grouped([row("put the old lamp on in the kitchen now"), row("please put the old lamp on in the kitchen"), row("play some jazz")])
    for train, test in folds(twins):
        assert not {s.group for s in train} & {s.group for s in test}
