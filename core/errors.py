"""Errors that stop the work; a problem in one cell is a value (`core.forms.model.issues`)."""


class TruatError(Exception):
    """Base of every error this program raises on purpose.

    `code` is a stable message code of `data/messages.yaml`; `params` fill its sentence. The
    sentence itself is made at the edge, in the reader's language.
    """

    def __init__(self, code: str, /, **params: object) -> None:
        super().__init__(f"{code} {params}" if params else code)
        self.code = code
        self.params = params


class CriteriaError(TruatError):
    """A criteria, measure or form file is wrong; the params name the file, the line and why."""


class WorkbookError(TruatError):
    """A whole file cannot be read: not a workbook, damaged, hostile, or the wrong form."""


class StoreError(TruatError):
    """The store cannot be opened, is locked, or lacks what was asked for."""


class NotFoundError(StoreError):
    """The store has nothing of the number or name that was asked for: wrong usage, no failure."""


class UsageError(TruatError):
    """The caller asked for something that does not exist: a form, a reading, an area."""


class ReportError(TruatError):
    """A report cannot be made: its template is wrong, or the system lacks what draws it."""


class AccessError(TruatError):
    """Somebody may not do this, or nobody has signed in; it tells nothing of what was asked for."""
