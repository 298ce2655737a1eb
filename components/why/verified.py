"""How far a self-assessment is verified: the one mark that stands wherever its figure does."""

from collections.abc import Iterable
from typing import Final

from components.parts.status import Status, mark
from components.reader.language import _, tr
from components.reader.links import link
from components.reader.markup import Html, joined, tag
from core.services.rules.verified.marks import AreaMarks, Mark
from core.services.rules.verified.wording import STAGES, mark_text, marks_text
from core.store.assessments.rows import Key, Stage

VERIFY: Final = "verify"
"""The page on which self-assessments are verified."""
ASSESSMENT: Final = "assessment"
"""The parameter that names one of them."""
_STATUSES: Final[dict[Stage, Status]] = {
    Stage.SUBMITTED: "none",
    Stage.UNDER_WAY: "watch",
    Stage.VERIFIED: "pass",
    Stage.LOCKED: "pass",
}


SIGNS: Final[dict[Stage, str]] = {
    Stage.SUBMITTED: "◌",
    Stage.UNDER_WAY: "◔",
    Stage.VERIFIED: "◉",
    Stage.LOCKED: "▣",
}
"""The states where a cell has room for a sign alone; `legend` says what they mean."""


def sign(shown: Mark) -> Html:
    """The state of one self-assessment as a sign, named for screen readers and the pointer."""
    name = tr(mark_text(shown))
    return tag(
        "small", SIGNS[shown.stage], class_="t-verified", role="img", title=name, aria_label=name
    )


def legend() -> str:
    """What the signs mean."""
    signs = " · ".join(f"{SIGNS[stage]} {tr(name)}" for stage, name in STAGES.items())
    return _("Self-assessed: {signs}", signs=signs)


def verified_mark(shown: Mark) -> Html:
    """The state of one self-assessment by its sign and words."""
    return mark(_STATUSES[shown.stage], tr(mark_text(shown)))


def linked_mark(key: Key, shown: Mark) -> Html:
    """The same as the way to where it is verified."""
    return link(verified_mark(shown), VERIFY, assessment=str(key))


def marks_line(shown: Iterable[AreaMarks]) -> Html:
    """How many of an area's self-assessments are verified, form by form; empty where none are."""
    lines = [tag("span", tr(marks_text(one)), class_="t-verified") for one in shown]
    return joined(lines, " · ")
