"""A receipt as JSON. The keys are a contract: add, never rename."""

import math
from typing import Any

from core.services.exports import documents
from core.services.importing.receipts import Receipt
from core.services.importing.register import RegisterChange
from core.store.uploads.changes import ResultChange
from core.store.uploads.observations import Difference, Observed
from core.store.uploads.repository import UploadInfo


def receipt_json(receipt: Receipt) -> documents.Receipt:
    """The JSON of a receipt; `changed` are stored results that were replaced."""
    kinds = {"own": receipt.own, "others": receipt.others, "areas": receipt.areas}
    return {
        "action": receipt.action,
        "counts": receipt.counts,
        "upload": upload_json(receipt.upload),
        "keys": [{"subject": s, "period": str(period)} for s, period in receipt.keys],
        "new_keys": len(receipt.new_keys),
        "earlier": [upload_json(one) for one in receipt.earlier],
        "later": [upload_json(one) for one in receipt.later],
        "differences": [difference_json(one) for one in receipt.differences],
        "results": {kind: len(changes) for kind, changes in kinds.items()},
        "changed": [
            {"of": kind, **_change(change)}
            for kind, changes in kinds.items()
            for change in changes
            if change.replaced_id is not None
        ],
        "register": _register(receipt.register) if receipt.register else None,
        "resumed": [
            {
                "subject": one.key.subject,
                "period": str(one.key.period),
                "verified": one.verified,
                "items": one.items,
                "dropped": one.dropped,
            }
            for one in receipt.resumed
        ],
        "results_version": receipt.recomputed.version if receipt.recomputed else None,
    }


def _register(change: RegisterChange) -> dict[str, Any]:
    entered = change.entered
    return {
        "new": entered.new,
        "changed": entered.changed,
        "unchanged": entered.unchanged,
        "changes": [
            {
                "hcode": one.hcode,
                "attribute": one.attribute,
                "since": None if one.since is None else str(one.since),
                "before": one.before,
                "after": one.after,
            }
            for one in change.changes
        ],
    }


def upload_json(upload: UploadInfo) -> documents.UploadDocument:
    """The JSON of an upload, without its bytes; its time is UTC."""
    return {
        "id": upload.id,
        "form": upload.form,
        "subject": upload.subject,
        "fiscal_year": upload.fiscal_year,
        "version": upload.version,
        "state": upload.state,
        "file_name": upload.file_name,
        "sha256": upload.sha256,
        "size": upload.size,
        "by": upload.uploaded_by,
        "at": upload.uploaded_at.isoformat(),
        "filled": upload.filled,
        "inputs": upload.inputs,
    }


def difference_json(one: Difference) -> dict[str, Any]:
    """A figure before and after; None where it was not told."""
    return {
        "subject": one.subject,
        "period": str(one.period),
        "measure": one.measure,
        "before": _observed(one.before),
        "after": _observed(one.after),
    }


def _observed(figure: Observed | None) -> dict[str, Any] | None:
    if figure is None:
        return None
    return {
        "value": None if math.isnan(figure.value) else figure.value,
        "text": figure.text,
        "state": figure.state.name.lower(),
        "sheet": figure.sheet,
        "cell": figure.cell,
    }


def _change(change: ResultChange) -> dict[str, Any]:
    return {
        "indicator": change.criterion,
        "subject": change.subject,
        "period": str(change.period),
        "id": change.result_id,
        "before": {"value": change.value_before, "points": change.points_before},
        "after": {"value": change.value, "points": change.points},
    }
