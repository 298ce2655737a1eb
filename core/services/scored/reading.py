"""The items of an assessment form, and a reading of it scored."""

from functools import cache

from core.criteria.catalog import RuleSet, catalog
from core.forms.assessment.plan import Item, group_of, items_of, radar_of, typed_rule
from core.forms.assessment.read import AssessmentReading
from core.forms.model.form import AssessmentForm, form
from core.scoring.star.assessment import Assessment, CompiledForm


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
    present = tuple(section.id for section in reading.sections)
    return compiled_form(reading.form, rules, present).score(reading.inputs)


def compiled_form(form: AssessmentForm, rules: RuleSet, sections: tuple[str, ...]) -> CompiledForm:
    """Some sections of a form under a rule set, compiled once for it."""

    def compiled() -> CompiledForm:
        items = form_items(form.id, rules.fiscal_year)
        return CompiledForm(
            [typed_rule(rules, item.id) for item in items if item.section.id in sections],
            [group_of(section.group, rules) for section in form.sections if section.id in sections],
            group_of(form.total, rules),
            [radar_of(radar, rules) for radar in form.radars],
        )

    return rules.compiled(("form", form.id, sections), compiled)
