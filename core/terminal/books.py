"""Commands on the books: agreement with the ministry's own results."""

from typing import Annotated

import typer

from core.terminal.common import DONE, JsonOption, Lang, LangOption, guarded, print_json, show

app = typer.Typer()


@app.command()
@guarded
def agreement(
    period: Annotated[
        str | None, typer.Option("--period", help="A fiscal year or month; all without it.")
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = Lang.th,
) -> int:
    """Our results beside the ministry's own: how many are equal, and why others differ."""
    from core.periods import parse_period
    from core.services.agreement.compare import agreement as compared
    from core.services.agreement.wording import agreement_json, agreement_lines
    from core.services.stores import open_store

    shown = compared(open_store(), parse_period(period) if period else None)
    if as_json:
        print_json(agreement_json(shown))
    else:
        for line in agreement_lines(shown):
            show(lang.language, line)
    return DONE
