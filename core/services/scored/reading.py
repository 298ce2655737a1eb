"""The items of an assessment form, and a reading of it scored."""

from functools import cache

from core.criteria.catalog import RuleSet, catalog
from core.forms.assessment.plan import Item, group_of, items_of, radar_of, typed_rule
from core.forms.assessment.read import AssessmentReading
from core.forms.model.form import AssessmentForm, form
from core.scoring.star.assessment import Assessment, assess


@cache
def form_items(form_id: str, fiscal_year: int) -> tuple[Item, ...]:
    """The items of an assessment form; titles do not depend on readings."""
    chosen = form(form_id)
    if not isinstance(chosen, AssessmentForm):
        return ()
    numbers = {key: c.no for key, c in catalog().criteria.items() if c.no}
    return items_of(chosen, catalog().ruleset(fiscal_year), numbers)


def score_reading(reading: AssessmentReading, rules: RuleSet) -> Assessment:
    """Score what was read of the sections handed in."""
    present = {section.id for section in reading.sections}
    return assess(
        [typed_rule(rules, i.id) for i in reading.items if i.section.id in present],
        [group_of(section.group, rules) for section in reading.sections],
        group_of(reading.form.total, rules),
        [radar_of(radar, rules) for radar in reading.form.radars],
        reading.inputs,
    )
