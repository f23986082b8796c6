"""English: every sentence the agent says, in one place. Another language is another file with the same names.

Rules of this file: data only. {what} is the things ("the floor lamp", "two lights"), {What} the same at the beginning of a sentence,
{is} its verb, {has} likewise. Numbers stand as digits with their units; words for the voice are made later (agent.words.spoken).
"""


def _spaced(text: str) -> frozenset[str]:
    return frozenset(text.split())


ARTICLE = "the"
AND, OR = "and", "or"
NO_ARTICLE_AFTER = frozenset({"the", "my", "our", "your", "a", "an", "all"})
"""Names that begin with one of these take no article."""

REPLIES: dict[str, str] = {
    # --- the turn ----------------------------------------------------------------------------------------------------------------------
    "which": "Which one: {names}?",
    "confirm": "Shall I {deed}?",
    "later.until": "OK, I'll {deed} {moment}, until {end}.",
    "later": "OK, I'll {deed} {moment}.",
    "unseen": "I asked to {deed}, but {what} {reports} nothing back.",
    "failed": "{What} {trouble}.",
    "cannot": "{What} cannot do that.",
    "nothing": "There is nothing here that could do that.",
    "unreachable": "{What} {is} not reachable, so I can't tell.",
    "ok": "OK.",
    "unknown_name": "I don't know anything called {said}. What do you mean?",
    "which_it": "What do you mean by \u201c{said}\u201d?",
    "unknown_area": "I don't know a room called {said}. Which room do you mean?",
    "which_room": "In which room?",
    "not_understood": "Sorry, I didn't understand that.",
    "no_skill": "I can't do that yet.",
    "apology": "Sorry, something went wrong inside me. It is in the log.",
    "left_it": "OK, I'll leave it.",
    "too_late": "I wasn't asking anything.",
    "direction": "Did you say {one} or {other}?",
    "unsure": "I'm not sure I understood. Shall I {deed}?",
    "why.worked": "As far as I can tell, it did: {said}",
    "why.failed": "I heard “{text}”, and said: {said}",
    "why.heard": "I heard “{text}”.",
    "taken_for": "I took that as “{target}”. {said}",
    "why.learned": "I have learned that you mean “{target}” by it.",
    "why.taught": "You taught me that it means “{target}”.",
    "why.meant": "I took it to be about {what}.",
    "why.because": "I went by this: {reasons}.",
    "late": "{said} That was due {moment}.",
    "late.left": "I did not {deed}, which was planned {moment}: it was too late for that without asking.",
    "set.gone": "OK, I won't.",
    "undo.asked": "{done} What did you mean?",
    "undo.cannot": "I can't undo that one.",
    "undo.nothing": "There is nothing to undo.",
    "excluded": "{What} {is} not mine to change.",
    "taught": "OK, when you say \u201c{phrase}\u201d, I'll take it as \u201c{sentence}\u201d.",
    "when_unclear": "I didn't get the time. When?",
    "past": "That time is over.",
    # --- lights ------------------------------------------------------------------------------------------------------------------------
    "light.only_switched": "{What} can only be switched on and off.",
    "light.no_color": "{What} cannot change colour.",
    # --- climate -----------------------------------------------------------------------------------------------------------------------
    "range": "{What} takes {low} to {high} {unit}.",
    "range.percent": "{What} can be set from {low} to {high} percent.",
    "range.volume": "The volume can be set from {low} to {high} percent.",
    "modes": "{What} can be set to {modes}.",
    "temperature.thing": "{What} {is} at {value} degrees.",
    "temperature.target": "{What} {is} at {value} degrees and set to {target}.",
    "temperature.place": "It's {value} degrees {place}.",
    "temperature.places": "It's {list}.",
    "temperature.one_place": "{value} degrees {place}",
    "temperature.unknown": "I don't know how warm it is there.",
    "no_setpoint": "I don't know what {what} {is} set to, so I can't change it by that much.",
    # --- media -------------------------------------------------------------------------------------------------------------------------
    "playing.title": "{Title} is playing on {what}.",
    "playing.by": "{Title} by {artist} is playing on {what}.",
    "playing.artist": "It's {artist}.",
    "playing.album": "It's from {album}.",
    "playing.unknown": "{What} {is} playing, but it doesn't say what.",
    "playing.nothing": "Nothing is playing.",
    "no_game": "I can't play games.",
    "playlist.added": "{item} is on your {playlist} list.",
    "liked": "I'll remember that you like {value}.",
    "disliked": "I'll remember that you don't like {value}.",
    # --- timers ------------------------------------------------------------------------------------------------------------------------
    "timer.ask": "For how long?",
    "timer.set": "Your {name} is set.",
    "timer.command": "OK, I'll do that in {span}.",
    "timer.done": "Your {name} is done.",
    "timer.left": "{span} left on your {name}.",
    "timer.paused_left": "Your {name} is paused with {span} left.",
    "timer.now": "Your {name} has {span} left now.",
    "timer.over": "Your {name} is over.",
    "timer.paused": "Your {name} is paused.",
    "timer.resumed": "Your {name} goes on: {span} left.",
    "timer.cancelled": "Your {name} is cancelled.",
    "timer.all_cancelled": "{Count} cancelled.",
    "timer.none": "There is no timer running.",
    "timer.none_such": "There is no {name}.",
    "timer.none_paused": "No timer is paused.",
    "timer.which": "Which timer: {names}?",
    # --- alarms and reminders ----------------------------------------------------------------------------------------------------------
    "alarm.ask": "For what time?",
    "alarm.set": "Your alarm is set for {moment}.",
    "event.threshold": "I need a number for that, as in: when the temperature gets above 25.",
    "event": "I can't wait for that: tell me a time.",
    "alarm.past": "That time is already over.",
    "alarm.rings": "It's {clock}.",
    "alarm.rings_named": "It's {clock}: {name}.",
    "alarm.one": "You have an alarm {moment}.",
    "alarm.several": "You have {count}: {list}.",
    "alarm.none": "You have no alarms.",
    "alarm.none_such": "You have no such alarm.",
    "alarm.gone": "Your alarm {moment} is off.",
    "alarm.skipped": "OK, no alarm {moment}; the other days stay.",
    "alarm.moved": "Your alarm is set for {moment} now.",
    "alarm.all_gone": "{Count} off.",
    "alarm.which": "Which alarm: {list}?",
    "alarm.snoozed": "I'll wake you again in {span}.",
    "alarm.nothing_rang": "No alarm has rung.",
    "reminder.ask": "When?",
    "reminder.ask_task": "What should I remind you of?",
    "reminder.told": "OK, I'll tell you {moment}.",
    "reminder.waits": "I'll remind you {moment}: {task}.",
    "event.unknown": "I can't tell when {said}: nothing in this home reports it.",
    "reminder.set_for": "I'll remind {person} {moment}: {task}.",
    "reminder.falls_for": "A reminder for {person}: {task}.",
    "reminder.set": "I'll remind you {moment}: {task}.",
    "reminder.falls": "A reminder: {task}.",
    "reminder.one": "You have a reminder {moment}: {task}.",
    "reminder.one_for": "You have a reminder for {person} {moment}: {task}.",
    "reminder.item_for": "{person}: {task} {moment}",
    "reminder.called_for": "{person}: {task}",
    "reminder.waits_for": "I'll remind {person} {moment}: {task}.",
    "reminder.told_for": "OK, I'll tell {person} {moment}.",
    "reminder.news_for": "For {person}: {task}.",
    "reminder.several": "You have {count}: {list}.",
    "reminder.item": "{task} {moment}",
    "reminder.none": "You have no reminders.",
    "reminder.gone": "The reminder is gone: {task}.",
    "reminder.all_gone": "{Count} gone.",
    "reminder.which": "Which reminder: {list}?",
    "reminder.none_such": "You have no such reminder.",
    # --- appliances --------------------------------------------------------------------------------------------------------------------
    "appliance.cannot_start": "{What} {has} to be started by hand.",
    "appliance.cannot_stop": "{What} {has} to be stopped by hand.",
    # --- house -------------------------------------------------------------------------------------------------------------------------
    "state": "{What} {is} {state}.",
    "state.unknown": "I don't know about {what}.",
    "state.yes": "Yes, {what} {is} {state}.",
    "state.no": "No, {what} {is} {state}.",
    "state.none": "No, no {noun} are {state}.",
    "state.none_count": "No {noun} are {state}.",
    "state.all": "Yes, all {noun} are {state}.",
    "state.count": "{Count} {is} {state}.",
    "value": "{What}: {value}.",
    "battery.none": "{What} {reports} no battery level.",
    "person.home": "{What} {is} at home.",
    "person.away": "{What} {is} away.",
    "person.zone": "{What} {is} at {state}.",
    "zone": "at {state}",
    "vacuum.battery": "{state}, with its battery at {battery}%",
    "player.title": "playing {title}",
    "player.by": "playing {title} by {artist}",
    "climate.at": "{state}: set to {target} degrees, {current} degrees now",
    "climate.set": "{state}, set to {target} degrees",
    "climate.now": "{state}, {current} degrees now",
    "at_percent": "{state} at {percent}%",
    "list.count": "{What} {has} {count}.",
    # --- clock -------------------------------------------------------------------------------------------------------------------------
    "time": "It's {clock}.",
    "time.place": "It's {clock} in {place}.",
    "time.no_place": "I don't know the time in {place}.",
    "sun": "{sun} is {moment}.",
    "date": "It's {date}.",
    "date.of": "{Day} is {date}.",
    # --- weather -----------------------------------------------------------------------------------------------------------------------
    "weather.now": "It's {condition} and {temperature} degrees outside.",
    "weather.condition": "It's {condition} outside.",
    "weather.temperature": "It's {temperature} degrees outside.",
    "weather.none": "I can't see the weather from here: there is no weather service and no outdoor sensor.",
    "weather.place": "I only know the weather here, not in {place}.",
    "weather.no_forecast": "I have no forecast, only now: {now}",
    "weather.day": "{Day}: {condition}, {high} degrees.",
    "weather.day_range": "{Day}: {condition}, {low} to {high} degrees.",
    "weather.yes": "Yes: {now}",
    "weather.no": "No: {now}",
    # --- lists -------------------------------------------------------------------------------------------------------------------------
    "list.ask": "What should I put on it?",
    "list.ask_gone": "Which item?",
    "list.which": "Which list: {names}?",
    "list.no_list": "There is no such list here.",
    "list.not_on": "There is no {item} on {what}.",
    "list.empty": "{What} {is} empty.",
    "list.items": "On {what}: {items}.",
    "list.has": "Yes, {what} {has} {item}.",
    "list.has_not": "No, {what} {has} no {item}.",
    "list.lists": "You have {count}: {names}.",
    "list.new": "I can't make new lists, only keep the ones there are.",
    "list.delete": "I don't delete lists, but I can clear one.",
    "everything": "I don't do that to everything at once. Which one do you mean?",
    "pin": "Shall I {deed}? Say your PIN.",
    "pin.needed": "That needs your PIN. Ask me again.",
    "pin.wrong": "That is not the PIN.",
    # --- talk --------------------------------------------------------------------------------------------------------------------------
    "hello": "Hello!",
    "morning": "Good morning!",
    "evening": "Good evening!",
    "night": "Good night!",
    "bye": "Goodbye!",
    "thanks": "You're welcome.",
    "how_are_you": "All is well, thank you.",
    "who": "I'm Hearth. I run this home by voice, and nothing leaves the house.",
    "help.able": "Yes, just ask me to. I {deeds}.",
    "help": "You can ask me to {deeds}. You can also teach me: when I say this, do that.",
    "why": "I took it to be about {what}.",
    "why.nothing": "I haven't done anything yet.",
    "heard": "I heard: {text}.",
    "who.hand": "Somebody did, by hand, {moment}.",
    "who.itself": "That was neither by hand nor by me: it was so {moment}.",
    "who.schedule": "I did {moment}, because it was planned: {text}.",
    "who.you": "You asked me to {moment}: {text}.",
    "who.named": "{speaker} asked me to {moment}: {text}.",
    "who.request": "I was asked to {moment}: {text}.",
    "who.unknown": "I don't know: my log has nothing of that for {what}.",
    "heard.nothing": "I haven't heard anything yet.",
    "repair.ask": "What did you mean?",
    "broadcast.none": "There is no speaker that I could announce it on.",
    "broadcast.ask": "What should I announce?",
    # --- teaching ----------------------------------------------------------------------------------------------------------------------
    "taught.name": "OK, {what} {is} also called {alias} now.",
    "taught.ask": "What should I do when you say “{phrase}”?",
    "taught.itself": "That would go round in circles: both are the same.",
    "taught.gone": "OK, I've forgotten “{phrase}”.",
    "taught.none": "You haven't taught me that.",
    "taught.list": "You taught me: {list}.",
    "taught.item": "“{phrase}” means “{sentence}”",
    "taught.nothing": "You haven't taught me anything yet.",
    "preference": "I'll remember that: {value}.",
    "preference.list": "You told me: {list}.",
    "preference.nothing": "You haven't told me what you like yet.",
    "preference.gone": "OK, I've forgotten that: {value}.",
    "schedule.ask": "When?",
    "schedule.none": "Nothing is planned.",
    "schedule.gone": "{Count} called off.",
    "schedule.list": "Planned: {list}.",
    "schedule.moved": "OK, {moment} instead.",
    "schedule.off": "OK, I won't {deed}.",
    "schedule.which": "Which one: {list}?",
    "schedule.timer": "the {name}",
    "schedule.alarm": "the alarm {moment}",
    "schedule.reminder": "the reminder to {name} {moment}",
    "schedule.skipped": "OK, I won't {deed} {moment}; the other days stay.",
    "schedule.alarm.do": "wake you",
    "schedule.reminder.do": "remind you to {name}",
    "schedule.timer.do": "ring",
    "schedule.nothing": "There is nothing to cancel.",
    "schedule.none_such": "There is no such plan.",
    "schedule.set": "OK, I'll do that {moment}.",
}
"""Key -> sentence."""

