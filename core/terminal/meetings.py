"""Commands on meetings: a frozen agenda, and the files people take away."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from core.errors import UsageError
from core.terminal.common import (
    DONE,
    JsonOption,
    Lang,
    LangOption,
    OutOption,
    Tenths,
    guarded,
    note,
    print_json,
    show,
    write_bytes,
)
from core.text import Language, say

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from core.periods import Period
    from core.reports.slide import Report
    from core.services.meeting.files import Kind

app = typer.Typer()
report = typer.Typer(help="Files of results to take away.", no_args_is_help=True)
meeting = typer.Typer(help="Meetings: an agenda and a frozen moment.", no_args_is_help=True)
app.add_typer(report, name="report")
app.add_typer(meeting, name="meeting")

AreaOption = Annotated[str, typer.Option("--area", help="Area code, such as P61 or R03.")]
PeriodOption = Annotated[
    str, typer.Option("--period", help="Such as 2566-M08; the newest without it.")
]
MeetingOption = Annotated[
    int | None, typer.Option("--meeting", min=1, help="A meeting's number, in place of an area.")
]


_FILES: "Final[Mapping[Kind, str]]" = {
    "deck": "Slides with charts that can be edited (PowerPoint).",
    "document": "The inspection report (Word).",
    "pdf": "The inspection report (PDF).",
    "xlsx": "The tables (Excel).",
}


def _add(kind: "Kind", about: str) -> None:
    """Enter the command that writes a kind of file: all of them ask the same."""

    def write(
        out: OutOption,
        area: AreaOption = "TH",
        period: PeriodOption = "",
        of_meeting: MeetingOption = None,
        lang: LangOption = Lang.th,
    ) -> int:
        return _write(kind, out, _source(area, period, of_meeting), lang.language)

    report.command(kind, help=about)(guarded(write))


for _kind, _about in _FILES.items():
    _add(_kind, _about)


@report.command()
@guarded
def verification(
    hcode: Annotated[str, typer.Argument(help="A hospital's code of 5 digits.")],
    out: OutOption,
    period: PeriodOption = "",
    lang: LangOption = Lang.th,
) -> int:
    """A hospital's scores as formulas that anybody can follow (Excel)."""
    from core.services.overview.view import view
    from core.services.stores import open_store
    from core.services.verification.workbook import verification as written

    engine = open_store()
    shown = view(engine, period=period, area="")
    if shown is None:
        raise UsageError("U011", area=hcode)
    write_bytes(out, written(engine, hcode, shown.period, lang.language))
    note(lang.language, say("Written: {file}", file=out.name))
    return DONE


Source = Callable[[Tenths], "Report"]


def _source(area: str, period: str, number: int | None) -> Source:
    """What a file is made of: a meeting, or an area's results of now."""

    def report_now(tenths: Tenths) -> "Report":
        from core.services.meeting.meetings import meeting as opened
        from core.services.meeting.report import area_report, report_of
        from core.services.stores import open_store

        def tell(done: int, count: int) -> None:
            tenths.tell(done / count)

        engine = open_store()
        if number is not None:
            return report_of(opened(engine, number), tell)
        return area_report(engine, area, _month(engine, area, period), tell)

    return report_now


def _month(engine: "Engine", area: str, period: str) -> "Period":
    """The month that a period stands for; `UsageError` U011 for an area without results."""
    from core.services.overview.view import view

    shown = view(engine, period=period, area=area)
    if shown is None or shown.area != area:
        raise UsageError("U011", area=area)
    return shown.period


def _write(kind: "Kind", out: Path, source: Source, language: Language) -> int:
    from core.services.meeting.files import written

    made = source(Tenths(language))
    write_bytes(out, written(kind, made, language))
    note(language, say("{file} written: {count} views", file=out.name, count=len(made.slides)))
    return DONE


@meeting.command("list")
@guarded
def list_(as_json: JsonOption = False, lang: LangOption = Lang.th) -> int:
    """All meetings, newest first."""
    from core.services.meeting.meetings import all_meetings
    from core.services.stores import open_store

    meetings = all_meetings(open_store())
    if as_json:
        print_json([
            {"id": one.id, "title": one.title, "area": one.area, "period": str(one.period),
             "as_of": one.taken.taken_at, "made_by": one.made_by}
            for one in meetings
        ])  # fmt: skip
        return DONE
    for one in meetings:
        show(
            lang.language,
            say("{number} {title} {area} {period}", number=one.id, title=one.title, area=one.area,
                period=str(one.period)),
        )  # fmt: skip
    return DONE


@meeting.command()
@guarded
def make(
    by: Annotated[str, typer.Option("--by", help="Who makes it.")],
    area: AreaOption = "TH",
    period: PeriodOption = "",
    title: Annotated[str, typer.Option("--title", help="Its title; proposed without one.")] = "",
    lang: LangOption = Lang.th,
) -> int:
    """Make a meeting about the results of now; prints its number."""
    from core.services.meeting.meetings import hold_meeting
    from core.services.stores import open_store

    engine = open_store()
    month = _month(engine, area, period)
    number = hold_meeting(engine, area, month, by=by, title=title)
    show(lang.language, say("Meeting {number}", number=number))
    return DONE


@meeting.command()
@guarded
def refreeze(
    number: Annotated[int, typer.Argument(help="The meeting's number.")],
    by: Annotated[str, typer.Option("--by", help="Who asks for it.")],
    lang: LangOption = Lang.th,
) -> int:
    """Have a meeting show the results of now."""
    from core.services.meeting.meetings import freeze_again
    from core.services.meeting.meetings import meeting as opened
    from core.services.stores import open_store

    engine = open_store()
    freeze_again(engine, opened(engine, number).about, by=by)
    note(lang.language, say("Meeting {number} shows the results of now.", number=number))
    return DONE
