"""Commands on the store: import, results and their why, upkeep."""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from core.quantities import MISSING
from core.terminal.common import (
    DONE,
    PROBLEMS,
    FormOption,
    JsonOption,
    Lang,
    LangOption,
    WhileOpenOption,
    check_files,
    end_with_input,
    guarded,
    note,
    print_json,
    print_row,
    print_text,
    read_bytes,
    show,
    show_own_store,
)
from core.text import Language, Text, say, storable

if TYPE_CHECKING:
    from core.claims.archive import Archived
    from core.services.bulk.sources import Source
    from core.services.importing.files import Sender
    from core.store.engine.settings import Kind

app = typer.Typer()

Places = Annotated[
    list[Path],
    typer.Argument(help="Workbooks, and folders and .zip archives of up to 1,000 of them."),
]
ByOption = Annotated[str | None, typer.Option("--by", help="Who sends the files.")]
CupOption = Annotated[
    str | None, typer.Option("--cup", help="District of assessments that name no network.")
]
ClaimsOption = Annotated[
    bool, typer.Option("--claims/--no-claims", help="With or without the claim ledger.")
]
FileArgument = Annotated[Path, typer.Argument(help="The backup: one file.")]


@app.command("import")
@guarded
def import_(
    files: Places,
    by: ByOption = None,
    cup: CupOption = None,
    form: FormOption = None,
    check: Annotated[bool, typer.Option("--check", help="Only look; store nothing.")] = False,
    as_rows: Annotated[
        bool, typer.Option("--lines", help="A line of JSON for each file as soon as it is known.")
    ] = False,
    while_open: WhileOpenOption = False,
    as_json: JsonOption = False,
    lang: LangOption = Lang.th,
) -> int:
    """Score and store workbooks in one's own store, each whole or not at all.

    A folder or an archive of workbooks is read on all cores; files stored before are left out, so
    that an import that was interrupted goes on.
    """
    from core.services.bulk.sources import all_sources, file_sources
    from core.services.importing.files import Sender

    sender = Sender(by or MISSING, subject=cup, form_id=form)
    if while_open:
        end_with_input()
    sources = all_sources(files)
    if sources is None and (check or as_rows):
        sources = file_sources(files)
    if sources is not None:
        how = _How(check, as_rows, as_json)
        return _import_sources(sources, sender, how, lang.language)
    return import_each(files, sender, as_json, lang.language)


def import_each(files: list[Path], sender: "Sender", as_json: bool, language: Language) -> int:
    """Files one after the other, each with its receipt in full."""
    from core.services.importing.files import import_file
    from core.services.stores import on_hand

    check_files(files)
    engine = show_own_store(language)
    documents: list[dict[str, Any]] = []
    has_problems = False
    for path in files:
        # What came with the file before it, such as values of groups, counts already.
        known = replace(sender, on_hand=on_hand(engine))
        done = import_file(engine, read_bytes(path), path.name, known)
        has_problems |= done.has_problems
        documents.append({"file": storable(str(path)), **done.as_dict()} if as_json else {})
        for line in () if as_json else done.lines():
            show(language, line)
        if len(files) > 1:
            _step(language, len(documents), len(files), path.name)
    if as_json:
        print_json(documents[0] if len(documents) == 1 else {"files": documents})
    return PROBLEMS if has_problems else DONE


class _How(NamedTuple):
    """How many files are gone through: only looked at; told line by line; told as one document."""

    is_check: bool
    as_rows: bool
    as_json: bool


def _import_sources(
    sources: "Sequence[Source]", sender: "Sender", how: _How, language: Language
) -> int:
    """The files of folders and archives: a row for each, and one summary."""
    from core.services.bulk.check import check_sources
    from core.services.bulk.outcomes import Summary
    from core.services.bulk.readers import Readers
    from core.services.bulk.run import import_sources
    from core.services.stores import open_store

    summary, has_problems = Summary(), False
    documents: list[dict[str, Any]] = []
    with Readers() as readers:  # Before the store is open: each is a copy of this process.
        engine = open_store("own") if how.is_check else show_own_store(language)
        work = check_sources if how.is_check else import_sources
        for one in work(engine, sources, sender, readers):
            summary.add(one)
            has_problems |= one.has_problems
            if how.as_rows:
                print_row(one.as_row())
            elif how.as_json:
                documents.append(one.as_dict())
            else:
                show(language, one.line())
            _step(language, summary.files, len(sources), one.file)
    if how.as_rows:
        print_row({"summary": summary.as_dict()})
    elif how.as_json:
        print_json({"files": documents, "summary": summary.as_dict()})
    else:
        for line in summary.lines():
            show(language, line)
    return PROBLEMS if has_problems else DONE


def _step(language: Language, number: int, count: int, file: str) -> None:
    step = {"number": number, "count": count, "file": file}
    note(language, say("{number} of {count}: {file}", **step))


