"""What is counted of claims, as JSON and lines. The keys are a contract: add, never rename."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from core.claims.columns import fund_name
from core.periods import day_text
from core.services.claims import wording
from core.services.claims.view import BANDS, PARTS, ClaimsView, HospitalClaims, Sums, VisitPage
from core.text import Text, say


def report_json(shown: ClaimsView) -> dict[str, Any]:
    """Claims of an area in a month; money in baht, null where no file says it."""
    query = shown.query
    return {
        "area": query.area.code,
        "period": str(query.period),
        "fund": query.fund or None,
        "patient": query.patient or None,
        **sums_json(shown.whole),
        "defects": {
            part: dict(zip(("failing", "measured"), shown.failing(part), strict=True))
            for part in PARTS
        },
        "funds": {fund: sums_json(sums) for fund, sums in shown.funds},
        "hospitals_of_one_fund": dict(shown.alone),
        "hospitals": [_hospital_json(one) for one in shown.hospitals],
        "denials": [asdict(one) for one in shown.denials],
        "assumptions": [{"th": text.th, "en": text.en} for text in wording.assumptions()],
    }


def sums_json(sums: Sums) -> dict[str, Any]:
    """Figures that were added up."""
    is_known = bool(sums.count("receivables_known"))
    return {
        "visits": sums.count("visits"),
        "missing": sums.count("missing") if sums.count("closing_known") else None,
        "sent": sums.count("sent"),
        "failed": sums.count("error") if sums.count("answered") else None,
        "unsent": {
            band: {"count": sums.unsent(band), "baht": sums.baht(f"unsent_{band}_money")}
            for band in BANDS
        }
        if is_known
        else None,
        "at_risk": sums.at_risk,
        "overdue": sums.overdue_baht,
        "failed_money": sums.failed_baht,
        "claimed": sums.baht("claimed"),
        "compensated": sums.baht("compensated"),
        "paid": sums.baht("paid"),
        "owed": sums.owed,
    }


def _hospital_json(one: HospitalClaims) -> dict[str, Any]:
    judged = one.judged
    return {
        "hcode": one.place.code,
        **sums_json(one.sums),
        "defects": {
            part: {
                "figure": judged.figures[part],
                "verdict": judged.verdicts[part].name.lower(),
            }
            for part in PARTS
        },
        "score": judged.value,
        "verdict": judged.verdict.name.lower(),
    }


def report_lines(shown: ClaimsView) -> Iterator[Text]:
    """Claims of an area in a month, line by line."""
    yield wording.headline(shown)
    for part, name in wording.defect_names(shown.query.period).items():
        failing, measured = shown.failing(part)
        yield say(
            "  {defect}: {failing} of {measured} hospitals fail",
            defect=name,
            failing=failing,
            measured=measured,
        )
    yield from wording.silent_funds(shown)
    for band, name in wording.band_names().items():
        yield say(
            "  Not sent, {band}: {count}, {baht} baht",
            band=name,
            count=wording.count(shown.whole.unsent(band)),
            baht=wording.baht(shown.whole.baht(f"unsent_{band}_money")),
        )
    for denial in shown.denials:
        yield say(
            "  Failed {status} {code}: {count}, {baht} baht",
            status=wording.status_name(denial.status),
            code=denial.code,
            count=f"{denial.count:,}",
            baht=wording.baht(denial.claimed),
        )


def completeness_json(shown: ClaimsView) -> dict[str, Any]:
    """What lacks its other half, for the area, its funds and its hospitals."""
    return {
        "area": shown.query.area.code,
        "period": str(shown.query.period),
        **_complete(shown.whole),
        "funds": {fund: _complete(sums) for fund, sums in shown.funds},
        "hospitals": [{"hcode": one.place.code, **_complete(one.sums)} for one in shown.hospitals],
    }


def _complete(sums: Sums) -> dict[str, Any]:
    names = (
        "admissions", "admissions_unclaimed", "unstated", "stated", "unclaimed_statements",
        "unclaimed_replies",
    )  # fmt: skip
    money = ("unstated_money", "unclaimed_statements_money")
    return {name: sums.count(name) for name in names} | {name: sums.baht(name) for name in money}


def completeness_lines(shown: ClaimsView) -> Iterator[Text]:
    """What lacks its other half, line by line, the PP fee schedule by itself."""
    yield say("{place}, completeness", place=shown.query.area.name)
    for name, number, baht, _which in wording.completeness(shown):
        yield say("  {what}: {number}, {baht} baht", what=name, number=number, baht=baht)
    for fund, sums in shown.funds:
        yield say(
            "  {fund}: {unstated} sent and in no statement ({baht} baht), {stray} statements"
            " without a claim",
            fund=fund_name(fund),
            unstated=f"{sums.count('unstated'):,}",
            baht=wording.baht(sums.baht("unstated_money")),
            stray=f"{sums.count('unclaimed_statements'):,}",
        )


def visits_json(shown: VisitPage) -> dict[str, Any]:
    """A page of visits, each by the file and row it came in; the key is hashed."""
    return {
        "which": shown.which, "page": shown.page, "pages": shown.pages, "count": shown.count,
        "rows": [_visit_json(row, shown) for row in shown.rows],
    }  # fmt: skip


def _visit_json(row: Any, shown: VisitPage) -> dict[str, Any]:
    money = ("claimed", "compensated", "paid")
    return {
        "hcode": row["hcode"], "visit": row["visit"], "fund": row["fund"],
        "patient": row["patient"], "end": row["end"].isoformat(),
        "sent_on": row["sent_on"].isoformat() if row["sent_on"] else None,
        "status": row["status"], "code": row["code"],
        **{name: None if row[name] is None else row[name] / 100 for name in money},
        "upload": row["upload"], "file": shown.files.get(row["upload"], ""), "row": row["line"],
    }  # fmt: skip


def visit_lines(shown: VisitPage) -> Iterator[Text]:
    """A page of visits, a line each."""
    yield say(
        "{which}: {count} visits, page {page} of {pages}",
        which=wording.which_names()[shown.which],
        count=f"{shown.count:,}",
        page=shown.page,
        pages=shown.pages,
    )
    for row in shown.rows:
        yield say(
            "  {hcode} {fund} {patient} {day}: {baht} baht, “{file}” row {row}",
            hcode=row["hcode"],
            fund=fund_name(row["fund"]),
            patient=row["patient"].upper(),
            day=day_text(row["end"]),
            baht=wording.baht(None if row["claimed"] is None else row["claimed"] / 100),
            file=shown.files.get(row["upload"], ""),
            row=row["line"],
        )
