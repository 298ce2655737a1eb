"""Commands on the books: the map of accounts, and agreement with the ministry's own results."""

from typing import Annotated

import typer

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

app = typer.Typer()
accounts = typer.Typer(help="The map from accounts to figures.", no_args_is_help=True)
app.add_typer(accounts, name="accounts")


@accounts.callback()
def of_accounts() -> None:
    """Keep `check` a command of its own while it is the only one."""


@accounts.command()
@guarded
def check(
    year: Annotated[
        int | None, typer.Option("--year", help="A fiscal year; all of them without it.")
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = Lang.th,
) -> int:
    """Accounts in no figure, on two sides, counted otherwise by the ministry, closed or unknown."""
    from core.services.books.check import check_accounts, report_json, report_lines
    from core.services.stores import open_store

    report = check_accounts(open_store(), year)
    answer(lang.language, as_json, lambda: report_json(report), report_lines(report))
    return PROBLEMS if report.has_problems else DONE


@app.command()
@guarded
def agreement(
    period: Annotated[
        str | None, typer.Option("--period", help="A fiscal year or month; all without it.")
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = Lang.th,
) -> int:
    """Our results beside the ministry's own: how many are equal, and why others differ."""
    from core.periods import parse_period
    from core.services.agreement.compare import agreement as compared
    from core.services.agreement.wording import (
        agreement_json,
        agreement_lines,
        nothing_to_compare,
    )
    from core.services.stores import open_store

    shown = compared(open_store(), parse_period(period) if period else None)
    if as_json and (missing := nothing_to_compare(shown)):
        note(lang.language, missing)
    answer(lang.language, as_json, lambda: agreement_json(shown), agreement_lines(shown))
    return DONE


@app.command()
@guarded
def support(
    area: Annotated[str, typer.Option("--area", help="TH, R03, P61, D6101.")] = "TH",
    period: Annotated[
        str | None, typer.Option("--period", help="A month, as 2566-M09; the newest without it.")
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = Lang.th,
) -> int:
    """What hospitals received from and gave to other units by their books, beside their levels."""
    from core.services.foresight.listing import month_or_newest
    from core.services.overview.support import area_support
    from core.services.stores import open_store

    engine = open_store()
    shown = area_support(engine, area, month_or_newest(engine, period))
    answer(lang.language, as_json, shown.as_json, shown.lines())
    return DONE
