"""Playing, volume, what is on, likes and playlists."""

from collections.abc import Callable
from typing import Any

import pytest

from agent.records import Plan, Preference, Resolution
from skills import media
from skills.media import SKILL
from tests.small_home import context, data, doable, meant, one, thing

TV = thing("media_player.tv", "TV", "playing", device_class="tv", volume_level=0.4, media_title="Hunger Games")
SPEAKER = thing(
    "media_player.kitchen", "Kitchen Speaker", "playing", area="kitchen", device_class="speaker", volume_level=0.25,
    media_title="So What", media_artist="Miles Davis", media_album_name="Kind of Blue",
)  # fmt: skip
SILENT = thing("media_player.bed", "Bedroom Speaker", "idle", device_class="speaker")


@pytest.mark.parametrize(
    ("slots", "wanted"),
    [
        ({"search_query": "Queen", "media_class": "artist"}, ("Queen", "artist")),
        ({"search_query": "Breaking Bad", "media_class": "tv_show"}, ("Breaking Bad", "tvshow")),
        ({"search_query": "Serial", "media_class": "podcast"}, ("Serial", "podcast")),
        ({"search_query": "Thriller", "media_class": "album"}, ("Thriller", "album")),
        ({"search_query": "Bohemian Rhapsody", "media_class": "track"}, ("Bohemian Rhapsody", "track")),
        ({"search_query": "Dune", "media_class": "movie"}, ("Dune", "movie")),
        ({"search_query": "Dune", "media_class": "audiobook"}, ("Dune", "audiobook")),
        ({"search_query": "radio", "media_class": "channel"}, ("radio", "channel")),
        ({"search_query": "My Favorites", "media_class": "playlist"}, ("My Favorites", "playlist")),
        ({"search_query": "jazz", "media_class": "music"}, ("jazz", "music")),
        ({"media_class": "music"}, ("music", "music")),
        ({}, ("music", "music")),
    ],
)
def test_the_words_asked_for_and_their_type(slots: dict[str, Any], wanted: tuple[str, str]) -> None:
    around = context(SILENT)
    plan = media.play(meant("HassMediaSearchAndPlay", SILENT, **slots), around)
    assert one(plan).service == "media_player.play_media"
    assert data(plan) == {"media_content_id": wanted[0], "media_content_type": wanted[1]}
    assert doable(plan, around.home)


def test_a_title_without_a_class_is_a_film_where_there_is_a_screen() -> None:
    asked = {"search_query": "Hunger Games"}
    assert data(media.play(meant("HassMediaSearchAndPlay", TV, **asked), context(TV)))["media_content_type"] == "movie"
    assert data(media.play(meant("HassMediaSearchAndPlay", SILENT, **asked), context(SILENT)))["media_content_type"] == "music"


def test_music_without_words_is_what_the_person_likes() -> None:
    likes = (Preference("Ann", "music", "jazz"), Preference("Bob", "music", "metal"))
    plan = media.play(meant("HassMediaSearchAndPlay", SILENT), context(SILENT, speaker="Ann", preferences=likes))
    assert data(plan)["media_content_id"] == "jazz"


@pytest.mark.parametrize(
    ("intent", "service", "wanted"),
    [
        ("HassMediaPause", "media_pause", {}),
        ("HassMediaUnpause", "media_play", {}),
        ("HassMediaNext", "media_next_track", {}),
        ("HassMediaPrevious", "media_previous_track", {}),
        ("HassMediaPlayerMute", "volume_mute", {"is_volume_muted": True}),
        ("HassMediaPlayerUnmute", "volume_mute", {"is_volume_muted": False}),
    ],
)
def test_the_plain_services(intent: str, service: str, wanted: dict[str, Any]) -> None:
    handler: Callable[[Resolution, Any], Plan] = SKILL.handlers[intent]
    plan = handler(meant(intent, TV), context(TV))
    assert (one(plan).service, dict(data(plan))) == (f"media_player.{service}", wanted)


