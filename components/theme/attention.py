"""What needs attention by the inspection themes, in words; every line leads to its place."""

from collections.abc import Iterator, Sequence
from typing import Final

from components.frame.navigation import menu_page, page_of
from components.governance.page import MATRIX
from components.governance.page import PAGE as GOVERNANCE
from components.parts.shares import target_text
from components.parts.status import Status
from components.reader.language import _, tr
from components.reader.links import link
from components.reader.markup import Html
from components.theme.page import CRITERION
from core.services.themes.attention import Missed, NewDefect, SilentTheme, ThemeAttention, TurnedRed
from core.services.themes.month import DEFECTS

NAMED: Final = 4
"""Places named in a sentence; the others are counted."""

AttentionLine = tuple[Status, str, list[Html]]
"""How pressing a line is, what it says, and what it names."""


def red(attention: ThemeAttention) -> Iterator[AttentionLine]:
    """Lights that turned red, the columns with most of them named."""
    if attention.red:
        count = sum(one.count for one in attention.red)
        text = _("Lights turned red since the period before: {count}", count=f"{count:,}")
        yield "fail", text, [*map(_column, attention.red[:NAMED]), *_other_columns(attention.red)]


def _column(one: TurnedRed) -> Html:
    name = _("{name} ({count} lights)", name=tr(one.name), count=f"{one.count:,}")
    return link(name, GOVERNANCE, **{MATRIX: one.matrix})


def _other_columns(columns: Sequence[TurnedRed]) -> Iterator[Html]:
    if len(columns) > NAMED:
        others = sum(one.count for one in columns[NAMED:])
        yield link(_("and {count} more lights", count=f"{others:,}"), GOVERNANCE)


def defects(attention: ThemeAttention) -> Iterator[AttentionLine]:
    """Hospitals whose claims show a defect they did not show in the month before."""
    if not attention.defects:
        return
    count = len(attention.defects)
    text = _("Hospitals with a new claim defect: {count}", count=f"{count:,}")
    hospitals = [_hospital(one, str(attention.period)) for one in attention.defects[:NAMED]]
    if count > NAMED:
        more = _("and {count} more", count=f"{count - NAMED:,}")
        page, criterion = page_of(DEFECTS)
        hospitals.append(link(more, page or GOVERNANCE, **{CRITERION: criterion}))
    yield "fail", text, hospitals


def _hospital(one: NewDefect, period: str) -> Html:
    name = tr(one.place.name)
    count = len(one.defects)
    shown = _("{name} ({count} defects)", name=name, count=count) if count > 1 else name
    names = ", ".join(tr(defect) for defect, _id in one.defects)
    label = _("{name}: {defects}", name=shown, defects=names)
    why = one.defects[0][1]
    return link(shown, "facility", label=label, area=one.place.code, why=why, period=period)


def missed(attention: ThemeAttention) -> Iterator[AttentionLine]:
    """Targets that are missed, each a line with how many facilities it lacks."""
    for one in attention.missed:
        name, count = tr(one.name), f"{one.short:,}"
        yield "watch", _("{name}: off the target by {count}", name=name, count=count), [_link(one)]


def _link(one: Missed) -> Html:
    page, criterion = page_of(one.criterion)
    figures = {"number": f"{one.number:,}", "of": f"{one.over:,}", "target": target_text(one.line)}
    text = (
        _("{number} of {of} primary care units, target {target}", **figures)
        if one.of == "pcu"
        else _("{number} of {of} hospitals, target {target}", **figures)
    )
    # A theme's usual criterion stands in no address.
    is_default = page is not None and menu_page(page).indicators[0] == criterion
    return link(text, page or GOVERNANCE, **{CRITERION: "" if is_default else criterion})


def silent(attention: ThemeAttention) -> Iterator[AttentionLine]:
    """How many facilities told nothing of each theme."""
    if attention.silent:
        text = _("Facilities that told nothing of a theme")
        yield "none", text, [_silent_theme(one) for one in attention.silent]


def _silent_theme(one: SilentTheme) -> Html:
    page, _criterion = page_of(one.criterion)
    title = tr(menu_page(page or GOVERNANCE).title)
    name = _("{name} ({count} places)", name=title, count=f"{one.count:,}")
    return link(name, page or GOVERNANCE, **{CRITERION: ""})
