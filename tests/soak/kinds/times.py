"""When a row is, as people write it."""

import random
from collections.abc import Callable
from datetime import date
from typing import Any, Final

from tests.soak.draft import Draft, Strip, kind
from tests.soak.truth import MONTHS

_SHORT: Final = (
    "ต.ค.", "พ.ย.", "ธ.ค.", "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.",
)  # fmt: skip
_ENGLISH: Final = (
    "Oct",
    "Nov",
    "Dec",
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
)
_THAI: Final = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def _calendar(part: int) -> int:
    return (part + 8) % 12 + 1


def _era(year: int, part: int) -> int:
    """The calendar year, of the Buddhist era, that a fiscal month lies in."""
    return year - (part <= 3)


def _each(draft: Draft, measure: str, write: Callable[[int, int], Any], code: str = "") -> bool:
    """Write a column of months or years anew from fiscal year and fiscal month."""
    strip = draft.find(measure)
    if strip is None:
        return False
    for row, entry in draft.cells(strip):
        entry.value = write(*draft.when[row])
        entry.format = code or entry.format
    return True


def _monthly(draft: Draft) -> Strip | None:
    strip = draft.find("month")
    return strip if strip and strip.entries[0].value in (None, *MONTHS) else None


_WRITTEN: Final[tuple[Callable[[int, int], Any], ...]] = (
    lambda _, m: _SHORT[m - 1],
    lambda _, m: f"เดือน{MONTHS[m - 1]}",
    lambda _, m: _ENGLISH[m - 1],
    lambda y, m: f"{_SHORT[m - 1]} {_era(y, m) % 100}",
    lambda y, m: f"{_SHORT[m - 1]}{_era(y, m) % 100}",
    lambda y, m: f"{MONTHS[m - 1]} {_era(y, m)}",
    lambda y, m: f"{_ENGLISH[m - 1]}-{(_era(y, m) - 543) % 100:02}",
    lambda y, m: f"{_calendar(m):02}/{_era(y, m)}",
    lambda y, m: f"28/{_calendar(m):02}/{_era(y, m)}",
    lambda y, m: f"28 {MONTHS[m - 1]} {_era(y, m)}",
    lambda y, m: f"{_era(y, m) - 543}-{_calendar(m):02}-28",
    lambda y, m: f"{_SHORT[m - 1].replace('.', '')} {_era(y, m)}",
    lambda y, m: f"{_SHORT[m - 1]} {_era(y, m)}".translate(_THAI),
)


@kind("months written otherwise")
def written(draft: Draft, rng: random.Random) -> bool:
    return bool(_monthly(draft)) and _each(draft, "month", rng.choice(_WRITTEN))


@kind("calendar numbers of months")
def calendar_numbers(draft: Draft, rng: random.Random) -> bool:
    if not (strip := _monthly(draft)):
        return False
    strip.title = rng.choice(("เดือน", "เดือนปฏิทิน", "month"))
    return _each(draft, "month", lambda _, m: _calendar(m))


@kind("fiscal numbers of months")
def fiscal_numbers(draft: Draft, rng: random.Random) -> bool:
    strip = _monthly(draft)
    column = draft.table.column("fiscal_month")
    if not strip or column is None:
        return False
    strip.title = rng.choice((column.name.th, column.name.en, *column.aliases))
    return _each(draft, "month", lambda _, m: m)


@kind("numbers of months from October, unsaid")
def unsaid_numbers(draft: Draft, rng: random.Random) -> bool:
    if not (strip := _monthly(draft)):
        return False
    strip.title = rng.choice(("เดือนที่", "ลำดับเดือน", "Month no.", "เดือน (1-12)", "งวดที่"))
    return _each(draft, "month", lambda _, m: m)


@kind("dates of Excel as months", "xlsx")
def dates(draft: Draft, rng: random.Random) -> bool:
    code = rng.choice(
        ("d/m/yyyy", "mmm-yy", "yyyy-mm-dd", "d mmm bbbb", "[$-D07041E]d mmm yy", "mmmm")
    )
    return bool(_monthly(draft)) and _each(
        draft, "month", lambda y, m: date(_era(y, m) - 543, _calendar(m), 28), code
    )


