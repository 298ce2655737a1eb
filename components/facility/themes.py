"""The inspection themes of one facility: each result as a line that opens its tests and why."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import streamlit as st
from sqlalchemy import Engine

from components.areas.results import place_breadcrumb
from components.facility.page import full_of, peer_value, status_of
from components.parts import anatomy
from components.parts.anatomy import disclosure
from components.parts.shares import STATUSES, difference_text
from components.parts.status import mark, status_word
from components.parts.tables import Column, head_row, table_html
from components.reader.filters import WHY
from components.reader.language import _, tr
from components.reader.links import link
from components.reader.markup import Html, joined, tag
from components.reader.numbers import NONE, figure_text, points, whole
from components.reader.periods import period_text
from components.theme.charts import radar_of
from components.theme.words import value_text
from components.why.explanation import cell_text, fact_text, test_why, whole_why
from components.why.rules import quoted
from core.criteria.catalog import catalog
from core.forms.model.form import form
from core.services.profiles.facility import Profile
from core.services.profiles.themes import ThemeResult
from core.services.results.facts import submitted_facts
from core.services.rules.explanation import Explanation
from core.services.themes.data import Unit
from core.store.uploads.submissions import SubmissionInfo
from core.text import Text


def themes(shown: Sequence[ThemeResult]) -> None:
    """A table for each theme, its results below one another."""
    if not shown:
        return
    anatomy.section(_("Inspection themes"))
    for theme, results in groupby(shown, key=lambda one: one.theme):
        own = list(results)
        _theme(catalog().themes.get(theme, Text(theme, theme)), own)


def _theme(name: Text, results: Sequence[ThemeResult]) -> None:
    titles = (
        (_("Status"), ""),
        (_("Indicator"), ""),
        (_("Result"), "t-number"),
        (_("Asked"), "t-number"),
        (_("Change"), "t-number"),
        (_("Value of the peers"), "t-number"),
    )
    body = joined(_result(one, [text for text, _kind in titles]) for one in results)
    caption = tag("caption", tr(name))
    st.html(tag("table", caption, tag("thead", head_row(titles)), body, class_="t-items"))
    for one in results:
        before = one.before.period if one.before else None
        radar_of(one.unit, one.period, before, one.why.stored.result.subject)


def _result(one: ThemeResult, titles: Sequence[str]) -> Html:
    grade = one.why.stored.result.detail.notes.get("grade")
    value = value_text(one.value, one.unit)
    was = one.before.value if one.before else None
    name = joined(
        (quoted(tr(one.unit.name)), tag("small", _when(one), class_="t-when")),
    )
    figures = (
        f"{grade} · {value}" if grade else value,
        tr(one.why.requirement) if one.why.requirement else NONE,
        difference_text(one.value, was) or NONE,
        _peers(one),
    )
    cells = joined(
        tag("td", text, class_="t-number", data_label=label)
        for label, text in zip(titles[2:], figures, strict=True)
    )
    light = tag("td", mark(STATUSES[one.verdict], _judged(one)))
    row = tag("tr", light, tag("th", name, scope="row"), cells)
    explanation = tag("td", _behind(one), colspan=str(len(titles)))
    return tag("tbody", row, tag("tr", explanation, class_="t-behind"))


def _when(one: ThemeResult) -> str:
    when = period_text(one.period)
    return _("{period}, older than asked for", period=when) if one.is_stale else when


def _judged(one: ThemeResult) -> str | None:
    """What is said in place of a bare "no data" where there is a value and nothing judges it."""
    return _("Not judged") if one.value is not None and STATUSES[one.verdict] == "none" else None


def _peers(one: ThemeResult) -> str:
    if one.peers is None:
        return NONE
    value = value_text(one.peers.median, one.unit)
    return peer_value(value, one.peers.peers, are_few=one.peers.are_few)


def _behind(one: ThemeResult) -> Html:
    """The tests, the way the result came about, and what it was before."""
    wanted = st.query_params.get(WHY, "")
    is_wanted = wanted == one.unit.id or wanted.startswith(f"{one.unit.id}.")
    return disclosure(
        _("Tests and why"),
        _tests(one),
        whole_why(one.why),
        _compared(one),
        _past(one),
        is_open=is_wanted,
    )


def _tests(one: ThemeResult) -> Html:
    titles = (_("Status"), _("Test"), _("Figure"), _("Asked"), _("Points"))
    kinds = ("", "", "t-number", "t-number", "t-number")
    head = head_row(zip(titles, kinds, strict=True))
    body = joined(_test(test, one, titles) for test in one.why.parts)
    return tag("table", tag("thead", head), body, class_="t-items t-inner")


def _test(test: Explanation, one: ThemeResult, titles: Sequence[str]) -> Html:
    name = quoted(" ".join(filter(None, (test.label, tr(test.name)))))
    earned = _("{points} of {full}", points=points(test.points), full=full_of(test))
    if test.is_block:
        cells = tag("td", earned, class_="t-number", colspan="3")
        row = tag("tr", tag("th", tag("strong", name), colspan="2", scope="rowgroup"), cells)
        return tag("tbody", row)
    figures = (
        figure_text(test.figure, test.held.limit),
        tr(test.held.requirement) if test.held.requirement else NONE,
        earned if test.full_marks else NONE,
    )
    cells = joined(
        tag("td", text, class_="t-number", data_label=label)
        for label, text in zip(titles[2:], figures, strict=True)
    )
    light = tag("td", mark(status_of(test, is_risk=False)))
    behind = tag("td", test_why(test, one.why), colspan=str(len(titles)))
    return tag(
        "tbody",
        tag("tr", light, tag("th", name, scope="row"), cells),
        tag("tr", behind, class_="t-behind"),
    )


def _compared(one: ThemeResult) -> Html:
    if one.peers is None:
        return Html()
    peers = one.peers
    text = _(
        "Middle value of the {peers} hospitals of group {group}: {median}. Of the {others} others"
        " {better} are better, {worse} worse and {same} the same.",
        peers=f"{peers.peers:,}",
        group=peers.group,
        median=value_text(peers.median, one.unit),
        others=f"{peers.others:,}",
        better=f"{peers.better:,}",
        worse=f"{peers.worse:,}",
        same=f"{peers.same:,}",
    )
    few = _("These are few peers: one more hospital can move the value far.")
    return tag("p", text, *((" ", few) if peers.are_few else ()))


def _past(one: ThemeResult) -> Html:
    """All periods, the newest first, where there is more than one."""
    if len(one.series) < 2:
        return Html()
    columns = (Column(_("Period")), Column(_("Result"), number=True), Column(_("Verdict")))
    rows: Iterator[tuple[str, ...]] = (
        (period_text(past.period), value_text(past.value, one.unit), mark(STATUSES[past.verdict]))
        for past in reversed(one.series)
    )
    return table_html(_("Through the periods"), columns, rows)


def network(shown: Sequence[Unit]) -> None:
    """The primary care units of the hospital's network, each a link to its page."""
    if not shown:
        return
    columns = (
        Column(_("Primary care unit")),
        Column(_("Level"), number=True),
        Column(_("Verdict")),
    )
    rows = [
        (
            link(tr(one.place.name), "facility", area=one.hcode),
            NONE if one.value is None else whole(one.value),
            mark(STATUSES[one.verdict]),
        )
        for one in shown
    ]
    title = _("Primary care units of the network, by readiness for transfer")
    st.html(tag("div", table_html(title, columns, rows), class_="t-compact"))


