"""Results of rules as rows of formulas: levels, scores, grades, indicators."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from core.criteria.model import Crisis, GradeScale, Indicator, Survival, ThresholdSet
from core.criteria.model.base import Band
from core.criteria.model.finance import VerdictBand
from core.reports.verification.book import Book, formula
from core.reports.verification.formulas import NOTHING, given, lies_in, listed, when
from core.reports.verification.inputs import Known
from core.reports.verification.judging import Judging
from core.reports.verification.model import Ruled, Scope, Stored, StoredPart
from core.reports.verification.rows import (
    COMPLETE,
    EARNED,
    FIGURE,
    FULL,
    MISSING,
    POINTS,
    POSSIBLE,
    RESULT,
    STATE,
    UNHELD,
    VALUE,
    Row,
    of_possible,
    whole_state,
)
from core.scoring.base.state_words import verdict_text
from core.scoring.base.states import Verdict
from core.scoring.explain.wording import rule_sentence
from core.scoring.explain.words import interval_text, signs_text
from core.text import Text, say

_VERDICTS: Final[Mapping[str, Verdict]] = {
    "pass": Verdict.PASS, "watch": Verdict.WATCH, "fail": Verdict.FAIL,
}  # fmt: skip
_NO_PART: Final = StoredPart(*(float("nan"),) * 4)


class Wholes:
    """Writes the rules of a scope, each after those it needs."""

    def __init__(self, book: Book, scope: Scope, judging: Judging) -> None:
        self.book, self.scope, self.judging = book, scope, judging
        self.sheet, self.writer = book.scores, judging.writer
        self.results: dict[str, Known] = {}
        self._scores: dict[str, Row] = {}

    def write(self, ruled: Ruled) -> None:
        """Write a rule: its name, its tests, and what they come to."""
        sheet, rule = self.sheet, ruled.rule
        sheet.put("A", self.book.words(ruled.name), "band")
        sheet.put("B", self.book.words(rule_sentence(rule)), "band")
        for column in "CDEFGHIJKLMNO":
            sheet.put(column, "", "band")
        sheet.next()
        if isinstance(rule, Crisis):
            self._crisis(rule, ruled.stored)
        elif isinstance(rule, ThresholdSet):
            self._score(rule, ruled.stored)
        elif isinstance(rule, GradeScale):
            self._grade(rule, ruled.stored)
        elif isinstance(rule, Indicator):
            self._indicator(rule, ruled.stored)
        sheet.next()

    def _part(self, stored: Stored | None) -> Callable[[str], StoredPart | None]:
        return stored.parts.get if stored else _nothing_stored

    def _total(self, name: Text) -> None:
        self.writer.name(self.book.words(name), None, 0, strong=True)

    # The crisis level

    def _crisis(self, rule: Crisis, stored: Stored | None) -> None:
        part, put = self._part(stored), self.writer.put
        rows = {one.id: self.judging.part(one, part, 1) for one in rule.blocks}
        survival = self._survival(rule.survival, part)
        self._total(say("Crisis level"))
        blocks = list(rows.values())
        known = f"AND(ISNUMBER({survival}),{','.join(f'{one.complete}=1' for one in blocks)})"
        added = listed([survival, *(one.earned for one in blocks)])
        level = put(FIGURE, when(known, f"SUM({added})"), strong=True)
        put(POINTS, f"IF(ISNUMBER({level}),{level},{NOTHING})", strong=True)
        put(FULL, self.book.limit(rule.name, say("Worst level"), rule.full))
        put(RESULT, self._banded(rule, level), strong=True)
        states = [one.state for block in blocks for one in block.items]
        put(STATE, whole_state(f"ISNUMBER({level})", states))
        self._stored(stored)

    def _banded(self, rule: Crisis, level: str) -> str:
        """The verdict of a level: up to an edge, the edge included; the last for the rest."""
        *inner, last = rule.verdicts
        conditions = [(f"NOT(ISNUMBER({level}))", Verdict.NOT_JUDGED)]
        for band in inner:
            edge = self._verdict_edge(rule, band)
            conditions.append((f"{level}<={edge}", _VERDICTS[band.verdict]))
        return self.writer.verdict(conditions, _VERDICTS[last.verdict])

    def _verdict_edge(self, rule: Crisis, band: VerdictBand) -> str:
        what = say(
            "Highest level of this verdict: {verdict}",
            verdict=verdict_text(_VERDICTS[band.verdict]),
        )
        return self.book.limit(rule.name, what, band.up_to or 0.0)

    def _survival(self, rule: Survival, part: Callable[[str], StoredPart | None]) -> str:
        """Points by the signs of working capital and income; returns where they stand."""
        computed, put = self.judging.computed, self.writer.put
        capital, income = (
            computed.figure(name).value for name in ("net_working_capital", "income")
        )
        months = computed.figure("capital_months").value
        self.writer.name(self.book.words(rule.name), rule.hint or rule_sentence(rule), 1)
        figure = put(FIGURE, f"IF(ISNUMBER({months}),{months},{NOTHING})")
        unit = self.scope.units.get("capital_months", Text("", ""))
        self.sheet.put("D", self.book.words(unit), "small")
        cases = {}
        for case in rule.cases:
            title = signs_text(case.capital, case.income)
            cases[case.capital, case.income] = self._looked_up(rule, title, figure, case.bands)
        by_capital = [
            f"IF({income}<0,{cases[sign, 'negative']},{cases[sign, 'not_negative']})"
            for sign in ("negative", "not_negative")
        ]
        points = f"IF({capital}<0,{by_capital[0]},{by_capital[1]})"
        cell = put(POINTS, when(given(capital, income, figure), points), strong=True)
        put(FULL, self.book.limit(rule.name, say("Full marks"), rule.full))
        self.writer.stored(part(rule.id))
        self.sheet.next()
        return cell

    def _looked_up(self, rule: Survival, title: Text, figure: str, bands: Sequence[Band]) -> str:
        """The points of the first rung a number falls into."""
        written = ""
        for band in reversed(bands):
            name = say("{what}: {edge}", what=title, edge=_rung(band))
            points = self.book.limit(rule.name, say("Points, {what}", what=name), band.points)
            if band.edge is None:
                written = points
                continue
            edge = self.book.limit(rule.name, say("Months, {what}", what=name), band.edge)
            sign = "<" if band.below is not None else "<="
            written = f"IF({figure}{sign}{edge},{points},{written})"
        return written

    # The score and its grade

    def _score(self, rule: ThresholdSet, stored: Stored | None) -> None:
        part, put, sheet = self._part(stored), self.writer.put, self.sheet
        rows = tuple(self.judging.part(one, part, 1) for one in rule.parts)
        self._total(say("Score"))
        self.judging.summed(rows)
        possible, earned = sheet.at(POSSIBLE), sheet.at(EARNED)
        score = put(FIGURE, of_possible(possible, earned), strong=True)
        put(POINTS, f"IF(ISNUMBER({score}),{score},{NOTHING})", strong=True)
        put(FULL, possible)
        self._scores[rule.id] = self.judging.block_row(
            rule.id, sheet.at(POINTS), sheet.at(FULL), rows
        )
        self._stored(stored)

    def _grade(self, rule: GradeScale, stored: Stored | None) -> None:
        score, put = self._scores[rule.of], self.writer.put
        self._total(say("Grade"))
        graded = f"AND(ISNUMBER({score.points}),{score.complete}=1)"
        edges = [
            (one, self.book.limit(one.name, say("Lowest score of grade {grade}", grade=one.grade),
                                  one.at_least or 0.0))
            for one in rule.grades[:-1]
        ]  # fmt: skip
        letters = [self.book.word(one.name, say("Grade"), one.grade) for one in rule.grades]
        written = letters[-1]
        for (_one, edge), letter in zip(reversed(edges), reversed(letters[:-1]), strict=True):
            written = f"IF({score.points}>={edge},{letter},{written})"
        put(RESULT, when(graded, written), strong=True)
        self.writer.stored(_NO_PART if stored else None, (stored.grade or "") if stored else "")
        self.sheet.next()
        self._total(say("Verdict of the grade"))
        conditions = [(f"NOT({graded})", Verdict.NOT_JUDGED)]
        conditions += [(f"{score.points}>={edge}", _VERDICTS[one.verdict]) for one, edge in edges]
        put(RESULT, self.writer.verdict(conditions, _VERDICTS[rule.grades[-1].verdict]),
            strong=True)  # fmt: skip
        self.writer.stored(_NO_PART if stored else None, self._word(stored))
        self.sheet.next()

    # Indicators

    def _indicator(self, rule: Indicator, stored: Stored | None) -> None:
        part, put, sheet = self._part(stored), self.writer.put, self.sheet
        rows = tuple(self.judging.part(one, part, 1) for one in rule.parts)
        best, worst = self._ends(rule, rows)
        self._total(say("Result"))
        unit = "" if rule.value == "blocks_passed" else "%"
        sheet.put("D", unit, "small")
        self.judging.summed(rows)
        possible, earned = sheet.at(POSSIBLE), sheet.at(EARNED)
        value = put(FIGURE, self._value(rule, rows), strong=True)
        put(POINTS, of_possible(possible, earned), strong=True)
        put(FULL, possible)
        settled = self._judged(rule, value, best, worst)
        items = [one.state for row in rows for one in (row.items or (row,)) if not one.is_shown]
        complete = f"{sheet.at(COMPLETE)}=1"
        reason = (
            whole_state(complete, items) if items else whole_state("FALSE", [_first(rows).state])
        )
        state = put(STATE, f"IF({settled},0,IF({reason}=0,5,{reason}))")
        self.results.setdefault(rule.id, Known(self._as_measure(value, state), state))
        self._stored(stored)
        if rule.grades:
            self._grades(rule, stored, best, worst)

    def _as_measure(self, value: str, state: str) -> str:
        """The value as a figure of other rules: only where it stands for good."""
        return self.sheet.put(VALUE, formula(f"IF({state}=0,{value},{NOTHING})"), "aside")

    def _value(self, rule: Indicator, rows: Sequence[Row]) -> str:
        earned, possible = self.sheet.at(EARNED), self.sheet.at(POSSIBLE)
        if rule.value == "figure":
            figure = _first(rows).figure
            return f"IF(ISNUMBER({figure}),{figure},{NOTHING})"
        if rule.value == "blocks_passed":
            return _passed(rows, possible, perhaps=False)
        part = earned if rule.value == "percent_earned" else f"{possible}-{earned}"
        return of_possible(possible, f"100*({part})/{possible}")

    def _ends(self, rule: Indicator, rows: Sequence[Row]) -> tuple[str, str]:
        """Two rows of what the value could still become, the best first; the same where settled."""
        if rule.value == "figure":
            figure = _first(rows).figure
            return figure, figure
        written = []
        for place, name in enumerate((say("At best, with what is missing"),
                                      say("At worst, with what is missing"))):  # fmt: skip
            self.writer.name(self.book.words(name), None, 1)
            self.judging.summed(tuple(rows))
            written.append(self.writer.put(FIGURE, self._end(rule, rows, is_best=place == 0)))
            self.sheet.next()
        return written[0], written[1]

    def _end(self, rule: Indicator, rows: Sequence[Row], *, is_best: bool) -> str:
        at = self.sheet.at
        earned, possible = at(EARNED), at(POSSIBLE)
        if rule.value == "blocks_passed":
            return _passed(rows, possible, perhaps=is_best)
        missing = at(UNHELD) if rule.missing == "left_out" else at(MISSING)
        part = earned if rule.value == "percent_earned" else f"{possible}-{earned}"
        # What is missing turns out well for points earned, and badly for tests failed.
        more = is_best == (rule.value == "percent_earned")
        upper = f"{part}+{missing}" if more else part
        share = f"100*({upper})/({possible}+{missing})"
        return when(given(missing), when(f"{possible}>0", share))

    def _judged(self, rule: Indicator, value: str, best: str, worst: str) -> str:
        """Write the verdict; returns the condition that the result is settled."""
        put = self.writer.put
        if rule.good is None:
            put(RESULT, self.book.verdicts[Verdict.NOT_JUDGED])
            return f"AND({given(value)},{best}={worst})"
        edges = {
            op: self.book.limit(rule.name, say("Good: {edge}", edge=interval_text({op: edge})),
                                edge)
            for op, edge in rule.good.edges.items()
        }  # fmt: skip
        self.sheet.put("E", self.book.words(interval_text(rule.good.edges)))
        well, badly = lies_in(best, edges), lies_in(worst, edges)
        known = f"AND({given(best, worst)},{well}={badly})"
        conditions = [(f"NOT({known})", Verdict.NOT_JUDGED), (well, Verdict.PASS)]
        put(RESULT, self.writer.verdict(conditions, Verdict.FAIL), strong=True)
        return known

    def _grades(self, rule: Indicator, stored: Stored | None, best: str, worst: str) -> None:
        """The grade; none while missing tests could change it."""
        self._total(say("Grade"))
        *inner, last = rule.grades
        letters = {one.grade: self.book.word(rule.name, one.name, one.grade) for one in rule.grades}
        edges = {
            one.grade: self.book.limit(rule.name, say("Grade {grade}: above", grade=one.grade),
                                       one.above or 0.0)
            for one in inner
        }  # fmt: skip

        def letter(end: str) -> str:
            written = letters[last.grade]
            for one in reversed(inner):
                written = f"IF({end}>{edges[one.grade]},{letters[one.grade]},{written})"
            return written

        same = f"IF({letter(best)}={letter(worst)},{letter(best)},{NOTHING})"
        self.writer.put(RESULT, when(given(best, worst), same), strong=True)
        self.writer.stored(_NO_PART if stored else None, (stored.grade or "") if stored else "")
        self.sheet.next()

    # What is stored

    def _stored(self, stored: Stored | None) -> None:
        self.writer.stored(stored.whole if stored else None, self._word(stored))
        self.sheet.next()

    def _word(self, stored: Stored | None) -> str:
        return self.book.words(verdict_text(stored.verdict)) if stored else ""


def _nothing_stored(_part: str) -> StoredPart | None:
    return None


def _first(rows: Sequence[Row]) -> Row:
    return rows[0].items[0] if rows[0].items else rows[0]


def _rung(band: Band) -> Text:
    if band.edge is None:
        return say("otherwise")
    return interval_text({"below" if band.below is not None else "up_to": band.edge})


def _passed(rows: Sequence[Row], possible: str, *, perhaps: bool) -> str:
    """How many blocks, from the first on, are passed whole; `perhaps`: if what is missing is."""
    written = "0"
    for one in reversed(rows):
        passed = f"{one.earned}>={one.possible}"
        is_silent = f"OR({one.missing}>0,{one.possible}>0)"
        surely = f"{one.missing}=0,{one.possible}>0"
        condition = f"AND({passed},{is_silent if perhaps else surely})"
        written = f"IF({condition},1+{written},0)"
    return when(f"{possible}>0", written)
