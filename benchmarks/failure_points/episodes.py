"""What happens in the house: each sort of episode, and how often there is one."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from benchmarks.failure_points.house import BY_ID, DIMMABLE, THINGS, Goal
from benchmarks.failure_points.verdicts import right
from benchmarks.failure_points.world import World

Lived = Callable[[World], Awaitable[None]]


async def plain(w: World) -> None:
    goal = w.goal()
    await w.ask("plain", goal, w.plain(goal))


async def goes_on(w: World) -> None:
    goal = w.goal()
    if goal.deed == "dim" or not await w.ask("goes on", goal, w.plain(goal)):
        return
    w.later(6, 58)
    await w.ask("goes on", goal.contrary, w.plain(goal.contrary))


async def other_right_after(w: World) -> None:
    first, second = w.goal(), w.goal()
    if first.thing != second.thing and await w.ask("other right after", first, w.plain(first)):
        w.later(4, 30)
        await w.ask("other right after", second, w.plain(second))


async def steps(w: World) -> None:
    goal = Goal(w.chance.choice([t for t in THINGS if t.entity_id in DIMMABLE]), "on")
    if not await w.ask("steps", goal, w.plain(goal)):
        return
    text = goal.said(w.chance.choice(("make the {} brighter", "make the {} dimmer")))
    for _ in range(2):
        w.later(4, 12)
        answer = await w.say(text)
        w.note("steps", text, "correct" if answer["outcome"] == "act" and answer["targets"] == [goal.thing.entity_id] else "nlu", answer)


async def refines(w: World) -> None:
    thing = w.chance.choice([t for t in THINGS if t.entity_id in DIMMABLE])
    values = w.chance.sample((20, 30, 40, 50, 60, 70), 2)
    for value in values:
        goal = Goal(thing, "dim", value)
        if not await w.ask("refines", goal, w.plain(goal)):
            return
        w.later(5, 30)


async def change_of_mind(w: World) -> None:
    first = Goal(w.chance.choice([t for t in THINGS if t.entity_id.startswith("light.")]), "on")
    if not await w.ask("change of mind", first, w.plain(first)):
        return
    w.later(4, 20)
    if w.chance.random() < 0.5:
        answer = await w.say("undo that")
        w.note("change of mind", "undo that", "correct", answer)
        w.later(4, 15)
    second = Goal(w.chance.choice([t for t in THINGS if t.entity_id.startswith("light.") and t != first.thing]), "on")
    await w.ask("change of mind", second, w.plain(second))


async def hand_near_by(w: World) -> None:
    goal, other = w.goal(), w.goal()
    good = await w.ask("hand near by", goal, w.plain(goal))
    if good and other.thing != goal.thing and other.deed != "dim":
        w.later(10, 55)
        await w.by_hand(other.thing.entity_id, other.ends_in)
        w.came(other)


async def talked_over(w: World) -> None:
    text = w.chance.choice(("what is the temperature", "what time is it", "what is the weather like", "is the front door locked"))
    answer = await w.say(text)
    w.note("talked over", text, "correct" if answer["outcome"] == "answer" else "nlu", answer)
    w.now += timedelta(seconds=2)
    await w.tell(type="interrupt")


async def nobody(w: World) -> None:
    for text in w.chance.choice(w.words.nobody):
        answer = await w.say(text)
        w.note("nobody", text, "correct" if answer["outcome"] != "act" else "nlu", answer)
        w.later(5, 15)
        if answer["outcome"] == "act":
            undone = await w.say("undo that")
            w.note("nobody", "undo that", "correct", undone)
            return
        if w.chance.random() < 0.5:
            return


async def misheard(w: World) -> None:
    while True:
        goal = w.goal()
        spoken = w.plain(goal)
        heard = w.misheard(spoken)
        if heard:
            break
    await w.ask("misheard", goal, spoken, heard, others=(spoken,) if w.chance.random() < 0.4 else ())


async def hard(w: World) -> None:
    goal = w.goal()
    await w.ask("hard", goal, goal.said(w.chance.choice(w.words.hard[goal.deed])))


async def phrase(w: World) -> None:
    said = w.chance.choice(w.words.phrases)
    goal = w.private.setdefault(said, w.goal())
    await w.ask("phrase", goal, said)


async def nickname(w: World) -> None:
    name = w.chance.choice(w.words.nicknames)
    thing = w.private.setdefault(name, w.goal()).thing
    goal = w.goal(thing)
    await w.ask("nickname", goal, goal.said(w.chance.choice(w.words.plain[goal.deed]), name))


async def vague(w: World) -> None:
    lights = [t for t in THINGS if t.entity_id.startswith("light.") and t.area == w.room] or [BY_ID["light.floor_lamp"]]
    await w.ask("vague", Goal(w.chance.choice(lights), "on"), w.chance.choice(w.words.vague))


async def broken(w: World) -> None:
    goal = w.goal()
    if goal.deed == "dim":
        return
    await w.by_itself(goal.thing.entity_id, "unavailable")
    await _said_in_vain(w, goal)
    if w.chance.random() < 0.5:
        w.later(8, 25)
        await _said_in_vain(w, goal)
    w.later(60, 120)
    await w.by_itself(goal.thing.entity_id, goal.contrary.ends_in)
    w.came(goal.contrary)


async def _said_in_vain(w: World, goal: Goal) -> None:
    answer = await w.say(text := w.plain(goal))
    w.note("broken", text, await w.judged(goal, text, text, answer, broken=True), answer, goal)


async def fell_back(w: World) -> None:
    """The device reports it done and does not stay so."""
    goal = w.goal()
    if goal.deed == "dim":
        return
    answer = await w.say(text := w.plain(goal))
    if not right(goal, answer):
        w.note("fell back", text, await w.judged(goal, text, text, answer), answer, goal)
        w.later(3, 10)
        await w.ask("fell back", goal, w.plain(goal))
        return
    w.note("fell back", text, "result", answer, goal)
    w.later(2, 6)
    await w.by_itself(goal.thing.entity_id, goal.contrary.ends_in)
    if w.chance.random() < 0.75:
        w.later(3, 15)
        await w.ask("fell back", goal, text if w.chance.random() < 0.6 else w.plain(goal))
    else:
        w.later(5, 20)
        await w.by_hand(goal.thing.entity_id, goal.ends_in)
    w.came(goal)


async def content(w: World) -> None:
    """Understood, and played on the right player, and it is not what was meant by it."""
    what = w.chance.choice(w.words.content)
    text = f"play {what}"
    answer = await w.say(text)
    played = answer["outcome"] == "act" and "HassMediaSearchAndPlay" in [i["intent"] for i in answer["interpretations"][:1]]
    w.note("content", text, "result" if played else "nlu", answer)
    if not played:
        return
    w.later(5, 20)
    how = w.chance.choice(("no", "undo", "stop it and again", "answer"))
    if how == "answer":
        await w.tell(type="answer", turn=answer["turn"], value="no")
        return
    if how != "no":
        w.now += timedelta(seconds=1)
        await w.tell(type="interrupt")
    said = {"no": f"no, the live version of {what}", "undo": "undo that", "stop it and again": f"play {what} again but the real one"}[how]
    then = await w.say(said)
    w.note("content: then", said, "correct", then)


async def chatter(w: World) -> None:
    text = w.chance.choice(w.words.chatter)
    wake = round(w.chance.choice((w.chance.uniform(0.15, 0.5), w.chance.uniform(0.5, 0.75))), 3)
    answer = await w.say(text, wake)
    w.note("chatter", text, "false_wake", answer)
    if answer["outcome"] != "ignore" and w.chance.random() < 0.3:
        w.later(3, 8)
        said = w.chance.choice(("stop", "never mind", "no"))
        then = await w.say(said)
        w.note("chatter: then", said, "correct", then)


EPISODES: Mapping[Lived, float] = {
    plain: 0.6, goes_on: 0.04, other_right_after: 0.05, steps: 0.02, refines: 0.015, change_of_mind: 0.015, hand_near_by: 0.03, talked_over: 0.02,
    nobody: 0.03, misheard: 0.08, hard: 0.022, phrase: 0.016, nickname: 0.018, vague: 0.035, broken: 0.014, fell_back: 0.01, content: 0.014,
    chatter: 0.035,
}  # fmt: skip
"""Of episodes, so many are of the sort. Some of those that could fail come right all the same."""
