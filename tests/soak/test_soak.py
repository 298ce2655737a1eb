"""A sample of the soak: no file is read wrong without a word, none breaks the program.

`make soak` reads thousands more.
"""

import random
from collections import Counter

import pytest

from core.forms.model.form import TableForm, forms
from core.services.intake.examine import examine
from core.services.intake.kinds import Intake
from tests.soak.books import FORM, book, book_of, table_forms, tried
from tests.soak.draft import KINDS
from tests.soak.judge import CRASH, RIGHT, SILENT, WARNED, judge
from tests.soak.truth import plain

SEED, ROUNDS = 2566, 10
FORMS = [form.id for form in table_forms()] + [FORM]
"""In the order in which they take turns."""
NEVER_CLEAN = {FORM, "planfin"}
"""Of an assessment the judge asks otherwise; a plan of some lines is always told of (W447)."""


@pytest.mark.parametrize("turn", range(len(FORMS)), ids=FORMS)
def test_nothing_is_wrong_in_silence(turn: int) -> None:
    books = [book(SEED, turn + n * len(FORMS)) for n in range(ROUNDS)]
    verdicts = {f"{one.name} {one.kinds}": tried(one) for one in books}
    failed = {name: v for name, v in verdicts.items() if v.outcome in (SILENT, CRASH)}
    assert not failed
    # A reader that refuses everything is never wrong, and of no use.
    outcomes = Counter(v.outcome for v in verdicts.values())
    assert outcomes[RIGHT] + outcomes[WARNED] >= ROUNDS // 5


@pytest.mark.parametrize("number", range(12))
def test_tables_whose_rows_become_other_figures_break_nothing(number: int) -> None:
    others = [f for f in forms().values() if isinstance(f, TableForm) and f.id not in FORMS]
    for form in others:
        one = book_of(form, number, random.Random(f"{form.id}{number}"))
        assert all(issue.text.th for issue in examine(one.data, one.name).issues)


def test_a_file_can_be_made_again_by_its_number() -> None:
    first, second = book(SEED, 3), book(SEED, 3)
    assert (first.truth, first.kinds) == (second.truth, second.kinds)
    assert book(SEED + 1, 3).truth != first.truth


def is_whole(intake: Intake) -> bool:
    """Whether nothing was left out, with a note, that could be the figure that is missing."""
    return {issue.code for issue in intake.issues}.isdisjoint({"W302", "W317", "W322"})


@pytest.mark.parametrize("number", [n for n, one in enumerate(FORMS) if one not in NEVER_CLEAN])
def test_the_judge_sees_a_wrong_figure_and_a_missing_one(number: int) -> None:
    books = (book(1, number + n * len(FORMS)) for n in range(40))
    one, intake = next(
        (one, intake)
        for one, intake in ((one, examine(one.data, one.name)) for one in books)
        if one.truth and judge(intake, one.truth).outcome == RIGHT and is_whole(intake)
    )
    key = min(one.truth)
    assert judge(intake, one.truth | {key: one.truth[key] + 1}).outcome == SILENT
    assert judge(intake, one.truth | {("99998", "2566-M01", "x"): 1.0}).outcome == SILENT


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_has_a_table_it_fits(name: str) -> None:
    rng = random.Random(name)
    drafts = (plain(form, form.tables[0], rng) for form in table_forms() * 12)
    assert any(KINDS[name](draft, rng) for draft in drafts)
