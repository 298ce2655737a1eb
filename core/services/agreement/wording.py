"""Agreement with the ministry as plain data for programs, in lines of text, and in sentences."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from core.periods import Period, month_text
from core.services.agreement.compare import (
    INDICATORS,
    KINDS,
    LEVEL,
    Agreement,
    Kind,
    indicator_name,
)
from core.services.exports.documents import both
from core.services.scored.basis import basis_json, beside
from core.text import Text, say

_MOST_LISTED: Final = 20
"""Hospital-months that differ and are named in the terminal."""


def kind_name(kind: Kind) -> Text:
    """What a class of difference is called."""
    names = {
        "equal": say("equal"),
        "rounding": say("rounding"),
        "restated": say("restated figures"),
        "definition": say("another definition"),
        "unbalanced": say("books that do not balance"),
    }
    return names[kind]


def counts(
    shown: Agreement, indicator: str, period: Period | None = None
) -> tuple[int, int, Counter[Kind]]:
    """Of an indicator how many are equal, of how many, and how many of each class."""
    by_kind = Counter(pair.kind for pair in shown.pairs(indicator, period))
    return by_kind["equal"], by_kind.total(), by_kind


def headline(shown: Agreement) -> Text:
    """How many crisis levels are equal."""
    equal, compared, _kinds = counts(shown, LEVEL)
    if not compared:
        return say("No hospital-month has both our level and the ministry's")
    return say(
        "{equal} of {compared} crisis levels are equal to the ministry's",
        equal=f"{equal:,}",
        compared=f"{compared:,}",
    )


def nothing_to_compare(shown: Agreement) -> Text | None:
    """What is missing before anything can be compared, and what to do; None when it can be."""
    if shown.both:
        return None
    if not shown.only_theirs:
        return say(
            "There is nothing to compare: no results of the ministry are stored for the months"
            " asked for. Store its monthly table of risk scores (CR, QR, Cash, NWC, NI, Risk"
            " Scoring) as you received it."
        )
    if not shown.only_ours:
        return say(
            "There is nothing to compare: of {count} hospital-months only the ministry's results"
            " are stored. Store finance tables or trial balances of the same months.",
            count=f"{len(shown.only_theirs):,}",
        )
    return say(
        "There is nothing to compare: our results and the ministry's are of other hospitals."
        " Store finance tables or trial balances of the hospitals in the ministry's table, or"
        " its table of these."
    )


def agreement_json(shown: Agreement) -> dict[str, Any]:
    """Everything, with every difference; the keys are a contract: add, never rename."""
    return {
        "period": str(shown.period) if shown.period else None,
        "hospital_months": len(shown.both),
        "only_ours": [_key(*key) for key in shown.only_ours],
        "only_theirs": [_key(*key) for key in shown.only_theirs],
        "indicators": [_counted(shown, one, None) for one in INDICATORS],
        "months": [
            {
                "period": str(month),
                "indicators": [_counted(shown, one, month) for one in INDICATORS],
            }
            for month in shown.months
        ],
        "differences": [
            {
                **_key(one.hcode, one.period),
                **basis_json(one.basis),
                "indicator": pair.indicator,
                "ours": pair.ours,
                "theirs": pair.theirs,
                "class": pair.kind,
            }
            for one in shown.both
            for pair in one.pairs
            if pair.kind != "equal"
        ],
    }


def _key(hcode: str, period: Period) -> dict[str, str]:
    return {"hcode": hcode, "period": str(period)}


def _counted(shown: Agreement, indicator: str, period: Period | None) -> dict[str, Any]:
    equal, compared, kinds = counts(shown, indicator, period)
    return {
        "indicator": indicator,
        "name": both(indicator_name(indicator)),
        "equal": equal,
        "compared": compared,
        "classes": {kind: kinds[kind] for kind in KINDS if kind != "equal"},
    }


def agreement_lines(shown: Agreement) -> Iterator[Text]:
    """The headline, each indicator, each month's level, then levels that differ."""
    if missing := nothing_to_compare(shown):
        yield missing
        return
    yield headline(shown)
    yield say(
        "Only we have {ours} hospital-months, only the ministry has {theirs}",
        ours=len(shown.only_ours),
        theirs=len(shown.only_theirs),
    )
    for indicator in INDICATORS:
        yield _line(indicator_name(indicator), *counts(shown, indicator))
    compared = [month for month in shown.months if counts(shown, LEVEL, month)[1]]
    for month in compared:
        yield _line(month_text(month), *counts(shown, LEVEL, month))
    if left := len(shown.months) - len(compared):
        yield say("  Months that only one side has: {count}", count=left)
    for one in shown.differing[:_MOST_LISTED]:
        if one.level:
            yield say(
                "    {hcode} {period}: ours {ours}, the ministry's {theirs} ({kind})",
                hcode=one.hcode,
                period=one.period,
                ours=beside(_level(one.level.ours), one.basis),
                theirs=f"{one.level.theirs:g}",
                kind=kind_name(one.level.kind),
            )
    if more := len(shown.differing[_MOST_LISTED:]):
        yield say("    {count} more differ.", count=more)


def _level(level: float) -> Text:
    return Text(f"{level:g}", f"{level:g}")


def _line(name: Text, equal: int, compared: int, kinds: Counter[Kind]) -> Text:
    return say(
        "  {name}: {equal} of {compared} equal; rounding {rounding}, restated figures {restated},"
        " another definition {definition}, books that do not balance {unbalanced}",
        name=name,
        equal=equal,
        compared=compared,
        **{kind: kinds[kind] for kind in KINDS if kind != "equal"},
    )
