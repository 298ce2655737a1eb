"""Level and score of one facility: every test as a line that opens its why."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import streamlit as st

from components.facility import books
from components.parts.behind import later
from components.parts.status import mark
from components.parts.tables import head_row
from components.reader.language import _, tr
from components.reader.markup import Html, joined, tag
from components.reader.numbers import NONE, whole
from components.reader.store import store_of_view
from components.reader.view_cache import cached_by_view
from components.why.explanation import behind_test, behind_whole, figure_of
from core.scoring.explain.words import number
from core.services.profiles.facility import Profile, Tests, explained
from core.services.profiles.wording import status_of_test
from core.services.rules.explanation import Explanation, Held
from core.services.rules.finance import CRISIS, TPS
from core.services.rules.judged.amounts import amount_text

_LONG: Final = 40
"""Signs from which what is asked stands on several lines."""


def level_tests(shown: Profile) -> None:
    """The tests of the crisis level, each with its why."""
    if shown.level:
        st.html(_level_table(shown))


def score_tests(shown: Profile, above: Html) -> None:
    """The items of the score, each with its cut-off, its peers and its why; `above` them a line."""
    st.html(joined((above, _score_table(shown))) if shown.score else above)


@cached_by_view
def _level_table(shown: Profile) -> Html:
    title = _("Tests of the crisis level (a point for each that holds)")
    return tag(
        "div",
        _table(CRISIS, title, shown, shown.level, is_risk=True),
        id="level",
        class_="t-folded",
    )


@cached_by_view
def _score_table(shown: Profile) -> Html:
    title = _("Items of the TPS")
    if shown.group:
        title = _("{title}, peers: group {group}", title=title, group=shown.group)
    return tag(
        "div", _table(TPS, title, shown, shown.score, is_risk=False), id="score", class_="t-folded"
    )


def _table(
    criterion: str, title: str, shown: Profile, tests: Tests | None, *, is_risk: bool
) -> Html:
    if tests is None:
        return Html()
    points_title = _("Points of risk") if is_risk else _("Points")
    peers = () if is_risk else ((_("Value of the peers"), "t-number"),)
    titles = (
        (_("Status"), ""),
        (_("Test"), ""),
        (_("Figure"), "t-number"),
        (_("A risk when") if is_risk else _("Asked"), "t-number"),
        *peers,
        (points_title, "t-number"),
    )
    body = joined(_row(test, shown, is_risk=is_risk) for test in tests.parts)
    caption = tag("caption", title)
    head = tag("thead", head_row(titles))
    style = column_names([text for text, _kind in titles[2:]])
    table = tag("table", caption, head, body, class_="t-items", style=style)
    whole = later(_("Why it comes to this"), criterion, lambda: behind(shown, criterion))
    return joined((table, whole))


def behind(shown: Profile, why: str) -> Html | None:
    """What stands behind the level, the score or one of their tests; None where it is neither.

    Behind a test also the accounts of its figures, where the books gave them.
    """
    engine = store_of_view()
    for result in explained(engine, shown).values():
        if why == result.id:
            return behind_whole(result)
        for test in result.parts:
            if why == test.id:
                return joined((behind_test(test, result), books.of_test(engine, result, test)))
    return None


def column_names(titles: Sequence[str]) -> str:
    """Names of columns for a telephone, where no head stands above them: the last is `--c1`."""
    written = (title.replace("\\", "").replace("'", "’") for title in reversed(titles))
    return "; ".join(f"--c{place}: '{title}'" for place, title in enumerate(written, start=1))


def _row(test: Explanation, shown: Profile, *, is_risk: bool) -> Html:
    held = test.held
    name = " ".join(filter(None, (test.label, tr(test.name))))
    earned = earned_text(test)
    figures = [
        figure_of(test),
        tr(held.requirement) if held.requirement else NONE,
    ]
    if not is_risk:
        figures.append(_peers(held, test.unit))
    if test.is_block:
        figures = [""] * len(figures)
    cells = ((text, "t-long" if len(text) > _LONG else "") for text in (*figures, earned))
    figure_cells = joined(tag("td", text, class_=kind) for text, kind in cells)
    if test.is_block:
        head = tag("th", tag("strong", name), colspan="2", translate="no")
        return tag("tbody", tag("tr", head, figure_cells))
    light = tag("td", mark(status_of_test(test, is_risk=is_risk)))
    row = tag("tr", light, tag("th", name, scope="row", translate="no"), figure_cells)
    line = later(_("Why"), test.id, lambda: behind(shown, test.id))
    wide = str(3 + len(figures))
    return tag("tbody", row, tag("tr", tag("td", line, colspan=wide), class_="t-behind"))


def earned_text(test: Explanation) -> str:
    """Points of full marks; a dash where none can be earned, words where nothing was judged."""
    if not test.full_marks and test.points is None:
        return _("nothing judged") if test.is_block else NONE
    full = NONE if test.full_marks is None else whole(test.full_marks)
    earned = NONE if test.points is None else number(test.points, 4)
    return _("{points} of {full}", points=earned, full=full)


def _peers(held: Held, unit: str) -> str:
    if held.whose is None or held.peer_value is None:
        return NONE
    value = tr(amount_text(held.peer_value, unit))
    if not held.peers:
        ministry = tag("small", _("by the ministry"), class_="t-when")
        return joined((value, ministry))
    # In the same words as the cut-off, which is often this very number.
    return peer_value(value, held.peers, are_few=held.few_peers)


def peer_value(value: str, peers: int, *, are_few: bool) -> Html:
    """A value of peers, below it how many they are, and whether they are few."""
    count = (
        _("of only {peers} hospitals", peers=peers)
        if are_few
        else _("of {peers} hospitals", peers=f"{peers:,}")
    )
    return joined((value, tag("small", count, class_="t-when")))


def leaves(tests: Iterable[Explanation]) -> Iterator[Explanation]:
    """The tests that are no blocks of others."""
    return (test for test in tests if not test.is_block)
