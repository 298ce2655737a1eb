"""The CSV files of the demonstration: one for each form, province and batch of periods.

They are what a province would send: figures, gaps, slips and all. Whoever opens a cell of the
demonstration finds it in one of them.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final

import numpy as np

from core.demo.draws import Draws
from core.demo.files.sheets import FileRow, Sheet
from core.demo.files.tables import Sending
from core.demo.files.writing import Writer
from core.demo.parameters import hospital_parameters, reporting_parameters

_NOON: Final = time(5, 0, tzinfo=UTC)
"""Noon in Thailand."""


@dataclass(frozen=True)
class DemoFile:
    """A file as it was sent, its area and fiscal year; `sent_by` is no person's name.

    `rows` are those of a table.
    """

    name: str
    form: str
    area: str
    fiscal_year: int
    content: bytes
    sent_by: str
    sent_at: datetime
    rows: tuple[FileRow, ...] = ()


def table_files(sheet: Sheet) -> Iterator[DemoFile]:
    """Every file that holds a line of a table, by province and batch."""
    table, writer = sheet.data, Writer(sheet)
    members: dict[str, list[int]] = defaultdict(list)
    for place, subject in enumerate(table.subjects):
        members[subject.province].append(place)
    late = _days_late(sorted(members), table.sending)
    for province, subjects in sorted(members.items()):
        for days, batch in zip(late[province], table.sending.batches, strict=True):
            rows, content = writer.file(table.reported_rows(subjects, batch))
            if rows:
                sent = batch.until.last_day + timedelta(days=days)
                names = {"form": table.form, "area": province, "part": batch.part}
                yield DemoFile(
                    name=table.sending.name.format(year=batch.until.fiscal_year, **names),
                    form=table.form,
                    area=province,
                    fiscal_year=batch.until.fiscal_year,
                    content=content,
                    sent_by=reporting_parameters().sender.format(area=province),
                    sent_at=datetime.combine(sent, _NOON),
                    rows=rows,
                )


def _days_late(provinces: Sequence[str], sending: Sending) -> Mapping[str, list[int]]:
    """After how many days each province sent each batch."""
    low, high = sending.days_after
    drawn = Draws(hospital_parameters().seed).uniform(
        sending.drawn, len(provinces), len(sending.batches)
    )
    days = low + np.floor(drawn * (high - low + 1)).astype(np.int64)
    return dict(zip(provinces, days.tolist(), strict=True))
