"""What one cell holds: damaged codes, numbers as text, odd formats, formulas, nothing."""

import random
from collections.abc import Callable
from datetime import date
from typing import Any, Final

from tests.soak.draft import Draft, Entry, Strip, is_percent, kind

_THAI: Final = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def _codes(draft: Draft, write: Callable[[str], Any], chance: float, rng: random.Random) -> bool:
    strip = draft.find("hcode")
    if strip is None:
        return False
    for _, entry in draft.cells(strip):
        if rng.random() < chance:
            entry.value = write(str(entry.value))
    return True


_SAME_CODE: Final[tuple[Callable[[str], Any], ...]] = (
    int, float, lambda c: f"{c}.0", lambda c: f'="{c}"', lambda c: f"\u200b{c}",
    lambda c: f"{c}\ufeff",
    lambda c: f" {c} ", lambda c: c.translate(_THAI), lambda c: f"'{c}", lambda c: f"\u00a0{c}",
    lambda c: f"{c[:2]}\u200d{c[2:]}", lambda c: f"EA00{c}", lambda c: f"\u202a{c}\u202c",
    lambda c: f"{c}\n", lambda c: f"\t{c}",
)  # fmt: skip
_LOST_CODE: Final[tuple[Callable[[str], Any], ...]] = (
    lambda c: c[:3], lambda c: int(c[-2:]), lambda c: f"รพ.สมมติ {c}", lambda c: f"{c}-1",
    lambda c: c[:2] + " " + c[2:], lambda _: "#REF!", lambda _: "-", lambda _: "รอแจ้ง",
    lambda c: c.replace("1", "l"), lambda c: f"{c}/{c}", lambda c: f"รหัส {c}", lambda c: c + "x",
)  # fmt: skip


@kind("codes typed otherwise")
def same_code(draft: Draft, rng: random.Random) -> bool:
    return _codes(draft, rng.choice(_SAME_CODE), rng.choice((1, 0.5)), rng)


@kind("codes damaged")
def lost_code(draft: Draft, rng: random.Random) -> bool:
    return _codes(draft, rng.choice(_LOST_CODE), rng.choice((1, 0.5)), rng)


@kind("running numbers as codes")
def running(draft: Draft, _rng: random.Random) -> bool:
    strip = draft.find("hcode")
    if strip is None or draft.table.turned:
        return False
    for n, (_, entry) in enumerate(draft.cells(strip), 1):
        entry.value = n
    return True


@kind("district codes as codes")
def district(draft: Draft, rng: random.Random) -> bool:
    strip = draft.find("hcode")
    if strip is None or draft.form.holds == "register":
        return False
    for _, entry in draft.cells(strip):
        entry.value = rng.choice(("6101", 6102, 1301))
    draft.truth = {}
    return True


@kind("codes beside names")
def named_code(draft: Draft, rng: random.Random) -> bool:
    return _codes(draft, rng.choice(_NAMED_CODE), 1, rng)


_NAMED_CODE: Final[tuple[Callable[[str], Any], ...]] = (
    lambda c: f"{c}-รพ.สมมติ", lambda c: f"{c} รพ.สมมติ", lambda c: f"รพ.สมมติ ({c})",
    lambda c: f"[{c}] รพ.สมมติ", lambda c: f"{c}:รพ.สมมติ 2",
)  # fmt: skip


@kind("percentages where people are counted")
def percentages(draft: Draft, rng: random.Random) -> bool:
    """Some have decimals, as percentages do; those without cannot be told."""
    strips = [s for s in draft.figures("count") if s.column and not s.column.is_ratio]
    if draft.table.turned or not strips:
        return False
    strip = rng.choice(strips)
    for row, entry in draft.cells(strip):
        entry.value = rng.randint(10, 990) / 10 + 0.05
        draft.forget(strip, row)
    return True


@kind("dots that part thousands")
def dots(draft: Draft, rng: random.Random) -> bool:
    if draft.table.turned or not (strips := draft.amounts()):
        return False
    strip = rng.choice(strips)
    for row, entry in draft.cells(strip):
        if isinstance(entry.value, float):
            entry.value = f"{rng.randint(1, 999)}.{rng.randint(0, 999):03}"
            draft.forget(strip, row)
    return True


def _one(draft: Draft, rng: random.Random) -> tuple[Strip, int, Entry] | None:
    """One cell of figures."""
    spots = [
        (strip, row, entry)
        for strip in draft.figures()
        for row, entry in draft.cells(strip)
        if type(entry.value) in (float, int) and entry.format == "General"
    ]
    return rng.choice(spots) if spots else None


def _grouped(value: float) -> str:
    """A number with its thousands apart and every decimal it has, also where it is in millions."""
    return f"{value:,.8f}".rstrip("0").rstrip(".")


