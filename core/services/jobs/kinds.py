"""What long work there is: recomputing the country, storing many files, making a deck."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.areas import parse_area
from core.errors import UsageError
from core.periods import parse_period
from core.services.audit.leaving import leave
from core.services.bulk.outcomes import Summary
from core.services.bulk.readers import Readers
from core.services.bulk.run import import_sources
from core.services.bulk.sources import all_sources
from core.services.importing.files import Sender
from core.services.meeting.files import written
from core.services.meeting.report import area_report
from core.services.recompute.versions import Cause, recompute_all
from core.store.engine.settings import settings_now

Parameters = Mapping[str, Any]
Tell = Callable[[float], None]
Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Within:
    """Work within the unit of work that also marks it as done: there is no moment in between."""

    work: Callable[[Session, Parameters, str], Answer]


@dataclass(frozen=True, slots=True)
class Beside:
    """Work that may be done twice without harm, where its worker ends before it is marked."""

    work: Callable[[Engine, Parameters, str, Tell], Answer]


def _recompute(session: Session, parameters: Parameters, by: str) -> Answer:  # noqa: ARG001
    done = recompute_all(session, Cause("rules", by))
    answer = {"results_version": done.version, "new": done.new, "replaced": done.replaced,
            "removed": done.removed, "unchanged": done.unchanged}  # fmt: skip
    leave(session, "results_recomputed", "results", by=by, after=answer)
    return answer


def _import(engine: Engine, parameters: Parameters, by: str, tell: Tell) -> Answer:
    """Store the files of a folder or an archive; those that are stored already are left out."""
    sources = all_sources([Path(parameters["path"])])
    if sources is None:
        raise UsageError("U004", file=parameters["path"], reason="")
    summary = Summary()
    with Readers() as readers:
        for one in import_sources(engine, sources, Sender(by), readers):
            summary.add(one)
            tell(summary.files / max(len(sources), 1))
    return summary.as_dict()


def _deck(engine: Engine, parameters: Parameters, by: str, tell: Tell) -> Answer:  # noqa: ARG001
    """Write the slides of an area beside the store, under a name of their own."""
    area, period = parse_area(parameters["area"]).code, parse_period(parameters["period"])
    report = area_report(engine, area, period, lambda done, all_: tell(done / all_ / 2))
    content = written("deck", report, "th")
    folder = settings_now().var_folder / "made"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{area}-{period}.pptx"
    file.with_suffix(".part").write_bytes(content)
    file.with_suffix(".part").replace(file)
    return {"file": file.name, "size": len(content)}


KINDS: Final[Mapping[str, Within | Beside]] = {
    "recompute": Within(_recompute),
    "import": Beside(_import),
    "deck": Beside(_deck),
}
