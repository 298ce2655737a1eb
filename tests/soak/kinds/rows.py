"""Rows that are no facility, tables below and beside, and what is hidden or merged."""

import copy
import random
from typing import Any, Final

from tests.soak.draft import Draft, Entry, Strip, kind
from tests.soak.kinds.cells import HARMFUL


def _sum(draft: Draft, strip: Strip, divisor: float = 1) -> Any:
    numbers = [e.value for _, e in draft.cells(strip) if isinstance(e.value, float)]
    return round(sum(numbers) / divisor, 8) if numbers else None


def _total(draft: Draft, keys: dict[str, Any], at: int | None = None, divisor: float = 1) -> None:
    def value(strip: Strip) -> Any:
        if strip.column is not None and strip.column.type == "number":
            return _sum(draft, strip, divisor)
        return keys.get(strip.measure)

    draft.add_row(value, at)


def _first(draft: Draft) -> str:
    return "hcode" if draft.find("hcode") else "district"


def _is_flat(draft: Draft) -> bool:
    return not draft.table.turned and bool(draft.figures())


def _is_whole(draft: Draft) -> bool:
    """Whether every row is one of a facility, every figure a number, no title there twice."""
    titles = [s.title for s in draft.figures()]
    are_apart = all([s.title for s in draft.strips].count(title) == 1 for title in titles)
    return (
        are_apart
        and all(draft.whose)
        and all(
            isinstance(e.value, float) and e.format not in HARMFUL
            for s in draft.figures()
            for e in s.entries
        )
    )


_WORDS: Final = ("รวม", "รวมทั้งสิ้น", "รวมจังหวัด", "Total", "Grand Total", "ยอดรวม", "รวมทั้งหมด")


@kind("total row")
def total(draft: Draft, rng: random.Random) -> bool:
    if not _is_flat(draft):
        return False
    at = rng.choice((None, None, 0))
    _total(draft, {_first(draft): rng.choice(_WORDS)}, at)
    return True


@kind("total row with a code")
def coded_total(draft: Draft, rng: random.Random) -> bool:
    """A sum or average of at least three rows; what a reader could not add up is not tried."""
    if not _is_flat(draft) or draft.height < 4 or len(draft.amounts()) < 2 or not _is_whole(draft):
        return False
    key = rng.choice(list(range(draft.height)))
    if not draft.is_fact(key):
        return False
    keys = {s.measure: s.entries[key].value for s in draft.key_strips()}
    code = rng.choice(("99999", 99999, "00000", "6100"))
    _total(draft, keys | {_first(draft): code}, divisor=rng.choice((1, 1, draft.height)))
    return True


@kind("total row named in another column")
def named_total(draft: Draft, rng: random.Random) -> bool:
    if not _is_flat(draft):
        return False
    names = [Entry(f"รพ.สมมติ {whose}" if whose else None) for whose in draft.whose]
    strip = Strip("ชื่อหน่วยงาน", names)
    draft.strips.insert(1, strip)
    _total(draft, {})
    strip.entries[-1].value = rng.choice(_WORDS)
    return True


@kind("average row")
def average(draft: Draft, rng: random.Random) -> bool:
    if not _is_flat(draft):
        return False
    _total(draft, {_first(draft): rng.choice(("เฉลี่ย", "ค่าเฉลี่ย", "Average"))}, divisor=draft.height)
    return True


@kind("remarks below")
def remarks(draft: Draft, rng: random.Random) -> bool:
    lines = [
        [], ["หมายเหตุ: ข้อมูลยังไม่ผ่านการตรวจสอบ"], ["ลงชื่อ........................ ผู้รายงาน"],
        [None, None, "วันที่ 5 เมษายน 2566"], ["* รพ.สมมติ อยู่ระหว่างปรับปรุงบัญชี"],
        ["หมายเหตุ", "ข้อ 1", 25], ["โทร", 561234567],
    ]  # fmt: skip
    draft.under += rng.sample(lines, rng.randint(1, 4))
    return True


