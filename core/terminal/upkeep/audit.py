"""Commands on the audit trail: who did what, and whether anybody tampered with it."""

from typing import Annotated

import typer

from core.terminal.common import (
    DONE,
    PROBLEMS,
    JsonOption,
    Lang,
    LangOption,
    answer,
    guarded,
    note,
    print_json,
    print_text,
    show,
)
from core.text import say

app = typer.Typer(help="Who did what, when and from where.", no_args_is_help=True)


@app.command("list")
@guarded
def list_(
    who: Annotated[str, typer.Option(help="Who did it, by the whole name.")] = "",
    action: Annotated[str, typer.Option(help="Such as upload_stored.")] = "",
    subject: Annotated[str, typer.Option(help="Such as upload:12.")] = "",
    via: Annotated[str, typer.Option(help="page, terminal, api or program.")] = "",
    words: Annotated[str, typer.Option("--find", help="Words anywhere in a deed.")] = "",
    since: Annotated[str, typer.Option(help="First day, as 31/1/2570.")] = "",
    until: Annotated[str, typer.Option(help="Last day, as 31/1/2570.")] = "",
    limit: Annotated[int, typer.Option(min=1, help="So many at most, newest first.")] = 200,
    as_json: JsonOption = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="A table of text.")] = False,
    lang: LangOption = Lang.th,
) -> int:
    """Deeds, newest first."""
    from core.services.audit.trail import day_begins, deed_json, deeds, deeds_csv, wanted
    from core.services.audit.wording import deed_line
    from core.services.stores import open_store

    first, after = day_begins(since), day_begins(until, after=True)
    filter_ = wanted(who, action, subject, via, words, since=first, before=after)
    listed = deeds(open_store(), filter_, limit)
    if as_json:
        print_json({"deeds": [deed_json(one) for one in listed]})
    elif as_csv:
        print_text(deeds_csv(listed, lang.language).decode())
    else:
        for one in listed:
            show(lang.language, deed_line(one))
        if not listed:
            note(lang.language, say("No deed fits what was asked for."))
    return DONE


@app.command()
@guarded
def verify(
    known: Annotated[str, typer.Option(help="A hash that was noted before.")] = "",
    as_json: JsonOption = False,
    lang: LangOption = Lang.th,
) -> int:
    """Hold every deed against its hash and the one before it."""
    from core.services.audit.trail import verified, verified_json
    from core.services.audit.wording import verified_line
    from core.services.stores import open_store

    done = verified(open_store(), known.strip().lower())
    answer(lang.language, as_json, lambda: verified_json(done), [verified_line(done)])
    return DONE if done.broken is None else PROBLEMS
