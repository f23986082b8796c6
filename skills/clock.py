"""The time and the date, here and elsewhere."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import available_timezones

from astral.geocoder import all_locations, database

from agent import words
from agent.records import Context, Plan, Resolution
from agent.stages import Phrase, Skill
from agent.times import local, resolve_when, zone
from skills.plans import answer, slot_text

PLACES: dict[str, str] = {
    "Africa/Cairo": "egypt",
    "Africa/Harare": "zimbabwe",
    "Africa/Johannesburg": "south africa|cape town",
    "Africa/Lagos": "nigeria",
    "Africa/Nairobi": "kenya",
    "America/Anchorage": "alaska",
    "America/Argentina/Buenos_Aires": "argentina",
    "America/Chicago": "central|central time|texas|dallas|houston",
    "America/Denver": "mountain|mountain time",
    "America/Halifax": "atlantic|atlantic time",
    "America/Los_Angeles": "pacific|pacific time|pacific standard|california|san francisco|seattle|las vegas",
    "America/Mexico_City": "mexico",
    "America/New_York": "eastern|eastern time|eastern standard|new york city|boston|washington|miami|florida|atlanta|philadelphia",
    "America/Sao_Paulo": "brazil|rio de janeiro|rio",
    "America/Toronto": "canada|montreal",
    "Asia/Bangkok": "thailand",
    "Asia/Dubai": "abu dhabi",
    "Asia/Ho_Chi_Minh": "vietnam",
    "Asia/Jakarta": "indonesia",
    "Asia/Jerusalem": "israel",
    "Asia/Karachi": "pakistan",
    "Asia/Kolkata": "india|mumbai|delhi|new delhi|bangalore",
    "Asia/Kuala_Lumpur": "malaysia",
    "Asia/Manila": "philippines",
    "Asia/Riyadh": "saudi arabia",
    "Asia/Seoul": "south korea|korea",
    "Asia/Shanghai": "china|beijing",
    "Asia/Taipei": "taiwan",
    "Asia/Tehran": "iran",
    "Asia/Tokyo": "japan",
    "Australia/Sydney": "australia|canberra",
    "Europe/Amsterdam": "holland|the netherlands|netherlands",
    "Europe/Athens": "greece",
    "Europe/Berlin": "germany|munich|hamburg",
    "Europe/Copenhagen": "denmark",
    "Europe/Dublin": "ireland",
    "Europe/Helsinki": "finland",
    "Europe/Istanbul": "turkey",
    "Europe/Kyiv": "ukraine",
    "Europe/Lisbon": "portugal",
    "Europe/London": "england|uk|britain|scotland",
    "Europe/Madrid": "spain|barcelona",
    "Europe/Moscow": "russia",
    "Europe/Oslo": "norway",
    "Europe/Paris": "france",
    "Europe/Rome": "italy|milan",
    "Europe/Stockholm": "sweden",
    "Europe/Vienna": "austria",
    "Europe/Warsaw": "poland",
    "Europe/Zurich": "geneva|switzerland",
    "Pacific/Auckland": "new zealand",
    "Pacific/Honolulu": "hawaii",
    "UTC": "gmt|greenwich|utc",
}
"""Time zone -> places that it is not named after; other cities are found in the zone names themselves ("Europe/London")."""
ZONES = {place: name for name, places in PLACES.items() for place in places.split("|")}


def tell_time(resolution: Resolution, context: Context) -> Plan:
    """Slots: place, where another one's time was asked."""
    place = slot_text(resolution, "place")
    if not place:
        return answer(words.say("time", clock=words.clock(local(context.now, context.home.location))))
    found = zone_of(place)
    if not found:
        return answer(words.say("time.no_place", place=place))
    return answer(words.say("time.place", clock=words.clock(context.now.astimezone(zone(found))), place=place))


def zone_of(place: str) -> str:
    """The zone of a city, country or time zone name, also with its state or country behind ("dallas texas"); "" where it is not known."""
    wanted = place.casefold().replace(",", " ").removesuffix(" time zone").removesuffix(" timezone").removesuffix(" time").removesuffix(" standard")
    parts = wanted.removeprefix("the ").split()
    ways = [" ".join(parts[:end]) for end in range(len(parts), 0, -1)] + [" ".join(parts[start:]) for start in range(1, len(parts))]
    return next((found for way in ways if (found := ZONES.get(way) or _cities().get(way, ""))), "")


@lru_cache(maxsize=1)
def _cities() -> dict[str, str]:
    """City -> zone: those that zones are named after, and capitals."""
    named = {name.rpartition("/")[2].replace("_", " ").casefold(): name for name in sorted(available_timezones())}
    known = available_timezones()
    return {place.name.casefold(): place.timezone for place in all_locations(database()) if place.timezone in known} | named


