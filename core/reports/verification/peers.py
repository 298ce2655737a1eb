"""The sheet of peers: the figures of a hospital's group, and what they come to."""

from typing import Final

from openpyxl.utils import get_column_letter

from core.criteria.model import PeerValue
from core.reports.verification.book import Book, figure_name, formula
from core.reports.verification.computed import Computed
from core.reports.verification.formulas import NOTHING, listed
from core.reports.verification.model import Figure, PeerFigures, Scope
from core.text import Text, say

_FIRST: Final = 3
"""The column of the first figure, behind code and name."""


class Peers:
    """What each figure of a scope is held against, by figure and kind of value."""

    def __init__(self, book: Book, scope: Scope, computed: Computed, own: tuple[str, Text]) -> None:
        self.book, self.scope = book, scope
        self._values: dict[tuple[str, PeerValue], str] = {}
        judged = [one for one in scope.peers if not one.published]
        for one in scope.peers:
            if one.published:
                self._values[one.figure, one.kind] = self._published(one)
        if judged:
            self._table(judged, computed, own)

    def value(self, figure: str, kind: PeerValue) -> str | None:
        """The cell with the value of the group; None where there is none."""
        return self._values.get((figure, kind))

    def _published(self, one: PeerFigures) -> str:
        """A value the ministry published, with the cells it was taken from."""
        sheet, words = self.book.peers, self.book.words
        title = say("{figure}: published by the ministry", figure=figure_name(one.figure))
        sheet.put("B", words(title), "strong")
        sheet.next()
        cells = [self._part(part) for part in one.published]
        sheet.put("B", words(kind_name(one.kind)))
        value = sheet.put("C", formula(f"SUM({listed(cells)})"), "total", format="")
        sheet.next(2)
        return value

    def _part(self, part: Figure) -> str:
        sheet = self.book.peers
        sheet.put("B", self.book.words(figure_name(part.measure)))
        cell = sheet.put("C", part.value, "input", format="")
        sheet.put("D", " · ".join(filter(None, (part.file, part.sheet, part.cell))), "small")
        sheet.next()
        return cell

    def _table(self, judged: list[PeerFigures], computed: Computed, own: tuple[str, Text]) -> None:
        """A column for each figure, a row for each hospital of the group, their values above."""
        sheet, words = self.book.peers, self.book.words
        sheet.put("A", words(self.scope.name), "title")
        sheet.next()
        if self.scope.group:
            sheet.put("A", words(say("Hospital group")), "small")
            sheet.put("B", self.scope.group, "small")
        sheet.next()
        columns = [get_column_letter(_FIRST + place) for place in range(len(judged))]
        self.book.heads(sheet, [say("Code"), say("Hospital"),
                                *(figure_name(one.figure) for one in judged)])  # fmt: skip
        top = sheet.row
        hospitals = {peer.code: peer.name for one in judged for peer in one.others}
        first = top + len(_SUMS)
        last = first + len(hospitals)
        for column, one in zip(columns, judged, strict=True):
            self._sums(column, one, top, f"{sheet.prefix}{column}{first}:{column}{last}")
            self._members(column, one, computed, first, list(hospitals))
        for row, (hcode, name) in enumerate((own, *hospitals.items()), first):
            sheet.row = row
            sheet.put("A", hcode, "strong" if row == first else "text")
            sheet.put("B", words(name), "strong" if row == first else "text")
        sheet.row = last + 3

    def _sums(self, column: str, one: PeerFigures, top: int, members: str) -> None:
        sheet = self.book.peers
        for row, (name, written) in enumerate(_SUMS.items(), top):
            sheet.row = row
            sheet.put("B", self.book.words(_sum_name(name)), "strong")
            shown = "count" if name == "count" else ""
            cell = sheet.put(column, formula(written.format(m=members)), "total", format=shown)
            if name == one.kind:
                self._values[one.figure, one.kind] = cell

    def _members(
        self, column: str, one: PeerFigures, computed: Computed, first: int, codes: list[str]
    ) -> None:
        """The hospital's own figure first, which follows the sheet of figures; then the others'."""
        sheet = self.book.peers
        own = computed.figure(one.figure).value
        sheet.row = first
        sheet.put(column, formula(f"IF(ISNUMBER({own}),{own},{NOTHING})"), "number", format="")
        values = {peer.code: peer.value for peer in one.others}
        for row, hcode in enumerate(codes, first + 1):
            sheet.row = row
            sheet.put(column, values.get(hcode), "input", format="")


# One facility alone has no deviation.
_SUMS: Final = {
    "count": "COUNT({m})",
    "mean": f"IF(COUNT({{m}})=0,{NOTHING},AVERAGE({{m}}))",
    "mean_plus_sd": (
        f"IF(COUNT({{m}})=0,{NOTHING},AVERAGE({{m}})+IF(COUNT({{m}})>1,STDEV({{m}}),0))"
    ),
    "median": f"IF(COUNT({{m}})=0,{NOTHING},MEDIAN({{m}}))",
}
"""What is said of a group, and the formula over its members."""


def kind_name(kind: PeerValue) -> Text:
    """What a group stands for."""
    return {
        "median": say("Median"),
        "mean": say("Mean"),
        "mean_plus_sd": say("Mean + 1 SD of a sample"),
    }[kind]


def _sum_name(name: str) -> Text:
    if name == "count":
        return say("Hospitals with a figure")
    return kind_name(name)  # type: ignore[arg-type]