_SAME_NUMBER: Final[tuple[Callable[[str, float], str], ...]] = (
    lambda s, _: s, lambda _, v: _grouped(v),
    lambda s, _: s.translate(_THAI),
    lambda s, _: f" {s} ", lambda s, _: f"{s}\u00a0", lambda s, _: f"\u200b{s}",
    lambda s, _: f"+{s}",
    lambda s, _: f"{s} บาท", lambda s, _: f"฿{s}", lambda s, _: s.replace("-", "−"),
    lambda s, _: f"'{s}", lambda s, _: f"={s}",
    lambda _, v: f"({-v:.8f})" if v < 0 else f"{v:.8f}",
    lambda s, _: f"{s}-" , lambda s, _: s.replace(".", ","),
    lambda _, v: _grouped(v).replace(",", "x").replace(".", ",").replace("x", "."),
    lambda _, v: _grouped(v).replace(",", " "), lambda _, v: _grouped(v).replace(",", "\u00a0"),
    lambda _, v: _grouped(v).replace(",", "'"), lambda _, v: _grouped(v).replace(",", ".", 1),
    lambda _, v: f"{v:.2E}", lambda _, v: f"{v / 1e6:.4f} ล้าน",
    lambda _, v: f"{v / 1e6:.4f} ล้านบาท",
    lambda s, _: f"~{s}", lambda s, _: f">{s}", lambda s, _: f"{s}*", lambda s, _: f"{s}%",
    lambda s, _: f"ร้อยละ {s}", lambda s, _: f"{s} {s}", lambda s, _: f"{s} ({s})",
    lambda s, _: f"{s}/{s}",
    lambda s, _: f"{s}\n{s}", lambda s, _: f"{s} - {s}", lambda s, _: f"{s[:2]} {s[2:]}",
    lambda s, _: f"{s[:-1]}O", lambda s, _: f"{s},-", lambda s, _: f"{s}.-",
    lambda _, v: _grouped(v).replace(",", ",,"),
    lambda s, _: f"{s}e1", lambda s, _: f"0x{s}", lambda s, _: f"{s[:1]}_{s[1:]}",
    lambda s, _: f"{s};{s}",
    lambda s, _: f"{s}\u2009{s}", lambda s, _: f"[{s}]", lambda s, _: f"{s[:1]}\u00ad{s[1:]}",
)  # fmt: skip


@kind("number typed as text")
def text(draft: Draft, rng: random.Random) -> bool:
    """What it holds may be unclear to a reader; it never is another number."""
    if not (spot := _one(draft, rng)):
        return False
    entry = spot[2]
    short = f"{entry.value:.8f}".rstrip("0").rstrip(".")
    entry.value = rng.choice(_SAME_NUMBER)(short, entry.value)
    return True


@kind("nothing where a number belongs")
def nothing(draft: Draft, rng: random.Random) -> bool:
    if not (spot := _one(draft, rng)):
        return False
    strip, row, entry = spot
    entry.value = rng.choice((None, "-", "ไม่มีข้อมูล", "n/a", "ไม่ได้รายงาน", "–", "", " "))
    draft.forget(strip, row)
    return True


@kind("no number where one belongs")
def no_number(draft: Draft, rng: random.Random) -> bool:
    if not (spot := _one(draft, rng)):
        return False
    strip, row, entry = spot
    entry.value = rng.choice(("#DIV/0!", "#N/A", "รอข้อมูล", True, date(2023, 3, 31), "?", "#####"))
    draft.forget(strip, row)
    return True


_HARMLESS: Final = (
    "#,##0_%", "#,##0.00_%", "_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"??_);_(@_)",
    "#,##0.00;[Red]-#,##0.00",
    "0.00E+00", "_d#,##0", "#,##0_D_M_-", "[Blue]#,##0", "@", "[<=1]0%;#,##0", "_P_t_s_-#,##0.00",
    '#,##0.00" บาท"', "[$฿-41E]#,##0.00", "#,##0;-#,##0;-", '_-* #,##0.00_-;\\-* #,##0.00_-',
    "t#,##0", "#\\ ##0",
    '"Day" 0', "00000", "# ?/?",
)  # fmt: skip
HARMFUL: Final = (
    "0%",
    "0.00%",
    "d/m/yyyy",
    "[h]:mm",
    "[hh]",
    "[s]",
    "mmm-yy",
    "#,##0%;-0%",
    "h:mm",
)


@kind("number format that changes nothing", "xlsx")
def harmless_format(draft: Draft, rng: random.Random) -> bool:
    strips = [s for s in draft.figures() if all(e.format == "General" for _, e in draft.cells(s))]
    code = rng.choice(_HARMLESS)
    for strip in strips:
        for _, entry in draft.cells(strip):
            is_small = isinstance(entry.value, float) and abs(entry.value) <= 1
            if not (code.startswith("[<=1]") and is_small):
                entry.format = code
    return bool(strips)


@kind("number format of something else", "xlsx")
def harmful_format(draft: Draft, rng: random.Random) -> bool:
    """A percentage, a day or a time where an amount or a number of people belongs."""
    strips = [s for s in draft.figures() if s.column and not is_percent(s.column)]
    strips = [s for s in strips if all(e.format == "General" for _, e in draft.cells(s))]
    if not strips:
        return False
    code = rng.choice(HARMFUL)
    for _, entry in draft.cells(rng.choice(strips)):
        entry.format = code
    return True


@kind("saved results of formulas", "xlsx")
def formulas(draft: Draft, rng: random.Random) -> bool:
    if not (strips := draft.figures()):
        return False
    for _, entry in draft.cells(rng.choice(strips)):
        entry.is_formula = isinstance(entry.value, float)
    return True


@kind("formulas without results", "xlsx")
def uncalculated(draft: Draft, rng: random.Random) -> bool:
    if not (spot := _one(draft, rng)):
        return False
    strip, row, entry = spot
    entry.value = rng.choice((0.0, ""))
    entry.is_formula = entry.value == 0.0
    draft.package = "formulas to be calculated"
    draft.forget(strip, row)
    return True


@kind("a figure in the wrong column")
def shifted(draft: Draft, rng: random.Random) -> bool:
    """A row of which all cells stand one column further right, without a title there."""
    if draft.table.turned or draft.height < 2:
        return False
    row = rng.randrange(draft.height)
    if not draft.is_fact(row):
        return False
    values = [s.entries[row] for s in draft.strips]
    beyond = Strip("", [Entry() for _ in range(draft.height)])
    draft.strips.append(beyond)
    for strip, entry in zip(draft.strips, [Entry(), *values], strict=True):
        strip.entries[row] = entry
    return True
