"""The guided interview: which tastes are asked for, in what order, and how its answers are taken. Data and pure functions.

An interview is an open question after another; what was told stands in the slots of the question, so that the log alone brings it back.
"""

import re

from agent.wording import plain

INTENT = "ExtLearnTastes"
PREFIX = "taste_"
QUESTIONS: tuple[str, ...] = ("music", "temperature", "brightness", "drink", "team")
"""Topics in the order in which they are asked for; each has its sentence under "tastes.ask." in the language's table."""
END, SKIP, AGAIN = "stop", "skip", "again"
ENDS = frozenset(
    "stop|stop it|stop asking|that is enough|thats enough|enough|cancel|no more|no more questions|never mind|i am done|im done|done|quit|end|"
    "that is all|thats all|that will do|thatll do|leave it|forget it|not now|later".split("|")
)
SKIPS = frozenset(
    "skip|skip it|skip that|skip this|skip this one|skip that one|next|next one|next question|pass|i dont know|dont know|i do not know|"
    "do not know|no idea|not sure|im not sure|i am not sure|no|nope|none|nothing|nothing special|not really|i dont care|i do not care|no preference|"
    "i dont have one|i do not have one|i dont|i do not|it depends|anything|whatever|neither".split("|")
)
NO_SUCH = re.compile(r"no \w+|nobody|none of (?:them|these|those|your business)|i (?:do not|dont) have (?:a|any) \w+")
AGAINS = re.compile(
    r"what|huh|pardon(?: me)?|sorry|excuse me|come again|say (?:that|it) again|"
    r"(?:(?:can|could) you )?(?:please )?(?:repeat|say) (?:that|it|the question)(?: again)?|"
    r"what (?:do|did) you (?:mean|say|ask)(?: by that)?|how do you mean|what was (?:that|the question)|"
    r"i (?:do not|dont|did not|didnt) (?:understand|get it|get that|hear you|catch that)|why(?: do you (?:ask|want to know|need to know)(?: that)?)?"
)
"""What asks for the question again, and tells no taste."""
LEAD = re.compile(
    r"^(?:(?:well|hmm|oh|um|uh|so|maybe|probably|mostly|usually|about|around|at|to|just|a|an|the|some|my|"
    r"i (?:really |also |mostly |usually |always )?(?:like|love|prefer|listen to|drink|want|have|take|enjoy|support|follow|root for)|"
    r"i would say|id say|i am|im|it is|its|(?:my )?favou?rite (?:\w+ )?is|lets say|let us say|make it|the lights?|them|it) )+"
)
TRAIL = re.compile(
    r"(?: (?:please|thanks|thank you|music|songs|fan|supporter|degrees|degree|the most|most|best|mostly|usually|i think|i guess|then|"
    r"in the (?:morning|evening)))+$"
)
BRIGHTNESS = {
    "very dim": "10", "very low": "10", "low": "20", "dim": "30", "dimmed": "30", "soft": "30", "cosy": "30", "cozy": "30", "a bit dim": "40",
    "a little dim": "40", "medium": "50", "half": "50", "normal": "70", "bright": "90", "high": "90", "full": "100", "very bright": "100",
    "as bright as possible": "100",
}  # fmt: skip
"""What people say of light -> per cent."""


def asks(missing: str) -> bool:
    """It is a question of the interview."""
    return missing.startswith(PREFIX)


def told(said: str, missing: str) -> str:
    """What answers the question: END, SKIP, AGAIN, or the taste without the words around it; "" where the words may be a request of their own."""
    text = plain(said)
    if text in ENDS:
        return END
    if text in SKIPS or NO_SUCH.fullmatch(text):
        return SKIP
    if AGAINS.fullmatch(text):
        return AGAIN
    value = bare(said)
    if missing == PREFIX + "brightness" and plain(value) in BRIGHTNESS:
        return BRIGHTNESS[plain(value)]
    return value if plain(value) != text else ""


def bare(said: str) -> str:
    """ "I mostly like jazz music" -> jazz; as it was written, where it stands there so."""
    text = plain(said)
    value = TRAIL.sub("", LEAD.sub("", f"{text} ").strip()).strip() or text
    at = said.casefold().find(value)
    return said[at : at + len(value)] if at >= 0 else value
