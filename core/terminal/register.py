"""Commands on the register of facilities: beginning it."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from core.errors import UsageError
from core.quantities import MISSING
from core.terminal.common import (
    DONE,
    PROBLEMS,
    JsonOption,
    Lang,
    LangOption,
    guarded,
    note,
    print_json,
    read_bytes,
    show,
    show_own_store,
    write_bytes,
)
from core.text import Language, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from core.services.beginning.naming import NamedFacility
    from core.services.importing.receipts import Receipt
    from core.services.intake.kinds import Intake, RegisterIntake
    from core.text import Text

app = typer.Typer(help="The register of facilities.", no_args_is_help=True)

Places = Annotated[
    list[Path],
    typer.Argument(help="Filled forms, or the ministry's export; folders and archives of them."),
]


@app.command()
@guarded
def begin(
    files: Places,
    district: Annotated[
        list[str] | None,
        typer.Option(help="For facilities whose files say none: 6101, or 10661=6101 for one."),
    ] = None,
    without: Annotated[list[str] | None, typer.Option(help="Codes that are wrong.")] = None,
    by: Annotated[str, typer.Option("--by", help="Who begins it.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Confirm the list, and enter it.")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write the list to complete it.")
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = Lang.th,
) -> int:
    """List the facilities that files name, and enter them once that is confirmed.

    Nothing is entered without --yes, and nothing where the register has facilities already: then
    import a table of the register.
    """
    from core.services.beginning.naming import facilities_in
    from core.services.beginning.table import (
        facilities_json,
        is_register_empty,
        register_table,
    )
    from core.services.importing.receipt_json import receipt_json
    from core.services.intake.json_document import issue_json
    from core.services.intake.kinds import RegisterIntake

    if not is_register_empty():
        raise UsageError("U117")
    read = list(_examined(files))
    tables = [
        (data, one) for data, one in read if isinstance(one, RegisterIntake) and one.is_storable
    ]
    listed = [
        one for one in facilities_in(one for _, one in read) if one.hcode not in (without or ())
    ]
    is_whole = bool(tables)
    if listed and not tables:
        written = register_table(listed, _districts(listed, district or []), lang.language)
        tables, is_whole = [(written.data, written.intake)], written.is_whole
    if out is not None and tables:
        write_bytes(out, tables[0][0])
        note(lang.language, say("Written: {file}", file=str(out)))
    receipts = list(_stored(tables, by, lang.language)) if yes and is_whole else []
    if as_json:
        facilities = [row for _, one in tables for row in facilities_json(one)]
        issues = [issue_json(issue) for _, one in tables for issue in one.issues]
        stored = list(map(receipt_json, receipts))
        print_json({"facilities": facilities, "messages": issues, "receipts": stored})
    else:
        for line in _lines(tables, receipts):
            show(lang.language, line)
    if not receipts:
        note(lang.language, _what_now(bool(tables), is_whole))
    return DONE if receipts else PROBLEMS


def _examined(places: "Iterable[Path]") -> "Iterator[tuple[bytes, Intake]]":
    """Every file of the places, read and checked."""
    from core.services.bulk.sources import Source, all_sources
    from core.services.intake.examine import examine

    paths = list(places)
    sources = all_sources(paths) or [Source(one.name, partial(read_bytes, one)) for one in paths]
    for source in sources:
        data = source.read()
        yield data, examine(data, source.name)


def _districts(listed: "Iterable[NamedFacility]", choices: "Iterable[str]") -> "dict[str, str]":
    """The district of each facility as it was said: of one by its code, of all others without."""
    pairs = [one.rpartition("=") for one in choices]
    others = next((district for code, _, district in pairs if not code), "")
    each = {code: district for code, _, district in pairs if code}
    return {one.hcode: chosen for one in listed if (chosen := each.get(one.hcode, others))}


def _stored(
    tables: "Iterable[tuple[bytes, Intake]]", by: str, language: Language
) -> "Iterator[Receipt]":
    from core.services.importing.store_intake import store

    engine = show_own_store(language)
    for data, intake in tables:
        yield store(engine, intake, data, by=by or MISSING)


def _lines(
    tables: "Iterable[tuple[bytes, RegisterIntake]]", receipts: "Iterable[Receipt]"
) -> "Iterator[Text]":
    from core.services.beginning.table import facility_lines
    from core.services.importing.receipt_text import receipt_lines
    from core.services.intake.terminal_text import issue_lines

    for _, intake in tables:
        yield from facility_lines(intake)
        yield from issue_lines(intake)
    for one in receipts:
        yield from receipt_lines(one)


def _what_now(is_any: bool, is_whole: bool) -> "Text":
    """Why nothing was entered, and what to do."""
    if not is_any:
        return say("These files name no facility and are no table of the register.")
    if is_whole:
        return say("Nothing is entered yet. Look through the list, then add --yes.")
    return say(
        "Nothing was entered: say the district of those without one with --district 6101 or"
        " --district CODE=6101, leave wrong codes out with --without CODE, or complete the list"
        " that --out writes and import it."
    )
