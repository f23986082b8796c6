"""The replay gate: a reading that was retrained is taken on only where it reads the home's good turns as they were read before."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from agent.records import Label

ALLOWED = 0.003
"""The share of good turns that may be read otherwise."""
ABOVE = 0.8
"""Labels at least this sure are good turns, and what is retrained from."""

Reading = tuple[str, Mapping[str, Any]]
"""Intent and slots."""
Read = Callable[[str], Reading | None]


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of it: `changed` are the transcripts of good turns that are read otherwise now, of `turns`."""

    turns: int
    changed: tuple[str, ...] = ()

    @property
    def passes(self) -> bool:
        """Nothing was tried on nothing: without good turns there is nothing to show that it does no harm."""
        return self.turns > 0 and len(self.changed) <= ALLOWED * self.turns


def good_turns(labels: Iterable[Label], above: float = ABOVE) -> tuple[Label, ...]:
    """Those that were read rightly by themselves, and reached their goal."""
    return tuple(m for m in labels if m.source == "itself" and m.goal_success and m.confidence >= above)


def replayed(good: Iterable[Label], before: Read, after: Read) -> Replay:
    """Each good turn read by both. One that was not read rightly before cannot be made worse, and is not counted."""
    turns, changed = 0, []
    for label in good:
        if (was := before(label.transcript)) is None or was[0] != label.intent:
            continue
        turns += 1
        if after(label.transcript) != was:
            changed.append(label.transcript)
    return Replay(turns, tuple(changed))
