"""A receipt as lines of text: what was stored, replaced and changed."""

from collections.abc import Iterator

from core.areas import COUNTRY
from core.forms.model.form import form
from core.services.assessments.resent import Resumed
from core.services.geography.districts import Districts
from core.services.importing.receipts import Receipt
from core.store.uploads.repository import UploadInfo
from core.text import Text, say


def receipt_lines(receipt: Receipt) -> Iterator[Text]:
    """The lines of a receipt, most important first."""
    upload = receipt.upload
    yield _head(receipt)
    if receipt.action in ("stored", "restored", "withdrawn"):
        for later in receipt.later:
            yield say("  A later upload speaks of the same: {upload}", upload=_upload_text(later))
        for earlier in receipt.earlier:
            yield say(
                "  An earlier upload of the same stays: {upload}", upload=_upload_text(earlier)
            )
    yield say(
        "  {filled} of {inputs} cells filled in; {current} of {all} subjects and periods count.",
        filled=upload.filled,
        inputs=upload.inputs,
        current=upload.current,
        all=upload.submissions,
    )
    if receipt.register:
        entered = receipt.register.entered
        yield say(
            "  Register: {new} facilities are new, {changed} changed, {unchanged} as before.",
            new=entered.new,
            changed=entered.changed,
            unchanged=entered.unchanged,
        )
    if receipt.differences:
        yield say("  {count} figures differ from before.", count=len(receipt.differences))
    for one in receipt.resumed:
        yield resumed_line(one)
    if receipt.recomputed:
        yield say(
            "  Results changed: {own} of its own, {others} of other facilities, {areas} of areas.",
            own=len(receipt.own),
            others=len(receipt.others),
            areas=len(receipt.areas),
        )


def resumed_line(one: Resumed) -> Text:
    """That a verification begins anew with other figures, and what stays of it."""
    return say(
        "  Its verification begins anew: {subject} {period}: {verified} of {items} items stay "
        "verified, {dropped} are to be verified again.",
        subject=one.key.subject,
        period=str(one.key.period),
        verified=one.verified,
        items=one.items,
        dropped=one.dropped,
    )


def _head(receipt: Receipt) -> Text:
    upload = _upload_text(receipt.upload)
    return {
        "stored": say("  Stored: {upload}", upload=upload),
        "same": say("  Stored already, nothing was changed: {upload}", upload=upload),
        "withdrawn": say("  Withdrawn: {upload}", upload=upload),
        "restored": say("  Restored: {upload}", upload=upload),
        "unchanged": say("  Nothing was to be changed: {upload}", upload=upload),
    }[receipt.action]


def _upload_text(upload: UploadInfo) -> Text:
    values = {
        "id": upload.id,
        "form": form(upload.form).name,
        "place": _place(upload.subject),
        "year": upload.fiscal_year,
        "file": upload.file_name,
        "by": upload.uploaded_by,
    }
    if upload.version == 1:
        return say("upload {id}, {form} · {place} · FY {year}, “{file}” by {by}", **values)
    return say(
        "upload {id}, {form} · {place} · FY {year}, file no. {number}, “{file}” by {by}",
        **values,
        number=upload.version,
    )


def _place(code: str) -> Text:
    """What a file is about: an area by its name, a facility by its code."""
    if code == COUNTRY:
        return say("Thailand")
    area = Districts.of_the_country().areas.get(code)
    return Text(area.name_th, area.name_en) if area else Text(code, code)
