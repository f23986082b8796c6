"""What the home's people taught the reading: used as long as nobody switched off what was learned, or had the agent forget a part of it."""

import logging
from collections.abc import Callable, Iterable

from agent.records import SERVING, UNLEARNED, Preference, Retrained
from agent.rewrite import HOUSEHOLD
from agent.teach import is_off
from agent.understand.correction import Correction, from_text, shipped

log = logging.getLogger(__name__)


class OwnReading:
    """The correction in memory, taken anew when the learners commit. `correct` hands it to the understanding; None reads as it was shipped.

    Behind an update that brought another model what corrects the one before is not used; the next night makes it anew.
    """

    def __init__(self, correct: Callable[[Correction | None], None]) -> None:
        self._correct = correct
        self._known: Retrained | None = None
        self._found: Correction | None = None
        self._used: Correction | None = None
        correct(None)

    def load(self, known: Retrained | None) -> None:
        """From now on this is used, and nothing else; weights that cannot be read are left out, with a line in the log."""
        if known == self._known:
            return
        self._known, self._found = known, None
        if known is not None and known.weights and known.model == shipped():
            try:
                self._found = from_text(known.weights)
            except ValueError as error:
                log.warning("The retrained reading cannot be used (%s): `hearth forget learned` drops it, the learners make it anew.", error)
        self._use(self._found)

    def follow(self, preferences: Iterable[Preference]) -> None:
        """Before a request: what is switched off is not used. What a part of was to be forgotten is not, until the learners have made it anew."""
        if self._found is not None:
            self._use(None if self._is_off(tuple(preferences)) else self._found)

    def _is_off(self, preferences: tuple[Preference, ...]) -> bool:
        forgotten = {p.value for p in preferences if p.topic == UNLEARNED}
        made_of = {sentence.partition(" = ")[0] for sentence in self._known.sentences} if forgotten and self._known else set()
        return is_off(SERVING, HOUSEHOLD, preferences) or bool(forgotten & made_of)

    def _use(self, wanted: Correction | None) -> None:
        if wanted is not self._used:
            self._used = wanted
            self._correct(wanted)
