"""How people ask for media."""

from collections.abc import Mapping

from agent.stages import Phrase

PLAYER = ("media_player",)
MEDIA = {"domain": "media_player"}
PLAYERS_SAID = "(music|tv|television|telly|radio|stereo|speaker|speakers|media player|sound system|projector)"
ON_PLAYER = "(on|through|over|via|with|using|from) <named>"
"""Where it should play: used in templates below."""


def _with(slots: Mapping[str, object], *templates: str) -> tuple[Phrase, ...]:
    return tuple(Phrase(template, slots, PLAYER if "<named>" in template else ()) for template in templates)


def _play() -> tuple[Phrase, ...]:
    """Each way of saying what, with and without where."""
    whats = (
        "<play> [<the>] {media_class} [called|named|by] {search_query:text}",
        "<play> [<the>] {search_query:text} {media_class}",
        "(play|start playing|play me|play us|listen to|stream|queue|queue up|put on|watch) [some|me some] {search_query:text}",
        "<i_want> [to] (hear|watch|listen to|play) [some|the] [{media_class}] {search_query:text}",
    )
    wheres = ("", f" {ON_PLAYER}", " in [<the>] ({area}|{floor})", f" {ON_PLAYER} in [<the>] {{area}}")
    return tuple(Phrase(what + where, {}, PLAYER if "<named>" in where else ()) for what in whats for where in wheres)


def _genres() -> tuple[Phrase, ...]:
    """Music without a title: what is liked, or just music."""
    return _with(
        {"media_class": "music"},
        "<play> [some|me some|us some|my|any|a] (music|song|songs|tune|tunes|something) [<place>]",
        "<play> [some|me some|my] (music|songs|tunes|something) (on|through) <named>",
        "<i_want> [to] (hear|listen to|play) [some|a] (music|song|songs|tunes)",
        "(music|music please|some music|let there be music) [<place>]",
        "(put|turn) (some|the|my|on some) (music|tunes) on [<place>]",
        "surprise me with (music|a song)",
    )


def _news() -> tuple[Phrase, ...]:
    """News by the radio or on a screen."""
    what = "(play|put on|turn on|start|show|watch|play me|play us|show me|show us) [the] [latest|evening|morning|daily] news"
    return _with(
        {"search_query": "news"},
        f"{what} [<place>]",
        f"{what} (on|through|over|via) <named>",
        f"{what} (on|through|over|via) [<the>] {PLAYERS_SAID} [<place>]",
    )


def _shown() -> tuple[Phrase, ...]:
    """A film or picture on a screen."""
    what = "(show|show me|show us|let me see|let us watch|put) {search_query:text}"
    return (
        *_with({"media_class": "movie"}, "(show|show me|show us) {search_query:text}", f"{what} (on|over|via) <named>"),
        *_with({"media_class": "movie"}, f"{what} on [<the>] (tv|television|telly|screen|projector|big screen) [<place>]"),
        *_with({}, f"(play|put on|watch|stream|start playing) {{search_query:text}} (on|over|via) [<the>] {PLAYERS_SAID} [<place>]"),
    )


BY_SOMEBODY = "(something|anything|songs|music|a song|some songs|some music|tracks|the music|any song) (by|from|of)"
GENRES = (
    "jazz|rock|pop|classical|blues|country|metal|punk|folk|soul|funk|reggae|techno|house|hip hop|rap|electronic|ambient|disco|swing|gospel|latin"
    "|salsa|opera|indie|chill|lounge|dance|christmas|piano|dinner|workout|party|relaxing|calm|sleep"
)
"""Sorts of music, by which it is known to be music whatever plays it."""


FANCY = (
    "(i could do with|i could use|i fancy|i feel like|i feel like hearing|i feel like listening to|i am in the mood for|how about|i would love|"
    "i would love to hear|(can|could|may) (i|we) (hear|have|get|listen to)|get|give me|give us|what about|i would not mind|i want to listen to)"
)
"""How people wish for something to listen to."""


