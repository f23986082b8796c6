"""Home Assistant's own sentence matcher (hassil with home-assistant-intents), wired as its core wires it: what understanding is timed beside.

It matches and does not resolve or act. Names that occur in the sentence are found first and handed to the matcher as the list of names.
"""

from hassil import Intents, TextChunk, TextSlotList, Trie, recognize_best
from home_assistant_intents import get_intents

from agent.records import Context
from devices.home import Home


class Peer:
    """The matcher for one home."""

    def __init__(self, home: Home) -> None:
        found = get_intents("en")
        assert found is not None
        self._intents = Intents.from_dict(found)
        names = TextSlotList.from_tuples(
            [(n, n, {"domain": e.domain}, {"domain": e.domain}) for e in home.entities.values() for n in (e.name, *e.aliases)],
            name="name",
            allow_template=False,
        )
        self._names = Trie()
        for value in names.values:
            assert isinstance(value.text_in, TextChunk)
            self._names.insert(value.text_in.text.strip().lower(), value)
        rooms = [(n, n) for a in home.areas.values() for n in (a.name, *a.aliases)]
        floors = [(f.name, f.name) for f in home.floors.values()]
        self._lists = {
            "area": TextSlotList.from_tuples(rooms, name="area", allow_template=False),
            "floor": TextSlotList.from_tuples(floors, name="floor", allow_template=False),
        }

    def understands(self, text: str, context: Context) -> bool:
        """One sentence, matched; true where a template fits."""
        said = TextSlotList(name="name", values=[found[2] for found in self._names.find(text.lower())])
        area = context.home.areas[context.area].name if context.area else None
        result = recognize_best(
            text,
            self._intents,
            slot_lists={**self._lists, "name": said},
            intent_context={"area": area} if area else {},
            best_slot_name="name",
            language="en",
        )
        return result is not None
