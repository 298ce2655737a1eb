"""The inspection themes of one facility: each result as a line that opens its tests and why."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import groupby
from typing import Final

import streamlit as st

from components.areas.results import place_breadcrumb
from components.facility.tests import column_names, earned_text, peer_value
from components.findings.facility import drawn_beside
from components.parts import anatomy
from components.parts.behind import later
from components.parts.figures import Figure, figures
from components.parts.shares import STATUSES
from components.parts.status import mark
from components.parts.tables import Column, head_row, table_html
from components.reader.language import _, tr
from components.reader.links import link
from components.reader.markup import Html, joined, tag
from components.reader.numbers import NONE, percent_figure, whole
from components.reader.periods import of_age, period_text
from components.reader.store import store_of_view
from components.reader.view_cache import cached_by_view
from components.theme.words import change_measured, measured_text
from components.why.explanation import cell_text, figure_of, test_why, whole_why
from components.why.rules import quoted
from components.why.verified import linked_mark
from core.criteria.catalog import catalog
from core.figures.radar import Spoke, radar
from core.forms.model.form import form
from core.services.profiles.facility import Profile
from core.services.profiles.themes import ThemeResult, explained_result
from core.services.profiles.wording import status_of_test, unit_message
from core.services.results.facts import submitted_facts
from core.services.rules.explanation import Explanation, StoredExplanation, fact_text
from core.services.rules.verified.forms import form_behind
from core.services.themes.data import Unit
from core.store.assessments.rows import Key
from core.store.uploads.submissions import SubmissionInfo
from core.text import Text

FULL: Final = 100.0
SENT: Final = "sent."
"""What the name of a submission's line begins with; its number follows."""
_drawn = lru_cache(maxsize=512)(radar)


def themes(shown: Sequence[ThemeResult], beside: str) -> None:
    """The radars side by side, and a table of all themes, a line for each result.

    `beside` are the findings that stand beside their lights, as `findings_beside` tells them.
    """
    if not shown:
        return
    st.html(tag("h2", _("Inspection themes"), class_="t-section", id="themes"))
    radars = [_radar(one) for one in shown if any(s.now is not None for s in one.spokes)]
    if radars:
        figures("facility.radars", radars)
    st.html(_table(shown, beside))


def _radar(one: ThemeResult) -> Figure:
    """Points of each part in percent of full marks, the period before thin."""
    title = tr(one.unit.name)
    spokes = tuple(Spoke(tr(s.name), s.now, _percent(s.now)) for s in one.spokes)
    before = tuple(s.before for s in one.spokes)
    thin = before if any(value is not None for value in before) else ()
    note = _("Percent of full marks. Dashed: full marks. Thin: the period before.")
    return Figure(title, _drawn(f"radar.{one.unit.id}", title, spokes, FULL, before=thin), note)


@cached_by_view
def _table(shown: Sequence[ThemeResult], beside: str) -> Html:
    drawn = drawn_beside(beside)
    titles = (
        (_("Status"), ""),
        (_("Indicator"), ""),
        (_("Result"), "t-number"),
        (_("Asked"), "t-number"),
        (_("Change"), "t-number"),
        (_("Value of the peers"), "t-number"),
    )
    columns = [text for text, _kind in titles]
    body = joined(
        piece
        for theme, results in groupby(shown, key=lambda one: one.theme)
        for piece in (
            _heading(theme, len(titles)),
            *(_result(one, len(titles), drawn.get(one.unit.id, Html())) for one in results),
        )
    )
    caption = tag("caption", _("Results by theme; each line opens its tests"))
    head = tag("thead", head_row(titles))
    style = column_names(columns[2:])
    table = tag("table", caption, head, body, class_="t-items", style=style)
    return tag("div", table, class_="t-folded")


def _heading(theme: str, columns: int) -> Html:
    name = tr(catalog().themes.get(theme, Text(theme, theme)))
    head = tag("th", name, colspan=str(columns), scope="rowgroup")
    return tag("tbody", tag("tr", head), class_="t-head")


def _result(one: ThemeResult, columns: int, beside: Html) -> Html:
    grade = one.notes.get("grade")
    value = measured_text(one.value, one.unit)
    was = one.before.value if one.before else None
    when = of_age(period_text(one.period), is_stale=one.is_stale)
    name = joined((tr(one.unit.name), tag("small", when, class_="t-when"), _verified(one), beside))
    figures = (
        f"{grade} · {value}" if grade else value,
        tr(one.requirement) if one.requirement else NONE,
        change_measured(one.value, was, one.unit),
        _peers(one),
    )
    cells = joined(tag("td", text) for text in figures)
    light = tag("td", mark(STATUSES[one.verdict], _judged(one)))
    row = tag("tr", light, tag("th", name, scope="row", translate="no"), cells)
    line = later(_("Why"), one.unit.id, lambda: behind_result(one), with_parts=True)
    return tag("tbody", row, tag("tr", tag("td", line, colspan=str(columns)), class_="t-behind"))


def _verified(one: ThemeResult) -> Html:
    """How far it is verified, the way there, and its value by verified scores where it differs."""
    behind = form_behind(one.unit.id, one.period)
    if one.mark is None or behind is None:
        return Html()
    state = linked_mark(Key(behind, one.subject, one.period), one.mark)
    differs = one.verified is not None and one.verified != one.value
    text = _("verified: {value}", value=measured_text(one.verified, one.unit)) if differs else ""
    return tag("small", joined((state, text), " "), class_="t-when")


