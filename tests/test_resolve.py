"""What is meant, in context: each signal in both polarities."""

from dataclasses import replace
from datetime import UTC, datetime

from agent.records import Context, Habit, Interpretation, Preference, Resolution
from agent.resolve import resolve
from devices.home import Area, Entity, Hardware, Home

NOW = datetime(2026, 3, 10, 18, 0, tzinfo=UTC)


def entity(entity_id: str, name: str, area: str | None = None, kind: str | None = None, state: str = "off", **attributes: object) -> Entity:
    return Entity(entity_id, name, area=area, domain=entity_id.partition(".")[0], kind=kind, state=state, attributes=attributes)


ENTITIES = (
    entity("light.floor", "floor lamp", "living", "light"),
    entity("light.ceiling", "ceiling light", "living", "light"),
    entity("light.kitchen", "kitchen light", "kitchen", "light"),
    entity("light.reading_a", "reading lamp", "living", "light"),
    entity("light.reading_b", "reading lamp", "bed", "light"),
    entity("climate.oven", "oven", "kitchen", "oven", current_temperature=180, min_temp=30, max_temp=250),
    entity("climate.living", "thermostat", "living", "thermostat", "heat", current_temperature=21, min_temp=5, max_temp=30),
    entity("sensor.kitchen", "kitchen temperature", "kitchen", "temperature_sensor", "22", device_class="temperature"),
    entity("media_player.tv", "TV", "living", "tv", "idle", device_class="tv"),
    entity("media_player.speaker", "bedroom speaker", "bed", "speaker", "idle", device_class="speaker"),
    entity("switch.coffee", "coffee maker", "kitchen", "coffee_maker"),
    entity("switch.kettle", "kettle", "kitchen", "kettle"),
)
AREAS = {a: Area(a, n) for a, n in (("living", "living room"), ("kitchen", "kitchen"), ("bed", "bedroom"))}
HOME = Home(areas=AREAS, entities={e.entity_id: e for e in ENTITIES})
CONTEXT = Context(NOW, HOME)


def meant(intent: str, context: Context = CONTEXT, /, **slots: object) -> Resolution:
    found = resolve((Interpretation(intent, slots),), context)
    assert found is not None
    return found


def with_state(context: Context, entity_id: str, state: str) -> Context:
    entities = {**context.home.entities, entity_id: replace(context.home.entities[entity_id], state=state)}
    return replace(context, home=replace(context.home, entities=entities))


def test_the_oven_is_meant_while_it_is_on_and_the_room_while_it_is_off() -> None:
    kitchen = replace(CONTEXT, area="kitchen")
    assert meant("HassClimateGetTemperature", kitchen).targets == ("sensor.kitchen",)
    hot = meant("HassClimateGetTemperature", with_state(kitchen, "climate.oven", "heat"))
    assert hot.targets == ("climate.oven",)
    assert "on" in {w.signal for w in hot.why}


def test_a_room_that_was_said_beats_the_oven() -> None:
    hot = with_state(replace(CONTEXT, area="kitchen"), "climate.oven", "heat")
    assert meant("HassClimateGetTemperature", hot, area="living room").targets == ("climate.living",)


def test_two_hundred_degrees_is_the_oven_and_twenty_two_the_thermostat() -> None:
    assert meant("HassClimateSetTemperature", temperature=200).targets == ("climate.oven",)
    assert meant("HassClimateSetTemperature", temperature=22).targets == ("climate.living",)


def test_a_title_is_the_film_where_there_is_a_screen() -> None:
    shown = meant("HassMediaSearchAndPlay", replace(CONTEXT, area="living"), search_query="hunger games")
    assert (shown.targets, shown.slots["media_class"]) == (("media_player.tv",), "movie")
    heard = meant("HassMediaSearchAndPlay", replace(CONTEXT, area="bed"), search_query="hunger games")
    assert (heard.targets, heard.slots["media_class"]) == (("media_player.speaker",), "music")


def test_music_is_what_this_person_listens_to() -> None:
    jazz = replace(CONTEXT, area="bed", speaker="Anna", habits=(Habit("Anna", "any", "HassMediaSearchAndPlay", "search_query", "jazz", 4.0),))
    assert meant("HassMediaSearchAndPlay", jazz).slots["search_query"] == "jazz"
    rock = replace(CONTEXT, area="bed", speaker="Bob", preferences=(Preference("Bob", "music", "rock"),))
    assert meant("HassMediaSearchAndPlay", rock).slots["search_query"] == "rock"
    assert "search_query" not in meant("HassMediaSearchAndPlay", replace(CONTEXT, area="bed")).slots


def test_brewing_is_asked_about_until_there_is_a_habit() -> None:
    kitchen = replace(CONTEXT, area="kitchen")
    assert meant("ExtApplianceStart", kitchen, activity="brew").missing == "which"
    after_alarm = replace(kitchen, habits=(Habit("", "after alarm", "ExtApplianceStart", "target", "switch.coffee", 3.0),))
    assert meant("ExtApplianceStart", after_alarm, activity="brew").targets == ("switch.coffee",)
    tea = replace(kitchen, habits=(Habit("", "after alarm", "ExtApplianceStart", "target", "switch.kettle", 3.0),))
    assert meant("ExtApplianceStart", tea, activity="brew").targets == ("switch.kettle",)


def test_twin_names_are_settled_by_the_room_of_asking_or_asked_about() -> None:
    assert meant("HassTurnOn", replace(CONTEXT, area="bed"), name="reading lamp").targets == ("light.reading_b",)
    asked = meant("HassTurnOn", replace(CONTEXT, area="kitchen"), name="reading lamp")
    assert (asked.missing, set(asked.targets)) == ("which", {"light.reading_a", "light.reading_b"})


def test_an_unknown_room_or_name_never_widens_the_scope() -> None:
    assert meant("HassTurnOn", domain="light", area="ballroom").missing == "area"
    assert meant("HassTurnOn", name="moon lamp").missing == "name"


def test_lights_are_those_of_the_room_of_asking() -> None:
    assert meant("HassTurnOn", replace(CONTEXT, area="kitchen"), domain="light").targets == ("light.kitchen",)
    assert meant("HassTurnOn", domain="light").missing == "which"


def test_it_is_what_was_last_spoken_of() -> None:
    spoken_of = replace(CONTEXT, focus=("light.floor",))
    assert meant("HassTurnOff", spoken_of, name="it").targets == ("light.floor",)
    assert meant("HassTurnOff", name="it").missing == "name"


def test_a_voice_device_stands_in_its_room() -> None:
    there = replace(CONTEXT, device=Hardware("sat", "satellite", "bed"), area="bed")
    assert meant("HassMediaSearchAndPlay", there, search_query="abba", media_class="artist").targets == ("media_player.speaker",)


def test_diagnostic_sensors_are_never_the_room() -> None:
    relay = replace(entity("sensor.relay", "relay temperature", "kitchen", "temperature_sensor", "45", device_class="temperature"), diagnostic=True)
    home = replace(HOME, entities={**HOME.entities, "sensor.relay": relay})
    assert meant("HassClimateGetTemperature", replace(CONTEXT, home=home, area="kitchen")).targets == ("sensor.kitchen",)
