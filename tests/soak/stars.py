"""Self-assessments of the printed form with known inputs, as copies of it come back."""

import copy
import random
from collections.abc import Callable
from functools import cache
from typing import Any, Final

from core.services.intake.kinds import Intake
from core.services.scored.examined import AssessmentIntake
from tests.core.forms.assessment import star_books as stars
from tests.core.forms.assessment.star_books import Box, Page, Pages
from tests.soak.draft import Truth
from tests.soak.judge import REFUSED, RIGHT, SAID, SILENT, WARNED, Verdict

FORM: Final = "star-2561"
_PERCENTAGES: Final = 20
"""What the filled sample has above this are percentages, which may be any others."""
_THAI: Final = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
Change = Callable[[Pages, random.Random, Truth], Pages]
STAR_KINDS: Final[dict[str, Change]] = {}


@cache
def _places() -> dict[tuple[int, int], str]:
    """The rule of each input of the sample, by row and column."""
    cells = stars.read(stars.pages()).reading.cells
    return {tuple(cell.spot.place): rule for rule, cell in cells.items() if cell.spot}


def star(rng: random.Random) -> tuple[bytes, Truth, tuple[str, ...]]:
    """A copy with percentages of its own and some oddities: its bytes, its inputs, its kinds."""
    pages, truth = stars.pages(), {}
    for (row, column), rule in _places().items():
        box = pages[0].rows[row - 1][column - 1]
        if type(box.value) in (int, float):
            if box.value > _PERCENTAGES:
                box.value = round(rng.uniform(5, 100), 2)
            truth["", "", rule] = float(box.value)
    drawn = sorted(rng.sample(sorted(STAR_KINDS), rng.randint(1, 3)), key=list(STAR_KINDS).index)
    for name in drawn:
        pages = STAR_KINDS[name](pages, rng, truth)
    return stars.data(pages), truth, tuple(drawn)


def star_verdict(intake: Intake, truth: Truth) -> Verdict:
    """Whether every input is what was typed, or spoken of at its row."""
    if not isinstance(intake, AssessmentIntake) or intake.reading is None:
        return Verdict(REFUSED, ",".join(sorted({i.code for i in intake.issues})))
    always = {(i.code, i.cell) for i in stars.read(stars.pages()).issues if not i.cell}
    loud = [i for i in intake.issues if i.severity != "note" and (i.code, i.cell) not in always]
    read = stars.inputs(intake)
    wrong = [rule for (_, _, rule), true in truth.items() if not _is(read.get(rule), true)]
    rows = {"".join(filter(str.isdigit, i.cell)) for i in loud}
    for rule in wrong:
        cell = intake.reading.cells.get(rule)
        row = str(cell.spot.place.row) if cell and cell.spot else ""
        if row not in rows and "" not in rows:
            return Verdict(SILENT, f"{rule} is {read.get(rule)}, true {truth['', '', rule]}")
    if wrong:
        return Verdict(SAID, ",".join(sorted({i.code for i in loud})))
    return Verdict(WARNED if any(i.code != "W107" for i in loud) else RIGHT)


def _is(found: tuple[float, int] | None, true: float) -> bool:
    return found is not None and found[1] == 0 and abs(found[0] - true) < 1e-6


def _kind(name: str) -> Callable[[Change], Change]:
    def enter(change: Change) -> Change:
        STAR_KINDS[name] = change
        return change

    return enter


@_kind("star: words typed otherwise")
def _words(pages: Pages, rng: random.Random, _truth: Truth) -> Pages:
    changes = (
        lambda t: "".join(c for c in t if c not in "่้๊๋์"), lambda t: t.replace("ำ", "ํา"),
        lambda t: t.replace(" ", "  "), lambda t: t.translate(_THAI), lambda t: f"{t} ",
        lambda t: t.replace(" ", "\n"), lambda t: t.replace(" ", "\u00a0"),
    )  # fmt: skip
    return stars.each_text(pages, rng.choice(changes))


