"""Every figure the core derives can be written as a formula."""

import pytest

from core.criteria.catalog import catalog
from core.criteria.model import DERIVED_FIGURES, Crisis, GradeScale, ThresholdSet
from core.criteria.rule_set import walk
from core.periods import parse_period
from core.reports.verification.book import Book, figure_name
from core.reports.verification.computed import Computed
from core.reports.verification.formulas import given, keeps, listed, quoted, total
from core.reports.verification.inputs import Inputs
from core.reports.verification.model import Ruled, Scope, Verification
from core.reports.verification.workbook import sheets_of
from core.text import Text

MONTH = parse_period("2566-M09")
NOBODY = Text("ไม่มีชื่อ", "No name")


def scope(*rules: Ruled, period: str = "2566-M09") -> Scope:
    return Scope(parse_period(period), NOBODY, (), rules, {})


@pytest.mark.parametrize("name", DERIVED_FIGURES)
def test_every_derived_figure_has_a_formula(name: str) -> None:
    book, empty = Book("en", 2), scope()
    computed = Computed(book, empty, Inputs(book, empty, {}), {}.get)
    known = computed.figure(name)
    row = int(known.value.rpartition("E")[2])
    assert book.figures.cells[row, "B"].value.text not in ("", '""')


@pytest.mark.parametrize("year", [2563, 2565, 2566, 2569])
def test_every_rule_of_hospitals_can_be_written_under_every_reading(year: int) -> None:
    for readings in (
        {},
        *({key: name} for key, s in catalog().switches.items() for name in s.options),
    ):
        rules = catalog().ruleset(year, readings).rules
        kinds = (Crisis, ThresholdSet, GradeScale)
        finance = [rule for rule in rules.values() if isinstance(rule, kinds)]
        ordered = sorted(finance, key=lambda rule: isinstance(rule, GradeScale))
        ruled = [Ruled(rule, NOBODY, None) for rule in ordered]
        made = Verification("1", NOBODY, NOBODY, None, False, (scope(*ruled),), ())
        names = {cell.value for cell in sheets_of(made, "en")[1].cells.values()}
        tests = [node for rule in finance for node in walk(rule)][1:]
        assert all(
            node.name.en in {str(name) for name in names} or node.label
            for node in tests
            if node not in finance
        )


def test_a_figure_is_called_by_what_it_is_made_of() -> None:
    assert figure_name("share:claims.error/claims.sent").en == " ÷ ".join(
        figure_name(code).en for code in ("claims.error", "claims.sent")
    )
    assert figure_name("cash_ratio").en == "cash ratio"
    assert figure_name("finance.cash").th == "เงินสดและรายการเทียบเท่าเงินสด"


def test_cells_that_stand_together_are_one_range() -> None:
    assert listed(["'a'!C1", "'a'!C2", "'a'!C3", "'a'!C5", "'b'!C6"]) == "'a'!C1:C3,'a'!C5,'b'!C6"
    assert total(["'a'!C1", "'a'!C2"]) == "IF(COUNT('a'!C1:C2)<2,\"\",SUM('a'!C1:C2))"


def test_pieces_of_formulas() -> None:
    assert keeps("A1", "within", "B1") == "ABS(A1)<=B1"
    assert given("A1", "B1") == "AND(ISNUMBER(A1),ISNUMBER(B1))"
    assert quoted('a "word"') == '"a ""word"""'
