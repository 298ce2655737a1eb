"""The seven categories of PMQA 4.0 as a radar, where they were typed."""

from core.criteria.catalog import measure_name
from core.forms.records.across import PMQA
from core.services.performance.rules import performance_rules
from core.services.performance.view import PerformanceView
from core.services.scored.assessment import RadarResult, SpokeResult
from core.text import say

CATEGORIES = range(1, 8)


def pmqa_radar(shown: PerformanceView) -> RadarResult | None:
    """The categories of the year; None where none was typed."""
    rows = shown.rows(PMQA, "pmqa")
    values = rows[-1].values if rows else {}
    measures = [f"pmqa.category_{number}" for number in CATEGORIES]
    if not any(measure in values for measure in measures):
        return None
    spokes = (SpokeResult(m, measure_name(m), values.get(m)) for m in measures)
    name = say("PMQA 4.0 by category")
    return RadarResult("pmqa", name, performance_rules().pmqa.full, tuple(spokes))
