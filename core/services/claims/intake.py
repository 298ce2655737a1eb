"""Examining a file of claims: from its bytes to rows that can be stored, and every problem.

Nothing is stored. What is personal does not leave this room: numbers of visits become keys, names
and citizens' numbers are dropped, and said.
"""

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Final

import pyarrow as pa

from core.claims.catalogue import NewClaims
from core.claims.columns import Kind, rules, words_of
from core.claims.schema import PART
from core.collector import collector_at_rest
from core.errors import WorkbookError
from core.forms.cells.container import MEGABYTE
from core.forms.model.issues import CellIssue, issue_of
from core.periods import Period, month_at
from core.services.claims.heads import Head, Nearest, head_of
from core.services.claims.rows import Given, Row, RowReader
from core.services.claims.sources import Grid, grids, is_xml
from core.services.claims.values import document
from core.services.claims.visit_files import VisitFiles, name_of, put_together
from core.text import Text, fold, say, storable

_UNPACKED: Final = 1_000 * MEGABYTE
_MEMBERS: Final = 200
_HOSPITAL: Final = re.compile(r"(?<!\d)(\d{5})(?!\d)")
_SCHEME: Final = re.compile(r"(?:^|[_-])(IP|OP)(UCS|OFC|SSS|LGO)?", re.IGNORECASE)
_CITIZEN: Final = re.compile(r"\d{13}")
_HALF: Final = 0.5


@dataclass(frozen=True)
class ClaimIntake:
    """A file of claims as read; `kind` is None for one that was refused, whose issues say why.

    `rows` are those that can be stored, `read` how many there were, `left_out` how many cannot,
    `totals` lines that add up others. `dropped` are titles of personal columns.
    """

    file: str
    kind: Kind | None = None
    rows: pa.Table = field(default_factory=PART.empty_table)
    issues: tuple[CellIssue, ...] = ()
    read: int = 0
    left_out: int = 0
    totals: int = 0
    dropped: tuple[str, ...] = ()
    sha256: str = ""

    @property
    def is_storable(self) -> bool:
        return self.kind is not None and self.rows.num_rows > 0

    @property
    def has_errors(self) -> bool:
        return any(issue.severity == "error" for issue in self.issues)

    @property
    def months(self) -> tuple[Period, ...]:
        return tuple(month_at(one) for one in sorted(set(self.rows["month"].to_pylist())))

    @property
    def hospitals(self) -> tuple[str, ...]:
        return tuple(sorted(set(self.rows["hcode"].to_pylist())))

    @property
    def stored_name(self) -> str:
        """The name of its file, without a number that may be a citizen's."""
        return _CITIZEN.sub("\u2026", PurePath(self.file).name)

    def new(self, by: str, *, replaces: bool = False) -> NewClaims:
        """What is stored of it."""
        if self.kind is None:
            raise WorkbookError("F054", nearness="")
        return NewClaims(self.kind, self.stored_name, self.sha256, by, self.rows, replaces)


def is_claim_file(data: bytes, name: str) -> bool:
    """Whether a dropped file is one of claims rather than a form."""
    if name_of(name) or data.startswith(b"PAR1"):
        return True
    if _is_zip_of_texts(data):
        return True
    if is_xml(data, name) or PurePath(name).suffix.casefold() not in (
        ".csv",
        ".txt",
        ".tsv",
        ".xlsx",
        ".xls",
    ):
        return False
    try:
        return any(isinstance(head_of(grid), Head) for grid in grids(data, name))
    except WorkbookError:
        return False


def examine_claims(
    files: Mapping[str, bytes], given: Given, kind: Kind | None = None
) -> ClaimIntake:
    """Read one file of claims, or a folder of visit files; never raises for what they contain."""
    name = storable(next(iter(files), ""))
    digest = hashlib.sha256()
    for one in sorted(files):
        digest.update(files[one])
    try:
        with collector_at_rest():
            intake = _examined(files, name, given, kind)
    except WorkbookError as error:
        return ClaimIntake(name, issues=(issue_of(error),))
    return replace(intake, sha256=f"{digest.hexdigest()}")


def _examined(
    files: Mapping[str, bytes], name: str, given: Given, kind: Kind | None
) -> ClaimIntake:
    if (
        len(files) == 1
        and zipfile.is_zipfile(io.BytesIO(files[name]))
        and _is_zip_of_texts(files[name])
    ):
        files = unpacked(files[name])
    visit_files = {own: data for one, data in files.items() if (own := name_of(one))}
    if visit_files and set(visit_files) != {"IPD"}:
        together = put_together(visit_files)
        return _together(name, together, given)
    if len(files) > 1:
        raise WorkbookError(
            "F055", found=", ".join(sorted(PurePath(one).name for one in files)[:8])
        )
    only, data = next(iter(files.items()))
    return _of_file(only, data, _with_name(given, only), kind)


def _together(name: str, together: VisitFiles, given: Given) -> ClaimIntake:
    head = head_of(together.grid, "claims")
    if not isinstance(head, Head):
        raise WorkbookError("F054", nearness="")
    intake = _of_tables(name, [(together.grid, head)], given)
    dropped = ("HN", "CID", "AN", "SEQ")
    return replace(intake, issues=(*together.issues, *intake.issues), dropped=dropped)


