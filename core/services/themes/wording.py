"""What a theme came to, in words: its key message, and its values with their units."""

from core.criteria.model import Indicator
from core.periods import period_text
from core.quantities import MISSING
from core.scoring.base.state_words import STATUSES, status_text
from core.scoring.base.states import State, Verdict
from core.scoring.explain.figures import figure_text, whole
from core.services.overview.view import Shown
from core.services.overview.wording import lowest_limit_percent, share_percent, target_text
from core.services.themes.data import Unit
from core.services.themes.view import ThemeView
from core.text import Text, say


def theme_message(shown: ThemeView) -> Text:
    """How many facilities pass, of how many, against which target, and whether it is met."""
    place, share = shown.area.name, shown.share
    if share is None or not share.reporting:
        when = period_text(shown.period)
        return say("{place}: nothing was reported for {period}", place=place, period=when)
    figures = {
        "place": place,
        "number": f"{share.number:,}",
        "of": f"{share.over:,}",
        "percent": share_percent(share),
        "name": shown.short,
    }
    sentence = (
        say("{place}, {name}: {number} of {of} primary care units pass ({percent})", **figures)
        if shown.unit.of == "pcu"
        else say("{place}, {name}: {number} of {of} hospitals pass ({percent})", **figures)
    )
    targets = [target_text(line) for line in share.lines if line.limit is not None]
    if not targets:
        return sentence
    verdict = status_text(STATUSES[share.verdict])
    return say(
        "{said} · target {target} · {verdict}", said=sentence, target=targets[0], verdict=verdict
    )


def shown_text(row: Shown, unit: Indicator) -> str:
    """The figure of the ranking: an area's share with its counts, a facility's own value."""
    if row.share is None:
        return value_text(row.points, unit)
    if not row.share.reporting:
        return MISSING
    counts = f"{row.share.number:,}/{row.share.over:,}"
    return f"{lowest_limit_percent(row.share)} ({counts})"


def value_text(value: float | None, unit: Indicator) -> str:
    """A facility's value: steps as they are, percentages never across their edge."""
    if value is None:
        return MISSING
    if unit.value == "blocks_passed":
        return whole(value)
    edges = list(unit.good.edges.values()) if unit.good else [None]
    return figure_text(value, edges[0])


def measured_text(value: float | None, unit: Indicator) -> Text:
    """A facility's value with its unit, for where no heading says it."""
    shown = value_text(value, unit)
    if shown == MISSING:
        return Text(MISSING, MISSING)
    if unit.value == "blocks_passed":
        return say("level {level}", level=shown)
    return say("{figure}%", figure=shown)


def graded_text(one: Unit, unit: Indicator) -> str:
    """A facility's value with its grade where it has one."""
    value = value_text(one.value, unit)
    return f"{one.grade} · {value}" if one.grade else value


def unit_measure(unit: Indicator) -> Text:
    """What a facility's value is counted in."""
    return say("Level") if unit.value == "blocks_passed" else say("Percent")


def unjudged_text(one: Unit) -> Text | None:
    """Why a facility has no verdict; None where it has one."""
    if one.verdict is not Verdict.NOT_JUDGED:
        return None
    partly = say("Not reported in full") if one.has_result else say("Not reported")
    return {
        State.REPORTED: say("Not judged"),
        State.NOT_REPORTED: partly,
        State.NOT_APPLICABLE: say("Does not apply"),
        State.CONTRADICTORY: say("Contradictory"),
        State.STALE: say("Too old"),
        State.ERROR: say("Error in the figures"),
    }[one.state]