SERVICES: dict[str, tuple[str, str]] = {
    "turn_on": ("turn on {what}", "{What} {is} on."),
    "turn_off": ("turn off {what}", "{What} {is} off."),
    "toggle": ("switch {what}", "{What} {has} been switched."),
    "light.set": ("set {what} to {to}", "{What} {is} {how}."),
    "light.brighter": ("make {what} brighter", "{What} {is} brighter."),
    "light.dimmer": ("dim {what}", "{What} {is} dimmer."),
    "set_temperature": ("set {what} to {temperature} degrees", "{What} {is} set to {temperature} degrees."),
    "set_hvac_mode": ("set {what} to {hvac_mode}", "{What} {is} set to {hvac_mode}."),
    "set_fan_mode": ("set the fan of {what} to {fan_mode}", "The fan of {what} is on {fan_mode}."),
    "set_humidity": ("set {what} to {humidity}%", "{What} {is} set to {humidity}%."),
    "set_mode": ("set {what} to {mode}", "{What} {is} set to {mode}."),
    "set_operation_mode": ("set {what} to {operation_mode}", "{What} {is} set to {operation_mode}."),
    "set_value": ("set {what} to {value}", "{What} {is} set to {value}."),
    "set_percentage": ("set {what} to {percentage}%", "{What} {is} at {percentage}%."),
    "increase_speed": ("speed up {what}", "{What} {is} faster."),
    "decrease_speed": ("slow down {what}", "{What} {is} slower."),
    "oscillate": ("make {what} swing", "{What} {is} swinging."),
    "oscillate.off": ("stop {what} swinging", "{What} {is} not swinging."),
    "open_cover": ("open {what}", "{What} {is} open."),
    "close_cover": ("close {what}", "{What} {is} closed."),
    "stop_cover": ("stop {what}", "{What} {has} stopped."),
    "set_cover_position": ("set {what} to {position}%", "{What} {is} at {position}%."),
    "open_valve": ("open {what}", "{What} {is} open."),
    "close_valve": ("close {what}", "{What} {is} closed."),
    "stop_valve": ("stop {what}", "{What} {has} stopped."),
    "set_valve_position": ("set {what} to {position}%", "{What} {is} at {position}%."),
    "lock": ("lock {what}", "{What} {is} locked."),
    "unlock": ("unlock {what}", "{What} {is} unlocked."),
    "open": ("open {what}", "{What} {is} open."),
    "play_media": ("play {media_content_id} on {what}", "Playing {media_content_id} on {what}."),
    "media_play": ("play on {what}", "{What} {is} playing."),
    "media_pause": ("pause {what}", "{What} {is} paused."),
    "media_stop": ("stop {what}", "{What} {has} stopped."),
    "media_next_track": ("skip on {what}", "Skipped on {what}."),
    "media_previous_track": ("go back on {what}", "Went back on {what}."),
    "volume_set": ("set {what} to {volume}% volume", "{What} {is} at {volume}% volume."),
    "volume_up": ("turn up {what}", "{What} {is} louder."),
    "volume_down": ("turn down {what}", "{What} {is} quieter."),
    "volume_mute": ("mute {what}", "{What} {is} muted."),
    "volume_unmute": ("unmute {what}", "{What} {is} no longer muted."),
    "shuffle_set": ("shuffle on {what}", "{What} {is} on shuffle."),
    "shuffle_set.off": ("stop shuffling on {what}", "{What} {is} off shuffle."),
    "repeat_set": ("repeat on {what}", "{What} {is} on repeat."),
    "repeat_set.off": ("stop repeating on {what}", "{What} {is} off repeat."),
    "start": ("start {what}", "{What} {is} cleaning."),
    "pause": ("pause {what}", "{What} {is} paused."),
    "stop": ("stop {what}", "{What} {has} stopped."),
    "return_to_base": ("send {what} home", "{What} {is} on the way home."),
    "locate": ("let {what} call out", "{What} {is} calling out."),
    "clean_spot": ("let {what} clean right there", "{What} {is} cleaning that spot."),
    "clean_area": ("clean {rooms} with {what}", "{What} {is} cleaning {rooms}."),
    "start_mowing": ("start {what}", "{What} {is} mowing."),
    "dock": ("send {what} home", "{What} {is} on the way home."),
    "alarm_arm_home": ("arm {what} for home", "{What} {is} armed for home."),
    "alarm_arm_away": ("arm {what}", "{What} {is} armed."),
    "alarm_arm_night": ("arm {what} for the night", "{What} {is} armed for the night."),
    "alarm_disarm": ("disarm {what}", "{What} {is} disarmed."),
    "scene.turn_on": ("start {what}", "I started {what}."),
    "script.turn_on": ("start {what}", "I started {what}."),
    "script.turn_off": ("stop {what}", "I stopped {what}."),
    "trigger": ("start {what}", "I started {what}."),
    "press": ("press {what}", "I pressed {what}."),
    "todo.add_item": ("put {item} on {what}", "Added {item} to {what}."),
    "remove_item.all": ("take everything off {what}", "{What} {is} empty now."),
    "todo.remove_item": ("take {item} off {what}", "Took {item} off {what}."),
    "todo.update_item": ("check off {item} on {what}", "Checked off {item} on {what}."),
    "timer.start": ("start {what}", "{What} {is} running."),
    "timer.pause": ("pause {what}", "{What} {is} paused."),
    "timer.cancel": ("cancel {what}", "{What} {is} cancelled."),
    "announce": ("announce it on {what}", "I announced it."),
    "tts.speak": ("announce it", "I announced it."),
    "send_message": ("announce it on {what}", "I announced it."),
    "": ("do that with {what}", "Done."),
}
"""Service (with or without its domain) -> how to say what will be done, and what was done."""

