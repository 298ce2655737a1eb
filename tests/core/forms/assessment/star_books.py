"""The printed self-assessment as a grid of cells, and the ways real copies differ from it.

A copy is a list of rows; `book` makes a file of it. Every figure is invented.
"""

import copy
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import openpyxl
from openpyxl.styles import PatternFill

from core.criteria.catalog import catalog
from core.services.intake.examine import examine
from core.services.intake.kinds import Intake
from core.services.scored.reading import form_items
from tests import paths

SAMPLES: Final = paths.SAMPLES / "star"
EXPECTED: Final[Mapping[str, Any]] = json.loads(
    (SAMPLES / "star-2561-expected.json").read_text(encoding="utf-8")
)
FILLED: Final = "star-2561-printed-filled.xlsx"
YELLOW: Final = PatternFill("solid", fgColor="FFFFFF00")
SHEET: Final = "นโยบาย ยุทธศาสตร์"
SHEET_C: Final = "พชอ."
NUMBER, TITLE, EVIDENCE, FULL, SCORE = range(5)
"""Columns of the printed form."""


@dataclass
class Box:
    """One cell of a copy."""

    value: Any = None
    yellow: bool = False
    style: str = "General"


@dataclass
class Page:
    """One sheet of a copy; `merges` are ranges as Excel writes them."""

    name: str
    rows: list[list[Box]]
    merges: list[str] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[str, ...] = ()

    def boxes(self) -> Iterator[Box]:
        return (box for row in self.rows for box in row)


Pages = list[Page]


def pages(name: str = FILLED) -> Pages:
    """A sample as pages."""
    book = openpyxl.load_workbook(SAMPLES / name)
    return [
        Page(
            sheet.title,
            [
                [
                    Box(cell.value, cell.fill.patternType == "solid", cell.number_format)
                    for cell in row
                ]
                for row in sheet.iter_rows()
            ],
        )
        for sheet in book
    ]


