"""Titles, their order, and what else stands beside and above them."""

import random
import re
from typing import Final

from tests.soak.draft import Draft, Entry, Strip, is_percent, kind


@kind("English titles")
def english(draft: Draft, _rng: random.Random) -> bool:
    for strip in draft.strips:
        if strip.column and strip.title == strip.column.name.th:
            strip.title = strip.column.name.en
    return True


@kind("codes as titles")
def codes(draft: Draft, rng: random.Random) -> bool:
    is_short = rng.random() < 0.5
    for strip in draft.strips:
        if strip.column and strip.title == strip.column.name.th:
            strip.title = strip.measure.rpartition(".")[2] if is_short else strip.measure
    return True


@kind("other wordings of titles")
def aliases(draft: Draft, rng: random.Random) -> bool:
    others = [s for s in draft.strips if s.column and s.column.aliases]
    for strip in others:
        strip.title = rng.choice(strip.column.aliases)
    return bool(others)


@kind("titles typed otherwise")
def typing(draft: Draft, rng: random.Random) -> bool:
    """Line breaks, lost tone marks, spaces, capitals."""
    change = rng.choice((
        lambda t: re.sub("[่้๊๋]", "", t), lambda t: t.replace(" ", "\n"), lambda t: f"  {t} ",
        str.upper, lambda t: t.replace("ำ", "ํา"), lambda t: t.replace("(", " ("),
        lambda t: f"{t} *",
    ))  # fmt: skip
    for strip in draft.strips:
        strip.title = change(strip.title)
    return True


@kind("numbered titles")
def numbered(draft: Draft, rng: random.Random) -> bool:
    shape = rng.choice(("{n}. {t}", "({n}) {t}", "{n}) {t}", "{t} ({n})"))
    for n, strip in enumerate(draft.strips, 1):
        strip.title = shape.format(n=n, t=strip.title)
    return True


@kind("columns in another order")
def order(draft: Draft, rng: random.Random) -> bool:
    rng.shuffle(draft.strips)
    return True


@kind("columns of somebody's own")
def own_columns(draft: Draft, rng: random.Random) -> bool:
    numbers = [Entry(n) for n in range(1, draft.height + 1)]
    draft.strips.insert(0, Strip("ลำดับ", numbers))
    names = [Entry(f"รพ.สมมติ {whose}") for whose in draft.whose]
    draft.strips.insert(rng.randint(1, 3), Strip("หน่วยงาน", names))
    phones = [Entry(f"056-{rng.randint(100, 999)}-{rng.randint(1000, 9999)}") for _ in draft.whose]
    draft.strips.append(Strip("โทรศัพท์", phones))
    return True


@kind("table not at the corner")
def corner(draft: Draft, rng: random.Random) -> bool:
    draft.left += rng.randint(1, 3)
    draft.above = [[] for _ in range(rng.randint(1, 7))] + draft.above
    return True


@kind("lines above the table")
def lines_above(draft: Draft, rng: random.Random) -> bool:
    lines = [
        [f"รายงาน{draft.form.name.th}"], ["เขตสุขภาพที่ 3", None, "ข้อมูล ณ วันที่ 31 มีนาคม 2566"],
        ["จังหวัดสมมติ"], [], ["แหล่งข้อมูล: กลุ่มงานประกันสุขภาพ"], ["เอกสารหมายเลข 12"],
    ]  # fmt: skip
    draft.above += rng.sample(lines, rng.randint(1, 4))
    return True


@kind("empty columns between")
def gaps(draft: Draft, rng: random.Random) -> bool:
    for _ in range(rng.randint(1, 2)):
        empty = Strip("", [Entry() for _ in range(draft.height)])
        draft.strips.insert(rng.randint(1, len(draft.strips)), empty)
    return True


@kind("group titles merged above")
def groups(draft: Draft, rng: random.Random) -> bool:
    if draft.table.turned or len(draft.figures()) < 2 or draft.merges:
        return False
    strips = draft.figures()
    first = draft.strips.index(strips[0])
    run = [s for s in strips if draft.strips.index(s) < first + len(strips)]
    run[0].over = rng.choice(("ข้อมูลทางการเงิน", "ข้อมูล", "ผลการดำเนินงาน", "รายการ"))
    draft.merges.append((-1, first, -1, first + 1))
    return True


@kind("titles merged over two rows")
def tall_titles(draft: Draft, _rng: random.Random) -> bool:
    if draft.table.turned or draft.merges or any(s.below for s in draft.strips):
        return False
    draft.add_row(lambda _: None, 0)
    draft.merges += [(0, n, 1, n) for n in range(len(draft.strips))]
    return True


_HARMLESS: Final = ("(ผล)", "(ผลงาน)", "(ข้อมูลจริง)", "(Actual)", "ณ สิ้นเดือน", "(ปัจจุบัน)")
_HARMFUL: Final = (
    "(แผน)", "(ปีก่อน)", "(เป้าหมาย)", "(ประมาณการ)", "(ผลต่าง)", "(เดือนก่อน)", "(ร้อยละ)", "(Plan)",
    "ปีก่อน", "แผน", "- เป้าหมาย", "(ร้อยละของแผน)", "(เพิ่ม/ลด)", "(ยกมา)", "(งบประมาณ)",
    "(ตั้งงบ)", "(ค่ากลาง)", "(เฉลี่ยต่อเดือน)", "(ค่าเฉลี่ยกลุ่ม)",
)  # fmt: skip


def _qualified(draft: Draft) -> list[Strip]:
    """Columns that the words make another figure: no plans, no percentages, some unit."""
    return [
        s
        for s in draft.figures()
        if "plan" not in s.measure
        and "year" not in s.measure
        and s.column
        and not is_percent(s.column)
        and draft.table.unit(s.column)
    ]