GISTS: dict[str, str] = {
    "ExtAddToPlaylist": "put that on a playlist",
    "ExtAlarmQuery": "tell you about your alarms",
    "ExtAlarmRemove": "take an alarm off",
    "ExtAlarmSet": "set an alarm",
    "ExtAlarmSnooze": "let the alarm wait",
    "ExtForget": "forget something",
    "ExtHelp": "tell you what I can do",
    "ExtListQuery": "read you a list",
    "ExtMediaLike": "remember what you like",
    "ExtMediaQuery": "tell you what is playing",
    "ExtPlayGame": "play a game",
    "ExtPreference": "remember what you like",
    "ExtPreferenceQuery": "tell you what I remember of you",
    "ExtReminderQuery": "tell you about your reminders",
    "ExtReminderRemove": "take a reminder off",
    "ExtReminderSet": "set a reminder",
    "ExtRepair": "put the last thing right",
    "ExtScheduleQuery": "tell you what is planned",
    "ExtScheduleRemove": "take something off the plan",
    "ExtSearchCreativeWork": "look for that title",
    "ExtTaughtQuery": "tell you what I was taught",
    "ExtTeach": "learn a phrase",
    "ExtTeachName": "learn a name",
    "ExtUndo": "undo the last thing",
    "ExtWhatHeard": "tell you what I heard",
    "ExtWhy": "tell you why I did that",
    "HassCancelAllTimers": "cancel all timers",
    "HassCancelTimer": "cancel a timer",
    "HassClimateGetTemperature": "tell you the temperature",
    "HassDecreaseTimer": "take time off a timer",
    "HassGetCurrentDate": "tell you the date",
    "HassGetCurrentTime": "tell you the time",
    "HassGetState": "tell you how something is",
    "HassGetWeather": "tell you the weather",
    "HassIncreaseTimer": "add time to a timer",
    "HassListAddItem": "put that on a list",
    "HassListCompleteItem": "tick that off a list",
    "HassListRemoveItem": "take that off a list",
    "HassMediaSearchAndPlay": "play something",
    "HassPauseTimer": "pause a timer",
    "HassShoppingListAddItem": "put that on the shopping list",
    "HassShoppingListCompleteItem": "tick that off the shopping list",
    "HassStartTimer": "start a timer",
    "HassTimerStatus": "tell you about your timers",
    "HassUnpauseTimer": "let a timer go on",
}
"""What a request is about, for "Shall I ...?" where no command says it better. What is not here is not asked about."""