def data(found: Iterable[Page]) -> bytes:
    """The pages as a file."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for page in found:
        sheet = book.create_sheet(page.name)
        for row, boxes in enumerate(page.rows, 1):
            for column, box in enumerate(boxes, 1):
                cell = sheet.cell(row, column)
                cell.value, cell.number_format = box.value, box.style
                if box.yellow:
                    cell.fill = YELLOW
        for merge in page.merges:
            sheet.merge_cells(merge)
        for number in page.hidden_rows:
            sheet.row_dimensions[number].hidden = True
        for letter in page.hidden_columns:
            sheet.column_dimensions[letter].hidden = True
        sheet.sheet_state = "hidden" if page.hidden else "visible"
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def sample(name: str = FILLED) -> bytes:
    return (SAMPLES / name).read_bytes()


def repacked(file: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The package with its parts changed; None leaves a part out."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(file)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = change(name, source.read(name))
            if content is not None:
                target.writestr(name, content)
    return buffer.getvalue()


def row_of(page: Page, start: str, column: int = TITLE) -> int:
    """Place in `rows` of the first row whose text begins so."""
    return next(
        n for n, row in enumerate(page.rows) if str(row[column].value or "").startswith(start)
    )


def item_rows(page: Page) -> list[int]:
    """Places in `rows` of the head rows of section A."""
    return [n for n, row in enumerate(page.rows) if isinstance(row[NUMBER].value, int)]


def box_at(page: Page, cell: str) -> Box:
    """A box by the cell it has in the sample."""
    column, row = ord(cell[0]) - 65, int(cell[1:])
    return page.rows[row - 1][column]


def put(cell: str, value: Any, style: str = "General", found: Pages | None = None) -> Pages:
    """The filled sample with another value in one cell."""
    found = found or pages()
    box = box_at(found[0], cell)
    box.value, box.style = value, style
    return found


def each_text(found: Pages, change: Callable[[str], str]) -> Pages:
    """The pages with every text but formulas changed."""
    found = copy.deepcopy(found)
    for page in found:
        for box in page.boxes():
            if isinstance(box.value, str) and not box.value.startswith("="):
                box.value = change(box.value)
    return found


def each_input(found: Pages, change: Callable[[Box], Box]) -> Pages:
    """The pages with every yellow cell changed."""
    found = copy.deepcopy(found)
    for page in found:
        page.rows = [[change(box) if box.yellow else box for box in row] for row in page.rows]
    return found


def reordered(found: Pages, order: Sequence[int | None]) -> Pages:
    """The pages with their columns in another order; None is an empty column."""
    found = copy.deepcopy(found)
    for page in found:
        page.rows = [
            [Box() if column is None else row[column] for column in order] for row in page.rows
        ]
    return found


# Section C as it is printed, with invented points: 60 of 85 in all.
UCCARE: Final = {"1": 2.0, "2": 3.5, "3": 3.0, "4": 1.5, "5": 0.5, "6": 1.5}
TOPICS: Final = (
    (1, 1, 1, 0.5, 1, 0, 1, 1, 2),
    (0.5, 1, 0, 0.5, 1, 1, 1, 0, 1.5),
    (1, 1, 1, 1, 0.5, 0.5, 0.5, 0.25, 1.5),
)
ASPECTS: Final = (
    "บริบททั่วไปและสภาพปัญหา\n(1)",
    "Unity Team\nกระบวนการ\nได้มาซึ่งปัญหา\nสำคัญของชุมชน\nและการ\nดำเนินงานร่วมกัน\n(1)",
    "Customer Focus\nกลุ่มเป้าหมาย/\nและสัมพันธ์กับ\nกลุ่มวัย\n(1)",
    "Community participation\nกระบวนการ\nจัดการปัญหา\nร่วมกันทั้งชุมชน\n(1)",
    "Appreciation\nการแก้ไข เกิดการ\nพัฒนาคนและเกิด\nคุณค่าทั้งในหน่วยงาน\nและชุมชน\n(1)",
    "Resource sharing \nand human \ndevelopment\nการแบ่งปันทรัพยากร\n ทั้ง คน เงิน วัสดุ/\nอุปกรณ์\n(1)",
    "Essential care\nส่งผลให้เกิดการ\nพัฒนาระบบบริการ\nตาม\nประเด็น\n(1)",
    "การจัดระบบ\nสนับสนุน\n(1)",
    "ผลลัพธ์การ\nดำเนินงาน\n(2)",
)


def typed_c() -> dict[str, float]:
    """What is typed in section C, by rule id."""
    typed = {"star.c.01.1": 2.0, "star.c.01.2": 2.25, "star.c.05": 7.0}
    typed |= {f"star.c.02.{n}": points for n, points in enumerate((5.0, 4.5, 3.0, 2.0), 1)}
    for item in form_items("star-2561", 2561):
        if item.id == "star.c.03":
            typed |= _uccare([line.id for line in item.inputs])
    for topic, points in enumerate(TOPICS, 1):
        typed |= {f"star.c.04.{topic}.{n}": float(p) for n, p in enumerate(points, 1)}
    return typed


def _uccare(lines: Sequence[str]) -> dict[str, float]:
    """Half a point each to the first lines of every part, till its points are used up."""
    left = dict(UCCARE)
    typed = {}
    for line in lines:
        part = line.split(".")[3]
        typed[line] = min(0.5, left[part])
        left[part] -= typed[line]
    return typed


RAW_C: Final = {"1": 4.25, "2": 14.5, "3": 12.0, "4": 22.25, "5": 7.0}


def page_c(matrix: bool = True) -> Page:
    """Section C: number, title, weight, points; part 4 as the printed table or as rows."""
    typed, rules = typed_c(), catalog().ruleset(2561)
    rows = [_row(None, "เกณฑ์ประเมินระบบสุขภาพอำเภอ และคณะกรรมการพัฒนาคุณภาพชีวิตระดับอำเภอ")]
    rows.append(_row("ลำดับ", "ประเด็นการประเมิน", "น้ำหนักคะแนน", "รวมคะแนน"))
    for item in form_items("star-2561", 2561):
        if item.section.id != "c":
            continue
        points = typed.get(item.id)
        rows.append(_row(item.no, rules.rule(item.id).name.th, item.head.full, points or "=0"))
        rows[-1][3].yellow = item.id in typed
        for line in item.lines if not (matrix and item.id == "star.c.04") else ():
            title = f"{line.label} {rules.rule(line.id).name.th}".strip()
            rows.append(_row(None, title, line.full, typed.get(line.id, "=0")))
            rows[-1][3].yellow = line.id in typed
    return Page(SHEET_C, rows + (_matrix() if matrix else []))


def _row(*values: Any) -> list[Box]:
    return [Box(value) for value in values]


def _matrix() -> list[list[Box]]:
    rows = [_row(None, "กรอกคะแนนในตารางด้านล่าง"), _row(None, "กรอกคะแนนในช่องสีเหลืองเพื่อให้สูตรคำนวณ")]
    rows.append(_row(None, None, *ASPECTS, "รวม\n(10 คะแนน)"))
    for topic, points in enumerate(TOPICS, 1):
        title = f"4.{topic} เรื่องที่ {topic}.................................."
        rows.append([Box(), Box(title), *(Box(p, yellow=True) for p in points), Box("=0")])
    return rows


def inputs(intake: Intake) -> dict[str, tuple[float, int]]:
    """What was read: number and state by rule id."""
    assert intake.reading is not None, [issue.text.en for issue in intake.issues]
    return {key: (cell.number, cell.state) for key, cell in intake.reading.cells.items()}


def points(intake: Intake) -> dict[str, float]:
    """Raw points of every item that was handed in."""
    assert intake.result is not None
    return {item.node.id: item.node.raw for item in intake.result.items}


def totals(intake: Intake) -> dict[str, float | None]:
    assert intake.result is not None
    return {section.id: section.score for section in intake.result.sections}


def codes(intake: Intake, *prefixes: str) -> list[tuple[str, str]]:
    """Code and cell of every message whose code begins so."""
    return [(i.code, i.cell) for i in intake.issues if i.code.startswith(prefixes or ("",))]


def read(file: bytes | Pages, name: str = "a.xlsx") -> Intake:
    return examine(file if isinstance(file, bytes) else data(file), name)
