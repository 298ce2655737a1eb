"""What a cell of a table form looks like, takes and says of itself: the blank's small print."""

from dataclasses import replace
from typing import Final

from openpyxl.worksheet.datavalidation import DataValidation

from core.criteria.catalog import measures
from core.forms.model.form import Column, Table
from core.forms.model.sheet_style import INPUT, INPUT_TEXT, Look
from core.forms.model.values import plain
from core.forms.table.answers import listed
from core.forms.table.heads.head import needs
from core.forms.table.keys import fiscal_month_name
from core.forms.table.lines import range_of
from core.forms.table.moments import FISCAL_YEARS
from core.text import Language, Text, say

_ANY: Final = 1e14
_LONGEST_ERROR: Final = 225
_LONGEST_LIST: Final = 255
_AMOUNT: Final = replace(INPUT, number_format="#,##0.00")
_COUNT: Final = replace(INPUT, number_format="#,##0.##")
_WHOLE: Final = replace(INPUT, number_format="0")
_ANSWER: Final = replace(INPUT, across="center")


def columns_of(table: Table) -> tuple[Column, ...]:
    """The columns of the blank: of several ways to name a month, the calendar's."""
    return tuple(c for c in table.columns if c.type not in ("fiscal_month", "time_id"))


def required_of(table: Table) -> dict[str, bool]:
    """Columns that must be there; False where other columns may stand in for them."""
    return {
        column.measure: len(need.ways) == 1 or column.type == "month"
        for need in needs(table)
        for column in need.columns
    }


def look_of(column: Column) -> Look:
    """How its cells look, and what they hold."""
    if column.type == "answer":
        return _ANSWER
    if column.type in ("fiscal_year", "quarter", "round"):
        return _WHOLE
    if column.type != "number":
        return INPUT_TEXT
    known = measures().get(column.measure)
    return _AMOUNT if known and known.unit == "baht" else _COUNT


def unit_of(column: Column) -> Text | None:
    """The unit of a column's figures in words; None when it has none worth a word."""
    if column.type in ("answer", "flag"):
        return say("yes / no")
    known = measures().get(column.measure)
    units = {
        "baht": say("baht"),
        "days": say("days"),
        "percent": say("percent"),
        "points": say("points"),
        "count": say("number"),
    }
    return units.get(known.unit) if known else None


def remark_of(column: Column) -> Text | None:
    """What a person may want to know of a column: its hint, and its choices."""
    parts = [column.hint] if column.hint else []
    if column.choices:
        parts.append(listed(column))
    joined = (" ".join(part.in_(language) for part in parts) for language in ("th", "en"))
    return Text(*joined) if parts else None


def comment_of(column: Column, language: Language) -> str:
    """The note on its title: name, code, unit, range, remark."""
    lines = [column.name.in_(language), column.measure]
    facts = ((say("Unit"), unit_of(column)), (say("Allowed"), range_of(column)))
    for title, value in facts:
        if value:
            words = value.in_(language) if isinstance(value, Text) else value
            lines.append(": ".join((title.in_(language), words)))
    if remark := remark_of(column):
        lines.append(remark.in_(language))
    return "\n".join(lines)


def guard_of(column: Column, language: Language) -> DataValidation | None:
    """The check Excel makes on typing; words for "no data" pass."""
    guard = _rule(column, language)
    if guard is not None:
        remark = remark_of(column)
        parts = (range_of(column), remark.in_(language) if remark else "")
        expected = " ".join(part for part in parts if part)
        guard.allow_blank = True
        guard.errorStyle = "warning"
        guard.showErrorMessage = True
        guard.errorTitle = say("Please check").in_(language)
        guard.error = f"{column.name.in_(language)}: {expected}"[:_LONGEST_ERROR]
    return guard


def _rule(column: Column, language: Language) -> DataValidation | None:
    if column.type == "hcode":
        return DataValidation(type="textLength", operator="between", formula1="5", formula2="9")
    if column.type == "fiscal_year":
        return DataValidation(
            type="whole",
            operator="between",
            formula1=str(FISCAL_YEARS[0]),
            formula2=str(FISCAL_YEARS[-1]),
        )
    if words := _words(column):
        listed = _choice([word.in_(language) for word in words])
        # Excel takes a workbook with a longer list for damaged.
        return listed if len(listed.formula1) <= _LONGEST_LIST else None
    return _number_rule(column) if column.type == "number" else None


def _words(column: Column) -> list[Text]:
    """The words a person may choose among."""
    if column.type == "month":
        return [fiscal_month_name(number) for number in range(1, 13)]
    numbers = {"quarter": (1, 2, 3, 4), "round": (1, 2)}.get(column.type, ())
    if numbers:
        return [Text(str(number), str(number)) for number in numbers]
    if column.type in ("flag", "answer"):
        return [say("yes"), say("no")]
    return [choice.name for choice in column.choices if not choice.is_outside]


def _choice(words: list[str]) -> DataValidation:
    return DataValidation(type="list", formula1=f'"{",".join(words)}"')


def _number_rule(column: Column) -> DataValidation:
    low, high = column.valid_range
    if low is not None and high is None:
        return DataValidation("decimal", operator="greaterThanOrEqual", formula1=plain(low))
    lowest, highest = plain(-_ANY if low is None else low), plain(_ANY if high is None else high)
    return DataValidation("decimal", operator="between", formula1=lowest, formula2=highest)
