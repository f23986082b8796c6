"""Talking with the agent itself: greetings, never mind, help, why, what was heard, undo, repair, stop."""

import re
from dataclasses import replace

from agent import account, ellipsis, words
from agent.records import Change, Context, Due, Plan, Resolution
from agent.stages import Phrase, Skill
from agent.wording import plain
from devices.home import NOTHING
from devices.kinds import is_on
from skills.learned import taken_back, unsaid, unserved, untaught
from skills.plans import act, answer, ask, slot_text, targets

GREETINGS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\bthank|\bthanks\b|\bcheers\b|well done|good job|great job|nice work"), "thanks"),
    (re.compile(r"good ?night|sleep well"), "night"),
    (re.compile(r"good morning"), "morning"),
    (re.compile(r"good evening"), "evening"),
    (re.compile(r"\bbye\b|goodbye|see you"), "bye"),
    (re.compile(r"how are you|how is it going|hows it going|how do you do"), "how_are_you"),
    (re.compile(r"who are you|what are you|your name"), "who"),
)
"""What was said -> the key of the reply; anything else is a hello."""


def respond(resolution: Resolution, context: Context) -> Plan:
    said = context.text.casefold().replace("'", "")
    key = next((key for pattern, key in GREETINGS if pattern.search(said)), "hello")
    return answer(words.say(key))


def never_mind(resolution: Resolution, context: Context) -> Plan:
    """ "Cancel that" right after something was set for later takes it back, "forget that" what was taught or learned."""
    dues = ellipsis.just_set(context)
    said = set(plain(context.text).split())
    back = untaught(context, "forget" not in said) if said & {"forget", "cancel", "scrap"} else None
    back = back or ((unserved(context) or unsaid(context)) if "forget" in said else None)
    if back is not None:
        return back
    cancels = "cancel" in context.text.casefold()
    if dues and (not context.acted or cancels):
        return _taken_back(dues)
    return answer(words.say("schedule.nothing" if cancels else "ok"))


def _taken_back(dues: tuple[Due, ...]) -> Plan:
    return answer(words.say("set.gone"), tuple(Change("due_gone", due.id) for due in dues))


def help_(resolution: Resolution, context: Context) -> Plan:
    """Slots: able, where it was asked whether one thing can be done."""
    key = "help.able" if resolution.slots.get("able") else "help"
    return answer(words.say(key, deeds=words.join(words.LANGUAGE.HELP_DEEDS)))


def why(resolution: Resolution, context: Context) -> Plan:
    """Slots: what was done, where that was said."""
    return account.why(context, slot_text(resolution, "what"))


def heard(resolution: Resolution, context: Context) -> Plan:
    return account.said_or_heard(context)


def undo(resolution: Resolution, context: Context) -> Plan:
    """Brings back the state before the conversation's last action; what the last turn set for later is taken back with it.

    Slots: wrong, where it was said that something else was meant: that is asked then.
    """
    lesson = untaught(context) if not _has_acted(context) else None
    if lesson is not None:
        return lesson
    if not resolution.slots.get("wrong"):
        return _undone(context)
    if context.previous is None or context.previous.outcome not in ("act", "schedule"):
        return replace(answer(words.say("repair.ask")), listen=True)
    plan = _undone(context)
    return replace(plan, say=words.say("undo.asked", done=plan.say), listen=True)


def _has_acted(context: Context) -> bool:
    return context.previous is not None and context.previous.outcome == "act"


def _undone(context: Context) -> Plan:
    dues = ellipsis.just_set(context)
    if dues and not context.acted:
        return _taken_back(dues)
    if not context.undo:
        return answer(words.say("undo.cannot" if context.stuck else "undo.nothing"))
    taught = taken_back(context) if _has_acted(context) else ()
    said = _stays(context) or words.done(context.undo, context.home)
    return Plan("act", said, context.undo, (*(Change("due_gone", due.id) for due in dues), *taught))


