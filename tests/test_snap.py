"""The phonetic snap: what sounds like a sentence of the home is read as that sentence."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.records import Context, Hypothesis, Request
from agent.understand import ipa, snap, spelling
from agent.understand.costs import DROP, SWAP
from agent.understand.phones import NUMBER, PHONES, UNKNOWN, Pronouncer, pronouncer, words
from agent.understand.snapping import Snapping
from devices.home import Area, Home

ROOMS = ("kitchen", "living room", "bedroom", "bathroom", "hallway", "office", "garage", "kids room")
THINGS = ("light", "ceiling light", "floor lamp", "desk lamp", "fan", "heater", "blinds")
VERBS = ("turn on", "turn off", "dim", "open", "close")
SENTENCES = (
    *(f"{verb} the {room} {thing}" for verb in VERBS for room in ROOMS for thing in THINGS),
    *(f"set the {room} light to {n} percent" for room in ROOMS for n in ("ten", "fifteen", "fifty", "forty", "one hundred")),
    "start brewing",
    "unlock the front door",
    "lock the front door",
    "no",
    "yes",
)


@pytest.fixture(scope="module")
def home() -> snap.Snap:
    return snap.Snap(SENTENCES)


def phones(text: str) -> str:
    return " ".join(PHONES[i - 1] for i in pronouncer().text(text))


@pytest.mark.parametrize("sentence", SENTENCES[::17])
def test_a_sentence_of_the_home_costs_nothing(home: snap.Snap, sentence: str) -> None:
    assert home.nearest(sentence)[0] == snap.Snapped(sentence, 0.0, sentence)


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("Turn on the kitchen sealing light.", "turn on the kitchen ceiling light"),
        ("turn of the kids' room sealing like", "turn off the kids room ceiling light"),
        ("Turn off the bed room flaw lamp", "turn off the bedroom floor lamp"),
        ("Start ruling.", "start brewing"),
        ("said the office light to 15%", "set the office light to fifteen percent"),
        ("clothes the living groom blinds", "close the living room blinds"),
    ],
)
def test_what_sounds_like_it_is_read_as_it(home: snap.Snap, heard: str, meant: str) -> None:
    nearest = home.nearest(heard)[0]
    assert nearest.sentence == meant
    assert nearest.cost <= snap.ACCEPT


@pytest.mark.parametrize("heard", ["what is the capital of France", "I think that we should go to the cinema tonight", "[unk] [unk] [unk]"])
def test_what_was_not_for_us_is_far(home: snap.Snap, heard: str) -> None:
    assert home.nearest(heard)[0].cost > snap.ASK


@pytest.mark.parametrize("heard", ["", "?!", "...", "1" * 400])
def test_no_sound_or_an_endless_one_is_survived(home: snap.Snap, heard: str) -> None:
    assert all(near.cost > snap.ASK for near in home.nearest(heard))


def test_a_grammar_without_sentences_has_no_nearest() -> None:
    assert snap.Snap(()).nearest("turn on the light") == ()
    assert snap.Snap(("", "?")).nearest("turn on the light") == ()


def test_the_shortlist_loses_nothing(home: snap.Snap) -> None:
    """Against the exact cost of every sentence, for sentences that were heard with three phones wrong."""
    chance = np.random.default_rng(3)
    for sentence in chance.choice(SENTENCES, 40):
        heard = bytearray(pronouncer().text(str(sentence)))
        for at in chance.integers(0, len(heard), min(3, len(heard) // 3)):
            heard[at] = chance.integers(1, UNKNOWN)
        listed = home._shortlists([bytes(heard)])[0]
        exact = snap.distances(bytes(heard), home._phones, home._lengths) / np.maximum(home._lengths, len(heard))
        assert exact[listed].min() == exact.min()


def slow_distance(heard: bytes, said: bytes) -> float:
    rows = [[0.0]]
    for phone in said:
        rows[0].append(rows[0][-1] + float(DROP[phone]))
    for sound in heard:
        row = [rows[-1][0] + float(DROP[sound])]
        for j, phone in enumerate(said):
            row.append(min(rows[-1][j] + float(SWAP[sound, phone]), rows[-1][j + 1] + float(DROP[sound]), row[-1] + float(DROP[phone])))
        rows.append(row)
    return rows[-1][-1]


SOUND = st.binary(min_size=1, max_size=12).map(lambda b: bytes(1 + x % UNKNOWN for x in b))


@settings(max_examples=60, deadline=None)
@given(heard=SOUND, said=st.lists(SOUND, min_size=1, max_size=4))
def test_the_viterbi_is_the_edit_distance(heard: bytes, said: list[bytes]) -> None:
    found = snap.distances(heard, snap._padded(said), np.array([len(s) for s in said], np.int32))
    assert found == pytest.approx([slow_distance(heard, s) for s in said], abs=1e-4)


@settings(max_examples=30, deadline=None)
@given(one=SOUND, other=SOUND)
def test_costs_are_symmetric(one: bytes, other: bytes) -> None:
    assert slow_distance(one, other) == pytest.approx(slow_distance(other, one))


def test_near_sounds_cost_less_than_far_ones() -> None:
    def swap(one: str, other: str) -> float:
        return float(SWAP[NUMBER[one], NUMBER[other]])

    assert swap("AA", "AA") == 0 < swap("AA", "IY") < swap("S", "Z") < swap("S", "M")
    assert DROP[NUMBER["T"]] < DROP[NUMBER["S"]]
    assert SWAP[UNKNOWN, UNKNOWN] == 1


def test_of_many_hypotheses_the_nearest_counts(home: snap.Snap) -> None:
    heard = (Hypothesis("she has never returned", 0.4), Hypothesis("turn on the bathroom fan", 0.3))
    nearest = home.nearest_of(heard)[0]
    assert (nearest.sentence, nearest.heard) == ("turn on the bathroom fan", "turn on the bathroom fan")
    assert nearest.cost < 0.01


def test_the_snapped_sentence_is_read_first_and_the_heard_words_are_kept(home: snap.Snap) -> None:
    heard = (Hypothesis("Turn on the kitchen sealing light.", 0.9),)
    assert [h.text for h in home.hypotheses(heard)] == ["turn on the kitchen ceiling light", "Turn on the kitchen sealing light."]


def test_a_title_keeps_its_words(home: snap.Snap) -> None:
    heard = (Hypothesis("play the hunger games", 0.9),)
    assert home.hypotheses(heard) == heard


def test_a_number_is_never_changed_unasked(home: snap.Snap) -> None:
    heard = (Hypothesis("set the kitchen light to sixteen percent", 0.9),)
    assert home.nearest_of(heard)[0].cost <= snap.ACCEPT
    assert home.hypotheses(heard) == heard


def test_a_number_that_was_misheard_as_words_is_restored(home: snap.Snap) -> None:
    heard = (Hypothesis("set the office light to four tea percent", 0.9),)
    assert home.hypotheses(heard)[0].text == "set the office light to forty percent"


def test_names_are_ranked_by_sound() -> None:
    ranked = snap.sounds_like("sealing lite", ["desk lamp", "Ceiling Light", "seating area"])
    assert ranked[0][0] == "Ceiling Light"
    assert ranked[0][1] < snap.ACCEPT < ranked[1][1]
    assert len(ranked) == 3


def test_words_are_those_that_are_spoken() -> None:
    assert " ".join(words("Set the kids' room to 21.5°C, please!")) == "set the kids room to twenty one point five degrees please"
    assert words("Café at 7:30 pm") == ["cafe", "at", "seven", "thirty", "p", "m"]


def test_words_come_from_the_dictionary() -> None:
    assert phones("kitchen light") == "K IH CH AH N L AY T"
    assert phones("joe's") == "JH OW Z"


def test_a_dictionary_is_searched_to_its_ends() -> None:
    lines = b"a EY1\nb B IY1\nzebra Z IY1 B R AH0"
    small = Pronouncer(lines)
    assert [small.word(w) for w in ("a", "b", "zebra")] == [bytes(NUMBER[p] for p in s.split()) for s in ("EY", "B IY", "Z IY B R AH")]


@pytest.mark.parametrize("word", ["flumbo", "tv", "zzz", "x", "rhythm", "schedule", "knightley", "qi"])
def test_every_word_gets_phones_without_dictionary_or_espeak(word: str) -> None:
    assert Pronouncer().word(word)
    assert all(1 <= phone < UNKNOWN for phone in Pronouncer().word(word))


def test_spelling_reads_common_words() -> None:
    assert spelling.phones("light") == ("L", "AY", "T")
    assert spelling.phones("tv") == ("T", "IY", "V", "IY")
    assert spelling.phones("station") == ("S", "T", "AE", "SH", "AH", "N")


def test_the_snap_works_with_spelling_alone() -> None:
    bare = snap.Snap(SENTENCES, Pronouncer())
    assert bare.nearest("turn on the kitchen sealing light")[0].sentence == "turn on the kitchen ceiling light"


def test_ipa_becomes_phones() -> None:
    assert ipa.phones("kˈɪtʃən") == ("K", "IH", "CH", "AH", "N")
    assert ipa.phones("flˈʌmboʊ") == ("F", "L", "AH", "M", "B", "OW")
    assert ipa.phones("¡¿") == ()


def test_espeak_reads_what_no_dictionary_has() -> None:
    espeak = ipa.Espeak.found()
    if espeak is None:
        pytest.skip("libespeak-ng is not installed")
    assert espeak.phones("flumbo") == ("F", "L", "AH", "M", "B", "OW")


NOW = datetime(2026, 3, 10, 10, tzinfo=UTC)


def home_with(*rooms: str, version: int) -> Home:
    return Home(areas={room: Area(room, room) for room in rooms}, version=version)


def spoken(text: str) -> Request:
    return Request("1", NOW, (Hypothesis(text),), door="microphone", heard={"asr": 0.1})


async def test_the_snap_follows_the_home() -> None:
    made: list[int] = []

    def sentences(home: Home) -> list[str]:
        made.append(home.version)
        return [f"turn on the {room} light" for room in home.areas]

    snapping = Snapping(sentences)
    before, after = home_with("kitchen", version=1), home_with("kitchen", "conservatory", version=2)
    asked = spoken("turn on the conserve a tory light")
    assert snapping(asked, Context(NOW, before)) == asked.hypotheses
    await snapping.refresh(before)
    await snapping.refresh(before)
    assert snapping(asked, Context(NOW, before)) == asked.hypotheses
    await snapping.refresh(after)
    assert snapping(asked, Context(NOW, after))[0].text == "turn on the conservatory light"
    assert snapping.phrases == ("turn on the kitchen light", "turn on the conservatory light")
    assert made == [1, 2]


async def test_what_was_typed_is_not_snapped() -> None:
    snapping = Snapping(lambda home: ["turn on the kitchen light"])
    await snapping.refresh(home_with("kitchen", version=1))
    typed = replace(spoken("turn on the kitten light"), heard={})
    assert snapping(typed, Context(NOW, Home())) == typed.hypotheses


async def test_what_is_understood_as_it_stands_is_left_alone() -> None:
    snapping = Snapping(lambda home: ["turn it up"], knows=lambda text, context: text == "Turn it off.")
    await snapping.refresh(home_with("kitchen", version=1))
    assert snapping(spoken("Turn it off."), Context(NOW, Home())) == (Hypothesis("Turn it off."),)
    assert snapping(spoken("Turn it of."), Context(NOW, Home()))[0].text == "turn it up"
