"""Commands on workbooks, which store nothing, and on this machine."""

from pathlib import Path
from typing import Annotated

import typer

from core.terminal.common import (
    DONE,
    FAILURE,
    PROBLEMS,
    Files,
    FormOption,
    JsonOption,
    Lang,
    LangOption,
    OutOption,
    ReadingOption,
    YearOption,
    chosen_readings,
    guarded,
    note,
    print_json,
    read_bytes,
    show,
    write_bytes,
)
from core.text import say, storable

app = typer.Typer()


@app.command()
@guarded
def score(
    files: Files,
    form: FormOption = None,
    fiscal_year: YearOption = None,
    reading: ReadingOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Lang.th,
) -> int:
    """Score workbooks without storing anything."""
    from core.services.importing.scoring import Scorer
    from core.services.intake.json_document import document
    from core.services.intake.terminal_text import print_intake

    scorer = Scorer(form, fiscal_year, chosen_readings(reading)).beside_own_store()
    if scorer.failure is not None:
        note(lang.language, scorer.failure)
    intakes = {}
    for number, path in enumerate(files, start=1):
        if len(files) > 1:
            note(
                lang.language,
                say("{number} of {count}: {file}", number=number, count=len(files), file=path.name),
            )
        intakes[storable(str(path))] = scorer.score(read_bytes(path), path.name)
    if as_json:
        print_json(document(intakes))
    else:
        for intake in intakes.values():
            print_intake(intake, lang.language)
    return PROBLEMS if any(intake.has_errors for intake in intakes.values()) else DONE


@app.command()
@guarded
def template(
    form: Annotated[str, typer.Argument(help="Form id, as star-2561.")],
    out: OutOption,
    cup: Annotated[str | None, typer.Option("--cup", help="Code of the district network.")] = None,
    fiscal_year: YearOption = None,
    lang: LangOption = Lang.th,
) -> int:
    """Write the blank form, with a row for each facility of a network that the register knows."""
    from core.services.handbook.templates import blank

    facilities = _facilities_of(form, cup) if cup else ()
    _, content = blank(
        form, cup=cup, fiscal_year=fiscal_year, language=lang.language, facilities=facilities
    )
    write_bytes(out, content)
    if facilities:
        count = len(facilities)
        note(lang.language, say("Facilities of {cup} filled in: {count}", cup=cup, count=count))
    note(lang.language, say("Written: {file}", file=str(out)))
    return DONE


def _facilities_of(form: str, cup: str) -> tuple[str, ...]:
    """Codes of a network's facilities in one's own register; none where there is no register."""
    from core.services.geography.places import facilities_of
    from core.services.handbook.templates import kind_filled_in
    from core.services.stores import existing_store

    kind, engine = kind_filled_in(form), existing_store()
    if kind is None or engine is None:
        return ()
    return facilities_of(engine, cup if cup[:1].upper() == "D" else f"D{cup}", kind)


@app.command()
@guarded
def mark(
    file: Annotated[Path, typer.Argument(help="The workbook that was sent in.")],
    out: OutOption,
    form: FormOption = None,
    fiscal_year: YearOption = None,
    reading: ReadingOption = None,
    lang: LangOption = Lang.th,
) -> int:
    """Write the returned copy with problem cells marked and commented."""
    from core.services.intake.examine import examine
    from core.services.intake.marking import marked

    data = read_bytes(file)
    intake = examine(
        data, file.name, form_id=form, fiscal_year=fiscal_year, readings=chosen_readings(reading)
    )
    write_bytes(out, marked(data, intake, lang.language))
    note(lang.language, say("Written: {file}", file=str(out)))
    return PROBLEMS if intake.has_errors else DONE


@app.command()
@guarded
def doctor(as_json: JsonOption = False, lang: LangOption = Lang.th) -> int:
    """Say what is missing on this machine and how to mend it."""
    from core.services.doctor import examination

    findings = examination()
    if as_json:
        print_json([finding.as_dict() for finding in findings])
    else:
        for finding in findings:
            show(lang.language, finding.line)
    return DONE if all(finding.well for finding in findings) else FAILURE
