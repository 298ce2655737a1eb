"""The page of back-office relief: key message, tiles, places, units, steps and the year plan."""

from itertools import pairwise

import streamlit as st
from sqlalchemy import Engine

from components.areas import filters as area_filters
from components.areas.results import place_breadcrumb
from components.backoffice.months import month_table
from components.parts import anatomy
from components.parts.anatomy import Message, Past, Tile
from components.parts.downloads import blank_buttons
from components.parts.status import mark
from components.parts.tables import Column, table
from components.reader.language import _, tr
from components.reader.links import link
from components.reader.markup import Html, joined, tag
from components.reader.numbers import NONE
from components.why.rules import quoted
from core.areas import Level, parse_area
from core.services.backoffice.data import FORM, PLAN, WORDS
from core.services.backoffice.programme import programme
from core.services.backoffice.view import BackofficeView, UnitRow, backoffice_view
from core.services.backoffice.wording import (
    cells,
    columns,
    headline,
    nothing_reported,
    number_text,
    step_text,
    sub_step_rows,
)
from core.services.geography.country import Place

PAGE = "backoffice"


def selection(engine: Engine) -> BackofficeView | None:
    """What the address asks for; None while there is nothing to show."""
    return backoffice_view(engine, **area_filters.selection())


def how_to_begin() -> None:
    """What to do where nothing of the programme is stored yet."""
    anatomy.headline(tr(nothing_reported()))
    text = _(
        "Fill in the blank form of back-office relief, a row for each primary care unit and"
        " quarter, drop it on the page for workbooks and store it."
    )
    st.html(tag("p", text))
    forms()


def forms() -> None:
    """The blank forms, and where a filled one is sent."""
    blank_buttons((FORM, PLAN))
    st.html(tag("p", link(_("To the page for workbooks"), "upload")))


def filter_row(shown: BackofficeView) -> None:
    """The quarter and the region."""
    wide, middle, _rest = st.columns([1, 1, 1.5])
    with wide:
        area_filters.period(_("Quarter"), shown.periods, shown.period)
    with middle:
        area_filters.region(shown.regions, shown.chain)


def heading(shown: BackofficeView) -> None:
    """Where the reader is, and the sentence that says how it stands there."""
    anatomy.headline(tr(headline(shown)), place_breadcrumb(shown.chain, PAGE))


def tiles(shown: BackofficeView) -> None:
    """Coverage by both counts, days saved with their quarters, the step reached."""
    whole = shown.whole
    past = tuple(
        Past(_("Quarter {quarter}", quarter=number), days, number_text(days))
        for number, days in enumerate(whole.days, 1)
        if number <= shown.period.number
    )
    reported = (whole.reporting, whole.targeted or whole.registered or whole.reporting)
    anatomy.tiles(
        [
            _coverage(_("Coverage of the units aimed at"), shown, whole.targeted, reported),
            _coverage(_("Coverage of the units registered"), shown, whole.registered),
            Tile(
                label=_("Days saved since October"),
                value=number_text(whole.all_days),
                unit=_("days"),
                past=past,
            ),
            Tile(
                label=_("Step reached, the lowest"),
                value=NONE if whole.step is None else f"{whole.step}/{len(programme().steps)}",
                change="" if whole.step is None else tr(step_text(whole)),
            ),
        ]
    )


def _coverage(
    label: str, shown: BackofficeView, of: int | None, reported: tuple[int, int] | None = None
) -> Tile:
    """Units that are relieved as a share of a count, which stands below."""
    percent = shown.whole.coverage(of)
    return Tile(
        label=label,
        value=NONE if percent is None else f"{percent:.2f}%",
        change="" if percent is None else f"{shown.whole.relieved:,}/{of:,}",
        reported=reported,
    )


def places(shown: BackofficeView) -> None:
    """A row a place right below the area; the area itself comes last."""
    heads = [Column(tr(title), number=place > 0) for place, title in enumerate(columns())]
    rows = [
        (link(tr(one.place.name), PAGE, area=one.place.code), *map(tr, cells(one)))
        for one in shown.rows
        if one.place != shown.area
    ]
    rows.append((tag("strong", tr(shown.area.name)), *map(tr, cells(shown.whole))))
    table(_("Coverage, steps, processes and days saved by place"), heads, rows)


def units(shown: BackofficeView) -> None:
    """Every unit of a district with what it told of the quarter, and the way to the next CUP."""
    if parse_area(shown.area.code).level is not Level.DISTRICT:
        return
    anatomy.section(_("Primary care units of the quarter"))
    heads = [
        Column(_("Primary care unit")),
        Column(_("Time saved (days)"), number=True),
        Column(_("Supplies processes relieved (of 9)"), number=True),
        Column(_("Finance processes relieved (of 13)"), number=True),
        Column(_("Drug refill")),
        Column(_("Effect on service")),
        Column(_("Satisfaction"), number=True),
        Column(_("Use planned for the saved days")),
        Column(_("Days saved since October"), number=True),
    ]
    table(_("Primary care units of the quarter"), heads, map(_unit, shown.units))


