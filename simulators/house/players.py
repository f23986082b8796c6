"""Televisions and speakers, over MQTT as docs/media-players-over-mqtt.md says."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Annotated, Any, Literal, Self

from pydantic import Field

from simulators.house.library import Track, find
from simulators.house.thing import Around, Effects, Entity, PayloadError, Thing, choose, number, unknown

State = Literal["off", "idle", "playing", "paused"]
STATE_TOPICS = ("state", "title", "artist", "album", "duration", "position", "volume", "mute", "mediatype")
BUTTONS: Mapping[str, str] = {
    "play": "Play",
    "pause": "Pause",
    "playpause": "PlayPause",
    "next": "Next",
    "previous": "Previous",
    "turn_on": "on",
    "turn_off": "off",
}
"""Command -> the payload that presses it."""
POSITION_EVERY = 60
"""While it plays, the position is told this often (seconds): enough to follow, little to send."""


@dataclass(frozen=True, slots=True)
class Player(Thing):
    """Plays a queue of tracks to its end. `screen`: it can show movies; without one it looks for something to listen to."""

    screen: bool = False
    watts: float = 10.0
    state: State = "idle"
    queue: tuple[Track, ...] = ()
    index: Annotated[int, Field(ge=0)] = 0
    position: Annotated[float, Field(ge=0)] = 0.0
    volume: Annotated[float, Field(ge=0, le=1)] = 0.3
    muted: bool = False

    def entities(self) -> tuple[Entity, ...]:
        config: dict[str, Any] = {"device_class": "tv" if self.screen else "speaker"}
        config |= {f"state_{topic}_topic": f"~/{topic}" for topic in STATE_TOPICS}
        for button, payload in BUTTONS.items():
            config |= {f"command_{button}_topic": f"~/{button}/set", f"command_{button}_payload": payload}
        for command in ("volume", "mute", "seek", "playmedia"):
            config[f"command_{command}_topic"] = f"~/{command}/set"
        config |= {"command_mute_on_payload": "mute", "command_mute_off_payload": "unmute"}
        return (Entity("media_player", "media_player", config),)

    def reports(self) -> Mapping[str, str]:
        track = self.track or Track("music", "")
        return {
            "state": self.state,
            "title": track.title,
            "artist": track.artist,
            "album": track.album,
            "duration": str(track.seconds),
            "position": str(int(self.position) // POSITION_EVERY * POSITION_EVERY if self.state == "playing" else int(self.position)),
            "volume": f"{self.volume:.2f}",
            "mute": "mute" if self.muted else "unmute",
            "mediatype": track.kind,
        }

    @property
    def track(self) -> Track | None:
        return self.queue[self.index] if self.state in ("playing", "paused") and self.index < len(self.queue) else None

    def obey(self, command: str, payload: str, luck: Random) -> Self:
        match command:
            case "volume":
                return replace(self, volume=number(payload, 0, 1), muted=False)
            case "mute":
                return replace(self, muted=choose(payload, {"mute": True, "unmute": False}))
            case "seek":
                return self._sought(number(payload, 0, 1e6))
            case "playmedia":
                return self._asked(payload, luck)
            case _ if command in BUTTONS:
                choose(payload, {BUTTONS[command]: None})
                return self._pressed(command, luck)
        raise unknown(command)

    def step(self, seconds: float, around: Around) -> Self:
        track = self.track
        if self.state != "playing" or track is None:
            return self
        position = self.position + seconds
        if track.seconds and position >= track.seconds:
            return self._skipped(1)
        return replace(self, position=position)

    def effects(self) -> Effects:
        return Effects(watts={"off": 0.5, "idle": self.watts / 4, "paused": self.watts / 2, "playing": self.watts}[self.state])

    def _pressed(self, button: str, luck: Random) -> Self:
        match button:
            case "turn_off":
                return replace(self, state="off", queue=(), index=0, position=0.0)
            case "turn_on":
                return replace(self, state="idle") if self.state == "off" else self
            case "pause":
                return replace(self, state="paused") if self.state == "playing" else self
            case "playpause":
                return self._pressed("pause" if self.state == "playing" else "play", luck)
            case "play":
                return self._resumed(luck)
        return self._skipped(1 if button == "next" else -1)

    def _resumed(self, luck: Random) -> Self:
        """On with what was paused; where there is nothing, some music."""
        return self if self.state == "playing" else replace(self, state="playing") if self.state == "paused" else self._play("music", "music", luck)

    def _skipped(self, by: int) -> Self:
        if self.track is None:
            return self
        index = max(0, self.index + by)
        if index < len(self.queue):
            return replace(self, index=index, position=0.0)
        return replace(self, state="idle", queue=(), index=0, position=0.0)

    def _sought(self, position: float) -> Self:
        if self.track is None:
            raise PayloadError("nothing is playing")
        return replace(self, position=min(position, max(0.0, self.track.seconds - 1.0)))

    def _asked(self, payload: str, luck: Random) -> Self:
        try:
            media = json.loads(payload)
            return self._play(str(media["media_id"]), str(media.get("media_type") or ""), luck)
        except (json.JSONDecodeError, KeyError, TypeError, AttributeError):
            raise PayloadError(f"'{payload}' is no JSON object with media_type and media_id") from None

    def _play(self, asked: str, kind: str, luck: Random) -> Self:
        return replace(self, state="playing", queue=find(asked, kind, screen=self.screen, luck=luck), index=0, position=0.0)
