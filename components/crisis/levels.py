"""How many hospitals are at each crisis level, this month and the month before."""

from collections.abc import Sequence

import streamlit as st

from components.parts.bars import Bar, Titles, bars
from components.reader.language import _
from components.reader.markup import tag
from components.reader.numbers import NONE
from core.services.overview.crisis import LevelCount


def distribution(counts: Sequence[LevelCount], *, has_before: bool) -> None:
    """A bar for each level, the worst first, with its number in the month before."""
    titles = Titles(
        _("Crisis level"),
        _("Hospitals"),
        _("The line is the month before") if has_before else "",
        _("Month before") if has_before else "",
    )
    st.html(bars(_("Hospitals by crisis level"), titles, [_bar(one) for one in counts]))


def _bar(one: LevelCount) -> Bar:
    colour = "t-none" if one.level is None else f"t-level-{one.level}"
    digit = NONE if one.level is None else str(one.level)
    name = _("No level") if one.level is None else _("Level {level}", level=one.level)
    badge = tag("span", digit, class_=f"t-level {colour}", aria_hidden="true")
    return Bar(badge, name, colour, one.now, one.before)
