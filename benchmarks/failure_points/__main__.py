"""Failure points and labels, measured in a scripted house whose truth the script knows: what was wanted, what was said, what was heard, what broke.

    .venv/bin/python -m benchmarks.failure_points --homes 6             # the wordings kept for measuring
    .venv/bin/python -m benchmarks.failure_points --wordings develop -v  # those it was developed on, with every miss

Each home is a few hundred episodes of its own people in tests/homes/house.json, through the pipe: `learn`, then `failures` and `labels`. The judge
knows nothing of agent.learn: of a turn that did not bring about what was wanted it asks, down the chain, what the world had broken or what
the answer shows: not meant for the agent; heard otherwise than said (and right where it is asked, dry, as it was said); another intent; other things;
else the result. What a question of its own put right that had offered it is correct, and so is what nobody can serve. The same is
measured in homes of all sorts, at the rate at which things go wrong there, by `python -m benchmarks.learning`.
"""

import argparse
import asyncio
from collections.abc import Iterator, Sequence

from benchmarks.failure_points.home import Found, lived
from benchmarks.failure_points.scores import labelled, macro, mislabelled, misses, pairs_of, scores, table
from benchmarks.failure_points.verdicts import STAGES
from benchmarks.failure_points.wordings import SETS

ABOVE = (0.0, 0.5, 0.7, 0.8, 0.9)


def page(found: Sequence[Found]) -> Iterator[str]:
    pairs = pairs_of(found)
    total, turns = scores(pairs), sum(pairs.values())
    yield f"{table(pairs)}\n"
    for stage, score in total.items():
        figures = f"precision {score.precision:.3f}  recall {score.recall:.3f}  F1 {score.f1:.3f}"
        yield f"{stage:19} {figures}  n {score.n} ({score.n / turns:.1%})"
    by_home = [macro(pairs_of([f])) for f in found]
    floor = 2 * total["correct"].n / (total["correct"].n + turns) / len(STAGES)
    yield f'macro-F1 {macro(pairs):.3f} (by home {min(by_home):.3f} to {max(by_home):.3f}); with every turn "correct": {floor:.3f}'
    for above in ABOVE:
        told = labelled(found, above)
        share, exact, read = told.covered / told.every, told.right / max(told.covered, 1), told.own / max(told.covered, 1)
        yield f"labels above {above:.1f}: {share:.1%} of {told.every} turns, exact {exact:.1%}; their own reading {read:.1%}"


async def main() -> None:
    arguments = argparse.ArgumentParser(prog="benchmarks.failure_points", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--homes", type=int, default=3)
    arguments.add_argument("--episodes", type=int, default=400)
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("--wordings", choices=sorted(SETS), default="measure")
    arguments.add_argument("-v", "--verbose", action="store_true", help="every turn that was told wrongly")
    given = arguments.parse_args()
    found = [await lived(given.seed + i, SETS[given.wordings], given.episodes) for i in range(given.homes)]
    if given.verbose:
        print("\n".join((*misses(found), *mislabelled(found))))
    print(f"{given.homes} homes, {sum(len(f.said) for f in found)} turns, wordings: {given.wordings}\n")
    print("\n".join(page(found)))


if __name__ == "__main__":
    asyncio.run(main())
