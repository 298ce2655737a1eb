"""How far self-assessments are verified, in words: the same wherever a figure stands."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from core.periods import period_text
from core.services.rules.verified.marks import AreaMarks, Mark
from core.store.assessments.rows import Stage
from core.text import Text, say

STAGES: Final[Mapping[Stage, Text]] = {
    Stage.SUBMITTED: say("Not verified yet"),
    Stage.UNDER_WAY: say("Being verified"),
    Stage.VERIFIED: say("Verified"),
    Stage.LOCKED: say("Locked"),
}
SLUGS: Final[Mapping[Stage, str]] = {
    Stage.SUBMITTED: "unverified",
    Stage.UNDER_WAY: "under_way",
    Stage.VERIFIED: "verified",
    Stage.LOCKED: "locked",
}
"""The stages as JSON and a terminal name them."""


def mark_text(mark: Mark) -> Text:
    """The state of one self-assessment in two or three words."""
    if mark.stage is Stage.UNDER_WAY:
        return say("Being verified {verified}/{items}", verified=mark.verified, items=mark.items)
    if mark.is_reopened:
        return say("{state} (reopened)", state=STAGES[mark.stage])
    return STAGES[mark.stage]


def verified_message(area: Text, several: Sequence[AreaMarks]) -> Text:
    """How many of an area's self-assessments of some periods are verified, by all forms."""
    return say(
        "{area}: {verified} of {sent} self-assessments of the periods shown are verified,"
        " {locked} are locked",
        area=area,
        verified=f"{sum(one.verified for one in several):,}",
        sent=f"{sum(one.sent for one in several):,}",
        locked=f"{sum(one.locked for one in several):,}",
    )


def counts_text(marks: AreaMarks) -> Text:
    """The same where a column has little room."""
    return say("verified {verified}/{sent}", verified=marks.verified, sent=marks.sent)


def marks_text(marks: AreaMarks) -> Text:
    """How many of an area's self-assessments are verified."""
    if marks.place is not None:
        alone = marks_text(replace(marks, place=None))
        return say("{place}: {verified}", place=marks.place, verified=alone)
    return say(
        "Self-assessed: {form} {period}: {verified} of {sent} verified, {locked} locked",
        form=marks.name,
        period=period_text(marks.period),
        verified=f"{marks.verified:,}",
        sent=f"{marks.sent:,}",
        locked=f"{marks.locked:,}",
    )