@kind("empty rows between")
def empty_rows(draft: Draft, rng: random.Random) -> bool:
    for _ in range(rng.randint(1, 3)):
        draft.add_row(lambda _: None, rng.randint(0, draft.height))
    return True


@kind("titles repeated in between")
def titles_again(draft: Draft, rng: random.Random) -> bool:
    if draft.table.turned or draft.height < 2 or any(s.over for s in draft.strips):
        return False
    draft.add_row(lambda strip: strip.title or None, rng.randint(1, draft.height - 1))
    return True


@kind("rows that name a district")
def group_rows(draft: Draft, rng: random.Random) -> bool:
    if draft.table.turned:
        return False
    first = draft.strips[0]
    place = rng.randint(0, draft.height - 1)
    draft.add_row(lambda s: "อำเภอสมมติเมือง" if s is first else None, place)
    return True


@kind("second table below, columns in another order")
def second_table(draft: Draft, rng: random.Random) -> bool:
    """The facilities of the second table are part of what is true."""
    if not _is_flat(draft) or not all(draft.whose) or len(set(draft.whose)) < 2 or draft.merges:
        return False
    last = draft.whose[-1]
    rows = [n for n in range(draft.height) if draft.whose[n] == last]
    strips = rng.sample(draft.strips, len(draft.strips))
    table = [[s.title for s in strips]] + [[s.entries[n] for s in strips] for n in rows]
    if any(s.over or s.below for s in draft.strips):
        return False
    for strip in draft.strips:
        strip.entries = [e for n, e in enumerate(strip.entries) if n not in rows]
    draft.whose = [w for n, w in enumerate(draft.whose) if n not in rows]
    draft.when = [w for n, w in enumerate(draft.when) if n not in rows]
    draft.under = [[] for _ in range(rng.randint(0, 2))] + table + draft.under
    return True


@kind("table of other figures below")
def other_table(draft: Draft, rng: random.Random) -> bool:
    if not _is_flat(draft):
        return False
    words = rng.choice(("แผน", "ปีก่อน", "เป้าหมาย"))
    titles = [s.title + (f" ({words})" if s in draft.figures() else "") for s in draft.strips]
    rows = [
        [e.value * 0.9 if isinstance(e.value, float) else e.value for e in line]
        for line in zip(*(s.entries for s in draft.strips), strict=True)
    ]
    draft.under += [[], [f"ตารางที่ 2 {words}"][: rng.randint(0, 1)], titles, *rows]
    return True


def _old(draft: Draft) -> Draft:
    """The same sheet with other figures."""
    other = copy.deepcopy(draft)
    for strip in other.figures():
        for _, entry in other.cells(strip):
            if isinstance(entry.value, float):
                entry.value = round(entry.value * 0.9, 2)
    return other


