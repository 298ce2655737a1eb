"""What stands above the parts of an inspection report, on every kind of paper."""

from datetime import datetime
from functools import cache
from types import MappingProxyType
from typing import Final

from core.periods import BUDDHIST_ERA, in_thailand, month_name
from core.text import Language, Text, say

NOBODY: Final = "\u2013"
"""What stands in a cell that has nothing to say."""


@cache
def headings(language: Language) -> MappingProxyType[str, str]:
    """The headings by what they stand above."""
    return MappingProxyType({name: text.in_(language) for name, text in _headings().items()})


def _headings() -> dict[str, Text]:
    return {
        "report": say("Inspection report"),
        "place": say("Place inspected"),
        "period": say("Period inspected"),
        "as_of": say("Figures as of"),
        "summary": say("Summary"),
        "results": say("Results by indicator"),
        "details": say("Details"),
        "questions": say("Open questions"),
        "none_open": say("No question is open."),
        "findings": say("Findings and what is done about them"),
        "narratives": say("Measures C and D of the five"),
        "measure_letter": say("Measure (letter)"),
        "narrated": say("What was found"),
        "evidence": say("Evidence"),
        "none_narrated": say("Nothing was typed."),
        "finding": say("Finding"),
        "state": say("State"),
        "measure": say("Measure, owner, due date"),
        "recommendations": say("Recommendations"),
        "signatures": say("Signatures"),
        "annex": say("Annex: figures and where they came from"),
        "number": say("No."),
        "indicator": say("Indicator"),
        "target": say("Target"),
        "result": say("Result"),
        "status": say("Outcome"),
        "failing": say("Units not passing"),
        "failing_why": say("Units not passing, and why"),
        "unit": say("Unit inspected"),
        "item": say("Entry"),
        "figure": say("Figure"),
        "why": say("Why"),
        "origin": say("Where it came from"),
        "sources": say("Sources"),
        "signed": say("Signed"),
        "name": say("Name"),
        "position": say("Position"),
        "date": say("Date"),
        "reporter": say("Reported by"),
        "inspector": say("Head of the inspection"),
        "page": say("Page"),
        "of": say("of"),
    }


def demonstration_text() -> Text:
    """What marks every page made of invented figures."""
    return say("Demonstration: all hospitals and figures are invented.")


def moment_text(moment: datetime) -> Text:
    """A day and time in Thailand in words, of the Buddhist era in Thai."""
    here = in_thailand(moment)
    time = f"{here:%H}.{here:%M}"
    return say("{day}, {time}", day=_day(here), time=Text(time, time.replace(".", ":")))


def _day(moment: datetime) -> Text:
    return Text(
        f"{moment.day} {month_name(moment.month, 'th')} {moment.year + BUDDHIST_ERA}",
        f"{moment.day} {month_name(moment.month, 'en')} {moment.year}",
    )
