"""Figures with their n and interval: ratios, medians and shares over homes, by a bootstrap that draws homes."""

import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

DRAWS = 2000
Array = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the page. `low`, `high`: 95 %, by home. `met` is None where there is no bar, or nothing could be measured."""

    name: str
    value: float | None
    n: int
    of: str
    low: float | None = None
    high: float | None = None
    bar: str = ""
    met: bool | None = None
    note: str = ""

    def json(self) -> dict[str, Any]:
        return {k: _finite(v) for k, v in asdict(self).items()}


def _finite(value: Any) -> Any:
    return None if isinstance(value, float) and math.isnan(value) else str(value) if isinstance(value, float) and math.isinf(value) else value


def homes_drawn(count: int, seed: int = 1) -> np.ndarray[Any, np.dtype[np.int64]]:
    return np.random.default_rng(seed).integers(0, count, (DRAWS, count))


def bootstrap(rows: Sequence[Sequence[float]], figure: Callable[[Array], Array]) -> tuple[float, float, float]:
    """(value, low, high) of a function of column sums. rows: one a home; `figure` takes sums (draws, columns) to (draws,)."""
    table = np.asarray(rows, dtype=float)
    sums = table[homes_drawn(len(table))].sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        drawn, value = figure(sums), float(figure(table.sum(axis=0, keepdims=True))[0])
    low, high = np.nanpercentile(drawn, (2.5, 97.5), method="nearest") if not np.isnan(drawn).all() else (math.nan, math.nan)
    return value, float(low), float(high)


def share(rows: Sequence[Sequence[float]]) -> tuple[float, float, float]:
    """First column over second."""
    return bootstrap(rows, lambda s: s[:, 0] / s[:, 1])


def median(homes: Sequence[Sequence[float]]) -> tuple[float, float, float]:
    """Median of all values, homes drawn; never is infinity."""
    whole = [v for home in homes for v in home]
    if not whole:
        return math.nan, math.nan, math.nan
    drawn = []
    for draw in homes_drawn(len(homes))[:500]:
        values = sorted(v for i in draw for v in homes[i])
        if values:
            drawn.append(_middle(values))
    drawn.sort()
    return _middle(sorted(whole)), drawn[int(0.025 * len(drawn))], drawn[min(len(drawn) - 1, int(0.975 * len(drawn)))]


def _middle(values: Sequence[float]) -> float:
    """The lower of the two middle ones is no help to a bar "at most": the upper one is taken."""
    return values[len(values) // 2]
