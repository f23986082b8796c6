"""What is measured against the bars of the issue, from the judge's summaries: one function a bar, each gives figures."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from benchmarks.learning.figures import Figure, bootstrap, median, share

Summary = Mapping[str, Any]
Runs = Mapping[tuple[str, float, str], Mapping[int, Summary]]
"""(variant, rate, arm) -> home -> its summary."""
STAGES = ("false_wake", "asr", "nlu", "entity_resolution", "result", "correct")
ENOUGH = 5
"""Occurrences that a cause must have had to tell after how many it is fixed."""


def by_run(summaries: Iterable[Summary]) -> Runs:
    found: defaultdict[tuple[str, float, str], dict[int, Summary]] = defaultdict(dict)
    for s in summaries:
        found[s["variant"], s["rate"], s["arm"]][s["home"]] = s
    return found


def late(summary: Summary) -> tuple[float, float]:
    """(defects, requests) of the last quarter: days 45-60 of sixty."""
    first = len(summary["requests"]) * 3 // 4
    return sum(summary["defects"][first:]), sum(summary["requests"][first:])


def pairs(runs: Runs, variant: str, rate: float, arm: str, than: str) -> list[tuple[float, float, float]]:
    """A home each: (defects of `arm`, defects of `than`, requests), late."""
    one, other = runs.get((variant, rate, arm), {}), runs.get((variant, rate, than), {})
    return [(late(one[h])[0], late(other[h])[0], late(one[h])[1]) for h in sorted(one.keys() & other.keys())]


def cut(name: str, rows: Sequence[Sequence[float]], bar: float | None = None, note: str = "") -> Figure:
    """The share of defects that is gone: 1 - arm / than."""
    if not rows or not sum(r[1] for r in rows):
        return Figure(name, None, len(rows), "homes", note=note or "nothing to compare")
    value, low, high = bootstrap(rows, lambda s: 1 - s[:, 0] / s[:, 1])
    met = None if bar is None else value >= bar and low > 0
    return Figure(name, value, len(rows), "homes", low, high, f">= {bar:.0%}, interval above 0" if bar is not None else "", met, note)


def defects_cut(runs: Runs, rates: Sequence[float]) -> Iterator[Figure]:
    for rate in rates:
        rows = pairs(runs, "main", rate, "on", "off")
        base = [(r[1], r[2]) for r in rows]
        if rows:
            yield Figure(f"base defect rate, late, {rate:.0%} wanted", *_with_n(share(base), sum(int(r[2]) for r in rows), "requests"))
        yield cut(f"defects cut by the personal layer, base {rate:.0%}", rows, 0.15)
        for arm, word in (("oracle", "oracle ceiling"), ("naive", "naive floor")):
            yield cut(f"  {word}, base {rate:.0%}", pairs(runs, "main", rate, arm, "off"))


def _with_n(value: tuple[float, float, float], n: int, of: str) -> tuple[float, int, str, float, float]:
    return value[0], n, of, value[1], value[2]


def _counts(runs: Runs, rates: Sequence[float], *names: str) -> list[list[float]]:
    """A row a home, summed over rates: these counts of the learning arm."""
    homes: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for rate in rates:
        for home, summary in runs.get(("main", rate, "on"), {}).items():
            homes[home].update(summary["counts"])
    return [[float(count[n]) for n in names] for _, count in sorted(homes.items())]


def served(runs: Runs, rates: Sequence[float]) -> Iterator[Figure]:
    rows = _counts(runs, rates, "wins", "losses", "ties")
    wins, losses, ties = (int(sum(r[i] for r in rows)) for i in range(3))
    if wins + losses:
        _, low, high = bootstrap(rows, lambda s: s[:, 0] / (s[:, 1] + 0.5))
        value = wins / losses if losses else math.inf
        yield Figure("win : loss of served rewrites", value, wins + losses + ties, "served", low, high, ">= 12, lower bound >= 8.5",
                     value >= 12 and low >= 8.5, f"{wins} : {losses}, {ties} alike")  # fmt: skip
    else:
        yield Figure("win : loss of served rewrites", None, ties, "served", bar=">= 12, lower bound >= 8.5", note="none was served")
    clean = _counts(runs, rates, "false triggers", "clean")
    if clean and sum(r[1] for r in clean):
        value, low, high = share(clean)
        hurt = int(sum(r[0] for r in _counts(runs, rates, "false triggers that hurt")))
        yield Figure("false triggers on clean turns", value, int(sum(r[1] for r in clean)), "clean requests", low, high, "<= 0.3%", value <= 0.003,
                     f"{int(sum(r[0] for r in clean))}, of which {hurt} hurt")  # fmt: skip
        rate_rows = _rates(runs, rates)
        if rate_rows:
            yield Figure("trigger rate", *_with_n(share(rate_rows), int(sum(r[1] for r in rate_rows)), "requests"))
    grave = _counts(runs, rates, "R3 without a yes", "turns")
    total = int(sum(r[0] for r in grave))
    yield Figure("R3 service calls without a yes, ordinary people", total, int(sum(r[1] for r in grave)), "turns", bar="0", met=total == 0)


def _rates(runs: Runs, rates: Sequence[float]) -> list[tuple[float, float]]:
    found: defaultdict[int, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for rate in rates:
        for home, summary in runs.get(("main", rate, "on"), {}).items():
            found[home][0] += summary["counts"].get("first served", 0)
            found[home][1] += sum(summary["requests"])
    return [(a, b) for a, b in found.values()]


def right(seen: Sequence[Any], asks: bool) -> bool:
    """It reached the goal; where a learned rewrite may but ask, the right question is as good as it gets."""
    return bool(seen[2] == 0 or (asks and seen[2] == 0.5 and seen[3]))


def defects_until_fixed(seen: Sequence[Sequence[Any]], asks: bool) -> float:
    """How many times it went wrong before it went right for good (twice in a row, or at the end); infinity: never."""
    for index, one in enumerate(seen):
        if right(one, asks) and (index + 1 == len(seen) or right(seen[index + 1], asks)):
            return float(sum(not right(s, asks) for s in seen[:index]))
    return math.inf


def _causes(runs: Runs, rates: Sequence[float]) -> Iterator[tuple[tuple[float, int], str, bool, list[Sequence[Any]]]]:
    """((rate, home), kind, asks, occurrences) of each cause's commonest words."""
    for rate in rates:
        for home, summary in sorted(runs.get(("main", rate, "on"), {}).items()):
            for cause in summary["causes"].values():
                main = Counter(s[0] for s in cause["seen"]).most_common(1)[0][0]
                yield (rate, home), cause["kind"], cause["asks"], [s for s in cause["seen"] if s[0] == main]


