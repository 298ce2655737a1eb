"""The cases that stand beside a criterion's file."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from core.criteria.catalog import Catalog
from core.criteria.load import read_yaml
from core.errors import CriteriaError

Outcome = float | Literal["error"] | None | Mapping[str, float | str | None]
_COLUMNS: Final = ("fiscal_year", "part", "reading", "value", "points", "why")


@dataclass(frozen=True)
class Case:
    """One row of a cases file: under this rule, this value must give these points.

    `points` is a number, "error", None for no score, or a mapping of several outputs.
    """

    criterion: str
    fiscal_year: int
    part: str | None
    reading: str | None
    value: Any
    points: Outcome
    why: str


def cases_path(catalog: Catalog, criterion: str) -> Path:
    """The cases file beside a criterion's own."""
    path = catalog.paths[criterion]
    return path.with_name(path.name.removesuffix(".yaml") + ".cases.yaml")


def read_cases(catalog: Catalog, criterion: str) -> tuple[Case, ...]:
    """All cases of a criterion; `CriteriaError` C001 when the file is missing or malformed."""
    path = cases_path(catalog, criterion)
    if not path.exists():
        raise CriteriaError("C001", file=path.name, line=1, reason="the cases file is missing")
    raw = read_yaml(path)
    columns = raw.get("columns", ())
    if set(raw) != {"columns", "rows"} or not set(columns) <= set(_COLUMNS):
        raise CriteriaError("C001", file=path.name, line=1, reason=f"columns are {_COLUMNS}")
    return tuple(_case(criterion, path, columns, row) for row in raw["rows"])


def _case(criterion: str, path: Path, columns: list[str], row: list[Any]) -> Case:
    if len(row) != len(columns):
        raise CriteriaError("C001", file=path.name, line=1, reason=f"row {row} is incomplete")
    said: dict[str, Any] = dict.fromkeys(_COLUMNS) | dict(zip(columns, row, strict=True))
    return Case(criterion, **said)
