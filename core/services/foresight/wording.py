"""Foresight in words: what is simulated or foretold, and always said to be so."""

import math
from collections.abc import Sequence
from typing import Final

from core.foresight.backtest import BackTest
from core.foresight.levers import levers
from core.foresight.plausible import SPREADS
from core.foresight.smallest import Change
from core.periods import Period, day_text, in_thailand, period_text
from core.scoring.explain.figures import percent_figure
from core.services.foresight.area import Support
from core.services.foresight.change import Changes, Goal
from core.services.foresight.gaps import TestGap
from core.services.foresight.ledger import MonthScored
from core.services.foresight.plausible import Unlikely
from core.services.foresight.restated import Restated, RestatedFigure
from core.services.foresight.view import AreaForesight
from core.services.foresight.warning import Forecast, Foretold
from core.services.rules.units import with_unit
from core.text import Text, say

_MOST_LISTED: Final = 3
FEWEST: Final = 5
"""Forecasts below which no rate is named."""


def simulated() -> Text:
    """What stands in the title of everything simulated."""
    return say("Simulation, not a result")


def forecast_mark() -> Text:
    """What stands in the title of everything foretold."""
    return say("Forecast, not a result")


def baht(amount: float) -> Text:
    """Whole baht."""
    return with_unit(f"{amount:,.0f}", "baht")


def change_text(change: Change) -> Text:
    """What has to be done."""
    parts = (
        levers()[lever].sentence.fill(amount=baht(amount))
        for lever, amount in change.amounts.items()
    )
    return Text.joined(parts, " + ")


def goal_text(goal: Goal) -> Text:
    """The cheapest way to a level."""
    cheapest = goal.cheapest
    if cheapest is None:
        return say("Level {level} cannot be reached by moving money alone.", level=goal.level)
    return say("To level {level}: {change}", level=goal.level, change=change_text(cheapest))


def unreachable() -> Text:
    """What is said of a lever that cannot do it."""
    return say("Not reachable by this alone")


def gap_text(one: TestGap) -> Text:
    """A gap in whole baht or days; a part of one counts as one, for less would not do."""
    return with_unit(f"{math.ceil(one.gap):,}", one.gap_unit)


def gap_line(one: TestGap) -> Text:
    """A test that is not passed with its gap."""
    return say("{test}: {gap} from its cut-off", test=one.name, gap=gap_text(one))


def lasting_text(changes: Changes) -> Text | None:
    """How long the cash lasts; None where it is not known."""
    if changes.lasting is None:
        return None
    return say(
        "The cash lasts {months} months of this year's average expense.",
        months=f"{changes.lasting:,.1f}",
    )


def support_text(shown: Support) -> Text:
    """The least support of an area in a sentence."""
    if not shown.reporting:
        return say("No hospital of the area has a level in this month.")
    if not shown.has_target:
        return say("The rules of this month name no target for crisis levels.")
    if not shown.is_reachable:
        return say("No support in cash brings the area to its target.")
    if not shown.lifted:
        return say("The target of crisis levels is kept; no support is needed for it.")
    return say(
        "The target is kept with {amount} for {count} of {reporting} hospitals, and with no less.",
        amount=baht(shown.total),
        count=f"{len(shown.lifted):,}",
        reporting=f"{shown.reporting:,}",
    )


def chance_text(chance: float) -> Text:
    """A probability in whole percent; never 0 or 100."""
    percent = chance * 100
    shown = "<1" if percent < 1 else ">99" if percent > 99 else f"{percent:.0f}"
    return with_unit(shown, "percent")


def reason_text(reason: str) -> Text:
    """What speaks for a crisis to come."""
    names = {
        "level": say("the crisis level today"),
        "liquidity": say("current, quick and cash ratio"),
        "capital_in_months": say("net working capital in months of expense"),
        "season": say("the time of the fiscal year that is foretold"),
    }
    return names[reason]


def reasons_text(one: Forecast) -> Text:
    """The reasons of a forecast in a line."""
    if not one.reasons:
        return say("Nothing speaks for it more than for a hospital of means.")
    return Text.joined((reason_text(name) for name in one.reasons), ", ")


def test_text(shown: Foretold) -> Text:
    """How good the forecasts of earlier months were; why there is none where there is none."""
    if shown.refusal is not None:
        return shown.refusal
    test = shown.test
    if test is None or test.forecasts < FEWEST:
        return say("No forecast of an earlier month has met its month yet.")
    return say(
        "Of {forecasts} earlier forecasts whose month has come, {came} came into or stayed in"
        " crisis ({share}). A hospital that did had the higher probability in {auc} of all pairs"
        " (today's level alone: {plain}).",
        forecasts=f"{test.forecasts:,}",
        came=f"{test.came:,}",
        share=chance_text(test.base_rate),
        auc=_pairs(test, "auc"),
        plain=_pairs(test, "auc_level"),
    )


