"""The sheets of a workbook, and what all of them share: edges in cells, words, tolerances."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from openpyxl.utils import get_column_letter

from core.criteria.catalog import measures
from core.criteria.model import count_of, figures_by_kind, of_kind, percent_of
from core.reports.verification.sheets import Formula, Sheet
from core.scoring.base.state_words import state_text, verdict_text
from core.scoring.base.states import State, Verdict
from core.scoring.explain.words import figure_text, kind_text
from core.text import Language, Text, say

CODES: Final = (
    State.REPORTED,
    State.NOT_REPORTED,
    State.NOT_APPLICABLE,
    State.STALE,
    State.CONTRADICTORY,
    State.ERROR,
)
"""States as the workbook counts them, the weightiest reason last: of several the largest counts."""
UNBOUNDED: Final = 1e300
"""Stands for a ratio to nothing: more than any edge."""
_NOISE: Final = 9
"""Decimals that an average of figures people typed may be relied on to."""


def code(state: State) -> int:
    """A state as the workbook counts it."""
    return CODES.index(state)


@dataclass(frozen=True)
class Settings:
    """References to the cells that many formulas share."""

    amount_decimals: str
    noise_decimals: str
    tolerance: str
    unbounded: str
    states: str
    """The words of the reasons why a figure is missing, in the order of their codes from 1."""


class Book:
    """A workbook in the making, in one language."""

    def __init__(self, language: Language, amount_decimals: int) -> None:
        self.language: Language = language
        words = self.words
        self.about = Sheet(words(say("Read me")), (4, 40, 76))
        self.scores = Sheet(
            words(say("Scores")),
            (46, 44, 16, 9, 34, 16, 9, 9, 14, 16, 16, 9, 9, 14, 12, *(9,) * 9),
            aside="P",
        )
        self.figures = Sheet(
            words(say("Figures")), (52, 20, 10, 20, 26, 22, 14, 30, *(9,) * 4), aside="I"
        )
        self.peers = Sheet(words(say("Peers")), (12, 44, *(18,) * 16))
        self.limits = Sheet(words(say("Cut-offs")), (52, 46, 14, 12))
        self.sources = Sheet(words(say("Sources")), (40, 22, 80, 52))
        self.verdicts: dict[Verdict, str] = {}
        self.settings = self._settings(amount_decimals)

    def words(self, text: Text) -> str:
        """A text in the language of the workbook."""
        return text.in_(self.language)

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """All sheets in the order of their tabs."""
        return self.about, self.scores, self.figures, self.peers, self.limits, self.sources

    def heads(self, sheet: Sheet, titles: Sequence[Text]) -> None:
        """A row of column titles."""
        for place, title in enumerate(titles, 1):
            sheet.put(get_column_letter(place), self.words(title), "head")
        sheet.next()

    def limit(self, of: Text, what: Text, value: float, unit: Text | None = None) -> str:
        """A number of a rule in a cell of its own; returns its reference."""
        self.limits.put("A", self.words(of))
        self.limits.put("B", self.words(what))
        cell = self.limits.put("C", value, "edge", format="rule")
        self.limits.put("D", self.words(unit) if unit else "", "small")
        self.limits.next()
        return cell

    def word(self, of: Text, what: Text, word: str) -> str:
        """A word that a formula gives, in a cell of its own."""
        self.limits.put("A", self.words(of))
        self.limits.put("B", self.words(what))
        cell = self.limits.put("C", word, "edge")
        self.limits.next()
        return cell

    def _settings(self, amount_decimals: int) -> Settings:
        sheet, general = self.limits, say("All formulas")
        sheet.put("A", self.words(say("Cut-offs and other numbers of the rules")), "title")
        sheet.next()
        note = say("Formulas take these numbers from here; none stands in a formula itself.")
        sheet.put("A", self.words(note), "lead")
        sheet.next(2)
        sheet.head = sheet.row
        self.heads(sheet, (say("Of"), say("What"), say("Number"), say("Unit")))
        places = [
            (say("Decimals kept of a difference of figures"), float(amount_decimals)),
            (say("Decimals kept of a difference from an average"), float(_NOISE)),
            (say("Largest difference from the stored result that is called equal"), 1e-9),
            (say("Stands for a ratio without an upper bound"), UNBOUNDED),
        ]
        decimals, noise, tolerance, unbounded = (
            self.limit(general, what, value) for what, value in places
        )
        states = [self.word(general, say("Why a figure is missing"), self.words(state_text(one)))
                  for one in CODES[1:]]  # fmt: skip
        for verdict in Verdict:
            word = self.words(verdict_text(verdict))
            self.verdicts[verdict] = self.word(general, say("Verdict"), word)
        first, last = states[0], states[-1].rpartition("!")[2]
        return Settings(decimals, noise, tolerance, unbounded, f"{_fixed(first)}:{_fixed(last)}")


def _fixed(cell: str) -> str:
    """A reference as an absolute one."""
    sheet, bang, place = cell.rpartition("!")
    return f"{sheet}{bang}${place[0]}${place[1:]}"


def figure_name(figure: str) -> Text:
    """What a figure is called: a measure, a derived figure, a percentage of two measures."""
    percent, count = percent_of(figure), count_of(figure)
    if percent is not None:
        part, whole = figure_name(percent.part), figure_name(percent.whole)
        name = {
            "share": say("{part} ÷ {whole}", part=part, whole=whole),
            "subset": say("{part} ÷ {whole}", part=part, whole=whole),
            "change": say("({part} − {whole}) ÷ {whole}", part=part, whole=whole),
            "distance": say("|{part} − {whole}| ÷ {whole}", part=part, whole=whole),
        }[percent.kind]
        return say("{figure}, the worse of all kinds", figure=name) if percent.each else name
    if count is not None:
        return say("{figure}, the worse of all kinds", figure=figure_name(count.code))
    known = measures().get(figure)
    return known.name if known else figure_text(figure)


def kind_names(figure: str) -> dict[str, Text]:
    """What the figure of each kind is called, by kind."""
    return {
        kind: say("{kind}: {figure}", kind=kind_text(kind), figure=figure_name(name))
        for kind, name in figures_by_kind(figure).items()
    }


def kind_measures(figure: str) -> dict[str, tuple[str, ...]]:
    """The measures each kind of a figure is made of, by kind."""
    percent, count = percent_of(figure), count_of(figure)
    if percent is not None:
        return {kind: percent.of(kind) for kind in percent.each}
    return {kind: (of_kind(count.code, kind),) for kind in count.each} if count else {}


def number(value: float) -> float | None:
    """A stored number as a cell holds it; None for NaN, the unbounded as the workbook has it."""
    if math.isnan(value):
        return None
    return max(min(value, UNBOUNDED), -UNBOUNDED)


def formula(text: str) -> Formula:
    """A formula."""
    return Formula(text)
