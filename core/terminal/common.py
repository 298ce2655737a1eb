"""What all commands share: options, output, and errors as exit statuses.

Exit status: 0 done · 1 problems found in the input · 2 wrong usage · 3 failure of the program.
With `--json` one document goes to standard output and nothing else; progress and logs go to
standard error. Heavy modules are loaded by the command that needs them.
"""

import os
import sys
from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import wraps
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, ParamSpec, TypeVar

import orjson
import typer

from core.errors import NotFoundError, TruatError, UsageError
from core.text import Language, Text, say, storable

if TYPE_CHECKING:
    from sqlalchemy import Engine

DONE, PROBLEMS, WRONG_USAGE, FAILURE = 0, 1, 2, 3
Params = ParamSpec("Params")
Result = TypeVar("Result")


class Lang(StrEnum):
    """Language of what is printed."""

    th = "th"
    en = "en"

    @property
    def language(self) -> Language:
        return "th" if self is Lang.th else "en"


Files = Annotated[
    list[Path], typer.Argument(help="Workbooks: .xlsx .xlsm .xls .csv; D-files: .zip .mdb")
]
WhileOpenOption = Annotated[
    bool, typer.Option("--while-open", help="End as soon as standard input is closed.")
]
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
            is_usage = isinstance(error, UsageError | NotFoundError)
            status = WRONG_USAGE if is_usage else FAILURE
        except BrokenPipeError:
            sys.stderr.close()
            status = DONE
        raise typer.Exit(status)

    return run


def result_or_exit(work: Callable[[], Result]) -> Result:
    """What some work before a command finds; without it the command ends and says why."""
    try:
        return work()
    except TruatError as error:
        note("th", _reason(error))
        raise typer.Exit(WRONG_USAGE) from error


def _language_of(kwargs: dict[str, Any]) -> Language:
    lang = kwargs.get("lang", Lang.th)
    return lang.language if isinstance(lang, Lang) else "th"


def _reason(error: TruatError) -> Text:
    from core.forms.model.issues import issue_of

    return issue_of(error).text


def note(language: Language, text: Text) -> None:
    """A line on standard error."""
    typer.echo(storable(text.in_(language)), err=True)


def show(language: Language, text: Text) -> None:
    """A line on standard output."""
    typer.echo(storable(text.in_(language)))


def print_json(document: Any) -> None:
    """The one document of a `--json` call."""
    sys.stdout.buffer.write(orjson.dumps(document, option=orjson.OPT_INDENT_2) + b"\n")
    sys.stdout.buffer.flush()


def answer(
    language: Language, as_json: bool, document: Callable[[], Any], lines: Iterable[Text]
) -> None:
    """Show a result: as one JSON document where that is asked for, else line by line."""
    if as_json:
        print_json(document())
        return
    for line in lines:
        show(language, line)


def print_text(text: str) -> None:
    """Text for another program, as it is."""
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()


def read_bytes(path: Path, most: int | None = None) -> bytes:
    """A file's content; `UsageError` U004 when it cannot be opened.

    No more than one byte beyond the largest file accepted is read: `most`, else a workbook's limit.
    """
    from core.forms.cells.container import STANDARD

    try:
        with path.open("rb") as file:
            return file.read((most or STANDARD.file_bytes) + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError("U004", file=str(path), reason=reason) from error


def check_files(paths: list[Path]) -> None:
    """`UsageError` U004 when one cannot be opened, before anything is done with the others."""
    for path in paths:
        try:
            path.open("rb").close()
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


class Tenths:
    """Tells how much is done, a line for each tenth."""

    def __init__(self, language: Language) -> None:
        self._language: Language = language
        self._told = 0

    def tell(self, share: float) -> None:
        """Tell of a share from 0 to 1, if it is a tenth more than last time."""
        tenths = int(10 * share)
        if tenths > self._told:
            self._told = tenths
            note(self._language, say("{percent} percent", percent=10 * tenths))


def print_row(row: Any) -> None:
    """Print a line of JSON, to be read before others follow."""
    sys.stdout.buffer.write(orjson.dumps(row) + b"\n")
    sys.stdout.flush()


def end_with_input() -> None:
    """End at once when whoever started this has ended."""

    def wait() -> None:
        while os.read(sys.stdin.fileno(), 1):
            pass
        os._exit(FAILURE)

    Thread(target=wait, daemon=True).start()


def show_own_store(language: Language) -> "Engine":
    """One's own store; an administrator's terminal shows it to everybody."""
    from core.access.actors import current_actor
    from core.services.stores import open_own, own_store

    engine, was_demo = own_store()
    if was_demo and current_actor().is_whole:
        open_own()
        note(language, say("Your own store is open now instead of the demonstration."))
    return engine
