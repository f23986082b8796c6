"""Phrases as one automaton: what fits, what comes first, what is told of a wrong one."""

from collections.abc import Mapping
from typing import Any

import pytest

from agent.records import Interpretation
from agent.stages import Phrase, Skill
from agent.understand.grammar import Grammar
from agent.understand.lexicon import Lexicon
from agent.understand.normal import tokens
from agent.understand.samples import sentences
from agent.understand.templates import TemplateError
from devices.home import Area, Entity, Floor, Home

HOME = Home(
    areas={"kitchen": Area("kitchen", "Kitchen"), "hall": Area("hall", "Hall")},
    floors={"up": Floor("up", "Upstairs")},
    entities={
        "light.desk": Entity("light.desk", "Desk Lamp", (), "kitchen", domain="light"),
        "light.corner": Entity("light.corner", "Play Corner", (), "kitchen", domain="light"),
        "lock.front": Entity("lock.front", "Front Door", (), "hall", domain="lock"),
        "binary_sensor.front": Entity("binary_sensor.front", "Shed Door", (), "hall", domain="binary_sensor", attributes={"device_class": "door"}),
        "todo.chores": Entity("todo.chores", "Chores", (), None, domain="todo"),
    },
    version=1,
)


def skill(**phrases: tuple[Phrase, ...]) -> Grammar:
    return Grammar([Skill("test", phrases, {})])


def read(grammar: Grammar, said: str) -> tuple[Interpretation, ...]:
    return grammar.match(tokens(said), Lexicon(HOME))


def best(grammar: Grammar, said: str) -> tuple[str, Mapping[str, Any]]:
    found = read(grammar, said)
    return (found[0].intent, dict(found[0].slots)) if found else ("", {})


ON = skill(
    On=(Phrase("<turn_on> <named>"), Phrase("<turn_on> <lights>", {"domain": "light"})),
    Off=(Phrase("<turn_off> <named>"),),
    Lock=(Phrase("lock <named>", requires=("lock",)),),
    Ask=(Phrase("<is> <named> {state}"),),
    Timer=(Phrase("[set] [a] {duration} timer [for {name:words}]"), Phrase("timer {start:duration}")),
    Play=(Phrase("play {search_query:text} [in [<the>] {area}]"),),
    Add=(Phrase("add {item:text} to [my] {name} [list]", requires=("todo",)),),
)


@pytest.mark.parametrize(
    ("said", "intent", "slots"),
    [
        ("turn on the desk lamp", "On", {"name": "Desk Lamp"}),
        ("turn on play corner lights", "On", {"name": "Play Corner"}),
        ("switch on the desk lamp and the play corner", "On", {"name": ["Desk Lamp", "Play Corner"]}),
        ("turn on the kitchen desk lamp", "On", {"name": "Desk Lamp", "area": "Kitchen"}),
        ("turn on the desk lamp in the kitchen", "On", {"name": "Desk Lamp", "area": "Kitchen"}),
        ("turn on all the lights in the hall and the kitchen", "On", {"domain": "light", "area": ["Hall", "Kitchen"]}),
        ("turn on the lights upstairs", "On", {"domain": "light", "floor": "Upstairs"}),
        ("turn on the lights everywhere", "On", {"domain": "light", "area": "all"}),
        ("turn on the lights in here", "On", {"domain": "light", "area": "here"}),
        ("turn it off", "", {}),
        ("turn off it", "Off", {"name": "it"}),
        ("lock the front door", "Lock", {"name": "Front Door"}),
        ("lock the desk lamp", "", {}),
        ("is the front door locked", "Ask", {"name": "Front Door", "state": "locked"}),
        ("is the shed door open", "Ask", {"name": "Shed Door", "state": "on"}),
        ("set a 1 and a half hours timer for pizza", "Timer", {"hours": 1, "minutes": 30, "name": "pizza"}),
        ("timer 90 seconds", "Timer", {"start_seconds": 90}),
        ("play The Office in the kitchen", "Play", {"search_query": "The Office", "area": "Kitchen"}),
        ("add take out the trash to my chores list", "Add", {"item": "take out the trash", "name": "Chores"}),
        ("turn on the moon lamp", "", {}),
        ("", "", {}),
    ],
)
def test_reads(said: str, intent: str, slots: dict[str, Any]) -> None:
    """One sentence, its best reading."""
    assert best(ON, said) == (intent, slots)


def test_more_words_of_its_own_come_first() -> None:
    """Of two phrases the one that leaves less to free words is the better; it is the surer too."""
    grammar = skill(Play=(Phrase("play {search_query:text}"),), Next=(Phrase("play the next song"),))
    found = read(grammar, "play the next song")
    assert [r.intent for r in found] == ["Next"]
    assert best(grammar, "play the next day") == ("Play", {"search_query": "the next day"})


def test_a_phrase_for_one_sort_of_thing_comes_first() -> None:
    grammar = skill(On=(Phrase("start <named>"),), Secure=(Phrase("start <named>", requires=("lock",)),))
    assert [r.intent for r in read(grammar, "start the front door")] == ["Secure", "On"]
    assert [r.intent for r in read(grammar, "start the desk lamp")] == ["On"]


@pytest.mark.parametrize(
    ("template", "word"),
    [("turn on <nothing>", "<nothing>"), ("turn on {thing:nosuchtype}", "nosuchtype"), ("turn (on", "turn (on"), ("turn on]", "turn on]")],
)
def test_wrong_template(template: str, word: str) -> None:
    """A wrong phrase is told with its skill, its intent and what is wrong."""
    with pytest.raises(TemplateError) as told:
        skill(Broken=(Phrase(template),))
    assert "test" in str(told.value)
    assert "Broken" in str(told.value)
    assert word in str(told.value)


def test_sentences_of_the_home() -> None:
    """What people may say here: with the home's names, each once, no more than asked for, all of them understood."""
    said = list(sentences(ON, HOME, 40))
    assert len(said) == len(set(said)) <= 40
    assert "turn on the desk lamp" in said
    assert "lock the front door" in said
    assert not any("play" in s.split()[:1] for s in said)
    assert all(read(ON, s) for s in said if "timer" not in s)
    assert list(sentences(ON, HOME, 5)) == said[:5]