SENT = frozenset({"scene.turn_on", "script.turn_on", "script.turn_off", "trigger", "press", "announce", "tts.speak", "send_message"})
"""Nothing can report these; the sentence says only that they were sent."""

FORMS = {"is": ("is", "are"), "has": ("has", "have"), "reports": ("reports", "report"), "does": ("does", "do")}
"""Verbs for one and for several."""

NOUNS: dict[str, tuple[str, str]] = {
    "light": ("light", "lights"),
    "switch": ("switch", "switches"),
    "fan": ("fan", "fans"),
    "cover": ("cover", "covers"),
    "lock": ("lock", "locks"),
    "media_player": ("player", "players"),
    "climate": ("thermostat", "thermostats"),
    "scene": ("scene", "scenes"),
    "script": ("routine", "routines"),
    "sensor": ("sensor", "sensors"),
    "binary_sensor": ("sensor", "sensors"),
    "vacuum": ("vacuum", "vacuums"),
    "valve": ("valve", "valves"),
    "person": ("person", "people"),
    "todo": ("list", "lists"),
    "timer": ("timer", "timers"),
    "alarm": ("alarm", "alarms"),
    "reminder": ("reminder", "reminders"),
    "plan": ("plan", "plans"),
    "item": ("thing", "things"),
    "": ("thing", "things"),
}
"""Domain or kind -> one, several."""

