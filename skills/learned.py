"""What was taught, told and learned: shown, forgotten, taken back; and the switches of learning."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from agent import teach, words
from agent.records import LEARNING, SERVING, SWITCHES, UNLEARNED, Change, Context, Learned, Plan, Preference, Resolution, Taught
from agent.stages import Handler, Phrase
from agent.wording import bare_request, plain
from skills.plans import answer, slot_text
from skills.tastes import in_words, key_of, mine
from skills.willing import is_guest, unwilling


def folded(phrase: str) -> str:
    """The key of a taught phrase."""
    return " ".join(phrase.casefold().strip(" .,!?\"'“”").split())


def forget(resolution: Resolution, context: Context) -> Plan:
    """Slots: phrase (absent: the last one taught), or value of a preference."""
    refusal = _refusal(slot_text(resolution, "phrase"), context)
    if refusal is not None:
        return refusal
    phrase = folded(slot_text(resolution, "phrase"))
    found = [t for t in context.taught if not phrase or folded(t.phrase) == phrase]
    if found:
        return _gone(found[-1])
    liked = next((p for p in mine(context) if phrase and phrase in (folded(p.value), folded(in_words(p, context)))), None)
    if liked is not None:
        gone = Change("preference_gone", key_of(liked), was=liked)
        return answer(words.say("preference.gone", value=in_words(liked, context)), (gone,))
    pairs = _about(slot_text(resolution, "phrase"), context)
    return unlearned(pairs, context) if pairs else answer(words.say("taught.none"))


def _refusal(phrase: str, context: Context) -> Plan | None:
    """Whoever does not live here forgets nothing; and everything is forgotten at the hub alone, never by a sentence that may be misheard."""
    if is_guest(context):
        return answer(words.say("learning.guest"))
    said = set(plain(context.text).split())
    taught = any(plain(t.phrase) == plain(phrase) for t in context.taught)
    whole = (plain(phrase).split(" ", 1)[0] in WHOLE and not taught) or bool(said & {"everything", "all"})
    return answer(words.say("forget.how")) if whole else None


WHOLE = frozenset({"everything", "all", "me", "anything", "what"})


def forget_about(resolution: Resolution, context: Context) -> Plan:
    """Slots: phrase, words of what was taught, told or learned."""
    refusal = _refusal(slot_text(resolution, "phrase"), context)
    if refusal is not None:
        return refusal
    phrase = plain(slot_text(resolution, "phrase")).removeprefix("the ")
    if not phrase:
        return answer(words.say("taught.none"))
    pairs = _about(phrase, context)
    if pairs:
        return unlearned(pairs, context)
    found = [t for t in context.taught if _holds(t.phrase, phrase) or _holds(t.sentence, phrase)]
    return _gone(found[-1]) if found else forget(resolution, context)


def _about(phrase: str, context: Context) -> list[Learned]:
    """Learned pairs of these words, those that are no longer used too."""
    said = plain(phrase).removeprefix("the ")
    return [p for p in context.learned if said and (_holds(p.source, said) or _holds(p.target, said))]


def _gone(taught: Taught) -> Plan:
    return answer(words.say("taught.gone", phrase=taught.phrase), (Change("taught_gone", teach.key_of(taught), was=taught),))


def _holds(text: str, phrase: str) -> bool:
    return f" {plain(phrase)} " in f" {plain(text)} "


def unlearned(pairs: Iterable[Learned], context: Context) -> Plan:
    """These words are read as they are from now on, by who speaks."""
    sources = tuple(dict.fromkeys(p.source for p in pairs))
    kept = [Preference(context.who, UNLEARNED, source) for source in sources]
    said = words.say("learned.gone", list=words.join([f"“{source}”" for source in sources]))
    return answer(said, tuple(Change("preference", key_of(p), p) for p in kept))


def taken_back(context: Context) -> tuple[Change, ...]:
    """What takes back what the last turn taught or forgot: the version before returns; () where it did neither."""
    before = context.previous
    return tuple(back for c in before.changes if (back := _back(c, context)) is not None) if before is not None else ()


def _back(change: Change, context: Context) -> Change | None:
    if change.was is not None:
        return Change("taught" if isinstance(change.was, Taught) else "preference", change.key, change.was)
    match change.value:
        case Taught() as taught:
            former = teach.before(taught, context.home)
            return Change("taught", change.key, former) if former is not None else Change("taught_gone", change.key)
        case Preference() as liked if change.what == "preference_gone":
            return Change("preference", change.key, liked)
        case Preference() as liked if liked.was:
            return Change("preference", change.key, replace(liked, value=liked.was, was=""))
        case Preference():
            return Change("preference_gone", change.key)
        case _:
            return None


def untaught(context: Context, remembers: bool = True) -> Plan | None:
    """ "Undo that", "forget that" right behind a lesson; None where there was none. `remembers`: what was forgotten comes back, too."""
    back, before = taken_back(context), context.previous
    if not remembers and before is not None and any(c.was is not None for c in before.changes):
        return None
    if back and before is not None:
        former = next((c.value for c in back if isinstance(c.value, Taught)), None)
        if former is not None:
            return answer(words.say("taught.back", phrase=former.phrase, sentence=former.sentence), back)
        gone = next((c.value for c in before.changes if isinstance(c.value, Taught | Preference)), None)
        if isinstance(gone, Taught):
            return answer(words.say("taught.gone", phrase=gone.phrase), back)
        switch = isinstance(gone, Preference) and gone.topic in SWITCHES
        told = words.say("set.back") if switch or not isinstance(gone, Preference) else words.say("preference.gone", value=in_words(gone, context))
        return answer(told, back)
    return None


def unserved(context: Context) -> Plan | None:
    """ "Forget that" behind what was read as a learned pair."""
    before = context.previous
    if before is None or before.rewrite is None or before.rewrite.layer == "taught" or before.rewrite.held:
        return None
    served = [p for p in context.learned if _holds(bare_request(before.rewrite.source), p.source)]
    return unlearned(served, context) if served else None


def unsaid(context: Context) -> Plan | None:
    """ "Forget that" behind a list of what was taught and learned: which of it?"""
    before = context.previous
    listed = before is not None and any(r.intent == "ExtTaughtQuery" for r in before.resolutions)
    return answer(words.say("forget.which")) if listed and (context.taught or context.learned) else None


def taught(resolution: Resolution, context: Context) -> Plan:
    """Slots: scope "all" where everything is asked for, tastes and what was learned too; absent: what was taught, or phrase alone."""
    phrase = folded(slot_text(resolution, "phrase"))
    if phrase:
        one = next((t for t in reversed(context.taught) if folded(t.phrase) == phrase), None)
        pair = next((p for p in context.learned if plain(p.source) == plain(phrase)), None)
        if one is None and pair is not None and pair.state == "suspended":
            return answer(words.say("learned.stopped", n=words.number(1)))
        if one is None and pair is not None:
            return answer(words.say("learned.list", list=_pair(pair)))
        return answer(words.say("taught.list", list=_item(one, context)) if one is not None else words.say("taught.none"))
    told = [words.say("taught.list", list=words.join([_item(t, context) for t in context.taught]))] if context.taught else []
    if slot_text(resolution, "scope") == "all":
        likes = [in_words(p, context) for p in mine(context)]
        pairs = [_pair(p) for p in context.learned if p.state == "serving"]
        stopped = len({(p.source, p.areas) for p in context.learned if p.state == "suspended"})
        told += [words.say("preference.list", list=words.join(likes))] if likes else []
        told += [words.say("learned.list", list=words.join(pairs))] if pairs else []
        told += [words.say("learned.stopped_too" if pairs else "learned.stopped", n=words.number(stopped))] if stopped else []
        told += [words.say("learning.is_off")] if teach.is_off(LEARNING, context.who, context.preferences) else []
        told += [words.say("serving.is_off")] if teach.is_off(SERVING, "", context.preferences) else []
    return answer(" ".join(told) or words.say("taught.nothing"))


def _pair(pair: Learned) -> str:
    if pair.part:
        return words.say("taught.item_name", alias=pair.source, what=f"{words.LANGUAGE.ARTICLE} {pair.target}")
    return words.say("taught.item", phrase=pair.source, sentence=pair.target)


def _item(taught: Taught, context: Context) -> str:
    thing = context.home.entities.get(taught.thing)
    area = context.home.areas.get(taught.thing)
    if thing is None and area is None:
        return words.say("taught.item", phrase=taught.phrase, sentence=taught.sentence)
    what = words.the(thing) if thing is not None else words.the_area(area.name) if area is not None else ""
    return words.say("taught.item_name", alias=taught.phrase, what=what)


def learning(resolution: Resolution, context: Context) -> Plan:
    """Slots: learning, "on" or "off": whether anything is learned from who speaks."""
    off = slot_text(resolution, "learning") == "off"
    refusal = None if context.teaches or teach.is_off(LEARNING, context.who, context.preferences) else unwilling(context)
    if refusal is not None:
        return refusal
    kept = Preference(context.who, LEARNING, "off" if off else "on")
    key = f"learning.{kept.value}" if context.who else f"learning.{kept.value}.unknown"
    return answer(words.say(key), (Change("preference", f"{context.who}/{LEARNING}".casefold(), kept),))


def serving(resolution: Resolution, context: Context) -> Plan:
    """Slots: serving, "on" or "off": whether what was learned is used, for everybody."""
    kept = Preference("", SERVING, slot_text(resolution, "serving"))
    return answer(words.say(f"serving.{kept.value}"), (Change("preference", f"/{SERVING}", kept),))


OFF, ON = {"learning": "off"}, {"learning": "on"}
UNUSED, USED = {"serving": "off"}, {"serving": "on"}
LEARNED_PHRASES: Mapping[str, tuple[Phrase, ...]] = {
    "ExtForgetAbout": (
        Phrase("(forget|unlearn|delete) (what|all|everything) (i taught you|i told you|you learned|you have learned|you know) about {phrase:text}"),
    ),
    "ExtForget": (
        Phrase("(forget|unlearn|delete) (the phrase|the taught phrase|the command|the name) {phrase:text}"),
        Phrase("(forget|unlearn) {phrase:words}"),
        Phrase("(forget|unlearn) (what i taught you|what i just taught you|the last thing i taught you|the last phrase)"),
        Phrase("(forget|delete|erase) (everything|all) [that] [(i taught you|i told you|you know|you learned|you have learned)] [about (me|us)]"),
        Phrase("forget that {phrase:text} means {sentence:message}"),
        Phrase("forget that i (like|love|hate|dislike|do not like|can not stand) {phrase:text}"),
        Phrase("(i do not|i no longer) (like|love) {phrase:text} (anymore|any more|any longer)"),
    ),
    "ExtTaughtQuery": (
        Phrase("what (have i|did i) (taught|teach|told) you"),
        Phrase("what have you learned [from me|about me|so far|about us]", {"scope": "all"}),
        Phrase("(tell|show) me what you [have] learned [from me|about me|so far]", {"scope": "all"}),
        Phrase("what did you learn [from me|about me]", {"scope": "all"}),
        Phrase("(which|what) (phrases|commands|names) (have i taught you|did i teach you|do you know from me)"),
        Phrase("(list|show|tell me|read) [me] (my|our) (phrases|taught phrases|own phrases|commands)"),
    ),
    "ExtLearning": (
        Phrase("(stop|do not|quit) (learning|learn) (from me|about me|anything from me|from what i say)", OFF),
        Phrase("(do not|stop) (remember|remembering) what i say", OFF),
        Phrase("(learn|start learning|you may learn|you can learn|go on learning) (from me|about me) [again]", ON),
    ),
    "ExtServing": (
        Phrase("(stop|do not|quit) (using|use) (what you [have] learned|the things you [have] learned|your learning)", UNUSED),
        Phrase("(use|start using|go on using|you may use) (what you [have] learned|the things you [have] learned) [again]", USED),
    ),
}
LEARNED_HANDLERS: Mapping[str, Handler] = {
    "ExtForget": forget,
    "ExtForgetAbout": forget_about,
    "ExtTaughtQuery": taught,
    "ExtLearning": learning,
    "ExtServing": serving,
}
