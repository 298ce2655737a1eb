"""Commands on strategy plans: listed, shown, sent, changed, and written into their form."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from core.errors import UsageError
from core.terminal.common import (
    DONE,
    PROBLEMS,
    JsonOption,
    Lang,
    LangOption,
    OutOption,
    YearOption,
    guarded,
    note,
    print_json,
    print_text,
    show,
    write_bytes,
)
from core.terminal.store import import_each
from core.text import Text, say

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from core.services.strategy.editing import Changed, Revision
    from core.services.strategy.stored import StoredPlan
    from core.services.strategy.view import PlanView

app = typer.Typer(help="Strategy plans of provinces.", no_args_is_help=True)

AreaOption = Annotated[str, typer.Option("--area", help="The province, such as P61.")]
PeriodOption = Annotated[
    str, typer.Option("--period", help="Month, such as 2567-M06; the newest without it.")
]


@app.command("list")
@guarded
def list_(as_json: JsonOption = False, lang: LangOption = Lang.th) -> int:
    """All plans that count, by province."""
    from core.services.stores import open_store
    from core.services.strategy.stored import planned

    plans = planned(open_store())
    if as_json:
        print_json([{"area": area, "fiscal_year": year} for area, year in plans])
        return DONE
    for area, year in plans:
        show(lang.language, Text(f"{area} {year}", f"{area} {year}"))
    return DONE


@app.command("show")
@guarded
def show_(
    area: AreaOption = "",
    fiscal_year: YearOption = None,
    period: PeriodOption = "",
    as_json: JsonOption = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="The printed table as text.")] = False,
    lang: LangOption = Lang.th,
) -> int:
    """A plan with its KPIs and what is late, at the end of a month."""
    from core.services.exports.delimited import delimited
    from core.services.stores import open_store
    from core.services.strategy.takeaways import plan_json, plan_lines, plan_rows

    shown = _plan(open_store(), area, fiscal_year, period)
    if as_json:
        print_json(plan_json(shown))
    elif as_csv:
        print_text(delimited(plan_rows(shown, lang.language)).decode())
    else:
        for line in plan_lines(shown):
            show(lang.language, line)
    return DONE


@app.command("import")
@guarded
def import_(
    file: Annotated[Path, typer.Argument(help="A plan in the form strategy-plan.")],
    by: Annotated[str | None, typer.Option("--by", help="Who sends it.")] = None,
    as_json: JsonOption = False,
    lang: LangOption = Lang.th,
) -> int:
    """Check and store a plan in one's own store as the version that counts."""
    from core.quantities import MISSING
    from core.services.importing.files import Sender

    sender = Sender(by or MISSING, form_id="strategy-plan")
    return import_each([file], sender, as_json, lang.language)


@app.command()
@guarded
def form(
    out: OutOption,
    area: AreaOption = "",
    fiscal_year: YearOption = None,
    lang: LangOption = Lang.th,
) -> int:
    """Write a plan into its form, to be changed and sent again (Excel)."""
    from core.services.stores import open_store
    from core.services.strategy.takeaways import plan_workbook

    shown = _plan(open_store(), area, fiscal_year, "")
    write_bytes(out, plan_workbook(shown.stored, lang.language))
    note(lang.language, say("Written: {file}", file=out.name))
    return DONE


@app.command()
@guarded
def example(out: OutOption, lang: LangOption = Lang.th) -> int:
    """Write the printed plan of the sources in its form (Excel)."""
    from core.services.strategy.takeaways import example_workbook

    write_bytes(out, example_workbook(lang.language))
    note(lang.language, say("Written: {file}", file=out.name))
    return DONE


ItemArgument = Annotated[
    str,
    typer.Argument(help="Its number, such as 1.1.3; of a step 2.1.1/3; a KPI's kpi-2; or head."),
]
ValuesOption = Annotated[
    list[str],
    typer.Option("--set", help="COLUMN=TEXT, such as done_on=15/12/2566; may be repeated."),
]
ByOption = Annotated[str, typer.Option("--by", help="Who changes it.")]
ReasonOption = Annotated[str, typer.Option("--reason", help="Why.")]


@app.command()
@guarded
def change(
    item: ItemArgument,
    values: ValuesOption,
    by: ByOption,
    reason: ReasonOption = "",
    area: AreaOption = "",
    fiscal_year: YearOption = None,
    lang: LangOption = Lang.th,
) -> int:
    """Change an item, a KPI or the head of a plan; a new version counts from then on."""
    from core.services.stores import open_store
    from core.services.strategy.editing import Revision, changes_of

    engine = open_store()
    stored = _plan(engine, area, fiscal_year, "").stored
    revision = Revision(typed=changes_of(stored, item, values), reason=reason)
    return _revise(engine, stored, revision, by, lang)


@app.command()
@guarded
def remove(
    item: ItemArgument,
    by: ByOption,
    reason: Annotated[str, typer.Option("--reason", help="Why; it is kept with the version.")],
    area: AreaOption = "",
    fiscal_year: YearOption = None,
    lang: LangOption = Lang.th,
) -> int:
    """Take an item with all below it, or a KPI, out of a plan; earlier versions keep it."""
    from core.services.stores import open_store
    from core.services.strategy.editing import Revision

    engine = open_store()
    stored = _plan(engine, area, fiscal_year, "").stored
    return _revise(engine, stored, Revision(removed=(item,), reason=reason), by, lang)


@app.command()
@guarded
def place(
    item: ItemArgument,
    below: Annotated[str, typer.Option("--below", help="The item it goes below, such as 3.")],
    by: ByOption,
    reason: Annotated[str, typer.Option("--reason", help="Why; it is kept with the version.")],
    number: Annotated[
        str | None, typer.Option("--number", help="Its number there; the next one without it.")
    ] = None,
    area: AreaOption = "",
    fiscal_year: YearOption = None,
    lang: LangOption = Lang.th,
) -> int:
    """Put an item with all below it below another one; it gets the level that stands there."""
    from core.services.stores import open_store
    from core.services.strategy.moving import relocation_of, store_relocation

    engine = open_store()
    stored = _plan(engine, area, fiscal_year, "").stored
    relocation = relocation_of(stored.plan, item, below, number)
    done = store_relocation(engine, stored, relocation, reason, by=by)
    return _stored(done, lang)


def _revise(
    engine: "Engine", stored: "StoredPlan", revision: "Revision", by: str, lang: Lang
) -> int:
    """Store a revision, and say as which file and with which problems."""
    from core.services.strategy.editing import store_changes

    return _stored(store_changes(engine, stored, revision, by=by), lang)


def _stored(done: "Changed", lang: Lang) -> int:
    """As which file a change was stored, and its problems."""
    from core.services.intake.terminal_text import issue_lines

    show(lang.language, say("Stored as file no. {number}", number=done.receipt.upload.id))
    for line in issue_lines(done.intake):
        show(lang.language, line)
    return PROBLEMS if done.intake.has_errors else DONE


def _plan(engine: "Engine", area: str, fiscal_year: int | None, period: str) -> "PlanView":
    """The plan meant; `UsageError` U050 where there is none of the province and year."""
    from core.services.strategy.view import plan_view, resolve_selection

    year = "" if fiscal_year is None else str(fiscal_year)
    selection = resolve_selection(engine, area=area, year=year, period=period)
    if (
        selection is None
        or (area and selection.area != area)
        or (fiscal_year and selection.fiscal_year != fiscal_year)
    ):
        raise UsageError("U050", area=area or "TH", year=year or "–")
    return plan_view(engine, selection.area, selection.fiscal_year, selection.period)
