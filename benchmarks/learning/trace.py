"""One home's life, told: python -m benchmarks.learning.trace HOME [--rate 10] [--days 20] [--arm on] [--all]

Every episode that went wrong (or `--all`), with the people's reactions and the rewrites that were served; at the end the pairs the learners made,
and each cause with the story of its occurrences: . right, ? a question, x wrong, capital letters where a rewrite was served (R, Q, X).
"""

import argparse
from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from benchmarks.learning.judge import score
from benchmarks.learning.world import FAILS, NIGHT, Agent, heard
from simulators.household import START, Episode, Exchange, household

MARKS = {(0.0, False): ".", (0.5, False): "?", (1.0, False): "x", (0.0, True): "R", (0.5, True): "Q", (1.0, True): "X"}


def told(exchange: Exchange) -> str:
    answer = exchange.answer
    done = "; ".join(f"{a['service']} {','.join(a['entity_id'])} {a['data'] or ''}".strip() for a in answer.get("actions", ()))
    rewrite = f"  <{answer['rewrite']['layer']}: {answer['rewrite']['target']}>" if answer.get("rewrite") else ""
    return f"    {exchange.how:10} {heard(exchange.line)!r} -> [{answer['outcome']}] {answer['say']} << {done} >>{rewrite}"


def head(episode: Episode) -> str:
    goal, cause = episode.goal, f" {episode.cause.key}" if episode.cause else ""
    return f"day {episode.day} {episode.at:%H:%M} {episode.person.name}: {goal.deed} {goal.thing.name} {goal.value or ''} ({episode.kind}{cause})"


def is_served(answer: Mapping[str, Any]) -> bool:
    return bool(answer.get("rewrite")) and answer["rewrite"]["layer"] != "taught"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=int)
    parser.add_argument("--rate", type=float, default=10)
    parser.add_argument("--days", type=int, default=20)
    parser.add_argument("--turns", type=int, default=30)
    parser.add_argument("--arm", choices=("on", "off"), default="on")
    parser.add_argument("--all", action="store_true", help="right episodes too")
    options = parser.parse_args()
    people = household(options.home, options.rate / 100 / FAILS, options.days, options.turns)
    stories: defaultdict[str, str] = defaultdict(str)
    with Agent(people.home.file) as agent:
        for day in range(options.days):
            for episode in people.day(day):
                said = list(people.play(episode, agent.tell))
                first = said[0].answer
                missed = 1.0 if episode.kind == "chatter" and first["outcome"] == "act" else score(episode.goal.facts(), first)
                if episode.cause:
                    stories[f"{episode.cause.key}: {heard(episode.line)!r} -> {episode.plain!r}"] += MARKS[missed, is_served(first)]
                wrong = missed and (episode.kind != "chatter" or first["outcome"] == "act")
                if options.all or wrong or is_served(first):
                    print(head(episode), *map(told, said), sep="\n")
            if options.arm == "on":
                agent.tell({"type": "learn", "at": (START + timedelta(days=day) + NIGHT).isoformat()})
        pairs = agent.ask({"type": "rewrites"}).get("rewrites", [])
    print("\npairs", *(f"  {p}" for p in pairs), "\ncauses", *(f"  {marks:24} {name}" for name, marks in sorted(stories.items())), sep="\n")


if __name__ == "__main__":
    main()
