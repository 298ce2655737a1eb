"""Commands on people: accounts, grants, passwords."""

import getpass
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from core.terminal.common import (
    DONE,
    JsonOption,
    Lang,
    LangOption,
    guarded,
    print_json,
    show,
)
from core.text import Language, say

if TYPE_CHECKING:
    from sqlalchemy import Engine

app = typer.Typer(help="Who signs in, and what they may do.", no_args_is_help=True)

AccountArgument = Annotated[str, typer.Argument(help="The account, or the number of somebody.")]
RoleArgument = Annotated[str, typer.Argument(help="The role, as data/roles.yaml names.")]
AreaArgument = Annotated[str, typer.Argument(help="The area: TH, R03, P61, D6101 or a hcode.")]
NameOption = Annotated[str, typer.Option("--name", help="What they are called on screen.")]
AdminOption = Annotated[
    bool, typer.Option("--administrator", help="Grant the administrator's role for the country.")
]
BackOption = Annotated[bool, typer.Option("--back", help="Let them sign in again.")]


@app.command("list")
@guarded
def list_(as_json: JsonOption = False, lang: LangOption = Lang.th) -> int:
    """Everybody there is, with what they were granted."""
    from core.services.people.accounts import listed_people, person_json, person_line

    people = listed_people(_store())
    if as_json:
        print_json([person_json(one) for one in people])
        return DONE
    if not people:
        show(lang.language, say("Nobody signs in yet: add the first by `users add`."))
    for one in people:
        show(lang.language, person_line(one))
    return DONE


@app.command()
@guarded
def add(
    account: Annotated[str, typer.Argument(help="The name to sign in by.")],
    name: NameOption = "",
    administrator: AdminOption = False,
    lang: LangOption = Lang.th,
) -> int:
    """Add a local account; its password is asked for, or read from standard input."""
    from core.access.roles import Role
    from core.areas import COUNTRY
    from core.services.people.accounts import add_account, grant

    store = _store()
    person = add_account(store, account, name, _password(lang.language))
    if administrator:
        grant(store, person.id, Role.ADMINISTRATOR.value, COUNTRY)
    show(lang.language, say("Account {account} was added.", account=person.subject))
    return DONE


@app.command()
@guarded
def grant(
    account: AccountArgument, role: RoleArgument, area: AreaArgument, lang: LangOption = Lang.th
) -> int:
    """Grant somebody a role for an area."""
    from core.services.people import accounts

    store = _store()
    accounts.grant(store, accounts.find(store, account).id, role, area)
    show(lang.language, say("Granted."))
    return DONE


@app.command()
@guarded
def revoke(
    account: AccountArgument, role: RoleArgument, area: AreaArgument, lang: LangOption = Lang.th
) -> int:
    """Take a grant back; it holds no more from the next click on."""
    from core.services.people import accounts

    store = _store()
    accounts.revoke(store, accounts.find(store, account).id, role, area)
    show(lang.language, say("Revoked."))
    return DONE


@app.command()
@guarded
def disable(account: AccountArgument, back: BackOption = False, lang: LangOption = Lang.th) -> int:
    """Keep somebody from signing in, and end their sessions."""
    from core.services.people import accounts

    store = _store()
    accounts.set_disabled(store, accounts.find(store, account).id, disabled=not back)
    done = say("They may sign in again.") if back else say("They cannot sign in any more.")
    show(lang.language, done)
    return DONE


@app.command()
@guarded
def password(account: AccountArgument, lang: LangOption = Lang.th) -> int:
    """Give a local account another password, and end its sessions."""
    from core.services.people import accounts

    store = _store()
    person = accounts.find(store, account)
    accounts.set_password(store, person.id, _password(lang.language))
    show(lang.language, say("The password was changed."))
    return DONE


@app.command()
@guarded
def contact(
    account: AccountArgument,
    email: Annotated[str, typer.Argument(help="Where messages go; none takes it away.")],
    lang: LangOption = Lang.th,
) -> int:
    """Say where somebody gets messages about deadlines."""
    from core.services.people import accounts
    from core.services.people.contacts import set_contact

    store = _store()
    typed = "" if email.casefold() == "none" else email
    set_contact(store, accounts.find(store, account).id, typed)
    show(lang.language, say("The address was changed."))
    return DONE


def _store() -> "Engine":
    from core.services.people.store import people_store

    return people_store()


def _password(language: Language) -> str:
    """What is typed twice without being shown; a line of standard input where that is no screen."""
    from core.errors import UsageError

    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    prompt, again = say("Password"), say("Once more")
    first = getpass.getpass(f"{prompt.in_(language)}: ")
    if first != getpass.getpass(f"{again.in_(language)}: "):
        raise UsageError("U116")
    return first
