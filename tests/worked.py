"""Reads the worked example: what was reported, and what a hand made of it.

A section of an indicator is found by its line `Indicator …, form …, period …`; its tables by the
first cell of their heads. A section of another indicator is another section of the document.
"""

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

DOCUMENT = Path(__file__).parents[1] / "docs" / "worked-example.md"
Row = Mapping[str, str]

_TABLE = re.compile(r"^\|.*\n\|[-:| ]+\|\n(?:\|.*\n?)+", re.MULTILINE)
_SECTION = re.compile(
    r"^Indicator `(?P<indicator>[\w.]+)`, form `(?P<form>[\w-]+)`, period `(?P<period>[\w-]+)`\.$",
    re.MULTILINE,
)
_SIGNS: Mapping[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
}


@dataclass(frozen=True)
class Section:
    """What a hand made of one indicator; tables by the first cell of their heads."""

    indicator: str
    form: str
    period: str
    text: str
    tables: Mapping[str, list[Row]]

    def rows(self, kind: str) -> list[Row]:
        return self.tables.get(kind, [])


def number(written: str) -> Fraction:
    """`−9,000,000` as a number."""
    return Fraction(written.replace(",", "").replace("−", "-"))


def worked_out(written: str) -> Fraction:
    """What `(30,000,000 − 6,000,000) ÷ 24,000,000` comes to, exactly."""
    plain = written.replace(",", "").replace("−", "-").replace("×", "*").replace("÷", "/")
    return _value(ast.parse(plain, mode="eval").body)


def _value(node: ast.expr) -> Fraction:
    if isinstance(node, ast.BinOp):
        return _SIGNS[type(node.op)](_value(node.left), _value(node.right))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_value(node.operand)
    assert isinstance(node, ast.Constant), ast.dump(node)
    return Fraction(str(node.value))


def _tables(text: str) -> Iterator[list[Row]]:
    for table in _TABLE.findall(text):
        lines = [line.strip().strip("|").split("|") for line in table.splitlines()]
        head, _, *rows = ([cell.strip().strip("`") for cell in line] for line in lines)
        yield [dict(zip(head, row, strict=True)) for row in rows]


@cache
def sections() -> tuple[Section, ...]:
    """Every indicator of the document."""
    found = []
    for text in re.split(r"^## ", DOCUMENT.read_text(encoding="utf-8"), flags=re.MULTILINE):
        if match := _SECTION.search(text):
            tables = {next(iter(rows[0])): rows for rows in _tables(text)}
            found.append(Section(text=text, tables=tables, **match.groupdict()))
    return tuple(found)


@cache
def reported(form: str) -> Mapping[str, Mapping[str, str]]:
    """Facility -> code of a figure -> what stands in its cell, as reported in one form."""
    text = DOCUMENT.read_text(encoding="utf-8")
    part = re.search(
        rf"^### Form `{re.escape(form)}`\n(.*?)(?=^##)", text, re.DOTALL | re.MULTILINE
    )
    assert part, form
    (rows,) = _tables(part[1])
    facilities = [name for name in rows[0] if name not in {"Figure", "Code"}]
    return {code: {row["Code"]: row[code] for row in rows} for code in facilities}


def workbook(form: str) -> bytes:
    """What was reported in one form, as the .csv an office would send."""
    figures = reported(form)
    columns = list(next(iter(figures.values())))
    lines = [["hcode", *columns]]
    lines += [[hcode, *(told[column] for column in columns)] for hcode, told in figures.items()]
    quoted = (",".join(f'"{cell.replace("−", "-")}"' for cell in line) for line in lines)
    return "\n".join(quoted).encode()
