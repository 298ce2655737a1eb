"""Commands on self-assessments: list, show, set a verified score, accept, lock, reopen."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from core.terminal.common import (
    DONE,
    JsonOption,
    Lang,
    LangOption,
    answer,
    guarded,
    note,
    read_bytes,
    show,
)
from core.text import say

if TYPE_CHECKING:
    from core.services.assessments.changes import Done
    from core.store.assessments.rows import Key

app = typer.Typer(
    help="Self-assessments: verified item by item, locked, reopened.", no_args_is_help=True
)

Form = Annotated[str, typer.Argument(help="The form, such as star-2561.")]
Subject = Annotated[str, typer.Argument(help="A district (D6101) or an hcode.")]
When = Annotated[str, typer.Argument(help="The period, such as 2561 or 2566-R1.")]
ByOption = Annotated[str, typer.Option("--by", help="Who does it; kept with the step.")]
RoleOption = Annotated[str, typer.Option("--role", help="In which role, as data/roles.yaml names.")]
WhyOption = Annotated[str, typer.Option("--reason", help="Why; kept with the step.")]
KnownOption = Annotated[
    int, typer.Option("--known", min=0, help="The revision you saw; others' later ones are told.")
]


@app.command("list")
@guarded
def list_(
    area: Annotated[
        str, typer.Option("--area", help="Area code, such as P61, or an hcode.")
    ] = "TH",
    form: Annotated[str, typer.Option("--form", help="Form id; all without it.")] = "",
    period: Annotated[str, typer.Option("--period", help="Such as 2561 or 2566-R1.")] = "",
    state: Annotated[
        str, typer.Option("--state", help="open, all, unverified, under_way, verified or locked.")
    ] = "all",
    as_json: JsonOption = False,
    lang: LangOption = Lang.th,
) -> int:
    """Self-assessments of an area and how far each is verified, the least first."""
    from core.areas import parse_area
    from core.periods import parse_period
    from core.services.assessments.listing import listed_assessments
    from core.services.assessments.takeaways import assessment_json
    from core.services.assessments.wording import assessment_line
    from core.services.stores import open_store

    listed = listed_assessments(
        open_store(), area=parse_area(area).code, form_id=form,
        period=parse_period(period) if period else None, state=state,
    )  # fmt: skip
    answer(lang.language, as_json, lambda: {"assessments": [*map(assessment_json, listed)]},
           map(assessment_line, listed))  # fmt: skip
    if not listed and not as_json:
        note(lang.language, say("No self-assessment fits what was asked for."))
    return DONE


@app.command("show")
@guarded
def show_(
    form: Form, subject: Subject, period: When, as_json: JsonOption = False,
    lang: LangOption = Lang.th,
) -> int:  # fmt: skip
    """One self-assessment: items not verified first, both totals, and every step."""
    from core.services.assessments.listing import whole_assessment
    from core.services.assessments.takeaways import whole_json
    from core.services.assessments.wording import item_line, state_line, step_line, total_line
    from core.services.stores import open_store

    whole = whole_assessment(open_store(), _key(form, subject, period))
    lines = (
        state_line(whole.listed),
        *map(total_line, whole.totals),
        *map(item_line, whole.in_order),
        *map(step_line, whole.steps),
    )
    answer(lang.language, as_json, lambda: whole_json(whole), lines)
    return DONE


@app.command("set")
@guarded
def set_(
    form: Form,
    subject: Subject,
    period: When,
    item: Annotated[str, typer.Argument(help="The code of an item, as `verify show` lists it.")],
    score: Annotated[str, typer.Argument(help="The verified score; - where it does not apply.")],
    by: ByOption,
    reason: WhyOption = "",
    link: Annotated[str, typer.Option("--link", help="Where the evidence is.")] = "",
    file: Annotated[Path | None, typer.Option("--file", help="The evidence as a file.")] = None,
    role: RoleOption = "province",
    known: KnownOption = 0,
    lang: LangOption = Lang.th,
) -> int:
    """Set the verified score of an item; a reason is needed where it differs."""
    from core.errors import UsageError
    from core.services.assessments.changes import Score, verify
    from core.services.evidence.handed_in import HandedIn, most_bytes
    from core.services.stores import open_store

    try:
        number = None if score == "-" else float(score)
    except ValueError as error:
        raise UsageError("U121", item=item, typed=score, range="–") from error
    content = read_bytes(file, most_bytes()) if file else b""
    given = Score(item, number, reason, HandedIn(link, file.name if file else "", content))
    key = _key(form, subject, period)
    return _tell(verify(open_store(), key, [given], by=by, role=role, known=known), lang)


@app.command()
@guarded
def accept(
    form: Form, subject: Subject, period: When, by: ByOption, role: RoleOption = "province",
    known: KnownOption = 0, lang: LangOption = Lang.th,
) -> int:  # fmt: skip
    """Verify every item that is not yet by its own score."""
    from core.services.assessments.changes import accept_agreeing
    from core.services.stores import open_store

    key = _key(form, subject, period)
    return _tell(accept_agreeing(open_store(), key, by=by, role=role, known=known), lang)


@app.command()
@guarded
def lock(
    form: Form, subject: Subject, period: When, by: ByOption, reason: WhyOption = "",
    role: RoleOption = "province", known: KnownOption = 0, lang: LangOption = Lang.th,
) -> int:  # fmt: skip
    """Lock a self-assessment whose every item is verified: no upload changes it any more."""
    from core.services.assessments.changes import lock as locked
    from core.services.stores import open_store

    key = _key(form, subject, period)
    return _tell(locked(open_store(), key, by=by, role=role, why=reason, known=known), lang)


@app.command()
@guarded
def reopen(
    form: Form, subject: Subject, period: When, by: ByOption, reason: WhyOption,
    role: RoleOption = "province", known: KnownOption = 0, lang: LangOption = Lang.th,
) -> int:  # fmt: skip
    """Reopen a locked self-assessment, with a reason."""
    from core.services.assessments.changes import reopen as reopened
    from core.services.stores import open_store

    key = _key(form, subject, period)
    return _tell(reopened(open_store(), key, by=by, role=role, why=reason, known=known), lang)


def _key(form: str, subject: str, period: str) -> "Key":
    from core.areas import parse_area
    from core.periods import parse_period
    from core.store.assessments.rows import Key

    return Key(form, parse_area(subject).code, parse_period(period))


def _tell(done: "Done", lang: Lang) -> int:
    """How it stands now, and steps of others that were not seen."""
    from core.services.assessments.wording import step_line, unseen_text

    show(lang.language, step_line(done.step))
    for other in done.unseen:
        note(lang.language, unseen_text(other))
    return DONE
