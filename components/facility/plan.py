"""The financial plan on a hospital's page: plan and result by line, and the plan's type."""

from collections.abc import Iterator
from typing import Final

from components.parts.status import Status, mark
from components.parts.tables import Column, table_html
from components.reader.language import _, tr
from components.reader.markup import Html, joined, tag
from components.reader.numbers import NONE, money, money_change, whole
from components.reader.periods import period_text
from core.services.books.plan import Line, PlanView

WHY: Final = "books.plan"
_MARKS: Final[dict[bool | None, Status]] = {True: "pass", False: "fail", None: "none"}


def tables(shown: PlanView) -> Html:
    """Totals with whether they keep to the plan, then the lines, the type and the versions."""
    return joined((_totals(shown), _lines(shown), _type(shown), _versions(shown)))


def _totals(shown: PlanView) -> Html:
    columns = [Column(_("Total")), *_amounts(), Column(_("Status"))]
    rows = ((*_cells(one), _status(shown, one)) for one in (shown.revenue, shown.expense))
    caption = _("Plan and result since October: {quarter}", quarter=period_text(shown.quarter))
    return table_html(caption, columns, rows)


def _status(shown: PlanView, one: Line) -> Html:
    if not shown.is_checked:
        return mark("none", _("Checked in quarters {quarters}", quarters=_listed(shown.checked)))
    is_within = shown.is_within(one)
    limit = whole(shown.limit)
    texts = {
        True: _("Within ±{limit} %", limit=limit),
        False: _("Differs by more than {limit} %", limit=limit),
        None: _("{count} lines have no plan", count=one.lacking) if one.lacking else _("Not known"),
    }
    return mark(_MARKS[is_within], texts[is_within])


def _listed(quarters: tuple[int, ...]) -> str:
    return ", ".join(map(str, quarters))


def _lines(shown: PlanView) -> Html:
    rows: list[tuple[str | Html, ...]] = [_cells(one) for one in shown.lines]
    if shown.in_no_line:
        name = _("Accounts of no line (revenue less expense)")
        rows.append((name, NONE, money(shown.in_no_line), NONE))
    return table_html(_("Plan and result by line"), [Column(_("Line")), *_amounts()], rows)


def _amounts() -> list[Column]:
    titles = (_("Plan (baht)"), _("Result (baht)"), _("Difference (%)"))
    return [Column(title, number=True) for title in titles]


def _cells(one: Line) -> tuple[str, str, str, str]:
    plan, actual = map(money, (one.plan, one.actual))
    difference = money_change(one.difference)
    return tr(one.name), plan, actual, difference


def _type(shown: PlanView) -> Html:
    type_ = shown.type
    if type_ is None:
        sentence = _(
            "The plan's type is not known: it needs every line of the whole year's plan, the"
            " investment and the working capital before it."
        )
        return tag("p", sentence)
    answers = joined(tag("li", text) for text in _answers(shown))
    head = _("Type of the plan, computed: {type}", type=type_.type)
    assumed = _(
        "Assumption: a month's expense is a twelfth of the plan's expense without depreciation, and"
        " where EBITDA is negative any investment is a risk."
    )
    return joined((tag("p", head), tag("ul", answers), tag("p", assumed, class_="t-said")))


def _answers(shown: PlanView) -> Iterator[str]:
    if shown.type is None:
        return
    type_, risk = shown.type, [answer == "R" for answer in shown.type.answers]
    words = [_("risk") if one else _("normal") for one in risk]
    yield _("EBITDA {amount} baht: {answer}", amount=money(type_.ebitda), answer=words[0])
    yield _("Investment {amount} baht: {answer}", amount=money(type_.investment), answer=words[1])
    yield _(
        "Working capital left {left} baht, a month's expense {month} baht: {answer}",
        left=money(type_.left),
        month=money(type_.month),
        answer=words[2],
    )


def _versions(shown: PlanView) -> Html:
    """Every plan that was sent of the quarter; the earlier ones are kept."""
    lines = joined(
        tag("li", _("{file}, counts", file=one.file_name) if one.current else one.file_name)
        for one in shown.versions
    )
    return joined((tag("p", _("Plans sent, the latest first")), tag("ul", lines)))
