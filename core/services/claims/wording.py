"""Claims in words: the sentence at the top, names of defects, ages and lists of visits."""

from collections.abc import Mapping
from typing import Final

from core.claims.columns import AGES, fund_name, rules
from core.claims.reading import OLDER, Which
from core.criteria.catalog import catalog
from core.criteria.model import Indicator
from core.periods import Period, period_text
from core.quantities import MISSING
from core.services.claims.feed import FUNDS
from core.services.claims.view import BANDS, DEFECTS, PARTS, ClaimsView
from core.text import Text, say

_MILLION: Final = 1e6


def headline(shown: ClaimsView) -> Text:
    """How an area's claims stand in a month."""
    place, risk = shown.query.area.name, shown.whole.at_risk
    month = period_text(shown.query.period)
    if risk is None:
        return say(
            "{place}: {count} visits in {month}; what was sent for claim is not known",
            place=place,
            count=f"{shown.whole.count('visits'):,}",
            month=month,
        )
    return say(
        "{place}: {amount} million baht of claims at risk in {month}",
        place=place,
        amount=millions(risk),
        month=month,
    )


def nothing_reported() -> Text:
    """That no file of claims was sent yet."""
    return say("No file of claims was sent yet.")


def how_to_begin() -> Text:
    """What to do first."""
    return say(
        "Drop the hospital's claims (CSV, Parquet, Excel), its visit files in a .zip, the fund's"
        " replies (REP) or statements (STM) below, and store them."
    )


def millions(baht: float | None) -> str:
    """Millions of baht with two decimals."""
    return MISSING if baht is None else f"{baht / _MILLION:,.2f}"


def baht(amount: float | None) -> str:
    """Baht with satang."""
    return MISSING if amount is None else f"{amount:,.2f}"


def count(number: int | None) -> str:
    """A whole number."""
    return MISSING if number is None else f"{number:,}"


def defect_names(period: Period) -> Mapping[str, Text]:
    """The five defects by their part of the rule in force."""
    rule = catalog().ruleset_of(period, {}).rules.get(DEFECTS)
    parts = rule.parts if isinstance(rule, Indicator) else ()
    names = {part.id.rsplit(".", 1)[-1]: part.name for part in parts}
    return {part: names.get(part, Text(part, part)) for part in PARTS}


def defect_figure(part: str, figure: float | None) -> str:
    """A defect's figure: a count of receivables, else a percentage."""
    if figure is None:
        return MISSING
    return f"{figure:,.0f}" if part in ("delayed", "expired") else f"{figure:,.2f}%"


def band_names() -> Mapping[str, Text]:
    """Days since the end of service, by band."""
    names = (
        say("more than {days} days", days=first - 1)
        if last is None
        else say("{first}\u2013{last} days", first=first, last=last)
        for first, last in AGES
    )
    return dict(zip(BANDS, names, strict=True))


def _unsent_for(which: Which) -> Text:
    return say("not sent for more than {days} days", days=OLDER[which])


def which_names() -> Mapping[Which, Text]:
    """What single visits can be looked at for."""
    return {
        "all": say("all visits"),
        "missing": say("not handed to receivables"),
        "unsent": say("not sent for claim"),
        "delayed": _unsent_for("delayed"),
        "expired": _unsent_for("expired"),
        "failed": say("failed the fund's checks"),
        "unclaimed_admissions": say("admissions without a claim"),
        "unstated": say("sent, not in a statement"),
        "unclaimed_statements": say("in a statement, without a claim"),
        "unclaimed_replies": say("in a reply, without a claim"),
        "owed": say("compensated, not paid in full"),
    }


def status_name(status: str) -> Text:
    """A status of the fund's answer."""
    known = rules().statuses.get(status)
    return known.name if known else Text(status, status)


def completeness(shown: ClaimsView) -> tuple[tuple[Text, str, str, Which], ...]:
    """What lacks its other half: name, how many of how many, baht, and the list of visits."""
    whole = shown.whole
    lines: tuple[tuple[Text, str, str, Which], ...] = (
        (
            say("Admissions without a claim"),
            _of(whole.count("admissions_unclaimed"), whole.count("admissions")),
            MISSING,
            "unclaimed_admissions",
        ),
        (
            say("Claims sent, in no statement"),
            _of(whole.count("unstated"), whole.count("unstated") + whole.count("stated")),
            baht(whole.baht("unstated_money")) if whole.count("unstated") else MISSING,
            "unstated",
        ),
        (
            say("Statements without a claim"),
            _of(whole.count("unclaimed_statements"), whole.count("stated")),
            baht(whole.baht("unclaimed_statements_money")) if whole.count("stated") else MISSING,
            "unclaimed_statements",
        ),
        (
            say("Replies without a claim"),
            count(whole.count("unclaimed_replies")),
            MISSING,
            "unclaimed_replies",
        ),
    )
    return lines


def silent_funds(shown: ClaimsView) -> tuple[Text, ...]:
    """Why defects stay open where one of the two funds is silent, and what to do about it."""
    if shown.query.fund:
        return (
            say(
                "With one fund chosen no defect passes: it passes when it does for {funds}.",
                funds=_both(),
            ),
        )
    lines = [
        say(
            "Hospitals with visits of {fund} alone in this month: {count}.",
            count=f"{count:,}",
            fund=fund_name(fund),
        )
        for fund, count in sorted(shown.alone.items())
    ]
    if not lines:
        return ()
    rest = say(
        "A defect passes when it does for {funds}; the source does not say that a fund without"
        " visits does not apply, and a file may have left it out. So a good fund alone is not"
        " judged, a bad one fails. A hospital without such patients sends the form of monthly"
        " counts, with 0 for that fund.",
        funds=_both(),
    )
    return (*lines, rest)


def _both() -> Text:
    first, second = map(fund_name, FUNDS)
    return say("{first} and {second}", first=first, second=second)


def _of(part: int, of: int) -> str:
    """A part of a whole; missing where there is no whole to compare with."""
    return f"{part:,} / {of:,}" if of else MISSING


def assumptions() -> tuple[Text, ...]:
    """What the source leaves open, as it is assumed here."""
    return rules().assumptions
