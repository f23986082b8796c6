"""The time and the date, here and elsewhere."""

from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache
from zoneinfo import available_timezones

from agent import words
from agent.records import Context, Plan, Resolution
from agent.stages import Phrase, Skill
from agent.times import local, resolve_when, zone
from skills.plans import answer, decline, slot_text

ZONES = {
    "eastern": "America/New_York", "eastern time": "America/New_York", "eastern standard": "America/New_York", "new york city": "America/New_York",
    "pacific": "America/Los_Angeles", "pacific time": "America/Los_Angeles", "pacific standard": "America/Los_Angeles",
    "mountain": "America/Denver", "mountain time": "America/Denver", "central": "America/Chicago", "central time": "America/Chicago",
    "california": "America/Los_Angeles", "san francisco": "America/Los_Angeles", "seattle": "America/Los_Angeles", "texas": "America/Chicago",
    "dallas": "America/Chicago", "houston": "America/Chicago", "boston": "America/New_York", "washington": "America/New_York", "miami": "America/New_York",
    "florida": "America/New_York", "gmt": "UTC", "greenwich": "UTC", "england": "Europe/London", "uk": "Europe/London", "britain": "Europe/London",
    "scotland": "Europe/London", "france": "Europe/Paris", "germany": "Europe/Berlin", "italy": "Europe/Rome", "spain": "Europe/Madrid",
    "holland": "Europe/Amsterdam", "the netherlands": "Europe/Amsterdam", "netherlands": "Europe/Amsterdam", "japan": "Asia/Tokyo", "china": "Asia/Shanghai",
    "beijing": "Asia/Shanghai", "india": "Asia/Kolkata", "mumbai": "Asia/Kolkata", "delhi": "Asia/Kolkata", "new delhi": "Asia/Kolkata",
    "bangalore": "Asia/Kolkata", "zimbabwe": "Africa/Harare", "south africa": "Africa/Johannesburg", "cape town": "Africa/Johannesburg",
    "kenya": "Africa/Nairobi", "nigeria": "Africa/Lagos", "thailand": "Asia/Bangkok", "vietnam": "Asia/Ho_Chi_Minh", "israel": "Asia/Jerusalem",
    "turkey": "Europe/Istanbul", "russia": "Europe/Moscow", "brazil": "America/Sao_Paulo", "rio de janeiro": "America/Sao_Paulo", "rio": "America/Sao_Paulo",
    "argentina": "America/Argentina/Buenos_Aires", "mexico": "America/Mexico_City", "canada": "America/Toronto", "montreal": "America/Toronto",
    "new zealand": "Pacific/Auckland", "hawaii": "Pacific/Honolulu", "las vegas": "America/Los_Angeles", "philippines": "Asia/Manila",
    "abu dhabi": "Asia/Dubai", "atlantic": "America/Halifax", "atlantic time": "America/Halifax", "utc": "UTC", "alaska": "America/Anchorage",
    "atlanta": "America/New_York", "philadelphia": "America/New_York", "munich": "Europe/Berlin", "hamburg": "Europe/Berlin", "milan": "Europe/Rome",
    "barcelona": "Europe/Madrid", "geneva": "Europe/Zurich", "switzerland": "Europe/Zurich", "austria": "Europe/Vienna", "portugal": "Europe/Lisbon",
    "ireland": "Europe/Dublin", "sweden": "Europe/Stockholm", "norway": "Europe/Oslo", "denmark": "Europe/Copenhagen", "finland": "Europe/Helsinki",
    "poland": "Europe/Warsaw", "greece": "Europe/Athens", "ukraine": "Europe/Kyiv", "egypt": "Africa/Cairo", "saudi arabia": "Asia/Riyadh",
    "iran": "Asia/Tehran", "pakistan": "Asia/Karachi", "indonesia": "Asia/Jakarta", "malaysia": "Asia/Kuala_Lumpur", "taiwan": "Asia/Taipei",
    "south korea": "Asia/Seoul", "korea": "Asia/Seoul", "australia": "Australia/Sydney", "canberra": "Australia/Sydney",
}  # fmt: skip
"""Places that no time zone is named after -> their zone; the others are found in the zone names themselves ("Europe/London")."""


