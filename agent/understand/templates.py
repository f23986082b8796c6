"""Sentence templates -> trees. The syntax is agent.stages.Phrase's; what is wrong in one is said with the skill and the template."""

import re
from dataclasses import dataclass
from functools import cache

from agent.understand.rules import RULES
from agent.understand.slot_types import TYPES

_PIECE = re.compile(r"\s*([\[\]()|]|<[a-z_]+>|\{[a-z_]+(?::[a-z_]+)?\}|[^\s\[\]()|<>{}]+)")


class TemplateError(Exception):
    """A template cannot be read: one sentence that names it."""


@dataclass(frozen=True, slots=True)
class Word:
    word: str


@dataclass(frozen=True, slots=True)
class Slot:
    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Sequence:
    items: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the items; an optional piece is a choice with an empty sequence. Shared rules are one object, so that they are matched once a place."""

    items: "tuple[Node, ...]"


Node = Word | Slot | Sequence | Choice
EMPTY = Sequence(())


def parse(template: str) -> Node:
    """The tree of a template; TemplateError where its brackets, rules or types are wrong."""
    pieces = _PIECE.findall(template)
    if "".join(pieces) != re.sub(r"\s", "", template):
        raise TemplateError(f"The phrase {template!r} has a character that no phrase may have.")
    node, rest = _choice(pieces, 0, template)
    if rest != len(pieces):
        raise TemplateError(f"The phrase {template!r} has a bracket too many.")
    return node


def _choice(pieces: list[str], at: int, template: str) -> tuple[Node, int]:
    options: list[Node] = []
    while True:
        items: list[Node] = []
        while at < len(pieces) and pieces[at] not in ("|", ")", "]"):
            node, at = _one(pieces, at, template)
            items.append(node)
        options.append(items[0] if len(items) == 1 else Sequence(tuple(items)))
        if at >= len(pieces) or pieces[at] != "|":
            return options[0] if len(options) == 1 else Choice(tuple(options)), at
        at += 1


def _one(pieces: list[str], at: int, template: str) -> tuple[Node, int]:
    piece = pieces[at]
    if piece in ("(", "["):
        node, end = _choice(pieces, at + 1, template)
        if end >= len(pieces) or pieces[end] != {"(": ")", "[": "]"}[piece]:
            raise TemplateError(f"The phrase {template!r} lacks a closing bracket.")
        return (node if piece == "(" else Choice((node, EMPTY))), end + 1
    if piece.startswith("<"):
        return rule(piece[1:-1], template), at + 1
    if piece.startswith("{"):
        name, _, kind = piece[1:-1].partition(":")
        if (kind or name) not in TYPES:
            raise TemplateError(f"The phrase {template!r} has a slot of an unknown type {kind or name!r}.")
        return Slot(name, kind or name), at + 1
    return Word(piece), at + 1


def rule(name: str, template: str = "") -> Node:
    if name not in RULES:
        raise TemplateError(f"The phrase {template!r} uses an unknown rule <{name}>.")
    return _rule(name)


@cache
def _rule(name: str) -> Node:
    return parse(RULES[name])


def first_words(node: Node) -> frozenset[str] | None:
    """The words a node may begin with; None where it may begin with anything or be empty."""
    match node:
        case Word(word):
            return frozenset({word})
        case Slot():
            return None
        case Sequence(items):
            return first_words(items[0]) if items else None
        case Choice(items):
            firsts = [first_words(item) for item in items]
            return None if any(f is None for f in firsts) else frozenset().union(*(f for f in firsts if f is not None))
