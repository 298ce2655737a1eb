"""The template used where an office has none of its own, as a Word file that can be changed."""

import io
from datetime import datetime
from typing import Final

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Cm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from core.reports.archive import steady
from core.reports.document.markup import (
    add_field,
    keep_rows_whole,
    repeat_head,
    rule,
    set_bold,
    set_up,
)
from core.reports.headings import headings
from core.text import Language

_WIDTH: Final = Cm(16.5)
_DOTS: Final = "." * 46
"""Room to sign, within half a page."""
_MOMENT: Final = datetime(2026, 1, 1)  # noqa: DTZ001 - of no zone, as Word keeps it


def standard(language: Language) -> bytes:
    """The template in a language; the same bytes always."""
    page = _Page(language)
    page.head()
    page.summary()
    page.results()
    page.details()
    page.follow_up()
    page.end()
    page.annex()
    return page.written()


class _Page:
    """A template being written from above."""

    def __init__(self, language: Language) -> None:
        self.words = headings(language)
        self.file = Document()
        set_up(self.file)
        self._edges()

    def head(self) -> None:
        """What the report is, and of what place and time."""
        self.line(self.words["report"], "Title")
        self.line("{{ title }}", "Subtitle")
        table = self.table(3, 2, (4.2, 12.3), is_ruled=False)
        for row, name in zip(table.rows, ("place", "period", "as_of"), strict=True):
            self.write(row.cells[0], self.words[name], is_bold=True)
            self.write(row.cells[1], f"{{{{ {name} }}}}")

    def summary(self) -> None:
        """How many indicators came out how, the key messages, the lines of the first view."""
        self.line(self.words["summary"], "Heading 1")
        self.tag("if counted")
        set_bold(self.line("{{ counted }}").runs[0])
        self.tag("endif")
        self.tag("for message in summary")
        self.line("{{ loop.index }}. {{ message }}", indent=0.8)
        self.tag("endfor")
        self.sentences("highlights")

    def results(self) -> None:
        """One row for each indicator."""
        self.tag("if indicators")
        self.line(self.words["results"], "Heading 1")
        titles = ("number", "indicator", "target", "result", "status", "failing")
        table = self.headed(titles, (1.8, 3.6, 2.1, 2.5, 2.1, 4.4))
        self.repeat(
            table, "row in indicators",
            "{{ row.number }}", "{{ row.name }}", "{{ row.target }}",
            "{{ row.result }}{% if row.silence %} ({{ row.silence }}){% endif %}",
            "{% cellbg row.tint %}{{ row.mark }}\u00a0{{ row.status }}", "{{ row.failing_names }}",
        )  # fmt: skip
        self.gap()
        self.tag("endif")

    def details(self) -> None:
        """A part for each view: who fails and why, its figure, its sources."""
        self.line(self.words["details"], "Heading 1")
        self.tag("for section in sections")
        self.line("{{ section.number }}. {{ section.title }}", "Heading 2")
        self.tag("if section.place or section.period")
        place = self.line("{{ section.place }} {{ section.period }}")
        place.paragraph_format.keep_with_next = True
        self.tag("endif")
        self.chosen("section.problem", "{{ section.problem }}")
        self.sentences("section.lines")
        self._failing()
        self._figure()
        self.chosen("section.target", "{{ section.target }}", "Caption")
        words = f"{self.words['sources']}: {{{{ section.sources | join(' \u00b7 ') }}}}"
        self.chosen("section.sources", words, "Caption")
        self.tag("endfor")

    def _failing(self) -> None:
        self.tag("for row in section.indicators")
        self.tag("if row.failing")
        self.caption(f"{self.words['failing_why']}: {{{{ row.name }}}}")
        table = self.headed(("unit", "figure", "why"), (5.7, 2.8, 8.0))
        self.repeat(
            table, "unit in row.alike", "{{ unit.name }}", "{{ unit.shown }}", "{{ unit.why }}"
        )
        self.gap()
        self.tag("endif")
        self.tag("endfor")

    def _figure(self) -> None:
        self.tag("if section.figure_title")
        self.caption("{{ section.figure_title }}")
        self.tag("endif")
        self.tag("for picture in section.pictures")
        self.line("{{ picture }}").alignment = WD_ALIGN_PARAGRAPH.CENTER
        self.tag("endfor")
        self.tag("for table in section.tables")
        table = self.table(4, 2, (4.0, 12.5))
        texts = (
            ("{{ table.corner }}", "{%tc for column in table.columns %}"),
            ("{%tr for row in table.rows %}", ""),
            ("{{ row.name }}", "{%tc for cell in row.cells %}"),
            ("{%tr endfor %}", ""),
        )
        for row, pair in zip(list(table.rows), texts, strict=True):
            for cell, text in zip(row.cells, pair, strict=True):
                self.write(cell, text, is_bold="corner" in text)
        mark = "{{ cell.mark }}{% if cell.mark %}\u00a0{% endif %}"
        shown = f"{{% cellbg cell.tint %}}{mark}{{{{ cell.text }}}}"
        # From here on the rows differ in length, and cells are found no more by row and column.
        self._grow(table, 0, "{{ column }}")
        self._grow(table, 2, shown)
        repeat_head(table)
        keep_rows_whole(table)
        self.gap()
        self.tag("endfor")

    def follow_up(self) -> None:
        """Findings with their state, and what was typed for the narrative measures."""
        self.tag("if follow_up")
        self.line(self.words["findings"], "Heading 1")
        self.tag("for sentence in follow_up")
        self.line("{{ sentence }}")
        self.tag("endfor")
        self.tag("endif")
        self.tag("if findings")
        table = self.headed(("number", "finding", "state", "measure"), (1.5, 7.0, 2.7, 5.3))
        self.repeat(
            table, "row in findings",
            "{{ row.number }}",
            "{{ row.place }} \u00b7 {{ row.name }} \u00b7 {{ row.shown }}",
            "{% cellbg row.tint %}{{ row.mark }} {{ row.status }}",
            "{{ row.planned }}",
        )  # fmt: skip
        self.gap()
        self.tag("endif")
        self.tag("if narratives")
        self.line(self.words["narratives"], "Heading 1")
        table = self.headed(
            ("measure_letter", "item", "narrated", "evidence"), (2.0, 3.7, 5.8, 5.0)
        )
        self.repeat(
            table, "row in narratives",
            "{{ row.measure }}", "{{ row.name }}", "{{ row.words }}", "{{ row.evidence }}",
        )  # fmt: skip
        self.gap()
        self.tag("endif")

    def end(self) -> None:
        """Open questions, and what the inspectors recommend, or room to write it, and sign."""
        self.line(self.words["questions"], "Heading 1")
        self.tag("if not questions")
        self.line(self.words["none_open"])
        self.tag("endif")
        self.tag("for question in questions")
        self.line("{{ loop.index }}. {{ question }}", indent=0.8)
        self.tag("endfor")
        self.line(self.words["recommendations"], "Heading 1")
        self.tag("for line in recommendations")
        self.line("{{ line }}")
        self.tag("endfor")
        self.tag("if not recommendations")
        for _line in range(8):
            dotted = self.line("\t").paragraph_format
            dotted.keep_with_next = True
            dotted.tab_stops.add_tab_stop(_WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        self.tag("endif")
        self.line(self.words["signatures"], "Heading 1")
        table = self.table(1, 2, (8.25, 8.25), is_ruled=False)
        for cell, role in zip(table.rows[0].cells, ("reporter", "inspector"), strict=True):
            self.write(cell, self.words[role], is_bold=True)
            for field in ("signed", "name", "position", "date"):
                dotted = cell.add_paragraph(f"{self.words[field]} {_DOTS}", "Table text")
                dotted.paragraph_format.space_before = Pt(6)
                dotted.paragraph_format.keep_with_next = True

    def annex(self) -> None:
        """Every figure with the cell it came from."""
        self.tag("if annex")
        self.line(self.words["annex"], "Heading 1").paragraph_format.page_break_before = True
        self.tag("for section in annex")
        self.caption("{{ section.number }}. {{ section.title }}")
        table = self.headed(("item", "figure", "origin"), (5.9, 4.4, 6.2))
        self.repeat(
            table,
            "fact in section.facts",
            "{{ fact.name }}",
            "{{ fact.shown }}",
            "{{ fact.origin }}",
        )
        self.gap()
        self.tag("endfor")
        self.tag("endif")

    def written(self) -> bytes:
        """The file."""
        properties = self.file.core_properties
        properties.created = properties.modified = _MOMENT
        properties.author, properties.comments, properties.title = "Truat", "", ""
        written = io.BytesIO()
        self.file.save(written)
        return steady(written.getvalue())

    def line(self, text: str, style: str = "Normal", *, indent: float = 0.0) -> Paragraph:
        """A paragraph; what is indented hangs."""
        paragraph = self.file.add_paragraph(text, style)
        if indent:
            paragraph.paragraph_format.left_indent = Cm(indent)
            paragraph.paragraph_format.first_line_indent = Cm(-indent)
        return paragraph

    def tag(self, instruction: str) -> None:
        """An instruction in a paragraph of its own, which goes with it."""
        self.line(f"{{%p {instruction} %}}")

    def chosen(self, name: str, text: str, style: str = "Normal") -> None:
        """A paragraph that stands there only where there is something to say."""
        self.tag(f"if {name}")
        self.line(text, style)
        self.tag("endif")

    def caption(self, text: str) -> None:
        """What a figure or table is, kept on its page."""
        paragraph = self.line(text)
        set_bold(paragraph.runs[0])
        paragraph.paragraph_format.keep_with_next = True

    def gap(self) -> None:
        """Room below a table."""
        self.line("").paragraph_format.line_spacing = Pt(8)

    def sentences(self, name: str) -> None:
        """Sentences, each with its mark."""
        self.tag(f"for line in {name}")
        line = self.line("{{ line.mark }}\t{{ line.status }}: {{ line.text }}", indent=0.8)
        line.paragraph_format.keep_with_next = True
        self.tag("endfor")

    def headed(self, titles: tuple[str, ...], widths: tuple[float, ...]) -> Table:
        """A table with a head that every page repeats."""
        table = self.table(1, len(titles), widths)
        for cell, title in zip(table.rows[0].cells, titles, strict=True):
            self.write(cell, self.words[title], is_bold=True)
        repeat_head(table)
        return table

    def repeat(self, table: Table, loop: str, *cells: str) -> None:
        """A row for each of something."""
        begin, each, end = (self._row(table) for _row in range(3))
        self.write(begin[0], f"{{%tr for {loop} %}}")
        for cell, text in zip(each, cells, strict=True):
            self.write(cell, text)
        self.write(end[0], "{%tr endfor %}")
        keep_rows_whole(table)

    def _row(self, table: Table) -> tuple[_Cell, ...]:
        table.add_row()  # type: ignore[no-untyped-call]
        return table.rows[-1].cells

    def table(
        self, rows: int, columns: int, widths: tuple[float, ...], *, is_ruled: bool = True
    ) -> Table:
        """A table as wide as the page."""
        table: Table = self.file.add_table(
            rows, columns, "Table Grid" if is_ruled else "Normal Table"
        )
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
            for cell in column.cells:
                cell.width = Cm(width)
        return table

    def write(self, cell: _Cell, text: str, *, is_bold: bool = False) -> None:
        """The text of a cell."""
        cell.paragraphs[0].style = "Table text"
        set_bold(cell.paragraphs[0].add_run(text), is_bold=is_bold)

    def _grow(self, table: Table, row: int, text: str) -> None:
        """Two more cells: one for each of something, and the end of the repetition."""
        for words in (text, "{%tc endfor %}"):
            cell = table._tbl.tr_lst[row].add_tc()
            cell.width = Cm(2)
            self.write(_Cell(cell, table), words, is_bold=row == 0)

    def _edges(self) -> None:
        section = self.file.sections[0]
        head = section.header.paragraphs[0]
        head.text = "{{ place }} \u00b7 {{ period }}"
        rule(head, "bottom")
        foot = section.footer.paragraphs[0]
        foot.text = f"{self.words['as_of']} {{{{ as_of }}}}\t{self.words['page']} "
        foot.paragraph_format.tab_stops.add_tab_stop(_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
        add_field(foot, "PAGE")
        foot.add_run(f" {self.words['of']} ")
        add_field(foot, "NUMPAGES")
        rule(foot, "top")
