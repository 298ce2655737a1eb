"""Commands on long work: asking for it, doing it, looking how far it is."""

from pathlib import Path
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
)
from core.text import say

app = typer.Typer(help="Long work, done beside the pages.", no_args_is_help=True)

ByOption = Annotated[str, typer.Option("--by", help="Who asks for it.")]


@app.command()
@guarded
def add(
    kind: Annotated[str, typer.Argument(help="recompute, import or deck.")],
    path: Annotated[
        Path | None, typer.Option(help="Folder or archive of files, for import.")
    ] = None,
    area: Annotated[str, typer.Option(help="Area of a deck.")] = "TH",
    period: Annotated[str, typer.Option(help="Period of a deck, as 2566-M09.")] = "",
    by: ByOption = "",
    lang: LangOption = Lang.th,
) -> int:
    """Ask for work; a worker does it."""
    from core.services.jobs.queue import ask
    from core.services.stores import open_store

    parameters = {
        "import": {"path": str(path.resolve() if path else "")},
        "deck": {"area": area, "period": period},
    }.get(kind, {})
    number = ask(open_store(), kind, parameters, by=by)
    note(lang.language, say("Job {number} waits for a worker.", number=number))
    return DONE


@app.command("list")
@guarded
def list_(as_json: JsonOption = False, lang: LangOption = Lang.th) -> int:
    """All jobs, newest first."""
    from core.services.jobs.queue import job_json, job_line, listed_jobs
    from core.services.stores import open_store

    jobs = listed_jobs(open_store())
    lines = map(job_line, jobs)
    answer(lang.language, as_json, lambda: {"jobs": [*map(job_json, jobs)]}, lines)
    return DONE


@app.command()
@guarded
def work(
    until_idle: Annotated[
        bool, typer.Option("--until-idle", help="End when nothing waits.")
    ] = False,
    lang: LangOption = Lang.th,
) -> int:
    """Work on jobs, for ever or until nothing waits; safe to stop at any time."""
    from core.services.audit.logs import set_up_logs
    from core.services.audit.origin import come_from
    from core.services.jobs.worker import work as worked
    from core.services.stores import open_store

    come_from("program")
    set_up_logs()
    count = worked(open_store(), until_idle=until_idle)
    note(lang.language, say("{count} jobs were worked on.", count=count))
    return DONE
