"""What the agent says: sentences from one table per language (agent.words.en), with digits and units; `spoken` makes words for the voice of it."""

from agent.words.deeds import deed, done, failures, kelvin_name, light_words, modes_word, report, sentence, service_key, state_word
from agent.words.moments import adjective, clock, date_of, day_name, moment, span
from agent.words.names import (
    amount_of,
    are_several,
    count,
    domain_of,
    is_outside,
    listed,
    noun,
    place,
    the,
    the_area,
    things,
    written,
)
from agent.words.sentences import LANGUAGE, capital, form, forms, join, number, say
from agent.words.spoken import spoken

__all__ = [
    "LANGUAGE",
    "adjective",
    "amount_of",
    "are_several",
    "capital",
    "clock",
    "count",
    "date_of",
    "day_name",
    "deed",
    "domain_of",
    "done",
    "failures",
    "form",
    "forms",
    "is_outside",
    "join",
    "kelvin_name",
    "light_words",
    "listed",
    "modes_word",
    "moment",
    "noun",
    "number",
    "place",
    "report",
    "say",
    "sentence",
    "service_key",
    "span",
    "spoken",
    "state_word",
    "the",
    "the_area",
    "things",
    "written",
]