def worth_text(shown: Foretold) -> Text:
    """The same in few words."""
    if shown.test is None or shown.test.forecasts < FEWEST:
        return test_text(shown)
    return say(
        "Earlier forecasts: in {auc} of pairs the hospital that came into crisis had the higher"
        " probability (today's level alone: {plain})",
        auc=_pairs(shown.test, "auc"),
        plain=_pairs(shown.test, "auc_level"),
    )


def _pairs(test: BackTest, which: str) -> Text:
    value = float(getattr(test, which))
    return (
        Text("–", "–") if math.isnan(value) else with_unit(percent_figure(value * 100), "percent")
    )


def heading_text(shown: Foretold) -> Text:
    """What is foretold and when."""
    return say(
        "Crisis level {red} or above in {month}",
        red=shown.first_red,
        month=period_text(shown.target),
    )


def area_text(shown: AreaForesight) -> Text:
    """The key message of an area."""
    last = len(shown.foretold) - 1
    expected = shown.expected(last)
    place = shown.chain[-1].name
    if expected is None:
        return say("{place}: no forecast can be made for this month", place=place)
    return say(
        "Forecast, not a result: about {expected} of {count} hospitals of {place} at level {red} or"
        " above in {month}; {now} today",
        expected=f"{expected:,.1f}",
        count=f"{len(shown.watched):,}",
        place=place,
        red=shown.first_red,
        month=period_text(shown.foretold[last].target),
        now=f"{shown.in_crisis:,}",
    )


def nothing_to_simulate(name: Text, period: Period) -> Text:
    """What is said of a hospital without a level in a month."""
    return say(
        "{name} has no crisis level in {month}: there is nothing to simulate",
        name=name,
        month=period_text(period),
    )


def no_forecast(shown: Foretold) -> Text:
    """What is said of a hospital without a forecast where others have one."""
    return say(
        "No forecast for {month}: this hospital has no level today.",
        month=period_text(shown.target),
    )


def forecast_line(shown: Foretold, one: Forecast) -> Text:
    """A hospital's forecast with its reasons."""
    return say(
        "{heading}: {chance}. What raises it most: {reasons}",
        heading=heading_text(shown),
        chance=chance_text(one.probability),
        reasons=reasons_text(one),
    )


def nothing_stored() -> Text:
    """What is said while the ledger is empty."""
    return say("No forecast has been kept yet: keep those of the newest month, and come back.")


def ledger_text(one: MonthScored) -> Text:
    """A month of the ledger in a sentence."""
    known = {"made": period_text(one.made_in), "target": period_text(one.target)}
    if not one.forecasts:
        return say(
            "Made in {made} for {target}: {waiting} forecasts, none of which has met its month.",
            waiting=f"{one.waiting:,}",
            **known,
        )
    return say(
        "Made in {made} for {target}: of {forecasts} forecasts {expected} crises were expected and"
        " {came} came; {waiting} wait.",
        forecasts=f"{one.forecasts:,}",
        expected=f"{one.expected:,.1f}",
        came=f"{one.came:,}",
        waiting=f"{one.waiting:,}",
        **known,
    )


def unlikely_text(one: Unlikely) -> Text:
    """A figure that is unlike its own past."""
    return say(
        "{figure}: {value}; the mean of its own months before is {mean}, three standard deviations"
        " are {away}",
        figure=say("{flow} of the month", flow=one.name) if one.is_flow else one.name,
        value=baht(one.value),
        mean=baht(one.mean),
        away=baht(SPREADS * one.spread),
    )


def restated_text(one: Restated) -> Text:
    """A closed month that was sent again, with the figures that moved most."""
    moved = (
        say("{figure} {before} → {after}", figure=each.name, **_both(each))
        for each in one.figures[:_MOST_LISTED]
    )
    return say(
        "{month} was sent again on {day} after a later month had been sent; {count} figures are"
        " others, most of all {figures}",
        month=period_text(one.period),
        day=day_text(in_thailand(one.again_at).date()),
        count=f"{len(one.figures):,}",
        figures=Text.joined(moved, "; "),
    )


def _both(one: RestatedFigure) -> dict[str, str]:
    return {
        name: "–" if value is None else f"{value:,.2f}"
        for name, value in (("before", one.before), ("after", one.after))
    }


def lever_assumption(lever: str) -> Text:
    """What a lever takes for granted."""
    known = levers()[lever]
    return Text.joined((known.name, known.assumption), ": ")


def assumptions(forecasts: Sequence[Foretold]) -> tuple[Text, ...]:
    """What forecasts rest on, and when their model last learned."""
    learned = next((one for one in forecasts if one.trained_until), None)
    lines = [
        say(
            "A forecast looks at level, ratios, working capital and the time of the year alone; its"
            " model learns from this store's own hospitals, anew at the end of every fiscal year."
        ),
        say(
            "The least support is cash that is no income; it is weighed over every way to keep the"
            " area's target."
        ),
    ]
    if learned and learned.trained_until and learned.model:
        lines.insert(
            1,
            say(
                "The model of this month learned from {rows} hospital-months up to {month}.",
                rows=f"{learned.model.rows:,}",
                month=period_text(learned.trained_until),
            ),
        )
    return tuple(lines)
