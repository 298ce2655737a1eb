"""Commands on the demonstration, whose store is never one's own."""

import typer

from core.terminal.common import DONE, Lang, LangOption, Tenths, guarded, note
from core.text import say

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
def clear(lang: LangOption = Lang.th) -> int:
    """Empty the demonstration's store."""
    from core.demo.loading import clear as cleared

    cleared()
    note(lang.language, say("The demonstration's store is empty."))
    return DONE
