"""Sentences and handlers belong together: each intent that can be said can be done, and the reverse; and templates are sound."""

import importlib
import pkgutil
import re
from importlib.metadata import entry_points

import pytest

import skills
from agent.intents import INTENTS
from agent.stages import Phrase, Skill
from agent.understand.normal import tokens
from agent.understand.slot_types import TYPES
from agent.understand.templates import parse

MODULES = [importlib.import_module(f"skills.{found.name}") for found in pkgutil.iter_modules(skills.__path__)]
SKILLS: tuple[Skill, ...] = tuple(module.SKILL for module in MODULES if hasattr(module, "SKILL"))
PHRASES = [(skill.name, intent, phrase) for skill in SKILLS for intent, phrases in skill.phrases.items() for phrase in phrases]
READ_OTHERWISE = {"ExtSchedule", "ExtReschedule", "ExtTeachRoom"}
"""Made by the reader of a command and a time, or by what is at hand (agent/new_lessons.py); no phrase of its own."""
HOME_ASSISTANTS = set(
    "HassBroadcast HassCancelAllTimers HassCancelTimer HassClimateGetTemperature HassClimateSetFanMode HassClimateSetTemperature HassDecreaseTimer"
    " HassFanSetSpeed HassGetCurrentDate HassGetCurrentTime HassGetState HassGetWeather HassIncreaseTimer HassLawnMowerDock HassLawnMowerStartMowing"
    " HassLightSet HassListAddItem HassListCompleteItem HassListRemoveItem HassMediaNext HassMediaPause HassMediaPlayerMute HassMediaPlayerUnmute"
    " HassMediaPrevious HassMediaSearchAndPlay HassMediaUnpause HassNevermind HassPauseTimer HassRespond HassSetPosition HassSetVolume"
    " HassSetVolumeRelative HassShoppingListAddItem HassShoppingListCompleteItem HassStartTimer HassTimerStatus HassTurnOff HassTurnOn"
    " HassUnpauseTimer HassVacuumCleanArea HassVacuumReturnToBase HassVacuumStart".split()
)
THINGLESS = {"ExtTeachName"}
"""Reached through a thing's name, but not about switching it."""


def test_every_intent_that_can_be_said_has_exactly_one_handler_and_the_reverse() -> None:
    handled = [intent for skill in SKILLS for intent in skill.handlers]
    said = {intent for _, intent, _ in PHRASES}
    assert sorted(handled) == sorted(set(handled))
    assert said - set(handled) == set()
    assert set(handled) - said == READ_OTHERWISE


def test_every_english_intent_of_home_assistant_is_handled() -> None:
    assert {intent for skill in SKILLS for intent in skill.handlers} >= HOME_ASSISTANTS


def test_every_skill_is_found_by_its_entry_point() -> None:
    assert {point.load() is not None and point.name for point in entry_points(group="hearth.skills")} == {skill.name for skill in SKILLS}


@pytest.mark.parametrize("skill", SKILLS, ids=lambda skill: skill.name)
def test_templates_can_be_read(skill: Skill) -> None:
    for phrases in skill.phrases.values():
        for phrase in phrases:
            parse(phrase.template)


def _words(phrase: Phrase) -> list[str]:
    return re.findall(r"[^\s\[\]()|]+", re.sub(r"<[^>]*>|\{[^}]*\}", " ", phrase.template))


def test_no_template_has_a_word_that_is_never_heard() -> None:
    """ "whats" is heard as "what is", "colour" as "color"."""
    dead = {(intent, word) for _, intent, phrase in PHRASES for word in _words(phrase) if tokens(word).words != (word,) and not word[0].isdigit()}
    assert dead == set()


def test_no_template_but_a_scenes_is_a_bare_name_or_free_text() -> None:
    """Such a phrase would fit anything that is said."""
    bare = set()
    for name, intent, phrase in PHRASES:
        least = re.sub(r"\[[^\[\]]*\]", "", re.sub(r"\[[^\[\]]*\]", "", re.sub(r"\[[^\[\]]*\]", "", phrase.template)))
        if re.fullmatch(r"\s*(<named>|\{\w+(:(text|words|word|message|name))?\})\s*", least):
            bare.add((name, intent, phrase.template))
    assert {name for name, _, _ in bare} <= {"scenes"}


def test_slots_that_templates_imply_are_of_the_right_kind() -> None:
    """Per cents and degrees are numbers; free text types are known."""
    for name, intent, phrase in PHRASES:
        for key in ("brightness", "percentage", "position", "temperature"):
            assert isinstance(phrase.slots.get(key, 0), int | float), (name, intent, phrase)
        assert all((slot.partition(":")[2] or slot) in TYPES for slot in re.findall(r"\{(\w+(?::\w+)?)\}", phrase.template)), phrase


def test_intents_that_act_on_things_are_known_to_the_resolver() -> None:
    """An intent with a named thing in its phrases, or a domain, must be in agent.intents; else its targets are never found."""
    named = {intent for _, intent, phrase in PHRASES if ("<named>" in phrase.template and phrase.requires) or "domain" in phrase.slots}
    own_look_up = {"HassStartTimer", "HassCancelTimer", "ExtAlarmSet", "ExtReminderSet"}
    assert named - set(INTENTS) - own_look_up - THINGLESS == set()
