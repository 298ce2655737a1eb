"""How the file itself is written: separators, encodings, packages."""

import csv
import random
from collections.abc import Callable

from tests.soak.draft import Draft, Entry, kind
from tests.soak.files import PACKAGES


@kind("odd package", "xlsx")
def package(draft: Draft, rng: random.Random) -> bool:
    if draft.package:
        return False
    draft.package = rng.choice([p for p in PACKAGES if not p.startswith("formulas")])
    return True


@kind("other separators", "csv")
def separators(draft: Draft, rng: random.Random) -> bool:
    draft.text_file["delimiter"] = rng.choice((";", "\t", "|"))
    return True


@kind("other encodings", "csv")
def encodings(draft: Draft, rng: random.Random) -> bool:
    draft.text_file["encoding"] = rng.choice(
        ("utf-8", "cp874", "utf-16", "utf-16-le", "tis-620", "utf-8-sig")
    )
    return True


@kind("everything quoted", "csv")
def quoted(draft: Draft, _rng: random.Random) -> bool:
    draft.text_file["quoting"] = csv.QUOTE_ALL
    return True


@kind("separator named first", "csv")
def sep_line(draft: Draft, _rng: random.Random) -> bool:
    draft.text_file["first"] = f"sep={draft.text_file.get('delimiter', ',')}\r\n"
    return True


@kind("odd ends", "csv")
def ends(draft: Draft, rng: random.Random) -> bool:
    if rng.random() < 0.5:
        draft.text_file["end"] = rng.choice(("\n", "\r"))
    else:
        draft.text_file["last"] = rng.choice(("\x1a", "\r\n\r\n", ",,,\r\n", "\x00"))
    return True


@kind("letters lost in saving", "csv")
def lost_letters(draft: Draft, rng: random.Random) -> bool:
    draft.text_file["encoding"] = rng.choice(("ascii", "latin-1"))
    return True


@kind("thousands unquoted", "csv")
def thousands(draft: Draft, _rng: random.Random) -> bool:
    """Amounts with commas in lines that nobody quoted."""
    if draft.table.turned:
        return False
    for strip in draft.figures():
        for entry in strip.entries:
            if isinstance(entry.value, float) and entry.value >= 1000:
                entry.value = f"{entry.value:,.2f}"
    draft.text_file["raw"] = True
    return True


@kind("thousands quoted", "csv")
def quoted_thousands(draft: Draft, _rng: random.Random) -> bool:
    if draft.text_file.get("raw"):
        return False
    for strip in draft.figures():
        for _, entry in draft.cells(strip):
            if isinstance(entry.value, float) and entry.value >= 1000:
                entry.value = f"{entry.value:,.8f}".rstrip("0").rstrip(".")
    return True


@kind("a field lost", "csv")
def field_lost(draft: Draft, rng: random.Random) -> bool:
    return _slipped(draft, rng, lambda fields, place: fields.pop(place))


@kind("a field too many", "csv")
def field_added(draft: Draft, rng: random.Random) -> bool:
    return _slipped(draft, rng, lambda fields, place: fields.insert(place, Entry("")))


def _slipped(
    draft: Draft, rng: random.Random, change: Callable[[list[Entry], int], object]
) -> bool:
    """One row of a facility with a field too few or too many among its figures."""
    figures = draft.figures()
    if draft.table.turned or not figures or draft.text_file.get("slipped"):
        return False
    rows = [n for n in range(draft.height) if draft.is_fact(n)]
    place = draft.strips.index(rng.choice(figures))
    draft.text_file["slipped"] = (rng.choice(rows), lambda fields: change(fields, place))
    return True