def _unit(one: UnitRow) -> tuple[str | Html, ...]:
    report = one.report
    figures, words = (report.figures, report.words) if report else ({}, {})
    refill = figures.get("backoffice.refill")
    happy = report.satisfaction if report else None
    return (
        tr(one.place.name),
        number_text(figures.get("backoffice.days")),
        number_text(figures.get("backoffice.supplies"), 0),
        number_text(figures.get("backoffice.finance"), 0),
        NONE if refill is None else mark("pass" if refill else "none", _yes_no(yes=refill > 0)),
        quoted(words.get(WORDS[0], NONE)),
        NONE if happy is None else f"{happy:.2f}%",
        quoted(words.get(WORDS[1], NONE)),
        number_text(one.all_days),
    )


def _yes_no(*, yes: bool) -> str:
    return _("yes") if yes else _("no")


def neighbours(shown: BackofficeView, siblings: tuple[Place, ...]) -> None:
    """The CUP before and after the one shown: how a meeting goes from one to the next."""
    links = []
    for before, after in pairwise(siblings):
        if after == shown.area:
            links.append(link(_("Before: {name}", name=tr(before.name)), PAGE, area=before.code))
        if before == shown.area:
            links.append(link(_("Next: {name}", name=tr(after.name)), PAGE, area=after.code))
    if links:
        st.html(tag("p", joined(links, " · "), class_="t-step"))


def siblings_of(engine: Engine, shown: BackofficeView) -> tuple[Place, ...]:
    """The CUPs of the province of a district, in order; none of a wider area."""
    if parse_area(shown.area.code).level is not Level.DISTRICT or len(shown.chain) < 2:
        return ()
    province = shown.chain[-2].code
    around = backoffice_view(engine, period=str(shown.period), area=province)
    return tuple(one.place for one in around.cups) if around else ()


def steps(shown: BackofficeView) -> None:
    """The five steps with their sub-steps, and in how many districts each is done."""
    heads = [Column(_("Step")), Column(_("Sub-step")), Column(_("Districts where it is done"))]
    rows = [
        (_("Step {number}", number=step), tr(name), _done(done, reporting))
        for step, name, done, reporting in sub_step_rows(shown.whole)
    ]
    table(_("The plan of five steps"), heads, rows)


def _done(done: int, reporting: int) -> str | Html:
    if not reporting:
        return NONE
    return mark("pass" if done == reporting else "watch", f"{done:,}/{reporting:,}")


def year_plan(shown: BackofficeView) -> None:
    """The year plan: the lane of the province and that of the district, month by month."""
    lanes: dict[str, list[tuple[str, frozenset[int]]]] = {}
    for one in shown.plan:
        lanes.setdefault(tr(one.lane), []).append((tr(one.activity), one.months))
    for lane, rows in lanes.items():
        st.html(month_table(lane, _("Activity"), rows))
    if not shown.is_plan_typed:
        st.html(tag("p", _("As printed; it was not sent for this year."), class_="t-sources"))


def processes(shown: BackofficeView) -> None:
    """The processes that are named; how many the document prints, where none is."""
    names = [
        (one.labels[0], one.no, one.text("process.name"), one.text("process.by") or NONE)
        for one in shown.processes
    ]
    if names:
        heads = [Column(_("Field")), Column(_("No.")), Column(_("Process")), Column(_("Done by"))]
        table(_("Processes"), heads, [tuple(map(quoted, row)) for row in names])
        return
    heads = [Column(_("Field")), Column(_("Processes printed"), number=True)]
    rows = [
        (tr(one.name), NONE if one.processes is None else str(one.processes))
        for one in programme().fields
    ]
    table(_("Processes"), heads, rows)


def open_points(shown: BackofficeView) -> None:
    """What the document contradicts itself in, and what is assumed where it is silent."""
    anatomy.section(_("Contradictions and assumptions of the document"))
    if shown.unknown:
        text = _(
            "Target areas of provinces that nobody knows are not counted: {names}. Correct the"
            " names in the table of target areas.",
            names=", ".join(shown.unknown),
        )
        anatomy.messages([Message(kind="warning", text=text)])
    points = [Message(kind="warning", text=tr(one)) for one in programme().contradictions]
    assumed = [Message(kind="note", text=tr(one)) for one in programme().assumptions]
    anatomy.messages([*points, *assumed])
    anatomy.sources(tr(programme().source))
