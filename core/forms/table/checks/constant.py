"""Words that must be the same of a subject in every period, as the district of a unit."""

from collections.abc import Iterator, Sequence

from core.forms.model.form import TableForm
from core.forms.model.issues import CellIssue
from core.forms.table.lines import Line
from core.text import fold


def constant_issues(form: TableForm, lines: Sequence[Line]) -> Iterator[CellIssue]:
    """Rows that say otherwise than an earlier row of their subject."""
    for table in form.tables:
        for measure in table.constant:
            column = table.column(measure)
            first: dict[str, Line] = {}
            for line in lines:
                if not line.subject or measure not in line.texts:
                    continue
                earlier = first.setdefault(line.subject, line)
                text, before = line.texts[measure], earlier.texts[measure]
                if fold(text) != fold(before):
                    spot, there = line.spot(measure), earlier.spot(measure)
                    params: dict[str, object] = {"subject": line.subject, "other": before}
                    params["title"] = column.name if column else measure
                    yield CellIssue(
                        "W475", spot.sheet, spot.place.name, text, there.place.name, params
                    )