def unpacked(data: bytes) -> dict[str, bytes]:
    """The files of an archive; F051 for one that unpacks to too much or has too many."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [one for one in archive.infolist() if not one.is_dir()]
        size = sum(one.file_size for one in members)
        if size > _UNPACKED or len(members) > _MEMBERS:
            raise WorkbookError("F051", size=f"{size / MEGABYTE:,.0f}")
        xml = next(
            (one.filename for one in members if one.filename.casefold().endswith(".xml")), ""
        )
        if xml:
            raise WorkbookError("F050", file=PurePath(xml).name)
        try:
            return {PurePath(one.filename).name: archive.read(one) for one in members}
        except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as error:
            raise WorkbookError("F056", reason=str(error)[:120]) from error


def _is_zip_of_texts(data: bytes) -> bool:
    """Whether an archive holds visit files or XML of a fund's program, and is no workbook."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return False
    if "[Content_Types].xml" in names:
        return False
    return any(
        name_of(one) or one.casefold().endswith((".csv", ".xml", ".parquet")) for one in names
    )


def _with_name(given: Given, name: str) -> Given:
    """What a file's own name says of it: STM_11223_OPUCS256810_01."""
    stem = PurePath(name).stem
    hospital, scheme = _HOSPITAL.search(stem), _SCHEME.search(stem)
    fund = words_of("funds").get(fold(scheme[2])) if scheme and scheme[2] else None
    return replace(
        given,
        hcode=given.hcode or (hospital[1] if hospital else None),
        fund=given.fund or fund,
        patient=given.patient or (scheme[1].casefold() if scheme else None),
        document=document("".join(re.findall(r"\d{6}_\d+$", stem)) or stem[-12:]),
    )


def _of_file(name: str, data: bytes, given: Given, kind: Kind | None) -> ClaimIntake:
    all_grids = grids(data, name)
    if kind is None and name_of(name) == "IPD":
        kind = "admissions"
    known = frozenset(["hcode"]) if given.hcode else frozenset[str]()
    heads = [(grid, head_of(grid, kind, known)) for grid in all_grids]
    fitting = [(grid, head) for grid, head in heads if isinstance(head, Head)]
    if not fitting:
        raise WorkbookError("F054", **_nearness([head for _grid, head in heads]))
    first = fitting[0][1].kind
    own = [(grid, head) for grid, head in fitting if head.kind == first]
    return _of_tables(name, _preferred(own, first), given)


def _preferred(own: Sequence[tuple[Grid, Head]], kind: Kind) -> Sequence[tuple[Grid, Head]]:
    """The sheets of visits, where a fund's workbook has others beside them."""
    names = tuple(map(fold, rules().kinds[kind].sheets))
    return [one for one in own if names and fold(one[0].sheet).startswith(names)] or own


def _nearness(heads: Sequence[Head | Nearest | None]) -> dict[str, object]:
    near = [one for one in heads if isinstance(one, Nearest)]
    if not near:
        return {"nearness": Text("", "")}
    best = min(near, key=lambda one: len(one.missing))
    missing = ", ".join(rules().columns[name].titles[0] for name in best.missing)
    name = rules().kinds[best.kind].name
    return {
        "nearness": say(" The nearest is “{kind}”, without {missing}.", kind=name, missing=missing)
    }


def _of_tables(name: str, tables: Sequence[tuple[Grid, Head]], given: Given) -> ClaimIntake:
    rows: list[Row] = []
    issues: list[CellIssue] = []
    read = left_out = totals = 0
    for grid, head in tables:
        reader = RowReader(grid, head, given)
        rows += reader.rows
        issues += [*head.issues, *reader.problems.listed()]
        read, left_out = read + reader.read, left_out + reader.refused
        totals += reader.totals
    if read and left_out > _HALF * read:
        issues.insert(0, CellIssue("F057", params={"count": left_out, "all": read}))
        return ClaimIntake(name, issues=tuple(issues), read=read, left_out=left_out)
    dropped = tuple(dict.fromkeys(title for _grid, head in tables for title in head.dropped))
    kind = tables[0][1].kind
    intake = ClaimIntake(name, kind, _table(rows), tuple(issues), read, left_out, totals, dropped)
    if not rows:
        return replace(intake, kind=None, issues=(CellIssue("F058"), *issues))
    return replace(intake, issues=(*issues, *_of_all(intake)))


def _table(rows: Sequence[Row]) -> pa.Table:
    columns = {name: [row.get(name) for row in rows] for name in PART.names}
    return pa.table(columns, schema=PART)


def _of_all(intake: ClaimIntake) -> Iterator[CellIssue]:
    """What is to be known of a file as a whole."""
    if intake.dropped:
        yield CellIssue("W643", params={"titles": ", ".join(intake.dropped)})
    years = sorted({month.fiscal_year for month in intake.months})
    if len(years) > 1:
        yield CellIssue("W644", params={"years": ", ".join(map(str, years))})
    if len(intake.hospitals) > 1:
        params = {"count": len(intake.hospitals), "codes": ", ".join(intake.hospitals[:8])}
        yield CellIssue("W645", params=params)
