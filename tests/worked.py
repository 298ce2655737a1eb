"""Reads the worked example: what was reported, and what a hand made of it.

A heading `### Form …` holds the tables of one file that an office sent; a column begins with the
code of its facility. A section of results is found by its line `Indicator …, form …, period …`, one
of lights by `Matrix …, period …`; tables go by the first cell of their heads.
"""

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path

DOCUMENT = Path(__file__).parents[1] / "docs" / "worked-example.md"
HOSPITAL = "99911"
Row = Mapping[str, str]

_TABLE = re.compile(r"^\|.*\n\|[-:| ]+\|\n(?:\|.*\n?)+", re.MULTILINE)
_FORM = re.compile(r"^### Form `(?P<form>[\w-]+)`.*\n(?P<text>(?:(?!##).*\n)*)", re.MULTILINE)
_SECTION = re.compile(
    r"^Indicators? (?P<indicators>[`\w., ]+?),\s+form\s+`(?P<form>[\w-]+)`,"
    r"\s+period\s+`(?P<period>[\w-]+)`\.$",
    re.MULTILINE,
)
_MATRIX = re.compile(r"^Matrix `(?P<matrix>[\w.]+)`, period `(?P<period>[\w-]+)`\.$", re.MULTILINE)
_SIGNS: Mapping[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
}


@dataclass(frozen=True)
class Sheet:
    """One file of a form: heading of a column -> code of a figure -> what stands in its cell.

    `parts` are the lines of a checklist: the code of an answer -> its part of the criterion.
    """

    form: str
    name: str
    columns: Mapping[str, Row]
    parts: Mapping[str, str]

    def csv(self) -> bytes:
        """The file as an office would send it."""
        codes = list(dict.fromkeys(code for told in self.columns.values() for code in told))
        lines = [["hcode", *codes]]
        for heading, told in self.columns.items():
            lines.append([subject_of(heading), *(told.get(code, "") for code in codes)])
        quoted = (",".join(f'"{cell.replace("−", "-")}"' for cell in line) for line in lines)
        return "\n".join(quoted).encode()

    def told(self, subject: str, period: str) -> Iterator[Row]:
        """What one facility reported of a period in it."""
        for heading, told in self.columns.items():
            if (subject_of(heading), _period(told)) == (subject, period):
                yield told


@dataclass(frozen=True)
class Section:
    """What a hand made of some indicators of a form in one period."""

    indicators: tuple[str, ...]
    form: str
    period: str
    text: str
    tables: Mapping[str, list[Row]]

    def rows(self, kind: str) -> list[Row]:
        return self.tables.get(kind, [])

    def part(self, row: Row) -> str:
        """The full id of a row's part: below the section's indicator unless it names its own."""
        local = row["Part"]
        owners = (one for one in self.indicators if local.startswith(f"{one}."))
        return local if next(owners, None) else f"{self.indicators[0]}.{local}"

    @cached_property
    def subjects(self) -> tuple[str, ...]:
        """The facilities it is about."""
        results = self.rows("Result")
        return tuple(dict.fromkeys(facility_of(row) for row in results))

    def answers(self, subject: str) -> dict[str, str]:
        """The parts that are answers of the form's checklist, with what was answered."""
        return {
            f"{self.indicators[0]}.{sheet.parts[code]}": answer
            for sheet in sheets()
            if sheet.form == self.form and (self.indicators[0], self.form) in CHECKLISTS
            for told in sheet.told(subject, self.period)
            for code, answer in told.items()
            if code in sheet.parts
        }


CHECKLISTS = {("msss.score", "msss-4s4p"), ("transfer.level", "transfer")}
"""What the parts of a form's checklist are parts of."""


@dataclass(frozen=True)
class Matrix:
    """What lights the hospital shows in one matrix."""

    matrix: str
    period: str
    text: str
    rows: list[Row]


def facility_of(row: Row) -> str:
    """Whose row it is: the hospital's unless it names another facility."""
    return row.get("Facility", HOSPITAL)


def subject_of(heading: str) -> str:
    """The facility of a column: `99911 in round 2`."""
    return heading.partition(" ")[0]


def _period(told: Row) -> str:
    if "fiscal_year" not in told:
        return ""
    month = told.get("fiscal_month", "")
    part = f"M{int(month):02}" if month else f"R{told['round']}"
    return f"{told['fiscal_year']}-{part}"


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


def _by_kind(text: str) -> dict[str, list[Row]]:
    tables = list(_tables(text))
    kinds = [next(iter(rows[0])) for rows in tables]
    assert len(kinds) == len(set(kinds)), kinds
    return dict(zip(kinds, tables, strict=True))


@cache
def _document() -> str:
    return DOCUMENT.read_text(encoding="utf-8")


@cache
def _parts() -> tuple[str, ...]:
    return tuple(re.split(r"^## ", _document(), flags=re.MULTILINE))


@cache
def sections() -> tuple[Section, ...]:
    """Everything a hand made of indicators, in the order of the document."""
    found = []
    for text in _parts():
        if match := _SECTION.search(text):
            indicators = tuple(re.findall(r"`([\w.]+)`", match["indicators"]))
            tables = _by_kind(text)
            found.append(Section(indicators, match["form"], match["period"], text, tables))
    return tuple(found)


@cache
def matrices() -> tuple[Matrix, ...]:
    """Every matrix of the document."""
    matched = ((text, _MATRIX.search(text)) for text in _parts())
    return tuple(
        Matrix(match["matrix"], match["period"], text, _by_kind(text)["Light of"])
        for text, match in matched
        if match
    )


@cache
def areas() -> Mapping[str, list[Row]]:
    """The tables of what areas come to."""
    (text,) = (text for text in _parts() if "| Share of |" in text)
    return _by_kind(text)


@cache
def sheets() -> tuple[Sheet, ...]:
    """Every file that was sent, the register's first."""
    found = []
    for match in _FORM.finditer(_document()):
        columns: dict[str, dict[str, str]] = {}
        parts: dict[str, str] = {}
        for rows in _tables(match["text"]):
            for row in rows:
                parts |= {row["Code"]: row["Part"]} if row.get("Part") else {}
                for heading, cell in row.items():
                    if heading[:5].isdigit():
                        columns.setdefault(heading, {})[row["Code"]] = cell
        name = f"{match['form']}-{len(found)}.csv"
        found.append(Sheet(match["form"], name, columns, parts))
    return tuple(found)
