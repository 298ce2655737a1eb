"""Plans by line: what they come to is stored beside their lines, for results are judged by it."""

from dataclasses import replace

from core.forms.trial_balance.plan import TYPE, plan, plan_figures
from core.scoring.base.states import State
from core.store.uploads.observations import NewSubmission, Observed


def with_totals(new: NewSubmission) -> NewSubmission:
    """A plan with its totals and its type, each at the first of the lines it is made of."""
    reported = {one.measure: one for one in new.observations if one.state == State.REPORTED}
    planned = plan_figures({m: one.value for m, one in reported.items()}, new.period.number)
    if not planned.figures:
        return new
    first = next(one for one in reported.values())
    spots = {
        f"finance.plan_{line.kind}": reported[f"planfin.{id_}_plan"]
        for id_, line in reversed([*plan().lines.items()])
        if f"planfin.{id_}_plan" in reported
    }
    spots[TYPE] = first
    totals = (
        Observed(measure, value, State.REPORTED, spots[measure].sheet, spots[measure].cell)
        for measure, value in planned.figures.items()
    )
    return replace(new, observations=(*new.observations, *totals))
