"""Commands on what is counted of claims: a month of an area, completeness, single visits."""

from typing import Annotated

import typer

from core.terminal.claims.files import app
from core.terminal.common import (
    DONE,
    PROBLEMS,
    JsonOption,
    Lang,
    LangOption,
    answer,
    guarded,
    note,
)
from core.text import say

__all__ = ["app"]

AreaOption = Annotated[str, typer.Option("--area", help="TH, R03, P61, D6101 or a hospital.")]
PeriodOption = Annotated[
    str, typer.Option("--period", help="A month, as 2568-M03; the newest without it.")
]
FundOption = Annotated[str, typer.Option("--fund", help="uc, csmbs, sss, lgo, pp, other.")]
PatientOption = Annotated[str, typer.Option("--patient", help="op or ip.")]


@app.command()
@guarded
def report(
    area: AreaOption = "TH",
    period: PeriodOption = "",
    fund: FundOption = "",
    patient: PatientOption = "",
    as_json: JsonOption = False,
    lang: LangOption = Lang.th,
) -> int:
    """Defects, ageing, money at risk, denials and completeness of a month."""
    from core.services.claims.report import report_json, report_lines
    from core.services.claims.view import claims_view, selection
    from core.services.stores import open_store

    engine = open_store()
    query = selection(engine, area=area, period=period, fund=fund, patient=patient)
    if query is None:
        return _nothing_sent(lang)
    shown = claims_view(engine, query)
    answer(lang.language, as_json, lambda: report_json(shown), report_lines(shown))
    return DONE


@app.command()
@guarded
def completeness(
    area: AreaOption = "TH",
    period: PeriodOption = "",
    as_json: JsonOption = False,
    lang: LangOption = Lang.th,
) -> int:
    """Admissions without claim, claims without statement and the reverse, by hospital and fund."""
    from core.services.claims.report import completeness_json, completeness_lines
    from core.services.claims.view import claims_view, selection
    from core.services.stores import open_store

    engine = open_store()
    query = selection(engine, area=area, period=period)
    if query is None:
        return _nothing_sent(lang)
    shown = claims_view(engine, query)
    answer(lang.language, as_json, lambda: completeness_json(shown), completeness_lines(shown))
    return DONE


@app.command()
@guarded
def rows(
    area: AreaOption = "TH",
    period: PeriodOption = "",
    which: Annotated[str, typer.Option("--which", help="missing, delayed, failed …")] = "all",
    fund: FundOption = "",
    patient: PatientOption = "",
    page: Annotated[int, typer.Option("--page", min=1, help="50 visits a page.")] = 1,
    as_json: JsonOption = False,
    lang: LangOption = Lang.th,
) -> int:
    """Single visits behind a figure, by the file and row they came in."""
    from core.claims.reading import WHICH
    from core.errors import UsageError
    from core.services.claims.report import visit_lines, visits_json
    from core.services.claims.view import selection, visits_of
    from core.services.stores import open_store

    if which not in WHICH:
        raise UsageError("U093", kind=which, kinds=", ".join(WHICH))
    engine = open_store()
    query = selection(engine, area=area, period=period, fund=fund, patient=patient)
    if query is None:
        return _nothing_sent(lang)
    shown = visits_of(engine, query, which, page)
    answer(lang.language, as_json, lambda: visits_json(shown), visit_lines(shown))
    return DONE


def _nothing_sent(lang: Lang) -> int:
    note(lang.language, say("No file of claims was sent yet."))
    return PROBLEMS
