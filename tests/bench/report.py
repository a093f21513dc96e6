"""What every measurement prints: the figure, its baseline in the same run, their ratio, the budget and whether it holds."""

import platform
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """One figure. `unit` is ms, /s or nothing for a number; `budget` in the same unit (a limit for ms, a least otherwise), or as a
    ratio of `baseline`."""

    name: str
    value: float
    unit: str
    n: int
    budget: float | None = None
    baseline: float | None = None
    most_of_baseline: float | None = None

    @property
    def holds(self) -> bool:
        """Whether the budget is kept; a figure without one holds."""
        if self.most_of_baseline is not None and self.baseline is not None:
            return self.value <= self.most_of_baseline * self.baseline
        if self.budget is None:
            return True
        return self.value <= self.budget if self.unit == "ms" else self.value >= self.budget

    def __str__(self) -> str:
        said = f"{self.name:<58} {self.value:>10,.1f} {self.unit:<3} n={self.n:<7,}"
        if self.baseline is not None:
            said += f" baseline {self.baseline:,.1f}, ratio {self.value / self.baseline:.3f}"
        if self.most_of_baseline is not None:
            said += f" (at most {self.most_of_baseline:g})"
        if self.budget is not None:
            said += f" (budget {'≤' if self.unit == 'ms' else '≥'} {self.budget:,g})"
        return f"{said}  {'ok' if self.holds else 'MISSED'}"


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of the values lie (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def machine() -> str:
    """What the figures were measured on."""
    import os

    info = Path("/proc/cpuinfo")
    named = (
        [line.split(":")[1].strip() for line in info.read_text().splitlines() if "model name" in line]
        if info.exists()
        else []
    )
    return f"{named[0] if named else platform.processor()}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"
