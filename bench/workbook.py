"""One workbook from its bytes to its scores, against what calamine needs for its bare values.

The lower bound opens the same bytes and takes every value of every sheet: no format, no fill, no
error cell, no check of what it opens. Ours decides whether the file is harmless, reads, finds every
input, checks, scores and reconciles it. The samples hold invented figures. `python -m
bench.workbook` prints the ratios and fails above the limit.

Files of one form share their layout, which is found once and remembered; the last column says what
a layout costs that was never seen. It has no limit: it is paid once.
"""

import io
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import openpyxl
from python_calamine import CalamineWorkbook

from core.forms.assessment import known_layouts as remember
from core.forms.model.identity import parse_name
from core.services.handbook.templates import blank
from core.services.intake.examine import Intake, examine

SAMPLES = Path(__file__).parent.parent / "tests" / "data" / "star"
LIMIT = 5.0
RUNS, FIRST_RUNS = 300, 20


def bare(data: bytes) -> list[list[list[object]]]:
    """Every value of every sheet, as calamine gives them."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def own_form(cup: str | None = None) -> bytes:
    """Our own blank form with 1 in every cell that takes something."""
    book = openpyxl.load_workbook(io.BytesIO(blank("star-2561", cup=cup)[1]))
    for name, defined in book.defined_names.items():
        found = parse_name(name)
        if found is not None and found.role == "input":
            for sheet, cell in defined.destinations:
                book[sheet][cell] = 1
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def shortest(work: Callable[[], object], runs: int = RUNS) -> float:
    """Milliseconds of the shortest of many runs: what the machine can do when it is let."""
    taken = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return min(taken) * 1000


def at_first_sight(data: bytes) -> Intake:
    """A workbook none of whose layout was seen before."""
    remember.forget()
    return examine(data)


def check(name: str, data: bytes) -> None:
    """Both must have read the file before their speed says anything."""
    found = examine(data)
    if found.result is None or not any(any(sheet) for sheet in bare(data)):
        raise SystemExit(f"{name} was not read")


def main() -> int:
    """Print the times and their ratio for every sample; 1 when one is above the limit."""
    files = {path.name: path.read_bytes() for path in sorted(SAMPLES.glob("*.xlsx"))}
    worst = 0.0
    for name, data in {**files, "our own form, filled in": own_form()}.items():
        check(name, data)
        lower, ours = shortest(partial(bare, data)), shortest(partial(examine, data))
        first = shortest(partial(at_first_sight, data), FIRST_RUNS)
        worst = max(worst, ours / lower)
        print(
            f"{name}: calamine {lower:.2f} ms, core {ours:.2f} ms, {ours / lower:.1f} x;"
            f" a layout never seen {first:.2f} ms"
        )
    print(f"limit {LIMIT:.0f} x")
    return int(worst > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