@app.command()
@guarded
def results(
    indicator: Annotated[str | None, typer.Option(help="Such as crisis.level.")] = None,
    area: Annotated[str | None, typer.Option(help="TH, R03, P61, D6101 or a facility.")] = None,
    period: Annotated[str | None, typer.Option(help="2566, 2566-Q2, 2566-M09.")] = None,
    as_json: JsonOption = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="A table of text.")] = False,
    lang: LangOption = Lang.th,
) -> int:
    """List stored results."""
    from core.periods import parse_period
    from core.services.assessments.totals import with_verified
    from core.services.results.json_document import row_json, rows_csv
    from core.services.results.listing import results as stored
    from core.services.results.terminal_text import result_lines
    from core.services.stores import open_store

    wanted = None if period is None else parse_period(period)
    engine = open_store()
    listed = stored(engine, indicator=indicator, area=area, period=wanted)
    rows = with_verified(engine, listed)
    if not rows:
        note(lang.language, say("No stored result fits what was asked for."))
    if as_json:
        print_json({"results": [row_json(row) for row in rows]})
    elif as_csv:
        print_text(rows_csv(rows, lang.language))
    else:
        for line in result_lines(rows):
            show(lang.language, line)
    return DONE


@app.command()
@guarded
def explain(
    result: Annotated[int, typer.Argument(help="The number of a result.")],
    against: Annotated[
        str | None, typer.Option("--against", help="Month its accounts are compared with.")
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = Lang.th,
) -> int:
    """Say why a result is what it is, down to the accounts where it has any."""
    from core.periods import parse_period
    from core.services.books.behind import behind
    from core.services.books.wording import behind_json, behind_lines
    from core.services.results.json_document import why_json
    from core.services.results.terminal_text import why_lines
    from core.services.results.why import explain as explained
    from core.services.stores import open_store

    store, other = open_store(), parse_period(against).month if against else None
    why = explained(store, result)
    accounts = behind(store, why, against=other)
    if as_json:
        print_json({**why_json(why), "accounts": list(map(behind_json, accounts))})
    else:
        for line in (*why_lines(why), *behind_lines(accounts)):
            show(lang.language, line)
    return DONE


@app.command()
@guarded
def migrate(lang: LangOption = Lang.th) -> int:
    """Create the open store, or bring it up to this program's revision."""
    from core.services.stores import migrated

    before, after = migrated()
    if before == after:
        show(lang.language, say("The store is at revision {revision} already.", revision=after))
    else:
        show(lang.language, say("The store is at revision {revision} now.", revision=after))
    return DONE


@app.command()
@guarded
def backup(
    file: FileArgument,
    own: Annotated[bool, typer.Option("--own", help="Your own store, whichever is open.")] = False,
    claims: ClaimsOption = True,
    lang: LangOption = Lang.th,
) -> int:
    """Write the open store into one file, its claim ledger beside it; others may go on using it."""
    from core.services.claims.archive import ledger_backed_up, ledger_size
    from core.services.stores import backed_up, open_store

    kind: Kind | None = "own" if own else None
    rows, store = backed_up(file, kind)
    params = {"file": file, "rows": rows, "store": store}
    note(lang.language, say("Written and compared: {file}, {rows} rows of {store}", **params))
    engine = open_store(kind)
    size = ledger_size(engine)
    if size is not None and not claims:
        text = say("The claim ledger is not in it: {size} MB were left out.", size=_megabytes(size))
        note(lang.language, text)
    elif size is not None and (ledger := ledger_backed_up(engine, file)):
        note(lang.language, _with_ledger(say("Written and compared"), ledger))
    return DONE


@app.command()
@guarded
def restore(file: FileArgument, claims: ClaimsOption = True, lang: LangOption = Lang.th) -> int:
    """Have the open store and its claim ledger hold what a backup holds, and nothing else."""
    from core.services.claims.archive import ledger_in, ledger_restored
    from core.services.claims.storing import ledger_beside
    from core.services.stores import open_store, restored

    engine = open_store()
    with ledger_in(engine, file) if claims else nullcontext() as ready:
        rows = restored(file)
        note(lang.language, say("Restored and compared: {file}, {rows} rows", file=file, rows=rows))
        if ready is not None:
            ledger = ledger_restored(engine, ready)
            note(lang.language, _with_ledger(say("Restored and compared"), ledger))
        elif folder := ledger_beside(engine):
            text = say(
                "The claim ledger was not restored, it stays as it is: {folder}", folder=folder
            )
            note(lang.language, text)
    return DONE


def _with_ledger(done: Text, ledger: "Archived") -> Text:
    return say(
        "{done}: {file}, the claim ledger, {count} files, {size} MB",
        done=done,
        file=ledger.file,
        count=f"{ledger.files:,}",
        size=_megabytes(ledger.size),
    )


def _megabytes(size: int) -> str:
    return f"{size / 2**20:,.1f}"
