"""The page of the audit trail: deeds newest first, whether it is whole, and taking it away."""

import json
import re
from typing import Final

import streamlit as st
from sqlalchemy import Engine

from components.parts import anatomy, tables
from components.parts.downloads import download_button, table_buttons
from components.parts.tables import Column
from components.reader import filters
from components.reader.language import _, current_language, tr
from components.reader.markup import Html, joined, tag
from components.reader.periods import moment_text
from core.services.audit import trail
from core.services.audit.trail import Matching
from core.services.audit.wording import VIAS, action_text, state_text, verified_line, via_text
from core.services.exports.workbook import Head
from core.store.audit.listing import KeptDeed

_AT_ONCE: Final = 50
_ANY: Final = ""
_DIGEST: Final = re.compile(r"\b([0-9a-f]{12})[0-9a-f]{52}\b")


def show(engine: Engine) -> None:
    """The deeds that the filters leave, some at a time."""
    top = st.container()
    listed = _filtered(engine)
    with top:
        anatomy.headline(_headline(listed))
    if listed.count:
        _list(engine, listed)
        _takeaways(engine, listed)
    _verification(engine)


def _headline(listed: Matching) -> str:
    if not listed.count:
        return _("No deed fits what was asked for.")
    return _("{count} deeds are kept; none is ever changed or deleted", count=f"{listed.count:,}")


def _filtered(engine: Engine) -> Matching:
    wide, middle, narrow = st.columns([2, 1.4, 1])
    with wide:
        words = filters.search("q", _("A name, a place, a reason, or what was changed"))
    with middle:
        actions = {_ANY: _("Everything that was done")}
        actions |= {one: tr(action_text(one)) for one in trail.known_actions(engine)}
        label = actions.__getitem__
        action = filters.choice("action", _("What was done"), [*actions], label_of=label)
    with narrow:
        vias = {_ANY: _("Through anything")} | {one: tr(text) for one, text in VIAS.items()}
        via = filters.choice("via", _("Through"), [*vias], label_of=vias.__getitem__)
    return trail.matching(engine, trail.wanted(words=words, action=action, via=via))


def _list(engine: Engine, listed: Matching) -> None:
    first = tables.first_row(listed.count, _AT_ONCE, key="audit.first")
    shown = trail.deeds(engine, listed.wanted, first + _AT_ONCE)[first:]
    columns = (
        Column(_("What was done")), Column(_("Who")), Column(_("When")), Column(_("Through")),
        Column(_("To what")), Column(_("Before and after")), Column(_("No."), number=True),
    )  # fmt: skip
    rows = [
        (
            tr(action_text(one.action)),
            _typed(one.who or "–"),
            moment_text(one.at),
            joined((tr(via_text(one.via)), tag("small", one.place, translate="no")), " "),
            _typed(f"{one.subject} {one.area}".strip()),
            _states(one),
            f"{one.id:,}",
        )
        for one in shown
    ]
    part = tables.is_part(len(shown), listed.count)
    st.html(tables.table_html(_("Audit trail"), columns, rows, part))


def _states(one: KeptDeed) -> Html:
    # A digest in full stands in what is taken away.
    states = (_DIGEST.sub(r"\1…", state_text(state)) for state in (one.before, one.after))
    states_ = (*states, one.reason)
    return joined([_typed(part) for part in states_ if part], " → ")


def _typed(text: str) -> Html:
    """What people or programs wrote, left as it is."""
    return tag("span", text, translate="no")


def _takeaways(engine: Engine, listed: Matching) -> None:
    language = current_language()
    head = Head(_("Audit trail"))

    def every() -> list[list[object]]:
        return trail.deed_rows(trail.deeds(engine, listed.wanted, trail.MOST), language)

    def documents() -> bytes:
        rows = [trail.deed_json(one) for one in trail.deeds(engine, listed.wanted, trail.MOST)]
        return json.dumps({"deeds": rows}, ensure_ascii=False).encode()

    table_buttons("audit", every, head, "audit")
    download_button("audit.json", _("Download (JSON)"), documents, "audit.json", "application/json")


def _verification(engine: Engine) -> None:
    if st.button(_("Check that nobody changed the trail"), icon=":material/verified_user:"):
        done = trail.verified(engine)
        (st.error if done.broken else st.success)(tr(verified_line(done)))