def until_fixed(runs: Runs, rates: Sequence[float]) -> Iterator[Figure]:
    implicit: defaultdict[int, list[float]] = defaultdict(list)
    kinds: defaultdict[str, list[float]] = defaultdict(list)
    taught: defaultdict[int, list[float]] = defaultdict(list)
    for (_, home), kind, asks, whole in _causes(runs, rates):
        first = next((i for i, s in enumerate(whole) if s[4]), None)
        if first is not None:
            after = [s for s in whole[first:] if not s[5]]
            if after:
                taught[home].append(1.0 + defects_until_fixed(after, asks))
            continue
        seen = [s for s in whole if not s[5]]
        if len(seen) >= ENOUGH and not right(seen[0], asks):
            count = defects_until_fixed(seen, asks)
            implicit[home].append(count)
            kinds[kind].append(count)
    yield _median("occurrences until fixed, taught", list(taught.values()), 1)
    table = ", ".join(f"{k} {sum(v < math.inf for v in c)}/{len(c)}" for k, c in sorted(kinds.items()))
    yield _median("occurrences until fixed, implicit", list(implicit.values()), 4, f"fixed at all: {table}" if table else "")


def _median(name: str, homes: Sequence[Sequence[float]], bar: float, note: str = "", of: str = "causes") -> Figure:
    value, low, high = median(homes)
    n = sum(map(len, homes))
    if not n:
        return Figure(name, None, 0, of, bar=f"median <= {bar:g}", note=note or "none seen")
    return Figure(name, value, n, of, low, high, f"median <= {bar:g}", value <= bar, note)


