"""Commands on files of claims: check and store, list, withdraw, hand on."""

from pathlib import Path
from typing import Annotated

import typer

from core.terminal.common import (
    DONE,
    PROBLEMS,
    JsonOption,
    Lang,
    LangOption,
    answer,
    check_files,
    guarded,
    note,
    read_bytes,
    show,
    show_own_store,
)
from core.text import say

app = typer.Typer(help="The claim ledger: visits, replies, statements.", no_args_is_help=True)

ClaimFiles = Annotated[
    list[Path],
    typer.Argument(help="CSV, Parquet, Excel, REP, STM, .zip or a folder of visit files."),
]
HospitalOption = Annotated[
    str | None, typer.Option("--hospital", help="Code of the hospital, where files do not say.")
]


@app.command()
@guarded
def add(
    files: ClaimFiles,
    kind: Annotated[
        str | None,
        typer.Option("--kind", help="claims, admissions, replies, statements; found out without."),
    ] = None,
    hospital: HospitalOption = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Earlier rows of its hospitals and months are out.")
    ] = False,
    by: Annotated[str | None, typer.Option("--by", help="Who sends it.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check it; store nothing.")] = False,
    as_json: JsonOption = False,
    lang: LangOption = Lang.th,
) -> int:
    """Check and store files of claims in one's own store."""
    from core.claims.columns import KINDS
    from core.errors import UsageError
    from core.quantities import MISSING
    from core.services.claims.listing import received_json, received_lines
    from core.services.claims.storing import Received, examine_for, store_claims, today

    if kind is not None and kind not in KINDS:
        raise UsageError("U093", kind=kind, kinds=", ".join(KINDS))
    engine = show_own_store(lang.language)
    done = []
    for content in _contents(files):
        intake = examine_for(engine, content, kind=kind, hcode=hospital, today=today())
        if dry_run:
            done.append(Received(intake))
        else:
            done.append(store_claims(engine, intake, by=by or MISSING, replaces=replace))
    document = [received_json(one) for one in done]
    lines = (line for one in done for line in received_lines(one))
    answer(lang.language, as_json, lambda: document[0] if len(document) == 1 else document, lines)
    has_problems = any(
        one.intake.has_errors or (one.upload is None and not dry_run) for one in done
    )
    return PROBLEMS if has_problems else DONE


def _contents(paths: list[Path]) -> list[dict[str, bytes]]:
    """What is read together: a folder is one set of visit files, another file is alone."""
    from core.services.claims.sources import MOST_BYTES

    check_files([path for path in paths if not path.is_dir()])
    contents = []
    for path in paths:
        if path.is_dir():
            inside = sorted(one for one in path.iterdir() if one.is_file())
            contents.append({one.name: read_bytes(one, MOST_BYTES) for one in inside})
        else:
            contents.append({path.name: read_bytes(path, MOST_BYTES)})
    return contents


@app.command("list")
@guarded
def list_(as_json: JsonOption = False, lang: LangOption = Lang.th) -> int:
    """Files of claims that were sent, newest first."""
    from core.services.claims.listing import upload_json, upload_line
    from core.services.claims.storing import claim_uploads
    from core.services.stores import open_store

    uploads = claim_uploads(open_store())
    answer(
        lang.language,
        as_json,
        lambda: {"uploads": [upload_json(one) for one in uploads]},
        map(upload_line, uploads),
    )
    if not uploads and not as_json:
        note(lang.language, say("No file of claims was sent yet."))
    return DONE


@app.command()
@guarded
def withdraw(
    upload: Annotated[int, typer.Argument(help="The number of a file of claims.")],
    reason: Annotated[str, typer.Option("--reason", help="Why; kept with the file.")],
    by: Annotated[str | None, typer.Option("--by", help="Who withdraws it.")] = None,
    lang: LangOption = Lang.th,
) -> int:
    """Take a file of claims out; what was before it counts again."""
    from core.quantities import MISSING
    from core.services.claims.listing import fed_lines
    from core.services.claims.storing import withdraw_claims

    engine = show_own_store(lang.language)
    fed = withdraw_claims(engine, upload, by=by or MISSING, reason=reason)
    show(lang.language, say("Withdrawn: file no. {upload} of claims", upload=upload))
    for line in fed_lines(fed):
        show(lang.language, line)
    return DONE


@app.command("feed")
@guarded
def feed_(
    by: Annotated[str | None, typer.Option("--by")] = None, lang: LangOption = Lang.th
) -> int:
    """Hand the counts of every hospital on to the 4S4C defects."""
    from core.quantities import MISSING
    from core.services.claims.listing import fed_lines
    from core.services.claims.storing import feed_all

    engine = show_own_store(lang.language)
    for line in fed_lines(feed_all(engine, by=by or MISSING)):
        show(lang.language, line)
    return DONE