@kind("dates of the Buddhist era as months", "xlsx")
def buddhist_dates(draft: Draft, _rng: random.Random) -> bool:
    return bool(_monthly(draft)) and _each(
        draft, "month", lambda y, m: date(_era(y, m), _calendar(m), 28), "d/m/yyyy"
    )


@kind("TimeID")
def time_id(draft: Draft, rng: random.Random) -> bool:
    months, year = _monthly(draft), draft.find("fiscal_year")
    column = draft.table.column("time_id")
    if not months or not year or column is None or len(draft.strips) < 4:
        return False
    months.title = rng.choice((column.name.th, *column.aliases))
    draft.strips.remove(year)
    return _each(draft, "month", lambda y, m: y * 100 + m)


@kind("calendar years as fiscal years")
def calendar_years(draft: Draft, _rng: random.Random) -> bool:
    """Told only where December and January both stand there."""
    months = {when[1] for row, when in enumerate(draft.when) if draft.is_fact(row)}
    return {3, 4} <= months and bool(_monthly(draft)) and _each(draft, "fiscal_year", _era)


_YEARS: Final[tuple[Callable[[int, int], Any], ...]] = (
    lambda y, _: y - 543,
    lambda y, _: f"พ.ศ. {y}",
    lambda y, _: f"ปี {y}",
    lambda y, _: f"FY{y}",
    lambda y, _: str(y).translate(_THAI),
    lambda y, _: str(y),
    lambda y, _: f"{y}.0",
    lambda y, _: y % 100,
    lambda y, _: f"{y - 1}/{y}",
    lambda y, _: f"FY{y - 543}",
)


@kind("years written otherwise")
def years(draft: Draft, rng: random.Random) -> bool:
    return _each(draft, "fiscal_year", rng.choice(_YEARS))


@kind("year only above the table")
def year_above(draft: Draft, rng: random.Random) -> bool:
    strip = draft.find("fiscal_year")
    if strip is None or draft.strips[0] is strip or not strip.entries[-1].value:
        return False
    year = next(when[0] for when in draft.when if when[0])
    draft.above.append([rng.choice((f"ปีงบประมาณ {year}", f"ประจำปีงบประมาณ พ.ศ. {year}"))])
    draft.strips.remove(strip)
    return True


@kind("month only above the table or in the name of its sheet")
def month_above(draft: Draft, rng: random.Random) -> bool:
    months, year = draft.find("month"), draft.find("fiscal_year")
    when = {one for row, one in enumerate(draft.when) if draft.is_fact(row)}
    if not months or not year or len(when) != 1 or len(draft.strips) < 4:
        return False
    ((fiscal, month),) = when
    text = f"{MONTHS[month - 1]} {_era(fiscal, month)}"
    if rng.random() < 0.5:
        draft.name = text
    else:
        draft.above.append([rng.choice((f"ประจำเดือน{text}", f"ข้อมูลเดือน {text}"))])
    draft.strips = [s for s in draft.strips if s not in (months, year)]
    return True


@kind("hospital only above the table")
def hospital_above(draft: Draft, rng: random.Random) -> bool:
    strip = draft.find("hcode")
    if not strip or draft.form.holds == "register" or draft.table.turned or draft.table.pivot:
        return False
    if draft.merges or draft.hidden_rows or not all(draft.whose):
        return False
    hospital = draft.whose[0]
    draft.keep_rows(draft.whose.count(hospital))
    draft.above.append([rng.choice(("โรงพยาบาลสมมติ ({})", "รหัสหน่วยบริการ {}")).format(hospital)])
    draft.strips.remove(strip)
    return True


@kind("round written otherwise")
def rounds(draft: Draft, rng: random.Random) -> bool:
    write = rng.choice((
        lambda _, r: f"รอบที่ {r}", lambda _, r: f"รอบ {r}", lambda _, r: str(r).translate(_THAI),
        lambda y, r: f"{r}/{y}", lambda _, r: f"R{r}", lambda _, r: f"{r}.0",
    ))  # fmt: skip
    return _each(draft, "round", write)
