"""The terminal interface: what pages can do, for scheduled jobs and provinces with many files.

Exit status: 0 done · 1 problems found in the input · 2 wrong usage · 3 failure of the program.
With `--json` one document goes to standard output and nothing else; progress and logs go to
standard error. Heavy modules are loaded by the command that needs them.
"""

from typing import Annotated

import typer

from core.access.actors import TERMINAL, Actor, acting
from core.services.audit.origin import come_from
from core.terminal import (
    books,
    criteria,
    demo,
    findings,
    foresight,
    geography,
    meetings,
    plans,
    programmes,
    register,
    store,
    workbooks,
)
from core.terminal.claims import figures as claims
from core.terminal.common import result_or_exit
from core.terminal.people import tokens, users
from core.terminal.sent import uploads, verify
from core.terminal.upkeep import audit, deadlines, jobs, outbox

AsOption = Annotated[
    str, typer.Option("--as", help="Act as this account, with no more rights than it has.")
]

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.add_typer(workbooks.app)
app.add_typer(criteria.app)
app.add_typer(store.app)
app.add_typer(register.app, name="register")
app.add_typer(uploads.app, name="uploads")
app.add_typer(deadlines.app, name="deadlines")
app.add_typer(books.app)
app.add_typer(claims.app, name="claims")
app.add_typer(meetings.app)
app.add_typer(foresight.app, name="foresight")
app.add_typer(findings.app, name="findings")
app.add_typer(verify.app, name="verify")
app.add_typer(plans.app, name="plan")
app.add_typer(demo.app)
app.add_typer(geography.app)
app.add_typer(programmes.app)
app.add_typer(tokens.app, name="tokens")
app.add_typer(audit.app, name="audit")
app.add_typer(jobs.app, name="jobs")
app.add_typer(outbox.app, name="outbox")
app.add_typer(users.app, name="users")


@app.callback()
def act(context: typer.Context, person: AsOption = "") -> None:
    """Truat: score, check and store inspection workbooks, write forms, keep the criteria."""
    # Whoever has a terminal beside the database needs no sign-in to get at it.
    context.with_resource(acting(TERMINAL))
    come_from("terminal")
    if person:
        context.with_resource(acting(_actor_of(person)))


def _actor_of(person: str) -> Actor:
    """Somebody who signs in, with no more rights than they have."""
    from core.services.people.accounts import actor_by_name  # noqa: PLC0415
    from core.services.people.store import people_store  # noqa: PLC0415

    return result_or_exit(lambda: actor_by_name(people_store(), person))


def main() -> None:
    """Entry of `python -m core`."""
    app()
