"""What people ask that no home can do, and Hearth will not: it leaves the house. Told as what it is, where nothing else was understood."""

import re

from agent.wording import bare_request

OUT_THERE = {
    "order": r"(?:order|purchase|(?:get|call|find) (?:me |us )?(?:a |an )?(?:taxi|cab|uber|lyft))\b",
    "book": r"(?:book|reserve|make (?:me |us )?(?:a |an )?(?:reservation|booking|appointment))\b",
    "call": r"(?:call|phone|dial)\b(?! (?:me|it|this|that|them|off|back)\b)",
    "message": r"(?:email|(?:text|message) (?!me\b)|send (?:\w+ )?(?:an? |the |my )?(?:email|mail|text|sms|message)\b)",
}
"""What is asked for -> how such requests begin, plain and without courtesy."""
WANTING = r"(?:(?:i want to|i would like to|id like to|we need to|i need to|lets|let us) )?"
ASKED = {name: re.compile(WANTING + begins) for name, begins in OUT_THERE.items()}


def out_of_reach(text: str) -> str:
    """Which of OUT_THERE is asked for; "" where none is."""
    said = bare_request(text)
    return next((name for name, begins in ASKED.items() if begins.match(said)), "")
