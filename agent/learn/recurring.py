"""What is said again and again behind the same words: who asks for the floor lamp behind each "movie light" meant the floor lamp. Pure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from agent.learn.log import Log, Past, within
from agent.learn.signals import REPAIRING, UNDOING, following

AT_ONCE = 25.0
"""Seconds."""
OFTEN = 0.3
"""Of the times that words were said."""


@dataclass(frozen=True, slots=True)
class Recurring:
    said: Mapping[str, int]
    """Words -> how often they were said."""
    behind: Mapping[tuple[str, str], int]
    """(words, meaning) -> how often that was asked for at once behind them, in other words."""

    @classmethod
    def of(cls, log: Log) -> "Recurring":
        said: Counter[str] = Counter()
        behind: Counter[tuple[str, str]] = Counter()
        for i, turn in enumerate(log.turns):
            if turn.answers or not turn.bare:
                continue
            said[turn.bare] += 1
            soon = following(log.turns, i)
            if soon is not None and _asks_anew(turn, soon):
                behind[turn.bare, soon.meaning] += 1
        return cls(said, behind)

    def leads(self, turn: Past, soon: Past) -> bool:
        """Not for the first time is this asked for behind these words."""
        times = self.behind.get((turn.bare, soon.meaning), 0)
        return times > 1 and times >= OFTEN * self.said[turn.bare]


def _asks_anew(turn: Past, soon: Past) -> bool:
    asks = bool(soon.meaning) and soon.succeeded and not soon.answers and soon.intent not in REPAIRING | UNDOING
    return asks and within(turn, soon, AT_ONCE) and soon.bare != turn.bare and soon.meaning != turn.meaning