def _stays(context: Context) -> str:
    """ "The floor lamp was on already, and stays on": what undoing says of things that nothing was changed of; "" of others."""
    known = context.home.entities
    ways = {c.service.partition(".")[2] for c in context.undo}
    things = [known[e] for c in context.undo for e in c.entity_ids if e in known and not c.data]
    if len(ways) != 1 or not ways <= SWITCHED.keys() or not things or len(things) != sum(len(c.entity_ids) for c in context.undo):
        return ""
    (way,) = ways
    stays = all(is_on(thing) is (way == "turn_on") for thing in things)
    return words.say("undo.stays", what=words.listed(things), state=SWITCHED[way], **words.forms(words.are_several(things))) if stays else ""


SWITCHED = {"turn_on": "on", "turn_off": "off"}


def repair(resolution: Resolution, context: Context) -> Plan:
    """ "No, I meant ...": the turn reads the sentence itself; without one it is asked for."""
    return ask("sentence", words.say("repair.ask"))


STOPPED: dict[str, str] = {
    "media_player": "media_player.media_pause",
    "cover": "cover.stop_cover",
    "valve": "valve.stop_valve",
    "vacuum": "vacuum.stop",
    "lawn_mower": "lawn_mower.pause",
    "siren": "siren.turn_off",
    "switch": "switch.turn_off",
    "input_boolean": "input_boolean.turn_off",
}
"""Domain -> the service that stops what it does."""


def stop(resolution: Resolution, context: Context) -> Plan:
    """What moves or plays is stopped; what else goes on (the reply, a ringing alarm) the turn has silenced already."""
    things = targets(resolution, context)
    steps = [(e.entity_id, STOPPED[words.domain_of(e)], NOTHING) for e in things if words.domain_of(e) in STOPPED]
    return act(steps, context) if steps else answer(words.say("ok"))


def who(resolution: Resolution, context: Context) -> Plan:
    """Slots: name, domain, device_class, area."""
    return account.who(targets(resolution, context), context)


DID = "(turned|switched|put|left|set|flipped|moved|shut)"
DONE_TO = "(opened|closed|shut|locked|unlocked|started|stopped|dimmed|changed|disarmed|armed|touched|moved|raised|lowered|paused|muted|used)"
LIGHT = {"domain": "light"}
WHO: tuple[Phrase, ...] = (
    Phrase(f"who [has|just] {DID} (on|off|up|down) <named>"),
    Phrase(f"who [has|just] {DID} <named> [(on|off|up|down)]"),
    Phrase(f"who [has|just] {DONE_TO} <named>"),
    Phrase(f"who [has|just] {DONE_TO} <covers>"),
    Phrase(f"who [has|just] {DONE_TO} <locks>", {"domain": "lock"}),
    Phrase(f"who [has|just] {DID} (on|off) <lights>", LIGHT),
    Phrase(f"who [has|just] {DID} <lights> (on|off)", LIGHT),
    Phrase(f"when (was|were|did (you|i|we|somebody|someone)) <named> [last] {DONE_TO}"),
    Phrase("when did (you|i|we|somebody|someone|anybody) [last] (lock|unlock|open|close|start|stop|dim|change|use|turn on|turn off) <named>"),
    Phrase("when (was|were) <named> [last] (turned|switched) (on|off)"),
    Phrase("who (did|has done|was) (that|it|this)", {"name": "it"}),
)

