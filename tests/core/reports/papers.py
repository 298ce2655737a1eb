"""An inspection: the sample with the indicators it judges, and templates made for a test."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from docx import Document

from core.reports.slide import Failing, Indicator, Report
from core.text import Text
from tests.core.reports.reports import HOSPITALS, STATUS, both, sample

WHY = Text(
    "สภาพคล่องต่ำกว่าเกณฑ์ เพราะลูกหนี้ค้างเรียกเก็บ", "Liquidity below what is asked, for claims are late"
)
INDICATORS = (
    Indicator(
        Text("โรงพยาบาลที่วิกฤตระดับ 4–7", "Hospitals at level 4–7"),
        Text("ไม่เกินร้อยละ 4", "at most 4 %"),
        Text("ร้อยละ 37.50", "37.50 %"),
        "fail",
        STATUS["fail"],
        tuple(Failing(name, STATUS[level], WHY) for _, name, level, _ in HOSPITALS[:3]),
        Text("ร้อยละ 37.50–50.00 เมื่อทุกแห่งรายงาน", "37.50–50.00 % once all report"),
    ),
    Indicator(
        Text("โรงพยาบาลที่ได้ TPS ระดับดี", "Hospitals with a good TPS"),
        both("60 %"),
        both("75.00 %"),
        "pass",
        STATUS["pass"],
    ),
)


def inspected(*, is_demonstration: bool = True) -> Report:
    """The sample with indicators: the first fails by three hospitals, the second is met."""
    plain = sample(is_demonstration=is_demonstration)
    first = replace(plain.slides[0], indicators=INDICATORS)
    return replace(plain, slides=(first, *plain.slides[1:]))


def short(report: Report, *places: int) -> Report:
    """The report with some of its slides only, which is laid out sooner."""
    return replace(report, slides=tuple(report.slides[at] for at in places))


def template_of(folder: Path, *lines: str, change: Callable[[object], None] | None = None) -> Path:
    """A template of paragraphs."""
    file = Document()
    for line in lines:
        file.add_paragraph(line)
    if change is not None:
        change(file)
    path = folder / "office.docx"
    file.save(str(path))
    return path
