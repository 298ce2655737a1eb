"""Units of amounts: said in a title, around the table, in a row, in a format, or not at all."""

import random
from typing import Final

from tests.soak.draft import Draft, Entry, Strip, kind

_WORDS: Final = {
    1e6: ("(ล้านบาท)", "(หน่วย: ล้านบาท)", "ล้านบาท", "[ล้านบาท]", "(Million Baht)", "(ลบ.)"),
    1e3: ("(พันบาท)", "(หน่วย : พันบาท)", "พันบาท", "(Thousand Baht)", "('000 บาท)"),
}
_LINES: Final = {
    1e6: ("หน่วย : ล้านบาท", "(ล้านบาท)", "หน่วย ล้านบาท", "Unit: Million Baht", "หน่วยนับ:ล้านบาท"),
    1e3: ("หน่วย : พันบาท", "(พันบาท)", "(หน่วย:พันบาท)", "Unit: Thousand Baht"),
}


def scaled(strip: Strip, factor: float, rows: set[int] | None = None) -> None:
    """Write the amounts of a column in thousands or millions."""
    for row, entry in enumerate(strip.entries):
        if isinstance(entry.value, float) and (rows is None or row in rows):
            entry.value = round(entry.value / factor, 8)


def _all(draft: Draft, factor: float) -> bool:
    strips = draft.amounts()
    if not strips or len(strips) != len(draft.figures("baht")):
        return False
    for strip in strips:
        scaled(strip, factor)
    return True


@kind("unit in a title")
def in_title(draft: Draft, rng: random.Random) -> bool:
    if not (strips := draft.amounts()):
        return False
    factor, strip = rng.choice((1e3, 1e6)), rng.choice(strips)
    scaled(strip, factor)
    strip.title += f" {rng.choice(_WORDS[factor])}"
    return True


@kind("unit in all titles")
def in_all_titles(draft: Draft, rng: random.Random) -> bool:
    factor = rng.choice((1e3, 1e6))
    if not _all(draft, factor):
        return False
    words = rng.choice(_WORDS[factor])
    for strip in draft.amounts():
        strip.title += f" {words}"
    return True


@kind("baht said in a title")
def baht(draft: Draft, rng: random.Random) -> bool:
    for strip in (strips := draft.figures("baht")):
        strip.title += rng.choice((" (บาท)", " (หน่วย: บาท)", " [บาท]", "(Baht)"))
    return bool(strips)


@kind("unit above the table")
def above(draft: Draft, rng: random.Random) -> bool:
    factor = rng.choice((1e3, 1e6))
    if not _all(draft, factor):
        return False
    draft.above.append([None] * rng.choice((0, 0, 2, 4)) + [rng.choice(_LINES[factor])])
    return True


@kind("unit below the table")
def below_table(draft: Draft, rng: random.Random) -> bool:
    factor = rng.choice((1e3, 1e6))
    if not _all(draft, factor):
        return False
    draft.under.append([f"หมายเหตุ {rng.choice(_LINES[factor])}"])
    return True


@kind("unit in a row below the titles")
def below_titles(draft: Draft, rng: random.Random) -> bool:
    strips = draft.amounts()
    if draft.table.turned or not strips or any(s.below for s in draft.strips):
        return False
    for strip in strips:
        factor = rng.choice((1.0, 1e3, 1e6))
        scaled(strip, factor)
        strip.below = {1.0: "บาท", 1e3: "พันบาท", 1e6: "(ล้านบาท)"}[factor]
    return True


@kind("unit in a number format", "xlsx")
def in_format(draft: Draft, rng: random.Random) -> bool:
    if not (strips := draft.amounts()):
        return False
    strip = rng.choice(strips)
    for _, entry in draft.cells(strip):
        if isinstance(entry.value, float) and entry.format == "General":
            entry.value = round(entry.value / 1e6, 8)
            entry.format = rng.choice(('#,##0.00" ล้านบาท"', '0.0000 "ล้านบาท"', '0.00"MB"'))
    return True


@kind("number format that divides", "xlsx")
def divided(draft: Draft, rng: random.Random) -> bool:
    if not (strips := draft.amounts()):
        return False
    code = rng.choice(('#,##0.00,," ล้านบาท"', "#,##0.0,,", "#,##0,", '#,##0,"K"', '0.0,,"M"'))
    for _, entry in draft.cells(rng.choice(strips)):
        entry.format = code
    return True


@kind("unit in a column of its own")
def per_row(draft: Draft, rng: random.Random) -> bool:
    strips = draft.amounts()
    if draft.table.turned or not strips or len(strips) != len(draft.figures("baht")):
        return False
    words = []
    for row in range(draft.height):
        factor = rng.choice((1.0, 1e3, 1e6))
        for strip in strips:
            scaled(strip, factor, {row})
        words.append(Entry({1.0: "บาท", 1e3: "พันบาท", 1e6: "ล้านบาท"}[factor]))
    draft.strips.append(Strip(rng.choice(("หน่วย", "หน่วยนับ", "หมายเหตุ")), words))
    return True


@kind("one row in thousands, unsaid")
def unsaid_row(draft: Draft, rng: random.Random) -> bool:
    """Told only by the other rows of that facility, so there must be some."""
    facts = [n for n in range(draft.height) if draft.is_fact(n)]
    if draft.form.holds == "register" or len(facts) < 4 or len(draft.amounts()) < 2:
        return False
    if draft.table.pivot or len(draft.figures("baht")) != len(draft.amounts()):
        return False
    row = rng.choice(facts)
    factor = rng.choice((1e3, 1e6))
    for strip in draft.amounts():
        scaled(strip, factor, {row})
    return True


@kind("whole table in millions, unsaid")
def unsaid(draft: Draft, rng: random.Random) -> bool:
    """Told by the amounts that no facility is below; of hospital-months in thousands too."""
    if not any(s.column and s.column.least for s in draft.amounts()):
        return False
    return _all(draft, rng.choice((1e3, 1e6)) if draft.form.id == "finance" else 1e6)
