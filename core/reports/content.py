"""An inspection report in one language: plain texts, ready for a template of Word or of paper.

Every name here may be used in an office's own template; docs/report-templates.md lists them.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from core.reports.headings import NOBODY, demonstration_text, moment_text
from core.reports.pictured import pictures
from core.reports.slide import Followed, FollowUp, Indicator, Line, Narrated, Report, Slide
from core.reports.tabled import Table, mark_of, table_of, tint_of
from core.text import Language, Text, on_one_line, say

_BETWEEN: Final = ", "
_MOST_LISTED: Final = 5
"""Units not passing that are named in the table of results; the details name them all."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its mark, and the mark in words; `tint` is a pale colour for it, RRGGBB."""

    mark: str
    status: str
    text: str
    tone: str
    tint: str


@dataclass(frozen=True, slots=True)
class FailingUnit:
    """A unit that does not pass, its figure, and why."""

    name: str
    shown: str
    why: str


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """A row of the table of results.

    `alike` are the units not passing, those of one figure and one reason together; `failing_names`
    are the first of them in one line.
    """

    number: int
    name: str
    target: str
    result: str
    silence: str
    mark: str
    status: str
    tone: str
    tint: str
    failing: tuple[FailingUnit, ...]
    alike: tuple[FailingUnit, ...]
    failing_names: str


@dataclass(frozen=True, slots=True)
class FactRow:
    """A figure and where it came from."""

    name: str
    shown: str
    origin: str


