"""Music, films, radio and books on whatever plays: play, pause, skip, volume, what is on, playlists and likes."""

from collections.abc import Mapping
from typing import Any

from agent import words
from agent.records import DISLIKED, DISLIKED_MUSIC, Change, Context, Plan, Preference, Resolution
from agent.stages import Handler, Skill
from devices.effects import number
from devices.home import NOTHING, Entity
from devices.kinds import has_screen, is_playing
from skills.media_phrases import PHRASES
from skills.plans import Step, act, act_each, answer, ask, beyond, cannot, decline, slot_number, slot_text, targets
from skills.tastes import mine
from skills.willing import unwilling

PLAYER = ("media_player",)
CONTENT_TYPES = {
    "tv_show": "tvshow",
    "tvshow": "tvshow",
    "season": "tvshow",
    "game": "tvshow",
    "episode": "tvshow",
    "video": "movie",
    "movie": "movie",
    "audiobook": "audiobook",
    "podcast": "podcast",
    "channel": "channel",
    "radio": "channel",
    "station": "channel",
    "playlist": "playlist",
    "album": "album",
    "artist": "artist",
    "track": "track",
    "song": "track",
}
"""media_class as understood -> Home Assistant's media_content_type; everything else is music."""
PLAYLIST = "playlist "
"""Topic of the preferences that hold a person's own playlists: "playlist road trip"."""
MUSIC = "music"
VOLUME_STEP = 0.1


def play(resolution: Resolution, context: Context) -> Plan:
    """Slots: search_query, media_class. Without words: what the person is known to like, else music."""
    if slot_text(resolution, "media_class") == "game" and not slot_text(resolution, "search_query"):
        return ask("search_query", words.say("which_game"))
    query = slot_text(resolution, "search_query") or slot_text(resolution, "media_id") or _liked(context)
    own = _own_playlist(query, context)
    if own:
        return _play_all(own, resolution, context)
    return act_each(resolution, context, PLAYER, lambda player: _playing(player, query, slot_text(resolution, "media_class")))


def _playing(player: Entity, query: str, media_class: str) -> Step:
    kind = CONTENT_TYPES.get(media_class.casefold().replace(" ", "_"), MUSIC)
    if not media_class and query and query != MUSIC and has_screen(player):
        kind = "movie"
    return player.entity_id, "media_player.play_media", {"media_content_id": query or MUSIC, "media_content_type": kind}


def _liked(context: Context) -> str:
    """The newest music this person told to like, "" where none is known."""
    spoiled = {p.value.casefold() for p in mine(context) if p.topic in (DISLIKED, DISLIKED_MUSIC)}
    told = [p for p in mine(context) if p.topic == MUSIC and p.value.casefold() not in spoiled]
    return told[-1].value if told else ""


def _own_playlist(query: str, context: Context) -> tuple[str, ...]:
    topic = PLAYLIST + _list_name(query)
    return tuple(p.value for p in context.preferences if p.topic == topic and p.speaker in (context.who, context.speaker or "", "")) if query else ()


def _list_name(text: str) -> str:
    return text.casefold().removesuffix(" playlist").removesuffix(" list").strip()


def _play_all(items: tuple[str, ...], resolution: Resolution, context: Context) -> Plan:
    """The items one after another: the first at once, the others queued."""
    steps: list[Step] = []
    for player in targets(resolution, context, *PLAYER):
        for at, item in enumerate(items):
            data: dict[str, Any] = {"media_content_id": item, "media_content_type": MUSIC}
            steps.append((player.entity_id, "media_player.play_media", data if at == 0 else {**data, "enqueue": "add"}))
    return act(steps, context) if steps else cannot(resolution, context)


def _plain(service: str, data: Mapping[str, Any] = NOTHING) -> Handler:
    """The handler that calls one service on all players meant."""

    def handler(resolution: Resolution, context: Context) -> Plan:
        return act_each(resolution, context, PLAYER, lambda player: (player.entity_id, f"media_player.{service}", data))

    return handler


def set_volume(resolution: Resolution, context: Context) -> Plan:
    """Slots: volume_level, 0-100; else refused with the range."""
    asked = slot_number(resolution, "volume_level")
    if asked is None and slot_text(resolution, "volume_step"):
        return set_volume_relative(resolution, context)
    if asked is None:
        return decline(words.say("range.volume", low=0, high=100))
    level = round(asked / 100, 2)
    return beyond(asked, resolution, context, PLAYER, "range.volume") or act_each(
        resolution, context, PLAYER, lambda player: (player.entity_id, "media_player.volume_set", {"volume_level": level})
    )


def set_volume_relative(resolution: Resolution, context: Context) -> Plan:
    """Slots: volume_step, "up", "down" or per cents with their sign."""
    step = slot_text(resolution, "volume_step") or "up"
    return act_each(resolution, context, PLAYER, lambda player: _louder(player, step))


