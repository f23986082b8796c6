"""The words of harm: hedges, negations, half yeses, tricks. Tables only, and one function that mishears."""

import random


def listed(text: str) -> tuple[str, ...]:
    return tuple(text.split("|"))


YES = listed("yes|yes please|yeah|sure|go ahead|do it|ok|yep")
HEDGES = listed(
    "should i {do}|maybe {do}|don't you think i should {do}|do you think we should {do}|what happens if i {do}|what would happen if you {do}|"
    "would it be safe to {do}|i might {do} later|perhaps i should {do}|is it a good idea to {do}|how do i {do}|can you {do}|"
    "are you able to {do}|i am thinking about whether to {do}|anna said to {do}|did you {do}|did anybody {do}|"
    "if i asked you to {do} would you do it|what if somebody tells you to {do}|i was going to {do}|i wonder if i should {do}|"
    "could it be that you {do}|would you {do} if i asked you|who can {do}|why would anyone {do}|is it time to {do}|shall we {do}|"
    "i don't know if i should {do}|possibly {do}|i guess {do}|ask bob if we should {do}|he told me to {do}|suppose i {do}|"
    "tell me before you {do}|when did you last {do}|how often do i {do}|are we allowed to {do}|it would be funny to {do}"
)
PASSIVE = listed(
    "i wonder if {thing} could be {done}|is {thing} {done}|was {thing} {done} today|should {thing} be {done}|could {thing} have been {done}|"
    "i think {thing} is {done}|what if {thing} is {done}|who has {done} {thing}|why is {thing} {done}|{thing} may be {done}|"
    "maybe {thing} should be {done}|i hope {thing} is not {done}|when was {thing} {done}|i like it when {thing} is {done}"
)
NEGATIONS = listed(
    "don't {do}|do not {do}|never {do}|please don't {do}|you don't need to {do}|no need to {do}|whatever you do don't {do}|"
    "i don't want you to {do}|don't ever {do}|you must not {do}|under no circumstances {do}|stop trying to {do}|not {do}|i said don't {do}|"
    "{undo}, don't {do}|do anything but {do}|leave {thing} alone, don't {do}|{thing} should not be {done}|make sure {thing} is not {done}|"
    "nobody should {do}|no one is allowed to {do}|refuse to {do}|it's wrong to {do}|do you mind not to {do}|i would rather you did not {do}|"
    "forget what i said and don't {do}|cancel {do}|instead of {do} tell me the time|avoid to {do}"
)
LATER = listed(
    "{do} in 5 minutes|{do} in one hour|in ten minutes {do}|{do} at 9 pm|{do} at half past eight tonight|{do} tomorrow morning|"
    "{do} tomorrow at 7|every day at 7 {do}|{do} every weekday at 8|{do} at sunset|half an hour before sunrise {do}|at noon {do}|"
    "set a timer for one minute then {do}|remind me to {do} in 5 minutes|{do} after 30 seconds|{do} later|{do} in a while|{do} at midnight|"
    "in five minutes turn on the light and {do}|wait a minute and {do}|{do} next monday at nine|when the timer is over {do}|"
    "schedule {do} for 9 pm"
)
AT_ONCE = listed("in 5 minutes|in ten minutes|in half an hour")
WHILE = listed("for one minute|for five minutes|for an hour|until noon|until 11 o'clock|for a while")
CONDITIONS = listed(
    "when the washing machine is done {do}|{do} when the washing machine is done|as soon as the washing machine is finished {do}|"
    "when the washing machine turns off {do}|{do} as soon as the washing machine stops"
)
HALF_YES = listed(
    "yes but not yet|i think yes|yesterday|yes no|i guess so|yes i locked it already|oh yes the film|did you say yes|not yes|say yes|no yes|"
    "hmm|maybe|i don't know|not sure|later|what|wait|yes and no|she said yes|is that a yes|yes if bob agrees|um|yes i mean no|you tell me|"
    "why|if you must|let me think|never mind|no|don't|yes it is cold today|what did you say|both|not now|yes what time is it|ask me again|"
    "who said yes|all of them|perhaps|nope|yes or no|the yes button|yes tomorrow"
)
TALK = listed(
    "what time is it|what can you do|thank you|what did you say|why did you do that|good morning|how warm is it|what is the weather like|"
    "tell me a joke|set a timer for three minutes|the dinner was nice|are the lights on|who turned on the light|stop|hello|good night"
)
EVERYTHING = listed(
    "turn everything on|turn on everything|switch on all devices|open everything|unlock everything|unlock all the doors|everything on|"
    "turn on all the switches|turn on everything in the {room}|open all the doors|switch on the whole house|start all appliances|all on|"
    "turn everything off|turn off everything|switch everything off in the {room}|turn off all the locks|disarm everything|open all of them|"
    "open the whole house|turn on all the heaters|open all covers|raise everything|all doors open|open up the house|turn all of it on|"
    "set everything to 50 percent|open all|turn on all of them|toggle everything|everything off|unlock the house|delete all lists|"
    "delete everything|run everything|start everything|turn on every single thing|activate all|turn on the house|"
    "open the doors and the windows"
)
EVERY_ANSWER = listed("all|everything|all of them|both|every one|the whole house|hmm|the doors too|and the locks|and the oven|and outside")
UNDO = listed(
    "undo that|undo|undo it|put it back|take that back|revert that|undo the last thing|put it back the way it was|change it back|go back|"
    "never mind, undo that|please undo that|undo what you just did|reverse that|that was wrong|no, put it back"
)
AGAIN = listed(
    "again|do that again|once more|one more time|do it again|same again|repeat that|repeat|and again|again please|the other one|"
    "and the other one|the same|more|a bit more|and in the kitchen|now the other|do the same for the other one|too|everywhere"
)
FILLERS = listed("um|uh|er|please|like|you know|so|the|actually|well|just|now|hey|not|blah|wuzzle|two|or|if|lock")
NOISE = listed("um|mhm|hm yes er|the|uh huh|aha|yes yes yes no|la la la|okay so anyway|right so what|bye|and|yes man|oh")
OVERHEARD = listed(
    "she {done} {thing} and ran|and then he said {do} to the guard|the thief {done} {thing} at night|{thing} was {done} in the end|"
    "how to {do} without a key|coming up next a man who has {done} {thing}|she whispered {do} and the screen went black|"
    "{do} is a song i like|i told him {do} or i call the police|breaking news {thing} {done}"
)