def changed(runs: Runs, rates: Sequence[float]) -> Iterator[Figure]:
    """Private phrases that had been learned, and then came to mean something else: defects until that is right."""
    homes: defaultdict[int, list[float]] = defaultdict(list)
    for (_, home), _kind, asks, seen in _causes(runs, rates):
        before, after = [s for s in seen if not s[5]], [s for s in seen if s[5]]
        if before and len(after) >= ENOUGH and right(before[-1], asks):
            homes[home].append(defects_until_fixed(after, asks))
    yield _median("habit changed, private phrase: defects until right again", list(homes.values()), 4, of="changes")


def failure_points(runs: Runs, rates: Sequence[float]) -> tuple[list[Figure], dict[str, int]]:
    """Macro-F1 and each class, and the confusion ("truth>found" -> turns), at the natural rate of each class."""
    whole: Counter[str] = Counter()
    for rate in rates:
        for summary in runs.get(("main", rate, "off"), {}).values():
            whole.update(summary.get("failures", {}))
    if not whole:
        return [Figure("failure points, macro-F1", None, 0, "turns", bar=">= .85, each >= .75", note="`failures` is not built")], {}
    f1 = {c: _f1(whole, c) for c in STAGES if any(k.startswith(f"{c}>") for k in whole)}
    n = sum(whole.values())
    macro = sum(f1.values()) / len(f1)
    figures = [Figure("failure points, macro-F1", macro, n, "turns", bar=">= .85, each >= .75", met=macro >= 0.85 and min(f1.values()) >= 0.75)]
    for stage, value in f1.items():
        figures.append(Figure(f"  F1 of {stage}", value, sum(v for k, v in whole.items() if k.startswith(f"{stage}>")), "turns"))
    return figures, dict(whole)


def _f1(pairs_of: Mapping[str, int], stage: str) -> float:
    hit = pairs_of.get(f"{stage}>{stage}", 0)
    true = sum(v for k, v in pairs_of.items() if k.startswith(f"{stage}>"))
    found = sum(v for k, v in pairs_of.items() if k.endswith(f">{stage}"))
    return 2 * hit / (true + found) if true + found else 0.0


def labels(runs: Runs, rates: Sequence[float]) -> Iterator[Figure]:
    found = [s["labels"] for rate in rates for s in runs.get(("main", rate, "off"), {}).values() if "labels" in s]
    if not found:
        yield Figure("labels: exact over the NLU's own reading", None, 0, "turns", bar=">= 5 points at >= 80% coverage", note="`labels` is not built")
        return
    rows = [(r["exact"], r["read exactly"], r["labelled"], r["known"]) for r in found]
    value, low, high = bootstrap(rows, lambda s: (s[:, 0] - s[:, 1]) / s[:, 2])
    coverage = sum(r[2] for r in rows) / max(1, sum(r[3] for r in rows))
    exact, read = (sum(r[i] for r in rows) / max(1, sum(r[2] for r in rows)) for i in (0, 1))
    met = value >= 0.05 and coverage >= 0.8
    note = f"coverage {coverage:.1%}, labels {exact:.1%}, NLU {read:.1%} of the same turns"
    n = sum(r[2] for r in rows)
    yield Figure("labels: exact over the NLU's own reading", value, n, "turns", low, high, ">= 5 points at >= 80% coverage", met, note)
