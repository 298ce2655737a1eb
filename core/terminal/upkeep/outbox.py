"""Commands on messages about deadlines: those that were given up, sending what waits."""

from typing import Annotated

import typer

from core.terminal.common import DONE, PROBLEMS, JsonOption, Lang, LangOption, answer, guarded, show
from core.text import say

app = typer.Typer(help="Messages about deadlines; off until set up.", no_args_is_help=True)


@app.command("list")
@guarded
def list_(
    dead: Annotated[bool, typer.Option("--dead", help="Those alone that were given up.")] = False,
    as_json: JsonOption = False,
    lang: LangOption = Lang.th,
) -> int:
    """Messages, newest first, and what became of them."""
    from core.services.outbox.delivery import listed_messages
    from core.services.outbox.wording import message_json, message_line
    from core.services.stores import open_store

    messages = listed_messages(open_store(), dead=dead)
    lines = map(message_line, messages)
    answer(lang.language, as_json, lambda: {"messages": [*map(message_json, messages)]}, lines)
    return DONE


@app.command()
@guarded
def send(lang: LangOption = Lang.th) -> int:
    """Enter what people should be told today, and send what waits; a worker does so by itself."""
    from core.services.outbox.delivery import post
    from core.services.stores import open_store

    done = post(open_store())
    text = say(
        "New: {new}, sent: {sent}, tried again later: {later}, given up: {dead},"
        " not wanted any more: {dropped}",
        new=done.new, sent=done.sent, later=done.later, dead=done.dead, dropped=done.dropped,
    )  # fmt: skip
    show(lang.language, text)
    return PROBLEMS if done.dead else DONE


@app.command()
@guarded
def again(
    number: Annotated[int, typer.Argument(help="The number of a message.")],
    by: Annotated[str, typer.Option("--by", help="Who says so; kept in the trail.")],
    lang: LangOption = Lang.th,
) -> int:
    """Have a message that was given up be sent after all; it may arrive twice then."""
    from core.services.outbox.delivery import try_again
    from core.services.stores import open_store

    try_again(open_store(), number, by=by)
    show(lang.language, say("Message {number} waits again.", number=number))
    return DONE
