"""The types that a slot of a phrase may have: `{brightness}` and `{level:brightness}` are filled by values of type brightness.

Without a type a slot's name is its type. What a slot holds:
"""

TYPES: dict[str, str] = {
    # --- the home's own words ----------------------------------------------------------------------------------------------------------
    "name": 'a name or alias of an entity -> its name; of several -> a list. A word for its kind may follow ("play corner lights")',
    "area": 'a room -> its name, several -> a list; "here", "this room" -> the speaker\'s room; "everywhere", "the whole house" -> "all"',
    "floor": "a floor -> its name, several -> a list",
    "person": "a person of the home -> their name",
    # --- kinds of things ---------------------------------------------------------------------------------------------------------------
    "kind": 'any word for a kind of thing (devices.kinds) -> the kind, e.g. "coffee machine" -> coffee_maker',
    "cover_class": "a word for covers -> Home Assistant's device class: blind, curtain, shade, shutter, garage, gate, door, window, awning, damper",
    "sensor_class": "what a sensor measures -> its device class: temperature, humidity, battery, power, energy, carbon_dioxide...",
    "binary_class": "what a binary sensor tells -> its device class: motion, smoke, moisture, gas, connectivity...",
    "domain_word": 'a word for things of one domain -> the domain: "lights" -> light, "doors" -> lock, "switches" -> switch, "people" -> person',
    # --- numbers -----------------------------------------------------------------------------------------------------------------------
    "number": '12, "twenty five", "a hundred", 20.5, "half" -> int or float',
    "percent": 'a number with or without %, "half", "a quarter" -> 0-100',
    "exact_percent": "a number that is followed by % or percent -> 0-100",
    "minus_percent": 'as percent, below zero: for "down by 20 %" -> -20',
    "brightness": 'as percent, and "max", "the lowest", "minimum"... -> 0-100',
    "volume": 'as percent, and "max", "minimum"; "level 7", "seven out of ten" -> 0-100',
    "position": 'as percent, and "halfway", "half open" -> 0-100',
    "temperature": "a number with or without degrees, °, celsius, fahrenheit -> int or float as said",
    "kelvin": '"2700 kelvin", "warm white", "candle light" -> kelvin',
    "ordinal": '"first", "2nd", "last" -> 1, 2, -1',
    # --- time --------------------------------------------------------------------------------------------------------------------------
    "duration": '"an hour and a half" -> slots hours, minutes, seconds; in a slot called X they are X_hours... (`{start:duration}`)',
    "seconds": "a duration as one number of seconds",
    "when": 'a point in time or a rule for one, as agent.understand.times says it: {"hour":7,"minute":30,"weekdays":[0,1,2,3,4]}',
    # --- words -------------------------------------------------------------------------------------------------------------------------
    "color": "a colour name -> as Home Assistant names it",
    "state": "a state word -> Home Assistant's state: on, off, open, closed, locked, home, playing... (binary sensors: on / off)",
    "media_class": '"song", "movie", "tv show"... -> track, movie, tv_show, album, artist, playlist, podcast, channel, audiobook, game',
    "fan_mode": '"low", "high", "auto"...',
    "hvac_mode": '"heat", "cooling", "auto"... -> heat, cool, auto, heat_cool, dry, fan_only, off',
    "all": '"all", "every"... -> "all"',
    "word": "one word, as said",
    "words": "one to three words, as said",
    "text": "any run of words, shortest first, as said",
    "message": "any run of words, in which a further command is never looked for, as said",
}
"""Type -> what fills it."""
