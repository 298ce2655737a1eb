"""Commands on the demonstration, whose store is never one's own."""

import os
from typing import Final

import typer

from core.terminal.common import (
    DONE,
    Lang,
    LangOption,
    Tenths,
    WhileOpenOption,
    end_with_input,
    guarded,
    note,
)
from core.text import say

_PATIENT: Final = 10

app = typer.Typer()
demo = typer.Typer(help="The demonstration's own store.", no_args_is_help=True)
app.add_typer(demo, name="demo")


@demo.command()
@guarded
def load(lang: LangOption = Lang.th) -> int:
    """Fill the demonstration's store with invented data, and open it."""
    from core.demo.loading import load as loaded
    from core.services.stores import open_demo

    done = loaded(progress=Tenths(lang.language).tell)
    open_demo()
    counts = {"hospitals": done.hospitals, "uploads": done.uploads, "results": done.results}
    note(
        lang.language,
        say("Invented: {hospitals} hospitals, {uploads} uploads, {results} results.", **counts),
    )
    return DONE


@demo.command()
@guarded
def fill(
    lang: LangOption = Lang.th,
    while_open: WhileOpenOption = False,
) -> int:
    """Fill the demonstration's store where it is not whole yet, the newest months first.

    Whoever interrupts it and starts it again goes on where it was.
    """
    from core.demo.loading import fill as filled

    if while_open:
        end_with_input()
        filled(progress=_give_way)
    else:
        filled(progress=Tenths(lang.language).tell)
    return DONE


def _give_way(share: float) -> None:
    """Somebody waits for the first months; for the others everybody else comes first."""
    if hasattr(os, "nice") and os.nice(0) < _PATIENT and share < 1:
        os.nice(_PATIENT)


@demo.command()
@guarded
def clear(lang: LangOption = Lang.th) -> int:
    """Empty the demonstration's store."""
    from core.demo.loading import clear as cleared

    cleared()
    note(lang.language, say("The demonstration's store is empty."))
    return DONE
