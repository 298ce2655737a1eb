"""The states of findings: what people do moves them on, what the lights do settles or reopens them.

A finding is closed by evidence that was accepted together with a green light of a later period;
neither alone closes it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from core.findings.lights import Kind, Light, Lights, kinds_of, opens

Act = Literal["plan", "report", "accept", "close", "withdraw"]
Moments = NDArray[np.int64]
Bools = NDArray[np.bool_]


class Stage(IntEnum):
    """How far a finding is; the numbers are stored."""

    OPEN = 0
    PLANNED = 1
    """Cause, measure, owner and due date are there."""
    REPORTED = 2
    """Evidence is there."""
    CLOSED = 3
    WITHDRAWN = 4


class Shown(IntEnum):
    """The state a reader sees: the stages, and what keeps one from being closed.

    `UNEXPLAINED`: the light is green and there is no evidence. `ACCEPTED`: the evidence is accepted
    and the light not green yet.
    """

    OPEN = 0
    PLANNED = 1
    REPORTED = 2
    CLOSED = 3
    WITHDRAWN = 4
    UNEXPLAINED = 5
    ACCEPTED = 6


class Event(IntEnum):
    """What a light did to a finding; the numbers are stored nowhere."""

    NOTHING = 0
    GREEN = 1
    CLOSED = 2
    NO_LONGER_GREEN = 3
    KIND = 4
    """It is open for a weightier reason than before."""
    REOPENED = 5
    RELAPSED = 6


_ACTIVE: Final = (Stage.OPEN, Stage.PLANNED, Stage.REPORTED)
_MAY: Final[Mapping[Act, tuple[Stage, ...]]] = {
    "plan": _ACTIVE,
    "report": (Stage.PLANNED, Stage.REPORTED),
    "accept": (Stage.REPORTED,),
    "close": (Stage.REPORTED,),
    "withdraw": _ACTIVE,
}


def may(act: Act, stage: Stage) -> bool:
    """Whether a finding can be treated so at its stage."""
    return stage in _MAY[act]


def is_active(stage: Stage) -> bool:
    """Whether a finding is neither closed nor withdrawn."""
    return stage in _ACTIVE


def after(act: Act, stage: Stage, *, accepted: bool, green: bool) -> tuple[Stage, bool]:
    """Stage, and whether evidence is accepted, after an act that `may` be done.

    `green`: the light is green in a later period than the one it was opened for. New evidence has
    to be accepted anew.
    """
    if act == "withdraw":
        return Stage.WITHDRAWN, accepted
    if act == "plan":
        return max(stage, Stage.PLANNED), accepted
    if act == "report":
        return Stage.REPORTED, False
    settled = green and (accepted or act == "accept")
    return (Stage.CLOSED if settled else stage), accepted or act == "accept"


def shown(stage: Stage, *, accepted: bool, green: bool) -> Shown:
    """The state of a finding for readers; `green`: its light is green in a later period."""
    if green and stage in (Stage.OPEN, Stage.PLANNED):
        return Shown.UNEXPLAINED
    if accepted and stage is Stage.REPORTED:
        return Shown.ACCEPTED
    return Shown(stage)


@dataclass(frozen=True, slots=True)
class Standing:
    """n findings as columns.

    Moments are whole numbers that sort as the periods of results do, 0 for none: `opened` the one
    that opened it, `seen` the last one judged, `green` the first of the green lights that last.
    """

    stage: Lights
    kind: Lights
    accepted: Bools
    opened: Moments
    seen: Moments
    green: Moments
    relapses: NDArray[np.int64]


def judged(
    standing: Standing, lights: Lights, moments: Moments, watched: Bools
) -> tuple[Standing, Lights]:
    """The findings after the lights of one closing, and the `Event` of each.

    `lights` are the present ones, `NONE` where there is none to go by; of `moments` earlier than
    the last one judged nothing is learnt. `watched`: a yellow light needs a finding too.
    """
    is_judged = (lights != Light.NONE) & (moments >= standing.seen)
    active = np.isin(standing.stage, _ACTIVE)
    bad = opens(lights, watched)
    settled = (lights == Light.GREEN) | (
        (standing.kind == Kind.SILENT) & (lights == Light.YELLOW) & ~watched
    )
    green = is_judged & active & settled & (moments > standing.opened)
    closes = green & standing.accepted
    fades = is_judged & active & ~settled & (standing.green > 0)
    kinds = kinds_of(lights)
    weightier = is_judged & active & bad & (kinds > standing.kind)
    again = is_judged & bad & (standing.stage == Stage.CLOSED)
    relapsed = again & ((lights == Light.RED) | (kinds == standing.kind))
    again |= is_judged & bad & (standing.stage == Stage.WITHDRAWN) & (moments > standing.seen)
    events = np.select(
        [relapsed, again, closes, green & (standing.green == 0), weightier, fades],
        [Event.RELAPSED, Event.REOPENED, Event.CLOSED, Event.GREEN, Event.KIND,
         Event.NO_LONGER_GREEN],
        Event.NOTHING,
    ).astype(np.int8)  # fmt: skip
    return replace(
        standing,
        stage=np.select([again, closes], [Stage.OPEN, Stage.CLOSED], standing.stage).astype(
            np.int8
        ),
        kind=np.where(again | weightier, kinds, standing.kind).astype(np.int8),
        accepted=standing.accepted & ~again,
        opened=np.where(again, moments, standing.opened),
        seen=np.where(is_judged, moments, standing.seen),
        green=np.select(
            [again | fades, green & (standing.green == 0)], [0, moments], standing.green
        ).astype(np.int64),
        relapses=standing.relapses + relapsed,
    ), events
