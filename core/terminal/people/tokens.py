"""Commands on tokens of the interface for programs."""

from typing import Annotated

import typer

from core.terminal.common import (
    DONE,
    JsonOption,
    Lang,
    LangOption,
    answer,
    guarded,
    note,
    print_json,
    show,
)
from core.text import Text, say

app = typer.Typer(help="Tokens that programs come with.", no_args_is_help=True)


@app.command()
@guarded
def add(
    name: Annotated[str, typer.Argument(help="Whose program it is, and what it is for.")],
    role: Annotated[str, typer.Option(help="executive, cup, province or administrator.")],
    area: Annotated[str, typer.Option(help="TH, R03, P61, D6101 or a facility.")],
    days: Annotated[int, typer.Option(help="How many days it holds.")] = 365,
    as_json: JsonOption = False,
    lang: LangOption = Lang.th,
) -> int:
    """Make a token and show it once: it is kept nowhere."""
    from core.services.people.tokens import add_token, token_json, token_line
    from core.services.stores import open_store

    made, secret = add_token(open_store(), name, role, area, days)
    if as_json:
        print_json({**token_json(made), "token": secret})
        return DONE
    note(lang.language, token_line(made))
    note(lang.language, say("Keep it now; it is not shown again:"))
    show(lang.language, Text(secret, secret))
    return DONE


@app.command("list")
@guarded
def list_(as_json: JsonOption = False, lang: LangOption = Lang.th) -> int:
    """All tokens, ended ones too."""
    from core.services.people.tokens import listed_tokens, token_json, token_line
    from core.services.stores import open_store

    tokens = listed_tokens(open_store())
    answer(
        lang.language,
        as_json,
        lambda: {"tokens": [*map(token_json, tokens)]},
        map(token_line, tokens),
    )
    return DONE


@app.command()
@guarded
def revoke(
    number: Annotated[int, typer.Argument(help="The number of a token.")],
    lang: LangOption = Lang.th,
) -> int:
    """End a token from now on."""
    from core.services.people.tokens import revoke_token
    from core.services.stores import open_store

    revoke_token(open_store(), number)
    note(lang.language, say("Token {number} lets nobody in any more.", number=number))
    return DONE