STATES: dict[str, str] = {
    "not_home": "away",
    "home": "at home",
    "heat_cool": "heating and cooling",
    "heat": "heating",
    "cool": "cooling",
    "fan_only": "on fan",
    "dry": "drying",
    "auto": "on automatic",
    "idle": "idle",
    "above_horizon": "up",
    "below_horizon": "down",
    "armed_away": "armed",
    "armed_home": "armed for home",
    "armed_night": "armed for the night",
    "returning": "on its way home",
    "docked": "at its dock",
    "jammed": "jammed",
    "low": "low",
    "detected": "detecting something",
    "clear": "quiet",
    "problem": "in trouble",
    "in_use": "in use",
    "wet": "wet",
    "dry_sensor": "dry",
    "ok": "all right",
    "unplugged": "unplugged",
    "plugged": "plugged in",
    "occupied": "occupied",
    "disconnected": "not connected",
    "update": "in need of an update",
    "current": "up to date",
}
"""State -> what is said after "is"; a state that is not here is said as it stands, with spaces."""

CONDITIONS: dict[str, str] = {
    "clear-night": "clear",
    "partlycloudy": "partly cloudy",
    "lightning": "stormy with lightning",
    "lightning-rainy": "stormy with rain",
    "pouring": "pouring",
    "snowy-rainy": "sleeting",
    "windy-variant": "windy and cloudy",
    "hail": "hailing",
    "exceptional": "exceptional",
    "fog": "foggy",
}
"""Home Assistant's weather condition -> what is said after "it's"; others are said as they stand."""