@kind("qualifier that changes nothing")
def harmless(draft: Draft, rng: random.Random) -> bool:
    if not (strips := draft.figures()):
        return False
    rng.choice(strips).title += f" {rng.choice(_HARMLESS)}"
    return True


@kind("qualifier that makes it another figure")
def harmful(draft: Draft, rng: random.Random) -> bool:
    """The sheet does not say the figure itself."""
    strips = _qualified(draft)
    if not strips:
        return False
    strip = rng.choice(strips)
    strip.title += f" {rng.choice(_HARMFUL)}"
    draft.forget(strip)
    return True


def _decoy(draft: Draft, strip: Strip, rng: random.Random, title: str) -> Strip:
    """A column of other figures, in the neighbourhood of the true ones."""
    factor = rng.choice((0.8, 0.93, 1.07, 1.25))
    entries = [
        Entry(round(e.value * factor, 2) if isinstance(e.value, float) else None)
        for e in strip.entries
    ]
    decoy = Strip(title, entries)
    place = draft.strips.index(strip) + rng.choice((0, 1))
    draft.strips.insert(place, decoy)
    return decoy


@kind("another figure beside it")
def beside(draft: Draft, rng: random.Random) -> bool:
    strips = _qualified(draft)
    if not strips:
        return False
    strip = rng.choice(strips)
    shape = rng.choice(("{t} {w}", "{w} {t}"))
    _decoy(draft, strip, rng, shape.format(t=strip.title, w=rng.choice(_HARMFUL)))
    return True


@kind("last year beside this year")
def last_year(draft: Draft, rng: random.Random) -> bool:
    if not (strips := draft.figures()):
        return False
    strip = rng.choice(strips)
    year = next(when[0] for when in draft.when if when[0])
    shape = rng.choice(("{t} ปี {y}", "{t} {y}", "ปี {y} {t}", "{t} (ปีงบ {y})", "{y}\n{t}"))
    _decoy(draft, strip, rng, shape.format(t=strip.title, y=year - 1))
    strip.title = shape.format(t=strip.title, y=year)
    return True


@kind("two columns of one title")
def twice(draft: Draft, rng: random.Random) -> bool:
    if not (strips := draft.figures()):
        return False
    strip = rng.choice(strips)
    _decoy(draft, strip, rng, strip.title)
    return True


@kind("title merged over plan and actual")
def plan_and_actual(draft: Draft, rng: random.Random) -> bool:
    if draft.table.turned or not (strips := draft.figures()) or draft.merges:
        return False
    strip = rng.choice(strips)
    if [s.title for s in draft.strips].count(strip.title) > 1:
        return False
    title, words = strip.title, rng.choice((("แผน", "ผล"), ("Plan", "Actual"), ("ปีก่อน", "ปีนี้")))
    if draft.table.pivot:  # whose own column is called plan
        words = ("แผน", "ผล")
    decoy = _decoy(draft, strip, rng, words[0])
    strip.title = words[1]
    first, second = sorted((decoy, strip), key=draft.strips.index)
    first.over = title
    place = draft.strips.index(first)
    draft.merges.append((-1, place, -1, place + 1))
    assert draft.strips[place + 1] is second
    return True


@kind("hidden column of other figures", "xlsx")
def hidden_decoy(draft: Draft, rng: random.Random) -> bool:
    if draft.table.turned or not (strips := draft.figures()):
        return False
    strip = rng.choice(strips)
    _decoy(draft, strip, rng, strip.title).is_hidden = True
    return True


@kind("hidden column", "xlsx")
def hidden(draft: Draft, rng: random.Random) -> bool:
    titles = [s.title for s in draft.strips]
    strips = [s for s in draft.figures() if titles.count(s.title) == 1]
    if draft.table.turned or not strips or not all(draft.whose):
        return False
    rng.choice(strips).is_hidden = True
    return True


_SHORT: Final = {
    "hcode": ("รหัส", "รหัส (5 หลัก)", "รหัส รพ."),
    "fiscal_year": ("ปี", "FY", "งบประมาณปี"),
}


@kind("short titles of keys")
def short_keys(draft: Draft, rng: random.Random) -> bool:
    strips = [s for s in draft.key_strips() if s.measure in _SHORT]
    if draft.form.holds == "register":
        return False
    for strip in strips:
        strip.title = rng.choice(_SHORT[strip.measure])
    return bool(strips)


@kind("titles in two rows", "xlsx")
def two_rows(draft: Draft, rng: random.Random) -> bool:
    """Keys merged over both rows, figures below a title of their own."""
    keys, figures = draft.key_strips(), draft.figures()
    is_plain = not draft.merges and not any(s.over or s.below for s in draft.strips)
    if draft.table.turned or not is_plain or len(figures) < 2:
        return False
    for strip in keys:
        strip.over, strip.title = strip.title, ""
        place = draft.strips.index(strip)
        draft.merges.append((-1, place, 0, place))
    figures[0].over = rng.choice(("ข้อมูล", "ผลการดำเนินงาน", "รายการ"))
    return True


@kind("only a part of cash beside the rest")
def part_of_cash(draft: Draft, rng: random.Random) -> bool:
    strip = draft.find("finance.cash")
    if strip is None or strip.column is None or strip.title != strip.column.name.th:
        return False
    rest = [Entry(e.value * 9 if isinstance(e.value, float) else None) for e in strip.entries]
    place = draft.strips.index(strip) + 1
    draft.strips.insert(place, Strip(rng.choice(("เงินฝากธนาคาร", "เงินฝากคลัง")), rest))
    strip.title = "เงินสด"
    draft.forget(strip)
    return True
