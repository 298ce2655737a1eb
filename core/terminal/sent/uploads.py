"""Commands on files that were sent: list, show, compare, take back, have count again."""

from typing import TYPE_CHECKING, Annotated

import typer

from core.terminal.common import (
    DONE,
    JsonOption,
    Lang,
    LangOption,
    OutOption,
    answer,
    guarded,
    note,
    show,
    write_bytes,
)
from core.text import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.services.importing.receipts import Receipt

app = typer.Typer(help="Files that were sent, in all their versions.", no_args_is_help=True)

Number = Annotated[int, typer.Argument(help="The number of an upload.")]
ByOption = Annotated[str, typer.Option("--by", help="Who changes it.")]
ReasonOption = Annotated[str, typer.Option("--reason", help="Why; kept with the change.")]


@app.command("list")
@guarded
def list_(
    area: Annotated[str, typer.Option("--area", help="What it is about, or lies in: P61.")] = "TH",
    form: Annotated[str | None, typer.Option("--form", help="Form id.")] = None,
    words: Annotated[
        str, typer.Option("--find", help="Part of a file, a sender, a place or a code.")
    ] = "",
    as_json: JsonOption = False,
    lang: LangOption = Lang.th,
) -> int:
    """Files that were sent, newest first."""
    from core.areas import parse_area
    from core.services.importing.sent import sent_files, sent_json
    from core.services.importing.sent_text import sent_line
    from core.services.stores import open_store

    sent = sent_files(open_store(), area=parse_area(area).code, form=form, words=words)
    answer(lang.language, as_json, lambda: {"uploads": [*map(sent_json, sent)]},
           map(sent_line, sent))  # fmt: skip
    if not sent and not as_json:
        note(lang.language, say("No file that was sent fits what was asked for."))
    return DONE


@app.command("show")
@guarded
def show_(
    number: Number,
    out: Annotated[OutOption | None, typer.Option("--out", help="Write the file as sent.")] = None,
    as_json: JsonOption = False,
    lang: LangOption = Lang.th,
) -> int:
    """One file: what became of it, and what was done to it since."""
    from core.services.importing.sent import original, sent_file, sent_json
    from core.services.importing.sent_text import history_lines, sent_line
    from core.services.stores import open_store

    engine = open_store()
    one, receipt = sent_file(engine, number)
    if out is not None:
        write_bytes(out, original(engine, number))
    history = [
        {"action": did.action, "by": did.changed_by, "at": did.changed_at, "reason": did.reason}
        for did in receipt.history
    ]
    lines = (sent_line(one), *history_lines(receipt.history))
    answer(lang.language, as_json, lambda: {**sent_json(one), "history": history}, lines)
    return DONE


@app.command()
@guarded
def compare(
    before: Number, after: Number, as_json: JsonOption = False, lang: LangOption = Lang.th
) -> int:
    """Every figure in which two files differ."""
    from core.services.importing.receipt_json import difference_json
    from core.services.importing.sent_text import difference_line
    from core.services.importing.store_intake import compare as compared
    from core.services.stores import open_store

    comparison = compared(open_store(), before, after)
    answer(
        lang.language,
        as_json,
        lambda: {
            "before": before,
            "after": after,
            "differences": [*map(difference_json, comparison.differences)],
        },
        [*map(difference_line, comparison.differences)] or [say("These two say the same.")],
    )
    return DONE


@app.command()
@guarded
def withdraw(number: Number, by: ByOption, reason: ReasonOption, lang: LangOption = Lang.th) -> int:
    """Take a file back: what was sent before it counts again."""
    from core.services.importing.store_intake import withdraw as withdrawn

    return _changed(withdrawn, number, by, reason, lang)


@app.command()
@guarded
def restore(number: Number, by: ByOption, reason: ReasonOption, lang: LangOption = Lang.th) -> int:
    """Have a file count again, in place of what counts now."""
    from core.services.importing.store_intake import restore as restored

    return _changed(restored, number, by, reason, lang)


def _changed(
    change: "Callable[..., Receipt]", number: int, by: str, reason: str, lang: Lang
) -> int:
    from core.services.importing.receipt_text import receipt_lines
    from core.services.stores import open_store

    for line in receipt_lines(change(open_store(), number, by=by, reason=reason)):
        show(lang.language, line)
    return DONE