def unit_heading(profile: Profile, shown: Sequence[ThemeResult]) -> None:
    """Where a primary care unit lies, and how it stands."""
    place_breadcrumb(profile.chain, "transfer")
    name = tr(profile.place.name)
    if not shown:
        when = period_text(profile.period.round)
        anatomy.headline(_("{place}: nothing was reported for {period}", place=name, period=when))
        return
    anatomy.headline(_standing(name, shown[0]))


def _standing(name: str, one: ThemeResult) -> str:
    """A unit's value and verdict; while it is open, what it could still become."""
    names = {"place": name, "name": tr(one.unit.name)}
    notes = one.why.stored.result.detail.notes
    if one.value is None and "best" in notes:
        ends = {end: value_text(notes[end], one.unit) for end in ("best", "worst")}
        return _("{place}: {name} still open, at best {best}, at worst {worst}", **names, **ends)
    verdict = status_word(STATUSES[one.verdict])
    value = value_text(one.value, one.unit)
    return _("{place}: {name} {value} · {verdict}", value=value, verdict=verdict, **names)


def reported_figures(engine: Engine, sources: Iterable[SubmissionInfo]) -> None:
    """Everything that was reported, whether it is judged or only kept, form by form."""
    for source in sources:
        facts = submitted_facts(engine, source.id)
        columns = (Column(_("Figure")), Column(_("Value"), number=True), Column(_("Cell")))
        rows = [(tr(fact.name), fact_text(fact), cell_text(fact)) for fact in facts]
        title = _(
            "Figures as they were reported: {form}, {period}",
            form=tr(form(source.form).name),
            period=period_text(source.period),
        )
        st.html(disclosure(title, table_html(title, columns, rows)))
