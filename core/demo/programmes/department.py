"""The files of a department's year: each table of its report as it would be sent."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from functools import cache
from typing import Annotated, Any, Final

from core.criteria.load import DATA_FOLDER, read_model
from core.criteria.model.base import Listed, Strict
from core.demo.files.csv_files import DemoFile
from core.demo.files.senders import sender_of
from core.demo.programmes.relief import table_csv
from core.periods import Period

_NOON: Final = time(5, 0)
_Rows = Annotated[tuple[Mapping[str, Any], ...], Listed]


class Department(Strict):
    """`data/demo/department.yaml`: its rows by form and table."""

    office: str
    province: str
    fiscal_year: int
    days_after: int
    file_name: str
    forms: Mapping[str, Mapping[str, _Rows]]


@cache
def department() -> Department:
    """The department of the data file."""
    return read_model(DATA_FOLDER / "demo" / "department.yaml", Department)


def department_files() -> Iterator[DemoFile]:
    """A file for every table that the department fills in."""
    own = department()
    head = {"office": own.office, "fiscal_year": own.fiscal_year}
    sent = Period(own.fiscal_year).last_day + timedelta(days=own.days_after)
    for form, tables in own.forms.items():
        for table, rows in tables.items():
            yield DemoFile(
                name=own.file_name.format(form=form, table=table, year=own.fiscal_year),
                form=form,
                area=own.province,
                fiscal_year=own.fiscal_year,
                content=table_csv(form, table, ({**head, **row} for row in rows)),
                sent_by=sender_of(own.province),
                sent_at=datetime.combine(sent, _NOON, tzinfo=UTC),
            )
