"""One self-assessment: both totals, items with both scores, history, and what can be done."""

from collections.abc import Iterator
from functools import partial
from typing import Final

import streamlit as st
from sqlalchemy import Engine

from components.assessments import deeds
from components.parts import anatomy, tables
from components.parts.downloads import download_button
from components.parts.tables import Column
from components.reader.language import _, tr
from components.reader.links import link
from components.reader.markup import Html, joined, tag
from components.reader.numbers import NONE, score
from components.reader.periods import moment_text, period_text
from components.why.rules import quoted
from components.why.verified import verified_mark
from core.access.roles import roles
from core.services.assessments.items import ItemState
from core.services.assessments.listing import WholeAssessment, evidence_of
from core.services.assessments.wording import ACTIONS, own_text, verified_text
from core.store.assessments.rows import Evidence, Step

_OCTETS: Final = "application/octet-stream"
_AT_ONCE: Final = 25


def one_assessment(engine: Engine, whole: WholeAssessment) -> None:
    """Everything about one self-assessment, above the list."""
    one = whole.listed
    title = joined((tr(one.place), " · ", tr(one.form), " · ", period_text(one.key.period)))
    st.html(tag("h2", title, class_="t-section"))
    st.html(joined(tag("p", line) for line in _facts(whole)))
    _totals(whole)
    deeds.acts(engine, whole)
    _items(whole)
    _evidence(engine, whole)
    _history(whole)


def _facts(whole: WholeAssessment) -> Iterator[Html]:
    one = whole.listed
    counts = _(
        "{left} items are to be verified; {differing} differ from their own score.",
        left=f"{whole.left:,}",
        differing=f"{sum(item.differs for item in whole.items):,}",
    )
    yield joined((verified_mark(one.mark), " ", counts))
    sent = one.sent
    text = _(
        "Version {version}, sent by {by}, {at}",
        version=sent.version, by=sent.uploaded_by, at=moment_text(sent.uploaded_at),
    )  # fmt: skip
    yield link(text, "uploads", upload=str(sent.upload_id))


def _totals(whole: WholeAssessment) -> None:
    """Results by its own scores, which are those published, beside those by verified scores."""
    shown = whole.totals
    if not shown:
        return
    columns = (
        Column(_("Result")),
        Column(_("By own scores (published)"), number=True),
        Column(_("By verified scores"), number=True),
        Column(_("Out of"), number=True),
    )
    rows = [(tr(one.name), _number(one.own), _number(one.verified), _number(one.out_of))
            for one in shown]  # fmt: skip
    tables.table(_("Both totals"), columns, rows)


def _number(value: float | None) -> str:
    return NONE if value is None else score(value)


def _items(whole: WholeAssessment) -> None:
    """Items, those not verified first where there are any: a telephone shows no 174 at once."""
    columns = (
        Column(_("Item")),
        Column(_("Own score"), number=True),
        Column(_("Verified score"), number=True),
        Column(_("Reason")),
    )
    title = _("Items, those not verified first") if whole.left else _("Items")
    every = whole.in_order
    first = tables.first_row(len(every), _AT_ONCE, key=f"assessments.items.{whole.listed.key}")
    shown = every[first : first + _AT_ONCE]
    kind = tables.is_part(len(shown), len(every))
    st.html(tables.table_html(title, columns, map(_row, shown), kind))


def _row(one: ItemState) -> tuple[str, ...]:
    verified = tr(verified_text(one))
    why = quoted(one.verified.why) if one.verified and one.verified.why else ""
    name = f"{one.item.no} {tr(one.item.name)}".strip()
    return name, tr(own_text(one)), (
        tag("strong", verified) if one.differs else verified
    ), why  # fmt: skip


def _evidence(engine: Engine, whole: WholeAssessment) -> None:
    """What items were verified by: links to follow, files to download."""
    if not whole.evidence:
        return
    anatomy.section(_("Evidence"))
    names = {one.item.measure: tr(one.item.name) for one in whole.items}
    every = [(names.get(m, m), one) for m, several in whole.evidence.items() for one in several]
    links = [_link(name, one) for name, one in every if one.link]
    if links:
        st.html(tag("ul", joined(links)))
    for name, one in every:
        if one.file_name:
            download_button(
                f"proof.{one.step}.{one.measure}",
                _("Download {file}", file=f"{one.file_name} · {name}"),
                partial(evidence_of, engine, whole.listed.key, one.step, one.measure),
                one.file_name, _OCTETS,
            )  # fmt: skip


def _link(name: str, one: Evidence) -> Html:
    there = tag("a", one.link, href=one.link, target="_blank", rel="noopener noreferrer",
                class_="t-link", translate="no")  # fmt: skip
    return tag("li", name, ": ", there)


def _history(whole: WholeAssessment) -> None:
    if not whole.steps:
        return
    columns = (Column(_("When")), Column(_("What")), Column(_("Who")), Column(_("Reason")))
    rows = [(moment_text(one.at), _did(one), _who(one), quoted(one.why)) for one in whole.steps]
    tables.table(_("What was done to it"), columns, rows)


def _did(one: Step) -> str:
    text = f"{tr(ACTIONS[one.action])} ({one.verified:,}/{one.items:,})"
    if not one.unseen:
        return text
    unseen = _("{count} steps of others were not seen by whoever did it", count=one.unseen)
    return f"{text} · {unseen}"


def _who(one: Step) -> Html:
    role = roles().get(one.role)
    name = quoted(one.by)
    return joined((name, " · ", tr(role.name))) if role else name
