"""The returned copy: the workbook that was sent in, its problem cells marked and commented."""

from core.forms.marked.write import mark_copy
from core.services.intake.kinds import Intake
from core.text import Language


def marked(data: bytes, intake: Intake, language: Language = "th") -> bytes:
    """The workbook with every problem marked, as .xlsx; a refused file gives the list alone."""
    return mark_copy(data, intake.issues, language, name=intake.file)
