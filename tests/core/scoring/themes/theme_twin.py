"""The inspection themes once more: slow, obvious, one facility at a time, in exact fractions.

Numbers stand here as the guideline prints them, so that a slip in a criteria file shows as well.
A row is a dictionary of measure code -> Decimal, None (not reported) or "n/a" (does not apply).
A test gives True, False, None (not known yet) or "n/a".
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

Row = Mapping[str, Any]
Known = Literal["n/a", "error"] | Fraction | None
Test = bool | Literal["n/a"] | None
Outcome = tuple[Fraction | None, str]
"""A value and a verdict: pass, fail or not_judged."""


def told(row: Row, code: str) -> Known:
    value = row.get(code)
    return value if value is None or value == "n/a" else Fraction(Decimal(value))


def share(row: Row, part: str, of: str, kind: str = "share") -> Known:
    top, bottom = told(row, part), told(row, of)
    if None in (top, bottom) or "n/a" in (top, bottom):
        return "n/a" if "n/a" in (top, bottom) else None
    if bottom <= 0:
        return "n/a" if top == bottom == 0 else "error"
    if kind == "subset":
        return 100 * top / bottom if top <= bottom else "error"
    if kind != "share":
        top -= bottom
    return 100 * (abs(top) if kind == "distance" else top) / bottom


def kept(value: Known, met: Any) -> Test:
    if value == "n/a":
        return "n/a"
    return None if value in (None, "error") else bool(met(value))


def answer(row: Row, code: str) -> Test:
    return kept(told(row, code), lambda value: value == 1)


def counted(tests: Sequence[Test]) -> tuple[int, int, int]:
    """How many passed, how many failed, how many could still turn out either way."""
    return (
        sum(test is True for test in tests),
        sum(test is False for test in tests),
        sum(test is None for test in tests),
    )


def all_lines(tests: Sequence[Test], good: Any) -> Outcome:
    """Percent of lines passed; judged as soon as what is missing could not change it."""
    passed, failed, open_ = counted(tests)
    if passed + failed == 0:
        return None, "not_judged"
    total = passed + failed + open_
    ends = {good(Fraction(100 * n, total)) for n in (passed, passed + open_)}
    verdict = "not_judged" if len(ends) == 2 else "pass" if ends.pop() else "fail"
    return Fraction(100 * passed, passed + failed), verdict


def share_failed(tests: Sequence[Test], good: Any = None) -> Outcome:
    """Percent failed of those measured."""
    passed, failed, _ = counted(tests)
    if passed + failed == 0:
        return None, "not_judged"
    value = Fraction(100 * failed, passed + failed)
    return value, "not_judged" if good is None else "pass" if good(value) else "fail"


def figure(value: Known, good: Any) -> Outcome:
    if not isinstance(value, Fraction):
        return None, "not_judged"
    return value, "pass" if good(value) else "fail"


def claim_defects(row: Row, readings: Mapping[str, str]) -> Outcome:
    """Advanced 4S4C."""
    missing_passes = (
        (lambda v: v <= 1) if readings.get("claims.missing") == "up_to_1" else lambda v: v < 1
    )
    audit_passes = (
        (lambda v: v < 10) if readings.get("claims.audit") == "below_10" else lambda v: v <= 10
    )
    error_limit = 1 if readings.get("revenue.error_claim") == "below_1" else 10
    tests = [
        kept(share(row, "claims.missing", "claims.visits"), missing_passes),
        kept(told(row, "claims.delayed"), lambda v: v == 0),
        kept(told(row, "claims.expired"), lambda v: v == 0),
        kept(share(row, "audit.adjrw_audited", "audit.adjrw_claimed", "distance"), audit_passes),
        kept(share(row, "claims.error", "claims.sent"), lambda v: v < error_limit),
    ]
    return share_failed(tests, lambda v: v < 50)


DIMENSIONS = ("structure", "system", "staff", "skill", "care", "code", "claim", "account")


def revenue_centre(row: Row) -> tuple[Fraction | None, str, str | None]:
    """4S4C of a form filled in whole; the grade with it. None where anything is missing."""
    pairs = [
        (told(row, f"revenue.{name}_points"), told(row, f"revenue.{name}_full"))
        for name in DIMENSIONS
    ]
    if not all(isinstance(p, Fraction) and isinstance(f, Fraction) for p, f in pairs):
        return None, "unknown", None
    value = 100 * sum(p for p, _ in pairs) / sum(f for _, f in pairs)
    grade = next(letter for letter, edge in GRADES if edge is None or value > edge)
    return value, "pass" if value > 80 else "fail", grade


GRADES = (("A", 90), ("B", 80), ("C", 70), ("D", 60), ("F", None))

LINES = {
    "structure": ["1_1_1", "1_1_2", "1_1_3", "1_1_4", "1_1_5", "1_1_6", "1_2",
                  "1_3_1", "1_3_2", "1_3_3", "1_3_4", "1_3_5", "1_4"],
    "system": ["2_1", "2_2_1", "2_2_2", "2_2_3", "2_2_4", "2_2_5", "2_3"],
    "skill": ["3_5", "3_6"],
    "plan": ["4_1", "4_2", "4_3", "4_4", "4_5", "4_6"],
    "procure": ["5_1", "5_2", "5_3", "5_4", "5_5", "5_6"],
    "port": ["6_1", "6_2", "6_3", "6_4", "6_5"],
}  # fmt: skip


def supplies(row: Row) -> dict[str, list[Test]]:
    """The fifty lines of 4S4P by spoke."""
    tests = {
        spoke: [answer(row, f"msss.line_{line}") for line in lines]
        for spoke, lines in LINES.items()
    }
    turnover = [told(row, f"days.inventory_{kind}") for kind in ("drugs", "supplies", "lab")]
    tests["system"] += [kept(days, lambda v: v <= 60) for days in turnover]
    core = share(row, "msss.core_staff", "msss.core_fte")
    support = share(row, "msss.support_staff", "msss.support_fte")
    tests["staff"] = [
        kept(core, lambda v: 50 <= v <= 100),
        kept(support, lambda v: 50 <= v <= 100),
        kept(core, lambda v: v <= 100),
    ]
    tests["procure"] += [kept(told(row, "msss.vacant_share"), lambda v: v < 1)]
    tests["pay"] = [
        *(
            kept(told(row, f"days.payables_{kind}"), lambda v: v <= 90)
            for kind in ("drugs", "supplies", "lab")
        ),
        kept(told(row, "days.compensation"), lambda v: v <= 60),
    ]
    return tests


FOUR_S = ("structure", "system", "staff", "skill")


def checklist(row: Row, spokes: Sequence[str] | None = None) -> Outcome:
    """All fifty lines, or those of some spokes; good above 80 %."""
    lines = supplies(row)
    chosen = [test for spoke in (spokes or lines) for test in lines[spoke]]
    return all_lines(chosen, lambda v: v > 80)


def payables(row: Row, number: int, readings: Mapping[str, str]) -> Outcome:
    """Every line of a round; what the checklist says counts once it is known for good."""
    spokes = FOUR_S if number == 1 else None
    lines = supplies(row)
    chosen = [test for spoke in (spokes or lines) for test in lines[spoke]]
    value, verdict = all_lines(chosen, lambda v: v > 80)
    structure = None if verdict == "not_judged" or value is None else value > 80
    paid = share(row, "payables.paid", "payables.due")
    tests: list[Test] = [
        structure,
        answer(row, "payables.supplies_current"),
        answer(row, "payables.report_current"),
        answer(row, "payables.payment_current"),
        kept(paid, lambda v: v > (80 if number == 1 else 90)),
    ]
    old = kept(told(row, "payables.over_360"), lambda v: v == 0)
    if number == 1:
        strict = readings.get("payables.defect_debt_90") == "below_10"
        over_90 = share(row, "payables.over_90", "payables.due")
        tests.append(kept(over_90, lambda v: v < 10 if strict else v <= 10))
    belongs_to = 1 if readings.get("payables.defect_debt_360") == "round_1" else 2
    if number == belongs_to:
        tests.append(old)
    return all_lines(tests, lambda v: v >= 100)


def service_plan(row: Row, plan: str, readings: Mapping[str, str]) -> Outcome:
    kind = "change" if readings.get("sproi.roi") == "net" else "share"
    roi = share(row, f"sproi.{plan}_received", f"sproi.{plan}_cost", kind)
    return figure(roi, lambda v: v > 40)


def coverage(row: Row, readings: Mapping[str, str]) -> dict[str, Outcome]:
    insured = share(row, "coverage.foreign_insured", "coverage.foreign_eligible")
    checked = share(row, "coverage.foreign_checkup_insured", "coverage.foreign_checkup", "subset")
    by_checkup = readings.get("coverage.foreign") == "checkup_95"
    foreign = figure(checked, lambda v: v > 95) if by_checkup else figure(insured, lambda v: v > 70)
    fss = share(row, "coverage.fss_spent", "coverage.fss_budget")
    thai = share(row, "coverage.thai_insured", "coverage.thai_citizens")
    return {
        "coverage.foreign": foreign,
        "coverage.foreign_checkup": figure(checked, lambda v: v > 95),
        "coverage.fss": figure(fss, lambda v: v > 70),
        "coverage.thai": figure(thai, lambda v: v >= 99),
    }


def staff_paid(row: Row) -> Outcome:
    paid = share(row, "compensation.paid_on_time", "compensation.due")
    return figure(paid, lambda v: v > 90)


def readiness(row: Row, steps: Sequence[int]) -> Outcome:
    """The highest phase with every earlier one passed; `steps` is how many each phase has."""
    phases = [
        [answer(row, f"transfer.step_{phase}_{step}") for step in range(1, count + 1)]
        for phase, count in enumerate(steps, 1)
    ]
    answered = [test for tests in phases for test in tests if isinstance(test, bool)]
    if not answered:
        return None, "not_judged"
    surely = _leading(
        [all(t in (True, "n/a") for t in tests) and True in tests for tests in phases]
    )
    perhaps = _leading(
        [False not in tests and any(t in (True, None) for t in tests) for tests in phases]
    )
    if (surely >= 4) != (perhaps >= 4):
        return Fraction(surely), "not_judged"
    return Fraction(surely), "pass" if surely >= 4 else "fail"


def _leading(passed: Sequence[bool]) -> int:
    return next((n for n, good in enumerate(passed) if not good), len(passed))