KELVINS: tuple[tuple[int, str], ...] = (
    (2200, "candle light"),
    (2700, "warm white"),
    (3500, "white"),
    (4000, "neutral white"),
    (5000, "cool white"),
    (6500, "daylight"),
)
"""Kelvin -> its name; another value is said as a number."""

UNITS: dict[str, tuple[str, str]] = {
    "°C": ("degree", "degrees"),
    "°F": ("degree", "degrees"),
    "°": ("degree", "degrees"),
    "%": ("percent", "percent"),
    "W": ("watt", "watts"),
    "kW": ("kilowatt", "kilowatts"),
    "Wh": ("watt hour", "watt hours"),
    "kWh": ("kilowatt hour", "kilowatt hours"),
    "V": ("volt", "volts"),
    "A": ("amp", "amps"),
    "mA": ("milliamp", "milliamps"),
    "lx": ("lux", "lux"),
    "K": ("kelvin", "kelvin"),
    "Hz": ("hertz", "hertz"),
    "dB": ("decibel", "decibels"),
    "dBm": ("decibel milliwatts", "decibel milliwatts"),
    "hPa": ("hectopascal", "hectopascals"),
    "mbar": ("millibar", "millibars"),
    "ppm": ("part per million", "parts per million"),
    "ppb": ("part per billion", "parts per billion"),
    "µg/m³": ("microgram per cubic metre", "micrograms per cubic metre"),
    "m³": ("cubic metre", "cubic metres"),
    "m²": ("square metre", "square metres"),
    "km/h": ("kilometre per hour", "kilometres per hour"),
    "m/s": ("metre per second", "metres per second"),
    "mph": ("mile per hour", "miles per hour"),
    "kg": ("kilogram", "kilograms"),
    "g": ("gram", "grams"),
    "km": ("kilometre", "kilometres"),
    "m": ("metre", "metres"),
    "cm": ("centimetre", "centimetres"),
    "mm": ("millimetre", "millimetres"),
    "mm/h": ("millimetre per hour", "millimetres per hour"),
    "L": ("litre", "litres"),
    "ml": ("millilitre", "millilitres"),
    "min": ("minute", "minutes"),
    "h": ("hour", "hours"),
    "s": ("second", "seconds"),
}
"""Unit as written -> as spoken, for one and for several."""

