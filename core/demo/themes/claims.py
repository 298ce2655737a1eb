"""Invented claims of a year, month by month: what is missing, late, refused or claimed too high."""

from datetime import date, timedelta
from typing import Final

import numpy as np

from core.demo.country.stories import YEAR, every_year
from core.demo.themes.scene import Figures, Scene, Words, answers, by_work, declining
from core.periods import BUDDHIST_ERA, month_name
from core.scoring.base.inputs import BoolArray, FloatArray

_DECIMALS: Final = 4


def invented_claims(scene: Scene) -> tuple[Figures, Words]:
    """Counts, audits in some months, and the control that stands beside a defect: n x 12."""
    work = scene.work("claims")[:, scene.last_year]
    figures = _counts(scene, work) | _audits(scene, work)
    controlled, words = _control(scene, work, _has_defect(scene, figures))
    return figures | {"claims.control_plan": controlled}, words


def _counts(scene: Scene, work: FloatArray) -> Figures:
    parameters = scene.parameters.claims
    visits = _visits(scene)
    missing = _some(scene, "missing", visits * declining(parameters.missing, work))
    delayed = np.rint(_piled_up(visits * declining(parameters.delayed, work), parameters.sent_late))
    delayed = np.maximum(delayed, _slips(scene))
    expired = np.rint(_piled_up(visits * declining(parameters.expired, work), parameters.sent_late))
    sent = np.rint(visits * by_work(parameters.sent, work))
    return {
        "claims.visits": visits,
        "claims.missing": missing,
        "claims.delayed": delayed,
        "claims.expired": np.minimum(expired, delayed),
        "claims.sent": sent,
        "claims.error": _some(scene, "error", sent * declining(parameters.error, work)),
    }


def _visits(scene: Scene) -> FloatArray:
    parameters, cast = scene.parameters.claims, scene.cast
    revenue = np.array([hospital.revenue for hospital in cast.hospitals])[:, None] / YEAR
    patients = every_year(cast.parameters.seasons.patients)[scene.last_year]
    noise = 1 + parameters.noise / 100 * scene.noise("visits", YEAR)
    return np.rint(
        revenue * parameters.visits / cast.of_level("op_unit")[:, None] * patients * noise
    )


def _some(scene: Scene, name: str, expected: FloatArray) -> FloatArray:
    """A whole number near the expected one."""
    return np.rint(expected * (0.75 + 0.5 * scene.chance(f"claims {name}", YEAR)))


def _piled_up(new: FloatArray, sent: float) -> FloatArray:
    """What lies there: what is new each month, and what was not sent of the month before."""
    share_left = 1 - sent / 100
    lying = new.copy()
    for month in range(1, YEAR):
        lying[:, month] += share_left * lying[:, month - 1]
    return lying


def _slips(scene: Scene) -> FloatArray:
    slip = scene.parameters.claims.slip
    late = scene.chance("claims slip", YEAR) < slip.share
    return np.where(late, np.ceil(slip.most * scene.chance("claims late", YEAR)), 0)


def _audits(scene: Scene, work: FloatArray) -> Figures:
    """A sample of the month's AdjRW, and what was found; nothing in months without audit."""
    audit = scene.parameters.claims.audit
    turn = np.floor(scene.chance("audit turn") * audit.every)[:, None]
    audited = np.arange(YEAR) % audit.every == turn
    sample = by_work(audit.sample, scene.chance("audit sample", YEAR))
    monthly = scene.of_month("activity.adjrw")[:, scene.last_year]
    claimed = np.round(monthly * sample, _DECIMALS)
    difference = by_work(audit.difference, work)
    difference = np.abs(difference + audit.spread / 100 * scene.noise("audit difference", YEAR))
    audited_adjrw = np.round(claimed * (1 - difference), _DECIMALS)
    return {
        "audit.adjrw_claimed": np.where(audited, claimed, np.nan),
        "audit.adjrw_audited": np.where(audited, audited_adjrw, np.nan),
    }


def _has_defect(scene: Scene, figures: Figures) -> BoolArray:
    """Where a hospital has reason to tell how it controls its claims."""
    edges = scene.parameters.claims.control.reported_from
    claimed, audited = figures["audit.adjrw_claimed"], figures["audit.adjrw_audited"]
    wrong = np.nan_to_num(100 * np.abs(claimed - audited) / claimed)
    return np.asarray(
        (100 * figures["claims.missing"] >= edges["missing"] * figures["claims.visits"])
        | (100 * figures["claims.error"] >= edges["error"] * figures["claims.sent"])
        | (figures["claims.delayed"] > 0)
        | (wrong > edges["audit"])
    )


def _control(scene: Scene, work: FloatArray, defect: BoolArray) -> tuple[FloatArray, Words]:
    """Whether there is a plan, of which day, and whose it is; nothing where there is no defect."""
    control = scene.parameters.claims.control
    planned = scene.chance("control")[:, None] < by_work(control.plan, work)
    has_plan = (defect & planned).tolist()
    ago = np.floor(scene.chance("control made", YEAR) * control.made_within).tolist()
    owner = np.floor(scene.chance("control owner") * len(control.owners)).tolist()
    ends = [period.last_day for period in scene.finance.months[scene.last_year]]
    dates = [
        [_day(end - timedelta(days=before)) if there else "" for end, before, there in row]
        for row in (zip(ends, ago[n], has_plan[n], strict=True) for n in range(scene.size))
    ]
    owners = [
        [control.owners[int(own)] if there else "" for there in row]
        for own, row in zip(owner, has_plan, strict=True)
    ]
    words = {"claims.control_date": dates, "claims.control_owner": owners}
    return np.where(defect, answers(planned), np.nan), words


def _day(day: date) -> str:
    """A day as it is written here: its month in short, its year of the Buddhist era."""
    return f"{day.day} {month_name(day.month, 'th', short=True)} {day.year + BUDDHIST_ERA}"
