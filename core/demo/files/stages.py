"""In which order the demonstration is stored: the newest months first, each with all it needs.

Every file has the number it would have if they were stored in the order they were sent, so that a
store filled stage by stage holds the same as one filled at once.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from core.demo.files.csv_files import PlannedFile, planned_files
from core.demo.files.reporting import FORM as FINANCE
from core.demo.files.sheets import Sheet
from core.demo.files.submissions import Submissions
from core.demo.files.tables import DemoTable
from core.forms.model.form import form
from core.periods import Period
from core.store.uploads.bulk import NumberedFile
from core.store.uploads.repository import NewUpload

_QUARTER: Final = 3

_Part = tuple[int, int]
"""A fiscal year and a quarter of it, the first at 0."""


@dataclass(frozen=True)
class Numbered:
    """A file with its number, its version, and the number of its first submission."""

    file: PlannedFile
    submissions: Submissions
    number: int
    version: int
    first: int

    def stored(self) -> NumberedFile:
        """What is stored of it."""
        file = self.file.written()
        submissions = self.submissions.of(file)
        figures = sum(len(one.observations) for one in submissions)
        upload = NewUpload(
            form=file.form,
            form_version=str(form(file.form).version),
            subject=file.area,
            fiscal_year=file.fiscal_year,
            file_name=file.name,
            content=file.content,
            uploaded_by=file.sent_by,
            filled=figures,
            inputs=figures,
            uploaded_at=file.sent_at,
        )
        return NumberedFile(self.number, self.version, self.first, upload, submissions)


@dataclass(frozen=True)
class Stage:
    """Files to store, and the periods that are complete once they are."""

    files: tuple[Numbered, ...]
    periods: frozenset[Period]

    @property
    def months(self) -> int:
        """How many months it completes."""
        return sum(period.part == "M" for period in self.periods)


def stages(tables: Iterable[DemoTable]) -> tuple[Stage, ...]:
    """All stages, a quarter each; all rounds of a year belong to its newest quarter.

    For whoever lists primary care units lists them for all of a year. A month's finance needs that
    of the same month a year before, which is therefore stored with it.
    """
    files = _numbered(tables)
    parts = {_quarter(one.file.batch.until) for one in files}
    newest = {year: max(part for part in parts if part[0] == year) for year, _ in parts}
    completes: dict[_Part, set[Period]] = {part: set() for part in parts}
    holds: dict[_Part, list[Numbered]] = {part: [] for part in parts}
    for one in files:
        part = _quarter(one.file.batch.until)
        if one.file.periods[0].part == "R":
            part = newest[part[0]]
        completes[part].update(one.file.periods)
        later = (part[0] + 1, part[1])
        needed_early = one.file.form == FINANCE and later in parts
        holds[later if needed_early else part].append(one)
    return tuple(
        Stage(tuple(holds[part]), frozenset(completes[part]))
        for part in sorted(parts, reverse=True)
        if holds[part] or completes[part]
    )


def _quarter(period: Period) -> _Part:
    return period.fiscal_year, (period.month.number - 1) // _QUARTER


def _numbered(tables: Iterable[DemoTable]) -> Sequence[Numbered]:
    """Every file in the order they were sent."""
    planned = [
        (file, submissions)
        for sheet in map(Sheet, tables)
        for submissions in [Submissions(sheet)]
        for file in planned_files(sheet)
    ]
    versions: Counter[tuple[str, str, int]] = Counter()
    numbered, first = [], 1
    ordered = sorted(planned, key=lambda pair: pair[0].sent_at)
    for number, (file, submissions) in enumerate(ordered, start=1):
        key = (file.form, file.area, file.fiscal_year)
        versions[key] += 1
        numbered.append(Numbered(file, submissions, number, versions[key], first))
        first += len(file.keys)
    return numbered
