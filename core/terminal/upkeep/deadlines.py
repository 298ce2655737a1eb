"""Commands on deadlines: which there are, setting one, who is late."""

from pathlib import Path
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
    show,
    write_bytes,
)
from core.text import say

app = typer.Typer(help="Until when forms are sent, and who is late.", no_args_is_help=True)

AreaOption = Annotated[str, typer.Option("--area", help="Area code, such as P61.")]
Form = Annotated[str, typer.Argument(help="Form id, as finance.")]
PeriodArgument = Annotated[str, typer.Argument(help="As the form is sent: 2566-M09, 2566-R1.")]


@app.command("list")
@guarded
def list_(area: AreaOption = "TH", as_json: JsonOption = False, lang: LangOption = Lang.th) -> int:
    """Forms and periods with a last day, and how many sent in time, late or nothing."""
    from core.services.deadlines.lateness import every_lateness
    from core.services.deadlines.wording import lateness_json, lateness_line
    from core.services.stores import open_store

    latenesses = every_lateness(open_store(), area=area)
    lines = map(lateness_line, latenesses)
    answer(lang.language, as_json, lambda: {"deadlines": [*map(lateness_json, latenesses)]}, lines)
    if not latenesses and not as_json:
        text = say("No last day was set here. The sources print none, so nobody is late.")
        note(lang.language, text)
    return DONE


@app.command("set")
@guarded
def set_(
    form: Form,
    period: PeriodArgument,
    day: Annotated[str, typer.Argument(help="As 31/3/2570, or none to take it away.")],
    by: Annotated[str, typer.Option("--by", help="Who sets it; kept with the day.")],
    area: AreaOption = "TH",
    lang: LangOption = Lang.th,
) -> int:
    """Set the last day of a form and period, for the country or a province."""
    from core.periods import parse_day, parse_period
    from core.services.deadlines.lateness import lateness
    from core.services.deadlines.setting import set_deadline
    from core.services.deadlines.wording import lateness_line
    from core.services.stores import open_store

    engine, when = open_store(), parse_period(period)
    due = None if day.casefold() == "none" else parse_day(day)
    set_deadline(engine, form, when, due, area=area, by=by)
    show(lang.language, lateness_line(lateness(engine, form, when, area=area)))
    return DONE


@app.command()
@guarded
def late(
    form: Form,
    period: PeriodArgument,
    area: AreaOption = "TH",
    every: Annotated[bool, typer.Option("--all", help="Those in time as well.")] = False,
    out: Annotated[Path | None, typer.Option("--out", help="All of them as a .csv.")] = None,
    as_json: JsonOption = False,
    lang: LangOption = Lang.th,
) -> int:
    """Who has sent nothing, who sent late; exit status 1 where something is overdue."""
    from core.periods import parse_period
    from core.services.deadlines.lateness import Sent, lateness
    from core.services.deadlines.wording import (
        late_list_json,
        late_rows,
        lateness_line,
        place_line,
    )
    from core.services.exports.delimited import delimited
    from core.services.stores import open_store

    whole = lateness(open_store(), form, parse_period(period), area=area)
    if out is not None:
        write_bytes(out, delimited([*late_rows(whole, lang.language)]))
        note(lang.language, say("Written: {file}", file=out.name))
    fine = () if every else (Sent.IN_TIME, Sent.SENT)
    shown = [place_line(one) for one in whole.places if one.sent not in fine]
    lines = [lateness_line(whole), *shown]
    answer(lang.language, as_json, lambda: late_list_json(whole), lines)
    return PROBLEMS if whole.counts[Sent.OVERDUE] else DONE