SPAN_UNITS = (("day", "days", 86400), ("hour", "hours", 3600), ("minute", "minutes", 60), ("second", "seconds", 1))
DAY_NAMES = {-1: "yesterday", 0: "today", 1: "tomorrow"}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
MOMENTS = {
    "yesterday": "yesterday at {clock}",
    "today": "at {clock}",
    "tomorrow": "tomorrow at {clock}",
    "this_week": "on {weekday} at {clock}",
    "date": "on {weekday} {day} {month} at {clock}",
    "every": "{rule} at {clock}",
}
RULES = {
    "DAILY": "every day",
    "WEEKLY": "every week",
    "MONTHLY": "every month",
    "YEARLY": "every year",
    "HOURLY": "every hour",
    "MINUTELY": "every minute",
}
EVERY, EVERY_OTHER = "every", "every other"
WAITS = {False: "when {said}", True: "whenever {said}"}
TURNED = {"i": "you", "my": "your", "we": "you", "our": "your", "am": "are", "me": "you"}
RULE_DAYS = {"MO,TU,WE,TH,FR": "every weekday", "SA,SU": "every weekend", "MO,TU,WE,TH,FR,SA,SU": "every day"}
DATE = "{weekday} {day} {month} {year}"
OUTSIDE = "outside"
IN_PLACE = "in {place}"
HALF_DAYS = ("am", "pm")