@_kind("star: numbers typed otherwise")
def _numbers(pages: Pages, rng: random.Random, _truth: Truth) -> Pages:
    changes = (
        str, lambda v: f"{v}".translate(_THAI), lambda v: f" {v} ", lambda v: f"{v}\u00a0",
        lambda v: f"\u200b{v}", lambda v: f"{v:.6f}", lambda v: f"+{v}",
    )  # fmt: skip
    change = rng.choice(changes)
    return stars.each_input(pages, lambda b: Box(_of(change, b.value), b.yellow, b.style))


def _of(change: Callable[[Any], Any], value: Any) -> Any:
    return change(value) if type(value) in (int, float) else value


@_kind("star: number formats")
def _formats(pages: Pages, rng: random.Random, _truth: Truth) -> Pages:
    code = rng.choice(("0.00", "#,##0_%", '0.00" คะแนน"', "_(* #,##0.00_)", "[Red]0.00", "_d0.00"))
    return stars.each_input(pages, lambda b: Box(b.value, b.yellow, code))


@_kind("star: percent formats")
def _percents(pages: Pages, _rng: random.Random, _truth: Truth) -> Pages:
    def shown(box: Box) -> Box:
        is_percentage = type(box.value) in (int, float) and box.value > _PERCENTAGES
        return Box(box.value / 100, True, "0.00%") if is_percentage else box

    return stars.each_input(pages, shown)


@_kind("star: one cell damaged")
def _damaged(pages: Pages, rng: random.Random, truth: Truth) -> Pages:
    boxes = {rule: pages[0].rows[r - 1][c - 1] for (r, c), rule in _places().items()}
    (_, _, rule), true = rng.choice(sorted(truth.items()))
    boxes[rule].value = rng.choice(
        (f"{true} {true}", "รอข้อมูล", "#N/A", f"{true}/{true}", f"{true}\n5", "1,2,3", -5, 1e9)
    )
    boxes[rule].style = "General"
    return pages


@_kind("star: columns in another order")
def _order(pages: Pages, rng: random.Random, _truth: Truth) -> Pages:
    order: list[int | None] = list(range(5))
    order.insert(rng.randint(0, 5), None)
    if rng.random() < 0.5:
        order[order.index(0)], order[order.index(2)] = 2, 0
    return stars.reordered(pages, order)


@_kind("star: no fills")
def _plain(pages: Pages, _rng: random.Random, _truth: Truth) -> Pages:
    return stars.each_input(pages, lambda b: Box(b.value, False, b.style))


@_kind("star: empty rows and lines above")
def _rows(pages: Pages, rng: random.Random, _truth: Truth) -> Pages:
    pages = copy.deepcopy(pages)
    width = len(pages[0].rows[0])
    for _ in range(rng.randint(1, 6)):
        row = [Box() for _ in range(width)]
        if rng.random() < 0.4:
            row[1] = Box("หมายเหตุ ข้อมูล ณ วันที่ 31 มีนาคม 2561")
        pages[0].rows.insert(rng.choice((0, 1, len(pages[0].rows))), row)
    return pages


@_kind("star: another year beside it")
def _years(pages: Pages, rng: random.Random, _truth: Truth) -> Pages:
    """Last year's figures in a further column, without a fill."""
    pages = copy.deepcopy(pages)
    for row in pages[0].rows:
        value = row[4].value
        row.append(Box(round(value * 0.9, 2) if type(value) is float else None))
    pages[0].rows[0][-1].value = rng.choice(("ปี 2560", "ปีก่อน", "เป้าหมาย"))
    return pages


@_kind("star: other sheets beside it")
def _sheets(pages: Pages, rng: random.Random, _truth: Truth) -> Pages:
    other = Page("บันทึก", [[Box("ข้อมูลประกอบ"), Box(5)], [Box("ตัวชี้วัด"), Box(99.5)]])
    return [other, *pages] if rng.random() < 0.5 else [*pages, other]