SKILL = Skill(
    name="talk",
    phrases={
        "ExtWho": WHO,
        "HassRespond": (
            Phrase(
                "(hello|hi|hey|good morning|good evening|good afternoon|good day|greetings|howdy|hiya|hi there|hello there|hey "
                "there) [hearth|home assistant|there|everyone|you]"
            ),
            Phrase(
                "(thanks|thank you|thank you very much|thanks a lot|many thanks|cheers|thank you so much|great thanks|ok thanks) "
                "[hearth|home assistant]"
            ),
            Phrase("(good night|goodnight|bye|goodbye|bye bye|see you|see you later|sleep well) [hearth|home assistant]"),
            Phrase("(how are you|how are you doing|how is it going|hows it going|how do you do) [today]"),
            Phrase("(who are you|what are you|what is your name)"),
            Phrase("(well done|good job|great job|nice work|good work|you are great)"),
            Phrase("(home assistant|hearth)"),
        ),
        "HassNevermind": (
            Phrase(
                "(never mind|forget it|forget that|forget about it|cancel|cancel that|cancel it|nothing|no thanks|no "
                "thank you|it is nothing|its nothing|leave it|do not bother|ignore that|ignore me|scrap that|never "
                "mind that)"
            ),
        ),
        "ExtHelp": (
            Phrase("(help|help me|i need help)"),
            Phrase("what (can|do) you do [for me]"),
            Phrase("what (can|could|may) i (say|ask|ask you|tell you|do)"),
            Phrase("(how|what) do you work"),
            Phrase("how (can|do) i use you"),
            Phrase("(what are your|tell me your|list your) (skills|commands|abilities|features|functions|capabilities)"),
            Phrase(
                "(can|could|do) you (set|do|make|keep|create|handle|manage) [any] (timers|alarms|reminders|lists|shopping lists|schedules|notes)",
                {"able": "yes"},
            ),
            Phrase("what (commands|things) do you (understand|know)"),
        ),
        "ExtWhy": (
            Phrase("why (did|have) you (do|done|say|said) (that|this|it|so)"),
            Phrase("why (that|this|that one|this one|did you)"),
            Phrase("why"),
            Phrase("why (did|do|have|are|would) you {what:message}"),
            Phrase("why did [the] {what:message}"),
            Phrase("why not"),
            Phrase("why (is|are|did) <named> (go|turn|turned|going|come|coming) (on|off)"),
            Phrase("(explain|explain that|explain yourself|how come|how so)"),
            Phrase("what made you do (that|this|it)"),
            Phrase("how did you (decide|know|come up with) (that|this|it)"),
            Phrase("(what was|what is) the reason [for (that|this)]"),
        ),
        "ExtWhatHeard": (
            Phrase("what (did|have) you [just] (do|done|change|changed)"),
            Phrase("what (was that|just happened|happened)"),
            Phrase("what did you (hear|understand|think i said)"),
            Phrase("what did i (say|just say)"),
            Phrase("(repeat|say) what (i said|you heard)"),
            Phrase("what did you just (hear|understand)"),
            Phrase(
                "(what did you say|say that again|repeat that|come again|pardon|say again|can you repeat that|could you repeat that|please repeat)"
            ),
        ),
        "ExtUndo": (
            Phrase("(undo|undo that|undo it|undo this|undo the last (action|thing|command|one)|undo what you did)"),
            Phrase("(take|put|change|turn|set) (that|it|this) back [again|to how it was|the way it was]"),
            Phrase("(revert|reverse|roll back) [that|it|this]"),
            Phrase("(go|change) back to (how it was|the way it was|before)"),
            Phrase("(i did not|i didnt) (want|mean|ask for) (that|this|it)"),
            Phrase("(that was|thats|that is|this is) (wrong|a mistake|not right|not what i (wanted|meant|said|asked for))"),
            Phrase("(put|make) (it|everything) (like|as|the way) (it was|before)"),
        ),
        "ExtRepair": (
            Phrase("(no|nope) (i meant|i said|i mean|i wanted) {sentence:message}"),
            Phrase("(i meant|i said|i mean|what i meant was|i actually meant) {sentence:message}"),
            Phrase("(not that|not that one|not this one|wrong one|the other one|no the other one)"),
            Phrase("(no|nope) not {other:words} [but] {sentence:message}"),
            Phrase("(sorry|oops|actually|wait) [no] i (meant|said|wanted) {sentence:message}"),
        ),
        "ExtStop": (
            Phrase("(stop|stop it|stop that|stop this|enough|that is enough|thats enough|ok stop|quiet|be quiet|shush|halt|shut up)"),
            Phrase("(dismiss|dismiss it|i am awake|i am up|i heard you|stop ringing|stop beeping)"),
            Phrase("stop (talking|speaking|ringing|beeping|the noise|everything)"),
        ),
    },
    handlers={
        "ExtWho": who,
        "HassRespond": respond,
        "HassNevermind": never_mind,
        "ExtHelp": help_,
        "ExtWhy": why,
        "ExtWhatHeard": heard,
        "ExtUndo": undo,
        "ExtRepair": repair,
        "ExtStop": stop,
    },
)
