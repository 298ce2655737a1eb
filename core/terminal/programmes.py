"""Commands on plans and programmes: back-office relief, the performance of a department."""

from pathlib import Path
from typing import Annotated

import typer

from core.terminal.common import DONE, JsonOption, Lang, LangOption, answer, guarded, note

app = typer.Typer()
PeriodOption = Annotated[str, typer.Option("--period", help="A quarter, as 2565-Q1.")]
AreaOption = Annotated[str, typer.Option("--area", help="TH, R03, P61 or D6101.")]
FileOption = Annotated[
    Path | None, typer.Option("--out", help="An Excel (.xlsx) or CSV file to write.")
]


@app.command()
@guarded
def backoffice(
    period: PeriodOption = "",
    area: AreaOption = "",
    out: FileOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Lang.th,
) -> int:
    """Back-office relief: coverage, steps, processes and days saved of an area's places."""
    from core.services.backoffice.view import backoffice_view
    from core.services.backoffice.wording import (
        backoffice_json,
        backoffice_lines,
        headline,
        nothing_reported,
        standing_rows,
    )
    from core.services.exports.tables import table_file
    from core.services.exports.workbook import Head
    from core.services.stores import open_store
    from core.terminal.common import write_bytes

    shown = backoffice_view(open_store(), period=period, area=area)
    if shown is None:
        note(lang.language, nothing_reported())
        return DONE
    if out is not None:
        head = Head(headline(shown).in_(lang.language))
        rows = standing_rows(shown, lang.language)
        write_bytes(out, table_file(out.suffix, head, rows))
    else:
        answer(lang.language, as_json, lambda: backoffice_json(shown), backoffice_lines(shown))
    return DONE


@app.command()
@guarded
def performance(
    office: Annotated[str, typer.Option("--office", help="The unit, as it was typed.")] = "",
    year: Annotated[str, typer.Option("--fiscal-year", help="Buddhist era, as 2564.")] = "",
    out: FileOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Lang.th,
) -> int:
    """A department's performance: tiers, money, plans, risks, and what contradicts itself."""
    from core.services.exports.delimited import delimited
    from core.services.performance.view import performance_view
    from core.services.performance.wording import (
        nothing_reported,
        performance_csv_rows,
        performance_json,
        performance_lines,
        performance_workbook,
    )
    from core.services.stores import open_store
    from core.terminal.common import write_bytes

    shown = performance_view(open_store(), office=office, year=year)
    if shown is None:
        note(lang.language, nothing_reported())
    elif out is not None and out.suffix.lower() == ".xlsx":
        write_bytes(out, performance_workbook(shown, lang.language))
    elif out is not None:
        write_bytes(out, delimited(performance_csv_rows(shown, lang.language)))
    else:
        answer(lang.language, as_json, lambda: performance_json(shown), performance_lines(shown))
    return DONE
