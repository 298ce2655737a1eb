"""Holds published values of hospital groups against the groups the register has."""

from collections import Counter
from collections.abc import Iterator, Mapping

from rapidfuzz import fuzz, process
from sqlalchemy.orm import Session

from core.forms.model.issues import CellIssue
from core.forms.table.lines import Line
from core.periods import Period
from core.scoring.base.peers import group_key
from core.services.intake.kinds import TableIntake
from core.services.rules.peer_values import published_in
from core.store.register.repository import facilities
from core.text import Text, say

_LIKE = 60
"""Likeness of names, in percent, from which another group may have been meant."""


def group_issues(session: Session, intake: TableIntake) -> Iterator[CellIssue]:
    """Groups without a hospital in the register, and groups with some that a quarter lacks.

    What the store has of a quarter is not lacking.
    """
    if intake.form.holds != "peer_values":
        return
    by_quarter: dict[Period, dict[str, Line]] = {}
    for line in intake.reading.lines:
        if line.is_placed and line.period and line.subject:
            by_quarter.setdefault(line.period, {}).setdefault(group_key(line.subject), line)
    unknown: dict[str, CellIssue] = {}
    for quarter, lines in sorted(by_quarter.items()):
        groups = _groups(session, quarter)
        for key, line in lines.items() if groups else ():
            if key not in groups:
                unknown.setdefault(key, _unknown(line, groups))
        yield from _lacking(session, quarter, lines, groups)
    yield from unknown.values()


def _lacking(
    session: Session,
    quarter: Period,
    lines: Mapping[str, Line],
    groups: Mapping[str, tuple[str, int]],
) -> Iterator[CellIssue]:
    """The groups of the register of which neither the file nor the store has values."""
    stored = {key for key, _quarter in published_in(session, [quarter.month]).rows}
    spot = next(iter(lines.values())).key_spot
    for key, (name, count) in groups.items():
        if key not in stored and key not in lines:
            params = {"period": str(quarter)}
            yield CellIssue("W415", spot.sheet, spot.place.name, name, f"{count:,}", params)


def _groups(session: Session, quarter: Period) -> dict[str, tuple[str, int]]:
    """The groups of hospitals at a quarter's end, by key: their name and how many are in them."""
    month = quarter.month
    names = [one.hgr for one in facilities(session, at=month) if one.hgr and one.is_open_in(month)]
    counts = Counter(map(group_key, names))
    return {group_key(name): (name, counts[group_key(name)]) for name in names}


def _unknown(line: Line, groups: Mapping[str, tuple[str, int]]) -> CellIssue:
    names = [name for name, _count in groups.values()]
    nearest = process.extractOne(line.subject or "", names, scorer=fuzz.ratio, score_cutoff=_LIKE)
    like = say("Nearest in the register: “{name}”", name=nearest[0]) if nearest else Text("", "")
    spot = line.key_spot
    group, params = line.subject or "", {"nearest": like}
    return CellIssue("W412", spot.sheet, spot.place.name, group, params=params)
