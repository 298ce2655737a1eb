"""Values of hospital groups in a dropped table: whose they are, and what they leave open."""

from collections.abc import Iterator, Mapping

from core.criteria.catalog import catalog, measure_name
from core.criteria.model import PeerValue
from core.forms.model.issues import CellIssue
from core.forms.table.lines import Line, figures
from core.forms.table.read import TableReading
from core.periods import Period
from core.scoring.base.peers import group_key
from core.scoring.base.states import State
from core.services.rules.finance import TPS
from core.services.rules.peer_values import GroupRow, Published, peer_values_of
from core.store.uploads.observations import Observed
from core.text import LANGUAGES, Text


def group_notes(
    reading: TableReading, readings: Mapping[str, str] | None = None
) -> Iterator[CellIssue]:
    """That values are the ministry's and when they count, and which of them a group lacks."""
    if reading.form.holds != "peer_values" or not reading.lines:
        return
    quarters = sorted({line.period for line in reading.lines if line.period})
    spot = reading.headers[0].first_cell
    count, listed = str(len(reading.lines)), ", ".join(map(str, quarters))
    yield CellIssue("W413", spot.sheet, spot.place.name, count, listed)
    wanted = {quarter: tuple(_wanted(quarter, readings)) for quarter in quarters}
    rows = published_by(reading, "").rows
    for line in reading.lines:
        if line.is_placed and line.subject and line.period:
            row = rows[group_key(line.subject), line.period]
            missing = tuple(dict.fromkeys(row.missing(wanted[line.period])))
            if missing:
                yield _missing(line, missing)


def published_by(reading: TableReading, file: str) -> Published:
    """What a dropped table says of groups, as it would be read from the store."""
    return Published(
        {
            (group_key(line.subject), line.period): GroupRow(_observed(reading, line), file)
            for line in reading.lines
            if line.is_placed and line.subject and line.period
        }
    )


def _wanted(quarter: Period, readings: Mapping[str, str] | None) -> Iterator[tuple[str, PeerValue]]:
    """What the score of a quarter holds against groups."""
    return peer_values_of(catalog().ruleset_of(quarter.month, readings).rules.get(TPS))


def _observed(reading: TableReading, line: Line) -> dict[str, Observed]:
    observed = {}
    for figure in figures(reading.form):
        state, spot = State(line.states[figure.place]), line.spot(figure.measure)
        observed[figure.measure] = Observed(
            figure.measure, line.values[figure.place], state, spot.sheet, spot.place.name
        )
    return observed


def _missing(line: Line, measures: tuple[str, ...]) -> CellIssue:
    names = [measure_name(measure) for measure in measures]
    listed = Text(*("; ".join(name.in_(language) for name in names) for language in LANGUAGES))
    spot, params = line.key_spot, {"period": str(line.period)}
    return CellIssue("W414", spot.sheet, spot.place.name, line.subject or "", listed, params)
