"""Media players, by the convention of docs/media-players-over-mqtt.md."""

import json
from typing import Any

from devices.announced import Announced, Publish
from devices.components.wire import Ask, Component, Reading, Told, Writing, as_number, as_text, message, plain_number, value, word
from devices.home import Entity

STATES = {
    "playing": "playing",
    "paused": "paused",
    "idle": "idle",
    "off": "off",
    "stopped": "idle",
    "on": "on",
    "standby": "standby",
    "buffering": "buffering",
}
MUTED = {"mute": True, "on": True, "true": True, "unmute": False, "off": False, "false": False}


def _state_told(announced: Announced, entity: Entity, payload: str) -> Told | None:
    state = STATES.get(payload.casefold())
    return Told(state) if state else None


def _muted_told(announced: Announced, entity: Entity, payload: str) -> Told | None:
    muted = MUTED.get(payload.casefold())
    return None if muted is None else Told(attributes={"is_volume_muted": muted})


def _volume_told(announced: Announced, entity: Entity, payload: str) -> Told | None:
    level = plain_number(payload)
    return None if level is None else Told(attributes={"volume_level": max(0.0, min(1.0, float(level)))})


def _does(what: str, payload: str) -> Writing:
    return word(f"command_{what}_payload", payload, f"command_{what}_topic", "")


def _or(first: Writing, second: Writing) -> Writing:
    """The second where the device has no topic for the first."""
    return lambda announced, ask: first(announced, ask) or second(announced, ask)


def _play_media(announced: Announced, ask: Ask) -> list[Publish] | None:
    asked = {"media_type": ask.data.get("media_content_type") or "music", "media_id": str(ask.data.get("media_content_id", ""))}
    return message(announced, "command_playmedia_topic", json.dumps(asked, ensure_ascii=False))


def _mute(announced: Announced, ask: Ask) -> list[Publish] | None:
    on = bool(ask.changes.get("is_volume_muted"))
    key, default = ("command_mute_on_payload", "mute") if on else ("command_mute_off_payload", "unmute")
    return message(announced, "command_mute_topic", announced.text(key, default))


_PLAYPAUSE = _does("playpause", "PlayPause")
_VOLUME = value("volume_level", "command_volume_topic")
_PAUSE = _or(_does("pause", "Pause"), _PLAYPAUSE)


def _attributes(announced: Announced) -> dict[str, Any]:
    return {"device_class": announced.text("device_class")} if announced.has("device_class") else {}


MEDIA_PLAYER = Component(
    "media_player",
    (
        Reading("state_state_topic", "", _state_told, ("state",)),
        Reading("state_title_topic", "", as_text("media_title"), ("media_title",)),
        Reading("state_artist_topic", "", as_text("media_artist"), ("media_artist",)),
        Reading("state_album_topic", "", as_text("media_album_name"), ("media_album_name",)),
        Reading("state_duration_topic", "", as_number("media_duration"), ("media_duration",)),
        Reading("state_position_topic", "", as_number("media_position"), ("media_position",)),
        Reading("state_volume_topic", "", _volume_told, ("volume_level",)),
        Reading("state_mute_topic", "", _muted_told, ("is_volume_muted",)),
        Reading("state_mediatype_topic", "", as_text("media_content_type"), ("media_content_type",)),
        Reading("state_source_topic", "", as_text("source"), ("source",)),
    ),
    {
        "media_play": _or(_does("play", "Play"), _PLAYPAUSE),
        "media_pause": _PAUSE,
        "media_stop": _PAUSE,
        "media_next_track": _does("next", "Next"),
        "media_previous_track": _does("previous", "Previous"),
        "play_media": _play_media,
        "volume_set": _VOLUME,
        "volume_up": _VOLUME,
        "volume_down": _VOLUME,
        "volume_mute": _mute,
        "media_seek": value("media_position", "command_seek_topic"),
        "turn_on": _does("turn_on", "on"),
        "turn_off": _does("turn_off", "off"),
    },
    _attributes,
)
