"""What a theme came to, in words: the key message, the tiles, the figure of a ranking."""

from components.areas.results import place_breadcrumb
from components.parts.anatomy import Past, Tile, headline
from components.parts.shares import (
    STATUSES,
    UNCHANGED,
    change_since,
    difference_text,
    percent_of,
    percent_text,
    possible_verdicts,
    target_text,
)
from components.reader.language import _, tr
from components.reader.numbers import NONE
from components.reader.periods import period_short
from core.criteria.model import Indicator
from core.scoring.base.states import Verdict
from core.services.themes import wording
from core.services.themes.view import ThemeView
from core.services.themes.wording import theme_message


def heading(shown: ThemeView, page: str) -> None:
    """Where the reader is, and the sentence that says how it stands there."""
    headline(tr(theme_message(shown)), place_breadcrumb(shown.chain, page))


def tiles(shown: ThemeView) -> list[Tile]:
    """The share against its target, what failed, who is silent; each beside the period before."""
    share, before = shown.share, shown.share_before
    if share is None:
        return []
    judged = next((line for line in share.lines if line.limit is not None), None)
    failed = sum(one.verdict is Verdict.FAIL for one in shown.units)
    better, worse = _changed_values(shown)
    drawn = [
        Tile(
            label=_("Share that passes"),
            value=percent_of(share.percent, judged.limit if judged else None),
            target=target_text(judged) if judged else "",
            change=change_since(share.percent, before.percent if before else None, month=False),
            reported=(share.reporting, share.expected),
            status=STATUSES[share.verdict] if judged else None,
            past=_past(shown, judged.limit if judged else None),
        ),
        Tile(
            label=_("Not passing"),
            value=f"{failed:,}",
            unit=_("facilities"),
            change=possible_verdicts(share),
        ),
        Tile(label=_("Without a verdict"), value=f"{share.silent:,}", unit=_("facilities")),
    ]
    if shown.before:
        gone = _("gone down: {count}", count=f"{worse:,}")
        drawn.append(
            Tile(label=_("Value gone up"), value=f"{better:,}", unit=_("facilities"), change=gone)
        )
    return drawn


def _past(shown: ThemeView, limit: float | None) -> tuple[Past, ...]:
    """The area's share in the periods up to the one shown."""
    known = [(when, share) for when, share in shown.history if when <= shown.period]
    return tuple(
        Past(period_short(when), share.percent, f"{percent_text(share.percent, limit)}%")
        if share.reporting
        else Past(period_short(when), None, NONE)
        for when, share in known
    )


def _changed_values(shown: ThemeView) -> tuple[int, int]:
    both = [(one.value, one.before) for one in shown.units]
    compared = [(now, was) for now, was in both if now is not None and was is not None]
    return sum(now > was for now, was in compared), sum(now < was for now, was in compared)


def measured_text(value: float | None, unit: Indicator) -> str:
    """A facility's value with its unit, for where no heading says it."""
    return tr(wording.measured_text(value, unit))


def change_measured(now: float | None, before: float | None, unit: Indicator) -> str:
    """By how much a facility's value changed, with its unit; a dash where nothing is compared."""
    change = difference_text(now, before)
    if change == UNCHANGED:
        return _("unchanged")
    if unit.value == "blocks_passed" or not change:
        return change or NONE
    return _("{change} points", change=change)


def unit_measure(unit: Indicator) -> str:
    """What a facility's value is counted in."""
    return tr(wording.unit_measure(unit))


def facilities_title(unit: Indicator) -> str:
    """The heading over the table of facilities."""
    return _("Every primary care unit") if unit.of == "pcu" else _("Every hospital")
