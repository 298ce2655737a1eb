"""What needs attention by the inspection themes, in words; every line leads to its place."""

from collections.abc import Iterator, Sequence
from typing import Final

from components.frame.navigation import theme
from components.frame.theme_pages import page_of
from components.governance.page import MATRIX
from components.governance.page import PAGE as GOVERNANCE
from components.parts.shares import target
from components.parts.status import Status
from components.reader.language import _, tr
from components.reader.links import link
from components.reader.markup import Html
from components.theme.page import CRITERION
from core.services.themes.attention import Missed, NewDefect, SilentTheme, ThemeAttention, TurnedRed
from core.services.themes.month import DEFECTS

NAMED: Final = 4
"""Places named in a sentence; the others are counted."""

Said = tuple[Status, str, list[Html]]
"""How pressing a line is, what it says, and what it names."""


def red(found: ThemeAttention) -> Iterator[Said]:
    """Lights that turned red, the columns with most of them named."""
    if found.red:
        count = sum(one.count for one in found.red)
        said = _("Lights turned red since the period before: {count}", count=f"{count:,}")
        yield "fail", said, [*map(_column, found.red[:NAMED]), *_other_columns(found.red)]


def _column(one: TurnedRed) -> Html:
    name = _("{name} ({count})", name=tr(one.name), count=f"{one.count:,}")
    return link(name, GOVERNANCE, **{MATRIX: one.matrix})


def _other_columns(found: Sequence[TurnedRed]) -> Iterator[Html]:
    if len(found) > NAMED:
        others = sum(one.count for one in found[NAMED:])
        yield link(_("and {count} more", count=f"{others:,}"), GOVERNANCE)


def defects(found: ThemeAttention) -> Iterator[Said]:
    """Hospitals whose claims show a defect they did not show in the month before."""
    if not found.defects:
        return
    count = len(found.defects)
    said = _("Hospitals with a new claim defect: {count}", count=f"{count:,}")
    named = [_hospital(one, str(found.period)) for one in found.defects[:NAMED]]
    if count > NAMED:
        more = _("and {count} more", count=f"{count - NAMED:,}")
        page, criterion = page_of(DEFECTS)
        named.append(link(more, page or GOVERNANCE, **{CRITERION: criterion}))
    yield "fail", said, named


def _hospital(one: NewDefect, period: str) -> Html:
    name = tr(one.place.name)
    shown = f"{name} ({len(one.defects)})" if len(one.defects) > 1 else name
    names = ", ".join(tr(defect) for defect, _id in one.defects)
    said = _("{name}: {defects}", name=shown, defects=names)
    why = one.defects[0][1]
    return link(shown, "facility", said=said, area=one.place.code, why=why, period=period)


def missed(found: ThemeAttention) -> Iterator[Said]:
    """Targets that are missed, each a line with how many facilities it lacks."""
    for one in found.missed:
        name, count = tr(one.name), f"{one.short:,}"
        yield "watch", _("{name}: off the target by {count}", name=name, count=count), [_link(one)]


def _link(one: Missed) -> Html:
    page, criterion = page_of(one.criterion)
    figures = {"number": f"{one.number:,}", "of": f"{one.over:,}", "target": target(one.line)}
    said = (
        _("{number} of {of} primary care units, target {target}", **figures)
        if one.of == "pcu"
        else _("{number} of {of} hospitals, target {target}", **figures)
    )
    # A theme's usual criterion stands in no address.
    usual = page is not None and theme(page).indicators[0] == criterion
    return link(said, page or GOVERNANCE, **{CRITERION: "" if usual else criterion})


def silent(found: ThemeAttention) -> Iterator[Said]:
    """How many facilities told nothing of each theme."""
    if found.silent:
        said = _("Facilities that told nothing of a theme")
        yield "none", said, [_silent_theme(one) for one in found.silent]


def _silent_theme(one: SilentTheme) -> Html:
    page, _criterion = page_of(one.criterion)
    title = tr(theme(page or GOVERNANCE).title)
    name = _("{name} ({count})", name=title, count=f"{one.count:,}")
    return link(name, page or GOVERNANCE, **{CRITERION: ""})