@kind("hidden rows", "xlsx")
def hidden_rows(draft: Draft, rng: random.Random) -> bool:
    if draft.table.turned or draft.height < 2:
        return False
    draft.hidden_rows |= set(rng.sample(range(draft.height), rng.randint(1, draft.height // 2)))
    return True


@kind("hidden sheet of other figures", "xlsx")
def hidden_sheet(draft: Draft, _rng: random.Random) -> bool:
    if draft.others or not draft.figures():
        return False
    other = _old(draft)
    other.name, other.is_hidden = "สำเนา", True
    draft.others.append(other)
    return True


@kind("second sheet of other figures", "xlsx")
def second_sheet(draft: Draft, rng: random.Random) -> bool:
    if draft.others or not draft.figures():
        return False
    other = _old(draft)
    other.name = rng.choice(("แผน", "Sheet2", "ปีก่อน", "สำเนา"))
    draft.others.append(other)
    return True


@kind("row typed twice")
def row_twice(draft: Draft, rng: random.Random) -> bool:
    if draft.table.turned:
        return False
    row = rng.randrange(draft.height)
    draft.add_row(lambda s: copy.copy(s.entries[row]))
    return True


@kind("row typed twice, figures differ")
def row_contradicts(draft: Draft, rng: random.Random) -> bool:
    if not _is_flat(draft) or not draft.is_fact(row := rng.randrange(draft.height)):
        return False
    strip = rng.choice(draft.figures())
    entry = strip.entries[row]
    if not isinstance(entry.value, float):
        return False
    draft.add_row(lambda s: copy.copy(s.entries[row]))
    strip.entries[-1].value = round(entry.value * 0.7, 2)
    return True


def _run(draft: Draft, rng: random.Random) -> tuple[Strip | None, int, int]:
    """A column of keys and a run of rows in which it says the same."""
    strips = [s for s in draft.key_strips() if s.measure in ("hcode", "fiscal_year", "district")]
    strip = rng.choice(strips) if strips else None
    for row in range(draft.height - 1) if strip else ():
        last = row
        while last + 1 < draft.height and strip.entries[last + 1].value == strip.entries[row].value:
            last += 1
        if last > row and draft.is_fact(row):
            return strip, row, last
    return None, 0, 0


@kind("key only in the first of its rows")
def blank_keys(draft: Draft, rng: random.Random) -> bool:
    strip, first, last = _run(draft, rng)
    if strip is None or draft.table.turned:
        return False
    for row in range(first + 1, last + 1):
        strip.entries[row].value = None
    return True


@kind("key merged over its rows", "xlsx")
def merged_keys(draft: Draft, rng: random.Random) -> bool:
    strip, first, last = _run(draft, rng)
    if strip is None or draft.table.turned or draft.merges:
        return False
    shift = 2 if any(s.below for s in draft.strips) else 1
    place = draft.strips.index(strip)
    draft.merges.append((first + shift, place, last + shift, place))
    return True


@kind("target row below the titles")
def target(draft: Draft, rng: random.Random) -> bool:
    if not _is_flat(draft):
        return False
    first = draft.strips[0]
    words = rng.choice(("เป้าหมาย", "เกณฑ์", "ค่าเป้าหมาย", "เป้าหมาย (ร้อยละ)", "Target"))
    figures = draft.figures()
    draft.add_row(
        lambda s: (
            words if s is first else (rng.choice((70, ">70", None)) if s in figures else None)
        ),
        0,
    )
    return True


@kind("numbers of the columns below the titles")
def numbering(draft: Draft, rng: random.Random) -> bool:
    if draft.table.turned or len(draft.strips) < 4 or any(s.below for s in draft.strips):
        return False
    shape = rng.choice(("({n})", "{n}", "[{n}]", "{n}."))
    for n, strip in enumerate(draft.strips, 1):
        strip.below = shape.format(n=n)
    return True


@kind("deviation or percentage row with a code and a name")
def summary(draft: Draft, rng: random.Random) -> bool:
    if not _is_flat(draft):
        return False
    names = [Entry(f"รพ.สมมติ {whose}" if whose else None) for whose in draft.whose]
    strip = Strip("ชื่อหน่วยงาน", names)
    draft.strips.insert(1, strip)
    keys = {s.measure: s.entries[-1].value for s in draft.key_strips()}
    _total(draft, keys | {_first(draft): rng.choice(("99998", "12345"))}, divisor=3.7)
    strip.entries[-1].value = rng.choice(("S.D.", "ร้อยละ", "ค่าเฉลี่ย", "เฉลี่ยทั้งจังหวัด", "มัธยฐาน"))
    return True


@kind("codes of nobody")
def nobody(draft: Draft, rng: random.Random) -> bool:
    strip = draft.find("hcode")
    if strip is None or draft.form.holds == "register":
        return False
    row = rng.randrange(draft.height)
    if not draft.is_fact(row):
        return False
    whose = draft.whose[row]
    for number, entry in draft.cells(strip):
        if draft.whose[number] == whose:
            entry.value = rng.choice(("00000", "99999"))
    draft.truth = {key: value for key, value in draft.truth.items() if key[0] != whose}
    return True
