"""Commands on the rules: cases, handbook, and other readings of what contradicts itself."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from core.quantities import MISSING
from core.terminal.common import (
    DONE,
    PROBLEMS,
    JsonOption,
    Lang,
    LangOption,
    OutOption,
    Tenths,
    YearOption,
    answer,
    chosen_readings,
    guarded,
    note,
    print_json,
    show,
    write_bytes,
)
from core.text import say

if TYPE_CHECKING:
    from core.services.rules.checking import FileReport

app = typer.Typer()
criteria = typer.Typer(help="The rules and their cases.", no_args_is_help=True)
app.add_typer(criteria, name="criteria")

Readings = Annotated[list[str], typer.Option("--reading", help="CRITERION=NAME, may be repeated.")]


Edited = Annotated[
    list[Path] | None,
    typer.Argument(help="Data files to check; without one everything is checked."),
]


@criteria.command()
@guarded
def check(files: Edited = None, as_json: JsonOption = False, lang: LangOption = Lang.th) -> int:
    """Check files while they are edited, or hold every rule against its cases and edges."""
    from core.criteria.faults import FaultyFileError
    from core.criteria.load import DATA_FOLDER
    from core.services.rules.cases.report import check_corpus
    from core.services.rules.checking import FileReport, check_file, other_faults

    if files:
        return _report([check_file(path) for path in files], as_json=as_json, lang=lang)
    try:
        report, faults = check_corpus(), other_faults()
    except FaultyFileError as error:
        return _report([FileReport(DATA_FOLDER, error.faults)], as_json=as_json, lang=lang)
    if faults:
        return _report([FileReport(DATA_FOLDER, faults)], as_json=as_json, lang=lang)
    if as_json:
        print_json(report.as_dict())
    else:
        for line in report.lines():
            show(lang.language, line)
    return DONE if report.holds else PROBLEMS


def _report(reports: "list[FileReport]", *, as_json: bool, lang: Lang) -> int:
    """Reports of files in the order they were given."""
    holds = all(report.holds for report in reports)
    if as_json:
        print_json({"holds": holds, "files": [report.as_dict() for report in reports]})
    else:
        for line in (line for report in reports for line in report.lines()):
            show(lang.language, line)
    return DONE if holds else PROBLEMS


@criteria.command()
@guarded
def handbook(out: OutOption, fiscal_year: YearOption = None, lang: LangOption = Lang.th) -> int:
    """Write every rule with its source, readable, as Markdown."""
    from core.services.handbook.markdown import handbook_markdown

    content = handbook_markdown(lang.language, fiscal_year=fiscal_year)
    write_bytes(out, content.encode())
    note(lang.language, say("Written: {file}", file=str(out)))
    return DONE


@criteria.command()
@guarded
def rescore(
    reading: Readings,
    area: Annotated[str, typer.Option(help="TH, R03, P61, D6101 or a facility.")] = "TH",
    period: Annotated[str | None, typer.Option(help="2566, 2566-Q2, 2566-M09, 2566-R1.")] = None,
    as_json: JsonOption = False,
    lang: LangOption = Lang.th,
) -> int:
    """Say who would come out otherwise under other readings; nothing is stored."""
    from core.periods import parse_period
    from core.services.rereading.compare import rescore as rescored
    from core.services.rereading.json_document import rescored_json
    from core.services.rereading.wording import rescore_lines
    from core.services.stores import open_store

    changes = rescored(
        open_store(),
        chosen_readings(reading),
        area=area,
        period=None if period is None else parse_period(period),
        progress=Tenths(lang.language).tell,
    )
    answer(lang.language, as_json, lambda: rescored_json(changes), rescore_lines(changes))
    return DONE


@criteria.command()
@guarded
def switch(
    reading: Readings,
    reason: Annotated[str, typer.Option(help="Why; it is kept with the results.")] = "",
    by: Annotated[str | None, typer.Option("--by", help="Who switches.")] = None,
    as_json: JsonOption = False,
    lang: LangOption = Lang.th,
) -> int:
    """Have all results follow other readings from now on; everything is recomputed at once."""
    from core.services.rereading.compare import switch as switched
    from core.services.rereading.json_document import switched_json
    from core.services.rereading.wording import switched_lines
    from core.services.stores import open_store

    done = switched(
        open_store(),
        chosen_readings(reading),
        by=by or MISSING,
        reason=reason,
        progress=Tenths(lang.language).tell,
    )
    answer(lang.language, as_json, lambda: switched_json(done), switched_lines(done))
    return DONE
