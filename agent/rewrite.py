"""Rewrites served on the turn path: taught phrases first (later: personal, then fleet). Pure, from memory."""

from collections.abc import Iterable

from agent.records import Context, Rewrite, Taught
from agent.wording import plain


def rewrite(text: str, context: Context) -> Rewrite | None:
    """The sentence a person taught for these words; a taught name is replaced within the sentence. None where nothing was taught for them."""
    said = plain(text)
    mine = sorted(_mine(context.taught, context.speaker), key=lambda t: (not t.speaker, -len(t.phrase)))
    if not mine:
        return None
    for taught in mine:
        if said in (plain(taught.phrase), f"{plain(taught.phrase)} please", f"please {plain(taught.phrase)}"):
            return Rewrite(text, taught.sentence, "taught")
    names = {n.casefold() for e in context.home.entities.values() for n in e.names} | {a.name.casefold() for a in context.home.areas.values()}
    for taught in mine:
        phrase = plain(taught.phrase)
        if taught.sentence.casefold() in names and phrase and f" {phrase} " in f" {said} ":
            return Rewrite(text, f" {said} ".replace(f" {phrase} ", f" {taught.sentence} ").strip(), "taught")
    return None


def _mine(taught: Iterable[Taught], speaker: str | None) -> Iterable[Taught]:
    return (t for t in taught if t.speaker in ("", speaker or ""))
