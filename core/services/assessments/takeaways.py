"""Verification as JSON; its keys are a contract: add, never rename."""

import math
from typing import Any

from core.services.assessments.items import ItemState
from core.services.assessments.listing import ListedAssessment, TotalPair, WholeAssessment
from core.services.exports.documents import both
from core.services.results.json_document import mark_json
from core.services.rules.verified.wording import SLUGS
from core.store.assessments.rows import Step


def assessment_json(one: ListedAssessment) -> dict[str, Any]:
    """A self-assessment and how far it is verified."""
    return {
        "form": one.key.form,
        "subject": one.key.subject,
        "period": str(one.key.period),
        "place": both(one.place),
        "upload": one.sent.upload_id,
        "version": one.sent.version,
        "sent_by": one.sent.uploaded_by,
        "sent_at": one.sent.uploaded_at.isoformat(),
        **mark_json(one.mark),
    }


def whole_json(whole: WholeAssessment) -> dict[str, Any]:
    """A self-assessment in full."""
    return {
        **assessment_json(whole.listed),
        "revision": whole.revision,
        "totals": [_total(one) for one in whole.totals],
        "scores": [_item(one, whole) for one in whole.in_order],
        "steps": [step_json(one) for one in whole.steps],
    }


def step_json(one: Step) -> dict[str, Any]:
    """A step of a verification."""
    return {
        "revision": one.revision,
        "action": one.action,
        "state": SLUGS[one.stage],
        "items": one.items,
        "verified": one.verified,
        "differing": one.differing,
        "by": one.by,
        "role": one.role,
        "at": one.at.isoformat(),
        "why": one.why,
        "unseen": one.unseen,
    }


def _total(one: TotalPair) -> dict[str, Any]:
    return {
        "indicator": one.criterion,
        "name": both(one.name),
        "self": one.own,
        "verified": one.verified,
        "full": one.out_of,
    }


def _item(one: ItemState, whole: WholeAssessment) -> dict[str, Any]:
    proofs = whole.evidence.get(one.item.measure, ())
    return {
        "item": one.item.measure,
        "no": one.item.no,
        "name": both(one.item.name),
        "unit": one.item.unit,
        "self": _finite(one.own),
        "self_state": one.own_state.name.lower(),
        "is_verified": one.verified is not None,
        "verified": _finite(one.verified.verified) if one.verified else None,
        "why": one.verified.why if one.verified else "",
        "evidence": [
            {"step": e.step, "link": e.link, "file_name": e.file_name, "sha256": e.sha256}
            for e in proofs
        ],
    }


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
