"""One workbook through the core against its bare values read by calamine, in the same run.

The core defends itself, reads, locates, checks, scores and reconciles; calamine only reads values.
The samples hold invented figures. `python -m bench.workbook` prints the ratios and fails above 5.
"""

import io
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import python_calamine

from core.services.intake import examine
from core.services.templates import blank

SAMPLES = Path(__file__).parent.parent / "tests" / "data" / "star"
LIMIT = 5.0
RUNS = 60


def bare_values(data: bytes) -> list[list[list[object]]]:
    """The lower bound: every sheet's values, nothing else."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def shortest(work: Callable[[], object]) -> float:
    """Seconds of the shortest of many runs."""
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times)


def main() -> int:
    """Print a line for each workbook; 1 when one is above the limit."""
    files = {path.name: path.read_bytes() for path in sorted(SAMPLES.glob("*.xlsx"))}
    files["our own blank form"] = blank("star-2561")[1]
    worst = 0.0
    for name, data in files.items():
        if examine(data, "sample.xlsx").form is None:
            raise SystemExit(f"{name} was refused")
        bare = shortest(partial(bare_values, data))
        core = shortest(partial(examine, data, "sample.xlsx"))
        worst = max(worst, core / bare)
        print(
            f"{name}: calamine {bare * 1e3:.2f} ms, core {core * 1e3:.2f} ms, {core / bare:.1f} x"
        )
    print(f"limit {LIMIT:.0f} x")
    return int(worst > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