def tell_time(resolution: Resolution, context: Context) -> Plan:
    """Slots: place, where another one's time was asked."""
    place = slot_text(resolution, "place")
    if not place:
        return answer(words.say("time", clock=words.clock(local(context.now, context.home.location))))
    found = zone_of(place)
    if not found:
        return decline(words.say("time.no_place", place=place))
    return answer(words.say("time.place", clock=words.clock(context.now.astimezone(zone(found))), place=place))


def zone_of(place: str) -> str:
    """The zone of a city, country or time zone name; "" where it is not known."""
    wanted = place.casefold().removesuffix(" time zone").removesuffix(" timezone").removesuffix(" time").removesuffix(" standard").strip()
    return ZONES.get(wanted) or _cities().get(wanted, "")


@lru_cache(maxsize=1)
def _cities() -> dict[str, str]:
    return {name.rpartition("/")[2].replace("_", " ").casefold(): name for name in sorted(available_timezones())}


def tell_date(resolution: Resolution, context: Context) -> Plan:
    """Slots: when, where another day was asked about."""
    now = local(context.now, context.home.location)
    when = resolution.slots.get("when")
    if not isinstance(when, Mapping) or when.get("day") in ("today", 0):
        return answer(words.say("date", date=words.date_of(now)))
    if when.get("day") == "yesterday":
        return answer(words.say("date.of", day="yesterday", date=words.date_of(now - timedelta(days=1))))
    moment, _ = resolve_when({**when, "hour": 12, "part": "noon"}, now, context.home.location)
    if moment is None:
        return answer(words.say("date", date=words.date_of(now)))
    return answer(words.say("date.of", day=words.day_name(moment, now), date=words.date_of(moment)))


SKILL = Skill(
    name="clock",
    phrases={
        "HassGetCurrentTime": (
            Phrase("(what|whats|what is|tell me|give me|say|do you know|do you have|could you tell me|i want to know|let me know|check|have you got) [me] [what] [the] [current|exact|right] time [is it|it is|now|is] [right now|now|currently|please|exactly|here|today]"),
            Phrase("what time (is it|have you got|do you have|is it now|is it right now|is it currently|is it here)"),
            Phrase("(time|time please|current time|the time|time now|time check)"),
            Phrase("how late is it"),
            Phrase("(what|whats|what is|tell me|give me) [the] [current] time (in|for|at) {place:text} [now|right now|currently]"),
            Phrase("what time (is it|it is) [now|right now|currently] (in|at) {place:text} [now|right now]"),
            Phrase("(tell me|let me know|do you know) what time it is [now|right now|currently] [in {place:text}]"),
            Phrase("time (in|for) {place:text}"),
            Phrase("in {place:text} what (time is it|is the time|is the current time)"),
        ),
        "HassGetCurrentDate": (
            Phrase("(what|whats|what is|tell me|give me|say|do you know|i want to know|let me know|check) [me] [what] [the|today's|todays] [current|exact] date [is it|it is|today|is] [right now|now|today|please]"),
            Phrase("(what|which) (day|date) (is it|is today|it is|is it today|is it now|do we have|of the week is it|of the month is it) [today|now]"),
            Phrase("(what|whats) (today|todays date|the day today|the date today|day today)"),
            Phrase("(tell me|let me know|do you know) (what|which) (day|date) (it is|is it|is today|today is) [today]"),
            Phrase("(today is what|todays date is what|today is which|today's date is what) [day|date]"),
            Phrase("(date|date please|the date|todays date|today's date|current date|day of the week)"),
            Phrase("(what|which) weekday is (it|today)"),
            Phrase("(what|whats|what is|tell me) [the] (date|day) [is|of|on|for] {when}"),
            Phrase("(what|which) (date|day) (is|was|will be) {when}"),
            Phrase("(what|which) day (does|is) {when} [fall on|on]"),
            Phrase("(what|tell me what) would {when} date be"),
            Phrase("when is {when}"),
            Phrase("(what|which) (month|year) is it"),
        ),
    },
    handlers={"HassGetCurrentTime": tell_time, "HassGetCurrentDate": tell_date},
)
