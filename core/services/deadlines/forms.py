"""Which forms are sent for each period, and by whom."""

from collections.abc import Mapping
from functools import cache
from typing import Final, Literal, NamedTuple

from core.errors import UsageError
from core.forms.model.form import AssessmentForm, Form, forms
from core.periods import Part, Period
from core.text import Text, say

Sender = Literal["hospital", "pcu", "district", "province"]
"""Who sends a form: hospitals, primary care units, district networks (CUP), provinces."""
_PARTS: Final[Mapping[str, Part]] = {"month": "M", "quarter": "Q", "round": "R"}
"""The column that says which period a row is of, the finest first."""


class DueForm(NamedTuple):
    """A form that is due: who sends it, for which kind of period, and the forms that count for it.

    A trial balance tells a hospital's month as the finance table does: either of them is enough.
    """

    id: str
    name: Text
    of: Sender
    part: Part
    sent_as: tuple[str, ...]


@cache
def due_forms() -> Mapping[str, DueForm]:
    """The forms that have deadlines, by id."""
    due = (_due(one) for one in forms().values())
    return {one.id: one for one in due if one is not None}


def due_form(form_id: str) -> DueForm:
    """The one of an id; `UsageError` U130 names those there are."""
    try:
        return due_forms()[form_id]
    except KeyError:
        raise UsageError("U130", form=form_id, known=", ".join(due_forms())) from None


def check_period(form: DueForm, period: Period) -> None:
    """`UsageError` U131 where a form is not sent for such a period."""
    if period.part != form.part:
        example = {"": "2566", "Q": "2566-Q1", "R": "2566-R1", "M": "2566-M09"}[form.part]
        raise UsageError("U131", form=form.name, period=str(period), example=example)


def _due(form: Form) -> DueForm | None:
    if isinstance(form, AssessmentForm):
        return DueForm(form.id, form.name, "district", "", (form.id,))
    if form.holds == "document":
        return DueForm(form.id, form.name, "province", "", (form.id,))
    if form.holds not in ("figures", "hospital_months"):
        return None
    types = {column.type for column in form.columns}
    part: Part = next((part for kind, part in _PARTS.items() if kind in types), "")
    books = [one.id for one in forms().values() if getattr(one, "holds", "") == "accounts"]
    also = books if form.holds == "hospital_months" else []
    return DueForm(form.id, form.name, form.of, part, (form.id, *also))


def sender_text(of: Sender) -> Text:
    """Who sends a form, in words."""
    texts = {"hospital": say("hospitals"), "pcu": say("primary care units"),
             "district": say("district networks (CUP)"), "province": say("provinces")}  # fmt: skip
    return texts[of]
