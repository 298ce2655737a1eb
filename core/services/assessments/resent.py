"""What uploads mean for verification: a lock refuses them, and one under way begins anew."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from core.errors import WorkbookError
from core.forms.model.form import form
from core.forms.model.issues import issue_of
from core.periods import Period, moment_text
from core.services.assessments.items import counts_of, states_by_subject
from core.services.audit.leaving import leave
from core.services.rules.verified.forms import self_assessed_forms
from core.store.assessments import repository as stored
from core.store.assessments.rows import Key, NewStep, Stage, Step
from core.store.register.repository import areas, known_as
from core.text import Text, say

_MOST_PLACES: Final = 3


@dataclass(frozen=True, slots=True)
class Resumed:
    """A verification that goes on with other figures: `verified` of its items stay so.

    `dropped` were verified and are to be verified again, their own scores being others now.
    """

    key: Key
    verified: int
    items: int
    dropped: int


def locks_on(
    session: Session, form_id: str, keys: Collection[tuple[str, Period]]
) -> tuple[Step, ...]:
    """The locks that stand on some subjects and periods of a form."""
    if form_id not in self_assessed_forms() or not keys:
        return ()
    steps = stored.standing(
        session, [form_id], {period for _subject, period in keys}, {subject for subject, _ in keys}
    )
    standing = (steps.get(Key(form_id, subject, period)) for subject, period in keys)
    return tuple(one for one in standing if one is not None and one.stage is Stage.LOCKED)


def lock_words(session: Session, locks: Collection[Step]) -> dict[str, Any]:
    """What a message says of locks: whose they are, by whom and when they were set."""
    first = min(locks, key=lambda one: (one.at, one.key.subject))
    names = [_place(session, one.key.subject) for one in locks][:_MOST_PLACES]
    places = Text.joined(names, ", ")
    if len(locks) > _MOST_PLACES:
        places = say("{places} and {more} more", places=places, more=len(locks) - _MOST_PLACES)
    return {
        "form": form(first.key.form).name, "period": str(first.key.period), "places": places,
        "by": first.by, "at": moment_text(first.at),
    }  # fmt: skip


def lock_text(session: Session, locks: Collection[Step]) -> Text | None:
    """Why a file would not be stored; None where nothing is locked."""
    if not locks:
        return None
    return issue_of(WorkbookError("F059", **lock_words(session, locks))).text


def _place(session: Session, code: str) -> Text:
    if code.isdigit():
        known = known_as(session, [code]).get(code)
        name = known[0] if known else Text("", "")
    else:
        area = areas(session).get(code)
        name = Text(area.name_th, area.name_en) if area else Text("", "")
    return Text(f"{name.th} ({code})".strip(), f"{name.en} ({code})".strip())


def resume(
    session: Session, form_id: str, keys: Iterable[tuple[str, Period]], *, by: str, why: str
) -> tuple[Resumed, ...]:
    """Have verifications under way begin anew where other figures count now.

    Items whose own scores are the same stay verified. `why` is what happened: a file, its removal.
    """
    if form_id not in self_assessed_forms():
        return ()
    wanted = [Key(form_id, subject, period) for subject, period in keys]
    steps = stored.standing(
        session, [form_id], {one.period for one in wanted}, {one.subject for one in wanted}
    )
    begun = [steps[key] for key in wanted if key in steps]
    states = states_by_subject(session, form_id, [one.key for one in begun])
    resumed = []
    for was in begun:
        counts = counts_of(states.get(was.key, ()))
        step = stored.enter(
            session,
            NewStep(
                key=was.key, action="resent", stage=counts.stage, items=counts.items,
                verified=counts.verified, differing=counts.differing, by=by, role="",
                at=datetime.now(UTC), why=why,
            ),
        )  # fmt: skip
        leave(
            session, "assessment_resent", f"assessment:{was.key}", by=by, area=was.key.subject,
            before=_counted(was), after=_counted(step), reason=why,
        )  # fmt: skip
        dropped = max(was.verified - counts.verified, 0)
        resumed.append(Resumed(was.key, counts.verified, counts.items, dropped))
    return tuple(resumed)


def _counted(step: Step) -> dict[str, Any]:
    return {"stage": step.stage.name.lower(), "items": step.items, "verified": step.verified}
