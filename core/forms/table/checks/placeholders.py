"""Codes that people type where they have none, such as 99999."""

from core.forms.model.issues import CellIssue
from core.forms.table.lines import Line
from core.forms.table.row_keys import Register
from core.forms.table.words import table_words


def placeholder(line: Line, known: Register | None) -> CellIssue | None:
    """The message of a line whose code stands for no facility; the line then belongs to nobody.

    A code that `known` looks up in the register is one all the same.
    """
    code = line.hcode
    if code not in table_words().no_facility or (known and known(code)):
        return None
    spot = line.key_spot
    line.subject, line.is_placed = None, False
    return CellIssue("W403", spot.sheet, spot.place.name, code)
