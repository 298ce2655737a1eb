"""A verification as the sheets of a workbook."""

import math
from typing import Final

import numpy as np

from core.periods import day_text, in_thailand
from core.quantities import finest_scale
from core.reports.verification.book import Book
from core.reports.verification.computed import Computed
from core.reports.verification.inputs import Inputs, Known
from core.reports.verification.judging import Judging
from core.reports.verification.model import Verification
from core.reports.verification.peers import Peers
from core.reports.verification.rows import titles
from core.reports.verification.sheets import Formula, Sheet
from core.reports.verification.wholes import Wholes
from core.text import Language, Text, say

_NONE: Final = Text("–", "–")


def sheets_of(made: Verification, language: Language) -> tuple[Sheet, ...]:
    """The sheets of a verification workbook, its formulas referring to one another."""
    book = Book(language, _decimals(made))
    _scores_head(book, made)
    _figures_head(book)
    _peers_head(book)
    typed: dict[object, tuple[str, str]] = {}
    for scope in made.scopes:
        inputs = Inputs(book, scope, typed)
        results: dict[str, Known] = {}
        computed = Computed(book, scope, inputs, results.get)
        peers = Peers(book, scope, computed, (made.hcode, made.place))
        judging = Judging(book, scope, computed, peers)
        wholes = Wholes(book, scope, judging)
        wholes.results = results
        book.scores.put("A", book.words(scope.name), "title")
        book.scores.next()
        for ruled in scope.rules:
            wholes.write(ruled)
        book.figures.next(2)
    _sources(book, made)
    _about(book, made)
    return book.sheets


def _decimals(made: Verification) -> int:
    """Decimals of the finest figure, at least those of a satang."""
    values = [one.value for scope in made.scopes for one in scope.figures if one.value is not None]
    scale = np.max(finest_scale([np.array(values, dtype=np.float64)]))
    return round(math.log10(float(scale)))


def _scores_head(book: Book, made: Verification) -> None:
    sheet = book.scores
    sheet.put("A", book.words(say("Scores of {place}", place=made.place)), "title")
    sheet.next()
    note = say("Change a yellow cell of the sheet of figures, and every score follows.")
    sheet.put("A", book.words(note), "lead")
    sheet.next(2)
    sheet.head = sheet.row
    book.heads(sheet, titles())


def _figures_head(book: Book) -> None:
    sheet = book.figures
    sheet.put("A", book.words(say("Figures the scores are computed from")), "title")
    sheet.next()
    note = say("Yellow cells may be changed. An empty cell is a figure that is missing, never 0.")
    sheet.put("A", book.words(note), "lead")
    sheet.head = sheet.row
    sheet.next(2)


def _peers_head(book: Book) -> None:
    sheet = book.peers
    sheet.put("A", book.words(say("What figures are held against in the hospital group")), "title")
    sheet.next()
    note = say("Figures of the other hospitals are as they were when the results were computed.")
    sheet.put("A", book.words(note), "lead")
    sheet.head = sheet.row
    sheet.next(2)


def _sources(book: Book, made: Verification) -> None:
    sheet = book.sources
    sheet.put("A", book.words(say("Where the rules are from, and what is assumed")), "title")
    sheet.next(2)
    sheet.head = sheet.row
    book.heads(sheet, (say("Rule"), say("What"), say("Text"), say("Place in the document")))
    for one in made.sources:
        for column, text in zip("ABC", (one.rule, one.kind, one.text), strict=True):
            sheet.put(column, book.words(text))
        sheet.put("D", one.where)
        sheet.next()


def _about(book: Book, made: Verification) -> None:
    sheet, words = book.about, book.words
    title = say("Verification workbook: {place}", place=made.place)
    sheet.put("A", words(title), "title")
    sheet.next()
    if made.is_demonstration:
        sheet.put(
            "A", words(say("Demonstration: all hospitals and figures are invented.")), "alert"
        )
        sheet.next()
    sheet.next()
    as_of = day_text(in_thailand(made.as_of).date()) if made.as_of else _NONE
    facts = (
        (say("Code"), made.hcode), (say("Hospital"), words(made.place)),
        (say("Period"), words(made.period)), (say("Results as of"), words(as_of)),
    )  # fmt: skip
    for name, value in facts:
        sheet.put("B", words(name), "strong")
        sheet.put("C", value)
        sheet.next()
    _counted(book)
    sheet.next()
    for number, line in enumerate(_guide(book), 1):
        sheet.put("A", number, "small")
        sheet.put("B", words(line[0]), "strong")
        sheet.put("C", words(line[1]))
        sheet.next()


def _counted(book: Book) -> None:
    """How many rows are equal to what is stored, and how many differ."""
    sheet, checks = book.about, book.scores.checks
    if not checks:
        return
    first, last = checks[0], checks[-1].rpartition("!")[2]
    for title, word in (
        (say("Rows equal to the stored result"), say("Equal")),
        (say("Rows that differ from it"), say("Differs")),
    ):
        sheet.put("B", book.words(title), "strong")
        text = f'COUNTIF({first}:{last},"{book.words(word)}")'
        sheet.put("C", Formula(text), "total", format="count")
        sheet.next()


def _guide(book: Book) -> tuple[tuple[Text, Text], ...]:
    return (
        (
            say("What this is"),
            say(
                "Every score of the hospital, computed again by formulas from the figures that "
                "were sent. The program scores without these formulas: where both are equal, "
                "either proves the other."
            ),
        ),
        (
            say("Sheet “{sheet}”", sheet=book.scores.title),
            say(
                "A row for each test: its figure, its cut-off and its points as formulas, beside "
                "them what is stored, and whether both are equal. The grey columns at the right "
                "are steps between."
            ),
        ),
        (
            say("Sheet “{sheet}”", sheet=book.figures.title),
            say(
                "Every figure with its file, sheet and cell, and below them what is computed from "
                "it. Yellow cells may be changed: scores follow, what is stored stays, and the "
                "rows that differ say so."
            ),
        ),
        (
            say("Missing figures"),
            say(
                "A missing figure is an empty cell, and what needs it is not judged; it is never "
                "taken for 0. Beside it stands why it is missing. States in the grey columns: 0 "
                "reported, 1 not reported, 2 does not apply, 3 too old, 4 contradictory, 5 error."
            ),
        ),
        (
            say("Sheet “{sheet}”", sheet=book.peers.title),
            say(
                "Figures of the hospitals of the same group, whose mean, deviation or median a "
                "test is held against; or the value the ministry published."
            ),
        ),
        (
            say("Sheet “{sheet}”", sheet=book.limits.title),
            say(
                "Every cut-off, points and other number of the rules in a cell of its own, as the "
                "readings in force have it. Sheets are locked without a password."
            ),
        ),
        (
            say("Sheet “{sheet}”", sheet=book.sources.title),
            say(
                "Document and page of each rule, what is assumed, and the reading in force where "
                "the source contradicts itself."
            ),
        ),
    )