@pytest.mark.parametrize(("asked", "level"), [(90, 0.9), ("35", 0.35), (100, 1.0), (0, 0.0)])
def test_volume_is_a_level_from_0_to_1(asked: float | str, level: float) -> None:
    plan = media.set_volume(meant("HassSetVolume", TV, volume_level=asked), context(TV))
    assert (one(plan).service, data(plan)) == ("media_player.volume_set", {"volume_level": level})


@pytest.mark.parametrize(
    ("step", "service", "wanted"),
    [
        ("up", "volume_up", {}),
        ("down", "volume_down", {}),
        (20, "volume_set", {"volume_level": 0.6}),
        (-20, "volume_set", {"volume_level": 0.2}),
        (-80, "volume_set", {"volume_level": 0.0}),
    ],
)
def test_relative_volume(step: float | str, service: str, wanted: dict[str, Any]) -> None:
    plan = media.set_volume_relative(meant("HassSetVolumeRelative", TV, volume_step=step), context(TV))
    assert (one(plan).service, dict(data(plan))) == (f"media_player.{service}", wanted)


def test_relative_volume_of_a_player_that_does_not_tell_its_own() -> None:
    plan = media.set_volume_relative(meant("HassSetVolumeRelative", SILENT, volume_step=-20), context(SILENT))
    assert one(plan).service == "media_player.volume_down"


def test_shuffle_and_repeat() -> None:
    around = context(TV)
    assert data(media.settings(meant("ExtMediaSettings", TV, shuffle="off"), around)) == {"shuffle": False}
    assert data(media.settings(meant("ExtMediaSettings", TV, repeat="one"), around)) == {"repeat": "one"}


@pytest.mark.parametrize(
    ("slots", "said"),
    [
        ({}, "So What by Miles Davis is playing on the kitchen speaker."),
        ({"what": "artist"}, "It's Miles Davis."),
        ({"what": "album"}, "It's from Kind of Blue."),
    ],
)
def test_what_is_playing(slots: dict[str, Any], said: str) -> None:
    plan = media.query(meant("ExtMediaQuery", SPEAKER, **slots), context(SPEAKER))
    assert (plan.outcome, plan.say, plan.targets) == ("answer", said, ("media_player.kitchen",))


def test_nothing_is_playing() -> None:
    assert media.query(meant("ExtMediaQuery", SILENT), context(SILENT)).say == "Nothing is playing."


def test_liking_what_plays_keeps_it() -> None:
    plan = media.like(meant("ExtMediaLike"), context(SPEAKER, speaker="Ann"))
    assert plan.changes[0].value == Preference("Ann", "music", "So What by Miles Davis")
    assert media.like(meant("ExtMediaLike", like="no"), context(SPEAKER)).changes[0].value == Preference(
        "", "disliked music", "So What by Miles Davis"
    )
    assert media.like(meant("ExtMediaLike"), context(SILENT)).changes == ()


def test_a_playlist_of_ones_own_is_kept_and_played_in_order() -> None:
    kept = media.add_to_playlist(meant("ExtAddToPlaylist", playlist="Road Trip", item="Africa"), context(SILENT, speaker="Ann"))
    value = kept.changes[0].value
    assert value == Preference("Ann", "playlist road trip", "Africa")
    assert isinstance(value, Preference)
    songs = (value, Preference("Ann", "playlist road trip", "Hello"))
    plan = media.play(meant("HassMediaSearchAndPlay", SILENT, search_query="road trip playlist"), context(SILENT, speaker="Ann", preferences=songs))
    assert [(c.data["media_content_id"], c.data.get("enqueue")) for c in plan.commands] == [("Africa", None), ("Hello", "add")]


def test_games_are_declined() -> None:
    assert media.no_game(meant("ExtPlayGame"), context()).outcome == "decline"
