"""The files the demonstration's hospitals sent: one for each province and quarter, as CSV.

They are what a province would send: figures, gaps, slips and all. Whoever opens a cell of the
demonstration finds it in one of them.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np

from core.forms.model import Column, TableForm, form
from core.forms.table_keys import table_words
from core.periods import Period, calendar_month, month_name
from core.services.demo.draws import Draws
from core.services.demo.hospitals import DemoHospital
from core.services.demo.parameters import hospital_parameters, reporting_parameters
from core.services.demo.reporting import Cell, DemoReports, written

FORM: Final = "finance"
_QUARTER: Final = 3
_NOON: Final = time(5, 0, tzinfo=UTC)
"""Noon in Thailand."""


class FileRow(NamedTuple):
    """Where a hospital's month (0-23) stands in a file: the line it first stands in, from 1."""

    hospital: int
    month: int
    line: int


@dataclass(frozen=True)
class DemoFile:
    """A file as it was sent, and of whom and when it speaks; `sent_by` is nobody's name.

    `rows` are those of a table, `columns` the measures of its columns.
    """

    name: str
    form: str
    area: str
    fiscal_year: int
    content: bytes
    sent_by: str
    sent_at: datetime
    rows: tuple[FileRow, ...] = ()
    columns: tuple[str, ...] = ()


def finance_files(reports: DemoReports) -> Iterator[DemoFile]:
    """Every file that holds a row, by province and quarter."""
    sheet = _Sheet(reports)
    members: dict[str, list[int]] = defaultdict(list)
    for place, hospital in enumerate(reports.finance.hospitals):
        members[hospital.province].append(place)
    late = _days_late(sorted(members), len(reports.finance.months) // _QUARTER)
    for province, hospitals in sorted(members.items()):
        for quarter in range(len(late[province])):
            months = range(quarter * _QUARTER, (quarter + 1) * _QUARTER)
            rows, content = sheet.written([(h, m) for h in hospitals for m in months])
            if rows:
                last = reports.finance.months[months[-1]]
                sent = last.last_day + timedelta(days=late[province][quarter])
                yield DemoFile(
                    name=_named(province, last),
                    form=FORM,
                    area=province,
                    fiscal_year=last.fiscal_year,
                    content=content,
                    sent_by=reporting_parameters().sender.format(area=province),
                    sent_at=datetime.combine(sent, _NOON),
                    rows=rows,
                    columns=tuple(column.measure for column in sheet.columns),
                )


def _days_late(provinces: Sequence[str], quarters: int) -> Mapping[str, list[int]]:
    """After how many days each province sent each quarter."""
    low, high = reporting_parameters().files.days_after
    draws = Draws(hospital_parameters().seed)
    drawn = draws.even("days after", len(provinces), quarters)
    days = low + np.floor(drawn * (high - low + 1)).astype(np.int64)
    return dict(zip(provinces, days.tolist(), strict=True))


def _named(province: str, last: Period) -> str:
    names = {"area": province, "year": last.fiscal_year, "quarter": last.number // _QUARTER}
    return reporting_parameters().files.name.format(form=FORM, **names)


class _Sheet:
    """Writes the rows of the form."""

    def __init__(self, reports: DemoReports) -> None:
        self.reports = reports
        known = {"hcode", "fiscal_year", "month", "facility.hgr", "facility.island"}
        chosen = form(FORM)
        columns = chosen.columns if isinstance(chosen, TableForm) else ()
        self.columns: tuple[Column, ...] = tuple(
            c for c in columns if c.measure in known or c.measure in reports.columns
        )

    def written(self, wanted: Iterable[tuple[int, int]]) -> tuple[tuple[FileRow, ...], bytes]:
        """A file under the form's own titles, as Excel opens it, and where whose month stands.

        A month that was not sent has no line; one that was told twice has two.
        """
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        writer.writerow([column.name.th for column in self.columns])
        rows: list[FileRow] = []
        line = 1
        for hospital, month in wanted:
            for again, said in enumerate(self._lines(hospital, month)):
                writer.writerow(said)
                line += 1
                if not again:
                    rows.append(FileRow(hospital, month, line))
        return tuple(rows), text.getvalue().encode("utf-8-sig")

    def _lines(self, hospital: int, month: int) -> Iterator[list[str]]:
        if not self.reports.told[hospital, month]:
            return
        said = self._said(hospital, month)
        yield [said[column.measure] for column in self.columns]
        for cell, other in self._twice.get((hospital, month), ()):
            again = said | {cell.measure: written(other)}
            yield [again[column.measure] for column in self.columns]

    @cached_property
    def _twice(self) -> Mapping[tuple[int, int], list[tuple[Cell, float]]]:
        found: dict[tuple[int, int], list[tuple[Cell, float]]] = defaultdict(list)
        for cell, other in self.reports.twice.items():
            found[cell.hospital, cell.month].append((cell, other))
        return found

    @cached_property
    def _figures(self) -> Mapping[str, list[list[str]]]:
        """Every figure as it is typed; nothing where it was left out."""
        found = {}
        for measure, column in self.reports.columns.items():
            reported = ~np.isnan(column.values)
            values = self.reports.finance.columns[measure].tolist()
            found[measure] = [
                [written(v) if r else "" for v, r in zip(row, there, strict=True)]
                for row, there in zip(values, reported.tolist(), strict=True)
            ]
        for cell in self.reports.twice:
            value = self.reports.finance.columns[cell.measure][cell[:2]]
            found[cell.measure][cell.hospital][cell.month] = written(value)
        for cell, text in self.reports.typed.items():
            found[cell.measure][cell.hospital][cell.month] = text
        return found

    def _said(self, hospital: int, month: int) -> dict[str, str]:
        period = self.reports.finance.months[month]
        keys = _keys(self.reports.finance.hospitals[hospital], period)
        return keys | {m: rows[hospital][month] for m, rows in self._figures.items()}


def _keys(hospital: DemoHospital, period: Period) -> dict[str, str]:
    words = table_words()
    return {
        "hcode": hospital.hcode,
        "fiscal_year": str(period.fiscal_year),
        "month": month_name(calendar_month(period.number), "th"),
        "facility.hgr": hospital.hgr_in(period.fiscal_year),
        "facility.island": words.yes[0] if hospital.island else words.no[0],
    }
