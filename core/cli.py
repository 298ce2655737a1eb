"""The terminal interface: what pages can do, for scheduled jobs and provinces with many files.

Exit status: 0 done · 1 problems found in the input · 2 wrong usage · 3 failure of the program.
With `--json` one document goes to standard output and nothing else; progress and logs go to
standard error. Heavy modules are loaded by the command that needs them.
"""

import sys
from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, NoReturn, ParamSpec

import orjson
import typer

from core.errors import TruatError, UsageError
from core.text import Language, Text, say

DONE, PROBLEMS, WRONG_USAGE, FAILURE = 0, 1, 2, 3
Params = ParamSpec("Params")

app = typer.Typer(
    help="Truat: score and check inspection workbooks, write forms, keep the criteria.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
criteria = typer.Typer(help="The rules and their cases.", no_args_is_help=True)
app.add_typer(criteria, name="criteria")


class Lang(StrEnum):
    """Language of what is printed."""

    th = "th"
    en = "en"

    @property
    def language(self) -> Language:
        return "th" if self is Lang.th else "en"


Files = Annotated[list[Path], typer.Argument(help="Workbooks: .xlsx .xlsm .xls .csv")]
FormOption = Annotated[str | None, typer.Option("--form", help="Form id; found out without it.")]
YearOption = Annotated[
    int | None, typer.Option("--fiscal-year", min=2500, max=2700, help="Buddhist era, as 2566.")
]
ReadingOption = Annotated[
    list[str] | None, typer.Option("--reading", help="CRITERION=NAME, may be repeated.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
LangOption = Annotated[Lang, typer.Option("--lang", help="Language of what is printed.")]
OutOption = Annotated[Path, typer.Option("--out", help="File to write.")]


def guarded(command: Callable[Params, int]) -> Callable[Params, NoReturn]:
    """Turn a command's result and its errors into an exit status; no traceback reaches a user."""

    @wraps(command)
    def run(*args: Params.args, **kwargs: Params.kwargs) -> NoReturn:
        try:
            status = command(*args, **kwargs)
        except TruatError as error:
            note(_language_of(kwargs), _reason(error))
            status = WRONG_USAGE if isinstance(error, UsageError) else FAILURE
        except BrokenPipeError:
            sys.stderr.close()
            status = DONE
        raise typer.Exit(status)

    return run


def _language_of(kwargs: dict[str, Any]) -> Language:
    lang = kwargs.get("lang", Lang.th)
    return lang.language if isinstance(lang, Lang) else "th"


def _reason(error: TruatError) -> Text:
    from core.forms.issues import issue_of

    return issue_of(error).text


def note(language: Language, text: Text) -> None:
    """A line on standard error."""
    typer.echo(text.in_(language), err=True)


def show(language: Language, text: Text) -> None:
    """A line on standard output."""
    typer.echo(text.in_(language))


def print_json(document: Any) -> None:
    """The one document of a `--json` call."""
    sys.stdout.buffer.write(orjson.dumps(document, option=orjson.OPT_INDENT_2) + b"\n")
    sys.stdout.buffer.flush()


def read_bytes(path: Path) -> bytes:
    """A file's content; `UsageError` U004 when it cannot be opened.

    No more than one byte beyond the largest file accepted is read.
    """
    from core.forms.package import STANDARD

    try:
        with path.open("rb") as file:
            return file.read(STANDARD.file_bytes + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError("U004", file=str(path), reason=reason) from error


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file whole; `UsageError` U004 when it cannot be written."""
    try:
        path.write_bytes(content)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError("U004", file=str(path), reason=reason) from error


def chosen_readings(pairs: list[str] | None) -> dict[str, str]:
    """`CRITERION=NAME` pairs; `UsageError` U003 for one without a name."""
    from core.criteria.catalog import catalog

    readings = {}
    for pair in pairs or []:
        key, _, name = pair.partition("=")
        readings[key.strip()] = name.strip()
    catalog().check_readings(readings)
    return readings


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
    from core.services.intake import examine
    from core.services.intake_json import document
    from core.services.intake_text import print_intake

    readings = chosen_readings(reading)
    found = {}
    for number, path in enumerate(files, start=1):
        if len(files) > 1:
            note(
                lang.language,
                say("{number} of {count}: {file}", number=number, count=len(files), file=path.name),
            )
        found[str(path)] = examine(
            read_bytes(path), path.name, form_id=form, fiscal_year=fiscal_year, readings=readings
        )
    if as_json:
        print_json(document(found))
    else:
        for intake in found.values():
            print_intake(intake, lang.language)
    return PROBLEMS if any(intake.has_errors for intake in found.values()) else DONE


@app.command()
@guarded
def template(
    form: Annotated[str, typer.Argument(help="Form id, as star-2561.")],
    out: OutOption,
    cup: Annotated[str | None, typer.Option("--cup", help="Code of the district network.")] = None,
    fiscal_year: YearOption = None,
    lang: LangOption = Lang.th,
) -> int:
    """Write the blank form."""
    from core.services.templates import blank

    _, content = blank(form, cup=cup, fiscal_year=fiscal_year, language=lang.language)
    write_bytes(out, content)
    note(lang.language, say("Written: {file}", file=str(out)))
    return DONE


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
    from core.services.intake import examine
    from core.services.marking import marked

    data = read_bytes(file)
    intake = examine(
        data, file.name, form_id=form, fiscal_year=fiscal_year, readings=chosen_readings(reading)
    )
    write_bytes(out, marked(data, intake, lang.language))
    note(lang.language, say("Written: {file}", file=str(out)))
    return PROBLEMS if intake.has_errors else DONE


@criteria.command()
@guarded
def check(as_json: JsonOption = False, lang: LangOption = Lang.th) -> int:
    """Hold every rule against its cases, and the cases against the rules' edges."""
    from core.services.corpus_report import check_corpus

    report = check_corpus()
    if as_json:
        print_json(report.as_dict())
    else:
        for line in report.lines():
            show(lang.language, line)
    return DONE if report.holds else PROBLEMS


@criteria.command()
@guarded
def handbook(out: OutOption, fiscal_year: YearOption = None, lang: LangOption = Lang.th) -> int:
    """Write every rule with its source, readable, as Markdown."""
    from core.services.handbook_text import handbook_markdown

    content = handbook_markdown(lang.language, fiscal_year=fiscal_year)
    write_bytes(out, content.encode())
    note(lang.language, say("Written: {file}", file=str(out)))
    return DONE


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


def main() -> None:
    """Entry of `python -m core`."""
    app()