def _judged(one: ThemeResult) -> str | None:
    """What is said in place of a bare "no data" where there is a value and nothing judges it."""
    return _("Not judged") if one.value is not None and STATUSES[one.verdict] == "none" else None


def _peers(one: ThemeResult) -> str:
    if one.peers is None:
        return NONE
    value = measured_text(one.peers.median, one.unit)
    return peer_value(value, one.peers.peers, are_few=one.peers.are_few)


def behind_result(one: ThemeResult) -> Html:
    """The tests of a result, the way it came about, its peers, its radar and its past as tables."""
    why = explained_result(store_of_view(), one)
    return joined((_tests(why), whole_why(why), _compared(one), _spokes(one), _past(one)))


def _tests(why: StoredExplanation) -> Html:
    titles = (_("Status"), _("Test"), _("Figure"), _("Asked"), _("Points"))
    kinds = ("", "", "t-number", "t-number", "t-number")
    head = head_row(zip(titles, kinds, strict=True))
    body = joined(_test(test, why, titles) for test in why.parts)
    return tag("table", tag("thead", head), body, class_="t-items t-inner")


def _test(test: Explanation, why: StoredExplanation, titles: Sequence[str]) -> Html:
    name = quoted(" ".join(filter(None, (test.label, tr(test.name)))))
    earned = earned_text(test)
    if test.is_block:
        cells = tag("td", earned, class_="t-number", colspan="3")
        row = tag("tr", tag("th", tag("strong", name), colspan="2", scope="rowgroup"), cells)
        return tag("tbody", row)
    figures = (
        figure_of(test),
        tr(test.held.requirement) if test.held.requirement else NONE,
        earned if test.full_marks else NONE,
    )
    cells = joined(
        tag("td", text, class_="t-number", data_label=label)
        for label, text in zip(titles[2:], figures, strict=True)
    )
    light = tag("td", mark(status_of_test(test, is_risk=False)))
    behind = tag("td", test_why(test, why), colspan=str(len(titles)))
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
        median=measured_text(peers.median, one.unit),
        others=f"{peers.others:,}",
        better=f"{peers.better:,}",
        worse=f"{peers.worse:,}",
        same=f"{peers.same:,}",
    )
    few = _("These are few peers: one more hospital can move the value far.")
    return tag("p", text, *((" ", few) if peers.are_few else ()))


def _spokes(one: ThemeResult) -> Html:
    """The values of its radar as a table."""
    if not one.spokes:
        return Html()
    columns = (
        Column(_("Aspect")),
        Column(_("Percent"), number=True),
        Column(_("Before"), number=True),
    )
    rows = [(tr(s.name), _percent(s.now), _percent(s.before)) for s in one.spokes]
    return table_html(_("Points in percent of full marks"), columns, rows)


def _percent(value: float | None) -> str:
    return NONE if value is None else percent_figure(value)


def _past(one: ThemeResult) -> Html:
    """All periods, the newest first, where there is more than one."""
    if len(one.series) < 2:
        return Html()
    columns = (Column(_("Period")), Column(_("Result"), number=True), Column(_("Verdict")))
    rows: Iterator[tuple[str, ...]] = (
        (
            period_text(past.period),
            measured_text(past.value, one.unit),
            mark(STATUSES[past.verdict]),
        )
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
    where = place_breadcrumb(profile.chain, "transfer")
    anatomy.headline(tr(unit_message(profile, shown)), where)


def reported_figures(sources: Iterable[SubmissionInfo]) -> None:
    """Everything that was reported, whether it is judged or only kept, behind one line."""
    sent = tuple(sources)
    if sent:
        title = _("Figures as they were reported: {count} forms", count=len(sent))
        line = later(title, SENT.rstrip("."), partial(behind_sources, sent), with_parts=True)
        st.html(tag("div", line, id="reported"))


def behind_sources(sources: Iterable[SubmissionInfo]) -> Html:
    """A line for each form that was sent."""
    return joined(
        later(_source_title(one), f"{SENT}{one.id}", partial(behind_source, one)) for one in sources
    )


def behind_sent(why: str, sources: Iterable[SubmissionInfo]) -> Html | None:
    """What stands behind the line of all forms, or of one of them; None where it is neither."""
    if f"{why}." == SENT:
        return behind_sources(sources)
    sent = (one for one in sources if why == f"{SENT}{one.id}")
    return next((behind_source(one) for one in sent), None)


def behind_source(source: SubmissionInfo) -> Html:
    """The figures of a submission with their cells."""
    facts = submitted_facts(store_of_view(), source.id)
    columns = (Column(_("Figure")), Column(_("Value"), number=True), Column(_("Cell")))
    rows = [(tr(fact.name), tr(fact_text(fact)), cell_text(fact)) for fact in facts]
    return table_html(_source_title(source), columns, rows)


def _source_title(source: SubmissionInfo) -> str:
    return _(
        "Figures as they were reported: {form}, {period}",
        form=tr(form(source.form).name),
        period=period_text(source.period),
    )
