"""What a theme came to, in words: the key message, the tiles, the figure of a ranking."""

from components.areas.results import lowest_limit_percent, place_breadcrumb
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
from components.parts.status import status_word
from components.reader.language import _, tr
from components.reader.numbers import NONE, figure_text, whole
from components.reader.periods import period_short, period_text
from core.criteria.model import Indicator
from core.scoring.base.states import Verdict
from core.services.overview.view import Shown
from core.services.themes.data import Unit
from core.services.themes.view import ThemeView


def heading(shown: ThemeView, page: str) -> None:
    """Where the reader is, and the sentence that says how it stands there."""
    place_breadcrumb(shown.chain, page)
    headline(key_message(shown))


def key_message(shown: ThemeView) -> str:
    """How many facilities pass, of how many, against which target, and whether it is met."""
    place, share = tr(shown.area.name), shown.share
    if share is None or not share.reporting:
        when = period_text(shown.period)
        return _("{place}: nothing was reported for {period}", place=place, period=when)
    figures = {
        "place": place,
        "number": f"{share.number:,}",
        "of": f"{share.over:,}",
        "percent": _("{figure}%", figure=lowest_limit_percent(share)),
        "name": tr(shown.short),
    }
    sentence = (
        _("{place}, {name}: {number} of {of} primary care units pass ({percent})", **figures)
        if shown.unit.of == "pcu"
        else _("{place}, {name}: {number} of {of} hospitals pass ({percent})", **figures)
    )
    targets = [target_text(line) for line in share.lines if line.limit is not None]
    if not targets:
        return sentence
    verdict = status_word(STATUSES[share.verdict])
    return _(
        "{said} · target {target} · {verdict}", said=sentence, target=targets[0], verdict=verdict
    )


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


def value_of(row: Shown, unit: Indicator) -> str:
    """The figure of the ranking: an area's share with its counts, a facility's own value."""
    if row.share is None:
        return value_text(row.points, unit)
    if not row.share.reporting:
        return NONE
    counts = f"{row.share.number:,}/{row.share.over:,}"
    return f"{lowest_limit_percent(row.share)} ({counts})"


def value_text(value: float | None, unit: Indicator) -> str:
    """A facility's value: steps as they are, percentages never across their edge."""
    if value is None:
        return NONE
    if unit.value == "blocks_passed":
        return whole(value)
    edges = list(unit.good.edges.values()) if unit.good else [None]
    return figure_text(value, edges[0])


def measured_text(value: float | None, unit: Indicator) -> str:
    """A facility's value with its unit, for where no heading says it."""
    shown = value_text(value, unit)
    if shown == NONE:
        return NONE
    if unit.value == "blocks_passed":
        return _("level {level}", level=shown)
    return _("{figure}%", figure=shown)


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
    return _("Level") if unit.value == "blocks_passed" else _("Percent")


def facilities_title(unit: Indicator) -> str:
    """The heading over the table of facilities."""
    return _("Every primary care unit") if unit.of == "pcu" else _("Every hospital")


def grade_or_value(one: Unit, unit: Indicator) -> str:
    """A facility's value with its grade where it has one."""
    value = value_text(one.value, unit)
    return f"{one.grade} · {value}" if one.grade else value
