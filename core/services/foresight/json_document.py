"""Foresight as plain data for programs; the keys are a contract: add, never rename.

Every document says that it is simulated or foretold.
"""

from collections.abc import Sequence
from typing import Any

from core.foresight.smallest import Change
from core.quantities import number_or_none
from core.services.exports.documents import both
from core.services.foresight.area import Support
from core.services.foresight.change import Changes
from core.services.foresight.gaps import TestGap
from core.services.foresight.ledger import MonthScored
from core.services.foresight.warning import Foretold
from core.services.foresight.whatif.area import AreaSimulation
from core.services.foresight.whatif.hospital import MovedTest, Simulation
from core.services.foresight.wording import change_text, forecast_mark, reason_text, simulated
from core.services.scored.basis import basis_json


def change_json(shown: Changes, lacking: Sequence[TestGap] = ()) -> dict[str, Any]:
    """The smallest changes of a hospital, and the gap of each failing test."""
    return {
        "kind": "simulation",
        "mark": both(simulated()),
        "hcode": shown.hcode,
        "period": str(shown.period),
        "level": shown.level,
        **basis_json(shown.basis),
        "months_of_cash": shown.lasting,
        "goals": [
            {
                "level": goal.level,
                "levers": [
                    {"lever": lever, "change": _change(change)} for lever, change in goal.alone
                ],
                "pair": _change(goal.pair),
            }
            for goal in shown.goals
        ],
        "gaps": [
            {
                "id": one.id,
                "name": both(one.name),
                "figure": one.figure,
                "cutoff": one.cutoff,
                "gap": one.gap,
                "unit": one.gap_unit,
            }
            for one in lacking
        ],
    }


def _change(change: Change | None) -> dict[str, Any] | None:
    if change is None:
        return None
    return {
        "amounts": dict(change.amounts),
        "total": change.total,
        "level": change.level,
        "level_one_baht_short": change.short,
        "text": both(change_text(change)),
    }


def simulation_json(shown: Simulation) -> dict[str, Any]:
    """A hospital before and after a change."""
    return {
        "kind": "simulation",
        "mark": both(simulated()),
        "hcode": shown.hcode,
        "period": str(shown.period),
        "amounts": dict(shown.amounts),
        "days": dict(shown.days),
        "limited": dict(shown.limited),
        "level": _pair(*shown.level),
        **basis_json(shown.basis),
        "tps": {**_pair(*shown.score), "possible": _pair(*shown.possible)},
        "tests": [_test(one) for one in (*shown.tests, *shown.items)],
    }


def area_simulation_json(shown: AreaSimulation) -> dict[str, Any]:
    """An area before and after several of its hospitals moved money."""
    return {
        "kind": "simulation",
        "mark": both(simulated()),
        "area": shown.area,
        "period": str(shown.period),
        "amounts": dict(shown.amounts),
        "days": dict(shown.days),
        "totals": dict(shown.totals),
        "reporting": shown.reporting,
        "unknown": list(shown.unknown),
        "first_crisis_level": shown.first_red,
        "in_crisis": _pair(*shown.in_crisis),
        "keeps_target": None
        if shown.keeps_target is None
        else dict(zip(("before", "after"), shown.keeps_target, strict=True)),
        "hospitals": [
            {
                "hcode": one.hospital.hcode,
                "used": dict(one.used),
                "level": _pair(*one.level),
                **basis_json(one.hospital.basis),
                "tps": _pair(*one.score),
            }
            for one in shown.moved
        ],
    }


def _pair(before: float | None, after: float | None) -> dict[str, float | None]:
    return {"before": before, "after": after}


def _test(one: MovedTest) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": both(one.name),
        "figure": _pair(*one.figure),
        "points": _pair(*one.points),
        "cutoff": one.cutoff,
    }


def support_json(shown: Support) -> dict[str, Any]:
    """The least support of an area."""
    return {
        "kind": "simulation",
        "mark": both(simulated()),
        "area": shown.area,
        "period": str(shown.period),
        "reporting": shown.reporting,
        "has_target": shown.has_target,
        "is_reachable": shown.is_reachable,
        "total": shown.total,
        "hospitals": [
            {
                "hcode": one.hospital.hcode,
                "level": one.level,
                **basis_json(one.hospital.basis),
                "to": one.to,
                "amount": one.amount,
            }
            for one in shown.lifted
        ],
    }


def ledger_json(months: Sequence[MonthScored]) -> dict[str, Any]:
    """Forecasts that were kept, month by month, held against what came."""
    return {
        "kind": "forecast",
        "mark": both(forecast_mark()),
        "months": [
            {
                "made_in": str(one.made_in),
                "months_ahead": one.horizon,
                "target": str(one.target),
                "forecasts": one.forecasts,
                "expected": one.expected,
                "came": one.came,
                "waiting": one.waiting,
                "auc": number_or_none(one.auc),
            }
            for one in months
        ],
    }


def foretold_json(shown: Foretold, hcodes: frozenset[str] | None = None) -> dict[str, Any]:
    """Forecasts of a month, of some hospitals or of all, with what earlier ones were worth."""
    test = shown.test
    return {
        "kind": "forecast",
        "mark": both(forecast_mark()),
        "made_in": str(shown.made_in),
        "months_ahead": shown.horizon,
        "target": str(shown.target),
        "first_crisis_level": shown.first_red,
        "refusal": both(shown.refusal) if shown.refusal else None,
        "model": shown.model.version if shown.model else None,
        "trained_until": str(shown.trained_until) if shown.trained_until else None,
        "trained_on": shown.model.rows if shown.model else 0,
        "back_test": None
        if test is None
        else {
            "forecasts": test.forecasts,
            "came": test.came,
            "auc": number_or_none(test.auc),
            "auc_not_in_crisis": number_or_none(test.auc_new),
            "auc_of_level": number_or_none(test.auc_level),
            "auc_of_level_not_in_crisis": number_or_none(test.auc_level_new),
            "fifths": [
                {"forecasts": part.forecasts, "expected": part.expected, "came": part.came}
                for part in test.parts
            ],
        },
        "forecasts": [
            {
                "hcode": one.hcode,
                "probability": one.probability,
                "reasons": [
                    {"feature": name, "text": both(reason_text(name)), "log_odds": added}
                    for name, added in one.reasons.items()
                ],
            }
            for one in sorted(
                shown.forecasts.values(), key=lambda one: (-one.probability, one.hcode)
            )
            if hcodes is None or one.hcode in hcodes
        ],
    }
