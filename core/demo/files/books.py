"""The trial balances some hospitals of the demonstration send: a file each, one line an account."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Final

from core.demo.accounts.books import DemoBooks, books_of, books_parameters
from core.demo.accounts.finance import demo_finance
from core.demo.files.csv_files import DemoFile
from core.demo.files.reporting import demo_reports
from core.demo.files.senders import sender_of
from core.forms.trial_balance.accounts import chart
from core.forms.trial_balance.header import ACCOUNT, CARRIED, FORM, balance_table
from core.services.exports.delimited import delimited

_COLUMNS: Final = ("hcode", "time_id", ACCOUNT, "account_name", *CARRIED)
_NOON: Final = time(5, 0)


def book_files() -> Iterator[DemoFile]:
    """A file for one hospital of each story."""
    parameters = books_parameters()
    for story in parameters.stories:
        books = books_of(_first(story))
        sent = books.months[-1].last_day + timedelta(days=parameters.days_after)
        yield DemoFile(
            name=parameters.file_name.format(hcode=books.hcode, year=parameters.fiscal_year),
            form=FORM,
            area=books.hcode,
            fiscal_year=parameters.fiscal_year,
            content=_content(books),
            sent_by=sender_of(books.province),
            sent_at=datetime.combine(sent, _NOON, tzinfo=UTC),
        )


def _first(story: str) -> int:
    """The first hospital of a story whose reports have neither gaps nor slips."""
    reports = demo_reports()
    slips = {cell.subject for cell in (*reports.typed, *reports.twice)}
    return next(
        place
        for place, at_place in enumerate(demo_finance().stories)
        if at_place == story and reports.reported[place].all() and place not in slips
    )


def _content(books: DemoBooks) -> bytes:
    titles = {column.measure: column.name.th for column in balance_table().columns}
    rows: list[list[object]] = [[titles[name] for name in _COLUMNS]]
    for place, month in enumerate(books.months):
        for account, balances in books.balances.items():
            amount = float(balances[place])
            sides = (max(amount, 0.0), max(-amount, 0.0))
            shown = [f"{side:.2f}" for side in sides]
            code = f"{month.fiscal_year}{month.number:02}"
            rows.append([books.hcode, code, account, chart().title(account), *shown])
    return delimited(rows)
