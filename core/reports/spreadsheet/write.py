"""The workbook of a meeting: its contents with links, results, and a sheet for each view."""

import io
from typing import Final

from openpyxl import Workbook

from core.figures.wrapping import words
from core.reports.archive import steady
from core.reports.content import Content, Section, content
from core.reports.headings import headings
from core.reports.slide import Report, Slide
from core.reports.spreadsheet.data import data_of
from core.reports.spreadsheet.sheet import Sheet
from core.reports.tabled import TableCell
from core.text import Language, say

_LONGEST_NAME: Final = 31
_FORBIDDEN: Final = str.maketrans("", "", r"[]:*?/\'")


def spreadsheet(report: Report, language: Language) -> bytes:
    """The report in a language; the same bytes for the same report."""
    book = _Book(report, language)
    book.contents()
    if book.content.indicators:
        book.results()
    for slide, section in zip(report.slides, book.content.sections, strict=True):
        book.view(slide, section)
    return book.written()


class _Book:
    """A workbook being written."""

    def __init__(self, report: Report, language: Language) -> None:
        self.report, self.language = report, language
        self.words = headings(language)
        self.content: Content = content(report, language, draws=False)
        self.file = Workbook()
        self.names = [_name(at, section) for at, section in enumerate(self.content.sections, 1)]

    def contents(self) -> None:
        """What the workbook holds, and of what place and time it is."""
        sheet = Sheet(self.file.worksheets[0])
        sheet.sheet.title = say("Contents").in_(self.language)
        self._head(sheet, self.content.title, self.content.place, self.content.period)
        links = [(self.words["results"],) * 2] if self.content.indicators else []
        links += [
            (section.title, name)
            for section, name in zip(self.content.sections, self.names, strict=True)
        ]
        rows = [(TableCell(title), TableCell(name)) for title, name in links]
        head = sheet.table((self.words["item"], say("Sheet").in_(self.language)), rows)
        for at, (_title, name) in enumerate(links, 1):
            sheet.link(2, head + at, _cut(name))
        sheet.gap()
        sheet.line(self.words["questions"], is_bold=True)
        for question in self.content.questions or (self.words["none_open"],):
            sheet.line(question)
        sheet.finish(self.content.demonstration)

    def results(self) -> None:
        """Every indicator, and below it every unit that does not pass one."""
        sheet = self._sheet(_cut(self.words["results"]))
        self._head(sheet, self.words["results"], self.content.place, self.content.period)
        sheet.line(self.content.counted, is_bold=True)
        names = "number", "indicator", "target", "result", "status", "failing"
        rows = [
            (
                TableCell("", value=row.number), TableCell(row.name), TableCell(row.target),
                TableCell(f"{row.result} {row.silence}".strip()),
                TableCell(row.status, row.mark, row.tone, row.tint), TableCell(row.failing_names),
            )
            for row in self.content.indicators
        ]  # fmt: skip
        head = sheet.table([self.words[name] for name in names], rows)
        failing = [
            (TableCell(row.name), TableCell(unit.name), TableCell(unit.shown), TableCell(unit.why))
            for row in self.content.indicators
            for unit in row.failing
        ]
        if failing:
            sheet.gap()
            sheet.line(self.words["failing_why"], is_bold=True)
            titles = [self.words[name] for name in ("indicator", "unit", "figure", "why")]
            sheet.table(titles, failing)
        sheet.finish(self.content.demonstration, None if failing else head)

    def view(self, slide: Slide, section: Section) -> None:
        """What one view says, the data of its figure, its facts and sources."""
        sheet = self._sheet(self.names[section.number - 1])
        place, period = section.place or self.content.place, section.period or self.content.period
        self._head(sheet, section.title, place, period)
        sheet.line(section.problem)
        for line in section.lines:
            sheet.line(f"{line.mark} {line.status}: {line.text}")
        sheet.line(section.target)
        sheet.gap()
        head = self._figure(sheet, slide)
        if section.facts:
            facts = [
                (TableCell(one.name), TableCell(one.shown), TableCell(one.origin))
                for one in section.facts
            ]
            sheet.line(self.words["annex"], is_bold=True)
            sheet.table([self.words[name] for name in ("item", "figure", "origin")], facts)
            sheet.gap()
        if section.sources:
            sheet.line(self.words["sources"], is_bold=True)
        for source in section.sources:
            sheet.line(source, is_quiet=True)
        sheet.finish(self.content.demonstration, None if section.facts else head)

    def written(self) -> bytes:
        """The file."""
        properties = self.file.properties
        properties.creator, properties.title = (
            "Truat",
            f"{self.content.title} {self.content.place}"[:255],
        )
        properties.created = self.report.as_of
        written = io.BytesIO()
        self.file.save(written)
        return steady(written.getvalue(), self.report.as_of)

    def _figure(self, sheet: Sheet, slide: Slide) -> int | None:
        if slide.figure is None:
            return None
        table = data_of(slide.figure, self.language)
        sheet.line(table.title, is_bold=True)
        rows = [(TableCell(row.name), *row.cells) for row in table.rows]
        head = sheet.table((table.corner, *table.columns), rows)
        sheet.gap()
        return head

    def _sheet(self, name: str) -> Sheet:
        return Sheet(self.file.create_sheet(name))

    def _head(self, sheet: Sheet, title: str, place: str, period: str) -> None:
        sheet.line(title, size=14, is_bold=True)
        sheet.warning(self.content.demonstration)
        sheet.line(f"{place} \u00b7 {period}")
        sheet.line(f"{self.words['as_of']} {self.content.as_of}", is_quiet=True)
        sheet.gap()


def _name(at: int, section: Section) -> str:
    """A sheet's name: its number makes it the only one of that name."""
    return _cut(f"{at:02} {section.figure_title or section.title}")


def _cut(name: str) -> str:
    """As much of a name as a sheet may have, cut between words."""
    name = name.translate(_FORBIDDEN).strip()
    beginning = ""
    for word in words(name):
        if len(beginning) + len(word) > _LONGEST_NAME:
            break
        beginning += word
    return beginning.strip() or name[:2].strip() or "Truat"
