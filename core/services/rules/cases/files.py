"""The cases that stand beside a criterion's file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from core.criteria.catalog import Catalog
from core.criteria.faults import Fault, FaultyFileError, fault
from core.criteria.load import cached_yaml, places_of
from core.criteria.rule_set import walk
from core.text import Text, say

Outcome = float | Literal["error"] | None | Mapping[str, float | str | None]
_YEAR_END: Final = 12
_COLUMNS: Final = ("fiscal_year", "part", "reading", "value", "points", "why")


@dataclass(frozen=True)
class Case:
    """One row of a cases file: under this rule, this value must give these points.

    `points` is a number, "error", None for no score, or a mapping of several outputs. `row` counts
    the rows of the file from 0.
    """

    criterion: str
    row: int
    fiscal_year: int
    part: str | None
    reading: str | None
    value: Any
    points: Outcome
    why: str


def month_of(case: Case) -> int:
    """The fiscal month a case lies in; the year's last where it names none."""
    month = case.value.get("month") if isinstance(case.value, Mapping) else None
    return month or _YEAR_END


def cases_path(catalog: Catalog, criterion: str) -> Path:
    """The cases file beside a criterion's own."""
    path = catalog.paths[criterion]
    return path.with_name(path.name.removesuffix(".yaml") + ".cases.yaml")


def read_cases(catalog: Catalog, criterion: str) -> tuple[Case, ...]:
    """All cases of a criterion; `FaultyFileError` when the file is missing or malformed."""
    path = cases_path(catalog, criterion)
    if not path.exists():
        raise FaultyFileError([fault(path, 1, say("the cases file is missing"))])
    raw = cached_yaml(path)
    wrong = _header_fault(raw)
    if wrong is not None:
        raise FaultyFileError([fault(path, 1, wrong)])
    columns = raw["columns"]
    faults = list(_row_faults(catalog, criterion, path, columns, raw["rows"]))
    if faults:
        raise FaultyFileError(faults)
    return tuple(_case(criterion, n, columns, row) for n, row in enumerate(raw["rows"]))


def line_of(catalog: Catalog, case: Case) -> int:
    """The line of a case in its file."""
    return places_of(cases_path(catalog, case.criterion)).line(("rows", case.row))


def _header_fault(raw: Any) -> Text | None:
    if not isinstance(raw, dict) or set(raw) != {"columns", "rows"}:
        return say("a cases file has columns and rows")
    columns, rows = raw["columns"], raw["rows"]
    if not isinstance(columns, list) or not isinstance(rows, list):
        return say("columns and rows are lists")
    strange = [str(column) for column in columns if column not in _COLUMNS]
    if strange or not {"fiscal_year", "value", "points"} <= set(columns):
        return say(
            "columns are {known}; here {columns}",
            known=", ".join(_COLUMNS),
            columns=", ".join(map(str, columns)),
        )
    return None


def _row_faults(
    catalog: Catalog, criterion: str, path: Path, columns: Sequence[str], rows: Sequence[Any]
) -> Iterator[Fault]:
    for number, row in enumerate(rows):
        reason = _row_fault(catalog, criterion, columns, row)
        if reason is not None:
            yield fault(path, places_of(path).line(("rows", number)), reason)


def _row_fault(catalog: Catalog, criterion: str, columns: Sequence[str], row: Any) -> Text | None:
    if not isinstance(row, list) or len(row) != len(columns):
        return say("a case needs {count} values, as columns says", count=len(columns))
    case = _case(criterion, 0, columns, row)
    editions = catalog.criteria[criterion].editions
    edition = next((one for one in editions if one.holds_in(case.fiscal_year)), None)
    if edition is None:
        return say("no edition holds in fiscal year {year}", year=case.fiscal_year)
    full_id = f"{criterion}.{case.part}"
    if case.part is not None and full_id not in {node.id for node in walk(edition.rule)}:
        return say("there is no rule or part {id}", id=full_id)
    known = [f"{k}={o}" for k, switch in catalog.switches.items() for o in switch.options]
    if case.reading is not None and case.reading not in known:
        own = [name for name in known if name.partition("=")[0] in edition.readings]
        return say(
            "there is no reading {reading}. Known: {known}",
            reading=case.reading,
            known=", ".join(own) or "–",
        )
    return None


def _case(criterion: str, number: int, columns: Sequence[str], row: Sequence[Any]) -> Case:
    fields: dict[str, Any] = dict.fromkeys(_COLUMNS) | dict(zip(columns, row, strict=True))
    return Case(criterion, number, **fields)
