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
from core.demo.files.senders import sender_of
from core.demo.files.sheets import FileRow, Sheet
from core.demo.files.tables import Batch, Sending
from core.demo.files.writing import Key, Writer
from core.demo.parameters import hospital_parameters
from core.periods import Period

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


@dataclass(frozen=True)
class PlannedFile:
    """A file before it is written, which is most of the work: whose it is and what it will hold.

    `keys` are the subjects and periods it holds, as places in the table.
    """

    sheet: Sheet
    writer: Writer
    area: str
    batch: Batch
    keys: tuple[Key, ...]
    sent_at: datetime

    @property
    def form(self) -> str:
        return self.sheet.data.form

    @property
    def fiscal_year(self) -> int:
        return self.batch.until.fiscal_year

    @property
    def periods(self) -> tuple[Period, ...]:
        """The periods it is sent for, the oldest first."""
        return tuple(self.sheet.data.periods[place] for place in self.batch.periods)

    def written(self) -> DemoFile:
        """The file with its bytes."""
        rows, content = self.writer.file(self.keys)
        names = {"form": self.form, "area": self.area, "part": self.batch.part}
        return DemoFile(
            name=self.sheet.data.sending.name.format(year=self.fiscal_year, **names),
            form=self.form,
            area=self.area,
            fiscal_year=self.fiscal_year,
            content=content,
            sent_by=sender_of(self.area),
            sent_at=self.sent_at,
            rows=rows,
        )


def table_files(sheet: Sheet) -> Iterator[DemoFile]:
    """Every file that holds a line of a table, by province and batch."""
    return (planned.written() for planned in planned_files(sheet))


def planned_files(sheet: Sheet) -> Iterator[PlannedFile]:
    """The same before they are written."""
    table, writer = sheet.data, Writer(sheet)
    members: dict[str, list[int]] = defaultdict(list)
    for place, subject in enumerate(table.subjects):
        members[subject.province].append(place)
    late = _days_late(sorted(members), table.sending)
    for province, subjects in sorted(members.items()):
        for days, batch in zip(late[province], table.sending.batches, strict=True):
            keys = tuple(table.reported_rows(subjects, batch))
            if keys:
                sent = datetime.combine(batch.until.last_day + timedelta(days=days), _NOON)
                yield PlannedFile(sheet, writer, province, batch, keys, sent)


def _days_late(provinces: Sequence[str], sending: Sending) -> Mapping[str, list[int]]:
    """After how many days each province sent each batch."""
    low, high = sending.days_after
    drawn = Draws(hospital_parameters().seed).uniform(
        sending.drawn, len(provinces), len(sending.batches)
    )
    days = low + np.floor(drawn * (high - low + 1)).astype(np.int64)
    return dict(zip(provinces, days.tolist(), strict=True))
