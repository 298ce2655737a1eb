"""What invented province officers did with the self-assessments of one health region."""

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from functools import cache
from typing import Annotated, Literal

import numpy as np
from pydantic import Field
from sqlalchemy.orm import Session

from core.areas import chain
from core.criteria.load import read_model
from core.criteria.model.base import Strict
from core.demo.draws import Draws
from core.demo.files.senders import sender_of
from core.demo.parameters import FOLDER
from core.services.assessments.changes import counts_after
from core.services.assessments.items import ItemState, states_by_subject
from core.services.rules.verified.forms import part_of, self_assessed_forms
from core.store.assessments.repository import enter_all
from core.store.assessments.rows import Action, Item, Key, NewStep, Stage
from core.store.register.repository import parents
from core.store.uploads.submissions import SubmissionInfo, current_submissions

Share = Annotated[float, Field(ge=0, le=1)]
Steps = Iterator[tuple[NewStep, Sequence[Item]]]


class AssessmentParameters(Strict):
    """`data/demo/assessments.yaml`."""

    region: str
    provinces: Mapping[str, Literal["locked", "verified", "under_way"]]
    begun_after: int
    between: int
    seed: int
    under_way: Share
    differing: Share
    lower: Share
    why: str
    locked_why: str


@cache
def assessment_parameters() -> AssessmentParameters:
    """How far the provinces are; `CriteriaError` for a wrong file."""
    return read_model(FOLDER / "assessments.yaml", AssessmentParameters)


def tell_assessments(session: Session) -> None:
    """Verify what the provinces of the region verified, as steps that are stored at once."""
    p, lying = assessment_parameters(), parents(session)
    draws = Draws(p.seed)
    several: list[tuple[NewStep, Sequence[Item]]] = []
    for form_id, form in self_assessed_forms().items():
        sent = [
            (one, province)
            for one in current_submissions(session, form_id)
            if one.period.part == part_of(form)
            for province in chain(one.subject, lying)
            if province in p.provinces
        ]
        keys = [Key(form_id, one.subject, one.period) for one, _province in sent]
        states = states_by_subject(session, form_id, keys)
        for key, (one, province) in zip(keys, sent, strict=True):
            if key in states:
                drawn = draws.uniform(str(key), len(states[key]))
                several += _steps(key, one, province, states[key], drawn.tolist())
    enter_all(session, several)


def _steps(
    key: Key, sent: SubmissionInfo, province: str, states: Sequence[ItemState], drawn: list[float]
) -> Steps:
    """The steps of one self-assessment up to where its province is."""
    p = assessment_parameters()
    how_far = p.provinces[province]
    open_items = [(one, draw) for one, draw in zip(states, drawn, strict=True) if one.is_open]
    if how_far == "under_way":
        open_items = open_items[: int(np.ceil(p.under_way * len(open_items)))]
    lower = [one for one, draw in open_items if draw < p.differing and one.own > one.item.low]
    chosen = {one.item.measure for one in lower}
    agreed = [one for one, _draw in open_items if one.item.measure not in chosen]
    # Where a figure is in error somebody would look it up: it is taken to be the lowest there is.
    verified = [_lowered(one) for one in (*lower, *(one for one in agreed if not one.can_agree))]
    accepted = [Item(o.item.measure, o.own, o.own_state, o.own) for o in agreed if o.can_agree]
    done: list[tuple[Action, list[Item]]] = [("verified", verified), ("accepted", accepted)]
    if how_far == "locked":
        done.append(("locked", []))
    at = sent.uploaded_at + timedelta(days=p.begun_after)
    so_far: list[Item] = []
    for action, items in done:
        if not items and action != "locked":
            continue
        so_far += items
        counts = counts_after(states, so_far)
        yield (
            NewStep(
                key=key, action=action, items=counts.items, verified=counts.verified,
                stage=Stage.LOCKED if action == "locked" else counts.stage,
                differing=counts.differing, by=sender_of(province), role="province", at=at,
                why=p.locked_why if action == "locked" else "",
            ),
            tuple(items),
        )  # fmt: skip
        at += timedelta(days=p.between)


def _lowered(one: ItemState) -> Item:
    """A score that came out lower: an answer is no then."""
    p, low = assessment_parameters(), one.item.low
    if one.item.unit == "answer" or not one.can_agree:
        score = max(low, 0.0)
    else:
        lowered = low + (one.own - low) * (1 - p.lower)
        score = max(low, math.floor(10 * lowered) / 10)  # Rounded it may come out higher.
    return Item(one.item.measure, one.own, one.own_state, score, p.why)
