"""One page: the figures as text and JSON, and the defects of each day with and without learning, with bands, as SVG."""

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.learning.bars import Runs
from benchmarks.learning.figures import Figure, homes_drawn

WIDTH, HEIGHT, LEFT, TOP = 360, 240, 48, 40
COLOURS = {"off": "#c0392b", "on": "#2471a3"}
WORDS = {"off": "without learning", "on": "with learning"}


def page(sections: Mapping[str, Sequence[Figure]], confusion: Mapping[str, int], about: Mapping[str, Any]) -> str:
    lines = [f"Learning: {about['homes']} homes x {about['days']} days x {about['turns']} turns, seed {about['seed']}"]
    for title, figures in sections.items():
        lines += ["", title, *(_line(f) for f in figures)]
    if confusion:
        lines += ["", "failure points, truth (rows) by found", *_matrix(confusion)]
    return "\n".join(lines)


def _line(f: Figure) -> str:
    value = "-" if f.value is None else _number(f.value, f)
    between = f" [{_number(f.low, f)}, {_number(f.high, f)}]" if f.low is not None and f.high is not None else ""
    verdict = "" if not f.bar else f"  bar {f.bar}: " + {True: "met", False: "NOT MET", None: "not measured"}[f.met]
    return f"  {f.name:58}{value:>9}{between:20} n={f.n} {f.of}{verdict}" + (f"  ({f.note})" if f.note else "")


def _number(value: float, f: Figure) -> str:
    if math.isinf(value):
        return "never" if "median" in f.bar else "inf"
    whole = f.of in ("causes", "changes", "lines", "turns") and float(value).is_integer()
    return f"{value:g}" if whole else f"{value:.2f}" if "win" in f.name or "F1" in f.name or "median" in f.bar else f"{value:.1%}"


def _matrix(confusion: Mapping[str, int]) -> list[str]:
    names = list(dict.fromkeys(n for key in confusion for n in key.split(">")))
    rows = [f"  {'':20}" + "".join(f"{n[:12]:>14}" for n in names)]
    return rows + [f"  {t:20}" + "".join(f"{confusion.get(f'{t}>{n}', 0):14}" for n in names) for t in names]


def write(
    folder: Path, text: str, sections: Mapping[str, Sequence[Figure]], runs: Runs, confusion: Mapping[str, int], about: Mapping[str, Any]
) -> None:
    (folder / "learning.txt").write_text(text + "\n")
    figures = {title: [f.json() for f in found] for title, found in sections.items()}
    (folder / "learning.json").write_text(json.dumps({"about": about, "figures": figures, "confusion": confusion}, indent=1) + "\n")
    (folder / "learning.svg").write_text(plot(runs, [r for v, r, a in runs if v == "main" and a == "on"]))


def plot(runs: Runs, rates: Sequence[float]) -> str:
    """Defects a request, in bins of a twentieth of the time, a panel a base rate; bands are 95 % by homes drawn."""
    whole = sorted(set(rates))
    parts = [_panel(runs, rate, index * (WIDTH + 70)) for index, rate in enumerate(whole)]
    size = f'width="{max(1, len(whole)) * (WIDTH + 70) + 10}" height="{HEIGHT + 100}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="12">\n' + "\n".join(parts) + "\n</svg>\n"


def _panel(runs: Runs, rate: float, x: int) -> str:
    curves = {arm: _curve(list(runs[("main", rate, arm)].values())) for arm in COLOURS if ("main", rate, arm) in runs}
    top = max(float(high.max()) for _, _, _, high in curves.values()) * 1.1 or 1.0
    days = max(float(at[-1]) for at, _, _, _ in curves.values())

    def spot(day: float, value: float) -> str:
        return f"{x + LEFT + day / days * (WIDTH - LEFT):.1f},{TOP + (1 - value / top) * HEIGHT:.1f}"

    found = [f'<text x="{x + LEFT}" y="{TOP - 18}">base defect rate {rate:.0%}: defects a request</text>']
    for arm, (at, middle, low, high) in curves.items():
        band = " ".join([*(spot(*p) for p in zip(at, high, strict=True)), *(spot(*p) for p in reversed(list(zip(at, low, strict=True))))])
        found.append(f'<polygon points="{band}" fill="{COLOURS[arm]}" opacity="0.18"/>')
        line = " ".join(spot(*p) for p in zip(at, middle, strict=True))
        found.append(f'<polyline points="{line}" fill="none" stroke="{COLOURS[arm]}" stroke-width="2"/>')
        found.append(f'<text x="{x + LEFT + 140 * (arm == "on")}" y="{TOP + HEIGHT + 40}" fill="{COLOURS[arm]}">{WORDS[arm]}</text>')
    for tick in range(5):
        value = top * tick / 4
        found.append(f'<text x="{x + LEFT - 6}" y="{TOP + (1 - tick / 4) * HEIGHT + 4:.1f}" text-anchor="end">{value:.1%}</text>')
        across = x + LEFT + tick / 4 * (WIDTH - LEFT)
        found.append(f'<text x="{across:.1f}" y="{TOP + HEIGHT + 18}" text-anchor="middle">{days * tick / 4:.0f}</text>')
    found.append(f'<path d="M{x + LEFT},{TOP} V{TOP + HEIGHT} H{x + WIDTH}" fill="none" stroke="#555"/>')
    return "\n".join(found)


Series = np.ndarray[Any, np.dtype[np.float64]]


def _curve(summaries: Sequence[Mapping[str, Any]]) -> tuple[Series, Series, Series, Series]:
    """(day, mean, low, high) of defects a request."""
    days = min(len(s["requests"]) for s in summaries)
    width = max(1, days // 20)
    edges = range(0, days, width)
    missed = np.array([[sum(s["defects"][e : e + width]) for e in edges] for s in summaries])
    asked = np.array([[sum(s["requests"][e : e + width]) for e in edges] for s in summaries])
    draws = homes_drawn(len(summaries))[:500]
    drawn = missed[draws].sum(axis=1) / asked[draws].sum(axis=1)
    low, high = np.percentile(drawn, (2.5, 97.5), axis=0)
    return np.array([e + width / 2 for e in edges]), missed.sum(axis=0) / asked.sum(axis=0), low, high
