"""What another reading would change that no criterion judges: told on the page of readings."""

import streamlit as st
from sqlalchemy import Engine

from components.criteria.rereading import Rereading
from components.parts.tables import Column, table
from components.reader.language import _, tr
from components.reader.links import link
from components.reader.markup import tag
from core.services.performance.pmqa import pmqa_statuses
from core.services.performance.rules import performance_rules
from core.services.performance.sections import pmqa_edges


def apart(engine: Engine, shown: Rereading) -> None:
    """The tiers of PMQA 4.0 by each reading, where the contradiction is about them."""
    pmqa = performance_rules().pmqa
    if shown.about.switch != pmqa.contradiction:
        return
    columns = (
        Column(_("Unit")),
        Column(_("Fiscal year")),
        Column(_("Score"), number=True),
        *(Column(tr(pmqa_edges(one))) for one in pmqa.readings),
    )
    rows = [
        (one.office, str(one.fiscal_year), f"{one.score:g}", *map(tr, one.tiers))
        for one in pmqa_statuses(engine)
    ]
    if rows:
        table(tr(shown.about.about[0][1]), columns, rows)
    else:
        st.html(tag("p", _("Nothing of this part was sent.")))
    st.html(tag("p", link(_("To the page that judges it"), shown.about.page, part="pmqa")))
