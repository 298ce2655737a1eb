"""How many hospitals stand at each crisis level: bars with their figures, which are the table."""

from collections.abc import Sequence

import streamlit as st

from components.reader.language import _
from components.reader.markup import Html, joined, tag
from components.reader.numbers import NONE
from core.services.overview.crisis import LevelCount


def distribution(counts: Sequence[LevelCount], *, has_before: bool) -> None:
    """A bar a level from the worst down, this month's number and the one of the month before."""
    most = max([1, *(max(one.now, one.before or 0) for one in counts)])
    line = _("The line is the month before") if has_before else _("Hospitals")
    titles = [_("Crisis level"), line, _("Hospitals")]
    if has_before:
        titles.append(_("Month before"))
    kinds = ("", "t-bars", "t-number", "t-number")
    head = joined(
        tag("th", text, scope="col", class_=kind) for text, kind in zip(titles, kinds, strict=False)
    )
    body = joined(_row(one, most, has_before=has_before) for one in counts)
    caption = _("Hospitals by crisis level")
    table = tag("table", tag("caption", caption), tag("thead", tag("tr", head)), tag("tbody", body))
    st.html(tag("div", table, class_="t-table t-levels"))


def _row(one: LevelCount, most: int, *, has_before: bool) -> Html:
    kind = "none" if one.level is None else f"level-{one.level}"
    said = NONE if one.level is None else str(one.level)
    name = _("No level") if one.level is None else _("Level {level}", level=one.level)
    badge = tag("span", said, class_=f"t-level t-{kind}", aria_hidden="true")
    bar = tag(
        "span", "", class_=f"t-level-bar t-{kind}", style=f"width: {100 * one.now / most:.2f}%"
    )
    was = "" if one.before is None else _tick(one.before, most)
    cells = [
        tag("th", badge, " ", name, scope="row"),
        tag("td", tag("span", bar, was, class_="t-bar-room", aria_hidden="true"), class_="t-bars"),
        tag("td", tag("strong", f"{one.now:,}"), class_="t-number"),
    ]
    if has_before:
        cells.append(tag("td", f"{one.before or 0:,}", class_="t-number"))
    return tag("tr", *cells)


def _tick(before: int, most: int) -> Html:
    """Where the bar ended the month before."""
    return tag("span", "", class_="t-bar-before", style=f"left: {100 * before / most:.2f}%")