def tell_date(resolution: Resolution, context: Context) -> Plan:
    """Slots: when, where another day or the sun was asked about ("when is sunset")."""
    now = local(context.now, context.home.location)
    when = resolution.slots.get("when")
    sun = slot_text(resolution, "sun") or (str(when["sun"]) if isinstance(when, Mapping) and when.get("sun") else "")
    if sun:
        rises, _ = resolve_when(when if isinstance(when, Mapping) else {"sun": sun}, now, context.home.location)
        return answer(words.say("sun", sun=words.capital(sun), moment=words.moment(rises, now)) if rises else words.say("past"))
    if not isinstance(when, Mapping) or when.get("day") == 0:
        return answer(words.say("date", date=words.date_of(now)))
    if "day" in when:
        moment: datetime | None = now + timedelta(days=int(when["day"]))
    else:
        moment, _ = resolve_when({**when, "hour": 23, "minute": 59}, now, context.home.location)
    if moment is None:
        return answer(words.say("date", date=words.date_of(now)))
    return answer(words.say("date.of", day=words.day_name(moment, now), date=words.date_of(moment)))


SKILL = Skill(
    name="clock",
    phrases={
        "HassGetCurrentTime": (
            Phrase(
                "(what|what is|tell me|give me|say|do you know|do you have|could you tell me|i want to know|let me know|"
                "check|have you got) [me] [what] [the] [current|exact|right] time [is it|it is|now|is] [right now|now|currently|"
                "please|exactly|here|today]"
            ),
            Phrase("what time (is it|have you got|do you have|is it now|is it right now|is it currently|is it here)"),
            Phrase("(time|time please|current time|the time|time now|time check)"),
            Phrase("how late is it [now]"),
            Phrase("is it (morning|noon|midday|afternoon|evening|midnight|night|bedtime|lunchtime) [yet|already|now]"),
            Phrase("<i_want> [to know] (the|what) [current] time [it is] [is]"),
            Phrase("what time is it [exactly|right now|now|over] in [the] {place:text} [time|timezone|time zone]"),
            Phrase(
                "(what is|tell me|let me know|i need to know|give me) [what] [the] [current|exact] time [is|it is] [right now|"
                "now] (in|for) [the] {place:text} [time zone|timezone]"
            ),
            Phrase("tell me what (time it is|the time is) [in {place:text}]"),
            Phrase("(what hour is it|what hour and minute is it)"),
            Phrase("(show me|tell me|what is) {place:words} current time"),
            Phrase("(what|what is|tell me|give me) [the] [current] time (in|for|at) {place:text} [now|right now|currently]"),
            Phrase("what time (is it|it is) [now|right now|currently] (in|at) {place:text} [now|right now]"),
            Phrase("(tell me|let me know|do you know) what time it is [now|right now|currently] [in {place:text}]"),
            Phrase("time (in|for) {place:text}"),
            Phrase("in {place:text} what (time is it|is the time|is the current time)"),
        ),
        "HassGetCurrentDate": (
            Phrase(
                "(what|what is|tell me|give me|say|do you know|i want to know|let me know|check) [me] [what] [the|"
                "todays] [current|exact] date [is it|it is|today|is] [right now|now|today|please]"
            ),
            Phrase(
                "(what|which) (day|date) (is it|is today|it is|is it today|is it now|do we have|of the week is it|of the month is it) [today|now]"
            ),
            Phrase("what (today|todays date|the day today|the date today|day today)"),
            Phrase("(tell me|let me know|do you know) (what|which) (day|date) (it is|is it|is today|today is) [today]"),
            Phrase("(today is what|todays date is what|today is which) [day|date]"),
            Phrase("(date|date please|the date|todays date|current date|day of the week)"),
            Phrase("(what|which) weekday is (it|today)"),
            Phrase("(what|what is|tell me) [the] (date|day) [is|of|on|for] {when}"),
            Phrase("(what|which) (date|day) (is|was|will be) {when}"),
            Phrase("(what|which) day (does|is) {when} [fall on|on]"),
            Phrase("(what|tell me what) would {when} date be"),
            Phrase("when is {when}"),
            Phrase("(when|what time|at what time) (does|will) [the] sun (set|go down)", {"sun": "sunset"}),
            Phrase("(when|what time|at what time) (does|will) [the] sun (rise|come up)", {"sun": "sunrise"}),
            Phrase("(what time|at what time) is [the|todays] (sunset|sundown)", {"sun": "sunset"}),
            Phrase("(what time|at what time) is [the|todays] sunrise", {"sun": "sunrise"}),
            Phrase("<i_want> [to know|to get|information on] [what] [the|todays|tomorrows] (date|day) [is|it is] [{when}]"),
            Phrase("(tell me|let me know|i need to know|do you know|say) what (the date|date it|the day|day it) (is|will be) [{when}]"),
            Phrase("(what|which) (date|day) (is it|will it be|is it going to be|are we in|will be|would be) [{when}]"),
            Phrase("what (will|would|is) (the|todays|tomorrows) (date|day) [be] {when}"),
            Phrase("(tell me|let me know|what is|give me) (tomorrows|todays|the current|yesterdays) date [is] [exactly]"),
            Phrase("{when} what will the date be"),
            Phrase("(todays|tomorrows) date is what [exactly]"),
            Phrase("is (today|it) (monday|tuesday|wednesday|thursday|friday|saturday|sunday)"),
            Phrase("(what is the day|what is the current day|what day of the week is today|what is today)"),
            Phrase("today is (what|which) (day|date) [of the week|of the month]"),
            Phrase("(what|which) (month|year) is it"),
        ),
    },
    handlers={"HassGetCurrentTime": tell_time, "HassGetCurrentDate": tell_date},
)
