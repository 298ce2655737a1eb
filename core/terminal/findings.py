"""Commands on findings: close a round, list, plan, report, accept, close, withdraw."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from core.terminal.common import (
    DONE,
    JsonOption,
    Lang,
    LangOption,
    guarded,
    note,
    print_json,
    read_bytes,
    show,
    write_bytes,
)
from core.text import say

if TYPE_CHECKING:
    from core.services.evidence.deeds import Actor
    from core.services.findings.changes import Changed

app = typer.Typer(help="Findings: from a red light to a closed one.", no_args_is_help=True)

Number = Annotated[int, typer.Argument(help="The number of a finding.")]
ByOption = Annotated[str, typer.Option("--by", help="Who does it; kept with the change.")]
RoleOption = Annotated[str, typer.Option("--role", help="In which role, as data/roles.yaml names.")]
WhyOption = Annotated[str, typer.Option("--reason", help="Why; kept with the change.")]
KnownOption = Annotated[
    int, typer.Option("--known", min=0, help="The revision you saw; others' later ones are told.")
]
AreaOption = Annotated[str, typer.Option("--area", help="Area code, such as P61, or an hcode.")]
PeriodArgument = Annotated[str, typer.Argument(help="A round or a month, such as 2566-R1.")]


@app.command("list")
@guarded
def list_(
    area: AreaOption = "TH",
    state: Annotated[
        str, typer.Option("--state", help="active, overdue, relapsed, all, or a state.")
    ] = "active",
    order: Annotated[
        str, typer.Option("--by-order", help="due, area, owner, theme or newest.")
    ] = "due",
    out: Annotated[
        Path | None, typer.Option("--out", help="Write them as a table: .csv or .xlsx.")
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = Lang.th,
) -> int:
    """Findings of an area, the overdue first, with what became of those of a year ago."""
    from core.errors import UsageError
    from core.services.exports.workbook import Head, workbook
    from core.services.findings import takeaways
    from core.services.findings.counts import by_round, rates_of
    from core.services.findings.listing import (
        ORDERS,
        STATES,
        Filter,
        all_closings,
        listed_findings,
    )
    from core.services.stores import open_store

    for given, known in ((state, STATES), (order, ORDERS)):
        if given not in known:
            raise UsageError("U076", typed=given, known=", ".join(known))
    engine = open_store()
    chosen = next(one for one in ORDERS if one == order)
    listed = listed_findings(engine, Filter(area=area, state=state), chosen)
    if out is not None:
        rows = takeaways.finding_rows(listed, lang.language)
        is_workbook = out.suffix.lower() == ".xlsx"
        title = say("Findings").in_(lang.language)
        content = workbook(Head(title, (area,)), rows) if is_workbook else None
        write_bytes(out, content or takeaways.findings_csv(listed, lang.language))
        note(lang.language, say("Written: {file}", file=out.name))
        return DONE
    if as_json:
        every = listed_findings(engine, Filter(area=area, state="all"))
        closed = all_closings(engine)
        counts = takeaways.counts_json(
            by_round(every), rates_of(every, closed[-1].period if closed else None)
        )
        print_json({"findings": [takeaways.finding_json(one) for one in listed]} | counts)
        return DONE
    for one in listed:
        show(lang.language, takeaways.finding_line(one))
    if not listed:
        note(lang.language, say("No finding fits what was asked for."))
    return DONE


@app.command("show")
@guarded
def show_(number: Number, as_json: JsonOption = False, lang: LangOption = Lang.th) -> int:
    """One finding with everything that was done to it."""
    from core.services.findings import takeaways
    from core.services.findings.listing import whole_finding
    from core.services.stores import open_store

    whole = whole_finding(open_store(), number)
    if as_json:
        print_json(takeaways.whole_json(whole))
        return DONE
    show(lang.language, takeaways.finding_line(whole.listed))
    for one in whole.changes:
        show(lang.language, takeaways.history_line(one))
    return DONE


@app.command("close-round")
@guarded
def close_round(
    period: PeriodArgument,
    by: ByOption,
    area: AreaOption = "TH",
    role: RoleOption = "province",
    as_json: JsonOption = False,
    lang: LangOption = Lang.th,
) -> int:
    """Close a round or a month: every red or silent light has a finding afterwards."""
    from core.periods import parse_period
    from core.services.findings.closing import close_period
    from core.services.findings.takeaways import closing_json
    from core.services.stores import open_store

    closed = close_period(open_store(), parse_period(period), actor=_actor(by, role), area=area)
    if as_json:
        print_json(closing_json(closed))
        return DONE
    text = say(
        "{period} is closed for {area}: {opened} opened, {reopened} opened again, {closed} closed.",
        period=str(closed.period), area=closed.area, opened=closed.opened,
        reopened=closed.reopened, closed=closed.closed,
    )  # fmt: skip
    show(lang.language, text)
    return DONE


@app.command("open")
@guarded
def open_(
    subject: Annotated[str, typer.Argument(help="An hcode or an area code.")],
    criterion: Annotated[str, typer.Argument(help="The id of a criterion.")],
    period: PeriodArgument,
    by: ByOption,
    reason: WhyOption,
    role: RoleOption = "province",
    lang: LangOption = Lang.th,
) -> int:
    """Open a finding by hand, whatever the light is."""
    from core.periods import parse_period
    from core.services.findings.by_hand import open_by_hand
    from core.services.stores import open_store

    when = parse_period(period)
    done = open_by_hand(open_store(), subject, criterion, when, actor=_actor(by, role), why=reason)
    return _tell(done, lang)


@app.command()
@guarded
def plan(
    number: Number,
    by: ByOption,
    cause: Annotated[str, typer.Option("--cause", help="An id of data/findings.yaml.")],
    measure: Annotated[str, typer.Option("--measure", help="What is done about it.")],
    owner: Annotated[str, typer.Option("--owner", help="ROLE: an id of data/findings.yaml.")],
    unit: Annotated[str, typer.Option("--unit", help="The owner's unit.")],
    due: Annotated[str, typer.Option("--due", help="As 31/3/2570.")],
    words: Annotated[str, typer.Option("--words", help="The cause in words.")] = "",
    role: RoleOption = "cup",
    reason: WhyOption = "",
    known: KnownOption = 0,
    lang: LangOption = Lang.th,
) -> int:
    """Say what is done about a finding, by whom and until when."""
    from core.services.findings import changes
    from core.services.stores import open_store

    planned = changes.Plan(cause, measure, owner, unit, due, words)
    actor = _actor(by, role)
    done = changes.plan(open_store(), number, planned, actor=actor, known=known, why=reason)
    return _tell(done, lang)


@app.command()
@guarded
def report(
    number: Number,
    by: ByOption,
    link: Annotated[str, typer.Option("--link", help="Where the evidence is.")] = "",
    file: Annotated[Path | None, typer.Option("--file", help="The evidence as a file.")] = None,
    role: RoleOption = "cup",
    reason: WhyOption = "",
    known: KnownOption = 0,
    lang: LangOption = Lang.th,
) -> int:
    """Hand in evidence: a link, a file, or both."""
    from core.services.evidence.handed_in import HandedIn, most_bytes
    from core.services.findings import changes
    from core.services.stores import open_store

    content = read_bytes(file, most_bytes()) if file else b""
    handed = HandedIn(link, file.name if file else "", content)
    actor = _actor(by, role)
    done = changes.report(open_store(), number, handed, actor=actor, known=known, why=reason)
    return _tell(done, lang)


@app.command()
@guarded
def accept(
    number: Number,
    by: ByOption,
    role: RoleOption = "province",
    reason: WhyOption = "",
    known: KnownOption = 0,
    lang: LangOption = Lang.th,
) -> int:
    """Accept the evidence; closes the finding where its light is green."""
    from core.services.findings import changes
    from core.services.stores import open_store

    actor = _actor(by, role)
    return _tell(changes.accept(open_store(), number, actor=actor, known=known, why=reason), lang)


@app.command()
@guarded
def close(
    number: Number,
    by: ByOption,
    role: RoleOption = "province",
    reason: WhyOption = "",
    known: KnownOption = 0,
    lang: LangOption = Lang.th,
) -> int:
    """Close a finding by the newest results, without waiting for the round to be closed."""
    from core.services.findings import changes
    from core.services.stores import open_store

    actor = _actor(by, role)
    return _tell(changes.close(open_store(), number, actor=actor, known=known, why=reason), lang)


@app.command()
@guarded
def withdraw(
    number: Number,
    by: ByOption,
    reason: WhyOption,
    role: RoleOption = "province",
    known: KnownOption = 0,
    lang: LangOption = Lang.th,
) -> int:
    """Take a finding back, with a reason; it stays with its history."""
    from core.services.findings import changes
    from core.services.stores import open_store

    actor = _actor(by, role)
    return _tell(changes.withdraw(open_store(), number, actor=actor, why=reason, known=known), lang)


@app.command()
@guarded
def watch(
    province: Annotated[str, typer.Argument(help="A province, such as P61.")],
    by: ByOption,
    off: Annotated[bool, typer.Option("--off", help="No more findings of yellow lights.")] = False,
    role: RoleOption = "province",
    reason: WhyOption = "",
    lang: LangOption = Lang.th,
) -> int:
    """Have yellow lights of a province open findings as well, from the next closing on."""
    from core.services.findings.by_hand import watch_yellow
    from core.services.stores import open_store

    watch_yellow(open_store(), province, watched=not off, actor=_actor(by, role), why=reason)
    text = say("Yellow lights of {area} need no findings.", area=province)
    if not off:
        text = say("Yellow lights of {area} need findings from the next closing on.", area=province)
    show(lang.language, text)
    return DONE


@app.command()
@guarded
def narrate(
    area: Annotated[str, typer.Argument(help="Area code, such as P61.")],
    period: PeriodArgument,
    part: Annotated[
        str, typer.Argument(help="A narrative of data/findings.yaml, or recommendations.")
    ],
    words: Annotated[str, typer.Option("--words", help="What was found.")],
    by: ByOption,
    evidence: Annotated[str, typer.Option("--evidence", help="What shows it.")] = "",
    role: RoleOption = "province",
    lang: LangOption = Lang.th,
) -> int:
    """Type a part of an area's inspection report; earlier versions stay."""
    from core.periods import parse_period
    from core.services.findings.narratives import Typed
    from core.services.findings.narratives import narrate as typed
    from core.services.stores import open_store

    new = typed(
        open_store(), area, parse_period(period), Typed(part, words, evidence),
        actor=_actor(by, role),
    )  # fmt: skip
    show(lang.language, say("Stored as version {version}.", version=new.version))
    return DONE


def _actor(by: str, role: str) -> "Actor":
    from core.services.evidence.deeds import Actor

    return Actor(by, role)


def _tell(done: "Changed", lang: Lang) -> int:
    """How the finding stands now, and changes of others that were not seen."""
    from core.services.findings.takeaways import history_line
    from core.services.findings.wording import state_text

    one = done.finding
    show(lang.language, say("Finding {number}: {state}", number=one.id, state=state_text(one)))
    for other in done.unseen:
        text = say(
            "Not seen by you: {change}. Both are kept, yours counts.", change=history_line(other)
        )
        note(lang.language, text)
    return DONE
