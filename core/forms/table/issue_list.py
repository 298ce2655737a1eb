"""Collects the problems of a long table, so that one mistake made everywhere is not a flood."""

from collections.abc import Iterable
from typing import Final

from core.forms.model.issues import CellIssue

LISTED_OF_ONE_KIND: Final = 100
"""Times the same problem of one column is listed by cell; more are counted."""
_DIGITS: Final = "0123456789"


class IssueList:
    """Problems in the order they were found; `errors` counts also those not listed by cell."""

    def __init__(self) -> None:
        self.errors = 0
        self._issues: list[CellIssue] = []
        self._times: dict[tuple[str, str, str], int] = {}
        self._first_unlisted: dict[tuple[str, str, str], CellIssue] = {}

    def add(self, issue: CellIssue) -> None:
        kind = issue.code, issue.sheet, issue.cell.rstrip(_DIGITS)
        times = self._times.get(kind, 0) + 1
        self._times[kind] = times
        self.errors += issue.severity == "error"
        if times <= LISTED_OF_ONE_KIND:
            self._issues.append(issue)
        elif times == LISTED_OF_ONE_KIND + 1:
            self._first_unlisted[kind] = issue

    def extend(self, issues: Iterable[CellIssue]) -> None:
        for issue in issues:
            self.add(issue)

    @property
    def issues(self) -> tuple[CellIssue, ...]:
        """The problems listed, and then once for each kind how many more there are (W325)."""
        return (*self._issues, *(self._more(kind) for kind in self._first_unlisted))

    def _more(self, kind: tuple[str, str, str]) -> CellIssue:
        first = self._first_unlisted[kind]
        unlisted = self._times[kind] - LISTED_OF_ONE_KIND
        return CellIssue("W325", first.sheet, first.cell, str(unlisted), first.code)
