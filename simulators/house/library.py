"""The library that players search: from the words that were asked for to a queue of tracks."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from urllib.parse import unquote, urlsplit

import yaml

MUSIC = frozenset({"music", "track", "artist", "album", "playlist", "genre"})
"""Home Assistant's media types that all mean pieces of music."""
NEEDS_SCREEN = frozenset({"movie", "tvshow", "video", "episode", "season"})
FILLERS = frozenset({"a", "an", "and", "by", "from", "in", "my", "of", "on", "please", "some", "something", "the", "to"})
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Track:
    """One thing to play; `seconds` 0: it has no end (a radio station)."""

    kind: str
    title: str
    artist: str = ""
    album: str = ""
    seconds: int = 0
    genres: tuple[str, ...] = ()


@cache
def tracks() -> tuple[Track, ...]:
    """All that can be found, in the library's order."""
    rows = yaml.safe_load((files("simulators.house") / "library.yaml").read_text(encoding="utf-8"))
    return tuple(Track(kind, title, artist, album, 60 * minutes, tuple(genres.split())) for kind, title, artist, album, minutes, genres in rows)


def find(asked: str, kind: str, *, screen: bool, luck: Random) -> tuple[Track, ...]:
    """The queue for what was asked: a title and what goes with it, an artist's, album's or genre's tracks, or anything of the kind.

    Never empty: what the library does not have is played under the name that was asked for. An address is played under its last part.
    """
    if "://" in asked:
        return (Track(_known(kind), unquote(urlsplit(asked).path.rsplit("/", 1)[-1]) or asked),)
    within = [track for track in tracks() if screen or track.kind not in NEEDS_SCREEN]
    fitting = [track for track in within if _fits(track, kind)]
    return _search(asked, fitting, luck) or _search(asked, within, luck) or (Track(_known(kind), asked.strip() or "Something"),)


def _known(kind: str) -> str:
    return "music" if kind in MUSIC or not kind else kind


def _fits(track: Track, kind: str) -> bool:
    return not kind or track.kind == kind or (kind in MUSIC and track.kind == "music") or (kind == "video" and track.kind in NEEDS_SCREEN)


def _words(text: str) -> frozenset[str]:
    """The telling words of a name; all of them where none tells anything."""
    words = frozenset(_WORD.findall(text.casefold().replace("'", "")))
    return words - FILLERS or words


def _search(asked: str, within: list[Track], luck: Random) -> tuple[Track, ...]:
    words = _words(asked)
    if not words - {"music", "songs", "song"}:
        return _shuffled([track for track in within if track.kind == "music"], luck)
    for track in within:
        if _words(track.title) <= words <= _words(track.title) | _words(track.artist):
            return (track, *_more_by(track, within))
    telling = words - {"music", "songs", "song"}
    return (
        tuple(track for track in within if telling <= _words(track.artist))
        or _shuffled([track for track in within if telling <= set(track.genres)], luck)
        or tuple(track for track in within if telling <= _words(track.album))
        or tuple(track for track in within if telling <= _words(track.title))[:1]
    )


def _more_by(track: Track, within: list[Track]) -> list[Track]:
    """Other pieces of music by the artist of one."""
    return [other for other in within if other.kind == track.kind == "music" and other is not track and other.artist == track.artist]


def _shuffled(found: list[Track], luck: Random) -> tuple[Track, ...]:
    return tuple(luck.sample(found, len(found)))