def _louder(player: Entity, step: str) -> Step:
    by, now = number(step), number(player.attributes.get("volume_level"))
    if by is not None and now is not None:
        return player.entity_id, "media_player.volume_set", {"volume_level": round(min(1.0, max(0.0, now + by / 100)), 2)}
    down = step == "down" or (by is not None and by < 0)
    return player.entity_id, "media_player.volume_down" if down else "media_player.volume_up", NOTHING


def settings(resolution: Resolution, context: Context) -> Plan:
    """Slots: shuffle ("on", "off") or repeat ("all", "one", "off")."""
    repeat = slot_text(resolution, "repeat")
    service = "repeat_set" if repeat else "shuffle_set"
    data: dict[str, Any] = {"repeat": repeat} if repeat else {"shuffle": slot_text(resolution, "shuffle") != "off"}
    return act_each(resolution, context, PLAYER, lambda player: (player.entity_id, f"media_player.{service}", data))


def query(resolution: Resolution, context: Context) -> Plan:
    """What is playing: on the players meant, else on any. Slots: what ("artist", "album"), where one thing of it was asked."""
    meant = [player for player in targets(resolution, context, *PLAYER) if is_playing(player)]
    playing = meant or [player for player in context.home.entities.values() if is_playing(player)]
    if not playing:
        return answer(words.say("playing.nothing"), about=targets(resolution, context, *PLAYER))
    return answer(" ".join(_on_now(player, slot_text(resolution, "what")) for player in playing), about=playing)


def _on_now(player: Entity, what: str) -> str:
    title, artist = player.attributes.get("media_title") or player.attributes.get("media_content_id"), player.attributes.get("media_artist")
    album = player.attributes.get("media_album_name")
    values = {"title": title, "artist": artist, "album": album, "what": words.the(player), **words.forms(several=False)}
    key = "playing.unknown" if not title else "playing.by" if artist else "playing.title"
    if what == "artist" and artist:
        key = "playing.artist"
    elif what == "album" and album:
        key = "playing.album"
    return words.say(key, **values)


def _current(context: Context) -> Entity | None:
    """The player that "this song" is about: in this room before others."""
    playing = [player for player in context.home.entities.values() if is_playing(player)]
    return min(playing, key=lambda player: context.home.area_of(player) != context.area, default=None)


def like(resolution: Resolution, context: Context) -> Plan:
    """ "I like this song": kept as a preference. Slots: value said, like ("no" for dislike)."""
    player = _current(context)
    now = str(player.attributes.get("media_title") or "") if player else ""
    artist = str(player.attributes.get("media_artist") or "") if player else ""
    refusal = unwilling(context)
    if refusal is not None:
        return refusal
    value = slot_text(resolution, "value") or (f"{now} by {artist}" if now and artist else now)
    if not value:
        return answer(words.say("playing.nothing"))
    bad = slot_text(resolution, "like") == "no"
    kept = Preference(context.who or context.speaker or "", DISLIKED_MUSIC if bad else MUSIC, value)
    return answer(words.say("disliked" if bad else "liked", value=value), (_change(kept),), [player] if player else ())


def add_to_playlist(resolution: Resolution, context: Context) -> Plan:
    """Keeps what a person's own playlist holds. Slots: playlist, item (absent: what is playing)."""
    name = _list_name(slot_text(resolution, "playlist"))
    player = _current(context)
    item = slot_text(resolution, "item") or (str(player.attributes.get("media_title") or "") if player else "")
    if not item:
        return answer(words.say("playing.nothing"))
    kept = Preference(context.who or context.speaker or "", PLAYLIST + name, item)
    return answer(words.say("playlist.added", item=words.capital(item), playlist=name), (_change(kept),))


def _change(kept: Preference) -> Change:
    return Change("preference", f"{kept.speaker}/{kept.topic}/{kept.value}".casefold(), kept)


def no_game(resolution: Resolution, context: Context) -> Plan:
    return decline(words.say("no_game"))


SKILL = Skill(
    name="media",
    phrases=PHRASES,
    handlers={
        "HassMediaSearchAndPlay": play,
        "HassMediaPause": _plain("media_pause"),
        "HassMediaUnpause": _plain("media_play"),
        "HassMediaNext": _plain("media_next_track"),
        "HassMediaPrevious": _plain("media_previous_track"),
        "HassMediaPlayerMute": _plain("volume_mute", {"is_volume_muted": True}),
        "HassMediaPlayerUnmute": _plain("volume_mute", {"is_volume_muted": False}),
        "HassSetVolume": set_volume,
        "HassSetVolumeRelative": set_volume_relative,
        "ExtMediaSettings": settings,
        "ExtMediaQuery": query,
        "ExtMediaLike": like,
        "ExtAddToPlaylist": add_to_playlist,
        "ExtPlayGame": no_game,
    },
)
