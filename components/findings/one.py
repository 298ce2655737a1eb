"""One finding: what it is about, its plan, evidence and history, and what can be done."""

from collections.abc import Iterator
from datetime import date
from functools import partial

import orjson
import streamlit as st
from sqlalchemy import Engine

from components.findings import deeds
from components.findings.table import due, state_mark, then, where
from components.parts import anatomy, tables
from components.parts.downloads import download_button
from components.parts.tables import Column
from components.reader.language import _, tr
from components.reader.markup import Html, joined, tag
from components.reader.numbers import NONE
from components.reader.periods import moment_text, period_text
from components.why.rules import quoted
from core.access.roles import roles
from core.periods import day_text
from core.services.findings.listing import Whole, evidence_file
from core.services.findings.lists import finding_lists, listed
from core.services.findings.takeaways import cause_text
from core.services.findings.wording import action_text, kind_text, light_text
from core.store.findings.rows import Change

_OCTETS = "application/octet-stream"


def one_finding(engine: Engine, whole: Whole) -> None:
    """Everything about a finding, above the list."""
    one = whole.listed
    title = _("Finding {number}: {name}", number=one.stored.id, name=tr(one.name))
    st.html(tag("h2", title, class_="t-section"))
    st.html(tag("dl", joined(_facts(whole)), class_="t-facts"))
    _evidence(engine, whole)
    _history(whole)
    unseen = [change for change in whole.changes if change.unseen]
    if unseen:
        anatomy.messages(_overlap(change) for change in unseen)
    deeds.acts(engine, whole)


def _facts(whole: Whole) -> Iterator[Html]:
    one, stored = whole.listed, whole.listed.stored
    words = quoted(stored.cause_words)
    cause = (
        joined((tr(cause_text(one)), " · ", words)) if stored.cause_words else tr(cause_text(one))
    )
    pairs = (
        (_("Where"), where(one)),
        (_("State"), state_mark(one)),
        (_("Why it is open"), tr(kind_text(stored.kind))),
        (_("Opened in"), period_text(stored.opened_in)),
        (_("Then"), then(one)),
        (_("Light now"), tr(light_text(stored.light, stored.seen_in))),
        (_("Cause"), cause or NONE),
        (_("Measure to take"), quoted(stored.measure) if stored.measure else NONE),
        (_("Owner"), tr(one.owner) or NONE),
        (_("Due"), due(one)),
    )
    for name, text in pairs:
        yield joined((tag("dt", name), tag("dd", text)))


def _evidence(engine: Engine, whole: Whole) -> None:
    """What was handed in: links to follow, files to download."""
    if not whole.evidence:
        return
    anatomy.section(_("Evidence"))
    links = [
        tag(
            "li",
            tag(
                "a",
                one.link,
                href=one.link,
                target="_blank",
                rel="noopener noreferrer",
                translate="no",
            ),
        )
        for one in whole.evidence
        if one.link
    ]
    if links:
        st.html(tag("ul", joined(links)))
    for one in whole.evidence:
        if one.file_name:
            download_button(
                f"evidence.{one.change}",
                _("Download: {name}", name=one.file_name),
                partial(evidence_file, engine, one.change),
                one.file_name,
                _OCTETS,
            )


def _history(whole: Whole) -> None:
    columns = (Column(_("When")), Column(_("What")), Column(_("Who")), Column(_("Reason")))
    rows = (_changed(one) for one in reversed(whole.changes))
    tables.table(_("History of the finding"), columns, rows)


def _changed(one: Change) -> tuple[str, ...]:
    role = roles().get(one.role)
    who = joined((quoted(one.by), tag("small", tr(role.name), class_="t-when") if role else ""))
    what = joined((tr(action_text(one.action)), *_typed(one)))
    return moment_text(one.at), what, who, quoted(one.why) if one.why else NONE


def _typed(one: Change) -> Iterator[Html]:
    """What a change said, in small type: all that was ever planned stays readable."""
    typed = orjson.loads(one.content)
    if one.period is not None:
        yield tag("small", _("round closed: {period}", period=period_text(one.period)),
                  class_="t-when")  # fmt: skip
    if "cause" in typed:
        lists = finding_lists()
        parts = (
            tr(listed(typed["cause"], lists.causes)), typed.get("cause_words", ""),
            typed["measure"], tr(listed(typed["owner_role"], lists.owners)), typed["owner_unit"],
            tr(day_text(date.fromisoformat(typed["due"]))),
        )  # fmt: skip
        yield tag("small", quoted(" · ".join(part for part in parts if part)), class_="t-when")


def _overlap(one: Change) -> anatomy.Message:
    """That somebody changed it without having seen what others had done."""
    text = _(
        "{who} changed this without having seen {count} changes of others: all are kept, the later"
        " one counts.",
        who=one.by, count=one.unseen,
    )  # fmt: skip
    return anatomy.Message(kind="warning", text=text, where=moment_text(one.at))
