"""Import of one file, from its bytes to its receipt, for the terminal and scheduled jobs."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Engine

from core.access.roles import Action
from core.errors import WorkbookError
from core.forms.model.issues import issue_of
from core.services.guard.doors import ANYWHERE, door
from core.services.importing.receipt_json import receipt_json
from core.services.importing.receipt_text import receipt_lines
from core.services.importing.receipts import Receipt
from core.services.importing.store_intake import informed, store
from core.services.intake.examine import examine
from core.services.intake.json_document import intake_json
from core.services.intake.kinds import Intake, Refused
from core.services.intake.terminal_text import issue_lines
from core.services.rules.on_hand import NOTHING, OnHand
from core.text import Text, say


@dataclass(frozen=True)
class Imported:
    """A file and its receipt; None when it was refused, for which the intake has the reason."""

    intake: Intake
    receipt: Receipt | None

    @property
    def has_problems(self) -> bool:
        return self.receipt is None or self.intake.has_errors

    def as_dict(self) -> dict[str, Any]:
        """The receipt beside the JSON document of the file as `score` gives it."""
        receipt = receipt_json(self.receipt) if self.receipt else None
        return {**intake_json(self.intake), "stored": receipt is not None, "receipt": receipt}

    def lines(self) -> Iterator[Text]:
        """The receipt, then every problem."""
        yield Text(self.intake.file, self.intake.file)
        if self.receipt is None:
            yield say("  Not stored.")
        else:
            yield from receipt_lines(self.receipt)
        yield from issue_lines(self.intake)


@dataclass(frozen=True)
class Sender:
    """The sender of files and how they are to be read.

    `subject` is the district of assessments that name no CUP; `on_hand` is what the store knows.
    """

    by: str
    subject: str | None = None
    form_id: str | None = None
    fiscal_year: int | None = None
    on_hand: OnHand = NOTHING


@door(Action.UPLOAD, ANYWHERE)
def import_file(engine: Engine, data: bytes, name: str, sender: Sender) -> Imported:
    """Examine and store one file; a refusal is returned, not raised.

    Raises `UsageError` for an unknown form and `StoreError` when the store fails.
    """
    intake = examine(
        data,
        name,
        form_id=sender.form_id,
        fiscal_year=sender.fiscal_year,
        on_hand=sender.on_hand,
    )
    if isinstance(intake, Refused):
        return Imported(intake, None)
    try:
        done = store(engine, intake, data, by=sender.by, subject=sender.subject)
        return Imported(informed(intake, done), done)
    except WorkbookError as error:
        refused = replace(intake, issues=(issue_of(error), *intake.issues))
        return Imported(refused, None)
