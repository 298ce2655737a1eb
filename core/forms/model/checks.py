"""What the rows of a record are held against, as a form's file says it."""

from collections.abc import Iterator
from typing import Annotated, Literal

from core.criteria.model.base import Id, Listed, Strict

Rule = Literal[
    "share", "total", "parts", "weights", "row_sum", "product", "arithmetic", "words",
    "numbering", "share_of_total", "cumulative", "within_year", "growth", "dated", "all_of",
    "mean", "counted", "fraction", "rising", "all_or_none",
    "whole", "scale", "quarter", "needed",
]  # fmt: skip
"""What a rule holds against what.

`share`: a printed percentage of two columns; `total`: the row of the sum against the rows added up;
`parts`: a row against the rows numbered below it; `weights`: rows of the first level add up to
`to`; `row_sum`: a figure against columns of its row; `product`: of columns of its row;
`arithmetic`: a figure against a sum of products written out; `words`: against itself in Thai words;
`numbering`: a number left out, or a row whose parent is missing; `share_of_total` and `cumulative`:
percentages of the row of the sum, and added up; `within_year`: months of the fiscal year; `growth`:
growth without what it grew from; `dated`: the year of a number against that of its day; `all_of`:
rows of every choice of a column are there; `mean`: the row of the sum is the average; `counted`: as
many rows as are `expected` of a document by its name.
"""


class Counted(Strict):
    """How many rows a document prints whose name contains a word."""

    word: str
    rows: int


class Check(Strict):
    """One rule: `column` is where it is printed, `of` are the columns it follows from."""

    rule: Rule
    column: Id
    of: Annotated[tuple[Id, ...], Listed] = ()
    to: float = 100.0
    expected: Annotated[tuple[Counted, ...], Listed] = ()

    @property
    def columns(self) -> Iterator[str]:
        yield self.column
        yield from self.of
