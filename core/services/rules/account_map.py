"""Accounts that were added to the chart, as the store has them."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from core.forms.trial_balance.additions import (
    GROUP,
    REASON,
    Addition,
    Additions,
    fault,
    map_form,
    patterns,
)
from core.scoring.base.states import State
from core.store.uploads.observations import observations_of
from core.store.uploads.repository import uploads
from core.store.uploads.submissions import current_submissions


def additions_in(session: Session) -> Additions:
    """What counts now; rows the chart speaks against are left out."""
    return Additions(tuple(_rows(session)))


def _rows(session: Session) -> Iterator[Addition]:
    additions = current_submissions(session, map_form().id)
    figures = observations_of(session, [one.id for one in additions])
    for about in additions:
        known = figures.get(about.id, {})
        group, reason = known.get(GROUP), known.get(REASON)
        if group is None or group.state != State.REPORTED or not group.text:
            continue
        if group.text in patterns() and fault(about.subject, group.text) is None:
            why = (reason.text or "") if reason else ""
            place = about.file_name, group.sheet, group.cell
            yield Addition(about.subject, group.text, about.period.fiscal_year, why, *place)


def has_map(session: Session) -> bool:
    """Whether any account was ever added, whether or not it counts now."""
    return bool(uploads(session, form=map_form().id))