def _sorts_of_music() -> tuple[Phrase, ...]:
    made: list[Phrase] = []
    for genre in GENRES.split("|"):
        slots = {"search_query": genre, "media_class": "music"}
        made += _with(
            slots,
            f"(play|put on|start|i want to hear|i want|let us hear) [me|us] [some|a bit of] {genre} [music|songs|tunes] [<place>]",
            f"(play|put on|start) [me|us] [some] {genre} [music|songs] (on|through) <named>",
            f"{FANCY} [some|a bit of|a little] {genre} [music|songs|tunes] [going|playing] [<place>]",
        )
    return tuple(made)


PHRASES: dict[str, tuple[Phrase, ...]] = {
    "HassTurnOn": _with(
        MEDIA,
        "(turn on|switch on|power on) [<the>] (tv|television|telly|stereo|speaker|speakers|media player|sound system|projector) [<place>]",
        "(turn|switch|power) [<the>] (tv|television|telly|stereo|speaker|speakers|media player|sound system|projector) [<place>] on",
    ),
    "HassTurnOff": _with(
        MEDIA,
        f"(turn off|switch off|power off|shut off|kill) [<the>] {PLAYERS_SAID} [<place>]",
        f"(turn|switch|power|shut) [<the>] {PLAYERS_SAID} [<place>] off",
        f"[<the>] {PLAYERS_SAID} off [<place>]",
        "(turn|switch) off [<the>] {area} (tv|television|music|radio|stereo|speaker|speakers)",
    ),
    "HassMediaSearchAndPlay": (
        *_genres(),
        *_news(),
        *_shown(),
        *_sorts_of_music(),
        *_with(
            {"media_class": "music"},
            "(play|put on) some {search_query:text}",
            f"{FANCY} some {{search_query:text}} [music|songs|tunes] [playing]",
            "(can|could|may) (i|we) (hear|listen to) {search_query:text}",
            "get (some|the|a) {search_query:text} (going|playing)",
            "(play|put on) some {search_query:text} (on|through) <named>",
            "(play|put on) some {search_query:text} in [<the>] ({area}|{floor})",
        ),
        *_play(),
        *_with(
            {"media_class": "channel"},
            "<play> [the] [radio] station {search_query:text}",
            "<play> [<the>] {search_query:text} (station|radio station|fm)",
        ),
        *_with(
            {"media_class": "channel", "search_query": "radio"},
            "(turn on|put on|play|start) [the|some] radio [<place>]",
            "turn [the] radio on [<place>]",
        ),
        *_with(
            {"media_class": "audiobook"},
            "read [me|us] [from] (the|my|a) (book|audiobook) {search_query:text}",
            "(read|continue|resume) (my|the) (book|audiobook)",
        ),
        *_with(
            {"media_class": "podcast"},
            "(play|start|put on) (the|my) (latest|newest|next|last) episode of {search_query:text}",
            "play [my|the] podcast",
        ),
        *_with(
            {"media_class": "playlist"},
            "<play> my {search_query:text} (playlist|list|mix)",
            "<play> [songs|music|something] from [my|the] {search_query:text} (playlist|list)",
            "shuffle [my|the] {search_query:text} [playlist]",
        ),
        *_with({"media_class": "movie"}, "(show|watch|show me) [the] (movie|film) {search_query:text}"),
        *_with({"media_class": "tv_show"}, "(show|watch|show me) [the] (show|series|tv show) {search_query:text}"),
        *_with({"media_class": "album"}, "play the {search_query:text} album", "play the album {search_query:text}"),
        *(
            phrase
            for where in ("", f" {ON_PLAYER}", " in [<the>] ({area}|{floor})")
            for phrase in _with({"media_class": "artist"}, f"<play> [me|us] {BY_SOMEBODY} {{search_query:text}}{where}")
        ),
    ),
    "HassMediaPause": _with(
        MEDIA,
        "pause",
        "pause (it|this|that)",
        "<pause> [<the>] (<music>|show|film|movie|video|tv|book|audiobook|podcast) [<place>]",
        "<pause> [<the>] (playback|music|player) (on|of) <named>",
        "<pause> <named>",
        "<named> pause",
        "put <named> on (pause|hold)",
        "hold [the] (music|playback|song)",
        "(stop|stop playing|quit playing) [<the>] (<music>|show|film|movie|video|book|audiobook|podcast) [<place>]",
        "(stop|stop playing|quit) [(playback|playing|the music)] (on|of) <named>",
        "stop <named> [completely|playing]",
        "(stop|end|finish|quit|halt) [<the>] (session|playback|stream|streaming|show|film|movie|song|track|video|podcast|audiobook) (on|of) <named>",
        "stop playing [<place>]",
        "(pause|stop) [<the>] {area} (music|tv|television|media|player|speaker|speakers)",
        "pause <place>",
    ),
    "HassMediaUnpause": _with(
        MEDIA,
        "(resume|unpause|continue|carry on|keep playing|play on|go on playing)",
        "(resume|unpause|continue) (it|this|that)",
        "<resume> [<the>] (<music>|show|film|movie|video|tv|book|audiobook|podcast) [<place>]",
        "<resume> [playing] [the] [(music|playback|media)] [on] <named>",
        "<resume> playing [<the>] (music|song|songs) [<place>]",
        "<named> (unpause|resume|continue|play)",
        "play",
        "press play",
        "play again",
        "(start|begin|resume) (playing|playback) [on <named>]",
        "(play|start) [the] media (on|of|in) (<named>|[<the>] {area})",
        "play <named>",
        "start playing [music] on <named>",
        "<resume> [<the>] {area} (music|tv|media|player|media player|speaker|speakers)",
    ),
    "HassMediaNext": _with(
        MEDIA,
        "(skip|next|skip it|skip this|skip that|next one|next please|next song|next track)",
        "(skip|skip over) [to] [the] [this|that|current|next] (song|track|one|item|episode|video|chapter)",
        (
            "[play|go to|jump to|skip to|change to|move to|advance to|skip ahead to|give me] [the] next (song|track|one|item|"
            "episode|video|chapter|title|tune)"
        ),
        (
            "[play|go to|jump to|skip to|change to|move to|advance to|skip] [the] (next|this) [song|track|one|item|episode|video|"
            "lullaby|tune|chapter] [on] <named>"
        ),
        "(skip|skip to) [the|this] (song|track|one|next|item|episode) [song|track|one] [(on|for) <named>|<place>]",
        "(change|switch) [the] (song|track) [to the next [one|song]] [now] [on [this|the|my] (playlist|list|album)]",
        "(take me|move|move on|continue|go on|go|swipe|advance) to [the] next (song|track|one|tune) [on [this|the|my] (playlist|list|album)]",
        (
            "(play|go to|skip to|give me|what is|i want to hear|i would like to hear) [the] next (song|track|one|hit|tune) "
            "on (this|the|my) (playlist|list|album)"
        ),
        "(play|i want|i want to hear) [the] next (hit|tune|one|song) [instead|played]",
        "(skip|go past|change) (this|the) (song|track|one) [and (go|play|move|skip) [to] the next (one|song|track)] [instead]",
        "i (do not want|do not like|hate|am tired of) [to hear] this (song|one|track) (skip it|move to the next|next)",
        "play the song (coming next|coming on next|that is next|that comes next)",
        "skip [the|this] (song|track|one|item|episode) [(on|for) <named>|<place>]",
        "[play|go to|skip to] [the] next (song|track|one|item|episode|video) [(on|for) <named>|<place>|for [<the>] {area} music]",
        "next (track|song|one|item) (on|for) <named>",
        "advance <named> to the next (song|track|one|item|episode)",
        "<named> (next|skip|skip this|next track|next song|skip track|skip song|skip this song)",
        "i do not like this (song|one|track) (skip it|next)",
        "(another|different) (song|one|track)",
        "(play|give me) (another|a different|something else|a new) [song|one|track]",
        "skip (ahead|forward) [to the next [song|track|one]]",
        "next (song|track|one) on [this|the|my] (playlist|list|album)",
    ),
    "HassMediaPrevious": _with(
        MEDIA,
        "(previous|go back|back|replay|last song|previous song|previous track|last track|back one|rewind)",
        (
            "[play|go back to|go to|skip back to|return to|replay|rewind to|repeat] [the] (last|previous) (song|track|one|"
            "item|episode|video|lullaby|chapter) [again]"
        ),
        (
            "[play|go back to|go to|skip back to|return to|replay|rewind to] [the] (last|previous) [song|track|one|item|"
            "episode|video|lullaby|tune|chapter] [again] [on] <named>"
        ),
        "[play|go back to|skip back to|replay|rewind to] [the] (last|previous) (song|track|one|item|episode|video|lullaby) [again] <place>",
        "(go back|replay|previous|skip back) [a] [(song|track|one)] [on <named>|<place>]",
        "<named> (go back|previous|play the previous song|play the last song|replay|previous song|previous track)",
        "(play|repeat) (that|it|this) [song|one|track] again",
        "play [the] (last|previous) (song|track|one) again [<place>|on <named>]",
        "(replay|repeat) (the song|this song|this|it|that) [on <named>|<place>]",
        "(start|play) (this|the) (song|track) (from the beginning|over|over again|again)",
        "<place> (play the last song again|go back|previous|replay)",
    ),
    "HassSetVolume": _with(
        MEDIA,
        "<set> [<the>] <volume> [<place>] [up|down] [<to>] {volume_level:volume} [<place>]",
        "<set> [<the>] ({area}|{floor}) <volume> [up|down] [<to>] {volume_level:volume}",
        "<set> [<the>] volume (of|on|for) <named> [up|down] [<to>] {volume_level:volume}",
        "<set> <named> volume [up|down] [<to>] {volume_level:volume}",
        "(<increase>|<decrease>) [<the>] <volume> [<place>] to {volume_level:volume} [<place>]",
        "(<increase>|<decrease>) [<the>] ({area}|{floor}) <volume> to {volume_level:volume}",
        "(<increase>|<decrease>) [<the>] volume (of|on|for) <named> to {volume_level:volume}",
        "(<increase>|<decrease>) <named> volume to {volume_level:volume}",
        "<set> [<the>] volume [up|down] [<to>] {volume_level:volume} (on|for) <named>",
        "(<increase>|<decrease>) [<the>] volume to {volume_level:volume} (on|for) <named>",
        "[the] volume [<to>] {volume_level:volume} [<place>]",
        "[the] volume [<to>] {volume_level:volume} on <named>",
        "[<the>] ({area}|{floor}) volume [<to>] {volume_level:volume}",
        "<named> volume [<to>] {volume_level:volume}",
        "on <named> (set|change|increase|decrease|turn) [<the>] volume [up|down] <to> {volume_level:volume}",
        "<set> [<the>] volume (to|on) [<the>] {volume_level:volume} [level]",
        "(volume|sound) (set|on|at|to) [to] {volume_level:volume}",
        "<i_want> [<the>|that] volume [bumped up|turned up|turned down|set] (at|to|on) {volume_level:volume}",
        "(make sure|keep) [<the>|that] [the] volume [is|stays] (on|at) {volume_level:volume}",
        "turn to volume {volume_level:volume}",
        "<set> [<the>] volume (setting|level) to {volume_level:volume}",
        "(turn|set|put) [<the>] volume [up|down] to (the|its) (loudest|highest|lowest) [setting|level]",
    ),
    "HassSetVolumeRelative": (
        *_with(
            {**MEDIA, "volume_step": "up"},
            "<increase> [<the>] <volume> [a bit|a little|some more|more|a lot] [<place>]",
            "<increase> [<the>] ({area}|{floor}) <volume> [a bit|a little]",
            "<increase> [<the>] <volume> (of|on|for|in) <named>",
            "<increase> <named> [volume] [a bit|a little|a notch|a touch|slightly|some more|more|a lot]",
            "(turn|crank|pump|put|bring|push) [<the>] <volume> up [a bit|a little|a notch|more] [<place>]",
            "(turn|crank) [<the>] ({area}|{floor}) <volume> up",
            "(turn|crank|put) (<named>|[<the>] volume (of|on) <named>) [volume] up [a bit|a little|a notch]",
            "(turn|crank|pump) (it|that|this|your volume) up [a bit|a little|a notch|more]",
            "(turn|crank|pump) up [the|your] [speaker|media|music] volume [<place>]",
            "[the] volume (up|higher) [<place>|[on] <named>]",
            "[<the>] ({area}|{floor}) volume (up|higher)",
            "<named> [volume] (up|louder)",
            "[make it|play it|play|get] [a bit|a little|much|slightly] louder [<place>|on <named>]",
            "(i can not|i cant|i can barely|i can hardly) hear (it|you|this|that|anything|the music)",
            "(speak|talk) [a bit|a little|much] (up|louder|loud) [a bit|a little]",
            "(louder|more) volume",
            "(make|get|set) [<the>|your] (<volume>|sound) [a bit|a little|much] (louder|higher) [<place>]",
            "[<the>] (speaker|speakers|music|tv|media) volume (increase|up)",
            "(move|boost|bring|rise|raise) [<the>|your] volume [up] [a bit|a little] [of this]",
            "<i_want> [<the>|your|it] [volume|music] [to be] [a bit] louder",
            "(the|your|my) volume (should|needs to|must|has to) be (increased|raised|louder|higher)",
            "(the|your) (sound|volume|music) is too (low|quiet|soft)",
            "(it is|its|that is|thats|you are|the music is|the sound is) <very> (quiet|soft|faint|low)",
        ),
        *_with(
            {**MEDIA, "volume_step": "down"},
            "<decrease> [<the>] <volume> [a bit|a little|some more|more|a lot] [<place>]",
            "<decrease> [<the>] ({area}|{floor}) <volume> [a bit|a little]",
            "<decrease> [<the>] <volume> (of|on|for|in) <named>",
            "<decrease> <named> [volume] [a bit|a little|a notch|a touch|slightly|some more|more|a lot]",
            "(turn|put|bring) [<the>] <volume> down [a bit|a little|a notch|more] [<place>]",
            "turn [<the>] ({area}|{floor}) <volume> down",
            "(turn|put) (<named>|[<the>] volume (of|on) <named>) [volume] down [a bit|a little|a notch]",
            "turn (it|that|this|your volume) down [a bit|a little|a notch|more]",
            "turn down [the|your] [speaker|media|music] volume [<place>]",
            "[the] volume (down|lower) [<place>|[on] <named>]",
            "[<the>] ({area}|{floor}) volume (down|lower)",
            "<named> [volume] (down|quieter|softer)",
            "[make it|play it|play|get] [a bit|a little|much|slightly] (quieter|softer) [<place>|on <named>]",
            "(speak|talk) [a bit|a little] (down|quieter|softer|more quietly|softly|more softly) [a bit|a little]",
            "(make|get|set) [<the>|your] (<volume>|sound) [a bit|a little|much] (quieter|lower|softer|low) [<place>]",
            "[<the>] (speaker|speakers|music|tv|media) volume (decrease|down)",
            "(low|cut down|slow down) [<the>|your] volume [of [the] (speaker|speakers|music|tv)]",
            "<i_want> [<the>|your|it] [volume|music] [to be] [a bit] (quieter|softer)",
            "(the|your|my) volume (should|needs to|must|has to) be (decreased|lowered|quieter|lower)",
            "too loud",
            "(it is|its|you are|that music is|that is|the music is) <very> loud [<place>]",
        ),
        *_with(
            MEDIA,
            "<increase> [<the>] <volume> [<place>] [by] {volume_step:percent} [<place>]",
            "<increase> [<the>] ({area}|{floor}) <volume> [by] {volume_step:percent}",
            "<increase> (<named> volume|[<the>] volume (of|on) <named>) [by] {volume_step:percent}",
            "<increase> [<the>] volume by {volume_step:percent} on <named>",
            "(turn|put) [<the>] <volume> up [by] {volume_step:percent} [<place>|on <named>]",
            "[the] volume up [on <named>|<place>|<named>] [by] {volume_step:percent} [<place>|on <named>]",
            "[the] volume up <place> [by] {volume_step:percent}",
            "[<the>] ({area}|{floor}) volume up [by] {volume_step:percent}",
            "<named> volume up [by] {volume_step:percent}",
            "<decrease> [<the>] <volume> [<place>] [by] {volume_step:minus_percent} [<place>]",
            "<decrease> [<the>] ({area}|{floor}) <volume> [by] {volume_step:minus_percent}",
            "<decrease> (<named> volume|[<the>] volume (of|on) <named>) [by] {volume_step:minus_percent}",
            "<decrease> [<the>] volume by {volume_step:minus_percent} on <named>",
            "(turn|put) [<the>] <volume> down [by] {volume_step:minus_percent} [<place>|on <named>]",
            "[the] volume down [on <named>|<place>|<named>] [by] {volume_step:minus_percent} [<place>|on <named>]",
            "[the] volume down <place> [by] {volume_step:minus_percent}",
            "[<the>] ({area}|{floor}) volume down [by] {volume_step:minus_percent}",
            "<named> volume down [by] {volume_step:minus_percent}",
        ),
    ),
    "HassMediaPlayerMute": _with(
        MEDIA,
        "(mute|silence|hush)",
        "(mute|silence) (it|that|this|everything|yourself)",
        "(mute|silence) [<the>] (<music>|sound|volume|tv|television|speaker|speakers) [<place>]",
        "(mute|silence) <named> [for a moment|for now]",
        "mute [the] (music|sound|media|media player|audio) (on|of) <named>",
        "(mute|silence) [<the>] {area} (music|sound|tv|speaker|speakers|stereo|media player)",
        "(turn|switch|shut) [the] sound off [<place>|on <named>]",
        "(turn|switch|shut) off [the] sound [<place>|on <named>]",
        "(no sound|sound off|silent mode|silence please|be quiet|quiet please|shut up)",
        "(do not|stop|quit) (talk|talking|speak|speaking|respond|responding|answer|answering|reply|replying) [to me] [now|anymore|today]",
        "(do not|stop|quit) (make|making) [a|any|so much|that] (sound|sounds|noise|noises) [now|anymore|today]",
        "put <named> on mute",
        "<set> [the] volume to (mute|zero|nothing|silent)",
    ),
    "HassMediaPlayerUnmute": _with(
        MEDIA,
        "unmute [it|that|this|everything]",
        "unmute [<the>] (<music>|sound|volume|tv|television|speaker|speakers) [<place>]",
        "unmute <named>",
        "unmute [the] (music|sound|media|audio) (on|of) <named>",
        "unmute [<the>] {area} (music|sound|tv|speaker|speakers|media player)",
        "(turn|switch) [the] sound [back] on [<place>|on <named>]",
        "(sound on|sound back on|take it off mute)",
        "take <named> off mute",
    ),
    "ExtMediaSettings": (
        *_with(
            {**MEDIA, "shuffle": "on"},
            "(shuffle|randomize|mix up) [<the>] [music|songs|playlist|list|album|tracks] [on <named>|<place>]",
            "(turn|switch|put) [on] shuffle [mode] [on]",
            "(put|play) [<the>|my] (music|playlist|songs|album) (on|in|with) shuffle [mode]",
            "play in random order",
        ),
        *_with({**MEDIA, "shuffle": "off"}, "(turn|switch) [off] shuffle [mode] [off]", "(stop|no more|do not) (shuffling|shuffle)"),
        *_with(
            {**MEDIA, "repeat": "one"},
            "(repeat|loop) (this|the|that|the current) (song|track|one) [forever|over and over|on <named>]",
            "(put|play) this (song|track) (on repeat|on loop|in a loop|again and again)",
            "repeat (this|the song playing now)",
        ),
        *_with(
            {**MEDIA, "repeat": "all"},
            "(repeat|loop) (all|everything|the playlist|the album|the list)",
            "(turn|switch) on repeat [mode]",
            "turn repeat on",
        ),
        *_with({**MEDIA, "repeat": "off"}, "(turn|switch) off repeat [mode]", "turn repeat off", "(stop|no more|do not) (repeating|repeat|looping)"),
    ),
    "ExtMediaQuery": (
        *_with(
            {},
            "(what is|tell me what is|do you know what is) (playing|on|this) [now|right now|currently|at the moment] [<place>]",
            (
                "what (song|track|music|album|piece|tune) (is this|is that|is it|is playing|am i listening to|are we listening "
                "to|is on) [now|right now|currently|at the moment] [<place>|on <named>]"
            ),
            "which (song|track|music|album) (is this|is that|is it|is playing|is on) [now|right now]",
            (
                "(what is|tell me|give me|i want to know|find out|do you know) [the] (name|title) of (this|that|the|the "
                "current) (song|track|tune|music|album|release|piece) [playing|on] [now|right now|at the moment]"
            ),
            "what is (this|that|the|the current) (song|track|tune|music) [called|playing|title|name|on] [now]",
            "(what are we|what am i) (listening to|hearing|watching)",
            "name [of] (this|that|the) (song|track|tune)",
            "(what|which) (movie|film|show|channel|podcast|book) (is this|is that|is on|is playing)",
            "(identify|recognise|recognize|name) (this|that|the) (song|track|music|tune)",
            "(information|info|details) (about|on) (this|the) (song|track|music)",
            "tell me [more] about this (song|track|music)",
            "(is anything|is something|is music|is any music) playing [<place>|on <named>]",
            (
                "(tell me|i want to know|i need to know|let me know|find out|can you tell me) (what|which) (song|track|music) "
                "(this is|is playing|is on|it is|we are listening to|that is)"
            ),
            "(tell me|give me|show me|find|say|i want to know|what is) [me] [the] (name|title) of [the|this|that] (song|"
            "track|tune|music|album|release|piece)"
            " [that is|you are|is|currently] [playing|on|currently playing]",
            "(tell me|i want to know|find out) [about] [the] (music|song) that is playing [right now]",
            "(what is|what was) (this|that) (song|track|music|tune) [that is] [playing] [now|right now]",
            "(what is|which is) [the] (current|currently playing) (song|track|music)",
            "[the] (song|track) (on|playing on) [the] (speaker|speakers) is what",
            "what (song|music) is [currently] on [the] (speaker|speakers)",
            "(show|display) [the] current (song|track)",
            "what is <named> playing",
            "what is playing <place>",
        ),
        *_with(
            {"what": "artist"},
            "(who is|whos|who) (singing|playing|sings|plays|wrote|made) [this|that|it] [song|track|music|here]",
            "(who is|whos) (this|that|it) [song|track] [by|from]",
            ("(what is|tell me|who is|do you know) [the] (artist|singer|band|composer|musician) [of (this|the) (song|track|music)|singing|playing]"),
            "(which|what) (artist|singer|band) (is this|is that|is playing|is singing|sings this [song]|plays this [song])",
            "who is the (song|track|music) [playing] by",
            (
                "(name|tell me|show me|give me|find|find me) [me] [the] [name of the] (artist|singer|band|composer) [name] [of "
                "(this|the|that) (song|track|music)]"
            ),
            "(what|which) (band|artist|singer) (is this|is that|is playing this|made this|sings that song|is singing that song)",
            "who (sang|performs|performed|recorded|is playing|made|wrote) (this|that|it) [song|track]",
            "(who is|what is the name of) the (singer|artist|band) [of this song] [right now]",
        ),
        *_with({"what": "album"}, "(what|which) (album|record) is (this|that|it) [song] [on|from]", "what is [the] album [of this song]"),
    ),
    "ExtMediaLike": (
        *_with(
            {},
            (
                "i [really|also] (like|love|enjoy|adore) (this|that|it|this one|this song|this track|this music|the song|this "
                "tune|this album|this artist|this band)"
            ),
            "(this|that) (is|is a) [really|such a] (good|great|nice|awesome|lovely|my favorite) (song|track|music|one|tune)",
            "(like|love|thumbs up [for]|upvote|favorite) (this|that|the|the current) (song|track|music|one|tune)",
            (
                "(save|mark|keep|remember|add|note) (this|that|the|it) [song|track|music|one] (to|as|in|into) [my|a|one of my] "
                "(favorites|favourites|favorite|liked songs|likes)"
            ),
            "(save|keep|remember) (this|that|the) (song|track|music|tune) [for me|for later]",
            "(remember|note|save) that i (like|love) (this|it|this song)",
            "(this is|its|it is) my favorite [song|track|one]",
            "thumbs up [this song]",
            "(rate|tag|mark) (this|the|that) (song|track|music) (to the maximum|with five stars|five stars|as awesome|as great|as good|highly)",
            "(note|remember|save) (this|the|current|the current|that) (song|track) as (awesome|great|good|favorite|my favorite|a favorite)",
            "(remember|note) that this (is my favorite|is my favorite music|is a good song|song is good)",
            "(add|save) (this|that|the|it) [song|track|music] to [my] (favorites|favorite|likes|liked songs|favorite list)",
            "(save|add) {value:text} to my (favorites|favorite artists|favorite songs)",
            "(make this|this is) my (favorite|favorite song)",
            "(this|the|that) (song|music|track) is [really|very|so|too] (good|great|nice|awesome|amazing|beautiful|melodious|lovely)",
            "what a (great|nice|wonderful|good|lovely) (song|track|tune)",
        ),
        *_with(
            {"like": "no"},
            "i (do not like|hate|can not stand|dislike) (this|that|it|this song|this track|this music|this one)",
            "(thumbs down [for]|downvote|dislike) (this|that|the) [song|track|music|one]",
            "never play (this|that|it) [song|track] again",
        ),
    ),
    "ExtAddToPlaylist": (
        *_with(
            {},
            "<add> [<the>|this] (song|track|tune|album|artist|music|one|it|this|that) (to|onto|on|in|into) [<my>] {playlist:text} [playlist]",
            "<add> {item:text} (to|onto|on|in|into) [<my>|the playlist|playlist] {playlist:text} playlist",
            "<add> {item:text} (to|onto|in|into) [<my>] playlist [called|named] {playlist:text}",
            "<add> [the] (song|track|tune|album|artist) {item:text} (to|onto|on|in|into) [<my>] {playlist:text} [playlist]",
            "(save|put) this [song|track] (to|on|in) [<my>] {playlist:text} playlist",
            "i want (this|this song|{item:text}) (in|on) [<my>] {playlist:text} playlist",
        ),
    ),
    "ExtPlayGame": (
        *_with(
            {},
            (
                "(lets|let us|can we|i want to|i would like to|i feel like) play [a|the|some] (game|games|chess|checkers|trivia|"
                "hangman|monopoly|scrabble|quiz)"
            ),
            (
                "(play|start|open|load|launch|begin) [a|the|me a|some|another] (game|games|chess|checkers|trivia|hangman|"
                "monopoly|scrabble|quiz|solitaire) [with me|with us|please]"
            ),
            "(play|start|open|launch) [the] game [of|called] {game:text}",
            "(play|open|start) {game:text} with me",
            "(lets|let us|i want to) play {game:text} (with you|together)",
            "i challenge you to [a game of] {game:text}",
        ),
    ),
}
