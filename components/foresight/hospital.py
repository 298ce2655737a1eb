"""A hospital on the page of foresight: the smallest changes, what if, and its own forecast."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import streamlit as st
from sqlalchemy import Engine

from components.areas.results import place_breadcrumb
from components.foresight import addresses, change_form
from components.parts import anatomy
from components.parts.status import basis_marks, level_digit
from components.parts.tables import Column, table
from components.reader.filters import SET
from components.reader.language import _, tr
from components.reader.links import link
from components.reader.markup import Html, joined, tag
from components.reader.numbers import NONE
from components.reader.periods import period_text
from core.foresight.levers import levers
from core.foresight.smallest import Change
from core.periods import Period
from core.services.foresight import wording
from core.services.foresight.change import Changes, Goal, changes
from core.services.foresight.gaps import TestGap, gaps
from core.services.foresight.plausible import unlikely_figures
from core.services.foresight.restated import restated_months
from core.services.foresight.warning import foretold
from core.services.foresight.whatif import wording as changed
from core.services.foresight.whatif.hospital import MovedTest, Simulation, simulate
from core.services.geography.country import Place
from core.services.rules.judged.amounts import amount_text
from core.text import Text, say

_LOOK: Final = say("Look at the file that was sent, and send it again if the figure is wrong.")
_MEANT: Final = say(
    "Check that the month was meant to be restated; the earlier file is kept under uploads."
)


def show(engine: Engine, hcode: str, chain: Sequence[Place], period: Period) -> None:
    """Everything simulated and foretold of one hospital."""
    wanted = addresses.changes_in_address()
    shown = simulate(engine, hcode, period, *addresses.money_and_days(wanted))
    known = changes(engine, hcode, period)
    above = place_breadcrumb(chain, addresses.PAGE)
    if shown is None or known is None:
        anatomy.headline(tr(wording.nothing_to_simulate(chain[-1].name, period)), above)
        return
    anatomy.headline(tr(changed.hospital_text(chain[-1].name, shown, known)), above)
    way = link(_("The results of this hospital"), "facility", facility=hcode)
    marks = basis_marks(known.basis, is_whole=True)
    standing = (level_digit(known.level), " ", marks, " · ") if marks else ()
    st.html(tag("p", *standing, period_text(period), " · ", way))
    with st.container(key="simulated-change"):
        _smallest(known)
        _gaps(gaps(engine, hcode, period))
    with st.container(key="simulated-what-if"):
        _what_if(wanted)
        _outcome(shown)
    with st.container(key="simulated-forecast"):
        _forecast(engine, hcode, period)
    _unlikely(engine, hcode, period)
    anatomy.sources(*(tr(wording.lever_assumption(lever)) for lever in levers()))


def _unlikely(engine: Engine, hcode: str, period: Period) -> None:
    """Figures to be looked at: they say nothing of how the hospital performs."""
    unlike = unlikely_figures(engine, hcode, period)
    restated = restated_months(engine, hcode, period)
    if not unlike and not restated:
        return
    anatomy.section(_("Figures to be looked at (data, not performance)"))
    anatomy.messages(
        [
            *(_to_look_at(wording.unlikely_text(one), _LOOK) for one in unlike),
            *(_to_look_at(wording.restated_text(one), _MEANT) for one in restated),
        ]
    )


def _to_look_at(text: Text, advice: Text) -> anatomy.Message:
    return anatomy.Message(kind="warning", text=tr(text), advice=tr(advice))


def _smallest(known: Changes) -> None:
    anatomy.section(_("Smallest change to a lower level (simulation)"))
    if not known.goals:
        st.html(tag("p", _("The level is the best there is; nothing has to be changed.")))
        return
    columns = [
        Column(_("To level"), number=True),
        *(Column(tr(lever.name), number=True) for lever in levers().values()),
        Column(_("Two together, where cheaper")),
    ]
    table(_("Least whole baht of each way"), columns, map(_goal, known.goals))
    lasting = wording.lasting_text(known)
    st.html(
        joined(
            tag("p", text)
            for text in (
                _("Each amount is a link that simulates it. With one baht less the level stays."),
                tr(lasting) if lasting else "",
            )
            if text
        )
    )


def _goal(goal: Goal) -> tuple[str | Html, ...]:
    alone = (_amount(change, f"{change.total:,}" if change else "") for _name, change in goal.alone)
    pair = goal.pair
    return (
        str(goal.level),
        *alone,
        _amount(pair, tr(wording.change_text(pair)) if pair else ""),
    )


def _amount(change: Change | None, text: str) -> str | Html:
    """An amount that simulates itself."""
    if change is None:
        return NONE
    return link(text, addresses.PAGE, **{SET: addresses.written(change.amounts)})


def _gaps(gaps: Sequence[TestGap]) -> None:
    """How far each failing test is from its cut-off; no sum: the same baht closes several."""
    if not gaps:
        return
    columns = [
        Column(_("Test")),
        Column(_("Reported"), number=True),
        Column(_("Cut-off"), number=True),
        Column(_("Gap"), number=True),
    ]
    rows = (
        (
            tr(one.name),
            tr(amount_text(one.figure, one.unit, (one.cutoff,))),
            tr(amount_text(one.cutoff, one.unit, (one.cutoff,))),
            tr(wording.gap_text(one)),
        )
        for one in gaps
    )
    table(_("How far each test that is not passed lies from its cut-off"), columns, rows)
    st.html(tag("p", _("Gaps are not added up: the same baht closes several."), class_="t-small"))


def _what_if(wanted: Mapping[str, float]) -> None:
    anatomy.section(_("What if (simulation)"))
    with st.form("foresight.form", border=False):
        given = change_form.fields(wanted)
        if st.form_submit_button(_("Simulate"), type="primary"):
            change_form.submit(given)
    change_form.way_back(wanted)


def _outcome(shown: Simulation) -> None:
    if not shown.amounts and not shown.days:
        return
    sentences = [changed.level_text(shown), changed.score_text(shown), *changed.limits_text(shown)]
    lines = (tag("p", tr(text)) for text in sentences if text)
    st.html(tag("div", *lines, class_="t-simulated", role="status"))
    columns = [
        Column(_("Test")),
        Column(_("Reported"), number=True),
        Column(_("Simulated"), number=True),
        Column(_("Cut-off"), number=True),
        Column(_("Points reported"), number=True),
        Column(_("Points simulated"), number=True),
    ]
    table(_("Crisis level: risk points (simulation)"), columns, _tests(shown.tests))
    table(_("TPS: points earned (simulation)"), columns, _tests(shown.items))


def _tests(tests: Sequence[MovedTest]) -> Iterator[tuple[str | Html, ...]]:
    for one in tests:
        before, after = (NONE if value is None else f"{value:g}" for value in one.points)
        beside = () if one.cutoff is None else (one.cutoff,)
        yield (
            tr(one.name),
            *(tr(amount_text(value, one.unit, beside)) for value in (*one.figure, one.cutoff)),
            before,
            tag("strong", after) if one.is_other else after,
        )


def _forecast(engine: Engine, hcode: str, period: Period) -> None:
    anatomy.section(_("Early warning (forecast)"))
    for forecast in foretold(engine, period):
        one = forecast.forecasts.get(hcode)
        if one is None:
            st.html(tag("p", tr(forecast.refusal or wording.no_forecast(forecast))))
            continue
        line = wording.forecast_line(forecast, one)
        st.html(
            joined(
                (tag("p", tr(line)), tag("p", tr(wording.test_text(forecast)), class_="t-small"))
            )
        )