NEAR_WORDS = _spaced(
    "the a my our your this that me us i am is in at of for here there now today tonight tomorrow week weekend month day days next few coming "
    "rest forecast weather area place city town hometown village region neighborhood neighbourhood location home house current local nearby where "
    "live are outside outdoors around morning afternoon evening night hour hours minute minutes second following whole entire one two three four "
    "five six seven ten 1 2 3 4 5 6 7 10 monday tuesday wednesday thursday friday saturday sunday street garden"
)
"""Words of which a place said with the weather may be made and still be no other place: "my area", "the rest of the week"."""
OUTSIDE_WORDS = _spaced(
    """
    backyard balcony deck driveway exterior garage_roof garden lawn outdoor outdoors outside patio porch street terrace yard
    """
)
"""Words in the name of a room or thing that say it is out of doors."""

ORDINARY = _spaced(
    """
    a above aisle alcove all and area art attic away back backdoor backyard balcony bar basement bath bathroom bathtub bay beach bed bedroom
    bedside bench big bike boat bookcase bookshelf bottom box breakfast building cabinet car carport cave ceiling cellar center central centre
    chair child childrens chores cinema closet coat coffee conservatory corner corridor cottage counter courtyard craft crawl cupboard deck den
    desk dining dinner dog downstairs drawing dressing drive driveway east end entertainment entrance entry entryway errands evening exercise
    exterior external family far fence fifth first fish floor flower for fourth foyer front fruit game games gaming garage garden gate great
    green greenhouse groceries ground guest gym hall hallway hardware head heated hobby holiday home house in indoor inner inside island kids
    kitchen lamp landing large laundry lawn left library line little living lobby loft long lounge low lower main man master media middle mirror
    mode mood moon morning movie mud mudroom music new night north nursery office old on outdoor outer outside over packing pantry parking party
    path patio plant play playroom porch primary rack reading rear relax right road roof rooftop room school second security shed shelf shop
    shower side sink sitting sixth sleeping small south spare stair staircase stairs stairway stairwell standing storage store storm street
    study sun sunroom supermarket table tall tasks tent terrace third toilet tool top tree trees under upper upstairs utility walk walkway wall
    wardrobe wash washroom water west white window wine wish wishes wood work working workshop yard zone
    """
)
"""Words of rooms and furniture: a name of such words and of kinds alone is said in lower case."""

LIST_WORDS = frozenset(["list", "lists", "tasks", "to-do", "to-dos", "todos", "tracker", "planner", "scheduler", "checklist", "watchlist"])
"""Words that a list's name may end in; another name gets "list" after it."""

HELP_DEEDS = (
    "switch lights and devices",
    "set the heating or the oven",
    "play music and films",
    "open blinds and lock doors",
    "set timers, alarms and reminders",
    "keep lists",
    "tell what is on, open or warm",
)

SIGNALS: dict[str, str] = {
    "name": "you called it by its name",
    "alias": "it goes by that name",
    "room": "it is in the room you asked from",
    "same floor": "it is on this floor",
    "kind": "it is of the kind you named",
    "on": "it was on",
    "on elsewhere": "it was on",
    "off": "it was not on yet",
    "playing": "it was playing",
    "paused": "it was paused",
    "moving": "it was moving",
    "ringing": "it was ringing",
    "owner": "it is yours",
    "presence": "somebody is in its room",
    "at home": "somebody is at home",
    "part of the name": "it goes by that name here",
    "sensor": "of what its sensor measures",
    "range": "the number fits it",
    "room temperature": "it measures the room",
    "thermostat": "it is the room's thermostat",
    "screen": "it has a screen",
    "speaker": "it is a speaker",
    "last spoken of": "we had just spoken of it",
    "habit": "that is what you usually mean",
    "personal taste": "you told me what you like",
    "voice device": "you spoke to it",
}
"""Signal (agent.signals) -> the reason as it is said."""
