"""All phrases of all skills as one automaton over words and slots, worked out as far as sentences need it.

A continuation is what may still follow in one phrase; a state is a set of them. The state after a word is computed when the word is first
met there and kept: phrases share their beginnings, and a sentence costs as many steps as it has words, however many phrases there are.
Shared pieces that hold slots (`<named>`, `<place>`...) are not spelled out in every phrase: each is an automaton of its own, run once a place.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from agent.understand.normal import name_words
from agent.understand.templates import Choice, Node, Sequence, Slot, Word


class Rest:
    """`node`, then `then`; the end of phrase number `phrase` where node is None."""

    __slots__ = ("node", "phrase", "then")

    def __init__(self, node: Node | None, then: "Rest | None", phrase: int = -1) -> None:
        self.node = node
        self.then = then
        self.phrase = phrase


@dataclass(slots=True, eq=False)
class State:
    """What may come next: words with what follows them, slots and shared pieces (with an empty type), and the phrases that may end here."""

    follows: dict[str, tuple[Rest, ...]] = field(default_factory=dict)
    fills: dict[tuple[str, str], tuple[Rest, ...]] = field(default_factory=dict)
    ends: tuple[int, ...] = ()
    after: dict[str, "State"] = field(default_factory=dict)
    slots: "tuple[tuple[str, str, State], ...] | None" = None


class Automaton:
    """Built from trees of templates; `start` is where every sentence begins. `pieces`: shared pieces that stay whole, by the id of their tree."""

    def __init__(self, trees: list[Node], pieces: Mapping[int, str]) -> None:
        self._pieces = pieces
        self._rests: dict[tuple[int, int], Rest] = {}
        self._states: dict[tuple[Rest, ...], State] = {}
        self._split: dict[str, tuple[str, ...]] = {}
        self._whole = id(trees[0]) if len(trees) == 1 else 0
        self.start = self._state(tuple(self._rest(tree, Rest(None, None, n)) for n, tree in enumerate(trees)))

    def step(self, state: State, word: str) -> State | None:
        known = state.after.get(word)
        if known is None:
            rests = state.follows.get(word)
            if rests is None:
                return None
            known = state.after[word] = self._state(rests)
        return known

    def slots(self, state: State) -> tuple[tuple[str, str, State], ...]:
        """(slot, type, state after it) of every slot or piece that may come next."""
        if state.slots is None:
            state.slots = tuple((name, kind, self._state(rests)) for (name, kind), rests in state.fills.items())
        return state.slots

    def _rest(self, node: Node, then: Rest) -> Rest:
        key = (id(node), id(then))
        known = self._rests.get(key)
        if known is None:
            known = self._rests[key] = Rest(node, then)
        return known

    def _state(self, rests: tuple[Rest, ...]) -> State:
        known = self._states.get(rests)
        if known is None:
            known = self._states[rests] = self._open(rests)
        return known

    def _open(self, rests: tuple[Rest, ...]) -> State:
        """Every way on from a set of continuations."""
        follows: dict[str, dict[Rest, None]] = {}
        fills: dict[tuple[str, str], dict[Rest, None]] = {}
        ends: dict[int, None] = {}
        todo, seen = list(reversed(rests)), set(rests)
        while todo:
            rest = todo.pop()
            node, then = rest.node, rest.then
            if node is None or then is None:
                ends[rest.phrase] = None
            elif type(node) is Word:
                first, *others = self._words(node.word)
                for word in reversed(others):
                    then = self._rest(_word(word), then)
                follows.setdefault(first, {})[then] = None
            elif type(node) is Slot:
                fills.setdefault((node.name, node.type), {})[then] = None
            elif id(node) in self._pieces and id(node) != self._whole:
                fills.setdefault((self._pieces[id(node)], ""), {})[then] = None
            else:
                for way in self._ways(node, then):
                    if way not in seen:
                        seen.add(way)
                        todo.append(way)
        return State({w: tuple(r) for w, r in follows.items()}, {s: tuple(r) for s, r in fills.items()}, tuple(ends))

    def _ways(self, node: Node, then: Rest) -> list[Rest]:
        if isinstance(node, Choice):
            return [then if type(item) is Sequence and not item.items else self._rest(item, then) for item in node.items]
        rest = then
        for item in reversed(node.items if isinstance(node, Sequence) else ()):
            rest = self._rest(item, rest)
        return [rest]

    def _words(self, word: str) -> tuple[str, ...]:
        """A word of a template as sentences have it: "nevermind" -> never mind."""
        known = self._split.get(word)
        if known is None:
            known = self._split[word] = name_words(word) or (word,)
        return known


_WORDS: dict[str, Word] = {}


def _word(word: str) -> Word:
    """One object for each word, so that continuations are shared."""
    return _WORDS.setdefault(word, Word(word))