@dataclass(frozen=True, slots=True)
class Section:
    """What one view says: key message, lines, figure, indicators with who fails them, sources.

    `place` and `period` are empty where they are the report's own. `pictures` may be several, for a
    figure taller than a page; `tables` repeat a picture that does not write every value, and stand
    instead of one that cannot be drawn.
    """

    number: int
    title: str
    place: str
    period: str
    lines: tuple[Sentence, ...]
    problem: str
    figure_title: str
    pictures: tuple[Any, ...]
    tables: tuple[Table, ...]
    target: str
    indicators: tuple[IndicatorRow, ...]
    facts: tuple[FactRow, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding with its state, the mark in words, and what is done about it by whom until when."""

    number: int
    place: str
    name: str
    shown: str
    mark: str
    status: str
    tone: str
    tint: str
    measure: str
    owner: str
    due: str
    planned: str
    """Measure, owner and due date as far as they are known, or that there is no plan yet."""


@dataclass(frozen=True, slots=True)
class NarrativeRow:
    """A part that people typed: its letter among the five measures, what was found, its evidence.

    Words nobody typed yet are a dash.
    """

    measure: str
    name: str
    words: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Content:
    """The whole report; `demonstration` is empty where the figures are real.

    `summary` are the key messages of all views of the whole place, `highlights` the lines of the
    first of them; `counted` says how many indicators came out how, empty where none is judged;
    `annex` are the sections that have facts. `follow_up` are sentences on the findings, of which
    `findings` lists those that are open first. `recommendations` are lines as typed.
    """

    title: str
    place: str
    period: str
    as_of: str
    demonstration: str
    counted: str
    summary: tuple[str, ...]
    highlights: tuple[Sentence, ...]
    indicators: tuple[IndicatorRow, ...]
    sections: tuple[Section, ...]
    questions: tuple[str, ...]
    annex: tuple[Section, ...]
    follow_up: tuple[str, ...]
    findings: tuple[FindingRow, ...]
    narratives: tuple[NarrativeRow, ...]
    recommendations: tuple[str, ...]


def content(report: Report, language: Language, *, draws: bool = True) -> Content:
    """The report in a language; without `draws` every figure is a table."""
    write = _Writer(language, draws)
    rows = tuple(write.indicators(report))
    whole = [one for one in report.slides if one.place == report.place and one.problem is None]
    sections = tuple(write.section(report, at, slide) for at, slide in enumerate(report.slides, 1))
    questions = (on_one_line(question) for question in report.questions)
    return Content(
        write.text(report.title),
        write.text(report.place),
        write.text(report.period),
        moment_text(report.as_of).in_(language),
        demonstration_text().in_(language) if report.is_demonstration else "",
        write.counted(rows),
        tuple(dict.fromkeys(write.text(slide.title) for slide in whole)),
        tuple(write.sentence(line) for slide in whole[:1] for line in slide.lines),
        rows,
        sections,
        tuple(question for question in questions if question),
        tuple(section for section in sections if section.facts),
        tuple(write.follow_up(report.follow_up)),
        tuple(map(write.finding, report.follow_up.findings)),
        tuple(map(write.narrative, report.follow_up.narrated)),
        tuple(map(on_one_line, report.follow_up.recommendations.splitlines())),
    )


@dataclass(frozen=True, slots=True)
class _Writer:
    """Values of a report in one language."""

    language: Language
    draws: bool

    def text(self, text: Text | None) -> str:
        return "" if text is None else on_one_line(text.in_(self.language))

    def sentence(self, line: Line) -> Sentence:
        return Sentence(
            mark_of(line.tone), self.text(line.status), self.text(line.read), line.tone,
            tint_of(line.tone),
        )  # fmt: skip

    def follow_up(self, follow_up: FollowUp) -> Iterator[str]:
        yield from map(self.text, follow_up.sentences)
        if follow_up.left_out:
            count = f"{follow_up.left_out:,}"
            yield self.text(say("Findings that are not listed here: {count}.", count=count))

    def finding(self, one: Followed) -> FindingRow:
        plan = on_one_line(one.measure), self.text(one.owner), self.text(one.due)
        return FindingRow(
            one.number, self.text(one.place), self.text(one.name), self.text(one.shown),
            mark_of(one.tone), self.text(one.status), one.tone, tint_of(one.tone),
            plan[0] or NOBODY, plan[1] or NOBODY, plan[2] or NOBODY,
            " \u00b7 ".join(filter(None, plan)) or self.text(say("No plan yet")),
        )  # fmt: skip

    def narrative(self, one: Narrated) -> NarrativeRow:
        words, evidence = on_one_line(one.words), on_one_line(one.evidence)
        return NarrativeRow(one.measure, self.text(one.name), words or NOBODY, evidence or NOBODY)

    def counted(self, rows: tuple[IndicatorRow, ...]) -> str:
        if not rows:
            return ""
        counts = Counter(row.status for row in rows)
        each = " \u00b7 ".join(f"{status} {count}" for status, count in counts.most_common())
        return say("{count} indicators: {each}", count=len(rows), each=each).in_(self.language)

    def indicators(self, report: Report) -> Iterator[IndicatorRow]:
        at = 0
        for slide in report.slides:
            for indicator in slide.indicators:
                at += 1
                yield self.indicator(report, slide, at, indicator)

    def indicator(
        self, report: Report, slide: Slide, number: int, given: Indicator
    ) -> IndicatorRow:
        """A row; one that is not of the whole place says of which."""
        name = given.name
        if slide.place != report.place:
            name = say("{place}: {name}", place=slide.place, name=given.name)
        failing = tuple(
            FailingUnit(self.text(one.name), self.text(one.shown), self.text(one.why))
            for one in given.failing
        )
        return IndicatorRow(
            number, self.text(name), self.text(given.target), self.text(given.result),
            self.text(given.silence), mark_of(given.tone), self.text(given.status), given.tone,
            tint_of(given.tone), failing, tuple(_alike(failing)), self.names(failing),
        )  # fmt: skip

    def names(self, failing: Sequence[FailingUnit]) -> str:
        """The first of those not passing, and how many more there are."""
        names = [one.name for one in failing[:_MOST_LISTED]]
        if (rest := len(failing) - _MOST_LISTED) > 0:
            names.append(self.text(say("and {count} more", count=f"{rest:,}")))
        return _BETWEEN.join(names) or NOBODY

    def section(self, report: Report, number: int, slide: Slide) -> Section:
        before = sum(len(one.indicators) for one in report.slides[: number - 1])
        figure = slide.figure
        drawn = pictures(f"s{number}", figure, self.language) if figure and self.draws else ()
        table = table_of(figure, self.language) if figure else None
        is_needed = table is not None and (not drawn or table.repeats)
        return Section(
            number,
            self.text(slide.title),
            "" if slide.place == report.place else self.text(slide.place),
            "" if slide.period == report.period else self.text(slide.period),
            tuple(map(self.sentence, slide.lines)),
            self.text(slide.problem),
            table.title if table else "",
            drawn,
            table.on_paper() if table and is_needed else (),
            self.text(slide.target),
            tuple(
                self.indicator(report, slide, before + at, one)
                for at, one in enumerate(slide.indicators, 1)
            ),
            tuple(
                FactRow(self.text(one.name), self.text(one.shown), self.text(one.origin) or NOBODY)
                for one in slide.facts
            ),
            tuple(map(self.text, slide.sources)),
        )


def _alike(failing: Sequence[FailingUnit]) -> Iterator[FailingUnit]:
    """Units of one figure and one reason as one, in the order of the first of them."""
    together: dict[tuple[str, str], list[str]] = {}
    for one in failing:
        together.setdefault((one.shown, one.why), []).append(one.name)
    for (shown, why), names in together.items():
        yield FailingUnit(_BETWEEN.join(names), shown, why)
