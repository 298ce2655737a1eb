"""What became of each of many files, and of all of them together."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from core.forms.model.form import forms
from core.forms.model.issues import CellIssue
from core.services.importing.receipt_json import receipt_json
from core.services.importing.receipts import Receipt
from core.services.intake.json_document import issue_json
from core.text import Text, say

_GRAVITY: Final = ("error", "warning", "note")

Kind = Literal["stored", "same", "refused", "ready"]


@dataclass(frozen=True)
class Outcome:
    """One file: stored, stored before (`same`), refused, or looked at and `ready` to be stored.

    Of one that was refused its issues have the reason. `form` is the id of its form, None where it
    is none.
    """

    file: str
    kind: Kind
    form: str | None
    receipt: Receipt | None
    issues: tuple[CellIssue, ...]

    @property
    def errors(self) -> int:
        return self._count("error")

    @property
    def warnings(self) -> int:
        return self._count("warning")

    @property
    def has_problems(self) -> bool:
        return self.kind == "refused" or self.errors > 0

    def _count(self, severity: str) -> int:
        return sum(issue.severity == severity for issue in self.issues)

    def line(self) -> Text:
        """The file in one line."""
        name = forms()[self.form].name if self.form else Text("", "")
        match self.kind:
            case "refused":
                reason = self.issues[0].text if self.issues else Text("", "")
                return say("{file}: not stored. {reason}", file=self.file, reason=reason)
            case "same":
                return say("{file}: stored already, nothing was changed", file=self.file)
            case "ready":
                return say(
                    "{file}: can be stored, “{form}”, {errors} errors, {warnings} warnings",
                    file=self.file, form=name, errors=self.errors, warnings=self.warnings,
                )  # fmt: skip
            case _:
                return say(
                    "{file}: stored, “{form}”, {errors} errors, {warnings} warnings",
                    file=self.file, form=name, errors=self.errors, warnings=self.warnings,
                )  # fmt: skip

    def as_dict(self) -> dict[str, Any]:
        """The file as a JSON value; a file stored before has the receipt of that time."""
        return {
            "file": self.file,
            "form": self.form,
            "stored": self.kind != "refused",
            "outcome": self.kind,
            "errors": self.errors,
            "warnings": self.warnings,
            "messages": [issue_json(issue) for issue in self.issues],
            "receipt": receipt_json(self.receipt) if self.receipt else None,
        }

    def as_row(self) -> dict[str, Any]:
        """The file as one row of a list: short, with the first of its problems."""
        worst = sorted(self.issues, key=lambda issue: _GRAVITY.index(issue.severity))
        reason = worst[0].text if worst and worst[0].severity != "note" else None
        upload = self.receipt.upload if self.receipt else None
        return {
            "file": self.file,
            "form": self.form,
            "outcome": self.kind,
            "errors": self.errors,
            "warnings": self.warnings,
            "reason": {"th": reason.th, "en": reason.en} if reason else None,
            "upload": upload.id if upload else None,
            "sha256": upload.sha256 if upload else None,
        }


def ready(file: str, form: str, issues: Sequence[CellIssue]) -> Outcome:
    """A file that was looked at and can be stored."""
    return Outcome(file, "ready", form, None, tuple(issues))


def refused(file: str, issues: Sequence[CellIssue], form: str | None = None) -> Outcome:
    """A file that was not stored."""
    return Outcome(file, "refused", form, None, tuple(issues))


def stored_outcome(file: str, form: str, receipt: Receipt, issues: Sequence[CellIssue]) -> Outcome:
    """A file that is in the store."""
    kind: Kind = "same" if receipt.action == "same" else "stored"
    return Outcome(file, kind, form, receipt, tuple(issues))


@dataclass
class Summary:
    """How many files had which outcome; `forms` counts those that are in the store."""

    kinds: Counter[str] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)
    with_errors: int = 0

    def add(self, one: Outcome) -> None:
        """Count one more file."""
        self.kinds[one.kind] += 1
        self.with_errors += one.kind in ("stored", "ready") and one.errors > 0
        if one.form and one.kind != "refused":
            self.forms[one.form] += 1

    @property
    def files(self) -> int:
        return self.kinds.total()

    def as_dict(self) -> dict[str, Any]:
        """The summary as a JSON value."""
        kinds = {kind: self.kinds[kind] for kind in ("stored", "same", "refused", "ready")}
        counts = {"files": self.files, **kinds, "with_errors": self.with_errors}
        return {**counts, "forms": dict(sorted(self.forms.items()))}

    def lines(self) -> Iterator[Text]:
        """The summary in a few lines."""
        if self.kinds["ready"]:
            yield say(
                "{count} files: {ready} can be stored, {faulty} of them with errors; {same} stored"
                " already; {refused} cannot be; nothing was stored",
                count=self.files, ready=self.kinds["ready"], faulty=self.with_errors,
                same=self.kinds["same"], refused=self.kinds["refused"],
            )  # fmt: skip
            return
        yield say(
            "{count} files: {stored} stored, {faulty} of them with errors; {same} stored already;"
            " {refused} not stored",
            count=self.files, stored=self.kinds["stored"], faulty=self.with_errors,
            same=self.kinds["same"], refused=self.kinds["refused"],
        )  # fmt: skip
        for form, count in self.forms.most_common():
            name = forms()[form].name if form in forms() else Text(form, form)
            yield say("  “{form}”: {count} files", form=name, count=count)
