"""Excel formulas for the scoring of the core, made from the same rules.

Functions of Excel 2010 only. A cell is read into one of four things: a number, `""` (not
reported), `"na"` (does not apply) or `"error"`; points that do not exist are `""`.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from core.criteria.model import Ladder, Leaf, Range, RatioToTarget
from core.criteria.model.base import Bands
from core.forms.model.values import plain

NOTHING: Final = '""'
ERROR: Final = '"error"'
NOT_APPLICABLE: Final = '"na"'
_SUM_DECIMALS: Final = 9


def quoted(text: str) -> str:
    """A text as a literal of a formula."""
    return '"' + text.replace('"', '""') + '"'


def read(cell: str, not_reported: str, not_applicable: str) -> str:
    """References to a typed cell; the last two are ranges of words.

    A number formatted as percent counts x 100 and a date is no number, as the reader has it. Not
    every program knows the format of a cell; there it is taken for a plain number.
    """
    shape = f'IFERROR(LEFT(CELL("format",{cell}),1),"")'
    number = f'IF({shape}="D",{ERROR},IF({shape}="P",ROUND({cell}*100,10),{cell}))'
    words = (
        f"IF({_is_one_of(cell, not_reported)},{NOTHING},"
        f"IF({_is_one_of(cell, not_applicable)},{NOT_APPLICABLE},{ERROR}))"
    )
    text = f'IF(TRIM({cell})="",{NOTHING},{words})'
    # To LibreOffice a truth value is a number, to Excel it is not.
    wrong = f"IF(ISERROR({cell}),TRUE,ISLOGICAL({cell}))"
    return f"IF({wrong},{ERROR},IF(ISNUMBER({cell}),{number},{text}))"


def _is_one_of(cell: str, words: str) -> str:
    # An exact comparison: MATCH and COUNTIF would take "?" and "*" for any word.
    return f"SUMPRODUCT(--({words}=TRIM({cell})))>0"


def share(top: str, bottom: str, own: Sequence[str]) -> str:
    """`100 x A / B`; empty while none of the row's own cells is filled."""
    given = "OR(" + ",".join(f'{cell}<>""' for cell in own) + ")"
    sound = f"AND({bottom}>0,{top}>=0,{top}<={bottom})"
    figure = f"IF({sound},100*{top}/{bottom},{ERROR})"
    both = f"AND(ISNUMBER({top}),ISNUMBER({bottom}))"
    return f"IF({given},IF({both},{figure},{ERROR}),{NOTHING})"


def percent_figure(typed: str, derived: str | None, rule: Ladder | RatioToTarget) -> str:
    """The percentage that is judged: the typed one, else the one computed from A and B."""
    own = _within(typed, rule.valid_range, rule.round_to)
    if derived is None:
        return own
    return f"IF({typed}={NOTHING},{_within(derived, rule.valid_range, rule.round_to)},{own})"


def _within(cell: str, allowed: Range | None, round_to: int | None) -> str:
    number = cell if round_to is None else f"ROUND({cell},{round_to})"
    if allowed is not None:
        inside = f"AND({cell}>={plain(allowed.lowest)},{cell}<={plain(allowed.highest)})"
        number = f"IF({inside},{number},{ERROR})"
    return f"IF(ISNUMBER({cell}),{number},{cell})"


def typed_points_figure(typed: str, derived: str | None, full: float) -> str:
    """Typed points, from 0 to full marks; else the percentage the step follows from."""
    own = _within(typed, Range(lowest=0, highest=full), None)
    return own if derived is None else f"IF({typed}={NOTHING},{derived},{own})"


def derived_figure(share_cell: str, times: float, round_to: int) -> str:
    """A share in percent on the scale of the rungs it is looked up in."""
    number = f"ROUND({share_cell}*{plain(times)}/100,{round_to})"
    return f"IF(ISNUMBER({share_cell}),{number},{share_cell})"


def look_up(figure: str, bands: Bands) -> str:
    """The points of the first rung a number falls into."""
    formula = plain(bands[-1].points)
    for band in reversed(bands[:-1]):
        sign = "<" if band.below is not None else "<="
        formula = f"IF({figure}{sign}{plain(band.edge or 0)},{plain(band.points)},{formula})"
    return formula


def leaf_points(figure: str, rule: Leaf, reported: str, at_zero: float) -> str:
    """Points of a leaf; `reported` is the formula for a number, `at_zero` what 0 would get."""
    empty = NOTHING
    if rule.when_empty == "as_zero":
        empty = plain(at_zero if rule.empty_points is None else rule.empty_points)
    return (
        f"IF({figure}={ERROR},{NOTHING},IF({figure}={NOT_APPLICABLE},0,"
        f"IF({figure}={NOTHING},{empty},{reported})))"
    )


def ratio(figure: str, rule: RatioToTarget) -> str:
    """`full x figure / target`, capped where the rule says so."""
    points = f"{plain(rule.full)}*{figure}/{plain(rule.target)}"
    return f"MIN({points},{plain(rule.full)})" if rule.capped else points


def leaf_full(figure: str, full: float) -> str:
    """Full marks, none for what does not apply."""
    return f"IF({figure}={NOT_APPLICABLE},0,{plain(full)})"


def total(parts: Sequence[str]) -> str:
    """The sum of parts; nothing as soon as one of them has no points."""
    cells = ",".join(parts)
    return f"IF(COUNT({cells})<{len(parts)},{NOTHING},ROUND(SUM({cells}),{_SUM_DECIMALS}))"


def rung_of_sum(sum_cell: str, bands: Bands, round_to: int | None) -> str:
    """The rung a sum falls into."""
    figure = sum_cell if round_to is None else f"ROUND({sum_cell},{round_to})"
    return f"IF(ISNUMBER({sum_cell}),{look_up(figure, bands)},{NOTHING})"


def weighted(weight: float, points: str, full: str, counts: str = "") -> str:
    """`weight x points / full`; nothing where there are no points or nothing applies."""
    conditions = ",".join(filter(None, (f"ISNUMBER({points})", f"{full}>0", counts)))
    return f"IF(AND({conditions}),{plain(weight)}*{points}/{full},{NOTHING})"


def applying(weight: float, full: str, counts: str = "") -> str:
    """The weight of what applies, else 0."""
    condition = f"AND({full}>0,{counts})" if counts else f"{full}>0"
    return f"IF({condition},{plain(weight)},0)"


def added(cells: Iterable[str]) -> str:
    """A sum that passes over cells without a number."""
    return f"SUM({','.join(cells)})"


def scaled(scale: float, weighted_sum: str, weight_sum: str) -> str:
    """`scale x sum / weights`; nothing while no weight applies."""
    return f"IF({weight_sum}>0,{plain(scale)}*{weighted_sum}/{weight_sum},{NOTHING})"


def spoke(scale: float, members: Sequence[tuple[float, str, str]]) -> str:
    """One spoke from weight, points cell and full cell of each member."""
    upper = "+".join(
        f"IF(AND(ISNUMBER({points}),{full}>0),{plain(weight)}*{points}/{full},0)"
        for weight, points, full in members
    )
    lower = "+".join(applying(weight, full) for weight, _, full in members)
    return f"IF({lower}>0,{plain(scale)}*({upper})/({lower}),{NOTHING})"