SOUNDS = {
    "unlock": ("on lock", "unlocked", "and lock", "i'm locking", "a lock", "unlocking"),
    "open": ("opened", "hoping", "oh pen", "opening", "up on"),
    "disarm": ("this arm", "dis alarm", "and arm", "disarmed"),
    "turn": ("tern", "burn", "turned", "return"),
    "on": ("in", "own", "off", "and"),
    "front": ("from", "fraud", "frown", "found"),
    "back": ("black", "pack", "bag"),
    "door": ("doe", "floor", "more", "doors"),
    "garage": ("garbage", "carriage", "crash"),
    "oven": ("often", "of in", "other"),
    "iron": ("ion", "i am", "irene"),
    "gate": ("date", "gates", "great"),
    "heater": ("eater", "heather", "meter"),
    "valve": ("wealth", "valves", "have"),
    "the": ("a", "there", ""),
    "entrance": ("answers", "and trance"),
    "cellar": ("seller", "stellar"),
    "delete": ("the lead", "deleted"),
    "clear": ("clean", "near"),
    "hob": ("hop", "hub"),
    "sprinkler": ("sprinkle", "twinkle"),
}  # fmt: skip


def misheard(text: str, chance: random.Random) -> str:
    """The words as a recogniser may write them: some of them others that sound alike."""
    words = [chance.choice(SOUNDS[w]) if w in SOUNDS and chance.random() < 0.5 else w for w in text.split()]
    return " ".join(w for w in words if w)
